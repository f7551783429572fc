"""Two lists for champions: pages by the date of their review, and facts still to be checked; each as a file too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.icons import KIND_ICONS
from desktop.places import page_place
from desktop.standing import STATUS_WORDS
from desktop.views.lists import ListView
from desktop.widgets.basics import Button, Combo
from desktop.widgets.entries import Entry
from desktop.widgets.filters import Group, values_in_use
from knowledge.dates import in_words
from knowledge.errors import KnowledgeError
from knowledge.model import Kind
from knowledge.register import (
    DUE_HEAD,
    FACTS_HEAD,
    LATER,
    OVERDUE,
    WHEN,
    Due,
    Fact,
    due,
    due_rows,
    fact_rows,
    facts,
    table_file,
)

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.library import Library
    from knowledge.model import Page


class RegisterView(ListView):
    """A list with an order to choose and a file to save; what is shown is what is saved."""

    file_name: ClassVar[str] = ""
    orders: ClassVar[tuple[str, ...]] = ()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.order = Combo()
        self.order.setAccessibleName("Order of the list")
        self.order.addItems(list(self.orders))
        self.order.activated.connect(lambda _: self._narrowed())
        self.csv = Button("Save as CSV", "download", "lined", self._save)
        self.csv.setAccessibleDescription("A table for a spreadsheet: the rows shown here")
        self.head.add_right(self.order)
        self.head.add_right(self.csv)

    def table(self) -> bytes:
        """The rows shown, as a file."""
        raise NotImplementedError

    def shown(self) -> list[object]:
        return [item for item in self.filters.items if self.filters.passes(item)]

    def _save(self) -> None:
        dialog = QFileDialog(self, "Save the list as a table")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("Tables (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(self.file_name)
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Write the rows shown, whole or not at all."""
        data = self.table()

        def work() -> None:
            from knowledge.errors import explain
            from knowledge.files import Clock, Files, write_whole

            try:
                write_whole(Files(), path, data, Clock())
            except OSError as error:
                raise explain(error, f"{path.name} could not be saved", path) from error

        def failed(error: Exception) -> None:
            if not isinstance(error, KnowledgeError):
                raise error
            self.session.told.emit(str(error))

        self.session.tasks.run(
            work, lambda _: self.session.told.emit(f"Saved: {path.name}"), failed
        )

    def _fit(self) -> None:
        super()._fit()
        self.head.right_box.show()


class DueView(RegisterView):
    """Every page in use, the one due first at the top."""

    title = "Due for review"
    file_name = "due-for-review.csv"
    orders = ("The one due first", "By title", "By owner")
    empty = "No page of this library says when it is to be reviewed."

    def pages(self, library: Library) -> Iterable[Page]:
        return cast("list[Page]", due(library, self.session.now().date()))

    def groups(self, pages: list[Page], library: Library) -> list[Group]:
        found = cast("list[Due]", pages)
        every: list[object] = list(found)
        return [
            Group("When", tuple(w for w in WHEN if any(d.when == w for d in found)), _when),
            Group("Owner", values_in_use(every, _owner), _owner),
            Group("Kind", values_in_use(every, _kind, (kind.words for kind in Kind)), _kind),
            Group("Status", values_in_use(every, _status), _status),
        ]

    def entries(self, pages: list[Page], library: Library) -> list[Entry]:
        found = self._sorted(cast("list[Due]", pages))
        if self.order.currentIndex():
            return [_due_entry(item) for item in found]
        rows: list[Entry] = []
        for when in WHEN:
            those = [_due_entry(item) for item in found if item.when == when]
            rows += [Entry(None, f"{when}: {len(those)}"), *those] if those else []
        return rows

    def _sorted(self, found: list[Due]) -> list[Due]:
        order = self.order.currentIndex()
        if order == 1:
            return sorted(found, key=lambda d: d.page.title.casefold())
        if order == 2:
            return sorted(found, key=lambda d: (d.page.owner.casefold(), d.days or 0))
        return found

    def table(self) -> bytes:
        return table_file(DUE_HEAD, due_rows(self._sorted(cast("list[Due]", self.shown()))))


