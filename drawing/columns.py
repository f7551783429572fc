"""Where each item stands along its row: lines as straight and short as order allows."""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter

from drawing.lattice import GAP_BOX, Hold, Lattice
from drawing.simplex import Arc, simplex

_STEP = 2  # whole numbers for the simplex: half pixels
_LANE_PAD = 18.0
_MANY = 900
_PIVOTS = 1500
_ROUNDS = 2
_ANCHOR = 3  # how much an old place weighs beside the straightness of a line
_SPACE = 4000.0  # room to the left of the leftmost old place


def places(
    lattice: Lattice, quick: bool = False, anchors: dict[int, float] | None = None
) -> tuple[list[float], list[float]]:
    """The x of every hold, and of the walls between lanes. Anchors hold boxes near old places."""
    return _Columns(lattice, quick, anchors or {}).solve()


class _Columns:
    def __init__(self, lattice: Lattice, quick: bool, anchors: dict[int, float]) -> None:
        self.lattice = lattice
        self.quick = quick
        self.anchors = anchors
        count = len(lattice.holds)
        self.walls = max(lattice.net.columns - 1, 0)
        self.count = count + self.walls
        self.block = list(range(self.count))
        self.next: list[set[int]] = [set() for _ in range(self.count)]
        self.gaps = list(self._gaps())
        for left, right, _ in self.gaps if self.walls else ():
            self.next[left].add(right)

    def _gaps(self) -> list[tuple[int, int, float]]:
        """(left, right, distance) for neighbours in a level, and for boxes beside a lane's wall."""
        lattice, scale = self.lattice, self.lattice.net.scale
        gaps: list[tuple[int, int, float]] = []
        first_wall = len(lattice.holds)
        for level in lattice.levels:
            for left, right in pairwise(level):
                a, b = lattice.holds[left], lattice.holds[right]
                gaps.append((left, right, a.right + b.left + _between(a, b) * scale))
            if not self.walls:
                continue
            boxes = [hold for hold in level if lattice.holds[hold].lane >= 0]
            for wall in range(self.walls):
                before = [h for h in boxes if lattice.holds[h].lane <= wall]
                after = [h for h in boxes if lattice.holds[h].lane > wall]
                if before:
                    reach = lattice.holds[before[-1]].right + _LANE_PAD * scale
                    gaps.append((before[-1], first_wall + wall, reach))
                if after:
                    reach = lattice.holds[after[0]].left + _LANE_PAD * scale
                    gaps.append((first_wall + wall, after[0], reach))
        for wall in range(self.walls - 1):
            gaps.append((first_wall + wall, first_wall + wall + 1, 120.0 * scale))
        return gaps

    # -- holds that shall stand in one line

    def _find(self, node: int) -> int:
        while self.block[node] != node:
            self.block[node] = self.block[self.block[node]]
            node = self.block[node]
        return node

    def _reaches(self, start: int, goal: int) -> bool:
        seen, stack = {start}, [start]
        while stack:
            for node in self.next[stack.pop()]:
                node = self._find(node)
                if node == goal:
                    return True
                if node not in seen:
                    seen.add(node)
                    stack.append(node)
        return False

    def _join(self, a: int, b: int) -> None:
        """Put two holds on one upright line, unless something must stand between them."""
        a, b = self._find(a), self._find(b)
        if a == b or self._reaches(a, b) or self._reaches(b, a):
            return
        low, high = min(a, b), max(a, b)
        self.block[high] = low
        self.next[low] |= self.next[high]

    def _straighten(self) -> None:
        """Let every line that passes rows do so in one upright, where uprights do not cross."""
        holds = self.lattice.holds
        inner = [[h for h in wire.holds if holds[h].box < 0] for wire in self.lattice.wires]
        if self.walls:
            for chain in inner:
                for a, b in pairwise(chain):
                    self._join(a, b)
            return
        # Without walls it is enough that no two uprights cross between neighbouring levels.
        place = {hold: at for level in self.lattice.levels for at, hold in enumerate(level)}
        taken: dict[int, list[tuple[int, int]]] = {}
        for chain in inner:
            for a, b in pairwise(chain):
                here, there = place[a], place[b]
                others = taken.setdefault(holds[a].level, [])
                if all((x < here) == (y < there) for x, y in others):
                    others.append((here, there))
                    low, high = sorted((self._find(a), self._find(b)))
                    self.block[high] = low

    # -- the weighted task

    def solve(self) -> tuple[list[float], list[float]]:
        if len(self.lattice.holds) <= _MANY:
            self._straighten()
        number: dict[int, int] = {}
        for node in range(self.count):
            number.setdefault(self._find(node), len(number))
        index = [number[self._find(node)] for node in range(self.count)]
        arcs: dict[tuple[int, int], int] = {}
        for left, right, distance in self.gaps:
            ends = (index[left], index[right])
            arcs[ends] = max(arcs.get(ends, 0), round(distance * _STEP + 0.49))
        task: list[Arc] = [(a, b, least, 0) for (a, b), least in arcs.items()]
        extra = len(number)
        pulls = self._pulls(index)
        start = _relaxed(len(number), arcs, pulls)
        if self.quick:
            return self._split(start, index, 0)
        for a, b, offset, weight in pulls:
            task.append((extra, a, max(-offset, 0), weight))
            task.append((extra, b, max(offset, 0), weight))
            start.append(min(start[a] - max(-offset, 0), start[b] - max(offset, 0)))
            extra += 1
        # One more node holds islands, lone boxes and old places together.
        origin = extra
        start.append(min(start))
        extra += 1
        for node in range(len(number)):
            task.append((origin, node, 0, 0))
        zero = min(self.anchors.values(), default=0.0) - _SPACE
        for box, x in sorted(self.anchors.items()):
            goal = round((x - zero) * _STEP)
            task.append((extra, index[box], goal, _ANCHOR))
            task.append((extra, origin, 0, _ANCHOR))
            start.append(min(start[index[box]] - goal, start[origin]))
            extra += 1
        found = simplex(extra, task, start, _PIVOTS)
        if self.anchors:
            return self._split(found, index, found[origin] - round(zero * _STEP))
        _centre(found, len(number), list(arcs.items()), pulls, self._forks(index))
        return self._split(found, index, found[origin])

    def _split(self, at: list[int], index: list[int], zero: int) -> tuple[list[float], list[float]]:
        """Places of the holds, and of the walls."""
        x = [(at[index[node]] - zero) / _STEP for node in range(self.count)]
        holds = len(self.lattice.holds)
        return x[:holds], x[holds:]

    def _pulls(self, index: list[int]) -> list[tuple[int, int, int, int]]:
        """(a, b, offset, weight): a line asks that x[b] = x[a] + offset, with some weight."""
        lattice = self.lattice
        main = _main_spans(lattice)
        pulls: list[tuple[int, int, int, int]] = []
        for wire in lattice.wires:
            chain = wire.holds
            for upper, lower in pairwise(chain):
                if index[upper] == index[lower]:
                    continue
                # A label or passing line stands straight above the box it leads to: one bend, at
                # its start.
                if lattice.holds[lower].box >= 0:
                    weight = 2 if lattice.holds[upper].box >= 0 else 6
                else:
                    weight = 3 if lattice.holds[upper].box >= 0 else 8
                weight *= 3 if wire.span in main else 1
                offset = 0.0
                if upper == chain[0]:
                    offset += wire.upper_shift
                if lower == chain[-1]:
                    offset -= wire.lower_shift
                pulls.append((index[upper], index[lower], round(offset * _STEP), weight))
        return pulls

    def _forks(self, index: list[int]) -> set[int]:
        """Boxes with several ways on: they stand in the middle above them."""
        ways: dict[int, int] = {}
        for wire in self.lattice.wires:
            if not wire.upper_shift:
                ways[wire.holds[0]] = ways.get(wire.holds[0], 0) + 1
        return {index[box] for box, count in ways.items() if count > 1}


