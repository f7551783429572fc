"""A drawing made ready for Qt: outlines and lines as paths, made when first seen, and what lies where."""

from __future__ import annotations

from itertools import pairwise
from math import floor
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from drawing.compose import lanes_head
from drawing.diagram import Drawing, Rect, Shape
from drawing.strokes import Move, arrowhead, frame, line, outline

_BAND = 480.0  # height of the bands by which boxes and lines are found


def path_of(moves: list[Move]) -> QPainterPath:
    """The pen moves of the drawing room as a Qt path."""
    path = QPainterPath()
    for move in moves:
        name, *rest = move
        v = [float(value) for value in rest]
        if name == "M":
            path.moveTo(v[0], v[1])
        elif name == "L":
            path.lineTo(v[0], v[1])
        elif name == "C":
            path.cubicTo(v[0], v[1], v[2], v[3], v[4], v[5])
        else:
            path.closeSubpath()
    return path


def rect_of(rect: Rect) -> QRectF:
    return QRectF(rect.x, rect.y, rect.width, rect.height)


class Picture:
    """Boxes and ways by their place in the drawing. Nothing here depends on what is chosen."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.scale = drawing.scale
        self.boxes = drawing.boxes
        self.ways = drawing.ways
        self.rect = rect_of(drawing.rect)
        # Without the names above columns, which the window keeps in sight by itself.
        self.body = self.rect.adjusted(0, lanes_head(drawing), 0, 0)
        self.rects = [rect_of(box.rect) for box in self.boxes]
        # Of the numbers far out: as large as the smallest box allows, in all of them.
        self.number_size = min(
            (min(box.height() * 0.62, box.width() * 0.22) for box in self.rects), default=0.0
        )
        self.place = {box.key: number for number, box in enumerate(self.boxes)}
        self.leaving: dict[str, list[int]] = {}
        self.arriving: dict[str, list[int]] = {}
        for number, way in enumerate(self.ways):
            self.leaving.setdefault(way.arrow.source, []).append(number)
            self.arriving.setdefault(way.arrow.target, []).append(number)
        self._outlines: dict[tuple[int, float], QPainterPath] = {}
        self._lines: dict[int, QPainterPath] = {}
        self._pieces: dict[int, list[QLineF]] = {}
        self._heads: dict[int, QPolygonF | None] = {}
        self._plates: dict[int, QPainterPath] = {}
        self._box_bands: dict[int, list[int]] = {}
        self._way_bands: dict[int, list[int]] = {}
        self._reach: list[tuple[float, float]] = []  # how far left and right each way goes
        self.afar: tuple[Any, Any] = (None, None)  # what is lit, and its boxes and lines by colour
        self._sort()

    def _sort(self) -> None:
        for number, box in enumerate(self.boxes):
            rect = box.rect
            self._enter(self._box_bands, number, rect.y, rect.y + rect.height)
        for number, way in enumerate(self.ways):
            ys = [y for _, y in way.points]
            if way.label is not None:
                ys += (way.label.y, way.label.bottom)
            if ys:
                self._enter(self._way_bands, number, min(ys), max(ys))
            xs = [x for x, _ in way.points]
            if way.label is not None:
                xs += (way.label.x, way.label.right)
            self._reach.append((min(xs, default=0.0), max(xs, default=0.0)))

    @staticmethod
    def _enter(bands: dict[int, list[int]], number: int, top: float, bottom: float) -> None:
        for band in range(floor(top / _BAND), floor(bottom / _BAND) + 1):
            bands.setdefault(band, []).append(number)

    def seen(self, rect: QRectF) -> tuple[list[int], list[int]]:
        """The boxes and the ways that may lie in a part of the picture, in drawing order."""
        first, last = floor(rect.top() / _BAND), floor(rect.bottom() / _BAND)
        if last - first > len(self._box_bands) + len(self._way_bands):
            return list(range(len(self.boxes))), list(range(len(self.ways)))
        boxes: set[int] = set()
        ways: set[int] = set()
        for band in range(first, last + 1):
            boxes.update(self._box_bands.get(band, ()))
            ways.update(self._way_bands.get(band, ()))
        left, right = rect.left(), rect.right()
        shown = [
            n for n in boxes if self.boxes[n].rect.x <= right and self.boxes[n].rect.right >= left
        ]
        near = [n for n in ways if self._reach[n][0] <= right and self._reach[n][1] >= left]
        return sorted(shown), sorted(near)

    def at(self, point: QPointF) -> int | None:
        """The box under a point."""
        for number in self._box_bands.get(floor(point.y() / _BAND), ()):
            rect = self.boxes[number].rect
            if rect.x <= point.x() <= rect.right and rect.y <= point.y() <= rect.bottom:
                return number
        return None

    def box_rect(self, key: str) -> QRectF:
        """Where a box stands; empty when there is none of this key."""
        number = self.place.get(key)
        return self.rects[number] if number is not None else QRectF()

    def outline(self, number: int, inset: float = 0.0) -> QPainterPath:
        found = self._outlines.get((number, inset))
        if found is None:
            found = path_of(outline(self.boxes[number], self.scale, inset))
            self._outlines[number, inset] = found
        return found

    def line(self, number: int) -> QPainterPath:
        found = self._lines.get(number)
        if found is None:
            found = self._lines[number] = path_of(line(self.ways[number], self.scale))
        return found

    def pieces(self, number: int) -> list[QLineF]:
        """The straight pieces of a line, for the view from very far."""
        found = self._pieces.get(number)
        if found is None:
            points = self.ways[number].points
            found = [QLineF(*a, *b) for a, b in pairwise(points)]
            self._pieces[number] = found
        return found

    def head(self, number: int) -> QPolygonF | None:
        """The arrowhead of a way, its point first."""
        if number not in self._heads:
            corners = arrowhead(self.ways[number], self.scale)
            points = [QPointF(x, y) for x, y in corners] if corners else None
            self._heads[number] = QPolygonF(points) if points else None
        return self._heads[number]

    def plate(self, number: int) -> QPainterPath | None:
        """The ground under the words of a way."""
        label = self.ways[number].label
        if label is None:
            return None
        found = self._plates.get(number)
        if found is None:
            found = self._plates[number] = path_of(frame(label, 3 * self.scale))
        return found


def best_left(picture: Picture, seen: QRectF, chosen: QRectF) -> float:
    """Where a sight as large as `seen` begins, so that it holds the chosen box and most of what matters.

    Of the boxes at its height, an urgent one weighs more than all that are not: it must not lie off the screen.
    """
    rows = [
        (rect, 100 if box.shape is Shape.OCTAGON else 1)
        for box, rect in zip(picture.boxes, picture.rects, strict=True)
        if rect.bottom() > seen.top() and rect.top() < seen.bottom()
    ]
    wide, margin = seen.width(), 16.0
    lefts = [chosen.center().x() - wide / 2]
    for rect, _ in rows:
        lefts += (rect.left() - margin, rect.right() + margin - wide)
    held = [
        (
            sum(w for rect, w in rows if rect.left() >= left and rect.right() <= left + wide),
            -abs(left + wide / 2 - chosen.center().x()),
            left,
        )
        for left in lefts
        if left <= chosen.left() and chosen.right() <= left + wide
    ]
    return max(held)[2] if held else lefts[0]
