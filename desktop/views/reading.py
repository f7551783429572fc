"""What every view of one page has in common: its head, its banner, its text, finding in it, headings and links."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QResizeEvent, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.composing import folded_head
from desktop.crumbs import Crumb, up_from
from desktop.places import page_place
from desktop.reflow import most_columns, stack_tables
from desktop.standing import (
    STATUS_WORDS,
    Notice,
    acknowledge,
    banner_of,
    facts,
    is_shut,
    notices,
    sources_words,
)
from desktop.theme import theme
from desktop.views.base import View
from desktop.widgets.asides import Choice, Outside, TermPanel
from desktop.widgets.findbar import FindBar
from desktop.widgets.gate import Gate
from desktop.widgets.pagehead import LOW, VERY_LOW, NoticeBar, PageHead
from desktop.widgets.reader import COLUMN, Reader

if TYPE_CHECKING:
    from desktop.places import Place
    from desktop.session import Changed, Session
    from knowledge.library import Library
    from knowledge.model import Page


class ReadingView(View):
    """Shows a page of the library as text. Kinds of pages add to `html` and to `extras`."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        if parent is not None:
            self.resize(parent.size())  # so that it is filled at once as it will be seen
        self.page: Page | None = None
        self.notices: list[Notice] = []
        self.today: Callable[[], date] = lambda: session.now().date()
        self.head = PageHead()
        self.notice = NoticeBar()
        self.reader = Reader(session)
        self.finder = FindBar(self.reader)
        self.gate = Gate(self._acknowledge)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.extras = QVBoxLayout()
        for part in (self.head, self.notice, self.finder):
            self.body.addWidget(part)
        self.body.addLayout(self.extras)
        self.body.addWidget(self.gate, 1)
        self.body.addWidget(self.reader, 1)
        self.gate.hide()
        self._asked = self._folded = False
        self._most = 99  # columns of a table there is room for
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self._fitting.timeout.connect(self._fit)
        self.head.sources_asked.connect(lambda: self.reader.go_to("sources"))
        self.head.up_asked.connect(session.go)
        self.notice.link_taken.connect(session.go_to)
        self.reader.term_asked.connect(self._show_term)
        self.reader.outside_asked.connect(lambda address: Outside(self, address).open())
        self.reader.own_asked.connect(self.own_link)
        theme().changed.connect(self._fitting.start)

    brief = False  # it stands beside a list: what holds for the whole library is a tag

    # -- what a kind of page adds ---------------------------------------------------------------

    def html(self, page: Page, library: Library) -> Callable[[], str]:
        """A function, to be called off the screen's thread, that gives the page's HTML."""
        raise NotImplementedError

    def own_link(self, what: str) -> None:
        """A link of the view's own making was taken."""

    def more_facts(self, page: Page) -> list[str]:
        """What the line below the title says besides the usual."""
        return []

    def up(self, page: Page) -> Crumb | None:
        """What stands above the page, as its breadcrumb."""
        return up_from(page)

    def more_tags(self, page: Page) -> list[tuple[str, str, str]]:
        return []

    # -- showing --------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        before, self.place = self.place, place
        page, library = self.session.page(place.page), self.session.library
        if page is None or library is None:
            return
        if before == place and page is self.page and not place.words:
            return
        same = before is not None and before.page == place.page and page is self.page
        if same and before is not None and before.words == place.words:
            self.reader.go_to(self.start_of(place))
            return
        fresh = before is None or before.page != place.page
        self.page = page
        self._show_head(page, library)
        self._show_text(keep=not fresh and before == place, anchor=self.start_of(place))

    def start_of(self, place: Place) -> str:
        """The anchor at which the text opens."""
        return place.anchor

    def _show_head(self, page: Page, library: Library) -> None:
        self.notices = notices(page, library, self.today())
        self.head.say(page.title, [*facts(page), *self.more_facts(page)], sources_words(page))
        self.head.say_up(self.up(page))
        self.reader.setAccessibleName(page.title)
        self._fit()

    def _show_text(self, *, keep: bool = False, anchor: str = "") -> None:
        page, library = self.page, self.session.library
        if page is None or library is None:
            return
        self._asked = True
        closed = is_shut(page, self.today(), self.session.settings)
        self.gate.setVisible(closed)
        self.reader.setVisible(not closed)
        if closed:
            self.gate.show_page(page)
            return
        make = self.html(page, library)
        head = ""
        if self._folded:
            said = [*facts(page), *self.more_facts(page)]
            head = folded_head(page.title, said, sources_words(page), self.notices)
        most = self._most
        self.reader.show_text(lambda: stack_tables(head + make(), most), keep=keep, anchor=anchor)

    def library_changed(self, changed: Changed) -> None:
        page = self.page
        if page is None or self.place is None:
            return
        now = changed.library.pages.get(page.path)
        if now is None:
            return  # the window shows that it is gone
        self.page = now
        self._show_head(now, changed.library)
        if now.path in changed.paths or self.depends(now, changed):
            self._show_text(keep=True)

    def depends(self, page: Page, changed: Changed) -> bool:
        """Whether other pages that changed are named in this one's text."""
        return False

    # -- acknowledging an overdue page ----------------------------------------------------------

    def _acknowledge(self) -> None:
        if self.page is None:
            return
        acknowledge(self.page, self.today(), self.session.settings)
        self._show_text(anchor=self.start_of(self.place) if self.place else "")
        self.reader.setFocus()

    # -- commands -------------------------------------------------------------------------------

    def find_in_page(self) -> None:
        if self.reader.isVisible():
            self.finder.open()

    def find_next(self) -> None:
        self.finder.find_next()

    def find_previous(self) -> None:
        self.finder.find_previous()

    def show_headings(self) -> None:
        found = self.reader.headings()
        least = min((h.level for h in found), default=1)
        entries = [(h.title, h.level - least) for h in found]

        def chosen(row: int) -> None:
            self.reader.go_to_position(found[row].position)
            self.reader.setFocus()

        Choice(self, "Headings of this page", entries, chosen).open()

    def show_links(self) -> None:
        found = self.reader.links()

        def chosen(row: int) -> None:
            cursor = QTextCursor(self.reader.document())
            cursor.setPosition(found[row].position)
            self.reader.setTextCursor(cursor)
            self.reader.follow(found[row].address)

        Choice(self, "Links of this page", [(link.words, 0) for link in found], chosen).open()

    def _show_term(self, name: str, spot: QRect) -> None:
        library = self.session.library
        found = [t for t in library.terms if t.term == name] if library is not None else []
        if not found:
            self.session.told.emit("This word is no longer in the glossary.")
            return
        term = found[0]
        panel = TermPanel(self, term, lambda: self.session.go(page_place(term.page, term.anchor)))
        panel.open_at(spot)

    # -- coming back, fitting -------------------------------------------------------------------

    def keep(self) -> dict[str, Any]:
        return self.reader.keep()

    def restore(self, kept: dict[str, Any]) -> None:
        self.reader.restore(kept)

    def lasting(self) -> dict[str, Any]:
        return self.keep()

    def regions(self) -> list[QWidget]:
        parts = [self.head, self.notice, self.gate, self.reader]
        return [part for part in parts if part.isVisible()]

    def focus_first(self) -> None:
        (self.gate.button if self.gate.isVisibleTo(self) else self.reader).setFocus()

    def fits(self, mode: str) -> None:
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where it is low, the banner becomes a tag; where it is very low, the head goes with the text."""
        page = self.page
        if page is None:
            return
        look = theme()
        high = self.window().height() / look.scale
        wide = max(self.width(), 1)
        folded = high < VERY_LOW or self.head.whole_height(wide) > self.height() * 0.45
        low = high < LOW
        low = low or (self.brief and all(notice.state == "sample" for notice in self.notices))
        first, rest = banner_of(self.notices, low)
        if self.notice.notice != first or (first is not None and folded):
            self.notice.say(None if folded else first)
        tags = [(n.short, _icon(n), n.state) for n in rest]
        if not self.notices:
            words, icon = STATUS_WORDS[page.status]
            tags.insert(0, (words, icon, "good"))
        wanted = [*tags, *self.more_tags(page)]
        if wanted != self.head.property("shown"):
            self.head.setProperty("shown", wanted)
            self.head.set_tags(wanted)
        self.head.fold(folded)
        # Before it is first shown the text has no width of its own, and mostly it will have that of the view.
        across = self.reader.width() if self.reader.isVisible() else 0 if self._asked else wide
        room = min(COLUMN, across / look.scale - 2 * self.reader.edge)
        most = most_columns(room) if across else self._most
        if (folded, most) != (self._folded, self._most):
            self._folded, self._most = folded, most
            if self._asked:
                self._show_text(keep=True)


def _icon(notice: Notice) -> str:
    icons = {"overdue": "calendar-clock", "withdrawn": "archive-x", "draft": "file-pen-line"}
    return icons.get(notice.state, "triangle-alert" if notice.state == "sample" else "cloud-off")
