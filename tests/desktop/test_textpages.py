"""On paper headings stay with what they head, and rows of tables in one piece."""

from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextTable

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


def table(rows: int, lines: int) -> str:
    told = "<br>".join(f"line {n}" for n in range(lines))
    body = "".join(f"<tr><td>Row {n}</td><td>{told}</td></tr>" for n in range(rows))
    return f'<table class="grid" width="100%"><tr><th>Name</th><th>Told</th></tr>{body}</table>'


def test_a_row_that_a_sheet_would_cut_begins_the_next_below_the_heads(
    qapp: object, tmp_path: Path
) -> None:
    device = pdf_writer(tmp_path / "a.pdf", "A")
    box = QRectF(0, 0, 2000, 1800)
    cut = 0
    for above in range(3, 20):
        html = f"{words(above)}{table(14, 4)}<h2>After</h2><p>The end.</p>{table(9, 3)}"
        cut += bool(cut_rows(TextPages(device, html, box)))
        pages = pages_of(device, html, box)
        assert cut_rows(pages) == []
        assert stranded(pages) == []
        text = pages.document.toPlainText()
        assert [text.count(f"Row {n}\n") for n in range(14)] == [2] * 9 + [1] * 5
        assert text.count("Name") > 2  # the heads again
    assert cut, "none of these would have been cut: the test shows nothing"


def test_a_row_taller_than_half_a_sheet_is_left_as_it_is(qapp: object, tmp_path: Path) -> None:
    device = pdf_writer(tmp_path / "a.pdf", "A")
    pages = pages_of(device, table(5, 60), QRectF(0, 0, 2000, 1800))
    assert pages.document.toPlainText().count("line 59") == 5


def test_no_row_of_the_starter_library_is_cut(qapp: object, tmp_path: Path) -> None:
    library = open_library(ROOT / "content")
    device = pdf_writer(tmp_path / "a.pdf", "A")
    for page in library.pages.values():
        if not page.steps:
            assert cut_rows(Sheets(device, page, library, Renderer()).words) == [], page.path
