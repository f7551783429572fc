"""After an edit the boxes glide from where they stood to where they stand; without motion they are there at once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QVariantAnimation
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.graph.canvas import Canvas
from desktop.views.pathway import PathwayView
from desktop.window import MainWindow
from drawing.diagram import Look

STARTER = Path(__file__).parents[3] / "content"
PATH = "pathways/perinatal-emergency.md"
Opened = Callable[..., MainWindow]
Spots = dict[str, QPointF]


@pytest.fixture
def motion(qapp: QApplication) -> Iterator[None]:
    qapp.setProperty("motion", True)
    yield
    qapp.setProperty("motion", None)


def drawn_at(canvas: Canvas) -> Spots:
    """Where each box is painted on the screen at this moment."""
    picture = canvas.picture
    assert picture is not None
    found = {}
    for key in picture.place:
        dx, dy = canvas.shift.get(key, (0.0, 0.0))
        found[key] = canvas.to_screen(picture.box_rect(key).translated(dx, dy)).topLeft()
    return found


def far(one: QPointF, other: QPointF) -> float:
    return (one - other).manhattanLength()


def changed(
    open_window: Opened, qtbot: QtBot, root: Path, *, still: bool
) -> tuple[Canvas, Spots, Spots, QVariantAnimation]:
    """The graph as a step is put between two others: before, at the first moment, and its movement."""
    shutil.copytree(STARTER, root)
    window = open_window(root)
    window.session.go_to(PATH)
    view = window.view
    assert isinstance(view, PathwayView)
    canvas = view.canvas
    qtbot.waitUntil(lambda: canvas.picture is not None and canvas.picture.drawing.refined)
    qtbot.waitUntil(lambda: not canvas.shift)
    assert view.page is not None
    first = view.page.steps[0]
    before, picture = drawn_at(canvas), canvas.picture
    file = root / PATH
    words = file.read_text(encoding="utf-8")
    second = words.index("\n## ", words.index(f"{{#{first.anchor}"))
    link = f"(#{first.ways[0].anchor})"
    step = f"\n## A step put between {{#between}}\n\n- → [On]{link}\n"
    head = words[:second].replace(link, "(#between)")
    file.write_text(head + step + words[second:], encoding="utf-8")
    window.session.look_again()
    qtbot.waitUntil(lambda: canvas.picture is not picture, timeout=20_000)
    movement = canvas.glide.findChild(QVariantAnimation)
    assert isinstance(movement, QVariantAnimation)
    if not still:
        movement.pause()
        movement.setCurrentTime(0)
    return canvas, before, drawn_at(canvas), movement


def test_boxes_glide_from_their_old_places_to_the_new_ones(
    open_window: Opened, qtbot: QtBot, tmp_path: Path, motion: None
) -> None:
    canvas, before, first, movement = changed(open_window, qtbot, tmp_path / "lib", still=False)
    assert "step:between" in first
    moving = set(canvas.shift)
    assert len(moving) > 5, "a step put in near the top moves most of those below it"
    assert "step:between" not in moving
    for key, spot in before.items():
        assert far(first[key], spot) <= 3, f"{key} begins where it stood"
    movement.setCurrentTime(movement.duration() // 2)
    middle = drawn_at(canvas)
    movement.setCurrentTime(movement.duration())
    last = drawn_at(canvas)
    assert not canvas.shift
    for key in moving:
        whole = far(last[key], first[key])
        assert 0 < far(middle[key], first[key]) < whole
        assert far(middle[key], last[key]) < whole
    assert canvas.picture is not None
    assert last == {
        key: canvas.to_screen(canvas.picture.box_rect(key)).topLeft()
        for key in canvas.picture.place
    }


def test_what_is_painted_moves_with_the_boxes(
    open_window: Opened, qtbot: QtBot, tmp_path: Path, motion: None
) -> None:
    canvas, _, first, movement = changed(open_window, qtbot, tmp_path / "lib", still=False)
    movement.setCurrentTime(movement.duration() // 2)
    picture = canvas.picture
    assert picture is not None
    halfway = canvas.grab().toImage()
    for key, spot in drawn_at(canvas).items():
        box = picture.boxes[picture.place[key]]
        inside = spot.toPoint() + QPoint(round(box.rect.width * canvas.zoom / 2), 5)
        if box.box.look is not Look.URGENT or not canvas.rect().contains(inside):
            continue
        assert far(spot, first[key]) > 1
        assert halfway.pixelColor(inside) == theme.theme().colour("u_fill")
        return
    raise AssertionError("no urgent box is in view")


def test_without_motion_every_box_is_in_its_place_at_once(
    open_window: Opened, qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    qapp.setProperty("motion", False)
    try:
        canvas, before, first, movement = changed(open_window, qtbot, tmp_path / "lib", still=True)
    finally:
        qapp.setProperty("motion", None)
    assert not canvas.shift
    assert movement.state() is QVariantAnimation.State.Stopped
    assert any(far(first[key], spot) > 10 for key, spot in before.items())
