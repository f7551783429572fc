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
WINDOWS = 3
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

    @property
    def told(self):
        """The longest pause, the one that 99 of 100 stay below, and the longest work of our own."""
        ordered = sorted(self.pauses)
        return ordered[-1], ordered[int((len(ordered) - 1) * 0.99)], max(self.work)


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


def wait(so, seconds=120):
    """As in the program: the event loop sleeps until something happens, and this looks now and then."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, look = QEventLoop(), QTimer(interval=3)
    look.timeout.connect(lambda: loop.quit() if so() else None)
    look.start()
    QTimer.singleShot(seconds * 1000, loop.quit)
    loop.exec()
    assert so(), "waited in vain"


def settle(seconds):
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


class Arrival:
    """Until the text of a page has been painted: milliseconds of the clock, of all work, and of the window's thread."""

    def __init__(self, window):
        from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer

        class Eye(QObject):
            def eventFilter(_, watched, event):
                if event.type() is QEvent.Type.Paint and self.shown:
                    self.shown = False
                    QTimer.singleShot(0, self.loop.quit)
                return False

        self.window, self.loop, self.eye, self.shown, self.reader = (
            window,
            QEventLoop(),
            Eye(),
            False,
            None,
        )

    def at(self, page):
        from desktop.places import page_place

        began = time.perf_counter(), time.process_time(), time.thread_time()
        self.window.session.go(page_place(page))
        reader = self.window.view.reader
        if reader is not self.reader:
            self.reader = reader
            reader.viewport().installEventFilter(self.eye)
            reader.shown.connect(self.stands)
        self.loop.exec()
        ended = time.perf_counter(), time.process_time(), time.thread_time()
        return [(b - a) * 1000 for a, b in zip(began, ended, strict=True)]

    def stands(self):
        self.shown = True
        self.reader.viewport().update()


def open_pages(window):
    """The first time, and again with the HTML kept: the clock, all threads' work, and the window's own."""
    arrival, found = Arrival(window), {}
    for size in (5, 50, 500):
        rows = []
        for _ in range(1 + ROUNDS):
            arrival.at("page1.md")
            settle(0.15)
            rows.append(arrival.at(f"size{size}.md"))
            settle(0.6 if size == 500 else 0.1)
        again = list(zip(*rows[1:], strict=True))
        found[f"{size} kB"] = (
            rows[0][0],
            statistics.median(again[0]),
            min(again[0]),
            statistics.median(again[1]),
            statistics.median(again[2]),
        )
    return found


