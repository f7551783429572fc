"""Bookmarks in named lists, and as a file for a colleague."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop import marks
from desktop.places import list_place, page_place
from desktop.views.bookmarks import BookmarksView
from desktop.widgets.asides import AskName, Sure
from desktop.window import MainWindow
from tests.support.libraries import page, write_library

Opened = Callable[..., MainWindow]
A, B = page_place("pages/a.md"), page_place("pages/b.md", "part")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_library(
        tmp_path / "library",
        {"pages/a.md": page("First", "Text."), "pages/b.md": page("Second", "## Part {#part}")},
    )


def bookmarks(window: MainWindow) -> BookmarksView:
    window.session.go(list_place("bookmarks"))
    view = window.view
    assert isinstance(view, BookmarksView)
    return view


def titles(view: BookmarksView) -> list[str]:
    return [entry.title for entry in view.list.model_of.entries]


def test_bookmarks_say_where_they_lead_and_open_it(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    view = bookmarks(window)
    assert view.nothing.isVisibleTo(view)
    window.session.toggle_bookmark(A)
    window.session.toggle_bookmark(B)
    assert titles(view) == ["First", "Second > Part"]
    view.list.choose(B.link)
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert window.tab.place == B


def test_lists_are_made_renamed_and_removed(open_window: Opened, small: Path) -> None:
    window = open_window(small)
    window.session.toggle_bookmark(A)
    view = bookmarks(window)
    view.ask_new()
    asked = view.findChild(AskName)
    assert asked is not None
    asked.field.setText("bookmarks")
    asked.keep_button.click()
    assert asked.said.text() == "There is a list of this name already."
    asked.field.setText("Baby clinic")
    asked.keep_button.click()
    assert list(window.session.bookmarks()) == ["Bookmarks", "Baby clinic"]
    assert view.chosen == "Baby clinic"
    view.rename_list("Baby clinic", "Clinic")
    view.choose("Bookmarks")
    view.ask_remove()
    sure = view.findChild(Sure)
    assert sure is not None
    assert list(window.session.bookmarks()) == ["Bookmarks", "Clinic"]
    sure.do.click()
    assert list(window.session.bookmarks()) == ["Clinic"]


def test_one_bookmark_moves_and_goes(open_window: Opened, qtbot: QtBot, small: Path) -> None:
    window = open_window(small)
    window.session.toggle_bookmark(A)
    window.session.toggle_bookmark(B)
    view = bookmarks(window)
    view.list.choose(B.link)
    view.up.click()
    assert titles(view) == ["Second > Part", "First"]
    assert view.list.chosen_link() == B.link
    qtbot.keyClick(view.list, Qt.Key.Key_Delete)
    assert titles(view) == ["First"]


def test_a_file_goes_to_a_colleague_and_joins_what_they_have(
    open_window: Opened, qtbot: QtBot, small: Path, tmp_path: Path
) -> None:
    window = open_window(small)
    view = bookmarks(window)
    window.session.set_bookmarks({"Clinic": [A, B]})
    file = tmp_path / "mine.json"
    with qtbot.waitSignal(window.session.told):
        view.export_to(file)
    assert json.loads(file.read_text("utf-8"))["lists"]["Clinic"][1]["words"] == "Second > Part"
    window.session.set_bookmarks({"Clinic": [A], "Mine": [B]})
    with qtbot.waitSignal(window.session.told) as told:
        view.import_from(file)
    assert told.args == ["1 new bookmark taken in"]
    assert window.session.bookmarks() == {"Clinic": [A, B], "Mine": [B]}


@pytest.mark.parametrize(
    "text",
    ["", "no json", "[]", '{"lists": {}}', '{"fingerpost_bookmarks": 1, "lists": 3}', "\x00" * 50],
)
def test_a_file_that_is_none_of_ours_changes_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, "utf-8")
    with pytest.raises(marks.NotBookmarks):
        marks.load(file)


def test_odd_entries_of_a_file_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    odd = {"": [], "One": [{"link": "a.md"}, {"link": "a.md"}, {"link": 3}, 4, {}], "Two": "x"}
    file.write_text(json.dumps({"fingerpost_bookmarks": 1, "lists": odd}), "utf-8")
    assert marks.load(file) == {"One": [page_place("a.md")], "Two": []}
