"""Saving under a name: the ending follows the form, where it went is told, trouble is one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop import saving_as
from desktop.picturing import save_to
from desktop.saving_as import SaveAs
from desktop.window import MainWindow

Opened = Callable[..., MainWindow]
PAGE = "pathways/perinatal-emergency.md"
FORMS = ("Sheets of paper (*.pdf)", "Picture (*.png)")


def test_the_ending_of_the_name_follows_the_form(
    qtbot: QtBot, started: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving_as, "_last", [str(tmp_path)])
    asked = SaveAs(None, "Save", "low-mood", FORMS)
    qtbot.addWidget(asked)
    assert asked.selectedFiles() == [str(tmp_path / "low-mood.pdf")]
    asked.selectNameFilter(FORMS[1])
    asked.filterSelected.emit(FORMS[1])
    assert asked.selectedFiles() == [str(tmp_path / "low-mood.png")]


def test_where_a_graph_went_is_told_and_trouble_is_one_plain_sentence(
    open_window: Opened, tmp_path: Path
) -> None:
    session = open_window().session
    page = session.page(PAGE)
    assert page is not None
    forms = {"svg": b"<svg", "png": b"\x89PNG", "mmd": b"---\ntitle: ", "pdf": b"%PDF"}
    for end, begins in forms.items():
        file = tmp_path / f"emergency.{end}"
        said = save_to(session, page, file)
        assert said.startswith(f"Saved: {file.name}")
        assert said.endswith(f"in {tmp_path}")
        assert file.read_bytes().startswith(begins)
        said = save_to(session, page, tmp_path / "nowhere" / f"x.{end}")
        assert said.startswith(f"x.{end} could not be saved: ")
        assert "Errno" not in said
        assert "\n" not in said


def test_what_is_copied_as_mermaid_is_what_would_be_saved(
    open_window: Opened, tmp_path: Path
) -> None:
    window = open_window()
    window.session.go_to(PAGE)
    window.do_id("copy_mermaid")
    copied = QGuiApplication.clipboard().text()
    assert "SAMPLE, not approved for clinical use" in copied
    assert "flowchart TD" in copied
    file = tmp_path / "emergency.mmd"
    save_to(window.session, window.session.page(PAGE), file)
    assert copied == file.read_text("utf-8")
