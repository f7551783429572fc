"""The last say on the order: no page crowds out the rest, no urgent page is pushed down."""

from __future__ import annotations

from collections.abc import Sequence

from search.codec import place
from search.index import Index
from search.meaning import Question
from search.rank import Found
from search.schema import LEAD

PER_PAGE = 3
"""At most so many answers of one page among the first ones."""
NEVER_BELOW = 3
"""Urgent pages that match as well are among the first so many."""


def arrange(
    index: Index,
    question: Question,
    found: list[Found],
    limit: int,
    urgent: frozenset[int],
) -> list[Found]:
    """The answers to show, in order."""
    order = spread(index, found, limit)
    if len(question.concepts) == 1 and len(question.concepts[0].begins) > 1:
        order = cover(index, question.concepts[0].begins, order, found, limit)
    return lift_urgent(index, question, order, urgent)[:limit]


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


def cover(
    index: Index, begins: Sequence[str], order: list[Found], found: Sequence[Found], limit: int
) -> list[Found]:
    """While a word is being typed, every word it may become has an answer among the first."""
    shown = order[:limit]
    held = {word: index.postings(LEAD, word) for word in begins}
    first = set(begins[:limit])

    def leads(one: Found) -> set[str]:
        return {w for w in first if place(held[w].ids, one.doc) >= 0}

    have = [leads(one) for one in shown]
    count: dict[str, int] = {}
    for words in have:
        for word in words:
            count[word] = count.get(word, 0) + 1
    by_doc = {one.doc: one for one in found}
    for word in begins[:limit]:
        if count.get(word) or not held[word].ids:
            continue
        new = _heaviest(index, word, by_doc)
        if new is None:
            continue
        spare = _spare(have, count)
        if len(shown) < limit:
            shown.append(new)
            have.append(leads(new))
        elif spare is not None:
            for lost in have[spare]:
                count[lost] -= 1
            del shown[spare], have[spare]
            shown.append(new)
            have.append(leads(new))
        else:
            break
        for word_now in have[-1]:
            count[word_now] = count.get(word_now, 0) + 1
    docs = {one.doc for one in shown}
    return shown + [one for one in order if one.doc not in docs]


def _heaviest(index: Index, word: str, known: dict[int, Found]) -> Found | None:
    ids, impacts = index.postings(LEAD, word)
    ranked = sorted(zip(impacts, ids, strict=True), key=lambda p: (-p[0], p[1]))
    inside = [known[doc] for _, doc in ranked if doc in known]
    return inside[0] if inside else None


def _spare(have: list[set[str]], count: dict[str, int]) -> int | None:
    """The last answer whose words other answers have too."""
    for at in range(len(have) - 1, 0, -1):
        if all(count[word] > 1 for word in have[at]):
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
            if _quality(index, question, above) > mine:
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
