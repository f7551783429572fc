"""New pages from a few questions, earlier versions word by word, and the bin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.editor.desk import desk_of
from desktop.editor.new_page import NewPage
from desktop.editor.removing import Bin, PutInBin
from desktop.editor.templates import QUESTIONS, begin, path_for
from desktop.editor.versions import EarlierVersions, compared
from desktop.editor.view import EditorView
from desktop.places import edit_place, page_place
from desktop.window import MainWindow
from knowledge.library import open_library, with_page
from knowledge.model import Kind
from knowledge.problems import Severity
from knowledge.saving.store import PageStore
from knowledge.saving.versions import Change
from knowledge.validate import check_page

TINY = Path(__file__).parents[2] / "data" / "tiny"
PAGE = "pathways/feeding.md"

Opened = Callable[..., MainWindow]


@pytest.mark.parametrize("kind", list(QUESTIONS), ids=str)
def test_a_page_begun_from_answers_has_no_mistake_that_hides_anything(kind: Kind) -> None:
    library = open_library(TINY)
    answers = {q.key: f"Some words: {n}" for n, q in enumerate(QUESTIONS[kind])}
    path = path_for(kind, answers["title"], library.pages)
    text = begin(kind, answers, path, date(2027, 5, 21))
    among = with_page(library, path, text.encode())
    page = among.pages[path]
    assert page.kind is kind
    assert page.title == answers["title"]
    errors = [
        p for p in check_page(page, among, date(2026, 11, 21)) if p.severity is Severity.ERROR
    ]
    assert {p.code for p in errors} <= {"link-dead"}  # the session's sample stop


STARTER = Path(__file__).parents[3] / "content"
AGREED = {"summary-missing", "service-no-number", "fact-unchecked"}  # notices that help its author
ODD = 'A: "b" #c [d] | {f} *g* \\\\é'


@pytest.mark.parametrize("kind", list(QUESTIONS), ids=str)
@pytest.mark.parametrize("words", ["A worry about sleep", ODD], ids=["plain", "odd"])
def test_a_page_begun_from_answers_passes_the_strict_check(kind: Kind, words: str) -> None:
    library = open_library(STARTER)
    answers = {q.key: words for q in QUESTIONS[kind]} | {"owner": "Champion"}
    if kind is Kind.PATHWAY:
        answers |= {"ways": f"Yes\n{words[:12]}\nNo\n\nYes", "start": "A parent says so"}
    path = path_for(kind, answers["title"], library.pages)
    text = begin(kind, answers, path, date(2027, 5, 21))
    among = with_page(library, path, text.encode())
    page = among.pages[path]
    assert page.title == answers["title"]
    found = check_page(page, among, date(2026, 11, 21))
    assert {p.code for p in found if p.severity is not Severity.NOTICE} == set()
    assert {p.code for p in found} <= AGREED
    if kind is Kind.PATHWAY:
        assert [way.condition for way in page.steps[1].ways] == [
            "Yes",
            words[:12].strip(),
            "No",
            "Unsure",
        ]
        assert page.steps[1].title == words


def test_a_pathway_begins_with_its_start_question_and_ways_on() -> None:
    text = begin(
        Kind.PATHWAY,
        {"title": "Crying", "question": "Is the baby ill?", "ways": "Yes\nNo\nUnsure"},
        "pathways/crying.md",
        date(2027, 5, 21),
    )
    page = with_page(open_library(TINY), "pathways/crying.md", text.encode()).pages[
        "pathways/crying.md"
    ]
    assert [way.condition for way in page.steps[1].ways] == ["Yes", "No", "Unsure"]
    assert page.red_flags


def test_a_case_study_is_written_from_five_questions_and_kept_as_a_draft(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    window = desk_window()
    window.do_id("new_page")
    dialog = window.findChild(NewPage)
    assert dialog is not None
    assert len(dialog.fields) == 5
    for key, field in dialog.fields.items():
        assert isinstance(field, QLineEdit | QPlainTextEdit)
        words = "A new drop-in" if key == "title" else "Kent, 2022" if key == "place" else "Words."
        field.setText(words) if isinstance(field, QLineEdit) else field.setPlainText(words)
    dialog.begin()
    view = window.view
    assert isinstance(view, EditorView)
    editing = view.editing
    assert editing is not None
    assert editing.path == "casestudies/a-new-drop-in.md"
    assert not (library / editing.path).exists()
    with qtbot.waitSignal(editing.saved, timeout=10_000):
        editing.save(Change("champion", "New"))
    assert (library / editing.path).is_file()
    page = window.session.page(editing.path)
    assert page is not None
    assert (page.place, page.year) == ("Kent", "2022")


def test_a_page_that_was_only_begun_is_there_again_at_the_next_start(
    qtbot: QtBot, open_window: Opened, own_library: Path, tmp_path: Path
) -> None:
    path = "casestudies/begun-before.md"
    before = PageStore(own_library, tmp_path / "profile" / "data", session="0before0")
    before.keep_draft(path, b"---\ntitle: Begun before\n---\n\nMy words.\n", None)
    window = open_window(own_library)
    window.session.go(edit_place("casestudies/never-begun.md"))
    view = window.view
    assert isinstance(view, EditorView)
    qtbot.waitUntil(lambda: "no draft of it is kept" in view.gone.text(), timeout=5_000)
    window.session.go(edit_place(path))
    qtbot.waitUntil(lambda: view.editing is not None, timeout=5_000)
    assert view.stack.currentWidget() is view.splitter
    assert view.words.toPlainText().endswith("My words.\n")
    assert len(desk_of(window.session).store.drafts.all()) == 1
    assert window.windowTitle().startswith("Editing: Begun before")


def test_an_earlier_version_is_compared_and_restored(
    qtbot: QtBot, open_window: Opened, own_library: Path, tmp_path: Path
) -> None:
    first = (own_library / PAGE).read_bytes()
    window = open_window(own_library)
    store = PageStore(own_library, window.session.profile.data)
    page = window.session.page(PAGE)
    assert page is not None
    second = first.replace(b"within 2 days", b"within 4 days")
    store.save(PAGE, second, page.digest, Change("champion", "Longer", True))
    window.session.look_again()
    qtbot.waitUntil(lambda: "4 days" in (window.session.page(PAGE) or page).text, timeout=10_000)
    window.show_place(page_place(PAGE))
    window.do_id("versions")
    dialog = window.findChild(EarlierVersions)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.count() == 2, timeout=10_000)
    assert "Longer" in dialog.list.item(0).text()
    dialog.list.setCurrentRow(1)
    qtbot.waitUntil(dialog.back.isEnabled, timeout=10_000)
    assert "time limit within 4 days" in dialog.steps.text()
    assert dialog.shown.currentWidget() is dialog.graph
    canvas = dialog.graph.canvas
    qtbot.waitUntil(lambda: canvas.lit.changes == {"step:watch": "changed"}, timeout=10_000)
    assert canvas.spoken("step:watch").startswith("changed: step 2 of 3")
    dialog.switch.buttons["text"].click()
    qtbot.waitUntil(lambda: "− 2 + 4 days" in dialog.text.toPlainText(), timeout=10_000)
    dialog.restore()
    qtbot.waitUntil(lambda: (own_library / PAGE).read_bytes() == first, timeout=10_000)
    qtbot.waitUntil(lambda: "2 days" in (window.session.page(PAGE) or page).text, timeout=10_000)


def test_a_page_goes_into_the_bin_with_a_warning_and_comes_out_again(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    page = "thresholds/levels.md"
    before = (library / page).read_bytes()
    window = desk_window()
    window.show_place(page_place(page))
    window.do_id("delete_page")
    dialog = window.findChild(PutInBin)
    assert dialog is not None
    dialog.remove()
    assert (library / page).exists()
    dialog.why.setText("Replaced")
    dialog.remove()
    qtbot.waitUntil(lambda: window.session.page(page) is None, timeout=10_000)
    assert not (library / page).exists()
    window.do_id("bin")
    found = window.findChild(Bin)
    assert found is not None
    qtbot.waitUntil(lambda: found.list.count() == 1, timeout=10_000)
    found._restore(found.pages[0])
    qtbot.waitUntil(lambda: window.session.page(page) is not None, timeout=10_000)
    assert (library / page).read_bytes() == before


def test_what_differs_is_marked_by_sign_as_well_as_by_stroke() -> None:
    html = compared("Ring within 2 days.\n", "Ring within 4 hours.\n")
    assert "<del>− 2 " in html
    assert "<ins>+ 4 " in html
    assert "<script" not in compared("<script>", "b")


def test_a_new_session_follows_the_pathway_that_was_chosen_in_the_time_there_is(
    open_window: Opened, qtbot: QtBot
) -> None:
    from desktop.editor.new_page import NewSession
    from knowledge.source import read_page

    window = open_window()
    window.do_id("new_session")
    dialog = window.findChildren(NewSession)[-1]
    assert dialog.focusWidget() is dialog.fields["title"]
    dialog.fields["title"].setText("Training session: sleep")  # type: ignore[union-attr]
    dialog.fields["whom"].setText("student health visitors.")  # type: ignore[union-attr]
    dialog.fields["minutes"].setText("about 40 minutes")  # type: ignore[union-attr]
    box: Any = dialog.fields["pathway"]
    box.setCurrentIndex(box.findData("pathways/perinatal-mental-health.md"))
    dialog.begin()
    editing = window.view.editing  # type: ignore[union-attr]
    page = read_page(editing.path, editing.text().encode())
    assert sum(stop.minutes for stop in page.stops) == 40
    half = len(page.stops) // 2
    assert [s.covered for s in page.stops] == [False] * half + [True] * half
    assert "student health visitors" in page.text
    qtbot.waitUntil(lambda: editing.look is not None, timeout=10_000)
    grave = [p for p in editing.look.problems if p.severity.value == "error"]
    assert not grave
    assert window.view.preview.order.total.text().endswith("40 minutes")  # type: ignore[union-attr]


def test_a_session_without_a_pathway_begins_with_its_case() -> None:
    from desktop.editor.session_template import minutes_of, session_body
    from knowledge.source import read_page

    body = session_body({"minutes": "none"}, "sessions/x.md", None)
    page = read_page("sessions/x.md", f"---\nkind: session\n---\n\n{body}".encode())
    assert [(s.link.anchor, s.minutes) for s in page.stops] == [("case", 60)]
    assert minutes_of("2 hours") == 120
    assert minutes_of("9999999") == 480
