"""A session's page: its stops with minutes beside the text, buttons to present and for a handout, what has changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.views.session import SessionView
from desktop.window import MainWindow

Opened = Callable[..., MainWindow]
STARTER = Path(__file__).parents[3] / "content"
CASE = "sessions/low-mood-worked-case.md"
LADDER = "thresholds/who-holds-what.md"


@pytest.fixture
def shown(open_unpainted: Opened, qtbot: QtBot, tmp_path: Path) -> Callable[..., SessionView]:
    def one(*, own: bool = False, **how: Any) -> SessionView:
        """With `own`, in a library that may be changed."""
        root = Path(shutil.copytree(STARTER, tmp_path / "library")) if own else STARTER
        window = open_unpainted(root, **how)
        window.session.go_to(CASE)
        view = window.view
        assert isinstance(view, SessionView)
        qtbot.waitUntil(lambda: "fictional" in view.reader.toPlainText(), timeout=10_000)
        return view

    return one


def change_ladder(view: SessionView, qtbot: QtBot) -> None:
    """Somebody else changes a page that the session shows."""
    library = view.session.library
    assert library is not None
    path = library.path_of(LADDER)
    title = library.pages[LADDER].by_anchor["ladder"].title
    path.write_text(path.read_text("utf-8").replace(title, f"{title} now", 1), "utf-8")
    with qtbot.waitSignal(view.session.library_changed, timeout=10_000):
        view.session.look_again()


def test_the_running_order_stands_beside_the_text(shown: Callable[..., SessionView]) -> None:
    view = shown()
    assert view.page is not None
    assert view.panel.isVisible()
    assert view.panel.list.count() == len(view.page.stops)
    assert view.panel.total.text().startswith(f"{len(view.page.stops)} stops · ")
    assert view.panel.told.text() == "Not presented on this computer yet."
    assert view.panel.see.isHidden()


def test_a_stop_of_the_list_is_shown_in_the_text(shown: Callable[..., SessionView]) -> None:
    view = shown()
    before = view.reader.verticalScrollBar().value()
    view.panel.chosen.emit(7)
    assert view.reader.verticalScrollBar().value() > before


def test_at_200_per_cent_the_list_gives_way_and_the_buttons_stay(
    shown: Callable[..., SessionView], qtbot: QtBot
) -> None:
    view = shown(scale=2.0)
    qtbot.waitUntil(lambda: not view.panel.isVisible(), timeout=5_000)
    assert view.present.isVisibleTo(view)
    assert view.handout.isVisibleTo(view)


def test_what_changed_since_the_last_time_is_marked_and_can_be_seen(
    shown: Callable[..., SessionView], qtbot: QtBot
) -> None:
    from desktop.editor.since import WhatChanged

    view = shown(own=True)
    view.session.presented(CASE)
    assert view.panel.told.text().startswith("Last presented on ")
    assert not view.since
    change_ladder(view, qtbot)
    assert [s.number for s in view.since] == [5]
    assert "changed since you last presented it" in view.since[0].says
    qtbot.waitUntil(lambda: "See what changed" in view.reader.toPlainText(), timeout=10_000)
    assert not view.panel.see.isHidden()
    view.own_link("since-5")
    dialog = view.window().findChildren(WhatChanged)[-1]
    qtbot.waitUntil(lambda: "+ " in dialog.text.toPlainText(), timeout=10_000)
    assert "now" in dialog.text.toPlainText()
    view.session.presented(CASE)
    assert not view.since
    assert view.panel.see.isHidden()


def test_a_page_that_is_gone_is_marked_at_its_stop(
    shown: Callable[..., SessionView], qtbot: QtBot
) -> None:
    view = shown(own=True)
    library = view.session.library
    assert library is not None
    library.path_of(LADDER).unlink()
    with qtbot.waitSignal(view.session.library_changed, timeout=10_000):
        view.session.look_again()
    marks = [view.panel.list.item(n).data(0x0100)[2] for n in range(view.panel.list.count())]
    assert marks[5] == "Not in the library any more"


def test_the_buttons_present_and_make_a_handout(shown: Callable[..., SessionView]) -> None:
    from desktop.dialogs.handout import HandoutDialog

    view = shown()
    window: Any = view.window()
    view.handout.click()
    dialog = window.findChildren(HandoutDialog)[-1]
    assert dialog.isVisible()
    dialog.reject()
    view.panel.list.setCurrentRow(3)
    view.panel.begin.click()
    show = window.showing
    assert show.show.number_of(show.moment.at) == 4
    show.do_end()
    assert view.panel.told.text().startswith("Last presented on ")
