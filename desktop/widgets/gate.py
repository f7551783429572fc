"""Stands before a page whose review is long overdue: it is shown to those who say they have seen this."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme import theme
from desktop.widgets.basics import Button, Scroller, label
from knowledge.dates import in_words
from knowledge.text import plain

if TYPE_CHECKING:
    from knowledge.model import Page


class Gate(Scroller):
    """What is overdue and since when; the page's red flags stand here too, because they never wait."""

    def __init__(self, done: Callable[[], None]) -> None:
        inside = QWidget()
        super().__init__(inside)
        self.inside = inside
        self.setAccessibleName("This page is overdue for review")
        self.title = label("", "heading")
        self.words = label("")
        self.flags = label("", "urgent")
        self.button = Button("I have seen this. Show the page", "eye", "filled", done)
        self.column = QVBoxLayout(inside)
        for part in (self.title, self.words, self.flags):
            self.column.addWidget(part)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        self.column.setContentsMargins(look.px(20), look.px(24), look.px(20), look.px(16))
        self.column.setSpacing(look.px(12))
        self.inside.setMaximumWidth(look.px(760))

    def show_page(self, page: Page) -> None:
        since = in_words(page.review_by) if page.review_by is not None else ""
        self.title.setText(f"This page should have been reviewed by {since}")
        who = f"with its owner, {page.owner}," if page.owner else "with your champion"
        self.words.setText(
            "More than 90 days have passed since then, so its facts may no longer hold. "
            f"Check {who} before you rely on it. "
            "You will be asked once a day until it has been reviewed."
        )
        flags = "\n\n".join(plain(note.body) for note in page.red_flags)
        self.flags.setText(f"Red flags on this page: {flags}" if flags else "")
        self.flags.setVisible(bool(flags))
