"""Has Qt lay out a text once, and a long one in even steps; left alone it doubles each until the window stutters."""

from __future__ import annotations

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject, QSizeF, QTimerEvent
from PySide6.QtGui import QTextDocument

LONG = 30_000  # letters; shorter texts are laid out before it could be noticed
STEP = 8_000


class Paced(QObject):
    """Stands before the clock by which a document lays out what is not yet in view."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._clock = -1
        self._at = 0
        document.documentLayout().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QTimerEvent) or not self._is_the_clock(watched, event.timerId()):
            return False
        self._at += STEP
        if self._at >= self._document.characterCount():
            return False  # the end is Qt's own: it stops the clock and says how long the text is
        layout = self._document.documentLayout()
        layout.blockBoundingRect(self._document.findBlock(self._at))  # all before it is laid out
        return True

    def _is_the_clock(self, layout: QObject, timer: int) -> bool:
        """The other timer of a layout has no interval; a new clock begins at the top."""
        if timer == self._clock:
            return True
        dispatcher = QAbstractEventDispatcher.instance()
        known = {info.timerId: info.interval for info in dispatcher.registeredTimers(layout)}
        if not known.get(timer):
            return False
        self._clock, self._at = timer, 0
        return True


def wait_for_room(document: QTextDocument) -> None:
    """Lay nothing out before it is known how wide it may be.

    As soon as it is taken up, Qt would lay a text out as if no line had an end, and then once more as it is seen.
    """
    document.setPageSize(QSizeF(0, 0))


def pace(document: QTextDocument) -> None:
    """From now on, if the text is long."""
    if document.characterCount() > LONG:
        Paced(document)
