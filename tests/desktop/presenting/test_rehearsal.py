"""The coming scene is painted while the trainer talks: it is the same picture, and nobody sees it before its moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from desktop.presenting import rehearsal
from desktop.presenting.framing import Frame
from desktop.presenting.graphs import Graphs
from desktop.presenting.still import Place, Still
from knowledge.showing.moment import scene_at

CASE = "sessions/low-mood-worked-case.md"
MOOD = "pathways/perinatal-mental-health.md"
SLIGHT = 600  # pixels: the dashes of a line begin where its visible part does
SEEN = bytes(
    apart > 12 for apart in range(256)
)  # so far apart, parts of two colours differ to the eye
Present = Callable[[str], Any]


@pytest.fixture
def rehearse(present: Present, monkeypatch: pytest.MonkeyPatch) -> Present:
    """Presents, and rehearses without waiting; no other picture comes meanwhile."""
    monkeypatch.setattr(rehearsal, "AFTER_MS", 0)
    monkeypatch.setattr(rehearsal, "GAP_MS", 0)
    monkeypatch.setattr(Graphs, "prepare", lambda self: None)
    return present


def as_it_goes(show: Any, view: Any) -> QImage:
    """The picture with nothing painted ahead."""
    kept, view._stills = view._stills, []
    found = view.grab().toImage()
    view._stills = kept
    return found


def differing(one: QImage, other: QImage, edges: tuple[int, ...] = ()) -> int:
    """How many pixels differ to the eye. A row on either side of the bands is left out, and the picture's own sides."""
    assert one.size() == other.size()
    apart, beside = (image.convertToFormat(QImage.Format.Format_RGB32) for image in (one, other))
    for image in (apart, beside):
        image.setDevicePixelRatio(1.0)
    wide, high = apart.width(), apart.height()
    painter = QPainter(apart)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, beside)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for row in edges:
        painter.fillRect(0, row - 1, wide, 3, Qt.GlobalColor.black)
    for column in (0, wide - 1):
        painter.fillRect(column, 0, 1, high, Qt.GlobalColor.black)
    painter.end()
    seen = bytes(apart.constBits()).translate(SEEN)
    blue, green, red = (int.from_bytes(seen[part::4]) for part in range(3))
    return (blue | green | red).bit_count()


def edges_of(view: Any) -> tuple[int, ...]:
    place, middle = view.place(), view.stage.laid.middle
    return tuple(round(place.box.y() + y * place.unit) for y in (middle.top(), middle.bottom()))


def test_what_was_painted_ahead_is_what_would_have_been_painted(
    rehearse: Present, qtbot: QtBot
) -> None:
    show = rehearse(CASE)
    shown = changed = 0
    for _ in range(14):
        qtbot.waitUntil(lambda: show.rehearsal.ready)
        before = [view.grab().toImage() for view in show.views]
        show.do_next()
        for view, was in zip(show.views, before, strict=True):
            held = view.holds(show.stage.laid, show.stage.leaf)
            shown += held
            now = view.grab().toImage()
            assert differing(now, as_it_goes(show, view), edges_of(view)) < SLIGHT
            changed += now != was
    assert changed > 20
    assert shown > 20  # of 28: the trainer's picture may have changed its size


def test_nothing_of_it_is_seen_before_its_moment(rehearse: Present, qtbot: QtBot) -> None:
    show = rehearse(CASE)
    for _ in range(6):
        qtbot.waitUntil(lambda: show.rehearsal.ready)
        for view in show.views:
            assert differing(view.grab().toImage(), as_it_goes(show, view), edges_of(view)) < SLIGHT
        show.do_next()


def test_a_key_that_comes_first_finds_its_step_all_the_same(rehearse: Present) -> None:
    show = rehearse(MOOD)
    for at in range(1, 6):
        show.do_next()
        assert show.moment.at == at
        assert not show.rehearsal.ready


