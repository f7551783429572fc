"""Where lines leave and meet their boxes: a side, straight below, a bus; the middle of the head."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from drawing.channels import Run, stack
from drawing.lattice import Lattice

PORT_GAP = 18.0
INSET = 22.0  # ports keep off a box's corners and points
_STRAIGHT = 0.5


@dataclass(slots=True)
class Leg:
    """One wire between two neighbouring levels: its x at the top and at the bottom."""

    wire: int
    top: float
    bottom: float
    level: int  # the upper one
    foot: int = -1  # the box whose foot or side it leaves
    head: int = -1  # the box whose head it meets
    rising: bool = False
    starts: bool = False  # at its upper box, by whatever side
    ends: bool = False
    side_exit: int = 0
    bus: bool = False


@dataclass(slots=True)
class Band:
    """All that lies between two neighbouring levels."""

    legs: list[Leg] = field(default_factory=list)
    tracks: int = 0
    top: float = 0.0
    run_of: dict[int, Run] = field(default_factory=dict)


def bands_of(lattice: Lattice, x: list[float]) -> tuple[dict[int, Band], list[list[Leg]]]:
    """The bands by their upper level, all ports chosen; and the legs of every wire from the top."""
    levels = [number for number, level in enumerate(lattice.levels) if level]
    bands = {level: Band() for level in levels[:-1]}
    holds, spans = lattice.holds, lattice.grid.spans
    legs_of: list[list[Leg]] = []
    for number, wire in enumerate(lattice.wires):
        rising = spans[wire.span].rising
        legs: list[Leg] = []
        for upper, lower in pairwise(wire.holds):
            level = holds[upper].level
            leg = Leg(number, x[upper], x[lower], level, rising=rising)
            legs.append(leg)
            bands[level].legs.append(leg)
        first, last = legs[0], legs[-1]
        first.starts = last.ends = True
        first.top += wire.upper_shift
        last.bottom += wire.lower_shift
        if not wire.upper_shift:
            first.foot = wire.holds[0]
        if not wire.lower_shift:
            last.head = wire.holds[-1]
        legs_of.append(legs)
    chooser = _Chooser(lattice, x)
    for band in bands.values():
        chooser.choose(band)
    return bands, legs_of


class _Chooser:
    """Sets the ports of one band after the other."""

    def __init__(self, lattice: Lattice, x: list[float]) -> None:
        self.lattice, self.x, self.scale = lattice, x, lattice.net.scale
        self.gap = PORT_GAP * self.scale
        self.own_loops = {link.source for link in lattice.net.links if link.source == link.target}

    def choose(self, band: Band) -> None:
        into: dict[int, list[Leg]] = {}
        out: dict[int, list[Leg]] = {}
        for leg in band.legs:
            if leg.head >= 0:
                into.setdefault(leg.head, []).append(leg)
            if leg.foot >= 0:
                out.setdefault(leg.foot, []).append(leg)
        for box, legs in into.items():
            self._arrive(box, legs)
        for box, legs in out.items():
            self._leave(box, legs)
        self._run(band)

    def _flat(self, box: int) -> tuple[float, float]:
        """Where lines may meet the head or foot of a box."""
        half = self.lattice.net.sizes[box][0] / 2
        reach = half - min(INSET * self.scale, half / 2)
        return self.x[box] - reach, self.x[box] + reach

    # -- meeting the head

    def _arrive(self, box: int, legs: list[Leg]) -> None:
        """Lines meet at the middle of the head, or where one comes straight from above."""
        low, high = self._flat(box)
        middle = self.x[box]
        if any(leg.rising for leg in legs):
            self._share_head(legs, middle, low, high)
            return
        straight = [leg.top for leg in legs if low <= leg.top <= high]
        port = min(straight, key=lambda x: (abs(x - middle), x), default=middle)
        if len(legs) > 1 and len(straight) != 1 and abs(port - middle) > 30 * self.scale:
            port = middle
        for leg in legs:
            leg.bottom = port

    def _share_head(self, legs: list[Leg], middle: float, low: float, high: float) -> None:
        """Loops leave by the head too: ports in the order of the lines, neighbours that arrive share one."""
        legs.sort(key=lambda leg: (leg.top, leg.wire))
        ports: list[list[Leg]] = []
        for leg in legs:
            if ports and not leg.rising and not ports[-1][0].rising:
                ports[-1].append(leg)
            else:
                ports.append([leg])
        gap = min(1.3 * self.gap, (high - low) / max(len(ports) - 1, 1))
        for number, sharing in enumerate(ports):
            x = middle + (number - (len(ports) - 1) / 2) * gap
            for leg in sharing:
                leg.bottom = x

    # -- leaving

    def _leave(self, box: int, legs: list[Leg]) -> None:
        """The outermost by the sides where that is clear, the rest straight down or from a bus."""
        low, high = self._flat(box)
        if len(legs) == 1 and low <= legs[0].bottom <= high:
            legs[0].top = legs[0].bottom
            return
        legs.sort(key=lambda leg: (leg.bottom, leg.wire))
        for side, leg in ((-1, legs[0]), (1, legs[-1])):
            if not leg.side_exit and self._side_is_clear(box, side, leg, legs):
                leg.side_exit = side
                leg.top = leg.bottom
        rest = [leg for leg in legs if not leg.side_exit]
        if len(rest) >= 3 and any(not low <= leg.bottom <= high for leg in rest):
            port = self._bus_port(rest, box)
            for leg in rest:
                leg.top, leg.bus = port, True
        elif rest:
            self._spread(rest, box, low, high)

    def _side_is_clear(self, box: int, side: int, leg: Leg, legs: list[Leg]) -> bool:
        """Whether the way may leave at this side: nothing stands between there and its line."""
        half = self.lattice.net.sizes[box][0] / 2
        middle = self.x[box]
        if (leg.bottom - middle) * side - half < 14 * self.scale:
            return False
        if (box, side) in self.lattice.loops_on or (side > 0 and box in self.own_loops):
            return False
        if any(o is not leg and (o.bottom - middle) * side > half for o in legs):
            return False
        level = self.lattice.levels[leg.level]
        neighbour = level.index(box) + side
        if not 0 <= neighbour < len(level):
            return True
        item, x = self.lattice.holds[level[neighbour]], self.x[level[neighbour]]
        edge = x - item.left if side > 0 else x + item.right
        return (edge - leg.bottom) * side >= 6 * self.scale

    def _bus_port(self, legs: list[Leg], box: int) -> float:
        """The middle of the box, or the line that goes straight down next to it."""
        middle = self.x[box]
        near = min((leg.bottom for leg in legs), key=lambda x: abs(x - middle))
        return near if abs(near - middle) < 24 * self.scale else middle

    def _spread(self, legs: list[Leg], box: int, low: float, high: float) -> None:
        """Ports along the foot of a box in the order of their lines, straight where possible."""
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
        gap = min(self.gap, (high - low) / max(len(legs) - 1, 1))
        for place in range(1, len(legs)):
            wanted[place] = max(wanted[place], wanted[place - 1] + gap)
        if wanted[-1] > high:
            wanted[-1] = high
            for place in range(len(legs) - 2, -1, -1):
                wanted[place] = min(wanted[place], wanted[place + 1] - gap)
        for leg, port in zip(legs, wanted, strict=True):
            leg.top = port

    # -- level pieces

    def _run(self, band: Band) -> None:
        """A level piece for each line that bends; one for a fan, one for lines into one port."""
        groups: dict[tuple[int, int, float], list[Leg]] = {}
        into: dict[tuple[int, float], int] = {}
        for leg in band.legs:
            if leg.head >= 0 and not leg.rising:
                port = (leg.head, leg.bottom)
                into[port] = into.get(port, 0) + 1
        for leg in band.legs:
            if leg.head >= 0 and not leg.rising and into[leg.head, leg.bottom] > 1:
                groups.setdefault((0, leg.head, leg.bottom), []).append(leg)
            elif leg.bus:
                groups.setdefault((1, leg.foot, 0.0), []).append(leg)
            elif abs(leg.top - leg.bottom) >= _STRAIGHT:
                groups[2, leg.wire, 0.0] = [leg]
        runs: list[Run] = []
        for (kind, _, _), legs in groups.items():
            bending = [leg for leg in legs if abs(leg.top - leg.bottom) >= _STRAIGHT]
            if not bending:
                continue
            if kind == 1:
                bending = legs
            tops, bottoms = {leg.top for leg in bending}, {leg.bottom for leg in bending}
            run = Run(sorted(tops), sorted(bottoms))
            runs.append(run)
            for leg in bending:
                band.run_of[leg.wire] = run
        band.tracks = stack(runs, self.scale)
