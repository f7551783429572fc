"""Editing a page: its words, what readers will see, what is to be put right, drafts and saving."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.editor import grid, marks
from desktop.editor.bars import EditorBar, Notice, Tools
from desktop.editor.desk import desk_of
from desktop.editor.details import Change, Details
from desktop.editor.editing import blank_document
from desktop.editor.finding import Finder
from desktop.editor.finishing import Finishing
from desktop.editor.graph_edits import GraphEdits
from desktop.editor.keeping import Keeping
from desktop.editor.preview import Preview
from desktop.editor.spelling import Spelling
from desktop.editor.troubles import Troubles, counted
from desktop.editor.undoing import Undoing
from desktop.editor.words import Colours, WordsEdit
from desktop.places import page_place
from desktop.theme import theme
from desktop.views.base import View
from desktop.widgets.basics import Button, label
from desktop.widgets.switch import Switch
from knowledge.errors import KnowledgeError
from knowledge.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.editor.editing import Editing, Look
    from desktop.editor.order_side import OrderSide
    from desktop.places import Place
    from desktop.session import Changed, Session
    from desktop.window import MainWindow
    from knowledge.model import Hours
    from knowledge.problems import Problem


class EditorView(Keeping, Finishing, View):
    """Shows one page of the desk. The desk, not the view, holds the words."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.editing: Editing | None = None
        self.blank = blank_document(self)
        self.known = False
        self.colours: dict[str, Colours] = {}
        self.stack = QStackedWidget(self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self.stack)
        self.details = Details(self.splitter)
        self.middle = QWidget(self.splitter)
        self.side = QSplitter(Qt.Orientation.Vertical, self.splitter)
        self.words = WordsEdit()
        self.bar = EditorBar()
        self.notice = Notice()
        self.tools = Tools(self.do_tool)
        self.spelling = Spelling(session, self.words)
        self.finder = Finder(self.words)
        self.preview = Preview(session, self.side)
        self.graph = GraphEdits(self, self.preview.graph)
        self.troubles = Troubles()
        self.status = label("", "small")
        self.plain = Button("Show as plain text", "", "link", self.do_plain)
        self.narrow = False
        self.alone = False  # the graph has the whole window
        self.overtaken = False
        self.pieces = Switch(
            "What is shown",
            [
                ("words", "Words", "pencil"),
                ("preview", "Preview", "eye"),
                ("troubles", "Put right", "circle-alert"),
                ("details", "Details", "info"),
            ],
        )
        self._arrange()
        self._connect()
        parts = (self.details, self.finder)
        self.undoing = Undoing(self, self.words, self.do_undo, self.do_redo, parts)
        self.details.field_made.connect(self.undoing.watch)
        self._fit()

    def _arrange(self) -> None:
        column = QVBoxLayout(self.middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.finder)
        column.addWidget(self.words, 1)
        self.foot = QHBoxLayout()
        self.foot.addWidget(self.status, 1)
        self.foot.addWidget(self.plain)
        column.addLayout(self.foot)
        self.side.addWidget(self.preview)
        self.side.addWidget(self.troubles)
        self.side.setChildrenCollapsible(False)
        self.side.setStretchFactor(0, 3)
        self.side.setStretchFactor(1, 2)
        self.splitter.addWidget(self.details)
        self.splitter.addWidget(self.middle)
        self.splitter.addWidget(self.side)
        for number, share in enumerate((2, 5, 4)):
            self.splitter.setStretchFactor(number, share)
        self.splitter.setSizes([210, 540, 450])
        self.splitter.setChildrenCollapsible(False)
        self.gone = label("", "lead")
        self.gone.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.gone)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        for part in (self.bar, self.notice, self.pieces):
            body.addWidget(part)
        body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self._following = QTimer(self)
        self._following.setSingleShot(True)
        self._following.setInterval(200)
        self._following.timeout.connect(self._follow)
        self.words.later = self._later
        self.bar.asked.connect(self.do_tool)
        self.words.left.connect(self._keep)
        self.words.fold.changed.connect(self._folded)
        self.words.cursorPositionChanged.connect(self._following.start)
        self.details.changed.connect(self.change)
        self.details.sources_asked.connect(self._show_sources)
        self.details.hours_asked.connect(self._show_hours)
        self.troubles.holds = self.words.fold.holds
        self.troubles.go_asked.connect(self.go_to_trouble)
        self.troubles.mend_asked.connect(self.mend)
        self.pieces.chosen.connect(self._show_piece)
        self.preview.asked_larger.connect(self.do_alone)
        self.preview.order_made.connect(self._connect_order)
        theme().changed.connect(self._fit)

    def _connect_order(self, order: OrderSide) -> None:
        order.changed.connect(self.change)
        order.add_asked.connect(self._pick_stop)
        order.undo_asked.connect(lambda again: self.do_redo() if again else self.do_undo())

    def _later(self, work: Callable[[], str], done: Callable[[str], None]) -> None:
        self.session.told.emit("Pasting. This takes a moment.")
        self.session.tasks.run(work, done, lane="pasting")

    @property
    def has_graph(self) -> bool:
        """Whether the page is a pathway, so that its graph can be edited."""
        return self.editing is not None and self.editing.base.kind is Kind.PATHWAY

    @property
    def window_(self) -> MainWindow:
        return cast("MainWindow", self.window())

    # -- showing ------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        self.place = place
        if self.session.library is None:
            return
        if not self.known:
            self.known = True
            desk_of(self.session).closing.connect(self._let_go)
            desk_of(self.session).company.others.connect(self._others)
        editing = desk_of(self.session).open(place.page)
        self.stack.setCurrentWidget(self.splitter if editing is not None else self.gone)
        if editing is None:
            self._say_gone(place.page)
        if editing is not self.editing:
            self._leave()
            self.editing = editing
            if editing is not None:
                self._take(editing)
        if editing is not None and place.anchor:
            section = editing.base.by_anchor.get(place.anchor)
            if section is not None:
                QTimer.singleShot(0, lambda: self.go_to_line(section.line))

    def _take(self, editing: Editing) -> None:
        self.words.show_document(editing.document)
        if editing.path not in self.colours:
            self.colours[editing.path] = Colours(editing.document)
        front = editing.base.front
        if front is not None and not editing.document.isUndoAvailable():
            # The details stand in the form; the words begin below them.
            self.words.begin_at(editing.base.text.count("\n", 0, front.end) + 2)
        self.overtaken = False
        self.notice.clear()
        self.bar.say_kept("")
        self.bar.busy(editing.saving)
        self.bar.show_title(editing.base.title, new=editing.opened is None)
        editing.looked.connect(self._looked)
        editing.kept.connect(self._kept)
        editing.trouble.connect(self._trouble)
        editing.unkept.connect(self._unkept)
        editing.saved.connect(self._saved)
        editing.conflicted.connect(self._conflicted)
        editing.overtaken.connect(self._overtaken)
        editing.document.undoAvailable.connect(self.bar.undo.setEnabled)
        editing.document.redoAvailable.connect(self.bar.redo.setEnabled)
        self.bar.undo.setEnabled(editing.document.isUndoAvailable())
        self.bar.redo.setEnabled(editing.document.isRedoAvailable())
        self.tools.show_kind(editing.base.kind is Kind.PATHWAY)
        if editing.kept_at is not None:
            self._kept(editing.kept_at)
        editing.look_now()
        self._say_what_is_known(editing)

    def _leave(self) -> None:
        """Another page, or none: the one shown so far stays on the desk."""
        editing = self.editing
        if editing is None:
            return
        editing.keep()
        for signal, slot in (
            (editing.looked, self._looked),
            (editing.kept, self._kept),
            (editing.trouble, self._trouble),
            (editing.unkept, self._unkept),
            (editing.saved, self._saved),
            (editing.conflicted, self._conflicted),
            (editing.overtaken, self._overtaken),
            (editing.document.undoAvailable, self.bar.undo.setEnabled),
            (editing.document.redoAvailable, self.bar.redo.setEnabled),
        ):
            signal.disconnect(slot)
        self._let_go()

    def _let_go(self) -> None:
        """The words on the screen are no longer those of a page of the desk."""
        self.words.show_document(self.blank)

    def _looked(self, look: Look) -> None:
        editing = self.editing
        if editing is None:
            return
        self.preview.show_look(look, editing.base)
        self.details.show_page(look.page, look.library)
        self.troubles.show_problems(look.problems)
        self.words.show_problems(look.problems)
        self.spelling.check(look)
        self.bar.show_title(look.page.title, new=editing.opened is None)
        self.pieces.buttons["troubles"].setText(counted(look.problems))
        if look.converted:
            self.notice.say(
                "draft", "The file becomes UTF-8.", "Its old encoding has no sign for a letter."
            )
        self._follow()

    def _say_status(self) -> None:
        look = self.editing.look if self.editing is not None else None
        line = self.words.textCursor().blockNumber() + 1
        said = [f"Line {line}"]
        if look is not None and look.page.steps:
            step = next((s for s in reversed(look.page.steps) if s.line <= line), None)
            if step is not None:
                said.insert(0, f"Step {step.number} of {len(look.page.steps)}")
        if look is not None:
            said.append(f"{look.count:,} words")
        self.status.setText("   ".join(said))

    def _follow(self) -> None:
        self._say_status()
        self.graph.follow()
        self.preview.follow(self.words.textCursor().blockNumber() + 1)

    def do_alone(self) -> None:
        """The graph in the whole window, or the words beside it again."""
        self.alone = not self.alone
        self._show_piece(self.pieces.choice())

    def do_plain(self) -> None:
        """The details as they stand in the file, above the words; or in the form alone."""
        self.words.fold.show_details(self.words.fold.on)
        if not self.words.fold.on:
            self.words.verticalScrollBar().setValue(0)

    def _folded(self, on: bool) -> None:
        self.plain.setText("Show as plain text" if on else "Hide the details again")
        self.plain.setAccessibleName(self.plain.text())
        self.troubles.again()

    def do_words(self) -> None:
        """Out of the graph, back to the words."""
        self.alone = False
        self._show_piece("words")
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_trouble(self, line: int) -> None:
        """To the field of the form that a hidden detail has, else to the line."""
        if self.words.fold.holds(line) and self.details.has_line(line):
            self.alone = False
            self._show_piece("details")
            self.details.go_to_line(line)
            return
        self.go_to_line(line)

    def go_to_line(self, line: int) -> None:
        self.alone = False
        self._show_piece("words")
        self.words.go_to_line(line)

    def library_changed(self, changed: Changed) -> None:
        if self.editing is not None and self.place is not None and not self.editing.saving:
            self.editing.look_later()

    # -- tools --------------------------------------------------------------------------------

    def do_tool(self, name: str) -> None:
        """What a button of the bar or the tools asks for."""
        plain = {
            "heading": marks.heading,
            "bold": marks.bold,
            "italic": marks.italic,
            "list": marks.bullets,
            "table": grid.table,
            "urgent": marks.urgent,
        }
        if name in plain:
            plain[name](self.words)
        else:
            getattr(self, f"do_{name}")()

    def do_undo(self) -> None:
        self.words.undo()

    def do_redo(self) -> None:
        self.words.redo()

    def do_find(self) -> None:
        self.finder.open()

    def do_step(self) -> None:
        """Asked as the graph asks it; where the words are in no step yet, its words are put in to be filled."""
        from knowledge.editing.steps import free_anchor

        look = self.editing.look if self.editing is not None else None
        if look is not None and not self._asked_as_by_graph("step"):
            marks.step(self.words, free_anchor(look.page, "New step"))

    def _asked_as_by_graph(self, what: str) -> bool:
        side = self.preview.graph
        look = self.editing.look if self.editing is not None else None
        if look is None or side.page is not look.page or not look.page.steps:
            return False
        side.choose_at(self.words.textCursor().blockNumber() + 1)
        if side.step() is None:
            return False
        self.graph.do(what)
        return True

    def do_link(self) -> None:
        self._pick(lambda written: marks.link(self.words, written))

    def do_way(self) -> None:
        if not self._asked_as_by_graph("way"):
            self._pick(lambda written: marks.way_on(self.words, written), plain=True)

    def _pick(self, done: Any, plain: bool = False) -> None:
        from desktop.editor.linking import LinkPicker

        if self.editing is None or self.editing.look is None:
            return
        chosen = "" if plain else self.words.textCursor().selectedText().replace("\u2029", " ")
        LinkPicker(self.window_, self.editing.look.page, chosen, done).open()

    def _pick_stop(self, done: Callable[[str, str], None]) -> None:
        from desktop.editor.linking import StopPicker

        if self.editing is not None and self.editing.look is not None:
            StopPicker(self.window_, self.editing.look.page, done).open()

    def do_tools(self) -> None:
        """Where there is no room for the tools, they stand in a menu."""
        menu = QMenu(self)
        for name, button in self.tools.buttons.items():
            if not button.isHidden():
                menu.addAction(button.text(), partial(self.do_tool, name))
        menu.addAction("Keep as draft", self.do_draft)
        below = self.bar.more.mapToGlobal(QPoint(0, self.bar.more.height()))
        menu.exec(below)

    def do_draft(self) -> None:
        self._keep()

    def do_stop(self) -> None:
        """Back to reading; what is not in the library stays as a draft."""
        editing, place = self.editing, self.place
        if editing is None or place is None:
            self.session.go_to("home:")
            return
        differs, there = editing.differs, self.session.page(editing.path) is not None
        trouble = editing.keep_at_once()
        if trouble:
            self._unkept(trouble)  # the words stand in this window only, so it stays open
            return
        self._leave()
        self.editing = None
        self.colours.pop(editing.path, None)
        desk_of(self.session).put_away(editing.path)
        if differs:
            self.session.told.emit(
                "Your draft is kept. Readers still see the page as it was."
                if there
                else "Your draft is kept. Open Champion to go on with it."
            )
        if there:
            self.session.go(page_place(editing.path, place.anchor))
        else:
            self.session.go_to("home:")

    def change(self, change: Change) -> None:
        """One edit that the form asks for, or a sentence why it cannot be made."""
        if self.editing is None:
            return
        try:
            self.editing.change(change)
        except KnowledgeError as error:
            self.notice.say("mistake", "Not changed.", str(error))
            self.editing.look_now()

    def _show_hours(self, now: Hours | None) -> None:
        from desktop.editor.hours_form import ask_hours

        if self.editing is not None:
            ask_hours(self.window_, now, self.editing.change)

    def _show_sources(self) -> None:
        from desktop.editor.sources import Sources

        if self.editing is not None and self.editing.look is not None:
            Sources(self.window_, self.editing.look.page, self.editing.change).open()

    def mend(self, problem: Problem) -> None:
        """Put one thing right, if the words are still those it was told of."""
        from knowledge.editing.combine import mend

        editing = self.editing
        if editing is None or editing.look is None or editing.text() != editing.look.text:
            return
        try:
            edit = mend(editing.look.page, problem)
        except KnowledgeError as error:
            self.notice.say("mistake", "Not mended.", str(error))
            return
        editing.put(edit.apply(editing.look.text))
        editing.look_now()

    # -- fitting ------------------------------------------------------------------------------

    def fits(self, mode: str) -> None:
        narrow = mode in ("narrow", "tiny")
        if narrow != self.narrow:
            self.narrow = narrow
            self._show_piece("words")
        self.bar.fits(mode)
        self.tools.setVisible(not narrow)

    def _show_piece(self, which: str) -> None:
        """Where it is narrow, one part at a time."""
        self.pieces.setVisible(self.narrow)
        self.pieces.show_choice(which)
        alone = self.alone and not self.narrow
        self.middle.setVisible(not alone if not self.narrow else which == "words")
        self.details.setVisible(not alone if not self.narrow else which == "details")
        self.side.setVisible(not self.narrow or which in ("preview", "troubles"))
        self.preview.setVisible(not self.narrow or which == "preview")
        self.troubles.setVisible(not self.narrow or which == "troubles")
        self.preview.show_alone(alone, narrow=self.narrow)

    def _fit(self) -> None:
        look = theme()
        self.status.setContentsMargins(look.px(14), look.px(4), look.px(14), look.px(4))
        self._show_piece(self.pieces.choice() or "words")

    def regions(self) -> list[QWidget]:
        board = self.preview.graph.board  # a region of its own: its tools stand before it
        side = [self.preview, board, self.troubles]
        parts = [self.bar, self.pieces, self.details, self.tools, self.words, *side]
        return [part for part in parts if part.isVisible()]

    def focus_first(self) -> None:
        self.words.setFocus()

    def find_in_page(self) -> None:
        self.finder.open()

    def find_next(self) -> None:
        self.finder.step()

    def find_previous(self) -> None:
        self.finder.step(back=True)
