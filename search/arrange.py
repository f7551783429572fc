"""The last say on the order: no page crowds out the rest, no urgent page is pushed down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, combinations

from knowledge.glossary import FILE as GLOSSARY
from search.codec import place
from search.hits import Why
from search.index import Index
from search.meaning import Question
from search.rank import Found
from search.schema import LEAD
from search.words import key_of, whole, words_of, worry_of, worry_word

PER_PAGE = 3
"""At most so many answers of one page among the first ones."""
NAMED = 5
"""So many of the best answers are looked at for the very words in a title or heading."""
LESSON = "session"
CLINICAL = frozenset(("pathway", "threshold", "service"))
ASKS_MEANING = re.compile(r"(what is|what are|what s|whats) ((a|an|the) )?")
"""So somebody asks what a word means."""
MOST_ROOTS = 7
"""So many words of a worry are looked at in every choice of at least half of them."""
NEVER_BELOW = 3
"""Urgent pages that match as well are among the first so many."""


def arrange(
    index: Index,
    question: Question,
    typed: str,
    found: list[Found],
    limit: int,
    urgent: frozenset[int],
    allowed: bytes | None,
) -> list[Found]:
    """The answers to show, in order."""
    order = lift_urgent(index, question, spread(index, found, limit), urgent)
    order = lessons_last(index, question, order)
    order = terms_after(index, typed, order, urgent)
    order = grave_first(index, question.corrected or typed, order, urgent, allowed)
    if len(question.concepts) == 1 and question.concepts[0].begins:
        order = cover(index, question.concepts[0].begins, order, limit, urgent, allowed)
    return order[:limit]


def lift_whole(index: Index, typed: str, found: list[Found], allowed: bytes | None) -> list[Found]:
    """What was typed is a concern as its author wrote it: its page comes first.

    Beside it stay answers with the very words in their title or heading.
    """
    phrase = whole(typed)
    ids = index.postings(LEAD, phrase).ids
    docs = {doc for doc in ids if allowed is None or allowed[index.page_of[doc]]}
    if not docs:
        return found
    best = max((one.score for one in found), default=0.0)
    named = {one.doc for one in found[:NAMED] if _names(index, one.doc, phrase[1:])}
    known = {one.doc for one in found}
    first = [replace(f, why=Why.EXACT, share=1.0) for f in found if f.doc in docs | named]
    first += [Found(doc, best, Why.EXACT) for doc in sorted(docs - known)]
    return first + [one for one in found if one.doc not in docs | named]


def _names(index: Index, doc: int, phrase: str) -> bool:
    title = index.facts[index.page_of[doc]].title
    heading = index.record(doc).heading
    return any(f" {phrase} " in f" {whole(text)[1:]} " for text in (title, heading))


def spread(index: Index, found: Sequence[Found], limit: int) -> list[Found]:
    """The best first, but no page more than a few times before others have had their turn."""
    first: list[Found] = []
    later: list[Found] = []
    times: dict[int, int] = {}
    for one in found:
        page = index.page_of[one.doc]
        times[page] = times.get(page, 0) + 1
        (first if times[page] <= PER_PAGE else later).append(one)
    if len(first) < limit:
        first += later
        later = []
    return first + later


def lessons_last(index: Index, question: Question, order: list[Found]) -> list[Found]:
    """A training session tells a story with everybody's words in it: what it teaches from comes first.

    One whose title or heading has all the words asked for keeps its place.
    """
    first: list[Found] = []
    last: list[Found] = []
    for one in order:
        lesson = index.facts[index.page_of[one.doc]].kind == LESSON
        (last if lesson and not _all_in_lead(index, question, one) else first).append(one)
    return first + last


def _all_in_lead(index: Index, question: Question, one: Found) -> bool:
    return all(
        any(
            place(index.postings(LEAD, "~" + want.words[0]).ids, one.doc) >= 0
            for wants in concept.wants.values()
            for want in wants
        )
        for concept in question.concepts
    )


def grave_first(
    index: Index,
    typed: str,
    order: list[Found],
    urgent: frozenset[int],
    allowed: bytes | None,
) -> list[Found]:
    """An urgent page that names this very worry, in whatever order of words, comes before all else.

    The worry may be told with other words around it, as long as it is half of what is told.
    """
    if _named_by_title(index, typed, order):
        return order
    roots = worry_of(typed)[:MOST_ROOTS]
    least = min(len(roots), max(2, (len(roots) + 1) // 2))
    sizes = range(len(roots), least - 1, -1)
    for told in chain.from_iterable(combinations(roots, size) for size in sizes):
        ids = index.postings(LEAD, worry_word(told)).ids
        docs = [d for d in ids if index.page_of[d] in urgent]
        docs = [d for d in docs if allowed is None or allowed[index.page_of[d]]]
        if docs:
            return _with_first(order, docs)
    return order


def _named_by_title(index: Index, typed: str, order: list[Found]) -> bool:
    """Whether the first answer is a page about what to do that has the very words in its title."""
    if not order or index.facts[index.page_of[order[0].doc]].path == GLOSSARY:
        return False
    said = ASKS_MEANING.sub("", " ".join(words_of(typed)), count=1)
    return _names(index, order[0].doc, whole(said)[1:])


def _with_first(order: list[Found], docs: list[int]) -> list[Found]:
    """These sections first, in the order they had; answers as good as any."""
    first = [one for one in order if one.doc in docs]
    best = max((one.score for one in order), default=0.0)
    known = {one.doc for one in first}
    first += [Found(doc, best, Why.EXACT) for doc in docs if doc not in known]
    return first + [one for one in order if one.doc not in docs]


def terms_after(
    index: Index, typed: str, order: list[Found], urgent: frozenset[int]
) -> list[Found]:
    """What a word means comes after what to do, unless it is plainly the word that was asked for."""
    asked = key_of(typed)
    for at in range(len(order) - 1, -1, -1):
        one = order[at]
        if index.facts[index.page_of[one.doc]].path != GLOSSARY:
            continue
        heading = index.record(one.doc).heading
        names = key_of(heading)
        if not all(any(name.startswith(word) for name in names) for word in asked):
            below = range(at + 1, len(order))
            same = [n for n in below if _answers_too(index, order[n], one, urgent)]
            order.insert(max(same[:PER_PAGE], default=at), order.pop(at))
            continue
        plainly = _asks_meaning(typed) and asked in map(key_of, heading.split(": "))
        if plainly and not _named_by_title(index, typed, order):
            order.insert(0, order.pop(at))
    return order


def _answers_too(index: Index, other: Found, term: Found, urgent: frozenset[int]) -> bool:
    """Whether a page about what to do answers as much of the question, and not in passing only."""
    page = index.page_of[other.doc]
    if other.share < term.share - 0.05 or index.facts[page].kind not in CLINICAL:
        return False
    return other.why <= term.why and (page in urgent or other.score * 2 >= term.score)


def _asks_meaning(typed: str) -> bool:
    return ASKS_MEANING.match(" ".join(words_of(typed))) is not None


def cover(
    index: Index,
    begins: Sequence[str],
    order: list[Found],
    limit: int,
    urgent: frozenset[int],
    allowed: bytes | None,
) -> list[Found]:
    """While a word is being typed, every word it may become has an answer among the first."""
    shown = order[:limit]
    known = {one.doc: one for one in order}
    held = {word: index.postings(LEAD, word).ids for word in begins}
    have = [{w for w, ids in held.items() if place(ids, one.doc) >= 0} for one in shown]
    fixed = [n for n, one in enumerate(shown[:NEVER_BELOW]) if index.page_of[one.doc] in urgent][:1]
    if shown and (have[0] or shown[0].why is not Why.START):
        fixed.append(0)
    for word, ids in held.items():
        if not len(ids) or any(word in words for words in have):
            continue
        new = _heaviest(index, word, known, allowed)
        if new is None:
            continue
        if len(shown) >= limit:
            spare = _spare(have, fixed)
            if spare is None:
                break
            del shown[spare], have[spare]
        shown.append(new)
        have.append({w for w, ids in held.items() if place(ids, new.doc) >= 0})
    docs = {one.doc for one in shown}
    return shown + [one for one in order if one.doc not in docs]


def _heaviest(
    index: Index, word: str, known: dict[int, Found], allowed: bytes | None
) -> Found | None:
    """The best section with this very word in its title, heading, concerns or terms."""
    ids, impacts = index.postings(LEAD, word)
    for _, doc in sorted(zip(impacts, ids, strict=True), key=lambda pair: (-pair[0], pair[1])):
        if doc in known:
            return known[doc]
        if allowed is None or allowed[index.page_of[doc]]:
            return Found(doc, 0.0, Why.START)
    return None


def _spare(have: list[set[str]], fixed: Sequence[int]) -> int | None:
    """The last answer whose words other answers have too."""
    for at in range(len(have) - 1, -1, -1):
        if at not in fixed and have[at] <= set().union(*have[:at], *have[at + 1 :]):
            return at
    return None


def lift_urgent(
    index: Index, question: Question, order: list[Found], urgent: frozenset[int]
) -> list[Found]:
    """Move urgent pages up past routine ones that match no better, to the third place at most."""
    lifted: set[int] = set()
    for at in range(len(order)):
        page = index.page_of[order[at].doc]
        if page not in urgent or page in lifted:
            continue
        lifted.add(page)
        if at < NEVER_BELOW:
            continue
        mine = _quality(index, question, order[at])
        to = at
        while to >= NEVER_BELOW:
            above = order[to - 1]
            if index.page_of[above.doc] in urgent:
                break
            if above.share > order[at].share + 0.05:
                break
            if above.score > order[at].score and _quality(index, question, above) > mine:
                break
            to -= 1
        if to < at:
            order.insert(to, order.pop(at))
    return order


def _quality(index: Index, question: Question, one: Found) -> tuple[float, int, bool]:
    """How well a section matches, in three words: how much, in what way, and whether in a title."""
    in_lead = any(
        place(index.postings(LEAD, "~" + want.words[0]).ids, one.doc) >= 0
        for concept in question.concepts
        for wants in list(concept.wants.values())[:1]
        for want in wants[:4]
    )
    return round(one.share, 1), -int(one.why), in_lead
