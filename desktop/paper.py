"""What sheets have in common: the colours of paper, and that a part of a text can begin a new one."""

from __future__ import annotations

from PySide6.QtGui import QTextBlock, QTextCursor, QTextFormat

from desktop import resources

INK = "#000000"
GREY = "#333333"
GROUND = "#FFFFFF"


def paper_colours() -> dict[str, str]:
    """The table of colours for everything that is printed."""
    light: dict[str, str] = resources.tokens()["themes"]["light"]
    return {**light, "ink": INK, "ink_muted": GREY, "surface": GROUND}


def break_before(block: QTextBlock) -> None:
    """From now on this block begins a sheet."""
    shape = block.blockFormat()
    shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    QTextCursor(block).setBlockFormat(shape)
