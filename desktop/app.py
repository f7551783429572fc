"""The program with a window: makes it, wires it, paints first and loads afterwards."""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
import time
from typing import TYPE_CHECKING, Any

from desktop.arguments import arguments
from desktop.quickstart import load_qt

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from desktop.arguments import Chosen
    from desktop.crash import Watch
    from desktop.session import Session
    from desktop.single import FirstWindow
    from desktop.window import MainWindow
    from knowledge.library import Library

log = logging.getLogger("fingerpost.app")

SAVE_MS = 10_000
MISTAKE = (
    "Something went wrong inside Fingerpost. It was written down; the next start offers the report."
)
_HEAVY = ("networkx", "whoosh", "markdown", "yaml", "nh3", "graphlay", "hashlib", "subprocess")


class Timings:
    """How long each step of the start took, and what was loaded by then."""

    def __init__(self) -> None:
        self.began = (time.process_time(), time.perf_counter())
        self.steps: list[dict[str, Any]] = []

    def note(self, name: str) -> None:
        cpu, wall = time.process_time(), time.perf_counter()
        self.steps.append(
            {
                "step": name,
                "cpu_ms": round(cpu * 1000, 1),
                "wall_ms": round((wall - self.began[1]) * 1000, 1),
                "memory_mib": memory_mib(),
                "loaded": [module for module in _HEAVY if module in sys.modules],
            }
        )

    def print(self, as_json: bool) -> None:
        if as_json:
            print(json.dumps({"steps": self.steps}))
            return
        for step in self.steps:
            loaded = ", ".join(step["loaded"]) or "nothing heavy"
            print(
                f"{step['step']:14} {step['cpu_ms']:8.1f} ms CPU {step['wall_ms']:8.1f} ms "
                f"{step['memory_mib']:6.1f} MiB  loaded: {loaded}"
            )


