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
from desktop.widgets.asides import AskName, Choice, Sure
from desktop.widgets.basics import Button
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


def test_with_several_lists_a_bookmark_asks_for_its_own_and_can_change_it_later(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    window.session.set_bookmarks({"Mine": [], "My team": []})
    window.session.go(A)
    window.do_bookmark()
    ask = window.findChild(Choice)
    assert ask is not None
    ask.list.setCurrentRow(1)
    qtbot.keyClick(ask.list, Qt.Key.Key_Return)
    assert window.session.bookmarks() == {"Mine": [], "My team": [A]}
    window.do_bookmark()
    assert window.session.bookmarks() == {"Mine": [], "My team": []}, (
        "taken away without a question"
    )
    window.session.set_bookmarks({"Mine": [], "My team": [A]})
    view = bookmarks(window)
    view.choose("My team")
    view.list.choose(A.link)
    view.ask_other()
    view.findChildren(Choice)[-1].list.itemActivated.emit(
        view.findChildren(Choice)[-1].list.item(0)
    )
    assert window.session.bookmarks() == {"Mine": [A], "My team": []}
    view.choose("Mine")
    view.list.choose(A.link)
    view.ask_other()
    asked = view.findChildren(Choice)[-1]
    assert asked.list.item(1).text() == "A new list"
    asked.list.itemActivated.emit(asked.list.item(1))
    name = view.findChildren(AskName)[-1]
    name.field.setText("For Friday")
    name.keep_button.click()
    assert window.session.bookmarks() == {"Mine": [], "My team": [], "For Friday": [A]}


def test_a_bookmark_goes_into_the_only_list_whatever_its_name(
    open_window: Opened, small: Path
) -> None:
    window = open_window(small)
    window.session.set_bookmarks({"My team": []})
    window.session.go(A)
    window.do_bookmark()
    assert window.session.bookmarks() == {"My team": [A]}


def test_enter_presses_the_button_that_has_the_keyboard_and_no_other(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    window.session.set_bookmarks({"Mine": []})
    view = bookmarks(window)
    view.make.setFocus()
    qtbot.keyClick(view.make, Qt.Key.Key_Return)
    ask = view.findChildren(AskName)[-1]
    ask.field.setText("Other")
    cancel = next(b for b in ask.findChildren(Button) if b.text() == "Cancel")
    cancel.setFocus()
    qtbot.keyClick(cancel, Qt.Key.Key_Return)
    assert not ask.isVisible()
    assert list(window.session.bookmarks()) == ["Mine"], "Cancel is not Keep"
    window.session.set_bookmarks({"Mine": [], "My team": []})
    chip = view.names.itemAt(1).widget()
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert view.chosen == "My team"


def test_tab_goes_through_bookmarks_as_they_are_read(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    window.session.set_bookmarks({"Mine": [A], "My team": [B]})
    view = bookmarks(window)
    view.head.up.setFocus()
    said = []
    for _ in range(10):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        said.append(window.focusWidget().accessibleName().partition(",")[0])
        if window.focusWidget() is view.list:
            break
    assert said[:3] == ["Mine", "My team", "Take away"]
    assert window.focusWidget() is view.list


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
