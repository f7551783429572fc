"""Saving to the library: what is still to be put right, whether it is a small change, and why it was made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QLineEdit

from desktop.dialogs.base import Dialog
from desktop.editor.roles import offer_roles
from desktop.widgets.basics import Button, label
from desktop.widgets.choices import Circle
from knowledge.problems import Problem, Severity

if TYPE_CHECKING:
    from desktop.editor.editing import Look
    from desktop.window import MainWindow
    from knowledge.saving.versions import Change
    from knowledge.substance import Weight

# An error of these sorts would hide what is urgent from readers, so it cannot be overridden.
HIDES = frozenset(
    """callout-no-quote callout-no-mark callout-inside no-red-flags urgent-no-timeframe html-hides
    fence-open comment-open front-unclosed nhs-number versions-mixed no-steps""".split()
)


class SavePage(Dialog):
    """Asks what readers and colleagues will want to know, in two lines."""

    def __init__(
        self, window: MainWindow, look: Look, weight: Weight, done: Callable[[Change], None]
    ) -> None:
        super().__init__(window, "Save to library", 600, 560)
        self.done_with = done
        self.errors = [p for p in look.problems if p.severity is Severity.ERROR]
        self.body.addWidget(
            label(f"Everyone who uses this library will see {look.page.title}.", "lead")
        )
        self.override = QLineEdit()
        if self.errors:
            self._say_errors()
        self.small = Circle("A small change: spelling, layout, a link")
        self.large = Circle("A change of substance: a threshold, a time, a way on, urgent words")
        self.group = QButtonGroup(self)
        for button in (self.small, self.large):
            self.group.addButton(button)
            self.body.addWidget(button)
        (self.large if weight.why else self.small).setChecked(True)
        self.small.setEnabled(not weight.certain)
        if weight.certain:
            self.body.addWidget(label(f"{weight.why}. That is always one of substance.", "small"))
        elif weight.why:
            self.body.addWidget(label(f"{weight.why}, so this seems one of substance.", "small"))
        if look.page.status.value == "approved":
            self.body.addWidget(
                label(
                    "A change of substance puts an approved page back to 'in check', until "
                    "another role than yours approves it.",
                    "small",
                )
            )
        self.why = self.ask_line(
            "Why, in one line", "For example: the cut-off follows the new guide"
        )
        self.who = self.ask_line("Your role or team", "For example: perinatal champion")
        self.who.setText(self.session.settings.get("role"))
        offer_roles(self.who, self.session)
        self.body.addWidget(
            label(
                "Write a role, not a name. It is kept as your role. Nobody checks it; it tells "
                "colleagues, and an approver has to be another.",
                "small",
            )
        )
        self.told = label("", "urgent")
        self.told.hide()
        self.above_feet(self.told)
        self.body.addStretch(1)
        save = Button("Save to library", "badge-check", "filled", self._save)
        save.setEnabled(not self.blocked)
        self.foot(Button("Go on writing", "pencil", "lined", self.reject), save)
        for field in (self.why, self.who):
            field.returnPressed.connect(self._save)
        self.why.setFocus()

    @property
    def blocked(self) -> list[Problem]:
        return [p for p in self.errors if p.code in HIDES]

    def _say_errors(self) -> None:
        count = len(self.errors)
        many = "1 thing has" if count == 1 else f"{count} things have"
        self.body.addWidget(label(f"{many} to be put right:", "urgent"))
        for problem in self.errors[:5]:
            self.body.addWidget(label(f"Line {problem.line}. {problem.message}."))
        if count > 5:
            self.body.addWidget(label(f"And {count - 5} more.", "small"))
        if self.blocked:
            words = (
                "This would hide urgent words or show what must not be shown, "
                "so it has to be put right first. Your draft is kept."
            )
            self.body.addWidget(label(words, "strong"))
            return
        self.override.setAccessibleName("Why it should be saved as it is")
        self.override.setPlaceholderText("Why it should be saved as it is")
        self.body.addWidget(self.override)

    def _save(self) -> None:
        from knowledge.saving.versions import Change

        why, over = self.why.text().strip(), self.override.text().strip()
        if self.blocked:
            return
        if self.errors and not over:
            self._tell("Say why it should be saved with things to put right.", self.override)
            return
        if not why:
            self._tell("Say in a few words why you made the change.", self.why)
            return
        self.session.settings.set("role", self.who.text().strip())
        reason = f"{why} (saved with {len(self.errors)} to put right: {over})" if over else why
        self.accept()
        self.done_with(Change(self.who.text().strip(), reason, self.large.isChecked()))

    def _tell(self, words: str, field: QLineEdit) -> None:
        self.told.setText(words)
        self.told.show()
        field.setFocus()
