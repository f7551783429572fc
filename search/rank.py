"""Which sections answer a question, and in what order."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import compress
from operator import itemgetter, neg

from search.codec import NONE, Postings, place
from search.hits import Why
from search.index import Index
from search.meaning import Concept, Question, Want
from search.schema import LEAD

FEW = 5
"""With fewer answers than this that hold all the words, those that hold some of them follow."""
SHORTLIST = 80
MOST_SOME = 1500
"""Sections looked at for answers that hold only some of the words, the rarest words first."""
WORTH = {Why.EXACT: 1.0, Why.START: 0.8, Why.SYNONYM: 0.75, Why.SPELLING: 0.9}
MOST_BEGUN = 4_000
"""Once a beginning or a synonym has brought so many sections, only titles and headings add to them."""
PASSING = 0.25
"""A section with less than this share of the best weight only mentions several words in passing."""
TOGETHER = 0.5
"""How strongly answers with more of the words come before those with fewer."""


@dataclass(slots=True)
class Found:
    """A section that answers."""

    doc: int
    score: float
    why: Why
    share: float = 1.0
    """How much of the question it holds."""


@dataclass(slots=True)
class Listing:
    """The sections for one concept that match in one way."""

    why: Why
    weight: float
    postings: Postings
    key: str


def listings(index: Index, concept: Concept) -> list[Listing]:
    """The sections for a concept, one list for each way of matching that has any."""
    found = []
    for why in sorted(concept.wants):
        wants = concept.wants[why]
        key = "|".join(f"{'=' if w.lead else ''}{'+'.join(w.words)}*{w.factor}" for w in wants)
        postings = _any_of(index, wants, key)
        if postings.ids:
            weight = index.rarity(len(postings.ids)) * WORTH[why]
            found.append(Listing(why, weight, postings, key))
    return found


def _any_of(index: Index, wants: Sequence[Want], key: str) -> Postings:
    if len(wants) == 1:
        return _all_of(index, wants[0])
    kept = index.made.get(key)
    if kept is None:
        kept = _united(index, wants)
        index.keep_made(key, kept)
    return kept


def _united(index: Index, wants: Sequence[Want]) -> Postings:
    """One list from several; where a section is in more than one, the earlier want counts."""
    taken: list[Postings] = []
    brought = 0
    for want in wants:
        if brought > MOST_BEGUN and not want.lead:
            break
        postings = _all_of(index, want)
        if postings.ids:
            taken.append(_lighter(postings, want.factor))
            brought += len(postings.ids)
    best: dict[int, int] = {}
    for ids, impacts in reversed(taken):
        best.update(zip(ids, impacts, strict=True))
    docs = sorted(best)
    return Postings(array("I", docs), bytes(map(best.__getitem__, docs)))


def _lighter(postings: Postings, factor: float) -> Postings:
    if factor == 1.0:
        return postings
    table = bytes(max(1, int(impact * factor)) if impact else 0 for impact in range(256))
    return Postings(postings.ids, postings.impacts.translate(table))


def _all_of(index: Index, want: Want) -> Postings:
    if want.lead:
        return index.postings(LEAD, want.words[0])
    if len(want.words) == 1:
        return index.of_stem(want.words[0])
    key = "&".join(want.words)
    kept = index.made.get(key)
    if kept is None:
        lists = sorted((index.of_stem(w) for w in set(want.words)), key=lambda p: len(p.ids))
        kept = _both(lists) if lists[0].ids else NONE
        index.keep_made(key, kept)
    return kept


def _both(lists: list[Postings]) -> Postings:
    common = set(lists[0].ids)
    for other in lists[1:]:
        common.intersection_update(other.ids)
    docs = array("I", sorted(common))
    impacts = []
    for doc in docs:
        each = [p.impacts[place(p.ids, doc)] for p in lists]
        impacts.append(sum(each) // len(each))
    return Postings(docs, bytes(impacts))


def rank(
    index: Index, question: Question, allowed: bytes | None, most: int
) -> tuple[list[Found], int]:
    """The best answers and how many sections hold everything asked for."""
    needed = [c for c in question.concepts if not c.optional]
    lists = [listings(index, c) for c in question.concepts]
    required = [ls for c, ls in zip(question.concepts, lists, strict=True) if not c.optional]
    wanted = max(SHORTLIST, most * 3)
    if required and all(required) and not question.missing:
        if len(lists) == 1:
            found, total = _one_concept(index, lists[0], allowed, wanted)
        else:
            found, total = _all_concepts(index, lists, required, allowed, wanted)
    else:
        found, total = [], 0
    words = [c for c in question.single if not c.optional] or question.single
    if total < FEW and (len(words) > 1 or question.missing or not total):
        have = {f.doc for f in found}
        single = [listings(index, c) for c in words]
        whole = [ls for c, ls in zip(question.concepts, lists, strict=True) if len(c.said) > 1]
        some = _some(index, [ls for ls in (*single, *whole) if ls], allowed, wanted, len(needed))
        found += [f for f in some if f.doc not in have]
    return found, total


def matching(index: Index, question: Question, allowed: bytes | None) -> Sequence[int]:
    """Every section that answers in full; when there are few, those that answer in part as well."""
    lists = [listings(index, c) for c in question.concepts if not c.optional]
    docs: Sequence[int] = ()
    if lists and all(lists) and not question.missing:
        sets = [set[int]().union(*(one.postings.ids for one in ls)) for ls in lists]
        docs = _pass(index, sorted(set.intersection(*sets)), allowed)
    if len(docs) < FEW:
        found, _ = rank(index, question, allowed, SHORTLIST)
        docs = sorted({one.doc for one in found})
    return docs


def _pass(index: Index, ids: Sequence[int], allowed: bytes | None) -> Sequence[int]:
    if allowed is None or not ids:
        return ids
    pages = _gather(index.page_of, ids)
    return list(compress(ids, map(allowed.__getitem__, pages)))


def _gather(table: Sequence[int], ids: Sequence[int]) -> Sequence[int]:
    if len(ids) == 1:
        return (table[ids[0]],)
    got: Sequence[int] = itemgetter(*ids)(table)
    return got


def _one_concept(
    index: Index, lists: list[Listing], allowed: bytes | None, wanted: int
) -> tuple[list[Found], int]:
    found: list[Found] = []
    seen: set[int] = set()
    total = 0
    for listing in lists:
        ids, impacts = listing.postings
        if allowed is not None:
            marks = list(map(allowed.__getitem__, _gather(index.page_of, ids)))
            ids, impacts = array("I", compress(ids, marks)), bytes(compress(impacts, marks))
        if len(found) < wanted:
            for impact, doc in _top(ids, impacts, wanted):
                if doc not in seen:
                    seen.add(doc)
                    found.append(Found(doc, listing.weight * impact, listing.why))
        total = max(total, len(ids))
    return found[: wanted * 2], total


def _top(ids: Sequence[int], impacts: bytes, wanted: int) -> list[tuple[int, int]]:
    """The heaviest of a list, best first. Impacts are bytes, so they can be looked for by value."""
    if len(ids) <= 400:
        return nlargest(wanted, zip(impacts, ids, strict=True), key=lambda p: (p[0], -p[1]))
    best: list[tuple[int, int]] = []
    for value in range(255, 0, -1):
        at = impacts.find(value)
        while at >= 0:
            best.append((value, ids[at]))
            at = impacts.find(value, at + 1)
        if len(best) >= wanted:
            break
    return best[:wanted]


def _all_concepts(
    index: Index,
    lists: list[list[Listing]],
    required: list[list[Listing]],
    allowed: bytes | None,
    wanted: int,
) -> tuple[list[Found], int]:
    exact = [concept[:1] for concept in lists]
    if all(concept and concept[0].why is Why.EXACT for concept in exact):
        ids = _holding_all(index, exact, allowed)
        if len(ids) >= wanted:  # whatever matches in another way comes after all of these
            return _best(index, ids, exact, exact, wanted), len(ids)
    ids = _holding_all(index, required, allowed)
    return _best(index, ids, lists, required, wanted), len(ids)


def _holding_all(
    index: Index, required: list[list[Listing]], allowed: bytes | None
) -> Sequence[int]:
    """The sections that have every concept, whichever way."""
    ordered = sorted(required, key=lambda ls: sum(len(one.postings.ids) for one in ls))
    driver, *others = ordered
    ids: Sequence[int] = driver[0].postings.ids
    if len(driver) > 1:
        ids = sorted(set().union(*(one.postings.ids for one in driver)))
    ids = _pass(index, ids, allowed)
    for concept in others:
        if ids:
            ids = _having(index, ids, concept)
    return ids


def _best(
    index: Index,
    ids: Sequence[int],
    lists: list[list[Listing]],
    required: list[list[Listing]],
    wanted: int,
) -> list[Found]:
    """The best of these sections, by the way they match first."""
    if not ids:
        return []
    scores = [0.0] * len(ids)
    tiers = [0] * len(ids)
    for concept in lists:
        if concept:
            _score(index, ids, concept, scores, tiers, concept in required)
    order: Sequence[int] = tiers
    if len(required) > 1 and any(tiers):
        best, worst = max(scores), max(tiers)
        order = [worst if s < PASSING * best else t for t, s in zip(tiers, scores, strict=True)]
    top = nlargest(wanted, zip(map(neg, order), scores, map(neg, ids), tiers, strict=True))
    return [Found(-doc, score, Why(tier)) for _, score, doc, tier in top]


def _having(index: Index, ids: Sequence[int], concept: list[Listing]) -> Sequence[int]:
    """Those of the sections that the concept has, whichever way."""
    if len(concept) == 1:
        return list(compress(ids, _gather(_table(index, concept[0]), ids)))
    total: Sequence[int] = [0] * len(ids)
    for one in concept:
        total = list(map(int.__or__, total, _gather(_table(index, one), ids)))
    return list(compress(ids, total))


def _table(index: Index, listing: Listing) -> bytes:
    return index.dense(listing.key, listing.postings)


def _score(
    index: Index,
    ids: Sequence[int],
    concept: list[Listing],
    scores: list[float],
    tiers: list[int],
    required: bool,
) -> None:
    """Add what a concept gives to each section, by its best way of matching."""
    if len(concept) == 1:
        weight, why = concept[0].weight, concept[0].why
        got = _gather(_table(index, concept[0]), ids)
        scores[:] = [s + weight * g for s, g in zip(scores, got, strict=True)]
        if why and required:
            tiers[:] = [t if t > why else int(why) for t in tiers]
        return
    columns = [_gather(_table(index, one), ids) for one in concept]
    for i, row in enumerate(zip(*columns, strict=True)):
        best, tier = 0.0, -1
        for impact, one in zip(row, concept, strict=True):
            if impact:
                if tier < 0:
                    tier = one.why
                if impact * one.weight > best:
                    best = impact * one.weight
        scores[i] += best
        if required and tier > tiers[i]:
            tiers[i] = tier


def _some(
    index: Index, lists: list[list[Listing]], allowed: bytes | None, wanted: int, needed: int
) -> list[Found]:
    """The best sections that hold some of the words; what says more counts for more."""
    if not lists:
        return []
    lists = sorted(lists, key=lambda ls: -ls[0].weight)
    docs: set[int] = set()
    for concept in lists:
        fresh = sum(len(one.postings.ids) for one in concept)
        if docs and len(docs) + fresh > MOST_SOME:
            continue
        for one in concept:
            docs.update(one.postings.ids)
    ids = _pass(index, sorted(docs), allowed)
    if not ids:
        return []
    scores = [0.0] * len(ids)
    shares = [0.0] * len(ids)
    tiers = [0] * len(ids)
    for concept in lists:
        before = scores[:]
        _score(index, ids, concept, scores, tiers, False)
        weight = concept[0].weight
        shares[:] = [
            h + weight if s > b else h for h, s, b in zip(shares, scores, before, strict=True)
        ]
    whole = sum(concept[0].weight for concept in lists)
    totals = [s * (h / whole) ** TOGETHER for s, h in zip(scores, shares, strict=True)]
    top = nlargest(wanted, zip(totals, map(neg, ids), shares, strict=True))
    return [
        Found(-doc, total, _how(index, -doc, lists), share / whole) for total, doc, share in top
    ]


def _how(index: Index, doc: int, lists: list[list[Listing]]) -> Why:
    """The worst of the ways in which a section matches what it matches."""
    worst = Why.EXACT
    for concept in lists:
        for one in concept:
            if place(one.postings.ids, doc) >= 0:
                worst = max(worst, one.why)
                break
    return worst
