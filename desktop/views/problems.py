"""What is wrong in the library, page by page, in plain words; Enter opens the page there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.crumbs import HOME_CRUMB
from desktop.places import Place, page_place
from desktop.theme import theme
from desktop.views.base import View
from desktop.widgets.basics import FlowLayout, label
from desktop.widgets.entries import Entry, EntryList
from desktop.widgets.pagehead import HeadAndList, PageHead
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


class ProblemsView(View):
    """Follows the checks: what is mended goes from the list by itself."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.head = PageHead()
        self.head.say_up(HOME_CRUMB)
        self.head.up_asked.connect(session.go)
        self.chips_box = QWidget()
        self.chips = FlowLayout(self.chips_box)
        self.by: dict[Severity, Chip] = {}
        for severity, (words, _, _) in SEVERITIES.items():
            chip = self.by[severity] = Chip(words, 0)
            chip.clicked.connect(self.refresh)
            self.chips.addWidget(chip)
        self.list = EntryList("Problems")
        self.list.opened.connect(session.go)
        self.nothing = label("", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HeadAndList([self.head, self.chips_box, self.nothing], self.list))
        session.problems_found.connect(self._found)
        theme().changed.connect(self._fit)
        self._fit()

    def show_place(self, place: Place) -> None:
        self.place = place
        self.refresh()

    def show_library(self, library: object) -> None:
        self.refresh()

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        edge = look.px(20)
        self.chips_box.setContentsMargins(edge, 0, edge, look.px(8))
        self.nothing.setContentsMargins(edge, look.px(20), edge, look.px(20))
