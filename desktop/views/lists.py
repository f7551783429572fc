"""Lists of pages: pathways, thresholds, sessions, a topic's pages, emergency pages, what has changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, cast

from PySide6.QtWidgets import QWidget

from desktop.icons import KIND_ICONS
from desktop.places import Place, page_place
from desktop.standing import STATUS_WORDS, days_overdue
from desktop.theme import theme
from desktop.views.listed import Listed
from desktop.widgets.basics import Button, FlowLayout
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.filters import Filters, Group, values_in_use
from desktop.widgets.painted import Chip
from knowledge.model import Kind, Page, Status

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.library import Library

LEVELS = ("Universal", "Targeted", "Specialist")
AGES = (
    "Pregnancy",
    "0 to 6 weeks",
    "6 weeks to 1 year",
    "1 to 2 years",
    "2 to 5 years",
)


def state_of(page: Page, today: date) -> tuple[str, str, str]:
    """A page's state for the end of its row: words, icon and colour role."""
    if page.status is Status.WITHDRAWN:
        return ("Withdrawn", "archive-x", "urgent_ink")
    if days_overdue(page, today):
        return ("Overdue for review", "calendar-clock", "warn_ink")
    words, icon = STATUS_WORDS[page.status]
    return (words, icon, "ink_muted")


def page_entry(page: Page, library: Library, today: date) -> Entry:
    """The row of a page."""
    words, icon, role = state_of(page, today)
    urgent = page.path in library.emergency and page.kind is Kind.PATHWAY
    return Entry(
        page_place(page.path),
        page.title,
        page.summary,
        "octagon-alert" if urgent else KIND_ICONS[page.kind.value],
        words,
        icon,
        role,
        urgent,
    )


