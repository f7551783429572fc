"""The graph as a place to edit: boxes and ways are chosen, ways are drawn by dragging; nothing is changed here."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)

from desktop.graph.canvas import Canvas
from desktop.graph.steering import end
from desktop.theme import theme

_REACH = 8.0  # pixels of the screen: this near to a line is on it
_KEYS = {
    Qt.Key.Key_F2: "rename",
    Qt.Key.Key_Insert: "step",
    Qt.Key.Key_Delete: "remove",
    Qt.Key.Key_Return: "menu",
    Qt.Key.Key_Enter: "menu",
}


class Board(Canvas):
    """Tells what is chosen and asked for. There is no mode: Escape goes one step back, then out."""

    way_clicked = Signal(int)  # a way's place in the drawing
    way_drawn = Signal(str, str)  # from a box to another
    asked = Signal(str)  # one of the things the tools can do
    menu_asked = Signal(QPoint)  # where on the screen
    number_asked = Signal(int)  # the nth way on of the chosen box
    sibling_asked = Signal(int)  # the way on to the left or right of the chosen one
    done_with = Signal()  # Escape

    def __init__(self) -> None:
        super().__init__()
        self.way = -1  # the chosen way's place in the drawing
        self._first = ""  # the box it opened at
        self._from = ""  # the box a way is being drawn from
        self._at = QPointF()
        self._onto = ""
        self.setAccessibleDescription(
            "Arrows go from step to step, 1 to 9 choose a way on, Enter says what can be done"
        )

    # -- opening ----------------------------------------------------------------------------------

    def open_at(self, key: str, resume: tuple[QPointF, float] | None = None) -> None:
        self._first = key
        super().open_at(key, resume)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.untouched:  # it was opened before it had its size
            self.open_at(self._first)

    # -- mouse ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        key = self._box_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and key.startswith("step:"):
            self._from = key if ">" not in key else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        pressed = self._pressed
        if not self._from or pressed is None:
            super().mouseMoveEvent(event)
            if pressed is None and self.way_at(event.position()) >= 0:
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            return
        if not self._dragging and (event.position() - pressed).manhattanLength() < 6:
            return
        self._dragging = True
        self.setCursor(Qt.CursorShape.CrossCursor)
        self._at = event.position()
        over = self._box_at(self._at)
        self._onto = "" if over.startswith("gone:") else over
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        source, onto, dragged = self._from, self._onto, self._dragging
        pressed = self._pressed
        self._let_go()
        if source and dragged:
            self._pressed, self._dragging = None, False
            self.unsetCursor()
            if onto and onto != source:
                self.way_drawn.emit(source, onto)
            return
        super().mouseReleaseEvent(event)
        way = self.way_at(event.position())
        plain = pressed is not None and not dragged and event.button() is Qt.MouseButton.LeftButton
        if plain and way >= 0 and not self._box_at(event.position()):
            self._keyboard = False
            self.way_clicked.emit(way)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._box_at(event.position()) or self.way_at(event.position()) >= 0:
            self.asked.emit("rename")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            spot = QPointF(event.pos())
            key, way = self._box_at(spot), self.way_at(spot)
            if key:
                self.clicked.emit(key)
            elif way >= 0:
                self.way_clicked.emit(way)
            self.menu_asked.emit(event.globalPos())
        else:
            self.menu_asked.emit(self.menu_spot())
        event.accept()

    def menu_spot(self) -> QPoint:
        """Where a menu about what is chosen opens: below it, on the screen."""
        spot = self.rect().center()
        if self.picture is not None and self.lit.chosen in self.picture.place:
            box = self.to_screen(self.picture.box_rect(self.lit.chosen)).toRect()
            if self.rect().intersects(box):
                spot = box.intersected(self.rect()).bottomLeft()
        return self.mapToGlobal(spot)

    def in_view(self, key: str) -> bool:
        """Whether a box can be seen whole."""
        if self.picture is None:
            return False
        return QRectF(self.rect()).contains(self.to_screen(self.picture.box_rect(key)))

    def way_at(self, point: QPointF) -> int:
        """The way whose line or words lie under a point of the widget; -1 when none does."""
        if self.picture is None:
            return -1
        spot, reach = self.to_picture(point), _REACH / self.zoom
        near = QRectF(spot.x() - reach, spot.y() - reach, 2 * reach, 2 * reach)
        best, least = -1, reach
        for number in self.picture.seen(near)[1]:
            label = self.picture.ways[number].label
            if label is not None and QRectF(label.x, label.y, label.width, label.height).contains(
                spot
            ):
                return number
            for piece in self.picture.pieces(number):
                far = _distance(piece, spot)
                if far < least:
                    best, least = number, far
        return best

    def _let_go(self) -> None:
        self._from = self._onto = ""
        self.update()

    # -- keyboard ---------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # Undo belongs to the words, but is wanted here too; the window must not take the key first.
        wanted = event.type() is QEvent.Type.ShortcutOverride
        if wanted and isinstance(event, QKeyEvent) and _undoing(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        plain = not held & ~Qt.KeyboardModifier.KeypadModifier
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if _undoing(event):
            self.asked.emit(_undoing(event))
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif sideways is not None and held & Qt.KeyboardModifier.ControlModifier:
            self.asked.emit("left" if sideways < 0 else "right")
        elif plain and sideways is not None and self.way >= 0:
            self.sibling_asked.emit(sideways)
        elif plain and key in _KEYS:
            self._keyboard = True
            self.asked.emit(_KEYS[key])
        elif plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._keyboard = True
            self.number_asked.emit(key - Qt.Key.Key_0)
        else:
            super().keyPressEvent(event)

    def _steer(self, key: int) -> str | None:
        goal = super()._steer(key)
        if goal == "" and self.picture is not None:
            return end(self.picture, 0)  # nothing is chosen yet: any arrow begins at the first step
        return goal

    def _escape(self) -> None:
        """Drop a way half drawn; else back from the way to its step; else out of the graph."""
        if self._from:
            self._let_go()
            self._pressed, self._dragging = None, False
            self.unsetCursor()
        else:
            self.done_with.emit()

    # -- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not (self._from and self._dragging) or self.picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme().colour("trail")
        begin = self.to_screen(self.picture.box_rect(self._from)).center()
        painter.setPen(QPen(colour, 3, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(begin, self._at))
        if self._onto and self._onto != self._from:
            painter.setPen(QPen(colour, 3))
            box = self.to_screen(self.picture.box_rect(self._onto))
            painter.drawRoundedRect(box.adjusted(-5, -5, 5, 5), 8, 8)


def _undoing(event: QKeyEvent) -> str:
    if event.matches(QKeySequence.StandardKey.Undo):
        return "undo"
    return "redo" if event.matches(QKeySequence.StandardKey.Redo) else ""


def _distance(line: QLineF, point: QPointF) -> float:
    """From a point to an upright or level line."""
    left, right = sorted((line.x1(), line.x2()))
    top, bottom = sorted((line.y1(), line.y2()))
    across = max(left - point.x(), 0.0, point.x() - right)
    down = max(top - point.y(), 0.0, point.y() - bottom)
    return max(across, down)
