"""An order along the rows read off another plan, such as graphlay's."""

from __future__ import annotations

from bisect import bisect_left

from drawing.diagram import Point
from drawing.net import Plan
from drawing.rows import Grid


def rows_like(grid: Grid, plan: Plan) -> list[list[int]]:
    """Items sorted by where the plan has them, lines by where they pass their row."""
    heights: list[list[float]] = [[] for _ in range(grid.depth)]
    x = [0.0] * grid.items
    for box, rect in enumerate(plan.boxes):
        x[box], y = rect.middle
        heights[grid.row_of[box]].append(y)
    level = [sum(ys) / len(ys) if ys else 0.0 for ys in heights]
    for place, span in enumerate(grid.spans):
        line = sorted(plan.lines[span.link], key=lambda point: point[1])
        for item in grid.chains[place][1:-1]:
            x[item] = line_at(line, level[grid.row_of[item]])
    rows: list[list[int]] = [[] for _ in range(grid.depth)]
    for item in sorted(range(grid.items), key=lambda i: (x[i], i)):
        rows[grid.row_of[item]].append(item)
    return rows


def line_at(line: list[Point], y: float) -> float:
    """Where a line, its points sorted by height, passes the height `y`."""
    if not line:
        return 0.0
    place = bisect_left([point[1] for point in line], y)
    if place == 0:
        return line[0][0]
    if place == len(line):
        return line[-1][0]
    (ax, ay), (bx, by) = line[place - 1], line[place]
    return ax if by == ay else ax + (bx - ax) * (y - ay) / (by - ay)
