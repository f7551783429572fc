"""The sources of a page as a list: how far each is trusted, one more, one fewer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QVBoxLayout

from desktop.dialogs.base import Dialog
from desktop.widgets.basics import Button, Combo, clear_layout, label
from knowledge.errors import KnowledgeError
from knowledge.model import Page, Source, Strength

if TYPE_CHECKING:
    from desktop.editor.details import Change
    from desktop.window import MainWindow

WORDS = {
    Strength.SEEN: "Seen: somebody has read it",
    Strength.SECONDARY: "Secondary: read about, not read",
    Strength.LOCAL: "Local: how we do it here",
    Strength.UNCHECKED: "To be checked locally",
}


class Sources(Dialog):
    """`change` makes one edit and gives the page as it is then."""

    def __init__(self, window: MainWindow, page: Page, change: Callable[[Change], Page]) -> None:
        super().__init__(window, "Sources", 680, 600)
        self.change = change
        self.list = QVBoxLayout()
        self.body.addLayout(self.list)
        self.told = label("", "urgent")
        self.told.hide()
        self.body.addWidget(self.told)
        self.body.addWidget(label("One more source", "heading"))
        self.key = self._field("Short key, such as P7; facts name it")
        self.title = self._field("Title")
        self.year = self._field("Year")
        self.where = self._field("Where in it: a page or a table")
        self.link = self._field("Web address, if there is one")
        self.strength = _strengths(Strength.UNCHECKED)
        self.body.addWidget(self.strength)
        self.body.addWidget(Button("Add this source", "plus", "lined", self._add))
        self.body.addStretch(1)
        self.foot(Button("Done", "check", "filled", self.accept))
        self._show(page)

    def _field(self, words: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(words)
        field.setAccessibleName(words)
        self.body.addWidget(field)
        return field

    def _show(self, page: Page) -> None:
        clear_layout(self.list)
        for source in page.sources:
            self.list.addWidget(self._entry(source))
        if not page.sources:
            self.list.addWidget(label("This page names no sources yet."))

    def _entry(self, source: Source) -> QFrame:
        from knowledge.editing.sources import remove_source, set_source

        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        year = f", {source.year}" if source.year else ""
        column.addWidget(label(f"{source.key}: {source.title or source.key}{year}", "strong"))
        if source.where:
            column.addWidget(label(source.where, "small"))
        box = _strengths(source.strength)
        box.activated.connect(
            lambda _: self._do(lambda p: set_source(p, source.key, "strength", box.currentData()))
        )
        column.addWidget(box)
        away = Button(
            "Take it away",
            "trash-2",
            "link",
            lambda: self._do(lambda p: remove_source(p, source.key)),
        )
        away.setAccessibleDescription(source.title)
        column.addWidget(away)
        return card

    def _add(self) -> None:
        from knowledge.editing.sources import add_source

        made = Source(
            self.key.text().strip(),
            self.title.text().strip(),
            self.year.text().strip(),
            self.where.text().strip(),
            self.link.text().strip(),
            Strength(self.strength.currentData()),
        )
        if not made.key or not made.title:
            self._tell("Give the source a key and a title.")
            return
        if self._do(lambda page: add_source(page, made)):
            for field in (self.key, self.title, self.year, self.where, self.link):
                field.clear()

    def _do(self, change: Change) -> bool:
        try:
            page = self.change(change)
        except KnowledgeError as error:
            self._tell(str(error))
            return False
        self.told.hide()
        self._show(page)
        return True

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.show()


def _strengths(chosen: Strength) -> QComboBox:
    box = Combo()
    box.setAccessibleName("How far it is trusted")
    for strength, words in WORDS.items():
        box.addItem(words, strength.value)
    box.setCurrentIndex(box.findData(chosen.value))
    return box
