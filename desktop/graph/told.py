"""What a step says of its ways on that are out of sight, of the pages it names and of its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.widgets.painted import Finger
from knowledge.model import Kind

if TYPE_CHECKING:
    from desktop.graph.flags import Pinned
    from knowledge.library import Library
    from knowledge.model import Page, Source, Step

NOTES = {
    Kind.PATHWAY: "Pathway",
    Kind.THRESHOLD: "Threshold",
    Kind.CASESTUDY: "Case study",
    Kind.SESSION: "Session",
    Kind.PAGE: "Page",
}
_ORDER = (Kind.SERVICE, Kind.THRESHOLD, Kind.CASESTUDY, Kind.PATHWAY, Kind.SESSION, Kind.PAGE)
_STRENGTHS = {"unchecked": "To be checked locally", "local": "Holds for one area"}


def further_down(below: list[Finger], pinned: bool) -> str:
    """What is said of the ways on out of sight; the urgent ones need no words where they are pinned."""
    told = [finger for finger in below if not (pinned and finger.urgent)]
    if not told:
        return ""
    words = f"{len(told)} {'way' if len(told) == 1 else 'ways'} on below"
    urgent = sum(finger.urgent for finger in told)
    if not urgent:
        return words
    return f"{words}, {'urgent' if urgent == len(told) else f'{urgent} of them urgent'}"


def to_pin(fingers: list[Finger], pinned: list[Pinned], foot: int, wide: int) -> list[Pinned]:
    """The pins of urgent ways that are out of sight below `foot`, or would be with their pins above it.

    One that half stands where its pin would come is pinned, whichever of the two was there first.
    """
    urgent = (finger for finger in fingers if finger.urgent)
    return [
        pin
        for pin, finger in zip(pinned, urgent, strict=False)
        if finger.y() + finger.height() // 2
        > foot - (pin.heightForWidth(wide) if pin.isHidden() else 0)
    ]


def helping(library: Library, page: Page, step: Step) -> list[Page]:
    """Pages a step names and its ways on do not lead to: services first, then thresholds, case studies and the rest."""
    own = {link.page for link in step.links if link.page}
    named = [link.page for link in step.links if link.page]
    named += [found[0].path for name in page.related if (found := library.find(name))]
    taken = {page.path, *(way.page for way in step.ways)}
    pages = [library.pages[p] for p in dict.fromkeys(named) if p in library.pages]
    pages = [p for p in pages if p.path not in taken]
    pages = [p for p in pages if p.path in own or p.kind is not Kind.SERVICE]
    return sorted(pages, key=lambda p: _ORDER.index(p.kind))


def told_of(source: Source) -> str:
    """Its key, its title, its year, and how far it can be relied on."""
    year = f", {source.year}" if source.year else ""
    doubt = _STRENGTHS.get(source.strength.value, "")
    tail = f". {doubt}" if doubt else ""
    return f"[{source.key}] {source.title}{year}{tail}"
