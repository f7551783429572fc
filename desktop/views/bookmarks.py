"""Bookmarks in named lists: make, rename, remove, put in order, and hand to a colleague as a file."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import marks
from desktop.icons import KIND_ICONS
from desktop.places import Place
from desktop.theme import theme
from desktop.views.listed import Listed
from desktop.widgets.asides import AskName, Choice, Sure
from desktop.widgets.basics import Button, FlowLayout
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.painted import Chip
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from desktop.session import Session

FILE_NAME = "fingerpost-bookmarks.json"
EMPTY = "Nothing is bookmarked here yet. Ctrl+D bookmarks the page or step you are on."


class BookmarksView(Listed):
    """One list at a time; its name is a chip among the others."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, EntryList("Bookmarks"), parent)
        self.chosen = ""
        self.nothing.setText(EMPTY)
        self.names_box = QWidget()
        self.names = FlowLayout(self.names_box)
        self.tools_box = QWidget()
        self.tools = FlowLayout(self.tools_box, space=4)
        self.hold(self.names_box, self.tools_box)
        self.take_away = Button("Take away", "x", done=self.remove_chosen)
        self.up = Button("Up", "chevron-up", done=lambda: self.move_chosen(-1))
        self.down = Button("Down", "chevron-down", done=lambda: self.move_chosen(1))
        self.other = Button("Into another list", "arrow-right", done=self.ask_other)
        self.make = Button("New list", "plus", done=self.ask_new)
        self.rename = Button("Rename list", "pencil", done=self.ask_rename)
        self.remove = Button("Remove list", "trash-2", done=self.ask_remove)
        self.export = Button("Save as a file", "download", done=self.ask_export)
        self.take_in = Button("Take in a file", "folder-open", done=self.ask_import)
        for button in (
            *(self.take_away, self.up, self.down, self.other),
            *(self.make, self.rename, self.remove, self.export, self.take_in),
        ):
            self.tools.addWidget(button)
        session.bookmarks_changed.connect(self.refresh)

    # -- showing --------------------------------------------------------------------------------

    @property
    def lists(self) -> marks.Lists:
        return self.session.bookmarks()

    def refresh(self) -> None:
        lists = self.lists
        if self.chosen not in lists:
            self.chosen = next(iter(lists), "")
        self.names.clear()
        for name, places in lists.items():
            chip = Chip(name, len(places), cross=False)
            chip.setChecked(name == self.chosen)
            chip.setAccessibleDescription("A list of bookmarks")
            chip.clicked.connect(lambda _=False, n=name: self.choose(n))
            self.names.addWidget(chip)
        places = lists.get(self.chosen, [])
        self.list.put([self._entry(place) for place in places])
        self.list.setAccessibleName(f"Bookmarks in {self.chosen}")
        many = sum(len(found) for found in lists.values())
        words = "1 bookmark" if many == 1 else f"{many} bookmarks"
        self.head.say("Bookmarks", [f"{words}, on this computer only"])
        self.nothing.setVisible(not places)
        self.list.setVisible(bool(places))
        for button in (self.take_away, self.other):
            button.setEnabled(bool(places))
        for button in (self.up, self.down):
            button.setEnabled(len(places) > 1)
        for button in (self.rename, self.remove):
            button.setEnabled(bool(lists))
        self.export.setEnabled(bool(many))
        self._chain()

    def _chain(self) -> None:
        """Tab goes as one reads: names of lists, what can be done, the list."""
        flows = (self.names, self.tools)
        items = [flow.itemAt(n) for flow in flows for n in range(flow.count())]
        parts = [part for item in items if item is not None and (part := item.widget())]
        for before, after in pairwise([self.head.up, *parts, self.list]):
            QWidget.setTabOrder(before, after)

    def _entry(self, place: Place) -> Entry:
        page = self.session.page(place.page)
        words = self.session.words_for(place)
        if place.kind != "page":
            return Entry(place, words, "", "bookmark")
        if page is None:
            gone = "Not in this library"
            return Entry(place, words, place.link, "bookmark", gone, "circle-alert", "warn_ink")
        return Entry(place, words, page.summary, KIND_ICONS[page.kind.value], page.kind.words, "")

    def choose(self, name: str) -> None:
        self.chosen = name
        self.refresh()

    # -- one bookmark ---------------------------------------------------------------------------

    def _row(self) -> Place | None:
        row = self.list.currentIndex().row()
        return self.list.model_of.entries[row].place if row >= 0 else None

    def remove_chosen(self) -> None:
        place = self._row()
        if place is not None:
            words = self.session.words_for(place)
            self.session.set_bookmarks(marks.without(self.lists, self.chosen, place))
            self.session.told.emit(f"Bookmark taken away: {words}")

    def move_chosen(self, by: int) -> None:
        place = self._row()
        if place is not None:
            self.session.set_bookmarks(marks.moved(self.lists, self.chosen, place, by))
            self.list.choose(place.link)

    def ask_other(self) -> None:
        """Into which of the other lists the chosen bookmark goes; one of them may be new."""
        place, names = self._row(), [name for name in self.lists if name != self.chosen]
        if place is None:
            return

        def chosen(row: int) -> None:
            if row < len(names):
                self.put_over(place, names[row])
            else:
                self._ask_name("New list", "", lambda name: self.put_over(place, name))

        entries = [(name, 0) for name in (*names, "A new list")]
        Choice(self, "Into which list?", entries, chosen).open()

    def put_over(self, place: Place, name: str) -> None:
        self.session.set_bookmarks(marks.put_over(self.lists, self.chosen, place, name))
        self.session.told.emit(f"Now in {name}: {self.session.words_for(place)}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_chosen()
        else:
            super().keyPressEvent(event)

    # -- lists ----------------------------------------------------------------------------------

    def ask_new(self) -> None:
        self._ask_name("New list", "", self.add_list)

    def _ask_name(self, title: str, before: str, done: Callable[[str], None]) -> None:
        def trouble(name: str) -> str:
            return marks.name_trouble(self.lists, name, before)

        AskName(self, title, before, trouble, done).open()

    def add_list(self, name: str) -> None:
        self.chosen = name
        self.session.set_bookmarks({**self.lists, name: []})

    def ask_rename(self) -> None:
        before = self.chosen
        self._ask_name("Rename list", before, lambda name: self.rename_list(before, name))

    def rename_list(self, before: str, now: str) -> None:
        self.chosen = now
        self.session.set_bookmarks(marks.renamed(self.lists, before, now))

    def ask_remove(self) -> None:
        name, many = self.chosen, len(self.lists.get(self.chosen, []))
        if not many:
            self.remove_list(name)
            return
        inside = "the bookmark" if many == 1 else f"the {many} bookmarks"
        Sure(
            self,
            f"This removes the list '{name}' and {inside} in it. The pages stay.",
            "Remove list",
            lambda: self.remove_list(name),
        ).open()

    def remove_list(self, name: str) -> None:
        self.session.set_bookmarks(marks.without(self.lists, name))

    # -- as a file ------------------------------------------------------------------------------

    def ask_export(self) -> None:
        dialog = QFileDialog(self, "Save bookmarks as a file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(FILE_NAME)
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def export_to(self, path: Path) -> None:
        lists = self.lists
        words = {
            place.link: self.session.words_for(place)
            for places in lists.values()
            for place in places
        }
        self.session.tasks.run(
            lambda: marks.save(path, lists, words),
            lambda _: self.session.told.emit(f"Saved: {path.name}"),
            self._trouble,
        )

    def ask_import(self) -> None:
        dialog = QFileDialog(self, "Take in a file of bookmarks")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Bookmarks (*.json)")
        dialog.fileSelected.connect(lambda name: self.import_from(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def import_from(self, path: Path) -> None:
        self.session.tasks.run(lambda: marks.load(path), self._imported, self._trouble)

    def _imported(self, found: marks.Lists) -> None:
        before = sum(len(places) for places in self.lists.values())
        self.session.set_bookmarks(marks.joined(self.lists, found))
        new = sum(len(places) for places in self.lists.values()) - before
        self.session.told.emit(f"{new} new {'bookmark' if new == 1 else 'bookmarks'} taken in")

    def _trouble(self, error: Exception) -> None:
        if not isinstance(error, KnowledgeError):
            raise error
        self.session.told.emit(str(error))

    # -- coming back, fitting -------------------------------------------------------------------

    def keep(self) -> dict[str, Any]:
        return {"list": self.chosen, "chosen": self.list.chosen_link()}

    def restore(self, kept: dict[str, Any]) -> None:
        if kept.get("list") in self.lists:
            self.choose(str(kept["list"]))
        self.list.choose(str(kept.get("chosen", "")))

    def focus_first(self) -> None:
        (self.list if self.list.isVisibleTo(self) else self.make).setFocus()

    def _fit(self) -> None:
        super()._fit()
        look = theme()
        edge = look.px(20)
        self.names_box.setContentsMargins(edge, 0, edge, look.px(4))
        self.tools_box.setContentsMargins(look.px(12), 0, edge, look.px(6))
