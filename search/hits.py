"""What a caller gets back: plain, immutable data that knows nothing of the index behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple


class Why(IntEnum):
    """How an answer matched, best first; the order is the order of the answers."""

    EXACT = 0
    START = 1
    SYNONYM = 2
    SPELLING = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Mark(NamedTuple):
    """A stretch of a snippet to show marked: from `start` up to, not including, `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer: a section or a step of a page. `anchor` is empty for the top of the page."""

    page: str
    anchor: str
    id: str
    kind: str
    title: str
    heading: str
    score: float
    snippet: str
    marks: tuple[Mark, ...]
    why: Why
    step: str = ""
    line: int = 1
    status: str = ""
    review_by: str = ""
    overdue: bool = False
    urgent: bool = False
    complete: bool = True
    topics: tuple[str, ...] = ()

    @property
    def sample(self) -> bool:
        return self.status == "sample"


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of one page, in order; groups stand in the order of their best answer."""

    page: str
    title: str
    kind: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the person narrowed to. Several values of one row widen it; several rows narrow further."""

    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    drafts: bool = False


ROWS = ("kinds", "topics", "levels", "ages", "regions", "audiences")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somewhere to go when nothing was found."""

    title: str
    page: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything about one question: the hits, best first, and what was done to find them."""

    query: str
    hits: tuple[Hit, ...] = ()
    corrected: str | None = None
    """The question as understood, when a word that does not exist was read as another."""
    partial: bool = False
    """Some answers hold only some of the words."""
    missing: tuple[str, ...] = ()
    """Words that are nowhere in the library."""
    message: str = ""
    nearest: tuple[Suggestion, ...] = ()
    ask: Suggestion | None = None
    building: bool = False
    """The index was still being built: more may be found in a moment."""
    cpu_ms: float = 0.0

    @property
    def groups(self) -> tuple[Group, ...]:
        """The hits page by page."""
        pages: dict[str, list[Hit]] = {}
        for hit in self.hits:
            pages.setdefault(hit.page, []).append(hit)
        return tuple(
            Group(page, hits[0].title, hits[0].kind, tuple(hits)) for page, hits in pages.items()
        )


@dataclass(frozen=True, slots=True)
class Count:
    """A value to narrow to: how many pages with answers carry it, and how many answers those hold."""

    value: str
    pages: int
    sections: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """The values to narrow to, row by row (`ROWS`), commonest first."""

    rows: dict[str, tuple[Count, ...]] = field(default_factory=dict)
    pages: int = 0
    sections: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a refresh has come."""

    done: int
    total: int
    searchable: int


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did. `rebuilt` says why everything was built anew, or is empty."""

    pages: int
    sections: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    seconds: float = 0.0
    bytes: int = 0
    text_bytes: int = 0
    rebuilt: str = ""
    waiting: bool = False
    """Another program is writing the index; what it writes is picked up at the next refresh."""
    unreadable: tuple[str, ...] = ()

    @property
    def touched(self) -> int:
        return self.added + self.changed + self.removed


@dataclass(frozen=True, slots=True)
class Gap:
    """A question the library had no answer to."""

    query: str
    times: int
    last: str
    sent: bool = True  # somebody pressed the button; else it was kept because searches are
