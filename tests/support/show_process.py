"""Fingerpost presenting in a process of its own, led by one word a line; it answers with where its windows are.

`python -m tests.support.show_process LINK PROFILE`: on any screens that Qt was told of.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


class ShowProcess:
    """The other end: says a word, hears what came of it."""

    def __init__(self, link: str, folder: Path, surroundings: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.show_process", link, str(folder / "profile")],
            env={**os.environ, "PYTHONPATH": str(ROOT), **surroundings},
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def say(self, word: str) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"the show ended at '{word}'"
        found: dict[str, Any] = json.loads(line)
        return found

    def wait_for(self, fits: Any, tries: int = 80) -> dict[str, Any]:
        """Ask until the answer fits."""
        import time

        found = self.say("state")
        for _ in range(tries):
            if fits(found):
                return found
            time.sleep(0.1)
            found = self.say("state")
        raise AssertionError(found)

    def close(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        try:
            return self.process.wait(20)
        finally:
            self.process.stdout.close()
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()


def main(link: str, profile: str) -> int:
    """Open the window, then do what is said."""
    from PySide6.QtCore import QObject, Qt, Signal
    from PySide6.QtWidgets import QApplication

    from desktop import theme
    from desktop.session import Session
    from desktop.settings import Settings
    from desktop.window import MainWindow
    from knowledge.places import Profile

    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    app.setProperty("motion", False)
    theme.start(app, "light", 1.0)
    own = Profile.at(Path(profile))
    session = Session(own, Settings(own.data), ROOT / "content")
    window = MainWindow(session)
    window.resize(1000, 600)
    window.show()

    class Ear(QObject):
        heard = Signal(str)

    ear = Ear()

    def answer(word: str) -> None:
        if word == "quit":
            session.close()
            app.quit()
            return
        show = window.showing
        if word == "present":
            session.go_to(link)
            window.do_id("present")
        elif word.startswith("choose"):
            choose(window, int(word.split()[1]))
        elif word != "state" and show is not None:
            show.do(word)
        app.processEvents()
        print(json.dumps(state_of(app, window)), flush=True)

    ear.heard.connect(answer, Qt.ConnectionType.QueuedConnection)

    def listen() -> None:
        for line in sys.stdin:
            ear.heard.emit(line.strip())
        ear.heard.emit("quit")

    session.library_opened.connect(lambda _: threading.Thread(target=listen, daemon=True).start())
    session.open()
    return int(app.exec())


def choose(window: Any, number: int) -> None:
    """Answer the question which screen the room sees."""
    from PySide6.QtGui import QGuiApplication

    from desktop.presenting.dialogs import WhichScreen

    asked = next(w for w in window.findChildren(WhichScreen) if w.isVisible())
    asked.screen_ = QGuiApplication.screens()[number]
    asked.accept()


def state_of(app: Any, window: Any) -> dict[str, Any]:
    """Where everything is, and what it says."""
    from desktop.presenting.dialogs import WhichScreen

    found: dict[str, Any] = {"screens": [list(s.geometry().getRect()) for s in app.screens()]}
    found["asking"] = any(w.isVisible() for w in window.findChildren(WhichScreen))
    show = window.showing
    found["showing"] = show is not None and not show.over
    if found["showing"]:
        room, trainer = show.audience, show.trainer
        found["room"] = list(room.geometry().getRect())
        found["trainer"] = list(trainer.geometry().getRect())
        found["full"] = room.isFullScreen()
        found["visible"] = [room.isVisible(), trainer.isVisible()]
        found["says"] = trainer.where.text()
        found["offered"] = trainer.offer.isVisible()
        found["at"] = [show.moment.at, len(show.moment.opened), len(show.moment.trail)]
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
