"""Two versions of a pathway side by side: which steps and ways on were added, removed or changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from knowledge.model import Page, Step, Way


class Sign(StrEnum):
    """What has become of a step or a way on."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Facet(StrEnum):
    """What of a step reads differently."""

    TITLE = "title"
    KIND = "kind"
    LANE = "lane"
    TIMEFRAME = "timeframe"
    WORDS = "words"
    ORDER = "order"  # of its ways on


class StepChange(NamedTuple):
    """One step. `before` is missing of an added one, `after` of a removed one."""

    sign: Sign
    before: Step | None
    after: Step | None
    facets: frozenset[Facet] = frozenset()


class WayChange(NamedTuple):
    """One way on and the step it belongs to. A changed one leads elsewhere, or on another condition."""

    sign: Sign
    step_before: Step | None
    step_after: Step | None
    before: Way | None
    after: Way | None
    led: bool = False  # leads elsewhere
    worded: bool = False  # stands under another condition


@dataclass(frozen=True, slots=True)
class Comparison:
    """Only what differs; `twins` names for each old step (by its place) the new one it became."""

    before: Page
    after: Page
    steps: tuple[StepChange, ...]
    ways: tuple[WayChange, ...]
    twins: Mapping[int, int]

    @property
    def same(self) -> bool:
        return not self.steps and not self.ways


def compare(before: Page, after: Page) -> Comparison:
    """What differs in steps and ways on, in the order of the newer page; what is gone comes last."""
    twins = _twins(before, after)
    back = {new: old for old, new in twins.items()}
    goals = _Goals(before, after, twins)
    steps: list[StepChange] = []
    ways: list[WayChange] = []
    for place, step in enumerate(after.steps):
        if place not in back:
            steps.append(StepChange(Sign.ADDED, None, step))
            ways += [WayChange(Sign.ADDED, None, step, None, way) for way in step.ways]
            continue
        old = before.steps[back[place]]
        found, turned = _ways(old, step, goals)
        facets = _facets(before, after, old, step)
        if turned:
            facets |= {Facet.ORDER}
        if facets:
            steps.append(StepChange(Sign.CHANGED, old, step, facets))
        ways += found
    for place, old in enumerate(before.steps):
        if place not in twins:
            steps.append(StepChange(Sign.REMOVED, old, None))
            ways += [WayChange(Sign.REMOVED, old, None, way, None) for way in old.ways]
    return Comparison(before, after, tuple(steps), tuple(ways), twins)


def _twins(before: Page, after: Page) -> dict[int, int]:
    """By the name for links first, then by the title: a step may have got another name."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for name in ("anchor", "title"):
        free: dict[str, list[int]] = {}
        for place, step in enumerate(after.steps):
            if place not in taken:
                free.setdefault(getattr(step, name), []).append(place)
        for place, step in enumerate(before.steps):
            left = free.get(getattr(step, name))
            if place not in found and left:
                found[place] = left.pop(0)
                taken.add(found[place])
    return found


class _Goals:
    """Where ways lead, said so that both versions of a page say it alike."""

    def __init__(self, before: Page, after: Page, twins: Mapping[int, int]) -> None:
        self.before, self.after = before, after
        self.now = {
            step.anchor: after.steps[twins[old]].anchor if old in twins else f"gone {step.anchor}"
            for old, step in reversed(list(enumerate(before.steps)))
        }

    def old(self, way: Way) -> tuple[str, str]:
        if way.page != self.before.path:
            return _away(way)
        return "", self.now.get(way.anchor, way.anchor)

    def new(self, way: Way) -> tuple[str, str]:
        return _away(way) if way.page != self.after.path else ("", way.anchor)


def _away(way: Way) -> tuple[str, str]:
    return (way.page, way.anchor) if way.page else ("web", way.link.target)


def _ways(old: Step, new: Step, goals: _Goals) -> tuple[list[WayChange], bool]:
    """The ways on of one step that differ, and whether those that stayed stand in another order."""
    pairs: dict[int, int] = {}  # place in `new` -> place in `old`
    for alike in (_both_alike, _condition_alike, _goal_alike):
        for n, way in enumerate(new.ways):
            for o, was in enumerate(old.ways):
                if n not in pairs and o not in pairs.values() and alike(was, way, goals):
                    pairs[n] = o
    found: list[WayChange] = []
    for n, way in enumerate(new.ways):
        if n not in pairs:
            found.append(WayChange(Sign.ADDED, old, new, None, way))
            continue
        was = old.ways[pairs[n]]
        led = goals.old(was) != goals.new(way)
        worded = was.condition != way.condition
        if led or worded:
            found.append(WayChange(Sign.CHANGED, old, new, was, way, led, worded))
    kept = set(pairs.values())
    found += [
        WayChange(Sign.REMOVED, old, new, was, None)
        for o, was in enumerate(old.ways)
        if o not in kept
    ]
    order = [pairs[n] for n in sorted(pairs)]
    return found, any(a > b for a, b in pairwise(order))


def _both_alike(was: Way, way: Way, goals: _Goals) -> bool:
    return was.condition == way.condition and goals.old(was) == goals.new(way)


def _condition_alike(was: Way, way: Way, goals: _Goals) -> bool:
    return was.condition == way.condition


def _goal_alike(was: Way, way: Way, goals: _Goals) -> bool:
    return goals.old(was) == goals.new(way)


def _facets(before: Page, after: Page, old: Step, new: Step) -> frozenset[Facet]:
    """What reads differently, the ways on apart. A kind that only follows from the ways is no change."""
    found: set[Facet] = set()
    if old.title != new.title:
        found.add(Facet.TITLE)
    if old.kind is not new.kind and (old.declared or new.declared):
        found.add(Facet.KIND)
    if old.lane != new.lane:
        found.add(Facet.LANE)
    if old.timeframe != new.timeframe:
        found.add(Facet.TIMEFRAME)
    if _words(before, old) != _words(after, new):
        found.add(Facet.WORDS)
    return frozenset(found)


def _words(page: Page, step: Step) -> list[str]:
    """The text of a step without its ways on."""
    pieces: list[str] = []
    at = step.body.start
    for way in sorted(step.ways, key=lambda w: w.span.start):
        pieces += page.text[at : way.span.start].split()
        at = max(at, way.span.end)
    return pieces + page.text[at : step.body.end].split()
