"""What has changed on a page, said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desktop.editor.said_of_details import details
from desktop.editor.worded import text_of, worded
from knowledge.comparing import Comparison, Facet, StepChange, compare
from knowledge.model import Step

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.model import Page, Section, Way

    Pairs = list[tuple[Section | None, Section | None]]


def changes(before: Page, after: Page, library: Library) -> list[str]:
    """The changes to details, headings, steps, ways on and words, each as one sentence."""
    return said_of(before, after, library).all


def said_of(before: Page, after: Page, library: Library) -> Said:
    """All that has changed. Long pages take their time: not for the screen's thread."""
    found, pairs = compare(before, after), _pairs(before, after)
    built = _structure(found, pairs, library)
    return Said(built, [*built, *_words(found, pairs)])


class Said(NamedTuple):
    """What has changed, in sentences."""

    built: list[str]  # in details, headings, steps and ways on
    all: list[str]


def _structure(found: Comparison, pairs: Pairs, library: Library) -> list[str]:
    before, after = found.before, found.after
    said: list[str] = []
    if before.title != after.title:
        said.append(f"The title is now {after.title}")
    for change in found.steps:
        said += _step(change)
    said += _ways(found, library)
    flags = [note.body for note in before.red_flags], [note.body for note in after.red_flags]
    if flags[0] != flags[1]:
        said.append("The red flags are changed" if flags[1] else "The red flags are gone")
    said += _headings(pairs)
    said += details(before, after)
    return list(dict.fromkeys(said))


def _pairs(before: Page, after: Page) -> Pairs:
    """The sections that are no steps: each with what it was, by its name for links, then by its title."""
    old = [s for s in before.sections if not isinstance(s, Step)]
    new = [s for s in after.sections if not isinstance(s, Step)]
    twins: dict[int, int] = {}
    for name in ("anchor", "title"):
        taken = set(twins.values())
        free: dict[str, list[int]] = {}
        for place, section in enumerate(old):
            if place not in taken:
                free.setdefault(getattr(section, name), []).append(place)
        for place, section in enumerate(new):
            left = free.get(getattr(section, name))
            if place not in twins and left:
                twins[place] = left.pop(0)
    kept = set(twins.values())
    pairs: Pairs = [(old[twins[n]] if n in twins else None, s) for n, s in enumerate(new)]
    return [*pairs, *((s, None) for n, s in enumerate(old) if n not in kept)]


def _headings(pairs: Pairs) -> list[str]:
    said: list[str] = []
    for was, now in pairs:
        if now is None:
            said += [f"The part {was.title} is gone"] if was is not None and was.title else []
        elif was is None:
            said += [f"The part {now.title} is new"] if now.title else []
        elif was.title != now.title:
            said.append(f"The part {was.title} is now called {now.title}")
    return said


def _words(found: Comparison, pairs: Pairs) -> list[str]:
    """What reads otherwise in parts and steps that were there before."""
    before, after = found.before, found.after
    if before.text == after.text:
        return []
    said: list[str] = []
    for was, now in pairs:
        if now is not None and (was is not None or not now.title):
            where = f"Under {now.title}" if now.title else "At the beginning"
            said += worded(where, text_of(before, was) if was else "", text_of(after, now))
    for change in found.steps:
        old, new = change.before, change.after
        if old is not None and new is not None and Facet.WORDS in change.facets:
            said += worded(f"In step {new.number}", text_of(before, old), text_of(after, new))
    return said


def together(lines: list[str], most: int) -> str:
    """The first few as whole sentences, and how many more there are."""
    words = " ".join(
        line if line.endswith(("?", "!", ".")) else f"{line}." for line in lines[:most]
    )
    more = len(lines) - most
    return f"{words} And {more} more." if more > 0 else words


def _step(change: StepChange) -> list[str]:
    before, after, facets = change.before, change.after, change.facets
    if after is None:
        return [f"The step {before.title} is gone"] if before is not None else []
    here = f"Step {after.number}"
    if before is None:
        return [f"{here} is new: {after.title}"]
    said: list[str] = []
    if Facet.TITLE in facets:
        said.append(f"{here} is now called {after.title}")
    if Facet.KIND in facets:
        said.append(f"{here} is now of the kind {after.kind.value}, not {before.kind.value}")
    if Facet.TIMEFRAME in facets:
        said.append(f"{here} now has the time limit {after.timeframe or 'none'}")
    if Facet.LANE in facets:
        said.append(f"{here} is now done by {after.lane or 'nobody in particular'}")
    if Facet.ORDER in facets:
        said.append(f"The ways on of step {after.number} stand in another order")
    return said


def _ways(found: Comparison, library: Library) -> list[str]:
    """What leads elsewhere now, those of new steps too. The ways of a step that is gone went with it."""
    said: list[str] = []
    for change in found.ways:
        step, way, was = change.step_after, change.after, change.before
        if step is None:
            continue
        here = f"Step {step.number}"
        if way is None:
            assert was is not None
            said.append(f"{here} no longer {_had(was, library)}")
            continue
        goal = _goal(way.page, way.anchor, way.link.text, library)
        when = f" when '{way.condition}'" if way.condition else ""
        if change.step_before is None:
            said.append(f"{here} leads to {goal}{when}")
        elif was is None:
            said.append(f"{here} now leads to {goal}{when}")
        elif change.led:
            once = _goal(was.page, was.anchor, was.link.text, library)
            said.append(f"{here} now leads to {goal}, not to {once}")
        else:
            said.append(
                f"{here} now leads to {goal}{when or ' always'}, not when '{was.condition}'"
            )
    return said


def _had(way: Way, library: Library) -> str:
    if way.condition:
        return f"has the way on '{way.condition}'"
    return f"leads to {_goal(way.page, way.anchor, way.link.text, library)}"


def _goal(page: str, anchor: str, words: str, library: Library) -> str:
    found = library.target(page, anchor)
    return found.title if found is not None and found.title else words
