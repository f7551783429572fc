"""Undo and redo from wherever the keyboard is in the editor."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.editor.view import EditorView
from desktop.window import MainWindow
from tests.support.writing import edit

Opened = Callable[..., MainWindow]


@pytest.fixture
def view(qtbot: QtBot, desk_window: Opened) -> EditorView:
    return edit(qtbot, desk_window(), "pathways/feeding.md")[0]


def text(view: EditorView) -> str:
    assert view.editing is not None
    return view.editing.text()


@pytest.mark.parametrize("keys", ["Ctrl+Y", "Ctrl+Shift+Z"])
def test_undo_works_while_the_keyboard_is_on_a_button(
    qtbot: QtBot, view: EditorView, keys: str
) -> None:
    before = text(view)
    view.words.insertPlainText("A line more.\n")
    after = text(view)
    again = Qt.Key.Key_Y if keys == "Ctrl+Y" else Qt.Key.Key_Z
    held = Qt.KeyboardModifier.ControlModifier
    more = held if keys == "Ctrl+Y" else held | Qt.KeyboardModifier.ShiftModifier
    places: list[QWidget] = [
        view.tools.buttons["step"],
        view.preview.switch.buttons["page"],
        view.details.sources,
        view.details.status,
        view.preview.reader,
    ]
    view.preview._switched("page")
    for place in places:
        place.setFocus()
        qtbot.waitUntil(place.hasFocus)
        QTest.keyClick(place, Qt.Key.Key_Z, held)
        assert text(view) == before, place
        QTest.keyClick(place, again, more)
        assert text(view) == after, place


def test_a_field_takes_back_its_own_typing_first_and_then_the_words(
    qtbot: QtBot, view: EditorView
) -> None:
    before = text(view)
    view.words.insertPlainText("A line more.\n")
    held = Qt.KeyboardModifier.ControlModifier
    for field in (view.details.title, view.details.owner, view.details.review):
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        QTest.keyClick(field, Qt.Key.Key_Z, held)
        assert text(view) == before
        view.words.redo()
    title = view.details.title
    title.setFocus()
    QTest.keyClicks(title, "X")
    QTest.keyClick(title, Qt.Key.Key_Z, held)
    assert text(view) != before
    assert "X" not in title.toPlainText()
