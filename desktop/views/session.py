"""A trainer's session: its text, and beside it the running order with minutes, marks and where to begin from."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import composing
from desktop.views.article import ArticleView
from desktop.widgets.basics import Button
from desktop.widgets.stops import StopsPanel

if TYPE_CHECKING:
    from desktop.places import Place
    from desktop.session import Changed, Session
    from knowledge.library import Library
    from knowledge.model import Page
    from knowledge.presented import Since

BESIDE = 900  # effective width: below this the running order stands in the text only


class SessionView(ArticleView):
    """What is covered is uncovered stop by stop; what has changed since the last time is marked."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.uncovered: frozenset[int] = frozenset()
        self.since: tuple[Since, ...] = ()
        self.panel = StopsPanel()
        self.body.removeWidget(self.reader)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.reader, 1)
        row.addWidget(self.panel)
        self.body.addLayout(row, 1)
        self.present = Button("Present", "presentation", "filled", lambda: self._do("present"))
        self.handout = Button("Handout", "download", "lined", lambda: self._do("handout"))
        self.head.add_right(self.handout)
        self.head.add_right(self.present)
        self.panel.chosen.connect(lambda number: self.reader.go_to(f"stop-{number + 1}"))
        self.panel.begin_asked.connect(self.begin_from)
        self.panel.since_asked.connect(self.show_since)
        session.was_presented.connect(self._presented)

    def _do(self, name: str) -> Any:
        """One of the window's commands; the show that is on then, if one is."""
        window: Any = self.window()
        window.do_id(name)
        return window.showing

    # -- showing --------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        if self.place is None or self.place.page != place.page:
            self.uncovered = frozenset()
            self._ask_since(place.page)
        super().show_place(place)
        self._tell_panel()

    def _ask_since(self, path: str) -> None:
        last, self.since = self.session.last_presented(path)
        self.panel.last = last.when if last is not None else None

    def _presented(self, path: str) -> None:
        if self.page is not None and path == self.page.path:
            self._ask_since(path)
            self._tell_panel()
            self._show_text(keep=True)

    def _tell_panel(self) -> None:
        page, library = self.page, self.session.library
        if page is not None and library is not None:
            self.panel.show_page(page, library, {s.number: s.says for s in self.since})

    def html(self, page: Page, library: Library) -> Callable[[], str]:
        renderer, options = self.session.renderer, self.options()
        if not page.stops:
            return lambda: composing.article(renderer, library, page, options)
        uncovered = self.uncovered
        changed = {since.number: since.says for since in self.since}
        return lambda: composing.session(renderer, library, page, options, uncovered, changed)

    def more_facts(self, page: Page) -> list[str]:
        minutes = sum(stop.minutes for stop in page.stops)
        return [f"{minutes} minutes"] if minutes else []

    def more_tags(self, page: Page) -> list[tuple[str, str, str]]:
        many = len(self.since)
        if not many:
            return []
        words = "1 stop changed" if many == 1 else f"{many} stops changed"
        return [(f"{words} since last presented", "sparkles", "changed")]

    def library_changed(self, changed: Changed) -> None:
        if self.page is not None:
            self._ask_since(self.page.path)
        super().library_changed(changed)
        self._tell_panel()

    def depends(self, page: Page, changed: Changed) -> bool:
        """The pages of the stops may be marked as changed."""
        paths = {stop.link.page for stop in page.stops} | {page.path}
        return bool(paths & changed.paths) or super().depends(page, changed)

    # -- doing ----------------------------------------------------------------------------------

    def own_link(self, what: str) -> None:
        verb, _, which = what.partition("-")
        if self.page is None:
            return
        if verb == "since" and which.isdecimal():
            self.show_since(int(which))
        if verb not in ("cover", "uncover"):
            return
        every = range(len(self.page.stops))
        chosen = frozenset(every) if which == "all" else frozenset((int(which),))
        self.uncovered = self.uncovered | chosen if verb == "uncover" else self.uncovered - chosen
        self._show_text(keep=True)

    def show_since(self, number: int) -> None:
        """What has changed at a stop, word by word."""
        found = [since for since in self.since if number in (since.number, -1)]
        if found:
            import_module("desktop.editor.since").WhatChanged(self.window(), found).open()

    def begin_from(self, number: int) -> None:
        """Present from this stop."""
        showing = self._do("present")
        if showing is not None and not showing.over and self.page is not None:
            stops = showing.show.stops
            if showing.show.path == self.page.path and number < len(stops):
                showing.go_to(stops[number])

    # -- fitting --------------------------------------------------------------------------------

    def regions(self) -> list[QWidget]:
        return [*super().regions(), *([self.panel] if self.panel.isVisible() else [])]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panel()

    def _fit(self) -> None:
        super()._fit()
        QTimer.singleShot(0, self, self._fit_panel)

    def _fit_panel(self) -> None:
        from desktop.theme import theme

        wide = self.width() / theme().scale
        stops = self.page is not None and bool(self.page.stops)
        self.panel.setVisible(stops and wide >= BESIDE and not self.reader.isHidden())