Neighbours = list[list[tuple[int, int]]]


def _relaxed(
    count: int, gaps: dict[tuple[int, int], int], pulls: list[tuple[int, int, int, int]]
) -> list[int]:
    """Good places fast: each goes as near to what its lines ask for as neighbours let it."""
    lows: Neighbours = [[] for _ in range(count)]
    highs: Neighbours = [[] for _ in range(count)]
    for (left, right), distance in gaps.items():
        lows[right].append((left, distance))
        highs[left].append((right, distance))
    order, at = _packed(lows, highs)
    wants: list[list[tuple[int, int, int]]] = [[] for _ in range(count)]
    for a, b, offset, weight in pulls:
        wants[b].append((a, offset, weight))
        wants[a].append((b, -offset, weight))
    for turn in range(_ROUNDS * 2):
        for node in order if turn % 2 else reversed(order):
            if not wants[node]:
                continue
            here = at[node]
            goal = _median([(at[other] + offset, weight) for other, offset, weight in wants[node]])
            if goal > here:
                room = min([at[right] - distance for right, distance in highs[node]], default=goal)
                at[node] = max(min(goal, room), here)
            elif goal < here:
                room = max([at[left] + distance for left, distance in lows[node]], default=goal)
                at[node] = min(max(goal, room), here)
    return at


