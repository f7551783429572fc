"""Staying close to the drawing before a change: the same order, sides and places where they still serve."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from drawing.diagram import Point, Rect
from drawing.net import Net, Plan
from drawing.order import Search
from drawing.rows import Grid
from drawing.seed import line_at

# So many crossings more than a fresh start would have are the price of leaving things in place.
_PRICE = 1


@dataclass(frozen=True, slots=True)
class Before:
    """Where the boxes and lines of a net stood in the drawing before; None for what is new."""

    boxes: tuple[Rect | None, ...]
    lines: tuple[tuple[Point, ...] | None, ...]

    @property
    def anchors(self) -> dict[int, float]:
        """The middles that boxes shall keep."""
        return {n: rect.middle[0] for n, rect in enumerate(self.boxes) if rect is not None}


def kept_order(grid: Grid, before: Before, fresh: Search) -> Search:
    """The old order with what is new put between, unless a fresh one saves more than a crossing."""
    kept = Search(grid)
    kept.load([kept.in_lanes(row) for row in _rows(grid, before)])
    for place, span in enumerate(grid.spans):
        line = before.lines[span.link]
        if span.rising and line:
            upper, lower = before.boxes[span.upper], before.boxes[span.lower]
            if upper is not None and lower is not None:
                kept.upper_side[place] = _side(upper, line[-1]) or kept.upper_side[place]
                kept.lower_side[place] = _side(lower, line[0])
    kept.settle()
    return fresh if fresh.crossings() + _PRICE < kept.crossings() else kept


def _side(box: Rect, end: Point) -> int:
    """Which side of its box a line's end is on: 0 at the head or foot."""
    if abs(end[0] - box.x) < 1:
        return -1
    return 1 if abs(end[0] - box.right) < 1 else 0


def _rows(grid: Grid, before: Before) -> list[list[int]]:
    x = _guessed(grid.net, before)
    x += [0.0] * (grid.items - len(x))
    level = _levels(grid, before)
    for place, span in enumerate(grid.spans):
        line = before.lines[span.link]
        known = sorted(line, key=lambda point: point[1]) if line else None
        for item in grid.chains[place][1:-1]:
            row = grid.row_of[item]
            if known is not None:
                x[item] = line_at(known, level[row])
            else:
                part = (row - grid.ranks[span.upper]) / max(
                    grid.ranks[span.lower] - grid.ranks[span.upper], 1
                )
                x[item] = x[span.upper] + (x[span.lower] - x[span.upper]) * part
    rows: list[list[int]] = [[] for _ in range(grid.depth)]
    for item in sorted(range(grid.items), key=lambda i: (x[i], i)):
        rows[grid.row_of[item]].append(item)
    return rows


def _guessed(net: Net, before: Before) -> list[float]:
    """The middle of every box: where it stood, or between what it is joined to."""
    near: list[list[float]] = [[] for _ in net.sizes]
    for link in net.links:
        for here, there in ((link.source, link.target), (link.target, link.source)):
            rect = before.boxes[there]
            if rect is not None:
                near[here].append(rect.middle[0])
    return [
        rect.middle[0] if rect is not None else sum(xs) / len(xs) if xs else 0.0
        for rect, xs in zip(before.boxes, near, strict=True)
    ]


def _levels(grid: Grid, before: Before) -> list[float]:
    """The height each row had; a new row lies between its neighbours."""
    heights: list[list[float]] = [[] for _ in range(grid.depth)]
    for box, rect in enumerate(before.boxes):
        if rect is not None:
            heights[grid.row_of[box]].append(rect.middle[1])
    level = [median(ys) if ys else None for ys in heights]
    found: list[float] = []
    for row, y in enumerate(level):
        if y is None:
            above = next((v for v in reversed(level[:row]) if v is not None), None)
            below = next((v for v in level[row:] if v is not None), None)
            known = [v for v in (above, below) if v is not None]
            y = sum(known) / len(known) if known else 0.0
        found.append(y)
    return found


def settled(plan: Plan, before: Before) -> Plan:
    """The plan moved up or down so that most boxes stand at their old height."""
    shifts = [
        old.y - new.y for old, new in zip(before.boxes, plan.boxes, strict=True) if old is not None
    ]
    if not shifts:
        return plan
    dy = round(median(shifts), 2)
    return Plan(
        [box.moved(0.0, dy) for box in plan.boxes],
        [[(x, round(y + dy, 2)) for x, y in line] for line in plan.lines],
        [label.moved(0.0, dy) if label else None for label in plan.labels],
        plan.ranks,
        plan.walls,
    )
