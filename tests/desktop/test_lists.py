"""Lists of pages: walked by keyboard, narrowed with counts, come back to where they were left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from desktop.places import list_place, page_place
from desktop.theme import theme
from desktop.views.lists import ListView
from desktop.window import MainWindow
from tests.support.libraries import look_until, page, write_library

Opened = Callable[..., MainWindow]


def listed(window: MainWindow, name: str) -> ListView:
    window.session.go(list_place(name))
    view = window.view
    assert isinstance(view, ListView)
    return view


def titles(view: ListView) -> list[str]:
    return [entry.title for entry in view.list.model_of.entries]


def test_every_pathway_stands_in_its_list_with_summary_and_status(open_window: Opened) -> None:
    view = listed(open_window(), "pathways")
    assert len(titles(view)) == 14
    assert titles(view) == sorted(titles(view), key=str.casefold)
    first = view.list.model_of.entries[0]
    assert first.below
    assert first.side == "Sample"
    assert view.head.facts.accessibleName() == "14 pathways"


def test_arrows_and_enter_open_a_page_and_ctrl_enter_another_tab(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    view = listed(window, "sessions")
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    link = view.list.chosen_link()
    assert link == view.list.model_of.entries[1].place.link  # type: ignore[union-attr]
    qtbot.keyClick(view.list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.tab_bar.count() == 2
    assert window.tab.place.link == link
    window.tab_bar.setCurrentIndex(0)
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert window.tab.place.link == link


def test_typing_goes_to_the_title_that_begins_so(open_window: Opened, qtbot: QtBot) -> None:
    view = listed(open_window(), "pathways")
    qtbot.keyClicks(view.list, "fath")
    assert view.list.chosen_link() == "pathways/fathers-and-partners.md"


def test_values_of_one_group_widen_and_groups_narrow(open_window: Opened) -> None:
    view = listed(open_window(), "pathways")
    safeguarding = view.filters.rows["Topic", "Safeguarding"]
    count = safeguarding.count
    safeguarding.click()
    assert len(titles(view)) == count
    assert view.head.facts.accessibleName() == f"{count} of 14 pathways"
    specialist = view.filters.rows["Level", "Specialist"].count
    view.filters.rows["Level", "Specialist"].click()
    assert len(titles(view)) == specialist <= count
    view.filters.clear()
    assert len(titles(view)) == 14


def test_going_back_finds_the_list_as_it_was_left(open_window: Opened, qtbot: QtBot) -> None:
    window = open_window()
    view = listed(window, "pathways")
    view.filters.rows["Topic", "Safeguarding"].click()
    view.list.choose(view.list.model_of.entries[-1].place.link)  # type: ignore[union-attr]
    before = view.keep()
    window.session.go_to("pages/welcome.md")
    listed(window, "thresholds")
    window.do_back()
    window.do_back()
    assert window.tab.place == list_place("pathways")
    after = window.view.keep()  # type: ignore[union-attr]
    assert (after["filters"], after["chosen"]) == (before["filters"], before["chosen"])


def test_a_topic_lists_its_pages_kind_by_kind(open_window: Opened) -> None:
    view = listed(open_window(), "topic/Fathers and partners")
    assert view.head.title.text() == "Fathers and partners"
    headings = [e.title for e in view.list.model_of.entries if e.place is None]
    assert headings[0] == "Pathways"
    assert "Services" in headings
    assert view.list.currentIndex().row() == 1


def test_emergency_pages_stand_in_the_order_of_the_library(open_window: Opened) -> None:
    window = open_window()
    view = listed(window, "emergency")
    library = window.session.library
    assert library is not None
    places = [e.place.page for e in view.list.model_of.entries if e.place is not None]
    assert places == list(library.settings.emergency_pages)
    assert all(e.spoken.startswith("Urgent") for e in view.list.model_of.entries)


def test_what_changed_is_listed_until_it_is_seen(
    open_window: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    root = write_library(
        tmp_path / "library",
        {"pages/a.md": page("First", "One."), "pages/b.md": page("Second", "Two.")},
    )
    window = open_window(root)
    window.session.go_to("pages/a.md")
    view = listed(window, "changed")
    assert titles(view) == []
    assert view.nothing.isVisibleTo(view)
    write_library(
        root, {"pages/a.md": page("First", "Another."), "pages/b.md": page("Second", "3")}
    )
    look_until(window, qtbot, lambda: titles(view) == ["First", "Second"])
    window.session.visited(page_place("pages/b.md"))
    view.refresh()
    assert titles(view) == ["First"]
    view.seen_button.click()
    assert titles(view) == []
    write_library(root, {"pages/c.md": page("Third", "New.")})
    look_until(window, qtbot, lambda: titles(view) == ["Third"])
    assert [entry.side for entry in view.list.model_of.entries] == ["New"]


def test_what_changed_while_the_program_was_closed_is_told_at_the_next_start(
    open_window: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    root = write_library(tmp_path / "library", {"pages/a.md": page("First", "One.")})
    first = open_window(root)
    known = tmp_path / "profile"
    qtbot.waitUntil(lambda: any(known.rglob("looked/*.json")), timeout=10_000)
    first.close()
    write_library(root, {"pages/a.md": page("First", "Another.")})
    view = listed(open_window(root), "changed")
    qtbot.waitUntil(lambda: titles(view) == ["First"], timeout=10_000)


def test_an_empty_library_says_so(open_window: Opened, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    view = listed(open_window(tmp_path / "empty"), "sessions")
    assert "no sessions yet" in view.nothing.text()
    assert view.nothing.isVisibleTo(view)


@pytest.mark.parametrize("scale", [1.0, 2.0, 4.0])
def test_no_word_of_a_row_is_cut_at_any_text_size(
    open_window: Opened, qtbot: QtBot, tmp_path: Path, scale: float
) -> None:
    long = "A title of many words that goes on and on " * 12
    root = write_library(
        tmp_path / "library",
        {"pathways/a.md": page(long.strip(), "## One\n\nText.", summary="مرحبا 🙂")},
    )
    window = open_window(root, scale=scale)
    view = listed(window, "pathways")
    view.list.doItemsLayout()
    box = view.list.visualRect(view.list.model_of.index(0))
    look = theme()
    line = QFontMetrics(look.font("body", 600)).height()
    words = QFontMetrics(look.font("body", 600)).horizontalAdvance(long)
    assert box.height() >= line * (words // box.width())
    assert box.width() <= view.list.viewport().width()


def test_where_it_is_narrow_filters_fold_behind_a_button_with_a_count(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window(scale=2.0)
    view = listed(window, "pathways")
    assert not view.filters.isVisible()
    assert view.fold_button.isVisible()
    view.fold_button.click()
    assert view.filters.isVisible()
    view.filters.rows["Topic", "Safeguarding"].click()
    view.filters.done.click()
    assert not view.filters.isVisible()
    assert view.fold_button.text() == "Filters, 1 chosen"


def test_ten_thousand_pages_are_listed_without_measuring_them_all(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    view = listed(window, "pathways")
    entry = view.list.model_of.entries[0]
    from dataclasses import replace

    many = [replace(entry, title=f"{entry.title} {n}") for n in range(10_000)]
    view.list.put(many)
    view.list.grab()
    assert len(view.list.painter_of._heights) < 2_000
