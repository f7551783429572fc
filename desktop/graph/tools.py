"""The graph's corner tools: zoom, the route card, the map; in a bar above it where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from desktop.graph.canvas import Canvas
from desktop.graph.lit import URGENT
from desktop.icons import icon
from desktop.theme import theme
from desktop.widgets.basics import Button, FlowLayout, label
from desktop.widgets.painted import text_height
from drawing.diagram import Look


class ZoomTools(QFrame):
    """Smaller, how large, larger, and the whole."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self.canvas = canvas
        self.setProperty("role", "card")
        self.setAccessibleName("Size of the graph")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self.smaller = Button("Smaller", "minus", done=lambda: canvas.zoom_by(-1), icon_only=True)
        self.larger = Button("Larger", "plus", done=lambda: canvas.zoom_by(1), icon_only=True)
        self.whole = Button("Fit", "maximize", done=canvas.fit)
        self.whole.setAccessibleName("Fit the whole graph")
        self.size_label = label("100 %", wrap=False)
        self.size_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.smaller, self.size_label, self.larger, self.whole):
            row.addWidget(widget)
        canvas.moved.connect(self._say)
        theme().changed.connect(self._say)

    def _say(self) -> None:
        words = f"{round(self.canvas.zoom * 100)} %"
        if self.size_label.text() != words:
            self.size_label.setText(words)
        wide = QFontMetrics(theme().font()).horizontalAdvance("100 %") + theme().px(6)
        self.size_label.setMinimumWidth(wide)


class RouteCard(QFrame):
    """Your route: how many steps, back, again, and as text."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName("Your route")
        self.title = label("", "strong", wrap=False)
        self.back = Button("One step back", "undo-2")
        self.again = Button("Start again", "rotate-ccw")
        self.copy = Button("Copy as text", "copy")
        self.routes = Button("Ways to a step", "git-fork")
        self.inside = QWidget(self)
        self.flow = FlowLayout(self.inside, space=2)
        self.buttons = (self.back, self.again, self.copy, self.routes)
        for widget in (self.title, *self.buttons):
            self.flow.addWidget(widget)
        self._flat = False
        self._steps = 0
        theme().changed.connect(self._fit)
        self.say(0)
        self._fit()

    def offers(self, button: Button) -> bool:
        """Whether a button makes sense now."""
        return button is self.routes or self._steps > 0

    def say(self, steps: int) -> None:
        """How long the route is; 0 while nobody walks."""
        words = f"Your route: {steps} step{'' if steps == 1 else 's'}" if steps else "Your route"
        self.title.setText(words)
        self.setAccessibleName(words)
        self._steps = steps
        self._fit()

    def lay(self, flat: bool) -> None:
        """A column in the corner, or rows in the bar, where the step's panel says how long the route is."""
        self._flat = flat
        self._fit()

    def _fit(self) -> None:
        look = theme()
        walked = self._steps > 0
        self.title.setVisible(walked and not self._flat)
        for button in self.buttons:
            button.setVisible(self.offers(button))
        self.inside.setGeometry(
            self.rect().adjusted(look.px(6), look.px(6), -look.px(6), -look.px(4))
        )

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def least(self) -> int:
        """The width at which its parts stand one below the other."""
        widgets = (self.title, *self.buttons)
        wide = max(w.sizeHint().width() for w in widgets if not w.isHidden())
        return wide + 2 * theme().px(6) + 4

    def height_at(self, width: int) -> int:
        edge = theme().px(6)
        return self.flow.heightForWidth(width - 2 * edge) + 2 * edge


