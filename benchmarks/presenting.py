"""How quickly a show begins, goes on and moves: F5 to both windows painted, the next step, frames of the camera.

Run with `python -m benchmarks.presenting`. The screens are a file's, painted in memory: a laptop and a projector.
Milliseconds of processor time until both windows have really been painted and nothing waits to be laid out any more.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
LARGEST = "pathways/perinatal-mental-health.md"
SESSION = "sessions/low-mood-worked-case.md"
SCREENS = {"laptop": (0, 0, 1366, 768), "projector": (1366, 0, 1920, 1080)}
STARTS, LATER = 7, 12
ROUNDS = 3  # through the pathway; the session, with more to uncover, once
LONGEST_PAUSE = 1.5  # seconds that a trainer talks, at most, until the next key
SOON = 0.45  # when the coming scene is ready, whatever else is still to do
PARTS = 12  # frames of one move


def screens_file(folder):
    keys = ("x", "y", "width", "height")
    found = [
        {"name": name, **dict(zip(keys, box, strict=True)), "dpr": 1}
        | {"logicalDpi": 96, "logicalBaseDpi": 96}
        for name, box in SCREENS.items()
    ]
    (Path(folder) / "screens.json").write_text(json.dumps({"screens": found}), "utf-8")


def settle(app, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.005)


class Clock:
    """Processor time of an act until every part has been painted."""

    def __init__(self, app):
        from PySide6.QtCore import QEvent, QObject

        class Watch(QObject):
            def eventFilter(self, watched, event):
                if event.type() is QEvent.Type.Paint:
                    painted.add(watched)
                return False

        self.app, self.painted, self.watch = app, set(), Watch()
        painted = self.painted

    def time(self, act, parts):
        """`act` may make the parts, which are asked for after it."""
        self.painted.clear()
        began = time.process_time()
        act()
        found = parts()
        for part in found:
            part.installEventFilter(self.watch)
        for _ in range(200):
            self.app.processEvents()
            if all(part in self.painted for part in found):
                break
        else:
            raise SystemExit("a window was never painted")
        while self.painted:  # and what was laid out again because of it
            self.painted.clear()
            self.app.processEvents()
        spent = 1000 * (time.process_time() - began)
        for part in found:
            part.removeEventFilter(self.watch)
        return spent


def views(show):
    return (show.audience.room, show.trainer.desk.framed.view)


def opened(app, home, library=None):
    from PySide6.QtGui import QGuiApplication

    from desktop import theme
    from desktop.presenting.screens import Screens
    from desktop.session import Session
    from desktop.settings import Settings
    from desktop.warming import rest
    from desktop.window import MainWindow
    from knowledge.places import Profile, shipped_library

    theme.start(app, "light", 1.0)
    profile = Profile.at(Path(home))
    settings = Settings(profile.data)
    settings.set("tour_done", True)
    projector = [screen for screen in QGuiApplication.screens() if screen.name() == "projector"]
    Screens(settings).remember(projector[0])
    session = Session(profile, settings, library or shipped_library())
    window = MainWindow(session)
    window.resize(1280, 720)
    window.show()
    session.open()
    while not session.searchable:
        settle(app, 0.05)
    warming = rest(window)  # as the program does when nobody waits
    warming.begin()
    while warming.left:
        settle(app, 0.05)
    return window


def started(app, clock, window, link):
    """F5; the show, and how long it took."""
    window.session.go_to(link)
    settle(app, 1.0)
    spent = clock.time(lambda: window.do_id("present"), lambda: views(window.showing))
    return window.showing, spent


def ended(app, show):
    show.do_end()
    settle(app, 0.3)


def wait_for(app, show):
    """The trainer talks until what comes next is ready."""
    end = time.monotonic() + LONGEST_PAUSE
    settle(app, SOON)
    while not show.rehearsal.ready and time.monotonic() < end:
        settle(app, 0.02)


def at_end(show):
    return show.trainer.controls.next.accessibleName() == "The end"


def steps(app, clock, window, link, rounds, *, pause):
    """Space until both windows show what follows, all through; without movement, which is for `moves`."""
    app.setProperty("motion", False)
    found = []
    for _ in range(rounds):
        show, _ = started(app, clock, window, link)
        settle(app, 1.0)
        while not at_end(show):
            if pause:
                wait_for(app, show)
            found.append(clock.time(show.do_next, lambda: views(show)))  # noqa: B023
        ended(app, show)
    app.setProperty("motion", None)
    return found


def moves(app, clock, window, link, *, pause):
    """Every frame of the camera's way from step to step, both windows."""
    found = []
    app.setProperty("motion", True)
    show, _ = started(app, clock, window, link)
    settle(app, 1.0)
    while not at_end(show):
        if pause:
            wait_for(app, show)
        show.do_next()
        pan = show.stage.pan
        if pan.state() is not pan.State.Running:
            continue
        pan.pause()
        app.processEvents()
        for part in range(1, PARTS + 1):
            at = pan.duration() * part // PARTS
            spent = clock.time(lambda: pan.setCurrentTime(at), lambda: views(show))  # noqa: B023
            found.append(spent)
        pan.stop()
    ended(app, show)
    app.setProperty("motion", None)
    return found


