"""The step beside the graph: red flags and whom to ask stay in view; the step, its ways on and its help scroll."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.graph.chart import Chart, ways_on
from desktop.graph.parts import IconLabel, Lead
from desktop.graph.prose import Prose
from desktop.icons import KIND_ICONS, STEP_ICONS
from desktop.theme import theme
from desktop.widgets.basics import Line, Scroller, clear_layout, label
from desktop.widgets.painted import Finger
from knowledge.hours import in_words
from knowledge.model import Kind, Page, Step

if TYPE_CHECKING:
    from desktop.session import Session

_BOX = re.compile(r"<td[^>]*>(?:<p class=\"callout-word\">.*?</p>)?(.*)</td>", re.DOTALL)
_KIND_ROLES = {"question": "q_edge", "referral": "r_edge", "urgent": "urgent_ink"}
_NOTES = {
    Kind.PATHWAY: "Pathway",
    Kind.THRESHOLD: "Threshold",
    Kind.CASESTUDY: "Case study",
    Kind.SESSION: "Session",
    Kind.PAGE: "Page",
}
_ORDER = (Kind.SERVICE, Kind.THRESHOLD, Kind.CASESTUDY, Kind.PATHWAY, Kind.SESSION, Kind.PAGE)
_STRENGTHS = {"unchecked": "To be checked locally", "local": "Holds for one area"}


class RedFlags(QFrame):
    """The urgent call-outs of the pathway, on every step. Never folded, never abridged."""

    link_taken = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("red-flags")
        self.setAccessibleName("Red flags at any step")
        self.head = IconLabel(
            "octagon-alert", "Red flags at any step", "urgent_ink", "heading", 700
        )
        self.prose = Prose(session, "Red flags")
        self.prose.link_taken.connect(self.link_taken)
        self.scroller = Scroller()
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.addWidget(self.head)
        self.column.addWidget(self.prose)
        self.column.addStretch(1)
        self.scroller.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 2, 2, 2)
        outer.addWidget(self.scroller)
        self.inside = inside
        theme().changed.connect(self._restyle)
        self._restyle()

    def show_page(self, page: Page) -> None:
        """The words of the page's red flags."""
        self.setVisible(bool(page.red_flags))
        if not page.red_flags:
            return
        renderer = self.session.renderer

        def words() -> str:
            found = []
            for note in page.red_flags:
                html = renderer.note(page, note)
                inner = _BOX.search(html)
                found.append(inner.group(1) if inner else html)
            return "".join(found)

        self.prose.show_text(words)

    def wanted_height(self) -> int:
        """How high the box must be to show everything."""
        self.column.activate()
        edge = theme().px(10)
        return self.head.minimumHeight() + self.prose.minimumHeight() + 2 * edge + theme().px(4) + 6

    def _restyle(self) -> None:
        look = theme()
        self.column.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(4))
        self.column.setSpacing(look.px(4))
        self.setStyleSheet(
            f"QFrame#red-flags {{ background: {look.colours['urgent_tint']};"
            f" border: 2px solid {look.colours['urgent']}; border-radius: {look.px(8)}px; }}"
        )


