"""Pages into the index: one commit at a time, each with the ledger of what it did."""

from __future__ import annotations

import json
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from knowledge.turns import portion_done
from search.codec import PackedCodec, PackedReader, Pool, Postings
from search.entries import Entry, Sheet, Stamp
from search.ledger import Ledger, PageFacts
from search.schema import (
    ALSO_WEIGHT,
    BODY,
    HEADING_WEIGHT,
    INDEX_NAME,
    LEAD,
    MAX_COUNT,
    PAGE,
    RECORD,
    TITLE_BELOW,
    TITLE_WEIGHT,
    Impacts,
    schema,
)
from search.words import hides, stems, stems_of, tokens, whole, worries, written

if TYPE_CHECKING:
    from whoosh.codec.whoosh3 import W3Segment
    from whoosh.filedb.filestore import FileStorage

SAMPLE_BYTES = 12_000
MANY_SEGMENTS = 7
SMALL_SEGMENTS = (50, 400, 3000)
"""So many segments at the end, all smaller than one of these, become one: the saves of a day stay few."""


class Record(NamedTuple):
    """What is kept of a section to show it."""

    anchor: str
    heading: str
    step: str
    line: int
    urgent: bool
    varied: bool
    """Some words are written so that their stems cannot be seen in them."""
    text: str


def pack_page(entries: Iterable[Entry], varied: Iterable[bool], sample: bytes) -> bytes:
    """The sections of a page squeezed together, with text typical of the library as a crib."""
    rows = [
        [e.anchor, e.heading, e.step, e.line, e.urgent + 2 * odd, e.text]
        for e, odd in zip(entries, varied, strict=True)
    ]
    squeeze = zlib.compressobj(6, zdict=sample) if sample else zlib.compressobj(6)
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return squeeze.compress(text.encode("utf-8", "replace")) + squeeze.flush()


def unpack_page(packed: bytes, sample: bytes) -> list[Record]:
    """The sections in these bytes."""
    open_up = zlib.decompressobj(zdict=sample) if sample else zlib.decompressobj()
    return [
        Record(anchor, heading, step, line, bool(flags & 1), bool(flags & 2), text)
        for anchor, heading, step, line, flags, text in json.loads(open_up.decompress(packed))
    ]


def usual_length(sheets: Iterable[Sheet]) -> float:
    """How many words a section of this library has, as a rule."""
    lengths = []
    for entry in (entry for sheet in sheets for entry in sheet.entries):
        portion_done()
        lengths.append(len(stems_of(entry.text)))
    return sum(lengths) / len(lengths) if lengths else 100.0


def sample_of(sheets: Iterable[Sheet]) -> bytes:
    """Typical text, the commonest last, where the squeezing looks first."""
    pieces: list[str] = []
    room = SAMPLE_BYTES
    for sheet in sheets:
        for entry in sheet.entries:
            if room <= 0:
                break
            pieces.append(entry.text[:300])
            room -= len(pieces[-1])
    return " ".join(pieces).encode("utf-8", "replace")[-SAMPLE_BYTES:]


def last_small(sizes: Sequence[int]) -> int:
    """How many segments at the end are so small and so many that they should become one."""
    for limit in SMALL_SEGMENTS:
        first = len(sizes)
        while first and sizes[first - 1] < limit:
            first -= 1
        if len(sizes) - first >= MANY_SEGMENTS:
            return len(sizes) - first
    return 0


