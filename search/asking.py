"""One question put to the index as it stands: its answers, and what they can be narrowed to."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property

from search.arrange import arrange, lift_whole
from search.everyday import STOP
from search.hits import ROWS, Answer, Count, Counts, Hit, Narrowing, Suggestion, Why
from search.index import Index
from search.keeper import State
from search.ledger import PageFacts
from search.meaning import Concept, Question, understand
from search.query import Typed, take_apart
from search.rank import Found, matching, rank
from search.snippets import Finder, snippet
from search.words import key_of, parts, whole, words_of

_VALUES: dict[str, Callable[[PageFacts], tuple[str, ...]]] = {
    "kinds": lambda f: (f.kind,),
    "topics": lambda f: f.topics,
    "levels": lambda f: f.levels,
    "ages": lambda f: f.ages,
    "regions": lambda f: f.regions,
    "audiences": lambda f: (f.audience,),
}
WITHOUT_WANTED = 400
"""How many answers to look through when some of them will be taken out again."""
TOPICS_SHOWN = 6
"""The six high impact areas, all of them."""

NO_WORDS = "Type a word or two: a worry, a service, a tool."
NOT_YET = "The library is still being read. Try again in a moment."
NOTHING = "Nothing found for \u201c{}\u201d."


class Asked:
    """A question, the state of the library it is asked of, and what it was narrowed to."""

    def __init__(
        self, state: State, query: str, typing: bool, narrowing: Narrowing, building: bool
    ) -> None:
        self._state = state
        self._query = query
        self._typed: Typed = take_apart(query, typing)
        self._given = narrowing
        self._building = building

    def answer(self, limit: int, started: float) -> Answer:
        """The best answers."""
        index = self._state.index
        if index is None:
            return self._done(Answer(self._query, message=NOT_YET, building=True), started)
        if not self._typed.words:
            return self._done(self._without_words(index, limit), started)
        found = self._arranged(index, limit)
        if not found:
            return self._done(self._nothing(), started)
        question = self._question
        partial = any(one.share < 1 for one in found)
        answer = Answer(
            query=self._query,
            hits=tuple(self._hits(index, found)),
            corrected=question.corrected,
            partial=partial or bool(question.missing),
            missing=tuple(question.missing),
            building=self._building,
        )
        return self._done(answer, started)

    def counts(self) -> Counts:
        """For each row, the values of the pages found, whatever that row was narrowed to."""
        index = self._state.index
        if index is None:
            return Counts()
        docs = self._every_doc(index)
        held = Counter(index.page_of[doc] for doc in docs)
        del held[0]
        pages = [index.facts[number] for number in sorted(held)]
        chosen = self._narrowing
        rows: dict[str, tuple[Count, ...]] = {}
        for row in ROWS:
            others = [r for r in ROWS if r != row]
            tally: Counter[str] = Counter()
            answers: Counter[str] = Counter()
            for facts in pages:
                if _fits(facts, chosen, others):
                    for value in set(_VALUES[row](facts)):
                        tally[value] += 1
                        answers[value] += held[facts.number]
            ordered = sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))
            rows[row] = tuple(Count(value, n, answers[value]) for value, n in ordered if value)
        kept = [facts for facts in pages if _fits(facts, chosen, ROWS)]
        return Counts(rows, len(kept), sum(held[facts.number] for facts in kept))

    def _done(self, answer: Answer, started: float) -> Answer:
        object.__setattr__(answer, "cpu_ms", (time.thread_time() - started) * 1000)
        return answer

    @cached_property
    def _narrowing(self) -> Narrowing:
        """What the person chose, and what the question itself says (`kind:service`)."""
        extra: dict[str, tuple[str, ...]] = {}
        index = self._state.index
        last = len(self._typed.narrow) - 1
        for at, (row, value) in enumerate(self._typed.narrow):
            open_end = self._typed.narrowing_unfinished and at == last
            found = _values_like(index, row, value, open_end) if index else ()
            if found or not open_end:
                extra[row] = (*extra.get(row, ()), *(found or (value,)))
        given = {row: (*getattr(self._given, row), *extra.get(row, ())) for row in ROWS}
        return Narrowing(**given, drafts=self._given.drafts)

    @cached_property
    def _question(self) -> Question:
        assert self._state.index is not None
        return understand(self._typed, self._state.index, self._state.synonyms)

    def _allowed(self, index: Index, rows: Iterable[str]) -> bytes | None:
        """For every page number, whether its sections may answer; None when all may."""
        chosen = self._narrowing
        rows = [row for row in rows if getattr(chosen, row)]
        if not rows and (chosen.drafts or not index.drafts):
            return None
        table = bytearray(max(index.facts, default=0) + 1)
        for number, facts in index.facts.items():
            table[number] = _fits(facts, chosen, rows)
        return bytes(table)

    def _arranged(self, index: Index, limit: int) -> list[Found]:
        picky = bool(self._typed.without or self._typed.phrases)
        wanted = max(limit, WITHOUT_WANTED if picky else 0)
        allowed = self._allowed(index, ROWS)
        found, _ = rank(index, self._question, allowed, wanted)
        found = lift_whole(index, self._typed.text, found, allowed)
        if picky:
            found = [one for one in found if self._passes(index, one.doc)]
        urgent = index.numbers_of(self._state.around.urgent)
        return arrange(index, self._question, self._typed.text, found, limit, urgent, allowed)

    def _passes(self, index: Index, doc: int) -> bool:
        """Whether a section has every phrase in quotes and nothing of what was ruled out."""
        for tokens in self._typed.without:
            key = key_of(" ".join(tokens))
            if all(index.holds(word, doc) for word in key):
                return False
        if not self._typed.phrases:
            return True
        record = index.record(doc)
        title = index.facts[index.page_of[doc]].title
        spread = [f" {' '.join(words_of(t))} " for t in (record.text, record.heading, title)]
        for tokens in self._typed.phrases:
            phrase = f" {' '.join(part for token in tokens for part in parts(token))} "
            concern = whole(" ".join(tokens))
            if not any(phrase in text for text in spread) and not index.leads_to(concern, doc):
                return False
        return True

    def _every_doc(self, index: Index) -> Sequence[int]:
        allowed = self._allowed(index, ())
        if not self._typed.words:
            return [d for d, n in enumerate(index.page_of) if n and (not allowed or allowed[n])]
        docs = matching(index, self._question, allowed)
        if self._typed.without or self._typed.phrases:
            docs = [doc for doc in docs if self._passes(index, doc)]
        return docs

    def _hits(self, index: Index, found: Sequence[Found]) -> Iterable[Hit]:
        concepts = self._question.concepts or self._question.single
        finder = Finder([list(_to_mark(concept)) for concept in concepts])
        today = date.today().isoformat()
        for one in found:
            yield self._hit(index, one, finder, today)

    def _hit(self, index: Index, one: Found, finder: Finder | None, today: str) -> Hit:
        record = index.record(one.doc)
        facts = index.facts[index.page_of[one.doc]]
        text, marks = snippet(record.text, finder, record.varied)
        return Hit(
            page=facts.path,
            anchor=record.anchor,
            id=facts.id,
            kind=facts.kind,
            title=facts.title,
            heading=record.heading or facts.title,
            score=round(one.score / 100, 3),
            snippet=text,
            marks=marks,
            why=one.why,
            step=record.step,
            line=record.line,
            status=facts.status,
            review_by=facts.review_by,
            overdue=bool(facts.review_by) and facts.review_by < today,
            urgent=record.urgent or facts.number in index.numbers_of(self._state.around.urgent),
            complete=one.share >= 1,
            topics=facts.topics,
        )

    def _without_words(self, index: Index, limit: int) -> Answer:
        """Only narrowing was typed: the pages that fit, by title."""
        if not self._typed.narrow:
            return Answer(self._query, message=NO_WORDS, building=self._building)
        allowed = self._allowed(index, ROWS)
        fits = [f for n, f in index.facts.items() if allowed is None or allowed[n]]
        fits.sort(key=lambda f: (f.title.casefold(), f.path))
        firsts = [docs[0] for docs in map(index.docs_of, fits[:limit]) if docs]
        hits = [self._hit(index, Found(doc, 0.0, Why.EXACT), None, "") for doc in firsts]
        if not hits:
            return self._nothing()
        return Answer(self._query, tuple(hits), building=self._building)

    def _nothing(self) -> Answer:
        """What to say when there is no answer: topics that come near, and who to ask."""
        around = self._state.around
        starts = {part[:4] for word in self._typed.words for part in parts(word) if len(part) > 2}
        near = [t for t in around.topics if any(w[:4] in starts for w in words_of(t))]
        topics = [*near, *(t for t in around.topics if t not in near)][:TOPICS_SHOWN]
        ask = Suggestion(around.ask_title, page=around.ask_page) if around.ask_title else None
        return Answer(
            self._query,
            message=NOTHING.format(self._typed.text),
            missing=tuple(self._question.missing) if self._typed.words else (),
            nearest=tuple(Suggestion(topic, topic=topic) for topic in topics),
            ask=ask,
            building=self._building,
        )


def _to_mark(concept: Concept) -> Iterator[Sequence[str]]:
    """Words typed count each for itself; those of a synonym and parts of one word only together."""
    for why, wants in concept.wants.items():
        for want in wants:
            if why is Why.SYNONYM or len(concept.said) == 1:
                if not (concept.optional and STOP.issuperset(want.words)):
                    yield want.words
            else:
                yield from ((word,) for word in want.words)


def _fits(facts: PageFacts, chosen: Narrowing, rows: Iterable[str]) -> bool:
    if facts.status == "draft" and not chosen.drafts:
        return False
    for row in rows:
        wanted = getattr(chosen, row)
        if wanted and not any(value in wanted for value in _VALUES[row](facts)):
            return False
    return True


def _values_like(index: Index, row: str, typed: str, unfinished: bool) -> tuple[str, ...]:
    """The values in use that were meant: the same but for case, or beginning so."""
    low = typed.casefold().replace("-", " ")
    known = {value for facts in index.facts.values() for value in _VALUES[row](facts)}
    same = [v for v in known if v.casefold().replace("-", " ") == low]
    if same:
        return tuple(same)
    begin = [v for v in known if v.casefold().replace("-", " ").startswith(low)]
    if len(begin) == 1 or (unfinished and begin):
        return tuple(sorted(begin))
    return tuple(sorted(v for v in known if low in v.casefold().replace("-", " ").split()))
