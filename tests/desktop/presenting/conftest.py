"""One window for all shows of a module: a show is a pair of windows of its own, and leaves this one as it was."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.presenting.presenting import Presenting
from desktop.session import Session
from desktop.settings import Settings
from desktop.window import MainWindow
from knowledge.library import open_library
from knowledge.places import Profile
from knowledge.showing.moment import begin
from knowledge.showing.show import show_of

# Every test is asked whether it leaves a thread behind: those of the window are there before.
LANES = (
    *("careful", "company", "drafts", "drawing", "index", "library", "pruning", "render"),
    *("saving", "search", "settings", "work"),
)
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


@pytest.fixture
def nothing_moves(qapp: QApplication) -> Iterator[None]:
    qapp.setProperty("motion", False)
    yield
    qapp.setProperty("motion", None)


@pytest.fixture
def present_in(qtbot: QtBot, nothing_moves: None) -> Iterator[Callable[..., Any]]:
    """Presents a page of a window as F5 does, or one of another library (`root`); the show ends with the test."""
    made: list[Any] = []

    def one(
        window: MainWindow, link: str, *, command: str = "present", root: Path | None = None
    ) -> Any:
        if root is None:
            window.session.go_to(link)
            window.do_id(command)
            show = window.showing
        else:
            order = show_of(open_library(root), link)
            assert order is not None
            show = Presenting(window, order, begin(order))
            show.start()
        assert show is not None
        made.append(show)
        qtbot.waitExposed(show.trainer)
        qtbot.waitExposed(show.audience)
        return show

    yield one
    for show in made:
        if not show.over:
            show.do_end()


@pytest.fixture
def present(host: MainWindow, present_in: Callable[..., Any]) -> Callable[..., Any]:
    return partial(present_in, host)
