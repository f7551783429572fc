"""Choosing where a link leads: type what the page is about, choose it, or one of its steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from desktop.dialogs.base import Dialog
from desktop.widgets.basics import Button, label
from knowledge.editing.words import escape, link_to

if TYPE_CHECKING:
    from desktop.window import MainWindow
    from knowledge.model import Page
    from search.hits import Answer

_ROLE = Qt.ItemDataRole.UserRole


class LinkPicker(Dialog):
    """Searches this page's own steps first, then the library."""

    def __init__(
        self, window: MainWindow, page: Page, words: str, done: Callable[[str], None]
    ) -> None:
        super().__init__(window, "Where does it lead?", 620, 560)
        self.page, self.words, self.done_with = page, words, done
        self.field = QLineEdit(words)
        self.field.setPlaceholderText("Type what the page is about, or paste a web address")
        self.field.setAccessibleName("What the page is about")
        self.list = QListWidget()
        self.list.setAccessibleName("Pages and steps")
        self.list.setWordWrap(True)
        self.told = label("", "small")
        self.body.addWidget(self.field)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.told)
        self.foot(
            Button("Cancel", "x", "lined", self.reject),
            Button("Link to this", "link", "filled", self._take),
        )
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._ask)
        self.field.returnPressed.connect(self._take)
        self.list.itemActivated.connect(lambda _: self._take())
        self._ask(words)
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down go through the list while the words are being typed."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                row = self.list.currentRow() + step
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
        return super().eventFilter(watched, event)

    def _ask(self, words: str) -> None:
        self.list.clear()
        typed = words.strip().lower()
        if typed.startswith(("http://", "https://", "mailto:", "tel:", "www.")):
            goal = f"https://{words.strip()}" if typed.startswith("www.") else words.strip()
            self._add(f"The web address {goal}", goal, self.words or goal)
            self.list.setCurrentRow(0)
            return
        for section in self.page.sections:
            if section.level and (not typed or typed in section.title.lower()):
                self._add(f"{section.title}, on this page", f"#{section.anchor}", section.title)
        library = self.session.library
        for other in library.pages.values() if library is not None and typed else ():
            if typed in other.title.lower() and other.path != self.page.path:
                self._add(other.title, link_to(self.page.path, other.path), other.title)
        self.list.setCurrentRow(0)
        if typed:
            self.session.search(words, self._answered, limit=12)

    def _answered(self, answer: Answer) -> None:
        known = {self.list.item(n).data(_ROLE)[0] for n in range(self.list.count())}
        for hit in answer.hits:
            goal = link_to(self.page.path, hit.page, hit.anchor)
            if goal in known:
                continue
            title = f"{hit.title} > {hit.heading}" if hit.heading and hit.anchor else hit.title
            self._add(title, goal, hit.heading if hit.anchor and hit.heading else hit.title)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.told.setText("" if self.list.count() else "No page says that. Try fewer words.")

    def _add(self, shown: str, goal: str, title: str) -> None:
        item = QListWidgetItem(shown)
        item.setData(_ROLE, (goal, title))
        self.list.addItem(item)

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is None:
            self.told.setText("Choose a page or a step first.")
            return
        goal, title = item.data(_ROLE)
        trouble = self.refused(goal)
        if trouble:
            self.told.setText(trouble)
            return
        self.accept()
        self.give(goal, title)

    def refused(self, goal: str) -> str:
        """Why this cannot be chosen; "" when it can."""
        return ""

    def give(self, goal: str, title: str) -> None:
        """Hand over what was chosen."""
        self.done_with(f"[{self.words or escape(title)}]({goal})")


class StopPicker(LinkPicker):
    """Chooses the page or step that a stop of a session shows."""

    def __init__(self, window: MainWindow, page: Page, done: Callable[[str, str], None]) -> None:
        super().__init__(window, page, "", lambda _: None)
        self.given = done
        self.field.setPlaceholderText("Type what the stop is to show: a step, a page, a level")

    def refused(self, goal: str) -> str:
        web = goal.startswith(("http:", "https:", "mailto:", "tel:"))
        return "A stop shows a page or step of this library, so that it can be presented." * web

    def give(self, goal: str, title: str) -> None:
        self.given(goal, title)
