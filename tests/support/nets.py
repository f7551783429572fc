"""Nets and diagrams for tests: from the published benchmark graphs, and made up by dice."""

import json
from pathlib import Path
from random import Random

from drawing.diagram import Arrow, Box, Diagram, Look
from drawing.net import Link, Net
from tests.support.layout_score import Edge, Picture

SHARED = Path(__file__).parents[2].parent / "shared" / "eval" / "layout-graphs.json"


def published():
    """The benchmark graphs by name, or nothing where they are not at hand."""
    if not SHARED.exists():
        return {}
    graphs = json.loads(SHARED.read_text(encoding="utf-8"))["graphs"]
    return {graph["name"]: net_of(graph) for graph in graphs}


def net_of(graph):
    """A benchmark graph as a net of the sizes it gives."""
    index = {node["id"]: place for place, node in enumerate(graph["nodes"])}
    names = [node["lane"] for node in graph["nodes"]]
    lanes = list(dict.fromkeys(name for name in names if name))
    levels = [name for name in ("Universal", "Targeted", "Specialist") if name in lanes]
    lanes = levels if len(levels) == len(lanes) else lanes
    return Net(
        tuple((float(node["width"]), float(node["height"])) for node in graph["nodes"]),
        tuple(
            Link(
                index[edge["source"]],
                index[edge["target"]],
                tuple(map(float, edge["label_size"])) if edge["label_size"] else None,
                edge["back"],
            )
            for edge in graph["edges"]
        ),
        tuple(lanes.index(name) for name in names) if all(names) and lanes else (),
        len(lanes) if all(names) else 0,
    )


def dice_net(seed, most=24):
    """A made-up pathway: mostly downwards, with forks, joins, loops and the odd oddity."""
    dice = Random(seed)
    count = dice.randint(1, most)
    links = []
    for target in range(1, count):
        for _ in range(1 if dice.random() < 0.7 else 2):
            source = max(0, target - 1 - int(dice.expovariate(0.5)))
            links.append(Link(source, target, _words(dice)))
    for _ in range(dice.randint(0, max(1, count // 6))):
        source, target = dice.randrange(count), dice.randrange(count)
        links.append(Link(source, target, _words(dice), loop=dice.random() < 0.8))
    dice.shuffle(links)
    columns = dice.choice((0, 0, 0, 2, 3))
    lanes = tuple(dice.randrange(columns) for _ in range(count)) if columns else ()
    sizes = tuple(
        (float(dice.randint(176, 260)), float(dice.choice((46, 64, 82)))) for _ in range(count)
    )
    return Net(sizes, tuple(links), lanes, columns)


def _words(dice):
    if dice.random() < 0.4:
        return None
    return (float(dice.randint(20, 160)), float(dice.choice((15, 30, 45))))


def diagram_from(ways, titles=None, lanes=None):
    """A diagram from `a -yes-> b` lines; a way marked `~>` is a loop."""
    keys, arrows = [], []
    for way in ways:
        left, right = way.replace("~>", "->").rsplit("->", 1)
        source, _, label = left.strip().partition(" -")
        arrows.append(Arrow(source.strip(), right.strip(), label.strip(" -"), loop="~>" in way))
        keys += [source.strip(), right.strip()]
    boxes = tuple(
        Box(key, Look.ACTION, (titles or {}).get(key, key), number, (lanes or {}).get(key, ""))
        for number, key in enumerate(dict.fromkeys(keys), 1)
    )
    names = tuple(dict.fromkeys(box.lane for box in boxes if box.lane))
    return Diagram("test", "A test", boxes, tuple(arrows), names)


def picture_of(net, plan):
    """A plan in the form the scorer reads."""
    return Picture(
        tuple(_frame(box) for box in plan.boxes),
        tuple(
            Edge(
                link.source,
                link.target,
                tuple(line),
                _frame(label) if label else None,
                link.loop,
                link.label is not None,
            )
            for link, line, label in zip(net.links, plan.lines, plan.labels, strict=True)
        ),
        net.lanes if net.columns > 1 else (),
    )


def picture_drawn(drawing):
    """A drawing in the form the scorer reads."""
    index = {box.key: place for place, box in enumerate(drawing.boxes)}
    return Picture(
        tuple(_frame(box.rect) for box in drawing.boxes),
        tuple(
            Edge(
                index[way.arrow.source],
                index[way.arrow.target],
                way.points,
                _frame(way.label) if way.label else None,
                way.arrow.loop,
                bool(way.arrow.label),
            )
            for way in drawing.ways
        ),
    )


def _frame(rect):
    return (rect.x, rect.y, rect.right, rect.bottom)


def pathway_net(seed):
    """A made-up pathway in the style of real ones: a spine of questions, short branches, a few loops."""
    dice = Random(seed)
    count = dice.randint(12, 34)
    links, places = [], list(range(count))
    extra = []
    for step in places[:-1]:
        roll = dice.random()
        if roll < 0.42:
            links.append(Link(step, step + 1, _words(dice) if dice.random() < 0.3 else None))
            continue
        ways = 2 if roll < 0.78 else 3 if roll < 0.92 else dice.randint(4, 6)
        targets = [step + 1]
        while len(targets) < ways:
            if dice.random() < 0.25:
                extra.append(step)
                targets.append(count + len(extra) - 1)
            else:
                targets.append(min(count - 1, step + 1 + int(dice.expovariate(0.3))))
        dice.shuffle(targets)
        size = (float(dice.randint(24, 150)), float(dice.choice((15, 15, 30, 45))))
        links += [
            Link(step, target, (size[0] * dice.uniform(0.5, 1), size[1])) for target in targets
        ]
    for _ in range(dice.randint(0, 4)):
        source = dice.randrange(count // 2, count)
        links.append(Link(source, dice.randrange(1, source), (80.0, 15.0), loop=True))
    sizes = tuple(
        (float(dice.randint(176, 260)), float(dice.choice((46, 64, 82))))
        for _ in range(count + len(extra))
    )
    return Net(sizes, tuple(links))
