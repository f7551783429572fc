"""What of a text reads otherwise, line by line, in a few words of it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from knowledge.text import shared_ends

if TYPE_CHECKING:
    from knowledge.model import Page, Section

_ADDRESS = re.compile(r"\]\([^()\s]*\)|\[\^[^\]]*\]|\{[^{}]*\}|\[![A-Z]+\]")
_AHEAD = re.compile(r"^[ \t]*(?:(?:>|[-*+]|#{1,6}|\d{1,9}[.)])[ \t]+|>$)+", re.M)
_MARKS = re.compile(r"[*_`\[\]]+")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_RULE = re.compile(r"[ \t:|-]+")
_QUOTED = 9  # words at most
_BESIDE = 2  # words that stay the same, quoted before and after those that do not
_MANY = 600  # sentences; longer texts are not held against each other on the screen's thread


class Sentence(NamedTuple):
    """The words of a sentence or a cell, and the first cell of its row."""

    row: str
    words: tuple[str, ...]


def worded(where: str, before: str, after: str) -> list[str]:
    """The sentences and cells that are new, gone or read otherwise, each as one sentence."""
    before, after = _without_what_stays(before, after)
    if before.split() == after.split():
        return []
    old, new = _sentences_that_differ(before, after)
    was, now = [s.words for s in old], [s.words for s in new]
    if was == now:
        return [f"{where}, a link, a source or how words look is changed"]
    if len(was) + len(now) > _MANY:
        return [f"{where}, the words are changed"]
    told: list[str] = []
    for tag, i, j, a, b in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        rows = {s.row for s in (*old[i:j], *new[a:b])}
        place = f"{where}, {next(iter(rows))}:" if len(rows) == 1 and any(rows) else f"{where},"
        if j - i == b - a:
            for number in range(j - i):
                told.append(_other(place, was[i + number], now[a + number]))
        else:
            told.append(_other(place, _joined(was[i:j]), _joined(now[a:b])))
    return told


def longest(line: str) -> str:
    """The first words of the longest sentence or cell of a line, to find it by where it is read."""
    found = max((s.words for s in _sentences(line)), key=len, default=())
    return " ".join(found[:4])


def text_of(page: Page, section: Section) -> str:
    """The text of a section without its ways on."""
    pieces: list[str] = []
    at = section.body.start
    for way in sorted(section.ways, key=lambda w: w.span.start):
        pieces.append(page.text[at : way.span.start])
        at = max(at, way.span.end)
    return "".join([*pieces, page.text[at : section.body.end]])


def _without_what_stays(before: str, after: str) -> tuple[str, str]:
    """Two texts without the lines that both begin and end with: of a long page hardly any are left."""
    old, new = before.split("\n"), after.split("\n")
    first, last = shared_ends(old, new)
    return "\n".join(old[first : len(old) - last]), "\n".join(new[first : len(new) - last])


def _sentences_that_differ(before: str, after: str) -> tuple[list[Sentence], list[Sentence]]:
    """The sentences of two texts without the lines that both begin and end with: most of a long page."""
    old, new = _lines(before), _lines(after)
    first, last = shared_ends(old, new)
    return (
        _sentences_of(old[first : len(old) - last]),
        _sentences_of(new[first : len(new) - last]),
    )


def _lines(text: str) -> list[str]:
    return _AHEAD.sub("", _ADDRESS.sub("", text)).splitlines()


def _sentences(text: str) -> list[Sentence]:
    """Sentences and cells of tables as they are read; marks and addresses left aside."""
    return _sentences_of(_lines(text))


def _sentences_of(lines: list[str]) -> list[Sentence]:
    found: list[Sentence] = []
    for line in lines:
        inside = line.lstrip().startswith("|")
        cells = line.strip().strip("|").split("|") if inside else [line]
        for number, cell in enumerate(cells):
            if not _RULE.fullmatch(cell):
                row = _plain(cells[0]) if number else ""
                parts = _SENTENCE.split(_plain(cell))
                found += [Sentence(row, tuple(part.split())) for part in parts if part.strip()]
    return found


def _plain(words: str) -> str:
    return " ".join(_MARKS.sub("", words).split())


def _joined(lines: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(word for line in lines for word in line)


def _other(where: str, was: tuple[str, ...], now: tuple[str, ...]) -> str:
    if not was:
        return f"{where} '{_quoted(now)}' is new"
    if not now:
        return f"{where} '{_quoted(was)}' is gone"
    start, end = shared_ends(was, now)
    first, last = max(0, start - _BESIDE), max(0, end - _BESIDE)
    then, there = was[first : len(was) - last], now[first : len(now) - last]
    return f"{where} '{_quoted(then)}' now reads '{_quoted(there)}'"


def _quoted(words: tuple[str, ...]) -> str:
    shown = " ".join(words[:_QUOTED])
    return f"{shown} …" if len(words) > _QUOTED else shown.rstrip(".")
