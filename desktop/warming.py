"""Loads what a reader will want next, a little at a time, once the start is over and nobody is waiting."""

from __future__ import annotations

from importlib import import_module

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 30
# What most people open first stands first; what others load anyway stands before them, in small portions.
AHEAD = (
    "desktop.views.search",
    "knowledge.render",
    "desktop.widgets.reader",
    "desktop.views.article",
    "drawing.metrics",
    "desktop.graph.canvas",
    "desktop.graph.chart",
    "drawing.layered",
    "drawing.draw",
    "desktop.graph.drawer",
    "desktop.graph.panel",
    "desktop.views.pathway",
    "desktop.views.lists",
    "desktop.views.threshold",
    "desktop.views.service",
    "desktop.views.services",
    "desktop.views.cases",
    "desktop.dialogs.palette",
)


class Warming(QObject):
    """Each in its turn of the event loop, so that the first page does not wait for all of them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.left = list(AHEAD)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._next)

    def begin(self) -> None:
        self._timer.start()

    def _next(self) -> None:
        if self.left:
            import_module(self.left.pop(0))
        else:
            self._timer.stop()
