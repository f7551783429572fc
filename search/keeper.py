"""Keeps the index as the library is: sees what changed, commits it, and rebuilds on any doubt."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from knowledge.turns import portion_done
from search.entries import Reading, Source, Stamp, Surroundings
from search.gaps import Gaps
from search.hits import Progress, Refreshed
from search.index import Index
from search.indexer import Batch, create, last_small, sample_of, usual_length
from search.ledger import Ledger, facts_of
from search.lock import Busy
from search.schema import INDEX_NAME, schema
from search.store import Doubt, Store, key_of_library, newest_generation
from search.synonyms import Synonyms, synonyms_of

log = logging.getLogger(__name__)

FIRST_COMMIT = 0.2
"""Seconds of work before the first commit of a build, so that there is something to find."""
GROWTH = 4.0
"""Each later commit of a build takes so much longer than all before, so that there are few of them."""
MOST_IN_COMMIT = 40_000
JUST_NOW = 2_000_000_000
"""A file touched so few nanoseconds ago may change again within the same tick of its clock."""
SAMPLED = 60
MOST_SEGMENTS = 40


@dataclass(frozen=True, slots=True)
class State:
    """What questions are answered from; replaced whole, never changed."""

    index: Index | None
    synonyms: Synonyms
    around: Surroundings


@dataclass(slots=True)
class Job:
    """One refresh: what was asked of it and how far it has come."""

    progress: Callable[[Progress], None] | None = None
    stop: Callable[[], bool] | None = None
    only: list[str] | None = None
    rebuild: bool = False
    rebuilt: str = ""
    added: int = 0
    changed: int = 0
    removed: int = 0
    waiting: bool = False
    unreadable: list[str] = field(default_factory=list)

    def tell(self, done: int, total: int, index: Index | None) -> None:
        if self.progress is not None:
            self.progress(Progress(done, total, len(index.facts) if index else 0))

    @property
    def stopped(self) -> bool:
        return self.stop is not None and self.stop()


class Keeper:
    """One library's index on this machine."""

    def __init__(self, source: Source, cache: Path, gaps: Path) -> None:
        self.source = source
        self.store = Store(cache, source.name)
        self.gaps = Gaps(gaps, key_of_library(source.name))
        self._refreshing = threading.Lock()
        self.seen: dict[str, Stamp] = {}
        self._reason = ""
        self.building = False
        around = source.surroundings()
        self.state = State(self._opened(), synonyms_of(around.terms), around)

    def close(self) -> None:
        index = self.state.index
        self.state = replace(self.state, index=None)
        if index is not None:
            index.close()
        self.store.discard()

    def _opened(self) -> Index | None:
        """The index as it was left, if every byte of it can be believed."""
        try:
            return Index(self.store.current())
        except Doubt as doubt:
            self._reason = str(doubt)
        except Exception as error:  # noqa: BLE001 - whatever a bad index raises, a new one is built
            self._reason = f"the index could not be opened ({type(error).__name__})"
        return None

    def refresh(self, job: Job, wait: float) -> Refreshed:
        started = time.perf_counter()
        with self._refreshing:
            around = self.source.surroundings()
            self.state = replace(self.state, around=around, synonyms=synonyms_of(around.terms))
            try:
                with self.store.lock(wait):
                    self._update(job)
            except Busy:
                self._without_lock(job, wait)
            except OSError as error:
                if self.store.private:
                    raise
                log.warning("the index cannot be kept in its folder (%s)", error)
                self._go_aside(job, wait)
            finally:
                self.building = False
        return self._report(job, time.perf_counter() - started)

    def _report(self, job: Job, seconds: float) -> Refreshed:
        index = self.state.index
        facts = list(index.facts.values()) if index else []
        return Refreshed(
            pages=len(facts),
            sections=sum(f.sections for f in facts),
            added=job.added,
            changed=job.changed,
            removed=job.removed,
            seconds=seconds,
            bytes=self.store.size(index.build) if index else 0,
            text_bytes=sum(f.letters for f in facts),
            rebuilt=job.rebuilt,
            waiting=job.waiting,
            unreadable=tuple(job.unreadable),
        )

    def _without_lock(self, job: Job, wait: float) -> None:
        """Another program holds the index: use what it has written, or build one for ourselves."""
        self._follow()
        index = self.state.index
        if index is not None and not job.rebuild:
            look, gone = self._changes(job, index.ledger)
            if not look and not gone:
                return
        self._go_aside(job, wait)

    def _go_aside(self, job: Job, wait: float) -> None:
        log.info("building an index for this program alone")
        self.store = self.store.aside()
        self.state = replace(self.state, index=None)
        self._reason = "another program holds the index"
        job.only = None
        with self.store.lock(wait):
            self._update(job)

    def _follow(self) -> None:
        """Take up what other programs committed since we looked."""
        index = self.state.index
        if index is not None:
            try:
                name = (self.store.folder / "current").read_text("utf-8").strip()
                if index.build == self.store.folder / name:
                    if newest_generation(index.build) == index.generation:
                        return
                    self.store.check(index.build)
                    self.state = replace(self.state, index=Index(index.build, index))
                    return
            except (OSError, ValueError, Doubt) as doubt:
                log.info("the index is opened anew: %s", doubt)
        self.state = replace(self.state, index=self._opened())

    def _changes(self, job: Job, ledger: Ledger) -> tuple[dict[str, Stamp], list[str]]:
        """Pages to look at, new or not as they were by size and time; and pages that are gone."""
        stamps: dict[str, Stamp | None]
        if job.only is None:
            stamps = dict(self.source.stamps())
            known = {*ledger.pages, *ledger.hidden}
            gone = sorted(known.difference(stamps))
        else:
            stamps = {path: self.source.stamp(path) for path in job.only}
            gone = [p for p, s in stamps.items() if s is None and _known(ledger, p)]
        look = {
            path: stamp
            for path, stamp in stamps.items()
            if stamp is not None
            and _known(ledger, path) != stamp
            and (self.seen.get(path) != stamp or not _known(ledger, path))
        }
        return look, gone

    def _update(self, job: Job) -> None:
        """Bring the index up to date; the lock is held."""
        self._follow()
        old = self.state.index
        fresh = job.rebuild or old is None
        if fresh:
            job.only = None
            job.rebuilt = "asked for" if job.rebuild and old else self._reason
            look, gone = self._changes(job, Ledger())
        else:
            assert old is not None
            look, gone = self._changes(job, old.ledger)
            untidy = job.only is None and last_small([s.part.size for s in old.segments]) > 0
            if not look and not gone and not untidy:
                return
        self.building = fresh or len(look) > SAMPLED
        Update(self, job, look, gone, None if fresh else old).run(keep=old if job.rebuild else None)

    def take(self, index: Index) -> None:
        self.state = replace(self.state, index=index)


