"""Where a route came from: a row of links to the pathways it went through before."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.graph.walk import Leg
from desktop.widgets.basics import Button, FlowLayout


class Crumbs(QWidget):
    """Hidden while the route is all in one pathway."""

    returned = Signal(object)  # Leg: back to the pathway it went through

    def __init__(self) -> None:
        super().__init__()
        self.row = FlowLayout(self, space=4)
        self.hide()

    def show_legs(self, legs: tuple[Leg, ...]) -> None:
        """A link for each pathway before this one."""
        self.setVisible(bool(legs))
        self.row.clear()
        for leg in legs:
            box = leg.chart.boxes[leg.stops[-1].key]
            words = f"From {leg.page.title}, step {box.number}: {box.title}"
            button = Button(words, "arrow-left", "link")
            button.clicked.connect(lambda _=False, found=leg: self.returned.emit(found))
            self.row.addWidget(button)
