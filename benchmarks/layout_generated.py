"""Faults on generated graphs: half wild, half in the style of pathways.

python -m benchmarks.layout_generated [COUNT] [FIRST_SEED]
"""

from __future__ import annotations

import sys

from drawing.layered import layered_plan
from tests.support.layout_score import Score, score
from tests.support.nets import dice_net, pathway_net, picture_of


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    total = Score()
    for seed in range(first, first + count):
        net = pathway_net(seed) if seed % 2 else dice_net(seed, 40)
        quick = seed % 4 < 2
        total += score(picture_of(net, layered_plan(net, 0 if quick else 3, quick)))
    print(f"{count:,} graphs, {total.labels:,} labels")
    for name in (
        "overlaps",
        "through",
        "label_on_box",
        "label_on_label",
        "label_on_line",
        "lost_labels",
        "ambiguous",
        "far_labels",
    ):
        print(f"{name.replace('_', ' '):20}{getattr(total, name):6}")
    print(f"{'crossings a graph':20}{total.crossings / count:6.2f}")
    print(f"{'out of order':20}{total.inversions / max(total.pairs, 1):6.1%}")


if __name__ == "__main__":
    main()