class ListView(Listed):
    """A head, what can be narrowed by, and the rows. Kinds of lists say which pages and which groups."""

    title: ClassVar[str] = ""
    one: ClassVar[str] = "page"
    many: ClassVar[str] = "pages"
    empty: ClassVar[str] = "This library has none yet."

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, self.make_list(), parent)
        self.mode = "medium"
        self.filters = Filters()
        self.filters.changed.connect(self._narrowed)
        self.filters.done.clicked.connect(self._fold)
        self.fold_button = Button("Filters", "filter", "lined", self._fold)
        self.head.add_right(self.fold_button)
        self.chips_box = QWidget()
        self.chips = FlowLayout(self.chips_box)
        self.row.addWidget(self.filters)
        self.open_fold = False
        self.hold(self.chips_box)

    # -- what a kind of list says ---------------------------------------------------------------

    def make_list(self) -> EntryList:
        return EntryList(self.title or "Pages")

    def pages(self, library: Library) -> Iterable[Page]:
        """The pages of the list, in its order."""
        raise NotImplementedError

    def groups(self, pages: list[Page], library: Library) -> list[Group]:
        """What the list can be narrowed by."""
        return [
            field_group("Topic", pages, "topics", library.settings.topics),
            field_group("Level", pages, "levels", LEVELS),
            field_group("Age", pages, "ages", AGES),
        ]

    def entry(self, page: Page, library: Library) -> Entry:
        return page_entry(page, library, self.today())

    def today(self) -> date:
        return self.session.now().date()

    def entries(self, pages: list[Page], library: Library) -> list[Entry]:
        return [self.entry(page, library) for page in pages]

    # -- showing --------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        if self.place is not None and self.place != place:
            self.filters.clear()
        super().show_place(place)

    def refresh(self) -> None:
        library = self.session.library
        if library is None:
            self.head.say(self.heading(), [])
            self.nothing.setText("The library is being read.")
            self.nothing.show()
            return
        pages = list(self.pages(library))
        self.filters.offer(self.groups(pages, library), pages)
        self._narrowed()
        self._fit()

    def _narrowed(self) -> None:
        library = self.session.library
        if library is None:
            return
        every = cast("list[Page]", self.filters.items)
        pages = [page for page in every if self.filters.passes(page)]
        self.list.put(self.entries(pages, library))
        some = f"{len(pages)} of {len(every)}" if len(pages) < len(every) else str(len(every))
        self.head.say(self.heading(), [f"{some} {self.one if some == '1' else self.many}"])
        self.list.setAccessibleName(f"{self.heading()}, {some}")
        self.nothing.setText(
            self.empty if not every else "Nothing fits all of these. Take one away."
        )
        self.nothing.setVisible(not pages)
        self.list.setVisible(bool(pages))
        self._show_chosen()

    def heading(self) -> str:
        return self.title

    def _show_chosen(self) -> None:
        self.chips.clear()
        chosen = self.filters.chosen()
        for group, value in chosen:
            chip = Chip(value)
            chip.setChecked(True)
            chip.setAccessibleDescription(f"{group}. Press to take it away.")
            chip.clicked.connect(lambda _=False, g=group, v=value: self.filters.choose(g, v, False))
            self.chips.addWidget(chip)
        self.chips_box.setVisible(bool(chosen))
        self.fold_button.setText(f"Filters, {len(chosen)} chosen" if chosen else "Filters")

    # -- coming back, fitting -------------------------------------------------------------------

    def keep(self) -> dict[str, Any]:
        return {
            "filters": self.filters.saved(),
            "chosen": self.list.chosen_link(),
            "scroll": self.list.verticalScrollBar().value(),
        }

    def restore(self, kept: dict[str, Any]) -> None:
        self.filters.bring_back(kept.get("filters", []))
        self.list.choose(kept.get("chosen", ""))
        self.list.doItemsLayout()
        self.list.verticalScrollBar().setValue(kept.get("scroll", 0))

    def lasting(self) -> dict[str, Any]:
        return self.keep()

    def regions(self) -> list[QWidget]:
        return [part for part in (self.filters, self.main) if part.isVisible()]

    def focus_first(self) -> None:
        target: QWidget = self.list if self.list.isVisibleTo(self) else self.fold_button
        if self.list.isVisibleTo(self) and not self.list.currentIndex().isValid():
            self.list.choose("")
        target.setFocus()

    def fits(self, mode: str) -> None:
        self.mode = mode
        self._fit()

    def _fold(self) -> None:
        self.open_fold = not self.open_fold
        self._fit()
        self.focus_first()

    def _fit(self) -> None:
        """Beside the list where there is room; else behind a button, in its place."""
        look = theme()
        some = bool(self.filters.rows)
        beside = self.width() / look.scale >= 820
        self.filters.setVisible(some and (beside or self.open_fold))
        self.main.setVisible(beside or not self.open_fold or not some)
        self.fold_button.setVisible(some and not beside)
        self.head.right_box.setVisible(some and not beside)
        self.filters.done.setVisible(not beside)
        if beside:
            self.filters.setFixedWidth(look.px(226))
        else:
            self.filters.setMinimumWidth(0)
            self.filters.setMaximumWidth(16_777_215)
        edge = look.px(20)
        self.chips.setContentsMargins(0, 0, 0, 0)
        self.chips_box.setContentsMargins(edge, 0, edge, look.px(8))
        super()._fit()


def field_group(name: str, pages: list[Page], field: str, order: Iterable[str] = ()) -> Group:
    def of(page: object) -> tuple[str, ...]:
        found: tuple[str, ...] = getattr(page, field)
        return found

    return Group(name, values_in_use(pages, of, order), of)


class PathwaysView(ListView):
    title = "Pathways"
    one, many = "pathway", "pathways"

    def pages(self, library: Library) -> Iterable[Page]:
        return library.of_kind(Kind.PATHWAY)


class ThresholdsView(ListView):
    title = "Thresholds"
    one, many = "page of levels and cut-offs", "pages of levels and cut-offs"

    def pages(self, library: Library) -> Iterable[Page]:
        return library.of_kind(Kind.THRESHOLD)


