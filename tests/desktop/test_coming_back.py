"""A link that leaves the program says no more than is true; the next start finds every tab as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.places import HOME, list_place, page_place
from desktop.standing import reviewed
from desktop.window import MainWindow
from knowledge.library import open_library
from knowledge.model import Page

Opened = Callable[..., MainWindow]
PATHWAY = "pathways/perinatal-mental-health.md"
LONG = "pages/writing-guide.md"


def page_of(folder: Path, details: str) -> Page:
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    (folder / "library.yaml").write_text("name: Ours\n", "utf-8")
    text = f"---\ntitle: Sleep\nkind: page\n{details}---\n\nWords.\n"
    (folder / "pages" / "sleep.md").write_text(text, "utf-8")
    return open_library(folder).pages["pages/sleep.md"]


@pytest.mark.parametrize(
    ("details", "said"),
    [
        (
            "status: approved\napproved_by: Lead nurse\napproved_on: 2026-06-03\n",
            "reviewed 3 June 2026",
        ),
        (
            "status: sample\nreview_by: 2027-05-21\n",
            "sample, not yet approved, review by 21 May 2027",
        ),
        ("status: draft\napproved_on: 2026-06-03\n", "draft, not yet approved"),
        ("status: withdrawn\napproved_on: 2026-06-03\n", "withdrawn"),
    ],
)
def test_a_link_says_reviewed_only_of_a_page_that_was(
    tmp_path: Path, details: str, said: str
) -> None:
    assert reviewed(page_of(tmp_path, details)) == said


def test_the_copied_link_has_page_step_and_state_in_plain_words(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    step = window.session.page(PATHWAY).steps[1]
    window.session.go(page_place(PATHWAY, step.anchor))
    qtbot.waitUntil(lambda: window.tab.place.anchor == step.anchor, timeout=10_000)
    window.do_copy_link()
    words, link = QGuiApplication.clipboard().text().splitlines()
    assert words.startswith(f"Perinatal mental health: identify and refer > {step.title}, sample")
    assert link == f"fingerpost {PATHWAY}#{step.anchor}"


def test_tabs_come_back_with_their_trail_the_place_in_it_and_the_line(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    for place in (list_place("services"), page_place(LONG), page_place(PATHWAY)):
        window.session.go(place)
    window.do_back()
    reader = window.view.reader
    qtbot.waitUntil(lambda: reader.verticalScrollBar().maximum() > 800, timeout=10_000)
    reader.verticalScrollBar().setValue(800)
    window.open_tab(list_place("cases"))
    saved = window.saved()
    window.close()
    later = open_window()
    later.bring_back(saved)
    assert later.tab.place == list_place("cases")
    later.tab_bar.setCurrentIndex(0)
    assert later.tab.place == page_place(LONG)
    assert later.tab.can_go_forward
    assert later.tab.visits[0].place == HOME
    bar = later.view.reader.verticalScrollBar()
    qtbot.waitUntil(lambda: abs(bar.value() - 800) < 60, timeout=10_000)


def test_the_steps_somebody_took_are_not_written_down(open_window: Opened, qtbot: QtBot) -> None:
    window = open_window()
    window.session.go(page_place(PATHWAY))
    qtbot.waitUntil(lambda: window.tab.place.page == PATHWAY, timeout=10_000)
    assert window.saved()["tabs"][0]["kept"] == {}


def test_the_look_follows_the_system_while_the_reader_leaves_it_to_the_system(
    open_window: Opened, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    wish = ["system"]
    theme.follow_system(lambda: wish[0])
    monkeypatch.setattr(theme, "system_theme", lambda: "dark")
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert theme.theme().name == "dark"
    assert window.palette().window().color() == theme.theme().colour("canvas")
    assert window.grab().toImage().pixelColor(3, 300).lightness() < 60
    wish[0] = "dark"
    monkeypatch.setattr(theme, "system_theme", lambda: "light")
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert theme.theme().name == "dark"
    wish[0] = "system"
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert theme.theme().name == "light"
    assert window.grab().toImage().pixelColor(3, 300).lightness() > 200


def test_text_can_be_smaller_than_usual(open_window: Opened) -> None:
    window = open_window()
    for _ in range(5):
        window.do_smaller()
    assert theme.theme().scale == 0.8
    assert window.session.settings.get("scale") == 0.8
