"""The graph outside the window: PNG, SVG, PDF, from the window and from the command line."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from desktop import theme
from desktop.__main__ import dispatch
from desktop.graph.export import GraphSheets, png_of
from desktop.graph.picture import Picture
from desktop.picturing import save
from desktop.printing import layout_a4
from drawing.draw import first_picture
from drawing.pathway import diagram_of
from knowledge.library import Library, open_library
from knowledge.render import Renderer

STARTER = Path(__file__).parents[2] / "content"
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
        ("a.mmd", b"flowchart"),
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
