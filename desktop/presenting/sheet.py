"""A text before the room: large, in pages that are never cut through a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QPalette,
    QTextBlock,
    QTextDocument,
    QTextFragment,
)

from desktop.pictures import read_picture
from desktop.presenting.look import colour, font, palette
from desktop.reflow import stack_tables
from knowledge.render import style_sheet

if TYPE_CHECKING:
    from knowledge.library import Library

TEXT = 28
_COLUMNS = 4  # a table with more becomes its rows, one below the other
_IMAGE = QTextDocument.ResourceType.ImageResource


class _Document(QTextDocument):
    """Pictures come from the library only."""

    library: Library | None = None
    widest = 600

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        address = name.toString() if isinstance(name, QUrl) else str(name)
        if kind == _IMAGE.value and self.library is not None and address.startswith("media:"):
            return read_picture(self.library, address, self.widest)
        return None


class Sheet:
    """One text, laid out for a width and a height."""

    def __init__(self, html: str, size: QSizeF, library: Library | None) -> None:
        self.size = size
        document = self.document = _Document()
        document.library, document.widest = library, int(size.width())
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(font(TEXT))
        document.setDocumentMargin(0)
        document.setDefaultStyleSheet(_rules(palette()))
        document.setHtml(stack_tables(html, _COLUMNS))
        document.setTextWidth(size.width())
        document.setPageSize(size)

    @property
    def pages(self) -> int:
        return max(1, self.document.pageCount())

    def page_of(self, name: str) -> int:
        """The page on which a named place stands."""
        if not name:
            return 0
        block = self.document.begin()
        while block.isValid():
            for fragment in _fragments(block):
                if name in fragment.charFormat().anchorNames():
                    top = self.document.documentLayout().blockBoundingRect(block).top()
                    return min(self.pages - 1, int(top // self.size.height()))
            block = block.next()
        return 0

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint one page with its corner at the painter's origin."""
        high = self.size.height()
        part = QRectF(0, page * high, self.size.width(), high)
        painter.save()
        painter.translate(0, -part.top())
        painter.setClipRect(part)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.clip = part
        look = QPalette()
        look.setColor(QPalette.ColorRole.Text, colour("ink"))
        context.palette = look
        self.document.documentLayout().draw(painter, context)
        painter.restore()


def _rules(colours: dict[str, str]) -> str:
    """The rules of the page's text, in the sizes of the room."""
    scale = TEXT / 16
    return (
        style_sheet(colours, {"article": 16.0, "small": 24 / scale}, scale)
        + f"\ntd.covered, p.covered {{ background-color: {colours['sunken']}; "
        f"color: {colours['ink_muted']}; font-weight: 600; }}"
    )


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    found = block.begin()
    while not found.atEnd():
        yield found.fragment()
        found += 1
