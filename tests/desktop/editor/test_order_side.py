"""The running order as a list beside the words: each change is one edit of the words, taken back by one undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.places import edit_place
from desktop.window import MainWindow
from tests.support.libraries import page, write_library

Opened = Callable[..., MainWindow]
SESSION = """The case is fictional. Stops 1 and 2 are short.

## Running order {#order}

1. [A](../pathways/x.md#a) (3 minutes)

    Ask: What first?

    > [!TRAINER]
    > Wait.

2. [B](../pathways/x.md#b) (4 minutes, covered)
3. [C](../pathways/gone.md) (2 minutes)
"""
STEPS = "## A {#a}\n\n- Yes → [B](#b)\n\n## B {#b}\n\nB.\n"
KEY = Qt.Key


@pytest.fixture
def order(desk_window: Opened, qtbot: QtBot, library: Path) -> Any:
    pages = {
        "pathways/x.md": page("X", STEPS, kind="pathway"),
        "sessions/s.md": page("S", SESSION, kind="session"),
    }
    write_library(library, pages)
    window = desk_window()
    window.show_place(edit_place("sessions/s.md"))
    side = window.view.preview.order  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: side.list.count() == 3, timeout=10_000)
    side.window_, side.qtbot = window, qtbot
    side.words = window.view.editing  # type: ignore[union-attr]
    return side


def titles(order: Any) -> list[str]:
    return [order.list.item(n).text().split("\n")[0] for n in range(order.list.count())]


def settle(order: Any, *wanted: str) -> None:
    order.qtbot.waitUntil(lambda: titles(order) == list(wanted), timeout=10_000)


def test_the_list_says_what_the_words_say(order: Any) -> None:
    assert titles(order) == ["1. A", "2. B", "3. C"]
    assert order.total.text() == "3 stops, 9 minutes"
    assert order.list.item(1).text() == "2. B\n4 min · covered"
    assert "put right" in order.list.item(2).text()
    assert order.form.ask.toPlainText() == "What first?"
    assert order.form.notes.toPlainText() == "Wait."
    order.list.setCurrentRow(2)
    assert "no such page" in order.form.goal.text()
    assert order.form.troubles.text()


def test_alt_with_an_arrow_moves_a_stop_and_one_undo_takes_it_back(order: Any) -> None:
    before = order.words.text()
    order.list.setFocus()
    QTest.keyClick(order.list, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    settle(order, "1. B", "2. A", "3. C")
    assert order.list.currentRow() == 1
    assert "stops by their numbers" in order.told.text()
    QTest.keyClick(order.list, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(order, "1. A", "2. B", "3. C")
    assert order.words.text() == before


def test_alt_with_up_moves_a_stop_and_does_not_leave_the_page(order: Any) -> None:
    order.list.setFocus()
    order.list.setCurrentRow(1)
    QTest.keyClick(order.list, KEY.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle(order, "1. B", "2. A", "3. C")
    assert order.list.isVisible()
    assert order.list.currentRow() == 0


def test_a_stop_is_dragged(order: Any) -> None:
    order.list.setCurrentRow(0)
    spot = order.list.visualItemRect(order.list.item(2)).center()
    event = QDropEvent(
        QPointF(spot), Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    order.list.dropEvent(event)
    order.qtbot.waitUntil(lambda: titles(order)[0] == "1. B", timeout=10_000)
    assert event.dropAction() is Qt.DropAction.IgnoreAction


def test_minutes_cover_and_words_are_written_where_they_stand(order: Any) -> None:
    order.form.minutes.setValue(7)
    order.form.covered.setChecked(True)
    assert "1. [A](../pathways/x.md#a) (7 minutes, covered)" in order.words.text()
    order.form.outcome.setPlainText("She says yes.")
    order.form.outcome.done()
    assert "    Outcome: She says yes.\n" in order.words.text()
    order.form.notes.setPlainText("")
    order.form.notes.done()
    assert "TRAINER" not in order.words.text()
    order.qtbot.waitUntil(lambda: order.total.text() == "3 stops, 13 minutes", timeout=10_000)


def test_a_stop_is_added_behind_the_chosen_one_and_taken_out(order: Any) -> None:
    order.add("../pathways/x.md#b", "B again")
    settle(order, "1. A", "2. B again", "3. B", "4. C")
    assert order.list.currentRow() == 1
    assert order.form.minutes.value() == 3
    order.list.setFocus()
    QTest.keyClick(order.list, KEY.Key_Delete)
    settle(order, "1. A", "2. B", "3. C")


def test_the_search_gives_pages_and_steps_but_no_web_address(order: Any) -> None:
    from desktop.editor.linking import StopPicker

    order.do("add")
    picker = order.window_.findChildren(StopPicker)[-1]
    picker.field.setText("https://example.org")
    picker._take()
    assert "page or step of this library" in picker.told.text()
    picker.field.setText("X")
    picker._take()
    settle(order, "1. A", "2. X", "3. B", "4. C")


def test_words_typed_meanwhile_are_not_overwritten(order: Any) -> None:
    text = order.words.text()
    order.words.put(text.replace("1. [A](../pathways/x.md#a)", "1. [N](../pathways/x.md#b)"))
    order.shift(0, 2)
    assert "[N](../pathways/x.md#b)" in order.words.text()
    assert not order.told.isVisible()


def test_a_page_that_changed_since_it_was_presented_is_marked(order: Any) -> None:
    session = order.session
    session.presented("sessions/s.md")
    path = session.library.root / "pathways" / "x.md"
    path.write_text(path.read_text("utf-8").replace("\nB.\n", "\nBee.\n"), "utf-8")
    with order.qtbot.waitSignal(session.library_changed, timeout=10_000):
        session.look_again()
    order.last = session.last_presented("sessions/s.md")[0]
    order.words.look_now()
    order.qtbot.waitUntil(lambda: "changed since" in order.list.item(1).text(), timeout=10_000)
    assert "changed" not in order.list.item(0).text()


def test_list_and_form_are_both_in_view_in_a_low_window(order: Any) -> None:
    window = order.window_
    window.resize(1280, 720)
    order.qtbot.waitUntil(lambda: window.height() == 720)
    order.list.setCurrentRow(1)
    order.list.itemActivated.emit(order.list.item(1))
    seen = order.rect()
    for part in (order.list, order.form.minutes, order.form.covered, order.form.ask):
        place = part.mapTo(order, part.rect().bottomRight())
        assert part.isVisible()
        assert seen.contains(place), part.accessibleName()
        assert not part.visibleRegion().isEmpty(), part.accessibleName()
    assert order.form.minutes.hasFocus() or not window.isActiveWindow()
