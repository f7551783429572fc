"""The urgent strip at the foot of every screen: whom to ring when life is at risk. Never folded, never cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.icons import paint_icon
from desktop.theme import theme
from desktop.widgets.basics import FlowLayout
from desktop.widgets.painted import Painted, units

if TYPE_CHECKING:
    from knowledge.library import Library

_LAID = 8  # widths of which an entry remembers how its words stand
_LOW = 28  # of an entry where they stand in rows
ADD_NUMBER = "(add your local number)"
ADD_SHORT = "(add number)"


class Item(Protocol):
    """What an entry says, in many words and in few, and the page it opens."""

    @property
    def text(self) -> str: ...
    @property
    def short(self) -> str: ...
    @property
    def page(self) -> str: ...


class _Own(NamedTuple):
    text: str
    short: str
    page: str = ""


def number_of(library: Library | None, item: Item) -> str:
    """The number of the service an entry opens, or that it is still to be added; nothing if its words say it."""
    found = library.find(item.page) if library is not None and item.page else None
    contact = found[0].contact if found is not None else None
    if contact is None:
        return ""
    if contact.phone and contact.phone not in item.text:
        return contact.phone
    return "" if contact.phone else ADD_NUMBER


ALWAYS = _Own("Life at risk? Ring 999", "Ring 999")  # before a library says so, or where none does
PAGES = _Own("Emergency pages", "Emergency")


class _Entry(Painted):
    """One entry: its words, bold from the colon on, and the number its service page gives."""

    def __init__(
        self, number: int, item: Item, short: bool, note: str, *, leads: bool = False
    ) -> None:
        super().__init__()
        self.first, self.page, self.note = number == 0, item.page, note
        self.ruled = number > 1 and not leads  # a line stands between it and the entry before
        self.leads = leads  # a chevron shows that it opens a list
        self.words = item.short if short else item.text
        self.note_short = ADD_SHORT if short and note == ADD_NUMBER else note
        self.tight = self.low = False  # to its neighbours; in one of several rows
        self._laid: dict[tuple[int, str, float], tuple[QTextLayout, float, float]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(f"{item.text} {note}".strip())
        self.setAccessibleDescription("Opens the page")

    def _parts(self) -> tuple[str, str]:
        head, colon, tail = self.words.partition(": ")
        return (f"{head}: ", tail) if colon and not self.first else ("", self.words)

    def _edges(self) -> tuple[int, int]:
        """Where the words begin, and what stays free behind them."""
        look = theme()
        edge = look.px(10 if self.tight else 14)
        behind = edge + (look.px(20) if self.leads and not self.tight else 0)
        return edge + (look.px(28) if self.first else 0), behind

    def _lines(self, width: int) -> tuple[QTextLayout, float, float]:
        """The words in as many lines as they need; how wide and how high those are."""
        look = theme()
        known = (width, look.name, look.scale)
        if known not in self._laid:  # a row asks its entries again and again
            if len(self._laid) > _LAID:
                self._laid.clear()
            self._laid[known] = self._lay(width)
        return self._laid[known]

    def _lay(self, width: int) -> tuple[QTextLayout, float, float]:
        look = theme()
        head, tail = self._parts()
        note = f" {self.note_short}" if self.note else ""
        layout = QTextLayout(f"{head}{tail}{note}", look.font())
        formats = []
        start = 0
        for words, weight, role in (
            (head, 400, "ink"),
            (tail, 700, "urgent_ink"),
            (note, 400, "ink_muted"),
        ):
            style = QTextCharFormat()
            style.setFontWeight(weight)
            style.setForeground(look.colour("on_urgent" if self.first else role))
            stretch = QTextLayout.FormatRange()
            stretch.start, stretch.length, stretch.format = start, units(words), style
            formats.append(stretch)
            start += units(words)
        layout.setFormats(formats)
        layout.beginLayout()
        wide = high = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, high))
            high += line.height()
            wide = max(wide, line.naturalTextWidth())
        layout.endLayout()
        return layout, wide, high

    def heightForWidth(self, width: int) -> int:
        left, behind = self._edges()
        _, _, high = self._lines(width - left - behind)
        look = theme()
        usual = look.px(_LOW) if self.low else look.size("urgent_strip") - 4
        return max(usual, round(high + 0.5) + look.px(6 if self.low else 12))

    def sizeHint(self) -> QSize:
        left, behind = self._edges()
        _, wide, _ = self._lines(1_000_000)
        width = round(wide + 1.5) + left + behind
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(80), theme().px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        if self.first:
            painter.fillRect(self.rect(), look.colour("u_fill"))
        elif self.lit:
            painter.fillRect(self.rect(), look.colour("surface"))
        left, behind = self._edges()
        if self.first:
            size = look.px(20)
            place = QRectF(left - look.px(28), (self.height() - size) / 2, size, size)
            paint_icon(painter, "octagon-alert", place, look.colours["on_urgent"])
        if self.leads and not self.tight:
            size = look.px(16)
            place = QRectF(self.width() - look.px(28), (self.height() - size) / 2, size, size)
            paint_icon(painter, "chevron-right", place, look.colours["urgent_ink"])
        if self.ruled:
            line = QRectF(0, look.px(8), 1, self.height() - 2 * look.px(8))
            painter.fillRect(line, look.colour("urgent"))
        layout, _, high = self._lines(self.width() - left - behind)
        layout.draw(painter, QPointF(left, (self.height() - high) / 2))


class UrgentStrip(QWidget):
    """Entries from `library.yaml`, and the way to the emergency pages. Wraps before it loses a word."""

    chosen = Signal(str)  # a page, or "" for the emergency pages

    def __init__(self, library: Library | None = None) -> None:
        super().__init__()
        self.library = library
        self._shown: object = None
        self.short = False
        self.setAccessibleName("Urgent: whom to ring")
        self.setObjectName("urgent-strip")
        self.flow = FlowLayout(self, space=0, last_at_end=True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme().changed.connect(self._fit)
        self._fill()

    def show_library(self, library: Library) -> None:
        self.library = library
        notes = tuple(number_of(library, item) for item in library.settings.urgent)
        now = library.settings.urgent, notes, bool(library.emergency)
        if now != self._shown:  # after saving a page it is nearly always the same
            self._shown = now
            self._fill()

    def use_short(self, short: bool) -> None:
        """Short words when the window is narrow for its text size."""
        if short != self.short:
            self.short = short
            self._fill()

    def _fill(self) -> None:
        named = self.library.settings.urgent if self.library is not None else ()
        items: Sequence[Item] = named or (ALWAYS,)
        entries = []
        for number, item in enumerate(items):
            entry = _Entry(number, item, self.short, number_of(self.library, item))
            entry.clicked.connect(lambda _=False, page=item.page: self.chosen.emit(page))
            entries.append(entry)
        if self.library is not None and self.library.emergency:
            last = _Entry(len(named), PAGES, self.short, "", leads=True)
            last.clicked.connect(lambda: self.chosen.emit(""))
            entries.append(last)
        self.flow.put(entries)
        self._fit()

    def _fit(self) -> None:
        # In one row if that fits, else closer, else in low rows.
        for tight, low in ((False, False), (True, False), (True, True)):
            for entry in self.findChildren(_Entry):
                entry.tight, entry.low = tight, low
                entry.updateGeometry()  # else the layout goes by the size it had before
            if self.flow.wide() <= self.width():
                break
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
