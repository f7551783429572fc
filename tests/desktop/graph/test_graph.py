"""The graph: every word stands in its box, what is chosen is lit, keys follow the ways."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.graph.canvas import Canvas
from desktop.graph.chart import Chart, chart_of
from desktop.graph.letters import width_in
from desktop.graph.painter import GraphPainter
from desktop.graph.picture import Picture, rect_of
from desktop.graph.walk import Walk
from drawing.draw import first_picture
from knowledge.library import Library, open_library
from knowledge.model import Kind

STARTER = Path(__file__).parents[3] / "content"


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(STARTER)


def chart_named(library: Library, name: str) -> Chart:
    found = library.find(name)
    assert found is not None
    return chart_of(found[0], library.pages.get, library.emergency)


@pytest.fixture
def graph(library: Library, qtbot: QtBot, started: None) -> tuple[Canvas, Walk]:
    walk = Walk(chart_named(library, "perinatal-emergency"))
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(800, 560)
    canvas.show_picture(Picture(first_picture(walk.chart.diagram)))
    walk.changed.connect(lambda: canvas.light(walk.lit()))
    canvas.clicked.connect(walk.choose)
    canvas.light(walk.lit())
    canvas.show()
    canvas.open_at(walk.chosen)
    return canvas, walk


def test_words_are_as_wide_on_the_screen_as_the_drawing_measured_them(
    library: Library, started: None
) -> None:
    for page in library.of_kind(Kind.PATHWAY):
        drawing = first_picture(chart_named(library, page.path).diagram)
        for box in drawing.boxes:
            for words in box.words:
                shown = width_in(words.text, words.size, words.weight)
                assert shown <= words.width + 2, (page.path, words.text)


def test_a_click_on_the_box_of_a_way_takes_that_way(graph, qtbot: QtBot) -> None:
    canvas, walk = graph
    way = walk.chart.exits(walk.chosen)[0]
    spot = canvas.to_screen(canvas.picture.box_rect(way.target)).center().toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=spot)
    assert walk.chosen == way.target
    assert walk.trail == (walk.chart.first, way.target)


def test_dragging_moves_the_picture_and_chooses_nothing(graph, qtbot: QtBot) -> None:
    canvas, walk = graph
    canvas.zoom_to(1.5, now=True)
    before, chosen = QPointF(canvas.origin), walk.chosen
    middle = canvas.rect().center()
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    for part in (10, 40, 80):
        qtbot.mouseMove(canvas, middle - QPoint(0, part))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle - QPoint(0, 80))
    assert canvas.origin.y() > before.y() + 30
    assert walk.chosen == chosen


def test_the_point_under_the_pointer_stays_when_zooming(graph) -> None:
    canvas, _ = graph
    canvas.zoom_to(1.6, now=True)
    at = QPointF(400, 300)
    before = canvas.to_picture(at)
    canvas.zoom_to(2.2, at, now=True)
    assert (canvas.to_picture(at) - before).manhattanLength() < 0.5


def test_fit_shows_every_box(graph, qapp) -> None:
    canvas, _ = graph
    qapp.setProperty("motion", False)
    canvas.fit()
    for rect in canvas.picture.rects:
        assert canvas.rect().toRectF().contains(canvas.to_screen(rect))
    qapp.setProperty("motion", None)


def test_arrows_follow_the_ways_and_home_and_end_go_to_the_ends(graph, qtbot: QtBot) -> None:
    canvas, walk = graph
    chart = walk.chart
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.focus == chart.exits(chart.first)[0].target
    assert walk.chosen == chart.first  # looking ahead is not walking
    qtbot.keyClick(canvas, Qt.Key.Key_Up)
    assert canvas.focus == chart.first
    qtbot.keyClick(canvas, Qt.Key.Key_End)
    assert canvas.focus == chart.keys[-1]
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.focus == chart.first


@pytest.mark.parametrize("look", theme.THEMES)
def test_every_theme_paints_the_urgent_step_in_its_own_red(graph, qapp, look: str) -> None:
    canvas, walk = graph
    theme.theme().set(look)
    urgent = next(k for k in walk.chart.keys if walk.chart.boxes[k].look.value == "urgent")
    canvas.reveal(urgent, now=True)
    spot = canvas.to_screen(canvas.picture.box_rect(urgent))
    image = canvas.grab().toImage()
    found = image.pixelColor(round(spot.right() - 14), round(spot.center().y()))
    assert found == QColor(theme.theme().colours["u_fill"])
    theme.theme().set("light")


def test_a_step_stays_in_view_where_there_is_little_room(graph) -> None:
    canvas, walk = graph
    canvas.resize(500, 90)
    canvas.zoom_to(1.0, now=True)
    for key in walk.chart.keys:
        canvas.reveal(key, now=True)
        first = QPointF(canvas.origin)
        shown = canvas.to_screen(canvas.picture.box_rect(key))
        assert 0 <= shown.top() < 30, key
        canvas.reveal(key, now=True)
        assert canvas.origin == first, key


def test_the_words_of_the_ways_on_come_into_view_with_their_step(library: Library, graph) -> None:
    canvas, _ = graph
    chart = chart_named(library, "domestic-abuse")
    canvas.show_picture(Picture(first_picture(chart.diagram)))
    canvas.zoom_to(0.6, now=True)
    for key in chart.keys:
        ways = [canvas.picture.ways[n] for n in canvas.picture.leaving.get(key, ())]
        canvas.reveal(key, now=True)
        words = [canvas.to_screen(rect_of(way.label)) for way in ways if way.label is not None]
        assert all(canvas.rect().contains(place.toRect()) for place in words), key


class Telling(GraphPainter):
    """Remembers the words it painted, with their colours."""

    told: list[tuple[str, str]]

    def flush(self) -> None:
        self.told = [*getattr(self, "told", []), *((w[2], w[5]) for w in self.words)]
        super().flush()


@pytest.mark.parametrize("walked", [False, True])
def test_a_word_found_has_its_own_colour_and_the_rest_of_its_line_keeps_its_own(
    graph, walked: bool
) -> None:
    canvas, walk = graph
    if walked:
        walk.take(1)
    picture = canvas.picture
    lit = replace(walk.lit(), words=("Crisis", "ring"))
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    job = Telling(painter, picture, lit)
    job.paint(picture.rect)
    painter.end()
    found = {words for words, role in job.told if role == "hit_ink"}
    assert found == {"crisis", "Ring"}
    beside = {role for words, role in job.told if words in ("perinatal or ", " team")}
    assert beside == ({"urgent_ink"} if walked else {"on_urgent"})


def test_the_first_sight_of_every_pathway_holds_the_urgent_boxes_beside_the_start() -> None:
    """An urgent step that lies off the screen on arrival might never be seen."""
    from PySide6.QtCore import QRectF

    from desktop.graph.picture import best_left
    from drawing.diagram import Shape
    from drawing.draw import refined_picture
    from drawing.pathway import diagram_of

    library = open_library(STARTER)
    for page in library.of_kind(Kind.PATHWAY):
        picture = Picture(refined_picture(diagram_of(page, library.pages.get, library.emergency)))
        start = picture.box_rect(page.steps[0].anchor)
        seen = QRectF(0, start.y(), 780 / 0.8, 420 / 0.8)
        left = best_left(picture, seen, start)
        assert left <= start.left()
        assert start.right() <= left + seen.width()
        urgent = [
            rect
            for box, rect in zip(picture.boxes, picture.rects, strict=True)
            if box.shape is Shape.OCTAGON
            and rect.top() < seen.bottom()
            and rect.bottom() > seen.top()
        ]
        spread = max([r.right() for r in urgent] + [start.right()]) - min(
            [r.left() for r in urgent] + [start.left()]
        )
        if spread <= seen.width():
            assert all(left <= r.left() and r.right() <= left + seen.width() for r in urgent), (
                page.id
            )
