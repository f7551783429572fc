"""Tables that would break their words stand as rows instead."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from desktop.reflow import most_columns, stack_tables
from desktop.theme import theme
from desktop.views.article import ArticleView
from desktop.window import MainWindow
from knowledge.render import Renderer
from knowledge.source import read_page

Opened = Callable[..., MainWindow]
PAGE = read_page(
    "pages/a.md",
    b"# A\n\n| Level | Place | Year |\n|---|:-:|---|\n| Low | **Kent** | 2022 |\n| High | | 2017 |\n",
)


def test_a_table_with_room_stays_a_table() -> None:
    html = Renderer().page(PAGE)
    assert stack_tables(html, 3) == html
    assert most_columns(720) >= 7
    assert most_columns(1) == 2


def test_without_room_each_row_says_what_its_words_are() -> None:
    html = stack_tables(Renderer().page(PAGE), 2)
    assert "<table" not in html
    assert (
        '<p><strong>Low</strong><br><span class="small">Place:</span> <strong>Kent</strong><br>'
        '<span class="small">Year:</span> 2022</p>' in html
    )
    assert '<p><strong>High</strong><br><span class="small">Year:</span> 2017</p>' in html


def test_boxes_of_call_outs_stay_boxes() -> None:
    page = read_page("pages/b.md", b"> [!NOTE]\n> Text.\n")
    html = Renderer().page(page)
    assert stack_tables(html, 2) == html


def test_a_larger_text_turns_wide_tables_into_rows_and_back(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    window.session.go_to("glossary.md")
    view = window.view
    assert isinstance(view, ArticleView)
    qtbot.waitUntil(lambda: bool(view.reader.toPlainText()), timeout=10_000)
    assert "Meaning:" not in view.reader.toPlainText()
    theme().set(scale=4.0)
    qtbot.waitUntil(lambda: "Meaning:" in view.reader.toPlainText(), timeout=20_000)
    theme().set(scale=1.0)
    qtbot.waitUntil(
        lambda: not view.reader.busy and "Meaning:" not in view.reader.toPlainText(),
        timeout=20_000,
    )
