"""One window for all shows of a module: a show is a pair of windows of its own, and leaves this one as it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.session import Session
from desktop.settings import Settings
from desktop.window import MainWindow
from knowledge.places import Profile

# Every test is asked whether it leaves a thread behind: those of the window are there before.
LANES = ("careful", "company", "drafts", "drawing", "index", "pruning", "render", "search", "work")
STARTER = Path(__file__).parents[3] / "content"


@pytest.fixture(scope="module")
def host(
    request: pytest.FixtureRequest,
    started: None,
    read_before: Path,
    _loaded_once: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[MainWindow]:
    """A window on the starter library that nobody looks at: it is never painted."""
    profile = Profile.at(tmp_path_factory.mktemp("host"))
    shutil.copytree(read_before, profile.cache, copy_function=os.link)
    session = Session(profile, Settings(profile.data), STARTER)
    window = MainWindow(session)
    window.setUpdatesEnabled(False)
    window.resize(1280, 720)
    window.show()
    session.open()
    wait = QtBot(request)
    wait.waitUntil(lambda: session.library is not None, timeout=60_000)
    wait.waitUntil(lambda: not session._from_copy, timeout=60_000)
    for lane in LANES:
        session.tasks.run(lambda: None, lane=lane)
    yield window
    window.setUpdatesEnabled(True)
    window.close()
    window.deleteLater()
