"""An opened index: one commit, unchanging, with what was read from it kept at hand."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterable
from heapq import nsmallest
from itertools import compress, islice
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from whoosh.index import TOC

from search.codec import (
    NONE,
    PackedReader,
    Postings,
    ReadStorage,
    all_numbers,
    place,
    unpack,
    without,
)
from search.everyday import STOP
from search.indexer import Record, unpack_page
from search.ledger import Ledger, PageFacts
from search.schema import BODY, INDEX_NAME, LEAD, PAGE, RECORD, schema
from search.words import stem

if TYPE_CHECKING:
    from whoosh.codec.whoosh3 import W3Segment

KEPT_POSTINGS = 1_500_000
KEPT_DENSE = 160
KEPT_MADE = 200
KEPT_PAGES = 120
KEPT_BEGUN = 20
BISECT_COST = 25
"""Looking one section up costs about as much as walking past so many."""
MOST_BEGUN = 5_000
Key = TypeVar("Key")
Value = TypeVar("Value")
LEAD_SHARE = 0.35
"""How much of an impact comes from standing in a title, heading, concern or term."""


class Part:
    """The files of one segment: they never change, so later commits share them."""

    def __init__(self, storage: ReadStorage, segment: W3Segment) -> None:
        codec = segment.codec()
        self.size: int = segment.doc_count_all()
        self._documents = codec.per_document_reader(storage, segment)
        self.terms: PackedReader = codec.terms_reader(storage, segment)
        self.records = self._documents.column_reader(RECORD, schema()[RECORD].column_type)
        self.pages = all_numbers(storage, segment, PAGE)
        self.ledgers = [doc for doc, page in enumerate(self.pages) if page == 0]

    def close(self) -> None:
        self.terms.close()
        self._documents.close()


class Segment:
    """A part as one commit sees it: where it begins, and what of it was deleted."""

    def __init__(self, name: str, part: Part, base: int, gone: frozenset[int]) -> None:
        self.name = name
        self.part = part
        self.base = base
        self.gone = gone

    def pages(self) -> array[int]:
        """The page number of every section; 0 for a ledger and for what was deleted."""
        numbers = self.part.pages[:]
        for doc in self.gone:
            numbers[doc] = 0
        return numbers

    def ledgers(self) -> Iterable[bytes]:
        return (self.part.records[doc] for doc in self.part.ledgers)

    def postings(self, field: str, word: str) -> Postings:
        packed = self.part.terms.packed(field, word)
        if packed is None:
            return NONE
        if self.gone:
            found = without(unpack(packed), self.gone)
            return Postings(array("I", (i + self.base for i in found.ids)), found.impacts)
        return unpack(packed, self.base)


class Index:
    """The segments of one commit read as one. `before` lends what has not changed since."""

    def __init__(self, build: Path, before: Index | None = None) -> None:
        self.build = build
        storage = ReadStorage(str(build))
        toc = TOC.read(storage, INDEX_NAME, schema=schema())
        self.generation: int = toc.generation
        old = {s.name: s.part for s in before.segments} if before else {}
        self.segments: list[Segment] = []
        base = 0
        fresh: list[Segment] = []
        for piece in toc.segments:
            name: str = piece.segment_id()
            part = old.get(name) or Part(storage, piece)
            segment = Segment(name, part, base, frozenset(piece.deleted_docs()))
            self.segments.append(segment)
            if name not in old:
                fresh.append(segment)
            base += part.size
        self.size = base
        self.page_of: array[int] = array("I")
        for segment in self.segments:
            self.page_of.extend(segment.pages())
        lent: Ledger = before.ledger.copy() if before else Ledger()
        for segment in fresh:
            for packed in segment.ledgers():
                lent.take(packed)
        self.ledger: Ledger = lent
        self.facts: dict[int, PageFacts] = {f.number: f for f in lent.pages.values()}
        self.drafts = any(f.status == "draft" for f in self.facts.values())
        self._urgent: dict[frozenset[str], frozenset[int]] = {}
        self._postings: dict[tuple[str, str], Postings] = {}
        self._held = 0
        self._dense: dict[str, bytes] = {}
        self.made: dict[str, Postings] = {}
        self._pages: dict[int, list[Record]] = {}
        self._sorted: dict[str, list[str]] = {
            "leads": _with_new(before.leads, lent.leads) if before else sorted(lent.leads),
            "words": _with_new(before.words, lent.words) if before else sorted(lent.words),
        }

    def postings(self, field: str, word: str) -> Postings:
        """The sections that hold a word."""
        key = (field, word)
        found = self._postings.get(key)
        if found is None:
            found = _joined([segment.postings(field, word) for segment in self.segments])
            self._keep(key, found)
        return found

    def _keep(self, key: tuple[str, str], postings: Postings) -> None:
        self._postings[key] = postings
        self._held += len(postings.ids) + 40
        if self._held > KEPT_POSTINGS:
            for dropped in forget_oldest(self._postings):
                self._held -= len(dropped.ids) + 40

    def of_stem(self, word: str) -> Postings:
        """Sections with any form of a word, heavier where it stands in a title or heading."""
        key = ("", word)
        found = self._postings.get(key)
        if found is None:
            lead = self.postings(LEAD, "~" + word)
            found = blended(self.postings(BODY, word), lead)
            self._keep(key, found)
        return found

    def dense(self, key: str, postings: Postings) -> bytes:
        """The impact of every section of the index, 0 where the word is not."""
        found = self._dense.get(key)
        if found is None:
            table = bytearray(self.size)
            deque(map(table.__setitem__, postings.ids, postings.impacts), maxlen=0)
            found = bytes(table)
            if len(self._dense) >= KEPT_DENSE:
                forget_oldest(self._dense)
            self._dense[key] = found
        return found

    def keep_made(self, key: str, postings: Postings) -> None:
        """Keep a list put together from others."""
        if len(self.made) >= KEPT_MADE:
            forget_oldest(self.made)
        self.made[key] = postings

    def rarity(self, count: int) -> float:
        """How much a word in this many sections says."""
        return log(1 + (self.size - count + 0.5) / (count + 0.5))

    def record(self, doc: int) -> Record:
        """A section, to show it."""
        number = self.page_of[doc]
        start = doc
        while start and self.page_of[start - 1] == number:
            start -= 1
        kept = self._pages.get(number)
        if kept is None:
            segment = next(s for s in reversed(self.segments) if s.base <= start)
            packed = segment.part.records[start - segment.base]
            kept = unpack_page(packed, self.ledger.sample)
            if len(self._pages) >= KEPT_PAGES:
                forget_oldest(self._pages)
            self._pages[number] = kept
        return kept[doc - start]

    def numbers_of(self, names: frozenset[str]) -> frozenset[int]:
        """The numbers of pages flagged urgent: by themselves, or by the library, by path or by id."""
        kept = self._urgent.get(names)
        if kept is None:
            named = (f.number for f in self.facts.values() if f.path in names or f.id in names)
            flagged = (f.number for f in self.facts.values() if f.urgent)
            kept = self._urgent[names] = frozenset((*named, *flagged))
        return kept

    def holds(self, word: str, doc: int) -> bool:
        """Whether a section has any form of a word."""
        return place(self.of_stem(word).ids, doc) >= 0

    def leads_to(self, word: str, doc: int) -> bool:
        """Whether a word stands in the title, heading, concerns or terms of a section."""
        return place(self.postings(LEAD, word).ids, doc) >= 0

    def docs_of(self, facts: PageFacts) -> range:
        """The sections of a page, which stand together."""
        try:
            start = self.page_of.index(facts.number)
        except ValueError:
            return range(0)
        return range(start, start + facts.sections)

    @property
    def leads(self) -> list[str]:
        """Every word of titles, headings, concerns and terms, in order."""
        return self._sorted["leads"]

    @property
    def words(self) -> list[str]:
        """Every word of the text, in order."""
        return self._sorted["words"]

    def beginning(self, name: str, prefixes: Iterable[str], most: int) -> list[str]:
        """The commonest of the words, `leads` or `words`, that begin in one of these ways."""
        counts = self.ledger.leads if name == "leads" else self.ledger.words
        ordered = self._sorted[name]
        found: set[str] = set()
        for prefix in prefixes:
            if len(prefix) > 2:
                found.update(starting(ordered, prefix, MOST_BEGUN))
            else:
                found.update(self._short_beginnings(name, prefix, ordered, counts))
        return nsmallest(most, found, key=lambda word: (-counts[word], word))

    def _short_beginnings(
        self, name: str, prefix: str, ordered: list[str], counts: dict[str, int]
    ) -> list[str]:
        """One or two letters begin very many words: the commonest are kept."""
        key = f"{name} {prefix}"
        kept = self._sorted.get(key)
        if kept is None:
            words = starting(ordered, prefix, len(ordered))
            kept = nsmallest(KEPT_BEGUN, words, key=lambda word: (-counts[word], word))
            self._sorted[key] = kept
        return kept

    def knows(self, word: str) -> bool:
        """Whether this word, or a form of it, stands anywhere."""
        if word in self.ledger.words or word in self.ledger.leads or word in STOP:
            root = stem(word)
            if self.of_stem(root).ids or self.postings(LEAD, word).ids or word in STOP:
                return True
        return bool(self.of_stem(stem(word)).ids)

    def close(self) -> None:
        for segment in self.segments:
            segment.part.close()


def _with_new(ordered: list[str], words: dict[str, int]) -> list[str]:
    """The words in order, when most of them are in order already."""
    more = len(words) - len(ordered)
    if not more:
        return ordered
    newest = list(islice(reversed(words), more))
    if more > 200:
        return sorted([*ordered, *newest])
    together = ordered[:]
    for word in newest:
        insort(together, word)
    return together


def starting(words: list[str], prefix: str, at_most: int) -> list[str]:
    """The words, out of a sorted list, that begin so."""
    start = bisect_left(words, prefix)
    end = bisect_left(words, prefix + "\U0010ffff", lo=start)
    return words[start : min(end, start + at_most)]


def forget_oldest(kept: dict[Key, Value]) -> list[Value]:
    """Drop the older quarter of what was kept; other threads may be adding to it meanwhile."""
    dropped = []
    for key in list(kept)[: len(kept) // 4 + 1]:
        value = kept.pop(key, None)
        if value is not None:
            dropped.append(value)
    return dropped


def _joined(parts: list[Postings]) -> Postings:
    parts = [part for part in parts if part.ids]
    if not parts:
        return NONE
    if len(parts) == 1:
        return parts[0]
    ids = array("I")
    for part in parts:
        ids.extend(part.ids)
    return Postings(ids, b"".join(part.impacts for part in parts))


def blended(body: Postings, lead: Postings) -> Postings:
    """Body and lead impacts as one; the lead's sections are all in the body, small words apart."""
    if not lead.ids:
        return body
    impacts = bytearray(body.impacts)
    stray: list[tuple[int, int]] = []
    for at, doc, worth in zip(_places(body.ids, lead.ids), *lead, strict=True):
        extra = int(worth * LEAD_SHARE)
        if at < 0:
            stray.append((doc, max(1, extra)))
        else:
            impacts[at] = min(255, impacts[at] + extra)
    if not stray:
        return Postings(body.ids, bytes(impacts))
    pairs = sorted([*zip(body.ids, impacts, strict=True), *stray])
    return Postings(array("I", (d for d, _ in pairs)), bytes(i for _, i in pairs))


def _places(ids: array[int], docs: array[int]) -> list[int]:
    """Where each of some sections stands in a list; -1 where it does not."""
    if len(docs) * BISECT_COST > len(ids):
        wanted = set(docs)
        found = list(compress(range(len(ids)), map(wanted.__contains__, ids)))
        if len(found) == len(docs):
            return found
    return [place(ids, doc) for doc in docs]
