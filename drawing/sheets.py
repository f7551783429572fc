"""A pathway on pages of paper: whole steps to a page, joined by pentagons such as `11 to 16, page 2`.

Every page is laid out for itself, so that no page is a shrunken or cut piece of a larger picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from drawing.compose import Measured, dress
from drawing.diagram import Arrow, Box, Diagram, Drawing, Look
from drawing.draw import refined_picture
from drawing.layered import layered_plan
from drawing.net import LayoutError

# The smallest words of a drawing are 12.3 px or 9.2 points; 8 points are 87 hundredths of that.
SMALLEST = 0.87
GAP = 24.0  # between the pieces of one page
_UNKNOWN = 88  # a page number as wide as any, while pages are still being filled


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the pathway and where its drawing's top left corner stands on the page."""

    drawing: Drawing
    x: float
    y: float
    scale: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its pieces from top to bottom, and the numbers of the steps on it."""

    number: int
    pieces: tuple[Piece, ...]
    steps: tuple[int, ...]


@lru_cache(maxsize=8)  # a handout with and without answers has the same graphs
def sheets(
    diagram: Diagram,
    width: float,
    height: float,
    first_height: float | None = None,
    first_number: int = 1,
    *,
    columns: bool = False,
) -> tuple[Sheet, ...]:
    """The pages for a drawing area in pixels (96 to the inch); the first may have less height.

    `first_number` is the first page's own: what comes before it is somebody else's. `columns` asks for a
    column for each actor, as far as the whole then still fits on one page.
    """
    first = first_height if first_height is not None else height
    if columns:
        in_columns = refined_picture(diagram, columns=True)
        if _scale(in_columns, width, first) >= SMALLEST:
            return (_sheet(first_number, [in_columns], width, first),)
    whole = refined_picture(diagram, columns=False)
    if _scale(whole, width, first) >= SMALLEST:
        return (_sheet(first_number, [whole], width, first),)
    parts, pages = _divided(diagram, whole, width, height, first)
    page_of = {
        key: number
        for number, page in enumerate(pages, first_number)
        for part in page
        for key in parts[part]
    }
    made: list[Sheet] = []
    for number, page in enumerate(pages, first_number):
        drawings = [_drawn(diagram, parts[part], page_of, number) for part in page]
        made.append(_sheet(number, drawings, width, first if number == first_number else height))
    return tuple(made)


@lru_cache(
    maxsize=8
)  # with answers the same graph begins on another sheet, and is divided as before
def _divided(
    diagram: Diagram, whole: Drawing, width: float, height: float, first: float
) -> tuple[list[set[str]], list[list[int]]]:
    """The parts of a pathway, and which of them stand on each page, whatever the pages' numbers are."""
    parts = _parts(_in_reading_order(whole), diagram, width, min(height, first))
    trial = [_drawn(diagram, part, {}, 0) for part in parts]
    return parts, _filled(trial, width, height, first)


def _drawn(diagram: Diagram, part: set[str], page_of: dict[str, int], number: int) -> Drawing:
    return refined_picture(_page(diagram, part, page_of, number), columns=False)


def _filled(drawings: list[Drawing], width: float, height: float, first: float) -> list[list[int]]:
    """Which parts stand on which page: as many as fit below each other."""
    pages: list[list[int]] = [[]]
    used = 0.0
    for number, drawing in enumerate(drawings):
        # A little in hand: page numbers may make a connector a line higher.
        tall = drawing.rect.height * min(1.0, width / drawing.rect.width) + GAP + 8
        if pages[-1] and used + tall > (first if len(pages) == 1 else height):
            pages.append([])
            used = 0.0
        pages[-1].append(number)
        used += tall
    return pages


def _sheet(number: int, drawings: list[Drawing], width: float, height: float) -> Sheet:
    """The drawings one below the other, centred, as large as they fit but never too small."""
    scales = [min(1.0, width / drawing.rect.width) for drawing in drawings]
    whole = sum(d.rect.height * s for d, s in zip(drawings, scales, strict=True))
    squeeze = min(1.0, (height - GAP * (len(drawings) - 1)) / whole)
    pieces: list[Piece] = []
    y = 0.0
    for drawing, fit in zip(drawings, scales, strict=True):
        scale = max(fit * squeeze, SMALLEST)
        pieces.append(Piece(drawing, (width - drawing.rect.width * scale) / 2, y, scale))
        y += drawing.rect.height * scale + GAP
    steps = {box.box.number for drawing in drawings for box in drawing.boxes if box.box.number}
    return Sheet(number, tuple(pieces), tuple(sorted(steps)))


