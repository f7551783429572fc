"""From ordered rows towards a picture: rows of boxes, and the strip of labels in each gap.

Every line that passes a level, row or strip, has an item there. So lines, labels and boxes keep
clear of each other by keeping their order and their distance.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from drawing.net import Net
from drawing.order import Search
from drawing.rows import Grid

GAP_BOX, GAP_LINE, GAP_LABEL = 32.0, 16.0, 16.0
PORT_OUT, PORT_STEP = 26.0, 14.0  # of a loop's line beside its box


@dataclass(slots=True)
class Hold:
    """An item of a level: a box, a label or the point where a line passes."""

    level: int
    left: float  # reach to the left of its x
    right: float
    box: int = -1
    label: int = -1  # the link whose words stand here
    lane: int = -1


@dataclass(slots=True)
class Wire:
    """A span as holds from its upper box to its lower one, with its ports beside the boxes."""

    span: int
    holds: list[int]
    upper_shift: float = 0.0  # of the line from the middle of its upper box
    lower_shift: float = 0.0


@dataclass(slots=True)
class Lattice:
    """Everything the places along the rows depend on."""

    net: Net
    grid: Grid
    holds: list[Hold]
    levels: list[list[int]]  # holds from left to right; even levels are rows, odd ones strips
    wires: list[Wire]
    upper_side: list[int]
    lower_side: list[int]
    loops_on: dict[tuple[int, int], list[int]] = field(default_factory=dict)  # (box, side) -> spans


def lattice_of(search: Search) -> Lattice:
    """Holds for every level, in order."""
    grid, net = search.grid, search.grid.net
    scale = net.scale
    line = GAP_LINE / 2 * scale
    holds: list[Hold] = []
    for item in range(grid.items):
        level = grid.row_of[item] * 2
        if item < len(net.sizes):
            half = net.sizes[item][0] / 2
            holds.append(Hold(level, half, half, box=item, lane=grid.lane_of[item]))
        else:
            holds.append(Hold(level, line, line))
    levels: list[list[int]] = [[] for _ in range(max(grid.depth * 2 - 1, 0))]
    for row, items in enumerate(search.rows):
        levels[row * 2] = list(items)
    wires = [Wire(place, list(chain)) for place, chain in enumerate(grid.chains)]
    lattice = Lattice(
        net, grid, holds, levels, wires, list(search.upper_side), list(search.lower_side)
    )
    _sides(search, lattice)
    for row in range(grid.depth - 1):
        _strip(search, lattice, row)
    for (box, side), spans in lattice.loops_on.items():
        reach = (PORT_OUT + PORT_STEP * (len(spans) - 1) + 8) * scale
        if side > 0:
            holds[box].right += reach
        else:
            holds[box].left += reach
    _self_loops(lattice)
    return lattice


def _sides(search: Search, lattice: Lattice) -> None:
    """Which loops stand on which side of which box, from the box outwards."""
    grid = lattice.grid
    ends: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
    for place, span in enumerate(grid.spans):
        chain = grid.chains[place]
        if not span.rising:
            continue
        for box, side, near, upper in (
            (span.upper, lattice.upper_side[place], chain[1], 1),
            (span.lower, lattice.lower_side[place], chain[-2], 0),
        ):
            if side:
                key = search.place[near] * side
                ends.setdefault((box, side), []).append((upper, key, place))
    for (box, side), found in ends.items():
        found.sort()
        lattice.loops_on[box, side] = [place for _, _, place in found]
        for step, (upper, _, place) in enumerate(found):
            half = lattice.net.sizes[box][0] / 2
            shift = side * (half + (PORT_OUT + PORT_STEP * step) * lattice.net.scale)
            if upper:
                lattice.wires[place].upper_shift = shift
            else:
                lattice.wires[place].lower_shift = shift


def _strip(search: Search, lattice: Lattice, row: int) -> None:
    """The labels between two rows, and a point for every other line there; none without a label."""
    grid, net, scale = lattice.grid, lattice.net, lattice.net.scale
    crossing: list[tuple[tuple[int, int, int], int, int]] = []
    for item in search.rows[row]:
        for lower, place in grid.below[item]:
            key = (
                search.lower_key(lower, place),
                search.upper_key(item, place),
                place,
            )
            crossing.append((key, place, grid.chains[place].index(item)))
    words: dict[int, tuple[float, float]] = {}
    for _, place, step in crossing:
        span = grid.spans[place]
        size = net.links[span.link].label
        last = len(grid.chains[place]) - 2
        if size and step == (last if span.rising else 0):
            words[place] = size
    if not words:
        return
    level = row * 2 + 1
    for _, place, _ in sorted(crossing):
        wide = words[place][0] / 2 if place in words else 0.0
        reach = wide + (GAP_LABEL if place in words else GAP_LINE) / 2 * scale
        hold = Hold(level, reach, reach, label=grid.spans[place].link if place in words else -1)
        lattice.levels[level].append(len(lattice.holds))
        wire = lattice.wires[place]
        at = next(i for i, h in enumerate(wire.holds) if lattice.holds[h].level > level)
        wire.holds.insert(at, len(lattice.holds))
        lattice.holds.append(hold)


def _self_loops(lattice: Lattice) -> None:
    """Room at the right of a box for lines that lead back to it."""
    reach: dict[int, float] = {}
    for link in lattice.net.links:
        if link.source == link.target:
            wide = (link.label[0] if link.label else 0.0) + 36 * lattice.net.scale
            reach[link.source] = max(reach.get(link.source, 0.0), wide)
    for box, wide in reach.items():
        lattice.holds[box].right += wide
