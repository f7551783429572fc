"""Small painted parts of a pathway's page: the switch, rows that lead to other pages, headers with an icon."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from desktop.icons import paint_icon
from desktop.theme import theme
from desktop.widgets.painted import OneLine, Painted, kept_height, text_height

_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)


class Segment(OneLine):
    """One part of a switch."""

    def __init__(self, name: str, words: str, icon: str) -> None:
        super().__init__()
        self.name, self.words, self.icon_name = name, words, icon
        self.ends = (False, False)
        self.setCheckable(True)
        self.setAccessibleName(words)
        self.setText(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme()
        wide = QFontMetrics(look.font("body", 600)).horizontalAdvance(self.words)
        return QSize(wide + look.px(48), look.size("control"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.setBrush(look.colour("accent" if on else "accent_tint" if self.lit else "surface"))
        painter.drawPath(self._shape(look.px(6)))
        role = "on_accent" if on else "ink"
        size = look.px(17)
        paint_icon(
            painter,
            self.icon_name,
            QRectF(look.px(13), (self.height() - size) / 2, size, size),
            look.colours[role],
        )
        painter.setFont(look.font("body", 600 if on else 500))
        painter.setPen(look.colour(role))
        words = QRect(look.px(36), 0, self.width() - look.px(36), self.height())
        painter.drawText(
            words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.words
        )

    def _shape(self, radius: float) -> QPainterPath:
        """Round only where the switch ends."""
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        first, last = self.ends
        wide = box.adjusted(0 if first else -20, 0, 0 if last else 20, 0)
        whole, cut = QPainterPath(), QPainterPath()
        whole.addRoundedRect(wide, radius, radius)
        cut.addRect(box)
        return whole.intersected(cut)


class Switch(QWidget):
    """Which of some views is shown. Arrow keys go from one to the next."""

    chosen = Signal(str)

    def __init__(self, name: str, parts: tuple[tuple[str, str, str], ...]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.group = QButtonGroup(self)
        self.segments: dict[str, Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part, words, icon in parts:
            segment = self.segments[part] = Segment(part, words, icon)
            segment.clicked.connect(lambda _=False, p=part: self.chosen.emit(p))
            self.group.addButton(segment)
            row.addWidget(segment)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.offer(tuple(self.segments))

    def offer(self, parts: tuple[str, ...]) -> None:
        """Only these parts can be chosen."""
        for name, segment in self.segments.items():
            segment.setVisible(name in parts)
            segment.ends = (name == parts[0], name == parts[-1])
            segment.update()

    def show_chosen(self, part: str) -> None:
        self.segments[part].setChecked(True)


class Lead(Painted):
    """A row that leads to another page: icon, title as a link, what it is or how it stands at the right."""

    def __init__(
        self, title: str, note: str, icon: str, *, strong: bool = False, shrinks: bool = False
    ) -> None:
        super().__init__()
        self.title, self.note, self.icon_name, self.strong = title, note, icon, strong
        self.shrinks = shrinks  # rather one line of small words than two
        self.setAccessibleName(f"{title}. {note}" if note else title)
        self.setText(title)

    def set_note(self, note: str) -> None:
        self.note = note
        self.setAccessibleName(f"{self.title}. {note}" if note else self.title)
        self._restyled()

    def _room(self, width: int) -> tuple[int, int, bool]:
        """Where the title begins, how wide it may be, and whether the note stands beside it."""
        look = theme()
        left = look.px(26)
        note = QFontMetrics(self._note_font()).horizontalAdvance(self.note) + look.px(12)
        title = QFontMetrics(look.font("body")).horizontalAdvance(self.title)
        beside = left + title + note + look.px(6) <= width
        return left, max(1, width - left - (note if beside else 0)), beside

    def _title_font(self, room: int) -> QFont:
        body, small = theme().font("body"), theme().font("small")
        broken = QFontMetrics(body).horizontalAdvance(self.title) > room
        fits = QFontMetrics(small).horizontalAdvance(self.title) <= room
        return small if self.shrinks and broken and fits else body

    def _note_font(self) -> QFont:
        return theme().font("body", 600) if self.strong else theme().font("small")

    def heightForWidth(self, width: int) -> int:
        asked = (
            f"lead {theme().scale} {self.strong} {self.shrinks}",
            f"{self.title}\0{self.note}",
            width,
        )
        return kept_height(asked, lambda: self._height(width))

    def _height(self, width: int) -> int:
        look = theme()
        _, room, beside = self._room(width)
        high = text_height(self._title_font(room), self.title, room)
        if not beside and self.note:
            high += text_height(self._note_font(), self.note, room)
        return max(look.px(26), high + look.px(6))

    def sizeHint(self) -> QSize:
        width = theme().px(320)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(140), theme().px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        if self.lit:
            painter.fillRect(self.rect(), look.colour("accent_tint"))
        left, room, beside = self._room(self.width())
        size = look.px(17)
        paint_icon(painter, self.icon_name, QRectF(0, look.px(4), size, size), look.colours["ink"])
        font = self._title_font(room)
        font.setUnderline(True)
        high = text_height(font, self.title, room)
        painter.setFont(font)
        painter.setPen(look.colour("link"))
        painter.drawText(QRect(left, look.px(3), room, high), _WRAP, self.title)
        font.setUnderline(False)
        painter.setFont(self._note_font())
        painter.setPen(look.colour("ink" if self.strong else "ink_muted"))
        if beside:
            right = QRect(0, look.px(3), self.width() - look.px(6), look.px(20))
            painter.drawText(right, Qt.AlignmentFlag.AlignRight, self.note)
        elif self.note:
            below = QRect(left, look.px(3) + high, room, self.height())
            painter.drawText(below, _WRAP, self.note)


class IconLabel(QWidget):
    """An icon and words beside it, wrapping."""

    def __init__(
        self, icon: str, words: str, role: str = "ink", size: str = "body", weight: int = 600
    ) -> None:
        super().__init__()
        self.icon_name, self.words, self.role, self.size_role = icon, words, role, size
        self.weight = weight
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme().changed.connect(self.updateGeometry)

    def say(self, icon: str, words: str, role: str = "") -> None:
        self.icon_name, self.words = icon, words
        self.role = role or self.role
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def _left(self) -> int:
        return theme().px(24)

    def heightForWidth(self, width: int) -> int:
        font = theme().font(self.size_role, self.weight)
        return max(theme().px(20), text_height(font, self.words, width - self._left()))

    def resizeEvent(self, event: object) -> None:
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def sizeHint(self) -> QSize:
        font = theme().font(self.size_role, self.weight)
        wide = QFontMetrics(font).horizontalAdvance(self.words) + self._left() + 2
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(80), theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        font = look.font(self.size_role, self.weight)
        line = QFontMetrics(font).height()
        size = look.px(17)
        paint_icon(
            painter,
            self.icon_name,
            QRectF(0, (line - size) / 2, size, size),
            look.colours[self.role],
        )
        painter.setFont(font)
        painter.setPen(look.colour(self.role))
        words = QRect(self._left(), 0, self.width() - self._left(), self.height())
        painter.drawText(words, _WRAP, self.words)
