"""Processor time of one change, proof included; then the editor in its window, from key to screen to search."""

from __future__ import annotations

import argparse
import re
import statistics
import time
from pathlib import Path

from benchmarks import _editor
from knowledge.editing import fields, headings, rename, steps, ways
from knowledge.library import open_library
from knowledge.model import StepKind
from knowledge.source import read_page

CONTENT = Path(__file__).parents[1] / "content"


def milliseconds(act, times: int) -> float:
    taken = []
    for _ in range(times):
        begun = time.process_time()
        act()
        taken.append((time.process_time() - begun) * 1000)
    return statistics.median(taken)


def longer(text: str, size: int) -> str:
    """A page with its steps repeated, under other names, until it is so long."""
    start = text.index("\n## ") + 1
    pieces = [text[:start]]
    while sum(map(len, pieces)) < size:
        pieces.append(re.sub(r"#(?=[a-z])", f"#x{len(pieces)}-", text[start:]) + "\n")
    return "".join(pieces)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.editing", description=__doc__)
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--keys", type=int, default=500)
    parser.add_argument("--goes", type=int, default=30)
    parser.add_argument("--only", choices=("edits", *_editor.PARTS), action="append")
    asked = parser.parse_args()
    if not asked.only or "edits" in asked.only:
        tell_edits(asked.times)
    parts = [part for part in _editor.PARTS if not asked.only or part in asked.only]
    if parts:
        _editor.measure(asked.keys, asked.goes, parts)


def tell_edits(times: int) -> None:
    """What one change costs, with its proof."""
    library = open_library(CONTENT)
    real = max((p for p in library.pages.values() if p.steps), key=lambda p: len(p.text))
    pages = {"the longest shipped": real.text, "50 kB": longer(real.text, 50_000)}
    print(f"{'ms':<28}" + "".join(f"{name:>22}" for name in pages))
    rows: dict[str, list[float]] = {}
    way = ways.NewWay("Otherwise", "#new", "New")
    for text in pages.values():
        data = text.encode()
        page = read_page(real.path, data)
        step = next(s for s in page.steps if len(s.ways) > 1)
        acts = {
            "read the page": lambda data=data: read_page(real.path, data),
            "change a title": lambda p=page, s=step: headings.set_title(p, s, "New words"),
            "add a way on": lambda p=page, s=step: ways.add_way(p, s, way),
            "add a step": lambda p=page, s=step: steps.add_step(
                p, s, "New", StepKind.ACTION, [way]
            ),
            "remove a step": lambda p=page, s=step: steps.remove_step(p, s),
            "change a detail at the top": lambda p=page: fields.set_text(p, "owner", "Team"),
        }
        for name, act in acts.items():
            rows.setdefault(name, []).append(milliseconds(act, times))
    for name, figures in rows.items():
        print(f"{name:<28}" + "".join(f"{figure:>22.1f}" for figure in figures))
    moving = milliseconds(lambda: rename.move_page(library, real, "pathways/moved/new.md"), 3)
    count = len(rename.move_page(library, real, "pathways/moved/new.md").edits)
    print(f"move it, among {len(library.pages)} pages ({count} of them follow): {moving:.0f} ms")


if __name__ == "__main__":
    main()
