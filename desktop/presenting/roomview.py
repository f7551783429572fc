"""A view of the stage: the audience's window has one, the trainer's window a second, smaller one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.presenting.still import Place, Still
from knowledge.showing.seen import Seen

if TYPE_CHECKING:
    from desktop.presenting.framing import Frame
    from desktop.presenting.laid import Laid
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
        self._stills: list[Still] = []  # of what is shown, and of what comes
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

    def place(self) -> Place:
        """Where the stage stands in this view, and how large."""
        size = self.stage.size
        unit = min(self.width() / size.width(), self.height() / size.height())
        wide, high = size.width() * unit, size.height() * unit
        box = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
        return Place(box, unit, self.devicePixelRatioF(), self.size())

    # -- painting -----------------------------------------------------------------------------

    def portions(self, laid: Laid, leaf: int, start: Frame | None) -> Iterator[None]:
        """Paint a scene ahead of time, a little at a time; nothing of it is shown before its moment."""
        place, shown = self.place(), self._still()
        if shown is not None and shown.ready and shown.fits(laid, leaf, place):
            return
        coming = Still(laid, leaf, place)
        # What is in view stays; where that was never painted ahead, the latest that was.
        self._stills = [*([shown] if shown is not None else self._stills[-1:]), coming]
        yield from coming.portions(start)

    def holds(self, laid: Laid, leaf: int) -> bool:
        """Whether this scene has been painted ahead."""
        place = self.place()
        return any(still.ready and still.fits(laid, leaf, place) for still in self._stills)

    def _still(self) -> Still | None:
        """The scene that is shown, as far as it was painted ahead."""
        laid, leaf, place = self.stage.laid, self.stage.leaf, self.place()
        if laid is None:
            return None
        fitting = [still for still in self._stills if still.fits(laid, leaf, place)]
        if not fitting and self.stage.moving:
            self._stills = [Still(laid, leaf, place)]
            self._stills[0].paint_bands()  # they stand still while the camera moves
            return self._stills[0]
        return max(fitting, key=lambda still: still.ready) if fitting else None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, stage = QPainter(self), self.stage
        place = self.place()
        still = self._still() if stage.blank is None else None
        if still is None:
            if place.box != QRectF(self.rect()):
                painter.fillRect(self.rect(), Qt.GlobalColor.black)
            self._to_stage(painter, place)
            stage.paint(painter, place.unit)
            return
        still.paint(painter, stage.frame)
        self._to_stage(painter, place)
        stage.paint_marks(painter)

    @staticmethod
    def _to_stage(painter: QPainter, place: Place) -> None:
        painter.setClipRect(place.box)
        painter.translate(place.box.topLeft())
        painter.scale(place.unit, place.unit)

    # -- pointer and pen ----------------------------------------------------------------------

    def _on_stage(self, event: QMouseEvent) -> QPointF:
        place = self.place()
        return (event.position() - place.box.topLeft()) / place.unit

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
