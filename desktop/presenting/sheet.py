"""A text before the room: large, in pages that are never cut through a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QPalette,
    QTextBlock,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextOption,
)

from desktop.paper import break_before
from desktop.pictures import read_picture
from desktop.presenting.look import colour, font, palette
from desktop.reflow import stack_tables
from knowledge.render import style_sheet

if TYPE_CHECKING:
    from knowledge.library import Library

TEXT = 28
_COLUMNS = 4  # a table with more becomes its rows, one below the other
_SPLIT_COLUMNS = 2  # on more than one page, where rows would be cut in two
_MOST_PARTS = 2_000
_BEFORE = QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore
_IMAGE = QTextDocument.ResourceType.ImageResource


class _Document(QTextDocument):
    """Pictures come from the library only."""

    library: Library | None = None
    widest = highest = 600

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        address = name.toString() if isinstance(name, QUrl) else str(name)
        if kind == _IMAGE.value and self.library is not None and address.startswith("media:"):
            image = read_picture(self.library, address, self.widest)
            if image is not None and image.height() > self.highest:
                image = image.scaledToHeight(
                    self.highest, Qt.TransformationMode.SmoothTransformation
                )
            return image
        return None


class Sheet:
    """One text, laid out for a width and a height."""

    def __init__(self, html: str, size: QSizeF, library: Library | None) -> None:
        self.size = size
        document = self.document = _Document()
        document.library, document.widest = library, int(size.width())
        document.highest = max(40, int(size.height()) - 50)  # a line of words may stand with it
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(font(TEXT))
        document.setDocumentMargin(0)
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(wrap)
        document.setDefaultStyleSheet(_rules(palette()))
        self._lay(stack_tables(html, _COLUMNS))
        if self.pages > 1 and "<table" in html:
            self._lay(stack_tables(html, _SPLIT_COLUMNS))
        self._keep_together()

    def _lay(self, html: str) -> None:
        self.document.setHtml(html)
        self.document.setTextWidth(self.size.width())
        self.document.setPageSize(self.size)

    def _keep_together(self) -> None:
        """What fits on a page is not spread over two; a heading goes with what it heads."""
        high = self.size.height()
        layout = self.document.documentLayout()
        heading: QTextBlock | None = None
        parts = self.document.rootFrame().begin()
        for _ in range(_MOST_PARTS):
            if parts.atEnd():
                return
            frame, block = parts.currentFrame(), parts.currentBlock()
            inner = frame is not None
            box = layout.frameBoundingRect(frame) if inner else layout.blockBoundingRect(block)
            cut = int(box.top() // high) != int((box.bottom() - 2) // high)
            if cut and box.height() < high and box.top() % high > 1:
                if heading is not None:
                    break_before(heading)
                elif inner:
                    shape = frame.frameFormat()
                    shape.setPageBreakPolicy(_BEFORE)
                    frame.setFrameFormat(shape)
                else:
                    break_before(block)
            heads = not inner and block.blockFormat().headingLevel() > 0
            heading = block if heads else None
            parts += 1

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
        f"color: {colours['ink_muted']}; font-weight: 600; }}\n"
        f"table.level {{ margin: 0 0 6px 0; border-collapse: collapse; border: 2px solid {colours['line']}; }}"
        f"table.level td {{ border: 2px solid {colours['line']}; padding: 8px; vertical-align: top; }}"
    )


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    found = block.begin()
    while not found.atEnd():
        yield found.fragment()
        found += 1
