"""Earlier versions of pages: one file each, named by moment and content, kept by a simple rule."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from knowledge.errors import Damaged
from knowledge.files import (
    Clock,
    Files,
    clear,
    digest,
    folded,
    make_folders,
    read_whole,
    write_beside,
    write_whole,
)
from knowledge.saving.sealed import key_of, moment, seal, stamp, unseal, words

ALL_FOR = timedelta(days=30)
DAILY_FOR = timedelta(days=365)
_ENDING = ".version"


class Act(StrEnum):
    """What made a version."""

    SAVED = "saved"
    FOUND = "found"  # as it was before a save, changed by another program or on another computer
    RENAMED = "renamed"
    DELETED = "deleted"
    RESTORED = "restored"
    ASIDE = "aside"  # a text that lost a conflict and was never the page


@dataclass(frozen=True, slots=True)
class Change:
    """What a person says about a save; all of it may be left out. ``who`` is a role or a team."""

    who: str = ""
    why: str = ""
    substantive: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """One text that a page had."""

    page: str
    digest: str
    saved: datetime
    act: Act
    change: Change
    before: str  # the page's path until then, when it was renamed
    file: Path

    def text(self) -> bytes:
        """The text, exactly."""
        return unseal(self.file)[1]


@dataclass(frozen=True, slots=True)
class Entry:
    """A version that is to be kept."""

    page: str
    text: bytes
    act: Act
    change: Change
    before: str = ""


class Versions:
    """The earlier versions in one place: the user's profile, or a library's shared history."""

    def __init__(self, folder: Path, files: Files, clock: Clock) -> None:
        self._folder, self._files, self._clock = folder, files, clock

    def keep(self, name: str, entry: Entry, *, sync: bool = True) -> Version:
        """Keep one version under ``name``, which ``new_name`` makes."""
        page, text, act, change = entry.page, entry.text, entry.act, entry.change
        now = self._clock.now()
        about = {
            "page": page,
            "saved": now.isoformat(),
            "act": str(act),
            "who": change.who,
            "why": change.why,
            "substantive": change.substantive,
            "before": entry.before,
        }
        path = self._of_page(page) / (name + _ENDING)
        make_folders(self._files, path.parent)
        if sync:
            write_whole(self._files, path, seal(about, text), self._clock)
        else:
            part = write_beside(self._files, path, seal(about, text), sync=False)
            self._files.replace(part, path)
        return Version(page, digest(text), now, act, change, entry.before, path)

    def keep_copy(self, version: Version) -> None:
        """Keep a version from another place here too, as it is."""
        path = self._of_page(version.page) / version.file.name
        make_folders(self._files, path.parent)
        write_whole(self._files, path, read_whole(version.file, self._clock), self._clock)

    def new_name(self, text: bytes, session: str) -> str:
        """A name no other version has: its moment, its content, and who wrote it."""
        return f"{stamp(self._clock.now())}-{digest(text)[:16]}-{session}"

    def of(self, page: str) -> list[Version]:
        """Every readable version of a page, newest first."""
        return list(self._read(reversed(self._paths(page))))

    def find(self, page: str, wanted: str) -> Version | None:
        """The newest whole version with these contents."""
        found = self._read(reversed(self._paths(page, f"-{wanted[:16]}-")))
        return next((version for version in found if version.digest == wanted), None)

    def pages(self) -> Iterator[Path]:
        """The folder of each page that has versions."""
        try:
            yield from (path for path in self._folder.iterdir() if path.is_dir())
        except OSError:
            return

    def newest(self, most: int) -> list[Version]:
        """The newest versions of all pages; only those are read."""
        names: list[tuple[str, Path]] = []
        for folder in self.pages():
            try:
                found = os.listdir(folder)
            except OSError:
                continue
            names += [(name, folder) for name in found if name.endswith(_ENDING)]
        names.sort(reverse=True)
        return list(self._read(folder / name for name, folder in names[:most]))

    def prune(self) -> int:
        """Remove what the rule no longer keeps; says how many. Never the newest of a page."""
        now, removed = self._clock.now(), 0
        for folder in self.pages():
            # An ending of its own tells a version from one that is being written.
            paths = sorted(folder.glob(f"*{_ENDING}"))
            for path in to_drop(paths, now):
                clear(self._files, path)
                removed += 1
        return removed

    def _paths(self, page: str, part: str = "") -> list[Path]:
        # A page may have thousands: names first, and a Path only for those that are wanted.
        folder = self._of_page(page)
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            return []
        return [folder / name for name in names if name.endswith(_ENDING) and part in name]

    def _of_page(self, page: str) -> Path:
        # A page renamed by hand from "A" to "a" keeps its history.
        return self._folder / key_of(folded(page))

    def _read(self, paths: Iterable[Path]) -> Iterator[Version]:
        for path in paths:
            try:
                about, text = unseal(path)
                act = Act(words(about, "act"))
            except (Damaged, ValueError):
                continue  # the other place may hold it whole
            change = Change(
                words(about, "who"), words(about, "why"), about.get("substantive") is True
            )
            saved = moment(words(about, "saved"))
            before = words(about, "before")
            yield Version(words(about, "page"), digest(text), saved, act, change, before, path)


def to_drop(paths: Iterable[Path], now: datetime) -> list[Path]:
    """Of one page's versions those to drop.

    All are kept for 30 days, then the last of each day for a year, and the newest for ever.
    """
    all_from, daily_from = stamp(now - ALL_FOR), stamp(now - DAILY_FOR)
    newest_first = sorted(paths, key=lambda path: path.name, reverse=True)
    kept_days = {path.name[:8] for path in newest_first[:1]}
    dropped = []
    for path in newest_first[1:]:
        day = path.name[:8]
        if path.name >= all_from:
            continue
        if path.name >= daily_from and day not in kept_days:
            kept_days.add(day)
            continue
        dropped.append(path)
    return dropped
