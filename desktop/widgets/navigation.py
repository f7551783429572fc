"""The navigation at the left: wide, or a rail that keeps icon and word. Says the date of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.icons import paint_icon
from desktop.places import HOME, Place, list_place
from desktop.theme import theme
from desktop.widgets.basics import label
from desktop.widgets.painted import OneLine
from knowledge.dates import in_words

if TYPE_CHECKING:
    from knowledge.library import Library

ENTRIES = (
    ("Home", "Home", "house", HOME),
    ("Pathways", "Pathways", "route", list_place("pathways")),
    ("Thresholds", "Thresholds", "layers", list_place("thresholds")),
    ("Case studies", "Cases", "book-open", list_place("cases")),
    ("Services", "Services", "phone", list_place("services")),
    ("Sessions", "Sessions", "presentation", list_place("sessions")),
    ("Bookmarks", "Bookmarks", "bookmark", list_place("bookmarks")),
    ("Champion", "Champion", "star", list_place("champion")),
)
_LISTS = {
    "pathway": "pathways",
    "threshold": "thresholds",
    "casestudy": "cases",
    "service": "services",
    "session": "sessions",
}


class _Entry(OneLine):
    """One part of the library."""

    def __init__(self, words: str, short: str, icon: str, place: Place) -> None:
        super().__init__()
        self.words, self.short, self.icon_name, self.place = words, short, icon, place
        self.rail = False
        self.setCheckable(True)  # not exclusive by Qt's rules: arrows would open what they pass
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme()
        words = self.short if self.rail else self.words
        font = look.font("small", 600) if self.rail else look.font("body", 600)
        wide = QFontMetrics(font).horizontalAdvance(words)
        if self.rail:
            return QSize(wide + look.px(18), look.px(54))
        return QSize(wide + look.px(64), look.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.px(3 if self.rail else 8)
        box = QRectF(self.rect()).adjusted(side, 1.5, -side, -1.5)
        if self.isChecked() or self.lit:
            painter.setPen(QPen(look.colour("line"), 1))
            painter.setBrush(look.colour("surface" if self.isChecked() else "accent_tint"))
            painter.drawRoundedRect(box, look.px(6), look.px(6))
        if self.isChecked():
            painter.fillRect(
                QRectF(side, box.top() + 4, 3, box.height() - 8), look.colour("accent")
            )
        size = look.px(18)
        painter.setPen(look.colour("ink"))
        bold = 600 if self.isChecked() else 500
        if self.rail:
            place = QRectF((self.width() - size) / 2, look.px(9), size, size)
            painter.setFont(look.font("small", bold))
            words = QRect(0, look.px(30), self.width(), look.px(20))
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.short)
        else:
            place = QRectF(look.px(20), (self.height() - size) / 2, size, size)
            painter.setFont(look.font("body", bold))
            words = QRect(look.px(50), 0, self.width(), self.height())
            painter.drawText(
                words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.words
            )
        paint_icon(painter, self.icon_name, place, look.colours["ink"])


class Navigation(QWidget):
    """Where one can go, and how fresh the library is."""

    chosen = Signal(object)  # Place

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Parts of the library")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.rail = False
        self.entries = [_Entry(*entry) for entry in ENTRIES]
        self.foot = label("", "small")
        self.state = label("", "warn")
        self.column = QVBoxLayout(self)
        self.column.setSpacing(0)
        for entry in self.entries:
            entry.clicked.connect(lambda _=False, entry=entry: self._go(entry))
            self.column.addWidget(entry)
        self.column.addStretch(1)
        for words in (self.foot, self.state):
            self.column.addWidget(words)
        theme().changed.connect(self._fit)
        self._fit()

    def _go(self, entry: _Entry) -> None:
        entry.setChecked(not entry.isChecked())  # what is lit is said by where the reader gets to
        self.chosen.emit(entry.place)

    def use_rail(self, rail: bool) -> None:
        """Wide, or as narrow as icon over word allows."""
        if rail != self.rail:
            self.rail = rail
            self._fit()

    def _fit(self) -> None:
        look = theme()
        for entry in self.entries:
            entry.rail = self.rail
            entry.updateGeometry()
            entry.update()
        self.foot.setVisible(not self.rail)
        self.state.setVisible(not self.rail)
        self.column.setContentsMargins(0, look.px(8), 0, look.px(12))
        for words in (self.foot, self.state):
            words.setContentsMargins(look.px(20), 0, look.px(8), 0)
        widest = max(entry.sizeHint().width() for entry in self.entries)
        self.setFixedWidth(max(look.size("rail" if self.rail else "nav"), widest))

    def show_place(self, place: Place, kind: str) -> None:
        """Light the part the reader is in."""
        wanted = place if place.kind != "page" else list_place(_LISTS.get(kind, ""))
        for entry in self.entries:
            entry.setChecked(entry.place == wanted)
        lit = next((entry for entry in self.entries if entry.isChecked()), self.entries[0])
        self.setFocusProxy(lit)  # the keyboard comes to where the reader is

    def show_library(self, library: Library) -> None:
        day = library.settings.date
        self.foot.setText(f"Library of\n{in_words(day)}" if day else library.settings.name)
        sample = any(page.status == "sample" for page in library.pages.values())
        self.state.setText("Sample content" if sample else "")


__all__ = ["ENTRIES", "Navigation"]
