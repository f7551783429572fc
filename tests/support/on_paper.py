"""What one would see amiss on paper: headings left alone, rows of tables cut in two."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextTable

from desktop.textpages import TextPages


def stranded(pages: TextPages) -> list[str]:
    """Headings whose next words that are no heading are on another sheet, as one would see them on paper."""
    found: list[str] = []
    heading: QTextBlock | None = None
    block = pages.document.begin()
    while block.isValid():
        if block.text().strip():
            if heading is not None and not block.blockFormat().headingLevel():
                if sheet(pages, heading, -1) != sheet(pages, block, 0):
                    found.append(heading.text())
                heading = None
            elif block.blockFormat().headingLevel():
                heading = block
        block = block.next()
    return found


def sheet(pages: TextPages, block: QTextBlock, line: int) -> int:
    layout = block.layout()
    place = layout.lineAt(line % layout.lineCount()).naturalTextRect().center().y()
    top = pages.document.documentLayout().blockBoundingRect(block).top()
    return int((top - layout.boundingRect().top() + place) // pages.box.height())


def cut_rows(pages: TextPages) -> list[str]:
    """Rows below the first two of their table, of which a word stands on another sheet than the rest."""
    found: list[str] = []
    for table in (f for f in pages.document.rootFrame().childFrames() if isinstance(f, QTextTable)):
        for row in range(2, table.rows()):
            on: set[int] = set()
            for column in range(table.columns()):
                block = table.cellAt(row, column).firstCursorPosition().block()
                lines = block.layout().lineCount()
                on |= {sheet(pages, block, line) for line in range(lines)}
            if len(on) > 1:
                found.append(table.cellAt(row, 0).firstCursorPosition().block().text())
    return found
