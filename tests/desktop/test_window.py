"""The window: what stands there when it opens, and how one moves about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import COMMANDS
from desktop.places import HOME, list_place
from desktop.theme import theme
from desktop.views.home import HomeView
from desktop.widgets.painted import Banner
from desktop.widgets.strip import UrgentStrip, _Entry
from desktop.window import MainWindow

STARTER = Path(__file__).parents[2] / "content"
Opened = Callable[..., MainWindow]


def test_the_first_page_asks_what_was_seen_and_has_the_keyboard(open_window: Opened) -> None:
    window = open_window()
    view = window.view
    assert isinstance(view, HomeView)
    assert view.field.accessibleName() == "What have you seen or heard?"
    assert view.left.isVisibleTo(view)


def test_a_letter_typed_at_home_goes_on_above_and_is_not_left_behind(open_window: Opened) -> None:
    window = open_window()
    view = window.view
    assert isinstance(view, HomeView)
    view.field.setText("c")
    view.field.textEdited.emit("c")
    assert window.bar.field.text() == "c"
    window.leave_search()
    assert view.field.text() == ""


def test_the_urgent_strip_stands_there_with_every_entry_of_the_library(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    qtbot.waitUntil(
        lambda: window.strip.flow.count() > 0 and window.strip.flow.itemAt(0).widget().isVisible()
    )
    library = window.session.library
    assert library is not None
    names = [
        b.accessibleName() for b in window.strip.findChildren(QAbstractButton) if not b.isHidden()
    ]
    for item in library.settings.urgent:
        assert any(item.text in name for name in names)
    assert "Emergency pages" in names[-1]


def test_at_larger_text_the_strip_is_high_enough_from_the_start(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window(scale=2.0)
    window.resize(1000, 720)
    last = window.strip.flow.itemAt(window.strip.flow.count() - 1).widget()
    qtbot.waitUntil(last.isVisible)
    qtbot.waitUntil(lambda: last.y() > 0)  # the entries stand in two lines at this width
    assert last.geometry().bottom() < window.strip.height()


def test_at_twice_the_text_size_the_strip_is_one_row_and_still_says_all_to_a_screen_reader(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window(scale=2.0)
    entries = [window.strip.flow.itemAt(n).widget() for n in range(window.strip.flow.count())]
    qtbot.waitUntil(lambda: all(entry.isVisible() for entry in entries))
    qtbot.waitUntil(lambda: {entry.y() for entry in entries} == {0})
    assert window.strip.height() == theme().size("urgent_strip")
    assert entries[-1].geometry().right() < window.strip.width()
    assert entries[-1].accessibleName() == "Emergency pages"
    names = " ".join(entry.accessibleName() for entry in entries)
    assert "(add your local number)" in names


def test_the_ring_round_a_text_or_a_list_is_one_calm_line_and_round_a_field_a_strong_one(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.ring.isVisible())
    assert not window.ring.round_pane
    window.session.go_to("glossary.md")
    qtbot.waitUntil(lambda: window.ring.target is window.focusWidget())
    qtbot.waitUntil(lambda: window.ring.isVisible() and window.ring.round_pane)
    inside = window.ring.rect().center()
    assert not window.ring.mask().contains(inside), "what changes in the text is painted alone"
    edge = window.grab(window.ring.geometry()).toImage()
    assert edge.pixelColor(1, edge.height() // 2) == theme().colour("accent")


def test_what_was_done_is_told_above_the_ring(open_window: Opened, qtbot: QtBot) -> None:
    window = open_window()
    window.activateWindow()
    window.session.told.emit("Bookmarked")
    window.session.go_to("glossary.md")
    qtbot.waitUntil(lambda: window.ring.isVisible() and window.ring.round_pane)
    order = window.children()
    toast = window.findChild(QWidget, "toast")
    assert order.index(toast) > order.index(window.ring)


def test_the_keyboard_goes_through_the_parts_of_the_library_without_leaving_the_page(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    window.session.go(list_place("services"))
    window.navigation.entries[0].setFocus()
    window.bar.menu.setFocus()
    window.do_next_region()
    on = window.focusWidget()
    assert on is not None
    assert on.accessibleName() == "Services", "F6 comes to where the reader is"
    qtbot.keyClick(on, Qt.Key.Key_Up)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    above = window.focusWidget()
    assert above is not None
    assert above.accessibleName() == "Thresholds"
    assert window.tab.place == list_place("services"), "nothing was opened in passing"
    qtbot.keyClick(above, Qt.Key.Key_Return)
    assert window.tab.place == list_place("thresholds")
    assert [e.words for e in window.navigation.entries if e.isChecked()] == ["Thresholds"]
    window.navigation.entries[2].click()
    assert [e.words for e in window.navigation.entries if e.isChecked()] == ["Thresholds"]


def test_a_toast_stays_above_the_strip_when_the_strip_grows(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    window.toast.say("Copied")
    for _ in range(5):
        window.do_larger()
    qtbot.waitUntil(lambda: window.strip.y() < 640)
    qtbot.waitUntil(lambda: window.toast.geometry().bottom() < window.strip.y())


def test_every_command_has_a_method_that_does_it() -> None:
    missing = [c.id for c in COMMANDS if not callable(getattr(MainWindow, f"do_{c.id}", None))]
    assert missing == []


def test_no_two_commands_share_a_key() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))


def test_larger_text_is_kept_for_the_next_start(open_window: Opened) -> None:
    window = open_window()
    window.do_larger()
    assert window.session.settings.get("scale") == 1.15


def test_two_bookmarks_make_a_list_and_one_press_takes_one_away(open_window: Opened) -> None:
    window = open_window()
    session = window.session
    first, second = list_place("pathways"), HOME
    assert session.toggle_bookmark(first)
    assert session.toggle_bookmark(second)
    assert not session.toggle_bookmark(first)
    assert session.bookmarks() == {"Bookmarks": [second]}


def test_the_tour_is_offered_once_and_never_stands_in_the_way(open_window: Opened) -> None:
    window = open_window()
    view = window.view
    assert isinstance(view, HomeView)
    assert not view.offer.isHidden()
    window.session.settings.set("tour_done", True)
    assert view.offer.isHidden()


def test_the_window_fits_the_screen_it_opens_on(open_window: Opened) -> None:
    window = open_window()
    window.take_room()
    room = window.screen().availableSize()
    assert window.width() <= room.width()
    assert window.height() <= room.height()


def test_who_to_ring_is_there_before_a_library_is_read_and_where_it_names_nobody(
    open_window: Opened, tmp_path: Path
) -> None:
    assert [entry.words for entry in UrgentStrip().findChildren(_Entry)] == [
        "Life at risk? Ring 999"
    ]
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "page.md").write_text("# Sleep\n\nWords.\n", "utf-8")
    window = open_window(bare)
    entries = [entry.words for entry in window.strip.findChildren(_Entry) if entry.isVisible()]
    assert entries == ["Life at risk? Ring 999"]


def test_what_is_wanted_next_is_made_ahead_and_shows_nothing_yet(open_window: Opened) -> None:
    window = open_window()
    for make in window.ahead():
        make()
    assert window.search_pane is not None
    assert not window.search_pane.isVisible()
    page = window.tab.views["page:page"]
    assert not page.isVisible()
    window.session.go_to("glossary.md")
    assert window.view is page


def test_pages_that_were_left_are_not_measured_when_something_else_changes(
    open_unpainted: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[bool] = []
    high = Banner.heightForWidth

    def counted(banner: Banner, width: int) -> int:
        measured.append(banner.isVisible())
        return high(banner, width)

    monkeypatch.setattr(Banner, "heightForWidth", counted)
    window = open_unpainted()
    window.session.go_to("pages/how-to-use.md")
    reader = window.view.reader  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: True in measured and not reader.busy)
    window.typed("sleep")
    qtbot.waitUntil(lambda: window.search_pane is not None and window.search_pane.isVisible())
    measured.clear()
    for wide in (900, 1100, 1280):
        window.resize(wide, 720)
        window.search_pane.more.hide()
        window.search_pane.more.show()
    window.session.go(HOME)
    for wide in (900, 1100, 1280):
        window.resize(wide, 720)
    assert measured.count(False) == 0


def test_when_the_library_comes_nothing_is_painted_before_it_has_its_place(
    start: Callable[[Path], MainWindow], qtbot: QtBot
) -> None:
    window = start(STARTER)
    seen: list[list[QRect]] = []

    def look() -> None:
        entries = window.strip.findChildren(_Entry)
        seen.append([entry.geometry() for entry in entries if entry.isVisible()])

    window.session.library_opened.connect(look)
    qtbot.waitUntil(lambda: bool(seen))
    boxes = seen[0]
    assert len(boxes) > 2
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])
