"""A page on paper or as PDF: its words, and on every sheet what it is, how far approved, and that copies age."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from desktop.paper import INK
from desktop.standing import withdrawn
from desktop.textpages import TextPages, pages_of, paper_font
from knowledge.model import Page, Status, Strength
from knowledge.stamp import Stamp, stamp_of

if TYPE_CHECKING:
    from desktop.graph.export import GraphSheets
    from knowledge.library import Library
    from knowledge.render import Renderer

_MARGIN_MM = 16.0
_FOOT_MM = 14.0
_STAMP_PT = 8.0
_ELIDE = Qt.TextElideMode.ElideMiddle
_BAND_PT = 8.5
_MOST_BAND = 0.35  # of a sheet, whom to ring and the red flags may take
_GAP_MM = 3.0


def head_of(page: Page, library: Library | None) -> str:
    """The first lines on paper, as HTML: title, what holds instead, whom and what it is for, who owns it."""
    import html

    say = html.escape
    lines = [f"<h1>{say(page.title)}</h1>"]
    if page.status is Status.WITHDRAWN and library is not None:
        told = withdrawn(page, library)
        words = f"{told.first} {told.rest} {told.link_words}".rstrip()
        lines.append(f"<p><strong>{say(words)}</strong></p>")
    for name, words in (
        ("For", page.for_),
        ("Not for", page.not_for),
        ("Owner", page.owner),
        ("Place", page.place),
    ):
        if words:
            lines.append(f"<p><strong>{name}:</strong> {say(words)}</p>")
    contact = page.contact
    if contact is not None:
        lines.append(
            f"<p><strong>Ring:</strong> {say(contact.phone or 'add your local number')}</p>"
        )
        for name, words in (("Accepts", contact.accepts), ("How to refer", contact.how_to_refer)):
            if words:
                lines.append(f"<p><strong>{name}:</strong> {say(words)}</p>")
    if any(source.strength is Strength.UNCHECKED for source in page.sources):
        lines.append(
            "<p><strong>Facts marked “Check locally” are still to be checked.</strong></p>"
        )
    return "\n".join(lines)


class Paper(Protocol):
    """Anything laid out for a paper device: so many sheets, painted one by one."""

    device: QPagedPaintDevice

    @property
    def count(self) -> int: ...
    def paint(self, painter: QPainter, number: int, today: date) -> None: ...


def band_of(library: Library | None, pages: Iterable[Page]) -> str:
    """Whom to ring, and the red flags of every pathway in it, as HTML: whole, for the top of each sheet."""
    import html

    from knowledge.text import plain

    strip = " &nbsp;·&nbsp; ".join(
        html.escape(item.text) for item in (library.settings.urgent if library else ())
    )
    parts = [f"<p><strong>{strip or 'Life at risk? Ring 999'}</strong></p>"]
    told = [
        (page.title, " ".join(plain(n.body) for n in page.red_flags))
        for page in pages
        if page.red_flags
    ]
    for title, words in told:
        flags = " ".join(words.split()).replace(" .", ".")
        name = f"{title}: " if len(told) > 1 else ""
        parts.append(f"<p><strong>Red flags. {html.escape(name)}</strong>{html.escape(flags)}</p>")
    return (
        '<table class="urgent" width="100%" cellpadding="4"><tr><td class="urgent">'
        f"{''.join(parts)}</td></tr></table>"
    )


def with_band(
    device: QPagedPaintDevice, library: Library | None, pages: Sequence[Page]
) -> tuple[TextPages, QRectF, bool]:
    """A band for the top of every sheet, the room below it, and whether all of the red flags stand in it.

    Red flags without end would leave no room: then they stand in the text alone, and whom to ring stays above.
    """
    whole = text_box(device)
    for named in (pages, ()):
        made = TextPages(device, band_of(library, named), whole, _BAND_PT)
        made.document.setTextWidth(whole.width())
        high = made.document.size().height() + _GAP_MM * device.logicalDpiX() / 25.4
        if high <= _MOST_BAND * whole.height():
            break
    return made, whole.adjusted(0, high, 0, 0), named == pages


class Sheets:
    """A page laid out for a paper device; `count` sheets that can be painted one by one."""

    def __init__(
        self,
        device: QPagedPaintDevice,
        page: Page,
        library: Library | None,
        renderer: Renderer,
        *,
        columns: bool = False,
    ) -> None:
        """`columns`: the graph in columns by who acts, where one sheet holds it."""
        from knowledge.render import Options

        self.device, self.page, self.library = device, page, library
        self.band, self.text_box, _ = with_band(device, library, [page])
        body = renderer.page(page, Options(ways=True))
        self.words = pages_of(device, head_of(page, library) + body, self.text_box, little=0)
        self.graph = self._graph(renderer, columns)

    def _graph(self, renderer: Renderer, columns: bool) -> GraphSheets | None:
        """A pathway's graph comes first, then its steps in words."""
        if not self.page.steps or self.library is None:
            return None
        from desktop.graph.export import GraphSheets
        from drawing.net import LayoutError

        try:
            return GraphSheets(
                self.device,
                self.page,
                self.library,
                renderer,
                self.text_box,
                flags=False,
                columns=columns,
            )
        except LayoutError:
            return None  # the steps in words serve

    @property
    def count(self) -> int:
        return self.words.count + self._before

    @property
    def _before(self) -> int:
        return self.graph.count if self.graph is not None else 0

    def paint(self, painter: QPainter, number: int, today: date) -> None:
        """Sheet `number`, counted from 1, with red flags at the top and its stamp at the foot."""
        self.band.paint(painter, 1)
        if self.graph is not None and number <= self._before:
            self.graph.paint(painter, number)
        else:
            self.words.paint(painter, number - self._before)
        stamp = stamp_of(self.page, self.library, number, self.count, today)
        paint_stamp(painter, self.device, stamp)


