"""Editing is stopped and gone on with: words that were kept are found again, whatever happens to the page."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from threading import Event

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.editor.desk import desk_of
from desktop.editor.drafts import Drafts
from desktop.editor.editing import Editing
from desktop.editor.new_page import NewPage
from desktop.editor.versions import EarlierVersions
from desktop.editor.view import EditorView
from desktop.places import edit_place, page_place
from desktop.widgets.basics import Button
from desktop.window import MainWindow
from knowledge.files import Files
from knowledge.model import Kind
from knowledge.saving.store import PageStore
from knowledge.saving.versions import Change
from tests.support.writing import editor_of

TINY = Path(__file__).parents[2] / "data" / "tiny"
PAGE = "pathways/feeding.md"

Opened = Callable[..., MainWindow]


class Full(Files):
    """No room for anything."""

    def create(self, path: Path) -> int:
        raise OSError(errno.ENOSPC, "injected")


def _edit(qtbot: QtBot, window: MainWindow, page: str = PAGE) -> tuple[EditorView, Editing]:
    window.show_place(edit_place(page))
    return editor_of(qtbot, window)


def _write_and_stop(qtbot: QtBot, window: MainWindow) -> None:
    view, _ = _edit(qtbot, window)
    view.go_to_line(40)
    QTest.keyClicks(view.words, "Kept words. ")
    window.do_id("stop_editing")
    assert desk_of(window.session).pages == {}


def _listed(qtbot: QtBot, window: MainWindow) -> list[Button]:
    dialog = Drafts(window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "Looking" not in dialog.told.text(), timeout=10_000)
    return [b for b in dialog.findChildren(Button) if b.text() == "Go on with it"]


def test_editing_again_goes_on_with_the_words_that_were_kept(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    _write_and_stop(qtbot, window)
    assert len(_listed(qtbot, window)) == 1
    view, editing = _edit(qtbot, window)
    assert "Kept words. " in editing.text()
    assert view.notice.banner.first == "These are the words you kept."
    QTest.keyClicks(view.words, "x")
    editing.keep_at_once()
    draft = editing.store.drafts.own(PAGE)
    assert draft is not None
    assert b"Kept words. " in draft.text()


def test_words_that_were_kept_can_be_thrown_away(qtbot: QtBot, desk_window: Opened) -> None:
    window = desk_window()
    _write_and_stop(qtbot, window)
    view, editing = _edit(qtbot, window)
    item = view.notice.flow.itemAt(0)
    button = item.widget() if item is not None else None
    assert isinstance(button, Button)
    button.click()
    assert not editing.differs
    qtbot.waitUntil(lambda: editing.store.drafts.own(PAGE) is None, timeout=10_000)
    assert not view.notice.isVisible()


def test_a_new_page_that_was_stopped_is_listed_and_gone_on_with(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    dialog = NewPage(window)
    title = dialog.fields["title"]
    QTest.keyClicks(title, "Listening")
    dialog.begin()
    view = window.view
    assert isinstance(view, EditorView)
    assert view.editing is not None
    path = view.editing.path
    window.do_id("stop_editing")
    assert window.tab.place.kind == "home"
    buttons = _listed(qtbot, window)
    assert len(buttons) == 1
    again = NewPage(window)
    QTest.keyClicks(again.fields["title"], "Listening")
    again.begin()
    assert isinstance(window.view, EditorView)
    assert window.view.editing is not None
    assert window.view.editing.path != path  # two pages of one name never share a draft
    buttons[0].click()
    assert isinstance(window.view, EditorView)
    assert window.view.editing is not None
    assert window.view.editing.path == path
    assert "Listening" in window.view.editing.text()


def test_restoring_a_version_leaves_words_that_were_kept(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    window = desk_window()
    store, page = desk_of(window.session).store, window.session.page(PAGE)
    assert page is not None
    first = (library / PAGE).read_bytes()
    store.save(PAGE, first.replace(b"Plot", b"Write"), page.digest)
    window.session.look_again()
    qtbot.waitUntil(lambda: "Write" in window.session.page(PAGE).text, timeout=10_000)  # type: ignore[union-attr]
    _write_and_stop(qtbot, window)
    window.show_place(page_place(PAGE))
    dialog = EarlierVersions(window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: len(dialog.versions) > 1, timeout=10_000)
    dialog.list.setCurrentRow(len(dialog.versions) - 1)
    qtbot.waitUntil(dialog.back.isEnabled, timeout=10_000)
    dialog.restore()
    qtbot.waitUntil(lambda: (library / PAGE).read_bytes() == first, timeout=10_000)
    draft = store.drafts.own(PAGE)
    assert draft is not None
    assert b"Kept words. " in draft.text()
    view, editing = _edit(qtbot, window)
    assert "Kept words. " in editing.text()
    assert view.notice.banner.first == "Somebody else changed this page."


def test_editing_does_not_stop_while_the_words_cannot_be_kept(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    window = desk_window()
    desk = desk_of(window.session)
    assert window.session.library is not None
    desk._store = (
        window.session.library,
        PageStore(library, window.session.profile.data, files=Full(), session=desk.id),
    )
    view, editing = _edit(qtbot, window)
    QTest.keyClicks(view.words, "Twice.")
    window.do_id("stop_editing")
    assert view.editing is editing
    assert view.notice.banner.first == "Keep this window open."
    editing.document.undo()
    window.do_id("stop_editing")
    assert window.tab.place.kind == "page"


def test_answers_for_a_new_page_are_there_again_after_a_cancel_or_a_crash(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    file = window.session.profile.data / "begun.json"
    first = NewPage(window)
    QTest.keyClicks(first.fields["situation"], "Nobody asked.")
    qtbot.waitUntil(
        file.exists, timeout=10_000
    )  # without a word from anybody, so a crash loses nothing
    QTest.keyClicks(first.fields["title"], "Listening")
    first.reject()
    qtbot.waitUntil(lambda: b"Listening" in file.read_bytes(), timeout=10_000)
    again = NewPage(window)
    assert not again.afresh.isHidden()
    assert again.answers() == {"title": "Listening", "situation": "Nobody asked."}
    again.choose(Kind.THRESHOLD)
    again.choose(Kind.CASESTUDY)
    assert again.answers() == {"title": "Listening", "situation": "Nobody asked."}
    again.begin()
    qtbot.waitUntil(lambda: not file.exists(), timeout=10_000)
    assert NewPage(window).answers() == {}


def test_what_a_new_page_lacks_is_said_in_view(qtbot: QtBot, desk_window: Opened) -> None:
    window = desk_window()
    dialog = NewPage(window)
    dialog.resize(400, 300)
    dialog.show()
    dialog.begin()
    assert dialog.told.isVisible()
    assert dialog.rect().contains(dialog.told.geometry())
    assert not dialog.inside.isAncestorOf(dialog.told)
    dialog.reject()


def test_older_words_that_come_late_never_replace_newer_ones(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    held, tasks = Event(), window.session.tasks
    tasks.run(held.wait, lane="drafts")  # a slow disk
    QTest.keyClicks(view.words, "Older. ")
    editing.keep()
    QTest.keyClicks(view.words, "Newer. ")
    assert editing.keep_at_once() == ""
    done: list[bool] = []
    tasks.run(lambda: None, lambda _: done.append(True), lane="drafts")
    held.set()
    qtbot.waitUntil(lambda: bool(done), timeout=10_000)
    draft = editing.store.drafts.own(PAGE)
    assert draft is not None
    assert b"Older. Newer. " in draft.text()


def test_older_words_that_come_late_leave_no_draft_behind_a_save(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, editing = _edit(qtbot, window)
    held, tasks = Event(), window.session.tasks
    tasks.run(held.wait, lane="drafts")
    QTest.keyClicks(view.words, "Older. ")
    editing.keep()
    QTest.keyClicks(view.words, "Newer. ")
    with qtbot.waitSignal(editing.saved, timeout=10_000):
        editing.save(Change("champion", "A better word"))
    done: list[bool] = []
    tasks.run(lambda: None, lambda _: done.append(True), lane="drafts")
    held.set()
    qtbot.waitUntil(lambda: bool(done), timeout=10_000)
    assert editing.store.drafts.all() == []
