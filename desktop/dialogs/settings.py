"""The few settings, each explained, each with a way back to how it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from desktop.dialogs.base import Dialog
from desktop.searches import clear
from desktop.settings import SETTINGS, Setting
from desktop.theme import system_theme, theme
from desktop.widgets.basics import Button, Combo, label
from desktop.widgets.painted import breakable
from knowledge.places import shipped_library

if TYPE_CHECKING:
    from desktop.window import MainWindow

BACK = "Put back as it was"
SHOWN = ("theme", "scale", "search_history", "start")


class SettingsDialog(Dialog):
    """Changes hold at once; there is nothing to confirm."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "Settings", 600, 560)
        self.boxes: dict[str, QComboBox] = {}
        self.backs: dict[str, Button] = {}
        self._library()
        for name in SHOWN:
            self._row(SETTINGS[name])
            if name == "search_history":
                wipe = Button("Clear kept searches now", "trash-2", "lined", self._clear)
                self.body.addWidget(wipe, 0, Qt.AlignmentFlag.AlignLeft)
        self._role(SETTINGS["role"])
        self.body.addStretch(1)
        self.foot(Button("Close", "x", "filled", self.accept))

    def _library(self) -> None:
        setting = SETTINGS["library"]
        self.body.addWidget(label(setting.words, "heading"))
        self.body.addWidget(label(setting.help, "small"))
        self.body.addWidget(label(breakable(str(self.session.root))))
        other = Button("Choose another folder", "folder-open", "lined", self._choose)
        usual = Button(BACK, "rotate-ccw", "link", self._usual_library)
        usual.setAccessibleName(f"{setting.words}: {BACK.lower()}")
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, theme().px(6))
        inside.addWidget(other)
        inside.addWidget(usual)
        inside.addStretch(1)
        self.body.addWidget(row)
        usual.setVisible(self.session.root != shipped_library())

    def _usual_library(self) -> None:
        """Back to the library that came with the program."""
        self.accept()
        self.session.choose(shipped_library())

    def _choose(self) -> None:
        self.accept()
        self.window_.do_open_library()

    def _role(self, setting: Setting) -> None:
        self.role = QLineEdit(self.session.settings.get(setting.name))
        self.role.setAccessibleName(setting.words)
        self.role.setAccessibleDescription(setting.help)
        self.role.editingFinished.connect(
            lambda: self.session.settings.set(setting.name, self.role.text().strip())
        )
        self.body.addWidget(label(setting.words, "heading"))
        self.body.addWidget(label(setting.help, "small"))
        self.body.addWidget(self.role)

    def _row(self, setting: Setting) -> None:
        self.body.addWidget(label(setting.words, "heading"))
        self.body.addWidget(label(setting.help, "small"))
        box = Combo()
        box.setAccessibleName(setting.words)
        box.setAccessibleDescription(setting.help)
        for value, words in setting.choices:
            box.addItem(words, value)
        usual = Button(BACK, "rotate-ccw", "link", lambda: self._reset(setting.name))
        usual.setAccessibleName(f"{setting.words}: {BACK.lower()}")
        self.boxes[setting.name], self.backs[setting.name] = box, usual
        box.activated.connect(lambda _: self._set(setting.name))
        row = QWidget()
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, theme().px(6))
        inside.addWidget(box, 1)
        inside.addWidget(usual)
        self.body.addWidget(row)
        self._show(setting.name)

    def _show(self, name: str) -> None:
        box = self.boxes[name]
        value = self.session.settings.get(name)
        box.setCurrentIndex(max(box.findData(value), 0))
        self.backs[name].setVisible(value != SETTINGS[name].default)

    def _set(self, name: str) -> None:
        self.session.settings.set(name, self.boxes[name].currentData())
        self._show(name)
        self._hold(name)

    def _reset(self, name: str) -> None:
        self.session.settings.reset(name)
        self.boxes[name].setFocus()  # the button goes, the keyboard stays in its row
        self._show(name)
        self._hold(name)

    def _hold(self, name: str) -> None:
        value = self.session.settings.get(name)
        if name == "theme":
            theme().set(system_theme() if value == "system" else value)
        elif name == "scale":
            theme().set(scale=value)
        elif name == "search_history" and not value:
            self._clear()

    def _clear(self) -> None:
        clear(self.session)
        self.session.told.emit("Kept searches are cleared.")
