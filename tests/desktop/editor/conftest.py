"""One window for the tests of writing in a module: opened once, and put back as it was after each of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from desktop.editor.desk import desk_of
from desktop.places import HOME
from desktop.session import Session
from desktop.settings import SETTINGS, Settings
from desktop.window import MainWindow
from knowledge.library import open_library
from knowledge.places import Profile

TINY = Path(__file__).parents[2] / "data" / "tiny"
LANES = (
    "company drafts saving editing render spelling index library search careful drawing pruning "
    "pasting settings work"
).split()

Opened = Callable[..., MainWindow]


@pytest.fixture(scope="module")
def _kept_open(
    request: pytest.FixtureRequest, started: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MainWindow]:
    folder = tmp_path_factory.mktemp("writing")
    profile = Profile.at(folder / "profile")
    library = Path(shutil.copytree(TINY, folder / "library"))
    window = MainWindow(Session(profile, Settings(profile.data), library))
    window.resize(1280, 720)
    window.show()
    window.setUpdatesEnabled(False)  # nothing here looks at pixels
    session, qtbot = window.session, QtBot(request)
    session.open()
    qtbot.waitUntil(lambda: session.searchable and session.checked is not None, timeout=60_000)
    session._poll.stop()  # a test that wants the library read again says so
    _quiet(qtbot, session)  # every lane has its thread, so that no test is told to have left one
    yield window
    window.close()
    _gone(window)


@pytest.fixture
def library(_kept_open: MainWindow) -> Path:
    """The library of that window, in which a test may write before it opens a page."""
    return _kept_open.session.root


@pytest.fixture
def own_library(tmp_path: Path) -> Path:
    """A library for a test that needs a window of its own."""
    return Path(shutil.copytree(TINY, tmp_path / "library"))


@pytest.fixture
def desk_window(_kept_open: MainWindow, library: Path, qtbot: QtBot) -> Iterator[Opened]:
    """Gives that window, once it has read what a test put into the library."""
    window, session = _kept_open, _kept_open.session

    def open_it() -> MainWindow:
        window.activateWindow()
        QCoreApplication.processEvents()
        _read_again(qtbot, session)
        return window

    yield open_it
    _quiet(qtbot, session)
    for dialog in window.findChildren(QDialog):
        _gone(dialog)
    desk = desk_of(session)
    for path, editing in list(desk.pages.items()):
        editing.put(editing.original)
        desk.put_away(path)
    while len(window.all_tabs()) > 1:
        window.close_tab(len(window.all_tabs()) - 1)
    _at_home(window)
    for name in SETTINGS:
        session.settings.reset(name)
    _quiet(qtbot, session)
    desk._store = None
    _as_it_was(library)
    shutil.rmtree(session.profile.data / "libraries", ignore_errors=True)
    # Not by looking again: where several pages go at once, the session takes the folder for one in the middle of a move.
    qtbot.waitUntil(lambda: not session._looking)
    session.lost = ""
    session.take(open_library(library, session.library))
    _quiet(qtbot, session)


def _at_home(window: MainWindow) -> None:
    """The tab as it was before a page was opened in it."""
    window.show_place(HOME)
    tab = window.tab
    for name in [name for name in tab.views if name != "home"]:
        view = tab.views.pop(name)
        tab.removeWidget(view)
        _gone(view)
    tab.visits, tab.at = [], -1
    window.show_place(HOME)


def _read_again(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session._looking)  # it looks by itself when it gets the keyboard
    before = session.library
    session.look_again()
    qtbot.waitUntil(lambda: not session._looking)
    if before is None or session.library is None or before.pages != session.library.pages:
        _quiet(qtbot, session)  # it is held to its rules, and can be searched


def _as_it_was(library: Path) -> None:
    """The library's folder as it ships; no page is ever missing from it meanwhile."""
    for file in TINY.rglob("*"):
        there = library / file.relative_to(TINY)
        if file.is_file() and not (there.is_file() and there.read_bytes() == file.read_bytes()):
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, there)
    for file in library.rglob("*"):
        if file.is_file() and not (TINY / file.relative_to(library)).exists():
            file.unlink()


def _quiet(qtbot: QtBot, session: Session) -> None:
    """What was asked for is done."""
    done: list[str] = []
    for lane in LANES:
        session.tasks.run(lambda: None, lambda _, lane=lane: done.append(lane), lane=lane)
    qtbot.waitUntil(lambda: len(done) == len(LANES))


def _gone(thing: QObject) -> None:
    thing.deleteLater()
    QCoreApplication.sendPostedEvents(thing, QEvent.Type.DeferredDelete)
