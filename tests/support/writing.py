"""The editor opened on a page, as every test of writing needs it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.editor.editing import Editing
from desktop.editor.view import EditorView
from desktop.places import edit_place
from desktop.window import MainWindow


def edit(qtbot: QtBot, window: MainWindow, page: str) -> tuple[EditorView, Editing]:
    """A page in the editor; that one comes to it from reading is another matter."""
    window.show_place(edit_place(page))
    return editor_of(qtbot, window)


def editor_of(qtbot: QtBot, window: MainWindow) -> tuple[EditorView, Editing]:
    """The editor in view, once it has looked at the page."""
    view = window.view
    assert isinstance(view, EditorView)
    editing = view.editing
    assert editing is not None
    qtbot.waitUntil(lambda: editing.look is not None, timeout=10_000)
    return view, editing
