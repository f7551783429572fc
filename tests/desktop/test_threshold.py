"""Levels side by side: the neighbours of the chosen one, what differs, and what would make it the next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ladders import ladders, level_of, mark_differing, without_number
from desktop.places import page_place
from desktop.theme import theme
from desktop.views.threshold import ThresholdView
from desktop.window import MainWindow
from tests.support.libraries import look_until, page, write_library

Opened = Callable[..., MainWindow]
WHO = "thresholds/who-holds-what.md"


def shown(window: MainWindow, qtbot: QtBot, link: str = WHO) -> ThresholdView:
    window.session.go_to(link)
    view = window.view
    assert isinstance(view, ThresholdView)
    settled(view, qtbot)
    return view


def settled(view: ThresholdView, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: not view.reader.busy and bool(view.reader.toPlainText()))
    return view.reader.toPlainText()


def test_words_that_differ_are_marked_and_keys_of_sources_are_not() -> None:
    ours = 'Health visitor <a class="source" href="#source-P2">[P2]</a>'
    theirs = (
        'Health visitor with <a href="page:x">GP</a> <a class="source" href="#source-P3">[P3]</a>'
    )
    assert mark_differing(theirs, ours) == (
        'Health visitor <span class="differs">with</span> <a href="page:x">'
        '<span class="differs">GP</span></a> <a class="source" href="#source-P3">[P3]</a>'
    )
    assert mark_differing(ours, ours) == ours
    assert mark_differing("two words &amp; more", "") == (
        '<span class="differs">two words</span> &amp; <span class="differs">more</span>'
    )


def test_every_ladder_of_the_starter_library_can_stand_side_by_side(open_window: Opened) -> None:
    library = open_window().session.library
    assert library is not None
    pages = [p for p in library.pages.values() if p.kind == "threshold"]
    found = [ladder for p in pages for ladder in ladders(p)]
    assert len(found) >= 18
    assert all(len(ladder.levels) > 1 and all(ladder.levels) for ladder in found)


def test_levels_stand_gravest_first_and_the_chosen_between_its_neighbours(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    view = shown(window, qtbot)
    names = [entry.title for entry in view.levels.model_of.entries]
    assert names[0] == "Emergency"
    assert view.levels.model_of.entries[0].urgent
    view.choose_level(3)
    words = settled(view, qtbot)
    places = [
        words.index(part)
        for part in (
            "One level down",
            "3 · Some symptoms, managing",
            "You chose",
            "4 · Mild to moderate",
            "One level up",
        )
        if part
    ]
    assert max(places) < words.index("Typical picture")
    assert "What would make it level 5?" in words
    assert "Psychosis, suicide risk or any red flag" in words[: words.index("One level down")]
    assert "Severe illness, past or in the family" in words


def test_the_arrows_walk_the_levels(open_window: Opened, qtbot: QtBot) -> None:
    view = shown(open_window(), qtbot)
    view.choose_level(0)
    qtbot.keyClick(view.levels, Qt.Key.Key_Up)
    assert view.level == 1
    assert "2 · Blues not gone" in settled(view, qtbot)
    qtbot.keyClick(view.levels, Qt.Key.Key_Home)
    assert view.level == 7
    assert "This is the top of this ladder." in settled(view, qtbot)
    view.reader.follow("do:level-6")
    assert view.level == 6


def test_two_ladders_of_a_page_are_chosen_by_name(open_window: Opened, qtbot: QtBot) -> None:
    view = shown(open_window(), qtbot, "thresholds/phq-9-and-gad-7-bands.md")
    assert [ladder.name for ladder in view.ladders] == ["PHQ-9", "GAD-7"]
    view.choose_ladder(1)
    assert [e.title for e in view.levels.model_of.entries] == ["Severe", "Moderate", "Mild"]
    window = view.window()
    assert isinstance(window, MainWindow)
    view = shown(window, qtbot, "thresholds/phq-9-and-gad-7-bands.md#phq-9")
    assert view.ladder == 0


def test_words_that_were_searched_choose_the_level(open_window: Opened, qtbot: QtBot) -> None:
    window = open_window()
    library = window.session.library
    assert library is not None
    ladder = ladders(library.pages[WHO])[0]
    assert level_of(ladder, ("trauma", "birth")) == 4
    assert level_of(ladder, ("nothing",)) is None
    window.session.go(page_place(WHO, "ladder", ("trauma", "birth")))
    view = window.view
    assert isinstance(view, ThresholdView)
    assert view.level == 4


def test_nobody_is_told_that_they_chose_the_mildest_level(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    view = shown(window, qtbot, "thresholds/mental-health-emergency.md")
    words = settled(view, qtbot)
    assert view.ladders[0].levels[view.level] == "Risk to life"
    assert "You chose" not in words
    assert words.index("The gravest level") < words.index("4 · Risk to life")
    view.choose_level(view.level)
    assert "You chose" in settled(view, qtbot)
    window.session.go_to("thresholds/epds.md")
    settled(view, qtbot)
    window.do_back()
    assert "You chose" in settled(view, qtbot)


def test_of_levels_with_the_words_as_often_the_gravest_is_shown(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    library = window.session.library
    assert library is not None
    ladder = ladders(library.pages["thresholds/bruise-in-a-baby-not-mobile.md"])[0]
    level = level_of(ladder, ("bruise",))
    assert level is not None
    assert ladder.levels[level] == "Possible bruise or injury"
    window.session.go(
        page_place("thresholds/bruise-in-a-baby-not-mobile.md", "what-to-do", ("bruise",))
    )
    view = window.view
    assert isinstance(view, ThresholdView)
    assert "Has your words" in settled(view, qtbot)


def test_back_finds_the_level_that_was_chosen(open_window: Opened, qtbot: QtBot) -> None:
    window = open_window()
    view = shown(window, qtbot)
    view.choose_level(5)
    settled(view, qtbot)
    window.session.go_to("thresholds/epds.md")
    settled(view, qtbot)
    window.do_back()
    assert view.level == 5
    assert "6 · Moderate to severe" in settled(view, qtbot)


def test_where_it_is_narrow_the_levels_are_links_and_stand_one_below_the_other(
    open_window: Opened, qtbot: QtBot
) -> None:
    view = shown(open_window(scale=2.0), qtbot)
    qtbot.waitUntil(lambda: view.stacked)
    words = settled(view, qtbot)
    assert not view.panel.isVisible()
    assert "Choose a level" in words
    view.reader.follow("do:level-3")
    words = settled(view, qtbot)
    assert words.index("You chose") < words.index("One level up") < words.index("One level down")
    assert view.reader.horizontalScrollBar().maximum() == 0


def test_the_whole_page_can_be_read_instead(open_window: Opened, qtbot: QtBot) -> None:
    view = shown(open_window(), qtbot)
    view.switch.buttons["whole"].click()
    words = settled(view, qtbot)
    assert "You chose" not in words
    assert not view.panel.isVisible()
    theme().set(scale=1.15)
    assert view.switch.choice() == "whole"


def test_a_page_without_a_ladder_is_read_as_text(
    open_window: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    root = write_library(
        tmp_path / "library",
        {
            "thresholds/a.md": page("A", "## One\n\nText."),
            "thresholds/b.md": page(
                "B", "## L\n\n| Level | Do |\n|---|---|\n| Low | x |\n| High | y |"
            ),
        },
    )
    window = open_window(root)
    view = shown(window, qtbot, "thresholds/a.md")
    assert not view.switch.isVisible()
    view = shown(window, qtbot, "thresholds/b.md")
    view.choose_level(1)
    settled(view, qtbot)
    write_library(root, {"thresholds/b.md": page("B", "## L\n\nNo table any more.")})
    look_until(window, qtbot, lambda: "No table any more" in view.reader.toPlainText())
    assert not view.panel.isVisible()


def test_a_link_to_a_ladder_opens_at_its_levels_side_by_side(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    view = shown(window, qtbot, "thresholds/mental-health-emergency.md#ladder")
    assert view.way == "side"
    assert view.reader.verticalScrollBar().value() == 0


@pytest.mark.parametrize(
    ("name", "number", "shown"),
    [
        ("4 Specialist", 4, "Specialist"),
        ("Level 2: Additional", 2, "Additional"),
        ("4 to 6 weeks", 3, "4 to 6 weeks"),
        ("3", 3, "3"),
        ("Mild", 1, "Mild"),
    ],
)
def test_the_number_of_a_level_is_not_said_twice(name: str, number: int, shown: str) -> None:
    assert without_number(name, number) == shown
