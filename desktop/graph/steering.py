"""Where keys and hands may lead in a graph: along the ways, to the side, to the ends, never out of sight."""

from __future__ import annotations

from desktop.graph.lit import Lit
from desktop.graph.picture import Picture

EDGE = 20.0  # ground that may show beyond the picture


def along(picture: Picture, lit: Lit, here: str, by: int) -> str:
    """Down: where the first way leads, a loop last. Up: where one came from, or the first way that leads here."""
    if by > 0:
        ways = [picture.ways[n].arrow for n in picture.leaving.get(here, ())]
        onto = [a.target for a in ways if not a.loop] or [a.target for a in ways]
    else:
        ways = [picture.ways[n].arrow for n in picture.arriving.get(here, ())]
        onto = [a.source for a in ways if a.source in lit.route]
        onto += [a.source for a in ways if not a.loop] or [a.source for a in ways]
    return next((key for key in onto if key != here), here)


def beside(picture: Picture, here: str, by: int) -> str:
    """The next box to the left or right, on about the same height first."""
    if here not in picture.place:
        return here
    mine = picture.box_rect(here)
    best, least = here, float("inf")
    for key, number in picture.place.items():
        rect = picture.rects[number]
        across = (rect.center().x() - mine.center().x()) * by
        down = abs(rect.center().y() - mine.center().y())
        level = rect.top() < mine.bottom() and mine.top() < rect.bottom()
        far = across + down * (1 if level else 4)
        if key != here and across > 8 and far < least:
            best, least = key, far
    return best


def end(picture: Picture, place: int) -> str:
    """The first (0) or last (-1) step of the pathway."""
    own = [box.key for box in picture.boxes if box.box.number]
    return own[place] if own else ""


def hold(at: float, low: float, high: float, left: float, room: float) -> float:
    """Where the screen's edge may lie so that the picture is not lost."""
    if high - low <= room:
        return low - left - (room - (high - low)) / 2
    return min(max(at, low - left - EDGE), high - left - room + EDGE)
