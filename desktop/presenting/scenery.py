"""The parts of a scene as they are painted: its graph or text, its bands, and what the trainer points at."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop.graph.painter import GraphPainter
from desktop.presenting.bands import EDGE, paint_band, paint_head, paint_strip
from desktop.presenting.framing import Frame
from desktop.presenting.laid import Laid, heading_height
from desktop.presenting.look import WRAP, colour, font, palette, width_of


def prepare(painter: QPainter) -> None:
    """Every painting of a scene begins so."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)


def paint_graph(painter: QPainter, laid: Laid, view: Frame, unit: float) -> None:
    """The part of the graph that the camera sees, in the middle of the stage."""
    if laid.picture is None:
        return
    part = view.seen(laid.room)
    painter.save()
    painter.setClipRect(laid.middle, Qt.ClipOperation.IntersectClip)
    painter.translate(laid.middle.topLeft())
    painter.scale(view.zoom, view.zoom)
    painter.translate(-part.topLeft())
    paint_part(painter, laid, part, view.zoom * unit)
    painter.restore()


def paint_part(painter: QPainter, laid: Laid, part: QRectF, zoom: float) -> None:
    """A part of the picture, in its own lengths."""
    if laid.picture is not None:
        job = GraphPainter(painter, laid.picture, laid.lit, zoom=zoom, palette=palette())
        job.paint(part.adjusted(-40, -40, 40, 40))


def paint_text(painter: QPainter, laid: Laid, leaf: int) -> None:
    """A text under its heading, and which of its pages this is."""
    sheet, width = laid.sheet, laid.size.width()
    assert sheet is not None
    left = max(EDGE, (width - sheet.size.width()) / 2)
    top = laid.middle.y() + 20
    if laid.seen.heading:
        painter.setFont(font(36, 700))
        painter.setPen(colour("ink"))
        room = QRectF(left, top, width - 2 * left - 160, 400)
        painter.drawText(room, WRAP, laid.seen.heading)
    if laid.leaves > 1:
        words = f"{leaf + 1} of {laid.leaves}"
        painter.setFont(font(24, 600))
        painter.setPen(colour("ink_muted"))
        right = left + sheet.size.width()
        at = QRectF(right - width_of(words, 24, 600) - 2, top + 6, 200, 40)
        painter.drawText(at, Qt.AlignmentFlag.AlignLeft, words)
    painter.save()
    painter.translate(left, top + heading_height(laid.seen, width))
    sheet.paint(painter, leaf)
    painter.restore()


def paint_bands(painter: QPainter, laid: Laid) -> None:
    """What is always there: the page and its marks above, question, outcome and urgent strip below."""
    width = laid.size.width()
    paint_head(painter, laid.seen, laid.head, width)
    paint_band(painter, laid.seen, laid.band, laid.middle.bottom(), width)
    paint_strip(painter, laid.strip, laid.middle.bottom() + laid.band.height, width)


def paint_marks(painter: QPainter, strokes: list[QPolygonF], pointer: QPointF | None) -> None:
    """What the trainer points at or marks; it lies over everything."""
    ink = QColor(colour("hit"))
    ink.setAlpha(120)
    painter.setPen(
        QPen(ink, 26, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    for line in strokes:
        painter.drawPolyline(line)
    if pointer is not None:
        painter.setPen(QPen(colour("surface"), 3))
        painter.setBrush(colour("urgent"))
        painter.drawEllipse(pointer, 10, 10)
