"""Two versions of a pathway in one picture, to be looked at: what was added, removed and changed, by sign and word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.graph.access import install
from desktop.graph.canvas import Canvas
from desktop.graph.chart import Chart
from desktop.graph.drawer import Drawer
from desktop.graph.lit import Lit
from desktop.graph.picture import Picture
from desktop.theme import theme
from drawing.compared import Compared, compared_diagram, is_gone
from drawing.pathway import diagram_of
from knowledge.comparing import compare

if TYPE_CHECKING:
    from desktop.session import Session
    from drawing.diagram import Drawing
    from knowledge.library import Library
    from knowledge.model import Page


class ComparedGraph(QWidget):
    """Panned, zoomed and read out like any graph; nothing in it can be changed."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        install()
        self.canvas = Canvas()
        self.canvas.setAccessibleName("What has changed, on the graph")
        self.canvas.spoken = self.spoken
        self.canvas.focus_moved.connect(self._focused)
        self.canvas.clicked.connect(self._focused)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)
        self.drawer = Drawer(session)
        self.drawer.drawn.connect(self._drawn)
        self.compared: Compared | None = None
        self.chart: Chart | None = None

    def show_pages(self, before: Page, after: Page, library: Library) -> None:
        """The newer one, with what differs from the older one."""
        find, emergency = library.pages.get, library.emergency
        self.compared = compared_diagram(compare(before, after), find, emergency)
        self.chart = Chart(after, diagram_of(after, find, emergency))
        self.canvas.show_picture(None)
        if self.compared.diagram.boxes:
            self.drawer.draw(self.compared.diagram, theme().scale)

    def _drawn(self, drawing: Drawing, again: bool) -> None:
        compared = self.compared
        if compared is None:
            return
        first = next((box.key for box in drawing.boxes if box.key in compared.boxes), "")
        if not first:  # no step differs, so the first way that does
            ways = (w for n, w in enumerate(drawing.ways) if n in compared.ways)
            first = next((way.arrow.source for way in ways), "")
        self.canvas.light(Lit(changes=compared.boxes, way_changes=compared.ways, flag=""))
        self.canvas.show_picture(Picture(drawing))
        self.canvas.open_at(first)

    def _focused(self, key: str) -> None:
        self.canvas.focus = key
        self.canvas.reveal(key)

    def spoken(self, key: str) -> str:
        """A box as it is read out, with what has become of it."""
        compared, chart = self.compared, self.chart
        if compared is None or chart is None:
            return ""
        return spoken(compared, chart, key)


def spoken(compared: Compared, chart: Chart, key: str) -> str:
    """A box with what has become of it: "added: step 4 of 21, action, Ring the GP"."""
    sign = compared.boxes.get(key, "")
    if is_gone(key) or key not in chart.boxes:
        found = next((box for box in compared.diagram.boxes if box.key == key), None)
        words = f"{found.word.lower()}, {found.title}" if found is not None else ""
    else:
        words = chart.spoken(key)
    return f"{sign}: {words}" if sign else words
