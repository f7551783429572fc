"""What is wrong in the library, page by page, in plain words; Enter opens the page there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.places import page_place
from desktop.theme import theme
from desktop.views.listed import Listed
from desktop.widgets.basics import FlowLayout
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.painted import Chip
from knowledge.problems import Problem, Severity

if TYPE_CHECKING:
    from desktop.session import Changed, Session
    from knowledge.validate import Checked

SEVERITIES = {
    Severity.ERROR: ("To put right", "circle-alert", "urgent_ink"),
    Severity.WARNING: ("To check", "triangle-alert", "warn_ink"),
    Severity.NOTICE: ("To know", "info", "ink_muted"),
}
MOST = 2_000
FINE = "Nothing to put right. Every page holds to the rules."


class ProblemsView(Listed):
    """Follows the checks: what is mended goes from the list by itself."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, EntryList("Problems"), parent)
        self.chips_box = QWidget()
        self.chips = FlowLayout(self.chips_box)
        self.by: dict[Severity, Chip] = {}
        for severity, (words, _, _) in SEVERITIES.items():
            chip = self.by[severity] = Chip(words, 0)
            chip.clicked.connect(self.refresh)
            self.chips.addWidget(chip)
        self.hold(self.chips_box)
        session.problems_found.connect(self._found)

    def library_changed(self, changed: Changed) -> None:
        """The checks follow a change by themselves."""

    def _found(self, checked: Checked) -> None:
        self.refresh()

    def refresh(self) -> None:
        checked = self.session.checked
        if checked is None:
            self.head.say("Problems in the library", ["The pages are being checked"])
            self.nothing.hide()
            self.list.hide()
            return
        for severity, chip in self.by.items():
            chip.set_count(checked.count(severity))
        wanted = {severity for severity, chip in self.by.items() if chip.isChecked()}
        shown = [p for p in checked.problems if not wanted or p.severity in wanted]
        pages = len({problem.path for problem in shown})
        many = f"{len(shown)} on {pages} {'page' if pages == 1 else 'pages'}"
        first = f", the first {MOST} shown" if len(shown) > MOST else ""
        self.head.say("Problems in the library", [many + first if shown else "None"])
        self.list.put(self._entries(shown[:MOST]))
        self.nothing.setText(FINE if not checked.problems else "None of this sort.")
        self.nothing.setVisible(not shown)
        self.list.setVisible(bool(shown))

    def _entries(self, problems: Iterable[Problem]) -> list[Entry]:
        """A heading for each page, its gravest problem first."""
        by_page: dict[str, list[Problem]] = {}
        for problem in problems:
            by_page.setdefault(problem.path, []).append(problem)
        order = list(SEVERITIES)
        found: list[Entry] = []
        pages = sorted(
            by_page.items(), key=lambda item: min(order.index(p.severity) for p in item[1])
        )
        for path, these in pages:
            page = self.session.page(path)
            found.append(Entry(None, f"{page.title} ({path})" if page is not None else path))
            these.sort(key=lambda p: (order.index(p.severity), p.line))
            found += [self._entry(problem) for problem in these]
        return found

    @staticmethod
    def _entry(problem: Problem) -> Entry:
        words, icon, role = SEVERITIES[problem.severity]
        line = f"Line {problem.line}. " if problem.line > 1 else ""
        hint = f"{problem.hint.rstrip('.')}." if problem.hint else ""
        return Entry(
            page_place(problem.path, problem.anchor),
            problem.message,
            f"{line}{hint}".strip(),
            icon,
            words,
            icon,
            role,
        )

    def keep(self) -> dict[str, Any]:
        return {
            "scroll": self.list.verticalScrollBar().value(),
            "row": self.list.currentIndex().row(),
        }

    def restore(self, kept: dict[str, Any]) -> None:
        row = kept.get("row", 0)
        if isinstance(row, int) and 0 <= row < self.list.model_of.rowCount():
            self.list.setCurrentIndex(self.list.model_of.index(row))
        self.list.doItemsLayout()
        self.list.verticalScrollBar().setValue(kept.get("scroll", 0))

    def focus_first(self) -> None:
        target: QWidget = self.list if self.list.isVisibleTo(self) else self.by[Severity.ERROR]
        target.setFocus()

    def _fit(self) -> None:
        super()._fit()
        edge = theme().px(20)
        self.chips_box.setContentsMargins(edge, 0, edge, theme().px(8))
