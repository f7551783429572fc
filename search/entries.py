"""What goes into the index: sections of pages as plain data, so that anything can be searched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol
from zlib import crc32


@dataclass(frozen=True, slots=True)
class Entry:
    """A section or a step: one answer. The entry with no anchor stands for the page as a whole."""

    anchor: str
    heading: str
    text: str
    step: str = ""
    line: int = 1
    urgent: bool = False
    also: tuple[str, ...] = ()
    """Words and phrases that should find it although they need not stand in it: concerns, expansions."""
    worth: float = 1.0
    """How much its words weigh beside those of other sections."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as the search sees it, with its entries in the order of the page."""

    path: str
    title: str
    kind: str = "page"
    id: str = ""
    summary: str = ""
    status: str = ""
    review_by: str = ""
    audience: str = "professional"
    urgent: bool = False
    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


class Term(NamedTuple):
    """A row of the glossary: the term, what it is short for, and what people type instead."""

    term: str
    expansion: str = ""
    says: tuple[str, ...] = ()


class Stamp(NamedTuple):
    """A file as a folder listing shows it: cheap to look at, no proof of what is inside."""

    size: int
    mtime_ns: int


class Reading(NamedTuple):
    """A file as it was read: the digest of its bytes, and the page. No page: it is not to be found."""

    digest: str
    sheet: Sheet | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the library says about search as a whole."""

    terms: tuple[Term, ...] = ()
    topics: tuple[str, ...] = ()
    ask_title: str = ""
    ask_page: str = ""
    urgent: frozenset[str] = frozenset()
    """Pages flagged urgent, by path."""


class Source(Protocol):
    """Where pages come from. `stamps` must be quick; `read` may take its time."""

    @property
    def name(self) -> str:
        """What tells this library from every other: its folder."""

    def stamps(self) -> Mapping[str, Stamp]: ...

    def stamp(self, path: str) -> Stamp | None:
        """One page's stamp, or None when it is gone."""

    def read(self, path: str) -> Reading | None:
        """The page now, or None when it is gone or cannot be read whole."""

    def surroundings(self) -> Surroundings: ...


class Given:
    """Pages handed over in memory, for programs and tests that make their own."""

    def __init__(
        self, sheets: Iterable[Sheet], around: Surroundings | None = None, name: str = "given"
    ) -> None:
        self._sheets = {sheet.path: sheet for sheet in sheets}
        self._around = around or Surroundings()
        self.name = name

    def stamps(self) -> Mapping[str, Stamp]:
        return {path: _stamp_of(sheet) for path, sheet in self._sheets.items()}

    def stamp(self, path: str) -> Stamp | None:
        sheet = self._sheets.get(path)
        return _stamp_of(sheet) if sheet else None

    def read(self, path: str) -> Reading | None:
        sheet = self._sheets.get(path)
        return Reading(format(_stamp_of(sheet).mtime_ns, "x"), sheet) if sheet else None

    def surroundings(self) -> Surroundings:
        return self._around

    def put(self, sheet: Sheet) -> None:
        """Save a page."""
        self._sheets[sheet.path] = sheet

    def remove(self, path: str) -> None:
        del self._sheets[path]


def _stamp_of(sheet: Sheet) -> Stamp:
    size, check = 0, crc32(repr(replace(sheet, entries=())).encode())
    for entry in sheet.entries:
        size += len(entry.text)
        check = crc32(
            f"{entry.anchor}\0{entry.heading}\0{entry.text}".encode("utf-8", "replace"), check
        )
    return Stamp(size, check)
