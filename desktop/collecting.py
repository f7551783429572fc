"""Rubbish is collected on the screen's thread only: Qt's objects must not be taken apart on another."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

EVERY_MS = 1_000
FULL_EVERY = (
    600  # of those; it takes longer than one should notice, so it waits until nobody looks,
)
AT_LEAST_EVERY = 3_600  # but not for ever
AGED = 20_000  # new things that have seen one collection; ten times as many would take 50 ms
LIBRARY = 20_000  # so many new things at once are a library that was read, and no rubbish


class Collector(QObject):
    """As long as one of these works, Python's own collector rests.

    It would run in whatever thread happens to ask for memory, and a widget that ends in a worker's
    thread, with a timer still running, takes the program with it.
    """

    _working = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ticks = 0
        self._aged = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._resting = False
        Collector._working += 1
        gc.disable()
        self._timer.start()

    def collect(self) -> None:
        """What is young and often rubbish each second; everything now and then, behind other windows.

        A library is set aside: going through 1,000 pages would hold up the window each time.
        """
        self._ticks += 1
        young, middle, _ = gc.get_threshold()
        counts = gc.get_count()
        if counts[0] > LIBRARY:
            gc.freeze()
        elif self._ticks >= (AT_LEAST_EVERY if _looked_at() else FULL_EVERY):
            self._ticks = 0
            gc.unfreeze()
            gc.collect()
            gc.freeze()
        elif counts[1] > middle or self._aged + counts[0] > AGED:
            self._aged = 0
            gc.collect(1)
        elif counts[0] > young:
            self._aged += counts[0]
            gc.collect(0)

    def rest(self) -> None:
        """The window is closed and its threads have ended."""
        if self._resting:
            return
        self._resting = True
        self._timer.stop()
        Collector._working -= 1
        if Collector._working == 0:
            gc.unfreeze()
            gc.enable()


def _looked_at() -> bool:
    return QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
