"""A real window on a real library, in a profile of its own."""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.editor import new_page, renaming
from desktop.graph import drawer, pane
from desktop.session import Session
from desktop.settings import Settings
from desktop.warming import first
from desktop.window import MainWindow
from knowledge import cache, library
from knowledge.cache import LastCopy, checked_library
from knowledge.places import Profile
from search.engine import Engine
from tests.support.drawings import SharedDrawings

STARTER = Path(__file__).parents[2] / "content"

Opened = Callable[..., MainWindow]


class PatientBot(QtBot):
    """Waits long for what has to come: a busy machine is slow, and slow is not wrong."""

    _LEAST_MS = 60_000

    def waitUntil(self, callback: Callable[[], object], *, timeout: int = 0) -> None:
        super().waitUntil(callback, timeout=max(timeout, self._LEAST_MS))

    def waitSignal(self, signal: object, *, timeout: int = 0, **more: object) -> object:
        return super().waitSignal(signal, timeout=max(timeout, self._LEAST_MS), **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def _collected_once() -> Iterator[None]:
    """What nobody holds any more goes at the end, so that its mistakes are told; looking through all that is left
    five times, as is done after that, would only find the same.
    """
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _parsed_once() -> Iterator[None]:
    """A page of the same path and bytes is the same page: test after test reads the same libraries."""
    real = library.read_page
    library.read_page = lru_cache(maxsize=1_000)(real)
    yield
    library.read_page = real


@pytest.fixture(scope="session")
def read_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an earlier start would have left of the starter library: its copy and its search index.

    It takes a second, so one of the workers makes it for all of them.
    """
    one_of_many = "PYTEST_XDIST_WORKER" in os.environ
    folder = tmp_path_factory.getbasetemp()
    place = (folder.parent if one_of_many else folder) / "before"
    before, made = Profile.at(place), place / "made"
    try:
        place.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + 60
        while not made.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert made.exists(), "the worker that makes it has stopped"
        return before.cache
    starter, _ = checked_library(STARTER, before.cache, datetime.now().date())
    with Engine.for_library(lambda: starter, before) as engine:
        engine.refresh()
    made.touch()
    return before.cache


@pytest.fixture(scope="session")
def _loaded_once(read_before: Path) -> Iterator[None]:
    """The copy of the starter library is unpacked for the first window and serves every later one.

    Nothing in it can be changed; each window still compares it with the folder.
    """
    real, kept = cache.last_copy, cache.last_copy(STARTER, read_before)
    assert kept is not None

    def last_copy(asked: Path, at: Path) -> LastCopy | None:
        return kept if asked == STARTER else real(asked, at)

    cache.last_copy = last_copy
    yield
    cache.last_copy = real


@pytest.fixture(scope="session", autouse=True)
def _drawn_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A pathway drawn carefully for one test is drawn for all, also of the processes beside this one."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "drawn"
    folder.mkdir(exist_ok=True)
    real = drawer.WORKER
    drawer.WORKER = SharedDrawings(folder, real)  # type: ignore[assignment]
    yield
    drawer.WORKER = real


@pytest.fixture(scope="session")
def started(qapp: QApplication) -> None:
    """Fonts, style and style sheet are put into force once, as in a program; each time costs 50 ms."""
    theme.start(qapp, "light", 1.0)
    # A closed window leaves some thousand things behind; going through all libraries for each is dear.
    gc.set_threshold(50_000, 20, 20)
    drawer._KEPT = 1_000  # every test that opens a pathway would have it drawn anew
    # A hand that pauses is waited for as long as it needs; a test has paused when it says so.
    pane._SETTLED_MS, renaming.WAIT_MS, new_page.KEPT_MS = 30, 50, 300


@pytest.fixture
def open_window(
    qtbot: QtBot, started: None, tmp_path: Path, read_before: Path, _loaded_once: None
) -> Iterator[Opened]:
    """Opens a window on a library and waits until it is read; `search=True` waits for the index too."""
    made: list[MainWindow] = []

    def open_one(
        root: Path = STARTER, *, look: str = "light", scale: float = 1.0, search: bool = False
    ) -> MainWindow:
        profile = Profile.at(tmp_path / "profile")
        if not profile.cache.exists():
            shutil.copytree(read_before, profile.cache, copy_function=os.link)
        theme.theme().set(look, scale)
        session = Session(profile, Settings(profile.data), root)
        window = MainWindow(session)
        made.append(window)
        window.resize(1280, 720)
        window.show()
        with qtbot.waitSignal(session.library_opened, timeout=20_000):
            session.open()
        # The copy of an earlier start has been compared with the folder, so nothing comes in later.
        qtbot.waitUntil(lambda: not session._from_copy, timeout=20_000)
        if search:
            qtbot.waitUntil(lambda: session.searchable, timeout=30_000)
        return window

    yield open_one
    for window in made:
        window.close()
        window.deleteLater()
        # Now and not when a later test happens to wait: a look is put upon every widget there is.
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    theme.theme().set("light", 1.0)


@pytest.fixture
def start(qtbot: QtBot, started: None, tmp_path: Path) -> Iterator[Callable[[Path], MainWindow]]:
    """A window on any folder, in one profile, without waiting for the library; it makes ahead what the program does."""
    made: list[MainWindow] = []

    def start_one(root: Path) -> MainWindow:
        profile = Profile.at(tmp_path / "profile")
        window = MainWindow(Session(profile, Settings(profile.data), root))
        made.append(window)
        window.session.nothing_kept.connect(lambda: first(window).begin())
        window.resize(1280, 720)
        window.show()
        window.session.open()
        return window

    yield start_one
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def open_unpainted(open_window: Opened) -> Iterator[Opened]:
    """The same for tests of sizes and places: what is laid out need not be painted too."""
    made: list[MainWindow] = []

    def open_one(*place: Path, **how: Any) -> MainWindow:
        made.append(open_window(*place, **how))
        made[-1].setUpdatesEnabled(False)
        return made[-1]

    yield open_one
    for window in made:
        window.setUpdatesEnabled(True)
