"""On paper: every sheet says what it is, how far it is approved, and that copies age."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtGui import QFontMetricsF

from desktop.places import page_place
from desktop.printing import (
    Sheets,
    paper_font,
    pdf_writer,
    stamp_lines,
    write_pdf,
)
from desktop.textpages import top_line
from desktop.window import MainWindow
from knowledge.library import open_library
from knowledge.model import Kind, Status
from knowledge.render import Renderer
from knowledge.stamp import UNCONTROLLED, stamp_of
from knowledge.text import plain

Opened = Callable[..., MainWindow]
STARTER = Path(__file__).parents[2] / "content"
TODAY = date(2026, 11, 21)


def test_the_stamp_names_page_version_state_dates_and_number() -> None:
    library = open_library(STARTER)
    page = library.pages["pathways/perinatal-emergency.md"]
    stamp = stamp_of(page, library, 2, 5, TODAY)
    assert stamp.title == f"{page.title}, version 0.1"
    assert stamp.number == "Page 2 of 5"
    assert stamp.state == "SAMPLE, not approved for clinical use; review by 21-May-2027"
    assert stamp.note == f"Fingerpost starter library, printed 21-Nov-2026. {UNCONTROLLED}"


def test_an_overdue_page_says_so_on_every_sheet() -> None:
    library = open_library(STARTER)
    page = library.pages["pathways/perinatal-emergency.md"]
    late = replace(
        page, status=Status.APPROVED, approved_on=date(2025, 1, 2), review_by=date(2026, 1, 2)
    )
    assert "OVERDUE since 02-Jan-2026" in stamp_of(late, library, 1, 1, TODAY).state


def test_a_page_becomes_a_pdf_of_as_many_sheets_as_it_says(qapp: object, tmp_path: Path) -> None:
    library = open_library(STARTER)
    page = library.pages["pathways/perinatal-mental-health.md"]
    file = tmp_path / "page.pdf"
    count = write_pdf(file, page, library, Renderer(), TODAY)
    assert count > 3
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", file.read_bytes())) == count


def test_no_heading_stands_alone_at_the_foot_of_a_sheet(qapp: object, tmp_path: Path) -> None:
    library = open_library(STARTER)
    renderer, seen, broken = Renderer(), 0, 0
    for page in library.pages.values():
        if not page.steps:
            continue
        device = pdf_writer(tmp_path / "a.pdf", page.title)
        words = Sheets(device, page, library, renderer).words
        high = words.box.height()
        block = words.document.begin()
        while block.next().isValid():
            after = block.next()
            if block.blockFormat().headingLevel() or block.text() == "Ways on":
                sheets = {int((top_line(b) + 1) // high) for b in (block, after)}
                assert len(sheets) == 1, (page.path, block.text())
                seen += 1
            broken += bool(block.blockFormat().pageBreakPolicy().value)
            block = after
    assert seen > 100
    assert broken > 5, "without it, some would"


def test_saving_where_nothing_can_be_saved_is_one_sentence(
    open_window: Opened, tmp_path: Path
) -> None:
    from desktop.dialogs.printing import Printing

    window = open_window()
    window.session.told.disconnect()
    said: list[str] = []
    window.session.told.connect(said.append)
    window.tab.visits[window.tab.at].place = page_place("pathways/perinatal-emergency.md")
    dialog = Printing(window)
    dialog.save_to(tmp_path / "no such folder" / "page.pdf")
    assert len(said) == 1
    assert said[0].startswith("page.pdf could not be saved:")


def test_a_pathway_seen_in_columns_is_printed_in_columns_where_a_sheet_holds_them(
    open_window: Opened, tmp_path: Path
) -> None:
    from desktop.dialogs.printing import Printing

    (tmp_path / "pathways").mkdir()
    (tmp_path / "pathways" / "two.md").write_text(
        "---\nid: two\ntitle: Two\nkind: pathway\n---\n\n"
        '## See {#see .start lane="Health visitor"}\n\n- → [Act](#act)\n\n'
        '## Act {#act .end lane="GP"}\n',
        encoding="utf-8",
    )
    page = open_library(tmp_path).pages["pathways/two.md"]
    window = open_window()
    dialog = Printing(window)
    writer = pdf_writer(tmp_path / "two.pdf", "Two")
    for chosen, columns in (("on", ["Health visitor", "GP"]), ("off", [])):
        window.session.settings.set("columns", chosen)
        paper = dialog.sheets(writer, page)
        assert isinstance(paper, Sheets)
        assert paper.graph is not None
        (piece,) = paper.graph.sheets[0].pieces
        assert [lane.name for lane in piece.drawing.lanes] == columns


def test_a_long_title_takes_a_second_line_and_never_runs_into_the_number(qapp: object) -> None:
    metrics = QFontMetricsF(paper_font(8.0))
    wide = metrics.horizontalAdvance("Who holds what: mild, moderate and severe")
    short, long, endless = (
        "Who holds what",
        "Who holds what: mild, moderate and severe, by place",
        "W" * 500,
    )
    assert stamp_lines(short, metrics, wide, 2) == [short]
    assert stamp_lines(long, metrics, wide, 2) == [
        "Who holds what: mild, moderate and severe,".removesuffix(" severe,"),
        "severe, by place",
    ]
    for title in (long, endless, " ".join(["wakefulness"] * 45)):
        lines = stamp_lines(title, metrics, wide, 2)
        assert len(lines) <= 2
        assert all(metrics.horizontalAdvance(line) <= wide for line in lines)


def test_every_sheet_of_a_pathway_says_whom_to_ring_and_its_red_flags(
    qapp: object, tmp_path: Path
) -> None:
    library = open_library(STARTER)
    for page in library.pages.values():
        if page.kind is not Kind.PATHWAY:
            continue
        sheets = Sheets(pdf_writer(tmp_path / "a.pdf", page.title), page, library, Renderer())
        band = sheets.band.document.toPlainText().replace("\xa0", " ")
        for item in library.settings.urgent:
            assert item.text in band
        for note in page.red_flags:
            said = " ".join(plain(note.body).split()).replace(" .", ".")
            assert said in band, page.path
        assert sheets.graph is not None
        foot = sheets.band.document.size().height()
        assert sheets.graph.box.top() > foot
        assert sheets.words.box.top() > foot
        assert foot < 0.15 * sheets.text_box.height()
