"""The details at the top stand in the form; among the words they are hidden, and no key reaches them there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.editor.editing import Editing, blank_document
from desktop.editor.folding import end_of_details
from desktop.editor.view import EditorView
from desktop.window import MainWindow
from tests.support.writing import edit

TINY = Path(__file__).parents[2] / "data" / "tiny"
PAGE = "pathways/feeding.md"

Opened = Callable[..., MainWindow]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _edit(qtbot: QtBot, window: MainWindow) -> tuple[EditorView, Editing]:
    return edit(qtbot, window, PAGE)


def _hidden(view: EditorView) -> list[int]:
    block, found = view.words.document().firstBlock(), []
    while block.isValid():
        if not block.isVisible():
            found.append(block.blockNumber() + 1)
        block = block.next()
    return found


def test_details_are_hidden_until_asked_for_and_lines_keep_their_numbers(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    before = editing.text()
    assert _hidden(view) == list(range(1, 16))
    assert view.words.textCursor().blockNumber() + 1 == 16
    view.plain.click()
    assert _hidden(view) == []
    assert view.plain.text() == "Hide the details again"
    view.plain.click()
    assert _hidden(view) == list(range(1, 16))
    view.go_to_line(25)
    assert view.words.textCursor().block().text().startswith("Plot the weight")
    assert editing.text() == before
    assert not editing.differs


def test_no_key_reaches_what_is_hidden(qtbot: QtBot, desk_window: Opened) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    words, before = view.words, editing.text()
    front = before[: before.index("# Feeding")]
    for key, held in (
        (Qt.Key.Key_Home, CONTROL),
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Backspace, CONTROL),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Home, CONTROL | SHIFT),
        (Qt.Key.Key_Delete, CONTROL),
    ):
        QTest.keyClick(words, key, held)
        assert editing.text().startswith(front.rstrip("\n")), key
    QTest.keyClick(words, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(words, Qt.Key.Key_Delete)
    assert editing.text().startswith(front.rstrip("\n"))
    assert "Plot" not in editing.text()
    while editing.document.isUndoAvailable():
        words.undo()
    assert editing.text() == before


def test_what_the_form_adds_is_hidden_too_and_can_be_taken_back(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    before = editing.text()
    view.details._text_changed("version", "0.2")
    qtbot.waitUntil(lambda: _hidden(view) == list(range(1, 17)), timeout=5_000)
    assert "version: 0.2" in editing.text() or 'version: "0.2"' in editing.text()
    view.words.undo()
    qtbot.waitUntil(lambda: _hidden(view) == list(range(1, 16)), timeout=5_000)
    assert editing.text() == before


def test_a_mistake_in_the_details_shows_them(qtbot: QtBot, desk_window: Opened) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    view.troubles.go_asked.emit(7)  # the review date has a field of its own
    assert _hidden(view)
    assert window.focusWidget() is view.details.review
    view.troubles.go_asked.emit(2)  # the short name has none
    assert _hidden(view) == []
    assert view.words.textCursor().blockNumber() + 1 == 2
    assert not editing.differs


def test_what_is_wrong_with_a_hidden_detail_is_told_as_the_form_asks_it(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    file = library / PAGE
    text = file.read_text("utf-8")
    file.write_text(
        "".join(line for line in text.splitlines(True) if not line.startswith("owner:")), "utf-8"
    )
    view, _ = _edit(qtbot, desk_window())

    def said() -> str:
        return "\n".join(found.text() for found in view.troubles.findChildren(QLabel))

    qtbot.waitUntil(lambda: "who looks after it" in said(), timeout=5_000)
    assert "Details. This page does not say who looks after it." in said()
    assert "Fill in 'Owner' with a role or a team" in said()
    view.plain.click()
    qtbot.waitUntil(lambda: "Details." not in said(), timeout=5_000)
    assert "Add a line 'owner:' with a role or a team" in said()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("---\na: 1\n---\nWords", 3),
        ("---\na: 1\n---\n\n\nWords", 5),
        ("---\na: 1\n...\nWords", 3),
        ("---\na: 1\n", 0),
        ("---\na: 1\n---", 0),
        ("Words\n---\n", 0),
        ("", 0),
    ],
)
def test_where_the_details_end(text: str, first: int, qapp: object) -> None:
    owner = QTextDocument()
    document = blank_document(owner)
    document.setPlainText(text)
    assert end_of_details(document) == first
