"""The graph on the screen: drawn, clicked and followed by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)

from desktop.graph.glide import Glide
from desktop.graph.heads import height_of, paint_heads
from desktop.graph.job import Shift
from desktop.graph.lit import NOTHING, Lit
from desktop.graph.painter import GraphPainter, ground_of, parent_frame, parent_steps
from desktop.graph.picture import Picture
from desktop.graph.steering import along, beside, end
from desktop.graph.viewport import STEP, Viewport
from desktop.theme import motion_allowed, theme


class Canvas(Viewport):
    """Shows one picture. What is lit is told from outside; clicks and keys are told as facts."""

    clicked = Signal(str)  # key of a box
    opened = Signal(str)  # Enter or a double click on it
    focus_moved = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.lit: Lit = NOTHING
        self.focus = ""
        self._keyboard = False
        self._pressed: QPointF | None = None
        self._dragging = False
        self.glide = Glide(self)
        self.glide.moved.connect(self.update)
        self.came_from: tuple[str, tuple[str, ...]] = ("", ())  # a pathway, the steps of it
        self.spoken: Callable[[str], str] = lambda key: key
        self.nodes: dict[str, Any] = {}  # what stands for the boxes to a screen reader
        self.words: Any = None
        self._focused: tuple[tuple[Lit, str], Lit] = ((NOTHING, ""), NOTHING)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setProperty("ring", False)  # the ring is on the box that has the keyboard
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme().changed.connect(self.update)

    def held(self) -> str:
        return self.lit.chosen

    @property
    def shift(self) -> Shift:
        """How far each box is from its place while it glides."""
        return self.glide.shift

    # -- what is shown ----------------------------------------------------------------------------

    def show_picture(self, picture: Picture | None, *, glide: bool = False) -> None:
        """Show another picture; boxes it has in common with the one before can glide to their places."""
        before, self.picture = self.picture, picture
        still = self.glide.stop()
        if picture is not None and before is not None and self.untouched and not glide:
            self.open_at(self.lit.chosen)
        elif picture is not None and before is not None:
            self._stay(before, picture)
            if glide and motion_allowed() and self.isVisible():
                self.glide.start(before, picture, self.lit.chosen, still)
        if picture is not None and self.focus not in picture.place:
            self.focus = ""
        self._changed()

    def _stay(self, before: Picture, picture: Picture) -> None:
        """The chosen box stays where it is on the screen."""
        key = self.lit.chosen
        if key in before.place and key in picture.place:
            self._pan.stop()
            self.origin += picture.box_rect(key).topLeft() - before.box_rect(key).topLeft()

    def light(self, lit: Lit) -> None:
        """Light another route, step or words."""
        self.untouched = self.untouched and lit.chosen == self.lit.chosen
        self.lit = lit
        self.update()

    def heads(self) -> float:
        high = height_of(self)
        return high + self._heads_down() if high else 0.0

    def _heads_down(self) -> float:
        """The names stand below the frame of the pathway one came from."""
        return theme().px(22) if self.came_from[0] else 0

    # -- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme().colours
        ground_of(painter, QRectF(self.rect()), colours)
        picture = self.picture
        if picture is None:
            return
        if self.came_from[0]:
            parent_frame(painter, QRectF(self.rect()))
        painter.scale(self.zoom, self.zoom)
        painter.translate(-self.origin)
        part = self.seen()
        job = GraphPainter(painter, picture, self._lit_now(), zoom=self.zoom, shift=self.shift)
        job.heads = False
        job.paint(part.adjusted(-40, -40, 40, 40))
        painter.resetTransform()
        paint_heads(painter, self, self._heads_down())
        if self.came_from[0]:
            parent_steps(painter, self._room(), *self.came_from)

    def _lit_now(self) -> Lit:
        lit = self.lit
        focus = (self.focus or lit.chosen) if self._keyboard and self.hasFocus() else ""
        if focus == lit.focus:
            return lit
        known, made = self._focused
        if known != (lit, focus):
            made = replace(lit, focus=focus)
            self._focused = ((lit, focus), made)
        return made

    # -- mouse ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed = event.position()
            self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            over = self._box_at(event.position())
            shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.OpenHandCursor
            if self.cursor().shape() is not shape:
                self.setCursor(shape)
            return
        way = event.position() - self._pressed
        if not self._dragging and way.manhattanLength() < 6:
            return
        self._dragging = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.pan_by(-way.x(), -way.y())
        self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if self._dragging:
            self._dragging = False
            self.setCursor(Qt.CursorShape.OpenHandCursor)
            return
        key = self._box_at(event.position())
        if pressed is not None and key and event.button() is Qt.MouseButton.LeftButton:
            self._keyboard = False
            self.focus = key
            self.clicked.emit(key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        key = self._box_at(event.position())
        if key:
            self.opened.emit(key)

    def _box_at(self, point: QPointF) -> str:
        if self.picture is None or point.y() < self.heads():
            return ""
        number = self.picture.at(self.to_picture(point))
        return self.picture.boxes[number].key if number is not None else ""

    def wheelEvent(self, event: QWheelEvent) -> None:
        angle, pixels = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turns = angle.y() / 120
            self.zoom_to(self.zoom * STEP**turns, event.position(), now=True)
        elif not pixels.isNull():
            self.pan_by(-pixels.x(), -pixels.y())
        else:
            dx, dy = angle.x() / 2, angle.y() / 2
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                dx, dy = dx or dy, 0.0
            self.pan_by(-dx, -dy)
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_to(self.zoom * (1 + event.value()), event.position(), now=True)
                return True
            return False
        return super().event(event)

    # -- keyboard ---------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        reasons = Qt.FocusReason
        self._keyboard = event.reason() in (
            reasons.TabFocusReason,
            reasons.BacktabFocusReason,
            reasons.ShortcutFocusReason,
        )
        if not self.focus:
            self.focus = self.lit.chosen
        if event.reason() is not reasons.MouseFocusReason:
            self.focus_moved.emit(self.focus)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        goal = self._steer(key) if plain else None
        if goal is not None:
            self.focus_on(goal)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keyboard = True
            self.opened.emit(self.focus or self.lit.chosen)
        elif plain and key == Qt.Key.Key_Space:
            self._keyboard = True
            self.clicked.emit(self.focus or self.lit.chosen)
        elif plain and key == Qt.Key.Key_F:
            self.fit()
        elif plain and key == Qt.Key.Key_Z:
            self.zoom_to_chosen()
        else:
            super().keyPressEvent(event)

    def focus_on(self, key: str, *, told: bool = True) -> None:
        """Put the keyboard on a box."""
        if self.picture is None or key not in self.picture.place:
            return
        self._keyboard = True
        self.focus = key
        self.reveal(key)
        self.update()
        if told:
            self.focus_moved.emit(key)

    def _steer(self, key: int) -> str | None:
        """The box an arrow key leads to; None for every other key."""
        picture, here = self.picture, self.focus or self.lit.chosen
        if picture is None:
            return None
        keys = Qt.Key
        if key in (keys.Key_Down, keys.Key_Up):
            return along(picture, self.lit, here, 1 if key == keys.Key_Down else -1)
        if key in (keys.Key_Left, keys.Key_Right):
            return beside(picture, here, 1 if key == keys.Key_Right else -1)
        if key in (keys.Key_Home, keys.Key_End):
            return end(picture, 0 if key == keys.Key_Home else -1)
        return None
