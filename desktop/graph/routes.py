"""All ways between two steps, or from a step to a service, listed with their conditions and lit in the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.graph.chart import Chart
from desktop.graph.lit import Lit
from desktop.graph.parts import IconLabel, Lead
from desktop.theme import theme
from desktop.widgets.basics import Button, clear_layout, label
from knowledge.model import Kind
from knowledge.text import plain

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.graph import Route
    from knowledge.model import Page

SHOWN = 12


class Routes(QWidget):
    """From the step that was chosen; to the box that is chosen next, or a service named here."""

    lit = Signal(object)  # Lit: what the graph shows
    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.chart: Chart | None = None
        self.start = ""
        self.goal = ""  # key of a box, or path of a service
        self.found: tuple[Route, ...] = ()
        self.setAccessibleName("Ways between two steps")
        self.head = IconLabel("git-fork", "Ways between two steps", "ink", "heading", 700)
        self.said = label("")
        self.list = QVBoxLayout()
        self.done = Button("Back to the step", "arrow-left", "lined", self.closed.emit)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.head, self.said):
            self.column.addWidget(widget)
        self.column.addLayout(self.list)
        self.column.addWidget(self.done)
        self.column.addStretch(1)

    def begin(self, chart: Chart, start: str) -> None:
        """Ask for the goal."""
        self.chart, self.start, self.goal, self.found = chart, start, "", ()
        self.said.setText(
            f"From “{_named(chart, start)}”, choose where to: a step in the graph or outline"
            + (", or a service." if self._services() else ".")
        )
        clear_layout(self.list)
        for page in self._services():
            row = Lead(page.title, "Service", "phone")
            row.clicked.connect(lambda _=False, path=page.path: self.to(path))
            self.list.addWidget(row)
        self.lit.emit(Lit(chosen=start))

    def _services(self) -> list[Page]:
        """The services that steps of this pathway name."""
        library, chart = self.session.library, self.chart
        if library is None or chart is None:
            return []
        paths = dict.fromkeys(link.page for step in chart.page.steps for link in step.links)
        pages = [library.pages[path] for path in paths if path in library.pages]
        return sorted((p for p in pages if p.kind is Kind.SERVICE), key=lambda p: p.title)

    def to(self, goal: str) -> None:
        """Find every way to a box or a service, off the screen's thread."""
        chart, library, start = self.chart, self.session.library, self.start
        if chart is None or library is None or goal == start:
            return
        self.goal = goal
        page, here = chart.page, chart.boxes[start].anchor

        def work() -> tuple[Route, ...]:
            from knowledge.graph import routes, routes_to_service

            if goal not in chart.boxes:
                return routes_to_service(library, page, here, goal)
            box = chart.boxes[goal]
            if box.number:
                return routes(page, here, box.anchor)
            node = f"{box.page}#{box.anchor}" if box.anchor else box.page
            return routes(page, here, node)

        self.session.tasks.run(work, self._show, key=f"routes-{id(self)}", lane="work")

    def _show(self, found: tuple[Route, ...]) -> None:
        chart = self.chart
        if chart is None:
            return
        self.found = found
        clear_layout(self.list)
        there = self._goal_name(chart)
        count = f"{len(found)} ways" if len(found) != 1 else "1 way"
        ends = f"from “{_named(chart, self.start)}” to “{there}”"
        self.said.setText(f"{count} {ends}:" if found else f"No way leads {ends}.")
        for number, route in enumerate(found[:SHOWN], 1):
            many = f"{len(route)} steps" if len(route) != 1 else "1 step"
            row = Lead(f"Way {number}", many, "route")
            row.clicked.connect(lambda _=False, r=route: self.light((r,)))
            self.list.addWidget(row)
            words = label("\n".join(self._lines(chart, route)))
            words.setContentsMargins(theme().px(26), 0, 0, theme().px(6))
            row.setAccessibleDescription(words.text().replace("\n", ", "))
            self.list.addWidget(words)
        if len(found) > SHOWN:
            self.list.addWidget(label(f"And {len(found) - SHOWN} longer ways.", "muted"))
        self.light(found)

    def _goal_name(self, chart: Chart) -> str:
        if self.goal in chart.boxes:
            return _named(chart, self.goal)
        page = self.session.page(self.goal)
        return page.title if page is not None else self.goal

    def _lines(self, chart: Chart, route: Route) -> list[str]:
        lines = []
        for node, condition in route.stops:
            key = chart.key_of(node)
            page = self.session.page(node.partition("#")[0])
            title = _named(chart, key) if key else page.title if page is not None else node
            lines.append(f"{title} → {plain(condition)}" if condition else title)
        return lines

    def light(self, routes: tuple[Route, ...]) -> None:
        """Light these ways in the graph, all others stand back."""
        chart = self.chart
        if chart is None:
            return
        boxes, ways = {self.start}, set()
        for route in routes:
            for place, (node, condition) in enumerate(route.stops[:-1]):
                key, onto = chart.key_of(node), route.stops[place + 1][0]
                boxes.add(key)
                for way in chart.exits(key):
                    target = chart.boxes[way.target]
                    node_of = target.anchor if target.number else _away(target.page, target.anchor)
                    if node_of == onto and way.condition == plain(condition):
                        ways.add(way.way)
                        boxes.add(way.target)
            boxes.add(chart.key_of(route.stops[-1][0]))
        boxes.discard("")
        self.lit.emit(
            Lit(walked=True, route=frozenset(boxes), route_ways=frozenset(ways), chosen=self.start)
        )


def _away(page: str, anchor: str) -> str:
    return f"{page}#{anchor}" if anchor else page


def _named(chart: Chart, key: str) -> str:
    box = chart.boxes[key]
    return f"{box.number}. {box.title}" if box.number else box.title
