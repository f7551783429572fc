"""Files as the rest of the program may touch them: read whole, written whole, or left alone."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from knowledge.errors import DiskFailed, KnowledgeError, NotAPage, TooLarge, Unsettled, explain

T = TypeVar("T")

PATIENCE = 3.0
LARGEST = 64 * 1024 * 1024
_CHUNK = 1024 * 1024
_BINARY: int = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
_CAREFUL: int = getattr(os, "O_NOFOLLOW", 0)
_AT_ONCE: int = getattr(os, "O_NONBLOCK", 0)
# What another program's short hold on a file looks like: virus scanner, sync client, a reader.
_PASSING = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY, errno.EAGAIN})
_NO_LINKS = frozenset(
    {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}
)


class Clock:
    """The time of day, and waiting; a test brings its own and waits for nothing."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)

    def passed(self) -> float:
        """Seconds from some fixed moment."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        time.sleep(seconds)


class Files:
    """Every call that changes the disk, one method each, so that a test can fail any one."""

    def create(self, path: Path) -> int:
        """Open a new file for writing; it must not exist."""
        return os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY | _CAREFUL, 0o666)

    def write(self, handle: int, data: bytes) -> int:
        """Write some of ``data`` and say how much."""
        return os.write(handle, data)

    def sync(self, handle: int) -> None:
        """Have the file's contents on the disk itself."""
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Close what ``create`` opened."""
        os.close(handle)

    def replace(self, source: Path, target: Path) -> None:
        """Put ``source`` in the place of ``target`` in one step."""
        os.replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        """Give ``source`` a second name, which nothing may have yet."""
        os.link(source, target)

    def rename(self, source: Path, target: Path) -> None:
        """Rename; on Windows refused when ``target`` exists."""
        source.rename(target)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        os.unlink(path)

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""
        path.rmdir()

    def make_folder(self, path: Path) -> None:
        """Make one folder."""
        path.mkdir()

    def copy_mode(self, source: Path, target: Path) -> None:
        """Give ``target`` the permissions of ``source``."""
        target.chmod(stat.S_IMODE(source.stat().st_mode))

    def sync_folder(self, path: Path) -> None:
        """Have the folder's list of names on the disk itself, where a system can do that."""
        if sys.platform == "win32":
            return
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            # Some network file systems cannot sync a folder; there is nothing better to do there.
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(handle)


def digest(data: bytes) -> str:
    """The fingerprint by which two texts are compared."""
    return hashlib.sha256(data).hexdigest()


def patiently(action: Callable[[], T], clock: Clock, patience: float = PATIENCE) -> T:
    """Do ``action``, trying again for a few seconds while another program has the file."""
    end, pause = clock.passed() + patience, 0.01
    while True:
        try:
            return action()
        except OSError as error:
            if error.errno not in _PASSING or clock.passed() + pause > end:
                raise
        clock.wait(pause)
        pause = min(pause * 2, 0.25)


def read_whole(path: Path, clock: Clock | None = None, largest: int = LARGEST) -> bytes:
    """All of an ordinary file as it was at one moment; never half of one that is being copied."""
    clock = clock or Clock()
    end, pause = clock.passed() + PATIENCE, 0.02
    while (data := _read_once(path, largest)) is None:
        if clock.passed() + pause > end:
            raise Unsettled(f"{path} kept changing while it was being read", where=path)
        clock.wait(pause)
        pause = min(pause * 2, 0.25)
    return data


