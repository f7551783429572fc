"""A handout: what a room takes away on paper, with or without the answers, and never a trainer's note."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QPdfWriter
from PySide6.QtWidgets import QApplication

from desktop.handout import Handout, services_of, write_handout
from desktop.handout_command import handout
from desktop.places import page_place
from desktop.printing import layout_a4
from desktop.window import MainWindow
from drawing.sheets import SMALLEST
from knowledge.library import Library, open_library, with_page
from knowledge.model import Callout, Page
from knowledge.render import Renderer

Opened = Callable[..., MainWindow]
STARTER = Path(__file__).parents[3] / "content"
TODAY = date(2026, 11, 21)
SESSIONS = ("sessions/low-mood-worked-case.md", "sessions/levels-of-need.md")


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(STARTER)


@pytest.fixture(scope="module")
def make(
    qapp: QApplication, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Handout]:
    """Lays one out; the same one again is the same."""
    file = tmp_path_factory.mktemp("handout") / "x.pdf"
    made: dict[tuple[str, bool], Handout] = {}

    def one(path: str, among: Library = library, *, answers: bool = False) -> Handout:
        key = (path, answers)
        if among is not library or key not in made:
            writer = QPdfWriter(str(file))
            writer.setPageLayout(layout_a4())
            writer.setResolution(300)
            page = among.pages[path]
            found = Handout(writer, page, among, Renderer(), answers=answers, today=TODAY)
            if among is not library:
                return found
            made[key] = found
        return made[key]

    return one


def words(made: Handout) -> str:
    texts = [part.document.toPlainText() for part in (made.band, made.front, made.back)]
    texts += [graph.head.toPlainText() for graph in made.graphs]
    return " ".join(" ".join(texts).split())


def bare(markdown: str) -> str:
    """Words that survive any rendering."""
    return max(re.split(r"[^\w ,’']+", markdown), key=len).strip()


def trainers_words(page: Page) -> list[str]:
    notes = [n for s in page.sections for n in s.notes] + [n for t in page.stops for n in t.notes]
    return [note.body for note in notes if note.kind is Callout.TRAINER]


@pytest.mark.parametrize("path", SESSIONS)
@pytest.mark.parametrize("answers", [True, False])
def test_no_trainers_note_is_ever_on_it(
    make: Callable[..., Handout], library: Library, path: str, answers: bool
) -> None:
    page, said = library.pages[path], words(make(path, answers=answers))
    notes = trainers_words(page)
    assert len(notes) > 10
    for note in notes:
        assert bare(note) not in said
    for stop in page.stops:
        assert not stop.outcome or (bare(stop.outcome) in said) is answers
        assert bare(stop.ask) in said


def test_a_trainers_note_anywhere_in_the_pages_of_the_session_stays_out_too(
    make: Callable[..., Handout], library: Library
) -> None:
    path = "pathways/perinatal-mental-health.md"
    text = (
        library.pages[path]
        .text.replace("## ", "> [!TRAINER]\n> Zebra crossing\n\n## ", 1)
        .replace("{#self-harm-item", "{#self-harm-item", 1)
    )
    body = text.partition("{#self-harm-item")
    text = body[0] + body[1] + body[2].replace("\n\n", "\n\n> [!TRAINER]\n> Zebra crossing\n\n", 1)
    among = with_page(library, path, text.encode())
    for page in (SESSIONS[0], path):
        assert "Zebra" not in words(make(page, among, answers=True))


def test_a_case_told_by_a_stop_is_printed_once_and_its_sources_too(
    make: Callable[..., Handout], library: Library
) -> None:
    path = "sessions/low-mood-worked-case.md"
    printed = words(make(path))
    assert printed.count("A woman is pregnant with her second child") == 1
    assert f"Sources of {library.pages[path].title}" in printed


@pytest.mark.parametrize("to", ["low-mood-worked-case.md", "levels-of-need.md"])
def test_a_stop_that_shows_a_session_prints_none_of_its_answers(
    make: Callable[..., Handout], library: Library, to: str
) -> None:
    """The running order holds every outcome; a stop that leads to it must not bring them along."""
    path = "sessions/low-mood-worked-case.md"
    text = library.pages[path].text.replace(
        "10. [The second time round](#second-time)", "10. [S](X)"
    )
    changed = with_page(library, path, text.replace("[S](X)", f"[S]({to})").encode())
    assert f"]({to})" in changed.pages[path].text
    printed = words(make(path, changed))
    for of in ("sessions/low-mood-worked-case.md", "sessions/levels-of-need.md"):
        outcomes = [bare(stop.outcome) for stop in library.pages[of].stops if stop.outcome]
        assert outcomes
        assert not [said for said in outcomes if said in printed]


def test_every_sheet_has_whom_to_ring_and_the_red_flags(make: Callable[..., Handout]) -> None:
    made = make(SESSIONS[0])
    band = made.band.document.toPlainText()
    assert "Ring 999" in band
    assert "Psychosis" in band
    assert band.count("Red flags.") == 2
    assert made.band.count == 1
    assert made.box.top() >= made.band.document.size().height()


def test_red_flags_without_end_stand_in_the_text_and_whom_to_ring_stays(
    make: Callable[..., Handout], library: Library
) -> None:
    path = "pathways/perinatal-emergency.md"
    long = "> [!URGENT]\n> " + "Stop. " * 900 + "\n> "
    text = library.pages[path].text.replace("> [!URGENT]\n> ", long, 1)
    made = make(SESSIONS[0], with_page(library, path, text.encode()))
    assert "Ring 999" in made.band.document.toPlainText()
    assert made.box.height() > 0.8 * made.device.height()
    assert "Stop. Stop." in made.back.document.toPlainText()


def test_graphs_mark_the_steps_of_the_session_and_are_never_too_small(
    make: Callable[..., Handout], library: Library
) -> None:
    made = make(SESSIONS[0])
    assert [g.page.id for g in made.graphs] == ["perinatal-mental-health", "perinatal-emergency"]
    used = {s.link.anchor for s in library.pages[SESSIONS[0]].stops if "mental" in s.link.page}
    assert len(made.graphs[0].lit.route) == len(used)
    for graph in made.graphs:
        assert all(piece.scale >= SMALLEST for sheet in graph.sheets for piece in sheet.pieces)


def test_a_connector_names_the_sheet_of_the_handout(make: Callable[..., Handout]) -> None:
    made = make(SESSIONS[0])
    first = made.front.count + 1
    assert made.graphs[0].sheets[0].number == first
    assert made.graphs[1].sheets[0].number == first + made.graphs[0].count
    pages = {
        int(number)
        for sheet in made.graphs[0].sheets
        for piece in sheet.pieces
        for box in piece.drawing.boxes
        for number in re.findall(r"page (\d+)", box.box.title)
    }
    assert pages <= {sheet.number for sheet in made.graphs[0].sheets}
    assert f"sheets {first} to {first + made.graphs[0].count - 1}" in words(made)


def test_services_without_a_number_have_a_slot_to_write_in(
    make: Callable[..., Handout], library: Library
) -> None:
    said = words(make(SESSIONS[0]))
    empty = [
        p
        for p in services_of(library.pages[SESSIONS[0]], library)
        if p.contact is not None and not p.contact.phone
    ]
    assert empty
    assert said.count("Add your local number: ____") == len(empty)


def test_no_heading_ends_a_sheet(make: Callable[..., Handout]) -> None:
    for path in (*SESSIONS, "pathways/perinatal-emergency.md"):
        made = make(path, answers=True)
        for pages in (made.front, made.back):
            layout, high = pages.document.documentLayout(), pages.box.height()
            block = pages.document.begin()
            while block.isValid() and block.next().isValid():
                after = block.next()
                if block.blockFormat().headingLevel() and after.text() and not after.textList():
                    top = layout.blockBoundingRect(block).top()
                    below = layout.blockBoundingRect(after).top()
                    assert int(top // high) == int(below // high), block.text()
                block = after


def test_the_file_has_as_many_sheets_as_it_says(
    qapp: QApplication, library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "handout.pdf"
    page = library.pages["pathways/perinatal-emergency.md"]
    count = write_handout(file, page, library, Renderer(), TODAY, answers=False)
    assert count > 5
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", file.read_bytes())) == count


def test_a_session_whose_pages_are_gone_still_makes_a_handout(
    make: Callable[..., Handout], library: Library
) -> None:
    among = library
    for path in ("pathways/perinatal-mental-health.md", "thresholds/who-holds-what.md"):
        among = with_page(among, path, None)
    made = make(SESSIONS[0], among)
    assert len(made.graphs) == 1
    assert "Any emergency sign right now?" in words(made)


def test_the_command_writes_it_or_says_in_one_line_why_not(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.pdf"
    assert handout(["low-mood-worked-case", "--answers", "-o", str(file)]) == 0
    assert file.read_bytes().startswith(b"%PDF")
    assert "sheets" in capsys.readouterr().out
    assert handout(["crisis-team"]) == 2
    assert handout(["no-such-page"]) == 2
    assert handout(["low-mood-worked-case", "-o", str(tmp_path / "no" / "x.pdf")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 3


def test_the_dialog_asks_about_answers_for_a_session_only(
    open_unpainted: Opened, tmp_path: Path
) -> None:
    from desktop.dialogs.handout import HandoutDialog

    window = open_unpainted()
    window.show_place(page_place(SESSIONS[0]))
    dialog = HandoutDialog(window)
    assert not dialog.answers.isHidden()
    assert dialog.file_name == "handout-low-mood-worked-case.pdf"
    dialog.answers.chosen.emit("with")
    assert dialog.file_name == "handout-low-mood-worked-case-with-answers.pdf"
    dialog.save_to(tmp_path / "x.pdf")
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
    window.show_place(page_place("pathways/perinatal-emergency.md"))
    assert HandoutDialog(window).answers.isHidden()
    window.show_place(page_place("services/gp.md"))
    assert not window.can(window_command("handout"))


def window_command(name: str) -> object:
    from desktop.actions import BY_ID

    return BY_ID[name]