def one_window(app):
    """What one window told: how long it stood still, by what was going on, and how pages opened."""
    from desktop import theme
    from desktop.places import list_place, page_place
    from desktop.session import Session
    from desktop.settings import Settings
    from desktop.warming import rest
    from desktop.window import MainWindow
    from knowledge.places import Profile

    theme.start(app, "light", 1.0)
    heart, still = Heart(), {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "library"
        library(root, 1000)
        profile = Profile.at(Path(folder) / "profile")
        window = MainWindow(Session(profile, Settings(profile.data), root))
        window.resize(1280, 720)
        window.show()
        settle(0.15)
        with heart:
            window.session.open()
            wait(lambda: window.session.library is not None)
        still["reading 1,000 pages"] = heart.told
        with heart:
            wait(lambda: window.session.searchable)
        still["indexing 1,000 pages"] = heart.told
        with heart:  # as the program does
            warming = rest(window)
            warming.begin()
            settle(1.5)
        still["loading ahead"] = heart.told
        with heart:
            for number in range(1, len("sleep and feeding") + 1):
                window.typed("sleep and feeding"[:number])
                settle(0.12)
        still["typing 17 letters"] = heart.told
        window.leave_search()
        with heart:
            for number in range(20):
                window.session.go(page_place(f"page{number}.md"))
                settle(0.1)
        still["opening 20 pages"] = heart.told
        opened = open_pages(window)
        window.session.go(page_place("page1.md"))
        settle(0.5)
        with heart:
            window.session.go(page_place("size500.md"))
            settle(2)
        still["opening 500 kB, all of it laid out"] = heart.told
        with heart:
            window.session.go(list_place("services"))
            settle(0.5)
        still["opening a list for the first time"] = heart.told
        window.close()
    return {"still": still, "opened": opened}


WORDS = "sleep and feeding"
KEYS_MS, PAGES_MS = 120, 250


def first_second(app, what, pages, at_ms):
    """Somebody types, or opens pages, so soon after a very first start: its stops, and when all is found."""
    from PySide6.QtCore import QTimer

    from desktop import theme
    from desktop.places import page_place
    from desktop.session import Session
    from desktop.settings import Settings
    from desktop.warming import first
    from desktop.window import MainWindow
    from knowledge.places import Profile

    theme.start(app, "light", 1.0)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "library"
        library(root, pages)
        profile = Profile.at(Path(folder) / "profile")
        window = MainWindow(Session(profile, Settings(profile.data), root))
        session, done = window.session, []
        window.resize(1280, 720)
        window.show()
        settle(0.15)
        session.nothing_kept.connect(lambda: first(window).begin())  # as the program does

        def press():
            done.append(1)
            if what == "typing":
                window.typed(WORDS[: len(done)])
            else:
                session.go(page_place(f"page{len(done)}.md"))
            if len(done) == (len(WORDS) if what == "typing" else 8):
                hand.stop()

        hand = QTimer(interval=KEYS_MS if what == "typing" else PAGES_MS)
        hand.timeout.connect(press)

        def begin():
            press()
            hand.start()

        if what == "typing":
            QTimer.singleShot(at_ms, begin)
        elif what == "pages":  # there is none to open before
            session.library_opened.connect(lambda _: QTimer.singleShot(at_ms, begin))
        began, heart = time.perf_counter(), Heart()
        with heart:
            session.open()
            wait(lambda: session.searchable)
            found = time.perf_counter() - began
            settle(1)
        window.close()
    return [heart.told[0], heart.told[2], found]


def first_seconds(pages):
    """Every case in a process of its own."""
    print(
        f"{'very first start, ' + str(pages) + ' pages':44} {'longest':>8} {'own':>6} {'found, s':>9}"
    )
    for what in ("nothing", "typing", "pages"):
        for at_ms in (0,) if what == "nothing" else (0, 100, 200, 350, 500, 700, 1000):
            case = ("case", what, str(pages), str(at_ms))
            longest, own, found = told(sys.executable, "-m", "benchmarks.window", *case)
            name = what if what == "nothing" else f"{what} from {at_ms} ms"
            print(f"{name:44} {longest:8.1f} {own:6.1f} {found:9.2f}", flush=True)


def one_run(*case):
    """The same in a process of its own, told as JSON."""
    from desktop.quickstart import load_qt

    load_qt()
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    if case:
        what, pages, at_ms = case
        print(json.dumps(first_second(app, what, int(pages), int(at_ms))))
    else:
        print(json.dumps(one_window(app)))


def standing_still():
    """Medians of several windows, each in a process of its own, and the best of them."""
    runs = [told(sys.executable, "-m", "benchmarks.window", "one") for _ in range(WINDOWS)]
    columns = ("first", "again", "best", "all work", "own work")
    print(f"\n{'open a page, ms':44}" + "".join(f"{name:>9}" for name in columns))
    for size in runs[0]["opened"]:
        rows = zip(*(run["opened"][size] for run in runs), strict=True)
        print(f"{size:44}" + "".join(f"{statistics.median(row):9.1f}" for row in rows))
    columns = ("longest", "best", "99 %", "own work")
    print(f"\n{'the window stands still, ms':44}" + "".join(f"{name:>9}" for name in columns))
    for what in runs[0]["still"]:
        longest, most, work = zip(*(run["still"][what] for run in runs), strict=True)
        row = statistics.median(longest), min(longest), statistics.median(most)
        print(f"{what:44}" + "".join(f"{value:9.1f}" for value in (*row, statistics.median(work))))


def main():
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.argv[1:] == ["one"]:
        one_run()
        return
    if sys.argv[1:2] == ["case"]:
        one_run(*sys.argv[2:])
        return
    if sys.argv[1:2] == ["first"]:
        first_seconds(int(sys.argv[2]) if sys.argv[2:] else 1000)
        return
    rooms = ("desktop", "drawing", "knowledge", "search", "benchmarks")
    compiled = [sys.executable, "-m", "compileall", "-q", *rooms]
    subprocess.run(compiled, env=surroundings(), cwd=ROOT, check=True)
    starts()
    standing_still()


if __name__ == "__main__":
    main()
