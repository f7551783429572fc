"""A switch of two or three segments: which of several ways to look at the same thing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from desktop.icons import icon_before_words
from desktop.theme import theme


class Switch(QWidget):
    """One segment is on at any time. Left and right arrows go from one to the next."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: list[tuple[str, str, str]]) -> None:
        """`choices` are (id, words, icon)."""
        super().__init__()
        self.setAccessibleName(name)
        self.icons = {key: picture for key, _, picture in choices}
        self.buttons: dict[str, QPushButton] = {}
        self.group = QButtonGroup(self)
        self.group.setExclusive(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for key, words, _ in choices:
            button = QPushButton(words)
            button.setProperty("look", "lined")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(words)
            button.setAccessibleDescription(name)
            button.clicked.connect(lambda _=False, k=key: self.chosen.emit(k))
            self.group.addButton(button)
            self.buttons[key] = button
            row.addWidget(button)
        theme().changed.connect(self._restyle)
        self._restyle()

    def show_choice(self, key: str) -> None:
        self.buttons[key].setChecked(True)

    def choice(self) -> str:
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    def _restyle(self) -> None:
        look = theme()
        c = look.colours
        sheet = (
            f"QPushButton:checked {{ background: {c['accent']}; color: {c['on_accent']}; "
            f"border-color: {c['accent']}; }} QPushButton {{ border-radius: 0px; }}"
        )
        for key, button in self.buttons.items():
            button.setStyleSheet(sheet)
            picture, size = icon_before_words(self.icons[key], checked="on_accent")
            button.setIcon(picture)
            button.setIconSize(size)
            button.setMinimumHeight(look.px(24))
