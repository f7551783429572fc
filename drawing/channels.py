"""Level pieces of lines between two levels: which runs above which, to save crossings."""

from __future__ import annotations

from dataclasses import dataclass, field

_NEAR = 7.0


@dataclass(slots=True)
class Run:
    """One level piece, or a bus of several: uprights join it from above and from below."""

    tops: list[float] = field(default_factory=list)
    bottoms: list[float] = field(default_factory=list)
    track: int = 0

    @property
    def low(self) -> float:
        return min(*self.tops, *self.bottoms)

    @property
    def high(self) -> float:
        return max(*self.tops, *self.bottoms)


def stack(runs: list[Run], scale: float = 1.0) -> int:
    """Give every run a track, counted from the top; the number of tracks."""
    if len(runs) < 2:
        return len(runs)
    order = _order(runs, scale)
    tracks = 0
    for place, run in enumerate(order):
        run.track = 0
        for earlier in order[:place]:
            if earlier.low < run.high + 14 * scale and run.low < earlier.high + 14 * scale:
                run.track = max(run.track, earlier.track + 1)
        tracks = max(tracks, run.track + 1)
    return tracks


def _above(a: Run, b: Run, scale: float) -> int:
    """The cost of run `a` above run `b`: crossings, and uprights on top of each other."""
    near = _NEAR * scale
    low, high = a.low, a.high
    cost = 0
    for x in b.tops:
        if low + 0.5 < x < high - 0.5:
            cost += 2
        if any(abs(x - other) < near for other in a.bottoms):
            cost += 40
    low, high = b.low, b.high
    for x in a.bottoms:
        if low + 0.5 < x < high - 0.5:
            cost += 2
    return cost


def _order(runs: list[Run], scale: float) -> list[Run]:
    """From the top down: always the run that costs least above all that are left."""
    count = len(runs)
    cost = [[_above(a, b, scale) if a is not b else 0 for b in runs] for a in runs]
    left = sorted(range(count), key=lambda n: (runs[n].low, runs[n].high, n))
    order: list[int] = []
    while left:
        best = min(left, key=lambda n: sum(cost[n][m] - cost[m][n] for m in left))
        left.remove(best)
        order.append(best)
    for _ in range(count):
        swapped = False
        for place in range(count - 1):
            a, b = order[place], order[place + 1]
            if cost[b][a] < cost[a][b]:
                order[place], order[place + 1] = b, a
                swapped = True
        if not swapped:
            break
    return [runs[n] for n in order]
