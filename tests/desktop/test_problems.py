"""What is wrong in the library, in plain words, page by page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.places import list_place
from desktop.views.problems import ProblemsView
from desktop.window import MainWindow
from knowledge.problems import Severity
from tests.support.libraries import look_until, page, write_library

Opened = Callable[..., MainWindow]


def problems(window: MainWindow, qtbot: QtBot) -> ProblemsView:
    window.session.go(list_place("problems"))
    view = window.view
    assert isinstance(view, ProblemsView)
    qtbot.waitUntil(lambda: window.session.checked is not None, timeout=10_000)
    return view


def test_the_gravest_page_comes_first_and_enter_opens_it(
    open_window: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    root = write_library(
        tmp_path / "library",
        {
            "pages/a.md": page("Fine", "Text."),
            "pages/b.md": page("Broken", "## Part {#part}\n\nSee [this](nowhere.md)."),
        },
    )
    window = open_window(root)
    view = problems(window, qtbot)
    entries = view.list.model_of.entries
    assert entries[0].title == "Broken (pages/b.md)"
    dead = next(e for e in entries if "nowhere.md" in e.title)
    assert dead.side == "To put right"
    assert dead.below.startswith("Line ")
    view.list.choose(dead.place.link)  # type: ignore[union-attr]
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert window.tab.place.page == "pages/b.md"
    window.session.go(list_place("problems"))
    write_library(root, {"pages/b.md": page("Broken", "## Part {#part}\n\nSee nothing.")})
    look_until(
        window,
        qtbot,
        lambda: not any("nowhere.md" in e.title for e in view.list.model_of.entries),
    )


def test_chips_narrow_to_one_severity(open_window: Opened, qtbot: QtBot) -> None:
    window = open_window()
    view = problems(window, qtbot)
    checked = window.session.checked
    assert checked is not None
    assert view.by[Severity.NOTICE].count == checked.count(Severity.NOTICE)
    view.by[Severity.ERROR].click()
    assert not any(e.side == "To know" for e in view.list.model_of.entries)
