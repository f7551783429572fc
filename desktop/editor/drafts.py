"""The drafts that are kept from before: go on with one, or throw it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.dialogs.base import Dialog
from desktop.editor.desk import desk_of
from desktop.places import edit_place
from desktop.widgets.basics import Button, FlowLayout, clear_layout, label
from knowledge.dates import in_words
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from desktop.window import MainWindow
    from knowledge.saving.drafts import Draft


class Drafts(Dialog):
    """Every draft whose words are not in the library."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "Drafts", 560, 480)
        self.desk = desk_of(self.session)
        self.list = QVBoxLayout()
        self.told = label("Looking for drafts.")
        self.body.addWidget(self.told)
        self.body.addLayout(self.list)
        self.body.addStretch(1)
        self.foot(Button("Close", "x", "lined", self.reject))
        self.desk.left(self._found)

    def _found(self, drafts: list[Draft]) -> None:
        clear_layout(self.list)
        opened = [e for e in self.desk.pages.values() if e.differs]
        for editing in opened:
            self._entry(editing.base.title, "Open in this window now", editing.path, None)
        for draft in drafts:
            page = self.session.page(draft.page)
            when = draft.saved.astimezone()
            title = page.title if page is not None else draft.page
            said = f"{in_words(when.date())}, {when:%H:%M}"
            if page is None:
                said += ". This page is not in the library"
            elif draft.base != page.digest:
                said += ". The page has changed since; both will be shown when you save"
            self._entry(title, said, draft.page, draft)
        some = bool(opened or drafts)
        words = "These words are kept on this computer and are not in the library."
        self.told.setText(words if some else "No drafts are kept. Everything is in the library.")

    def _entry(self, title: str, said: str, path: str, draft: Draft | None) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.addWidget(label(title, "strong"))
        column.addWidget(label(said, "small"))
        buttons = QWidget()
        flow = FlowLayout(buttons, space=6)
        go = Button("Go on with it", "pencil", "lined", lambda: self._go_on(path, draft))
        go.setAccessibleDescription(title)
        flow.addWidget(go)
        if draft is not None:
            drop = Button("Throw it away", "trash-2", "lined", lambda: self._drop(draft))
            drop.setAccessibleDescription(title)
            flow.addWidget(drop)
        column.addWidget(buttons)
        self.list.addWidget(card)

    def _go_on(self, path: str, draft: Draft | None) -> None:
        if draft is not None:
            try:
                self.desk.go_on(draft)
            except KnowledgeError as error:
                self.session.told.emit(str(error))
                return
        self.accept()
        self.session.go(edit_place(path))

    def _drop(self, draft: Draft) -> None:
        store = self.desk.store
        self.session.tasks.run(
            lambda: store.drafts.drop(draft),
            lambda _: self.desk.left(self._found),
            lane="drafts",
        )
