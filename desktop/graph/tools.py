"""The graph's tools: zoom, the route card, the map."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop.graph.canvas import Canvas
from desktop.graph.lit import URGENT
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
        self.columns = Button("Columns by who acts", "columns-2")
        self.columns.setCheckable(True)
        self.buttons = (self.back, self.again, self.copy, self.routes, self.columns)
        for widget in (self.title, *self.buttons):
            self.flow.addWidget(widget)
        self._bare = False
        self._steps = 0
        theme().changed.connect(self._fit)
        self.say(0)
        self._fit()

    def offers(self, button: Button) -> bool:
        """Whether a button makes sense now."""
        if button is self.columns:
            return self.has_lanes
        return button is self.routes or self._steps > 0

    has_lanes = False  # whether more than one person acts in the pathway

    def show_columns(self, possible: bool, on: bool) -> None:
        """Whether there can be columns by who acts, and whether there are."""
        self.has_lanes = possible
        self.columns.setChecked(on)
        self._fit()

    def say(self, steps: int) -> None:
        """How long the route is; 0 while nobody walks."""
        words = f"Your route: {steps} step{'' if steps == 1 else 's'}" if steps else "Your route"
        self.title.setText(words)
        self.setAccessibleName(words)
        self._steps = steps
        self._fit()

    def lay(self, bare: bool) -> None:
        """Buttons alone where the step's panel says how long the route is."""
        self._bare = bare
        self._fit()

    def _fit(self) -> None:
        look = theme()
        walked = self._steps > 0
        self.title.setVisible(walked and not self._bare)
        for button in self.buttons:
            button.setVisible(self.offers(button))
        self.inside.setGeometry(
            self.rect().adjusted(look.px(6), look.px(6), -look.px(6), -look.px(4))
        )

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def least(self, *, upright: bool = False) -> int:
        """The width at which its parts stand one below the other; `upright` as a column, whatever it is now."""
        parts = [b for b in self.buttons if self.offers(b)]
        wide = max(w.sizeHint().width() for w in (*parts, *self._titles(upright)))
        return wide + 2 * theme().px(6) + 4

    def height_at(self, width: int, *, upright: bool = False) -> int:
        edge = theme().px(6)
        if not upright:
            return self.flow.heightForWidth(width - 2 * edge) + 2 * edge
        parts = [*self._titles(True), *(b for b in self.buttons if self.offers(b))]
        gaps = theme().px(self.flow.space) * (len(parts) - 1)
        return sum(part.sizeHint().height() for part in parts) + gaps + 2 * edge

    def _titles(self, upright: bool) -> list[QWidget]:
        return [self.title] if self._steps > 0 and (upright or not self._bare) else []


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
        self.setAccessibleName(
            ", ".join(("Map of the pathway", *(w.rstrip(",") for w in self.words if w)))
        )
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
    away = [box.box.title for box in boxes if box.box.look is Look.OTHER_URGENT]
    urgent = sum(1 for box in boxes if box.box.look is Look.URGENT)
    first = f"{steps} more {_plural('step', steps)} {where}" if steps else ""
    parts = []
    if away:
        names = {title.partition(":")[0] for title in away}
        onto = names.pop() if len(names) == 1 else "urgent pathways"
        parts.append(f"{len(away)} {_plural('way', len(away))} to {onto}")
    if urgent:
        parts.append(f"{urgent} urgent {_plural('step', urgent)}")
    second = ", ".join(parts)
    return (f"{first},", second) if first and second else (first, second)


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
