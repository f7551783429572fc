"""Loads what a reader will want next, a little at a time, once the start is over and nobody is waiting."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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
    "knowledge.saving.store",
    "desktop.editor.desk",
    "knowledge.presented",
    "knowledge.showing.seen",
    "desktop.presenting.stage",
    "desktop.presenting.trainer",
    "desktop.presenting.presenting",
)


class Warming(QObject):
    """Each in its turn of the event loop, so that the first page does not wait for all of them."""

    def __init__(self, parent: QObject, *made: Callable[[], object]) -> None:
        """`made` are parts of the window that can be made once their modules are loaded."""
        super().__init__(parent)
        self.left: list[Callable[[], object]] = [partial(import_module, name) for name in AHEAD]
        self.left.extend(made)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._next)

    def begin(self) -> None:
        self._timer.start()

    def _next(self) -> None:
        if self.left:
            self.left.pop(0)()
        else:
            self._timer.stop()
