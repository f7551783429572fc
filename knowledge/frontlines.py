"""Where the details at the top of a page begin and end, also when their author forgot a line of dashes."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.frontfaults import KEY
from knowledge.model import Span

_OPEN = re.compile(r"((?:[ \t]*+(?:\r\n|\r|\n))*+)---[ \t]*+(?:\r\n|\r|\n)")
_CLOSE_LF = re.compile(r"\n(?:---|\.\.\.)[ \t]*+(?:\n|\Z)")  # quicker, and nearly always enough
_CLOSE = re.compile(r"(?:(?<=[\r\n])|\A)(?:---|\.\.\.)[ \t]*+(?:\r\n|\r|\n|\Z)")
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)?+")
_HEADING = re.compile(r"#{1,6}[ \t]")


class Bounds(NamedTuple):
    """The details stand in `span`; the body begins at `body`. `late`: empty lines stand above them."""

    span: Span
    body: int
    closed: bool
    late: bool


def find_bounds(text: str, known: frozenset[str]) -> Bounds | None:
    """Where the details stand, None when there are none: a line of dashes may just be a rule.

    Empty lines above them, or no line of dashes below, are slips that hide nothing: they count
    as details when the first of them is a name we know.
    """
    opened = _OPEN.match(text)
    if opened is None:
        return None
    start, late = opened.end(), bool(opened.group(1))
    key = KEY.match(text, start)
    sure = key is not None and key.group(1) in known
    if late and not sure:
        return None
    quick = _CLOSE_LF.search(text, start - 1) if "\r" not in text else None
    if quick is not None:
        return Bounds(Span(start, quick.start() + 1), quick.end(), True, late)
    close = _CLOSE.search(text, start)
    if close is not None:
        return Bounds(Span(start, close.start()), close.end(), True, late)
    if not sure:
        return None
    end = _leading(text, start)
    return Bounds(Span(start, end), end, False, late)


def without_body(text: str, bounds: Bounds) -> Bounds:
    """The same details, less the text of the page where a rule far below was taken for their end.

    For details that cannot be read: then an empty line with prose behind it is where they end.
    """
    blank = -1
    for line in lines_of(text, bounds.span):
        words = line.of(text)
        if not words.strip():
            blank = blank if blank >= 0 else line.start
        elif blank >= 0 and (_HEADING.match(words) or not _is_detail(words)):
            return Bounds(Span(bounds.span.start, blank), blank, False, bounds.late)
    return bounds


def lines_of(text: str, span: Span) -> list[Span]:
    """Every line of a stretch, its line ending included."""
    found: list[Span] = []
    at = span.start
    while at < span.end:
        line = _LINE.match(text, at, span.end)
        assert line is not None
        found.append(Span(at, line.end()))
        at = line.end()
    return found


def _leading(text: str, start: int) -> int:
    """Where the lines that look like details end."""
    at = start
    while at < len(text):
        line = _LINE.match(text, at)
        assert line is not None
        if not line.group().strip() or not _is_detail(line.group()):
            break
        at = line.end()
    return at


def _is_detail(words: str) -> bool:
    return words[0] in " \t#]}" or words.startswith(("- ", "-\n", "-\r")) or bool(KEY.match(words))
