"""A person's walk through a pathway: where they stand, the trail behind them, and back. Kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.graph.chart import Chart, Exit
from desktop.graph.lit import Lit
from knowledge.dates import in_words
from knowledge.model import Page, Status


@dataclass(frozen=True, slots=True)
class Stop:
    """A box that was left, and by which of its ways."""

    key: str
    number: int


@dataclass(frozen=True, slots=True)
class Leg:
    """The walk through a pathway that led on to another one."""

    chart: Chart
    stops: tuple[Stop, ...]

    @property
    def page(self) -> Page:
        return self.chart.page

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of it, with their numbers."""
        boxes = [self.chart.boxes[stop.key] for stop in self.stops]
        return tuple(f"{box.number} {box.title}" for box in boxes)


class Walk(QObject):
    """One thing is chosen; graph, outline and step panel all show it."""

    changed = Signal()  # another box is chosen, or the trail differs
    left = Signal(object)  # Exit: a way to another page was taken
    returned = Signal(object)  # Leg: back to the pathway before

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self.chart = chart
        self.legs: tuple[Leg, ...] = ()
        self.stops: tuple[Stop, ...] = ()
        self.at = chart.first
        self.chosen = chart.first

    # -- moving -------------------------------------------------------------------------------

    @property
    def walked(self) -> bool:
        return bool(self.stops or self.legs)

    @property
    def length(self) -> int:
        """How many steps the route has, the one stood on included."""
        return sum(len(leg.stops) for leg in self.legs) + len(self.stops) + 1

    @property
    def trail(self) -> tuple[str, ...]:
        """The boxes of this pathway on the route, in order."""
        return (*(stop.key for stop in self.stops), self.at) if self.walked else ()

    def look(self, key: str) -> None:
        """Choose a box without walking."""
        if key in self.chart.boxes and key != self.chosen:
            self.chosen = key
            if not self.walked:
                self.at = key
            self.changed.emit()

    def choose(self, key: str) -> None:
        """A box was clicked: back to it, on to it, to its page, or just a look at it."""
        if key not in self.chart.boxes or key == self.chosen:
            return
        if key in self.trail:
            self.back_to(key)
            return
        ways = [way for way in self.chart.exits(self.chosen) if way.target == key]
        if len(ways) == 1:
            self.take(ways[0].number)
        elif self.chart.step(key) is None:
            found = self.chart.exit_to(key)
            if found is not None:
                self.left.emit(found[1])
        else:
            self.look(key)

    def take(self, number: int) -> None:
        """Take a way on from the chosen step."""
        exits = self.chart.exits(self.chosen)
        if not 1 <= number <= len(exits):
            return
        way = exits[number - 1]
        if way.page and way.word not in ("Pathway", "Urgent pathway"):
            self.left.emit(way)  # a service or another page: looked up, not walked
            return
        if self.walked and self.chosen != self.at:
            self.legs, self.stops = (), ()  # a route begins where somebody begins to walk
        self.stops = (*self.stops, Stop(self.chosen, number))
        if way.page:
            self.left.emit(way)
            return
        self.at = self.chosen = way.target
        self.changed.emit()

    def back(self) -> None:
        """One step back."""
        if self.chosen != self.at:
            self.look(self.at)
        elif self.stops:
            self.back_to(self.stops[-1].key)
        elif self.legs:
            self.returned.emit(self.legs[-1])

    def back_to(self, key: str) -> None:
        """Back to a step of the trail; what came after it is forgotten."""
        places = [place for place, stop in enumerate(self.stops) if stop.key == key]
        if places:
            self.stops = self.stops[: places[-1]]
            self.at = key
        self.chosen = key
        self.changed.emit()

    def restart(self) -> None:
        """From the first step again, with no route."""
        first = self.legs[0] if self.legs else None
        self.legs, self.stops = (), ()
        self.at = self.chosen = self.chart.first
        if first is not None:
            self.returned.emit(Leg(first.chart, ()))
        else:
            self.changed.emit()

    # -- showing ------------------------------------------------------------------------------

    def lit(self, focus: str = "") -> Lit:
        """What the picture lights."""
        exits = self.chart.exits(self.chosen)
        ways = {stop: self.chart.exits(stop.key)[stop.number - 1] for stop in self.stops}
        return Lit(
            walked=self.walked,
            route=frozenset(self.trail),
            route_ways=frozenset(way.way for way in ways.values()),
            chosen=self.chosen,
            onward=frozenset(way.target for way in exits),
            onward_ways=frozenset(way.way for way in exits),
            focus=focus,
        )

    def as_text(self) -> str:
        """The route in plain words, for a note."""
        lines = ["Your route through the chart"]
        legs = (*self.legs, Leg(self.chart, self.stops))
        for place, leg in enumerate(legs):
            lines += ["", leg.page.title, _standing(leg.page)]
            lines += [_line(leg.chart, stop) for stop in leg.stops]
            if place == len(legs) - 1:
                lines.append(_title(leg.chart, self.at))
        return "\n".join(lines) + "\n"

    # -- keeping within the session -----------------------------------------------------------

    def keep(self) -> dict[str, Any]:
        return {"legs": self.legs, "stops": self.stops, "at": self.at, "chosen": self.chosen}

    def restore(self, kept: dict[str, Any]) -> None:
        """Come back to a walk; what does not fit the pathway any more is left out."""
        self.legs = kept["legs"]
        self.stops, self.at, self.chosen = kept["stops"], kept["at"], kept["chosen"]
        self.rebind(self.chart)

    def rebind(self, chart: Chart) -> None:
        """Walk on in a changed pathway, as far as the route still exists in it."""
        before, self.chart = self.chart, chart
        kept: list[Stop] = []
        broken = ""
        for stop in self.stops:
            ways = chart.exits(stop.key)
            old = before.exits(stop.key)
            same = stop.number <= min(len(ways), len(old)) and (
                ways[stop.number - 1].target == old[stop.number - 1].target
            )
            if not same:
                broken = stop.key
                break
            kept.append(stop)
        self.stops = tuple(kept)
        if broken or self.at not in chart.boxes:
            self.at = broken if broken in chart.boxes else chart.first
        if self.chosen not in chart.boxes or chart.step(self.chosen) is None:
            self.chosen = self.at
        self.changed.emit()


