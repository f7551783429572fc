"""Deleted pages, in ``.trash`` of their library: plain files that can also be put back by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.files import Files, clear, make_folders, read_whole, write_new
from knowledge.paths import inside
from knowledge.saving.sealed import moment, words
from knowledge.saving.versions import Change

FOLDER = ".trash"
_ABOUT = "about.json"


@dataclass(frozen=True, slots=True)
class Deleted:
    """A page in the bin."""

    page: str
    deleted: datetime
    change: Change
    file: Path

    def text(self) -> bytes:
        """The page as it was."""
        return read_whole(self.file)


def put(
    files: Files, library: Path, name: str, page: str, text: bytes, change: Change, now: datetime
) -> Deleted:
    """Have a copy of the page in the bin, on the disk itself; the page is left where it is."""
    folder = inside(library, library / FOLDER) / name
    file = folder.joinpath(*page.split("/"))
    make_folders(files, file.parent)
    about = {"page": page, "deleted": now.isoformat(), "who": change.who, "why": change.why}
    write_new(files, folder / _ABOUT, json.dumps(about, ensure_ascii=False).encode())
    write_new(files, file, text)
    files.sync_folder(file.parent)
    return Deleted(page, now, change, file)


def take_out(files: Files, deleted: Deleted) -> None:
    """Remove a page from the bin that has been put back; a rest that stays does no harm."""
    clear(files, deleted.file)
    folder = deleted.file.parent
    for _ in deleted.page.split("/"):
        if folder.name == FOLDER:
            return
        clear(files, folder / _ABOUT)
        try:
            files.remove_folder(folder)
        except OSError:
            return
        folder = folder.parent


def contents(library: Path) -> list[Deleted]:
    """What is in the bin, newest first; without what is in the library as it was."""
    try:
        folders = sorted((library / FOLDER).iterdir(), reverse=True)
    except OSError:
        return []
    found = [deleted for folder in folders if (deleted := _look(folder)) is not None]
    return [deleted for deleted in found if not _still_there(library, deleted)]


def _look(folder: Path) -> Deleted | None:
    try:
        about = json.loads(read_whole(folder / _ABOUT))
    except (OSError, ValueError, KnowledgeError):
        return None
    page = words(about, "page") if isinstance(about, dict) else ""
    file = folder.joinpath(*page.split("/"))
    try:
        if not page or not inside(folder.resolve(), file).is_file():
            return None
    except (OSError, KnowledgeError):
        return None
    change = Change(words(about, "who"), words(about, "why"))
    return Deleted(page, moment(words(about, "deleted")).astimezone(UTC), change, file)


def _still_there(library: Path, deleted: Deleted) -> bool:
    # A deletion that was cut off after the copy has removed nothing.
    try:
        return read_whole(library.joinpath(*deleted.page.split("/"))) == deleted.text()
    except (OSError, KnowledgeError):
        return False
