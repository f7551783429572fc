"""The bin: a page is put there with what links to it said first, and can be taken out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout

from desktop.dialogs.base import Dialog
from desktop.editor.desk import desk_of
from desktop.places import HOME, page_place
from desktop.widgets.basics import Button, clear_layout, label
from knowledge.dates import in_words

if TYPE_CHECKING:
    from desktop.window import MainWindow
    from knowledge.saving.bin import Deleted
    from knowledge.saving.store import Conflict, Saved


class PutInBin(Dialog):
    """Asks why, and says which pages lead here."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "Put this page in the bin?", 560, 480)
        self.path = window.tab.place.page
        self.page = self.session.page(self.path)
        library = self.session.library
        title = self.page.title if self.page is not None else self.path
        self.body.addWidget(label(f"{title} goes from the library. It can be taken out again."))
        found = library.incoming.get(self.path, ()) if library is not None else ()
        titles = list(dict.fromkeys(page.title for page, _ in found))
        if titles:
            many = "1 page leads" if len(titles) == 1 else f"{len(titles)} pages lead"
            self.body.addWidget(label(f"{many} here. Their links will lead nowhere:", "urgent"))
            for name in titles[:12]:
                self.body.addWidget(label(name))
            if len(titles) > 12:
                self.body.addWidget(label(f"And {len(titles) - 12} more.", "small"))
        else:
            self.body.addWidget(label("No page leads here.", "small"))
        self.why = QLineEdit()
        self.why.setAccessibleName("Why, in one line")
        self.body.addWidget(label("Why, in one line", "strong"))
        self.body.addWidget(self.why)
        self.told = label("", "urgent")
        self.told.hide()
        self.body.addWidget(self.told)
        self.body.addStretch(1)
        self.foot(
            Button("Leave it", "x", "lined", self.reject),
            Button("Put it in the bin", "trash-2", "lined", self.remove),
        )

    def remove(self) -> None:
        from knowledge.saving.versions import Change

        page, why = self.page, self.why.text().strip()
        if page is None or not why:
            self._tell("Say in a few words why the page goes.")
            return
        store = desk_of(self.session).store
        change = Change(self.session.settings.get("role"), why, True)
        self.session.tasks.run(
            lambda: store.delete(page.path, page.digest, change),
            self._removed,
            lambda error: self._tell(str(error)),
            lane="saving",
        )

    def _removed(self, done: Deleted | Conflict) -> None:
        from knowledge.library import with_page
        from knowledge.saving.bin import Deleted

        library = self.session.library
        if not isinstance(done, Deleted) or library is None:
            self._tell("Somebody changed the page just now. Look at it again first.")
            return
        self.accept()
        self.session.go(HOME)
        self.session.take(with_page(library, self.path, None))
        self.session.told.emit("The page is in the bin. Open Menu, Edit, Bin to take it out.")

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.show()


class Bin(Dialog):
    """What is in the bin, newest first."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "Bin", 560, 480)
        self.pages: list[Deleted] = []
        self.told = label("Looking into the bin.")
        self.list = QVBoxLayout()
        self.body.addWidget(self.told)
        self.body.addLayout(self.list)
        self.body.addStretch(1)
        self.foot(Button("Close", "x", "lined", self.reject))
        self._look()

    def _look(self) -> None:
        store = desk_of(self.session).store
        self.session.tasks.run(store.deleted_pages, self._found, lane="drafts")

    def _found(self, pages: list[Deleted]) -> None:
        self.pages = pages
        clear_layout(self.list)
        self.told.setText("Pages that were taken out of the library." if pages else "It is empty.")
        for deleted in pages:
            self.list.addWidget(self._entry(deleted))

    def _entry(self, deleted: Deleted) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        when = deleted.deleted.astimezone()
        column.addWidget(label(deleted.page, "strong"))
        said = [f"{in_words(when.date())}, {when:%H:%M}", deleted.change.who, deleted.change.why]
        column.addWidget(label(" · ".join(part for part in said if part), "small"))
        back = Button("Take it out again", "undo-2", "lined", lambda: self._restore(deleted))
        back.setAccessibleDescription(deleted.page)
        column.addWidget(back)
        return card

    def _restore(self, deleted: Deleted) -> None:
        store = desk_of(self.session).store

        def work() -> tuple[Saved | Conflict, bytes]:
            data = deleted.text()  # once it is out of the bin it is no longer there
            return store.restore_deleted(deleted), data

        self.session.tasks.run(
            work,
            lambda done: self._restored(deleted, *done),
            lambda error: self.told.setText(str(error)),
            lane="saving",
        )

    def _restored(self, deleted: Deleted, done: Saved | Conflict, data: bytes) -> None:
        from knowledge.library import with_page
        from knowledge.saving.store import Saved

        library = self.session.library
        if not isinstance(done, Saved) or library is None:
            self.told.setText("Another page stands in its place, so it was left in the bin.")
            return
        self.session.take(with_page(library, deleted.page, data))
        self.accept()
        self.session.go(page_place(deleted.page))
