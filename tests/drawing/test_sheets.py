"""Long pathways on paper: every step on a page, every way to be followed, nothing too small."""

import pytest

from drawing.diagram import Look
from drawing.sheets import SMALLEST, in_runs, sheets
from tests.support.layout_score import score
from tests.support.nets import diagram_from, picture_drawn

WIDTH, HEIGHT, FIRST = 703.0, 960.0, 700.0
LONG = [f"step {n} -> step {n + 1}" for n in range(40)]
WIDE = [f"ask -answer {n}-> step {n}" for n in range(14)]
MIXED = [
    line
    for n in range(0, 30, 2)
    for line in (
        f"s{n} -yes, and more-> s{n + 1}",
        f"s{n} -no-> s{n + 2}",
        f"s{n + 1} -> s{n + 2}",
        f"s{n + 2} -again~> s{n // 2}",
    )
]


def test_a_short_pathway_takes_one_page():
    (sheet,) = sheets(diagram_from(["a -> b", "b -> c"]), WIDTH, HEIGHT, FIRST)
    assert sheet.steps == (1, 2, 3)


@pytest.mark.parametrize("ways", [LONG, WIDE, MIXED], ids=["long", "wide", "mixed"])
def test_every_step_stands_on_exactly_one_page(ways):
    diagram = diagram_from(ways)
    made = sheets(diagram, WIDTH, HEIGHT, FIRST)
    steps = [number for sheet in made for number in sheet.steps]
    assert sorted(steps) == [box.number for box in diagram.boxes]
    assert [sheet.number for sheet in made] == list(range(1, len(made) + 1))


@pytest.mark.parametrize("ways", [LONG, MIXED], ids=["long", "mixed"])
def test_pages_are_not_overfilled_and_nothing_is_too_small(ways):
    for sheet in sheets(diagram_from(ways), WIDTH, HEIGHT, FIRST):
        for piece in sheet.pieces:
            assert piece.scale >= SMALLEST
            assert piece.drawing.rect.width * piece.scale <= WIDTH * 1.03
            foot = piece.y + piece.drawing.rect.height * piece.scale
            assert foot <= (FIRST if sheet.number == 1 else HEIGHT) * 1.03
            found = score(picture_drawn(piece.drawing))
            assert (found.hits, found.ambiguous) == (0, 0)


def test_connectors_name_the_page_that_has_the_step():
    made = sheets(diagram_from(MIXED), WIDTH, HEIGHT, FIRST)
    page_of = {step: sheet.number for sheet in made for step in sheet.steps}
    named = 0
    for sheet in made:
        for piece in sheet.pieces:
            for box in piece.drawing.boxes:
                if box.box.look is not Look.CONNECTOR:
                    continue
                for said in box.box.title.removeprefix("from ").split("; "):
                    numbers, _, page = said.rpartition(", ")
                    number = int(numbers.split(", ")[0].split(" to ")[0])
                    known = sheet.number if page == "this page" else int(page.split()[1])
                    assert page_of[number] == known
                    named += 1
    assert named > 4


def test_the_words_of_every_way_are_printed():
    diagram = diagram_from(MIXED)
    printed = [
        way.arrow.label
        for sheet in sheets(diagram, WIDTH, HEIGHT, FIRST)
        for piece in sheet.pieces
        for way in piece.drawing.ways
    ]
    for arrow in diagram.arrows:
        assert arrow.label in printed


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([11, 12, 13], "11 to 13"), ([3, 4], "3, 4"), ([2, 7, 8, 9], "2, 7 to 9"), ([5], "5")],
)
def test_numbers_are_said_in_runs(numbers, said):
    assert in_runs(numbers) == said
