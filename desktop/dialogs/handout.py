"""A handout of a session or pathway: with or without the answers, looked at first, then printed or saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.printing import Printing
from desktop.handout import Handout
from desktop.widgets.switch import Switch

if TYPE_CHECKING:
    from PySide6.QtGui import QPagedPaintDevice

    from desktop.printing import Paper
    from knowledge.model import Page


class HandoutDialog(Printing):
    """The same sheets as when printing, made to be taken away by those who were there."""

    title = "Handout"
    told = (
        "The trainer's notes are never on it. Without answers it has lines to write on. "
        "Every sheet has the red flags and its stamp."
    )

    def choices(self) -> None:
        self.answers = Switch(
            "Answers",
            [
                ("without", "Without answers", "pencil"),
                ("with", "With answers", "eye"),
            ],
        )
        self.answers.show_choice("without")
        self.answers.chosen.connect(self._choose)
        self.answers.setVisible(self.page is not None and bool(self.page.stops))
        self.body.addWidget(self.answers)

    def _choose(self, which: str) -> None:
        self.answers.show_choice(which)
        self.preview.updatePreview()

    @property
    def with_answers(self) -> bool:
        return self.answers.choice() == "with"

    def sheets(self, device: QPagedPaintDevice, page: Page) -> Paper:
        library = self.session.library
        assert library is not None
        return Handout(
            device,
            page,
            library,
            self.session.renderer,
            answers=self.with_answers,
            today=self.session.now().date(),
        )

    @property
    def file_name(self) -> str:
        stem = self.page.id if self.page is not None else "session"
        return f"handout-{stem}{'-with-answers' if self.with_answers else ''}.pdf"
