"""The glossary: terms, what they stand for, and what people type when they mean them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.model import Page, Table
from knowledge.text import slug

FILE = "glossary.md"
_COLUMNS = {
    "term": ("term", "word", "short form"),
    "expansion": ("expansion", "stands for", "full form"),
    "meaning": ("meaning", "what it means", "definition"),
    "typed": ("type", "synonym", "lay"),
}
_REFERENCE = re.compile(r"\[\^[^\]\s]*\]")


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the glossary."""

    term: str
    expansion: str
    meaning: str
    typed: tuple[str, ...]
    page: str
    line: int

    @property
    def anchor(self) -> str:
        """Its name within its page."""
        return slug(self.term)


def named(terms: tuple[Term, ...], anchor: str, page: str = "") -> Term | None:
    """The term of this anchor, on this page where one is given."""
    found = (term for term in terms if term.anchor == anchor and page in ("", term.page))
    return next(found, None) if anchor else None


def read_glossary(page: Page) -> tuple[Term, ...]:
    """The terms of every table on the page whose first column is headed Term."""
    terms: list[Term] = []
    for section in page.sections:
        for table in section.tables:
            terms += _terms(page, table)
    return tuple(terms)


# A library is read again every few seconds, and mostly its glossary is the very same page.
_last: tuple[Page, tuple[Term, ...]] | None = None


def glossary_of(page: Page) -> tuple[Term, ...]:
    """The terms of a library's glossary; asked again for the same page, the same ones."""
    global _last
    known = _last
    if known is None or known[0] is not page:
        known = _last = page, read_glossary(page)
    return known[1]


def _terms(page: Page, table: Table) -> list[Term]:
    places: dict[str, int] = {}
    for number, header in enumerate(table.header.cells):
        for name, heads in _COLUMNS.items():
            if name not in places and any(head in header.lower() for head in heads):
                places[name] = number
                break
    if places.get("term") != 0:
        return []
    found: list[Term] = []
    for row in table.rows:

        def cell(name: str, cells: tuple[str, ...] = row.cells) -> str:
            place = places.get(name, len(cells))
            return _REFERENCE.sub("", cells[place]).strip() if place < len(cells) else ""

        if cell("term"):
            typed = tuple(w.strip() for w in re.split(r"[,;]", cell("typed")) if w.strip())
            found.append(
                Term(cell("term"), cell("expansion"), cell("meaning"), typed, page.path, row.line)
            )
    return found
