"""F1: every key, from the table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.actions import COMMANDS
from desktop.dialogs.base import Dialog
from desktop.theme import theme
from desktop.widgets.basics import Button, label

if TYPE_CHECKING:
    from desktop.window import MainWindow

GRAPH_KEYS = (
    ("Arrows", "Follow the ways on"),
    ("1 to 9", "Take a way on"),
    ("Enter", "Open the step"),
    ("Backspace", "One step back"),
    ("F", "Fit the whole pathway"),
    ("O", "Outline"),
)


class Keys(Dialog):
    """Read only; Esc closes it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "Keys", 620, 600)
        groups: dict[str, list[tuple[str, str]]] = {}
        for command in COMMANDS:
            if command.keys:
                groups.setdefault(command.group, []).append(
                    (" or ".join(command.keys), command.text)
                )
        groups["In a pathway's graph"] = list(GRAPH_KEYS)
        font = theme().font("body", 600)
        every = [keys for rows in groups.values() for keys, _ in rows]
        wide = max(map(QFontMetrics(font).horizontalAdvance, every)) + theme().px(12)
        for group, rows in groups.items():
            self.body.addWidget(label(group, "heading"))
            box = QWidget()
            grid = QGridLayout(box)
            grid.setContentsMargins(0, 0, 0, theme().px(8))
            grid.setColumnMinimumWidth(0, wide)  # the same in every group
            grid.setColumnStretch(1, 1)
            for number, (keys, words) in enumerate(rows):
                grid.addWidget(label(keys, "strong", wrap=False), number, 0)
                grid.addWidget(label(words), number, 1)
            self.body.addWidget(box)
        self.body.addStretch(1)
        self.read_by_keyboard()
        self.foot(Button("Close", "x", "filled", self.accept))
