"""Tables on paper: a row that the end of a sheet would cut in two begins the next, under the table's own heads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextCursor, QTextDocument, QTextFrame, QTextTable

_TAG = re.compile(r"<(table|tr)\b[^>]*>|</table>")
_BREAK = ' style="page-break-before: always">'


def torn_row(document: QTextDocument, high: float) -> int | None:
    """The first row that stands on two sheets and would fit on one; rows go by their `<tr>`.

    The first of a table, and the first below its heads, go with what heads the table.
    """
    for number, (table, row) in enumerate(_rows(document.rootFrame())):
        if row < 2:
            continue
        top, bottom = _reach(table, row)
        if int((top + 1) // high) != int((bottom - 2) // high) and bottom - top < high / 2:
            return number
    return None


def _rows(frame: QTextFrame) -> Iterator[tuple[QTextTable, int]]:
    """Every row of every table, as they are written; none where tables stand in one another's cells."""
    for inner in sorted(frame.childFrames(), key=lambda f: f.firstPosition()):
        if isinstance(inner, QTextTable):
            for row in range(inner.rows()):
                yield inner, row
        else:
            yield from _rows(inner)


def _reach(table: QTextTable, row: int) -> tuple[float, float]:
    """From the top of the row's first line to the bottom of its last."""
    cells = [table.cellAt(row, column) for column in range(table.columns())]
    lines = [
        (rect.top(), rect.bottom())
        for cell in cells
        if cell.row() == row and cell.rowSpan() == 1
        for rect in (_line(cell.firstCursorPosition(), 0), _line(cell.lastCursorPosition(), -1))
    ]
    return min((top for top, _ in lines), default=0.0), max((low for _, low in lines), default=0.0)


def _line(cursor: QTextCursor, which: int) -> QRectF:
    """The first or last line of the block where a cursor stands."""
    block = cursor.block()
    box = block.document().documentLayout().blockBoundingRect(block)
    words = block.layout()
    if not words.lineCount():
        return box
    line = words.lineAt(which % words.lineCount()).rect()
    return line.translated(box.topLeft() - words.boundingRect().topLeft())


def split_at(html: str, number: int) -> tuple[str, int, int]:
    """The table ends before this row and goes on after a break; where in the HTML that is, and how many rows came."""
    tables: list[tuple[str, int]] = []  # how each begins, and where its first row does
    rows = 0
    for tag in _TAG.finditer(html):
        if tag[1] == "table":
            tables.append((tag[0], -1))
        elif tag[1] is None:
            tables.pop()
        else:
            opened, first = tables[-1]
            if rows == number:
                end = html.find("</tr>", first) + len("</tr>")
                heads = html[first:end] if "<th" in html[first:end] else ""
                again = f"</table>{opened[:-1]}{_BREAK}{heads}"
                return html[: tag.start()] + again + html[tag.start() :], tag.start(), bool(heads)
            tables[-1] = (opened, tag.start() if first < 0 else first)
            rows += 1
    return html, len(html), 0
