"""Case studies as cards, figures first, with filters by topic, level, year and place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QFont, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from desktop.composing import pathway_places
from desktop.icons import paint_icon
from desktop.places import page_place
from desktop.theme import theme
from desktop.views.lists import LEVELS, ListView, field_group
from desktop.widgets.basics import label
from desktop.widgets.entries import WRAP, Entry, EntryList, Painter
from desktop.widgets.filters import Group, values_in_use
from desktop.widgets.painted import breakable, text_height
from knowledge.model import Kind, Page

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.library import Library

LEAST = 280  # a card is never narrower than this, where there is room for it
MOST_ACROSS = 4
MEASURED = 60  # of so many cards, those with most words, the height is taken
YEARS = ("2020 and after", "2015 to 2019", "Before 2015", "Year not given")
NOTE = "Local projects, reported by themselves. The year and place are part of the fact."
_FIGURE = re.compile(
    r"((?:Over|Nearly|About|Almost|Up to|Just over|Just under|More than) )?(\d[\d,.]*\d|\d)( ?%)?\s+"
)
_NONE = re.compile(r"((?:Figures|Results) (?:are )?not reported)[.:]\s*", re.IGNORECASE)


def split_figure(summary: str) -> tuple[str, str]:
    """The figure a summary begins with and the words behind it; "" when it begins with none."""
    none = _NONE.match(summary)
    if none is not None:
        rest = summary[none.end() :]
        return none.group(1), rest[:1].upper() + rest[1:]
    found = _FIGURE.match(summary)
    if found is None:
        return "", summary
    return found.group().strip(), summary[found.end() :]


class CardPainter(Painter):
    """A card: its figure large, what it counts, a line, the title, place and year, level and pathways."""

    def sizeHint(self, option: object, index: object) -> QSize:
        return self.view.gridSize()

    def measure(self, entry: Entry, width: int) -> int:
        look = theme()
        room = width - look.px(14) - look.px(36)
        high = look.px(14) + text_height(look.font("small"), entry.figure_words, room)
        if entry.figure:
            high += text_height(self._large(entry), entry.figure, room)
        high += look.px(17) + text_height(look.font("body", 600), entry.title, room)
        high += look.px(4) + text_height(look.font("small"), entry.below, room)
        high += look.px(10) + self._side_height(entry, room)
        return high + look.px(14)

    def _side_height(self, entry: Entry, room: int) -> int:
        look = theme()
        return text_height(look.font("small", 600), entry.side, room - look.px(20))

    @staticmethod
    def _large(entry: Entry) -> QFont:
        return theme().font("display" if entry.figure[-1:] in "0123456789%" else "heading", 700)

    def row(self, painter: QPainter, entry: Entry, box: QRect, here: bool, over: bool) -> None:
        look = theme()
        gap = look.px(14)
        card = QRectF(box).adjusted(1, 1, -gap, -gap)
        painter.setPen(QPen(look.colour("accent" if here else "line"), 2 if here else 1))
        painter.setBrush(look.colour("accent_tint" if over else "surface"))
        painter.drawRoundedRect(card, look.px(8), look.px(8))
        x, room = box.left() + look.px(18), box.width() - gap - look.px(36)
        y = box.top() + look.px(14)
        figures = entry.figure[-1:] in "0123456789%"
        if entry.figure:
            role = "accent" if figures else "ink_muted"
            y = self._words(painter, self._large(entry), role, entry.figure, x, y, room)
        y = self._words(painter, look.font("small"), "ink", entry.figure_words, x, y, room)
        y += look.px(8)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(x, y, x + room, y)
        y += look.px(8)
        y = self._words(painter, look.font("body", 600), "ink", entry.title, x, y, room)
        y += look.px(2)
        y = self._words(painter, look.font("small"), "ink_muted", entry.below, x, y, room)
        high = self._side_height(entry, room)
        foot = round(card.bottom()) - look.px(12) - high
        icon = QRectF(x, foot + look.px(1), look.px(15), look.px(15))
        paint_icon(painter, "users", icon, look.colours["ink"])
        words = look.font("small", 600)
        self._words(painter, words, "ink", entry.side, x + look.px(20), foot, room - look.px(20))

    @staticmethod
    def _words(
        painter: QPainter, font: QFont, role: str, words: str, x: int, y: int, room: int
    ) -> int:
        """Draw words that wrap, and say where the next ones go."""
        high = text_height(font, words, room)
        painter.setFont(font)
        painter.setPen(theme().colour(role))
        painter.drawText(QRect(x, y, room, high), WRAP, breakable(words))
        return y + high


class CardList(EntryList):
    """Cards of one size, in as many columns as fit; the arrows go in all four directions."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setUniformItemSizes(True)

    def make_painter(self) -> Painter:
        return CardPainter(self)

    def relay(self) -> None:
        super().relay()
        self.fit_cards()

    def put(self, entries: list[Entry]) -> None:
        super().put(entries)
        self.fit_cards()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_cards()

    def fit_cards(self) -> None:
        look = theme()
        edge = look.px(20)
        if self.viewportMargins().left() != edge:
            self.setViewportMargins(edge, 6, 0, 6)
        bar = self.verticalScrollBar()  # Qt leaves room for it where it is not needed, too
        room = self.row_width() - 2 - (0 if bar.isVisible() else bar.sizeHint().width())
        across = max(1, min(MOST_ACROSS, room // look.px(LEAST)))
        width = room // across
        longest = sorted(
            self.model_of.entries,
            key=lambda e: len(e.title) + len(e.figure_words) + len(e.below),
            reverse=True,
        )[:MEASURED]
        high = max((self.painter_of.measure(e, width) for e in longest), default=look.px(160))
        size = QSize(width, high + look.px(14))
        if size != self.gridSize():
            self.setGridSize(size)
            self.scheduleDelayedItemsLayout()


class CasesView(ListView):
    title = "Case studies"
    one, many = "case study", "case studies"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.note = label(NOTE, "small")
        self.head.words.addWidget(self.note)

    def make_list(self) -> EntryList:
        return CardList(self.title)

    def pages(self, library: Library) -> Iterable[Page]:
        pages = library.of_kind(Kind.CASESTUDY)
        return sorted(pages, key=lambda page: _rank(split_figure(page.summary)[0]))

    def groups(self, pages: list[Page], library: Library) -> list[Group]:
        return [
            field_group("Topic", pages, "topics", library.settings.topics),
            field_group("Level", pages, "levels", LEVELS),
            Group("Year", values_in_use(pages, _years, YEARS), _years),
            Group("Place", values_in_use(pages, _place), _place),
        ]

    def entry(self, page: Page, library: Library) -> Entry:
        figure, words = split_figure(page.summary)
        many = len({other.path for other, _ in pathway_places(library, page)})
        count = f"{many} pathway{'' if many == 1 else 's'}" if many else ""
        side = " · ".join(part for part in (", ".join(page.levels), count) if part)
        where = " · ".join(part for part in (page.place, page.year) if part)
        return Entry(
            page_place(page.path),
            page.title,
            where,
            "book-open",
            side,
            figure=figure,
            figure_words=words,
        )


def _rank(figure: str) -> int:
    """Studies with a figure first, then those without one, then those that say they have none."""
    return 0 if any(c.isdigit() for c in figure) else 1 if not figure else 2


def _years(page: object) -> tuple[str, ...]:
    assert isinstance(page, Page)
    found = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", page.year)]
    if not found:
        return (YEARS[3],)
    last = max(found)
    return (YEARS[0] if last >= 2020 else YEARS[1] if last >= 2015 else YEARS[2],)


def _place(page: object) -> tuple[str, ...]:
    assert isinstance(page, Page)
    return (page.place,) if page.place else ()
