"""How long a save takes, and what several writers lose, beside the usual ways of saving."""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks._racing import METHODS, PAGES, START, race
from knowledge.files import digest
from knowledge.saving.store import PageStore

TIMED = ['open(path, "w")', "temporary file, compare only", "fingerpost"]


def save_times(method: str, saves: int) -> list[float]:
    """Milliseconds of each of many saves of one page of 5 KB."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        (library / "pathways").mkdir(parents=True)
        path, text = library / PAGES[0], START + START[: 5000 - len(START)]
        path.write_bytes(text)
        save, times = METHODS[method](library, "timed"), []
        for number in range(saves):
            new = text[:4990] + b"%09d\n" % number
            begun = time.perf_counter()
            save(path, text, new)
            times.append((time.perf_counter() - begun) * 1000)
            text = new
    return times


def history_times(saves: int) -> tuple[float, float]:
    """Milliseconds to list the versions of a page saved so often, and to save it once more."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        library.mkdir()
        store = PageStore(library, Path(folder) / "profile")
        text = None
        for number in range(saves):
            new = START + b"%d" % number
            store.save("page.md", new, text and digest(text))
            text = new
        begun = time.perf_counter()
        assert len(store.versions("page.md")) == saves
        listed = time.perf_counter()
        store.save("page.md", START, text and digest(text))
        return (listed - begun) * 1000, (time.perf_counter() - listed) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.saving", description=__doc__)
    parser.add_argument("--saves", type=int, default=300)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--edits", type=int, default=400)
    asked = parser.parse_args()

    print(f"One page of 5 KB saved {asked.saves} times, milliseconds\n")
    print(f"{'method':30} {'median':>8} {'p95':>8} {'slowest':>8}")
    for method in TIMED:
        times = sorted(save_times(method, asked.saves))
        p95 = times[int(len(times) * 0.95)]
        print(f"{method:30} {statistics.median(times):8.2f} {p95:8.2f} {times[-1]:8.2f}")
    listing, saving = history_times(1000)
    print(
        f"\nA page with 1,000 earlier versions: listed in {listing:.0f} ms, saved in {saving:.2f} ms"
    )

    print(f"\n{asked.writers} writers on {len(PAGES)} pages, 2 readers, {os.cpu_count()} cores\n")
    columns = ("edits", "lost", "conflicts", "reads", "torn", "seconds")
    print(f"{'method':30}" + "".join(f" {column:>9}" for column in columns))
    for method in TIMED:
        with tempfile.TemporaryDirectory() as folder:
            result = race(Path(folder), method, asked.writers, asked.edits)
        numbers = (result.edits, result.lost, result.conflicts, result.reads, result.torn)
        print(f"{method:30}" + "".join(f" {n:9,}" for n in numbers) + f" {result.seconds:9.1f}")


if __name__ == "__main__":
    main()
