"""A step or page gets another name in the window: what follows is shown, done together, and remembered places go along."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.editor.desk import desk_of
from desktop.editor.renaming import Rename
from desktop.places import page_place
from desktop.window import MainWindow

TINY = Path(__file__).parents[2] / "data" / "tiny"
PAGE = "pathways/feeding.md"

Opened = Callable[..., MainWindow]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    root = Path(shutil.copytree(TINY, tmp_path / "library"))
    for name in ("one", "two", "three"):
        text = f"---\ntitle: Page {name}\n---\nSee [it](../pathways/feeding.md#gaining).\n"
        (root / "pages").mkdir(exist_ok=True)
        (root / "pages" / f"{name}.md").write_text(text)
    return root


def _rename(qtbot: QtBot, window: MainWindow, anchor: str = "") -> Rename:
    window.show_place(page_place(PAGE, anchor))
    window.do_id("rename")
    dialog = window.findChild(Rename)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.asked > 0, timeout=10_000)
    return dialog


def _text(window: MainWindow) -> str:
    page = window.session.page(PAGE)
    return page.text if page is not None else ""


def _planned(qtbot: QtBot, dialog: Rename) -> None:
    qtbot.waitUntil(lambda: dialog.do.isEnabled(), timeout=10_000)


def test_a_page_that_moves_is_shown_first_and_bookmarks_go_along(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    window = open_window(library)
    window.session.toggle_bookmark(page_place(PAGE))
    window.show_place(page_place(PAGE))
    window.open_tab(page_place(PAGE))
    dialog = _rename(qtbot, window)
    dialog.title.selectAll()
    QTest.keyClicks(dialog.title, "Feeding in the first weeks")
    dialog.file.setText("feeding-first-weeks.md")  # the ending too, which the program adds itself
    _planned(qtbot, dialog)
    assert "will be called 'Feeding in the first weeks'. " in dialog.count.text()
    assert "lines will change, in this page and in" in dialog.count.text()
    shown = dialog.shown.toPlainText()
    assert "Page one" in shown
    assert "feeding-first-weeks.md#" in shown
    assert (library / PAGE).exists()
    dialog.why.setText("Parents ask for it so")
    dialog.do.click()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)
    goal = "pathways/feeding-first-weeks.md"
    assert not (library / PAGE).exists()
    assert window.tab.place.page == goal
    assert "feeding-first-weeks.md#" in (library / "pages/two.md").read_text()
    assert window.session.is_bookmarked(page_place(goal))
    # Back leads to no page that is not there any more, and another tab shows the page as it is called now.
    assert {v.place.page for tab in window.all_tabs() for v in tab.visits} == {"", goal}
    assert window.all_tabs()[0].view.page is window.session.page(goal)
    newest = desk_of(window.session).store.versions("pages/two.md")[0]
    assert newest.change.why == "Parents ask for it so"


def test_a_step_takes_its_bookmark_along_and_a_page_changed_meanwhile_is_looked_at_again(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    window = open_window(library)
    window.session.toggle_bookmark(page_place(PAGE, "watch"))
    dialog = _rename(qtbot, window, "watch")
    assert dialog.what.currentData() == "watch"
    dialog.title.setText("See a feed")
    dialog.anchor.setText("see-feed")
    _planned(qtbot, dialog)
    dialog.why.setText("Shorter")
    page = library / PAGE
    page.write_bytes(page.read_bytes().replace(b"Plot the", b"Do plot the"))
    dialog.do.click()
    qtbot.waitUntil(lambda: "changed by somebody else" in dialog.told.text(), timeout=10_000)
    window.session.look_again()
    qtbot.waitUntil(lambda: "Do plot" in _text(window), timeout=10_000)
    dialog.title.setText("See one feed")
    _planned(qtbot, dialog)
    dialog.do.click()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=10_000)
    text = page.read_text()
    assert "## See one feed {#see-feed .action" in text
    assert "Do plot the" in text
    assert "[See one feed](#see-feed)" in text
    assert window.session.is_bookmarked(page_place(PAGE, "see-feed"))
    assert window.tab.place.anchor == "see-feed"


def test_a_name_that_cannot_be_is_told_and_nothing_can_be_pressed(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    window = open_window(library)
    dialog = _rename(qtbot, window)
    dialog.file.setText("con")
    qtbot.waitUntil(lambda: "Windows keeps the name" in dialog.told.text(), timeout=10_000)
    assert not dialog.do.isEnabled()


def test_words_that_are_not_saved_are_not_run_over(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    window = open_window(library)
    window.show_place(page_place("pages/one.md"))
    window.do_id("edit")
    editing = desk_of(window.session).pages["pages/one.md"]
    editing.put(editing.text() + "More.\n")
    dialog = _rename(qtbot, window)
    dialog.file.setText("other")
    qtbot.waitUntil(lambda: "are not saved yet" in dialog.told.text(), timeout=10_000)
    assert not dialog.do.isEnabled()
