"""The graph on the screen: drawn, panned, zoomed, clicked and followed by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QEasingCurve,
    QEvent,
    QPointF,
    QRectF,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.graph.job import Shift
from desktop.graph.lit import NOTHING, Lit
from desktop.graph.painter import GraphPainter, ground_of, parent_frame, parent_steps
from desktop.graph.picture import Picture, best_left
from desktop.graph.steering import EDGE, along, beside, end, hold
from desktop.theme import motion_allowed, theme

SMALLEST, LARGEST = 0.05, 4.0
STEP = 1.2
OPENING = 0.8  # never smaller than this when a pathway opens
_PAN_MS, _GLIDE_MS = 200, 250


class Canvas(QWidget):
    """Shows one picture. What is lit is told from outside; clicks and keys are told as facts."""

    clicked = Signal(str)  # key of a box
    opened = Signal(str)  # Enter or a double click on it
    moved = Signal()  # another part is seen, or at another size
    focus_moved = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.picture: Picture | None = None
        self.lit: Lit = NOTHING
        self.zoom = 1.0
        self.origin = QPointF()  # the point of the picture at the top left corner
        self.inset = (0.0, 0.0, 0.0, 0.0)  # left, top, right, bottom: covered by tools
        self.focus = ""
        self.shift: Shift = {}
        self._keyboard = False
        self._pressed: QPointF | None = None
        self._dragging = False
        self._pan = self._animation(_PAN_MS, self._panned)
        self._from_to = ((QPointF(), 1.0), (QPointF(), 1.0))
        self._glide = self._animation(_GLIDE_MS, self._glided)
        self._from: Shift = {}
        self._opening: str | None = None
        self.resume: tuple[QPointF, float] | None = None
        self.came_from: tuple[str, tuple[str, ...]] = ("", ())  # a pathway, the steps of it
        self.spoken: Callable[[str], str] = lambda key: key
        self._untouched = False  # nobody has moved or chosen anything since it was opened
        self.nodes: dict[str, Any] = {}  # what stands for the boxes to a screen reader
        self.words: Any = None
        self._focused: tuple[tuple[Lit, str], Lit] = ((NOTHING, ""), NOTHING)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setProperty("ring", False)  # the ring is on the box that has the keyboard
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme().changed.connect(self.update)

    def _animation(self, length: int, done: Callable[[float], None]) -> QVariantAnimation:
        animation = QVariantAnimation(self)
        animation.setStartValue(0.0)
        animation.setEndValue(1.0)
        animation.setDuration(length)
        animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        animation.valueChanged.connect(done)
        return animation

    # -- what is shown ------------------------------------------------------------------------

    def show_picture(self, picture: Picture | None, *, glide: bool = False) -> None:
        """Show another picture; boxes it has in common with the one before can glide to their places."""
        before, self.picture = self.picture, picture
        self._glide.stop()
        self.shift = {}
        if picture is not None and before is not None and self._untouched and not glide:
            self.open_at(self.lit.chosen)
        elif picture is not None and before is not None:
            self._stay(before, picture)
            if glide and motion_allowed() and self.isVisible():
                self._start_glide(before, picture)
        if picture is not None and self.focus not in picture.place:
            self.focus = ""
        self._changed()

    def _stay(self, before: Picture, picture: Picture) -> None:
        """The chosen box stays where it is on the screen."""
        key = self.lit.chosen
        if key in before.place and key in picture.place:
            self._pan.stop()
            self.origin += picture.box_rect(key).topLeft() - before.box_rect(key).topLeft()

    def _start_glide(self, before: Picture, picture: Picture) -> None:
        """The other boxes come from their old places to their new ones."""
        anchor = self.lit.chosen
        offset = picture.box_rect(anchor).topLeft() - before.box_rect(anchor).topLeft()
        move: Shift = {}
        for key in picture.place:
            if key in before.place:
                way = before.box_rect(key).topLeft() + offset - picture.box_rect(key).topLeft()
                if abs(way.x()) > 1 or abs(way.y()) > 1:
                    move[key] = (way.x(), way.y())
        if move:
            self._from = self.shift = move
            self._glide.start()

    def _glided(self, done: float) -> None:
        rest = 1.0 - float(done)
        self.shift = {k: (x * rest, y * rest) for k, (x, y) in self._from.items()} if rest else {}
        self.update()

    def light(self, lit: Lit) -> None:
        """Light another route, step or words."""
        self._untouched = self._untouched and lit.chosen == self.lit.chosen
        self.lit = lit
        self.update()

    def open_at(self, key: str, resume: tuple[QPointF, float] | None = None) -> None:
        """The first sight of a pathway: readable, with this box in view; or as it was left."""
        self._opening, self.resume = key, resume
        if self.width() > 50 and self.picture is not None and self.isVisible():
            self._open()

    def _open(self) -> None:
        key, self._opening = self._opening, None
        self._untouched = self.resume is None
        picture = self.picture
        if picture is None or key is None:
            return
        if self.resume is not None:
            (self.origin, self.zoom), self.resume = self.resume, None
            self.reveal(key, now=True)
            self._changed()
            return
        room = self._room()
        self.zoom = min(1.0, max(OPENING, room.width() / max(1.0, picture.rect.width())))
        self.origin = picture.rect.topLeft()
        box = picture.box_rect(key or next(iter(picture.place), ""))
        wide = picture.rect.width() * self.zoom
        if room.width() < wide <= self.width() - 2 * EDGE:
            # It fits beside or below the tools.
            self.origin.setX(picture.rect.x() - EDGE / self.zoom)
        elif wide > room.width():
            seen = QRectF(0, box.y(), room.width() / self.zoom, room.height() / self.zoom)
            left = best_left(picture, seen, box)
            self.origin = QPointF(left - room.x() / self.zoom, picture.rect.y())
        self._changed()
        if key:
            self.reveal(key, now=True)

    # -- seeing -------------------------------------------------------------------------------

    def _room(self) -> QRectF:
        """The part of the widget that no tool covers."""
        left, top, right, bottom = self.inset
        return QRectF(self.rect()).adjusted(left, top, -right, -bottom)

    def seen(self) -> QRectF:
        """The part of the picture on the screen."""
        return QRectF(
            self.origin.x(),
            self.origin.y(),
            self.width() / self.zoom,
            self.height() / self.zoom,
        )

    def seen_clear(self) -> QRectF:
        """The part of the picture that no tool covers."""
        room = self._room()
        corner = self.to_picture(room.topLeft())
        return QRectF(corner.x(), corner.y(), room.width() / self.zoom, room.height() / self.zoom)

    def to_picture(self, point: QPointF) -> QPointF:
        return self.origin + point / self.zoom

    def to_screen(self, rect: QRectF) -> QRectF:
        """A rectangle of the picture in pixels of the widget."""
        z = self.zoom
        corner = (rect.topLeft() - self.origin) * z
        return QRectF(corner.x(), corner.y(), rect.width() * z, rect.height() * z)

    def fit(self) -> None:
        """The whole pathway."""
        if self.picture is None:
            return
        room, rect = self._room(), self.picture.rect
        zoom = min(room.width() / rect.width(), room.height() / rect.height(), 1.0)
        zoom = max(SMALLEST, zoom)
        middle = QPointF(room.center().x() / zoom, room.center().y() / zoom)
        self._go(rect.center() - middle, zoom)

    def zoom_to(self, zoom: float, at: QPointF | None = None, *, now: bool = False) -> None:
        """Show larger or smaller, the point `at` of the widget staying where it is."""
        zoom = max(SMALLEST, min(LARGEST, zoom))
        self._untouched = False
        if at is None:
            box = self.picture.box_rect(self.lit.chosen) if self.picture is not None else QRectF()
            shown = self.to_screen(box)
            inside = not box.isEmpty() and self._room().contains(shown.center())
            at = shown.center() if inside else self._room().center()
        self._go(self.to_picture(at) - at / zoom, zoom, now=now)

    def zoom_by(self, steps: float) -> None:
        self.zoom_to(self._goal()[1] * STEP**steps)

    def zoom_to_chosen(self) -> None:
        """The chosen box and the boxes its ways lead to, as large as fits."""
        picture, key = self.picture, self.lit.chosen
        if picture is None or key not in picture.place:
            return
        both = picture.box_rect(key)
        for number in picture.leaving.get(key, ()):
            both = both.united(picture.box_rect(picture.ways[number].arrow.target))
        both = both.adjusted(-EDGE, -EDGE, EDGE, EDGE)
        room = self._room()
        zoom = min(room.width() / both.width(), room.height() / both.height(), 2.0)
        middle = QPointF(room.center().x() / zoom, room.center().y() / zoom)
        self._go(both.center() - middle, zoom)

    def reveal(self, key: str, *, now: bool = False) -> None:
        """Bring a box into view, with the boxes its ways lead to when there is room for both."""
        picture = self.picture
        if picture is None or key not in picture.place:
            return
        margin = 30 / self.zoom
        box = picture.box_rect(key).adjusted(-margin, -margin, margin, margin)
        both = box
        for number in picture.leaving.get(key, ()):
            way = picture.ways[number]
            if not way.arrow.loop:
                target = picture.box_rect(way.arrow.target)
                grown = both.united(target)
                room = self._room()
                if grown.width() * self.zoom < room.width() and (
                    grown.height() * self.zoom < room.height()
                ):
                    both = grown
        self._go(self._origin_for(both, box), self.zoom, now=now)

    def _origin_for(self, both: QRectF, box: QRectF) -> QPointF:
        room = self._room()
        origin = QPointF(self._goal()[0])
        left, top = origin.x() + room.x() / self.zoom, origin.y() + room.y() / self.zoom
        wide, high = room.width() / self.zoom, room.height() / self.zoom
        rect = both if both.width() <= wide and both.height() <= high else box
        dx = min(0.0, rect.left() - left) or max(0.0, rect.right() - left - wide)
        dy = min(0.0, rect.top() - top) or max(0.0, rect.bottom() - top - high)
        return QPointF(origin.x() + dx, origin.y() + dy)

    def pan_by(self, dx: float, dy: float) -> None:
        """Move by pixels of the screen."""
        self._pan.stop()
        self._untouched = False
        self.origin += QPointF(dx, dy) / self.zoom
        self._changed()

    def centre_on(self, point: QPointF) -> None:
        """Bring a point of the picture into the middle."""
        self._pan.stop()
        self.origin = point - self._room().center() / self.zoom
        self._changed()

    def _goal(self) -> tuple[QPointF, float]:
        running = self._pan.state() is QVariantAnimation.State.Running
        return self._from_to[1] if running else (self.origin, self.zoom)

    def _go(self, origin: QPointF, zoom: float, *, now: bool = False) -> None:
        origin = self._clamped(origin, zoom)
        if (origin, zoom) == (self.origin, self.zoom):
            return
        self._pan.stop()
        if now or not motion_allowed() or not self.isVisible():
            self.origin, self.zoom = origin, zoom
            self._changed()
            return
        self._from_to = ((QPointF(self.origin), self.zoom), (origin, zoom))
        self._pan.start()

    def _panned(self, done: float) -> None:
        (a, za), (b, zb) = self._from_to
        part = float(done)
        zoom = za * (zb / za) ** part
        # Between two zooms the origin must follow the zoom, or the picture would swing.
        share = part if za == zb else (1 / za - 1 / zoom) / (1 / za - 1 / zb)
        self.origin = a + (b - a) * share
        self.zoom = zoom
        self._changed(clamp=False)

    def _changed(self, *, clamp: bool = True) -> None:
        if clamp:
            self.origin = self._clamped(self.origin, self.zoom)
        self.update()
        self.moved.emit()

    def _clamped(self, origin: QPointF, zoom: float) -> QPointF:
        """Never lose the picture: centred where it is smaller than its room, else never far past its edge."""
        if self.picture is None:
            return origin
        rect, room = self.picture.rect, self._room()
        x = hold(origin.x(), rect.left(), rect.right(), room.left() / zoom, room.width() / zoom)
        y = hold(origin.y(), rect.top(), rect.bottom(), room.top() / zoom, room.height() / zoom)
        if rect.height() * zoom < room.height():
            y = rect.top() - room.top() / zoom  # a short pathway hangs from the top
        return QPointF(x, y)

    # -- painting -----------------------------------------------------------------------------

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
        GraphPainter(painter, picture, self._lit_now(), zoom=self.zoom, shift=self.shift).paint(
            part.adjusted(-40, -40, 40, 40)
        )
        if self.came_from[0]:
            painter.resetTransform()
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._opening is not None:
            self._open()
        self._changed()

    def showEvent(self, event: object) -> None:
        if self._opening is not None and self.width() > 50:
            self._open()
        # While it was hidden its size may have been another; the size of now comes with the next turn.
        QTimer.singleShot(0, self, lambda: self.reveal(self.lit.chosen, now=True))

    # -- mouse --------------------------------------------------------------------------------

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
        if self.picture is None:
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

    # -- keyboard -----------------------------------------------------------------------------

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
