"""Whether the same pathway is drawn with the same bytes, whatever order its data come in, hash seed and CPUs.

python -m benchmarks.layout_same [--graphs FILE]
Every graph is drawn carefully in a process of its own for each of three hash seeds on one CPU and on two,
the boxes and ways each time shuffled differently; the SVG of all of them is compared byte by byte.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

from tests.support.nets import SHARED

ROOT = Path(__file__).parents[1]
SEEDS = ("0", "1", "4242")
CPUS = (1, 2)


def diagrams(path):
    """The library's own pathways, and the published graphs as far as they are at hand."""
    from drawing.diagram import Arrow, Box, Diagram, Look
    from drawing.pathway import diagram_of
    from knowledge.library import open_library
    from knowledge.model import Kind

    library = open_library(ROOT / "content")
    for page in library.of_kind(Kind.PATHWAY):
        yield diagram_of(page, library.pages.get, library.emergency)
    for graph in json.loads(path.read_text(encoding="utf-8"))["graphs"] if path.exists() else ():
        boxes = [
            Box(
                node["id"],
                Look.ACTION,
                node["label"],
                place + 1,
                order=place,
                size=(float(node["width"]), float(node["height"])),
            )
            for place, node in enumerate(graph["nodes"])
        ]
        arrows = [
            Arrow(e["source"], e["target"], e["label"], bool(e["back"]), order=place)
            for place, e in enumerate(graph["edges"])
        ]
        yield Diagram(graph["name"], graph["name"], tuple(boxes), tuple(arrows))


def fingerprints(path, shuffle):
    """For each diagram, shuffled, a hash of its picture."""
    from drawing.draw import refined_picture
    from drawing.svg import svg_of

    found = {}
    for diagram in diagrams(path):
        boxes, arrows = list(diagram.boxes), list(diagram.arrows)
        if shuffle:
            Random(shuffle).shuffle(boxes)
            Random(shuffle + 1).shuffle(arrows)
        drawing = refined_picture(replace(diagram, boxes=tuple(boxes), arrows=tuple(arrows)))
        found[diagram.key] = hashlib.sha256(svg_of(drawing).encode()).hexdigest()
    return found


def in_a_process(path, seed, cpus, shuffle):
    """The same in a process with this hash seed, on so many CPUs."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "benchmarks.layout_same",
            "--graphs",
            path,
            "--one",
            str(cpus),
            str(shuffle),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


def compare(path=SHARED):
    """How many pictures of how many are the same in every way, in one line."""
    runs = []
    for seed in SEEDS:
        for cpus in CPUS:
            if cpus <= (os.cpu_count() or 1):
                runs.append(in_a_process(path, seed, cpus, 7 * len(runs)))
    names = list(runs[0])
    other = [name for name in names if len({run[name] for run in runs}) > 1]
    line = (
        f"same bytes: {len(names) - len(other)} of {len(names)} graphs, {len(runs)} runs each: hash seeds"
        f" {', '.join(SEEDS)}, 1 and 2 CPUs, {len(runs) - 1} times shuffled"
    )
    return line + (f"; not {', '.join(other)}" if other else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graphs", type=Path, default=SHARED)
    parser.add_argument("--one", nargs=2, type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one is None:
        print(compare(chosen.graphs))
        return
    cpus, shuffle = chosen.one
    if hasattr(os, "sched_setaffinity"):
        free = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, free[:cpus])
    print(json.dumps(fingerprints(chosen.graphs, shuffle)))


if __name__ == "__main__":
    main()
