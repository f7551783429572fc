"""The one door to graphlay: large pathways take the order of their rows from it."""

from __future__ import annotations

from typing import Any

from drawing.diagram import Point, Rect
from drawing.net import LayoutError, Net, Plan

_GAP_X, _GAP_Y = 40.0, 44.0


def engine_plan(net: Net) -> Plan:
    """Lay out with graphlay, labels aside. Marked loops are turned round before and back after."""
    try:
        import graphlay  # here, so that the rest draws and explains without it
    except ImportError as missing:
        raise LayoutError("The layout engine is not installed; the outline serves.") from missing
    try:
        layout = graphlay.layout(_request(net), options=_options(net.scale))
        return _plan(net, layout.nodes, layout.edges)
    except Exception as failed:  # whatever an engine under us throws, the outline still serves
        raise LayoutError(f"The layout engine failed ({failed}); the outline serves.") from failed


def _options(scale: float) -> dict[str, Any]:
    return {
        "direction": "topbottom",
        "effort": "fast",
        "spacing": {"layer_gap": _GAP_Y * scale, "node_gap": _GAP_X * scale},
    }


def _request(net: Net) -> dict[str, Any]:
    # Ties break on the key: the author's order, whatever order the data came in.
    nodes = [{"key": f"{place:06d}", "size": size} for place, size in enumerate(net.sizes)]
    edges: list[dict[str, Any]] = []
    for link in net.links:
        ends = (link.target, link.source) if link.loop else (link.source, link.target)
        edges.append({"source": ends[0], "target": ends[1]})
    return {"nodes": nodes, "edges": edges}


def _plan(net: Net, nodes: list[Any], edges: list[Any]) -> Plan:
    boxes: list[Rect] = []
    for node, (width, height) in zip(nodes, net.sizes, strict=True):
        centre = node["center"]
        boxes.append(
            Rect(
                round(centre["x"] - width / 2, 2), round(centre["y"] - height / 2, 2), width, height
            )
        )
    lines: list[list[Point]] = []
    for link, edge in zip(net.links, edges, strict=True):
        points = [(round(p["x"], 2), round(p["y"], 2)) for p in edge["points"]]
        lines.append(points[::-1] if link.loop and link.source != link.target else points)
    return Plan(boxes, lines, [None] * len(lines), [node["rank"] for node in nodes])
