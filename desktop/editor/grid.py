"""Tables as plain text: from cell to cell by Tab, one more row or column, one less; each one step back."""

from __future__ import annotations

import re
from itertools import pairwise

from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QMenu, QPlainTextEdit

_BAR = re.compile(r"(?<!\\)\|")
_LINE = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|?\s*")


def table(words: QPlainTextEdit) -> None:
    """A small table below the line; in a table, what can be done with it."""
    cursor = words.textCursor()
    if in_table(words):
        menu = QMenu(words)
        menu.addAction("One more row", lambda: row(words))
        menu.addAction("One more column", lambda: column(words))
        if not _is_head(cursor.block()):
            menu.addAction("Take this row out", lambda: less_row(words))
        if len(cells(cursor.block().text())) > 1:
            menu.addAction("Take this column out", lambda: column(words, out=True))
        menu.exec(words.viewport().mapToGlobal(words.cursorRect().bottomLeft()))
        return
    line = cursor.block().text()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    gap = "\n\n" if line.strip() else ""
    begun = cursor.position() + len(gap)
    cursor.insertText(f"{gap}| First | Second |\n|---|---|\n|  |  |\n")
    cursor.setPosition(begun)
    _choose(words, cursor.block(), 0)


def in_table(words: QPlainTextEdit) -> bool:
    return words.textCursor().block().text().lstrip().startswith("|")


def cells(line: str) -> list[tuple[int, int]]:
    """Where each cell of a row begins and ends, its spaces left out."""
    bars = [found.start() for found in _BAR.finditer(line)]
    if bars and line[bars[-1] + 1 :].strip():
        bars.append(len(line))
    found = []
    for begin, end in pairwise(bars):
        inner = line[begin + 1 : end]
        start = begin + 1 + len(inner) - len(inner.lstrip()) if inner.strip() else begin + 2
        stop = begin + 1 + len(inner.rstrip()) if inner.strip() else begin + 2
        found.append((min(start, end), max(min(start, end), min(stop, end))))
    return found


def next_cell(words: QPlainTextEdit, back: bool) -> bool:
    """To the next cell, or the one before; from the last one into a new row. False: out of the table."""
    cursor = words.textCursor()
    block, at = cursor.block(), cursor.positionInBlock()
    found = cells(block.text())
    if not found:
        return False
    here = next((n for n, (_, end) in enumerate(found) if at <= end), len(found) - 1)
    goal = here + (-1 if back else 1)
    if not 0 <= goal < len(found):
        block = block.previous() if back else block.next()
        if block.isValid() and _LINE.fullmatch(block.text()):
            block = block.previous() if back else block.next()
        if not block.isValid() or not block.text().lstrip().startswith("|"):
            row_is_empty = all(start == end for start, end in found)
            return not back and not row_is_empty and row(words)
        goal = len(cells(block.text())) - 1 if back else 0
    _choose(words, block, goal)
    return True


def row(words: QPlainTextEdit) -> bool:
    """One more row below this one."""
    cursor = words.textCursor()
    block = cursor.block()
    many = max(1, len(cells(block.text())))
    if _is_head(block) and _LINE.fullmatch(block.next().text()):
        block = block.next()
    cursor.setPosition(block.position() + block.length() - 1)
    cursor.insertText("\n|" + "  |" * many)
    _choose(words, cursor.block(), 0)
    return True


def less_row(words: QPlainTextEdit) -> None:
    cursor = words.textCursor()
    block = cursor.block()
    cursor.setPosition(block.position() - 1)
    cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    words.setTextCursor(cursor)
    words.setFocus()


def column(words: QPlainTextEdit, out: bool = False) -> None:
    """One more column after this one, in every row; or this one taken out."""
    cursor = words.textCursor()
    block, at = cursor.block(), cursor.positionInBlock()
    here = next((n for n, (_, end) in enumerate(cells(block.text())) if at <= end), 0)
    while block.previous().isValid() and block.previous().text().lstrip().startswith("|"):
        block = block.previous()
    head = block
    cursor.beginEditBlock()
    while block.isValid() and block.text().lstrip().startswith("|"):
        bars = [found.start() for found in _BAR.finditer(block.text())]
        if here + 1 < len(bars):
            begin, end = bars[here], bars[here + 1]
            cursor.setPosition(block.position() + end + (0 if out else 1))
            if out:
                cursor.setPosition(block.position() + begin, QTextCursor.MoveMode.KeepAnchor)
                cursor.removeSelectedText()
            else:
                line = _LINE.fullmatch(block.text()) is not None
                cursor.insertText("---|" if line else " New |" if block == head else "  |")
        block = block.next()
    cursor.endEditBlock()
    _choose(words, head, max(0, here - 1) if out else here + 1)


def _is_head(block: QTextBlock) -> bool:
    """Whether a row is the first of its table, or the line below that."""
    line = _LINE.fullmatch(block.text()) is not None
    return line or not block.previous().text().lstrip().startswith("|")


def _choose(words: QPlainTextEdit, block: QTextBlock, number: int) -> None:
    """Stand in a cell, its words chosen, so that typing replaces them."""
    found = cells(block.text())
    start, end = found[min(number, len(found) - 1)]
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + start)
    cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
    words.setTextCursor(cursor)
    words.setFocus()
    words.ensureCursorVisible()
