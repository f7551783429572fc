"""Dialogs: what they say comes from the same tables as everything else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.actions import COMMANDS
from desktop.dialogs.about import About
from desktop.dialogs.keys import Keys
from desktop.dialogs.palette import Palette, matching
from desktop.dialogs.settings import SettingsDialog
from desktop.dialogs.tour import CARDS, Tour
from desktop.theme import theme
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