class SessionsView(ListView):
    title = "Sessions"
    one, many = "session for trainers", "sessions for trainers"
    empty = (
        "This library has no sessions yet. A session is a trainer's running order over other pages."
    )

    def pages(self, library: Library) -> Iterable[Page]:
        return library.of_kind(Kind.SESSION)

    def entry(self, page: Page, library: Library) -> Entry:
        minutes = sum(stop.minutes for stop in page.stops)
        state = page_entry(page, library, self.today())
        if not minutes:
            return state
        words = f"{page.summary} {len(page.stops)} stops, {minutes} minutes.".strip()
        return Entry(
            state.place,
            state.title,
            words,
            state.icon,
            state.side,
            state.side_icon,
            state.side_role,
        )


class EmergencyView(ListView):
    """The pages for when somebody may come to harm, in the order of `library.yaml`; nothing to narrow."""

    title = "Emergency pages"
    empty = "Nobody has named emergency pages in library.yaml. If life is at risk, ring 999."

    def pages(self, library: Library) -> Iterable[Page]:
        named = [library.find(name) for name in library.settings.emergency_pages]
        return [found[0] for found in named if found is not None]

    def groups(self, pages: list[Page], library: Library) -> list[Group]:
        return []

    def entry(self, page: Page, library: Library) -> Entry:
        words, icon, role = state_of(page, self.today())
        kind = "octagon-alert" if page.kind is Kind.PATHWAY else KIND_ICONS[page.kind.value]
        return Entry(
            page_place(page.path), page.title, page.summary, kind, words, icon, role, urgent=True
        )


class TopicView(ListView):
    """Everything about one topic, kind by kind."""

    empty = "No page of this library is about this topic yet."
    order: ClassVar = (
        (Kind.PATHWAY, "Pathways"),
        (Kind.THRESHOLD, "Thresholds"),
        (Kind.SERVICE, "Services"),
        (Kind.CASESTUDY, "Case studies"),
        (Kind.SESSION, "Sessions"),
        (Kind.PAGE, "Pages"),
    )

    def heading(self) -> str:
        return self.place.page.partition("/")[2] if self.place is not None else "Topic"

    def pages(self, library: Library) -> Iterable[Page]:
        topic = self.heading()
        return [
            page for kind, _ in self.order for page in library.of_kind(kind) if topic in page.topics
        ]

    def groups(self, pages: list[Page], library: Library) -> list[Group]:
        kinds = tuple(kind.words for kind, _ in self.order)
        kind = Group(
            "Kind",
            values_in_use(pages, _kind_words, kinds),
            _kind_words,
        )
        return [kind, *super().groups(pages, library)[1:]]

    def entries(self, pages: list[Page], library: Library) -> list[Entry]:
        found: list[Entry] = []
        for kind, words in self.order:
            rows = [self.entry(page, library) for page in pages if page.kind is kind]
            if rows:
                found += [Entry(None, words), *rows]
        return found


def _kind_words(page: object) -> tuple[str, ...]:
    assert isinstance(page, Page)
    return (page.kind.words,)


class ChangedView(ListView):
    """Pages that are new, or changed since this reader last had them open."""

    title = "Changed since you last looked"
    empty = "Nothing has changed since you last looked."

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        session.looked.changed_known.connect(self.refresh)
        self.seen_button = Button("Mark all as seen", "check", "lined", self._mark_all)
        self.head.add_right(self.seen_button)

    def pages(self, library: Library) -> Iterable[Page]:
        return self.session.looked.changed(library)

    def entry(self, page: Page, library: Library) -> Entry:
        known = super().entry(page, library)
        new = self.session.looked.is_new(page)
        return replace(known, side="New" if new else "Changed", side_icon="sparkles")

    def groups(self, pages: list[Page], library: Library) -> list[Group]:
        return []

    def _mark_all(self) -> None:
        library = self.session.library
        if library is None:
            return
        self.session.looked.mark_all(library)
        self.refresh()

    def _fit(self) -> None:
        super()._fit()
        some = bool(self.filters.items)
        if hasattr(self, "seen_button"):
            self.head.right_box.setVisible(some)
