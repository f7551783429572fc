"""The directory of services: who answers now, what each takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from desktop.places import page_place
from desktop.ringing import state_at
from desktop.views.lists import LEVELS, ListView, field_group
from desktop.widgets.entries import Entry
from desktop.widgets.filters import Group, values_in_use
from knowledge.model import Kind, Page, Status
from knowledge.text import plain

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.library import Library

WHEN = ("Open now", "Closed now", "Hours not given")
TICK_MS = 60_000


class ServicesView(ListView):
    """Each row says whether somebody answers at this moment; the clock moves it on."""

    title = "Services"
    one, many = "service", "services"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.now: Callable[[], datetime] = datetime.now
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self.tick)
        self._clock.start()

    def tick(self) -> None:
        if self.isVisible():
            self.refresh()

    def pages(self, library: Library) -> Iterable[Page]:
        return [p for p in library.of_kind(Kind.SERVICE) if p.status is not Status.WITHDRAWN]

    def groups(self, pages: list[Page], library: Library) -> list[Group]:
        return [
            Group("Now", values_in_use(pages, self._when, WHEN), self._when),
            field_group("Topic", pages, "topics", library.settings.topics),
            Group("Area", values_in_use(pages, _area), _area),
            field_group("Level", pages, "levels", LEVELS),
        ]

    def _when(self, page: object) -> tuple[str, ...]:
        assert isinstance(page, Page)
        state = state_at(page.contact, self.now())
        return (WHEN[2] if state.open is None else WHEN[0] if state.open else WHEN[1],)

    def entry(self, page: Page, library: Library) -> Entry:
        state = state_at(page.contact, self.now())
        contact = page.contact
        urgent = page.path in library.emergency
        takes = plain(contact.accepts) if contact is not None and contact.accepts else page.summary
        return Entry(
            page_place(page.path),
            page.title,
            takes,
            "phone-call" if urgent else "phone",
            state.short,
            state.icon,
            "ok_ink" if state.open else "ink_muted",
            urgent,
        )


def _area(page: object) -> tuple[str, ...]:
    assert isinstance(page, Page)
    return (page.contact.area,) if page.contact is not None and page.contact.area else ()
