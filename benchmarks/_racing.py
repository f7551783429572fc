"""Several processes that save the same pages at once, while others read them."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.files import Files, digest, read_whole
from knowledge.saving.store import PageStore, Saved

PAGES = [f"pathways/page {number}.md" for number in range(5)]
START = b"# A page\n" + b"A line of guidance that nobody changes.\n" * 100
_END = b"<!-- end of the page -->\n"

Save = Callable[[Path, bytes, bytes], bool]


@dataclass(frozen=True)
class Race:
    """What came of it."""

    edits: int
    lost: int
    conflicts: int
    reads: int
    torn: int
    seconds: float


def overwriting(library: Path, session: str) -> Save:
    """As many programs do: ``open(path, "w")``."""

    def save(path: Path, opened: bytes, text: bytes) -> bool:
        with path.open("wb") as file:
            file.write(text)
        return True

    return save


def comparing(library: Path, session: str) -> Save:
    """A temporary file, put in place if the page is still what was opened; no lock."""

    def save(path: Path, opened: bytes, text: bytes) -> bool:
        part = path.with_name(f".{path.name}.{session}")
        with part.open("wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.read_bytes() != opened:
            return False
        part.replace(path)
        return True

    return save


def fingerpost(library: Path, session: str, files: Files | None = None) -> Save:
    """``PageStore.save``, every writer with a profile of its own, as on its own computer."""
    profile = library.parent / f"profile {session}"
    store = PageStore(library, profile, files=files, session=session)

    def save(path: Path, opened: bytes, text: bytes) -> bool:
        page = path.relative_to(library).as_posix()
        return isinstance(store.save(page, text, digest(opened)), Saved)

    return save


class Unsynced(Files):
    """For a race in a test: what is raced for is the order of things, not the disk."""

    def sync(self, handle: int) -> None:
        pass

    def sync_folder(self, path: Path) -> None:
        pass


def unsynced(library: Path, session: str) -> Save:
    return fingerpost(library, session, Unsynced())


METHODS = {
    'open(path, "w")': overwriting,
    "temporary file, compare only": comparing,
    "fingerpost": fingerpost,
    "fingerpost, not synced": unsynced,
}


def race(place: Path, method: str, writers: int, edits: int, readers: int = 2) -> Race:
    """``writers`` processes make ``edits`` edits between them; each adds one line to a page."""
    library = place / "library"
    (library / "pathways").mkdir(parents=True)
    for page in PAGES:
        (library / page).write_bytes(START + _END)
    begun = time.monotonic()
    each = edits // writers
    writing = [_start(place, "write", method, str(number), str(each)) for number in range(writers)]
    reading = [_start(place, "read", method, str(number), "0") for number in range(readers)]
    written = [_result(process) for process in writing]
    seconds = time.monotonic() - begun
    (place / "over").touch()
    read = [_result(process) for process in reading]
    there = b"".join((library / page).read_bytes() for page in PAGES).split(b"\n")
    wanted = {
        b"edit %d of %d" % (edit, writer) for writer in range(writers) for edit in range(each)
    }
    return Race(
        len(wanted),
        len(wanted - set(there)),
        sum(conflicts for conflicts, _ in written),
        sum(reads for reads, _ in read),
        sum(torn for _, torn in read),
        seconds,
    )


def _start(place: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks._racing", str(place), *arguments]
    root = Path(__file__).resolve().parent.parent
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)


def _result(process: subprocess.Popen[str]) -> tuple[int, int]:
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"a process of the race ended with {process.returncode}")
    first, second = said.split()
    return int(first), int(second)


def _write(library: Path, method: str, writer: int, edits: int) -> tuple[int, int]:
    save = METHODS[method](library, str(writer))
    chance, conflicts = random.Random(writer), 0
    for edit in range(edits):
        path = library / chance.choice(PAGES)
        while True:
            opened = read_whole(path)
            line = b"edit %d of %d\n" % (edit, writer)
            if save(path, opened, opened.removesuffix(_END) + line + _END):
                break
            conflicts += 1
            time.sleep(chance.uniform(0, 0.005))
    return conflicts, 0


def _read(library: Path) -> tuple[int, int]:
    reads = torn = 0
    while not (library.parent / "over").exists():
        for page in PAGES:
            try:
                text = read_whole(library / page)
            except (OSError, KnowledgeError):
                text = b""
            reads += 1
            torn += not (text.startswith(START) and text.endswith(_END))
        time.sleep(0.002)
    return reads, torn


def main() -> None:
    place, what, method, number, edits = sys.argv[1:]
    library = Path(place) / "library"
    if what == "write":
        print(*_write(library, method, int(number), int(edits)))
    else:
        print(*_read(library))


if __name__ == "__main__":
    main()