def test_another_way_than_the_one_rehearsed(rehearse: Present, qtbot: QtBot) -> None:
    show = rehearse(MOOD)
    qtbot.waitUntil(lambda: show.rehearsal.ready)
    show.go_to(4)
    for view in show.views:
        assert not view.holds(show.stage.laid, 0)
        assert differing(view.grab().toImage(), as_it_goes(show, view), edges_of(view)) < SLIGHT
    qtbot.waitUntil(lambda: show.rehearsal.ready)
    show.do_back()
    assert show.moment.at == 0
    assert scene_at(show.show, show.moment).anchor == show.show.scenes[0].anchor


def test_another_size_is_rehearsed_again(rehearse: Present, qtbot: QtBot) -> None:
    show = rehearse(MOOD)
    qtbot.waitUntil(lambda: show.rehearsal.ready)
    show.audience.resize(700, 500)
    assert not show.rehearsal.ready
    qtbot.waitUntil(lambda: show.rehearsal.ready)
    show.do_next()
    assert show.audience.room.holds(show.stage.laid, 0)


def test_a_show_that_is_over_rehearses_nothing(rehearse: Present, qtbot: QtBot) -> None:
    show = rehearse(MOOD)
    show.do_end()
    qtbot.wait(30)
    assert not show.rehearsal.ready


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_the_camera_moves_over_it_as_over_the_graph_itself(rehearse: Present, ratio: float) -> None:
    """Halfway between two steps, on screens of any fineness, every word is where it would have been painted."""
    show = rehearse(MOOD)
    stage = show.stage
    start = stage.frame
    show.do_next()
    place = Place(QRectF(0, 0, 640, 360), 0.5, ratio, QSize(640, 360))
    held = Still(stage.laid, 0, place)
    for _ in held.portions(start):
        pass
    way = stage.laid.goal.middle - start.middle
    unit = start.zoom * place.unit * ratio
    whole = QPointF(round(way.x() * unit / 2) / unit, round(way.y() * unit / 2) / unit)
    for middle in (start.middle, stage.laid.goal.middle - whole, stage.laid.goal.middle):
        if middle is start.middle:  # moved by whole pixels, as what was painted ahead must be
            off = QPointF(round(way.x() * unit) / unit, round(way.y() * unit) / unit)
            middle = stage.laid.goal.middle - off
        frame = Frame(middle, start.zoom)
        assert (
            differing(painted(held, frame), painted_afresh(stage, frame, place), cut(stage, place))
            == 0
        )


def cut(stage: Any, place: Place) -> tuple[int, ...]:
    middle, unit = stage.laid.middle, place.unit * place.ratio
    return round(middle.top() * unit), round(middle.bottom() * unit)


def blank(place: Place) -> QImage:
    image = QImage(place.size * place.ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(place.ratio)
    image.fill(Qt.GlobalColor.black)
    return image


def painted(held: Still, frame: Frame) -> QImage:
    image = blank(held.place)
    painter = QPainter(image)
    held.paint(painter, frame)
    painter.end()
    return image


def painted_afresh(stage: Any, frame: Frame, place: Place) -> QImage:
    image = blank(place)
    painter = QPainter(image)
    painter.scale(place.unit, place.unit)
    before, stage.frame = stage.frame, frame
    stage.paint(painter, place.unit)
    stage.frame = before
    painter.end()
    return image


def test_a_move_longer_than_can_be_kept_is_painted_as_it_goes(rehearse: Present) -> None:
    show = rehearse(MOOD)
    stage = show.stage
    place = Place(QRectF(0, 0, 640, 360), 0.5, 1.0, QSize(640, 360))
    far = Frame(stage.frame.middle + QPointF(0, 5_000), stage.frame.zoom)
    held = Still(stage.laid, 0, place)
    for _ in held.portions(far):
        pass
    assert differing(painted(held, far), painted_afresh(stage, far, place), cut(stage, place)) == 0
    resting = painted_afresh(stage, stage.laid.goal, place)
    assert differing(painted(held, stage.laid.goal), resting, cut(stage, place)) == 0
