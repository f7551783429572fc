"""What is shown for a page that is not there, or not there any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.places import HOME, Place
from desktop.theme import theme
from desktop.views.base import View
from desktop.widgets.basics import Button, label

if TYPE_CHECKING:
    from desktop.session import Session


class MissingView(View):
    """One sentence, one thing to do."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        look = theme()
        self.words = label("", "heading")
        self.back = Button("Go to Home", "house", "filled", lambda: session.go(HOME))
        body = QVBoxLayout(self)
        body.setContentsMargins(look.px(36), look.px(48), look.px(36), look.px(16))
        body.setSpacing(look.px(16))
        body.addWidget(self.words)
        body.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        body.addStretch(1)

    def show_place(self, place: Place) -> None:
        self.place = place
        reading = self.session.library is None and not self.session.lost
        said = (
            "The library is being read."
            if reading
            else f"The page {place.page} is not in this library. It may have been renamed, moved or put in the bin."
        )
        self.words.setText(said)

    def focus_first(self) -> None:
        self.back.setFocus()
