"""How far the other boxes move, and how many swap left and right, when one step is added.

python -m benchmarks.layout_stability [--graphs FILE] [--own]
Every graph gets a step added in several places: between two steps, and as one more answer. `kept`
knows the drawing before, as the window does; `fresh` does not, as two runs of the command.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from itertools import combinations
from math import hypot
from pathlib import Path
from random import Random
from statistics import mean, median

from benchmarks.layout import graphs_of, own_pathways
from drawing.draw import effort
from drawing.layered import layered_plan
from drawing.net import Link
from drawing.stable import Before
from tests.support.nets import SHARED

PLACES = 8


def changes(net, dice):
    """The net with one step more, and for every link of it the old link it was, or None."""
    new = len(net.sizes)
    lanes = (*net.lanes, net.lanes[0]) if net.lanes else ()
    for number in sorted(dice.sample(range(len(net.links)), min(PLACES, len(net.links)))):
        link = net.links[number]
        if link.loop or link.source == link.target:
            continue
        grown = {"sizes": (*net.sizes, (200.0, 46.0)), "lanes": lanes}
        halves = (replace(link, target=new), Link(new, link.target))
        links = (*net.links[:number], *halves, *net.links[number + 1 :])
        old = [*range(number), None, None, *range(number + 1, len(net.links))]
        yield replace(net, links=links, **grown), old
        leaf = Link(link.source, new, (60.0, 15.0))
        yield replace(net, links=(*net.links, leaf), **grown), [*range(len(net.links)), None]


def moved(before, after):
    """The mean way of the old boxes, and the pairs that now stand the other way round."""
    shift = mean(
        hypot(a.middle[0] - b.middle[0], a.middle[1] - b.middle[1])
        for a, b in zip(before.boxes, after.boxes, strict=False)
    )
    swaps = 0
    for i, j in combinations(range(len(before.boxes)), 2):
        old = before.boxes[i].middle[0] - before.boxes[j].middle[0]
        new = after.boxes[i].middle[0] - after.boxes[j].middle[0]
        swaps += (old > 1 and new < -1) or (old < -1 and new > 1)
    return shift, swaps


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graphs", type=Path, default=SHARED)
    parser.add_argument("--own", action="store_true")
    chosen = parser.parse_args()
    source = own_pathways() if chosen.own else graphs_of(chosen.graphs)
    print(f"{'':28}{'kept: px':>10}{'swaps':>7}{'fresh: px':>11}{'swaps':>7}")
    everything = []
    for name, net, _, _ in source:
        if len(net.sizes) > 60:
            continue
        work = effort(len(net.sizes))
        plan = layered_plan(net, *work)
        rows = []
        for changed, old in changes(net, Random(1)):
            lines = tuple(tuple(plan.lines[n]) if n is not None else None for n in old)
            before = Before((*plan.boxes, None), lines)
            kept = moved(plan, layered_plan(changed, *work, before=before))
            rows.append((*kept, *moved(plan, layered_plan(changed, *work))))
        everything += rows
        print(f"{name:28}" + _figures(rows))
    print(f"{'mean of all':28}" + _figures(everything))
    print(f"{'median of all':28}" + _figures(everything, median))


def _figures(rows, middle=mean):
    kept, swaps, fresh, fresh_swaps = (middle(column) for column in zip(*rows, strict=True))
    return f"{kept:10.1f}{swaps:7.1f}{fresh:11.1f}{fresh_swaps:7.1f}"


if __name__ == "__main__":
    main()
