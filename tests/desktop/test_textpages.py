"""Headings on paper stay with what they head."""

from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock

from desktop.printing import Sheets, pdf_writer
from desktop.textpages import TextPages, pages_of
from knowledge.library import open_library
from knowledge.render import Renderer
from tests.support.checkout import ROOT


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


def words(count: int) -> str:
    return "".join(f"<p>Line {number}</p>" for number in range(count))


def test_a_heading_at_the_foot_of_a_sheet_goes_to_the_next_with_its_words(
    qapp: object, tmp_path: Path
) -> None:
    device = pdf_writer(tmp_path / "a.pdf", "A")
    box = QRectF(0, 0, 2000, 1800)
    told = 0
    for lines in range(4, 30):
        html = f"{words(lines)}<h2>Above</h2><h3>Act today: 999</h3><p>Ring at once.</p>{words(9)}"
        told += bool(stranded(TextPages(device, html, box)))
        pages = pages_of(device, html, box, little=0)
        assert stranded(pages) == []
        assert pages.document.toPlainText().count("Ring at once.") == 1
    assert told, "none of these would have been alone: the test shows nothing"


def test_no_heading_of_the_library_stands_alone_on_paper(qapp: object, tmp_path: Path) -> None:
    library = open_library(ROOT / "content")
    device = pdf_writer(tmp_path / "a.pdf", "A")
    for page in library.pages.values():
        if not page.steps or page.path.endswith("safeguarding-levels-of-need.md"):
            sheets = Sheets(device, page, library, Renderer())
            assert stranded(sheets.words) == [], page.path
