"""What a step says of its ways on that are out of sight, and of the pages it names."""

from __future__ import annotations

from desktop.widgets.painted import Finger
from knowledge.model import Kind

NOTES = {
    Kind.PATHWAY: "Pathway",
    Kind.THRESHOLD: "Threshold",
    Kind.CASESTUDY: "Case study",
    Kind.SESSION: "Session",
    Kind.PAGE: "Page",
}


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
