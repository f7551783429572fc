"""Rules for the bands of a ladder: every score belongs to one level."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import inf
from typing import NamedTuple

from knowledge.model import Page, Row, Section, Table
from knowledge.problems import Severity
from knowledge.rules.registry import Found, rule

_NUMBER = r"(\d{1,4})"
_NOTE = re.compile(r"\[\^[^\]]*\]")
# Words such as "GAD-2" or "Total" may stand before the numbers, and the same again in the next row.
_BAND = re.compile(
    rf"(?P<about>(?:[A-Za-z][\w:-]*\s+){{0,3}}?)"
    rf"(?:(?P<low>{_NUMBER})\s*(?:to|-|–)\s*(?P<high>{_NUMBER})"
    rf"|(?P<from>{_NUMBER})\s*(?:or more|or over|or above|or higher|and over|and above|\+)"
    rf"|(?P<below>(?:below|under|less than|fewer than)\s+{_NUMBER})"
    rf"|(?P<upto>up to\s+{_NUMBER}|{_NUMBER}\s*or (?:less|fewer|below|under))"
    rf"|(?P<over>(?:above|over|more than)\s+{_NUMBER})"
    rf"|(?P<one>{_NUMBER}))"
    rf"(?P<unit>(?:\s+[a-z]+)?)(?:\s*[,;(].*)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
# What is measured and not counted has no next number, and reviews at certain ages leave gaps on purpose.
_MEASURED = re.compile(
    r"(?:second|minute|hour|day|week|month|year|standard|degree|gram|kilogram|kg|g|mg|ml|cm|mm|percent|centile)s?",
    re.IGNORECASE,
)


class _Band(NamedTuple):
    low: float
    high: float
    about: str
    row: Row
    section: Section


@rule("ladder-gap", Severity.WARNING, "The levels of a ladder follow each other without a gap")
def number_without_a_level(page: Page, today: date) -> Iterator[Found]:
    for first, last in _neighbours(page):
        if last.low > first.high + 1:
            gap, between = _said(first.high + 1, last.low - 1), _between(first, last)
            message = f"No level has {gap}: {between} leave a gap"
            yield Found(
                max(first.row.line, last.row.line),
                message,
                "Change one of the two rows so that every number has its level",
                last.section,
            )


@rule("ladder-overlap", Severity.WARNING, "No number stands in two levels of a ladder")
def number_in_two_levels(page: Page, today: date) -> Iterator[Found]:
    for first, last in _neighbours(page):
        if last.low <= first.high and first.low < last.low and first.high < last.high:
            both, between = _said(last.low, first.high), _between(first, last)
            yield Found(
                max(first.row.line, last.row.line),
                f"Two levels have {both}: {between} overlap",
                "Change one of the two rows so that every number has one level",
                last.section,
            )


def _neighbours(page: Page) -> Iterator[tuple[_Band, _Band]]:
    """Bands of rows next to each other, the lower one first."""
    for section in page.sections:
        for table in section.tables:
            if table.ladder:
                for column in range(1, len(table.header.cells)):
                    yield from _pairs(section, table, column)


def _pairs(section: Section, table: Table, column: int) -> Iterator[tuple[_Band, _Band]]:
    bands = [
        _band(row.cells[column], row, section) if column < len(row.cells) else None
        for row in table.rows
    ]
    for one, other in pairwise(bands):
        if one is None or other is None or one.about != other.about:
            continue
        # Two single numbers are how many there are, or sections of an Act.
        if one.low < one.high or other.low < other.high:
            yield (one, other) if one.low <= other.low else (other, one)


def _band(cell: str, row: Row, section: Section) -> _Band | None:
    """The numbers of a cell; None when it says more than a band, or measures something."""
    words = " ".join(_NOTE.sub("", cell).split())
    found = _BAND.fullmatch(words) if len(words) < 200 else None
    if found is None or _MEASURED.fullmatch(found["unit"].strip()):
        return None
    about = f"{found['about']}|{found['unit']}".casefold().replace(" ", "")
    low, high = _ends(found)
    return _Band(low, high, about, row, section) if low <= high else None


def _ends(found: re.Match[str]) -> tuple[float, float]:
    if found["low"]:
        return int(found["low"]), int(found["high"])
    for name, low, high in (
        ("from", 0, inf),
        ("over", 1, inf),
        ("below", -inf, -1),
        ("upto", -inf, 0),
        ("one", 0, 0),
    ):
        if found[name]:
            number = int(_DIGITS.search(found[name])[0])  # type: ignore[index]
            return (number + low, number + high)
    raise AssertionError(found)


def _said(low: float, high: float) -> str:
    return f"{low:.0f}" if low == high else f"{low:.0f} to {high:.0f}"


def _between(first: _Band, last: _Band) -> str:
    return f"'{_name(first)}' and '{_name(last)}'"


def _name(band: _Band) -> str:
    return " ".join(_NOTE.sub("", band.row.cells[0]).split())
