"""What a reader has seen of a library: every page as it was when they first came, and what they opened since."""

from __future__ import annotations

import json
import logging
import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.settings import Settings
    from desktop.tasks import Tasks
    from knowledge.library import Library
    from knowledge.model import Page

log = logging.getLogger("fingerpost.looked")

SHORT = 12  # letters of a digest that tell two states of one page apart


class Looked(QObject):
    """Tells which pages are new or other than the reader knows them. Kept in the profile, sent nowhere."""

    changed_known = Signal()

    def __init__(self, parent: QObject, settings: Settings, tasks: Tasks, folder: Path) -> None:
        super().__init__(parent)
        self.settings, self.tasks, self.folder = settings, tasks, folder
        self._root = ""
        self._known: dict[str, str] | None = None

    def changed(self, library: Library) -> list[Page]:
        """Pages that are new, or not as the reader last saw them; none before that is known."""
        known = self._known
        if known is None or self._root != str(library.root):
            return []
        seen = self.settings.get("seen")
        # A page that was opened is known as it was then; the others as they first came.
        found = [
            page
            for path, page in library.pages.items()
            if seen.get(path, known.get(path, ""))[:SHORT] != page.digest[:SHORT]
        ]
        return sorted(found, key=lambda page: page.title.casefold())

    def is_new(self, page: Page) -> bool:
        """Whether the page was not there when the reader last marked all as seen."""
        return self._known is not None and page.path not in self._known

    def mark_all(self, library: Library) -> None:
        """The reader knows all of it as it is now."""
        self._known = _states(library)
        self._root = str(library.root)
        seen = self.settings.get("seen")
        now = {path: library.pages[path].digest for path in seen if path in library.pages}
        self.settings.set("seen", now)
        self._keep(library, self._known)

    def begin(self, library: Library) -> None:
        """Read what is known of this library; the first time, all of it counts as seen."""
        file = self._file(library)

        def done(known: dict[str, str] | None) -> None:
            self._root = str(library.root)
            self._known = _states(library) if known is None else known
            if known is None and library.pages:
                self._keep(library, self._known)
            self.changed_known.emit()

        self.tasks.run(lambda: _read(file), done, key="looked", lane="library")

    def _keep(self, library: Library, known: dict[str, str]) -> None:
        file = self._file(library)
        self.tasks.run(lambda: _write(file, known), lane="library")

    def _file(self, library: Library) -> Path:
        import hashlib  # brings a library of 4 MiB with it, which the first paint need not wait for

        name = hashlib.sha256(os.fsencode(str(library.root))).hexdigest()[:20]
        return self.folder / f"{name}.json"


def _states(library: Library) -> dict[str, str]:
    return {path: page.digest[:SHORT] for path, page in library.pages.items()}


def _read(file: Path) -> dict[str, str] | None:
    try:
        found = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return None
    sound = isinstance(found, dict) and all(isinstance(state, str) for state in found.values())
    return found if sound else None


def _write(file: Path, known: dict[str, str]) -> None:
    from knowledge.errors import KnowledgeError
    from knowledge.files import Clock, Files, put_in_place, write_beside

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        files = Files()
        data = json.dumps(known, ensure_ascii=False).encode("utf-8", "surrogatepass")
        put_in_place(files, write_beside(files, file, data, sync=False), file, Clock())
    except (OSError, KnowledgeError):
        log.info("what was seen of the library could not be written down")
