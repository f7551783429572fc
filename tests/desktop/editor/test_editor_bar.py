"""The bar of the editor under the pointer: nothing moves, and a second click asks nothing more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from desktop.dialogs.conflict import SettleConflict
from desktop.editor.bars import SAVED, SAVING, UNKEPT
from desktop.editor.saving import SavePage
from desktop.editor.view import EditorView
from desktop.window import MainWindow
from tests.support.writing import edit

Opened = Callable[..., MainWindow]


@pytest.fixture
def view(qtbot: QtBot, desk_window: Opened) -> EditorView:
    return edit(qtbot, desk_window(), "pathways/feeding.md")[0]


def test_buttons_stay_where_they_are_whatever_is_said_beside_them(view: EditorView) -> None:
    bar = view.bar
    buttons = (bar.stop, bar.undo, bar.redo, bar.draft, bar.save)

    def places() -> list[object]:
        bar.row.activate()
        return [bar.height(), *(button.geometry() for button in buttons)]

    before = places()
    for words in ("Draft kept, 16:45", UNKEPT, SAVING, SAVED, ""):
        bar.say_kept(words)
        assert places() == before, words
    bar.say_company("Somebody else is editing it too")
    bar.show_title("Another title, while it is typed", new=False)
    assert places()[1:] == before[1:]


def test_a_double_click_on_save_right_after_typing_asks_once(
    qtbot: QtBot, view: EditorView
) -> None:
    view.words.insertPlainText("More words.\n")
    for _ in range(2):
        QTest.mouseClick(view.bar.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(view.window().findChildren(SavePage)))
    qtbot.wait(100)
    (dialog,) = view.window().findChildren(SavePage)
    dialog.reject()
    dialog.deleteLater()
    view.do_save()
    assert dialog is not view.window().findChildren(SavePage)[-1]
    view.window().findChildren(SavePage)[-1].reject()


def test_both_texts_of_a_conflict_stand_at_one_height(view: EditorView) -> None:
    mine = "One short line."
    theirs = "A much longer paragraph, which takes several lines where it stands. " * 4
    dialog = SettleConflict(view.window_, "Feeding", (mine, theirs, None), lambda words: None)
    yours, others = (
        next(t for t in dialog.findChildren(QPlainTextEdit) if t.accessibleName().startswith(name))
        for name in ("Yours", "Theirs")
    )
    assert yours.height() == others.height()
    dialog.deleteLater()
