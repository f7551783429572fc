"""From places along the rows to a plan: ports, heights of rows and gaps, right-angled lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from drawing.channels import Run, stack
from drawing.diagram import Point, Rect
from drawing.lattice import Lattice, Wire
from drawing.net import Plan, self_loop_room

BARE, TRACK, ARROW = (
    22.0,
    13.0,
    12.0,
)  # a gap without a bend, between level pieces, an arrowhead's room
LEAD, TURN = (
    12.0,
    12.0,
)  # upright from a box to the first level piece, from the last one to what follows
LABEL_PAD = 4.0
PORT_GAP = 18.0
INSET = 22.0  # ports keep off a box's corners and points


@dataclass(slots=True)
class _Leg:
    """One wire in one gap: from the level above (x at the top) to the level below."""

    wire: int
    top: float
    bottom: float
    upper: int  # hold
    lower: int
    side_exit: int = 0
    bus: bool = False


@dataclass(slots=True)
class _Band:
    """The level pieces between two neighbouring levels."""

    legs: list[_Leg]
    runs: list[Run] = field(default_factory=list)
    tracks: int = 0
    top: float = 0.0
    run_of: dict[int, Run] = field(default_factory=dict)


class Router:
    """Works through the levels from the top; `plan` is the result."""

    def __init__(self, lattice: Lattice, x: list[float], walls: list[float]) -> None:
        self.lattice, self.x, self.walls = lattice, x, walls
        self.scale = lattice.net.scale
        self.used = [n for n, level in enumerate(lattice.levels) if level]
        self.bands: list[_Band] = []
        self.legs: list[list[tuple[_Band, _Leg]]] = [[] for _ in lattice.wires]
        self.y_top: dict[int, float] = {}
        self.height: dict[int, float] = {}
        self.rising = [lattice.grid.spans[wire.span].rising for wire in lattice.wires]

    def plan(self) -> Plan:
        self._bands()
        for band in self.bands:
            self._arrivals(band)
            self._exits(band)
            self._runs(band)
        self._heights()
        net = self.lattice.net
        boxes = [self._box(number) for number in range(len(net.sizes))]
        lines: list[list[Point]] = [[] for _ in net.links]
        labels: list[Rect | None] = [None] * len(net.links)
        for wire in self.lattice.wires:
            link = self.lattice.grid.spans[wire.span].link
            line = _tidy(self._line(wire, boxes))
            lines[link] = line[::-1] if self.rising[wire.span] else line
        for hold, item in enumerate(self.lattice.holds):
            if item.label >= 0:
                wide, high = net.links[item.label].label or (0.0, 0.0)
                labels[item.label] = Rect(
                    self.x[hold] - wide / 2, self.y_top[item.level], wide, high
                )
        self._own_loops(boxes, lines, labels)
        return Plan(boxes, lines, labels, list(self.lattice.grid.ranks), self.walls, refined=True)

    # -- legs and ports

    def _bands(self) -> None:
        bands: dict[int, _Band] = {level: _Band([]) for level in self.used[:-1]}
        holds = self.lattice.holds
        for number, wire in enumerate(self.lattice.wires):
            chain = wire.holds
            for upper, lower in pairwise(chain):
                top = self.x[upper] + (wire.upper_shift if upper == chain[0] else 0.0)
                bottom = self.x[lower] + (wire.lower_shift if lower == chain[-1] else 0.0)
                band = bands[holds[upper].level]
                leg = _Leg(number, top, bottom, upper, lower)
                band.legs.append(leg)
                self.legs[number].append((band, leg))
        self.bands = [bands[level] for level in self.used[:-1]]

    def _flat(self, box: int) -> tuple[float, float]:
        """Where lines may meet the top or foot of a box."""
        half = self.lattice.net.sizes[box][0] / 2
        inset = min(INSET * self.scale, half / 2)
        return self.x[box] - half + inset, self.x[box] + half - inset

    def _beside(self, leg: _Leg, upper: bool) -> bool:
        wire = self.lattice.wires[leg.wire]
        return (wire.upper_shift if upper else wire.lower_shift) != 0.0

    def _arrivals(self, band: _Band) -> None:
        """Lines into the head of a box meet at its middle, or above where one comes straight."""
        holds = self.lattice.holds
        into: dict[int, list[_Leg]] = {}
        for leg in band.legs:
            if holds[leg.lower].box >= 0 and not self._beside(leg, False):
                into.setdefault(leg.lower, []).append(leg)
        for box, legs in into.items():
            low, high = self._flat(box)
            middle = self.x[box]
            joining = [leg for leg in legs if not self.rising[leg.wire]]
            alone = [leg for leg in legs if self.rising[leg.wire]]
            straight = [leg.top for leg in joining if low <= leg.top <= high]
            port = min(straight, key=lambda x: (abs(x - middle), x), default=middle)
            if joining and len(straight) != 1 and len(joining) > 1 and abs(port - middle) > 30:
                port = middle
            for leg in joining:
                leg.bottom = port
            if len(alone) == 1 and self._parted(joining, alone[0], middle):
                continue
            self._top_exits(alone, port if joining else None, low, high)

    def _parted(self, joining: list[_Leg], loop: _Leg, middle: float) -> bool:
        """A loop that leaves upwards between arriving lines: they meet left and right of it."""
        lefts = [leg for leg in joining if leg.top < loop.top]
        if not lefts or len(lefts) == len(joining):
            return False
        for leg in joining:
            leg.bottom = middle + (-1 if leg in lefts else 1) * 1.3 * PORT_GAP * self.scale
        loop.bottom = middle
        return True

    def _top_exits(self, legs: list[_Leg], taken: float | None, low: float, high: float) -> None:
        """Loops that leave by the head of their box keep off the arriving lines."""
        gap = PORT_GAP * self.scale
        lefts = sorted((leg for leg in legs if taken is not None and leg.top < taken), key=_top)
        rights = [leg for leg in sorted(legs, key=_top) if leg not in lefts]
        start = taken
        for leg in reversed(lefts):
            assert start is not None
            leg.bottom = start = max(min(leg.top, start - gap), low - gap / 3)
        start = taken
        for leg in rights:
            floor = low if start is None else start + gap
            leg.bottom = start = min(max(leg.top, floor), high + gap / 3)

    def _exits(self, band: _Band) -> None:
        """Where each line leaves its box: a side when clear, straight down, or from a bus."""
        holds = self.lattice.holds
        out: dict[int, list[_Leg]] = {}
        for leg in band.legs:
            if holds[leg.upper].box >= 0 and not self._beside(leg, True):
                out.setdefault(leg.upper, []).append(leg)
        for box, legs in out.items():
            legs.sort(key=lambda leg: (leg.bottom, leg.wire))
            low, high = self._flat(box)
            self._side_exits(box, legs)
            rest = [leg for leg in legs if not leg.side_exit]
            outside = [leg for leg in rest if not low <= leg.bottom <= high]
            if len(rest) >= 3 and outside:
                port = self._bus_port(rest, box)
                for leg in rest:
                    leg.top, leg.bus = port, True
            else:
                self._spread(rest, box, low, high)

    def _bus_port(self, legs: list[_Leg], box: int) -> float:
        """The middle of the box, or the line that goes straight down next to it."""
        middle = self.x[box]
        near = min((leg.bottom for leg in legs), key=lambda x: abs(x - middle))
        return near if abs(near - middle) < 24 * self.scale else middle

    def _side_exits(self, box: int, legs: list[_Leg]) -> None:
        """The outermost way leaves at the side when nothing stands between there and its line."""
        holds = self.lattice.holds
        half = self.lattice.net.sizes[box][0] / 2
        level = self.lattice.levels[holds[box].level]
        at = level.index(box)
        for side, leg in ((-1, legs[0]), (1, legs[-1])):
            reach = (leg.bottom - self.x[box]) * side - half
            if leg.side_exit or reach < 14 * self.scale or (box, side) in self.lattice.loops_on:
                continue
            if len(legs) == 1 and not self._far(leg, box):
                continue
            others = [o for o in legs if o is not leg and (o.bottom - self.x[box]) * side > half]
            if others or self._own_loop(box, side):
                continue
            neighbour = at + side
            if 0 <= neighbour < len(level):
                hold = level[neighbour]
                item = holds[hold]
                edge = self.x[hold] - item.left if side > 0 else self.x[hold] + item.right
                if (edge - leg.bottom) * side < 6 * self.scale:
                    continue
            leg.side_exit = side
            leg.top = leg.bottom

    def _far(self, leg: _Leg, box: int) -> bool:
        return abs(leg.bottom - self.x[box]) > self.lattice.net.sizes[box][0] / 2

    def _own_loop(self, box: int, side: int) -> bool:
        return side > 0 and any(
            link.source == link.target == box for link in self.lattice.net.links
        )

    def _spread(self, legs: list[_Leg], box: int, low: float, high: float) -> None:
        """Ports along the foot of a box in the order of their lines, straight where possible."""
        if not legs:
            return
        middle = self.x[box]
        quarter = (high - low) / 4
        wanted: list[float] = []
        for leg in legs:
            if low <= leg.bottom <= high:
                wanted.append(leg.bottom)
            elif len(legs) == 1:
                wanted.append(middle)
            else:
                wanted.append(middle + (quarter if leg.bottom > middle else -quarter))
        gap = min(PORT_GAP * self.scale, (high - low) / max(len(legs) - 1, 1))
        for place in range(1, len(legs)):
            wanted[place] = max(wanted[place], wanted[place - 1] + gap)
        over = wanted[-1] - high
        if over > 0:
            wanted[-1] = high
            for place in range(len(legs) - 2, -1, -1):
                wanted[place] = min(wanted[place], wanted[place + 1] - gap)
        for leg, port in zip(legs, wanted, strict=True):
            leg.top = port

    # -- level pieces

    def _joins(self, leg: _Leg) -> bool:
        """Whether the line ends here at the head of a box, where others may join it."""
        at_head = self.lattice.holds[leg.lower].box >= 0 and not self._beside(leg, False)
        return at_head and not self.rising[leg.wire]

    def _runs(self, band: _Band) -> None:
        """One run for each line that bends, one shared by a fan, one by the lines into one box."""
        joins = Counter((leg.lower, leg.bottom) for leg in band.legs if self._joins(leg))
        groups: dict[tuple[str, int, float], list[_Leg]] = {}
        for leg in band.legs:
            if joins[leg.lower, leg.bottom] > 1 and self._joins(leg):
                groups.setdefault(("join", leg.lower, leg.bottom), []).append(leg)
            elif leg.bus:
                groups.setdefault(("fan", leg.upper, 0.0), []).append(leg)
            else:
                groups.setdefault(("own", leg.wire, 0.0), []).append(leg)
        for legs in groups.values():
            if all(abs(leg.top - leg.bottom) < 0.5 for leg in legs):
                continue
            bending = [leg for leg in legs if abs(leg.top - leg.bottom) >= 0.5]
            if legs[0].bus and len(legs) > 1:
                bending = legs
            run = Run(
                sorted({leg.top for leg in bending}),
                sorted({leg.bottom for leg in bending}),
                [leg.wire for leg in bending],
            )
            band.runs.append(run)
            band.run_of.update((leg.wire, run) for leg in bending)
        band.tracks = stack(band.runs, self.scale)

    # -- heights

    def _heights(self) -> None:
        net, holds, scale = self.lattice.net, self.lattice.holds, self.scale
        y = 0.0
        for place, level in enumerate(self.used):
            self.y_top[level] = y
            tall = 0.0
            for hold in self.lattice.levels[level]:
                item = holds[hold]
                if item.box >= 0:
                    tall = max(tall, net.sizes[item.box][1])
                elif item.label >= 0:
                    tall = max(tall, (net.links[item.label].label or (0.0, 0.0))[1])
            self.height[level] = tall
            y += tall
            if place < len(self.bands):
                band = self.bands[place]
                band.top = y
                y += self._band_height(band, level, self.used[place + 1]) * scale

    def _band_height(self, band: _Band, above: int, below: int) -> float:
        arrow = ARROW if below % 2 == 0 else 0.0
        if not band.tracks:
            if above % 2 == 0 and below % 2 == 0:
                return BARE
            return LABEL_PAD + arrow
        lead = LEAD if above % 2 == 0 else TURN - 2
        return lead + TRACK * (band.tracks - 1) + TURN + arrow

    def _track_y(self, band: _Band, track: int, above: int) -> float:
        lead = LEAD if above % 2 == 0 else TURN - 2
        return band.top + (lead + TRACK * track) * self.scale

    def _box(self, box: int) -> Rect:
        width, height = self.lattice.net.sizes[box]
        return Rect(
            self.x[box] - width / 2, self.y_top[self.lattice.holds[box].level], width, height
        )

    # -- lines

    def _line(self, wire: Wire, boxes: list[Rect]) -> list[Point]:
        """The line from its upper box to its lower one."""
        holds = self.lattice.holds
        number = wire.span
        span = self.lattice.grid.spans[number]
        upper, lower = boxes[span.upper], boxes[span.lower]
        points: list[Point] = []
        for band, leg in self.legs[number]:
            if holds[leg.upper].box >= 0:
                points += self._start(leg, wire, upper)
            level = holds[leg.upper].level
            run = band.run_of.get(number)
            if run is not None:
                y = self._track_y(band, run.track, level)
                points += [(leg.top, y), (leg.bottom, y)]
            else:
                points.append((leg.top, band.top))
            if holds[leg.lower].box >= 0:
                points += self._end(leg, wire, lower)
        return points

    def _start(self, leg: _Leg, wire: Wire, box: Rect) -> list[Point]:
        if leg.side_exit:
            y = box.middle[1]
            x = box.right if leg.side_exit > 0 else box.x
            return [(x, y), (leg.top, y)]
        if wire.upper_shift:
            y = self._loop_y(wire, box, True)
            x = box.right if wire.upper_shift > 0 else box.x
            return [(x, y), (leg.top, y)]
        return [(leg.top, box.bottom)]

    def _end(self, leg: _Leg, wire: Wire, box: Rect) -> list[Point]:
        if wire.lower_shift:
            y = self._loop_y(wire, box, False)
            x = box.right if wire.lower_shift > 0 else box.x
            return [(leg.bottom, y), (x, y)]
        return [(leg.bottom, box.y)]

    def _loop_y(self, wire: Wire, box: Rect, upper: bool) -> float:
        """The height at which a loop meets the side of a box; several are kept uncrossed."""
        span = self.lattice.grid.spans[wire.span]
        number = span.upper if upper else span.lower
        shift = wire.upper_shift if upper else wire.lower_shift
        spans = self.lattice.loops_on[number, 1 if shift > 0 else -1]
        # Lines from above meet the side first, the nearest highest; lines going down after, the
        # nearest lowest.
        rising = [s for s in spans if self.lattice.grid.spans[s].lower == number]
        falling = [s for s in spans if self.lattice.grid.spans[s].upper == number]
        order = rising + falling[::-1]
        step = min(12.0 * self.scale, box.height * 0.7 / len(order))
        return box.middle[1] + (order.index(wire.span) - (len(order) - 1) / 2) * step

    def _own_loops(
        self, boxes: list[Rect], lines: list[list[Point]], labels: list[Rect | None]
    ) -> None:
        """A way from a step to itself: out and in again at the right side, words on it."""
        next_y: dict[int, float] = {}
        for number, link in enumerate(self.lattice.net.links):
            if link.source != link.target:
                continue
            box = boxes[link.source]
            wide, high = link.label or (0.0, 0.0)
            room = self_loop_room(link, self.scale)
            if link.source not in next_y:
                own = [x for x in self.lattice.net.links if x.source == x.target == link.source]
                whole = sum(self_loop_room(x, self.scale) for x in own)
                next_y[link.source] = box.middle[1] - whole / 2
            top = next_y[link.source] + 2 * self.scale
            foot = next_y[link.source] + room - 2 * self.scale
            next_y[link.source] += room
            reach = self._loops_reach(link.source) + 22 * self.scale
            x = box.right + reach + wide / 2
            lines[number] = [(box.right, foot), (x, foot), (x, top), (box.right, top)]
            if link.label:
                labels[number] = Rect(x - wide / 2, (top + foot - high) / 2, wide, high)

    def _loops_reach(self, box: int) -> float:
        count = len(self.lattice.loops_on.get((box, 1), ()))
        return (26.0 + 14.0 * count) * self.scale if count else 0.0


def _top(leg: _Leg) -> tuple[float, int]:
    return leg.top, leg.wire


def _tidy(points: list[Point]) -> list[Point]:
    """Without repeated points and points in the middle of a straight piece."""
    kept: list[Point] = []
    for x, y in points:
        point = (round(x, 2), round(y, 2))
        if kept and abs(kept[-1][0] - point[0]) < 0.5 and abs(kept[-1][1] - point[1]) < 0.5:
            continue
        while len(kept) > 1 and (
            kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]
        ):
            kept.pop()
        kept.append(point)
    return kept