def _scale(drawing: Drawing, width: float, height: float) -> float:
    return min(1.0, width / drawing.rect.width, height / drawing.rect.height)


def _in_reading_order(drawing: Drawing) -> list[list[str]]:
    """The steps by row and place, each with the boxes of other pages that its ways lead to."""
    numbered = {box.key for box in drawing.boxes if box.box.number}
    beside: dict[str, list[str]] = {}
    for way in drawing.ways:
        if way.arrow.target not in numbered:
            beside.setdefault(way.arrow.source, []).append(way.arrow.target)
    boxes = sorted(
        (box for box in drawing.boxes if box.box.number), key=lambda box: (box.rank, box.rect.x)
    )
    return [[box.key, *beside.get(box.key, ())] for box in boxes]


def _parts(
    groups: list[list[str]], diagram: Diagram, width: float, height: float
) -> list[set[str]]:
    """Put as many steps into each part as fit on a page together."""
    parts: list[set[str]] = []
    start = 0
    while start < len(groups):
        taken = 1
        while start + taken < len(groups):
            if not _fits(diagram, groups[start : start + taken + 1], width, height):
                break
            taken += 1
        parts.append({key for group in groups[start : start + taken] for key in group})
        start += taken
    return parts


def _fits(diagram: Diagram, groups: list[list[str]], width: float, height: float) -> bool:
    part = {key for group in groups for key in group}
    page = _page(diagram, part, {}, 0)
    try:
        measured = Measured(page)
        drawing = dress(measured, layered_plan(replace(measured.net, lanes=(), columns=0), 2))
    except LayoutError:
        return False
    # A little in hand: the page numbers still to come may be wider.
    return _scale(drawing, width, height) >= SMALLEST + 0.04


def _page(diagram: Diagram, part: set[str], page_of: dict[str, int], number: int) -> Diagram:
    """The part of the diagram in one piece, with connectors for the ways that cross its edge.

    A step's ways to elsewhere share a connector, and their words then stand where they arrive.
    """
    boxes = {box.key: box for box in diagram.boxes}
    arrows = [a for a in diagram.arrows if a.source in boxes and a.target in boxes]
    away: dict[str, list[Arrow]] = {}
    for arrow in arrows:
        if arrow.target not in part:
            away.setdefault(arrow.source, []).append(arrow)
    extra: dict[str, Box] = {}
    joined: list[Arrow] = []
    arriving: dict[str, list[Arrow]] = {}
    for arrow in arrows:
        here, there = arrow.source in part, arrow.target in part
        if here and there:
            joined.append(arrow)
        elif here and arrow is away[arrow.source][0]:
            ways = away[arrow.source]
            key = f"{arrow.source}>"
            extra[key] = _connector(key, "", [boxes[a.target] for a in ways], page_of, number)
            label = arrow.label if len(ways) == 1 else ""
            joined.append(Arrow(arrow.source, key, label, line=arrow.line, order=arrow.order))
        elif there and not here:
            arriving.setdefault(arrow.source, []).append(arrow)
    for source, ways in arriving.items():
        key = f"<{source}"
        extra[key] = _connector(key, "from ", [boxes[source]], page_of, number)
        joined += [replace(arrow, source=key, loop=False) for arrow in ways]
    own = [box for box in diagram.boxes if box.key in part]
    title = f"{diagram.title}, page {number}" if number else diagram.title
    everything = (*extra.values(), *own)
    return Diagram(diagram.key, title, everything, tuple(joined), (), diagram.summary)


def _connector(
    key: str, lead: str, targets: Sequence[Box], page_of: dict[str, int], here: int
) -> Box:
    """The pentagon that says which steps a way leads to, or comes from, and on which page."""
    pages: dict[int, set[int]] = {}
    for box in targets:
        pages.setdefault(page_of.get(box.key, _UNKNOWN), set()).add(box.number)
    said = [
        f"{in_runs(sorted(numbers))}, {'this page' if page == here else f'page {page}'}"
        for page, numbers in sorted(pages.items())
    ]
    return Box(key, Look.CONNECTOR, lead + "; ".join(said), order=-1)


def in_runs(numbers: Sequence[int]) -> str:
    """`11 to 16`, `3, 4`, `2, 7 to 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] + 1 == number:
            runs[-1].append(number)
        else:
            runs.append([number])
    said: list[str] = []
    for run in runs:
        said += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    return ", ".join(said)
