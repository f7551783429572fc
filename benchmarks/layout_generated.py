"""Faults, and ways on out of the author's order, on generated graphs: half wild, half in the style of pathways.

python -m benchmarks.layout_generated [COUNT] [FIRST_SEED] [--careful]
Half of them get a first picture, half a short search; with `--careful` all are drawn as a worker would.
"""

from __future__ import annotations

import sys

from drawing.draw import effort
from drawing.layered import layered_plan
from tests.support.layout_reorder import avoidable
from tests.support.layout_score import Score, score
from tests.support.nets import dice_net, pathway_net, picture_of


def main():
    numbers = [int(text) for text in sys.argv[1:] if text.isdigit()]
    count, first = (*numbers, *(10_000, 0)[len(numbers) :])
    total = {"first picture": Score(), "searched": Score()}
    for seed in range(first, first + count):
        net = pathway_net(seed) if seed % 2 else dice_net(seed, 40)
        quick = seed % 4 < 2 and "--careful" not in sys.argv
        work = (0, True) if quick else (3, False)
        if "--careful" in sys.argv:
            work = effort(len(net.sizes))
        picture = picture_of(net, layered_plan(net, *work))
        found = score(picture)
        found.avoidable = avoidable(picture)
        found.where = []
        total["first picture" if quick else "searched"] += found
    labels = sum(found.labels for found in total.values())
    print(f"{count:,} graphs, {labels:,} labels")
    for name in (
        "overlaps",
        "through",
        "label_on_box",
        "label_on_label",
        "label_on_line",
        "lost_labels",
        "ambiguous",
        "far_labels",
        "crossings",
    ):
        value = sum(getattr(found, name) for found in total.values())
        print(f"{name.replace('_', ' '):20}{value:8,}")
    for name, found in total.items():
        if found.pairs:
            print(
                f"out of order, {name}: {found.inversions} of {found.pairs}"
                f" ({found.inversions / found.pairs:.1%}), at no extra crossing {found.avoidable}"
                f" ({found.avoidable / found.pairs:.1%})"
            )


if __name__ == "__main__":
    main()
