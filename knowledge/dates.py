"""Dates as people write them and as we show them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SLASHED = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-]([A-Za-z]{3,9})\.?,?[ \-](\d{4})")


def read_iso(text: str) -> date | None:
    """A date in the form of the file, 2026-11-21; None for anything else."""
    found = _ISO.fullmatch(text.strip())
    return _made(*found.groups()) if found else None


def guess(text: str) -> date | None:
    """The date a UK author most likely meant: 21/11/2026, 21 November 2026, 21-Nov-2026."""
    words = text.strip()
    if (slashed := _SLASHED.fullmatch(words)) is not None:
        day, month, year = slashed.groups()
        return _made(year, month, day)
    if (worded := _WORDED.fullmatch(words)) is not None:
        day, name, year = worded.groups()
        for number, month in enumerate(_MONTHS, 1):
            if month.lower().startswith(name.lower()):
                return _made(year, str(number), day)
    parts = words.replace("/", "-").split("-")
    if len(parts) == 3 and len(parts[0]) == 4:
        return _made(*parts)
    return None


def _made(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def in_words(day: date) -> str:
    """21 November 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def stamped(day: date) -> str:
    """21-Nov-2026, for stamps and tables."""
    return f"{day.day:02d}-{_MONTHS[day.month - 1][:3]}-{day.year}"
