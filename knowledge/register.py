"""What an approver goes through: pages by date of review, facts to be checked, and both as a file of rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.dates import in_words
from knowledge.library import Library
from knowledge.model import Page, Section, Status, Strength
from knowledge.text import plain

SOON, AHEAD = 30, 90  # days
OVERDUE, IN_SOON, IN_AHEAD = "Overdue", f"In {SOON} days", f"In {AHEAD} days"
LATER, NO_DATE = "Later", "No date"
WHEN = (OVERDUE, IN_SOON, IN_AHEAD, LATER, NO_DATE)
_REFERENCE = re.compile(r"\[\^[^\]\s]+\]")
_OPENING = re.compile(r"^(?:[>\s]|[-*+]\s|\d+[.)]\s|#+\s|\[!\w+\])+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Due:
    """One page and when it is to be reviewed."""

    page: Page
    when: str  # one of WHEN
    days: int | None  # until then; less than nothing when it is late

    @property
    def said(self) -> str:
        if self.days is None:
            return "No review date"
        if self.days < 0:
            late = -self.days
            return "1 day overdue" if late == 1 else f"{late} days overdue"
        return "Due today" if not self.days else f"In {self.days} days"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement whose source nobody has checked."""

    page: Page
    section: Section
    line: int
    words: str
    key: str
    source: str


def due(library: Library, today: date) -> list[Due]:
    """Every page in use, the one due first at the top; those without a date at the end."""
    found = [_due(page, today) for page in library.pages.values() if _in_use(page)]
    return sorted(found, key=lambda d: (d.days is None, d.days or 0, d.page.title.casefold()))


def _in_use(page: Page) -> bool:
    return page.readable and page.status is not Status.WITHDRAWN and page.front is not None


def _due(page: Page, today: date) -> Due:
    if page.review_by is None:
        return Due(page, NO_DATE, None)
    days = (page.review_by - today).days
    when = (
        OVERDUE if days < 0 else IN_SOON if days <= SOON else IN_AHEAD if days <= AHEAD else LATER
    )
    return Due(page, when, days)


def facts(library: Library) -> list[Fact]:
    """Every reference to a source that is still unchecked, page by page in reading order."""
    found: list[Fact] = []
    for page in sorted(library.pages.values(), key=lambda p: p.title.casefold()):
        doubtful = {s.key: s.title for s in page.sources if s.strength is Strength.UNCHECKED}
        if not doubtful or page.status is Status.WITHDRAWN:
            continue
        lines = page.text.splitlines()
        for section in page.sections:
            for note in section.footnotes:
                if note.key in doubtful:
                    line = lines[note.line - 1] if note.line <= len(lines) else ""
                    words = _fact(line, note.key)
                    found.append(
                        Fact(page, section, note.line, words, note.key, doubtful[note.key])
                    )
    return found


def _fact(line: str, key: str) -> str:
    """What a line says before a reference, back to the reference before it."""
    said = ""
    start = 0
    for found in _REFERENCE.finditer(line):
        words = line[start : found.start()].replace("|", " ").strip()
        said = words if _OPENING.sub("", words) else said
        if found.group() == f"[^{key}]":
            break
        start = found.end()
    return " ".join(plain(_OPENING.sub("", said)).split())


# -- tables ---------------------------------------------------------------------------------------

DUE_HEAD = (
    "Title",
    "Kind",
    "Status",
    "Owner",
    "Version",
    "Approved by",
    "Approved on",
    "Review by",
    "When",
    "Page",
)
FACTS_HEAD = ("Page", "Step or heading", "Line", "What it says", "Source key", "Source", "File")


def due_rows(found: Iterable[Due]) -> list[Sequence[str]]:
    return [
        (
            d.page.title,
            d.page.kind.value,
            d.page.status.value,
            d.page.owner,
            d.page.version,
            d.page.approved_by,
            in_words(d.page.approved_on) if d.page.approved_on else "",
            in_words(d.page.review_by) if d.page.review_by else "",
            d.said,
            d.page.path,
        )
        for d in found
    ]


def fact_rows(found: Iterable[Fact]) -> list[Sequence[str]]:
    return [
        (f.page.title, f.section.title, str(f.line), f.words, f.key, f.source, f.page.path)
        for f in found
    ]


def table_file(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV that a spreadsheet opens by double click, and in which no cell is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_defused(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _defused(cell: str) -> str:
    words = cell.replace("\r", " ").replace("\n", " ")
    return f"'{words}" if cell.lstrip(" ").startswith(_FORMULA) else words
