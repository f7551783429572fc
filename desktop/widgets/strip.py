"""The urgent strip at the foot of every screen: whom to ring when life is at risk. Never folded, never cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.icons import paint_icon
from desktop.theme import theme
from desktop.widgets.basics import FlowLayout
from desktop.widgets.painted import Painted

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.settings import StripItem

_LOW = 28  # of an entry where they stand in rows
ADD_NUMBER = "(add your local number)"


class _Entry(Painted):
    """One entry: its words, bold from the colon on, and the number its service page gives."""

    def __init__(self, first: bool, item: StripItem, short: bool, note: str) -> None:
        super().__init__()
        self.first, self.page, self.note = first, item.page, note
        self.words = item.short if short else item.text
        self.tight = self.low = False  # to its neighbours; in one of several rows
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{item.text} {note}".strip())
        self.setAccessibleDescription("Opens the page")

    def _parts(self) -> tuple[str, str]:
        head, colon, tail = self.words.partition(": ")
        return (f"{head}: ", tail) if colon and not self.first else ("", self.words)

    def hasHeightForWidth(self) -> bool:
        return False

    def heightForWidth(self, width: int) -> int:
        return -1

    def _edge(self) -> int:
        return theme().px(10 if self.tight else 14)

    def sizeHint(self) -> QSize:
        look = theme()
        head, tail = self._parts()
        plain, bold = QFontMetrics(look.font()), QFontMetrics(look.font("body", 700))
        width = plain.horizontalAdvance(head) + bold.horizontalAdvance(tail) + 2 * self._edge()
        if self.note:
            width += plain.horizontalAdvance(f" {self.note}")
        if self.first:
            width += look.px(28)
        return QSize(width, look.px(_LOW) if self.low else look.size("urgent_strip") - 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        if self.first:
            painter.fillRect(self.rect(), look.colour("u_fill"))
        elif self.lit:
            painter.fillRect(self.rect(), look.colour("surface"))
        x = self._edge()
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if self.first:
            size = look.px(20)
            paint_icon(
                painter,
                "octagon-alert",
                QRectF(x, (self.height() - size) / 2, size, size),
                look.colours["on_urgent"],
            )
            x += look.px(28)
        head, tail = self._parts()
        for words, weight, role in (
            (head, 400, "ink"),
            (tail, 700, "urgent_ink"),
            (self.note, 400, "ink_muted"),
        ):
            if not words:
                continue
            shown = f" {words}" if words == self.note else words
            font = look.font("body", weight)
            painter.setFont(font)
            painter.setPen(look.colour("on_urgent" if self.first else role))
            wide = QFontMetrics(font).horizontalAdvance(shown)
            painter.drawText(QRectF(x, 0, wide + 2, self.height()), middle, shown)
            x += wide


class UrgentStrip(QWidget):
    """Entries from `library.yaml`, and the way to the emergency pages. Wraps before it loses a word."""

    chosen = Signal(str)  # a page, or "" for the emergency pages

    def __init__(self) -> None:
        super().__init__()
        self.library: Library | None = None
        self.short = False
        self.setAccessibleName("Urgent: whom to ring")
        self.setObjectName("urgent-strip")
        self.flow = FlowLayout(self, space=0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme().changed.connect(self._fit)

    def show_library(self, library: Library) -> None:
        self.library = library
        self._fill()

    def use_short(self, short: bool) -> None:
        """Short words when the window is narrow for its text size."""
        if short != self.short:
            self.short = short
            self._fill()

    def _fill(self) -> None:
        self.flow.clear()
        if self.library is None:
            return
        for number, item in enumerate(self.library.settings.urgent):
            entry = _Entry(number == 0, item, self.short, self._note(item))
            entry.clicked.connect(lambda _=False, page=item.page: self.chosen.emit(page))
            self.flow.addWidget(entry)
            entry.show()  # else the flow counts it only later, and a second line of them is cut off
        if self.library.emergency:
            from knowledge.settings import StripItem

            last = _Entry(
                False, StripItem("Emergency pages", "Emergency pages", ""), self.short, ""
            )
            last.clicked.connect(lambda: self.chosen.emit(""))
            self.flow.addWidget(last)
            last.show()
        self._fit()

    def _note(self, item: StripItem) -> str:
        """The number of the service, or that it is still to be added."""
        found = self.library.find(item.page) if self.library is not None and item.page else None
        contact = found[0].contact if found is not None else None
        if contact is None:
            return ""
        if contact.phone and contact.phone not in item.text:
            return contact.phone
        return "" if contact.phone else ADD_NUMBER

    def _fit(self) -> None:
        entries = self.findChildren(_Entry)
        for tight in (False, True):  # in one row if that fits, else closer, else in low rows
            if not tight or self.flow.wide() > self.width():
                for entry in entries:
                    entry.tight = tight
        low = self.flow.wide() > self.width()
        for entry in entries:
            entry.low = low
            entry.updateGeometry()
        self.setFixedHeight(
            max(theme().size("urgent_strip"), self.flow.heightForWidth(max(self.width(), 1)) + 4)
        )
        self.update()

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def heightForWidth(self, width: int) -> int:
        return self.flow.heightForWidth(width) + 4

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("urgent_tint"))
        painter.setPen(QPen(look.colour("urgent"), 2))
        painter.drawLine(0, 1, self.width(), 1)
