"""Loads what a reader will want next, a little at a time, once the start is over and nobody is waiting."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from desktop.tasks import Tasks
    from desktop.window import MainWindow

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


# What may be wanted in the first second after the very first start, when threads are busy for long.
SEARCH = ("desktop.widgets.answers", "desktop.widgets.preview", "desktop.views.search")
PAGE = (
    "knowledge.render",
    "desktop.widgets.reader",
    "desktop.views.reading",
    "desktop.views.article",
)


class Warming(QObject):
    """Each in its turn of the event loop, so that the first page does not wait for all of them."""

    def __init__(
        self, parent: QObject, tasks: Tasks, steps: list[Callable[[], object]], every_ms: int
    ) -> None:
        super().__init__(parent)
        self.left = steps
        self._tasks = tasks
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self._next)

    def begin(self) -> None:
        self._timer.start()

    def _next(self) -> None:
        if self.left:
            self._tasks.hush()
            self.left.pop(0)()
        else:
            self._timer.stop()


def first(window: MainWindow) -> Warming:
    """The answers' pane and a page, before threads are busy for long."""
    pane, *page = window.ahead()
    steps = [*map(_load, SEARCH), pane, *map(_load, PAGE), *page]
    return Warming(window, window.session.tasks, steps, 0)


def rest(window: MainWindow) -> Warming:
    """All that is wanted often, now that nobody is busy."""
    return Warming(window, window.session.tasks, [*ahead(), *window.ahead()], EVERY_MS)


def ahead() -> list[Callable[[], object]]:
    """The modules, each loaded by a call."""
    return [_load(name) for name in AHEAD]


def _load(name: str) -> Callable[[], object]:
    return partial(import_module, name)
