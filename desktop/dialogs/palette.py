"""Ctrl+Shift+P: type what you want done. Reads the same table as the menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from desktop.actions import COMMANDS, Command
from desktop.dialogs.base import Dialog
from desktop.icons import icon
from desktop.widgets.basics import Button, label

if TYPE_CHECKING:
    from desktop.window import MainWindow


def matching(words: str) -> list[Command]:
    """Commands that hold every typed word, those that begin with it first."""
    asked = words.casefold().split()
    found: list[tuple[int, int, Command]] = []
    for place, command in enumerate(COMMANDS):
        text = f"{command.text} {command.group} {command.words}".casefold()
        if command.id != "palette" and all(word in text for word in asked):
            first = 0 if asked and command.text.casefold().startswith(asked[0]) else 1
            found.append((first, place, command))
    return [command for _, _, command in sorted(found, key=lambda f: f[:2])]


class Palette(Dialog):
    """Arrows choose, Enter does."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "What do you want to do?", 560, 480)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Type a few letters, such as print or dark")
        self.field.setAccessibleName("What do you want to do?")
        self.list = QListWidget()
        self.list.setAccessibleName("Commands")
        self.list.setMinimumHeight(240)
        self.body.addWidget(self.field)
        self.nothing = label("", "muted")
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.list, 1)
        self.foot(Button("Close", "x", "lined", self.reject))
        self.field.textChanged.connect(self._fill)
        self.field.installEventFilter(self)
        self.field.returnPressed.connect(self._do)
        self.list.itemActivated.connect(lambda _: self._do())
        self.list.itemClicked.connect(lambda _: self._do())
        self._fill("")
        self.field.setFocus()

    def _fill(self, words: str) -> None:
        self.list.clear()
        found = matching(words)
        possible = [command for command in found if self.window_.can(command)]
        self.nothing.setVisible(not possible)
        self.nothing.setText(self._why_nothing(found))
        for command in possible:
            keys = f"   {command.keys[0]}" if command.keys else ""
            item = QListWidgetItem(icon(command.icon or "chevron-right"), f"{command.text}{keys}")
            item.setData(Qt.ItemDataRole.UserRole, command)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _why_nothing(self, found: list[Command]) -> str:
        if not found:
            return "Nothing is called so. Try another word."
        first = "Stop editing first. " if self.window_.tab.place.kind == "edit" else ""
        return f"Not possible here: {found[0].text}. {first}".strip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if by is not None and self.list.count():
                self.list.setCurrentRow((self.list.currentRow() + by) % self.list.count())
                return True
        return super().eventFilter(watched, event)

    def _do(self) -> None:
        item = self.list.currentItem()
        self.accept()
        if item is not None:
            command: Command = item.data(Qt.ItemDataRole.UserRole)
            QTimer.singleShot(0, lambda: self.window_.do(command))
