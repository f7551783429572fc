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
from datetime import date
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


def checked_library(root: Path, cache: Path, today: date) -> tuple[Library, Checked]:
    """The library and its problems; what did not change since last time is not read again."""
    root = Path(os.path.abspath(root))
    place = cache / "libraries" / f"{_name(root)}.pickle"
    with _without_collecting():
        kept = _load(place, root)
        library = open_library(root, kept.library if kept else None)
        found = check(library, today, kept.checked if kept else None)
        if kept is None or not _same(kept, library, found):
            _store(place, _Kept(_signature(), _settled(library), found))
    return library, found


def _same(kept: _Kept, library: Library, found: Checked) -> bool:
    return (
        kept.library.stamps == library.stamps
        and found.problems == kept.checked.problems
        and found.today == kept.checked.today
    )


def _name(root: Path) -> str:
    return sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:24]


def _signature() -> str:
    """Changes whenever the code that reads does, so that what old code found never outlives it."""
    stamp = sha256(f"{_FORMAT} {sys.version}".encode())
    with contextlib.suppress(OSError):
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
        kept = pickle.loads(place.read_bytes())
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
        part.write_bytes(pickle.dumps(kept, pickle.HIGHEST_PROTOCOL))
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
