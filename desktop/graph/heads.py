"""Who acts, above the columns: the names stay at the top of the graph wherever it has been moved to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from desktop.theme import theme

if TYPE_CHECKING:
    from desktop.graph.viewport import Viewport

_FLAGS = (
    int(Qt.TextFlag.TextWordWrap)
    | int(Qt.TextFlag.TextWrapAnywhere)
    | int(Qt.AlignmentFlag.AlignHCenter)
)
_LEAST = 0.12  # further out there are no columns to be told apart
_PAD = 6


def _names(view: Viewport) -> list[tuple[str, QRectF]]:
    """The names, and each column on the screen."""
    picture = view.picture
    if picture is None or view.zoom < _LEAST:
        return []
    lanes = picture.drawing.lanes
    left = [(lane.rect.x - view.origin.x()) * view.zoom for lane in lanes]
    wide = [lane.rect.width * view.zoom for lane in lanes]
    return [
        (lane.name, QRectF(x, 0, w, view.height()))
        for lane, x, w in zip(lanes, left, wide, strict=True)
    ]


def _block(name: str, wide: float) -> QRectF:
    """The room a name takes in a column so wide."""
    metrics = QFontMetrics(theme().font("small", 600))
    room = max(round(wide) - 2 * theme().px(_PAD), 10)
    return QRectF(metrics.boundingRect(0, 0, room, 10_000, _FLAGS, name))


def height_of(view: Viewport) -> float:
    """How high the names stand; nothing without columns."""
    names = _names(view)
    if not names:
        return 0.0
    return max(_block(name, column.width()).height() for name, column in names) + theme().px(9)


def places(view: Viewport) -> list[tuple[str, QRectF]]:
    """Each name in the middle of what is seen of its column, never outside of the column."""
    found = []
    for name, column in _names(view):
        block = _block(name, column.width())
        seen = column.intersected(QRectF(view.rect()))
        middle = (seen if seen.width() > 0 else column).center().x()
        half = block.width() / 2 + theme().px(_PAD)
        low, high = column.left() + half, column.right() - half
        middle = max(low, min(middle, high)) if low <= high else column.center().x()
        at = QRectF(
            middle - block.width() / 2 - 1, theme().px(4), block.width() + 2, block.height()
        )
        found.append((name, at))
    return found


def paint_heads(painter: QPainter, view: Viewport, down: float) -> None:
    """The band with the names, so far below the upper edge; the painter is in pixels of the widget."""
    look = theme()
    high = height_of(view)
    if not high:
        return
    painter.save()
    painter.translate(0, down)
    painter.fillRect(QRectF(0, 0, view.width(), high), look.colour("surface"))
    painter.setPen(QPen(look.colour("edge"), 1))
    painter.drawLine(QLineF(0, high - 0.5, view.width(), high - 0.5))
    for _, column in _names(view)[1:]:
        painter.drawLine(QLineF(column.left(), 0, column.left(), high))
    painter.setFont(look.font("small", 600))
    painter.setPen(look.colour("ink"))
    for name, at in places(view):
        painter.drawText(at, _FLAGS, name)
    painter.restore()
