"""How quickly a show begins, goes on and moves: F5 to both windows painted, the next step, frames of the camera.

Run with `python -m benchmarks.presenting`; QT_QPA_PLATFORM=offscreen is used where there is no screen.
"""

import itertools
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
LARGEST = "pathways/perinatal-mental-health.md"
SESSION = "sessions/low-mood-worked-case.md"
ROUNDS = 5


def settle(app, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        time.sleep(0.005)


def cpu(work):
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)


def opened(app, home):
    from desktop import theme
    from desktop.session import Session
    from desktop.settings import Settings
    from desktop.window import MainWindow
    from knowledge.places import Profile, shipped_library

    theme.start(app, "light", 1.0)
    profile = Profile.at(Path(home))
    settings = Settings(profile.data)
    settings.set("tour_done", True)
    session = Session(profile, settings, shipped_library())
    window = MainWindow(session)
    window.resize(1280, 720)
    window.show()
    session.open()
    while not session.searchable:
        settle(app, 0.05)
    return window


def begun(app, window, link):
    """F5 until both windows have been painted; the first time in a program, and later ones."""
    window.session.go_to(link)
    settle(app, 2.0)
    found = []
    for _ in range(ROUNDS):

        def work():
            window.do_id("present")
            show = window.showing
            for part in (show.audience, show.trainer):
                part.repaint()

        found.append(cpu(work))
        settle(app, 0.5)
        window.showing.do_end()
        settle(app, 0.3)
    return found


def steps(app, window, link):
    """Space until both windows show what follows, all through."""
    window.session.go_to(link)
    settle(app, 1.0)
    window.do_id("present")
    show, found = window.showing, []
    settle(app, 3.0)
    app.setProperty("motion", False)

    def work():
        show.do_next()
        show.audience.repaint()
        show.trainer.repaint()

    while show.trainer.controls.next.accessibleName() != "The end":
        found.append(cpu(work))
        app.processEvents()
    app.setProperty("motion", None)
    show.do_end()
    settle(app, 0.2)
    return found


def frames():
    """The camera over a pathway of 60 boxes: the room's window, and the smaller picture before the trainer."""
    from PySide6.QtCore import QPointF, QSizeF
    from PySide6.QtGui import QImage, QPainter

    from benchmarks.graph_view import pathway
    from desktop.graph.lit import Lit
    from desktop.graph.picture import Picture
    from desktop.presenting.framing import Frame, frame
    from desktop.presenting.graphs import Graphs
    from desktop.presenting.stage import Stage
    from drawing.draw import first_picture
    from knowledge.library import open_library
    from knowledge.showing.moment import begin
    from knowledge.showing.seen import seen
    from knowledge.showing.show import show_of

    class Still:
        def run(self, *_, **__):
            """No careful drawing is wanted here."""

    class Session:
        tasks = Still()

    from datetime import date

    library = open_library(ROOT / "content")
    show = show_of(library, LARGEST)
    stage = Stage(Graphs(Session(), show), library)
    stage.show_seen(seen(show, begin(show), date(2026, 11, 21)))
    picture = Picture(first_picture(pathway(60)))
    stage.picture, stage.lit = picture, Lit(walked=True, chosen="b0")
    room = QSizeF(1280, 560)
    places = [frame(picture.box_rect(f"b{n}"), [], [], room) for n in range(0, 60, 6)]
    whole, small = (
        QImage(1280, 720, QImage.Format.Format_RGB32),
        QImage(560, 315, QImage.Format.Format_RGB32),
    )
    found = []
    for a, b in itertools.pairwise(places):
        for part in range(12):
            share = part / 12
            stage.frame = Frame(QPointF(a.middle + (b.middle - a.middle) * share), a.zoom)

            def work():
                for image in (whole, small):
                    painter = QPainter(image)
                    unit = image.width() / stage.size.width()
                    painter.scale(unit, unit)
                    stage.paint(painter, unit)
                    painter.end()

            found.append(cpu(work))
    return found


def row(name, values, goal):
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    print(f"{name:52} {statistics.median(values):8.1f} {p95:8.1f} {max(values):8.1f} {goal:>8}")


def main():
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    print(
        f"{'milliseconds of processor time':52} {'median':>8} {'95 %':>8} {'most':>8} {'goal':>8}"
    )
    with tempfile.TemporaryDirectory() as home:
        window = opened(app, home)
        first, *later = begun(app, window, LARGEST)
        row("F5 to both windows painted, the first time", [first], "300")
        row("F5 to both windows painted, later", later, "300")
        row("next step, our largest pathway", steps(app, window, LARGEST), "50")
        row("next step, a session", steps(app, window, SESSION), "50")
        window.close()
    row("a frame of the camera, 60 boxes, both pictures", frames(), "16")


if __name__ == "__main__":
    main()
