"""Text that is not in the library yet, kept in the user's own profile until it is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from knowledge.errors import Damaged
from knowledge.files import Clock, Files, clear, digest, make_folders, write_whole
from knowledge.saving.sealed import key_of, moment, seal, unseal, words

_ENDING = ".draft"


@dataclass(frozen=True, slots=True)
class Draft:
    """One kept text. ``base`` is the digest of the page it was begun from, None for a new page."""

    page: str
    base: str | None
    digest: str
    saved: datetime
    library: str
    session: str
    file: Path

    def text(self) -> bytes:
        """The text itself."""
        return unseal(self.file)[1]


class Drafts:
    """The drafts of one library.

    Each session of the program writes only its own: two windows never overwrite each other's.
    """

    def __init__(
        self, folder: Path, library: Path, session: str, files: Files, clock: Clock
    ) -> None:
        self._folder, self._library, self._session = folder, library, session
        self._files, self._clock = files, clock
        self._one_at_a_time = threading.Lock()

    def path(self, page: str) -> Path:
        """Where this session's draft of a page is or would be."""
        return self._folder / f"{key_of(page)}.{self._session}{_ENDING}"

    def keep(self, page: str, text: bytes, base: str | None) -> Draft:
        """Have the text on the disk; costs nothing when it is there already."""
        with self._one_at_a_time:
            path = self.path(page)
            there = read_draft(path)
            if there and (there.digest, there.base) == (digest(text), base):
                return there
            now = self._clock.now()
            about = {
                "page": page,
                "base": base,
                "saved": now.isoformat(),
                "library": str(self._library),
                "session": self._session,
            }
            make_folders(self._files, self._folder)
            write_whole(self._files, path, seal(about, text), self._clock)
            return Draft(page, base, digest(text), now, str(self._library), self._session, path)

    def all(self) -> list[Draft]:
        """Every draft of this library, newest first, of earlier sessions too."""
        return sorted(_drafts_in(self._folder), key=lambda draft: draft.saved, reverse=True)

    def own(self, page: str) -> Draft | None:
        """This session's draft of a page."""
        return read_draft(self.path(page))

    def drop(self, draft: Draft) -> None:
        """Remove a draft, unless newer text has taken its place in the meantime."""
        with self._one_at_a_time:
            there = read_draft(draft.file)
            if there is None or there.digest == draft.digest:
                clear(self._files, draft.file)


def every_draft(profile: Path) -> list[Draft]:
    """The drafts of all libraries, newest first: one may be under another drive letter now."""
    folders = (profile / "libraries").glob("*/drafts")
    found = (draft for folder in folders for draft in _drafts_in(folder))
    return sorted(found, key=lambda draft: draft.saved, reverse=True)


def read_draft(path: Path) -> Draft | None:
    """The draft in a file, or nothing when there is none or it cannot be read."""
    try:
        about, text = unseal(path)
    except Damaged:
        return None
    base = about.get("base")
    return Draft(
        words(about, "page"),
        base if isinstance(base, str) else None,
        digest(text),
        moment(words(about, "saved")),
        words(about, "library"),
        words(about, "session"),
        path,
    )


def _drafts_in(folder: Path) -> Iterator[Draft]:
    try:
        paths = [path for path in folder.iterdir() if path.name.endswith(_ENDING)]
    except OSError:
        return
    for path in paths:
        draft = read_draft(path)
        if draft is not None:
            yield draft