class Update:
    """Commits changes to a build, in as many commits as it takes."""

    def __init__(
        self,
        keeper: Keeper,
        job: Job,
        look: dict[str, Stamp],
        gone: list[str],
        index: Index | None,
    ) -> None:
        self._keeper = keeper
        self._store = keeper.store
        self._job = job
        self._look = look
        self._gone = gone
        self._index = index
        self._build = index.build if index else self._store.new_build()
        storage = FileStorage(str(self._build), supports_mmap=True)
        self._files = FileIndex(storage, schema(), INDEX_NAME) if index else create(storage)
        self._ledger = index.ledger if index else Ledger()
        self._number = self._ledger.next_number()
        self._commits = 0

    def run(self, keep: Index | None) -> None:
        """Read the pages and commit them. With `keep`, questions go to the old index until the end."""
        job = self._job
        readings = self._readings()
        if self._index is None:
            first = list(islice(readings, SAMPLED))
            sheets = [r.sheet for _, r in first if r.sheet]
            self._ledger = Ledger(usual_length=usual_length(sheets), sample=sample_of(sheets))
            readings = chain(first, readings)
        batch = self._new_batch()
        for path in self._gone:
            self._drop(batch, path)
        started = time.perf_counter()
        worth = bool(self._gone) or not self._look
        for done, (path, reading) in enumerate(readings, 1):
            worth |= self._take(batch, path, reading)
            late = time.perf_counter() - started > FIRST_COMMIT * GROWTH**self._commits
            if (late and batch.sections) or batch.sections > MOST_IN_COMMIT:
                self._commit(batch, keep)
                batch, worth, started = self._new_batch(), False, time.perf_counter()
            job.tell(done, len(self._look), self._keeper.state.index)
        if worth or (not self._commits and self._index is None):
            self._commit(batch, keep)
        if keep is not None or (self._commits and job.rebuilt):
            assert self._index is not None
            self._store.publish(self._build)
            self._store.sweep(self._build)
            self._keeper.take(self._index)

    def _readings(self) -> Iterator[tuple[str, Reading]]:
        """The pages to look at, those flagged urgent first."""
        urgent = self._keeper.state.around.urgent
        for path in sorted(self._look, key=lambda p: (p not in urgent, p)):
            portion_done()
            if self._job.stopped:
                return
            reading = self._keeper.source.read(path)
            if reading is None or self._emptied(path, reading):
                self._job.unreadable.append(path)
            else:
                yield path, reading

    def _emptied(self, path: str, reading: Reading) -> bool:
        """A page that had text and is now an empty file was not emptied by its author."""
        known = self._ledger.pages.get(path)
        return known is not None and known.letters > 0 and self._look[path].size == 0

    def _new_batch(self) -> Batch:
        return Batch(self._files, self._ledger)

    def _take(self, batch: Batch, path: str, reading: Reading) -> bool:
        """Put a page in, unless its text is as it was; says whether there is anything to commit."""
        stamp = _settled(self._look[path])
        known = self._ledger.pages.get(path)
        hidden = self._ledger.hidden.get(path)
        before = known.digest if known else hidden[0] if hidden else None
        self._keeper.seen[path] = self._look[path]
        if before == reading.digest:
            return self._touched(batch, path, stamp)
        if known and self._index:
            batch.take_out(self._index.docs_of(known))
        if reading.sheet is None:
            batch.hide(path, (reading.digest, stamp))
            self._job.removed += known is not None
        else:
            if known is None:
                self._number += 1
            number = known.number if known else self._number
            batch.add(facts_of(number, reading.digest, stamp, reading.sheet), reading.sheet)
            self._job.changed += known is not None
            self._job.added += known is None
        return True

    def _touched(self, batch: Batch, path: str, stamp: Stamp) -> bool:
        """Remember that a file with another time holds the same text; a save alone need not."""
        if self._job.only is not None or _known(self._ledger, path) == stamp:
            return False
        known = self._ledger.pages.get(path)
        if known:
            batch.note(replace(known, stamp=stamp))
        else:
            batch.hide(path, (self._ledger.hidden[path][0], stamp))
        return True

    def _drop(self, batch: Batch, path: str) -> None:
        known = self._ledger.pages.get(path)
        if known and self._index:
            batch.take_out(self._index.docs_of(known))
        batch.remove(path)
        self._job.removed += 1

    def _too_many(self) -> bool:
        """Saves leave tidying to the next scan, unless there are very many of them between two."""
        return self._index is not None and len(self._index.segments) > MOST_SEGMENTS

    def _commit(self, batch: Batch, keep: Index | None) -> None:
        batch.commit(tidy=self._job.only is None or self._too_many())
        self._store.sign(self._build)
        self._commits += 1
        self._index = Index(self._build, self._index)
        self._ledger = self._index.ledger
        if keep is None:
            if self._commits == 1 and self._job.rebuilt:
                self._store.publish(self._build)
            self._keeper.take(self._index)


def _known(ledger: Ledger, path: str) -> Stamp | None:
    page = ledger.pages.get(path)
    if page is not None:
        return page.stamp
    hidden = ledger.hidden.get(path)
    return hidden[1] if hidden else None


def _settled(stamp: Stamp) -> Stamp:
    """The stamp to remember: of a file touched just now, one that will be looked at again."""
    if time.time_ns() - stamp.mtime_ns < JUST_NOW:
        return Stamp(stamp.size, stamp.mtime_ns - 1)
    return stamp
