"""Two versions of a pathway in one picture: what is gone stays in it, and the newer steps keep their numbers."""

import pytest

from drawing.compared import compared_diagram, is_gone
from drawing.draw import first_picture
from drawing.pathway import diagram_of
from knowledge.comparing import compare
from knowledge.editing import graph
from knowledge.editing.change import written
from knowledge.source import read_page

CRYING = """\
## Is the baby ill? {#ill .question}

- Yes → [Ring 999](#ring)
- No → [Feed](#feed)
- Unsure → [GP](../services/gp.md)

## Ring 999 {#ring .urgent}

## Feed {#feed}

- Better → [Is the baby ill?](#ill)
"""


@pytest.fixture
def page():
    return read_page("pathways/crying.md", CRYING.encode())


def merged(page, *edits):
    now = page
    for edit in edits:
        made = edit(now)
        now = read_page(now.path, written(made.apply(now.text), now.encoding).data)
    return now, compared_diagram(compare(page, now))


def marked(found):
    """Way by way, as drawn: source, target, label, sign."""
    drawing = first_picture(found.diagram)
    return [
        (w.arrow.source, w.arrow.target, w.arrow.label, found.ways.get(n, ""))
        for n, w in enumerate(drawing.ways)
    ]


def test_nothing_changed_is_the_ordinary_diagram(page):
    _, found = merged(page)
    assert found.diagram == diagram_of(page)
    assert not found.boxes
    assert not found.ways
    assert found.own == (0, 1, 2, 3)


def test_a_way_led_elsewhere_is_drawn_twice_side_by_side(page):
    now, found = merged(
        page,
        lambda p: graph.lead_way(
            p, p.steps[0], p.steps[0].ways[1], graph.Goal("#ring", "Ring 999")
        ),
    )
    ways = marked(found)
    assert ("step:ill", "step:ring", "+ No", "added") in ways
    assert ("step:ill", "step:feed", "− No", "removed") in ways
    labels = [label for source, _, label, _ in ways if source == "step:ill"]
    assert labels == ["Yes", "− No", "+ No", "Unsure"]
    own = [found.diagram.arrows[n].label.lstrip("+ ") for n in found.own]
    assert own == [w.condition for s in now.steps for w in s.ways]


def test_a_step_that_is_gone_stays_in_the_picture_struck_with_its_ways(page):
    _, found = merged(page, lambda p: graph.take_out(p, p.steps[2]))
    gone = [box for box in found.diagram.boxes if is_gone(box.key)]
    assert [(b.word, b.title, b.number) for b in gone] == [("Was 3 · Action", "Feed", 0)]
    assert found.boxes == {"gone:step:feed": "removed"}
    ways = marked(found)
    assert ("step:ill", "gone:step:feed", "− No", "removed") in ways
    assert ("gone:step:feed", "step:ill", "− Better", "removed") in ways


def test_a_page_no_longer_led_to_keeps_its_small_box(page):
    from knowledge.editing.ways import remove_way

    _, found = merged(page, lambda p: remove_way(p, p.steps[0], p.steps[0].ways[2]))
    assert found.boxes == {"gone:step:ill>2": "removed"}
    assert [b.title for b in found.diagram.boxes if is_gone(b.key)] == ["GP"]


def test_an_added_step_carries_its_number_and_its_sign(page):
    now, found = merged(page, lambda p: graph.add_after(p, p.steps[0], "Undress", None, "Perhaps"))
    box = next(b for b in found.diagram.boxes if b.key == "step:undress")
    assert (box.number, found.boxes["step:undress"]) == (2, "added")
    assert [b.number for b in found.diagram.boxes if b.number] == [1, 2, 3, 4]
    assert ("step:ill", "step:undress", "+ Perhaps", "added") in marked(found)
    assert len(now.steps) == 4


def test_a_step_taken_out_and_everything_after_it_can_still_be_drawn(page):
    now, found = merged(
        page,
        lambda p: graph.take_out(p, p.steps[2]),
        lambda p: graph.take_out(p, p.steps[1]),
        lambda p: graph.take_out(p, p.steps[0]),
    )
    assert not now.steps
    assert set(found.boxes.values()) == {"removed"}
    assert len(first_picture(found.diagram).boxes) == len(found.diagram.boxes) == 4
