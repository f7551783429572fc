"""The bare task of a layout: boxes as sizes, ways as pairs of numbers; and its bare answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from drawing.diagram import Point, Rect


@dataclass(frozen=True, slots=True)
class Link:
    """A way on from box `source` to box `target`, with the room its words need."""

    source: int
    target: int
    label: tuple[float, float] | None = None
    loop: bool = False


@dataclass(frozen=True, slots=True)
class Net:
    """What a layout is made of; boxes and links in the author's order."""

    sizes: tuple[tuple[float, float], ...]
    links: tuple[Link, ...]
    lanes: tuple[int, ...] = ()  # a column for each box, or nothing
    columns: int = 0
    scale: float = 1.0
    even: bool = False  # boxes of a row with four or more get one height


def self_loop_room(link: Link, scale: float) -> float:
    """The height that a way from a box to itself takes at the side of its box."""
    return max(link.label[1] if link.label else 0.0, 12.0 * scale) + 12.0 * scale


@dataclass(slots=True)
class Plan:
    """Where everything goes: a rectangle for each box, a line and a label for each link."""

    boxes: list[Rect]
    lines: list[list[Point]]
    labels: list[Rect | None]
    ranks: list[int]
    walls: list[float] = field(default_factory=list)  # between columns, from left to right


class LayoutError(Exception):
    """The picture cannot be drawn; the outline serves. The message is one sentence for a person."""
