"""The graph outside the window: PNG, SVG, and sheets of paper on which nothing is shrunk below what can be read."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSizeF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QImageWriter,
    QPagedPaintDevice,
    QPainter,
    QPalette,
    QPen,
    QTextDocument,
)

from desktop import resources
from desktop.graph.chart import chart_of
from desktop.graph.letters import FINE, put_words
from desktop.graph.lit import Lit
from desktop.graph.painter import GraphPainter, ground_of
from desktop.graph.picture import Picture, rect_of
from desktop.paper import paper_colours
from desktop.theme import theme
from drawing.colours import PRINT
from drawing.head import head_of
from drawing.sheets import Sheet, sheets

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from drawing.diagram import Drawing, Words
    from knowledge.library import Library
    from knowledge.model import Page
    from knowledge.render import Renderer

_DPI = 96.0
_MOST = 12_000  # pixels a side; a larger picture is made coarser
_TEXT_PT = 10.5


def print_colours() -> dict[str, str]:
    """Dark lines on white, pale fills."""
    paper = paper_colours()
    return {**paper, **PRINT, **{name: paper[name] for name in ("ink", "ink_muted", "surface")}}


def png_of(drawing: Drawing, ratio: float = 2.0, said: Sequence[str] = ()) -> QImage:
    """The whole pathway as one picture, as it looks in the light theme; what is `said` stands above it."""
    picture, head = Picture(drawing), head_of(drawing.rect, said)
    rect, colours = rect_of(head.rect), resources.tokens()["themes"]["light"]
    ratio = min(ratio, _MOST / rect.width(), _MOST / rect.height())
    size = QSizeF(rect.width() * ratio, rect.height() * ratio).toSize()
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setText("Title", drawing.diagram.title)
    image.setText("Description", drawing.diagram.summary)
    painter = QPainter(image)
    painter.scale(ratio, ratio)
    painter.translate(-rect.topLeft())
    ground_of(painter, rect, colours)
    GraphPainter(painter, picture, zoom=1.0, vector=True, palette=colours).paint(picture.rect)
    if head.words:
        painter.setPen(QPen(QColor(colours["line"]), 1))
        painter.drawLine(picture.rect.topLeft(), picture.rect.topRight())
        _paint_head(painter, head.words, colours["ink"])
    painter.end()
    return image


def _paint_head(painter: QPainter, lines: Sequence[Words], ink: str) -> None:
    painter.setPen(QColor(ink))
    painter.scale(1 / FINE, 1 / FINE)
    for line in lines:
        put_words(painter, line.x, line.y, line.text, line.size, line.weight)


class GraphSheets:
    """A pathway's graph laid out for a paper device: sheets with connectors, painted one by one."""

    def __init__(
        self,
        device: QPagedPaintDevice,
        page: Page,
        library: Library,
        renderer: Renderer,
        box: QRectF,
        *,
        marked: Collection[str] = (),
        flags: bool = True,
        first: int = 1,
        columns: bool = False,
    ) -> None:
        """`marked`: steps that carry a tick, by name; without `flags` these stand elsewhere on the sheet.

        `columns` by who acts where one sheet holds them. `first` is the number of the first sheet among those
        that are printed together.
        """
        self.page = page
        self.per_px = device.logicalDpiX() / _DPI
        self.box = box
        self.colours = print_colours()
        self.head = self._head(device, page, renderer, flags, bool(marked))
        chart = chart_of(page, library.pages.get, library.emergency)
        diagram = chart.diagram
        keys = (chart.key_of(name) for name in marked)
        self.lit = Lit(route=frozenset(key for key in keys if key))
        width, height = box.width() / self.per_px, box.height() / self.per_px
        self.head_high = self.head.size().height() / self.per_px + 8
        self.sheets: tuple[Sheet, ...] = ()
        if diagram.boxes:
            room = max(height * 0.35, height - self.head_high)
            self.sheets = sheets(diagram, width, height, room, first, columns=columns)

    def _head(
        self,
        device: QPagedPaintDevice,
        page: Page,
        renderer: Renderer,
        flags: bool,
        marked: bool,
    ) -> QTextDocument:
        """Title, for whom, and the red flags, above the first part of the graph."""
        from knowledge.render import Options, style_sheet

        document = QTextDocument()
        document.documentLayout().setPaintDevice(device)
        tokens = theme().tokens["font"]
        font = QFont([tokens["family"], *tokens["fallback"]])
        font.setPointSizeF(_TEXT_PT)
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        sizes = {"article": _TEXT_PT, "small": 9.0}
        document.setDefaultStyleSheet(style_sheet(self.colours, sizes, unit="pt"))
        lines = [f"<h1>{escape(page.title)}</h1>"]
        lines += [
            f"<p><strong>{name}:</strong> {escape(words)}</p>"
            for name, words in (("For", page.for_), ("Not for", page.not_for))
            if words
        ]
        lines += [
            renderer.note(page, note, Options(outside_marks=False))
            for note in (page.red_flags if flags else ())
        ]
        if marked:
            lines.append('<p class="note-text">A tick marks the steps of this session.</p>')
        document.setHtml("\n".join(lines))
        document.setTextWidth(self.box.width())
        return document

    @property
    def count(self) -> int:
        return len(self.sheets)

    def paint(self, painter: QPainter, number: int) -> None:
        """Sheet `number`, counted from 1."""
        painter.save()
        painter.translate(self.box.topLeft())
        if number == 1:
            context = QAbstractTextDocumentLayout.PaintContext()
            context.palette.setColor(QPalette.ColorRole.Text, QColor(self.colours["ink"]))
            self.head.documentLayout().draw(painter, context)
            painter.translate(0, self.head_high * self.per_px)
        painter.scale(self.per_px, self.per_px)
        for piece in self.sheets[number - 1].pieces:
            painter.save()
            painter.translate(piece.x, piece.y)
            painter.scale(piece.scale, piece.scale)
            picture = Picture(piece.drawing)
            painter.translate(-picture.rect.topLeft())
            job = GraphPainter(painter, picture, self.lit, vector=True, palette=self.colours)
            job.paint(picture.rect)
            painter.restore()
        painter.restore()


def png_bytes(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return bytes(held.data())
