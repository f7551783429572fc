"""Many seeds, shared between processes: what went wrong, how often each thing was done, how slow the slowest was."""

import multiprocessing
import time
import traceback
from collections import Counter
from pathlib import Path

from knowledge.editing import rename
from knowledge.editing.change import Refused
from knowledge.library import Library
from knowledge.settings import Settings
from knowledge.source import read_page
from tests.support import spoilt
from tests.support.links import follows
from tests.support.playing import play

FOLDERS = ("pathways/p.md",) * 4 + ("pages/q.md", "sessions/s.md", "services/x.md")
PATHS = ("pathways/p.md", "pathways/other.md", "services/x.md", "pages/yes.md", "pathways/a b.md")


class Tally:
    """What happened over many seeds."""

    def __init__(self):
        self.done = Counter()
        self.failures = []
        self.slowest = (0.0, -1)

    def add(self, other):
        self.done += other.done
        self.failures += other.failures
        self.slowest = max(self.slowest, other.slowest)


def edit(seed, tally, times=1):
    """Parse, edit, parse."""
    rng = spoilt.seeded(seed)
    page = read_page(rng.choice(FOLDERS), spoilt.document(rng))
    for _ in range(times):
        name, how, page = play(rng, page)
        tally.done[f"{name} {how.split(':')[0]}"] += 1


def edits(seed, tally):
    """Five edits of one page, each on top of the one before."""
    edit(seed, tally, 5)


def read(seed, tally):
    """Bytes that may be anything, read as a page."""
    rng = spoilt.seeded(seed)
    choice = rng.random()
    if choice < 0.1:
        data = rng.randbytes(rng.randrange(2000))
    elif choice < 0.2:
        pieces = (
            b"`",
            b"[",
            b"](",
            b"> ",
            b"- ",
            b"{",
            b"}",
            b"|",
            b"\t",
            b"\n",
            b"\r",
            b"<",
            b"*",
            b"#",
            b"---\n",
            b"a: ",
        )
        data = b"".join(
            rng.choice(pieces) * rng.choice((1, 1, 2, 200)) for _ in range(rng.randrange(60))
        )
    else:
        data = spoilt.mutated(rng, spoilt.document(rng))
    path = rng.choice(FOLDERS)
    begun = time.process_time()
    page = read_page(path, data)
    took = time.process_time() - begun
    if (
        took > 0.02
    ):  # the machine may have been busy elsewhere: the time that counts is the shortest
        took = min(took, *(_time(path, data) for _ in range(3)))
    tally.slowest = max(tally.slowest, (took, seed))
    tally.done["read" if page.readable else "not text"] += 1


def _time(path, data):
    begun = time.process_time()
    read_page(path, data)
    return time.process_time() - begun


def renamed(seed, tally):
    """A library of five bad pages, in which a page moves or a heading is called something else."""
    rng = spoilt.seeded(seed)
    pages = {p: read_page(p, spoilt.document(rng)) for p in PATHS}
    library = Library(Path("nowhere"), pages, Settings(), frozenset(), {})
    page = pages[rng.choice(PATHS[:3])]
    try:
        if rng.random() < 0.5 and page.headings:
            new = rng.choice(("new-name", "x", "start-1"))
            heading = rng.choice(page.headings)
            change = rename.rename_anchor(library, page, heading, new)
            names = (heading.anchor, new)
        else:
            path = rng.choice(
                ("pathways/new.md", "pages/deep/n (1).md", "services/p.md", "root.md")
            )
            change = rename.move_page(library, page, path, rng.choice(("", "n-id")))
            names = ("", "")
    except Refused:
        tally.done["refused"] += 1
        return
    follows(library, change, names)
    tally.done[f"{len(change.edits)} pages" if len(change.edits) != 1 else "1 page"] += 1


RUNS = {"edit": edit, "edits": edits, "read": read, "renamed": renamed}


def run(job):
    """One stretch of seeds: (name, first, last)."""
    name, first, last = job
    tally = Tally()
    for seed in range(first, last):
        try:
            RUNS[name](seed, tally)
        except Exception:  # noqa: BLE001 - whatever it is, it is what we are looking for
            tally.failures.append(f"{name} seed {seed}: {traceback.format_exc(limit=-3)}")
    return tally


def share(name, first, last, stretch=500, processes=2):
    """Run the seeds on two processors; tallies as they come, each with how many seeds it covers."""
    jobs = [(name, at, min(at + stretch, last)) for at in range(first, last, stretch)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for (_, begin, end), tally in zip(jobs, pool.imap(run, jobs), strict=True):
            yield end - begin, tally
        pool.close()
        pool.join()