def _packed(lows: Neighbours, highs: Neighbours) -> tuple[list[int], list[int]]:
    """The nodes from left to right, and each as far left as it can be."""
    waiting = [len(before) for before in lows]
    order = [node for node, count in enumerate(waiting) if not count]
    at = [0] * len(lows)
    for node in order:
        for right, distance in highs[node]:
            at[right] = max(at[right], at[node] + distance)
            waiting[right] -= 1
            if not waiting[right]:
                order.append(right)
    return order, at


_weight = itemgetter(1)


def _median(goals: list[tuple[int, int]]) -> int:
    """The weighted median."""
    if len(goals) == 1:
        return goals[0][0]
    if len(goals) == 2:
        return max(goals, key=_weight)[0]
    goals.sort()
    half = sum(map(_weight, goals))
    run = 0
    for goal, weight in goals:
        run += weight * 2
        if run >= half:
            return goal
    return goals[-1][0]


def _centre(
    at: list[int],
    count: int,
    gaps: list[tuple[tuple[int, int], int]],
    pulls: list[tuple[int, int, int, int]],
    forks: set[int],
) -> None:
    """Where a place is as good anywhere in a stretch, take the middle of it."""
    lows: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    highs: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for (left, right), distance in gaps:
        lows[right].append((left, distance))
        highs[left].append((right, distance))
    wants: list[list[tuple[int, int, int]]] = [[] for _ in range(count)]
    for a, b, offset, weight in pulls:
        wants[b].append((a, offset, weight))
        wants[a].append((b, -offset, weight))
    for _ in range(2):
        for node in sorted(forks):
            stretch = _flat([(at[other] + offset, weight) for other, offset, weight in wants[node]])
            if stretch:
                low = max([stretch[0], *(at[other] + gap for other, gap in lows[node])])
                high = min([stretch[1], *(at[other] - gap for other, gap in highs[node])])
                if low < high:
                    at[node] = (low + high) // 2


def _flat(goals: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The stretch where the weighted distance to all goals is least, if longer than a point."""
    goals.sort()
    total = sum(weight for _, weight in goals)
    run = 0
    for place, (goal, weight) in enumerate(goals):
        run += weight
        if run * 2 == total and place + 1 < len(goals) and goals[place + 1][0] > goal:
            return goal, goals[place + 1][0]
        if run * 2 > total:
            return None
    return None


def _between(a: Hold, b: Hold) -> float:
    """The room between two neighbours of a level beyond their own reach."""
    boxes = (a.box >= 0) + (b.box >= 0)
    return (0.0, 10.0, GAP_BOX)[boxes]


def _main_spans(lattice: Lattice) -> set[int]:
    """Of every box's ways on, the one with most steps behind it: it goes straight down."""
    grid = lattice.grid
    depth = [0] * len(lattice.net.sizes)
    ways: dict[int, list[int]] = {}
    for place, span in enumerate(grid.spans):
        if not span.rising:
            ways.setdefault(span.upper, []).append(place)
    for box in sorted(range(len(depth)), key=lambda n: -grid.ranks[n]):
        for place in ways.get(box, ()):
            depth[box] = max(depth[box], 1 + depth[grid.spans[place].lower])
    taken: dict[int, tuple[int, int]] = {}
    main: set[int] = set()
    for box, places_of in sorted(ways.items(), key=lambda item: (grid.ranks[item[0]], item[0])):
        if len(places_of) > 3:
            continue
        best = max(places_of, key=lambda p: (depth[grid.spans[p].lower], -p))
        lower = grid.spans[best].lower
        if lower not in taken:
            taken[lower] = (box, best)
            main.add(best)
    return main
