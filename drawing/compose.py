"""A diagram measured into a net, and a plan dressed with words, marks and hops into a drawing."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from drawing.boxes import (
    DOUBLE,
    LANE_LINE,
    LANE_SIZE,
    LANE_WEIGHT,
    Fitted,
    fit_box,
    fit_label,
    shape_of,
    words_at,
)
from drawing.diagram import (
    Diagram,
    Drawing,
    Look,
    PlacedBox,
    PlacedLane,
    PlacedWay,
    Point,
    Rect,
    Role,
    Words,
)
from drawing.metrics import width_of
from drawing.net import Link, Net, Plan
from drawing.wrap import balanced

MARGIN = 16.0
_DASHED = (Look.OTHER, Look.OTHER_URGENT)


class Measured:
    """A diagram with every box and label measured at one text scale."""

    def __init__(self, diagram: Diagram, scale: float = 1.0) -> None:
        diagram = _in_order(diagram)
        self.diagram, self.scale = diagram, scale
        self.boxes: list[Fitted] = [fit_box(box, scale) for box in diagram.boxes]
        self.labels: list[Fitted | None] = []
        index = {box.key: place for place, box in enumerate(diagram.boxes)}
        links: list[Link] = []
        self.arrows = [a for a in diagram.arrows if a.source in index and a.target in index]
        for arrow in self.arrows:
            label = fit_label(arrow, scale)
            self.labels.append(label)
            size = (label.width, label.height) if label else None
            links.append(Link(index[arrow.source], index[arrow.target], size, arrow.loop))
        columns = diagram.lanes if len(diagram.lanes) > 1 else ()
        number = {name: place for place, name in enumerate(columns)}
        lanes = tuple(number.get(box.lane, -1) for box in diagram.boxes) if columns else ()
        self.net = Net(
            tuple((fitted.width, fitted.height) for fitted in self.boxes),
            tuple(links),
            lanes,
            len(columns),
            scale,
            even=True,
        )


def _in_order(diagram: Diagram) -> Diagram:
    """Boxes and arrows as their author has them, however they came."""
    boxes = tuple(sorted(diagram.boxes, key=lambda box: box.order))
    arrows = tuple(sorted(diagram.arrows, key=lambda arrow: arrow.order))
    return replace(diagram, boxes=boxes, arrows=arrows)


def dress(measured: Measured, plan: Plan, refined: bool = False) -> Drawing:
    """Everything a painter needs, from the bare places of a plan."""
    diagram, scale = measured.diagram, measured.scale
    boxes: list[PlacedBox] = []
    for place, (box, fitted) in enumerate(zip(diagram.boxes, measured.boxes, strict=True)):
        words, icons = words_at(fitted, plan.boxes[place])
        boxes.append(
            PlacedBox(
                box,
                plan.boxes[place],
                shape_of(box),
                words,
                icons,
                box.look in _DASHED,
                box.look in DOUBLE,
                plan.ranks[place],
            )
        )
    hops = _hops(plan.lines)
    ways: list[PlacedWay] = []
    for place, arrow in enumerate(measured.arrows):
        label, rect = measured.labels[place], plan.labels[place]
        words, icons = words_at(label, rect) if label and rect else ((), ())
        ways.append(
            PlacedWay(
                arrow,
                tuple(plan.lines[place]),
                rect,
                words,
                icons[0] if icons else None,
                hops[place],
            )
        )
    rect = _bounds(boxes, ways, MARGIN * scale)
    lanes, rect = _lanes(measured, plan, rect)
    return Drawing(diagram, rect, tuple(boxes), tuple(ways), lanes, scale, refined)


def _bounds(boxes: list[PlacedBox], ways: list[PlacedWay], margin: float) -> Rect:
    rects = [box.rect for box in boxes] + [way.label for way in ways if way.label]
    xs = [x for way in ways for x, _ in way.points]
    ys = [y for way in ways for _, y in way.points]
    left = min([*xs, *(rect.x for rect in rects)], default=0.0) - margin
    top = min([*ys, *(rect.y for rect in rects)], default=0.0) - margin
    right = max([*xs, *(rect.right for rect in rects)], default=0.0) + margin
    bottom = max([*ys, *(rect.bottom for rect in rects)], default=0.0) + margin
    return Rect(left, top, right - left, bottom - top)


def _lanes(measured: Measured, plan: Plan, rect: Rect) -> tuple[tuple[PlacedLane, ...], Rect]:
    """The columns with their names on top; the picture grows upwards by the names' height."""
    names = measured.diagram.lanes
    if not plan.walls or len(plan.walls) != len(names) - 1:
        return (), rect
    scale = measured.scale
    size, line = LANE_SIZE * scale, LANE_LINE * scale
    edges = [rect.x, *plan.walls, rect.right]
    # The first and last lane widen the picture when their names need it.
    edges[0] = min(edges[0], edges[1] - 140 * scale)
    edges[-1] = max(edges[-1], edges[-2] + 140 * scale)
    broken = [
        balanced(name, right - left - 16 * scale, size, LANE_WEIGHT)[0]
        for name, left, right in zip(names, edges, edges[1:], strict=False)
    ]
    head = _head(max(len(lines) for lines in broken), scale)
    whole = Rect(edges[0], rect.y - head, edges[-1] - edges[0], rect.height + head)
    lanes: list[PlacedLane] = []
    for name, lines, left, right in zip(names, broken, edges, edges[1:], strict=False):
        words = tuple(
            _lane_words(text, (left + right) / 2, whole.y + 8 * scale + line * row, size, line)
            for row, text in enumerate(lines)
        )
        lanes.append(PlacedLane(name, Rect(left, whole.y, right - left, whole.height), words))
    return tuple(lanes), whole


def _head(lines: int, scale: float) -> float:
    return (lines * LANE_LINE + 14) * scale


def lanes_head(drawing: Drawing) -> float:
    """The height that the names above the columns take of a drawing."""
    lines = [len(lane.words) for lane in drawing.lanes]
    return _head(max(lines), drawing.scale) if lines else 0.0


def _lane_words(text: str, middle: float, top: float, size: float, line: float) -> Words:
    width = width_of(text, size, LANE_WEIGHT)
    base = top + (line + size * 0.7) / 2
    return Words(
        text, Role.LANE, round(middle - width / 2, 2), round(base, 2), width, size, LANE_WEIGHT
    )


def crossings(plan: Plan) -> int:
    """How often lines cross."""
    return sum(len(hops) for hops in _hops(plan.lines))


def _hops(lines: list[list[Point]]) -> list[tuple[Point, ...]]:
    """Where the level pieces of each line cross the upright pieces of others."""
    uprights = sorted(
        (a[0], min(a[1], b[1]), max(a[1], b[1]), number)
        for number, line in enumerate(lines)
        for a, b in pairwise(line)
        if a[0] == b[0]
    )
    hops: list[tuple[Point, ...]] = []
    for number, line in enumerate(lines):
        found: list[Point] = []
        for a, b in pairwise(line):
            if a[1] != b[1]:
                continue
            low, high = min(a[0], b[0]), max(a[0], b[0])
            inside = {
                x
                for x, top, bottom, other in uprights
                if other != number and low + 1 < x < high - 1 and top + 1 < a[1] < bottom - 1
            }
            found += [(x, a[1]) for x in sorted(inside)]
        hops.append(tuple(found))
    return hops
