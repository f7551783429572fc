"""Work off the screen's thread: plain functions over immutable data; results come back as calls on it."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from knowledge.turns import offer

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

log = logging.getLogger("fingerpost.tasks")

# A thread at work hands Python over this soon, not after the usual 5 ms, which the window would wait
# for each time it is called by Qt. It costs 4 % of the time that indexing takes.
HAND_OVER_S = 0.000_1

# Nobody waits for these from one moment to the next: they stand aside while the window is at work,
# which would else wait for Python at each of the hundreds of calls between it and Qt.
PATIENT = frozenset({"library", "index"})
# What a person has asked to be written is written, also if the window is closed a moment later.
WRITING = frozenset({"saving", "drafts", "settings"})
PAINT_MS = 6  # between laying out and painting the window seems to have nothing to do
AT_MOST_S = 0.25  # then patient work goes on, though the window is still at it


class Stopped(BaseException):
    """The program ends; nobody wants the rest of this work."""


class Tasks(QObject):
    """Runs functions one after the other. Of several jobs with one key only the newest reports."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools: dict[str, ThreadPoolExecutor] = {}
        self._newest: dict[str, int] = {}
        self._count = 0
        self._closed = False
        self._room = threading.Event()  # the window leaves room for patient work
        self._room.set()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._rested)
        sys.setswitchinterval(HAND_OVER_S)
        # Always later, also for what is done at once: nobody expects an answer while still asking.
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        *,
        key: str = "",
        lane: str = "work",
        shown: QObject | None = None,
    ) -> None:
        """Do `work` in its lane's thread, then call `done` or `failed` here.

        A newer job with the same `key` silences this one, and spares it if it has not begun. Where the
        result was for something `shown`, nothing is told once that is gone: its tab may be closed meanwhile.
        """
        if self._closed:
            return
        if shown is not None:
            done, failed = _while_there(shown, done), _while_there(shown, failed)
        if lane not in PATIENT:
            self.hush()  # the window waits for it
        self._count += 1
        number = self._count
        if key:
            self._newest[key] = number

        def job() -> Any:
            if key and self._newest.get(key) != number:
                return None
            return work()

        pool = self._pools.get(lane)
        if pool is None:
            from concurrent.futures import ThreadPoolExecutor

            pool = self._pools[lane] = ThreadPoolExecutor(
                1,
                thread_name_prefix=f"fingerpost-{lane}",
                initializer=(lambda: offer(self._stand_aside)) if lane in PATIENT else None,
            )
        future = pool.submit(job)
        future.add_done_callback(lambda f: self._tell(f, done, failed, key, number))

    def hush(self) -> None:
        """The window is at work: patient lanes stand aside until it has nothing more to do."""
        self._room.clear()
        self._rest.start(0)

    def _rested(self) -> None:
        if self._rest.interval() == 0:
            self._rest.start(PAINT_MS)
        else:
            self._room.set()

    def _stand_aside(self) -> None:
        """Between two portions of patient work, in its thread."""
        if not self._room.wait(AT_MOST_S):
            self._room.set()  # once is enough: something else than its own work holds the window
        if self._closed:
            raise Stopped

    def _tell(
        self,
        future: Future[Any],
        done: Callable[[Any], None] | None,
        failed: Callable[[Exception], None] | None,
        key: str,
        number: int,
    ) -> None:
        if not self._closed:
            self._finished.emit((future, done, failed, key, number))

    def _deliver(self, told: tuple[Any, ...]) -> None:
        future, done, failed, key, number = told
        if self._closed or future.cancelled() or (key and self._newest.get(key) != number):
            return
        self.hush()
        error = future.exception()
        if error is None:
            if done is not None:
                done(future.result())
        elif failed is not None and isinstance(error, Exception):
            failed(error)
        else:
            log.error("a task failed", exc_info=error)
            raise error

    def close(self) -> None:
        """Stop: nothing more is told, what is to be written is written, and the threads end."""
        self._closed = True
        self._room.set()
        for lane, pool in self._pools.items():
            pool.shutdown(wait=True, cancel_futures=lane not in WRITING)


def _while_there(
    shown: QObject, tell: Callable[[Any], None] | None
) -> Callable[[Any], None] | None:
    if tell is None:
        return None
    return lambda result: tell(result) if isValid(shown) else None
