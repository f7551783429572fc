"""The words around what matched: whole words of plain text, and where to mark it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.hits import Mark
from search.words import TOKEN, probe, stems, written

LENGTH = 180
LEAD_IN = 60
_PER_WORD = 6
_STOPS = (". ", "? ", "! ", "; ", "\n")
_MORE = "\u2026"


class Finder:
    """Finds the words of a question in running text."""

    def __init__(self, groups: Sequence[Iterable[str]]) -> None:
        self._of: dict[str, int] = {}
        self._probes: dict[str, None] = {}
        for number, group in enumerate(groups):
            for word in group:
                self._of.setdefault(word, number)
                self._probes[probe(word)] = None

    def places(self, text: str, varied: bool = True) -> list[tuple[int, int, int]]:
        """Start, end and group of the words that match, in order."""
        low = text.lower()
        if len(low) != len(text):
            return self._every_word(text)
        found: dict[int, tuple[int, int, int]] = {}
        for start in self._probes:
            at = low.find(start)
            seen = 0
            while at >= 0 and seen < _PER_WORD:
                if (at == 0 or not low[at - 1].isalnum()) and at not in found:
                    place = self._at(text, at)
                    if place is not None:
                        found[at] = place
                        seen += 1
                at = low.find(start, at + len(start))
        return sorted(found.values()) if found or not varied else self._every_word(text)

    def _at(self, text: str, at: int) -> tuple[int, int, int] | None:
        match = TOKEN.match(text, at)
        if match is None:
            return None
        return self._judge(match.group(), at)

    def _judge(self, token: str, at: int) -> tuple[int, int, int] | None:
        for word in (*stems(token), *written(token)):
            number = self._of.get(word)
            if number is not None:
                return at, at + len(token), number
        return None

    def _every_word(self, text: str) -> list[tuple[int, int, int]]:
        judged = (self._judge(m.group(), m.start()) for m in TOKEN.finditer(text))
        return [place for place in judged if place is not None]


def snippet(text: str, finder: Finder | None, varied: bool = True) -> tuple[str, tuple[Mark, ...]]:
    """The stretch of text that says most about why it was found, and what to mark in it."""
    places = finder.places(text, varied) if finder else []
    start = _begin(text, _best(places)) if places and len(text) > LENGTH else 0
    end = _finish(text, start)
    before = _MORE if start and text[start - 1] != "\n" and not _fresh(text, start) else ""
    after = _MORE if end < len(text) and text[end - 1] not in ".?!" else ""
    shift = len(before) - start
    body = text[start:end].replace("\n", " ")
    marks = tuple(Mark(s + shift, e + shift) for s, e, _ in places if s >= start and e <= end)
    return before + body + after, marks


def _best(places: list[tuple[int, int, int]]) -> int:
    """Where the stretch with most different words of the question begins."""
    best, most = places[0][0], 0
    for i, (start, _, _) in enumerate(places):
        groups = set()
        for _, end, group in places[i:]:
            if end > start + LENGTH - LEAD_IN:
                break
            groups.add(group)
        if len(groups) > most:
            best, most = start, len(groups)
    return best


def _fresh(text: str, start: int) -> bool:
    """Whether a sentence begins here."""
    return text[max(0, start - 2) : start] in _STOPS[:4]


def _begin(text: str, at: int) -> int:
    """The beginning of the sentence, or of a word not too far before the match."""
    floor = max(0, at - LEAD_IN)
    sentence = max(text.rfind(stop, floor, at) + len(stop) for stop in _STOPS)
    if any(text.rfind(stop, floor, at) >= 0 for stop in _STOPS):
        return sentence
    if floor == 0:
        return 0
    space = text.find(" ", floor, at)
    return space + 1 if space >= 0 else at


def _finish(text: str, start: int) -> int:
    """The end of a sentence or a word, so that no word is cut."""
    end = start + LENGTH
    if end >= len(text):
        return len(text.rstrip())
    sentence = max(text.rfind(stop, start + LENGTH // 2, end) for stop in _STOPS)
    if sentence > 0:
        return sentence + (text[sentence] != "\n")
    space = max(text.rfind(" ", start, end + 1), text.rfind("\n", start, end + 1))
    if space > start:
        return space
    while end < len(text) and not text[end].isspace():
        end += 1
    return end
