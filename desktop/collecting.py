"""Rubbish is collected on the screen's thread only: Qt's objects must not be taken apart on another."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1_000
FULL_EVERY = 600  # of those; it may take longer than one notices


class Collector(QObject):
    """As long as one of these works, Python's own collector rests.

    It would run in whatever thread happens to ask for memory, and a widget that ends in a worker's
    thread, with a timer still running, takes the program with it.
    """

    _working = 0

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._resting = False
        Collector._working += 1
        gc.disable()
        self._timer.start()

    def collect(self) -> None:
        """What is young and often rubbish each second; everything now and then."""
        self._ticks += 1
        young, middle, _ = gc.get_threshold()
        counts = gc.get_count()
        if self._ticks % FULL_EVERY == 0:
            gc.collect()
        elif counts[1] > middle:
            gc.collect(1)
        elif counts[0] > young:
            gc.collect(0)

    def rest(self) -> None:
        """The window is closed and its threads have ended."""
        if self._resting:
            return
        self._resting = True
        self._timer.stop()
        Collector._working -= 1
        if Collector._working == 0:
            gc.enable()