class FactsView(RegisterView):
    """Statements whose source nobody has checked; each row opens its step."""

    title = "Facts to be checked"
    one, many = "fact", "facts"
    file_name = "facts-to-be-checked.csv"
    orders = ("By page", "By source")
    empty = "Every fact rests on a source that somebody has checked."
    _known: tuple[object, list[Fact]] | None = None

    def pages(self, library: Library) -> Iterable[Page]:
        if self._known is None or self._known[0] != library.pages:
            self.session.tasks.run(
                lambda: facts(library), lambda found: self._found(library, found), key="facts"
            )
        return cast("list[Page]", self._known[1] if self._known is not None else [])

    def _found(self, library: Library, found: list[Fact]) -> None:
        # Every few seconds the library is read again, and the same pages come as another object.
        if self.session.library is not None and self.session.library.pages == library.pages:
            self._known = (library.pages, found)
            self.refresh()

    def _narrowed(self) -> None:
        super()._narrowed()
        if self._known is None:
            self.nothing.setText("Looking.")

    def groups(self, pages: list[Page], library: Library) -> list[Group]:
        every: list[object] = list(pages)
        return [
            Group("Source", values_in_use(every, _source), _source),
            Group("Owner", values_in_use(every, _owner), _owner),
            Group("Kind", values_in_use(every, _kind, (kind.words for kind in Kind)), _kind),
        ]

    def entries(self, pages: list[Page], library: Library) -> list[Entry]:
        rows: list[Entry] = []
        last = ""
        by_source = self.order.currentIndex() == 1
        for fact in self._sorted(cast("list[Fact]", pages)):
            head = _source(fact)[0] if by_source else fact.page.title
            if head != last:
                rows.append(Entry(None, head))
                last = head
            rows.append(_fact_entry(fact, with_page=by_source))
        return rows

    def _sorted(self, found: list[Fact]) -> list[Fact]:
        if self.order.currentIndex() == 1:
            return sorted(found, key=lambda fact: _source(fact)[0].casefold())
        return found

    def table(self) -> bytes:
        return table_file(FACTS_HEAD, fact_rows(self._sorted(cast("list[Fact]", self.shown()))))


def _due_entry(item: Due) -> Entry:
    page = item.page
    status = STATUS_WORDS[page.status][0]
    owner = page.owner or "No owner"
    day = f"Review by {in_words(page.review_by)}" if page.review_by else "No review date"
    late = item.when == OVERDUE
    return Entry(
        page_place(page.path),
        page.title,
        f"{day}. {owner}. {status}.",
        KIND_ICONS[page.kind.value],
        item.said,
        "calendar-clock" if item.when != LATER else "",
        "warn_ink" if late else "ink_muted",
    )


def _fact_entry(fact: Fact, with_page: bool) -> Entry:
    where = f"{fact.page.title}. " if with_page else ""
    step = f"{fact.section.title}. " if fact.section.title else ""
    return Entry(
        page_place(fact.page.path, fact.section.anchor),
        fact.words or fact.section.title or fact.page.title,
        f"{where}{step}Line {fact.line}. {fact.source or fact.key}.",
        "map-pin",
    )


def _when(item: object) -> Sequence[str]:
    return (cast("Due", item).when,)


def _owner(item: object) -> Sequence[str]:
    return (cast("Due | Fact", item).page.owner or "No owner",)


def _kind(item: object) -> Sequence[str]:
    return (cast("Due | Fact", item).page.kind.words,)


def _status(item: object) -> Sequence[str]:
    return (STATUS_WORDS[cast("Due", item).page.status][0],)


def _source(item: object) -> Sequence[str]:
    fact = cast("Fact", item)
    return (fact.source or fact.key,)
