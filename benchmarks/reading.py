"""How quickly a page of 5, 50 and 500 kB stands in the window, and how long the window is held up meanwhile.

Run with `python -m benchmarks.reading`; QT_QPA_PLATFORM=offscreen is used where there is no screen.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

SIZES = (5, 50, 500)
ROUNDS = 7
PART = """## Part {n} {{#part-{n}}}

A health visitor asks, listens and notes what **she** sees. See [the other page](other.md) and go on. [^S1]
Ask how things are at home, then wait for the answer before the next question. [^S1]

- Something to look for → with words behind it
- Something else, `as written`

| Level | What to do |
|---|---|
| Low | Ask again at the next contact |
| High | Ring and speak to a person |

> [!NOTE]
> Note this as well.

"""


def library(root: Path) -> None:
    """Pages of these sizes, and one to come from."""
    front = (
        "---\ntitle: Page of {0} kB\nsources: [{{key: S1, title: A book, strength: seen}}]\n---\n\n"
    )
    for size in SIZES:
        text, number = front.format(size), 0
        while len(text) < size * 1000:
            text += PART.format(n=number)
            number += 1
        (root / f"page-{size}.md").write_text(text, "utf-8")
    (root / "other.md").write_text("---\ntitle: Other\n---\n\nText.\n", "utf-8")


class Held:
    """How long the window's own thread worked in one go: what a person feels as a stutter."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self.worst, self.last = 0.0, time.thread_time()
        self.timer = QTimer()
        self.timer.setInterval(1)
        self.timer.timeout.connect(self.tick)
        self.timer.start()

    def tick(self) -> None:
        now = time.thread_time()
        self.worst, self.last = max(self.worst, now - self.last), now

    def again(self) -> None:
        self.worst, self.last = 0.0, time.thread_time()


def measure(window, app, held: Held, link: str) -> tuple[float, float]:
    """Milliseconds until the text stands there and is painted, and the longest single stretch of work."""
    arrived: list[float] = []
    held.again()
    begun = time.perf_counter()
    window.session.go_to(link)
    reader = window.view.reader

    def stands() -> None:
        arrived.append(1.0)

    reader.shown.connect(stands)
    while not arrived and time.perf_counter() - begun < 30:
        app.processEvents()
        time.sleep(0.0005)  # as an event loop does; without it this would fight for Python's lock
    app.processEvents()
    took = time.perf_counter() - begun
    until = time.perf_counter() + 0.4  # what is left to be laid out is part of the stutter
    while time.perf_counter() < until:
        app.processEvents()
        time.sleep(0.001)
    reader.shown.disconnect(stands)
    return took * 1000, held.worst * 1000


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop import theme
    from desktop.session import Session
    from desktop.settings import Settings
    from desktop.window import MainWindow
    from knowledge.places import Profile

    app = QApplication.instance() or QApplication([])
    theme.start(app, "light", 1.0)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "library"
        root.mkdir()
        library(root)
        profile = Profile.at(Path(folder) / "profile")
        session = Session(profile, Settings(profile.data), root)
        window = MainWindow(session)
        window.resize(1280, 720)
        window.show()
        session.open()
        while not session.searchable:  # nothing else is to be done meanwhile
            app.processEvents()
            time.sleep(0.002)
        held = Held()
        print("| page | first time, ms | shown again, ms | longest stretch, ms CPU | find, ms |")
        print("|---|--:|--:|--:|--:|")
        measure(window, app, held, "page-5.md")
        for size in SIZES:
            measure(window, app, held, "other.md")
            cold, _ = measure(window, app, held, f"page-{size}.md")
            warm, stretch = [], []
            for _ in range(ROUNDS):
                measure(window, app, held, "other.md")
                took, longest = measure(window, app, held, f"page-{size}.md")
                warm.append(took)
                stretch.append(longest)
            window.view.finder.field.clear()
            window.view.find_in_page()
            begun = time.perf_counter()
            window.view.finder.field.setText("answer")
            find = (time.perf_counter() - begun) * 1000
            window.view.finder.leave()
            again, longest = statistics.median(warm), statistics.median(stretch)
            print(f"| {size} kB | {cold:.0f} | {again:.0f} | {longest:.0f} | {find:.0f} |")
        window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
