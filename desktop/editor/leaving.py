"""The window is to be closed and words could not be kept: what then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from desktop.dialogs.base import Dialog
from desktop.editor.desk import desk_of
from desktop.widgets.basics import Button, label

if TYPE_CHECKING:
    from desktop.window import MainWindow


class Unkept(Dialog):
    """Nothing is lost without somebody saying so."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "Your words are not kept yet", 560, 320)
        self.body.addWidget(label(desk_of(self.session).trouble, "lead"))
        self.body.addWidget(label("They stand in this window only. Closing it would lose them."))
        self.body.addStretch(1)
        stay = Button("Stay", "arrow-left", "filled", self.reject)
        self.foot(
            Button("Close and lose them", "", "lined", self._close),
            Button("Copy them", "copy", "lined", self._copy),
            stay,
        )
        stay.setFocus()

    def _copy(self) -> None:
        texts = [e.text() for e in desk_of(self.session).pages.values() if e.differs]
        QGuiApplication.clipboard().setText("\n\n".join(texts))
        self.session.told.emit("Copied. Paste the words into another program to keep them.")

    def _close(self) -> None:
        self.accept()
        self.window_.leaving = True
        self.window_.close()
