"""Case studies as cards: the figure first, found by place, and their way to the pathways."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.theme import theme
from desktop.views.cases import CardList, CasesView, split_figure
from desktop.window import MainWindow

Opened = Callable[..., MainWindow]


@pytest.mark.parametrize(
    ("summary", "figure", "words"),
    [
        ("97% of people asked were satisfied.", "97%", "of people asked were satisfied."),
        ("Over 160 families took part.", "Over 160", "families took part."),
        ("Nearly 1,700 views of a film.", "Nearly 1,700", "views of a film."),
        ("Figures not reported. Feedback is good.", "Figures not reported", "Feedback is good."),
        ("Results not reported: a plan only.", "Results not reported", "A plan only."),
        ("Eight contacts in place of six.", "", "Eight contacts in place of six."),
        ("", "", ""),
    ],
)
def test_the_figure_a_summary_begins_with(summary: str, figure: str, words: str) -> None:
    assert split_figure(summary) == (figure, words)


def cards(window: MainWindow) -> CasesView:
    window.session.go_to("list:cases")
    view = window.view
    assert isinstance(view, CasesView)
    return view


def test_cards_with_a_figure_come_first_and_those_that_report_none_last(
    open_window: Opened,
) -> None:
    entries = cards(open_window()).list.model_of.entries
    assert len(entries) == 15
    ranks = [0 if any(c.isdigit() for c in e.figure) else 1 if not e.figure else 2 for e in entries]
    assert ranks == sorted(ranks)
    assert entries[0].figure
    assert any("3 pathways" in e.side for e in entries)


def test_a_case_study_is_found_by_its_place(open_window: Opened, qtbot: QtBot) -> None:
    window = open_window()
    view = cards(window)
    view.filters.rows["Place", "Somerset"].click()
    assert [e.title for e in view.list.model_of.entries] == ["Horizon group for low mood"]
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    assert window.tab.place.link == "casestudies/horizon-group-somerset.md"


def test_the_arrows_go_across_and_down(open_window: Opened, qtbot: QtBot) -> None:
    view = cards(open_window())
    view.list.doItemsLayout()
    qtbot.keyClick(view.list, Qt.Key.Key_Right)
    assert view.list.currentIndex().row() == 1
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert view.list.currentIndex().row() > 2


@pytest.mark.parametrize("scale", [1.0, 2.0, 4.0])
def test_cards_hold_all_their_words_at_any_text_size(open_window: Opened, scale: float) -> None:
    view = cards(open_window(scale=scale))
    assert isinstance(view.list, CardList)
    size = view.list.gridSize()
    for entry in view.list.model_of.entries:
        assert view.list.painter_of.measure(entry, size.width()) <= size.height()
    assert size.width() <= view.list.viewport().width()
    assert theme().scale == scale


def test_fewer_cards_stand_in_as_many_columns_as_before(open_window: Opened, qtbot: QtBot) -> None:
    view = cards(open_window())
    rows = view.list
    assert isinstance(rows, CardList)
    entries = list(rows.model_of.entries)

    def across() -> int:
        return sum(rows.visualRect(rows.model_of.index(n)).y() < 60 for n in range(3))

    qtbot.waitUntil(lambda: across() == 3)
    for many in (6, 3, 15):
        rows.put(entries[:many])
        qtbot.waitUntil(lambda: across() == 3, timeout=2_000)
