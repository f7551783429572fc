"""The very first start on a large library: what is wanted first is made first, and leaving in the middle loses nothing."""

import threading

import pytest

from desktop.session import Session
from desktop.settings import Settings
from desktop.warming import first
from desktop.window import MainWindow
from knowledge.places import Profile

PAGES = 150


@pytest.fixture
def library(tmp_path):
    root = tmp_path / "library"
    root.mkdir()
    for number in range(PAGES):
        parts = "".join(f"## Part {n}\n\nSleep and mood, {n * number}.\n\n" for n in range(6))
        (root / f"page{number}.md").write_text(f"# Page {number}\n\n{parts}", "utf-8")
    return root


@pytest.fixture
def start(qtbot, started, tmp_path, library):
    """The window of a program, each in the same profile, with what the program makes first."""
    made = []

    def start_one():
        profile = Profile.at(tmp_path / "profile")
        window = MainWindow(Session(profile, Settings(profile.data), library))
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


def at_work():
    return [t.name for t in threading.enumerate() if t.name.startswith("fingerpost-")]


def leave(window, tmp_path):
    """Closed: no thread goes on, and nothing half written stays behind."""
    window.close()
    assert at_work() == []
    assert list((tmp_path / "profile").rglob("*.part")) == []


def test_answers_and_a_page_are_made_before_anybody_asks(start, qtbot):
    window = start()
    qtbot.waitUntil(lambda: window.search_pane is not None, timeout=20_000)
    qtbot.waitUntil(lambda: "page:page" in window.tab.views, timeout=20_000)
    assert window.pane.currentWidget() is window.tabs  # and neither comes to the front
    assert window.tab.place.kind == "home"


def test_a_copy_makes_nothing_first(start, qtbot, tmp_path):
    window = start()
    with qtbot.waitSignal(window.session.problems_found, timeout=20_000):
        pass
    leave(window, tmp_path)
    again = start()
    qtbot.waitUntil(lambda: again.session.searchable, timeout=20_000)
    assert again.search_pane is None


@pytest.mark.parametrize("when", ["at once", "library_opened", "search_ready", "problems_found"])
def test_whoever_closes_in_the_middle_finds_all_of_it_at_the_next_start(
    start, qtbot, tmp_path, when
):
    window = start()
    if when != "at once":
        with qtbot.waitSignal(getattr(window.session, when), timeout=20_000):
            pass
    leave(window, tmp_path)
    again = start()
    qtbot.waitUntil(lambda: again.session.searchable, timeout=30_000)
    found = []
    again.session.search("mood", found.append, limit=PAGES * 7)
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    assert len({hit.page for hit in found[0].hits}) == PAGES


def test_a_library_that_goes_away_while_it_is_first_taken_in_stays_readable(
    start, qtbot, library, tmp_path
):
    window = start()
    with qtbot.waitSignal(window.session.library_opened, timeout=20_000):
        pass
    library.rename(tmp_path / "elsewhere")
    window.session.look_again()
    qtbot.waitUntil(lambda: bool(window.session.lost), timeout=20_000)
    qtbot.waitUntil(lambda: window.session.searchable, timeout=30_000)
    assert len(window.session.library.pages) == PAGES
