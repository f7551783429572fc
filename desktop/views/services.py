"""The directory of services: who answers now, what each takes, and beside the list the one that is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QWidget

from desktop.places import page_place, read_place
from desktop.ringing import state_at
from desktop.theme import theme
from desktop.views.lists import LEVELS, ListView, field_group
from desktop.views.service import ServiceView
from desktop.widgets.basics import Button
from desktop.widgets.entries import Entry
from desktop.widgets.filters import Group, values_in_use
from desktop.widgets.painted import Chip
from knowledge.model import Kind, Page, Status
from knowledge.text import plain

if TYPE_CHECKING:
    from desktop.session import Changed, Session
    from knowledge.library import Library

NOW = "Now"
WHEN = ("Open now", "Closed now", "Hours not given")
TICK_MS = 60_000
SETTLE_MS = 60  # an arrow held down passes over services that nobody wants to read
WIDE_ENOUGH = 1000  # effective width of a window: from here on list and service stand side by side
LIST_WIDE = 400


class ServicesView(ListView):
    """Each row says whether somebody answers at this moment; the clock moves it on."""

    title = "Services"
    one, many = "service", "services"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self.detail: ServiceView | None = None
        super().__init__(session, parent)
        self.now: Callable[[], datetime] = session.now
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._show_chosen_service)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._settle.start())

    def tick(self) -> None:
        if self.isVisible():
            self.refresh()

    # -- the list -------------------------------------------------------------------------------

    def pages(self, library: Library) -> Iterable[Page]:
        return [p for p in library.of_kind(Kind.SERVICE) if p.status is not Status.WITHDRAWN]

    def groups(self, pages: list[Page], library: Library) -> list[Group]:
        return [
            Group(NOW, values_in_use(pages, self._when, WHEN), self._when),
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

    def _show_chosen(self) -> None:
        """Who answers now stands above the list as chips, beside whatever else was chosen."""
        super()._show_chosen()
        for name, value in self.filters.rows:
            on = (name, value) in self.filters.chosen()
            if name == NOW and not on:
                row = self.filters.rows[name, value]
                chip = Chip(value, row.count)
                chip.clicked.connect(lambda _=False, v=value: self.filters.choose(NOW, v, True))
                self.chips.addWidget(chip)
        self.chips_box.setVisible(bool(self.chips.count()))

    # -- the chosen one beside it ---------------------------------------------------------------

    @property
    def side_by_side(self) -> bool:
        return self.window().width() / theme().scale >= WIDE_ENOUGH

    def _show_chosen_service(self) -> None:
        link = self.list.chosen_link()
        if not self.side_by_side or not link:
            return
        detail = self.detail or self._make_detail()
        detail.show_place(read_place(link))

    def _make_detail(self) -> ServiceView:
        detail = self.detail = ServiceView(self.session)
        detail.now = lambda: self.now()
        detail.brief = True
        detail.head.add_right(Button("Open page", "arrow-right", "lined", self._open_chosen))
        self.line = QFrame()
        self.line.setProperty("role", "line-down")
        self.row.addWidget(self.line)
        self.row.addWidget(detail, 1)
        self._fit()
        return detail

    def _open_chosen(self) -> None:
        link = self.list.chosen_link()
        if link:
            self.session.go_to(link)

    def _narrowed(self) -> None:
        super()._narrowed()
        if not self.list.currentIndex().isValid():
            self.list.choose("")
        if self.detail is not None:
            self.detail.setVisible(bool(self.list.chosen_link()) and self.side_by_side)
            self._show_chosen_service()

    def library_changed(self, changed: Changed) -> None:
        super().library_changed(changed)
        if self.detail is not None:
            self.detail.library_changed(changed)

    def restore(self, kept: dict[str, Any]) -> None:
        super().restore(kept)
        self._settle.start()

    # -- fitting --------------------------------------------------------------------------------

    def regions(self) -> list[QWidget]:
        beside = self.detail.regions() if self.detail is not None and self.side_by_side else []
        return [*super().regions(), *beside]

    def _fit(self) -> None:
        super()._fit()
        both = self.side_by_side
        self.list.one_click = not both
        detail = self.detail
        if detail is not None:
            detail.setVisible(both and bool(self.list.chosen_link()))
            self.line.setVisible(both)
        if not both:
            self.main.setMinimumWidth(0)
            self.main.setMaximumWidth(16_777_215)
            return
        some = bool(self.filters.rows)
        wide = theme().px(LIST_WIDE)
        for part in (self.filters, self.main):
            part.setFixedWidth(wide)
        self.filters.setVisible(some and self.open_fold)
        self.main.setVisible(not (some and self.open_fold))
        self.filters.done.setVisible(True)
        self.fold_button.setVisible(some)
        self.head.right_box.setVisible(some)
        if detail is None and self.list.chosen_link():
            self._settle.start()


def _area(page: object) -> tuple[str, ...]:
    assert isinstance(page, Page)
    return (page.contact.area,) if page.contact is not None and page.contact.area else ()
