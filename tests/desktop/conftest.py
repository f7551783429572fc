"""A real window on a real library, in a profile of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import MainWindow
from knowledge.places import Profile

STARTER = Path(__file__).parents[2] / "content"

Opened = Callable[..., MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Opened]:
    """Opens a window on a library and waits until it is read; `search=True` waits for the index too."""
    made: list[MainWindow] = []

    def open_one(
        root: Path = STARTER, *, look: str = "light", scale: float = 1.0, search: bool = False
    ) -> MainWindow:
        profile = Profile.at(tmp_path / "profile")
        theme.start(qapp, look, scale)
        session = Session(profile, Settings(profile.data), root)
        window = MainWindow(session)
        made.append(window)
        window.resize(1280, 720)
        window.show()
        with qtbot.waitSignal(session.library_opened, timeout=20_000):
            session.open()
        if search:
            qtbot.waitUntil(lambda: session.searchable, timeout=30_000)
        return window

    yield open_one
    for window in made:
        window.close()
        window.deleteLater()
    theme.theme().force("light", 1.0)
