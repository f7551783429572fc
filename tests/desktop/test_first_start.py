"""The very first start on a large library: what is wanted first is made first, and leaving in the middle loses nothing."""

import threading

import pytest

from desktop import session
from desktop.places import list_place

PAGES = 150


@pytest.fixture
def library(tmp_path):
    root = tmp_path / "library"
    root.mkdir()
    for number in range(PAGES):
        parts = "".join(f"## Part {n}\n\nSleep and mood, {n * number}.\n\n" for n in range(6))
        (root / f"page{number}.md").write_text(f"# Page {number}\n\n{parts}", "utf-8")
    return root


def at_work():
    return [t.name for t in threading.enumerate() if t.name.startswith("fingerpost-")]


def leave(window, tmp_path):
    """Closed: no thread goes on, and nothing half written stays behind."""
    window.close()
    assert at_work() == []
    assert list((tmp_path / "profile").rglob("*.part")) == []


def test_answers_and_a_page_are_made_before_anybody_asks(start, library, qtbot):
    window = start(library)
    qtbot.waitUntil(lambda: window.search_pane is not None, timeout=20_000)
    qtbot.waitUntil(lambda: "page:page" in window.tab.views, timeout=20_000)
    assert window.pane.currentWidget() is window.tabs  # and neither comes to the front
    assert window.tab.place.kind == "home"


def test_a_library_that_is_long_in_coming_is_told_of(start, library, qtbot, monkeypatch):
    come = threading.Event()
    real = session.read
    monkeypatch.setattr(session, "read", lambda *asked: come.wait(60) and real(*asked))
    window = start(library)
    window.slow.setInterval(0)
    window.show_place(list_place("pathways"))
    qtbot.waitUntil(lambda: not window.offline.isHidden())
    assert window.offline.first == "The library is being read."
    assert window.view.head.title.accessibleName() == "Pathways"
    come.set()
    qtbot.waitUntil(lambda: window.session.library is not None)
    assert window.offline.isHidden()


def test_a_copy_makes_nothing_first(start, library, qtbot, tmp_path):
    window = start(library)
    with qtbot.waitSignal(window.session.problems_found, timeout=20_000):
        pass
    leave(window, tmp_path)
    again = start(library)
    qtbot.waitUntil(lambda: again.session.searchable, timeout=20_000)
    assert again.search_pane is None


@pytest.mark.parametrize("when", ["at once", "library_opened", "search_ready", "problems_found"])
def test_whoever_closes_in_the_middle_finds_all_of_it_at_the_next_start(
    start, library, qtbot, tmp_path, when
):
    window = start(library)
    if when != "at once":
        with qtbot.waitSignal(getattr(window.session, when), timeout=20_000):
            pass
    leave(window, tmp_path)
    again = start(library)
    qtbot.waitUntil(lambda: again.session.searchable, timeout=30_000)
    found = []
    again.session.search("mood", found.append, limit=PAGES * 7)
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    assert len({hit.page for hit in found[0].hits}) == PAGES


def test_a_library_that_goes_away_while_it_is_first_taken_in_stays_readable(
    start, qtbot, library, tmp_path
):
    window = start(library)
    with qtbot.waitSignal(window.session.library_opened, timeout=20_000):
        pass
    library.rename(tmp_path / "elsewhere")
    window.session.look_again()
    qtbot.waitUntil(lambda: bool(window.session.lost), timeout=20_000)
    qtbot.waitUntil(lambda: window.session.searchable, timeout=30_000)
    assert len(window.session.library.pages) == PAGES
