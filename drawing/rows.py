"""The rows of a picture: boxes, and an item where a line passes through a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from drawing.net import Net
from drawing.ranks import Span

LEFT, BELOW, RIGHT = -1, 0, 1


@dataclass(slots=True)
class Grid:
    """Items 0 to n-1 are the boxes, the rest stand for lines in the rows they pass through."""

    net: Net
    ranks: list[int]
    spans: list[Span]
    depth: int
    row_of: list[int]
    chains: list[list[int]]  # per span: the items from its upper box to its lower one
    lane_of: list[int]  # -1: anywhere
    # per item: the (item, place among the spans) it is joined to in the row above and below
    above: list[list[tuple[int, int]]] = field(default_factory=list)
    below: list[list[tuple[int, int]]] = field(default_factory=list)
    # (left, right, cost): pairs of items of one row that should stand in this order
    wishes: list[tuple[int, int, int]] = field(default_factory=list)

    @property
    def items(self) -> int:
        return len(self.row_of)


def grid_of(net: Net, ranks: list[int], spans: list[Span]) -> Grid:
    """All items and what joins them."""
    count = len(net.sizes)
    row_of = list(ranks)
    chains: list[list[int]] = []
    for span in spans:
        chain = [span.upper]
        for row in range(ranks[span.upper] + 1, ranks[span.lower]):
            chain.append(len(row_of))
            row_of.append(row)
        chain.append(span.lower)
        chains.append(chain)
    lanes = list(net.lanes) if net.columns > 1 else [-1] * count
    lanes += [-1] * (len(row_of) - count)
    grid = Grid(net, ranks, spans, max(row_of, default=-1) + 1, row_of, chains, lanes)
    grid.above = [[] for _ in row_of]
    grid.below = [[] for _ in row_of]
    for place, chain in enumerate(chains):
        for upper, lower in pairwise(chain):
            grid.below[upper].append((lower, place))
            grid.above[lower].append((upper, place))
    _wish(grid)
    return grid


def _wish(grid: Grid) -> None:
    """The author's order among the ways on of one box, wherever two of them meet in a row."""
    ways: dict[int, list[int]] = {}
    for place, span in enumerate(grid.spans):
        if not span.rising:
            ways.setdefault(span.upper, []).append(place)
    boxes = len(grid.net.sizes)
    for places in ways.values():
        for turn, first in enumerate(places):
            for second in places[turn + 1 :]:
                one, two = grid.chains[first], grid.chains[second]
                if one[-1] == two[-1]:
                    continue
                if one[1] != two[1]:
                    cost = 20 if one[1] < boxes and two[1] < boxes else 2
                    grid.wishes.append((one[1], two[1], cost))
                if len(one) == len(two) > 2:
                    grid.wishes.append((one[-1], two[-1], 20))
