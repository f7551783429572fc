"""What has changed on a page, said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.editor.said_of_details import details
from desktop.editor.worded import text_of, worded
from knowledge.comparing import Comparison, Facet, StepChange, compare
from knowledge.model import Step

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.model import Page, Section, Way


def changes(before: Page, after: Page, library: Library) -> list[str]:
    """The changes to details, headings, steps, ways on and words, each as one sentence."""
    return [*structure(before, after, library), *_words(before, after)]


def structure(before: Page, after: Page, library: Library) -> list[str]:
    """The changes to details, headings, steps and ways on."""
    said: list[str] = []
    if before.title != after.title:
        said.append(f"The title is now {after.title}")
    found = compare(before, after)
    for change in found.steps:
        said += _step(change)
    said += _ways(found, library)
    flags = [note.body for note in before.red_flags], [note.body for note in after.red_flags]
    if flags[0] != flags[1]:
        said.append("The red flags are changed" if flags[1] else "The red flags are gone")
    said += _headings(before, after)
    said += details(before, after)
    return list(dict.fromkeys(said))


def _pairs(before: Page, after: Page) -> list[tuple[Section | None, Section | None]]:
    """The sections that are no steps: each with what it was, by its name for links, then by its title."""
    old = [s for s in before.sections if not isinstance(s, Step)]
    new = [s for s in after.sections if not isinstance(s, Step)]
    twins: dict[int, Section] = {}
    for name in ("anchor", "title"):
        for place, section in enumerate(new):
            if place not in twins:
                free = [s for s in old if not any(s is t for t in twins.values())]
                was = next((s for s in free if getattr(s, name) == getattr(section, name)), None)
                if was is not None:
                    twins[place] = was
    gone = [s for s in old if not any(s is t for t in twins.values())]
    return [*((twins.get(n), s) for n, s in enumerate(new)), *((s, None) for s in gone)]


def _headings(before: Page, after: Page) -> list[str]:
    said: list[str] = []
    for was, now in _pairs(before, after):
        if now is None:
            said += [f"The part {was.title} is gone"] if was is not None and was.title else []
        elif was is None:
            said += [f"The part {now.title} is new"] if now.title else []
        elif was.title != now.title:
            said.append(f"The part {was.title} is now called {now.title}")
    return said


def _words(before: Page, after: Page) -> list[str]:
    """What reads otherwise in parts and steps that were there before."""
    if before.text == after.text:
        return []
    said: list[str] = []
    for was, now in _pairs(before, after):
        if now is not None and (was is not None or not now.title):
            where = f"Under {now.title}" if now.title else "At the beginning"
            said += worded(where, text_of(before, was) if was else "", text_of(after, now))
    for change in compare(before, after).steps:
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
