"""What was read and found last time, beside the user's own data: quick to load, safe to delete.

It is a pickle, so it is only ever opened in the user's own cache folder, never in a library.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from knowledge.library import Library, open_library
from knowledge.model import Page
from knowledge.turns import portion_done
from knowledge.validate import Checked, check

_FORMAT = 3
_UNSETTLED_NS = 2_000_000_000  # a file changed this lately may change again and keep its time


@dataclass(frozen=True, slots=True)
class _Kept:
    """What one cache file holds: the pages apart, each packed by itself."""

    signature: str
    library: Library
    checked: Checked
    pages: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class LastCopy:
    """The library as it was when it was last read, and when that was."""

    library: Library
    checked: Checked
    read_at: datetime


def checked_library(root: Path, cache: Path, today: date) -> tuple[Library, Checked]:
    """The library and its problems; what did not change since last time is not read again."""
    root = Path(os.path.abspath(root))
    with _without_collecting():
        kept = last_copy(root, cache)
        library = open_library(root, kept.library if kept else None)
        found = check(library, today, kept.checked if kept else None)
        keep(library, found, cache, kept)
    return library, found


def last_copy(root: Path, cache: Path) -> LastCopy | None:
    """The last good copy of the library at `root`; None where there is none to be trusted."""
    try:
        place = _place(root, cache)
        read_at = datetime.fromtimestamp(place.stat().st_mtime)
    except (OSError, ValueError):  # not there, or a name that nothing can have
        return None
    kept = _load(place, root)
    if kept is None:
        return None
    return LastCopy(kept[0], kept[1], read_at)


def keep(library: Library, found: Checked, cache: Path, before: LastCopy | None = None) -> None:
    """Keep this state for the next start; where nothing changed only its date is brought up."""
    place = _place(library.root, cache)
    if before is not None and _same(before, library, found):
        with contextlib.suppress(OSError):
            os.utime(place)
        return
    # A page at a time takes half as long as all at once, and holds up no other thread meanwhile.
    pages = {path: _packed(page) for path, page in library.pages.items()}
    bare = replace(_settled(library), pages={})
    _store(place, _Kept(_signature(), bare, replace(found, pages={}), pages))


def _same(kept: LastCopy, library: Library, found: Checked) -> bool:
    return (
        kept.library.stamps == library.stamps
        and found.problems == kept.checked.problems
        and found.today == kept.checked.today
    )


def _place(root: Path, cache: Path) -> Path:
    return cache / "libraries" / f"{_name(root)}.pickle"


def _name(root: Path) -> str:
    return sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:24]


def _signature() -> str:
    """Changes whenever the code that reads does, so that what old code found never outlives it."""
    stamp = sha256(f"{_FORMAT} {sys.version}".encode())
    with contextlib.suppress(OSError):
        if getattr(sys, "frozen", False):
            stamp.update(f"{Path(sys.executable).stat().st_mtime_ns}".encode())
        for source in sorted(Path(__file__).parent.rglob("*.py")):
            status = source.stat()
            stamp.update(f"{source.name} {status.st_size} {status.st_mtime_ns}".encode())
    return stamp.hexdigest()


def _settled(library: Library) -> Library:
    """The library without the stamps that prove nothing, so that those files are read again."""
    limit = time.time_ns() - _UNSETTLED_NS
    stamps = {path: stamp for path, stamp in library.stamps.items() if stamp.mtime_ns < limit}
    return replace(library, stamps=stamps)


def _load(place: Path, root: Path) -> tuple[Library, Checked] | None:
    """What was kept; anything doubtful about it means reading afresh."""
    try:
        data = place.read_bytes()
        if crc32(memoryview(data)[4:]) != int.from_bytes(data[:4]):
            return None
        kept = pickle.Unpickler(_Frames(data)).load()
        if not isinstance(kept, _Kept) or kept.signature != _signature():
            return None
        pages: dict[str, Page] = {path: _unpacked(page) for path, page in kept.pages.items()}
    except Exception:  # noqa: BLE001  a damaged pickle may raise anything, and none of it matters
        return None
    if kept.library.root != root:
        return None
    return replace(kept.library, pages=pages), replace(kept.checked, pages=pages)


def _unpacked(page: bytes) -> Page:
    portion_done()
    found: Page = pickle.loads(page)
    return found


def _packed(thing: object) -> bytes:
    portion_done()
    return pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)


def _store(place: Path, kept: _Kept) -> None:
    """Keep it if that can be done; a cache that cannot be written is no fault of the library."""
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.write(bytes(4))
            frames = _Summed(file)
            pickle.Pickler(frames, pickle.HIGHEST_PROTOCOL).dump(kept)
            file.seek(0)
            file.write(frames.sum.to_bytes(4))
        os.replace(part, place)
    except BaseException as error:
        with contextlib.suppress(OSError):
            part.unlink()
        if not isinstance(error, OSError):
            raise


class _Summed:
    """Writes a pickle frame by frame; in one piece, no other thread would come in between."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.sum = file, 0

    def write(self, frame: bytes) -> int:
        portion_done()
        self.sum = crc32(frame, self.sum)
        return self.file.write(frame)


class _Frames:
    """Reads a pickle frame by frame, behind its sum."""

    def __init__(self, data: bytes) -> None:
        self._data = BytesIO(data)
        self._data.seek(4)

    def read(self, size: int) -> bytes:
        portion_done()
        return self._data.read(size)

    def readline(self) -> bytes:
        return self._data.readline()


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Reading makes many small objects and no garbage; looking for some costs a third of the time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
