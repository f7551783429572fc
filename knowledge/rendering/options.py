"""What a caller may ask of a rendering, and the words that stand for kinds and strengths."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.glossary import Term
from knowledge.model import Callout, StepKind, Strength

_WORD = re.compile(r"\w+")

CALLOUT_WORDS = {
    Callout.URGENT: "Urgent",
    Callout.LOCAL: "Check locally",
    Callout.TRAINER: "For the trainer",
    Callout.NOTE: "Note",
}
CALLOUT_ICONS = {
    Callout.URGENT: "octagon-alert",
    Callout.LOCAL: "map-pin",
    Callout.TRAINER: "presentation",
    Callout.NOTE: "book-open",
}
CHECK_WORDS = "Check locally"
CHECK_ICON = "map-pin"
STRENGTH_WORDS = {
    Strength.SEEN: "Seen in the document itself",
    Strength.SECONDARY: "Seen through another source",
    Strength.LOCAL: "Local: it holds for one area",
    Strength.UNCHECKED: "To be checked locally",
}
STEP_WORDS = {kind: kind.value.capitalize() for kind in StepKind}


class Terms:
    """The words of the glossary, ready to be found in running text."""

    def __init__(self, terms: Iterable[Term] = ()) -> None:
        self.by_first: dict[str, list[tuple[str, bool, Term]]] = {}
        seen: set[str] = set()
        for term in terms:
            words = _WORD.findall(term.term)
            if not words or term.term in seen:
                continue
            seen.add(term.term)
            exact = sum(char.isupper() for char in term.term) >= 2
            key = words[0] if exact else words[0].lower()
            self.by_first.setdefault(key, []).append((term.term, exact, term))
        for found in self.by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))
        self.longest = max((len(term) for term in seen), default=0)
        # Two glossaries with the same words give the same HTML, so they may share what is kept.
        self._key = tuple(
            (t.term, t.expansion, t.meaning)
            for found in self.by_first.values()
            for _, _, t in found
        )
        self._hash = hash(self._key)

    def __bool__(self) -> bool:
        return bool(self.by_first)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Terms) and self._key == other._key)

    def at(self, text: str, start: int, word: str) -> tuple[int, Term] | None:
        """The longest term that begins with `word` at `start`: where it ends, and which it is."""
        for key in (word, word.lower()) if word != word.lower() else (word,):
            for written, exact, term in self.by_first.get(key, ()):
                end = start + len(written)
                if text[end : end + 1].isalnum():
                    continue
                here = text[start:end]
                if here == written or (not exact and here.lower() == written.lower()):
                    return end, term
        return None


@dataclass(frozen=True, slots=True)
class Options:
    """How to show a page. Hashable, so that it can be part of a cache's key."""

    trainer: bool = False  # show what is for the trainer alone
    ways: bool = False  # list the ways on, for print and export
    icons: bool = False  # put `icon:NAME` pictures beside words; the window's loader serves them
    outside_marks: bool = True  # say behind a link where it leads outside
    terms: Terms | None = None  # link the first mention of each glossary term
    hits: tuple[str, ...] = ()  # mark these words
    title_in_head: bool = True  # the caller shows the page's title, so the text need not repeat it


PLAIN = Options()
