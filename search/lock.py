"""One writer at a time among the programs of this person; the system frees the lock of a dead one."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType


class Busy(Exception):
    """Another program holds the lock."""


class Lock:
    """Hold it with `with`; waits at most `timeout` seconds."""

    def __init__(self, path: Path, timeout: float) -> None:
        self._path = path
        self._timeout = timeout
        self._file: int | None = None

    def __enter__(self) -> Lock:
        end = time.monotonic() + self._timeout
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        while not _try(handle):
            if time.monotonic() >= end:
                os.close(handle)
                raise Busy(str(self._path))
            time.sleep(0.03)
        self._file = handle
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            _let_go(self._file)
            os.close(self._file)
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _let_go(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
