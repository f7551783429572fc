"""What the buttons above the words do: each is one change to the text at the cursor, which can be undone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

if TYPE_CHECKING:
    from desktop.editor.words import WordsEdit


def heading(words: WordsEdit) -> None:
    """Make the line a heading, or plain again."""
    cursor = _line(words)
    text = cursor.selectedText()
    bare = re.sub(r"^#{1,6}\s*", "", text)
    cursor.insertText(bare if bare != text else f"## {bare or 'Heading'}")
    words.setFocus()


def bold(words: WordsEdit) -> None:
    _around(words, "**", "bold words")


def italic(words: WordsEdit) -> None:
    _around(words, "*", "slanted words")


def bullets(words: WordsEdit) -> None:
    """Make the chosen lines a list, or plain again."""
    cursor = _lines(words)
    lines = cursor.selectedText().split("\u2029")
    listed = all(line.startswith("- ") for line in lines if line.strip())
    made = [
        line if not line.strip() else line[2:] if listed else f"- {line.lstrip('- ')}"
        for line in lines
    ]
    cursor.insertText("\n".join(made) if any(made) else "- ")
    words.setFocus()


def urgent(words: WordsEdit) -> None:
    """A box for what must not be missed."""
    _block(words, "> [!URGENT]\n> Say what to look for and what to do.")


def way_on(words: WordsEdit, link: str) -> None:
    """One more way on below the line; `link` leads to where it goes."""
    cursor = words.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    line = cursor.block().text()
    lead = "" if not line.strip() else "\n" if line.lstrip().startswith("- ") else "\n\n"
    cursor.insertText(f"{lead}- When → {link}")
    at = cursor.position() - len(link) - 3
    cursor.setPosition(at)
    cursor.setPosition(at - 4, QTextCursor.MoveMode.KeepAnchor)
    words.setTextCursor(cursor)
    words.setFocus()


def link(words: WordsEdit, written: str) -> None:
    cursor = words.textCursor()
    cursor.insertText(written)
    words.setFocus()


def step(words: WordsEdit, anchor: str) -> None:
    """A new step at the end of the one the cursor is in."""
    cursor = words.textCursor()
    block = cursor.block().next()
    while block.isValid() and not block.text().startswith("## "):
        block = block.next()
    if block.isValid():
        cursor.setPosition(block.position())
        cursor.insertText(f"## New step {{#{anchor}}}\n\nWhat to do here.\n\n")
        cursor.setPosition(block.position())
    else:
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(f"\n\n## New step {{#{anchor}}}\n\nWhat to do here.\n")
    words.setTextCursor(cursor)
    words.setFocus()


def _block(words: WordsEdit, text: str) -> None:
    cursor = words.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    gap = "\n\n" if cursor.block().text().strip() else "\n" if cursor.blockNumber() else ""
    cursor.insertText(f"{gap}{text}\n")
    words.setTextCursor(cursor)
    words.setFocus()


def _around(words: WordsEdit, mark: str, sample: str) -> None:
    cursor = words.textCursor()
    chosen = cursor.selectedText()
    if chosen.startswith(mark) and chosen.endswith(mark) and len(chosen) > 2 * len(mark):
        cursor.insertText(chosen[len(mark) : -len(mark)])
    else:
        inner = chosen.strip() or sample
        before = chosen[: len(chosen) - len(chosen.lstrip())]
        after = chosen[len(chosen.rstrip()) :] if chosen.strip() else ""
        cursor.insertText(f"{before if chosen.strip() else ''}{mark}{inner}{mark}{after}")
    words.setFocus()


def _line(words: WordsEdit) -> QTextCursor:
    cursor = words.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _lines(words: WordsEdit) -> QTextCursor:
    cursor = words.textCursor()
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    cursor.setPosition(start)
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    return cursor
