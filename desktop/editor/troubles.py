"""What is to be put right on the page, in sentences, each with a way there and, where it is safe, a mend."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.editor.details import ASKED
from desktop.icons import pixmap
from desktop.theme import theme
from desktop.widgets.basics import Button, FlowLayout, Line, Scroller, clear_layout, label
from knowledge.problems import Problem, Severity

_ICONS = {
    Severity.ERROR: ("circle-alert", "urgent", "Mistake"),
    Severity.WARNING: ("triangle-alert", "warn", "Check this"),
    Severity.NOTICE: ("info", "ink_muted", "To know"),
}
MOST = 40
_ADD = re.compile(r"Add (?:a line )?(?:such as )?'(?P<key>\w+):[^']*'(?: at the top)?")


class Troubles(QWidget):
    """The list, gravest first. Nothing here is anybody's fault; it says what to do."""

    go_asked = Signal(int)  # line
    mend_asked = Signal(object)  # Problem

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("What to put right")
        self.title = label("", "heading")
        self.inside = QWidget()
        self.list = QVBoxLayout(self.inside)
        self.list.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.scroller = Scroller(self.inside)
        self.outer = QVBoxLayout(self)
        self.outer.addWidget(self.title)
        self.outer.addWidget(self.scroller, 1)
        self.problems: tuple[Problem, ...] = ()
        self.holds: Callable[[int], bool] = lambda line: (
            False
        )  # a line that is not shown, in the form instead
        theme().changed.connect(self._fit)
        self._fit()
        self.show_problems(())

    def _fit(self) -> None:
        look = theme()
        self.outer.setContentsMargins(look.px(14), look.px(8), look.px(6), 0)
        self.list.setContentsMargins(0, 0, look.px(8), look.px(8))
        self.list.setSpacing(look.px(8))
        self._fill()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        order = list(Severity)
        found = sorted(problems, key=lambda p: (order.index(p.severity), p.line))
        if found and tuple(found) == self.problems:
            return
        self.problems = tuple(found)
        self._fill()

    def again(self) -> None:
        """The details are hidden now, or shown."""
        self._fill()

    def _fill(self) -> None:
        where = self.scroller.verticalScrollBar().value()
        clear_layout(self.list)
        self.title.setText(counted(self.problems))
        for problem in self.problems[:MOST]:
            self.list.addWidget(self._entry(problem))
            self.list.addWidget(Line())
        more = len(self.problems) - MOST
        if more > 0:
            self.list.addWidget(label(f"And {more} more below these.", "small"))
        self.scroller.verticalScrollBar().setValue(where)

    def _entry(self, problem: Problem) -> QWidget:
        look = theme()
        name, role, word = _ICONS[problem.severity]
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        sign = QLabel()
        sign.setPixmap(pixmap(name, role, 16, self.devicePixelRatioF()))
        sign.setAccessibleName(word)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(look.px(4))
        hidden = self.holds(problem.line)
        where = "Details" if hidden else f"Line {problem.line}"
        words.addWidget(label(f"{where}. {problem.message}.", "strong"))
        if problem.hint:
            hint = _ADD.sub(_fill_in, problem.hint) if hidden else problem.hint
            words.addWidget(label(_closed(hint), "small"))
        buttons = QWidget()
        flow = FlowLayout(buttons, space=6)
        there = Button("Go there", "", "lined", lambda: self.go_asked.emit(problem.line))
        there.setAccessibleDescription(problem.message)
        flow.addWidget(there)
        if problem.fix is not None:
            mend = Button(problem.fix.label, "", "lined", lambda: self.mend_asked.emit(problem))
            mend.setAccessibleDescription(f"Puts line {problem.line} right")
            flow.addWidget(mend)
        words.addWidget(buttons)
        row.addLayout(words, 1)
        return entry


def _fill_in(found: re.Match[str]) -> str:
    """The line to be added, as the field of the form that it is."""
    asked = ASKED.get(found["key"])
    return found.group() if asked is None else f"Fill in '{asked}'"


def _closed(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else words + "."


def counted(problems: tuple[Problem, ...]) -> str:
    """How many things are to be put right, notices apart."""
    count = sum(p.severity is not Severity.NOTICE for p in problems)
    if not count:
        return "Nothing to put right"
    return "1 thing to put right" if count == 1 else f"{count} things to put right"
