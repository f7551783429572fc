"""A service: whom to ring now, what it takes, how to refer, and every way that leads to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.crumbs import Crumb
from desktop.ringing import Asked, details_as_text, ring_style, service, state_at
from desktop.views.reading import ReadingView
from desktop.widgets.asides import Choice
from desktop.widgets.basics import Button
from knowledge.graph import pathways_leading_to

if TYPE_CHECKING:
    from desktop.places import Place
    from desktop.session import Changed, Session
    from knowledge.library import Library
    from knowledge.model import Page

TICK_MS = 20_000


class ServiceView(ReadingView):
    """The card follows the clock: when a service opens or closes, the page says so by itself."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.now: Callable[[], datetime] = session.now
        self.asked: Asked | None = None
        self._bring = ""  # what was asked for begins at the top of the view, not somewhere below
        self.reader.shown.connect(self._brought)
        self.reader.column = 860
        self.reader.more_rules = ring_style
        self.copy_button = Button("Copy details", "copy", "lined", self._copy)
        self.head.add_right(self.copy_button)
        self._said = ""
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self.tick)
        self._clock.start()

    def show_place(self, place: Place) -> None:
        if self.place is None or self.place.page != place.page:
            self.asked = None
        super().show_place(place)

    def html(self, page: Page, library: Library) -> Callable[[], str]:
        renderer, options = self.session.renderer, self.session.reading()
        moment, asked = self.now(), self.asked
        self._said = self._state(page)
        return lambda: service(renderer, library, page, options, moment, asked)

    def up(self, page: Page) -> Crumb | None:
        return None if self.brief else super().up(page)

    def _state(self, page: Page) -> str:
        state = state_at(page.contact, self.now())
        return f"{state.first}. {state.rest}"

    def more_tags(self, page: Page) -> list[tuple[str, str, str]]:
        state = state_at(page.contact, self.now())
        return [(state.short, state.icon, "good" if state.open else "")]

    def tick(self) -> None:
        """See whether the state has changed with the clock."""
        if self.page is not None and self.isVisible() and self._state(self.page) != self._said:
            self._fit()
            self._show_text(keep=True)

    def depends(self, page: Page, changed: Changed) -> bool:
        return True  # which steps lead here is written on other pages

    def _copy(self) -> None:
        if self.page is not None:
            QGuiApplication.clipboard().setText(details_as_text(self.page, self.now()))
            self.session.told.emit("Copied: the details of this service")

    def own_link(self, what: str) -> None:
        page, library = self.page, self.session.library
        if page is None or library is None:
            return
        verb, _, which = what.partition("-")
        pathways = pathways_leading_to(library, page.path)
        if verb == "routes":
            self.asked = Asked() if which == "show" else None
        elif verb == "pathway" and which.isdecimal() and int(which) < len(pathways):
            self.asked = Asked(pathways[int(which)].path)
        elif verb == "start":
            self._choose_start(pathways)
            return
        self._show_routes()

    def _show_routes(self) -> None:
        self._bring = "every-route" if self.asked is not None else "ways-here"
        self._show_text(keep=True)

    def _brought(self) -> None:
        if self._bring:
            self.reader.go_to(self._bring)
            self._bring = ""

    def _choose_start(self, pathways: tuple[Page, ...]) -> None:
        asked = self.asked or Asked()
        pathway = next((p for p in pathways if p.path == asked.pathway), pathways[0])
        steps = pathway.steps

        def chosen(row: int) -> None:
            self.asked = Asked(pathway.path, steps[row].anchor)
            self._show_routes()
            self.reader.setFocus()

        entries = [(f"{step.number}. {step.title}", 0) for step in steps]
        Choice(self, "Start from", entries, chosen).open()
