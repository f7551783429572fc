"""A view of the stage: the audience's window has one, the trainer's window a second, smaller one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from knowledge.showing.seen import Seen

if TYPE_CHECKING:
    from desktop.presenting.stage import Stage


class RoomView(QWidget):
    """Paints the stage as large as it fits. Knows nothing but what the stage shows."""

    pointed = Signal(object)  # QPointF on the stage, or None
    drawn = Signal(QPointF, bool)  # a point of the pen, and whether it begins a line

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.tool = ""  # pointer or pen, while the trainer holds one
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("What the room sees")
        self._told: Seen | None = None
        stage.changed.connect(self._changed)

    def use(self, tool: str) -> None:
        self.tool = tool
        self.setMouseTracking(tool == "pointer")
        self.setCursor(Qt.CursorShape.CrossCursor if tool else Qt.CursorShape.ArrowCursor)

    def _changed(self) -> None:
        seen = self.stage.seen
        if seen is not self._told and seen is not None:
            self._told = seen
            self.setAccessibleDescription(spoken(seen))
        self.update()

    def place(self) -> tuple[QRectF, float]:
        """Where the stage stands in this view, and how large."""
        size = self.stage.size
        unit = min(self.width() / size.width(), self.height() / size.height())
        wide, high = size.width() * unit, size.height() * unit
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high), unit

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box, unit = self.place()
        if box.toAlignedRect() != self.rect():
            painter.fillRect(self.rect(), Qt.GlobalColor.black)
        painter.setClipRect(box)
        painter.translate(box.topLeft())
        painter.scale(unit, unit)
        self.stage.paint(painter, unit)

    # -- pointer and pen ----------------------------------------------------------------------

    def _on_stage(self, event: QMouseEvent) -> QPointF:
        box, unit = self.place()
        return (event.position() - box.topLeft()) / unit

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.tool == "pen" and event.button() is Qt.MouseButton.LeftButton:
            self.drawn.emit(self._on_stage(event), True)
        elif self.tool == "pointer":
            self.pointed.emit(self._on_stage(event))
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.tool == "pen" and event.buttons() & Qt.MouseButton.LeftButton:
            self.drawn.emit(self._on_stage(event), False)
        elif self.tool == "pointer":
            self.pointed.emit(self._on_stage(event))

    def leaveEvent(self, event: QEvent) -> None:
        if self.tool == "pointer":
            self.pointed.emit(None)


def spoken(seen: Seen) -> str:
    """What the room sees, in words."""
    if seen.blank:
        return "Nothing: the screen is blank"
    parts = [seen.title, *(mark.words for mark in seen.marks)]
    if seen.graph is not None:
        graph = seen.graph
        parts.append(f"step {graph.number} of {graph.many}, {graph.kind}: {graph.title}")
        for way in graph.ways:
            where = way.title or "covered"
            parts.append(
                f"way {way.number}: {way.condition + ', ' if way.condition else ''}{where}"
            )
    elif seen.heading:
        parts.append(seen.heading)
    parts += [words for words in (seen.ask, seen.outcome) if words]
    return ". ".join(parts)
