"""What is to be drawn, and what the drawing is: plain immutable data, without a painter.

Lengths are pixels at the drawing's text scale, y grows downwards, a box stands by its top left.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Point = tuple[float, float]


class Look(StrEnum):
    """What a box is, and so which outline, colours, icon and word it gets."""

    START = "start"
    QUESTION = "question"
    ACTION = "action"
    REFERRAL = "referral"
    URGENT = "urgent"
    END = "end"
    OTHER = "other"
    OTHER_URGENT = "other-urgent"
    CONNECTOR = "connector"  # in print: where a way goes on, or comes from


class Shape(StrEnum):
    """The outline of a box."""

    PILL = "pill"
    HEXAGON = "hexagon"
    RECTANGLE = "rectangle"
    FINGER = "finger"
    OCTAGON = "octagon"
    PENTAGON = "pentagon"


@dataclass(frozen=True, slots=True)
class Box:
    """A step, or another page a way leads to. `page` and `anchor` say what opens on a click."""

    key: str
    look: Look
    title: str
    number: int = 0  # 0: not one of the pathway's own steps
    lane: str = ""
    timeframe: str = ""
    page: str = ""
    anchor: str = ""
    word: str = ""  # of another page: what it is, such as Service
    line: int = 0
    order: int = 0  # the author's place for it; equal ones stand as they come
    size: tuple[float, float] | None = None  # given: used instead of measuring the words


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way on from one box to another."""

    source: str
    target: str
    label: str = ""
    loop: bool = False
    line: int = 0
    order: int = 0  # the author's place for it among all ways
    size: tuple[float, float] | None = None  # of the label; given: used instead of measuring


@dataclass(frozen=True, slots=True)
class Diagram:
    """A pathway ready to be laid out."""

    key: str
    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    lanes: tuple[str, ...] = ()  # from left to right; two or more make columns
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return (self.x + self.width / 2, self.y + self.height / 2)

    def moved(self, dx: float, dy: float) -> Rect:
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def meets(self, other: Rect, gap: float = 0.0) -> bool:
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )


class Role(StrEnum):
    """What a line of words is; says its size, weight and colour."""

    KIND = "kind"
    TITLE = "title"
    TIME = "time"
    LABEL = "label"
    LANE = "lane"


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text: left end and baseline, and the width it was measured to take."""

    text: str
    role: Role
    x: float
    y: float
    width: float
    size: float
    weight: int


@dataclass(frozen=True, slots=True)
class Icon:
    """A square icon by its Lucide name and top left corner."""

    name: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box where it stands, its words broken into lines."""

    box: Box
    rect: Rect
    shape: Shape
    words: tuple[Words, ...]
    icons: tuple[Icon, ...]
    dashed: bool = False
    double: bool = False  # a second outline inside the first
    rank: int = 0

    @property
    def key(self) -> str:
        return self.box.key


@dataclass(frozen=True, slots=True)
class PlacedWay:
    """A line as drawn: right-angled points from the border of one box to the border of the next."""

    arrow: Arrow
    points: tuple[Point, ...]
    label: Rect | None = None
    words: tuple[Words, ...] = ()
    icon: Icon | None = None  # the loop mark before the words
    hops: tuple[Point, ...] = ()  # where this line, lying level, hops over another

    @property
    def dashed(self) -> bool:
        return self.arrow.loop


@dataclass(frozen=True, slots=True)
class PlacedLane:
    """A column: who acts in it. Its heading is words already placed."""

    name: str
    rect: Rect
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture. `rect` holds everything; its corner need not be the origin."""

    diagram: Diagram
    rect: Rect
    boxes: tuple[PlacedBox, ...]
    ways: tuple[PlacedWay, ...]
    lanes: tuple[PlacedLane, ...] = ()
    scale: float = 1.0
    refined: bool = False