def text_box(device: QPagedPaintDevice) -> QRectF:
    """What the stamp leaves of a sheet."""
    foot = _FOOT_MM * device.logicalDpiX() / 25.4
    return QRectF(0, 0, device.width(), device.height() - foot)


def paint_stamp(painter: QPainter, device: QPagedPaintDevice, stamp: Stamp) -> None:
    """Two lines at the foot of a sheet; a third where the words would run into each other."""
    mm, wide = device.logicalDpiX() / 25.4, device.width()
    top = device.height() - (_FOOT_MM - 2) * mm
    painter.setPen(QPen(QColor(INK), 0.2 * mm))
    painter.drawLine(0, round(top), wide, round(top))
    bold, plain = paper_font(_STAMP_PT), paper_font(_STAMP_PT)
    bold.setWeight(QFont.Weight.Bold)
    strong, usual, gap = QFontMetricsF(bold, device), QFontMetricsF(plain, device), 4 * mm
    free = wide - strong.horizontalAdvance(stamp.number) - gap
    beside = usual.horizontalAdvance(stamp.state) + usual.horizontalAdvance(stamp.note) + gap
    below = [(stamp.state, stamp.note)] if beside <= wide else [(stamp.state, ""), (stamp.note, "")]
    title = stamp_lines(stamp.title, strong, free, 3 - len(below))
    line = (4.6 if len(title) + len(below) < 3 else 3.7) * mm
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    place = QRectF(0, top + mm, wide, line)
    painter.setFont(bold)
    painter.drawText(place, right, stamp.number)
    for words in title:
        painter.drawText(place, left, words)
        place.translate(0, line)
    painter.setFont(plain)
    for first, last in below:
        painter.drawText(place, left, usual.elidedText(first, _ELIDE, wide))
        painter.drawText(place, right, last)
        place.translate(0, line)


def stamp_lines(words: str, metrics: QFontMetricsF, wide: float, most: int) -> list[str]:
    """A title in as many lines as there are; only one that fits none of them is shortened."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(lines) < most and metrics.horizontalAdvance(longer) > wide:
            lines.append(word)
        else:
            lines[-1] = longer
    return [metrics.elidedText(line, _ELIDE, wide) for line in lines]


def layout_a4() -> QPageLayout:
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        margins,
        QPageLayout.Unit.Millimeter,
    )


def print_sheets(sheets: Paper, today: date) -> int:
    """Paint every sheet on the device; how many there were."""
    painter = QPainter(sheets.device)
    for number in range(1, sheets.count + 1):
        if number > 1:
            sheets.device.newPage()
        sheets.paint(painter, number, today)
    painter.end()
    return sheets.count


def pdf_writer(file: Path, title: str) -> QPdfWriter:
    """An A4 PDF to paint on."""
    writer = QPdfWriter(str(file))
    writer.setResolution(300)
    writer.setPageLayout(layout_a4())
    writer.setTitle(title)
    writer.setCreator("Fingerpost")
    return writer


def write_pdf(
    file: Path,
    page: Page,
    library: Library | None,
    renderer: Renderer,
    today: date,
    *,
    columns: bool = False,
) -> int:
    """Save a page as PDF; how many sheets it has."""
    writer = pdf_writer(file, page.title)
    return print_sheets(Sheets(writer, page, library, renderer, columns=columns), today)
