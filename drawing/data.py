"""A drawing as the JSON the command line promises: the graph's data with places in pixels."""

from __future__ import annotations

from typing import Any

from drawing.diagram import Drawing, Rect
from knowledge.graph import as_json as graph_json
from knowledge.model import Page


def as_json(page: Page, drawing: Drawing) -> dict[str, Any]:
    """The core's graph, with where each box, line and label stands. The whole begins at 0, 0."""
    data: dict[str, Any] = graph_json(page)
    dx, dy = -drawing.rect.x, -drawing.rect.y
    rects = {box.box.number: box.rect.moved(dx, dy) for box in drawing.boxes if box.box.number}
    for step, told in zip(page.steps, data["steps"], strict=True):
        told.update(_frame(rects[step.number]))
    boxes = {box.key: box for box in drawing.boxes}
    for way, drawn in zip(data["ways"], drawing.ways, strict=True):
        way["points"] = [[round(x + dx, 2), round(y + dy, 2)] for x, y in drawn.points]
        way["label"] = _frame(drawn.label.moved(dx, dy)) if drawn.label else None
        target = boxes[drawn.arrow.target]
        if not target.box.number:
            way["box"] = {"title": target.box.title, **_frame(target.rect.moved(dx, dy))}
    data["width"], data["height"] = round(drawing.rect.width, 2), round(drawing.rect.height, 2)
    data["lanes"] = [
        {"name": lane.name, **_frame(lane.rect.moved(dx, dy))} for lane in drawing.lanes
    ]
    return data


def _frame(rect: Rect) -> dict[str, float]:
    return {
        "x": round(rect.x, 2),
        "y": round(rect.y, 2),
        "width": round(rect.width, 2),
        "height": round(rect.height, 2),
    }
