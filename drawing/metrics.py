"""How wide words are, without a window: the font's table, and generous guesses beyond it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from drawing.advances import RUNS

_ZERO_WIDTH = frozenset("Mn Me Cf".split())


def _table(weight: int) -> dict[str, int]:
    table: dict[str, int] = {}
    for start, digits in RUNS[weight]:
        for place in range(0, len(digits), 3):
            table[chr(start + place // 3)] = int(digits[place : place + 3], 16)
    return table


_TABLES = {weight: _table(weight) for weight in RUNS}


def _guess(char: str) -> int:
    """A character the font does not have: rather too wide than cut."""
    if unicodedata.category(char) in _ZERO_WIDTH:
        return 0
    if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0x1F000:
        return 1300 if ord(char) > 0x1F000 else 1030
    return 900 if unicodedata.bidirectional(char) in ("R", "AL") else 1000


@lru_cache(maxsize=8192)
def _thousandths(word: str, weight: int) -> int:
    table = _TABLES[weight]
    total = 0
    for char in word:
        width = table.get(char)
        if width is None:
            width = table[char] = _guess(char)
        total += width
    return total


def width_of(text: str, size: float, weight: int) -> float:
    """The width of one line of `text` in pixels."""
    return _thousandths(text, weight) * size / 1000
