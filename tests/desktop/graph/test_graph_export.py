"""The graph outside the window: PNG, SVG, PDF, from the window and from the command line."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from desktop import theme
from desktop.__main__ import dispatch
from desktop.graph.chart import chart_of
from desktop.graph.export import GraphSheets, png_of
from desktop.graph.picture import Picture
from desktop.picturing import save
from desktop.printing import layout_a4
from drawing.diagram import Rect
from drawing.draw import first_picture, refined_picture
from drawing.head import head_of
from drawing.pathway import diagram_of
from knowledge.library import Library, open_library
from knowledge.model import Status
from knowledge.render import Renderer
from knowledge.stamp import picture_words, stamp_of

STARTER = Path(__file__).parents[3] / "content"
TODAY = date(2026, 11, 21)
PATH = "pathways/perinatal-emergency.md"


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(STARTER)


@pytest.fixture(autouse=True)
def look(started: None) -> Iterator[None]:
    theme.theme().set("dark", 1.0)
    yield
    theme.theme().set("light", 1.0)


def test_a_png_is_twice_as_fine_and_light_whatever_the_window_looks_like(library: Library) -> None:
    drawing = first_picture(diagram_of(library.pages[PATH], library.pages.get, library.emergency))
    image = png_of(drawing)
    assert image.width() == round(drawing.rect.width * 2)
    assert image.pixelColor(2, 2) == QColor("#F6F6F3")
    assert image.text("Title").startswith("Emergency: act now")


def test_the_svg_has_the_places_of_the_window(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "a.svg"
    save(file, library.pages[PATH], library, Renderer())
    root = ET.fromstring(file.read_text(encoding="utf-8"))
    words = "".join(root.itertext())
    assert "Call 999 and stay if safe" in words


def test_every_picture_says_above_the_graph_what_it_is_and_how_far_approved(
    library: Library, tmp_path: Path
) -> None:
    page = library.pages[PATH]
    drawing = refined_picture(chart_of(page, library.pages.get, library.emergency).diagram)
    said = picture_words(page, library, TODAY)
    stamp = stamp_of(page, library, 1, 1, TODAY)
    assert said == (stamp.title, stamp.state, stamp.note)
    for form in ("svg", "png", "mmd"):
        save(tmp_path / f"a.{form}", page, library, Renderer(), today=TODAY)
    root = ET.fromstring((tmp_path / "a.svg").read_text(encoding="utf-8"))
    lines = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert " ".join(lines).startswith(" ".join(said))
    mermaid = (tmp_path / "a.mmd").read_text(encoding="utf-8").splitlines()
    assert [f"%% {line}" for line in said] == [line for line in mermaid if line.startswith("%%")]
    image = QImage(str(tmp_path / "a.png"))
    bare = png_of(drawing).convertToFormat(image.format())
    higher = image.height() - bare.height()
    assert image.width() == bare.width()
    assert higher > 3 * 2 * 13
    wide, high = bare.width(), bare.height() - 4
    same = image.copy(0, higher + 4, wide, high) == bare.copy(0, 4, wide, high)
    assert same, "the boxes stand where they stood, to the pixel"
    for words in head_of(drawing.rect, said).words:
        top = round((words.y - words.size - head_of(drawing.rect, said).rect.y) * 2)
        strip = image.copy(0, top, image.width(), round(words.size * 2))
        ink = [
            QColor(strip.pixel(x, y)).lightness() < 100
            for x in range(strip.width())
            for y in range(strip.height())
        ]
        assert sum(ink) > 20 * len(words.text)


def test_a_withdrawn_or_overdue_pathway_says_so_on_its_picture(
    library: Library, tmp_path: Path
) -> None:
    page = replace(library.pages[PATH], status=Status.WITHDRAWN, review_by=date(2026, 1, 2))
    save(tmp_path / "a.svg", page, library, Renderer(), today=TODAY)
    words = " ".join(ET.fromstring((tmp_path / "a.svg").read_text(encoding="utf-8")).itertext())
    assert "WITHDRAWN, do not use; OVERDUE since 02-Jan-2026" in words


def test_words_above_a_narrow_picture_are_broken_and_never_cut() -> None:
    said = ("A very long title of a pathway, version 0.1", "x" * 90, "Uncontrolled when printed")
    rect = Rect(-10, 5, 190, 300)
    head = head_of(rect, said)
    assert "".join("".join(w.text.split()) for w in head.words) == "".join("".join(said).split())
    assert all(w.x + w.width <= head.rect.right for w in head.words)
    assert all(head.rect.y < w.y - w.size for w in head.words)
    assert max(w.y for w in head.words) < rect.y
    assert (head.rect.right, head.rect.bottom) == (rect.right, rect.bottom)
    assert head_of(rect, ()).rect == rect


def test_long_pathways_go_on_over_sheets_with_nothing_below_eight_points(
    library: Library, tmp_path: Path
) -> None:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QPdfWriter

    writer = QPdfWriter(str(tmp_path / "a.pdf"))
    writer.setPageLayout(layout_a4())
    box = QRectF(0, 0, writer.width(), writer.height())
    page = library.pages["pathways/perinatal-mental-health.md"]
    made = GraphSheets(writer, page, library, Renderer(), box)
    assert made.count > 1
    steps = {number for sheet in made.sheets for number in sheet.steps}
    assert steps == {step.number for step in page.steps}
    for sheet in made.sheets:
        for piece in sheet.pieces:
            smallest = min(w.size for b in Picture(piece.drawing).boxes for w in b.words)
            assert smallest * piece.scale * 0.75 >= 8.0


@pytest.mark.parametrize("form", ["png", "pdf", "svg"])
def test_the_command_writes_every_form(form: str, tmp_path: Path) -> None:
    file = tmp_path / f"out.{form}"
    assert (
        dispatch(["graph", PATH, "--library", str(STARTER), "--format", form, "-o", str(file)]) == 0
    )
    data = file.read_bytes()
    assert data.startswith({"png": b"\x89PNG", "pdf": b"%PDF", "svg": b"<svg"}[form])
    if form == "png":
        assert QImage(str(file)).width() > 500


def test_an_unknown_pathway_is_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = dispatch(["graph", "no-such", "--format", "png", "-o", str(tmp_path / "x.png")])
    assert status == 2
    assert "no-such" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("file", "begins"),
    [
        ("a.svg", b"<svg"),
        ("a.mmd", b"---\ntitle: "),
        ("a.PNG", b"\x89PNG"),
        ("a.pdf", b"%PDF"),
        ("a.json", b"{"),
        ("a.txt", b"{"),
    ],
)
def test_the_ending_of_the_file_says_the_format(tmp_path: Path, file: str, begins: bytes) -> None:
    for said in (["-o", str(tmp_path / file)], [f"--output={tmp_path / file}"]):
        assert dispatch(["graph", PATH, "--library", str(STARTER), *said]) == 0
        assert begins in (tmp_path / file).read_bytes()[:400]
    named = ["--format", "json", "-o", str(tmp_path / file)]
    assert dispatch(["graph", PATH, "--library", str(STARTER), *named]) == 0
    assert (tmp_path / file).read_bytes().startswith(b"{")
