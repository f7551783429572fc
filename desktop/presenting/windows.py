"""What both windows of a show have in common: the show ends when a person closes either."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget


class ShowWindow(QWidget):
    """Tells when a person closes it, not when the show does."""

    closed = Signal()
    _ending = False

    def end(self) -> None:
        self._ending = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        if not self._ending:
            self.closed.emit()
