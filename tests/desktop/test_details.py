"""The form beside the words: every detail a champion changes often, as lines, lists and choices, never as YAML."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot

from desktop.window import MainWindow
from tests.support.writing import edit

TINY = Path(__file__).parents[1] / "data" / "tiny"

Opened = Callable[..., MainWindow]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "library"))


def test_a_telephone_number_is_added_and_taken_away_in_its_own_line(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    window = open_window(library)
    view, editing = edit(qtbot, window, "services/duty-desk.md")
    before = editing.text()
    field = view.details.more["phone"].field
    assert isinstance(field, QLineEdit)
    assert view.details.more["concerns"].field.isHidden()
    was = field.text()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "01632 960123")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "01632 960123" in editing.text()
    assert len(editing.text().splitlines()) == len(before.splitlines())
    qtbot.waitUntil(lambda: "960123" in str(view.details.page and view.details.page.text))
    field.setText(was)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "960123" not in editing.text(), timeout=5_000)


def test_what_people_type_is_a_list_one_to_a_line(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    window = open_window(library)
    view, editing = edit(qtbot, window, "pathways/feeding.md")
    field = view.details.more["concerns"].field
    assert isinstance(field, QTextEdit)
    assert field.toPlainText() == "not feeding\nsore"
    field.setPlainText("not feeding\nsore\n\n  cracked   nipples ")
    view.details._text_changed("concerns", field.toPlainText())
    assert "concerns: [not feeding, sore, cracked nipples]" in editing.text()
    view.details._put("levels", "Universal", True)
    assert "levels:" in editing.text()


def test_the_form_offers_no_approval(qtbot: QtBot, open_window: Opened, library: Path) -> None:
    window = open_window(library)
    view, _ = edit(qtbot, window, "pathways/feeding.md")
    offered = [view.details.status.itemText(n) for n in range(view.details.status.count())]
    assert offered == ["Sample", "Draft", "In check"]
    assert view.details.approval.text() == "Not yet approved"
