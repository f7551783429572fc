"""On paper: every sheet says what it is, how far it is approved, and that copies age."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtGui import QFontMetricsF

from desktop.places import page_place
from desktop.printing import (
    Sheets,
    head_of,
    paper_font,
    pdf_writer,
    stamp_lines,
    write_pdf,
)
from desktop.textpages import TextPages, top_line
from desktop.window import MainWindow
from knowledge.library import Library, open_library
from knowledge.model import Kind, Status
from knowledge.render import Renderer
from knowledge.stamp import UNCONTROLLED, stamp_of
from knowledge.text import plain
from tests.support.on_paper import cut_rows, stranded

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


def test_a_withdrawn_page_on_paper_says_what_holds_instead() -> None:
    library = open_library(STARTER)
    page = library.pages["pages/how-to-use.md"]
    old = replace(page, status=Status.WITHDRAWN, replaced_by="services/gp.md")
    told = "<strong>Withdrawn. Use this page instead: GP practice</strong>"
    assert told in head_of(old, library)
    assert "Withdrawn. Do not use this page." in head_of(replace(old, replaced_by=""), library)
    assert "Withdrawn" not in head_of(page, library)


def test_a_page_becomes_a_pdf_of_as_many_sheets_as_it_says(qapp: object, tmp_path: Path) -> None:
    library = open_library(STARTER)
    page = library.pages["pathways/perinatal-mental-health.md"]
    file = tmp_path / "page.pdf"
    count = write_pdf(file, page, library, Renderer(), TODAY)
    assert count > 3
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", file.read_bytes())) == count


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


def test_every_pathway_on_paper_says_whom_to_ring_and_its_red_flags_and_leaves_no_heading_alone(
    qapp: object, tmp_path: Path
) -> None:
    library, renderer = open_library(STARTER), Renderer()
    faults: list[str] = []
    looked: Counter[str] = Counter()
    for page in library.pages.values():
        assert (page.kind is Kind.PATHWAY) == bool(page.steps), page.path
        if page.steps:
            device = pdf_writer(tmp_path / "a.pdf", page.title)
            sheets = Sheets(device, page, library, renderer)
            words = sheets.words
            faults += [f"{page.path}: no band says {said!r}" for said in unsaid(sheets, library)]
            faults += [f"{page.path}: '{head}' stands alone" for head in stranded(words)]
            faults += [f"{page.path}: the row '{row}' is cut" for row in cut_rows(words)]
            faults += [f"{page.path}: {fault}" for fault in parted(words, looked)]
            assert sheets.graph is not None
            foot = sheets.band.document.size().height()
            assert sheets.graph.box.top() > foot
            assert words.box.top() > foot
            assert foot < 0.15 * sheets.text_box.height()
    assert faults == []
    assert looked["heads"] > 100
    assert looked["breaks"] > 5, "without it, some would be alone"


def unsaid(sheets: Sheets, library: Library) -> list[str]:
    """Whom to ring, or red flags, that do not stand at the top of every sheet."""
    band = sheets.band.document.toPlainText().replace("\xa0", " ")
    flags = (
        " ".join(plain(note.body).split()).replace(" .", ".") for note in sheets.page.red_flags
    )
    return [
        said for said in (*(i.text for i in library.settings.urgent), *flags) if said not in band
    ]


def parted(words: TextPages, looked: Counter[str]) -> list[str]:
    """Headings, and words that head ways on, whose next line is on another sheet."""
    found: list[str] = []
    high, block = words.box.height(), words.document.begin()
    while block.next().isValid():
        after = block.next()
        if block.blockFormat().headingLevel() or block.text() == "Ways on":
            if len({int((top_line(b) + 1) // high) for b in (block, after)}) > 1:
                found.append(f"{block.text()!r} is parted from what follows")
            looked["heads"] += 1
        looked["breaks"] += bool(block.blockFormat().pageBreakPolicy().value)
        block = after
    return found