def memory_mib() -> float:
    """Memory in use now, in MiB; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:
            pages = int(file.read().split()[1])
        return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)
    except (OSError, AttributeError):
        return 0.0


def clock() -> Callable[[], datetime]:
    """The time of day; FINGERPOST_NOW sets another moment, for tests and for showing the program."""
    from datetime import datetime

    wanted = os.environ.get("FINGERPOST_NOW", "")
    if not wanted:
        return datetime.now
    moment, began = datetime.fromisoformat(wanted), datetime.now()
    return lambda: moment + (datetime.now() - began)


def main(argv: list[str]) -> int:
    """Open the window; returns when it is closed."""
    timings = Timings()
    gc.disable()  # nothing is rubbish yet; the session's collector sees to it from its first second
    chosen = arguments(argv)
    load_qt()
    from PySide6.QtWidgets import QApplication

    timings.note("qt loaded")
    from desktop import crash, logs, single, theme
    from desktop.session import Session
    from desktop.settings import Settings
    from desktop.window import NAME, MainWindow
    from knowledge.places import Profile

    profile = Profile.at(chosen.profile) if chosen.profile else Profile.usual()
    QApplication.setApplicationName(NAME)
    QApplication.setDesktopFileName("fingerpost")
    app = QApplication([sys.argv[0]])
    if single.hand_over(profile.data, chosen.page, chosen.library):
        return 0
    logs.start()
    watch = crash.Watch(profile.data / "crash")
    watch.begin()
    settings = Settings(profile.data)
    wanted = settings.get("theme")
    theme.start(app, theme.system_theme() if wanted == "system" else wanted, settings.get("scale"))
    timings.note("look ready")
    session = Session(profile, settings, chosen.library, clock())
    window = MainWindow(session)
    window.take_room()
    timings.note("window made")
    start = _Start(app, window, session, chosen, timings, watch)
    start.begin()
    status = app.exec()
    session.close()
    start.end()
    if chosen.timings:
        timings.print(chosen.json)
    return status


class _Start:
    """The order of the start: paint, then read the library, then search; and what runs beside it."""

    def __init__(
        self,
        app: QApplication,
        window: MainWindow,
        session: Session,
        chosen: Chosen,
        timings: Timings,
        watch: Watch,
    ) -> None:
        self.app, self.window, self.session = app, window, session
        self.chosen, self.timings, self.watch = chosen, timings, watch
        self.wanted = chosen.page
        self.settled = False
        self.warm = False
        self.first: FirstWindow | None = None
        self.log_file: logging.Handler | None = None
        self.saver: QTimer | None = None

    def begin(self) -> None:
        from PySide6.QtCore import QTimer

        self.session.nothing_kept.connect(self.make_first)
        self.session.library_opened.connect(self.library_read)
        self.session.library_failed.connect(lambda _: self.ready("library failed"))
        self.session.search_ready.connect(self.search_ready)
        self.window.show()
        QTimer.singleShot(0, self.first_paint)

    def first_paint(self) -> None:
        self.app.processEvents()
        self.timings.note("first paint")
        if self.chosen.quit_at == "first-paint":
            self.window.close()
            return
        self.session.open()
        self.stand_by()

    def stand_by(self) -> None:
        """What a running program needs and its first paint does not."""
        from PySide6.QtCore import QTimer

        from desktop import logs, theme
        from desktop.single import FirstWindow

        theme.follow_system(lambda: str(self.session.settings.get("theme")))
        self.log_file = logs.write_to(self.session.profile.data / "logs")
        logs.take_qt_messages()
        log.info("started")
        self.watch.told = lambda: self.session.told.emit(MISTAKE)
        self.first = FirstWindow(self.session.profile.data, self.session.root)
        self.first.asked.connect(self.come_forward)
        self.first.listen()
        self.saver = QTimer(self.window)
        self.saver.setInterval(SAVE_MS)
        self.saver.timeout.connect(self.save)

    def end(self) -> None:
        """The program ends in good order."""
        from desktop import logs

        if self.first is not None:
            self.first.close()
        log.info("ended")
        logs.stop(self.log_file)
        self.watch.end()

    def make_first(self) -> None:
        from desktop.warming import first

        first(self.window).begin()

    def library_read(self, library: Library) -> None:
        if self.settled:
            return
        self.settled = True
        self.timings.note("library read")
        saved = self.session.settings.get("session")
        crashed = bool(saved) and not saved.get("ended")
        if crashed or self.session.settings.get("start") == "last":
            self.window.bring_back(saved)
        elif saved.get("geometry"):
            self.window.bring_back({"geometry": saved["geometry"]})
        if self.wanted:
            self.open_asked(library, self.wanted)
        if self.saver is not None:
            self.save()
            self.saver.start()
        if self.watch.waiting() and self.chosen.quit_at is None:
            self.offer_report()

    def save(self) -> None:
        """Write down what is open, so that it can be brought back should the program not end well."""
        if self.chosen.quit_at is None and self.window.isVisible():
            open_now = {**self.window.saved(), "ended": False}
            self.session.settings.set("session", open_now, save=False)
            self.session.save_settings()

    def offer_report(self) -> None:
        from desktop.dialogs.report import CrashReport

        CrashReport(self.window, self.watch).open()

    def come_forward(self, page: str) -> None:
        """A second start: raise this window, and show what it was asked for."""
        from PySide6.QtCore import Qt

        window = self.window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if self.session.library is None:
            self.wanted = page or self.wanted  # the library is being read
        elif page:
            self.open_asked(self.session.library, page, new_tab=window.tab.place.kind != "home")

    def open_asked(self, library: Library, page: str, new_tab: bool = False) -> None:
        from desktop.places import page_place

        found = library.find_typed(page)
        if found is None:
            self.session.told.emit(f"There is no page '{page}' in this library.")
            return
        where, section = found
        place = page_place(where.path, section.anchor if section is not None else "")
        self.session.go(place, new_tab)

    def search_ready(self) -> None:
        self.ready("search ready" if self.session.searchable else "search open")

    def ready(self, step: str) -> None:
        self.timings.note(step)
        if self.chosen.quit_at == "ready" and step != "search open":
            self.window.close()
        elif step == "search ready" and not self.warm:
            from desktop.warming import rest

            self.warm = True
            rest(self.window).begin()
