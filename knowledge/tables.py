"""Pipe tables: their cells and where they stand."""

from __future__ import annotations

import re

from knowledge.model import Row, Span, Table
from knowledge.scan import Block
from knowledge.text import Lines, plain

_BAR = re.compile(r"(?<!\\)\|")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_RULE_CHARS = frozenset("|:- \t")


def find_table(text: str, block: Block, lines: Lines, level_words: frozenset[str]) -> Table | None:
    """The table a paragraph is, from the line above its `---|---` row to its end; None when it is none."""
    if text.find("|", block.start, block.end) < 0:
        return None
    rows = _lines(text, block.start, block.end)
    for number in range(1, len(rows)):
        if not is_rule(rows[number].of(text)):
            continue
        header = _row(text, rows[number - 1], lines)
        if len(header.cells) != len(cells_of(text, rows[number])):
            continue
        body = tuple(_row(text, span, lines) for span in rows[number + 1 :])
        ladder = _is_ladder(header.cells, level_words)
        return Table(header, body, header.line, Span(rows[number - 1].start, block.end), ladder)
    return None


def _lines(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = start
    while at < end:
        line = _LINE.match(text, at, end)
        assert line is not None
        stop = line.end()
        while stop > at and text[stop - 1] in "\r\n":
            stop -= 1
        found.append(Span(at, stop))
        at = max(line.end(), at + 1)
    return found


def is_rule(line: str) -> bool:
    return "-" in line and "|" in line and not set(line) - _RULE_CHARS


def cells_of(text: str, span: Span) -> list[Span]:
    """The cells of one line, their outer white space left off."""
    start, end = span.start, span.end
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    if start < end and text[start] == "|":
        start += 1
    if end > start and text[end - 1] == "|" and text[end - 2 : end - 1] != "\\":
        end -= 1
    bars = [m.start() for m in _BAR.finditer(text, start, end)]
    cells: list[Span] = []
    for left, right in zip([start, *(b + 1 for b in bars)], [*bars, end], strict=True):
        low, high = left, right
        while low < high and text[low] in " \t":
            low += 1
        while high > low and text[high - 1] in " \t":
            high -= 1
        cells.append(Span(low, high))
    return cells


def _row(text: str, span: Span, lines: Lines) -> Row:
    spans = tuple(cells_of(text, span))
    return Row(tuple(plain(s.of(text)) for s in spans), lines.number(span.start), spans)


def _is_ladder(header: tuple[str, ...], level_words: frozenset[str]) -> bool:
    cells = [cell.lower() for cell in header]
    if cells[0] == "level":
        return True
    named = [c for c in cells[1:] if c.startswith("level ") or c.split(" ")[0] in level_words]
    return len(named) >= 2
