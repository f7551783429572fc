"""Where a way on may lead: the steps of this page first, then pages of the library; typing finds more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.theme import theme
from desktop.widgets.basics import label
from desktop.widgets.painted import text_height
from knowledge.editing.graph import Goal
from knowledge.editing.words import link_to
from knowledge.model import Kind

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.model import Page
    from search.hits import Answer

_ROLE = Qt.ItemDataRole.UserRole
_FIRST = (Kind.PATHWAY, Kind.SERVICE, Kind.THRESHOLD)  # what ways on lead to, as a rule
_WORDS = {
    Kind.PATHWAY: "Pathway",
    Kind.SERVICE: "Service",
    Kind.THRESHOLD: "Threshold",
    Kind.CASESTUDY: "Case study",
    Kind.SESSION: "Session",
    Kind.PAGE: "Page",
}


class WholeLines(QListWidget):
    """A list whose entries are as high as their words need: long ones are broken, never cut."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def put(self, words: str, data: object) -> None:
        item = QListWidgetItem(words)
        item.setData(_ROLE, data)
        self.addItem(item)
        self._measure(item)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in range(self.count()):
            self._measure(self.item(row))

    def _measure(self, item: QListWidgetItem) -> None:
        look = theme()
        room = max(look.px(80), self.viewport().width() - look.px(26))
        high = text_height(look.font("body"), item.text(), room)
        item.setSizeHint(QSize(look.px(60), high + look.px(10)))


class Goals(QWidget):
    """A field and a list. Arrows in the field choose in the list."""

    taken = Signal()  # Enter, or a double click

    def __init__(self, session: Session, page: Page, without: str = "") -> None:
        """`without` is the name for links of a step that cannot be chosen."""
        super().__init__()
        self.session, self.page, self.without = session, page, without
        self.field = QLineEdit()
        self.field.setPlaceholderText("Type a few letters of a step or a page")
        self.field.setAccessibleName("Find a step or a page")
        self.list = WholeLines("Steps of this pathway, then pages of the library")
        self.list.setMinimumHeight(theme().px(150))
        self.told = label("", "small")
        self.told.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        for part in (self.field, self.list, self.told):
            column.addWidget(part)
        self.field.textChanged.connect(self._fill)
        self.field.returnPressed.connect(self.taken)
        self.field.installEventFilter(self)
        self.list.itemActivated.connect(lambda _: self.taken.emit())
        self._fill("")

    def goal(self) -> Goal | None:
        """What is chosen."""
        item = self.list.currentItem()
        found: Goal | None = item.data(_ROLE) if item is not None else None
        return found

    def choose(self, target: str) -> None:
        """Have this one chosen, if it is in the list."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_ROLE).target == target:
                self.list.setCurrentRow(row)
                return

    def _fill(self, words: str) -> None:
        self.list.clear()
        typed = words.strip().casefold()
        for step in self.page.steps:
            if step.anchor != self.without and typed in step.title.casefold():
                self._add(f"Step {step.number}: {step.title}", f"#{step.anchor}", step.title)
        library = self.session.library
        pages = list(library.pages.values()) if library is not None else []
        for kind in Kind if typed else _FIRST:
            for other in sorted(pages, key=lambda page: page.title.casefold()):
                if (
                    other.kind is kind
                    and other.path != self.page.path
                    and typed in other.title.casefold()
                ):
                    goal = link_to(self.page.path, other.path)
                    self._add(f"{_WORDS[kind]}: {other.title}", goal, other.title)
        self.list.setCurrentRow(0 if typed else -1)
        self.told.hide()
        if typed:
            self.session.search(words, self._answered, limit=8)

    def _answered(self, answer: Answer) -> None:
        known = {self.list.item(n).data(_ROLE).target for n in range(self.list.count())}
        for hit in answer.hits:
            goal = link_to(self.page.path, hit.page, hit.anchor)
            if goal not in known and hit.page != self.page.path:
                inside = bool(hit.heading and hit.anchor)
                shown = f"{hit.title}: {hit.heading}" if inside else hit.title
                self._add(shown, goal, hit.heading if inside else hit.title)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.told.setText("No step and no page says that. Try fewer letters.")
        self.told.setVisible(not self.list.count())

    def _add(self, shown: str, target: str, words: str) -> None:
        self.list.put(shown, Goal(target, words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if by is not None and self.list.count():
                row = self.list.currentRow() + by
                self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
                return True
        return super().eventFilter(watched, event)
