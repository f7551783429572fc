"""When a service is open, asked day by day; nobody has to know how it is written in the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.dialogs.base import Dialog
from desktop.widgets.basics import Button, FlowLayout, label
from desktop.widgets.choices import Tick
from knowledge.editing.fields import set_hours
from knowledge.errors import KnowledgeError
from knowledge.hours import DAY_NAMES, HoursError, as_week, of_week
from knowledge.model import Hours

if TYPE_CHECKING:
    from desktop.window import MainWindow
    from knowledge.editing.change import Edit
    from knowledge.model import Page

HINT = (
    "For example: 09:00 to 17:00, or 9am to 12:30, 13:15 to 17:00. "
    "Leave a day empty, or write closed, when nobody answers."
)


class HoursForm(Dialog):
    """Seven days and the bank holidays. `done` makes the change; a sentence when it cannot be made."""

    def __init__(
        self, window: MainWindow, hours: Hours | None, done: Callable[[Hours | None], str]
    ) -> None:
        super().__init__(window, "Opening hours", 560, 660)
        self.done_with = done
        self.always = Tick("Open day and night, every day")
        self.always.toggled.connect(self._fit)
        self.body.addWidget(self.always)
        self.week = QWidget()
        rows = FlowLayout(self.week, space=6)
        self.hint = label(HINT, "small")
        self.body.addWidget(self.hint)
        self.days: list[QLineEdit] = []
        for name in DAY_NAMES:
            self.days.append(self._field(name))
        same = Button("Tuesday to Friday as on Monday", "copy", "lined", self._as_on_monday)
        rows.addWidget(same)
        self.body.insertWidget(self.body.indexOf(self.days[0]) + 1, self.week)
        self.holidays = self._field("Bank holidays")
        self.holidays.setPlaceholderText("For example: closed, or ring the out of hours team")
        self.told = label("", "strong")
        self.told.hide()
        self.above_feet(self.told)
        self.body.addStretch(1)
        does = Button("Change the hours", "check", "filled", self.take)
        self.foot(Button("Cancel", "x", "lined", self.reject), does)
        self._show(hours)
        (self.always if self.always.isChecked() else self.days[0]).setFocus()

    def _field(self, words: str) -> QLineEdit:
        field = self.ask_line(words)
        field.returnPressed.connect(self.take)
        return field

    def _show(self, hours: Hours | None) -> None:
        if hours is None:
            return
        self.always.setChecked(hours.always)
        for field, words in zip(self.days, as_week(hours), strict=True):
            field.setText(words)
        self.holidays.setText(hours.bank_holidays)

    def _fit(self) -> None:
        for field in (self.week, *self.days, self.holidays):
            field.setEnabled(not self.always.isChecked())

    def _as_on_monday(self) -> None:
        for field in self.days[1:5]:
            field.setText(self.days[0].text())

    def take(self) -> None:
        """Do it, or say why not; the form stays open then."""
        sentence = ""
        if self.always.isChecked():
            sentence = self.done_with(Hours(always=True))
        else:
            try:
                hours = of_week([f.text() for f in self.days], self.holidays.text().strip())
            except HoursError as error:
                day = self.days[error.offset]
                day.setFocus()
                day.selectAll()
                sentence = f"{DAY_NAMES[error.offset]}: {error.message}. Write it as 09:00 to 17:00, or closed."
            else:
                sentence = self.done_with(hours)
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))
        if not sentence:
            self.accept()


def ask_hours(
    window: MainWindow, now: Hours | None, change: Callable[[Callable[[Page], Edit]], object]
) -> None:
    """Show the form; what is answered becomes one change of the text."""

    def done(hours: Hours | None) -> str:
        if hours == now:
            return ""
        try:
            change(lambda page: set_hours(page, hours))
        except KnowledgeError as error:
            return str(error)
        return ""

    HoursForm(window, now, done).open()
