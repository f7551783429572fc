"""What floats over the graph: tools that never cover what matters, signs where ways leave the sight, columns."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.graph import drawer, marks
from desktop.graph.heads import places
from desktop.graph.job import Job
from desktop.graph.pane import GraphPane
from desktop.graph.signs import leaving
from desktop.picturing import save_to
from desktop.theme import theme
from desktop.views.pathway import PathwayView
from desktop.window import MainWindow
from knowledge.model import Kind

pytestmark = pytest.mark.slow
Opened = Callable[..., MainWindow]


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pathway was drawn before: what an earlier test left would be the careful drawing at once."""
    monkeypatch.setattr(drawer, "_kept", OrderedDict())


def pathways(window: MainWindow, qtbot: QtBot) -> Iterator[PathwayView]:
    """Every pathway of the library, opened one after the other."""
    window.resize(1280, 720)
    assert window.session.library is not None
    for page in window.session.library.pages.values():
        if page.kind is Kind.PATHWAY:
            window.session.go_to(page.path)
            view = window.view
            assert isinstance(view, PathwayView)
            qtbot.waitUntil(lambda v=view: v.canvas.picture is not None)
            yield view


def opened(view: PathwayView, qtbot: QtBot) -> None:
    """Wait until it is drawn carefully and has come to rest, whether it was drawn before or not.

    In the turn after it is shown it goes to the chosen box, which nobody can have moved away from by then.
    """
    qtbot.waitUntil(lambda: view.canvas.picture is not None and view.canvas.picture.drawing.refined)
    qtbot.waitUntil(lambda: not view.pane._rest.isActive())


def at_rest(pane: GraphPane) -> None:
    """As it stands once nothing moves any more."""
    canvas = pane.canvas
    for _ in range(2):
        canvas.reveal(canvas.lit.chosen, now=True)
        pane.settle()
    canvas.reveal(canvas.lit.chosen, now=True)


def covered(pane: GraphPane, tool: QWidget) -> bool:
    place = QRectF(tool.geometry().translated(-pane.canvas.pos()))
    near = pane.what_matters()
    return tool.isVisible() and any(place.intersects(part.adjusted(7, 7, -7, -7)) for part in near)


