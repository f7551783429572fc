"""What every dialog has in common: a title, a column, a close button, Esc, and the ring of the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.theme import theme
from desktop.widgets.basics import Button, Scroller, label
from desktop.widgets.focus import FocusRing

if TYPE_CHECKING:
    from desktop.window import MainWindow

_TURNS = {
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}
"""Keys that read on, whichever button has the keyboard."""


class Dialog(QDialog):
    """Modal to its window; grows with its words and scrolls when the screen is too small for them."""

    def __init__(self, window: MainWindow, title: str, width: int = 560, height: int = 520) -> None:
        super().__init__(window)
        self.window_ = window
        self.session = window.session
        self.setWindowTitle(title)
        self.setModal(True)
        look = theme()
        screen = window.screen().availableSize()
        wanted = QSize(look.px(width), look.px(height))
        self.resize(wanted.boundedTo(QSize(screen.width() - 24, screen.height() - 24)))
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        edge = look.px(20)
        self.body.setContentsMargins(edge, edge, edge, look.px(8))
        self.body.setSpacing(look.px(10))
        self.body.addWidget(label(title, "title"))
        self.feet = QHBoxLayout()
        self.feet.setContentsMargins(edge, look.px(8), edge, look.px(12))
        self.feet.setSpacing(look.px(8))
        self.feet.addStretch(1)
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.outer.setSpacing(0)
        self.scroller = Scroller(self.inside)
        self.outer.addWidget(self.scroller, 1)
        self.outer.addLayout(self.feet)
        self.ring = FocusRing(self)

    def ask_line(self, words: str, sample: str = "") -> QLineEdit:
        """A line to be filled in, and above it what is asked for."""
        field = QLineEdit()
        field.setAccessibleName(words)
        field.setPlaceholderText(sample)
        self.body.addWidget(label(words, "strong"))
        self.body.addWidget(field)
        return field

    def read_by_keyboard(self) -> None:
        """There are only words inside: they take the keyboard, so that the arrows scroll them."""
        self.scroller.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.scroller.setAccessibleName(self.windowTitle())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turn = _TURNS.get(Qt.Key(event.key()))
        if turn is None:
            super().keyPressEvent(event)
        else:
            self.scroller.verticalScrollBar().triggerAction(turn)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """What Tab comes to from outside the column is scrolled to as well; Qt does so only inside."""
        moved = super().focusNextPrevChild(forward)
        on = self.focusWidget()
        if moved and on is not None and self.inside.isAncestorOf(on):
            self.scroller.reveal(on)
        return moved

    def above_feet(self, words: QWidget) -> None:
        """Why something cannot be done, in view wherever the fields are scrolled to."""
        edge = theme().px(20)
        words.setContentsMargins(edge, theme().px(8), edge, 0)
        self.outer.insertWidget(1, words)

    def foot(self, *buttons: Button) -> None:
        for button in buttons:
            self.feet.addWidget(button)
