"""One scene painted for one view ahead of time: the bands as they stand, and the graph that the camera moves over."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from desktop.presenting.framing import Frame
from desktop.presenting.laid import Laid
from desktop.presenting.look import colour
from desktop.presenting.scenery import (
    paint_bands,
    paint_graph,
    paint_part,
    paint_text,
    prepare,
)

_SLAB = 240  # rows of the graph painted in one go
_MOST = 2.5  # of the view's size: a longer move is painted as it goes


class Place(NamedTuple):
    """Where the stage stands in a view: its box, how large, and how many pixels a length has."""

    box: QRectF
    unit: float
    ratio: float
    size: QSize


class Still:
    """Painted in portions. What it does not hold, or not yet, is painted as the camera goes."""

    def __init__(self, laid: Laid, leaf: int, place: Place) -> None:
        self.laid, self.leaf, self.place = laid, leaf, place
        self.ready = False
        self._bands = QPixmap()
        self._graph = QPixmap()
        self._corner = QRect()  # what the graph's picture holds, in pixels of the view at rest

    def fits(self, laid: Laid | None, leaf: int, place: Place) -> bool:
        return self.laid is laid and self.leaf == leaf and self.place == place

    # -- making it ----------------------------------------------------------------------------

    def portions(self, start: Frame | None) -> Iterator[None]:
        """Paint it bit by bit; `start` is where the camera will come from."""
        self.paint_bands()
        if self.laid.goal is not None:
            yield
            yield from self._paint_graph(start, self.laid.goal)
        self.ready = True

    def paint_bands(self) -> None:
        """All but the graph."""
        place, laid = self.place, self.laid
        bands = QPixmap(_pixels(place))
        bands.setDevicePixelRatio(place.ratio)
        bands.fill(Qt.GlobalColor.black)  # beside a stage of another shape
        painter = QPainter(bands)
        painter.setClipRect(place.box)
        painter.translate(place.box.topLeft())
        painter.scale(place.unit, place.unit)
        prepare(painter)
        painter.fillRect(QRectF(QPointF(), laid.size), colour("surface"))
        if laid.goal is None:
            paint_text(painter, laid, self.leaf)
        paint_bands(painter, laid)
        painter.end()
        self._bands = bands

    def _paint_graph(self, start: Frame | None, goal: Frame) -> Iterator[None]:
        held = window = self._window()
        if start is not None and start.zoom == goal.zoom:
            both = window.united(window.translated(-self._off(start, goal)))
            if both.width() * both.height() <= _MOST * window.width() * window.height():
                held = both
        self._corner = held
        self._graph = QPixmap(held.size())
        self._graph.fill(colour("surface"))
        zoom = self.place.ratio * self.place.unit * goal.zoom
        origin = self._origin(goal) - QPointF(held.topLeft())
        for top in range(0, held.height(), _SLAB):
            slab = QRect(0, top, held.width(), min(_SLAB, held.height() - top))
            painter = QPainter(self._graph)
            prepare(painter)
            painter.setClipRect(slab)
            painter.translate(origin)
            painter.scale(zoom, zoom)
            part = QRectF((slab.x() - origin.x()) / zoom, (slab.y() - origin.y()) / zoom, 0, 0)
            part.setSize(QRectF(slab).size() / zoom)
            paint_part(painter, self.laid, part, goal.zoom * self.place.unit)
            painter.end()
            yield

    def _window(self) -> QRect:
        """The middle of the stage, in pixels of the view."""
        place, middle = self.place, self.laid.middle
        left, top = place.box.x(), place.box.y()
        box = QRectF(
            (left + middle.x() * place.unit) * place.ratio,
            (top + middle.y() * place.unit) * place.ratio,
            middle.width() * place.unit * place.ratio,
            middle.height() * place.unit * place.ratio,
        )
        x, y = floor(box.x()), ceil(box.y())
        return QRect(x, y, ceil(box.right()) - x, floor(box.bottom()) - y)

    def _origin(self, view: Frame) -> QPointF:
        """Where the picture's own corner lies, in pixels of the view, as the camera stands."""
        place, part = self.place, view.seen(self.laid.room)
        corner = self.laid.middle.topLeft() - part.topLeft() * view.zoom
        return (place.box.topLeft() + corner * place.unit) * place.ratio

    def _off(self, view: Frame, goal: Frame) -> QPoint:
        """How far the picture lies from where it will rest, in whole pixels."""
        return (self._origin(view) - self._origin(goal)).toPoint()

    # -- showing it ---------------------------------------------------------------------------

    def paint(self, painter: QPainter, view: Frame) -> None:
        """Put it where the camera stands. The painter has the view's own lengths."""
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        goal = self.laid.goal
        if goal is None:
            painter.drawPixmap(0, 0, self._bands)
            return
        window, ratio = self._window(), self.place.ratio
        source = window.translated(-self._off(view, goal)).translated(-self._corner.topLeft())
        if self.ready and view.zoom == goal.zoom and self._graph.rect().contains(source):
            painter.drawPixmap(_lengths(window, ratio), self._graph, QRectF(source))
        else:
            self._paint_as_it_goes(painter, view)
        for top, bottom in ((0, window.top()), (window.bottom() + 1, self._bands.height())):
            rows = QRect(0, top, self._bands.width(), bottom - top)
            painter.drawPixmap(_lengths(rows, ratio), self._bands, QRectF(rows))

    def _paint_as_it_goes(self, painter: QPainter, view: Frame) -> None:
        place = self.place
        painter.save()
        prepare(painter)
        painter.setClipRect(place.box)
        painter.translate(place.box.topLeft())
        painter.scale(place.unit, place.unit)
        painter.fillRect(self.laid.middle, colour("surface"))
        paint_graph(painter, self.laid, view, place.unit)
        painter.restore()


def _pixels(place: Place) -> QSize:
    return QSize(ceil(place.size.width() * place.ratio), ceil(place.size.height() * place.ratio))


def _lengths(pixels: QRect, ratio: float) -> QRectF:
    return QRectF(
        pixels.x() / ratio, pixels.y() / ratio, pixels.width() / ratio, pixels.height() / ratio
    )


__all__ = ["Place", "Still"]
