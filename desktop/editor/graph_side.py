"""The graph beside the words: drawn as it is now, what has changed marked, one step or way on chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.editor.board import Board
from desktop.editor.graph_compared import spoken
from desktop.graph.access import announce, install
from desktop.graph.chart import Chart, ways_on
from desktop.graph.drawer import Drawer
from desktop.graph.lit import Lit
from desktop.graph.parts import IconLabel
from desktop.graph.picture import Picture
from desktop.theme import theme
from desktop.widgets.basics import Button, label
from drawing.compared import Compared, as_gone, compared_diagram, is_gone, without_lines
from drawing.pathway import diagram_of
from knowledge.comparing import compare

if TYPE_CHECKING:
    from desktop.session import Session
    from drawing.diagram import Arrow, Drawing
    from knowledge.library import Library
    from knowledge.model import Page, Step, Way

_TOOLS = (
    ("step", "Step", "plus", "Add a step", "After this one, or between two"),
    ("way", "Way on", "git-fork", "Add a way on", "From this step; or drag from it to another"),
    ("menu", "Change", "pencil", "Change what is chosen", "All that can be done with it"),
    ("remove", "Remove", "trash-2", "Remove what is chosen", "Undo brings it back"),
)
HINT = "Choose a step or a way on to change it."


@dataclass(frozen=True, slots=True)
class Chosen:
    """The key of a box, and which of its ways on is meant, from 0; -1 for the step itself."""

    key: str = ""
    way: int = -1


NOTHING = Chosen()


class GraphSide(QWidget):
    """Shows; what is to be done is asked of whoever listens."""

    asked = Signal(str)
    picked = Signal(object)  # Chosen, by mouse or key
    ready = Signal()  # the steps and ways of the newest words are known

    def __init__(self, session: Session) -> None:
        super().__init__()
        install()
        self.session = session
        self.board = Board()
        self.board.setAccessibleName("The graph, as it is now")
        self.board.spoken = self.spoken
        self.buttons: dict[str, Button] = {}  # for the head of the preview
        for name, words, picture, spoken_as, tip in _TOOLS:
            button = Button(words, picture, "lined", partial(self.asked.emit, name))
            button.setAccessibleName(spoken_as)
            button.setAccessibleDescription(tip)
            button.setToolTip(f"{spoken_as}. {tip}.")
            self.buttons[name] = button
        self.chosen_words = label(HINT, "small")
        self.refused = IconLabel("circle-alert", "", "warn_ink")
        self.refused.hide()
        self.amiss = QHBoxLayout()
        self.amiss.addWidget(self.refused)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.chosen_words)
        column.addLayout(self.amiss)
        column.addWidget(self.board, 1)
        self.drawer = Drawer(session, soon=True)
        self.drawer.drawn.connect(self._drawn)
        self.page: Page | None = None
        self.chart: Chart | None = None
        self.drawing: Drawing | None = None
        self.chosen = NOTHING
        self._wanted: Compared | None = None  # what was asked to be drawn last
        self._shown: Compared | None = None  # what the picture shows
        self._arrived = ""  # a box to be brought into view when it is drawn
        self._slots: list[Chosen] = []  # for each way of the page, the step and its place there
        self._connect()
        theme().changed.connect(self._fit)
        self._fit()

    def _connect(self) -> None:
        board = self.board
        board.clicked.connect(self._box_picked)
        board.focus_moved.connect(self._keyboard_on)
        board.way_clicked.connect(self._way_picked)
        board.number_asked.connect(self._number_picked)
        board.sibling_asked.connect(self._sibling_picked)
        board.asked.connect(self.asked)

    def _fit(self) -> None:
        look = theme()
        edge, gap = look.px(10), look.px(4)
        self.chosen_words.setContentsMargins(edge, 0, edge, gap)
        self.amiss.setContentsMargins(edge, 0, edge, 0)
        board = self.board
        board.inset = (edge, edge, edge, edge)
        self.board.setMinimumHeight(look.px(90))

    # -- what is shown ----------------------------------------------------------------------------

    def show_pages(self, before: Page, page: Page, library: Library, *, fresh: bool) -> None:
        """The newer page drawn, with what differs from the one before marked; compared off the screen's thread."""
        if fresh:
            self.page, self.chart, self._slots = None, None, []
            self.drawing, self._shown, self._wanted, self.chosen = None, None, None, NOTHING
            self.board.show_picture(None)
        find, emergency = library.pages.get, library.emergency

        def work() -> tuple[Compared, Chart]:
            found = without_lines(compared_diagram(compare(before, page), find, emergency))
            return found, Chart(page, diagram_of(page, find, emergency))

        self.session.tasks.run(
            work,
            lambda done: self._found(*done),
            key=f"graph-{id(self)}",
            lane="editing",
            shown=self,
        )

    def _found(self, found: Compared, chart: Chart) -> None:
        page = chart.page
        self.page, self.chart = page, chart
        self._slots = [
            Chosen(key, number)
            for key, step in zip(chart.keys, page.steps, strict=True)
            for number in range(len(step.ways))
        ]
        same = self._wanted is not None and self._wanted.diagram == found.diagram
        drawn = self._shown is self._wanted
        self._wanted = found
        if not same:
            self._draw()
        elif drawn:
            self._shown = found
            self._light()
        self.ready.emit()

    def redraw(self) -> None:
        """The same once more, at another size of text."""
        drawn = self.drawing.scale if self.drawing is not None else 0.0
        if self._wanted is not None and drawn != theme().scale:
            self.drawing = self._shown = None
            self.board.show_picture(None)  # so that it opens as for the first time
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._wanted is not self._shown:
            self._draw()

    def _draw(self) -> None:
        """Unless nobody looks: then it is drawn when it is shown."""
        found = self._wanted
        if not self.isVisible():
            return
        if found is None or not found.diagram.boxes:
            self.board.show_picture(None)
            return
        before = as_gone(self.drawing, found.diagram) if self.drawing is not None else None
        self.drawer.draw(found.diagram, theme().scale, before)

    def _drawn(self, drawing: Drawing, again: bool) -> None:
        # The careful picture of what has just been opened: nobody has looked about in the quick one yet.
        first = self.board.picture is None or (again and self.board.untouched)
        self.drawing, self._shown = drawing, self._wanted
        self.board.show_picture(Picture(drawing), glide=not first)
        self._light()
        if first and self.chart is not None:
            self.board.open_at(self.chosen.key or self.chart.first)
        elif self._arrived:
            self.board.reveal(self._arrived)
        self._arrived = ""

    # -- what is chosen ---------------------------------------------------------------------------

    def choose(self, chosen: Chosen) -> None:
        """Choose a step or a way on; asked from outside, so it is not told again."""
        if chosen == self.chosen:
            return
        self.refuse("")
        self.chosen = chosen
        self.board.focus = chosen.key or self.board.focus
        self._light()
        picture = self.board.picture
        if picture is not None and chosen.key in picture.place:
            if not self.board.in_view(chosen.key):  # nothing moves under the pointer
                self.board.reveal(chosen.key)
        else:
            self._arrived = chosen.key

    def _pick(self, chosen: Chosen) -> None:
        self.choose(chosen)
        announce(self.board, self.chosen_words.text())
        self.picked.emit(chosen)

    def _box_picked(self, key: str) -> None:
        away = self.chart is not None and self.chart.step(key) is None and not is_gone(key)
        for place, slot in enumerate(self._slots if away else ()):
            arrow = self._arrow(place)
            if arrow is not None and arrow.target == key:
                self._pick(slot)  # the small box of another page belongs to its way
                self.board.focus = key
                return
        if key and (key != self.chosen.key or self.chosen.way >= 0):
            self._pick(Chosen(key))

    def _keyboard_on(self, key: str) -> None:
        """The keyboard is on a box; when it only comes back to the graph, the way on stays chosen."""
        if key != self.chosen.key:
            self._box_picked(key)

    def _arrow(self, place: int) -> Arrow | None:
        shown = self._shown
        if shown is None or place >= len(shown.own):
            return None
        return shown.diagram.arrows[shown.own[place]]

    def _way_picked(self, number: int) -> None:
        shown = self._shown
        if shown is None:
            return
        if number in shown.own:
            place = shown.own.index(number)
            if place < len(self._slots):
                self._pick(self._slots[place])
        else:
            self.refuse("That way on is no longer there. Undo brings it back.")

    def _number_picked(self, number: int) -> None:
        """1 is the first way on of the step."""
        step = self.step()
        if step is not None and number <= len(step.ways):
            self._pick(Chosen(self.chosen.key, number - 1))
        elif step is not None:
            self.refuse(f"Step {step.number} has {ways_on(len(step.ways))}.")

    def _sibling_picked(self, by: int) -> None:
        step = self.step()
        if step is not None and step.ways:
            self._pick(Chosen(self.chosen.key, (self.chosen.way + by) % len(step.ways)))

    def step(self) -> Step | None:
        """The chosen step, or the one whose way on is chosen."""
        return self.chart.step(self.chosen.key) if self.chart is not None else None

    def way(self) -> Way | None:
        """The chosen way on."""
        step = self.step()
        return (
            step.ways[self.chosen.way] if step and 0 <= self.chosen.way < len(step.ways) else None
        )

    def at_line(self, line: int) -> Chosen:
        """What stands at a line of the words."""
        if self.page is None or self.chart is None:
            return NOTHING
        found = NOTHING
        for key, step in zip(self.chart.keys, self.page.steps, strict=True):
            if step.line <= line:
                numbers = [n for n, way in enumerate(step.ways) if way.line == line]
                found = Chosen(key, numbers[0] if numbers else -1)
        return found

    def choose_at(self, line: int) -> None:
        """Choose what stands at a line; above all steps what is chosen stays, or it is the first step."""
        chosen = self.at_line(line)
        if not chosen.key and self.step() is None and self.page is not None and self.page.steps:
            chosen = self.at_line(self.page.steps[0].line)
        if chosen.key:
            self.choose(chosen)

    def line_of(self, chosen: Chosen) -> int:
        """Where what is chosen stands in the words; 0 when it does not."""
        step = self.chart.step(chosen.key) if self.chart is not None else None
        if step is None:
            return 0
        return step.ways[chosen.way].line if 0 <= chosen.way < len(step.ways) else step.line

    def _light(self) -> None:
        chosen, shown = self.chosen, self._shown
        self.chosen_words.setText(self.said())
        if shown is None:
            return
        places = [
            (slot, shown.own[n])
            for n, slot in enumerate(self._slots)
            if slot.key == chosen.key and n < len(shown.own)
        ]
        onward = frozenset(at for _, at in places)
        route = frozenset(at for slot, at in places if slot.way == chosen.way)
        self.board.way = next(iter(route), -1)
        self.board.light(
            Lit(
                chosen=chosen.key,
                onward_ways=onward,
                route_ways=route,
                changes=shown.boxes,
                way_changes=shown.ways,
                flag="",
            )
        )

    # -- words ------------------------------------------------------------------------------------

    def said(self) -> str:
        """What is chosen, in words."""
        step, way = self.step(), self.way()
        if is_gone(self.chosen.key):
            return "This is no longer there. Undo brings it back."
        if step is None:
            return HINT
        if way is None:
            return f"Chosen: step {step.number}, {step.title}"
        when = f"{way.condition}, " if way.condition else ""
        return (
            f"Chosen: way on {self.chosen.way + 1} of step {step.number}: {when}to {way.link.text}"
        )

    def spoken(self, key: str) -> str:
        """A box as it is read out, with what has become of it."""
        chart, shown = self.chart, self._shown
        return spoken(shown, chart, key) if shown is not None and chart is not None else ""

    def refuse(self, sentence: str) -> None:
        """Say beside the graph why something was not done; "" takes it away."""
        if sentence or not self.refused.isHidden():
            self.refused.say("circle-alert", sentence)
            self.refused.setVisible(bool(sentence))
            if sentence:
                announce(self.board, sentence)
