"""Breaking words into lines: at spaces, then at hyphens and slashes, then inside a word."""

from __future__ import annotations

import re
from functools import lru_cache

from drawing.metrics import width_of

_SEAMS = re.compile(r"(?<=[-/_.,:;@\u2013\u2014])(?=\w)")
_COMBINING = 0x300


def _pieces(word: str, limit: float, size: float, weight: int) -> list[str]:
    """A word too wide for a line, in pieces that fit."""
    pieces: list[str] = []
    for part in _SEAMS.split(word):
        rest = part
        while width_of(rest, size, weight) > limit and len(rest) > 1:
            cut = max(1, int(len(rest) * limit / width_of(rest, size, weight)))
            while cut > 1 and width_of(rest[:cut], size, weight) > limit:
                cut -= 1
            while width_of(rest[: cut + 1], size, weight) <= limit:
                cut += 1
            pieces.append(rest[:cut])
            rest = rest[cut:]
        if rest:
            pieces.append(rest)
    joined: list[str] = []
    for piece in pieces:
        if joined and width_of(joined[-1] + piece, size, weight) <= limit:
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def fill(text: str, limit: float, size: float, weight: int) -> tuple[str, ...]:
    """Lines no wider than `limit`, each as full as can be. Nothing but spaces is ever lost."""
    space = width_of(" ", size, weight)
    lines: list[str] = []
    current, used = "", 0.0
    for word in text.split():
        wide = width_of(word, size, weight)
        if current and used + space + wide <= limit:
            current, used = f"{current} {word}", used + space + wide
            continue
        if current:
            lines.append(current)
        if wide > limit:
            *whole, word = _pieces(word, limit, size, weight)
            lines += whole
            wide = width_of(word, size, weight)
        current, used = word, wide
    if current:
        lines.append(current)
    return tuple(lines)


@lru_cache(maxsize=4096)
def balanced(
    text: str, limit: float, size: float, weight: int, most_lines: int = 0
) -> tuple[tuple[str, ...], float]:
    """Lines of about one length and the width they take, in as few lines as `limit` allows.

    With `most_lines` the limit grows until that many lines are enough.
    """
    lines = fill(text, limit, size, weight)
    while most_lines and len(lines) > most_lines:
        limit *= 1.15
        lines = fill(text, limit, size, weight)
    if len(lines) > 1:
        low, high = limit / len(lines) * 0.6, limit
        while high - low > 4:
            middle = (low + high) / 2
            if len(fill(text, middle, size, weight)) <= len(lines):
                high = middle
            else:
                low = middle
        lines = fill(text, high, size, weight)
    return lines, max((width_of(line, size, weight) for line in lines), default=0.0)
