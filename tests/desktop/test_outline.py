"""The outline: rows that say what the graph says, chosen and walked by mouse and keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.graph.chart import chart_of
from desktop.graph.outline import Outline
from desktop.graph.walk import Walk
from knowledge.library import Library, open_library
from knowledge.model import Kind

STARTER = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(STARTER)


@pytest.fixture
def outline(library: Library, qtbot: QtBot, started: None) -> tuple[Outline, Walk]:
    page = library.pages["pathways/perinatal-emergency.md"]
    walk = Walk(chart_of(page, library.pages.get, library.emergency))
    made = Outline()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show_chart(walk.chart)
    made.clicked_step.connect(walk.choose)
    made.way_taken.connect(lambda key, number: (walk.choose(key), walk.take(number)))
    walk.changed.connect(lambda: made.light(walk.lit()))
    made.show()
    return made, walk


def rows(outline: Outline) -> list[str]:
    return [outline.rows.item(n).text() for n in range(outline.rows.rowCount())]


def test_every_pathway_has_a_row_for_each_step_and_each_way(library: Library, qtbot, qapp) -> None:
    made = Outline()
    qtbot.addWidget(made)
    for page in library.of_kind(Kind.PATHWAY):
        made.show_chart(chart_of(page, library.pages.get, library.emergency))
        ways = sum(len(step.ways) for step in page.steps)
        assert made.rows.rowCount() == len(page.steps) + ways


def test_rows_name_number_kind_title_lane_time_limit_and_ways(outline) -> None:
    made, _ = outline
    said = rows(made)
    assert said[2].startswith("step 2 of 13, question, Is life in immediate danger now?, Whoever")
    first = made.chart.page.steps[1].ways[0].condition
    assert said[3] == f"way 1: {first} leads to 3. Call 999 and stay if safe"


def test_enter_on_a_way_takes_it(outline, qtbot: QtBot) -> None:
    made, walk = outline
    made.setCurrentIndex(made.rows.index(1, 0))
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert walk.trail == (walk.chart.keys[0], walk.chart.keys[1])
    assert made.currentIndex().row() == 2


def test_a_click_on_a_row_of_the_route_goes_back_to_it(outline, qtbot: QtBot) -> None:
    made, walk = outline
    walk.take(1)
    walk.take(2)
    box = made.visualRect(made.rows.index(0, 0))
    qtbot.mouseClick(made.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert walk.chosen == walk.chart.first
    assert not walk.walked