def exit_of(leg: Leg) -> Exit | None:
    """The way by which a pathway was left."""
    if not leg.stops:
        return None
    return leg.chart.exits(leg.stops[-1].key)[leg.stops[-1].number - 1]


def _title(chart: Chart, key: str) -> str:
    box = chart.boxes.get(key)
    if box is None:
        return ""
    limit = f" ({box.timeframe})" if box.timeframe else ""
    return f"{box.number}. {box.title}{limit}" if box.number else f"{box.title}{limit}"


def _line(chart: Chart, stop: Stop) -> str:
    way = chart.exits(stop.key)[stop.number - 1]
    condition = f" {way.condition}" if way.condition else ""
    return f"{_title(chart, stop.key)} →{condition}"


def _standing(page: Page) -> str:
    """How far the page can be trusted, in one line."""
    words = {
        Status.SAMPLE: "Sample content, not approved for clinical use",
        Status.DRAFT: "Draft, not approved",
        Status.IN_CHECK: "Being checked, not approved",
        Status.WITHDRAWN: "Withdrawn",
        Status.APPROVED: "Approved",
    }
    said = words[page.status]
    if page.status is Status.APPROVED and page.approved_on is not None:
        said += f" {in_words(page.approved_on)}"
    version = f", version {page.version}" if page.version else ""
    review = f", review by {in_words(page.review_by)}" if page.review_by is not None else ""
    return f"{said}{version}{review}"
