"""What was read and found last time, beside the user's own data: quick to load, safe to delete.

It is a pickle, so it is only ever opened in the user's own cache folder, never in a library.
"""

from __future__ import annotations

import contextlib
import gc
import io
import os
import pickle
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from knowledge.library import Library, open_library
from knowledge.validate import Checked, check

_FORMAT = 1
_UNSETTLED_NS = 2_000_000_000  # a file changed this lately may change again and keep its time


@dataclass(frozen=True, slots=True)
class _Kept:
    """What one cache file holds."""

    signature: str
    library: Library
    checked: Checked


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
    place = _place(root, cache)
    kept = _load(place, root)
    if kept is None:
        return None
    try:
        read_at = datetime.fromtimestamp(place.stat().st_mtime)
    except OSError:
        return None
    return LastCopy(kept.library, kept.checked, read_at)


def keep(library: Library, found: Checked, cache: Path, before: LastCopy | None = None) -> None:
    """Keep this state for the next start; where nothing changed only its date is brought up."""
    place = _place(library.root, cache)
    if before is not None and _same(before, library, found):
        with contextlib.suppress(OSError):
            os.utime(place)
        return
    _store(place, _Kept(_signature(), _settled(library), found))


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


def _load(place: Path, root: Path) -> _Kept | None:
    """What was kept; anything doubtful about it means reading afresh."""
    try:
        source = pickle.Unpickler(io.BytesIO(place.read_bytes()))
        # Piece by piece: a whole library in one call would hold up every other thread meanwhile.
        for _ in range(int(source.load())):
            source.load()
        kept = source.load()
    except Exception:  # noqa: BLE001  a damaged pickle may raise anything, and none of it matters
        return None
    if isinstance(kept, _Kept) and kept.signature == _signature() and kept.library.root == root:
        return kept
    return None


def _store(place: Path, kept: _Kept) -> None:
    """Keep it if that can be done; a cache that cannot be written is no fault of the library."""
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        buffer = io.BytesIO()
        target = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
        target.dump(len(kept.library.pages))
        for page in kept.library.pages.values():
            target.dump(page)
        target.dump(kept)
        part.write_bytes(buffer.getbuffer())
        os.replace(part, place)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()


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
