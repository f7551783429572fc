"""The step beside the graph: red flags, urgent ways on and whom to ask stay in view; the rest of the step scrolls."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.graph.chart import Chart, ways_on
from desktop.graph.flags import FlagLine, Pinned, RedFlags
from desktop.graph.parts import IconLabel, Lead
from desktop.graph.prose import Prose
from desktop.graph.routes import Routes
from desktop.graph.told import NOTES, further_down, helping, to_pin, told_of
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

_KIND_ROLES = {"question": "q_edge", "referral": "r_edge", "urgent": "urgent_ink"}
_ROOMY, _READ = 165, 135  # what is left for the step below red flags as designed, or others
_PINS = 90  # what is left of it above ways that are pinned, or three fifths where it is very low
_LEAST = 60  # less than this of a step is no step
_LOW = 400  # effective height of a window: below it everything stands closer


class StepPanel(QWidget):
    """Shows the chosen step of a chart."""

    way_taken = Signal(int)
    term_asked = Signal(str, QRect)  # a word of the glossary, and where on the screen it stands
    outside_asked = Signal(str)
    flags_told = Signal()  # the links of the red flags are known

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.flag_links: list[tuple[str, str]] = []
        self.chart: Chart | None = None
        self.key = ""
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Step")
        self.flags = RedFlags(session)
        self.flags_tight = RedFlags(session, tight=True)
        self.flags_inside = RedFlags(session, tight=True)  # where the box cannot stay in view
        self.flag_line = FlagLine()
        self.page_title = label("", "small")  # where the page's head has no room of its own
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
        self.unsure = Lead("", "", "hand-helping", shrinks=True)
        self.unsure_inside = Lead("", "", "hand-helping")  # where there is little room
        self.routes = Routes(session)
        self.source_rows: dict[str, QWidget] = {}
        self.fingers: list[Finger] = []
        self.pinned: list[Pinned] = []
        self.services: list[tuple[Lead, Page]] = []
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(150)
        self._again = QTimer(self)  # another size or width breaks other lines, once all have it
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self._fit_flags)
        self._arrange()
        self._connect()
        theme().changed.connect(self._restyle)
        self._restyle()

    def _connect(self) -> None:
        boxes = (self.flags, self.flags_tight, self.flags_inside)
        for part in (self.prose, *(box.prose for box in boxes)):
            part.term_asked.connect(self.term_asked)
            part.outside_asked.connect(self.outside_asked)
            part.source_asked.connect(self._show_source)
        for box in boxes:
            box.prose.shown.connect(self._words_came)
            box.prose.shown.connect(self._again.start)
            box.prose.grew.connect(self._again.start)
        self.prose.shown.connect(self._words_came)
        self.flags.prose.shown.connect(self._tell_links)
        self.flag_line.asked.connect(self.show_flags)
        self.flag_line.followed.connect(self.flags.prose.follow)
        for row in (self.unsure, self.unsure_inside):
            row.clicked.connect(self._ask)
        self._clock = QTimer(self)
        self._clock.setInterval(60_000)
        self._clock.timeout.connect(self.tell_hours)
        self._clock.start()

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
        self.scroller.setMinimumHeight(1)  # what is pinned goes first
        self.routes_scroller = Scroller(self.routes)
        self.outer = QVBoxLayout(self)
        for part in (self.flags, self.flags_tight, self.flag_line):
            self.outer.addWidget(part)
        self.outer.addWidget(self.scroller, 1)
        self.outer.addWidget(self.routes_scroller, 1)
        self.routes_scroller.hide()
        self.pins = QVBoxLayout()
        self.outer.addLayout(self.pins)
        self.more = Button("", "chevron-down", "link", self._reveal_ways)
        self.scroller.verticalScrollBar().valueChanged.connect(self._say_more)
        self.scroller.verticalScrollBar().rangeChanged.connect(self._say_more)
        self.scroller.verticalScrollBar().rangeChanged.connect(self._settle)
        self.foot = Line()
        self.outer.addWidget(self.foot)
        self.last = QBoxLayout(QBoxLayout.Direction.TopToBottom)  # one row where both have room
        self.last.addWidget(self.more)
        self.last.addWidget(self.unsure)
        self.outer.addLayout(self.last)

    # -- showing ------------------------------------------------------------------------------

    def show_chart(self, chart: Chart) -> None:
        """What holds for every step of the pathway."""
        self.chart = chart
        self.key = ""
        self._flagged = bool(chart.page.red_flags)
        self.flags.show_page(chart.page)
        self.flags_tight.offer(chart.page)
        self.flags_inside.offer(chart.page)
        library = self.session.library
        self._unsure = library.settings.unsure if library is not None else None
        for row in (self.unsure, self.unsure_inside):
            row.title = self._unsure.text if self._unsure is not None else ""
            row.set_note("")
        self.show_routes(False)
        for part in (self.kind, self.count, self.lane, self.title, self.prose):
            part.setVisible(bool(chart.keys))
        if not chart.keys:
            self._show_none()
        self._fit_room()

    def _show_none(self) -> None:
        """No step: nothing of another pathway may stand there."""
        self.setAccessibleName("Step")
        for layout in (self.ways, self.pins, self.help):
            clear_layout(layout)
        self.fingers, self.pinned, self.services, self.source_rows = [], [], [], {}
        for part in (self.limit, self.line):
            part.hide()

    _unsure: StripItem | None = None
    _flagged = False

    def say_page(self, title: str, facts: str) -> None:
        """What the page's head has no room to say."""
        self.page_title.setText(title)
        self.page_title.setVisible(bool(title))
        self.page_facts.setText(facts)
        self.page_facts.setVisible(bool(facts))

    def _say_more(self) -> None:
        """Urgent ways on out of sight are pinned; the others are told of, and a press brings them into view."""
        shown = not self.scroller.isHidden()
        foot = self._foot_of_view()
        below = [f for f in self.fingers if f.y() + f.height() // 2 > foot] if shown else []
        wide = self.scroller.width()
        pins = to_pin(self.fingers, self.pinned, foot, wide) if shown else []
        high = sum(pin.heightForWidth(wide) for pin in pins)
        if self._step_room - high < min(0.6 * self._step_room, theme().px(_PINS)):
            pins, high = [], 0
        for pin in self.pinned:
            pin.setVisible(pin in pins)
        words = further_down(below, bool(pins))
        if words and self.more.text() != words:
            self.more.set_icon("octagon-alert" if "urgent" in words else "chevron-down")
            self.more.setText(words)
            self.more.setAccessibleName(words)
        least = theme().px(_LEAST if "urgent" in words else 90)
        beside = self._beside()
        way = QBoxLayout.Direction
        self.last.setDirection(way.RightToLeft if beside else way.TopToBottom)
        self.more.setVisible(bool(words) and (beside or self._step_room - high >= least))

    def _beside(self) -> bool:
        """Whether ways out of sight are told of beside whom to ask, without a second line of either."""
        room = self.scroller.width() - self.more.sizeHint().width() - self.last.spacing()
        if self.foot.isHidden() or room <= 0:
            return False
        return self.unsure.heightForWidth(room) <= self.unsure.height()

    def _foot_of_view(self) -> int:
        return self.scroller.verticalScrollBar().value() + self.scroller.viewport().height()

    def _reveal_ways(self) -> None:
        if self.fingers:
            self._let_go()
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
            self._settling.start()
            self._to_step()

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
        if held >= 0 or any(pin.hasFocus() for pin in self.pinned):
            self.prose.setFocus()  # else Qt looks for the next control itself, and scrolls to it
        clear_layout(self.ways)
        clear_layout(self.pins)
        self.fingers, self.pinned = [], []
        for way in chart.exits(key):
            box = chart.boxes[way.target]
            target = f"{box.word}: {way.title}" if box.word else way.title
            finger = Finger(way.number, way.condition, target, urgent=way.urgent, loop=way.loop)
            finger.clicked.connect(lambda _=False, n=way.number: self.way_taken.emit(n))
            self.ways.addWidget(finger)
            self.fingers.append(finger)
            if way.urgent:
                self._pin(finger)
        if 0 <= held < len(self.fingers):
            self.fingers[held].setFocus()

    def _pin(self, finger: Finger) -> None:
        pin = Pinned(finger.number, finger.condition, finger.target, urgent=True, loop=finger.loop)
        pin.clicked.connect(lambda: self.way_taken.emit(finger.number))
        pin.hide()
        self.pins.addWidget(pin)
        self.pinned.append(pin)

    def _show_help(self, page: Page, step: Step) -> None:
        """Services first, then thresholds, case studies and the rest; sources last."""
        clear_layout(self.help)
        self.services, self.source_rows = [], {}
        library = self.session.library
        if library is None:
            return
        for other in helping(library, page, step):
            self._lead(other)
        self._sources(page, step)
        self.line.setVisible(self.help.count() > 0)
        self.tell_hours()

    def _lead(self, other: Page) -> None:
        service = other.kind is Kind.SERVICE
        row = Lead(
            other.title, NOTES.get(other.kind, ""), KIND_ICONS[other.kind.value], strong=service
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
            row = label(told_of(source), "small")
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
            self._let_go()
            self.scroller.reveal(row)

    # -- fitting ------------------------------------------------------------------------------

    def focus_ways(self) -> None:
        """Put the keyboard on the first way on, or on the words where there is none."""
        target = self.fingers[0] if self.fingers else self.prose
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_step(self) -> None:
        """Put the keyboard on what one begins with: the first way on, unless one must read to come to it."""
        first = self.fingers[0] if self.fingers else None
        if first is not None and first.visibleRegion().boundingRect() == first.rect():
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.prose.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Whoever moves on with Tab before a step has settled is followed, not brought back."""
        self._let_go()
        return super().focusNextPrevChild(forward)

    def _settle(self) -> None:
        """While the words of a new step come in, it stays at its beginning."""
        if self._settling.isActive() or self.scroller.verticalScrollBar().value() == self._put:
            self._to_step()

    _put = -1  # where the step was put, as long as nobody has gone elsewhere

    def _let_go(self) -> None:
        self._settling.stop()
        self._put = -1

    def _words_came(self) -> None:
        if self._settling.isActive():
            self._settling.start()  # they are laid out in the next turns
        self._fit_room()

    def show_flags(self) -> None:
        """Every word of the red flags, where they are not pinned."""
        self._let_go()
        self.scroller.verticalScrollBar().setValue(0)
        if not self.flags_inside.isHidden():
            self.flags_inside.prose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_step(self) -> None:
        """The step begins at the top of what scrolls; red flags that scroll with it lie above.

        Where kind and title do not both fit above what is pinned or told, the title goes first: it is the question.
        """
        self.column.activate()
        below = [part for part in (*self.pinned, self.more) if not part.isHidden()]
        pinned = sum(part.height() for part in below)
        scarce = not self.flags_inside.isHidden() or self._step_room - pinned < theme().px(_LEAST)
        top = self.kind.y() if scarce else 0
        if pinned and self.title.geometry().bottom() - top >= self.scroller.viewport().height():
            top = self.title.y()
        self.scroller.verticalScrollBar().setValue(top)
        self._put = self.scroller.verticalScrollBar().value()

    _step_room = 0

    def _tell_links(self) -> None:
        links = self.flags.prose.links()
        self.flag_links = [(link.words, link.address) for link in links]
        self.flag_line.show_links(self.flag_links)
        self.flag_line.words.text = self.flags.words()
        self.flags_told.emit()

    def resizeEvent(self, event: object) -> None:
        self._restyle()

    def _fit_room(self) -> None:
        """Red flags and whom to ask stay in view, and the step keeps some lines.

        The whole box as designed; else the same words in a tight one; else as many whole phrases as
        two lines or one hold, and a row that leads to every word; else that row alone.
        """
        look, gap = theme(), self.outer.spacing()
        edges = self.outer.contentsMargins()
        wide = max(1, self.width() - edges.left() - edges.right())
        self.unsure.setFixedHeight(self.unsure.heightForWidth(wide))
        unsure = self.unsure.height() + 1 + 2 * gap if self._unsure is not None else 0
        free = self.height() - edges.top() - edges.bottom() - unsure - gap
        full = self.flags.wanted_height(wide)
        as_designed = self._flagged and free - full >= look.px(_ROOMY)
        low = self._flagged and not as_designed
        tight = self.flags_tight.called().wanted_height(wide) if low else 0
        close = low and free - tight >= look.px(_READ)
        line = low and not close
        self.flags.setVisible(as_designed)
        self.flags.setFixedHeight(full)
        self.flags_tight.setVisible(close)
        self.flags_tight.setFixedHeight(tight)
        folded = self.flag_line.fold(wide, free - look.px(_READ))
        self.flag_line.setVisible(line)
        self.flags_inside.setVisible(line)
        inside = max(1, self.scroller.viewport().width() - look.px(6))
        self.flags_inside.setFixedHeight(self.flags_inside.wanted_height(inside))
        room = free - (full if as_designed else tight if close else folded if line else 0)
        self._step_room = room
        pinned = self._unsure is not None and room >= look.px(_LEAST) // 2
        for part in (self.unsure, self.foot):
            part.setVisible(pinned)
        self.unsure_inside.setVisible(self._unsure is not None and not pinned)
        self._say_more()
        self._settle()

    def _fit_flags(self) -> None:
        for box in (self.flags, self.flags_tight, self.flags_inside):
            box.prose.fit()
        self._fit_room()

    _scale = 1.0

    def _restyle(self) -> None:
        look = theme()
        bar = self.scroller.verticalScrollBar()
        if bar.value() <= self.title.y():
            self._settling.start()  # nobody has read on: red flags above may come or go
        bar.setValue(round(bar.value() * look.scale / self._scale))  # the same words stay in view
        self._scale = look.scale
        edge = look.px(14)
        low = self.window().height() / look.scale < _LOW
        self.outer.setContentsMargins(
            edge, look.px(3 if low else 10), edge, look.px(2 if low else 6)
        )
        self.outer.setSpacing(look.px(2 if low else 8))
        self.pins.setSpacing(look.px(2))
        self.last.setSpacing(look.px(2 if low else 8))
        self.column.setContentsMargins(0, 0, look.px(6), look.px(8))
        self.column.setSpacing(look.px(3 if low else 6))
        self.ways.setSpacing(look.px(8))
        self.help.setSpacing(look.px(2))
        self.head.setSpacing(look.px(10))
        self._fit_room()
