"""Layout beside Graphviz dot (pygraphviz), graphlay, both in process, and elkjs (through Node), on the same graphs.

python -m benchmarks.layout [--graphs FILE] [--own] [--pictures FOLDER] [--elk FOLDER]
`--graphs` defaults to ../shared/eval/layout-graphs.json; `--own` takes the library's own pathways;
`--elk` is a folder whose node_modules holds elkjs. Programs that are not there are left out.
Order is three figures: ways on out of the author's order, those of them that could stand in it with no
more crossings (`tests/support/layout_reorder.py` says the rule), and all pairs of ways on that share a row.
Without `--own` the last line says whether other processes draw the same bytes.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import subprocess
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from benchmarks._layout_rivals import (
    dot_layout,
    dot_picture,
    elk_layout,
    elk_picture,
    graphlay_layout,
)
from drawing.compose import Measured, dress
from drawing.draw import effort
from drawing.known import forget
from drawing.layered import layered_plan
from tests.support.layout_reorder import avoidable
from tests.support.layout_score import Score, score
from tests.support.nets import SHARED, net_of, picture_of

ROOT = Path(__file__).parents[1]
MOST_REORDERED = 60  # boxes; trying other orders for larger ones would take minutes


def graphs_of(path):
    """Name, net and label words of every graph in a file of the published form."""
    for graph in json.loads(path.read_text(encoding="utf-8"))["graphs"]:
        yield graph["name"], net_of(graph), [edge["label"] for edge in graph["edges"]], None


def own_pathways():
    """The library's own pathways, measured as they are drawn."""
    from drawing.pathway import diagram_of
    from knowledge.library import open_library
    from knowledge.model import Kind

    library = open_library(ROOT / "content")
    for page in library.of_kind(Kind.PATHWAY):
        measured = Measured(diagram_of(page, library.pages.get, library.emergency))
        measured.net = replace(measured.net, lanes=(), columns=0)
        labels = [arrow.label for arrow in measured.arrows]
        yield Path(page.path).stem, measured.net, labels, measured


def timed(work, most=7, budget=4.0):
    """The result, and the median time in ms of several runs."""
    times = []
    began = time.perf_counter()
    gc.collect()
    while len(times) < most and (not times or time.perf_counter() - began < budget):
        start = time.perf_counter()
        result = work()
        times.append((time.perf_counter() - start) * 1000)
    return result, statistics.median(times)


def rivals(net, labels, elk):
    """Name, what is timed, and how its answer becomes a picture for the scorer."""
    work = effort(len(net.sizes))
    yield "first", lambda: layered_plan(net, 0, quick=True), picture_of

    def refined():
        forget()
        return layered_plan(net, *work)

    yield "refined", refined, picture_of
    yield "dot", lambda: dot_layout(net, labels), dot_picture
    yield "graphlay", lambda: graphlay_layout(net), picture_of
    if elk:
        yield "elkjs", lambda: elk_layout(net, elk), elk_picture


def row(name, found, ms):
    order = f"{found.inversions}/{found.avoidable}/{found.pairs}"
    return (
        f"{name:24}{found.crossings:6}{found.through:5}{found.overlaps:5}{found.label_hits:6}"
        f"{found.ambiguous:5}{found.far_labels:5}{order:>12}"
        f"{found.wrong_way:5}{found.length / 1000:8.1f}{found.turns:6}{found.area:7.2f}{ms:9.2f}"
    )


HEAD = (
    f"{'':24}{'cross':>6}{'thru':>5}{'over':>5}{'l-hit':>6}{'amb':>5}{'far':>5}{'order':>12}"
    f"{'wrong':>5}{'kpx':>8}{'turns':>6}{'Mpx':>7}{'ms':>9}"
)


def picture_file(folder, name, measured, plan):
    """A drawing to look at; PNG too where rsvg-convert is there."""
    from drawing.svg import svg_of

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.svg"
    path.write_text(svg_of(dress(measured, plan)), encoding="utf-8")
    with suppress(OSError, subprocess.CalledProcessError):
        subprocess.run(["rsvg-convert", "-o", path.with_suffix(".png"), path], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graphs", type=Path, default=SHARED)
    parser.add_argument("--own", action="store_true")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--elk", type=Path)
    parser.add_argument("--each", action="store_true", help="a line for every graph")
    chosen = parser.parse_args()
    sums, times = {}, {}
    print(HEAD)
    source = own_pathways() if chosen.own else graphs_of(chosen.graphs)
    for name, net, labels, measured in source:
        group = "" if chosen.own or name.startswith("p") else f" {name}"
        for rival, work, as_picture in rivals(net, labels, chosen.elk):
            try:
                answer, ms = timed(work)
            except (ImportError, OSError, subprocess.CalledProcessError):
                continue
            picture = as_picture(net, answer)
            found = score(picture)
            if len(net.sizes) <= MOST_REORDERED:
                found.avoidable = avoidable(picture)
            if chosen.each:
                print(row(f"{name[:14]} {rival}", found, ms))
            found.where = []
            key = rival + group
            sums.setdefault(key, Score())
            sums[key] += found
            times[key] = times.get(key, 0.0) + ms
        if chosen.pictures and measured:
            plan = layered_plan(net, *effort(len(net.sizes)))
            picture_file(chosen.pictures, name, measured, plan)
    print("sums; ms is the sum of the medians")
    for key, found in sorted(sums.items(), key=lambda item: item[0].split()[1:]):
        print(row(key, found, times[key]))
    if not chosen.own:
        from benchmarks.layout_same import compare

        print(compare(chosen.graphs))


if __name__ == "__main__":
    main()
