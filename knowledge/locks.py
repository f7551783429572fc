"""A lock on a page for the moment of saving; the system itself frees it when its holder dies."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from knowledge.errors import InUse
from knowledge.files import Clock, Files, beside, clear

# A lock is never broken for being old: clocks differ, and a slow save is not a dead one. It is
# held as an open file, so a holder that is killed, or whose computer goes, lets go at once.

LOCK_PATIENCE = 15.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.004, 0.1
# Windows answers "access denied" both while the last holder's file is going and in a folder where
# nothing may be written; only the second lasts.
_DOUBT = 1.0 if sys.platform == "win32" else 0.0


class Locks:
    """Takes and frees locks; a test counts and fails these calls like those of ``Files``."""

    def __init__(self, files: Files) -> None:
        self._files = files

    def take(self, path: Path) -> int | None:
        """Hold the lock file, or nothing when somebody else does."""
        return _take(path)

    def free(self, handle: int, path: Path) -> None:
        """Let go, leaving no file behind."""
        if sys.platform != "win32":  # there the file goes with the handle
            clear(self._files, path)
        os.close(handle)


def lock_path(path: Path) -> Path:
    """The lock of a page; hidden, and so never shown as a page."""
    return beside(path, "lock")


@contextmanager
def holding(
    paths: Iterable[Path], locks: Locks, clock: Clock, patience: float = LOCK_PATIENCE
) -> Iterator[None]:
    """Hold the locks of all these pages."""
    with ExitStack() as held:
        # In one order everywhere, so that no two savers wait for each other.
        for path in sorted({lock_path(path) for path in paths}):
            handle = _wait_for(path, locks, clock, patience)
            held.callback(locks.free, handle, path)
        yield


def _wait_for(path: Path, locks: Locks, clock: Clock, patience: float) -> int:
    begun, pause, handle = clock.passed(), _FIRST_PAUSE, None
    while True:
        try:
            handle = locks.take(path)
        except OSError as error:
            if not (isinstance(error, PermissionError) and clock.passed() - begun < _DOUBT):
                raise
        if handle is not None:
            return handle
        if clock.passed() + pause > begun + patience:
            raise InUse(
                "Somebody else has been saving this page for a long time",
                "Try again in a minute.",
                where=path,
            )
        clock.wait(pause)
        pause = min(pause * 1.5, _LONGEST_PAUSE)


if sys.platform == "win32":
    import ctypes
    import msvcrt
    from ctypes import wintypes

    _HELD_BY_ANOTHER = frozenset({32, 33, 303})
    _GENERIC_WRITE, _OPEN_ALWAYS = 0x40000000, 4
    _HIDDEN, _DELETE_ON_CLOSE = 0x2, 0x04000000
    _INVALID = ctypes.c_void_p(-1).value

    _create_file = ctypes.WinDLL("kernel32", use_last_error=True).CreateFileW
    _create_file.restype = wintypes.HANDLE
    _create_file.argtypes = [
        wintypes.LPCWSTR,
        wintypes.DWORD,
        wintypes.DWORD,
        wintypes.LPVOID,
        wintypes.DWORD,
        wintypes.DWORD,
        wintypes.HANDLE,
    ]

    def _take(path: Path) -> int | None:
        # Share mode 0: nobody else can open it, wherever they are, while this handle lives. The
        # system deletes the file with the handle, also when the program is killed.
        handle = _create_file(
            str(path), _GENERIC_WRITE, 0, None, _OPEN_ALWAYS, _HIDDEN | _DELETE_ON_CLOSE, None
        )
        if handle == _INVALID:
            code = ctypes.get_last_error()
            if code in _HELD_BY_ANOTHER:
                return None
            raise ctypes.WinError(code)
        return msvcrt.open_osfhandle(handle, 0)

else:
    import fcntl

    _BUSY = frozenset({errno.EACCES, errno.EAGAIN})

    def _take(path: Path) -> int | None:
        flags = os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            handle = os.open(path, os.O_CREAT | os.O_RDWR | flags, 0o666)
        except PermissionError:
            if not path.exists():
                raise
            handle = os.open(path, os.O_RDONLY | flags)  # left by somebody who was cut off
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The holder before us removed the file as it let go: what we hold may have no name
            # any more, and the next writer would lock another file.
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except FileNotFoundError:
            pass
        except OSError as error:
            if error.errno not in _BUSY:
                os.close(handle)
                raise
        os.close(handle)
        return None
