"""A million edits of nasty documents: what was asked is what is read, every other byte stays.

python -m benchmarks.edit_fuzz [HOW MANY] [--run edit|read|renamed] [--processes N]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

from tests.support.long_runs import RUNS, share

STATE = Path(".work")
STRETCH = 2000


EACH = {"edits": 5}  # how often a document is edited


def main(arguments: list[str], name: str = "edits") -> int:
    parser = argparse.ArgumentParser(
        prog=f"python -m benchmarks.{'edit' if name == 'edits' else 'reader'}_fuzz"
    )
    parser.add_argument("count", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--run", choices=sorted(RUNS), default=name)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--afresh", action="store_true", help="begin with the first seed again")
    options = parser.parse_args(arguments)
    each = EACH.get(options.run, 1)
    last = options.count // each
    state = STATE / f"fuzz-{options.run}.json"
    done, counts, slowest = _load(state) if not options.afresh else (0, Counter(), (0.0, -1))
    if done:
        print(f"{done * each:,} done before; going on from there")
    begun, first, failures = time.monotonic(), done, 0
    for covered, tally in share(options.run, done, last, STRETCH // each, options.processes):
        done += covered
        counts += tally.done
        slowest = max(slowest, tally.slowest)
        failures += len(tally.failures)
        for failure in tally.failures:
            print(f"\n{failure}")
        rate = (done - first) * each / (time.monotonic() - begun)
        left = (last - done) * each / rate / 60
        line = (
            f"{done * each:>11,} of {options.count:,}  {rate:,.0f} a second  {left:,.0f} min left"
        )
        print(f"\r{line}  {failures} failures", end="", flush=True)
        _save(state, done, counts, slowest)
    print(f"\n\n{'what':<28}{'times':>12}")
    for what, times in sorted(counts.items()):
        print(f"{what or '(no edit fits)':<28}{times:>12,}")
    if slowest[1] >= 0:
        print(f"slowest {slowest[0] * 1000:.1f} ms (seed {slowest[1]})")
    print(f"{done:,} documents, {done * each:,} goes, {failures} failures in this run")
    return 1 if failures else 0


def _load(state: Path) -> tuple[int, Counter[str], tuple[float, int]]:
    if not state.is_file():
        return 0, Counter(), (0.0, -1)
    kept = json.loads(state.read_text())
    return kept["done"], Counter(kept["counts"]), tuple(kept["slowest"])


def _save(state: Path, done: int, counts: Counter[str], slowest: tuple[float, int]) -> None:
    state.parent.mkdir(exist_ok=True)
    state.write_text(json.dumps({"done": done, "counts": counts, "slowest": slowest}))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
