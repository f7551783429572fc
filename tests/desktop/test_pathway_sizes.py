"""A pathway while the text size changes, and what is told of ways out of sight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.theme import theme
from desktop.views.pathway import PathwayView
from desktop.window import MainWindow

pytestmark = pytest.mark.slow
Opened = Callable[..., MainWindow]
SIZES = (1.0, 1.25, 1.5, 2.0, 2.5)


def opened(open_window: Opened, qtbot: QtBot) -> tuple[MainWindow, PathwayView]:
    window = open_window()
    window.resize(1280, 700)
    window.session.go_to("pathways/perinatal-mental-health.md")
    view = window.view
    assert isinstance(view, PathwayView)
    qtbot.waitUntil(lambda: bool(view.panel.fingers) and not view.panel.flags.prose.busy)
    return window, view


def test_every_text_size_up_and_down_again_in_a_pathway_reached_from_another(
    open_window: Opened, qtbot: QtBot
) -> None:
    window, view = opened(open_window, qtbot)
    for number in (1, 1, 1):
        view.take(number)
        qtbot.wait(50)
    assert isinstance(window.view, PathwayView)
    assert window.view.crumbs.isVisible()
    for size in (*SIZES, *reversed(SIZES)):
        theme().set(scale=size)
        qtbot.wait(60)
    flags = window.view.panel.flags
    bar = flags.scroller.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOn
    assert bar == (flags.wanted_height() > flags.height())


def test_an_urgent_way_out_of_sight_is_said_to_be_urgent(open_window: Opened, qtbot: QtBot) -> None:
    _, view = opened(open_window, qtbot)
    view.take(1)
    words = "2 ways on, further down, 1 of them urgent"
    qtbot.waitUntil(lambda: view.panel.more.text() == words)
    assert view.panel.more.isVisible()
