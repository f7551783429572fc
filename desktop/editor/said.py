"""What has changed on a page, said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.comparing import Comparison, Facet, StepChange, compare

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.model import Page, Way


def changes(before: Page, after: Page, library: Library) -> list[str]:
    """The changes to details, steps and ways on, each as one sentence."""
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
    """What leads elsewhere now. The ways of a step that is new or gone are told with it."""
    said: list[str] = []
    for change in found.ways:
        step, way, was = change.step_after, change.after, change.before
        if step is None or change.step_before is None:
            continue
        here = f"Step {step.number}"
        if way is None:
            assert was is not None
            said.append(f"{here} no longer {_had(was, library)}")
            continue
        goal = _goal(way.page, way.anchor, way.link.text, library)
        when = f" when '{way.condition}'" if way.condition else ""
        if was is None:
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
