"""Lists and tables under the keyboard: they go on, go in and out, and grow, as anybody expects who used Word."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.editor import grid
from desktop.editor.words import WordsEdit

KEYS = {
    "↵": (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
    "→": (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
    "←": (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier),
}


@pytest.fixture
def words(qtbot: QtBot, started: None) -> Iterator[WordsEdit]:
    page = QWidget()
    column = QVBoxLayout(page)
    found = WordsEdit()
    column.addWidget(found)
    column.addWidget(QLineEdit())
    qtbot.addWidget(page)
    page.show()
    found.setFocus()
    yield found
    page.close()


def typed(words: WordsEdit, before: str, keys: str) -> str:
    """The words after these keys at their end; the cursor shown as ‸, what is chosen between « and »."""
    words.document().setPlainText(before.replace("‸", ""))
    cursor = words.textCursor()
    at = before.find("‸")
    cursor.setPosition(at if at >= 0 else len(before))
    words.setTextCursor(cursor)
    for key in keys:
        if key in KEYS:
            QTest.keyClick(words, *KEYS[key])
        else:
            QTest.keyClicks(words, key)
    cursor = words.textCursor()
    text = words.document().toPlainText()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    if start != end:
        return f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return f"{text[:start]}‸{text[start:]}"


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        ("- one", "↵two", "- one\n- two‸"),
        ("- one", "↵↵", "- one\n‸"),
        ("1. one\n2. two‸\n3. three", "↵new", "1. one\n2. two\n3. new‸\n4. three"),
        ("> 1) one", "↵x", "> 1) one\n> 2) x‸"),
        ("> [!URGENT]\n> Ring", "↵999", "> [!URGENT]\n> Ring\n> 999‸"),
        ("- one", "↵→in", "- one\n  - in‸"),
        ("1. one", "↵→in↵more", "1. one\n   1. in\n   2. more‸"),
        ("- one\n  - in", "↵↵x", "- one\n  - in\n- x‸"),
        ("- one\n  - in", "←", "- one\n- in‸"),
        ("1. one\n2. two‸\n3. three", "→", "1. one\n   1. two‸\n2. three"),
        ("1. one\n   1. in‸\n2. two", "←", "1. one\n2. in‸\n3. two"),
        ("- first", "→", "- first‸"),
        ("words‸ more", "↵", "words\n‸ more"),
    ],
)
def test_lists(words: WordsEdit, before: str, keys: str, after: str) -> None:
    assert typed(words, before, keys) == after


GRID = "| A | B |\n|---|---|\n| 1 | 2 |"


@pytest.mark.parametrize(
    ("before", "keys", "after"),
    [
        (GRID.replace("A", "A‸"), "→", GRID.replace("B", "«B»")),
        (GRID.replace("B", "B‸"), "→", GRID.replace("1", "«1»")),
        (GRID.replace("1", "1‸"), "←", GRID.replace("B", "«B»")),
        (GRID.replace("2", "2‸"), "→", f"{GRID}\n| ‸ |  |"),
        (GRID.replace("2", "2‸"), "→x→y", f"{GRID}\n| x | y‸ |"),
        ("| a \\| b‸ | c |", "→", "| a \\| b | «c» |"),
    ],
)
def test_tab_goes_from_cell_to_cell_and_grows_the_table(
    words: WordsEdit, before: str, keys: str, after: str
) -> None:
    assert typed(words, before, keys) == after


def test_tab_leaves_the_words_elsewhere_and_the_end_of_an_empty_row(words: WordsEdit) -> None:
    typed(words, "Words", "→")
    assert not words.hasFocus()
    words.setFocus()
    typed(words, f"{GRID}\n|  |  ‸|", "→")
    assert not words.hasFocus()


def test_a_table_gets_and_loses_rows_and_columns_each_as_one_step_back(words: WordsEdit) -> None:
    typed(words, GRID.replace("1", "1‸"), "")
    text = words.document().toPlainText
    grid.column(words)
    assert text() == "| A | New | B |\n|---|---|---|\n| 1 |  | 2 |"
    words.undo()
    assert text() == GRID
    typed(words, GRID.replace("2", "2‸"), "")
    grid.column(words, out=True)
    assert text() == "| A |\n|---|\n| 1 |"
    words.undo()
    typed(words, GRID.replace("A", "A‸"), "")
    grid.row(words)
    assert text() == "| A | B |\n|---|---|\n|  |  |\n| 1 | 2 |"
    grid.less_row(words)
    assert text() == GRID


def test_a_new_table_is_ready_to_be_typed_into(words: WordsEdit) -> None:
    typed(words, "Words", "")
    grid.table(words)
    QTest.keyClicks(words, "Level")
    assert words.document().toPlainText() == "Words\n\n| Level | Second |\n|---|---|\n|  |  |\n"
