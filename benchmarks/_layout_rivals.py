"""The same graphs laid out by Graphviz dot, graphlay and elkjs, as pictures for the scorer."""

import json
import subprocess

from drawing.diagram import Rect
from drawing.net import Plan
from tests.support.layout_score import Edge, Picture

GAP_X, GAP_Y = 40, 56
SAMPLES = 8


def dot_layout(net, labels):
    """dot inside this process, through pygraphviz, up to its places as text: what is timed."""
    import pygraphviz

    graph = pygraphviz.AGraph(directed=True, strict=False)
    graph.graph_attr.update(nodesep=str(GAP_X / 72), ranksep=str(GAP_Y / 72))
    for number, (width, height) in enumerate(net.sizes):
        size = {"width": width / 72, "height": height / 72}
        graph.add_node(str(number), shape="box", fixedsize="true", label="", **size)
    for number, link in enumerate(net.links):
        ends = (link.target, link.source) if link.loop else (link.source, link.target)
        label = labels[number] if link.label else ""
        graph.add_edge(*map(str, ends), key=str(number), label=label, fontsize="10")
    graph.layout(prog="dot")
    nodes = [graph.get_node(str(number)).attr["pos"] for number in range(len(net.sizes))]
    edges = {}
    for source, target, key in graph.edges_iter(keys=True):
        attributes = pygraphviz.Edge(graph, source, target, key=key).attr
        edges[int(key)] = (attributes["pos"], attributes["lp"])
    return nodes, edges


def dot_picture(net, answer):
    """dot's places for the scorer; its splines become short straight pieces."""
    nodes, found = answer
    boxes = []
    for text, (width, height) in zip(nodes, net.sizes, strict=True):
        x, y = _point(text)
        boxes.append((x - width / 2, y - height / 2, x + width / 2, y + height / 2))
    edges = []
    for number, link in enumerate(net.links):
        line, label = found[number]
        points = _spline(line)
        if link.loop:
            points = points[::-1]
        frame = None
        if link.label and label:
            (x, y), (wide, high) = _point(label), link.label
            frame = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        edges.append(
            Edge(link.source, link.target, tuple(points), frame, link.loop, frame is not None)
        )
    return Picture(tuple(boxes), tuple(edges))


def _spline(text):
    end = None
    controls = []
    for part in text.split():
        if part.startswith("e,"):
            end = _point(part[2:])
        elif not part.startswith("s,"):
            controls.append(_point(part))
    points = [controls[0]]
    for place in range(0, len(controls) - 3, 3):
        a, b, c, d = controls[place : place + 4]
        for step in range(1, SAMPLES + 1):
            t = step / SAMPLES
            u = 1 - t
            points.append(
                tuple(
                    u**3 * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t**3 * d[k]
                    for k in (0, 1)
                )
            )
    if end:
        points.append(end)
    return points


def _point(text):
    x, y = text.split(",")
    return (float(x), -float(y))


def graphlay_layout(net):
    """graphlay alone, with room for the labels where it wants them."""
    import graphlay

    nodes = [{"key": f"{place:06d}", "size": size} for place, size in enumerate(net.sizes)]
    edges = []
    for link in net.links:
        ends = (link.target, link.source) if link.loop else (link.source, link.target)
        edge = {"source": ends[0], "target": ends[1]}
        if link.label:
            edge["label_size"] = link.label
        edges.append(edge)
    options = {"direction": "topbottom", "spacing": {"layer_gap": GAP_Y, "node_gap": GAP_X}}
    found = graphlay.layout({"nodes": nodes, "edges": edges}, options=options)
    boxes = [
        Rect(node["center"]["x"] - wide / 2, node["center"]["y"] - high / 2, wide, high)
        for node, (wide, high) in zip(found.nodes, net.sizes, strict=True)
    ]
    lines, labels = [], []
    for link, edge in zip(net.links, found.edges, strict=True):
        points = [(point["x"], point["y"]) for point in edge["points"]]
        lines.append(points[::-1] if link.loop and link.source != link.target else points)
        spot = edge.get("label_anchor") if link.label else None
        labels.append(
            Rect(spot["x"] - link.label[0] / 2, spot["y"] - link.label[1] / 2, *link.label)
            if spot
            else None
        )
    return Plan(boxes, lines, labels, [node["rank"] for node in found.nodes])


SCRIPT = """
const ELK = require('elkjs');
const graph = JSON.parse(require('fs').readFileSync(0, 'utf8'));
new ELK().layout(graph).then(done => process.stdout.write(JSON.stringify(done)));
"""


def elk_layout(net, folder):
    """elkjs, layered and orthogonal. Its time holds the start of Node: compare the rest only."""
    edges = []
    for number, link in enumerate(net.links):
        ends = (link.target, link.source) if link.loop else (link.source, link.target)
        edge = {"id": f"e{number}", "sources": [f"n{ends[0]}"], "targets": [f"n{ends[1]}"]}
        if link.label:
            edge["labels"] = [{"text": "x", "width": link.label[0], "height": link.label[1]}]
        edges.append(edge)
    graph = {
        "id": "root",
        "layoutOptions": {
            "elk.algorithm": "layered",
            "elk.direction": "DOWN",
            "elk.edgeRouting": "ORTHOGONAL",
            "elk.spacing.nodeNode": str(GAP_X),
            "elk.layered.spacing.nodeNodeBetweenLayers": str(GAP_Y),
        },
        "children": [
            {"id": f"n{number}", "width": width, "height": height}
            for number, (width, height) in enumerate(net.sizes)
        ],
        "edges": edges,
    }
    done = subprocess.run(
        ["node", "-e", SCRIPT],
        input=json.dumps(graph),
        capture_output=True,
        text=True,
        cwd=folder,
        check=True,
    )
    return json.loads(done.stdout)


def elk_picture(net, answer):
    """elkjs's places for the scorer."""
    boxes = tuple(
        (child["x"], child["y"], child["x"] + child["width"], child["y"] + child["height"])
        for child in answer["children"]
    )
    edges = []
    for link, edge in zip(net.links, answer["edges"], strict=True):
        points = []
        for section in edge.get("sections", []):
            points += [section["startPoint"], *section.get("bendPoints", []), section["endPoint"]]
        line = tuple((point["x"], point["y"]) for point in points)
        frame = None
        if link.label and "x" in edge["labels"][0]:
            label = edge["labels"][0]
            frame = (
                label["x"],
                label["y"],
                label["x"] + label["width"],
                label["y"] + label["height"],
            )
        edges.append(
            Edge(
                link.source,
                link.target,
                line[::-1] if link.loop else line,
                frame,
                link.loop,
                link.label is not None,
            )
        )
    return Picture(boxes, tuple(edges))