class Map(QWidget):
    """The whole pathway, small, with a frame round what is seen. A click goes there."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self.canvas = canvas
        self.words = ("", "")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Map of the pathway")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._points: tuple[int, int] = (0, 0)
        canvas.moved.connect(self._moved)
        theme().changed.connect(self._moved)

    def _moved(self) -> None:
        self.words = more_words(self.canvas)
        self.setAccessibleName(", ".join(("Map of the pathway", *filter(None, self.words))))
        self.update()

    @property
    def wanted(self) -> bool:
        """Whether part of the pathway is out of sight."""
        picture = self.canvas.picture
        if picture is None:
            return False
        rect, seen = picture.rect, self.canvas.seen()
        return rect.height() > seen.height() * 1.05 or rect.width() > seen.width() * 1.05

    def sizeHint(self) -> QSize:
        look = theme()
        wide = look.px(152)
        words = sum(
            text_height(look.font("small", 600), line, wide - look.px(20))
            for line in self.words
            if line
        )
        return QSize(wide, self._map_height() + words + look.px(24))

    def _map_height(self) -> int:
        picture, look = self.canvas.picture, theme()
        if picture is None:
            return 0
        shape = picture.rect.height() / max(1.0, picture.rect.width())
        return round(min(look.px(126), max(look.px(40), look.px(130) * shape)))

    def _frame(self) -> tuple[QRectF, float]:
        """Where the small picture stands, and its scale."""
        picture, look = self.canvas.picture, theme()
        assert picture is not None
        wide, high = self.width() - look.px(20), self._map_height()
        scale = min(wide / picture.rect.width(), high / picture.rect.height())
        w, h = picture.rect.width() * scale, picture.rect.height() * scale
        return QRectF((self.width() - w) / 2, look.px(8) + (high - h) / 2, w, h), scale

    def paintEvent(self, event: QPaintEvent) -> None:
        picture = self.canvas.picture
        if picture is None:
            return
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.setBrush(look.colour("surface"))
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(whole, look.px(8), look.px(8))
        frame, scale = self._frame()
        lit = self.canvas.lit
        for box, rect in zip(picture.boxes, picture.rects, strict=True):
            on = box.key in lit.route or box.key == lit.chosen
            urgent = box.box.look in URGENT
            edge = "trail" if on else "urgent" if urgent else "edge"
            painter.setPen(QPen(look.colour(edge), 1))
            painter.setBrush(look.colour("trail" if on else "urgent_tint" if urgent else "surface"))
            small = QRectF(
                frame.x() + (rect.x() - picture.rect.x()) * scale,
                frame.y() + (rect.y() - picture.rect.y()) * scale,
                rect.width() * scale,
                rect.height() * scale,
            )
            painter.drawRoundedRect(small, 1.5, 1.5)
        self._seen(painter, frame, scale)
        self._words(painter)

    def _seen(self, painter: QPainter, frame: QRectF, scale: float) -> None:
        picture = self.canvas.picture
        assert picture is not None
        seen = self.canvas.seen().intersected(picture.rect)
        corner = seen.topLeft() - picture.rect.topLeft()
        part = QRectF(
            frame.x() + corner.x() * scale,
            frame.y() + corner.y() * scale,
            seen.width() * scale,
            seen.height() * scale,
        )
        painter.setPen(QPen(theme().colour("ink"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(part, 2, 2)

    def _words(self, painter: QPainter) -> None:
        look = theme()
        y = self._map_height() + look.px(16)
        wide = self.width() - look.px(20)
        for line, role, weight in zip(self.words, ("ink", "urgent_ink"), (400, 600), strict=True):
            if line:
                font = look.font("small", weight)
                high = text_height(font, line, wide)
                painter.setFont(font)
                painter.setPen(look.colour(role))
                flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
                painter.drawText(QRectF(look.px(10), y, wide, high), flags, line)
                y += high

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def _go(self, point: QPointF) -> None:
        picture = self.canvas.picture
        if picture is not None:
            frame, scale = self._frame()
            self.canvas.centre_on((point - frame.topLeft()) / scale + picture.rect.topLeft())


def more_words(canvas: Canvas) -> tuple[str, str]:
    """What lies out of sight: steps below (or above), and what of it is urgent."""
    picture = canvas.picture
    if picture is None:
        return "", ""
    seen = canvas.seen_clear()
    below = [
        b for b, r in zip(picture.boxes, picture.rects, strict=True) if r.top() > seen.bottom()
    ]
    above = [
        b for b, r in zip(picture.boxes, picture.rects, strict=True) if r.bottom() < seen.top()
    ]
    where, boxes = ("below", below) if below else ("above", above)
    steps = sum(1 for box in boxes if box.box.number)
    away = sum(1 for box in boxes if box.box.look is Look.OTHER_URGENT)
    urgent = sum(1 for box in boxes if box.box.look is Look.URGENT)
    first = f"{steps} more {_plural('step', steps)} {where}" if steps else ""
    parts = []
    if away:
        parts.append(f"{away} {_plural('way', away)} to Emergency")
    if urgent:
        parts.append(f"{urgent} urgent {_plural('step', urgent)}")
    second = ", ".join(parts)
    return (f"{first},", second) if first and second else (first, second)


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


class GraphPane(QWidget):
    """The canvas and its tools: in the corners, or in a bar above it."""

    def __init__(self) -> None:
        super().__init__()
        self.canvas = Canvas()
        self.zoom = ZoomTools(self.canvas)
        self.card = RouteCard()
        self.map = Map(self.canvas)
        self.note = label("", "muted")
        self.note.setContentsMargins(16, 8, 16, 8)
        self.note.hide()
        self.column = QVBoxLayout(self)
        self.column.setSpacing(0)
        self.column.addWidget(self.note)
        self.column.addWidget(self.canvas, 1)
        for tool in (self.zoom, self.card, self.map):
            tool.setParent(self)
            tool.raise_()
        self.folded = Button("Tools", "ellipsis", done=self._show_menu)
        self.folded.hide()
        self.flat = self.low = False
        self.canvas.moved.connect(self._place_map)
        theme().changed.connect(self.refit)
        self.refit()

    def lay(self, flat: bool, *, folded: bool = False) -> None:
        """Tools in the corners, in a bar above the graph, or behind the one button `folded`."""
        if (flat, folded) != (self.flat, self.low):
            self.flat, self.low = flat, folded
            self.card.lay(flat)
            self.refit()

    def _show_menu(self) -> None:
        """The tools as a menu."""
        menu = QMenu(self)
        buttons = (self.zoom.smaller, self.zoom.larger, self.zoom.whole, *self.card.buttons)
        for button in buttons:
            if button in self.card.buttons and not self.card.offers(button):
                continue
            action = menu.addAction(icon(button.icon_name), button.accessibleName())
            action.triggered.connect(button.click)
        menu.exec(self.folded.mapToGlobal(QPoint(0, 0)))

    def show_route(self, steps: int) -> None:
        """Say how long the route is."""
        self.card.say(steps)
        self.refit()

    def say(self, words: str) -> None:
        """A sentence above the graph, or where it would be."""
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.refit()

    def resizeEvent(self, event: object) -> None:
        self.refit()

    def refit(self) -> None:
        """Tools to their places; the canvas knows what they cover."""
        look = theme()
        edge = look.px(12)
        zoom = self.zoom.sizeHint()
        top = self.note.sizeHint().height() if self.note.isVisibleTo(self) else 0
        for tool in (self.zoom, self.card):
            tool.setVisible(not self.low)
        if self.low:
            self.column.setContentsMargins(0, 0, 0, 0)
            self.canvas.inset = (edge, edge, edge, edge)
        elif self.flat:
            gap = look.px(4)
            x = 2 * edge + zoom.width()
            wide = max(self.card.least(), self.width() - x - edge)
            high = max(zoom.height(), self.card.height_at(wide))
            self.zoom.setGeometry(edge, gap, zoom.width(), zoom.height())
            self.card.setGeometry(x, gap, wide, high)
            self.column.setContentsMargins(0, high + 2 * gap, 0, 0)
            self.canvas.inset = (edge, edge, edge, edge)
        else:
            wide = max(zoom.width(), self.card.least())
            x, y = self.width() - edge - wide, top + edge
            self.column.setContentsMargins(0, 0, 0, 0)
            self.zoom.setGeometry(x, y, wide, zoom.height())
            high = self.card.height_at(wide)
            self.card.setGeometry(x, y + zoom.height() + edge, wide, high)
            self.canvas.inset = (edge, edge, wide + 2 * edge, edge)
        self._place_map()

    def _place_map(self) -> None:
        """The map only where it does not lie on the other tools."""
        edge, size = theme().px(12), self.map.sizeHint()
        room = self.height() - self.card.geometry().bottom() - 2 * edge
        fits = not self.flat and room >= size.height() and self.width() > 3 * size.width()
        self.map.setVisible(self.map.wanted and fits)
        self.map.setGeometry(
            self.width() - edge - size.width(),
            self.height() - edge - size.height(),
            size.width(),
            size.height(),
        )
