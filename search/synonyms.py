"""What the library's people say for what its pages say: the glossary, applied when asking."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from search.entries import Term
from search.everyday import DENIALS, MEANS, SAME, SHORT_WORDS, STOP
from search.words import capitals, fold, key_of, parts, stem, tokens

Key = tuple[str, ...]
_SPLIT = re.compile(r"\s+/\s+|\s*;\s*")
_MOST = 12
LONGEST = 6


class Synonyms:
    """One step from what is typed to what may be meant. Steps are never chained, so loops are harmless."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._means: dict[Key, list[Key]] = {}
        self._phrases: dict[Key, list[Key]] = {}
        self._capitals: dict[str, list[Key]] = {}
        for group in SAME:
            for a in group:
                for b in group:
                    self._add(key_of(a), key_of(b))
        for said, meant in MEANS:
            self._add(key_of(said), key_of(meant))
        for term in terms:
            self._term(term)

    def of(self, key: Key) -> list[Key]:
        """What these words may stand for, apart from themselves."""
        return self._means.get(key, [])

    def of_phrase(self, words: Key) -> list[Key]:
        """What one word may stand for because of the small words beside it: `other mum`, `in care`."""
        return self._phrases.get(words, [])

    def of_capitals(self, token: str) -> list[Key]:
        """What a short form stands for when written in capitals."""
        return self._capitals.get(token.casefold(), [])

    def is_short_form(self, token: str) -> bool:
        return token.casefold() in self._capitals

    def _term(self, term: Term) -> None:
        names = [name for name in _SPLIT.split(term.term) if name.strip()]
        expansions = [key_of(e) for e in _SPLIT.split(term.expansion) if e.strip()]
        shorts = [name for name in names if expansions and is_short(name)]
        for name in names:
            key = key_of(name)
            if name in shorts:
                self._short(name, key, expansions)
            else:
                for expansion in expansions:
                    self._add(key, expansion)
                    self._add(expansion, key)
        meant = expansions or [key_of(name) for name in names]
        for said in term.says:
            key = key_of(said)
            split = [p for t in tokens(said) for p in parts(t)]
            if all(p in STOP for p in split):
                continue
            whole = tuple(map(stem, split))
            alone = len(key) > 1 or len(whole) == 1 or not DENIALS.isdisjoint(split)
            for target in (*meant, *(key_of(n) for n in names if not self._is_word(n))):
                if alone:
                    self._add(key, target)
                elif target != key:
                    _put(self._phrases, whole, target)

    def _short(self, name: str, key: Key, expansions: list[Key]) -> None:
        """A short form and its expansion stand for each other, unless the short form is a word."""
        low = name.casefold()
        for expansion in expansions:
            _put(self._capitals, low, expansion)
            if self._is_word(name):
                self._add(expansion, (capitals(name),))
            else:
                self._add(key, expansion)
                self._add(expansion, key)

    @staticmethod
    def _is_word(name: str) -> bool:
        return fold(name) in SHORT_WORDS or fold(name) in STOP

    def _add(self, said: Key, meant: Key) -> None:
        if said and meant and said != meant and len(said) <= LONGEST:
            _put(self._means, said, meant)


@lru_cache(maxsize=4)
def synonyms_of(terms: tuple[Term, ...]) -> Synonyms:
    """Those of a glossary, worked out once; it changes far less often than the pages do."""
    return Synonyms(terms)


def is_short(name: str) -> bool:
    """Whether a term is a short form: one word with capitals or figures beyond the first letter."""
    return " " not in name and (
        sum(c.isupper() for c in name) >= 2 or any(c.isdigit() for c in name)
    )


_Said = TypeVar("_Said")


def _put(table: dict[_Said, list[Key]], said: _Said, meant: Key) -> None:
    found = table.setdefault(said, [])
    if meant not in found and len(found) < _MOST:
        found.append(meant)
