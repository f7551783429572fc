"""The words around what matched: whole words of plain text, and where to mark it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from search.hits import Mark
from search.words import TOKEN, all_forms, probe

LENGTH = 180
LEAD_IN = 60
NEAR = 60
"""Words of one meaning stand together within so many letters."""
_PER_WORD = 6
_STOPS = (". ", "? ", "! ", "; ", "\n")
_MORE = "\u2026"


class Place(NamedTuple):
    """A word to mark, and which word of the question it is for."""

    start: int
    end: int
    group: int


class _Seen(NamedTuple):
    start: int
    end: int
    words: tuple[str, ...]


class Finder:
    """Finds the words of a question in running text.

    Each group is a word of the question with all that may stand for it: one word, or several that
    only together mean the same.
    """

    def __init__(self, groups: Sequence[Iterable[Sequence[str]]]) -> None:
        self._of: dict[str, list[tuple[int, frozenset[str]]]] = {}
        self._probes: dict[str, None] = {}
        for number, group in enumerate(groups):
            for words in group:
                for word in words:
                    self._of.setdefault(word, []).append((number, frozenset(words)))
                    self._probes[probe(word)] = None

    def places(self, text: str, varied: bool = True) -> list[Place]:
        """The words that match, in order."""
        low = text.lower()
        if len(low) != len(text):
            return self._every_word(text)
        found: dict[int, _Seen] = {}
        for start in self._probes:
            at = low.find(start)
            seen = 0
            while at >= 0 and seen < _PER_WORD:
                if (at == 0 or not low[at - 1].isalnum()) and at not in found:
                    match = TOKEN.match(text, at)
                    words = self._known(match.group()) if match else ()
                    if match and words:
                        found[at] = _Seen(at, match.end(), words)
                        seen += 1
                at = low.find(start, at + len(start))
        if not found and varied:
            return self._every_word(text)
        return self._meant(sorted(found.values()))

    def _known(self, token: str) -> tuple[str, ...]:
        words = all_forms(token)
        if self._of.keys().isdisjoint(words):  # nearly every word of a text
            return ()
        return tuple(word for word in words if word in self._of)

    def _meant(self, found: Sequence[_Seen]) -> list[Place]:
        """Without those words that mean what was asked only beside words that are not near."""
        places = []
        for start, end, words in found:
            near: set[str] | None = None
            for number, together in chain.from_iterable(map(self._of.__getitem__, words)):
                if len(together) > 1 and near is None:
                    near = {w for s in found if abs(s.start - start) <= NEAR for w in s.words}
                if near is None or len(together) == 1 or together <= near:
                    places.append(Place(start, end, number))
                    break
        return places

    def _every_word(self, text: str) -> list[Place]:
        every = ((m, self._known(m.group())) for m in TOKEN.finditer(text))
        return self._meant([_Seen(*match.span(), words) for match, words in every if words])


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


def _best(places: Sequence[Place]) -> int:
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
