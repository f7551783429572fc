"""What is asked of the graph, done to the words: each is one edit of the text and one step of undo."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from desktop.editor.graph_forms import (
    KINDS,
    AskWords,
    Change,
    RemoveStep,
    StepForm,
    WayForm,
    kind_icon,
    same_step,
)
from desktop.editor.graph_side import NOTHING, Chosen, GraphSide
from desktop.icons import icon
from drawing.pathway import step_keys
from knowledge.editing import graph
from knowledge.editing.change import Stale
from knowledge.editing.headings import set_kind, set_timeframe
from knowledge.editing.ways import move_way, remove_way, set_condition
from knowledge.errors import KnowledgeError
from knowledge.model import Page, Step, StepKind, Way

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.editor.editing import Editing
    from desktop.editor.words import WordsEdit
    from desktop.session import Session
    from desktop.window import MainWindow

_FIRST = "Choose a step first: click it, or go to it with the arrow keys."
_FIRST_WAY = "Choose a way on first: click its line, or press its number."


class Host(Protocol):
    """The editor, as far as the graph has to know it."""

    session: Session
    editing: Editing | None
    words: WordsEdit

    @property
    def window_(self) -> MainWindow: ...
    def do_undo(self) -> None: ...
    def do_redo(self) -> None: ...
    def do_alone(self) -> None: ...
    def do_words(self) -> None: ...


class GraphEdits(QObject):
    """Between the graph and the words of the editor."""

    def __init__(self, view: Host, side: GraphSide) -> None:
        super().__init__(side)
        self.view, self.side = view, side
        side.asked.connect(self.do)
        side.picked.connect(self._picked)
        side.ready.connect(self.follow)
        side.board.way_drawn.connect(self._drawn)
        side.board.menu_asked.connect(self.show_menu)
        side.board.done_with.connect(self._escape)

    def do(self, name: str) -> None:
        """What a button, a key, the menu or the palette asks for."""
        self.side.refuse("")
        if self.side.page is not None:
            getattr(self, f"do_{name}")()

    # -- making a change --------------------------------------------------------------------------

    def make(self, change: Change, then: Callable[[Page, Page], Chosen] | None = None) -> str:
        """One edit of the words as they are now; a sentence when it cannot be made."""
        editing = self.view.editing
        if editing is None or self.side.page is None:
            return "This page is no longer being edited."
        before = self.side.page
        try:
            page = editing.change(change)
        except KnowledgeError as error:
            return str(error)
        chosen = then(before, page) if then is not None else self.side.chosen
        self._stand(page, chosen)
        return ""

    def _make_or_say(self, change: Change, chosen: Chosen | None = None) -> None:
        then = None if chosen is None else lambda before, after: chosen
        self.side.refuse(self.make(change, then))

    def _stand(self, page: Page, chosen: Chosen) -> None:
        """Have the same chosen in the words and in the graph after a change."""
        keys = step_keys(page)
        if chosen.key not in keys:
            self.side.choose(chosen)
            return
        step = page.steps[keys.index(chosen.key)]
        chosen = Chosen(chosen.key, min(chosen.way, len(step.ways) - 1))
        line = step.ways[chosen.way].line if chosen.way >= 0 else step.line
        self.view.words.stand_at(line)
        self.side.choose(chosen)

    # -- one selection ----------------------------------------------------------------------------

    def _picked(self, chosen: Chosen) -> None:
        line = self.side.line_of(chosen)
        if line:
            self.view.words.stand_at(line)

    def follow(self) -> None:
        """The cursor of the words is elsewhere now."""
        editing = self.view.editing
        look = editing.look if editing is not None else None
        if editing is None or look is None or self.side.page is not look.page:
            return
        if look.text != editing.text():
            return  # the lines are not those of the graph yet
        chosen = self.side.at_line(self.view.words.textCursor().blockNumber() + 1)
        if chosen.key == self.side.chosen.key and chosen.way < 0:
            held = self.side.line_of(self.side.chosen)
            if self.view.words.textCursor().blockNumber() + 1 == held:
                return
        if not self.side.board.hasFocus():
            self.side.choose(chosen)

    def _escape(self) -> None:
        """From the way on back to its step; from the step back to the words."""
        if self.side.chosen.way >= 0:
            self.side.choose(Chosen(self.side.chosen.key))
            self._picked(self.side.chosen)
        else:
            self.view.do_words()

    # -- what can be asked ------------------------------------------------------------------------

    def _step(self) -> Step | None:
        step = self.side.step()
        if step is None:
            self.side.refuse(_FIRST)
        return step

    def _way(self) -> tuple[Step, Way, int] | None:
        step, way = self.side.step(), self.side.way()
        if step is None or way is None:
            self.side.refuse(_FIRST_WAY)
            return None
        return step, way, self.side.chosen.way

    def do_undo(self) -> None:
        self.view.do_undo()

    def do_redo(self) -> None:
        self.view.do_redo()

    def do_alone(self) -> None:
        self.view.do_alone()

    def do_step(self) -> None:
        """A step more: after the chosen one, or after the last."""
        page = self.side.page
        assert page is not None
        step = self.side.step() or (page.steps[-1] if page.steps else None)
        way = self.side.chosen.way if self.side.step() is not None else -1

        def made(change: Change) -> str:
            return self.make(change, _the_new_one)

        StepForm(self.view.window_, page, step, way, made).open()

    def do_way(self) -> None:
        self._ask_way("")

    def _drawn(self, source: str, onto: str) -> None:
        """A line was dragged from a box to another."""
        self.side.choose(Chosen(source))
        chart = self.side.chart
        box = chart.boxes.get(onto) if chart is not None else None
        if box is None or chart is None:
            return
        target = f"#{box.anchor}"
        if not box.number:
            found = chart.exit_to(onto)
            step = chart.step(found[0]) if found is not None else None
            target = step.ways[found[1].number - 1].link.target if step and found else ""
        self._ask_way(target)

    def _ask_way(self, goal: str) -> None:
        step, page = self._step(), self.side.page
        if step is None or page is None:
            return
        last = Chosen(self.side.chosen.key, len(step.ways))

        def made(change: Change) -> str:
            return self.make(change, lambda before, after: last)

        WayForm(self.view.window_, page, step, made, goal).open()

    def do_rename(self) -> None:
        """Other words: of the way on if one is chosen, else of the step."""
        if self.side.way() is not None:
            self.do_when()
            return
        step = self._step()
        if step is not None:

            def done(words: str) -> str:
                return self.make(lambda page: graph.rename_step(page, _here(page, step), words))

            asks = f"What is step {step.number} called?"
            AskWords(self.view.window_, "Rename this step", asks, step.title, done).open()

    def do_limit(self) -> None:
        step = self._step()
        if step is not None:

            def done(words: str) -> str:
                return self.make(lambda page: set_timeframe(page, _here(page, step), words))

            AskWords(
                self.view.window_,
                "Time limit of this step",
                "By when is it done?",
                step.timeframe,
                done,
                "For example: within 4 hours. Leave it empty for no limit.",
            ).open()

    def do_when(self) -> None:
        found = self._way()
        if found is None:
            return
        step, way, number = found

        def done(words: str) -> str:
            if len(step.ways) > 1 and not words.strip():
                return f"Say when to go this way: step {step.number} has other ways on."
            return self.make(
                lambda page: set_condition(page, *_here_way(page, step, number), words)
            )

        asks = f"When do you go to {way.link.text}?"
        title = "When this way on is taken"
        AskWords(self.view.window_, title, asks, way.condition, done).open()

    def do_lead(self) -> None:
        found, page = self._way(), self.side.page
        if found is not None and page is not None:
            step, way, _ = found
            WayForm(self.view.window_, page, step, self.make, way=way).open()

    def do_left(self) -> None:
        self._move(-1)

    def do_right(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        found = self._way()
        if found is None:
            return
        step, _, number = found
        to = number + by
        if not 0 <= to < len(step.ways):
            where = "left" if by < 0 else "right"
            self.side.refuse(f"This is the way on furthest to the {where} already.")
            return
        self._make_or_say(
            lambda page: move_way(page, *_here_way(page, step, number), to),
            Chosen(self.side.chosen.key, to),
        )

    def set_kind(self, kind: StepKind | None) -> None:
        step = self._step()
        if step is not None:
            self._make_or_say(lambda page: set_kind(page, _here(page, step), kind))
            if kind is StepKind.URGENT and not step.timeframe and self.side.refused.isHidden():
                self.do_limit()  # without one the page could not be saved

    def do_kind(self) -> None:
        """The kinds, to choose from."""
        if self._step() is not None:
            menu = QMenu(self.side)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._kinds(menu)
            menu.popup(self.side.board.menu_spot())

    def do_remove(self) -> None:
        """The way on if one is chosen, else the step; steps that something leads to are asked about."""
        if self.side.way() is not None:
            self._remove_way()
            return
        step, page, library = self._step(), self.side.page, self.view.session.library
        if step is None or page is None or library is None:
            return
        others = [other for path, other in library.pages.items() if path != page.path]
        try:
            links = graph.take_out(page, step, None, (page, *others)).notes
        except KnowledgeError as error:
            self.side.refuse(str(error))
            return
        if graph.ways_to(page, step) or links:
            RemoveStep(self.view.window_, page, step, links, self._took_out).open()
        else:
            self.side.refuse(self._took_out(lambda now: graph.take_out(now, _here(now, step))))

    def _took_out(self, change: Change) -> str:
        return self.make(change, lambda before, after: NOTHING)

    def _remove_way(self) -> None:
        found = self._way()
        if found is not None:
            step, _, number = found
            self._make_or_say(
                lambda page: remove_way(page, *_here_way(page, step, number)),
                Chosen(self.side.chosen.key),
            )

    # -- the menu ---------------------------------------------------------------------------------

    def do_menu(self) -> None:
        button = self.side.buttons["menu"]
        used = button.hasFocus() or button.underMouse()
        spot = button.mapToGlobal(QPoint(0, button.height())) if used else None
        self.show_menu(spot or self.side.board.menu_spot())

    def show_menu(self, at: QPoint) -> None:
        """Everything that can be done with what is chosen, in words."""
        step = self._step()
        if step is not None:
            self.menu_of(step).popup(at)

    def menu_of(self, step: Step) -> QMenu:
        """The menu of the chosen step, or of its chosen way on."""
        menu = QMenu(self.side)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.side.said())
        if self.side.way() is not None:
            self._way_menu(menu, step)
        else:
            self._step_menu(menu, step)
        menu.addSeparator()
        self._add(menu, "undo", "Undo", "undo-2", "Ctrl+Z")
        return menu

    def _add(self, menu: QMenu, name: str, words: str, picture: str, key: str = "") -> None:
        shown = f"{words}\t{key}" if key else words
        menu.addAction(icon(picture), shown, partial(self.do, name))

    def _step_menu(self, menu: QMenu, step: Step) -> None:
        self._add(menu, "rename", "Rename this step", "pencil", "F2")
        kinds = menu.addMenu(icon("refresh-cw"), "Change its kind")
        self._kinds(kinds)
        self._add(menu, "limit", "Change its time limit", "clock")
        self._add(menu, "step", "Add a step after this one", "plus", "Insert")
        self._add(menu, "way", "Add a way on", "git-fork")
        if step.ways:
            ways = menu.addMenu(icon("route"), "Its ways on")
            for number, way in enumerate(step.ways):
                when = f"{way.condition}: " if way.condition else ""
                words = f"{number + 1}  {when}{way.link.text}".replace("&", "&&")
                ways.addAction(words, partial(self.side.board.number_asked.emit, number + 1))
        menu.addSeparator()
        self._add(menu, "remove", "Remove this step", "trash-2", "Delete")

    def _kinds(self, menu: QMenu) -> None:
        step = self.side.step()
        for words, kind in KINDS:
            act = menu.addAction(icon(kind_icon(kind)), words, partial(self.set_kind, kind))
            act.setCheckable(True)
            act.setChecked(step is not None and kind is (step.kind if step.declared else None))

    def _way_menu(self, menu: QMenu, step: Step) -> None:
        number, last = self.side.chosen.way, len(step.ways) - 1
        self._add(menu, "when", "Change when it is taken", "pencil", "F2")
        self._add(menu, "lead", "Lead it elsewhere", "signpost")
        self._add(menu, "step", "Put a step in between", "plus", "Insert")
        if number > 0:
            self._add(menu, "left", "Move it to the left", "arrow-left", "Ctrl+Left")
        if number < last:
            self._add(menu, "right", "Move it to the right", "arrow-right", "Ctrl+Right")
        menu.addSeparator()
        self._add(menu, "remove", "Remove this way on", "trash-2", "Delete")


def _the_new_one(before: Page, after: Page) -> Chosen:
    """The step that was not there before."""
    known = {step.anchor for step in before.steps}
    keys = step_keys(after)
    new = (k for k, step in zip(keys, after.steps, strict=True) if step.anchor not in known)
    return Chosen(next(new, ""))


def _here(page: Page, step: Step) -> Step:
    return same_step(page, step.anchor, step.number)


def _here_way(page: Page, step: Step, number: int) -> tuple[Step, Way]:
    """The same way on in the words as they are now."""
    here, way = _here(page, step), step.ways[number]
    alike = [
        w for w in here.ways if (w.condition, w.link.target) == (way.condition, way.link.target)
    ]
    if not alike:
        raise Stale(f"The way on '{way.condition}' is not there any more")
    same = number < len(here.ways) and here.ways[number] in alike  # of twins the one meant
    return here, here.ways[number] if same else alike[0]
