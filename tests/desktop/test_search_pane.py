"""Searching in the window: letter by letter, by keyboard, with what to do when nothing is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.views.search import SearchPane
from desktop.widgets.answers import rows_of
from desktop.window import MainWindow

Opened = Callable[..., MainWindow]


@pytest.fixture
def window(open_window: Opened) -> MainWindow:
    return open_window(search=True)


def asked(window: MainWindow, qtbot: QtBot, words: str) -> SearchPane:
    """Types the words and waits for their answer."""
    window.do_search()
    field = getattr(window.view, "field", None) or window.bar.field
    field.setFocus()
    qtbot.keyClicks(field, words[:1])
    qtbot.keyClicks(window.bar.field, words[1:])
    qtbot.waitUntil(
        lambda: (
            window.search_pane is not None
            and window.search_pane.answer is not None
            and window.search_pane.answer.query == words.strip()
        ),
        timeout=10_000,
    )
    pane: SearchPane = window.search_pane
    return pane


def test_a_worry_typed_at_home_shows_urgent_answers_among_the_first_three(
    window: MainWindow, qtbot: QtBot
) -> None:
    pane = asked(window, qtbot, "mum hears voices")
    assert window.pane.currentWidget() is pane
    assert pane.answer is not None
    assert any(hit.urgent for hit in pane.answer.hits[:3])


def test_down_and_enter_open_the_chosen_answer(window: MainWindow, qtbot: QtBot) -> None:
    pane = asked(window, qtbot, "infant feeding")
    first = pane.list.hit()
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Down)
    second = pane.list.hit()
    assert first is not None
    assert second is not None
    assert second is not first
    asked_for = []
    window.session.place_asked.disconnect(window.show_place)
    window.session.place_asked.connect(
        lambda place, new: asked_for.append((place.page, place.anchor, new))
    )
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Return)
    assert asked_for == [(second.page, second.anchor, False)]


def test_escape_brings_the_page_back_and_empties_the_field(
    window: MainWindow, qtbot: QtBot
) -> None:
    asked(window, qtbot, "colic")
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Escape)
    assert window.pane.currentWidget() is window.tabs
    assert window.bar.field.text() == ""


def test_the_preview_says_what_the_chosen_section_says(window: MainWindow, qtbot: QtBot) -> None:
    pane = asked(window, qtbot, "call 999 and stay")
    qtbot.waitUntil(lambda: len(pane.preview.passage.toPlainText()) > 20, timeout=10_000)
    hit = pane.list.hit()
    assert hit is not None
    assert pane.preview.title.text() in (hit.heading, hit.title)


def test_nothing_found_offers_somewhere_to_go_and_a_line_for_the_champion(
    window: MainWindow, qtbot: QtBot
) -> None:
    pane = asked(window, qtbot, "zzqxv")
    assert pane.nothing.isVisible()
    assert not pane.list.isVisible()
    engine = window.session.engine
    assert engine is not None
    pane.nothing.keep.click()
    qtbot.waitUntil(lambda: [gap.query for gap in engine.gaps] == ["zzqxv"], timeout=5_000)


def test_narrowing_to_services_leaves_only_services(window: MainWindow, qtbot: QtBot) -> None:
    pane = asked(window, qtbot, "feeding")
    pane.kind_chips["service"].click()
    qtbot.waitUntil(
        lambda: pane.answer is not None and {hit.kind for hit in pane.answer.hits} == {"service"},
        timeout=5_000,
    )


def test_every_answer_stands_under_its_kind(window: MainWindow, qtbot: QtBot) -> None:
    pane = asked(window, qtbot, "domestic abuse")
    assert pane.answer is not None
    kind = ""
    for row in rows_of(pane.answer, frozenset(hit.kind for hit in pane.answer.hits)):
        if row.hit is None:
            kind = row.kind
        else:
            assert row.hit.kind == kind
