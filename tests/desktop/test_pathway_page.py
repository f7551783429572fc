"""A pathway's page in the window: drawn, chosen, walked, with red flags in view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.places import page_place
from desktop.views.pathway import PathwayView
from desktop.window import MainWindow

Opened = Callable[..., MainWindow]
PATH = "pathways/perinatal-emergency.md"


def opened(window: MainWindow, qtbot: QtBot, anchor: str = "", path: str = PATH) -> PathwayView:
    window.session.go(page_place(path, anchor))
    view = window.view
    assert isinstance(view, PathwayView)
    qtbot.waitUntil(lambda: view.canvas.picture is not None, timeout=10_000)
    return view


def test_a_pathway_opens_at_its_first_step_and_shows_it_beside_the_graph(
    open_window: Opened, qtbot: QtBot
) -> None:
    view = opened(open_window(), qtbot)
    assert view.panel.title.text() == "Act on sudden change or suicide risk"
    assert view.panel.count.text() == "Step 1 of 13"
    assert view.canvas.zoom >= 0.8


def test_a_link_to_a_step_opens_there(open_window: Opened, qtbot: QtBot) -> None:
    view = opened(open_window(), qtbot, "ring-team")
    assert view.panel.title.text() == "Ring specialist perinatal or crisis team"
    box = view.canvas.picture.box_rect(view.walk.chosen)
    assert view.canvas.seen().contains(box)


def test_number_keys_take_a_way_and_backspace_goes_back(open_window: Opened, qtbot: QtBot) -> None:
    view = opened(open_window(), qtbot)
    qtbot.keyClick(view.canvas, Qt.Key.Key_1)
    qtbot.keyClick(view.canvas, Qt.Key.Key_2)
    assert view.panel.title.text() == "Psychosis sign or red flag?"
    assert view.pane.card.title.text() == "Your route: 3 steps"
    qtbot.keyClick(view.canvas, Qt.Key.Key_Backspace)
    assert view.panel.title.text() == "Is life in immediate danger now?"


def test_a_press_on_a_finger_takes_the_way(open_window: Opened, qtbot: QtBot) -> None:
    view = opened(open_window(), qtbot, "immediate-danger")
    assert [f.condition for f in view.panel.fingers] == ["Yes", "No"]
    qtbot.mouseClick(view.panel.fingers[0], Qt.MouseButton.LeftButton)
    assert view.panel.title.text() == "Call 999 and stay if safe"


def test_the_red_flags_of_the_page_are_there_on_every_step(
    open_window: Opened, qtbot: QtBot
) -> None:
    view = opened(open_window(), qtbot, "follow-up")
    qtbot.waitUntil(lambda: "ring the perinatal" in view.panel.flags.prose.toPlainText())
    assert view.panel.flags.isVisible()
