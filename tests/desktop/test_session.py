"""The session: coming back to where one was, and nothing kept that should not be."""

from desktop.places import page_place

PAGE = "pages/how-to-use.md"
UNUSUAL = "zebedeesquawk"


def test_what_was_open_comes_back_tabs_trail_and_all(open_window, qtbot):
    first = open_window()
    first.session.go(page_place(PAGE))
    first.open_tab(page_place("glossary.md"))
    saved = first.saved()
    second = open_window()
    second.bring_back(saved)
    assert second.tab_bar.count() == 2
    assert second.tab.place.page == "glossary.md"
    second.do_previous_tab()
    assert second.tab.place.page == PAGE
    assert second.tab.can_go_back


def test_an_odd_session_brings_back_what_it_can(open_window):
    window = open_window()
    for odd in (
        {},
        {"tabs": 3},
        {"tabs": [{}, {"places": [1, None]}, {"places": ["no/such/page.md"]}]},
        {"tabs": [], "current": "x", "geometry": "no geometry"},
        {"geometry": 5, "current": 99},
    ):
        window.bring_back(odd)
    assert window.isVisible()


def test_searches_are_nowhere_in_the_profile_while_their_history_is_off(
    open_window, qtbot, tmp_path
):
    window = open_window(search=True)
    answered = []
    window.session.search(UNUSUAL, answered.append)
    qtbot.waitUntil(lambda: bool(answered), timeout=20_000)
    window.typed(UNUSUAL)
    qtbot.wait(300)
    window.close()
    for file in (tmp_path / "profile").rglob("*"):
        if file.is_file():
            assert UNUSUAL.encode() not in file.read_bytes(), file


def test_the_clock_of_the_session_is_the_one_it_was_given(open_window):
    from datetime import datetime

    window = open_window()
    assert abs((datetime.now() - window.session.now()).total_seconds()) < 5
