"""How a rule is declared, what it is given and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from knowledge.model import Page, Section
from knowledge.problems import Fix, Severity

if TYPE_CHECKING:
    from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Found:
    """One fault a rule found, at a line of the page."""

    line: int
    message: str
    hint: str = ""
    section: Section | None = None
    fix: Fix | None = None


PageCheck = Callable[[Page, date], Iterator[Found]]
LibraryCheck = Callable[[Page, "Library"], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, how grave a breach is unless the library says otherwise, and what it asks for.

    `alone` looks at one page and the date; `among` needs the other pages too. One of them is set.
    """

    code: str
    severity: Severity
    asks: str
    alone: PageCheck | None = None
    among: LibraryCheck | None = None


RULES: dict[str, Rule] = {}


def rule(code: str, severity: Severity, asks: str) -> Callable[[PageCheck], PageCheck]:
    """Declare a rule about one page by itself."""

    def declare(check: PageCheck) -> PageCheck:
        _add(Rule(code, severity, asks, alone=check))
        return check

    return declare


def library_rule(
    code: str, severity: Severity, asks: str
) -> Callable[[LibraryCheck], LibraryCheck]:
    """Declare a rule about a page among the others."""

    def declare(check: LibraryCheck) -> LibraryCheck:
        _add(Rule(code, severity, asks, among=check))
        return check

    return declare


def _add(new: Rule) -> None:
    if new.code in RULES:
        raise ValueError(f"two rules are called {new.code}")
    RULES[new.code] = new


def has_details(page: Page) -> bool:
    """Whether the author gave details at the top; plain notes without them are left in peace."""
    return page.front is not None and page.readable


def near_fix(page: Page, key: str, word: str, near: str) -> Fix | None:
    """One word of an entry at the top, replaced; nothing when it is not plain which word it is."""
    entry = page.field(key)
    if entry is None or not near:
        return None
    start, end = entry.value_span
    at = page.text.find(word, start, end)
    if at < 0 or page.text.find(word, at + 1, end) >= 0:
        return None
    return Fix(f"Change it to {near}", at, at + len(word), near)


def field_line(page: Page, key: str) -> int:
    """The line of a front-matter entry; the first line when it is not there."""
    found = page.field(key)
    return found.line if found is not None else 1
