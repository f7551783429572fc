"""What has changed on a page, said in words."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from knowledge.comparing import Comparison, Facet, StepChange, compare

MOST_LINES = 4_000  # beyond that nobody wants to wait for it

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.model import Page, Way

# Footnotes, names of headings, targets of links, signs at the head of a line, bold and slanted.
_MARKS = re.compile(r"\[\^[^\]]*\]|\{#[^}]*\}|(?<=\])\([^)]*\)|^(?:[-*+>#]+\s+)+|\*+|[\[\]|]")


def changes(before: Page, after: Page, library: Library) -> list[str]:
    """The changes to details, steps and ways on, each as one sentence."""
    said: list[str] = []
    if before.title != after.title:
        said.append(f"The title is now {after.title}")
    found = compare(before, after)
    for change in found.steps:
        said += _step(change)
    said += _ways(found, library)
    if not before.steps and not after.steps:
        said += _lines(before, after)
    flags = [note.body for note in before.red_flags], [note.body for note in after.red_flags]
    if flags[0] != flags[1]:
        said.append("The red flags are changed" if flags[1] else "The red flags are gone")
    return said


def _lines(before: Page, after: Page) -> list[str]:
    """What has become of the lines of a page that is no pathway, and under which heading."""
    old, new = _body(before), _body(after)
    if len(old) + len(new) > MOST_LINES:
        return ["The words are changed"] if old != new else []
    said: list[str] = []
    for tag, i, j, a, b in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, come = old[i:j], new[a:b]
        pairs = zip(gone, come, strict=True) if len(gone) == len(come) else ()
        above = reversed(new[: a + 1] if come else old[: i + 1])
        where = next((line for line in above if line.startswith("##")), "")
        here = f"In '{_plain(where)}': " if where else ""
        told = [_reworded(was, now) for was, now in pairs]
        if not told:
            told = [f"'{_short(w)}' is new" for w in come] + [
                f"'{_short(w)}' is gone" for w in gone
            ]
        said += [f"{here}{words}" for words in told if words]
    return said


def _body(page: Page) -> list[str]:
    start = page.front.end if page.front is not None else 0
    lines = (line.strip() for line in page.text[start:].splitlines())
    return [line for line in lines if line.strip("-| ")]


def _reworded(was: str, now: str) -> str:
    """The cell of a table, or the words of a line, that read differently."""
    if was[:1] == now[:1] == "|" and was.count("|") == now.count("|"):
        cells = [pair for pair in zip(_cells(was), _cells(now), strict=True) if pair[0] != pair[1]]
        named = _plain(_cells(now)[0])
        row = f"{named}: " if named and _cells(was)[0] == _cells(now)[0] else ""
        return "; ".join(f"{row}'{_short(new)}', not '{_short(old)}'" for old, new in cells)
    old, new = was.split(), now.split()
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), 0)
    return f"now '{_short(' '.join(new[max(0, start - 2) :]))}'"


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def _plain(words: str) -> str:
    return " ".join(_MARKS.sub("", words).split())


def _short(words: str) -> str:
    """At most ten words, without what is only Markdown."""
    found = _plain(words).split()
    return " ".join(found[:10]) + (" ..." if len(found) > 10 else "")


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
    """What leads elsewhere now. The ways of a step that is gone are told with it."""
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
