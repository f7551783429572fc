"""From places along the rows to a plan: heights of rows and gaps, and right-angled lines."""

from __future__ import annotations

from drawing.diagram import Point, Rect
from drawing.lattice import Lattice, Wire
from drawing.net import Plan, self_loop_room
from drawing.ports import Band, Leg, bands_of

# A gap without a bend; between level pieces; the room of an arrowhead.
BARE, TRACK, ARROW = 22.0, 13.0, 12.0
# Upright from a box to the first level piece; from the last one to what follows.
LEAD, TURN = 12.0, 12.0
LABEL_PAD = 4.0


class Router:
    """Works through the levels from the top; `plan` is the result."""

    def __init__(self, lattice: Lattice, x: list[float], walls: list[float]) -> None:
        self.lattice, self.x, self.walls = lattice, x, walls
        self.scale = lattice.net.scale
        self.used = [n for n, level in enumerate(lattice.levels) if level]
        self.y_top: dict[int, float] = {}
        self.bands: dict[int, Band] = {}
        self.legs: list[list[Leg]] = []

    def plan(self) -> Plan:
        self.bands, self.legs = bands_of(self.lattice, self.x)
        self._heights()
        net, spans = self.lattice.net, self.lattice.grid.spans
        boxes = [self._box(number) for number in range(len(net.sizes))]
        lines: list[list[Point]] = [[] for _ in net.links]
        labels: list[Rect | None] = [None] * len(net.links)
        for wire in self.lattice.wires:
            span = spans[wire.span]
            line = _tidy(self._line(wire, boxes[span.upper], boxes[span.lower]))
            lines[span.link] = line[::-1] if span.rising else line
        for hold, item in enumerate(self.lattice.holds):
            if item.label >= 0:
                wide, high = net.links[item.label].label or (0.0, 0.0)
                left = self.x[hold] - wide / 2
                labels[item.label] = Rect(left, self.y_top[item.level], wide, high)
        self._own_loops(boxes, lines, labels)
        return Plan(boxes, lines, labels, list(self.lattice.grid.ranks), self.walls)

    # -- heights

    def _heights(self) -> None:
        net, holds = self.lattice.net, self.lattice.holds
        y = 0.0
        for level in self.used:
            self.y_top[level] = y
            tall = 0.0
            for hold in self.lattice.levels[level]:
                item = holds[hold]
                if item.box >= 0:
                    tall = max(tall, net.sizes[item.box][1])
                elif item.label >= 0:
                    tall = max(tall, (net.links[item.label].label or (0.0, 0.0))[1])
            y += tall
            band = self.bands.get(level)
            if band is not None:
                band.top = y
                y += self._band_height(band, level) * self.scale

    def _band_height(self, band: Band, above: int) -> float:
        to_boxes = above % 2 == 1 or not self.lattice.levels[above + 1]
        arrow = ARROW if to_boxes else 0.0
        if not band.tracks:
            return BARE if to_boxes and above % 2 == 0 else LABEL_PAD + arrow
        lead = LEAD if above % 2 == 0 else TURN - 2
        return lead + TRACK * (band.tracks - 1) + TURN + arrow

    def _box(self, box: int) -> Rect:
        width, height = self.lattice.net.sizes[box]
        top = self.y_top[self.lattice.holds[box].level]
        return Rect(self.x[box] - width / 2, top, width, height)

    # -- lines

    def _line(self, wire: Wire, upper: Rect, lower: Rect) -> list[Point]:
        """The line from its upper box to its lower one."""
        points: list[Point] = []
        for leg in self.legs[wire.span]:
            band = self.bands[leg.level]
            if leg.starts:
                points += self._start(leg, wire, upper)
            run = band.run_of.get(leg.wire)
            if run is not None:
                lead = LEAD if leg.level % 2 == 0 else TURN - 2
                y = band.top + (lead + TRACK * run.track) * self.scale
                points += [(leg.top, y), (leg.bottom, y)]
            else:
                points.append((leg.top, band.top))
            if leg.ends:
                points += self._end(leg, wire, lower)
        return points

    def _start(self, leg: Leg, wire: Wire, box: Rect) -> list[Point]:
        if leg.side_exit:
            y = box.middle[1]
            x = box.right if leg.side_exit > 0 else box.x
            return [(x, y), (leg.top, y)]
        if wire.upper_shift:
            y = self._loop_y(wire, box, True)
            x = box.right if wire.upper_shift > 0 else box.x
            return [(x, y), (leg.top, y)]
        return [(leg.top, box.bottom)]

    def _end(self, leg: Leg, wire: Wire, box: Rect) -> list[Point]:
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
        step = min(15.0 * self.scale, box.height * 0.75 / len(order))
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


def _tidy(points: list[Point]) -> list[Point]:
    """Without repeated points and points in the middle of a straight piece."""
    kept: list[Point] = []
    for x, y in points:
        x, y = round(x, 2), round(y, 2)
        if kept:
            last_x, last_y = kept[-1]
            if abs(last_x - x) < 0.5 and abs(last_y - y) < 0.5:
                continue
            if len(kept) > 1:
                before_x, before_y = kept[-2]
                if before_x == last_x == x or before_y == last_y == y:
                    kept.pop()
        kept.append((x, y))
    return kept
