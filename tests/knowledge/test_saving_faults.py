"""Every operation, killed or failing at each call that changes the disk, and the power cut."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.files import Clock, Files, digest
from knowledge.saving.store import Change, Edit, PageStore, Saved
from tests.support.clock import HandClock
from tests.support.faults import (
    KILLED,
    Disk,
    Faults,
    FaultyFiles,
    FaultyLocks,
    Journal,
    Unsynced,
    die,
    run_killed,
)

OLD = b"# Old\r\n" + b"The old text. " * 40
NEW = b"# New\r\n" + b"The new text, longer than the old one. " * 40
SIDE = b"# Another page\r\n"
LATER = b"# Later\r\n"
PAGE, OTHER, FRESH = "pathways/page.md", "pathways/other.md", "case studies/fresh.md"


@dataclass(frozen=True)
class Operation:
    """Something a person does, the pages it may leave behind, and what they may hold."""

    run: Callable[[PageStore], object]
    prepare: Callable[[PageStore], object]
    pages: dict[str, tuple[bytes | None, ...]]
    new_text: bytes | None  # what must be somewhere once it was written as a draft
    result: dict[str, bytes | None]
    together: Callable[[dict[str, bytes | None]], bool] = lambda pages: True
    before: tuple[bytes, ...] = (b"as found", OLD)


def _saved_before(store: PageStore) -> None:
    store.save(PAGE, OLD, digest(b"as found"))


def _in_the_bin(store: PageStore) -> None:
    store.save(PAGE, OLD, digest(b"as found"))
    store.delete(PAGE, digest(OLD))


def _somewhere(pages: dict[str, bytes | None]) -> bool:
    return OLD in pages.values()


OPERATIONS = {
    "save": Operation(
        lambda store: store.save(PAGE, NEW, digest(OLD), Change("Champion", "why")),
        _saved_before,
        {PAGE: (OLD, NEW)},
        NEW,
        {PAGE: NEW},
    ),
    "first save of a page somebody else made": Operation(
        lambda store: store.save(PAGE, NEW, digest(b"as found")),
        lambda store: None,
        {PAGE: (b"as found", NEW)},
        NEW,
        {PAGE: NEW},
        before=(b"as found",),
    ),
    "new page": Operation(
        lambda store: store.save(FRESH, NEW, None),
        _saved_before,
        {PAGE: (OLD,), FRESH: (None, NEW)},
        NEW,
        {PAGE: OLD, FRESH: NEW},
    ),
    "two pages together": Operation(
        lambda store: store.save_together([Edit(PAGE, NEW, digest(OLD)), Edit(OTHER, NEW, None)]),
        _saved_before,
        {PAGE: (OLD, NEW), OTHER: (None, NEW)},
        NEW,
        {PAGE: NEW, OTHER: NEW},
    ),
    "rename": Operation(
        lambda store: store.rename(PAGE, FRESH, digest(OLD)),
        _saved_before,
        {PAGE: (OLD, None), FRESH: (None, OLD)},
        None,
        {PAGE: None, FRESH: OLD},
        _somewhere,
    ),
    "delete": Operation(
        lambda store: store.delete(PAGE, digest(OLD)),
        _saved_before,
        {PAGE: (OLD, None)},
        None,
        {PAGE: None},
    ),
    "restore from the bin": Operation(
        lambda store: store.restore_deleted(store.deleted_pages()[0]),
        _in_the_bin,
        {PAGE: (None, OLD)},
        None,
        {PAGE: OLD},
    ),
    "restore an earlier version": Operation(
        lambda store: store.restore(PAGE, store.versions(PAGE)[-1], digest(OLD)),
        _saved_before,
        {PAGE: (OLD, b"as found")},
        None,
        {PAGE: b"as found"},
    ),
    "keep a draft": Operation(
        lambda store: store.keep_draft(PAGE, NEW, digest(OLD)),
        lambda store: (_saved_before(store), store.keep_draft(PAGE, b"typed before", digest(OLD))),
        {PAGE: (OLD,)},
        NEW,
        {PAGE: OLD},
    ),
}


pytestmark = pytest.mark.slow


@pytest.fixture
def place(request, tmp_path) -> Path:
    """A folder with a library and a profile, in which the operation can begin."""
    place = tmp_path / "place"
    (place / "library" / "pathways").mkdir(parents=True)
    (place / "profile").mkdir()
    (place / "library" / PAGE).write_bytes(b"as found")
    OPERATIONS[request.node.callspec.params["name"]].prepare(_store(place))
    return place


def _store(
    place: Path,
    faults: Faults | None = None,
    clock: Clock | None = None,
    session: str = "first",
    files: Files | None = None,
) -> PageStore:
    files = files or (FaultyFiles(faults) if faults else Unsynced())
    locks = FaultyLocks(files, faults) if faults else None
    library, profile = place / "library", place / "profile"
    return PageStore(library, profile, files=files, locks=locks, clock=clock, session=session)


def _calls(place: Path, name: str) -> list[str]:
    faults = Faults()
    OPERATIONS[name].run(_store(place, faults))
    return faults.calls


def main(arguments: list[str]) -> None:
    """Do one operation in a process that dies on the way, or is to be stopped from outside."""
    place, name, at, half_way = arguments
    if half_way == "real":
        OPERATIONS[name].run(_store(Path(place), files=Files()))
        return
    faults = Faults(int(at), die, half_way == "half")
    OPERATIONS[name].run(_store(Path(place), faults))


def _check(place: Path, operation: Operation, drafted: bool, what: str) -> None:
    """Nothing is damaged or lost, and the next save works."""
    library = place / "library"
    store = _store(place, session="later")
    pages = {page: _content(library / page) for page in operation.pages}
    for page, allowed in operation.pages.items():
        assert pages[page] in allowed, f"{what}: {page} is damaged"
    assert operation.together(pages), f"{what}: {pages}"
    shown = {path for path in library.rglob("*.md") if not _hidden(path.relative_to(library))}
    assert shown <= {library / page for page in operation.pages}, what
    reachable = set(pages.values())
    reachable |= {draft.text() for draft in store.left_drafts()}
    reachable |= {deleted.text() for deleted in store.deleted_pages()}
    reachable |= {version.text() for page in pages for version in store.versions(page)}
    assert set(operation.before) <= reachable, f"{what}: the old text is lost"
    if drafted:
        assert operation.new_text in reachable, f"{what}: the new text is lost"
    for page, there in pages.items():
        opened = None if there is None else digest(there)
        saved = store.save(page, LATER, opened)
        assert isinstance(saved, Saved), f"{what}: the next save of {page} does not work"
        assert (library / page).read_bytes() == LATER
        left = [
            path.name for path in (library / page).parent.iterdir() if path.name.startswith(".")
        ]
        assert not [name for name in left if Path(page).name in name], what


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _draft_is_there_after(calls: list[str], operation: Operation) -> float:
    if operation.new_text is None:
        return float("inf")
    drafts = [
        i for i, call in enumerate(calls, 1) if call.startswith("replace") and "draft" in call
    ]
    return drafts[-1]


@pytest.mark.parametrize("name", OPERATIONS)
def test_killed_at_any_call_nothing_is_lost(name, place):
    operation, before = OPERATIONS[name], _all_of(place)
    calls = _calls(place, name)
    kept_from = _draft_is_there_after(calls, operation)
    points = [(at, "before") for at in range(1, len(calls) + 1)]
    points += [(at, "half") for at, call in enumerate(calls, 1) if call.startswith("write ")]
    for at, where in points:
        _make(place, *before)
        status = run_killed(__name__, [str(place), name, str(at), where])
        assert status == KILLED, f"{name} was to die at call {at}"
        _check(place, operation, at > kept_from, f"{name} killed {where} {at}. {calls[at - 1]}")


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("name", OPERATIONS)
def test_failing_at_any_call_nothing_is_lost(name, number, lasting, place):
    operation, before = OPERATIONS[name], _all_of(place)
    calls = _calls(place, name)
    for at, call in enumerate(calls, 1):
        _make(place, *before)
        what = f"{name} failing at {at}. {call}"

        def strike() -> None:
            raise OSError(number, os.strerror(number))

        failed = None
        try:
            OPERATIONS[name].run(_store(place, Faults(at, strike, True, lasting), HandClock()))
        except KnowledgeError as error:
            failed = error
        else:
            for page, text in operation.result.items():
                assert _content(place / "library" / page) == text, f"{what}: said to be done"
        assert failed is None or "\n" not in str(failed)
        kept = failed is None or failed.kept is not None
        if failed is not None and operation.new_text is not None:
            assert kept or name == "keep a draft" or "keep this window open" in str(failed), what
        _check(place, operation, kept and operation.new_text is not None, what)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_power_cut_at_any_call_loses_nothing(name, place):
    operation, journal = OPERATIONS[name], Journal()
    before, folders = _all_of(place)
    disk = Disk(before, folders)
    store = PageStore(place / "library", place / "profile", files=journal, session="first")
    operation.run(store)
    drafted = False
    for at, done in enumerate(journal.done, 1):
        disk.do(done)
        drafted |= done.call == "sync folder" and done.path.name == "drafts"
        for number, state in enumerate(disk.after_power_cut()):
            _make(place, state, folders)
            what = f"{name}, power cut after {at}. {done.call} {done.path.name} ({number})"
            _check(place, operation, drafted and operation.new_text is not None, what)
    _make(place, next(disk.after_power_cut()), folders)
    for page, text in operation.result.items():
        assert _content(place / "library" / page) == text, "a finished operation outlives the power"


_CHANGING = "write,fsync,rename,renameat,link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,chmod"


@pytest.mark.long
@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("what", ["signal=KILL", "error=EIO", "error=ENOSPC"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_stopped_by_the_system_itself_at_any_call_nothing_is_lost(name, what, place, tmp_path):
    operation, before = OPERATIONS[name], _all_of(place)
    calls = _strace(tmp_path, place, name)
    assert len(calls) > 5
    for at, call in enumerate(calls, 1):
        _make(place, *before)
        _strace(tmp_path, place, name, f"--inject={_CHANGING}:{what}:when={at}")
        _check(place, operation, False, f"{name}, {what} at {at}. {call}")


def _strace(tmp_path: Path, place: Path, name: str, *options: str) -> list[str]:
    seen = tmp_path / "seen.txt"
    program = [sys.executable, "-B", "-m", "tests.knowledge.test_saving_faults"]
    command = ["strace", "-f", "-o", str(seen), f"--trace={_CHANGING}", *options, *program]
    root = Path(__file__).resolve().parents[2]
    arguments = [str(place), name, "0", "real"]
    done = subprocess.run([*command, *arguments], cwd=root, capture_output=True, check=False)
    assert options or done.returncode == 0, done.stderr.decode()
    return [line for line in seen.read_text().splitlines() if "(" in line]


def _all_of(place: Path) -> tuple[dict[Path, bytes], set[Path]]:
    everything = list(place.rglob("*"))
    files = {path: path.read_bytes() for path in everything if path.is_file()}
    return files, {path for path in everything if path.is_dir()}


def _make(place: Path, files: dict[Path, bytes], folders: set[Path]) -> None:
    shutil.rmtree(place)
    for folder in (*folders, *(path.parent for path in files)):
        folder.mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        path.write_bytes(data)


if __name__ == "__main__":
    main(sys.argv[1:])
