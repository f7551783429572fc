"""Small or of substance, approved by another role, withdrawn: declared in the window, one safe save each."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.editor.approving import Approve, Withdraw
from desktop.editor.desk import desk_of
from desktop.editor.saving import SavePage
from desktop.editor.view import EditorView
from desktop.places import page_place
from desktop.window import MainWindow
from knowledge.model import Status

TINY = Path(__file__).parents[2] / "data" / "tiny"
PAGE = "pathways/feeding.md"

Opened = Callable[..., MainWindow]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    root = Path(shutil.copytree(TINY, tmp_path / "library"))
    page = root / PAGE
    text = page.read_bytes().replace(b"status: draft", b"status: approved", 1)
    text = text.replace(b"status: sample", b"status: approved", 1)
    text = text.replace(b"status: approved", b"status: approved\napproved_by: Lead", 1)
    text = text.replace(b"approved_by: Lead", b"approved_by: Lead\napproved_on: 2026-01-05", 1)
    page.write_bytes(text)
    return root


def _edited(qtbot: QtBot, window: MainWindow, old: str, new: str) -> SavePage:
    window.show_place(page_place(PAGE))
    window.do_id("edit")
    view = window.view
    assert isinstance(view, EditorView)
    editing = view.editing
    assert editing is not None
    assert old in editing.text()
    editing.put(editing.text().replace(old, new, 1))
    qtbot.waitUntil(
        lambda: editing.look is not None and editing.look.text == editing.text(), timeout=10_000
    )
    view.do_save()
    dialog = window.findChild(SavePage)
    assert dialog is not None
    return dialog


def _saved(qtbot: QtBot, window: MainWindow, dialog: SavePage, who: str) -> None:
    dialog.who.setText(who)
    dialog.why.setText("As agreed")
    QTest.keyClick(dialog.why, Qt.Key.Key_Return)
    dialog.deleteLater()
    editing = desk_of(window.session).pages[PAGE]
    qtbot.waitUntil(lambda: not editing.saving and not editing.differs, timeout=10_000)
    assert isinstance(window.view, EditorView)  # saving leaves one where one writes
    window.do_id("stop_editing")


def test_a_changed_way_on_cannot_be_called_small_and_takes_the_approval_back(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    window = open_window(library)
    dialog = _edited(qtbot, window, "- Gaining →", "- Gaining well →")
    assert not dialog.small.isEnabled()
    assert dialog.large.isChecked()
    _saved(qtbot, window, dialog, "Champion")
    page = window.session.page(PAGE)
    assert page is not None
    assert page.status is Status.IN_CHECK


def test_a_spelling_stays_small_and_approved(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    window = open_window(library)
    dialog = _edited(qtbot, window, "Plot the weight", "Plot her weight")
    assert dialog.small.isEnabled()
    assert dialog.small.isChecked()
    _saved(qtbot, window, dialog, "Champion")
    page = window.session.page(PAGE)
    assert page is not None
    assert page.status is Status.APPROVED


def _approve(qtbot: QtBot, window: MainWindow) -> Approve:
    for old in window.findChildren(Approve):
        old.setParent(None)
    window.show_place(page_place(PAGE))
    window.do_id("approve")
    dialog = window.findChild(Approve)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.versions is not None, timeout=10_000)
    return dialog


def test_another_role_approves_in_one_save_and_the_author_cannot(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    window = open_window(library)
    window.session.now = lambda: datetime(2026, 11, 21, 9, 0)
    dialog = _edited(qtbot, window, "- Gaining →", "- Gaining well →")
    _saved(qtbot, window, dialog, "Perinatal champion")
    approve = _approve(qtbot, window)
    assert approve.who.text() == "Perinatal champion"
    assert "another role has to approve it" in approve.told.text()
    assert not approve.approve.isEnabled()
    approve.who.setText("Clinical lead")
    assert approve.approve.isEnabled()
    approve.review.setDate(QDate(2027, 3, 1))
    approve.approve.click()
    qtbot.waitUntil(lambda: not approve.isVisible(), timeout=10_000)
    page = window.session.page(PAGE)
    assert page is not None
    assert (page.status, page.approved_by) == (Status.APPROVED, "Clinical lead")
    assert (page.approved_on, page.review_by) == (date(2026, 11, 21), date(2027, 3, 1))
    newest = desk_of(window.session).store.versions(PAGE)[0]
    assert newest.change.who == "Clinical lead"
    assert newest.change.why == "Approved, to be reviewed by 1 March 2027"
    assert window.session.settings.get("role") == "Clinical lead"


def test_a_page_with_unsaved_words_is_not_approved(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    page = library / PAGE
    page.write_bytes(page.read_bytes().replace(b"status: approved", b"status: in-check"))
    window = open_window(library)
    window.show_place(page_place(PAGE))
    window.do_id("edit")
    editing = desk_of(window.session).pages[PAGE]
    editing.put(editing.text() + "\nMore.\n")
    approve = _approve(qtbot, window)
    approve.who.setText("Clinical lead")
    assert "not saved yet" in approve.told.text() or "draft" in approve.told.text()
    assert not approve.approve.isEnabled()


def test_the_form_does_not_approve(qtbot: QtBot, open_window: Opened, library: Path) -> None:
    page = library / PAGE
    page.write_bytes(page.read_bytes().replace(b"status: approved", b"status: draft"))
    window = open_window(library)
    dialog = _edited(qtbot, window, "status: draft", "status: approved")
    assert not dialog.small.isEnabled()
    _saved(qtbot, window, dialog, "Champion")
    now = window.session.page(PAGE)
    assert now is not None
    assert now.status is Status.IN_CHECK


def test_a_page_is_withdrawn_and_says_what_replaces_it(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    window = open_window(library)
    other = next(p for p in window.session.library.pages.values() if p.path != PAGE)  # type: ignore[union-attr]
    window.show_place(page_place(PAGE))
    window.do_id("withdraw")
    dialog = window.findChild(Withdraw)
    assert dialog is not None
    dialog.instead.setEditText("No such page")
    dialog.why.setText("It is merged")
    dialog.who.setText("Clinical lead")
    dialog._withdraw()
    assert "Choose a page of the list" in dialog.told.text()
    dialog.instead.setEditText(other.title)
    dialog._withdraw()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)
    page = window.session.page(PAGE)
    assert page is not None
    assert page.status is Status.WITHDRAWN
    assert page.replaced_by == other.id
