"""The step beside the graph: red flags and whom to ask stay in view; the step, its ways on and its help scroll."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.graph.chart import Chart, ways_on
from desktop.graph.parts import IconLabel, Lead
from desktop.graph.prose import Prose
from desktop.graph.routes import Routes
from desktop.icons import KIND_ICONS, STEP_ICONS
from desktop.places import page_place
from desktop.theme import theme
from desktop.widgets.basics import Button, Line, Scroller, clear_layout, label
from desktop.widgets.painted import Finger
from knowledge.hours import in_words
from knowledge.model import Kind, Page, Step

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.settings import StripItem

_BOX = re.compile(r"<td[^>]*>(?:<p class=\"callout-word\">.*?</p>)?(.*)</td>", re.DOTALL)
_KEY = re.compile(r" ?<a class=\"source\"[^>]*>[^<]*</a>")
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


class FlagWords(Prose):
    """The words of red flags, their links in the same red."""

    def sheet(self) -> str:
        ink = theme().colours["urgent_ink"]
        return f"{super().sheet()}\na {{ color: {ink}; font-weight: 700; }}"


class RedFlags(QFrame):
    """The urgent call-outs of the pathway, on every step. Never folded, never abridged."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("red-flags")
        self.setAccessibleName("Red flags at any step")
        self.head = IconLabel(
            "octagon-alert", "Red flags at any step", "urgent_ink", "heading", 700
        )
        self.prose = FlagWords(session, "Red flags at any step")
        self.scroller = Scroller()
        self.scroller.bar(False)
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
                words = inner.group(1) if inner else html
                found.append(_KEY.sub("", words))  # the keys stand with the page's sources
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
    term_asked = Signal(str, QRect)  # a word of the glossary, and where on the screen it stands
    outside_asked = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.chart: Chart | None = None
        self.key = ""
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Step")
        self.flags = RedFlags(session)
        self.flags_inside = RedFlags(session)  # where not even they can be pinned
        self.page_title = label("", "strong")  # where the page's head has no room of its own
        self.page_title.hide()
        self.page_facts = label("", "small")
        self.page_facts.hide()
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
        self.unsure_inside = Lead("", "", "hand-helping")  # where there is little room
        self.routes = Routes(session)
        self.source_rows: dict[str, QWidget] = {}
        self.small = False
        self.fingers: list[Finger] = []
        self.services: list[tuple[Lead, Page]] = []
        self._arrange()
        for part in (self.prose, self.flags.prose, self.flags_inside.prose):
            part.term_asked.connect(self.term_asked)
            part.outside_asked.connect(self.outside_asked)
            part.source_asked.connect(self._show_source)
        for box in (self.flags, self.flags_inside):
            box.prose.grew.connect(self._fit_flags)
        for row in (self.unsure, self.unsure_inside):
            row.clicked.connect(self._ask)
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
        top = Qt.AlignmentFlag.AlignTop
        self.head.addWidget(self.kind, 0, top)
        self.head.addWidget(self.count, 0, top)
        self.head.addWidget(self.lane, 1, top)
        self.lane.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.column.addWidget(self.flags_inside)
        self.column.addWidget(self.page_title)
        self.column.addLayout(self.head)
        for widget in (self.title, self.limit, self.prose):
            self.column.addWidget(widget)
        self.column.addLayout(self.ways)
        self.column.addWidget(self.line)
        self.column.addLayout(self.help)
        self.column.addWidget(self.unsure_inside)
        self.column.addWidget(self.page_facts)
        self.column.addStretch(1)
        self.scroller = Scroller(inside)
        self.routes_scroller = Scroller(self.routes)
        self.outer = QVBoxLayout(self)
        self.outer.addWidget(self.flags)
        self.outer.addWidget(self.scroller, 1)
        self.outer.addWidget(self.routes_scroller, 1)
        self.routes_scroller.hide()
        self.more = Button("", "chevron-down", "link", self._reveal_ways)
        self.outer.addWidget(self.more)
        self.scroller.verticalScrollBar().valueChanged.connect(self._say_more)
        self.scroller.verticalScrollBar().rangeChanged.connect(self._say_more)
        self.foot = Line()
        self.outer.addWidget(self.foot)
        self.outer.addWidget(self.unsure)

    # -- showing ------------------------------------------------------------------------------

    def show_chart(self, chart: Chart) -> None:
        """What holds for every step of the pathway."""
        self.chart = chart
        self.key = ""
        for box in (self.flags, self.flags_inside):
            box.show_page(chart.page)
        library = self.session.library
        self._unsure = library.settings.unsure if library is not None else None
        for row in (self.unsure, self.unsure_inside):
            row.title = self._unsure.text if self._unsure is not None else ""
            row.set_note("")
        self.show_routes(False)
        self._fit_small()

    _unsure: StripItem | None = None

    def say_page(self, title: str, facts: str) -> None:
        """What the page's head has no room to say."""
        self.page_title.setText(title)
        self.page_title.setVisible(bool(title))
        self.page_facts.setText(facts)
        self.page_facts.setVisible(bool(facts))

    def _say_more(self) -> None:
        """Ways on that lie out of sight are told of, and a press brings them into view."""
        below = [f for f in self.fingers if f.y() + f.height() // 2 > self._foot_of_view()]
        count = len(below)
        words = f"{count} {'way' if count == 1 else 'ways'} on, further down"
        urgent = sum(f.urgent for f in below)
        if urgent:
            words = f"{words}, {'urgent' if urgent == count else f'{urgent} of them urgent'}"
        if count and self.more.text() != words:
            self.more.set_icon("octagon-alert" if urgent else "chevron-down")
            self.more.setText(words)
            self.more.setAccessibleName(words)
        roomy = self.height() >= theme().px(220)
        self.more.setVisible(count > 0 and roomy and not self.scroller.isHidden())

    def _foot_of_view(self) -> int:
        return self.scroller.verticalScrollBar().value() + self.scroller.viewport().height()

    def _reveal_ways(self) -> None:
        if self.fingers:
            self.scroller.reveal(self.fingers[-1])
            self.scroller.reveal(self.fingers[0])
            self.fingers[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_routes(self, on: bool) -> None:
        """The ways between two steps in the place of the step; the red flags stay."""
        self.routes_scroller.setVisible(on)
        self.scroller.setVisible(not on)
        self._say_more()

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
        self._lane = step.lane
        self._say_lane()
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

    _lane = ""
    _route = ""

    def show_route(self, steps: int) -> None:
        """Say how long the route is, where no card by the graph says so."""
        self._route = f"Your route: {steps} steps" if steps > 1 else ""
        self._say_lane()

    def _say_lane(self) -> None:
        self.lane.setText(" · ".join(part for part in (self._lane, self._route) if part))

    def _show_words(self, page: Page, step: Step, words: tuple[str, ...]) -> None:
        renderer = self.session.renderer
        options = replace(self.session.reading(), hits=words)

        def work() -> str:
            return renderer.section(page, step, options)

        self.prose.show_text(work)

    def _show_ways(self, chart: Chart, key: str) -> None:
        held = next((n for n, finger in enumerate(self.fingers) if finger.hasFocus()), -1)
        if held >= 0:
            self.prose.setFocus()  # else Qt looks for the next control itself, and scrolls to it
        clear_layout(self.ways)
        self.fingers = []
        for way in chart.exits(key):
            box = chart.boxes[way.target]
            target = f"{box.word}: {way.title}" if box.word else way.title
            finger = Finger(way.number, way.condition, target, urgent=way.urgent, loop=way.loop)
            finger.clicked.connect(lambda _=False, n=way.number: self.way_taken.emit(n))
            self.ways.addWidget(finger)
            self.fingers.append(finger)
        if 0 <= held < len(self.fingers):
            self.fingers[held].setFocus()

    def _show_help(self, page: Page, step: Step) -> None:
        """Services first, then thresholds, case studies and the rest; sources last."""
        clear_layout(self.help)
        self.services, self.source_rows = [], {}
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
        row.clicked.connect(lambda _=False, path=other.path: self.session.go(page_place(path)))
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
            row = label(f"[{source.key}] {source.title}{year}{tail}", "small")
            self.source_rows[source.key] = row
            self.help.addWidget(row)

    def tell_hours(self) -> None:
        """Whether each service answers now."""
        for row, page in self.services:
            contact = page.contact
            row.set_note(in_words(contact.hours if contact else None, self.session.now()))

    def _ask(self) -> None:
        if self._unsure is not None and self._unsure.page:
            self.session.go_to(self._unsure.page)

    def _show_source(self, anchor: str) -> None:
        """A key in the text was pressed: its source comes into view."""
        row = self.source_rows.get(anchor.removeprefix("source-"))
        if row is not None:
            self.scroller.reveal(row)

    # -- fitting ------------------------------------------------------------------------------

    def focus_ways(self) -> None:
        """Put the keyboard on the first way on, or on the words where there is none."""
        target = self.fingers[0] if self.fingers else self.prose
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: object) -> None:
        self._fit_small()

    def _fit_small(self) -> None:
        """Where the panel is low, only the red flags stay pinned, without a heading of their own."""
        self.small = self.height() < theme().px(330)
        self.unsure.setVisible(self._unsure is not None and not self.small)
        self.foot.setVisible(self._unsure is not None and not self.small)
        self.unsure_inside.setVisible(self._unsure is not None and self.small)
        self.flags.head.setVisible(not self.small)
        tiny = self.height() < theme().px(150)
        flagged = self.chart is not None and bool(self.chart.page.red_flags)
        self.flags.setVisible(flagged and not tiny)
        self.flags_inside.setVisible(flagged and tiny)
        self._fit_flags()
        self._say_more()

    def _fit_flags(self) -> None:
        """The whole of the red flags, unless they would leave the step no room; then they scroll in their box."""
        wanted = self.flags.wanted_height()
        most = max(theme().px(60), int(self.height() * (0.36 if self.small else 0.42)))
        self.flags.scroller.bar(wanted > most)
        self.flags.setFixedHeight(min(wanted, most))
        self.flags_inside.setFixedHeight(self.flags_inside.wanted_height())

    _scale = 1.0

    def _restyle(self) -> None:
        look = theme()
        bar = self.scroller.verticalScrollBar()
        bar.setValue(round(bar.value() * look.scale / self._scale))  # the same words stay in view
        self._scale = look.scale
        edge = look.px(14)
        self.outer.setContentsMargins(edge, look.px(10), edge, look.px(6))
        self.outer.setSpacing(look.px(8))
        self.column.setContentsMargins(0, 0, look.px(6), look.px(8))
        self.column.setSpacing(look.px(6))
        self.ways.setSpacing(look.px(8))
        self.help.setSpacing(look.px(2))
        self.head.setSpacing(look.px(10))
        self._fit_flags()
