"""A second start: one window for each profile, also after the first was killed."""

import json
import subprocess
import sys
import time

import pytest
from PySide6.QtNetwork import QLocalSocket

from desktop.app import Timings, _Start
from desktop.arguments import Chosen
from desktop.crash import Watch
from desktop.single import MARK, FirstWindow, address, hand_over
from tests.support import program

PAGE = program.PAGE


@pytest.fixture
def started(tmp_path):
    running, library = [], program.little_library(tmp_path / "library")

    def start(*arguments):
        running.append(program.start(*arguments, "--library", library))
        return running[-1]

    yield start
    for process in running:
        program.end(process)


def up(profile):
    program.wait_until(lambda: program.is_up(profile), "the window is up")


@pytest.mark.slow
def test_a_second_start_hands_its_page_to_the_first_and_leaves(started, tmp_path):
    first = started(tmp_path / "one")
    up(tmp_path / "one")
    status, _, errors = program.finish(started(tmp_path / "one", PAGE))
    assert (status, errors) == (0, "")
    program.wait_until(
        lambda: (
            PAGE
            in [
                link.partition("#")[0]
                for link in program.settings(tmp_path / "one").get("recent", [])
            ]
        ),
        "the first shows the page",
    )
    assert first.poll() is None


def test_a_page_that_is_asked_for_while_the_library_is_read_is_shown_then(
    qapp, open_unpainted, tmp_path
):
    window = open_unpainted()
    session = window.session
    start = _Start(qapp, window, session, Chosen(), Timings(), Watch(tmp_path / "crash"))
    library, session.library = session.library, None
    window.raise_ = lambda: None  # there is no screen here
    start.come_forward(PAGE)
    session.library = library
    start.library_read(library)
    assert window.tab.place.page == PAGE


@pytest.mark.slow
def test_after_the_first_was_killed_the_next_start_is_the_first(started, tmp_path):
    first = started(tmp_path / "one")
    up(tmp_path / "one")
    program.end(first)
    mark = tmp_path / "one" / "data" / MARK
    assert mark.exists()
    second = started(tmp_path / "one")
    program.wait_until(lambda: mark.read_text() == str(second.pid), "the next is the first")
    status, _, _ = program.finish(started(tmp_path / "one"))
    assert status == 0


@pytest.mark.slow
def test_two_profiles_have_a_window_each(started, tmp_path):
    one, two = started(tmp_path / "one"), started(tmp_path / "two")
    up(tmp_path / "one")
    up(tmp_path / "two")
    assert one.poll() is None
    assert two.poll() is None


def test_a_start_with_another_library_gets_a_window_of_its_own(qtbot, tmp_path):
    first = FirstWindow(tmp_path / "data", tmp_path / "library")
    assert first.listen()
    try:
        assert ask(qtbot, first, {"page": "a.md", "library": str(tmp_path / "other")}) == b"another"
        with qtbot.waitSignal(first.asked) as asked:
            wish = {"page": "a.md", "library": str(tmp_path / "library")}
            assert ask(qtbot, first, wish) == b"taken"
        assert asked.args == ["a.md"]
    finally:
        first.close()
    assert not (tmp_path / "data" / MARK).exists()


def test_nonsense_sent_to_the_window_does_no_harm(qtbot, tmp_path):
    first = FirstWindow(tmp_path / "data", tmp_path / "library")
    assert first.listen()
    try:
        for wish in ([], 3, {}, {"page": 1}):
            assert ask(qtbot, first, wish) == b""
    finally:
        first.close()


def test_a_mark_left_by_a_killed_window_holds_nobody_up(tmp_path):
    (tmp_path / MARK).write_text("1")
    assert not hand_over(tmp_path, "", None)


def ask(qtbot, first, wish):
    """The first word of the answer, from a caller on the same event loop."""
    socket = QLocalSocket()
    socket.connectToServer(address(first.profile))
    assert socket.waitForConnected(1000)
    socket.write(json.dumps(wish).encode() + b"\n")
    socket.flush()
    told = []
    socket.readyRead.connect(lambda: told.append(bytes(socket.readAll().data())))
    qtbot.waitUntil(
        lambda: bool(told) or socket.state() is QLocalSocket.LocalSocketState.UnconnectedState
    )
    socket.disconnectFromServer()
    return told[0].split()[0] if told else b""


def test_a_second_window_leaves_the_first_its_name(qtbot, tmp_path):
    first = FirstWindow(tmp_path / "data", tmp_path / "library")
    other = FirstWindow(tmp_path / "data", tmp_path / "other")
    assert first.listen()
    try:
        assert not other.listen()
        other.close()
        assert (tmp_path / "data" / MARK).exists()
        wish = {"page": "a.md", "library": str(tmp_path / "library")}
        assert ask(qtbot, first, wish) == b"taken"
    finally:
        first.close()


@pytest.mark.slow
def test_a_window_that_is_busy_for_a_while_is_waited_for(qtbot, tmp_path):
    first = FirstWindow(tmp_path / "data", tmp_path / "library")
    assert first.listen()
    code = (
        "import sys; from pathlib import Path; from desktop.single import hand_over;"
        "sys.exit(not hand_over(Path(sys.argv[1]), 'a.md', None))"
    )
    try:
        second = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "data")])
        time.sleep(3)  # longer than a call waits to be taken
        with qtbot.waitSignal(first.asked, timeout=10_000):
            pass
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=10_000)
        assert second.returncode == 0
    finally:
        first.close()
