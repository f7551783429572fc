"""The door to this room: a diagram in, a drawing out; quick at once, careful from a worker."""

from __future__ import annotations

from dataclasses import replace

from drawing.compose import Measured, crossings, dress
from drawing.diagram import Diagram, Drawing, Point
from drawing.layered import layered_plan
from drawing.net import LayoutError, Net, Plan
from drawing.stable import Before

# Boxes up to this number -> how long to search, and whether to settle for quick places.
_EFFORT = ((25, 240, False), (40, 150, False), (80, 40, False), (160, 12, False), (300, 3, False))
# Columns that nobody asked for must not make the picture wider than this, nor add a crossing.
_WIDER = 1.3
_NEAR = 80  # up to so many boxes there is time for good places even at once


def first_picture(diagram: Diagram, scale: float = 1.0, columns: bool | None = None) -> Drawing:
    """A drawing within milliseconds. Raises LayoutError, with one sentence for a person."""
    measured = _measured(diagram, scale)
    net = measured.net if columns else _free(measured.net)
    return dress(measured, layered_plan(net, 0, quick=True))


def refined_picture(
    diagram: Diagram,
    scale: float = 1.0,
    columns: bool | None = None,
    before: Drawing | None = None,
) -> Drawing:
    """The careful drawing: a plain function for a worker process, the same picture every time.

    `columns` asks for a column for each actor, or for none; left open, there are columns where
    they cost nothing. After a change, `before` is the drawing that this one should stay close to.
    """
    measured = _measured(diagram, scale)
    if before is not None and before.boxes and before.scale == scale:
        net = measured.net if before.lanes and columns is not False else _free(measured.net)
        plan = layered_plan(net, *effort(len(net.sizes)), before=_old_places(measured, before))
    else:
        plan = _careful(measured.net, columns)
    return dress(measured, plan, refined=True)


def near_picture(diagram: Diagram, scale: float, columns: bool | None, before: Drawing) -> Drawing:
    """A drawing within milliseconds that stays close to the one before, for the time the careful one takes."""
    measured = _measured(diagram, scale)
    net = measured.net if before.lanes and columns is not False else _free(measured.net)
    quick = len(net.sizes) > _NEAR
    return dress(measured, layered_plan(net, 0, quick, _old_places(measured, before)))


def same_shape(one: Diagram, other: Diagram) -> bool:
    """Whether the same boxes are joined in the same way, whatever their words."""
    return (
        [(box.key, box.lane, box.order) for box in one.boxes]
        == [(box.key, box.lane, box.order) for box in other.boxes]
        and [(a.source, a.target, a.loop, a.order) for a in one.arrows]
        == [(a.source, a.target, a.loop, a.order) for a in other.arrows]
        and one.lanes == other.lanes
    )


def _old_places(measured: Measured, before: Drawing) -> Before:
    """Where the boxes and lines of this diagram stood in the drawing before."""
    boxes = {box.key: box.rect for box in before.boxes}
    lines: dict[tuple[str, str, str], tuple[Point, ...]] = {}
    for way in before.ways:
        lines.setdefault((way.arrow.source, way.arrow.target, way.arrow.label), way.points)
    return Before(
        tuple(boxes.get(box.key) for box in measured.diagram.boxes),
        tuple(lines.get((a.source, a.target, a.label)) for a in measured.arrows),
    )


def _careful(net: Net, columns: bool | None) -> Plan:
    work = effort(len(net.sizes))
    if net.columns < 2 or columns is False:
        return layered_plan(_free(net), *work)
    in_columns = layered_plan(net, *work)
    if columns:
        return in_columns
    free = layered_plan(_free(net), *work)
    worse = crossings(in_columns) > crossings(free) or _width(in_columns) > _WIDER * _width(free)
    return free if worse else in_columns


def effort(boxes: int) -> tuple[int, bool]:
    """How often the careful layout tries, and whether it settles for quick places."""
    return next(((tries, quick) for most, tries, quick in _EFFORT if boxes <= most), (0, True))


def _free(net: Net) -> Net:
    return replace(net, lanes=(), columns=0)


def _width(plan: Plan) -> float:
    return max(box.right for box in plan.boxes) - min(box.x for box in plan.boxes)


def _measured(diagram: Diagram, scale: float) -> Measured:
    if not diagram.boxes:
        raise LayoutError("This pathway has no steps yet, so there is nothing to draw.")
    return Measured(diagram, scale)
