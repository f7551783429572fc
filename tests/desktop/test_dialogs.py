"""Dialogs: what they say comes from the same tables as everything else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.actions import COMMANDS
from desktop.dialogs.about import About
from desktop.dialogs.keys import Keys
from desktop.dialogs.palette import Palette, matching
from desktop.dialogs.settings import SettingsDialog
from desktop.dialogs.tour import CARDS, Tour
from desktop.editor.new_page import NewPage
from desktop.theme import theme
from desktop.views.home import HomeView
from desktop.widgets.basics import Button
from desktop.widgets.focus import FocusRing
from desktop.window import MainWindow

Opened = Callable[..., MainWindow]


def words_in(dialog: object) -> str:
    return "\n".join(found.text() for found in dialog.findChildren(QLabel))  # type: ignore[attr-defined]


def test_the_list_of_keys_has_every_key_of_every_command(open_window: Opened) -> None:
    said = words_in(Keys(open_window()))
    for command in COMMANDS:
        for key in command.keys:
            assert key in said


def test_the_palette_finds_commands_by_other_words_too() -> None:
    assert matching("night")[0].id == "dark"
    assert matching("print")[0].id == "print"
    assert matching("xyzzy") == []


def test_enter_in_the_palette_does_the_chosen_command(open_window: Opened, qtbot: QtBot) -> None:
    window = open_window()
    palette = Palette(window)
    palette.open()
    palette.field.setText("xyzzy")
    assert palette.nothing.isVisible()
    assert palette.nothing.text() == "Nothing is called so. Try another word."
    palette.field.setText("earlier versions")
    assert palette.nothing.text() == "Not possible here: Earlier versions."
    palette.field.clear()
    assert not palette.nothing.isVisible()
    qtbot.keyClicks(palette.field, "larger")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: theme().scale == 1.15, timeout=2_000)


def test_a_setting_holds_at_once_and_goes_back_to_how_it_was(open_window: Opened) -> None:
    window = open_window()
    dialog = SettingsDialog(window)
    dialog.show()
    box, back = dialog.boxes["theme"], dialog.backs["theme"]
    assert not back.isVisible()
    box.setCurrentIndex(box.findData("dark"))
    box.activated.emit(box.currentIndex())
    assert theme().name == "dark"
    assert window.session.settings.get("theme") == "dark"
    assert back.isVisible()
    assert back.accessibleName() == "Theme: put back as it was"
    back.click()
    assert window.session.settings.get("theme") == "system"
    assert box.currentData() == "system"
    assert not back.isVisible()
    dialog.close()


def test_the_tour_has_three_cards_and_is_not_shown_twice(open_window: Opened) -> None:
    window = open_window()
    tour = Tour(window)
    tour.open()
    for _ in CARDS:
        tour.next.click()
    assert window.session.settings.get("tour_done") is True


def test_about_says_what_the_program_is_not(open_window: Opened) -> None:
    said = words_in(About(open_window()))
    assert "adds up no scores" in said
    assert "holds no patient data" in said


def test_what_is_copied_for_it_does_not_name_who_is_signed_in(
    open_unpainted: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    About(open_unpainted())._copy()
    said = QGuiApplication.clipboard().text()
    assert f"Profile: {Path('~', 'profile', 'data')}" in said
    assert str(tmp_path) not in said
    assert "Library folder: " in said


def test_a_long_dialog_is_read_to_its_end_by_keyboard_alone(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    for dialog in (Keys(window), About(window)):
        dialog.resize(500, 300)
        dialog.open()
        bar = dialog.scroller.verticalScrollBar()
        close = dialog.findChildren(Button)[-1]
        close.setFocus()
        qtbot.waitUntil(lambda bar=bar: bar.maximum() > 0)  # type: ignore[misc]
        qtbot.keyClick(close, Qt.Key.Key_PageDown)
        assert bar.value() > 0
        qtbot.keyClick(close, Qt.Key.Key_End)
        assert bar.value() == bar.maximum()
        qtbot.keyClick(close, Qt.Key.Key_Home)
        assert bar.value() == 0
        dialog.scroller.setFocus()
        qtbot.keyClick(dialog.scroller, Qt.Key.Key_Down)
        assert bar.value() > 0
        dialog.close()


def test_tab_never_comes_to_a_setting_that_is_out_of_sight(
    open_window: Opened, qtbot: QtBot
) -> None:
    dialog = SettingsDialog(open_window())
    dialog.resize(500, 300)
    dialog.open()
    bar = dialog.scroller.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    dialog.findChildren(Button)[-1].setFocus()
    for _ in range(12):
        dialog.focusNextPrevChild(True)
        on = dialog.focusWidget()
        assert on is not None
        if dialog.inside.isAncestorOf(on):
            seen = dialog.scroller.viewport().rect()
            at = on.mapTo(dialog.scroller.viewport(), on.rect().center())
            assert seen.contains(at), on.accessibleName()


def test_tab_shows_the_whole_of_a_field_of_several_lines(open_window: Opened, qtbot: QtBot) -> None:
    dialog = NewPage(open_window())
    dialog.resize(500, 380)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.scroller.verticalScrollBar().maximum() > 0)
    seen = dialog.scroller.viewport().rect()
    dialog.kind.setFocus()
    for field in dialog.fields.values():
        dialog.focusWidget().focusNextPrevChild(True)
        assert dialog.focusWidget() is field
        place = QRect(field.mapTo(dialog.scroller.viewport(), QPoint(0, 0)), field.size())
        assert seen.contains(place), field.accessibleName()


def test_a_field_as_wide_as_the_dialog_has_the_strong_ring_too(
    open_window: Opened, qtbot: QtBot
) -> None:
    dialog = SettingsDialog(open_window())
    dialog.open()
    dialog.activateWindow()
    box = dialog.boxes["theme"]
    box.setFocus()
    qtbot.waitUntil(lambda: dialog.ring.isVisible() and dialog.ring.target is box)
    assert not dialog.ring.round_pane


def test_what_stands_at_the_edge_of_the_window_has_the_strong_ring(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    window.activateWindow()
    last = window.strip.flow.itemAt(window.strip.flow.count() - 1).widget()
    last.setFocus()
    qtbot.waitUntil(lambda: window.ring.isVisible() and window.ring.target is last)
    assert not window.ring.round_pane


def test_the_ring_goes_out_of_sight_with_what_it_stands_round(open_unpainted: Opened) -> None:
    window = open_unpainted()
    window.session.go_to("list:cases")
    filters = window.view.filters  # type: ignore[union-attr]
    first = next(iter(filters.rows.values()))
    ring = FocusRing(window)
    ring._moved(None, first)
    ring._place()
    assert ring.isVisible()
    bar = filters.verticalScrollBar()
    for value, seen in ((bar.maximum(), False), (0, True)):
        ring._later.stop()
        bar.setValue(value)
        assert ring._later.isActive()  # it is placed in a moment
        assert ring._later.interval() == 0
        ring._place()
        assert ring.isVisible() == seen


def test_after_the_tour_the_keyboard_is_in_the_search_box(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    window.session.settings.set("tour_done", False)
    home = window.view
    assert isinstance(home, HomeView)
    home.offer.findChildren(Button)[0].setFocus()
    window.session.settings.set("tour_done", True)
    assert window.focusWidget() is home.field