def of_sixty(folder):
    """A library whose pathway has 60 boxes: mostly ways down, some across, some back."""
    rng = random.Random(7)
    words = "Ask the two questions about mood and listen before you write anything down".split()
    kinds = ("question", "action", "action", "referral", "urgent")
    ways = [[] for _ in range(60)]
    for n in range(1, 60):
        ways[rng.randrange(max(0, n - 6), n)].append((rng.choice(("Yes", "None of these")), n))
    for _ in range(20):
        low = rng.randrange(59)
        ways[low].append(("If in doubt", min(59, low + rng.randint(1, 12))))
    lines = ["---", "id: sixty", "title: Sixty steps", "kind: pathway", "---", ""]
    for n in range(60):
        kind = rng.choice(kinds) if n else "start"
        title = " ".join(rng.sample(words, rng.randint(3, 8)))
        lines += [f"## {title} {{#s{n} .{kind}}}", "", "What is done here.", ""]
        lines += [f"- {said} → [Step {m + 1}](#s{m})" for said, m in ways[n]]
        lines.append("")
    (Path(folder) / "sixty.md").write_text("\n".join(lines), "utf-8")
    return Path(folder)


def row(name, values, goal):
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    share = f"{p95:8.1f}" if len(values) >= 40 else f"{'':8}"
    print(
        f"{name:58} {len(values):5} {statistics.median(values):8.1f} {share} {max(values):8.1f} {goal:>6}",
        flush=True,
    )


def first_of(home):
    """In a program of its own: the first F5 of its life."""
    app, clock = begun()
    window = opened(app, home)
    settle(app, 2.0)
    show, spent = started(app, clock, window, LARGEST)
    ended(app, show)
    print(json.dumps(spent))
    window.close()


def begun():
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    return app, Clock(app)


def firsts(home):
    for number in range(STARTS):
        folder = Path(home) / f"first-{number}"
        folder.mkdir()
        found = subprocess.run(
            [sys.executable, "-m", "benchmarks.presenting", "--first", str(folder)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
            cwd=home,
        )
        yield json.loads(found.stdout.splitlines()[-1])


def everything(home):
    heads = f"{'number':>5} {'median':>7} {'95 %':>8} {'most':>8} {'goal':>6}"
    print(f"{'milliseconds of processor time':58}{heads}")
    row("F5 to both windows painted, the first time in a program", list(firsts(home)), "300")
    app, clock = begun()
    (Path(home) / "own").mkdir()
    window = opened(app, Path(home) / "own")
    later = []
    for _ in range(LATER):
        show, spent = started(app, clock, window, LARGEST)
        later.append(spent)
        ended(app, show)
    row("F5 to both windows painted, later", later[1:], "300")
    for name, link, rounds in (
        ("our largest pathway", LARGEST, ROUNDS),
        ("a session", SESSION, 1),
    ):
        row(f"next step, {name}", steps(app, clock, window, link, rounds, pause=True), "50")
        hurried = steps(app, clock, window, link, rounds, pause=False)
        row("  without a pause between them", hurried, "50")
    row("a frame of the camera", moves(app, clock, window, LARGEST, pause=True), "16")
    window.close()
    sixty = Path(home) / "sixty"
    (Path(home) / "other").mkdir()
    sixty.mkdir()
    window = opened(app, Path(home) / "other", of_sixty(sixty))
    row("a frame of the camera, 60 boxes", moves(app, clock, window, "sixty.md", pause=True), "16")
    row("  without a pause", moves(app, clock, window, "sixty.md", pause=False), "16")
    window.close()


def main(arguments=None):
    asked = argparse.ArgumentParser(prog="fingerpost benchmark presenting")
    asked.add_argument("--first", help=argparse.SUPPRESS)
    chosen = asked.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen:configfile=screens.json"
    if chosen.first:
        first_of(chosen.first)
        return
    with tempfile.TemporaryDirectory() as home:
        screens_file(home)
        os.chdir(home)  # the platform reads its screens from a file of this name
        everything(home)
        os.chdir(ROOT)


if __name__ == "__main__":
    main()
