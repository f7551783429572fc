"""Words above a drawing that leaves the window: the picture grows upwards for them, nothing in it moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from drawing.boxes import SLACK
from drawing.diagram import Rect, Role, Words
from drawing.metrics import width_of
from drawing.wrap import fill

_TITLE = (16.0, 700)
_USUAL = (13.5, 600)
_LEADING = 1.3
_MARGIN = 16.0


@dataclass(frozen=True, slots=True)
class Head:
    """The picture with its head, and the lines in it."""

    rect: Rect
    words: tuple[Words, ...]


def head_of(rect: Rect, lines: Sequence[str]) -> Head:
    """Room above `rect` for every line, broken where the picture is too narrow: the first is the title."""
    limit = rect.width - 2 * _MARGIN - SLACK
    down = _MARGIN
    broken: list[tuple[str, float, int, float]] = []
    for number, line in enumerate(lines):
        size, weight = _USUAL if number else _TITLE
        for part in fill(line, limit, size, weight):
            down += size * _LEADING
            broken.append((part, size, weight, down))
    if not broken:
        return Head(rect, ())
    high = ceil(down + _MARGIN)  # whole, so that the pixels of the graph stay as they are
    top = rect.y - high
    words = tuple(
        Words(
            part,
            Role.TITLE,
            rect.x + _MARGIN,
            top + base - size * (_LEADING - 1),
            width_of(part, size, weight),
            size,
            weight,
        )
        for part, size, weight, base in broken
    )
    return Head(Rect(rect.x, top, rect.width, rect.height + high), words)
