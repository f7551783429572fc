"""What each word of a question may match: itself, what it begins, what it stands for, what was meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from search.everyday import SHORT_WORDS, STOP
from search.hits import Why
from search.index import Index
from search.query import Typed
from search.spelling import begun, corrections
from search.synonyms import LONGEST, Synonyms
from search.words import capitals, fold, is_capitals, parts, stem, written

LEAD_COMPLETIONS = 14
TEXT_COMPLETIONS = 8
LIKELIHOODS = (1.0, 0.6, 0.45)
"""Of the first, second and third word that a misspelt one may have been."""
FAR_FROM_SHORT = 5
"""In short forms of fewer letters another letter is another thing (FGM, FPM): only swaps are slips."""
UNITS = frozenset("day days week weeks wk wks month months mth mths year years yr yrs".split())
"""With a number before it, and nothing or "old" behind it, an age or a time: it says of whom, not of what."""
AGED: tuple[list[str], ...] = ([], ["old"], ["old's"], ["old\u2019s"])
SMALL_AROUND = 3
"""Small words looked at on either side of a word."""
SHORT_COMPLETIONS = 6
"""Completions of a beginning of one or two letters."""


class Want(NamedTuple):
    """Stems that must all be there; `lead` wants the very word in a title, heading or concern."""

    words: tuple[str, ...]
    factor: float = 1.0
    lead: bool = False


@dataclass(slots=True)
class Concept:
    """A word of the question, or several that mean one thing, and everything that would answer it."""

    said: tuple[str, ...]
    wants: dict[Why, list[Want]] = field(default_factory=dict)
    begins: tuple[str, ...] = ()
    """Words of titles and headings it may be the beginning of."""
    optional: bool = False

    def want(
        self, why: Why, words: tuple[str, ...], factor: float = 1.0, lead: bool = False
    ) -> None:
        wanted = Want(words, factor, lead)
        known = ((w.words, w.lead) for wants in self.wants.values() for w in wants)
        if words and (words, lead) not in known:
            self.wants.setdefault(why, []).append(wanted)


@dataclass(slots=True)
class Question:
    """A question understood as far as it can be."""

    concepts: list[Concept] = field(default_factory=list)
    """What must all be there."""
    single: list[Concept] = field(default_factory=list)
    """The same word by word, for when not all is to be had."""
    corrected: str | None = None
    missing: list[str] = field(default_factory=list)


def understand(typed: Typed, index: Index, synonyms: Synonyms) -> Question:
    """Look every word up."""
    return _Reading(typed, index, synonyms).question()


class _Reading:
    def __init__(self, typed: Typed, index: Index, synonyms: Synonyms) -> None:
        self._typed = typed
        self._index = index
        self._synonyms = synonyms
        words = typed.words
        self._shouted = len(words) > 1 and all(w.isupper() for w in words if w.isalpha())
        self._corrected: dict[int, str] = {}

    def question(self) -> Question:
        typed = self._typed
        question = Question()
        last = len(typed.words) - 1 if typed.unfinished else -1
        held = [i for i, word in enumerate(typed.words) if not self._is_small(word)]
        places = held or list(range(len(typed.words)))
        single: dict[int, Concept] = {}
        for i in places:
            concept = self._one(typed.words[i], i, i == last, held)
            if concept.wants:
                single[i] = concept
        if held and last >= 0 and last not in single and last not in held:
            self._small_end(single, last)
        self._ages(single)
        question.concepts, together = self._grouped(sorted({*places, *single}), single)
        question.single = [single[i] for i in sorted(single)]
        for i in places:
            short = i == last and len(typed.words[i]) < 3
            if i not in single and i not in together and not short:
                question.missing.append(typed.words[i])
        corrected = {i: word for i, word in self._corrected.items() if i not in together}
        if corrected:
            words = [corrected.get(i, word) for i, word in enumerate(typed.words)]
            question.corrected = " ".join(words)
        return question

    def _is_small(self, word: str) -> bool:
        if self._is_capitals(word):
            return False
        return all(part in STOP for part in parts(word))

    def _is_capitals(self, word: str) -> bool:
        return not self._shouted and is_capitals(word) and self._synonyms.is_short_form(word)

    def _ages(self, single: dict[int, Concept]) -> None:
        """An age beside a worry helps to choose among what answers, and brings nothing in by itself."""
        words = [word.casefold() for word in self._typed.words]
        aged: set[int] = set()
        for at, word in enumerate(words[:-1]):
            if word.isdecimal() and words[at + 1] in UNITS:
                behind = words[at + 2 : at + 3]
                if behind in AGED:
                    aged.update(range(at, at + 2 + len(behind)))
        if aged.issuperset(single):
            return
        for at in aged.intersection(single):
            single[at].optional = True

    def _small_end(self, single: dict[int, Concept], last: int) -> None:
        """A small word at the end may be the beginning of a larger one, but need not be."""
        concept = Concept((self._typed.words[last],), optional=True)
        self._beginnings(concept, self._typed.words[last])
        if concept.wants:
            single[last] = concept

    def _one(self, word: str, at: int, unfinished: bool, held: list[int]) -> Concept:
        """Everything one word may match; `held` are the places of the words that are not small."""
        content = bool(held)
        hardly = unfinished and len(word) == 1 and len(held) > 1
        concept = Concept((word,), optional=hardly)
        split = tuple(stem(part) for part in parts(word))
        if self._is_capitals(word):
            concept.want(Why.EXACT, (capitals(word),))
            for meant in self._synonyms.of_capitals(word):
                concept.want(Why.SYNONYM, meant)
            return concept
        exists = False
        if not content:
            for part in parts(word):
                concept.want(Why.EXACT, (part,), lead=True)
            exists = bool(concept.wants)
        elif self._known(word) and (not unfinished or self._is_whole(word)):
            exists = True
            if len(split) > 1:
                concept.want(Why.EXACT, (stem(fold("".join(parts(word)))),))
            concept.want(Why.EXACT, split)
        if unfinished and (len(word) > 2 or len(held) < 2 or hardly):
            self._beginnings(concept, word)
        if fold(word) in SHORT_WORDS:
            concept.want(Why.SYNONYM, (capitals(word),))
        for meant in (*self._synonyms.of(split), *self._with_small_words(at)):
            concept.want(Why.SYNONYM, meant)
        if not concept.wants and not exists:
            self._misspelt(concept, word, at, unfinished)
        elif exists and content and not unfinished and not self._stands(word):
            self._likely(concept, word)
        return concept

    def _with_small_words(self, at: int) -> Iterator[tuple[str, ...]]:
        """What a word stands for together with the small words beside it."""
        words = self._typed.words
        first = last = at
        while first and at - first < SMALL_AROUND and self._is_small(words[first - 1]):
            first -= 1
        while (
            last + 1 < len(words) and last - at < SMALL_AROUND and self._is_small(words[last + 1])
        ):
            last += 1
        for start in range(first, at + 1):
            for end in range(at, last + 1):
                if start < end:
                    span = words[start : end + 1]
                    yield from self._synonyms.of_phrase(
                        tuple(stem(part) for word in span for part in parts(word))
                    )

    def _known(self, word: str) -> bool:
        split = parts(word)
        if len(split) > 1 and self._index.knows(fold("".join(split))):
            return True
        return all(self._index.knows(part) for part in split)

    def _is_whole(self, word: str) -> bool:
        """Whether a word that may go on is one already: `feed` where there are feeds, not `psychos`."""
        return any(self._stands(word + ending) for ending in ("", "s", "es", "ing", "ed"))

    def _stands(self, word: str) -> bool:
        """Whether the very word is in the library, not only one of the same stem."""
        ledger = self._index.ledger
        return any(form in ledger.words or form in ledger.leads for form in written(word))

    def _beginnings(self, concept: Concept, word: str) -> None:
        """What a word that is still being typed may become: words of titles first, then of the text."""
        index = self._index
        *before, begin = written(word)[: max(1, len(parts(word)))]
        whole = fold("".join(parts(word)))
        prefixes = {written(word)[-1], whole, begin} if before else {begin, fold(begin)}
        long = min(map(len, prefixes)) >= 3
        most = LEAD_COMPLETIONS if long else SHORT_COMPLETIONS
        leads = index.beginning("leads", prefixes, most)
        concept.begins = tuple(leads)
        for found in leads:
            concept.want(Why.START, (found,), lead=True)
        if not long:
            return
        earlier = tuple(stem(p) for p in before)
        for found in index.beginning("words", prefixes, TEXT_COMPLETIONS):
            if found in STOP:
                continue
            if earlier and not found.startswith(whole):
                concept.want(Why.START, (*earlier, stem(fold(found))))
            else:
                concept.want(Why.START, (stem(fold(found)),))

    def _misspelt(self, concept: Concept, word: str, at: int, unfinished: bool) -> None:
        """A word that stands nowhere, read as the words it most likely was meant to be."""
        index = self._index
        likely = self._likely(concept, word)
        if likely:
            self._corrected[at] = likely[0]
        elif unfinished:
            low = fold("".join(parts(word)))
            for prefix in begun(low, index.leads)[:1] or begun(low, index.words)[:1]:
                chosen = index.beginning("leads", {prefix}, TEXT_COMPLETIONS)
                chosen = chosen or index.beginning("words", {prefix}, TEXT_COMPLETIONS)
                for other in chosen:
                    concept.want(Why.SPELLING, (stem(fold(other)),))
                if chosen:
                    self._corrected[at] = chosen[0]

    def _likely(self, concept: Concept, word: str) -> list[str]:
        """The words meant, and the concept asked to take them as well."""
        index = self._index
        low = fold("".join(parts(word)))
        found = corrections(low, index.ledger.words, index.words)
        found = found or corrections(low, index.ledger.leads, index.leads)
        if is_capitals(word) and len(word) < FAR_FROM_SHORT and not self._shouted:
            found = [other for other in found if sorted(other) == sorted(low)]
        for other, factor in zip(found, LIKELIHOODS, strict=False):
            concept.want(Why.SPELLING, (stem(fold(other)),), factor)
        return found

    def _grouped(
        self, places: list[int], single: dict[int, Concept]
    ) -> tuple[list[Concept], set[int]]:
        """Words that together mean one thing become one concept, the longest first; and which did."""
        keys = {i: tuple(stem(p) for p in parts(self._typed.words[i])) for i in places}
        done: list[Concept] = []
        together: set[int] = set()
        at = 0
        while at < len(places):
            for end in range(min(len(places), at + LONGEST), at + 1, -1):
                span = places[at:end]
                group = self._group(span, keys)
                if group is not None:
                    done.append(group)
                    together.update(span)
                    at = end
                    break
            else:
                if places[at] in single:
                    done.append(single[places[at]])
                at += 1
        return done, together

    def _group(self, span: list[int], keys: dict[int, tuple[str, ...]]) -> Concept | None:
        key = tuple(part for i in span for part in keys[i])
        words = tuple(self._typed.words[i] for i in span)
        meant = self._synonyms.of(key)
        joined = ""
        if len(span) == 2 and span[1] == span[0] + 1:
            one = fold("".join(p for w in words for p in parts(w)))
            joined = one if self._index.knows(one) and one in self._index.ledger.words else ""
        if not meant and not joined:
            return None
        group = Concept(words)
        group.want(Why.EXACT, key)
        if joined:
            group.want(Why.EXACT, (stem(joined),))
        for other in meant:
            group.want(Why.SYNONYM, other)
        if self._typed.unfinished and span[-1] == len(self._typed.words) - 1:
            self._beginnings_of_group(group, span, keys)
        return group

    def _beginnings_of_group(
        self, group: Concept, span: list[int], keys: dict[int, tuple[str, ...]]
    ) -> None:
        """The last word of a group may go on: the earlier words stay as they are."""
        last = Concept((group.said[-1],))
        self._beginnings(last, group.said[-1])
        earlier = tuple(part for i in span[:-1] for part in keys[i])
        for want in last.wants.get(Why.START, []):
            if not want.lead:
                group.want(Why.START, (*earlier, *want.words))
