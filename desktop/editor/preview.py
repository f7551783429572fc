"""Beside the words: the page and its graph as readers will see them, and what has changed in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop import composing
from desktop.editor.graph_side import GraphSide
from desktop.editor.order_side import OrderSide
from desktop.editor.said import Said, said_of, together
from desktop.editor.worded import longest
from desktop.graph.access import announce
from desktop.theme import theme
from desktop.widgets.basics import Button, FlowLayout, label
from desktop.widgets.reader import Reader
from desktop.widgets.switch import Switch
from knowledge.model import Kind

if TYPE_CHECKING:
    from desktop.editor.editing import Look
    from desktop.session import Session
    from knowledge.model import Page

MOST_SAID = 2


class Preview(QWidget):
    """Follows the words a moment after each pause in typing."""

    asked_larger = Signal()  # the preview alone, or the words beside it
    order_made = Signal(object)  # OrderSide

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setAccessibleName("As readers see it")
        self.title = label("Preview", "heading", wrap=False)
        self.switch = Switch(
            "What the preview shows", [("page", "Page", "file-text"), ("graph", "Graph", "network")]
        )
        self.taught = Switch(
            "What stands beside the words",
            [("order", "Running order", "list-ordered"), ("page", "Page", "file-text")],
        )
        self.stack = QStackedWidget(self)
        self.reader = Reader(session)
        self.graph = GraphSide(session)
        self._order: OrderSide | None = None
        for shown in (self.reader, self.graph):
            self.stack.addWidget(shown)
        self.said = label("", "")
        self.said.setAccessibleDescription("What has changed")
        self.said.setMinimumWidth(1)  # one long address would make all that stands beside it narrow
        self.larger = Button("Larger", "maximize", "", self.asked_larger.emit)
        self.head = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.head.setSizePolicy(policy)
        self.flow = FlowLayout(self.head, space=6)
        for part in (
            self.title,
            self.switch,
            self.taught,
            self.larger,
            *self.graph.buttons.values(),
        ):
            self.flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.stack, 1)
        column.addWidget(self.said)
        self.path = ""
        self.look: Look | None = None
        self.told: list[str] = []
        self.told_of = ""  # the page whose changes these are
        self.most = MOST_SAID
        self.part = ""  # the name of the heading that is followed
        self.line = 0  # of the words, where the cursor is
        self.revealed = ""  # the text whose change has been shown
        self.reader.shown.connect(self._reveal)
        self.switch.chosen.connect(self._switched)
        self.taught.chosen.connect(self._switched)
        theme().changed.connect(self._fit)
        self._fit()

    @property
    def order(self) -> OrderSide:
        """Made for the first session that is written here; no other page has a running order."""
        if self._order is None:
            self._order = OrderSide(self.session)
            self.stack.addWidget(self._order)
            self.order_made.emit(self._order)
        return self._order

    def _fit(self) -> None:
        look = theme()
        self.head.setContentsMargins(look.px(10), look.px(6), look.px(10), look.px(6))
        self.title.setMinimumHeight(look.px(34))
        self.said.setContentsMargins(look.px(14), look.px(6), look.px(10), look.px(6))
        if self.look is not None:
            self.graph.redraw()

    def show_look(self, look: Look, before: Page) -> None:
        """Show what the words read as now; `before` is the page in the library."""
        fresh = look.page.path != self.path
        self.path, self.look = look.page.path, look
        self.part = "" if fresh else self.part
        self.revealed = "" if fresh else self.revealed
        graph = look.page.kind is Kind.PATHWAY
        taught = look.page.kind is Kind.SESSION
        self.switch.setVisible(graph)
        self.taught.setVisible(taught)
        if fresh or not (graph or taught):
            self._switched("graph" if graph else "order" if taught else "page")
        renderer, page, library = self.session.renderer, look.page, look.library
        options = self.session.reading()
        if self.stack.currentWidget() is self.reader:
            self.reader.show_text(
                lambda: composing.article(renderer, library, page, options), keep=not fresh
            )
        if graph:
            self.graph.show_pages(before, page, library, fresh=fresh)
        if taught:
            self.order.show_look(look, fresh=fresh)
        self.session.tasks.run(
            lambda: said_of(before, page, library),
            lambda said: self._say(said, page.path),
            key=f"said-{id(self)}",
            lane="editing",
            shown=self,
        )

    def follow(self, line: int) -> None:
        """Show the part of the page that is being written; where one has scrolled in it, that stays."""
        self.line = line
        if self.look is None or self.stack.currentWidget() is not self.reader:
            return
        above = [s.anchor for s in self.look.page.sections if s.line <= line]
        here = above[-1] if above else ""
        if here != self.part:
            self.part = here
            self.reader.go_to(here)

    def _reveal(self) -> None:
        """Words that were just changed are seen, however far below their heading they stand."""
        look = self.look
        if look is None or look.text == self.revealed or not self.line:
            return
        first, self.revealed = not self.revealed, look.text
        lines = look.text.splitlines()
        words = longest(lines[self.line - 1]) if self.line <= len(lines) else ""
        if first or not words:
            return
        heads = [s for s in look.page.sections if s.line <= self.line and s.title]
        title = heads[-1].title if heads else ""
        start = next((h.position for h in self.reader.headings() if h.title == title), 0)
        found = self.reader.document().find(words, start)
        if found.isNull():
            return
        box = self.reader.cursorRect(found)
        if not self.reader.viewport().rect().contains(box):
            self.reader.go_to_position(found.block().position())

    def _say(self, said: Said, path: str) -> None:
        """What was changed last comes first, and stays there; how much more differs is counted.

        Words that are being typed are not read out as well.
        """
        told, fresh, self.told_of = said.all, path != self.told_of, path
        new = [line for line in told if line not in self.told] if not fresh else []
        old = [line for line in self.told if line in told] if not fresh else told
        self.told = list(dict.fromkeys([*new, *old]))
        words = together(self.told, self.most)
        if fresh:
            self.said.setMinimumHeight(0)
        self.said.setText(words)  # its room stays where nothing differs, as after each save
        self._keep_room()
        heard = [line for line in new if line in said.built]
        if heard:
            announce(self.graph.board, together(heard[:1], 1))

    def _keep_room(self) -> None:
        """The page above is not laid out again and again while what has changed takes more words, or less."""
        if self.said.isVisible():
            high = self.said.heightForWidth(self.width())
            if high > self.said.minimumHeight():
                self.said.setMinimumHeight(high)

    def show_alone(self, alone: bool, *, narrow: bool) -> None:
        """Whether the preview has the window to itself; where it is narrow it always has, and less is said."""
        self.larger.setVisible(not narrow)
        self.title.setVisible(not narrow)
        self.graph.chosen_words.setVisible(not narrow)
        self.most = 1 if narrow else MOST_SAID
        self.larger.setText("Show the words" if alone else "Larger")
        self.larger.setAccessibleName("Show the words beside it" if alone else "Larger preview")
        self.larger.set_icon("columns-2" if alone else "maximize")

    def _switched(self, which: str) -> None:
        for switch in (self.switch, self.taught):
            if which in switch.buttons:
                switch.show_choice(which)
        side = self.graph if which == "graph" else self.order if which == "order" else self.reader
        self.stack.setCurrentWidget(side)
        for button in self.graph.buttons.values():
            button.setVisible(which == "graph")
        self.flow.invalidate()
        if which == "page" and self.look is not None:
            look, options, renderer = self.look, self.session.reading(), self.session.renderer
            self.reader.show_text(
                lambda: composing.article(renderer, look.library, look.page, options), keep=True
            )
