"""What is lit in a picture, and how: the route, where one stands, the ways on, focus, hits, covers, changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drawing.colours import BOXES
from drawing.diagram import Look

_DIM = ("dim_fill", "dim_edge", "dim_ink", "dim_ink")
_DIM_URGENT = ("urgent_tint", "urgent", "urgent_ink", "urgent_ink")
URGENT = (Look.URGENT, Look.OTHER_URGENT)


@dataclass(frozen=True, slots=True)
class Lit:
    """Boxes go by their key, ways by their place in the drawing."""

    walked: bool = False  # what is neither route nor way on stands back
    route: frozenset[str] = frozenset()
    route_ways: frozenset[int] = frozenset()
    chosen: str = ""
    onward: frozenset[str] = frozenset()
    onward_ways: frozenset[int] = frozenset()
    focus: str = ""
    words: tuple[str, ...] = ()  # searched for, marked where they stand
    hits: frozenset[str] = frozenset()
    covered: frozenset[str] = frozenset()
    changes: Mapping[str, str] = field(default_factory=dict)  # key -> added, removed, changed
    way_changes: Mapping[int, str] = field(default_factory=dict)
    flag: str = "You are here"  # on the chosen box; "" for none

    def dims(self, key: str) -> bool:
        """Whether a box stands back."""
        return (
            self.walked
            and key not in self.route
            and key not in self.onward
            and key != self.chosen
            and key not in self.hits
        )

    def dims_way(self, number: int) -> bool:
        return self.walked and number not in self.route_ways and number not in self.onward_ways


NOTHING = Lit()


def colours(look: Look, dim: bool) -> tuple[str, str, str, str]:
    """Fill, border, the kind's colour and that of the other words."""
    if dim:
        return _DIM_URGENT if look in URGENT else _DIM
    return BOXES[look]
