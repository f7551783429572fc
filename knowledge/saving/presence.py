"""Who else has a page open for editing: advice that is never a lock and never in anybody's way."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.files import Files, clear, make_folders, read_whole, write_beside
from knowledge.saving.sealed import key_of, moment, words

FOLDER = ".presence"
REFRESH_EVERY = 30.0
IGNORED_AFTER = 120.0
_FORGOTTEN_AFTER = 86_400.0
_ENDING = ".editing"
_SOMEBODY = "Somebody"


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody who is editing the page, as last heard of."""

    who: str
    seconds_ago: float
    page: str = ""
    since: datetime | None = None  # when they began, by their own computer's clock


class Presence:
    """One session's notes of what it edits, and its reading of everybody else's."""

    def __init__(self, library: Path, session: str, files: Files, desk: str = "") -> None:
        """`desk` names the profile on its computer: it has one window, so other notes of it are of the past."""
        self._folder, self._session, self._files = library / FOLDER, session, files
        self._desk = desk
        self._since: dict[str, str] = {}

    def editing(self, page: str, who: str = "") -> None:
        """Say that this page is being edited here; again every ``REFRESH_EVERY`` seconds."""
        path = self._path(page)
        since = self._since.setdefault(page, datetime.now(UTC).isoformat())
        about = {"page": page, "who": who, "since": since, "desk": self._desk}
        note = json.dumps(about, ensure_ascii=False).encode()
        if self._folder.is_symlink():
            return  # what lies elsewhere is not this library's
        try:
            make_folders(self._files, path.parent)
            self._files.replace(write_beside(self._files, path, note, sync=False), path)
        except (OSError, KnowledgeError):
            return
        self._sweep()

    def left(self, page: str) -> None:
        """Say that it no longer is."""
        self._since.pop(page, None)
        clear(self._files, self._path(page))

    def others(self, page: str) -> list[Editor]:
        """Everybody else heard of in the last two minutes, the latest first."""
        return self._read(self._notes(f"{key_of(page)}.*{_ENDING}"), self._servers_now(page))

    def everybody(self) -> list[Editor]:
        """Everybody else who is editing anything, the latest first."""
        return self._read(self._notes(f"*{_ENDING}"), time.time())

    def _read(self, paths: list[Path], now: float) -> list[Editor]:
        found = []
        for path in paths:
            if path.name.endswith(f".{self._session}{_ENDING}"):
                continue
            try:
                ago = max(0.0, now - path.stat().st_mtime)
                note = json.loads(read_whole(path))
            except (OSError, ValueError, KnowledgeError):
                continue
            if not isinstance(note, dict) or (self._desk and words(note, "desk") == self._desk):
                continue  # a start of this very window that was killed
            if ago <= IGNORED_AFTER:
                who, since = words(note, "who") or _SOMEBODY, words(note, "since")
                begun = moment(since) if since else None
                found.append(Editor(who, ago, words(note, "page"), begun))
        return sorted(found, key=lambda editor: editor.seconds_ago)

    def _path(self, page: str) -> Path:
        return self._folder / f"{key_of(page)}.{self._session}{_ENDING}"

    def _servers_now(self, page: str) -> float:
        # All notes get their times from the computer that holds the folder, whose clock may be
        # minutes away from ours; our own note was written at most half a minute ago.
        try:
            return self._path(page).stat().st_mtime
        except OSError:
            return time.time()

    def _notes(self, pattern: str) -> list[Path]:
        try:
            return list(self._folder.glob(pattern))
        except OSError:
            return []

    def _sweep(self) -> None:
        notes = {path: _modified(path) for path in self._notes(f"*{_ENDING}")}
        newest = max(notes.values(), default=0.0)
        for path, when in notes.items():
            if when < newest - _FORGOTTEN_AFTER:
                clear(self._files, path)


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
