"""How good a drawing is, counted from its geometry alone; shares no code with the layout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import hypot

XY = tuple[float, float]
Frame = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Edge:
    """A line from box `source` to box `target` with its label's frame."""

    source: int
    target: int
    points: tuple[XY, ...]
    label: Frame | None = None
    loop: bool = False
    labelled: bool = False


@dataclass(frozen=True)
class Picture:
    """Anything drawn: frames of boxes, and lines. Ours, dot's and elk's come in this one form."""

    boxes: tuple[Frame, ...]
    edges: tuple[Edge, ...]
    lanes: tuple[int, ...] = ()  # the column of each box, where it is drawn in columns


@dataclass
class Score:
    """Counts; every one is better small."""

    crossings: int = 0
    overlaps: int = 0
    through: int = 0
    label_on_box: int = 0
    label_on_label: int = 0
    label_on_line: int = 0
    lost_labels: int = 0
    ambiguous: int = 0
    far_labels: int = 0
    inversions: int = 0
    avoidable: int = 0  # of them, at no extra crossing; counted by layout_reorder
    pairs: int = 0
    wrong_way: int = 0
    shared: float = 0.0  # px of line on top of a line to and from other boxes
    length: float = 0.0
    turns: int = 0
    area: float = 0.0
    labels: int = 0
    where: list[str] = field(default_factory=list)

    @property
    def hits(self) -> int:
        return self.overlaps + self.through + self.label_hits

    @property
    def label_hits(self) -> int:
        return self.label_on_box + self.label_on_label + self.label_on_line

    def __iadd__(self, other: Score) -> Score:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)
        return self


def _inside(a: XY, b: XY, frame: Frame) -> float:
    """The length of the piece a-b inside a frame."""
    low, high = 0.0, 1.0
    for start, step, near, far in (
        (a[0], b[0] - a[0], frame[0], frame[2]),
        (a[1], b[1] - a[1], frame[1], frame[3]),
    ):
        if abs(step) < 1e-9:
            if not near < start < far:
                return 0.0
            continue
        first, last = sorted(((near - start) / step, (far - start) / step))
        low, high = max(low, first), min(high, last)
    return max(0.0, high - low) * hypot(b[0] - a[0], b[1] - a[1])


def _shrunk(frame: Frame, by: float) -> Frame:
    return (frame[0] + by, frame[1] + by, frame[2] - by, frame[3] - by)


def _meet(a: Frame, b: Frame, slack: float = 0.01) -> bool:
    return (
        a[0] < b[2] - slack and b[0] < a[2] - slack and a[1] < b[3] - slack and b[1] < a[3] - slack
    )


def _side(a: XY, b: XY, c: XY) -> int:
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return 0 if abs(turn) < 1e-6 else 1 if turn > 0 else -1


def _cross(a: XY, b: XY, c: XY, d: XY) -> bool:
    """Two pieces properly cross; touching ends do not count."""
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _shared(a: XY, b: XY, c: XY, d: XY) -> float:
    """The length two upright or level pieces run on top of each other."""
    for axis in (0, 1):
        other = 1 - axis
        if max(abs(a[axis] - p[axis]) for p in (b, c, d)) < 0.5:
            low = max(min(a[other], b[other]), min(c[other], d[other]))
            high = min(max(a[other], b[other]), max(c[other], d[other]))
            return max(0.0, high - low)
    return 0.0


def _distance(frame: Frame, a: XY, b: XY) -> float:
    """How far a frame is from a piece of line, sampled finely enough for pixels."""
    if _inside(a, b, frame) > 0:
        return 0.0
    best = float("inf")
    steps = max(1, int(hypot(b[0] - a[0], b[1] - a[1]) / 4))
    for step in range(steps + 1):
        x = a[0] + (b[0] - a[0]) * step / steps
        y = a[1] + (b[1] - a[1]) * step / steps
        dx = max(frame[0] - x, 0.0, x - frame[2])
        dy = max(frame[1] - y, 0.0, y - frame[3])
        best = min(best, hypot(dx, dy))
    return best


def _pieces(edge: Edge) -> list[tuple[XY, XY]]:
    return list(zip(edge.points, edge.points[1:], strict=False))


def _bounds(points: tuple[XY, ...]) -> Frame:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return (min(xs), min(ys), max(xs), max(ys))


