"""Choosing the folder the pages are in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from desktop.dialogs.base import Dialog
from desktop.widgets.basics import Button, label
from knowledge.places import shipped_library

if TYPE_CHECKING:
    from desktop.window import MainWindow


class ChooseLibrary(Dialog):
    """The starter library, or a folder of the team's own."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "Which library?", 560, 320)
        self.body.addWidget(
            label("A library is a folder of pages. Your team can keep its own on a shared drive.")
        )
        self.body.addWidget(label(f"Open now: {self.session.root}", "small"))
        self.body.addWidget(Button("Choose a folder", "folder-open", "filled", self._choose))
        self.body.addWidget(Button("Use the starter library", "signpost", "lined", self._starter))
        self.body.addStretch(1)
        self.foot(Button("Close", "x", "lined", self.reject))

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, "Choose the folder with your pages", str(self.session.root)
        )
        if folder:
            self.accept()
            self.session.choose(Path(folder))

    def _starter(self) -> None:
        self.accept()
        self.session.choose(shipped_library())