def _read_once(path: Path, largest: int) -> bytes | None:
    # Without O_NONBLOCK opening a pipe would wait for ever.
    handle = os.open(path, os.O_RDONLY | _BINARY | _AT_ONCE)
    try:
        before = os.fstat(handle)
        if stat.S_ISDIR(before.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(before.st_mode):
            raise NotAPage(f"{path} is not an ordinary file", where=path)
        if before.st_size > largest:
            raise TooLarge(f"{path} is too large to read ({before.st_size:,} bytes)", where=path)
        pieces = []
        while piece := os.read(handle, _CHUNK):
            pieces.append(piece)
        data = b"".join(pieces)
        after = os.fstat(handle)
    finally:
        os.close(handle)
    same = before.st_size == after.st_size == len(data) and before.st_mtime_ns == after.st_mtime_ns
    return data if same else None


def read(path: Path, doing: str = "", clock: Clock | None = None, largest: int = LARGEST) -> bytes:
    """``read_whole`` whose failures are sentences."""
    try:
        return read_whole(path, clock, largest)
    except OSError as error:
        raise explain(error, doing or f"{path} could not be read", path) from error


def make_folders(files: Files, folder: Path) -> None:
    """Make a folder and those above it, each kept through a power cut."""
    if folder.is_dir():
        return
    make_folders(files, folder.parent)
    try:
        files.make_folder(folder)
    except FileExistsError:
        return
    files.sync_folder(folder.parent)


def write_new(files: Files, path: Path, data: bytes, *, sync: bool = True) -> None:
    """Write a file that does not exist yet and check that it holds what was written."""
    handle = files.create(path)
    try:
        rest = data
        while rest:
            rest = rest[files.write(handle, rest) :]
        if sync:
            files.sync(handle)
    finally:
        files.close(handle)
    if read_whole(path, largest=len(data) + LARGEST) != data:
        raise DiskFailed(f"{path} does not hold what was written to it", where=path)


def beside(path: Path, ending: str) -> Path:
    """A hidden companion of ``path``: the same one for every spelling that may be the same file."""
    name = folded(path.name)
    if len(name.encode()) > 120:
        name = f"{name[:24]}-{digest(name.encode())[:24]}"
    return path.parent / f".{name}.{ending}"


def folded(name: str) -> str:
    """``name`` as a file system that ignores case and accents' spelling would compare it."""
    return _normal("NFC", _normal("NFC", name).casefold())


def _normal(form: str, name: str) -> str:
    if name.isascii():
        return name
    import unicodedata

    return unicodedata.normalize(form, name)  # type: ignore[arg-type]


def write_beside(files: Files, path: Path, data: bytes, *, sync: bool = True) -> Path:
    """The new text of ``path`` in a file beside it, whole and checked; only with the lock held."""
    part = beside(path, "part")
    if os.path.lexists(part):  # of a save that was cut off
        clear(files, part)
    try:
        write_new(files, part, data, sync=sync)
    except (OSError, KnowledgeError):
        clear(files, part)
        raise
    return part


def put_in_place(files: Files, part: Path, path: Path, clock: Clock) -> None:
    """Replace ``path`` by ``part`` in one step that survives a power cut."""
    try:
        patiently(lambda: files.replace(part, path), clock)
    except OSError:
        clear(files, part)
        raise
    files.sync_folder(path.parent)


def put_where_nothing_is(files: Files, part: Path, path: Path, clock: Clock) -> None:
    """Move ``part`` to ``path``, refusing with FileExistsError if anything is there."""
    if sys.platform == "win32":
        patiently(lambda: files.rename(part, path), clock)
        return
    # A rename would silently replace what another program put there a moment ago; a link cannot.
    try:
        files.link(part, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        patiently(lambda: files.rename(part, path), clock)
        files.sync_folder(path.parent)
    else:
        # The new name is on the disk before the old one goes: a power cut never leaves neither.
        files.sync_folder(path.parent)
        patiently(lambda: files.remove(part), clock)


def write_whole(files: Files, path: Path, data: bytes, clock: Clock) -> None:
    """Write or replace a file nobody else writes, so that it is whole whenever the power goes."""
    put_in_place(files, write_beside(files, path, data), path, clock)


def clear(files: Files, path: Path) -> None:
    """Remove a left-over file if it is there and can be removed."""
    try:
        files.remove(path)
    except OSError:
        return
