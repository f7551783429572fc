"""Outlines and lines as a few plain pen moves, the same for every painter.

A move is ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) or ("Z",): go, draw straight, draw
a curve, close.
"""

from __future__ import annotations

from math import hypot

from drawing.boxes import POINT
from drawing.diagram import PlacedBox, PlacedWay, Point, Rect, Shape

Move = tuple[str | float, ...]
CORNER, HOP, BOX_CORNER = 9.0, 6.0, 6.0
ARROW_LONG, ARROW_WIDE = 10.0, 5.5
_ROUND = 0.5523


def outline(box: PlacedBox, scale: float = 1.0, inset: float = 0.0) -> list[Move]:
    """The border of a box; `inset` draws it further in, for the second line of some."""
    rect = box.rect
    x, y, r, b = rect.x + inset, rect.y + inset, rect.right - inset, rect.bottom - inset
    point = min(POINT * scale, (b - y) / 2)
    if box.shape is Shape.PILL:
        return _rounded(x, y, r, b, min((b - y) / 2, 26 * scale))
    if box.shape is Shape.RECTANGLE:
        return _rounded(x, y, r, b, BOX_CORNER * scale)
    middle = (y + b) / 2
    soft = 4 * scale
    if box.shape is Shape.HEXAGON:
        corners = [
            (x + point, y),
            (r - point, y),
            (r, middle),
            (r - point, b),
            (x + point, b),
            (x, middle),
        ]
        return _soft(corners, soft)
    if box.shape is Shape.FINGER:
        return _soft([(x, y), (r - point, y), (r, middle), (r - point, b), (x, b)], soft)
    if box.shape is Shape.PENTAGON:
        return _soft([(x, y), (r, y), (r, b - point), ((x + r) / 2, b), (x, b - point)], soft / 2)
    cut = 11 * scale
    corners = [(x + cut, y), (r - cut, y), (r, y + cut), (r, b - cut)]
    corners += [(r - cut, b), (x + cut, b), (x, b - cut), (x, y + cut)]
    return _soft(corners, 2 * scale)


def _rounded(x: float, y: float, r: float, b: float, radius: float) -> list[Move]:
    return _soft([(x, y), (r, y), (r, b), (x, b)], radius, _ROUND)


def _soft(corners: list[Point], radius: float, pull: float = 0.6) -> list[Move]:
    """A closed outline with its corners taken off by a curve."""
    moves: list[Move] = []
    count = len(corners)
    for place, corner in enumerate(corners):
        before, after = corners[place - 1], corners[(place + 1) % count]
        a, b = _towards(corner, before, radius), _towards(corner, after, radius)
        moves.append(("L" if moves else "M", *a))
        moves.append(("C", *_between(a, corner, pull), *_between(b, corner, pull), *b))
    moves.append(("Z",))
    return moves


def _towards(a: Point, b: Point, distance: float) -> Point:
    length = hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    part = min(distance / length, 0.5)
    return (round(a[0] + (b[0] - a[0]) * part, 2), round(a[1] + (b[1] - a[1]) * part, 2))


def _between(a: Point, b: Point, part: float) -> Point:
    return (round(a[0] + (b[0] - a[0]) * part, 2), round(a[1] + (b[1] - a[1]) * part, 2))


def line(way: PlacedWay, scale: float = 1.0) -> list[Move]:
    """A way's line: corners rounded, hops over lines it crosses, ending under its arrowhead."""
    points = way.points
    if len(points) < 2:
        return []
    last = _towards(points[-1], points[-2], ARROW_LONG * 0.8 * scale)
    points = (*points[:-1], last)
    moves: list[Move] = [("M", *points[0])]
    at = points[0]
    for place in range(1, len(points)):
        corner = points[place]
        if place == len(points) - 1:
            moves += _straight(at, corner, way.hops, scale)
            break
        after = points[place + 1]
        radius = min(
            CORNER * scale,
            hypot(corner[0] - points[place - 1][0], corner[1] - points[place - 1][1]) / 2,
            hypot(after[0] - corner[0], after[1] - corner[1]) / 2,
        )
        a, b = _towards(corner, points[place - 1], radius), _towards(corner, after, radius)
        moves += _straight(at, a, way.hops, scale)
        moves.append(("C", *_between(a, corner, _ROUND), *_between(b, corner, _ROUND), *b))
        at = b
    return moves


def _straight(a: Point, b: Point, hops: tuple[Point, ...], scale: float) -> list[Move]:
    """A straight piece with half circles over the lines it crosses."""
    moves: list[Move] = []
    if a[1] == b[1] and hops:
        way = 1 if b[0] > a[0] else -1
        here = sorted((x for x, y in hops if y == a[1]), reverse=way < 0)
        edge = a[0]
        for x in here:
            radius = min(HOP * scale, (x - edge) * way - 0.5, (b[0] - x) * way - 0.5)
            if radius < 2:
                continue
            y = a[1]
            start, end, top = x - way * radius, x + way * radius, y - radius
            bend = radius * _ROUND
            moves.append(("L", round(start, 2), y))
            moves.append(("C", start, y - bend, x - way * bend, top, x, top))
            moves.append(("C", x + way * bend, top, end, y - bend, round(end, 2), y))
            edge = end
    moves.append(("L", *b))
    return moves


def arrowhead(way: PlacedWay, scale: float = 1.0) -> tuple[Point, Point, Point] | None:
    """The three corners of the arrowhead, its point first."""
    if len(way.points) < 2:
        return None
    tip, before = way.points[-1], way.points[-2]
    length = hypot(tip[0] - before[0], tip[1] - before[1]) or 1.0
    ux, uy = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    bx, by = tip[0] - ux * ARROW_LONG * scale, tip[1] - uy * ARROW_LONG * scale
    wide = ARROW_WIDE * scale
    left = (round(bx - uy * wide, 2), round(by + ux * wide, 2))
    return tip, left, (round(bx + uy * wide, 2), round(by - ux * wide, 2))


def frame(rect: Rect, radius: float) -> list[Move]:
    """A rectangle with round corners, for plates."""
    return _rounded(rect.x, rect.y, rect.right, rect.bottom, radius)
