"""An order found once serves for other words in the same boxes, and the picture is the one a new search would give."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing import known, order
from drawing.draw import near_picture, refined_picture, same_shape
from drawing.layered import layered_plan
from tests.support.nets import diagram_from, dice_net, pathway_net

WAYS = ["a -> b", "b -yes-> c", "b -no-> d", "c -> e", "d -> e", "e -again~> b", "e -done-> f"]


@given(st.integers(0, 10**9))
def test_what_was_found_before_is_what_would_be_found_again(seed):
    net = pathway_net(seed)
    wider = replace(net, sizes=tuple((width + 30, height) for width, height in net.sizes))
    known.forget()
    layered_plan(net, 6)
    after = layered_plan(wider, 6)
    known.forget()
    assert layered_plan(wider, 6) == after


class Forgets(dict):
    def get(self, key, other=None):
        return other


class Forgetful(order.Search):
    """Works out every row anew."""

    def __init__(self, grid):
        super().__init__(grid)
        self.costs, self.sifted, self.swept = Forgets(), Forgets(), Forgets()


@given(st.integers(0, 10**9))
def test_rows_that_were_worked_out_before_come_to_the_same(seed):
    net = pathway_net(seed) if seed % 2 else dice_net(seed)
    known.forget()
    plan = layered_plan(net, 6)
    known.forget()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(order, "Search", Forgetful)
        assert layered_plan(net, 6) == plan
    known.forget()


def test_the_order_of_one_pathway_is_never_taken_for_another():
    one, other = diagram_from(WAYS), diagram_from([*WAYS, "b -unsure-> f"])
    known.forget()
    alone = refined_picture(other)
    known.forget()
    refined_picture(one)
    assert refined_picture(other) == alone


def test_only_so_many_orders_are_kept():
    for seed in range(known._MOST + 5):
        layered_plan(pathway_net(seed), 3)
    assert len(known._found) <= known._MOST


def test_other_words_leave_the_shape_another_way_does_not():
    diagram = diagram_from(WAYS)
    first, *rest = diagram.boxes
    assert same_shape(diagram, replace(diagram, boxes=(replace(first, title="Else"), *rest)))
    assert not same_shape(diagram, replace(diagram, arrows=diagram.arrows[1:]))
    assert not same_shape(diagram, replace(diagram, boxes=tuple(rest)))


def test_a_near_picture_shows_what_was_added():
    before = refined_picture(diagram_from(WAYS))
    more = diagram_from([*WAYS, "b -unsure-> g"])
    near = near_picture(more, 1.0, None, before)
    assert {box.key for box in near.boxes} == {box.key for box in more.boxes}
    assert not near.refined
