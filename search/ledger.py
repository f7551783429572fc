"""What each commit writes down about itself: which pages it holds, and the words new to it.

The ledger is a section of the index that no question can find. It is written in the same commit as
what it tells of, so the two can never disagree.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from search.entries import Sheet, Stamp


@dataclass(slots=True)
class PageFacts:
    """A page as the index knows it: enough to answer, narrow, and see whether it changed."""

    number: int
    path: str
    digest: str
    stamp: Stamp
    title: str
    kind: str
    id: str
    status: str
    review_by: str
    audience: str
    urgent: bool
    topics: tuple[str, ...]
    levels: tuple[str, ...]
    ages: tuple[str, ...]
    regions: tuple[str, ...]
    sections: int
    letters: int
    """Bytes of text in it, to compare the size of the index with."""


def facts_of(number: int, digest: str, stamp: Stamp, sheet: Sheet) -> PageFacts:
    """The facts of a page that goes into the index now."""
    return PageFacts(
        number=number,
        path=sheet.path,
        digest=digest,
        stamp=stamp,
        title=sheet.title,
        kind=sheet.kind,
        id=sheet.id,
        status=sheet.status,
        review_by=sheet.review_by,
        audience=sheet.audience,
        urgent=sheet.urgent,
        topics=sheet.topics,
        levels=sheet.levels,
        ages=sheet.ages,
        regions=sheet.regions,
        sections=len(sheet.entries),
        letters=sum(len(e.text.encode()) + len(e.heading.encode()) for e in sheet.entries),
    )


@dataclass(slots=True)
class Ledger:
    """The pages and words of an index, put together from all its commits."""

    pages: dict[str, PageFacts] = field(default_factory=dict)
    hidden: dict[str, tuple[str, Stamp]] = field(default_factory=dict)
    """Pages that are not to be found (withdrawn, unreadable): digest and stamp, to see a change."""
    words: dict[str, int] = field(default_factory=dict)
    """Words of the text as written, and in about how many sections."""
    leads: dict[str, int] = field(default_factory=dict)
    """Words of titles, headings, concerns and terms as written."""
    usual_length: float = 0.0
    sample: bytes = b""
    """Text typical of the library, which helps to squeeze the rest."""
    gone: set[str] = field(default_factory=set)
    """Pages removed and not put back since."""

    def next_number(self) -> int:
        return max((facts.number for facts in self.pages.values()), default=0) + 1

    def to_bytes(self) -> bytes:
        data = {
            "pages": [_row(facts) for facts in self.pages.values()],
            "gone": sorted(self.gone),
            "hidden": [[path, digest, *stamp] for path, (digest, stamp) in self.hidden.items()],
            "words": self.words,
            "leads": self.leads,
            "usual": self.usual_length,
            "sample": self.sample.decode("latin-1"),
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        return zlib.compress(text.encode("utf-8"), 6)

    def copy(self) -> Ledger:
        """One that can be added to without changing this one."""
        return Ledger(
            pages=dict(self.pages),
            hidden=dict(self.hidden),
            words=dict(self.words),
            leads=dict(self.leads),
            usual_length=self.usual_length,
            sample=self.sample,
        )

    def take(self, packed: bytes) -> None:
        """Add what a later commit wrote down; its pages replace those of the same name."""
        data = json.loads(zlib.decompress(packed))
        for path in data["gone"]:
            self.pages.pop(path, None)
            self.hidden.pop(path, None)
            self.gone.add(path)
        for row in data["pages"]:
            facts = _facts(row)
            self.pages[facts.path] = facts
            self.hidden.pop(facts.path, None)
            self.gone.discard(facts.path)
        for path, digest, size, mtime in data["hidden"]:
            self.hidden[path] = (digest, Stamp(size, mtime))
            self.pages.pop(path, None)
            self.gone.discard(path)
        for mine, new in ((self.words, data["words"]), (self.leads, data["leads"])):
            if mine:
                for word, count in new.items():
                    mine[word] = mine.get(word, 0) + count
            else:
                mine.update(new)
        self.usual_length = self.usual_length or data["usual"]
        self.sample = self.sample or data["sample"].encode("latin-1")


def _row(facts: PageFacts) -> list[object]:
    return [
        facts.number,
        facts.path,
        facts.digest,
        *facts.stamp,
        facts.title,
        facts.kind,
        facts.id,
        facts.status,
        facts.review_by,
        facts.audience,
        int(facts.urgent),
        facts.topics,
        facts.levels,
        facts.ages,
        facts.regions,
        facts.sections,
        facts.letters,
    ]


def _facts(row: list[Any]) -> PageFacts:
    number, path, digest, size, mtime, title, kind, id_, status, review, audience, urgent = row[:12]
    topics, levels, ages, regions = (_same(tuple(values)) for values in row[12:16])
    return PageFacts(
        number=number,
        path=path,
        digest=digest,
        stamp=Stamp(size, mtime),
        title=title,
        kind=intern(kind),
        id=id_,
        status=intern(status),
        review_by=intern(review),
        audience=intern(audience),
        urgent=bool(urgent),
        topics=topics,
        levels=levels,
        ages=ages,
        regions=regions,
        sections=row[16],
        letters=row[17],
    )


_TUPLES: dict[tuple[str, ...], tuple[str, ...]] = {}


def _same(values: tuple[str, ...]) -> tuple[str, ...]:
    """One object for equal tuples: ten thousand pages share a few dozen."""
    return _TUPLES.setdefault(values, values)
