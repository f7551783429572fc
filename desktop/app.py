"""The program with a window: makes it, wires it, paints first and loads afterwards."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

from desktop.arguments import arguments
from desktop.quickstart import load_qt

if TYPE_CHECKING:
    import argparse

_HEAVY = ("networkx", "whoosh", "markdown", "yaml", "nh3", "graphlay")


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


def main(argv: list[str]) -> int:
    """Open the window; returns when it is closed."""
    timings = Timings()
    chosen = arguments(argv)
    load_qt()
    from PySide6.QtWidgets import QApplication

    timings.note("qt loaded")
    from desktop import theme
    from desktop.session import Session
    from desktop.settings import Settings
    from desktop.window import NAME, MainWindow
    from knowledge.places import Profile

    QApplication.setApplicationName(NAME)
    QApplication.setDesktopFileName("fingerpost")
    app = QApplication([sys.argv[0]])
    app.setQuitOnLastWindowClosed(True)
    profile = Profile.at(chosen.profile) if chosen.profile else Profile.usual()
    settings = Settings(profile.data)
    wanted = settings.get("theme")
    theme.start(app, theme.system_theme() if wanted == "system" else wanted, settings.get("scale"))
    timings.note("look ready")
    session = Session(profile, settings, chosen.library)
    window = MainWindow(session)
    window.resize(1280, 720)
    timings.note("window made")
    start = _Start(app, window, session, chosen, timings)
    start.begin()
    status = app.exec()
    session.close()
    if chosen.timings:
        timings.print(chosen.json)
    return status


class _Start:
    """The order of the start: paint, then read the library, then search."""

    def __init__(
        self, app: Any, window: Any, session: Any, chosen: argparse.Namespace, timings: Timings
    ) -> None:
        self.app, self.window, self.session = app, window, session
        self.chosen, self.timings = chosen, timings
        self.painted = False

    def begin(self) -> None:
        from PySide6.QtCore import QTimer

        self.session.library_opened.connect(self.library_read)
        self.session.library_failed.connect(lambda _: self.ready("library failed"))
        self.session.search_ready.connect(lambda: self.ready("search ready"))
        self.window.show()
        QTimer.singleShot(0, self.first_paint)

    def first_paint(self) -> None:
        self.app.processEvents()
        self.timings.note("first paint")
        if self.chosen.quit_at == "first-paint":
            self.window.close()
            return
        self.session.open()

    def library_read(self, library: Any) -> None:
        self.timings.note("library read")
        saved = self.session.settings.get("session")
        crashed = bool(saved) and not saved.get("ended")
        if crashed or self.session.settings.get("start") == "last":
            self.window.bring_back(saved)
        elif saved.get("geometry"):
            self.window.bring_back({"geometry": saved["geometry"]})
        if self.chosen.page:
            self.open_asked(library)

    def open_asked(self, library: Any) -> None:
        from desktop.places import page_place

        found = library.find(self.chosen.page)
        if found is None:
            self.session.told.emit(f"There is no page '{self.chosen.page}' in this library.")
            return
        page, section = found
        self.session.go(page_place(page.path, section.anchor if section is not None else ""))

    def ready(self, step: str) -> None:
        self.timings.note(step)
        if self.chosen.quit_at == "ready":
            self.window.close()
