"""Words laid out on sheets of paper; no heading stands alone at the foot of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPagedPaintDevice,
    QPainter,
    QPalette,
    QTextBlock,
    QTextDocument,
)

from desktop.paper import paper_colours
from desktop.rows_on_paper import split_at, torn_row
from desktop.theme import theme

_TEXT_PT = 10.5
# Parts of a sheet: what is kept together, one line, and a heading with hardly a word before the next one.
_LITTLE, _LINE, _NEAR = 0.3, 0.02, 0.08
_WAYS_ON = "Ways on"
_HEADING = re.compile(r'<(?:h[1-6]|p class="ways-title")(?=[ >])')
_BREAK = ' style="page-break-before: always"'


class TextPages:
    """Words laid out for a box on each sheet, never smaller than was asked."""

    def __init__(
        self, device: QPagedPaintDevice, html: str, box: QRectF, points: float = _TEXT_PT
    ) -> None:
        from knowledge.render import style_sheet

        self.breaks: set[int] = set()  # headings that begin a sheet
        self.cuts: dict[
            int, int
        ] = {}  # rows that begin a table anew, and how many heads they bring along

        self.box = box
        self.colours = paper_colours()
        font = paper_font(points)
        document = QTextDocument()
        document.documentLayout().setPaintDevice(device)
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        sizes = {"article": points, "small": min(9.0, points)}
        document.setDefaultStyleSheet(style_sheet(self.colours, sizes, unit="pt"))
        document.setPageSize(QSizeF(box.width(), box.height()))  # else it is laid out twice
        document.setHtml(html)
        self.document = document

    @property
    def count(self) -> int:
        return max(1, self.document.pageCount())

    def paint(self, painter: QPainter, number: int) -> None:
        """Page `number`, counted from 1."""
        box, above = self.box, (number - 1) * self.box.height()
        painter.save()
        painter.translate(box.left(), box.top() - above)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(self.colours["ink"]))
        context.clip = QRectF(0, above, box.width(), box.height())
        painter.setClipRect(context.clip)
        self.document.documentLayout().draw(painter, context)
        painter.restore()


def pages_of(
    device: QPagedPaintDevice,
    html: str,
    box: QRectF,
    little: float = _LITTLE,
    like: TextPages | None = None,
) -> TextPages:
    """Words on sheets. A heading and what stands below it share a sheet, if that is no more than this part of one.

    Of more, the first line at least is on the sheet of its heading: none stands alone at the foot. No row of a
    table is cut in two that fits on a sheet.

    Each break moves all that follows, so they are found one by one, and always from fresh pages. `like` are the
    pages of nearly the same words, which take as much room: they are broken in the same places.
    """
    breaks, at = set(like.breaks if like is not None else ()), 0
    cuts = dict(like.cuts) if like is not None else {}
    made = TextPages(device, _broken(_cut_at(html, cuts), breaks), box)
    while True:
        now = _cut_at(html, cuts)
        while (found := _torn(made, at, little)) is not None:
            breaks.add(found)
            at = found + 1
            made = TextPages(device, _broken(now, breaks), box)
        torn = torn_row(made.document, box.height())
        if torn is None:
            made.document.pageCount()  # laid out to its end, for whoever asks where a line is
            made.breaks, made.cuts = breaks, cuts
            return made
        for cut, more in sorted(cuts.items()):
            torn -= more if torn >= cut + more else 0
        _, place, more = split_at(html, torn)
        # Columns of what stands before are other widths now: what was cut further down is looked for again.
        cuts = {cut: heads for cut, heads in cuts.items() if cut < torn} | {torn: more}
        at = len(_HEADING.findall(html[:place]))
        breaks = {number for number in breaks if number < at}
        made = TextPages(device, _broken(_cut_at(html, cuts), breaks), box)


def _cut_at(html: str, cuts: Iterable[int]) -> str:
    for row in sorted(cuts, reverse=True):
        html, _, _ = split_at(html, row)
    return html


def _broken(html: str, breaks: set[int]) -> str:
    """The same with these headings at the top of sheets."""
    numbers = count()
    return _HEADING.sub(lambda tag: tag[0] + (_BREAK if next(numbers) in breaks else ""), html)


def _torn(pages: TextPages, start: int, little: float) -> int | None:
    """The first heading, from `start` on, whose words begin on another sheet.

    Nothing below it is asked for: Qt lays a text out as far as it is asked, and this one is made anew.
    """
    layout, high = pages.document.documentLayout(), pages.box.height()
    document = pages.document
    heads = [b for b in _blocks(document) if b.blockFormat().headingLevel() or b.text() == _WAYS_ON]
    tops: dict[int, float] = {}
    for number, heading in enumerate(heads[start:], start):
        top = tops[number] = layout.blockBoundingRect(heading).top()
        last = heads[number + 1].previous() if number + 1 < len(heads) else document.lastBlock()
        end = layout.blockBoundingRect(last).bottom()
        if end - top > little * high:
            end = top_line(heading.next()) + high * _LINE
        if top % high > 1 and int(top // high) != int((end - 1) // high):
            while number > start and 0 < top - tops[number - 1] < _NEAR * high:
                number -= 1  # a heading just above goes along
                top = tops[number]
            return number
    return None


def top_line(block: QTextBlock) -> float:
    """How far down a block's words begin, which may be on the sheet after the one its place is on."""
    words = block.layout()
    top = block.document().documentLayout().blockBoundingRect(block).top()
    if not words.lineCount():
        return top
    return top - words.boundingRect().top() + words.lineAt(0).y()


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def paper_font(points: float) -> QFont:
    font = QFont([theme().tokens["font"]["family"], *theme().tokens["font"]["fallback"]])
    font.setPointSizeF(points)
    return font