def _count_lines(picture: Picture, score: Score) -> None:
    edges = picture.edges
    bounds = [_bounds(edge.points) if edge.points else (0, 0, 0, 0) for edge in edges]
    for place, edge in enumerate(edges):
        for other_place in range(place + 1, len(edges)):
            if not _meet(bounds[place], bounds[other_place], -0.5):
                continue
            other = edges[other_place]
            strangers = edge.source != other.source and edge.target != other.target
            for a, b in _pieces(edge):
                for c, d in _pieces(other):
                    if _cross(a, b, c, d):
                        score.crossings += 1
                        score.where.append(f"cross {place} {other_place}")
                    elif strangers:
                        score.shared += _shared(a, b, c, d)
    _count_through(picture, bounds, score)


def _count_through(picture: Picture, bounds: list[Frame], score: Score) -> None:
    for place, edge in enumerate(picture.edges):
        for number, box in enumerate(picture.boxes):
            if not _meet(bounds[place], box, -1):
                continue
            small = _shrunk(box, 2)
            if any(_inside(a, b, small) > 1 for a, b in _pieces(edge)):
                score.through += 1
                score.where.append(f"through {place} box {number}")


def _count_labels(picture: Picture, score: Score) -> None:
    labelled = [(place, edge) for place, edge in enumerate(picture.edges) if edge.labelled]
    for turn, (place, edge) in enumerate(labelled):
        score.labels += 1
        frame = edge.label
        if frame is None:
            score.lost_labels += 1
            continue
        for box in picture.boxes:
            if _meet(frame, box):
                score.label_on_box += 1
                score.where.append(f"label {place} on box")
        for other_place, other in labelled[turn + 1 :]:
            if other.label is not None and _meet(frame, other.label):
                score.label_on_label += 1
                score.where.append(f"label {place} on label {other_place}")
        _count_nearness(picture, place, frame, score)


def _count_nearness(picture: Picture, place: int, frame: Frame, score: Score) -> None:
    own = min((_distance(frame, a, b) for a, b in _pieces(picture.edges[place])), default=0.0)
    nearest = float("inf")
    inner = _shrunk(frame, 0.5)
    for other_place, other in enumerate(picture.edges):
        if other_place == place:
            continue
        for a, b in _pieces(other):
            reach = (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
            if not _meet(frame, reach, -max(own, 4.0) - 1):
                continue
            if _inside(a, b, inner) > 0.5:
                score.label_on_line += 1
                score.where.append(f"label {place} on line {other_place}")
                break
            nearest = min(nearest, _distance(frame, a, b))
    if own > 3 and nearest < own:
        score.ambiguous += 1
        score.where.append(f"label {place} ambiguous")
    if own > 20:
        score.far_labels += 1


def _count_order(picture: Picture, score: Score) -> None:
    for edge in picture.edges:
        if not edge.loop and edge.source != edge.target:
            top, below = picture.boxes[edge.source], picture.boxes[edge.target]
            if below[1] + below[3] < top[1] + top[3]:
                score.wrong_way += 1
    for first, _, swapped in pairs_of_ways(picture):
        score.pairs += 1
        if swapped:
            score.inversions += 1
            score.where.append(f"order {first}")


def pairs_of_ways(picture: Picture) -> Iterator[tuple[int, int, bool]]:
    """Ways on of one box that ask for something, their boxes in one row; and whether they are swapped."""
    for place, edge in enumerate(picture.edges):
        for number in range(place + 1, len(picture.edges)):
            other = picture.edges[number]
            if edge.source != other.source or edge.loop or other.loop:
                continue
            if not (edge.labelled and other.labelled) or edge.target == other.target:
                continue
            a, b = picture.boxes[edge.target], picture.boxes[other.target]
            if a[1] < b[3] and b[1] < a[3]:
                yield place, number, a[0] + a[2] > b[0] + b[2]


def score(picture: Picture) -> Score:
    """Everything counted about one picture."""
    found = Score()
    boxes = picture.boxes
    for place, box in enumerate(boxes):
        for number in range(place + 1, len(boxes)):
            if _meet(box, boxes[number]):
                found.overlaps += 1
                found.where.append(f"overlap {place} {number}")
    _count_lines(picture, found)
    _count_labels(picture, found)
    _count_order(picture, found)
    for edge in picture.edges:
        pieces = _pieces(edge)
        found.length += sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pieces)
        found.turns += max(0, len(pieces) - 1)
    frames = [*boxes, *(e.label for e in picture.edges if e.label)]
    frames += [_bounds(e.points) for e in picture.edges if e.points]
    if frames:
        wide = max(f[2] for f in frames) - min(f[0] for f in frames)
        found.area = wide * (max(f[3] for f in frames) - min(f[1] for f in frames)) / 1e6
    return found
