"""On paper headings stay with what they head, and rows of tables in one piece."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QRectF

from desktop.printing import Sheets, pdf_writer
from desktop.textpages import TextPages, pages_of
from knowledge.library import open_library
from knowledge.render import Renderer
from tests.support.checkout import ROOT
from tests.support.on_paper import cut_rows, stranded


def words(count: int) -> str:
    return "".join(f"<p>Line {number}</p>" for number in range(count))


def with_care(
    file: Path,
    amiss: Callable[[TextPages], list[str]],
    texts: Iterable[str],
    little: float = 0.3,
) -> Iterator[TextPages]:
    """Texts laid out with nothing amiss; without care it would be in some of them."""
    device, box, careless = pdf_writer(file, "A"), QRectF(0, 0, 2000, 1800), 0
    for html in texts:
        careless += bool(amiss(TextPages(device, html, box)))
        pages = pages_of(device, html, box, little)
        assert amiss(pages) == []
        yield pages
    assert careless, "none of these would have been amiss: the test shows nothing"


def test_a_heading_at_the_foot_of_a_sheet_goes_to_the_next_with_its_words(
    qapp: object, tmp_path: Path
) -> None:
    act = "<h2>Above</h2><h3>Act today: 999</h3><p>Ring at once.</p>"
    texts = (f"{words(lines)}{act}{words(9)}" for lines in range(4, 30))
    for pages in with_care(tmp_path / "a.pdf", stranded, texts, little=0):
        assert pages.document.toPlainText().count("Ring at once.") == 1


def table(rows: int, lines: int) -> str:
    told = "<br>".join(f"line {n}" for n in range(lines))
    body = "".join(f"<tr><td>Row {n}</td><td>{told}</td></tr>" for n in range(rows))
    return f'<table class="grid" width="100%"><tr><th>Name</th><th>Told</th></tr>{body}</table>'


def test_a_row_that_a_sheet_would_cut_begins_the_next_below_the_heads(
    qapp: object, tmp_path: Path
) -> None:
    after = f"{table(14, 4)}<h2>After</h2><p>The end.</p>{table(9, 3)}"
    texts = (f"{words(above)}{after}" for above in range(3, 20))
    for pages in with_care(tmp_path / "a.pdf", cut_rows, texts):
        assert stranded(pages) == []
        text = pages.document.toPlainText()
        assert [text.count(f"Row {n}\n") for n in range(14)] == [2] * 9 + [1] * 5
        assert text.count("Name") > 2  # the heads again


def test_pages_like_others_are_what_they_would_be_by_themselves(
    qapp: object, tmp_path: Path
) -> None:
    device, box = pdf_writer(tmp_path / "a.pdf", "A"), QRectF(0, 0, 2000, 1800)
    html = (
        f"{words(3)}<h2>1</h2>{table(14, 4)}<h2>2</h2><p>The end.</p>{words(7)}<h2>3</h2><p>A</p>"
    )
    for above in range(0, 20, 5):
        before = pages_of(device, words(above) + html, box)
        now = (words(above) + html).replace("Line 0", "Line 9")
        assert before.breaks or before.cuts
        again, alone = pages_of(device, now, box, like=before), pages_of(device, now, box)
        assert (again.breaks, again.cuts) == (alone.breaks, alone.cuts)
        assert again.document.toPlainText() == alone.document.toPlainText()
        assert again.count == alone.count


def test_a_row_taller_than_half_a_sheet_is_left_as_it_is(qapp: object, tmp_path: Path) -> None:
    device = pdf_writer(tmp_path / "a.pdf", "A")
    pages = pages_of(device, table(5, 60), QRectF(0, 0, 2000, 1800))
    assert pages.document.toPlainText().count("line 59") == 5


def test_no_heading_of_the_library_stands_alone_on_paper_and_no_row_is_cut(
    qapp: object, tmp_path: Path
) -> None:
    """Of pathways the test of their printing says it."""
    library = open_library(ROOT / "content")
    device, faults = pdf_writer(tmp_path / "a.pdf", "A"), []
    for page in library.pages.values():
        if not page.steps:
            words = Sheets(device, page, library, Renderer()).words
            faults += [f"{page.path}: '{head}' stands alone" for head in stranded(words)]
            faults += [f"{page.path}: the row '{row}' is cut" for row in cut_rows(words)]
    assert faults == []
