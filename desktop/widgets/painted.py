"""Controls we paint ourselves: cards, chips, the finger that leads on, banners, tags."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar, TypeVar

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.icons import paint_icon
from desktop.theme import theme
from desktop.widgets.basics import pressed_by_enter

_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
_LONG_WORD = 24
_LONG = re.compile(r"\S{12}(?=\S{12})")  # only words of twice that length are touched
_HEIGHTS = 4096  # a layout asks for the same words again and again
_heights: dict[tuple[str, str, int], int] = {}
P = TypeVar("P", bound="Painted")


def text_height(font: QFont, words: str, width: int) -> int:
    """How high words stand when they wrap at a width."""
    if not words:
        return 0
    room = QRect(0, 0, max(width, 1), 100_000)
    return kept_height(
        (font.key(), words, room.width()),
        lambda: QFontMetrics(font).boundingRect(room, _WRAP, breakable(words)).height(),
    )


def kept_height(asked: tuple[str, str, int], measured: Callable[[], int]) -> int:
    """The height of what is asked for (its look, its words, its width), measured once."""
    found = _heights.get(asked)
    if found is None:
        found = measured()
        if len(_heights) >= _HEIGHTS:
            _heights.clear()
        _heights[asked] = found
    return found


def breakable(words: str) -> str:
    """The same to the eye, but a word too long for any line may break; without it, it would be cut."""
    if len(words) < _LONG_WORD:
        return words
    return _LONG.sub("\\g<0>\u200b", words)


def units(words: str) -> int:
    """How long words are as Qt counts them: most pictures in a text count twice."""
    return len(words) if words.isascii() else len(words.encode("utf-16-le")) // 2


def measured_once(measure: Callable[[P, int], int]) -> Callable[[P, int], int]:
    """For the height of words that do not change: a layout asks for each width again and again."""

    def height(button: P, width: int) -> int:
        asked = (width, theme().scale)
        high = button.highs.get(asked)
        if high is None:
            high = button.highs[asked] = measure(button, width)
        return high

    return height


class Painted(QAbstractButton):
    """A button that paints itself, grows with its words and follows the look."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.highs: dict[tuple[int, float], int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._over = False
        theme().changed.connect(self._restyled)

    def _restyled(self) -> None:
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height = self.heightForWidth(self.width())
        if height > 0 and self.minimumHeight() != height:
            self.setMinimumHeight(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:
        self._over = False
        self.update()

    @property
    def lit(self) -> bool:
        return self._over or self.hasFocus()


class OneLine(Painted):
    """A painted button whose words stand on one line: as large as its hint says, and no smaller."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def heightForWidth(self, width: int) -> int:
        return -1

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Card(Painted):
    """The whole card is the target: icon, title, a line below, a chevron that shows it opens."""

    def __init__(
        self, title: str, below: str = "", icon: str = "", *, chevron: bool = True
    ) -> None:
        super().__init__()
        self.title, self.below, self.icon_name, self.chevron = title, below, icon, chevron
        self.setText(title)
        self.setAccessibleName(f"{title}. {below}" if below else title)

    def _widths(self, width: int) -> tuple[int, int]:
        look = theme()
        left = look.px(16) + (look.px(36) if self.icon_name else 0)
        right = look.px(32) if self.chevron else look.px(16)
        return left, max(1, width - left - right)

    @measured_once
    def heightForWidth(self, width: int) -> int:
        look = theme()
        _, room = self._widths(width)
        words = text_height(look.font("body", 600), self.title, room)
        if self.below:
            words += look.px(4) + text_height(look.font("small"), self.below, room)
        return words + look.px(24)

    def sizeHint(self) -> QSize:
        width = theme().px(280)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(140), theme().px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.colour("edge" if self.lit else "line"), 1))
        painter.setBrush(look.colour("accent_tint" if self.lit else "surface"))
        painter.drawRoundedRect(box, look.px(8), look.px(8))
        left, room = self._widths(self.width())
        if self.icon_name:
            size = look.px(24)
            place = QRectF(look.px(16), (self.height() - size) / 2, size, size)
            paint_icon(painter, self.icon_name, place, look.colours["accent"])
        bold = look.font("body", 600)
        high = text_height(bold, self.title, room)
        under = text_height(look.font("small"), self.below, room) + look.px(4) if self.below else 0
        y = max(look.px(12), (self.height() - high - under) // 2)
        painter.setFont(bold)
        painter.setPen(look.colour("ink"))
        painter.drawText(QRect(left, y, room, high), _WRAP, breakable(self.title))
        if self.below:
            small = look.font("small")
            painter.setFont(small)
            painter.setPen(look.colour("ink_muted"))
            top = y + high + look.px(4)
            painter.drawText(
                QRect(left, top, room, text_height(small, self.below, room)),
                _WRAP,
                breakable(self.below),
            )
        if self.chevron:
            size = look.px(16)
            place = QRectF(self.width() - look.px(26), (self.height() - size) / 2, size, size)
            paint_icon(painter, "chevron-right", place, look.colours["ink_muted"])


class Chip(OneLine):
    """A round button to narrow with: filled and with a cross when it is chosen."""

    def __init__(
        self,
        words: str,
        count: int | None = None,
        *,
        checkable: bool = True,
        cross: bool = True,
    ) -> None:
        """Without `cross` it is one of several, and choosing another takes its place."""
        super().__init__()
        self.words, self.count, self.cross = words, count, cross and checkable
        self.waiting = False
        self.setCheckable(checkable)
        self.setText(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name()
        self.toggled.connect(lambda _: self._name())

    def await_count(self) -> None:
        """The number no longer holds and the next is on its way; its room is kept, so nothing moves."""
        self.waiting = True
        self._name()
        self.update()

    def set_count(self, count: int | None) -> None:
        self.count, self.waiting = count, False
        self._name()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        many = "" if self.count is None or self.waiting else f", {self.count}"
        self.setAccessibleName(f"{self.words}{many}{', chosen' if self.isChecked() else ''}")

    def sizeHint(self) -> QSize:
        look = theme()
        width = QFontMetrics(look.font("small", 600)).horizontalAdvance(self._shown()) + look.px(26)
        if self.cross:
            width += look.px(18)
        return QSize(width, look.size("chip"))

    def _shown(self) -> str:
        return self.words if self.count is None else f"{self.words}  {self.count}"

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        on = self.isChecked()
        painter.setPen(QPen(look.colour("accent" if on else "edge"), 1))
        painter.setBrush(look.colour("accent" if on else "accent_tint" if self.lit else "surface"))
        painter.drawRoundedRect(box, self.height() / 2, self.height() / 2)
        painter.setFont(look.font("small", 600 if on else 500))
        painter.setPen(look.colour("on_accent" if on else "ink"))
        right = look.px(26) if on and self.cross else 0
        painter.drawText(
            box.adjusted(0, 0, -right + (look.px(8) if right else 0), 0),
            Qt.AlignmentFlag.AlignCenter,
            self.words if self.waiting else self._shown(),
        )
        if on and self.cross:
            size = look.px(14)
            place = QRectF(self.width() - look.px(24), (self.height() - size) / 2, size, size)
            paint_icon(painter, "x", place, look.colours["on_accent"])


class Finger(Painted):
    """A way on: a signpost arm with its key, its condition and where it leads. Wraps, never cuts."""

    def __init__(
        self, number: int, condition: str, target: str, *, urgent: bool = False, loop: bool = False
    ) -> None:
        super().__init__()
        self.number, self.condition, self.target = number, condition, target
        self.urgent, self.loop = urgent, loop
        self.setText(condition or target)
        spoken = f"Way {number}: {condition}. " if condition else f"Way {number}: "
        back = "Back to " if loop else ""
        self.setAccessibleName(f"{spoken}{'Urgent. ' if urgent else ''}{back}{target}")

    def _room(self, width: int) -> tuple[int, int]:
        look = theme()
        left = look.px(48)
        return left, max(1, width - left - look.px(32))

    def _lines(self) -> tuple[str, str]:
        target = f"Back to: {self.target}" if self.loop else self.target
        return (self.condition, target) if self.condition else (target, "")

    @measured_once
    def heightForWidth(self, width: int) -> int:
        look = theme()
        _, room = self._room(width)
        first, second = self._lines()
        high = text_height(look.font("body", 600), first, room)
        high += text_height(look.font("small"), second, room)
        return max(look.size("way_on"), high + look.px(14))

    def sizeHint(self) -> QSize:
        width = theme().px(360)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().size("way_on"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stroke = 2.0 if self.urgent or self.hasFocus() else 1.0
        box = QRectF(self.rect()).adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2)
        fill = "urgent_tint" if self.urgent else "accent_tint" if self.lit else "surface"
        edge = "urgent" if self.urgent else "accent" if self.lit else "edge"
        painter.setPen(QPen(look.colour(edge), stroke))
        painter.setBrush(look.colour(fill))
        painter.drawPath(finger_path(box, look.px(5), look.px(16)))
        left, room = self._room(self.width())
        first, second = self._lines()
        bold, small = look.font("body", 600), look.font("small")
        high = text_height(bold, first, room)
        below = text_height(small, second, room)
        y = (self.height() - high - below) // 2
        painter.setFont(bold)
        painter.setPen(look.colour("urgent_ink" if self.urgent else "ink"))
        painter.drawText(QRect(left, y, room, high), _WRAP, breakable(first))
        if second:
            painter.setFont(small)
            painter.setPen(look.colour("ink_muted"))
            painter.drawText(QRect(left, y + high, room, below), _WRAP, breakable(second))
        self._key(painter)

    def _key(self, painter: QPainter) -> None:
        look = theme()
        size = look.px(22)
        place = QRectF(look.px(13), (self.height() - size) / 2, size, size)
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(place, look.px(4), look.px(4))
        painter.setFont(look.font("small", 600))
        painter.setPen(look.colour("ink"))
        painter.drawText(
            place, Qt.AlignmentFlag.AlignCenter, str(self.number) if self.number < 10 else ""
        )


def finger_path(box: QRectF, corner: float, point: float) -> QPainterPath:
    """A signpost arm: rounded at the left, pointed at the right."""
    path = QPainterPath()
    x, y, right, bottom = box.left(), box.top(), box.right(), box.bottom()
    path.moveTo(x + corner, y)
    path.lineTo(right - point, y)
    path.lineTo(right, (y + bottom) / 2)
    path.lineTo(right - point, bottom)
    path.lineTo(x + corner, bottom)
    path.quadTo(x, bottom, x, bottom - corner)
    path.lineTo(x, y + corner)
    path.quadTo(x, y, x + corner, y)
    path.closeSubpath()
    return path


class Banner(QWidget):
    """One line across the page, the gravest thing to know about it: bar, icon, bold first words."""

    ROLES: ClassVar = {
        "withdrawn": ("archive-x", "urgent", "urgent_tint", "urgent_ink"),
        "overdue": ("calendar-clock", "warn", "warn_tint", "warn_ink"),
        "draft": ("file-pen-line", "warn", "warn_tint", "warn_ink"),
        "sample": ("triangle-alert", "warn", "warn_tint", "warn_ink"),
        "offline": ("cloud-off", "warn", "warn_tint", "warn_ink"),
        "reading": ("clock", "warn", "warn_tint", "warn_ink"),
        "mistake": ("circle-alert", "urgent", "urgent_tint", "urgent_ink"),
    }

    def __init__(self, state: str, first: str, rest: str = "") -> None:
        super().__init__()
        self.state, self.first, self.rest = state, first, rest
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{first} {rest}".strip())
        theme().changed.connect(self._restyled)

    def say(self, state: str, first: str, rest: str = "") -> None:
        self.state, self.first, self.rest = state, first, rest
        self.setAccessibleName(f"{first} {rest}".strip())
        self._restyled()

    def _restyled(self) -> None:
        self.setFixedHeight(self.heightForWidth(max(self.width(), 200)))
        self.update()

    def heightForWidth(self, width: int) -> int:
        look = theme()
        asked = (f"banner {look.scale}", f"{self.first}\0{self.rest}", width)
        high = kept_height(asked, lambda: int(self._lines(width)[1]))
        return max(look.size("banner"), high + look.px(12))

    def _lines(self, width: int) -> tuple[QTextLayout, float]:
        """Its words, the first ones bold, in as many lines as they need, and how high those are."""
        look = theme()
        layout = QTextLayout(f"{self.first} {self.rest}".strip(), look.font("body"))
        bold = QTextCharFormat()
        bold.setFontWeight(700)
        first = QTextLayout.FormatRange()
        first.start, first.length, first.format = 0, units(self.first), bold
        layout.setFormats([first])
        layout.beginLayout()
        high = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width - look.px(56)))
            line.setPosition(QPointF(0, high))
            high += line.height()
        layout.endLayout()
        return layout, high + 0.99

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setFixedHeight(self.heightForWidth(self.width()))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(400), theme().size("banner"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        icon, bar, ground, ink = self.ROLES[self.state]
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour(ground))
        painter.fillRect(0, 0, look.px(4), self.height(), look.colour(bar))
        size = look.px(16)
        paint_icon(
            painter,
            icon,
            QRectF(look.px(20), (self.height() - size) / 2, size, size),
            look.colours[ink],
        )
        painter.setPen(look.colour(ink))
        layout, high = self._lines(self.width())
        layout.draw(painter, QPointF(look.px(46), (self.height() - high) / 2))


def triangle(*points: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])
