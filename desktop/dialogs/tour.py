"""Three cards that show the way, and can be skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.dialogs.base import Dialog
from desktop.icons import pixmap
from desktop.widgets.basics import Button, label

if TYPE_CHECKING:
    from desktop.window import MainWindow

CARDS = (
    (
        "search",
        "Say what you have seen or heard",
        "Type it as you would say it to a colleague: mum hears voices, baby not gaining. Answers come while you type. "
        "Ctrl+K brings you to the box from anywhere. Do not type names.",
    ),
    (
        "route",
        "Follow the pathway, step by step",
        "A pathway is drawn as a graph. You choose each way on; the step beside it says what to do and whom to ring. "
        "Go back at any time and try the other branch.",
    ),
    (
        "octagon-alert",
        "The urgent way is always in sight",
        "The strip at the foot of every screen says whom to ring when life is at risk. What ships is sample content: "
        "your team adds its numbers and approves the pages.",
    ),
)


class Tour(Dialog):
    """One card at a time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "Ten seconds to the right page", 520, 360)
        self.number = 0
        self.picture = QLabel()
        self.title = label("", "heading")
        self.words = label("", "lead")
        self.count = label("", "small")
        for widget in (self.picture, self.title, self.words):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.body.addWidget(self.count)
        self.skip = Button("Skip", "", "lined", self.accept)
        self.before = Button("Back", "arrow-left", "lined", lambda: self._show(self.number - 1))
        self.next = Button("Next", "arrow-right", "filled", self._next)
        self.foot(self.skip, self.before, self.next)
        self._show(0)
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        self.finished.connect(lambda _: self.session.settings.set("tour_done", True))

    def _next(self) -> None:
        if self.number == len(CARDS) - 1:
            self.accept()
        else:
            self._show(self.number + 1)

    def _show(self, number: int) -> None:
        self.number = number
        icon, title, words = CARDS[number]
        role = "urgent_ink" if icon == "octagon-alert" else "accent"
        self.picture.setPixmap(pixmap(icon, role, 40, self.devicePixelRatioF()))
        self.title.setText(title)
        self.words.setText(words)
        self.count.setText(f"Card {number + 1} of {len(CARDS)}")
        self.before.setEnabled(number > 0)
        last = number == len(CARDS) - 1
        self.next.setText("Start" if last else "Next")
        self.next.setAccessibleName(self.next.text())
        self.skip.setVisible(not last)
