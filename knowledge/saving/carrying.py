"""Several files changed, one perhaps moved, as one step: all or none; what a power cut broke off is finished."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from knowledge.errors import BadName, Damaged, KnowledgeError, NotAllowed, explain
from knowledge.files import (
    Clock,
    Files,
    beside,
    clear,
    digest,
    folded,
    make_folders,
    patiently,
    put_in_place,
    put_where_nothing_is,
    read_whole,
    write_beside,
    write_whole,
)
from knowledge.locks import Locks, holding
from knowledge.paths import library_folder, new_page_file, page_file
from knowledge.saving.history import History
from knowledge.saving.sealed import seal, stamp, unseal, words
from knowledge.saving.versions import Act, Change, Entry

_ENDING = ".carried"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the step: what it is to hold, what was opened, and where it goes if it moves."""

    page: str
    text: bytes
    opened: str
    to: str = ""

    @property
    def goal(self) -> str:
        return self.to or self.page


@dataclass(frozen=True, slots=True)
class Step:
    """What is to happen together."""

    says: str
    parts: tuple[Part, ...]
    change: Change


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A step that was broken off, by a power cut or by a disk that failed twice."""

    step: Step
    file: Path


class _Done(NamedTuple):
    """A file that was written, and what it held before; None where nothing stood."""

    name: str
    path: Path
    before: bytes | None
    after: bytes


class Carrying:
    """Keeps the step in the profile before it begins, and forgets it when it is done."""

    def __init__(
        self,
        library: Path,
        folder: Path,
        history: History,
        files: Files,
        locks: Locks,
        clock: Clock,
    ) -> None:
        self._library, self._folder, self._history = library, folder, history
        self._files, self._locks, self._clock = files, locks, clock

    def do(self, step: Step) -> str:
        """Do all of it, or none; a notice when something less important failed."""
        kept = self._keep(step)
        return self._carry(step, kept)

    def unfinished(self) -> list[Unfinished]:
        """What was broken off, oldest first."""
        try:
            paths = sorted(p for p in self._folder.iterdir() if p.name.endswith(_ENDING))
        except OSError:
            return []
        found = []
        for path in paths:
            with suppress(Damaged, ValueError, KeyError, TypeError):
                found.append(Unfinished(_read(path), path))
        for left in [left for left in found if self._is_done(left.step)]:
            self.forget(left)  # only the note of it was left over
            found.remove(left)
        return found

    def _is_done(self, step: Step) -> bool:
        root = self._library
        with suppress(OSError, KnowledgeError):
            whole = all(self._current(root / part.goal) == part.text for part in step.parts)
            gone = all(
                not part.to
                or _same_file(root / part.page, root / part.to)
                or not (root / part.page).exists()
                for part in step.parts
            )
            return whole and gone
        return False

    def finish(self, left: Unfinished) -> str:
        """Go on where it was broken off; files that hold their new text already are left alone."""
        return self._carry(left.step, left.file)

    def forget(self, left: Unfinished) -> None:
        """Leave everything as it stands now."""
        clear(self._files, left.file)

    # How it is done

    def _keep(self, step: Step) -> Path:
        moment = stamp(self._clock.now())
        path = self._folder / f"{moment}-{digest(step.says.encode())[:8]}{_ENDING}"
        try:
            make_folders(self._files, self._folder)
            write_whole(self._files, path, _sealed(step), self._clock)
        except OSError as error:
            clear(self._files, path)
            said = explain(error, "Nothing was changed, because the plan could not be kept", path)
            raise said from error
        return path

    def _carry(self, step: Step, kept: Path) -> str:
        done: list[_Done] = []
        left: list[str] = []
        try:
            folder = library_folder(self._library)
            paths = {part.page: page_file(folder, part.page) for part in step.parts}
            goals = dict(paths)
            for part in step.parts:
                if part.to:
                    goals[part.page] = new_page_file(folder, part.to, instead_of=part.page)
                    make_folders(self._files, goals[part.page].parent)
            with holding({*paths.values(), *goals.values()}, self._locks, self._clock):
                try:
                    notice = self._write(step, paths, goals, done)
                except (OSError, KnowledgeError):
                    left = self._put_back(done)
                    raise
        except (OSError, KnowledgeError) as error:
            if not left:
                clear(self._files, kept)
            raise _told(error, left) from error
        clear(self._files, kept)
        return notice

    def _write(
        self, step: Step, paths: dict[str, Path], goals: dict[str, Path], done: list[_Done]
    ) -> str:
        there = {part.page: self._compared(part, paths, goals) for part in step.parts}
        for part in step.parts:
            before = there[part.page]
            if before is not None and before != part.text:
                self._history.keep_previous(part.page, before)
        # What moves stands in its new place before any link leads there, and goes from the old
        # one last: at no moment does a link lead nowhere.
        for part in sorted(step.parts, key=lambda part: not part.to):
            self._put(part, paths[part.page], goals[part.page], there[part.page], done)
        for part in step.parts:
            if part.to:
                self._leave(paths[part.page], goals[part.page])
        notices = []
        for part in step.parts:
            act, before_name = (Act.RENAMED, part.page) if part.to else (Act.SAVED, "")
            entry = Entry(part.goal, part.text, act, step.change, before=before_name)
            notices.append(self._history.keep_made(entry)[1])
        return next((notice for notice in notices if notice), "")

    def _compared(self, part: Part, paths: dict[str, Path], goals: dict[str, Path]) -> bytes | None:
        """What the file holds; refused when it is neither what was opened nor what it is to hold."""
        there = self._current(paths[part.page])
        moved = part.to and not _same_file(paths[part.page], goals[part.page])
        goal = self._current(goals[part.page]) if moved else None
        if goal is not None and goal != part.text:
            raise BadName(f"There is already a page {part.to}")
        if there is None and goal == part.text:
            return None  # moved already, before it was broken off
        if there is None or (digest(there) != part.opened and there != part.text):
            raise KnowledgeError(
                f"{part.page} was changed by somebody else meanwhile", "Look at it, then try again."
            )
        return there

    def _put(
        self, part: Part, path: Path, goal: Path, there: bytes | None, done: list[_Done]
    ) -> None:
        if part.to and not _same_file(path, goal):
            if self._current(goal) is None:
                new = write_beside(self._files, goal, part.text)
                done.append(_Done(part.to, goal, None, part.text))
                put_where_nothing_is(self._files, new, goal, self._clock)
        elif there is not None and there != part.text:
            done.append(_Done(part.page, path, there, part.text))
            self._over(path, part.text)

    def _over(self, path: Path, text: bytes) -> None:
        if not os.access(path, os.W_OK):
            raise NotAllowed(f"{path.name} is marked read only", where=path)
        new = write_beside(self._files, path, text)
        try:
            self._files.copy_mode(path, new)
        except OSError:
            clear(self._files, new)
            raise
        put_in_place(self._files, new, path, self._clock)

    def _leave(self, path: Path, goal: Path) -> None:
        """Nothing stands in the old place any more."""
        if _same_file(path, goal):
            patiently(lambda: self._files.rename(path, goal), self._clock)
        elif path.exists():
            patiently(lambda: self._files.remove(path), self._clock)
        with suppress(OSError):  # it is gone; undoing the rest now would lose the page
            self._files.sync_folder(path.parent)

    def _put_back(self, done: list[_Done]) -> list[str]:
        """Undo what was done, the last first; the names of what could not be."""
        left = []
        for name, path, before, after in reversed(done):
            try:
                if before is None:
                    clear(self._files, beside(path, "part"))
                if self._current(path) != after:
                    continue
                if before is None:
                    self._files.remove(path)
                else:
                    self._over(path, before)
            except (OSError, KnowledgeError):
                left.append(name)
        return left

    def _current(self, path: Path) -> bytes | None:
        try:
            return read_whole(path, self._clock)
        except (FileNotFoundError, NotADirectoryError):
            return None


def _same_file(path: Path, goal: Path) -> bool:
    return path.parent == goal.parent and folded(path.name) == folded(goal.name)


def _told(error: OSError | KnowledgeError, left: Sequence[str]) -> KnowledgeError:
    said = error if isinstance(error, KnowledgeError) else explain(error, "It could not be saved")
    if left:
        names = ", ".join(left)
        what = f"Not all of it could be saved, nor put back: {names} may be half way. {said.what}"
        remedy = "Open Champion, where it can be finished; every text is kept."
        return KnowledgeError(what, remedy, where=said.where)
    return type(said)(f"Nothing was changed. {said.what}", said.remedy, where=said.where)


def _sealed(step: Step) -> bytes:
    parts = [
        {"page": p.page, "to": p.to, "opened": p.opened, "long": len(p.text)} for p in step.parts
    ]
    change = step.change
    about = {
        "says": step.says,
        "parts": parts,
        "who": change.who,
        "why": change.why,
        "substantive": change.substantive,
    }
    return seal(about, b"".join(part.text for part in step.parts))


def _read(path: Path) -> Step:
    about, text = unseal(path)
    listed = about["parts"]
    parts, at = [], 0
    for row in listed if isinstance(listed, list) else []:
        long = int(row["long"])
        part = Part(
            words(row, "page"), text[at : at + long], words(row, "opened"), words(row, "to")
        )
        parts.append(part)
        at += long
    change = Change(words(about, "who"), words(about, "why"), about.get("substantive") is True)
    return Step(words(about, "says"), tuple(parts), change)
