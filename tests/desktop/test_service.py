"""Whom to ring now: by the clock, never an invented number; and every way that leads to a service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.places import list_place, page_place
from desktop.ringing import state_at
from desktop.views.service import ServiceView
from desktop.views.services import ServicesView
from desktop.widgets.asides import Choice
from desktop.widgets.painted import Chip
from desktop.window import MainWindow
from knowledge.library import open_library
from tests.support.libraries import page, write_library

Opened = Callable[..., MainWindow]

SUNDAY_0300 = datetime(2026, 11, 22, 3, 0)
MONDAY_1000 = datetime(2026, 11, 23, 10, 0)
MONDAY_1659 = datetime(2026, 11, 23, 16, 59)
TEAM = page(
    "Perinatal team",
    "## What it does {#what}\n\nAssesses.",
    phone='""',
    hours='{mon-thu: "09:00-17:00", fri: "09:00-16:30"}',
    out_of_hours='"[Crisis team](crisis.md) at any hour. Risk to life: 999"',
    accepts="Moderate to severe illness",
    how_to_refer="Ring and speak to a person.",
    area="County",
)
CRISIS = page("Crisis team", "Text.", hours="always", phone='"01632 960001"', area="County")
PATH = page(
    "Low mood",
    "## Start {#start}\n\n- Mild → [Visit](#visit)\n- Severe → [Refer](#refer)\n\n"
    "## Visit {#visit}\n\n- Worse → [Refer](#refer)\n- Better → [End](#end)\n\n"
    "## Refer {#refer}\n\nRing the [team](../services/team.md).\n\n- Done → [End](#end)\n\n"
    "## End {#end .end}\n\nStay.",
)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_library(
        tmp_path / "library",
        {
            "services/team.md": TEAM,
            "services/crisis.md": CRISIS,
            "services/none.md": page(
                "No hours", "Text.", out_of_hours='"[Crisis team](crisis.md)"'
            ),
            "pathways/mood.md": PATH,
        },
    )


def shown(window: MainWindow, qtbot: QtBot, link: str, moment: datetime) -> ServiceView:
    window.session.go_to(link)
    view = window.view
    assert isinstance(view, ServiceView)
    view.now = lambda: moment
    view.tick()
    settled(view, qtbot)
    return view


def settled(view: ServiceView, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: not view.reader.busy and bool(view.reader.toPlainText()))
    return view.reader.toPlainText()


def test_the_state_of_a_service_in_words(small: Path) -> None:
    pages = open_library(small).pages
    team, crisis = pages["services/team.md"].contact, pages["services/crisis.md"].contact
    closed = state_at(team, SUNDAY_0300)
    assert (closed.open, closed.first) == (False, "Closed now")
    assert closed.rest == "Opens Monday at 09:00, in 1 day and 6 hours"
    assert closed.short == "Closed, opens Mon 09:00"
    opened = state_at(team, MONDAY_1000)
    assert (opened.open, opened.first, opened.rest) == (True, "Open now", "Closes at 17:00")
    assert state_at(crisis, SUNDAY_0300).first == "Open now, day and night"
    assert state_at(pages["services/none.md"].contact, SUNDAY_0300).first == "Hours not given"
    assert state_at(None, SUNDAY_0300).open is None


def test_at_three_on_a_sunday_the_card_says_whom_to_ring_instead(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    view = shown(open_window(small), qtbot, "services/team.md", SUNDAY_0300)
    words = settled(view, qtbot)
    head = words[: words.index("Takes")]
    order = [
        head.index(part)
        for part in (
            "Closed now",
            "Opens Monday at 09:00",
            "Ring now instead",
            "Crisis team at any hour",
            "When open, ring",
            "Add your local number",
            "No number is ever made up",
        )
    ]
    assert order == sorted(order)
    assert [tag[0] for tag in view.head.property("shown")][-1] == "Closed, opens Mon 09:00"


def test_an_open_service_shows_its_own_number_first(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    view = shown(open_window(small), qtbot, "services/crisis.md", SUNDAY_0300)
    words = settled(view, qtbot)
    assert words.index("Open now") < words.index("Ring now") < words.index("01632 960001")
    assert "Add your local number" not in words


def test_the_page_follows_the_clock_without_being_asked(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    view = shown(open_window(small), qtbot, "services/team.md", MONDAY_1659)
    assert "Closes at 17:00" in settled(view, qtbot)
    view.now = lambda: datetime(2026, 11, 23, 17, 0)
    view.tick()
    qtbot.waitUntil(lambda: "Closed now" in view.reader.toPlainText())


def test_every_step_and_every_route_that_leads_here(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    view = shown(window, qtbot, "services/team.md", MONDAY_1000)
    window.resize(1280, 430)
    assert "Low mood, step 3: Refer" in settled(view, qtbot)
    view.reader.follow("do:routes-show")
    qtbot.waitUntil(lambda: "Every route" in view.reader.toPlainText())
    words = settled(view, qtbot)
    assert "2 routes." in words
    top = view.reader.cursorForPosition(QPoint(2, 12)).block().text()
    assert top == "Every route"  # where it can be seen
    assert words.index("Route 1, 2 steps") < words.index("Route 2, 3 steps")
    view.reader.follow("do:start-choose")
    choice = view.findChild(Choice)
    assert choice is not None
    choice.list.itemActivated.emit(choice.list.item(1))
    qtbot.waitUntil(lambda: "1 route." in view.reader.toPlainText())
    view.reader.follow("do:routes-hide")
    qtbot.waitUntil(lambda: "Every route" not in view.reader.toPlainText())


def test_details_are_copied_as_plain_words(open_window: Opened, qtbot: QtBot, small: Path) -> None:
    view = shown(open_window(small), qtbot, "services/team.md", SUNDAY_0300)
    view.copy_button.click()
    words = QGuiApplication.clipboard().text()
    assert words.startswith("Perinatal team\nClosed now. Opens Monday")
    assert "Ring: local number not added yet" in words
    assert "Out of hours: Crisis team at any hour. Risk to life: 999" in words
    assert "[" not in words


def test_the_directory_says_who_answers_and_narrows_to_them(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    window.session.go_to("list:services")
    view = window.view
    assert isinstance(view, ServicesView)
    view.now = lambda: SUNDAY_0300
    view.tick()
    assert {e.title: e.side for e in view.list.model_of.entries} == {
        "Crisis team": "Open now",
        "No hours": "Hours not given",
        "Perinatal team": "Closed, opens Mon 09:00",
    }
    view.filters.rows["Now", "Open now"].click()
    assert [e.title for e in view.list.model_of.entries] == ["Crisis team"]
    view.now = lambda: MONDAY_1000
    view.tick()
    assert [e.title for e in view.list.model_of.entries] == ["Crisis team", "Perinatal team"]


def test_the_card_is_read_without_a_sideways_scroll_at_any_size(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    view = shown(open_window(small, scale=4.0), qtbot, "services/team.md", SUNDAY_0300)
    assert "Ring now instead" in settled(view, qtbot)
    assert view.reader.horizontalScrollBar().maximum() == 0
    assert view.reader.document().size().width() <= view.reader.viewport().width() + 1


def test_beside_the_list_stands_the_chosen_service_and_a_click_only_chooses(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    window.session.go_to("list:services")
    view = window.view
    assert isinstance(view, ServicesView)
    view.now = lambda: SUNDAY_0300
    view.list.choose("services/team.md")
    qtbot.waitUntil(lambda: view.detail is not None and view.detail.isVisible(), timeout=10_000)
    detail = view.detail
    assert detail is not None
    qtbot.waitUntil(lambda: "Ring now instead" in settled(detail, qtbot), timeout=10_000)
    assert "Low mood, step 3: Refer" in detail.reader.toPlainText()
    crisis = view.list.model_of.index(0)
    spot = view.list.visualRect(crisis).center()
    qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.waitUntil(lambda: detail.head.title.text() == "Crisis team", timeout=10_000)
    assert window.tab.place == list_place("services")
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert window.tab.place == page_place("services/crisis.md")


def test_who_answers_now_stands_above_the_list_as_chips(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    window.session.go_to("list:services")
    view = window.view
    assert isinstance(view, ServicesView)
    view.now = lambda: SUNDAY_0300
    view.tick()
    chips = {chip.words: chip for chip in view.chips_box.findChildren(Chip) if chip.isVisible()}
    assert {words: chip.count for words, chip in chips.items()} == {
        "Open now": 1,
        "Closed now": 1,
        "Hours not given": 1,
    }
    chips["Open now"].click()
    assert [e.title for e in view.list.model_of.entries] == ["Crisis team"]


def test_in_a_narrow_window_the_directory_is_a_list_alone(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small, scale=2.0)
    window.session.go_to("list:services")
    view = window.view
    assert isinstance(view, ServicesView)
    qtbot.wait(150)
    assert view.detail is None or not view.detail.isVisible()
    assert view.list.one_click
