"""A short line above the urgent strip that says what was done. Never for mistakes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from desktop.theme import theme

STAYS_MS = 8_000


class Toast(QLabel):
    """One at a time, for eight seconds or until clicked."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName("toast")
        self.setWordWrap(True)
        self.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self.hide)

    def say(self, words: str) -> None:
        look = theme()
        self.setText(words)
        self.setAccessibleName(words)
        ink, ground = look.colours["canvas"], look.colours["ink"]
        edge = look.px(10)
        self.setStyleSheet(
            f"background: {ground}; color: {ink}; border-radius: {look.px(6)}px; padding: {edge}px;"
        )
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        # Loading these takes longer than painting a window, and the first paint needs no toast.
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _place(self) -> None:
        """Above the urgent strip, also when that moves or grows while this is shown."""
        look, window = theme(), self.window()
        self.setMaximumWidth(max(window.width() - look.px(32), 200))
        self.adjustSize()
        strip = window.findChild(QWidget, "urgent-strip")
        if strip is not None:
            strip.installEventFilter(self)
        floor = strip.y() if strip is not None else window.height()
        self.move(look.px(16), floor - self.height() - look.px(16))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place()
        return False

    def hideEvent(self, event: object) -> None:
        strip = self.window().findChild(QWidget, "urgent-strip")
        if strip is not None:
            strip.removeEventFilter(self)

    def mousePressEvent(self, event: object) -> None:
        self.hide()
