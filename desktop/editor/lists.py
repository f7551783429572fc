"""Lists and boxes that go on by themselves, go in and out by Tab, and keep their numbers in order."""

from __future__ import annotations

import re

from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

_ITEM = re.compile(r"^([ \t]*(?:>[ \t]?)*)(?:([-*+])|(\d{1,9})([.)]))([ \t]+)(.*)$")
_QUOTE = re.compile(r"^((?:>[ \t]?)+)(.*)$")


def go_on(words: QPlainTextEdit) -> bool:
    """Begin the next item of a list or the next line of a box; an empty one ends it."""
    cursor = words.textCursor()
    line = cursor.block().text()
    item, quote = _ITEM.match(line), _QUOTE.match(line)
    if cursor.hasSelection() or (item is None and quote is None):
        return False
    if item is not None:
        before, dash, figure, dot, gap, said = item.groups()
        mark = before + (dash or f"{int(figure) + 1}{dot}") + gap
        begins = item.start(6)
    else:
        assert quote is not None
        mark, said = quote.group(1), quote.group(2)
        begins = quote.start(2)
    if cursor.positionInBlock() < begins:
        return False
    if not said.strip():
        if item is None or not (item.group(1) and move(words, out=True)):
            _replace(cursor, cursor.block(), "")
        return True
    cursor.beginEditBlock()
    cursor.insertText("\n" + mark)
    if item is not None:
        _count(cursor, cursor.block())
    cursor.endEditBlock()
    words.setTextCursor(cursor)
    words.ensureCursorVisible()
    return True


def move(words: QPlainTextEdit, out: bool) -> bool:
    """One level in or out, for the items chosen; False where there is nothing of the kind to do."""
    cursor = words.textCursor()
    document = words.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    item = _ITEM.match(first.text())
    if item is None or ">" in item.group(1):
        return False
    here = len(item.group(1))
    goal = _outer(first, here) if out else _inner(first, here)
    if goal is None or goal == here:
        return not out  # Tab in a list never leaves the words; Shift+Tab does from the edge
    at, end = cursor.blockNumber(), last.blockNumber()
    cursor.beginEditBlock()
    block = first
    while block.isValid() and block.blockNumber() <= end:
        text = block.text()
        if text.strip():
            edge = len(text) - len(text.lstrip(" "))
            _replace(QTextCursor(block), block, " " * max(0, edge + goal - here) + text.lstrip(" "))
        block = block.next()
    _count(cursor, first)
    after = document.findBlockByNumber(end).next()
    if after.isValid() and _ITEM.match(after.text()):
        _count(cursor, after)
    cursor.endEditBlock()
    if first.blockNumber() == end:
        cursor.setPosition(document.findBlockByNumber(at).position())
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        words.setTextCursor(cursor)
    return True


def _items_before(block: QTextBlock, most: int) -> list[tuple[int, int]]:
    """The edges, and where the words begin, of the items above in the same list, nearest first."""
    found = []
    block = block.previous()
    while block.isValid() and block.text().strip():
        item = _ITEM.match(block.text())
        if item is not None and len(item.group(1)) <= most:
            found.append((len(item.group(1)), item.start(6)))
        block = block.previous()
    return found


def _inner(block: QTextBlock, here: int) -> int | None:
    return next((words for edge, words in _items_before(block, here) if edge == here), None)


def _outer(block: QTextBlock, here: int) -> int | None:
    found = next((edge for edge, _ in _items_before(block, here) if edge < here), None)
    return 0 if found is None and here else found


def _count(cursor: QTextCursor, block: QTextBlock) -> None:
    """Bring the numbers of the list that an item stands in into order."""
    item = _ITEM.match(block.text())
    if item is None or not item.group(3):
        return
    edge, dot = item.group(1), item.group(4)
    number, block = _first_of(block, edge, dot)
    while block.isValid() and block.text().strip():
        item = _ITEM.match(block.text())
        if item is not None and item.group(1) == edge:
            if item.group(4) != dot:
                return
            if int(item.group(3)) != number:
                place = QTextCursor(block)
                place.setPosition(block.position() + len(edge))
                end = block.position() + len(edge) + len(item.group(3))
                place.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                place.insertText(str(number))
            number += 1
        elif not block.text().startswith(edge + " "):
            return
        block = block.next()


def _first_of(block: QTextBlock, edge: str, dot: str) -> tuple[int, QTextBlock]:
    """The item its list begins with, and the number it begins with."""
    first, begun = block, 1
    above = block.previous()
    while above.isValid() and above.text().strip():
        item = _ITEM.match(above.text())
        if item is not None and item.group(1) == edge and item.group(4) == dot:
            first, begun = above, int(item.group(3))
        elif not above.text().startswith(edge + " "):
            break
        above = above.previous()
    return begun, first


def _replace(cursor: QTextCursor, block: QTextBlock, text: str) -> None:
    cursor.setPosition(block.position())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(text)
