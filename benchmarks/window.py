"""The window: its start beside a bare PySide6 window, its memory, opening pages, and how long it ever stands still."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 9
BARE = """
import json, os, time
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("x"))
window.resize(1280, 720)
window.show()
app.processEvents()
pages = int(open("/proc/self/statm").read().split()[1])
print(json.dumps([time.process_time() * 1000, pages * os.sysconf("SC_PAGE_SIZE") / 2**20]))
"""


def surroundings():
    """As on a user's machine: compiled modules are kept."""
    found = {**os.environ}
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    found.setdefault("QT_QPA_PLATFORM", "offscreen")
    return found


def told(*command):
    done = subprocess.run(command, env=surroundings(), cwd=ROOT, capture_output=True, check=True)
    return json.loads(done.stdout)


def start(profile, point):
    command = [sys.executable, "-m", "desktop", "--profile", profile]
    steps = told(*command, "--timings", "--quit-at", point, "--json")["steps"]
    return {step["step"]: step for step in steps}


def starts():
    """CPU and memory at the first paint and when all is loaded, in turns with the bare window."""
    bare, paint, ready = [], [], []
    with tempfile.TemporaryDirectory() as profile:
        start(profile, "ready")
        for _ in range(ROUNDS):
            bare.append(told(sys.executable, "-c", BARE))
            paint.append(start(profile, "first-paint")["first paint"])
        for _ in range(3):
            ready.append(start(profile, "ready")["search ready"])
    cpu = statistics.median(one[0] for one in bare)
    ours = statistics.median(one["cpu_ms"] for one in paint)
    print(f"{'start':44} {'CPU ms':>8} {'times':>6} {'MiB':>6}")
    print(f"{'bare PySide6 window':44} {cpu:8.1f} {1:6.2f} {bare[0][1]:6.1f}")
    memory = statistics.median(one["memory_mib"] for one in paint)
    print(f"{'Fingerpost, first paint':44} {ours:8.1f} {ours / cpu:6.2f} {memory:6.1f}")
    loaded = statistics.median(one["cpu_ms"] for one in ready)
    memory = statistics.median(one["memory_mib"] for one in ready)
    print(
        f"{'Fingerpost, library and search ready':44} {loaded:8.1f} {loaded / cpu:6.2f} {memory:6.1f}"
    )


class Heart:
    """Beats every millisecond of the event loop; the longest pause between two beats is told."""

    def __init__(self):
        from PySide6.QtCore import Qt, QTimer

        self.timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.beat)
        self.last, self.pauses, self.work = (0.0, 0.0), [], []

    def beat(self):
        now = time.perf_counter(), time.thread_time()
        self.pauses.append((now[0] - self.last[0]) * 1000)
        self.work.append((now[1] - self.last[1]) * 1000)
        self.last = now

    def __enter__(self):
        self.last = time.perf_counter(), time.thread_time()
        self.pauses, self.work = [], []
        self.timer.start()
        return self

    def __exit__(self, *error):
        self.beat()
        self.timer.stop()


def library(root, pages):
    """Pages of about 3 kB, and three large ones."""
    root.mkdir()
    text = "Sleep, feeding and mood after birth, and who to ring about each of them. "
    for number in range(pages):
        body = "\n\n".join(f"## Part {n} of {number}\n\n{text * 4}{n * number}" for n in range(8))
        (root / f"page{number}.md").write_text(f"# Page {number}\n\n{body}\n", "utf-8")
    for size in (5, 50, 500):
        part = f"{text * 5}\n\n- one thing\n- another, see [page](page1.md)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        many = max(1, size * 1000 // len(part))
        body = "".join(f"## Heading {n}\n\n{part}" for n in range(many))
        (root / f"size{size}.md").write_text(f"# Size {size}\n\n{body}", "utf-8")


def wait(app, so, seconds=120):
    limit = time.monotonic() + seconds
    while not so() and time.monotonic() < limit:
        app.processEvents()
        time.sleep(0.0005)
    assert so(), "waited in vain"


def open_pages(app, window):
    """Time from asking for a page to its being painted: the first time, and again."""
    from desktop.places import page_place

    print(f"\n{'open a page':44} {'first ms':>8} {'again':>6} {'own work':>9}")
    for size in (5, 50, 500):
        times, work = [], []
        for _ in range(4):
            window.session.go(page_place("page1.md"))
            wait(app, lambda: window.tab.place.page == "page1.md")
            settle(app)
            began = time.perf_counter(), time.thread_time()
            window.session.go(page_place(f"size{size}.md"))
            wait(app, lambda s=size: shows(window, "Heading 0", s))
            app.processEvents()
            times.append((time.perf_counter() - began[0]) * 1000)
            work.append((time.thread_time() - began[1]) * 1000)
        again = statistics.median(times[1:])
        print(f"{f'{size} kB':44} {times[0]:8.1f} {again:6.1f} {min(work):9.1f}")


def shows(window, words, size):
    from PySide6.QtWidgets import QTextBrowser

    if window.tab.place.page != f"size{size}.md" or window.view is None:
        return False
    readers = window.view.findChildren(QTextBrowser)
    return any(words in reader.toPlainText() for reader in readers)


def settle(app, seconds=0.15):
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        app.processEvents()
        time.sleep(0.001)


def standing_still():
    """The longest time the window did not answer, in ms, by what was going on."""
    from desktop.quickstart import load_qt

    load_qt()
    from PySide6.QtWidgets import QApplication

    from desktop import theme
    from desktop.session import Session
    from desktop.settings import Settings
    from desktop.window import MainWindow
    from knowledge.places import Profile

    app = QApplication([])
    theme.start(app, "light", 1.0)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "library"
        library(root, 1000)
        profile = Profile.at(Path(folder) / "profile")
        window = MainWindow(Session(profile, Settings(profile.data), root))
        window.resize(1280, 720)
        window.show()
        settle(app)
        rows = {}
        with Heart() as heart:
            window.session.open()
            wait(app, lambda: window.session.library is not None)
        rows["reading 1,000 pages"] = (heart.pauses, heart.work)
        with Heart() as heart:
            wait(app, lambda: window.session.searchable)
        rows["indexing 1,000 pages"] = (heart.pauses, heart.work)
        settle(app, 1)
        window.typed("s")
        settle(app, 1)
        with Heart() as heart:
            for number in range(1, len("sleep and feeding") + 1):
                window.typed("sleep and feeding"[:number])
                settle(app, 0.12)
        rows["typing 17 letters"] = (heart.pauses, heart.work)
        window.leave_search()
        from desktop.places import list_place, page_place

        with Heart() as heart:
            for number in range(20):
                window.session.go(page_place(f"page{number}.md"))
                settle(app, 0.1)
        rows["opening 20 pages"] = (heart.pauses, heart.work)
        open_pages(app, window)
        settle(app, 2)
        with Heart() as heart:
            window.session.go(list_place("services"))
            settle(app, 0.5)
        rows["opening a list"] = (heart.pauses, heart.work)
        print(f"\n{'the window stands still, ms':44} {'longest':>8} {'p99':>6} {'own work':>9}")
        for what, (pauses, work) in rows.items():
            ordered = sorted(pauses)
            p99 = ordered[int((len(ordered) - 1) * 0.99)]
            print(f"{what:44} {ordered[-1]:8.1f} {p99:6.1f} {max(work):9.1f}")
        window.close()


def main():
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    starts()
    standing_still()


if __name__ == "__main__":
    main()
