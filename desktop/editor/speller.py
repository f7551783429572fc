"""Which words no British list, no glossary, no other page and no colleague here knows; and what may have been meant."""

from __future__ import annotations

import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from desktop import resources

if TYPE_CHECKING:
    from knowledge.library import Library

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_NO_WORDS = re.compile(
    r"`[^`]*`|\]\([^)\s]*\)|\[\^[^\]]*\]|\[![A-Za-z]+\]|\{[^{}]*\}|<[^<>]*>|&#?\w+;"
    r"|(?:https?://|www\.)\S+|\S+@\S+|[\w.-]*\d[\w.-]*"
)
_SHORT = re.compile(r"[A-Z]{2,}s?|[A-Z][a-z]?[A-Z]\w*")  # GP, GPs, PhD
_FENCE = re.compile(r"[ >]*(?:```|~~~)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz'"
PAGES = 2  # a word that so many other pages use is the library's own
MOST = 300


class Misspelt(NamedTuple):
    """A word that is not known, by its line (from 0) and its place in it."""

    line: int
    start: int
    end: int
    word: str


@cache
def british() -> frozenset[str]:
    """The words that ship."""
    packed = resources.read("spelling/en_GB.txt.xz")
    return frozenset(lzma.decompress(packed).decode().split("\n"))


class Speller:
    """Knows the words of one library and of one person."""

    def __init__(self, library: Library, own: Iterable[str]) -> None:
        self.counts = counted(library)
        often = {word for word, pages in self.counts.items() if pages > PAGES}
        terms = " ".join(f"{term.term} {term.expansion}" for term in library.terms)
        # Beside the long list, not in one with it: copying that would hold up the window.
        self.british, self.ours = british(), often | {w.casefold() for w in _WORD.findall(terms)}
        self.own = {word.casefold() for word in own}
        self._lines: dict[str, list[tuple[int, int, str]]] = {}  # what each line had at last

    def keep(self, word: str) -> None:
        """From now on this word is one of the person's own."""
        self.own.add(word.casefold())
        self._lines = {}

    def knows(self, word: str) -> bool:
        word = word.replace("\u2019", "'")
        if len(word) < 2 or _SHORT.fullmatch(word):
            return True
        bare = word.removesuffix("'s").removesuffix("'")
        for one in (word, bare):
            plain = one.casefold()
            if self._has(one) or self._has(plain) or plain in self.own:
                return True
            if one[:1].isupper() and self._has(one.capitalize()):
                return True
        return False

    def _has(self, word: str) -> bool:
        return word in self.british or word in self.ours

    def misspelt(self, text: str) -> list[Misspelt]:
        """The words of a page that nobody knows, so many at most."""
        found: list[Misspelt] = []
        before = self._lines
        now: dict[str, list[tuple[int, int, str]]] = {}
        for number, line in enumerate(_lines(text)):
            if not line:
                continue
            # Most lines are those of a moment ago, and whoever looks takes Python from the window.
            known = now.get(line, before.get(line))
            now[line] = unknown = self._unknown(line) if known is None else known
            found += [Misspelt(number, *one) for one in unknown]
            if len(found) >= MOST:
                return found[:MOST]
        if self._lines is before:  # no word was kept meanwhile
            self._lines = now
        return found

    def _unknown(self, line: str) -> list[tuple[int, int, str]]:
        words = _WORD.finditer(_NO_WORDS.sub(_blank, line))
        return [(w.start(), w.end(), w.group()) for w in words if not self.knows(w.group())]

    def suggestions(self, word: str) -> list[str]:
        """What may have been meant, likeliest first."""
        plain = word.replace("\u2019", "'").casefold()
        near = self._known(_edits(plain))
        if not near and len(plain) < 16:
            near = self._known(other for one in _edits(plain) for other in _edits(one))
        ranked = sorted(near, key=lambda w: (_unlike(plain, w), -self.counts[w], w))[:5]
        return [one.capitalize() if word[0].isupper() else one for one in ranked]

    def _known(self, words: Iterable[str]) -> set[str]:
        return {word for word in words if self._has(word) or word in self.own}


def counted(library: Library) -> Counter[str]:
    """How many pages use each word. A file too large to be read as a page tells nothing of the library's words."""
    counts: Counter[str] = Counter()
    for page in library.pages.values():
        if not page.readable:
            continue
        counts.update({word.casefold() for word in set(_WORD.findall(page.text))})
    return counts


def _lines(text: str) -> Iterator[str]:
    """Lines with words for readers; what stands in details and in code is empty."""
    inside = ""
    for number, line in enumerate(text.split("\n")):
        if number == 0 and line.rstrip() == "---":
            inside = "details"
        elif inside == "details":
            inside = "" if line.rstrip() == "---" else inside
        elif _FENCE.match(line):
            inside = "" if inside else "code"
        elif not inside:
            yield line
            continue
        yield ""


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def _edits(word: str) -> set[str]:
    """Every word that is one slip away."""
    parts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    found = {a + b[1:] for a, b in parts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    found |= {a + c + b[1:] for a, b in parts if b for c in _LETTERS}
    found |= {a + c + b for a, b in parts for c in _LETTERS}
    return found


def _unlike(word: str, other: str) -> bool:
    """Letters that changed places, are missing or are too many are commoner slips than wrong ones."""
    swapped = sorted(word) == sorted(other)
    return not (swapped or _within(word, other) or _within(other, word))


def _within(short: str, long: str) -> bool:
    rest = iter(long)
    return all(letter in rest for letter in short)
