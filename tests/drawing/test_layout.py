"""The layout's promises, counted by a scorer that shares no code with it."""

import os
import subprocess
import sys
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.draw import refined_picture
from drawing.layered import layered_plan
from drawing.net import Link, Net
from drawing.svg import svg_of
from tests.support.checkout import ROOT
from tests.support.layout_score import score
from tests.support.nets import diagram_from, dice_net, picture_of, published

# Crossings of Graphviz dot 14.1.5 on the same graphs.
DOT_CROSSINGS = {
    "p01_alcohol_audit": 0,
    "p02_perinatal_mood": 1,
    "p03_camhs_lanes": 1,
    "p04_colorectal_fit": 0,
    "p05_falls": 1,
    "p06_chest_pain": 2,
}


def scored(net, **options):
    return score(picture_of(net, layered_plan(net, **options)))


def faults(found):
    """What may never happen, as words."""
    return {
        name: value
        for name, value in vars(found).items()
        if name in ("overlaps", "through", "label_on_box", "label_on_label", "label_on_line")
        or name in ("lost_labels", "ambiguous", "far_labels")
        if value
    }


PUBLISHED = published()
if not PUBLISHED:
    print("NO BENCHMARK GRAPHS beside the checkout: their tests are skipped", file=sys.stderr)
needs_published = pytest.mark.skipif(
    not PUBLISHED, reason="no benchmark graphs beside the checkout"
)


@needs_published
@pytest.mark.parametrize("name", list(PUBLISHED))
@pytest.mark.parametrize("quick", [True, False], ids=["first", "refined"])
def test_nothing_touches_what_it_should_not_on_the_benchmark_graphs(name, quick):
    found = scored(PUBLISHED[name], tries=0 if quick else 10, quick=quick)
    assert faults(found) == {}
    assert found.wrong_way == 0


@needs_published
@pytest.mark.slow
@pytest.mark.parametrize("name", list(DOT_CROSSINGS))
def test_no_pathway_has_more_crossings_than_dot_gives_it(name):
    assert scored(PUBLISHED[name], tries=90).crossings <= DOT_CROSSINGS[name]


@given(st.integers(0, 10**9))
def test_nothing_touches_what_it_should_not_on_any_graph(seed):
    net = dice_net(seed)
    assert faults(scored(net, tries=0, quick=seed % 2 == 0)) == {}


@given(st.integers(0, 10**9))
def test_ways_lead_down_and_loops_lead_up(seed):
    net = dice_net(seed)
    net = replace(net, links=tuple(x for x in net.links if not x.loop and x.source < x.target))
    assert scored(net, tries=0).wrong_way == 0


@given(st.integers(0, 10**9))
def test_lanes_are_columns_in_their_order(seed):
    net = dice_net(seed)
    plan = layered_plan(net, tries=0)
    for wall, x in enumerate(plan.walls):
        for box, lane in zip(plan.boxes, net.lanes, strict=True):
            assert box.right < x if lane <= wall else box.x > x


def test_two_answers_stand_in_the_authors_order():
    size = (200.0, 50.0)
    for first, second in ((1, 2), (2, 1)):
        net = Net((size,) * 3, (Link(0, first, (30.0, 15.0)), Link(0, second, (30.0, 15.0))))
        plan = layered_plan(net)
        assert plan.boxes[first].right < plan.boxes[second].x


def test_a_loop_leaves_and_enters_at_the_sides():
    net = Net(((200.0, 50.0),) * 3, (Link(0, 1), Link(1, 2), Link(2, 0, (60.0, 15.0), loop=True)))
    plan = layered_plan(net)
    start, end = plan.lines[2][0], plan.lines[2][-1]
    assert start[0] in (plan.boxes[2].x, plan.boxes[2].right)
    assert end[0] in (plan.boxes[0].x, plan.boxes[0].right)
    assert start[1] > end[1]


@pytest.mark.parametrize(
    "net",
    [
        Net(((200.0, 50.0),), ()),
        Net(((200.0, 50.0),), (Link(0, 0, (40.0, 15.0), loop=True),)),
        Net(((200.0, 50.0),), tuple(Link(0, 0, (40.0, 15.0)) for _ in range(4))),
        Net(((200.0, 50.0),) * 5, ()),
        Net(((200.0, 50.0),) * 2, tuple(Link(0, 1, (40.0, 15.0)) for _ in range(5))),
        Net(((200.0, 50.0),) * 31, tuple(Link(0, t, (120.0, 45.0)) for t in range(1, 31))),
        Net(((200.0, 50.0),) * 31, tuple(Link(s, 30, (120.0, 45.0)) for s in range(30))),
        Net(((200.0, 50.0),) * 4, (Link(0, 1), Link(1, 0), Link(2, 3), Link(3, 2, None, True))),
        Net(((260.0, 1400.0), (200.0, 50.0)), (Link(0, 1, (900.0, 300.0)),)),
    ],
    ids=["one", "self", "selves", "islands", "parallel", "fan", "join", "circles", "giants"],
)
def test_odd_graphs_are_drawn_without_a_fault(net):
    for quick in (True, False):
        assert faults(scored(net, tries=5, quick=quick)) == {}


@pytest.mark.slow
def test_five_hundred_steps_are_drawn_without_a_fault():
    dice = Random(5)
    links = tuple(
        Link(max(0, t - 1 - int(dice.expovariate(0.5))), t, (80.0, 15.0)) for t in range(1, 500)
    )
    assert faults(scored(Net(((200.0, 50.0),) * 500, links), tries=0, quick=True)) == {}


def test_without_the_engine_large_graphs_are_drawn_all_the_same(monkeypatch):
    monkeypatch.setitem(sys.modules, "graphlay", None)
    links = tuple(Link((t - 1) // 2, t, (60.0, 15.0)) for t in range(1, 150))
    assert faults(scored(Net(((200.0, 50.0),) * 150, links), tries=0)) == {}


@settings(max_examples=10)
@given(st.integers(0, 10**9))
def test_the_order_in_which_the_data_came_does_not_matter(seed):
    diagram = diagram_from(["a -x-> b", "a -y-> c", "b -> d", "c -> d", "d -again~> a", "d -> e"])
    boxes = [replace(box, order=n) for n, box in enumerate(diagram.boxes)]
    arrows = [replace(arrow, order=n) for n, arrow in enumerate(diagram.arrows)]
    straight = refined_picture(replace(diagram, boxes=tuple(boxes), arrows=tuple(arrows)))
    Random(seed).shuffle(boxes)
    Random(seed + 1).shuffle(arrows)
    shuffled = refined_picture(replace(diagram, boxes=tuple(boxes), arrows=tuple(arrows)))
    assert svg_of(shuffled) == svg_of(straight)


def test_the_same_graph_gives_the_same_picture_whatever_the_hash_seed():
    code = (
        "from tests.support.nets import dice_net\n"
        "from drawing.layered import layered_plan\n"
        "plans = [layered_plan(dice_net(seed), 12) for seed in (3, 7, 11)]\n"
        "print([(plan.boxes, plan.lines, plan.labels) for plan in plans])"
    )
    pictures = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(pictures) == 1