class StepPanel(QWidget):
    """Shows the chosen step of a chart."""

    way_taken = Signal(int)
    link_taken = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.chart: Chart | None = None
        self.key = ""
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Step")
        self.flags = RedFlags(session)
        self.kind = IconLabel("circle-question-mark", "", "q_edge", "body", 600)
        self.count = label("", "muted", wrap=False)
        self.lane = label("", "muted")
        self.title = label("", "title")
        self.limit = IconLabel("clock", "", "ink", "body", 700)
        self.prose = Prose(session, "What the step says")
        self.ways = QVBoxLayout()
        self.help = QVBoxLayout()
        self.line = Line()
        self.unsure = Lead("", "", "hand-helping")
        self.fingers: list[Finger] = []
        self.services: list[tuple[Lead, Page]] = []
        self._arrange()
        for part in (self.prose, self.flags):
            part.link_taken.connect(self.link_taken)
        self.flags.prose.grew.connect(self._fit_flags)
        self.unsure.clicked.connect(self._ask)
        self._clock = QTimer(self)
        self._clock.setInterval(60_000)
        self._clock.timeout.connect(self.tell_hours)
        self._clock.start()
        theme().changed.connect(self._restyle)
        self._restyle()

    def _arrange(self) -> None:
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.head = QHBoxLayout()
        self.head.addWidget(self.kind, 0)
        self.head.addWidget(self.count, 0)
        self.head.addWidget(self.lane, 1)
        self.lane.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.column.addLayout(self.head)
        for widget in (self.title, self.limit, self.prose):
            self.column.addWidget(widget)
        self.column.addLayout(self.ways)
        self.column.addWidget(self.line)
        self.column.addLayout(self.help)
        self.column.addStretch(1)
        self.scroller = Scroller(inside)
        self.outer = QVBoxLayout(self)
        self.outer.addWidget(self.flags)
        self.outer.addWidget(self.scroller, 1)
        self.foot = Line()
        self.outer.addWidget(self.foot)
        self.outer.addWidget(self.unsure)

    # -- showing ------------------------------------------------------------------------------

    def show_chart(self, chart: Chart) -> None:
        """What holds for every step of the pathway."""
        self.chart = chart
        self.key = ""
        self.flags.show_page(chart.page)
        library = self.session.library
        unsure = library.settings.unsure if library is not None else None
        self.unsure.setVisible(unsure is not None)
        self.foot.setVisible(unsure is not None)
        if unsure is not None:
            self.unsure.title = unsure.text
            self.unsure.set_note("")
            self.unsure.setProperty("page", unsure.page)
            self.unsure.setCursor(
                Qt.CursorShape.PointingHandCursor if unsure.page else Qt.CursorShape.ArrowCursor
            )

    def show_step(self, key: str, words: tuple[str, ...] = ()) -> None:
        """Show the step of a box."""
        chart = self.chart
        step = chart.step(key) if chart is not None else None
        if chart is None or step is None:
            return
        same = key == self.key
        self.key = key
        self.kind.say(
            STEP_ICONS[step.kind.value],
            step.kind.value.capitalize(),
            _KIND_ROLES.get(step.kind.value, "ink"),
        )
        exits = chart.exits(key)
        self.count.setText(f"Step {step.number} of {len(chart.keys)}")
        self.lane.setText(step.lane)
        box = chart.boxes[key]
        self.title.setText(box.title)
        self.limit.setVisible(bool(step.timeframe))
        self.limit.say("clock", step.timeframe)
        self.setAccessibleName(f"Step {step.number}: {box.title}, {ways_on(len(exits))}")
        self._show_words(chart.page, step, words)
        self._show_ways(chart, key)
        self._show_help(chart.page, step)
        if not same:
            self.scroller.verticalScrollBar().setValue(0)

    def _show_words(self, page: Page, step: Step, words: tuple[str, ...]) -> None:
        renderer = self.session.renderer

        def work() -> str:
            from knowledge.render import Options

            return renderer.section(page, step, Options(hits=words))

        self.prose.show_text(work)

    def _show_ways(self, chart: Chart, key: str) -> None:
        clear_layout(self.ways)
        self.fingers = []
        for way in chart.exits(key):
            box = chart.boxes[way.target]
            target = f"{box.word}: {way.title}" if box.word else way.title
            finger = Finger(way.number, way.condition, target, urgent=way.urgent, loop=way.loop)
            finger.clicked.connect(lambda _=False, n=way.number: self.way_taken.emit(n))
            self.ways.addWidget(finger)
            self.fingers.append(finger)

    def _show_help(self, page: Page, step: Step) -> None:
        """Services first, then thresholds, case studies and the rest; sources last."""
        clear_layout(self.help)
        self.services = []
        library = self.session.library
        if library is None:
            return
        named = [link.page for link in step.links if link.page and link.page != page.path]
        named += [found[0].path for name in page.related if (found := library.find(name))]
        taken = {way.page for way in step.ways}
        pages = [library.pages[p] for p in dict.fromkeys(named) if p in library.pages]
        pages = [p for p in pages if p.path not in taken and p.path != page.path]
        own = {link.page for link in step.links}
        for kind in _ORDER:
            for other in pages:
                if other.kind is kind and (other.path in own or kind is not Kind.SERVICE):
                    self._lead(other)
        self._sources(page, step)
        self.line.setVisible(self.help.count() > 0)
        self.tell_hours()

    def _lead(self, other: Page) -> None:
        service = other.kind is Kind.SERVICE
        row = Lead(
            other.title, _NOTES.get(other.kind, ""), KIND_ICONS[other.kind.value], strong=service
        )
        row.clicked.connect(lambda _=False, path=other.path: self.link_taken.emit(f"page:{path}"))
        self.help.addWidget(row)
        if service:
            self.services.append((row, other))

    def _sources(self, page: Page, step: Step) -> None:
        keys = dict.fromkeys(note.key for note in step.footnotes)
        found = {source.key: source for source in page.sources}
        sources = [found[key] for key in keys if key in found]
        if not sources:
            return
        head = label("Sources of this step", "strong")
        self.help.addWidget(head)
        for source in sources:
            year = f", {source.year}" if source.year else ""
            doubt = _STRENGTHS.get(source.strength.value, "")
            tail = f". {doubt}" if doubt else ""
            self.help.addWidget(label(f"[{source.key}] {source.title}{year}{tail}", "small"))

    def tell_hours(self) -> None:
        """Whether each service answers now."""
        for row, page in self.services:
            contact = page.contact
            row.set_note(in_words(contact.hours if contact else None, datetime.now()))

    def _ask(self) -> None:
        page = self.unsure.property("page")
        if page:
            self.link_taken.emit(f"page:{page}")

    # -- fitting ------------------------------------------------------------------------------

    def focus_ways(self) -> None:
        """Put the keyboard on the first way on, or on the words where there is none."""
        target = self.fingers[0] if self.fingers else self.prose
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: object) -> None:
        self._fit_flags()

    def _fit_flags(self) -> None:
        """The whole of the red flags, unless they would leave the step no room; then they scroll in their box."""
        wanted = self.flags.wanted_height()
        self.flags.setFixedHeight(min(wanted, max(theme().px(90), int(self.height() * 0.45))))

    def _restyle(self) -> None:
        look = theme()
        edge = look.px(14)
        self.outer.setContentsMargins(edge, look.px(10), edge, look.px(6))
        self.outer.setSpacing(look.px(8))
        self.column.setContentsMargins(0, 0, look.px(6), look.px(8))
        self.column.setSpacing(look.px(6))
        self.ways.setSpacing(look.px(8))
        self.help.setSpacing(look.px(2))
        self.head.setSpacing(look.px(10))
        self._fit_flags()
