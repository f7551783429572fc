"""A pathway ready to be walked: its boxes, the ways on from each as a reader chooses them, and their words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from drawing.boxes import kind_words
from drawing.diagram import Box, Diagram, Look
from drawing.pathway import diagram_of
from knowledge.model import Page, Step

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Exit:
    """A way on. `target` is the box it leads to, `way` its place among the drawing's ways."""

    number: int
    condition: str
    title: str
    target: str
    way: int
    urgent: bool
    loop: bool
    page: str  # another page it leads to, or ""
    anchor: str
    word: str = ""  # what that page is, such as Service


class Chart:
    """The page as boxes with keys, and everything one can ask about a box in words."""

    def __init__(self, page: Page, diagram: Diagram) -> None:
        self.page, self.diagram = page, diagram
        self.boxes: dict[str, Box] = {box.key: box for box in diagram.boxes}
        own = [box for box in diagram.boxes if box.number]
        self.keys = tuple(box.key for box in own)
        self._steps = dict(zip(self.keys, page.steps, strict=True))
        self._by_anchor: dict[str, str] = {}
        for box in own:
            self._by_anchor.setdefault(box.anchor, box.key)
        self._exits: dict[str, list[Exit]] = {}
        for place, arrow in enumerate(diagram.arrows):
            found = self._exits.setdefault(arrow.source, [])
            box = self.boxes[arrow.target]
            away = not box.number
            found.append(
                Exit(
                    len(found) + 1,
                    arrow.label,
                    box.title,
                    box.key,
                    place,
                    box.look in (Look.URGENT, Look.OTHER_URGENT),
                    arrow.loop,
                    box.page if away else "",
                    box.anchor,
                    box.word,
                )
            )

    @property
    def first(self) -> str:
        return self.keys[0] if self.keys else ""

    def key_of(self, anchor: str) -> str:
        """The box of a step; "" when there is none of this name."""
        return self._by_anchor.get(anchor, "")

    def step(self, key: str) -> Step | None:
        """The step of a box; None for the box of another page."""
        return self._steps.get(key)

    def exits(self, key: str) -> tuple[Exit, ...]:
        return tuple(self._exits.get(key, ()))

    def exit_to(self, target: str) -> tuple[str, Exit] | None:
        """The first way that leads to a box, with the box it leaves."""
        for source, exits in self._exits.items():
            for way in exits:
                if way.target == target:
                    return source, way
        return None

    def spoken(self, key: str) -> str:
        """A box as it is read out."""
        box = self.boxes[key]
        if not box.number:
            kind = kind_words(box).lower()
            limit = f", {box.timeframe}" if box.timeframe else ""
            return f"{kind}: {box.title}{limit}, opens another page"
        parts = [f"step {box.number} of {len(self.keys)}", box.look.value, box.title]
        if box.lane and len(self.diagram.lanes) > 1:
            parts.append(box.lane)
        if box.timeframe:
            parts.append(f"time limit: {box.timeframe}")
        return f"{', '.join(parts)}, {self.ways_spoken(key)}"

    def ways_spoken(self, key: str) -> str:
        exits = self.exits(key)
        if not exits:
            return "no ways on"
        told = "; ".join(self._way_spoken(way) for way in exits)
        return f"{ways_on(len(exits))}: {told}"

    def _way_spoken(self, way: Exit) -> str:
        box = self.boxes[way.target]
        target = f"step {box.number}, {box.title}" if box.number else box.title
        back = "back to " if way.loop else ""
        urgent = "urgent, " if way.urgent else ""
        condition = f"{way.condition}, " if way.condition else ""
        return f"{way.number}, {condition}{back}{urgent}{target}"


def ways_on(count: int) -> str:
    """How many ways on, in words."""
    words = _COUNTS[count] if count < len(_COUNTS) else str(count)
    return f"{words} way on" if count == 1 else f"{words} ways on"


def chart_of(
    page: Page, find: Callable[[str], Page | None], emergency: Collection[str] = ()
) -> Chart:
    return Chart(page, diagram_of(page, find, emergency))
