"""After a change, what did not change stays in its place as far as it can."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from drawing.diagram import Arrow, Box, Look
from drawing.draw import refined_picture
from drawing.layered import layered_plan
from drawing.net import Link
from drawing.stable import Before
from tests.support.layout_score import score
from tests.support.nets import diagram_from, pathway_net, picture_of

WAYS = ["a -> b", "b -yes-> c", "b -no-> d", "c -> e", "d -> e", "e -again~> b", "e -done-> f"]


def places(drawing):
    return {box.key: box.rect.middle for box in drawing.boxes}


def test_drawing_the_same_again_moves_nothing():
    diagram = diagram_from(WAYS)
    first = refined_picture(diagram)
    assert places(refined_picture(diagram, before=first)) == places(first)


def test_one_more_answer_leaves_the_others_where_they_were():
    diagram = diagram_from(WAYS)
    first = refined_picture(diagram)
    more = replace(
        diagram,
        boxes=(*diagram.boxes, Box("new", Look.END, "New")),
        arrows=(*diagram.arrows, Arrow("b", "new", "unsure")),
    )
    second = places(refined_picture(more, before=first))
    moved = [abs(x - second[key][0]) for key, (x, _) in places(first).items()]
    assert sum(moved) / len(moved) <= 40


@given(st.integers(0, 10**9))
def test_staying_close_costs_no_fault(seed):
    net = pathway_net(seed)
    plan = layered_plan(net, 3)
    links = (*net.links, Link(seed % len(net.sizes), len(net.sizes), (90.0, 30.0)))
    grown = replace(net, sizes=(*net.sizes, (200.0, 64.0)), links=links)
    before = Before((*plan.boxes, None), (*map(tuple, plan.lines), None))
    found = score(picture_of(grown, layered_plan(grown, 3, before=before)))
    assert (found.hits, found.ambiguous, found.lost_labels) == (0, 0, 0)