class Writer(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer, fed with words that are worked out and turned round already."""

    def __init__(self, index: FileIndex, pool: Pool) -> None:
        super().__init__(index, timeout=1.0, codec=PackedCodec(), compound=False)
        self.pool = pool

    def put(self, page: int, record: bytes) -> None:
        """A section, or a ledger when `page` is 0; the first section of a page keeps it all."""
        documents = self.perdocwriter
        documents.start_doc(self.docnum)
        documents.add_column_value(PAGE, self.schema[PAGE].column_type, page)
        documents.add_column_value(RECORD, self.schema[RECORD].column_type, record)
        documents.finish_doc()
        self.docnum += 1
        self._added = True

    def finish(self, segments: list[W3Segment]) -> None:
        """Commit the new segment beside these."""
        segments.append(self._finalize_segment())
        self._commit_toc(segments)
        self._finish()

    def merge_small(self) -> tuple[list[W3Segment], list[W3Segment]]:
        """The segments to keep as they are, and the last ones, small, to take into the new one.

        Only last ones: what a later commit says of a page must stay after what an earlier one said.
        """
        kept = list(self.segments)
        small = last_small([segment.doc_count_all() for segment in kept])
        return kept[: len(kept) - small], kept[len(kept) - small :]

    def absorb(self, segment: W3Segment) -> list[bytes]:
        """Take a segment into the new one; gives back its ledgers."""
        codec: PackedCodec = segment.codec()
        documents = codec.per_document_reader(self.storage, segment)
        pages = documents.column_reader(PAGE, self.schema[PAGE].column_type)
        records = documents.column_reader(RECORD, self.schema[RECORD].column_type)
        moved: dict[int, int] = {}
        ledgers: list[bytes] = []
        for doc in range(segment.doc_count_all()):
            if not pages[doc]:
                ledgers.append(records[doc])
            elif not segment.is_deleted(doc):
                moved[doc] = self.docnum
                self.put(pages[doc], records[doc])
        terms: PackedReader = codec.terms_reader(self.storage, segment)
        for field, word, postings in terms.every_list():
            pairs = [(moved[doc], i) for doc, i in zip(*postings, strict=True) if doc in moved]
            if pairs:
                ids, impacts = zip(*pairs, strict=True)
                self.pool.add_list(field, word, Postings(array("I", ids), bytes(impacts)))
        terms.close()
        documents.close()
        return ledgers


class Batch:
    """A commit in the making: add pages, take pages out, then `commit`."""

    def __init__(self, index: FileIndex, so_far: Ledger) -> None:
        self._index = index
        self._sample = so_far.sample
        self._ledger = Ledger()
        if not so_far.pages and not so_far.hidden:
            self._ledger.usual_length, self._ledger.sample = so_far.usual_length, so_far.sample
        self._pool = Pool()
        self._body = self._pool.field(BODY)
        self._lead = self._pool.field(LEAD)
        self._impacts = Impacts(so_far.usual_length)
        self._columns: list[tuple[int, bytes]] = []
        self._tokens: Counter[str] = Counter()
        self._known: set[str] = set()
        self._hiding: set[str] = set()
        self._out: list[int] = []

    @property
    def sections(self) -> int:
        return len(self._columns)

    def add(self, facts: PageFacts, sheet: Sheet) -> None:
        """Put a page in."""
        title = stems_of(sheet.title)
        first = len(self._columns)
        varied = []
        for doc, entry in enumerate(sheet.entries, first):
            portion_done()
            found = tokens(entry.text)
            different = set(found)
            self._tokens.update(different)
            fresh = different - self._known
            if fresh:
                self._known |= fresh
                self._hiding.update(filter(hides, fresh))
            varied.append(not different.isdisjoint(self._hiding))
            self._add_body(
                doc, entry, sheet, title, Counter(chain.from_iterable(map(stems, found)))
            )
            self._add_lead(doc, entry, sheet)
            self._columns.append((facts.number, b""))
        if sheet.entries:
            self._columns[first] = (facts.number, pack_page(sheet.entries, varied, self._sample))
        self._ledger.pages[facts.path] = facts

    def note(self, facts: PageFacts) -> None:
        """A page whose text is as it was, but whose file has another time."""
        self._ledger.pages[facts.path] = facts

    def hide(self, path: str, hidden: tuple[str, Stamp]) -> None:
        """A page that is not to be found."""
        self._ledger.hidden[path] = hidden

    def remove(self, path: str) -> None:
        """A page that is gone from the folder."""
        self._ledger.gone.add(path)

    def take_out(self, docs: Iterable[int]) -> None:
        """Sections of the index as it stands that this commit replaces or removes."""
        self._out.extend(docs)

    def _add_body(
        self, doc: int, entry: Entry, sheet: Sheet, title: Sequence[str], counts: Counter[str]
    ) -> None:
        top = not entry.anchor
        _weigh(counts, title, TITLE_WEIGHT if top else TITLE_BELOW)
        if entry.heading and not top:
            _weigh(counts, stems_of(entry.heading), HEADING_WEIGHT)
        for phrase in (*entry.also, *(sheet.concerns if top else ()), sheet.summary if top else ""):
            _weigh(counts, stems_of(phrase), ALSO_WEIGHT)
        table = self._impacts.table(counts.total(), entry.worth)
        body = self._body
        for word, count in counts.items():
            lists = body.get(word)
            if lists is None:
                lists = body[word] = (array("I"), bytearray())
            lists[0].append(doc)
            lists[1].append(table[count if count < MAX_COUNT else MAX_COUNT])

    def _add_lead(self, doc: int, entry: Entry, sheet: Sheet) -> None:
        phrases = [entry.heading if entry.anchor else sheet.title, *entry.also]
        if not entry.anchor:
            phrases += sheet.concerns
        best: dict[str, int] = {}
        for phrase in phrases:
            found = tokens(phrase)
            worth = max(1, round(255 * entry.worth / sqrt(max(1, len(found)))))
            for token in found:
                roots = ("~" + root for root in stems(token))
                for word in (*written(token), *roots):
                    best[word] = max(best.get(word, 0), worth)
        concerns = sheet.concerns if not entry.anchor else entry.also if entry.step else ()
        best.update((whole(concern), 255) for concern in concerns)
        best.update((word, 255) for concern in concerns for word in worries(concern))
        leads = self._ledger.leads
        for word, worth in best.items():
            if word[0] not in "~=#":
                leads[word] = leads.get(word, 0) + 1
            lists = self._lead.get(word)
            if lists is None:
                lists = self._lead[word] = (array("I"), bytearray())
            lists[0].append(doc)
            lists[1].append(worth)

    def commit(self, tidy: bool) -> None:
        """Write it all in one step that either happens or does not; `tidy` takes small segments in."""
        writer = Writer(self._index, self._pool)
        try:
            for doc in self._out:
                writer.delete_document(doc)
            for page, record in self._columns:
                portion_done()
                writer.put(page, record)
            self._count_words()
            kept, small = writer.merge_small() if tidy else (list(writer.segments), [])
            ledger = Ledger() if small else self._ledger
            for segment in small:
                for packed in writer.absorb(segment):
                    ledger.take(packed)
            if small:
                ledger.take(self._ledger.to_bytes())
            writer.put(0, ledger.to_bytes())
            writer.finish(kept)
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise

    def _count_words(self) -> None:
        words = self._ledger.words
        for token, count in self._tokens.items():
            for word in written(token):
                words[word] = words.get(word, 0) + count


def create(storage: FileStorage) -> FileIndex:
    """An empty index in this folder."""
    return FileIndex.create(storage, schema(), INDEX_NAME)


def _weigh(counts: Counter[str], stems: Sequence[str], weight: int) -> None:
    for word in stems:
        counts[word] += weight
