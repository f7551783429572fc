"""A champion changes a page: words, preview, what to put right, drafts, saving, conflicts. Real keys, real files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.dialogs.conflict import SettleConflict, pieces, together
from desktop.editor.editing import Editing
from desktop.editor.graph_forms import StepForm, WayForm
from desktop.editor.linking import LinkPicker
from desktop.editor.saving import SavePage
from desktop.editor.sources import Sources
from desktop.editor.view import EditorView
from desktop.editor.writing import as_written, shown
from desktop.places import edit_place, page_place
from desktop.widgets.reader import Reader
from desktop.window import MainWindow
from knowledge.files import read
from knowledge.saving.store import PageStore
from knowledge.saving.versions import Change
from tests.support.writing import edit

TINY = Path(__file__).parents[2] / "data" / "tiny"
PAGE = "pathways/feeding.md"

Opened = Callable[..., MainWindow]


def _edit(qtbot: QtBot, window: MainWindow, page: str = PAGE) -> tuple[EditorView, Editing]:
    return edit(qtbot, window, page)


def _looked(qtbot: QtBot, editing: Editing) -> Any:
    qtbot.waitUntil(
        lambda: editing.look is not None and editing.look.text == editing.text(), timeout=10_000
    )
    return editing.look


def _save(qtbot: QtBot, view: EditorView, editing: Editing, why: str = "A better word") -> None:
    _looked(qtbot, editing)
    view.do_save()
    dialog = view.window().findChild(SavePage)
    assert dialog is not None
    dialog.why.setText(why)
    QTest.keyClick(dialog.why, Qt.Key.Key_Return)
    dialog.deleteLater()
    qtbot.waitUntil(lambda: not editing.saving, timeout=10_000)


def test_what_is_typed_is_previewed_saved_and_read_at_once(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    before = (library / PAGE).read_bytes()
    view.go_to_line(25)
    QTest.keyClick(view.words, Qt.Key.Key_End)
    QTest.keyClicks(view.words, " Twice.")
    look = _looked(qtbot, editing)
    assert "Twice." in look.page.steps[0].body.of(look.page.text)
    assert (library / PAGE).read_bytes() == before
    _save(qtbot, view, editing)
    assert (library / PAGE).read_bytes() == before.replace(b"[^T1]\n", b"[^T1] Twice.\n", 1)
    page = window.session.page(PAGE)
    assert page is not None
    assert "Twice." in page.text
    assert not editing.differs


def test_the_preview_shows_the_part_that_is_being_written(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    rest = "".join(f"\n\n## Part {n}\n\n" + "Words.\n\n" * 30 for n in range(4))
    (library / "pages").mkdir(exist_ok=True)
    (library / "pages/long.md").write_text(f"---\nid: long\ntitle: Long\n---\n{rest}", "utf-8")
    view, editing = _edit(qtbot, desk_window(), "pages/long.md")
    reader = view.preview.reader
    qtbot.waitUntil(lambda: reader.document().characterCount() > 200, timeout=10_000)
    part = next(s for s in editing.base.sections if s.title == "Part 2")
    view.go_to_line(part.line + 2)
    there = next(h for h in reader.headings() if h.title == "Part 2")

    def seen() -> bool:
        cursor = QTextCursor(reader.document())
        cursor.setPosition(there.position)
        return abs(reader.cursorRect(cursor).top()) < 40

    qtbot.waitUntil(seen, timeout=10_000)
    reader.verticalScrollBar().setValue(0)
    QTest.keyClick(view.words, Qt.Key.Key_Down)
    QTest.qWait(400)
    assert reader.verticalScrollBar().value() == 0


def test_a_changed_line_far_below_its_heading_is_seen_in_the_preview(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    rows = "".join(f"| Row {n} | Score of {n} to {n + 1} |\n" for n in range(60))
    text = f"---\nid: long\ntitle: Long\n---\n\n## Part\n\n| Level | Total |\n|---|---|\n{rows}"
    (library / "pages").mkdir(exist_ok=True)
    (library / "pages/long.md").write_text(text, "utf-8")
    view, _ = _edit(qtbot, desk_window(), "pages/long.md")
    reader = view.preview.reader
    qtbot.waitUntil(lambda: reader.document().characterCount() > 200, timeout=10_000)
    view.words.setTextCursor(view.words.document().find("Score of 50 to 51"))
    QTest.keyClicks(view.words, "Score of 50 to 53")

    def seen() -> bool:
        found = reader.document().find("Score of 50 to 53")
        return not found.isNull() and reader.viewport().rect().contains(reader.cursorRect(found))

    qtbot.waitUntil(seen, timeout=10_000)


def test_a_mistake_is_told_at_its_line_and_mended_by_a_click(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    good = editing.text()
    editing.put(good.replace("- Gaining →", "- Gaining =>"))
    look = _looked(qtbot, editing)
    problem = next(p for p in look.problems if p.code == "way-arrow")
    assert problem in view.troubles.problems
    view.troubles.go_asked.emit(problem.line)
    assert view.words.textCursor().block().text().startswith("- Gaining =>")
    view.troubles.mend_asked.emit(problem)
    assert editing.text() == good


def test_a_list_goes_on_and_an_empty_item_ends_it(qtbot: QtBot, desk_window: Opened) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    view.words.document().setPlainText("1. one")
    QTest.keyClick(view.words, Qt.Key.Key_End)
    QTest.keyClick(view.words, Qt.Key.Key_Return)
    QTest.keyClicks(view.words, "two")
    QTest.keyClick(view.words, Qt.Key.Key_Return)
    QTest.keyClick(view.words, Qt.Key.Key_Return)
    assert editing.text() == "1. one\n2. two\n"


def test_words_are_kept_as_a_draft_and_offered_in_the_next_window(
    qtbot: QtBot, open_window: Opened, own_library: Path
) -> None:
    window = open_window(own_library)
    view, editing = _edit(qtbot, window)
    view.go_to_line(40)
    QTest.keyClicks(view.words, "Unsaved. ")
    window.close()
    assert b"Unsaved" not in (own_library / PAGE).read_bytes()
    again = open_window(own_library)
    view, editing = _edit(qtbot, again)
    qtbot.waitUntil(view.notice.isVisible, timeout=10_000)
    assert "draft" in view.notice.banner.first
    go_on = view.notice.flow.itemAt(0)
    button = go_on.widget() if go_on is not None else None
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert "Unsaved. " in editing.text()


def test_a_conflict_shows_both_texts_and_loses_neither(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    editing.put(editing.text().replace("Plot the weight.", "Plot the weight twice."))
    _looked(qtbot, editing)
    theirs = (library / PAGE).read_bytes().replace(b"Say what", b"Say clearly what")
    (library / PAGE).write_bytes(theirs)
    _save(qtbot, view, editing)
    dialog = window.findChild(SettleConflict)
    assert dialog is not None
    assert len(dialog.switches) == 2
    assert (library / PAGE).read_bytes() == theirs
    assert [part.by for part in dialog.parts if not part.same] == [
        "only you changed this",
        "only they changed this",
    ]
    assert "Plot the weight twice." in dialog.outcome.toPlainText()
    assert "Say clearly what" in dialog.outcome.toPlainText()
    with qtbot.waitSignal(editing.saved, timeout=10_000):
        dialog._save()
    text = read(library / PAGE, "").decode()
    assert "Plot the weight twice." in text
    assert "Say clearly what" in text
    kept = [version.text() for version in editing.store.versions(PAGE)]
    assert theirs in kept
    assert any(b"weight twice" in t and b"clearly" not in t for t in kept)


def test_the_result_of_a_conflict_can_be_changed_and_nothing_is_written_before_it_is_confirmed(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    editing.put(editing.text().replace("Plot the weight.", "Plot the weight twice."))
    _looked(qtbot, editing)
    theirs = (library / PAGE).read_bytes().replace(b"Say what", b"Say clearly what")
    (library / PAGE).write_bytes(theirs)
    _save(qtbot, view, editing)
    dialog = window.findChild(SettleConflict)
    assert dialog is not None
    dialog.reject()
    assert (library / PAGE).read_bytes() == theirs
    qtbot.waitUntil(lambda: editing.store.drafts.own(PAGE) is not None, timeout=10_000)
    dialog.deleteLater()
    qtbot.waitUntil(lambda: window.findChild(SettleConflict) is None, timeout=10_000)
    _save(qtbot, view, editing)
    dialog = window.findChild(SettleConflict)
    assert dialog is not None
    dialog.outcome.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(dialog.outcome, "By hand.")
    dialog.switches[1].buttons["theirs"].click()
    assert (library / PAGE).read_bytes() == theirs
    with qtbot.waitSignal(editing.saved, timeout=10_000):
        dialog._save()
    text = (library / PAGE).read_text("utf-8")
    assert all(words in text for words in ("weight twice", "Say clearly what", "By hand."))


def test_words_that_would_hide_a_red_flag_are_not_saved(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    editing.put(editing.text().replace("> [!URGENT]", "> [URGENT]"))
    _looked(qtbot, editing)
    view.do_save()
    dialog = window.findChild(SavePage)
    assert dialog is not None
    assert dialog.blocked
    dialog.why.setText("No reason")
    QTest.keyClick(dialog.why, Qt.Key.Key_Return)
    assert b"> [!URGENT]" in (library / PAGE).read_bytes()


def test_a_new_time_limit_is_a_change_of_substance_and_takes_the_approval_away(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    approved = "status: approved\napproved_by: Clinical lead\napproved_on: 2026-11-02"
    text = (library / PAGE).read_text("utf-8").replace("status: sample", approved)
    (library / PAGE).write_text(text, "utf-8")
    window = desk_window()
    view, editing = _edit(qtbot, window)
    editing.put(editing.text().replace("within 2 days", "within 4 days"))
    _save(qtbot, view, editing)
    saved = (library / PAGE).read_text("utf-8")
    assert "within 4 days" in saved
    assert "status: in-check" in saved


def test_what_comes_from_word_keeps_headings_lists_links_and_tables(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    view.words.document().setPlainText("")
    pasted = QMimeData()
    pasted.setHtml(
        "<style>p {}</style><h1>Weight</h1><p class=MsoNormal>Ask <b>twice</b>, see "
        "<a href='https://example.org/a'>the guide</a>.<o:p></o:p></p><ul><li>One<li>Two</ul>"
        "<table><tr><td>Level</td><td>When</td></tr><tr><td>1</td><td>a | b</td></tr></table>"
        "<script>alert(1)</script><a href='javascript:x'>bad</a>"
    )
    view.words.insertFromMimeData(pasted)
    assert editing.text() == (
        "## Weight\n\nAsk **twice**, see [the guide](https://example.org/a).\n\n- One\n- Two\n\n"
        "| Level | When |\n|---|---|\n| 1 | a \\| b |\n\nbad"
    )


def test_find_and_replace_changes_every_place_as_one_step_back(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    before = editing.text()
    window.do_id("find")
    view.finder.field.setText("baby")
    view.finder.other.setText("infant")
    view.finder.replace_all()
    words = editing.text().partition("# Feeding")[2]
    assert "baby" not in words
    assert "infant" in words
    assert "A baby who is ill" in editing.text()  # the details are hidden, so they stay
    assert view.finder.told.text().endswith(
        "replaced. 1 more stands in the details at the top: change it in the form, or show them as "
        "plain text."
    )
    view.words.undo()
    assert editing.text() == before


def test_stop_editing_goes_back_to_the_page_and_keeps_the_draft(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    store = editing.store
    QTest.keyClicks(view.words, "x")
    window.do_id("stop_editing")
    assert window.tab.place.page == PAGE
    assert window.tab.place.kind == "page"
    qtbot.waitUntil(lambda: bool(store.drafts.all()), timeout=10_000)
    window.show_place(edit_place("pathways/nothing.md"))
    assert isinstance(window.view, EditorView)


def test_the_form_changes_one_detail_and_no_other_byte(qtbot: QtBot, desk_window: Opened) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    before = editing.text()
    view.details.review.setDate(QDate(2027, 11, 30))
    assert editing.text() == before.replace("2027-05-21", "2027-11-30")
    view.details.status.setCurrentIndex(view.details.status.findData("draft"))
    view.details.status.activated.emit(0)
    assert "status: draft" in editing.text()
    view.details.title.setPlainText("Feeding: a small worry")
    view.details._text_changed("title", view.details.title.toPlainText())
    assert 'title: "Feeding: a small worry"' in editing.text()
    look = _looked(qtbot, editing)
    assert look.page.title == "Feeding: a small worry"
    for _ in range(3):
        view.words.undo()
    assert editing.text() == before


def test_a_source_is_added_and_trusted_differently_from_the_form(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    view.details.sources_asked.emit()
    dialog = window.findChild(Sources)
    assert dialog is not None
    dialog.key.setText("T2")
    dialog.title.setText("Another source: the second")
    dialog._add()
    assert "T2" in editing.text()
    assert dialog.told.isHidden()
    dialog._add()
    assert not dialog.told.isHidden()
    dialog.accept()


@pytest.mark.parametrize("text", ["a\r\nb\r\nc", "a\r\nb\nc\r", "a\rb\r\n\r\nc\n", "a\u2029b\n"])
def test_lines_left_alone_keep_their_endings(text: str) -> None:
    assert as_written(text, shown(text)) == text
    assert as_written(text, shown(text).replace("b", "new")) == text.replace("b", "new")


def test_what_only_one_of_two_people_changed_is_kept() -> None:
    base = "One\n\nTwo\n\nThree\n\nFour\n\nFive"
    mine = "One\n\nTwo mine\n\nThree\n\nFour mine\n\nFive\n\nSix mine"
    theirs = "New theirs\n\nOne\n\nTwo\n\nThree\n\nFour theirs"
    parts = pieces(mine, theirs, base)
    assert [part.by.partition(" ")[0] for part in parts if not part.same] == [
        "only",
        "only",
        "both",
    ]
    assert together(parts) == (
        "New theirs\n\nOne\n\nTwo mine\n\nThree\n\nFour mine\n\nFive\n\nSix mine"
    )
    assert together(pieces("A\n\nB", "A\n\nB\n\nC", "A\n\nB")) == "A\n\nB\n\nC"
    assert together(pieces("A\n\nB", "A", "A\n\nB")) == "A"
    assert together(pieces("A", "A\n\nB", "A\n\nB")) == "A"


def test_paragraphs_of_two_texts_are_put_together() -> None:
    mine, theirs = "One\n\nTwo mine\n\nThree", "One\n\nTwo theirs\n\nThree"
    parts = pieces(mine, theirs)
    assert together(parts) == mine
    next(p for p in parts if not p.same).choice = "theirs"
    assert together(parts) == theirs
    next(p for p in parts if not p.same).choice = "both"
    assert together(parts) == "One\n\nTwo mine\n\nTwo theirs\n\nThree"


def test_an_open_view_and_search_have_what_was_saved_with_no_restart(
    qtbot: QtBot, desk_window: Opened
) -> None:
    case = "casestudies/one-team.md"
    window = desk_window()
    window.show_place(page_place(case))
    reading = window.view
    assert reading is not None
    window.show_place(edit_place(case), new_tab=True)
    view = window.view
    assert isinstance(view, EditorView)
    editing = view.editing
    assert editing is not None
    editing.put(editing.text() + "\nA zeppelin came by.\n")
    with qtbot.waitSignal(window.session.search_ready, timeout=10_000):
        _save(qtbot, view, editing)
    engine = window.session.engine
    assert engine is not None
    assert [hit.page for hit in engine.search("zeppelin").hits] == [case]
    window.tab_bar.setCurrentIndex(0)
    qtbot.waitUntil(
        lambda: any("zeppelin" in r.toPlainText() for r in reading.findChildren(Reader)),
        timeout=10_000,
    )


def test_a_link_is_picked_from_the_library_without_leaving_the_field(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    view.words.moveCursor(QTextCursor.MoveOperation.End)
    view.do_link()
    dialog = window.findChild(LinkPicker)
    assert dialog is not None
    QTest.keyClicks(dialog.field, "desk")
    qtbot.waitUntil(lambda: dialog.list.count() > 1, timeout=10_000)
    first = dialog.list.currentRow()
    QTest.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.list.currentRow() == first + 1
    QTest.keyClick(dialog.field, Qt.Key.Key_Up)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert "](../services/duty-desk.md" in editing.text()


def test_taking_up_a_draft_keeps_the_words_that_stood_there(
    qtbot: QtBot, desk_window: Opened, library: Path, tmp_path: Path
) -> None:
    window = desk_window()
    view, editing = edit(qtbot, window, PAGE)
    store, text = editing.store, editing.text()
    view.words.insertPlainText("Unsaved words.\n")
    told: list[str] = []
    window.session.told.connect(told.append)
    data = text.encode() + b"\nFrom the draft.\n"
    earlier = PageStore(library, window.session.profile.data)
    editing.take_up(earlier.keep_draft(PAGE, data, editing.opened))
    assert "From the draft." in editing.text()
    assert told == ["The words that stood here are kept under Earlier versions."]
    kept = [version.text() for version in store.history.of(PAGE)]
    assert any(b"Unsaved words." in words for words in kept)


def test_words_typed_while_the_page_is_saved_become_a_draft_begun_from_what_was_saved(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = edit(qtbot, window, PAGE)
    view.words.insertPlainText("First.\n")
    with qtbot.waitSignal(editing.saved, timeout=10_000):
        editing.save(Change("champion", "First"))
        view.words.insertPlainText("Second.\n")
        editing.keep()
    qtbot.waitUntil(
        lambda: editing.draft is not None and editing.draft.base == editing.opened, timeout=2_000
    )
    assert b"Second." in editing.draft.text()  # type: ignore[union-attr]


def test_the_buttons_above_the_words_of_a_step_ask_as_the_graph_does(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = edit(qtbot, window, PAGE)
    before = editing.text()
    qtbot.waitUntil(lambda: view.preview.graph.page is editing.look.page)  # type: ignore[union-attr]
    first = editing.look.page.steps[0]  # type: ignore[union-attr]
    for line in (26, first.line - 1):  # in a step, and above them all, where writing begins
        for name, form in (("way", WayForm), ("step", StepForm)):
            view.go_to_line(line)
            view.tools.buttons[name].click()
            dialog = window.findChildren(form)[-1]
            assert dialog.isVisible()
            dialog.reject()
    assert view.preview.graph.step() == first
    assert editing.text() == before


def test_redo_is_there_however_narrow_the_window_is(desk_window: Opened) -> None:
    window = desk_window()
    view = EditorView(window.session)
    for mode in ("wide", "narrow", "tiny"):
        view.fits(mode)
        assert not view.bar.redo.isHidden()
    view.deleteLater()
