"""Every page says where it belongs, and one press or one key goes there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.places import HOME, list_place, page_place
from desktop.widgets.pagehead import PageHead
from desktop.window import MainWindow

Opened = Callable[..., MainWindow]

UP = {
    page_place("pathways/perinatal-mental-health.md"): ("Pathways", list_place("pathways")),
    page_place("thresholds/kent-support-levels.md"): ("Thresholds", list_place("thresholds")),
    page_place("casestudies/horizon-group-somerset.md"): ("Case studies", list_place("cases")),
    page_place("services/crisis-team.md"): ("Services", list_place("services")),
    page_place("sessions/levels-of-need.md"): ("Sessions", list_place("sessions")),
    page_place("pages/how-to-use.md"): ("Home", HOME),
    list_place("pathways"): ("Home", HOME),
    list_place("topic/Safeguarding"): ("Home", HOME),
    list_place("bookmarks"): ("Home", HOME),
    list_place("problems"): ("Home", HOME),
    list_place("emergency"): ("Home", HOME),
}


@pytest.fixture
def window(open_window: Opened) -> MainWindow:
    return open_window()


def head_of(window: MainWindow) -> PageHead:
    assert window.view is not None
    return next(head for head in window.view.findChildren(PageHead) if head.isVisible())


def test_the_crumb_leads_to_the_list_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    for place, crumb in UP.items():
        window.session.go(place)
        qtbot.waitUntil(lambda p=place: window.tab.place == p, timeout=10_000)
        up = head_of(window).up
        qtbot.waitUntil(up.isVisible, timeout=10_000)
        assert (up.text(), up.accessibleName()) == (crumb[0], f"Up to {crumb[0]}")
        assert up.focusPolicy() & Qt.FocusPolicy.TabFocus
        up.setFocus()
        qtbot.keyClick(up, Qt.Key.Key_Space)
        assert window.tab.place == crumb[1]


def test_where_the_head_folds_its_buttons_stay(open_window: Opened, qtbot: QtBot) -> None:
    window = open_window(scale=2.0)
    for page in ("services/crisis-team.md", "thresholds/kent-support-levels.md"):
        window.session.go(page_place(page))
        qtbot.waitUntil(lambda p=page: window.tab.place.page == p, timeout=10_000)
        qtbot.wait(100)
        head = head_of(window)
        assert not head.title.isVisible()
        assert head.right_box.isVisible()


def test_alt_up_goes_the_same_way_where_there_is_no_room_for_a_crumb(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window(scale=2.0)
    window.session.go(page_place("services/crisis-team.md"))
    window.do_id("up")
    assert window.tab.place == list_place("services")
    window.do_id("up")
    assert window.tab.place == HOME
