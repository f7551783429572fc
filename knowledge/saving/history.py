"""The history of every page: in the user's profile for certain, in the library for everybody."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.files import Clock, Files, digest
from knowledge.saving.versions import Act, Change, Entry, Version, Versions

FOLDER = ".history"


class History:
    """Keeps versions in two places, and reads them as one list."""

    def __init__(self, library: Path, own: Path, session: str, files: Files, clock: Clock) -> None:
        self._library, self._session = library, session
        self._own = Versions(own, files, clock)
        self._in_library = Versions(library / FOLDER, files, clock)

    def keep_previous(self, page: str, text: bytes) -> None:
        """Be certain that the text about to be replaced is kept, or fail."""
        if self._own.find(page, digest(text)) is not None:
            return
        shared = self._shared()
        by_others = (place.find(page, digest(text)) for place in shared)
        known = next((version for version in by_others if version is not None), None)
        entry = Entry(page, text, Act.FOUND, Change())
        name = self.new_name(text)
        try:
            if known is not None:
                self._own.keep_copy(known)
            else:
                self._own.keep(name, entry)
        except (OSError, KnowledgeError):
            # One safe place is enough; none is not.
            if not shared:
                raise
            shared[0].keep(name, entry)
        else:
            if known is None:
                self._share(name, entry)

    def keep_made(self, entry: Entry) -> tuple[Version | None, str]:
        """Keep what the page is now; if that fails, the page is still saved and this says so."""
        name = self.new_name(entry.text)
        version, notice = None, ""
        try:
            version = self._own.keep(name, entry)
        except (OSError, KnowledgeError):
            notice = f"{entry.page} is saved, but no copy could be kept for its earlier versions."
        self._share(name, entry)
        return version, notice

    def set_aside(self, entry: Entry) -> Version:
        """Keep a text that was never the page."""
        return self._own.keep(self.new_name(entry.text), entry)

    def new_name(self, text: bytes) -> str:
        """A name for a version that no other session gives."""
        return self._own.new_name(text, self._session)

    def text_of(self, page: str, wanted: str) -> bytes | None:
        """The text with this digest, if the page ever had it and it is still kept."""
        found = (place.find(page, wanted) for place in (self._own, *self._shared()))
        return next((version.text() for version in found if version is not None), None)

    def of(self, page: str) -> list[Version]:
        """The versions of a page, newest first, through its renamings."""
        found: dict[str, Version] = {}
        seen: set[str] = set()
        names: list[tuple[str, datetime | None]] = [(page, None)]
        while names:
            name, until = names.pop()
            if name in seen:
                continue
            seen.add(name)
            for place in (self._own, *self._shared()):
                for version in place.of(name):
                    if until is None or version.saved <= until:
                        found.setdefault(version.file.name, version)
                        if version.act is Act.RENAMED and version.before:
                            names.append((version.before, version.saved))
        return sorted(found.values(), key=lambda version: version.file.name, reverse=True)

    def newest(self, most: int) -> list[Version]:
        """What was done to the library of late, newest first, on every computer that is known of."""
        found: dict[str, Version] = {}
        for place in (self._own, *self._shared()):
            for version in place.newest(most * 2):
                if version.act not in (Act.FOUND, Act.ASIDE):
                    found.setdefault(version.file.name, version)
        newest = sorted(found.values(), key=lambda v: v.file.name, reverse=True)
        return newest[:most]

    def prune(self) -> int:
        """Drop the versions that the rule no longer keeps; says how many."""
        return sum(place.prune() for place in (self._own, *self._shared()))

    def _share(self, name: str, entry: Entry) -> None:
        # A second copy, for the others; it need not be certain.
        for place in self._shared():
            try:
                place.keep(name, entry, sync=False)
            except (OSError, KnowledgeError):
                return

    def _shared(self) -> list[Versions]:
        # A history that is a link to somewhere else is not this library's.
        return [] if (self._library / FOLDER).is_symlink() else [self._in_library]
