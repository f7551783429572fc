"""A page on paper or as PDF: its words, and on every sheet what it is, how far approved, and that copies age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QPen,
    QTextDocument,
)

from desktop.paper import INK, paper_colours
from desktop.theme import theme
from knowledge.dates import stamped
from knowledge.model import Page, Status, Strength

if TYPE_CHECKING:
    from desktop.graph.export import GraphSheets
    from knowledge.library import Library
    from knowledge.render import Renderer

STATUS_WORDS = {
    Status.SAMPLE: "SAMPLE, not approved for clinical use",
    Status.DRAFT: "DRAFT, not approved",
    Status.IN_CHECK: "BEING CHECKED, not approved",
    Status.APPROVED: "Approved",
    Status.WITHDRAWN: "WITHDRAWN, do not use",
}
UNCONTROLLED = "Uncontrolled when printed"
_MARGIN_MM = 16.0
_FOOT_MM = 14.0
_TEXT_PT = 10.5
_STAMP_PT = 8.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands on every sheet, left and right of two lines."""

    title: str
    number: str
    state: str
    note: str


def stamp_of(page: Page, library: Library | None, number: int, total: int, today: date) -> Stamp:
    """Title, version, status, dates and page x of y."""
    version = f", version {page.version}" if page.version else ""
    state = STATUS_WORDS[page.status]
    if page.approved_on is not None:
        state += f" {stamped(page.approved_on)}"
    if page.review_by is not None:
        overdue = "OVERDUE since" if page.review_by < today else "review by"
        state += f"; {overdue} {stamped(page.review_by)}"
    name = library.settings.name if library is not None else ""
    of = f"{name}, printed {stamped(today)}. " if name else f"Printed {stamped(today)}. "
    return Stamp(
        f"{page.title}{version}", f"Page {number} of {total}", state, f"{of}{UNCONTROLLED}"
    )


def head_of(page: Page) -> str:
    """The first lines on paper, as HTML: title, whom and what it is for, who owns it."""
    import html

    say = html.escape
    lines = [f"<h1>{say(page.title)}</h1>"]
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


class Sheets:
    """A page laid out for a paper device; `count` sheets that can be painted one by one."""

    def __init__(
        self, device: QPagedPaintDevice, page: Page, library: Library | None, renderer: Renderer
    ) -> None:
        from knowledge.render import Options, style_sheet

        self.device, self.page, self.library = device, page, library
        self.per_mm = device.logicalDpiX() / 25.4
        whole = QRectF(0, 0, device.width(), device.height())
        self.text_box = whole.adjusted(0, 0, 0, -_FOOT_MM * self.per_mm)
        self.colours = paper_colours()
        family = [theme().tokens["font"]["family"], *theme().tokens["font"]["fallback"]]
        font = QFont(family)
        font.setPointSizeF(_TEXT_PT)
        self.family = family
        document = QTextDocument()
        document.documentLayout().setPaintDevice(device)
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        sizes = {"article": _TEXT_PT, "small": 9.0}
        document.setDefaultStyleSheet(style_sheet(self.colours, sizes, unit="pt"))
        body = renderer.page(page, Options(ways=True))
        document.setHtml(head_of(page) + body)
        document.setPageSize(QSizeF(self.text_box.width(), self.text_box.height()))
        self.document = document
        self.graph = self._graph(renderer)

    def _graph(self, renderer: Renderer) -> GraphSheets | None:
        """A pathway's graph comes first, then its steps in words."""
        if not self.page.steps or self.library is None:
            return None
        from desktop.graph.export import GraphSheets
        from drawing.net import LayoutError

        try:
            return GraphSheets(self.device, self.page, self.library, renderer, self.text_box)
        except LayoutError:
            return None  # the steps in words serve

    @property
    def count(self) -> int:
        return max(1, self.document.pageCount()) + self._before

    @property
    def _before(self) -> int:
        return self.graph.count if self.graph is not None else 0

    def paint(self, painter: QPainter, number: int, today: date) -> None:
        """Sheet `number`, counted from 1, with its stamp."""
        box = self.text_box
        if self.graph is not None and number <= self._before:
            self.graph.paint(painter, number)
            self._stamp(painter, stamp_of(self.page, self.library, number, self.count, today))
            return
        sheet, number = number, number - self._before
        painter.save()
        painter.translate(0, -(number - 1) * box.height())
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(self.colours["ink"]))
        context.clip = QRectF(0, (number - 1) * box.height(), box.width(), box.height())
        painter.setClipRect(context.clip)
        self.document.documentLayout().draw(painter, context)
        painter.restore()
        self._stamp(painter, stamp_of(self.page, self.library, sheet, self.count, today))

    def _stamp(self, painter: QPainter, stamp: Stamp) -> None:
        mm = self.per_mm
        top = self.device.height() - (_FOOT_MM - 2) * mm
        painter.setPen(QPen(QColor(INK), 0.2 * mm))
        painter.drawLine(0, round(top), self.device.width(), round(top))
        font = QFont(self.family)
        font.setPointSizeF(_STAMP_PT)
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        line = 4.6 * mm
        first = QRectF(0, top + mm, self.device.width(), line)
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        painter.drawText(first, left, stamp.title)
        painter.drawText(first, right, stamp.number)
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        second = first.translated(0, line)
        painter.drawText(second, left, stamp.state)
        painter.drawText(second, right, stamp.note)


def layout_a4() -> QPageLayout:
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Portrait,
        margins,
        QPageLayout.Unit.Millimeter,
    )


def print_sheets(sheets: Sheets, today: date) -> int:
    """Paint every sheet on the device; how many there were."""
    painter = QPainter(sheets.device)
    for number in range(1, sheets.count + 1):
        if number > 1:
            sheets.device.newPage()
        sheets.paint(painter, number, today)
    painter.end()
    return sheets.count


def write_pdf(
    file: Path, page: Page, library: Library | None, renderer: Renderer, today: date
) -> int:
    """Save a page as PDF; how many sheets it has."""
    writer = QPdfWriter(str(file))
    writer.setResolution(300)
    writer.setPageLayout(layout_a4())
    writer.setTitle(page.title)
    writer.setCreator("Fingerpost")
    return print_sheets(Sheets(writer, page, library, renderer), today)
