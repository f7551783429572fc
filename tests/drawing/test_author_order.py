"""Ways on stand in the author's order unless that costs a crossing; and the rule that counts this is right."""

import sys
from dataclasses import replace

import pytest

from drawing.best import put_right
from drawing.draw import effort
from drawing.layered import layered_plan
from drawing.net import Link, Net
from drawing.order import Search
from drawing.ranks import hang
from drawing.rows import grid_of
from tests.support.layout_reorder import avoidable, crossings_of
from tests.support.layout_score import Edge, Picture, score
from tests.support.nets import pathway_net, picture_of, published

SIZE = (100.0, 40.0)


def drawn(rows, ways, loops=(), lanes=()):
    """A picture of boxes (names, row by row) joined by straight lines, foot to head, all labelled."""
    at = {
        name: (place * 150.0, depth * 100.0)
        for depth, row in enumerate(rows)
        for place, name in enumerate(row.split())
        if name != "."
    }
    names = sorted(at)
    boxes = tuple((*at[n], at[n][0] + SIZE[0], at[n][1] + SIZE[1]) for n in names)
    edges = []
    for way in ways.split():
        a, b = names.index(way[0]), names.index(way[1])
        top, foot = ((boxes[n][0] + boxes[n][2]) / 2 for n in (a, b))
        line = ((top, boxes[a][3]), (foot, boxes[b][1]))
        edges.append(Edge(a, b, line, None, way in loops, True))
    return Picture(boxes, tuple(edges), tuple(lanes))


def test_two_answers_the_wrong_way_round_for_no_reason_count():
    picture = drawn(["q", "b a"], "qa qb")
    assert (score(picture).inversions, avoidable(picture)) == (1, 1)


def test_two_answers_in_order_do_not_count():
    picture = drawn(["q", "a b"], "qa qb")
    assert (score(picture).inversions, avoidable(picture)) == (0, 0)


def test_they_count_too_where_all_that_hangs_from_them_has_to_come_along():
    picture = drawn(["q .", "b a", "d c", "f e"], "qa qb bd ac df ce")
    assert (score(picture).crossings, avoidable(picture)) == (0, 1)


def test_a_pair_is_excused_where_the_right_order_would_cross_a_line():
    # p and r hold b on the left and a on the right, whichever way the picture is turned.
    picture = drawn(["s . .", "p q r", "b . a"], "qa qb pb ra sp sq sr")
    found = score(picture)
    assert (found.crossings, found.inversions) == (0, 1)
    # p and r may change places with them: the boxes above are moved as well as those below.
    assert avoidable(picture) == 1
    in_columns = replace(picture, lanes=(1, 0, 0, 0, 1, 0))
    assert avoidable(in_columns) == 0


def test_a_pair_counts_even_if_another_would_then_stand_wrong():
    # One question asks for a before b, the other for b before a: one of them stands wrong.
    ways = "sp sq pa pb qb qa"
    picture = drawn(["s .", "p q", "a b"], ways)
    found = score(picture)
    assert found.crossings == 1
    assert found.inversions == 1  # q asks for b before a
    assert avoidable(picture) == 1  # the rule excuses nothing but crossings


def test_columns_are_not_changed_for_the_order():
    picture = drawn(["q .", "b a"], "qa qb", lanes=(1, 0, 0))
    assert (score(picture).inversions, avoidable(picture)) == (1, 0)


def test_crossings_between_rows_are_those_of_the_lines():
    picture = drawn(["s .", "p q", "a b"], "sp sq pb qa")
    assert crossings_of(picture) == score(picture).crossings == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", [n for n in published() if n.startswith("p")] or ["none"])
def test_the_published_pathways_stand_in_order_but_for_crossings(name):
    if name == "none":
        print("NO BENCHMARK GRAPHS beside the checkout: skipped", file=sys.stderr)
        pytest.skip("no benchmark graphs beside the checkout")
    net = published()[name]
    assert avoidable(picture_of(net, layered_plan(net, *effort(len(net.sizes))))) == 0


@pytest.mark.slow
def test_made_up_pathways_stand_in_order_but_for_crossings():
    wrong = pairs = 0
    for seed in range(1, 41, 2):
        net = pathway_net(seed)
        picture = picture_of(net, layered_plan(net, 40))
        wrong += avoidable(picture)
        pairs += score(picture).pairs
    assert pairs > 100
    assert wrong <= 0.1 * pairs


def test_a_pair_is_put_right_with_all_that_hangs_from_it():
    # The first answer leads to a long branch, the second to another; sweeping alone leaves them as they are.
    links = [Link(0, 1, (40.0, 15.0)), Link(0, 2, (40.0, 15.0))]
    for branch in (1, 2):
        links += [Link(branch + 2 * step, branch + 2 * step + 2) for step in range(4)]
    net = Net(((200.0, 50.0),) * 11, tuple(links))
    search = Search(grid_of(net, *hang(net)))
    search.load([[0]] + [[2 + 2 * step, 1 + 2 * step] for step in range(5)])
    found = (search.cost(), search.copy_rows(), search.upper_side, search.lower_side)
    assert found[0] > 0
    cost, rows, _, _ = put_right(search, found, 1)
    assert cost == 0
    assert rows == [[0]] + [[1 + 2 * step, 2 + 2 * step] for step in range(5)]
