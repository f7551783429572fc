"""What one stop of a session says, as fields; each is written into the words when it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from desktop.editor.details import Short
from desktop.theme import theme
from desktop.widgets.basics import Button, FlowLayout, label
from desktop.widgets.choices import Tick

if TYPE_CHECKING:
    from knowledge.editing.change import Edit
    from knowledge.model import Page, Stop


class StopForm(QWidget):
    """Tells what is to be changed, as a function of the page and the stop."""

    asked = Signal(object)  # Callable[[Page, Stop], Edit]
    goal_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("The chosen stop")
        self.stop: Stop | None = None
        self.column = QVBoxLayout(self)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.troubles = label("", "warn")
        self.goal = label("", "small")
        self.other = Button("Show something else", "link", "link", self.goal_asked.emit)
        self.minutes = QSpinBox()
        self.minutes.setRange(0, 999)
        self.minutes.setSuffix(" minutes")
        self.minutes.setSpecialValueText("No time set")
        self.minutes.setKeyboardTracking(False)
        self.minutes.setAccessibleName("Minutes")
        self.covered = Tick("Covered at first")
        self.covered.setAccessibleDescription(
            "The room is asked before it is shown what comes next"
        )
        row = QWidget()
        flow = FlowLayout(row, space=12)
        flow.addWidget(self.minutes)
        flow.addWidget(self.covered)
        for part in (self.troubles, self.goal, self.other, row):
            self.column.addWidget(part)
        self.ask = self._text("Ask the room", lambda: self._said("ask"))
        self.outcome = self._text("Outcome, uncovered by you", lambda: self._said("outcome"))
        self.notes = self._text("Notes for the trainer alone", self._noted)
        self.minutes.valueChanged.connect(lambda _: self._planned())
        self.covered.toggled.connect(lambda _: self._planned())
        theme().changed.connect(self._fit)
        self._fit()

    def _text(self, words: str, done: object) -> Short:
        field = Short(done)  # type: ignore[arg-type]
        field.setAccessibleName(words)
        named = label(words, "small")
        named.setBuddy(field)
        self.column.addWidget(named)
        self.column.addWidget(field)
        return field

    def _fit(self) -> None:
        look = theme()
        self.column.setContentsMargins(0, look.px(4), look.px(8), look.px(8))
        self.column.setSpacing(look.px(4))
        for field, high in ((self.ask, 62), (self.outcome, 62), (self.notes, 96)):
            field.setFixedHeight(look.px(high))

    def show_stop(self, stop: Stop | None, goal: str, troubles: list[str]) -> None:
        """What the words say now; a field that is being written in stays as it is."""
        from knowledge.editing.stops import trainer_words

        fresh = stop is None or self.stop is None or stop.link != self.stop.link
        self.stop = stop
        self.setEnabled(stop is not None)
        self.troubles.setText("\n".join(troubles))
        self.troubles.setVisible(bool(troubles))
        self.goal.setText(f"Shows: {goal}" if goal else "")
        if stop is None:
            return
        for box in (self.minutes, self.covered):
            box.blockSignals(True)
        self.minutes.setValue(stop.minutes)
        self.covered.setChecked(stop.covered)
        for box in (self.minutes, self.covered):
            box.blockSignals(False)
        for field, words in (
            (self.ask, stop.ask),
            (self.outcome, stop.outcome),
            (self.notes, trainer_words(stop)),
        ):
            if field.toPlainText() != words and (fresh or not field.hasFocus()):
                field.setPlainText(words)

    def _planned(self) -> None:
        from knowledge.editing.stops import set_plan

        minutes, covered = self.minutes.value(), self.covered.isChecked()
        self.asked.emit(lambda page, stop: set_plan(page, stop, minutes, covered))

    def _said(self, key: str) -> None:
        from knowledge.editing.stops import set_said

        field, before = (self.ask, "ask") if key == "ask" else (self.outcome, "outcome")
        words = field.toPlainText()
        if self.stop is None or words == getattr(self.stop, before):
            return

        def change(page: Page, stop: Stop) -> Edit:
            return set_said(page, stop, key, words)

        self.asked.emit(change)

    def _noted(self) -> None:
        from knowledge.editing.stops import set_notes, trainer_words

        words = self.notes.toPlainText()
        if self.stop is None or words == trainer_words(self.stop):
            return

        def change(page: Page, stop: Stop) -> Edit:
            return set_notes(page, stop, words)

        self.asked.emit(change)
