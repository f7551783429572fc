"""Saving with things to put right: with a reason, save where urgent words would be hidden; drafts whatever their state."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.editor.desk import desk_of
from desktop.editor.editing import Editing
from desktop.editor.saving import SavePage
from desktop.editor.view import EditorView
from desktop.places import page_place
from desktop.window import MainWindow

TINY = Path(__file__).parents[2] / "data" / "tiny"
PAGE = "pathways/feeding.md"

Opened = Callable[..., MainWindow]


def _ask(qtbot: QtBot, window: MainWindow, old: str, new: str) -> tuple[SavePage, Editing]:
    window.show_place(page_place(PAGE))
    window.do_id("edit")
    view = window.view
    assert isinstance(view, EditorView)
    editing = view.editing
    assert editing is not None
    editing.put(editing.text().replace(old, new, 1))
    qtbot.waitUntil(
        lambda: editing.look is not None and editing.look.text == editing.text(), timeout=10_000
    )
    view.do_save()
    dialog = window.findChild(SavePage)
    assert dialog is not None
    dialog.why.setText("Agreed")
    return dialog, editing


def test_a_window_closed_in_mid_save_has_saved(
    qtbot: QtBot, open_window: Opened, own_library: Path
) -> None:
    window = open_window(own_library)
    dialog, editing = _ask(qtbot, window, "Plot the weight", "Plot every weight")
    before = threading.Event()  # something else is being written first
    window.session.tasks.run(lambda: before.wait(10), lane="saving")
    QTest.keyClick(dialog.why, Qt.Key.Key_Return)
    assert editing.saving
    threading.Timer(0.05, before.set).start()
    window.close()
    assert "Plot every weight" in (own_library / PAGE).read_text("utf-8")


def test_a_link_that_leads_nowhere_is_saved_for_a_reason_which_is_kept(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    dialog, editing = _ask(qtbot, window, "(#reassure)", "(#not-yet-written)")
    assert dialog.errors
    assert not dialog.blocked
    QTest.keyClick(dialog.why, Qt.Key.Key_Return)
    assert "Say why it should be saved" in dialog.told.text()
    assert dialog.isVisible()
    dialog.override.setText("The step comes tomorrow")
    QTest.keyClick(dialog.why, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not editing.differs, timeout=10_000)
    newest = desk_of(window.session).store.versions(PAGE)[0]
    assert newest.change.why == "Agreed (saved with 1 to put right: The step comes tomorrow)"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("> [!URGENT]", "> [!URGNT]"),
        ("## Is the baby", "```\n## Is the baby"),
        ("> [!URGENT]", "<!-- > [!URGENT]"),
    ],
)
def test_what_would_hide_urgent_words_cannot_be_saved_but_is_kept_as_a_draft(
    qtbot: QtBot, desk_window: Opened, library: Path, old: str, new: str
) -> None:
    before = (library / PAGE).read_bytes()
    window = desk_window()
    dialog, editing = _ask(qtbot, window, old, new)
    save = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Save to library")
    assert dialog.blocked
    assert not save.isEnabled()
    dialog.override.setText("I am in a hurry")
    QTest.keyClick(dialog.why, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.reject()
    window.do_id("keep_draft")
    qtbot.waitUntil(lambda: editing.draft is not None, timeout=10_000)
    assert editing.draft is not None
    assert editing.draft.text() == editing.data()
    assert (library / PAGE).read_bytes() == before
