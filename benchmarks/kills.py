"""The editor killed while somebody writes and saves: are pages whole, is the draft offered, how much typing is lost?

python -m benchmarks.kills --window 50 [--seed 1] [--at typing|keeping|saving] [--first 0]
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks._typist import PATIENCE, digest

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "data" / "tiny"
PAGE = "pathways/feeding.md"
MOMENTS = ("typing", "keeping", "saving")
MOST_LOST = 5.0


@dataclass
class Life:
    """What a typist said until she was killed."""

    typed: list = field(default_factory=list)  # (when, digest)
    saving: list = field(default_factory=list)
    saved: list = field(default_factory=list)
    keeping: list = field(default_factory=list)
    killed_at: float = 0.0
    halts: list = field(default_factory=list)  # (from, to): everything was halted from outside


class Halts:
    """Notices when this process, and so the typist beside it, was not let run: nobody types then.

    A window that stands still of itself does not halt us, and counts as typing lost.
    """

    TICK, LEAST = 0.1, 1.0

    def __enter__(self):
        self.found, self.over = [], threading.Event()
        self.watch = threading.Thread(target=self._watch)
        self.watch.start()
        return self.found

    def _watch(self):
        last, over = time.monotonic(), False
        while not over:
            over = self.over.wait(self.TICK)
            now = time.monotonic()
            if now - last > self.LEAST:
                self.found.append((last + self.TICK, now))
            last = now

    def __exit__(self, *error):
        self.over.set()
        self.watch.join()


@dataclass
class Outcome:
    """How the library and the next window were found."""

    moment: str
    damaged: list
    offered: bool
    wanted: bool  # something was typed that the library does not have
    lost: float
    works: bool
    halted: float = 0.0  # of the time that would have counted as lost

    @property
    def good(self):
        return not self.damaged and self.works and self.lost <= MOST_LOST


def typist(library, profile, seed, pipe):
    command = [sys.executable, "-m", "benchmarks._typist", library, profile, PAGE, seed, pipe]
    fds = () if pipe == "look" else (int(pipe),)
    return subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        pass_fds=fds,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def live_and_die(library, profile, moment, coin, longest):
    """Run the editor until the moment has come, then kill it without a warning."""
    reading, writing = os.pipe()
    process = typist(library, profile, coin.randrange(10**6), writing)
    os.close(writing)
    life, due = Life(), threading.Event()
    after = coin.uniform(0.2, longest) if moment == "typing" else coin.randint(1, 2)

    def listen():
        with os.fdopen(reading) as pipe:
            for line in pipe:
                what, when, text = line.split()
                getattr(life, what).append((float(when), text))
                begun = life.typed and life.typed[0][0]
                if moment == "typing":
                    if begun and float(when) - begun > after:
                        due.set()
                elif what == moment and len(getattr(life, what)) == after:
                    due.set()

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        with Halts() as life.halts:
            assert due.wait(PATIENCE * 30), f"{moment} never came: {process.poll()}"
            if moment != "typing":
                time.sleep(coin.uniform(0, 0.012))
            life.killed_at = time.monotonic()
            process.send_signal(signal.SIGKILL)
    finally:
        process.kill()
        process.communicate()
        listener.join()
    return life


def damaged(library, life):
    """Pages that are not what somebody saved, and files that should not be seen."""
    allowed = {digest((TINY / PAGE).read_text("utf-8")), *(text for _, text in life.saving)}
    wrong = []
    seen = {p for p in library.rglob("*") if p.is_file() and not hidden(p, library)}
    for path in seen:
        name = path.relative_to(library).as_posix()
        if name == PAGE:
            if digest(path.read_bytes().decode("utf-8", "replace")) not in allowed:
                wrong.append(name)
        elif not (TINY / name).is_file() or (TINY / name).read_bytes() != path.read_bytes():
            wrong.append(name)
    if len(seen) != sum(p.is_file() for p in TINY.rglob("*")):
        wrong.append("another number of files")
    if life.saved and not life.saving[len(life.saved) :]:
        now = digest((library / PAGE).read_text("utf-8"))
        if now != life.saved[-1][1]:
            wrong.append("what was said to be saved is not there")
    return wrong


def hidden(path, library):
    return any(part.startswith(".") for part in path.relative_to(library).parts)


def lost_seconds(life, text):
    """For how long keys had been pressed that nobody has any more, and how much of that was a halt."""
    last = max((n for n, (_, typed) in enumerate(life.typed) if typed == text), default=-1)
    if last == len(life.typed) - 1:
        return 0.0, 0.0
    if last < 0:
        return float("inf"), 0.0
    begun, ended = life.typed[last + 1][0], life.killed_at
    halted = sum(max(0.0, min(to, ended) - max(since, begun)) for since, to in life.halts)
    return ended - begun - halted, halted


def one_kill(moment, coin, longest=8.0):
    with tempfile.TemporaryDirectory() as folder:
        library, profile = Path(folder) / "library", Path(folder) / "profile"
        shutil.copytree(TINY, library)
        life = live_and_die(library, profile, moment, coin, longest)
        wrong = damaged(library, life)
        there = digest((library / PAGE).read_text("utf-8"))
        after = typist(library, profile, 0, "look")
        out, errors = after.communicate(timeout=PATIENCE * 30)
        found = json.loads(out) if after.returncode == 0 else {"offered": False, "text": there}
        works = after.returncode == 0
        works &= digest((library / PAGE).read_text("utf-8")) == found["text"]
        if not works:
            print(errors, file=sys.stderr)
        wanted = life.typed[-1][1] != there
        lost, halted = lost_seconds(life, found["text"])
    return Outcome(moment, wrong, found["offered"], wanted, lost, works, halted)


def main():
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--window", type=int, default=50, metavar="KILLS")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at", choices=MOMENTS)
    parser.add_argument("--first", type=int, default=0, help="the number of the first kill")
    asked = parser.parse_args()
    outcomes = []
    for number in range(asked.first, asked.first + asked.window):
        coin = random.Random(f"{asked.seed}-{number}")
        outcomes.append(one_kill(asked.at or MOMENTS[number % 3], coin))
        if not outcomes[-1].good:
            print(f"kill {number}: {outcomes[-1]}", file=sys.stderr)
    heads = (
        "kills",
        "damaged",
        "words unsaved",
        "draft offered",
        "next save fine",
        "lost, worst s",
        "halted",
    )
    print(f"{'killed while':16}" + "".join(f"{head:>15}" for head in heads))
    for moment in MOMENTS:
        some = [one for one in outcomes if one.moment == moment]
        if some:
            cells = (
                len(some),
                sum(bool(one.damaged) for one in some),
                sum(one.wanted for one in some),
                sum(one.offered for one in some),
                sum(one.works for one in some),
                f"{max(one.lost for one in some):.2f}",
                sum(one.halted > 0 for one in some),
            )
            print(f"{moment:16}" + "".join(f"{cell:>15}" for cell in cells))
    return 0 if all(one.good for one in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
