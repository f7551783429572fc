"""Beside the words: the page and its graph as readers will see them, and what has changed in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop import composing
from desktop.editor.said import changes
from desktop.graph.canvas import Canvas
from desktop.graph.chart import chart_of
from desktop.graph.drawer import Drawer
from desktop.graph.picture import Picture
from desktop.theme import theme
from desktop.widgets.basics import label
from desktop.widgets.reader import Reader
from desktop.widgets.switch import Switch
from knowledge.model import Kind

if TYPE_CHECKING:
    from desktop.editor.editing import Look
    from desktop.graph.chart import Chart
    from desktop.session import Session
    from drawing.diagram import Drawing
    from knowledge.model import Page

MOST_SAID = 2


class Preview(QWidget):
    """Follows the words a moment after each pause in typing."""

    step_chosen = Signal(int)  # the line of a step clicked in the graph

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setAccessibleName("As readers see it")
        self.title = label("As readers see it", "heading", wrap=False)
        self.switch = Switch(
            "What the preview shows", [("page", "Page", "file-text"), ("graph", "Graph", "network")]
        )
        self.reader = Reader(session)
        self.canvas = Canvas()
        self.canvas.setAccessibleName("The graph, as it is now")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.reader)
        self.stack.addWidget(self.canvas)
        self.said = label("", "")
        self.said.setAccessibleName("What has changed")
        self.head = QHBoxLayout()
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.head)
        column.addWidget(self.stack, 1)
        column.addWidget(self.said)
        self.drawer = Drawer(session)
        self.drawer.drawn.connect(self._drawn)
        self.chart: Chart | None = None
        self.path = ""
        self.look: Look | None = None
        self.drawing: Drawing | None = None
        self.diagram: object = None
        self.switch.chosen.connect(self._switched)
        self.canvas.clicked.connect(self._clicked)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        self.head.setContentsMargins(look.px(14), look.px(6), look.px(10), look.px(6))
        self.said.setContentsMargins(look.px(14), look.px(6), look.px(10), look.px(6))
        if self.look is not None:
            self.diagram = None
            self._draw(self.look)

    def show_look(self, look: Look, before: Page) -> None:
        """Show what the words read as now; `before` is the page in the library."""
        fresh = look.page.path != self.path
        self.path, self.look = look.page.path, look
        graph = look.page.kind is Kind.PATHWAY
        self.switch.setVisible(graph)
        if fresh or not graph:
            self._switched("graph" if graph else "page")
        renderer, page, library = self.session.renderer, look.page, look.library
        options = self.session.reading()
        if self.stack.currentWidget() is self.reader:
            self.reader.show_text(
                lambda: composing.article(renderer, library, page, options), keep=not fresh
            )
        self._draw(look, fresh)
        told = [f"{line}." for line in changes(before, page, library)]
        more = len(told) - MOST_SAID
        words = " ".join(told[:MOST_SAID]) + (f" And {more} more." if more > 0 else "")
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def _draw(self, look: Look, fresh: bool = False) -> None:
        if look.page.kind is not Kind.PATHWAY or not look.page.steps:
            self.canvas.show_picture(None)
            return
        chart = chart_of(look.page, look.library.pages.get, look.library.emergency)
        self.chart = chart
        if chart.diagram == self.diagram:
            return
        self.diagram = chart.diagram
        if fresh:
            self.drawing = None
            self.canvas.show_picture(None)
        self.drawer.draw(chart.diagram, theme().scale, self.drawing)

    def _drawn(self, drawing: Drawing, again: bool) -> None:
        first = self.canvas.picture is None
        self.drawing = drawing
        self.canvas.show_picture(Picture(drawing), glide=not first)
        if first and self.chart is not None:
            self.canvas.open_at(self.chart.first)

    def follow(self, anchor: str) -> None:
        """Show the step that is being written."""
        if self.chart is None or not anchor:
            return
        key = self.chart.key_of(anchor)
        if key and self.canvas.picture is not None:
            self.canvas.focus = key
            self.canvas.reveal(key)
            self.canvas.update()

    def _switched(self, which: str) -> None:
        self.switch.show_choice(which)
        self.stack.setCurrentWidget(self.canvas if which == "graph" else self.reader)
        if which == "page" and self.look is not None:
            look, options, renderer = self.look, self.session.reading(), self.session.renderer
            self.reader.show_text(
                lambda: composing.article(renderer, look.library, look.page, options), keep=True
            )

    def _clicked(self, key: str) -> None:
        step = self.chart.step(key) if self.chart is not None else None
        if step is not None:
            self.step_chosen.emit(step.line)
