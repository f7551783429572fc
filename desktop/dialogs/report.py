"""The report of a mistake in an earlier run: read it, copy it, delete it. Nothing is sent."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from desktop.dialogs.base import Dialog
from desktop.theme import theme
from desktop.widgets.basics import Button, label

if TYPE_CHECKING:
    from desktop.crash import Watch
    from desktop.window import MainWindow

LOW, HIGH = 230, 460  # with its words alone, and with the report below them
WORDS = (
    "Fingerpost came upon a mistake of its own, and what was open has been brought back. A report was written "
    "on this computer. It holds no page you read and nothing you searched for, and it is sent nowhere. "
    "You can copy it for whoever looks after the program."
)


class CrashReport(Dialog):
    """Offers the newest report. Esc leaves it for the next start; only its button deletes it."""

    def __init__(self, window: MainWindow, watch: Watch) -> None:
        super().__init__(window, "Something went wrong last time", 620, LOW)
        self.reports = watch.waiting()
        try:
            text = self.reports[0].read_text("utf-8") if self.reports else ""
        except OSError:
            text = "The report could not be read."
        self.body.addWidget(label(WORDS))
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("The report")
        self.text.setMinimumHeight(theme().px(160))
        self.text.hide()
        self.body.addWidget(self.text, 1)
        self.body.addStretch(0)
        self.show_it = Button("Show the report", "eye", "lined", self._show)
        self.copy = Button("Copy", "copy", "lined", self._copy)
        self.remove = Button("Delete and close", "trash-2", "filled", self._delete)
        self.foot(self.show_it, self.copy, self.remove)
        self.show_it.setFocus()  # and not what cannot be brought back

    def _show(self) -> None:
        self.text.show()
        room = self.window_.screen().availableSize().height() - 24
        self.resize(self.width(), min(max(self.height(), theme().px(HIGH)), room))
        self.text.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.session.told.emit("Copied: the report")

    def _delete(self) -> None:
        for report in self.reports:
            with contextlib.suppress(OSError):
                report.unlink()
        self.accept()
