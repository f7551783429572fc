"""The one door to search: open a library, keep its index up to date, ask it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from knowledge.places import Profile
from knowledge.turns import load
from search.entries import Source
from search.hits import Answer, Counts, Gap, Narrowing, Progress, Refreshed

if TYPE_CHECKING:
    from knowledge.library import Library
    from search.asking import Asked
    from search.keeper import Keeper

NOTHING_YET = Narrowing()
# What answering takes, those first that the others load anyway.
LOADED = (
    *(
        "email.parser",
        "http.client",
        "urllib.request",
        "whoosh.compat",
        "whoosh.filedb.filestore",
        "whoosh.fields",
        "whoosh.index",
    ),
    *("search.codec", "search.index", "search.keeper", "search.meaning", "search.asking"),
)


class Engine:
    """Search over one library. Every method may be called from any thread.

    Nothing heavy is loaded before `open`. Questions are answered from the last finished commit, also
    while `refresh` is running on another thread.
    """

    def __init__(self, source: Source, cache: Path, gaps: Path) -> None:
        self._source = source
        self._cache = cache
        self._gaps = gaps
        self._keeper: Keeper | None = None
        self._opening = threading.Lock()

    @classmethod
    def for_folder(cls, root: Path, profile: Profile | None = None) -> Engine:
        """An engine that reads a folder of Markdown itself."""
        from search.sources import Folder

        return cls._at(Folder(root), profile)

    @classmethod
    def for_library(cls, current: Callable[[], Library], profile: Profile | None = None) -> Engine:
        """An engine for a library in memory; `current` gives the newest snapshot of it."""
        from search.sources import Snapshot

        return cls._at(Snapshot(current), profile)

    @classmethod
    def _at(cls, source: Source, profile: Profile | None) -> Engine:
        place = profile or Profile.usual()
        return cls(source, place.cache / "search", place.data / "gaps")

    def open(self) -> Engine:
        """Load the index as it was left. What it does not know yet comes with `refresh`."""
        load(*LOADED)
        self._ready()
        return self

    def refresh(
        self,
        progress: Callable[[Progress], None] | None = None,
        *,
        paths: Iterable[str] | None = None,
        rebuild: bool = False,
        wait: float = 5.0,
        stop: Callable[[], bool] | None = None,
    ) -> Refreshed:
        """Take in what changed in the library, all of it or these pages; returns when it can be found.

        `rebuild` builds everything anew. `stop` is asked between pages and ends the work early; what
        is missing comes with the next refresh.
        """
        from search.keeper import Job

        only = None if paths is None else list(paths)
        return self._ready().refresh(Job(progress, stop, only, rebuild), wait)

    def search(
        self,
        query: str,
        *,
        typing: bool = False,
        limit: int = 10,
        narrowing: Narrowing = NOTHING_YET,
    ) -> Answer:
        """The best answers. With `typing`, the last word counts as unfinished."""
        started = time.thread_time()
        asked = self._asked(query, typing, narrowing)
        return asked.answer(max(1, limit), started)

    def counts(
        self, query: str, *, typing: bool = False, narrowing: Narrowing = NOTHING_YET
    ) -> Counts:
        """What the answers can be narrowed to; ask for it when the first answers are on the screen."""
        return self._asked(query, typing, narrowing).counts()

    @property
    def building(self) -> bool:
        """Whether pages are being taken in just now."""
        return self._keeper is not None and self._keeper.building

    def note_gap(self, query: str, today: date | None = None, *, sent: bool = True) -> None:
        """Keep a question that found nothing, for the champion."""
        self._ready().gaps.note(query, today, sent=sent)

    @property
    def gaps(self) -> list[Gap]:
        """The questions that found nothing, most asked first."""
        return self._ready().gaps.all()

    def clear_gaps(self, *, unsent_only: bool = False) -> None:
        gaps = self._ready().gaps
        gaps.forget_unsent() if unsent_only else gaps.clear()

    def close(self) -> None:
        """Let go of all files."""
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None

    def _ready(self) -> Keeper:
        with self._opening:
            if self._keeper is None:
                from search.keeper import Keeper

                self._keeper = Keeper(self._source, self._cache, self._gaps)
            return self._keeper

    def _asked(self, query: str, typing: bool, narrowing: Narrowing) -> Asked:
        from search.asking import Asked

        keeper = self._ready()
        return Asked(keeper.state, query, typing, narrowing, keeper.building)

    def __enter__(self) -> Engine:
        return self.open()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