def test_no_tool_covers_the_chosen_box_or_a_way_on_from_it(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    window = open_unpainted()
    crowded = 0
    for view in pathways(window, qtbot):
        assert view.chart is not None
        pane = view.pane
        for key in view.chart.keys:
            view.choose(key)
            at_rest(pane)
            crowded += pane.flat
            for tool in (pane.zoom, pane.card, pane.map):
                assert not covered(pane, tool), (view.place.page, key, tool.accessibleName())
            box = pane.canvas.to_screen(pane.canvas.picture.box_rect(key))  # type: ignore[union-attr]
            assert QRectF(pane.canvas.rect()).contains(box), (view.place.page, key)
    assert crowded, "somewhere the tools had to go into the bar"


def test_tools_that_would_cover_the_chosen_box_go_into_the_bar_and_the_picture_stays(
    open_unpainted: Opened, qtbot: QtBot, undrawn: None
) -> None:
    window = open_unpainted()
    view = next(pathways(window, qtbot))
    pane, canvas = view.pane, view.canvas
    assert canvas.picture is not None
    assert not pane.flat
    corner = pane.zoom.geometry().toRectF()
    canvas.zoom_to(2.0, now=True)
    for key in view.chart.keys:  # type: ignore[union-attr]
        view.choose(key)
        box = canvas.picture.box_rect(key)
        canvas.reveal(key, now=True)
        way = canvas.to_screen(box).center() - corner.center()
        canvas.pan_by(way.x(), way.y())
        if not pane.flat and canvas.to_screen(box).intersects(corner):
            break
    before = canvas.mapToGlobal(canvas.to_screen(box).topLeft().toPoint())
    pane.settle()
    assert pane.flat
    after = canvas.mapToGlobal(canvas.to_screen(box).topLeft().toPoint())
    assert (after - before).manhattanLength() <= 2
    assert pane.zoom.geometry().bottom() < canvas.y()
    view.choose(view.chart.keys[1])  # type: ignore[union-attr]
    at_rest(pane)
    assert not any(covered(pane, tool) for tool in (pane.zoom, pane.card, pane.map))


def test_a_map_that_is_in_the_way_once_it_is_shown_is_out_of_sight_again(
    open_unpainted: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = next(pathways(open_unpainted(), qtbot))
    opened(view, qtbot)
    pane = view.pane
    pane.map.hide()
    answers = iter([False])
    monkeypatch.setattr(pane, "_covers", lambda place: next(answers, True))
    pane.column.setContentsMargins(
        0, 9, 0, 0
    )  # laid out when the map is shown, and the graph moves
    pane._place_map()
    assert next(answers, None) is None
    assert not pane.map.isVisible()
    assert pane.map.isHidden()
    assert ",," not in pane.map.accessibleName()


def test_a_way_that_leaves_the_sight_says_where_it_leads(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    window = open_unpainted()
    seen = 0
    for view in pathways(window, qtbot):
        canvas, pane = view.canvas, view.pane
        picture = canvas.picture
        assert picture is not None
        for key in view.chart.keys[::5]:  # type: ignore[union-attr]
            view.choose(key)
            at_rest(pane)
            canvas.zoom_to(1.0, now=True)
            at_rest(pane)
            found = leaving(canvas)
            shown = pane.signs.shown
            assert len(shown) == len(found)
            for sign, one in zip(shown, found, strict=True):
                seen += 1
                assert one.box.title in sign.accessibleName()
                assert sign.height() >= 24
                assert canvas.rect().adjusted(-1, -1, 1, 1).contains(sign.geometry())
                for box in () if sign.short else picture.rects:
                    assert not sign.geometry().intersects(canvas.to_screen(box).toAlignedRect())
            for number, sign in enumerate(shown):
                for other in shown[number + 1 :]:
                    assert not sign.geometry().intersects(other.geometry())
    assert seen > 8


def test_no_two_signs_lie_on_each_other_wherever_one_looks(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    """In large text there is little room: signs of both sides, and more of them than stand at one side."""
    window = open_unpainted(scale=2.0)
    seen = 0
    for view in pathways(window, qtbot):
        canvas, pane = view.canvas, view.pane
        assert canvas.picture is not None
        for zoom in (0.4, 1.0):
            canvas.zoom_to(zoom, now=True)
            for rect in canvas.picture.rects[::3]:
                canvas.centre_on(rect.center())
                pane.signs.refit()
                places = [sign.geometry() for sign in pane.signs.shown]
                seen += len(places)
                assert all(canvas.rect().contains(place) for place in places)
                for number, place in enumerate(places):
                    for other in places[number + 1 :]:
                        assert not place.intersects(other), (view.place, zoom, rect)
    assert seen > 50


def test_a_sign_brings_its_box_into_view(
    open_unpainted: Opened, qtbot: QtBot, undrawn: None
) -> None:
    window = open_unpainted()
    for view in pathways(window, qtbot):
        canvas = view.canvas
        opened(view, qtbot)
        canvas.zoom_to(1.4, now=True)
        at_rest(view.pane)
        signs = view.pane.signs
        if not signs.shown:
            continue
        goal = signs.goals[0]
        signs.shown[0].click()
        qtbot.waitUntil(
            lambda c=canvas, g=goal: QRectF(c.rect()).contains(c.to_screen(c.picture.box_rect(g)))
        )
        return
    raise AssertionError("no way leaves any sight")


def test_tools_that_find_another_place_meanwhile_do_not_keep_the_box_of_a_sign_out_of_view(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    window = open_unpainted()
    tried = 0
    for view in pathways(window, qtbot):
        pane, canvas = view.pane, view.canvas
        opened(view, qtbot)
        canvas.zoom_to(1.4, now=True)
        at_rest(pane)
        for goal, sign in zip(pane.signs.goals, pane.signs.shown, strict=False):
            sign.click()
            pane.settle()  # as on a machine that stands still for a moment
            qtbot.waitUntil(lambda p=pane: not p.canvas.on_its_way and not p._rest.isActive())
            place = canvas.to_screen(canvas.picture.box_rect(goal))
            assert QRectF(canvas.rect()).contains(place), (window.tab.place.link, goal)
            tried += 1
            break
    assert tried > 3


def test_columns_by_who_acts_come_and_go_and_are_remembered(
    open_unpainted: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_unpainted()
    window.session.go_to("pathways/perinatal-mental-health.md")
    view = window.view
    assert isinstance(view, PathwayView)
    card, canvas = view.pane.card, view.canvas

    def lanes() -> tuple[str, ...]:
        return tuple(lane.name for lane in canvas.picture.drawing.lanes) if canvas.picture else ()

    qtbot.waitUntil(lambda: canvas.picture is not None)
    assert not card.columns.isHidden()
    if lanes():
        window.do_columns()
        qtbot.waitUntil(lambda: not lanes())
    assert not card.columns.isChecked()
    card.columns.click()
    qtbot.waitUntil(lambda: len(lanes()) > 1)
    assert card.columns.isChecked()
    assert window.session.settings.get("columns") == "on"
    file = tmp_path / "a.svg"
    assert view.page is not None
    save_to(window.session, view.page, file)
    assert all(name in file.read_text(encoding="utf-8") for name in lanes())
    window.do_columns()
    qtbot.waitUntil(lambda: not lanes())
    assert window.session.settings.wants_columns is False


def in_columns(open_unpainted: Opened, qtbot: QtBot) -> PathwayView:
    window = open_unpainted()
    window.resize(1280, 720)
    window.session.settings.set("columns", "on")
    window.session.go_to("pathways/perinatal-mental-health.md")
    view = window.view
    assert isinstance(view, PathwayView)
    qtbot.waitUntil(lambda: bool(view.canvas.picture and view.canvas.picture.drawing.lanes))
    at_rest(view.pane)
    return view


def test_the_names_above_columns_stay_in_sight_wherever_one_looks(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    view = in_columns(open_unpainted, qtbot)
    canvas = view.canvas
    assert canvas.picture is not None
    lanes = canvas.picture.drawing.lanes
    for zoom, dx, dy in (
        (1.0, 0, 0),
        (1.0, 90, 400),
        (1.0, -500, 900),
        (0.3, 0, 0),
        (2.0, 300, 50),
    ):
        canvas.zoom_to(zoom, now=True)
        canvas.pan_by(dx, dy)
        qtbot.wait(1)
        named = dict(places(canvas))
        assert [*named] == [lane.name for lane in lanes]
        for lane in lanes:
            column = QRectF(
                (lane.rect.x - canvas.origin.x()) * zoom, 0, lane.rect.width * zoom, canvas.height()
            )
            seen = column.intersected(QRectF(canvas.rect()))
            if seen.width() >= named[lane.name].width() + 20:
                assert seen.contains(named[lane.name])
            assert named[lane.name].bottom() <= canvas.heads()


def test_no_chosen_box_and_no_tool_lies_under_the_names_of_columns(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    view = in_columns(open_unpainted, qtbot)
    canvas, pane = view.canvas, view.pane
    canvas.zoom_to(1.0, now=True)
    for key in [box.key for box in canvas.picture.boxes] if canvas.picture else []:
        canvas.reveal(key, now=True)
        assert canvas.picture is not None
        assert canvas.to_screen(canvas.picture.box_rect(key)).top() >= canvas.heads()
    assert canvas.heads() > 10
    for tool in (pane.zoom, pane.card):
        if tool.isVisible() and not pane.flat:
            assert tool.y() >= canvas.heads()


def test_another_theme_leaves_the_graph_where_one_looks(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    view = in_columns(open_unpainted, qtbot)
    canvas = view.canvas
    qtbot.waitUntil(lambda: bool(canvas.picture and canvas.picture.drawing.refined))
    qtbot.wait(100)
    canvas.zoom_to(1.0, now=True)
    canvas.pan_by(90, 900)
    assert canvas.picture is not None
    assert not canvas.seen().intersects(canvas.picture.box_rect(canvas.lit.chosen))
    before = QPointF(canvas.origin), canvas.zoom, canvas.focus
    theme().set("dark")
    qtbot.wait(300)
    assert (QPointF(canvas.origin), canvas.zoom, canvas.focus) == before


def test_a_press_on_the_names_of_columns_chooses_nothing(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    view = in_columns(open_unpainted, qtbot)
    canvas = view.canvas
    canvas.zoom_to(1.0, now=True)
    assert canvas.picture is not None
    for rect in canvas.picture.rects:
        canvas.look_from(rect.topLeft() - QPointF(30, -2))  # its upper edge just above the window's
        spot = canvas.to_screen(rect).center()
        over = QPointF(spot.x(), canvas.heads() - 1)
        assert canvas._box_at(over) == ""


def test_a_screen_reader_is_told_of_the_columns(open_unpainted: Opened, qtbot: QtBot) -> None:
    view = in_columns(open_unpainted, qtbot)
    said = QAccessible.queryAccessibleInterface(view.canvas)
    assert "Health visitor" in said.text(QAccessible.Text.Description)
    view.session.settings.set("columns", "off")


def test_far_out_all_numbers_have_one_size(open_unpainted: Opened, qtbot: QtBot) -> None:
    picture = in_columns(open_unpainted, qtbot).canvas.picture
    assert picture is not None
    job = Job(QPainter(), picture, zoom=0.3)
    for box in picture.boxes:
        marks.paint_number(job, box, "ink", (0.0, 0.0))
    assert len({size for _, _, _, size, _, _ in job.words}) == 1
    assert len({icon.size for icon, _ in job.icons}) == 1
    for box, (icon, _) in zip(picture.boxes, job.icons, strict=True):
        assert icon.size < box.rect.height
