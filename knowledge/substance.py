"""Whether a change to a page is one of substance: what the program is certain of, and what it only proposes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.model import Callout, Kind, Page, Status, Step, StepKind

_NUMBER = "one|two|three|four|five|six|seven|eight|nine|ten|twelve|half an?"
_LIMIT = re.compile(
    rf"\b(?:\d+(?:[.,]\d+)?|{_NUMBER}|the same)[ \-\u00a0]+(?:working )?"
    r"(?:minute|hour|day|night|week|month|year)s?\b",
    re.I,
)
_SOON = re.compile(r"\b(?:now|today|tonight|at once|immediately|same day|straight away)\b", re.I)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_ADDRESS = re.compile(r"\]\([^()\s]*\)|\[\^[^\]]*\]|\{[^{}]*\}")
_SIGNS = re.compile(r"[^\w\s<>=+%]+")


class Weight(NamedTuple):
    """Why a change is one of substance, or ""; `certain`: nobody may call it a small one."""

    why: str = ""
    certain: bool = False


def weigh(before: Page, after: Page) -> Weight:
    """How much a change weighs: the first certain reason, else the first doubt."""
    for why in _certain(before, after):
        return Weight(why, True)
    for why in _doubts(before, after):
        return Weight(why)
    return Weight()


def _certain(before: Page, after: Page) -> Iterator[str]:
    if after.status is Status.APPROVED:
        stands = (before.status, before.approved_by, before.approved_on)
        if stands != (after.status, after.approved_by, after.approved_on):
            yield "The page is called approved, which only 'Approve this page' does"
    yield from _steps(before, after)
    if _flags(before) != _flags(after):
        yield "An urgent text is changed"
    if _ladders(before) != _ladders(after):
        yield "A table of levels is changed"
    old, new = _words(before), _words(after)
    if _counted(_LIMIT, old) != _counted(_LIMIT, new):
        yield "A time limit is changed"
    if Kind.THRESHOLD in (before.kind, after.kind) and (
        _counted(_FIGURE, old) != _counted(_FIGURE, new)
    ):
        yield "A figure of a threshold is changed"


def _steps(before: Page, after: Page) -> Iterator[str]:
    old = {step.anchor: step for step in before.steps}
    new = {step.anchor: step for step in after.steps}
    for name, step in new.items():
        if name not in old:
            yield f"The step '{step.title}' is new"
            continue
        was = old[name]
        if was.kind is not step.kind:
            yield f"The step '{step.title}' is of another kind"
        if was.timeframe != step.timeframe:
            yield f"The time limit of '{step.title}' is changed"
        if Counter(_ways(was)) != Counter(_ways(step)):
            yield f"The ways on from '{step.title}' are changed"
        urgent = StepKind.URGENT in (was.kind, step.kind)
        if urgent and _plain(was.title + before.body_of(was)) != _plain(
            step.title + after.body_of(step)
        ):
            yield f"The words of the urgent step '{step.title}' are changed"
    for name, step in old.items():
        if name not in new:
            yield f"The step '{step.title}' is gone"


def _doubts(before: Page, after: Page) -> Iterator[str]:
    titles = {step.anchor: step.title for step in before.steps}
    if any(titles.get(step.anchor, step.title) != step.title for step in after.steps):
        yield "A step has another title"
    if [s.title for s in before.sections] != [s.title for s in after.sections]:
        yield "A heading is changed, new or gone"
    if (before.for_, before.not_for) != (after.for_, after.not_for):
        yield "It says otherwise when it is the right page"
    lines = Counter(_words(before).splitlines())
    other = Counter(_words(after).splitlines())
    changed = [*(lines - other), *(other - lines)]
    if any(p.search(line) for line in changed for p in (_FIGURE, _LIMIT, _SOON)):
        yield "A line with a figure or a time is changed"


def _ways(step: Step) -> list[tuple[str, str, str]]:
    return [(_plain(way.condition), way.page, way.anchor) for way in step.ways]


def _flags(page: Page) -> list[str]:
    notes = (note for section in page.sections for note in section.notes)
    return [_plain(note.body) for note in notes if note.kind is Callout.URGENT]


def _ladders(page: Page) -> list[tuple[tuple[str, ...], ...]]:
    tables = (table for section in page.sections for table in section.tables if table.ladder)
    return [
        tuple(tuple(_plain(cell) for cell in row.cells) for row in (table.header, *table.rows))
        for table in tables
    ]


def _words(page: Page) -> str:
    """What stands below the details, without addresses and references."""
    start = page.sections[0].span.start if page.sections else 0
    return _ADDRESS.sub(" ", page.text[start:])


def _counted(pattern: re.Pattern[str], words: str) -> Counter[str]:
    return Counter(" ".join(found.split()).casefold() for found in pattern.findall(words))


def _plain(words: str) -> str:
    """Words as they are heard: spaces, signs and capitals left aside."""
    return " ".join(_SIGNS.sub(" ", _ADDRESS.sub(" ", words)).split()).casefold()
