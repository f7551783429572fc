"""What has changed on a page, said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.model import Page, Step


def changes(before: Page, after: Page, library: Library) -> list[str]:
    """The changes to details, steps and ways on, each as one sentence."""
    said: list[str] = []
    if before.title != after.title:
        said.append(f"The title is now {after.title}")
    old = {step.anchor: step for step in before.steps}
    new = {step.anchor: step for step in after.steps}
    for anchor, step in new.items():
        if anchor not in old:
            said.append(f"Step {step.number} is new: {step.title}")
        else:
            said += _step(old[anchor], step, library)
    said += [f"The step {old[anchor].title} is gone" for anchor in old if anchor not in new]
    flags = [note.body for note in before.red_flags], [note.body for note in after.red_flags]
    if flags[0] != flags[1]:
        said.append("The red flags are changed" if flags[1] else "The red flags are gone")
    return said


def _step(before: Step, after: Step, library: Library) -> list[str]:
    said: list[str] = []
    here = f"Step {after.number}"
    if before.title != after.title:
        said.append(f"{here} is now called {after.title}")
    if before.kind is not after.kind:
        said.append(f"{here} is now of the kind {after.kind.value}, not {before.kind.value}")
    if before.timeframe != after.timeframe:
        said.append(f"{here} now has the time limit {after.timeframe or 'none'}")
    old = {way.condition: way for way in before.ways}
    new = {way.condition: way for way in after.ways}
    for words, way in new.items():
        goal = _goal(way.page, way.anchor, way.link.text, library)
        when = f" when '{words}'" if words else ""
        if words not in old:
            said.append(f"{here} now leads to {goal}{when}")
        elif (old[words].page, old[words].anchor) != (way.page, way.anchor):
            was = old[words]
            once = _goal(was.page, was.anchor, was.link.text, library)
            said.append(f"{here} now leads to {goal}, not to {once}")
    said += [f"{here} no longer has the way on '{words}'" for words in old if words not in new]
    return said


def _goal(page: str, anchor: str, words: str, library: Library) -> str:
    found = library.target(page, anchor)
    return found.title if found is not None and found.title else words
