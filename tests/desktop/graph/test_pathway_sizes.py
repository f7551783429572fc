"""A pathway while the text size changes, and what is told of ways out of sight."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, floor

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.graph.flags import RedFlags
from desktop.graph.panel import StepPanel
from desktop.theme import theme
from desktop.views.pathway import PathwayView
from desktop.window import MainWindow
from knowledge.model import Kind

pytestmark = pytest.mark.slow
Opened = Callable[..., MainWindow]
SIZES = (1.0, 1.25, 1.5, 2.0, 2.5)


def opened(open_unpainted: Opened, qtbot: QtBot) -> tuple[MainWindow, PathwayView]:
    window = open_unpainted()
    window.resize(1280, 700)
    window.session.go_to("pathways/perinatal-mental-health.md")
    view = window.view
    assert isinstance(view, PathwayView)
    qtbot.waitUntil(lambda: bool(view.panel.fingers) and not view.panel.flags.prose.busy)
    return window, view


def test_every_text_size_up_and_down_again_in_a_pathway_reached_from_another(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    window, view = opened(open_unpainted, qtbot)
    for number in (1, 1, 1):
        view.take(number)
        qtbot.wait(50)
    assert isinstance(window.view, PathwayView)
    assert window.view.crumbs.isVisible()
    for size in (*SIZES, *reversed(SIZES)):
        theme().set(scale=size)
        qtbot.wait(60)
    panel = window.view.panel
    qtbot.waitUntil(panel.flags.isVisible)
    assert panel.flags.height() == panel.flags.wanted_height(panel.flags.width())


def test_red_flags_are_made_for_the_box_that_has_room_and_are_those_of_the_page_in_view(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    window, view = opened(open_unpainted, qtbot)
    panel = view.panel
    line = panel.flag_line
    window.resize(1280, 900)
    qtbot.waitUntil(lambda: whole_words(panel.flags) and in_view(panel, panel.flags))
    assert panel.flags_inside.prose.document().isEmpty()
    theme().set(scale=2.5)
    qtbot.waitUntil(lambda: panel.flags_inside.isVisible() and panel.flags_inside.ready)
    assert panel.flags_inside.words() == panel.flags.words()
    first = [button.text() for button in line.links]
    assert first == [link.words for link in panel.flags.prose.links()]
    window.session.go_to("pathways/safeguarding-levels-of-need.md")
    qtbot.waitUntil(lambda: panel.flags.ready and panel.flags_inside.ready)
    assert panel.flags_inside.isVisible()
    assert panel.flags_inside.words() == panel.flags.words()
    assert [button.text() for button in line.links] == [
        words for words, _ in dict.fromkeys(panel.flag_links)
    ]
    theme().set(scale=1.0)
    window.session.go_to("pathways/perinatal-mental-health.md")
    qtbot.waitUntil(lambda: whole_words(panel.flags) and in_view(panel, panel.flags))
    theme().set(scale=2.5)
    qtbot.waitUntil(lambda: panel.flags_inside.isVisible() and panel.flags_inside.ready)
    assert panel.flags_inside.words() == panel.flags.words()
    qtbot.waitUntil(lambda: [button.text() for button in line.links] == first)


def test_a_step_left_in_large_text_is_found_at_its_beginning_in_the_usual_size(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    window, view = opened(open_unpainted, qtbot)
    panel = view.panel
    theme().set(scale=2.5)
    qtbot.waitUntil(
        lambda: panel.flags_inside.isVisible() and panel.scroller.isVisible(), timeout=3_000
    )
    qtbot.waitUntil(lambda: panel.scroller.verticalScrollBar().value() > 0, timeout=5_000)
    window.session.go_to("services/crisis-team.md")
    qtbot.wait(300)
    theme().set(scale=1.0)
    qtbot.wait(300)
    window.session.go_to("pathways/perinatal-mental-health.md")
    qtbot.waitUntil(panel.flags.isVisible, timeout=3_000)
    qtbot.waitUntil(lambda: in_view(panel, panel.title), timeout=3_000)
    qtbot.wait(300)
    assert in_view(panel, panel.title)


def test_red_flags_are_whole_when_the_text_grew_smaller_while_another_page_was_read(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    window, view = opened(open_unpainted, qtbot)
    panel = view.panel
    window.session.go_to("services/crisis-team.md")
    qtbot.wait(100)
    for scale in (0.9, 0.8):
        theme().set(scale=scale)
        qtbot.wait(50)
    window.session.go_to("pathways/perinatal-mental-health.md")
    qtbot.waitUntil(lambda: panel.flags.isVisible() and not panel.flags.prose.busy)
    qtbot.wait(300)
    assert panel.flags.height() == panel.flags.wanted_height(panel.flags.width())
    assert panel.flags.prose.geometry().bottom() < panel.flags.contentsRect().bottom()


def test_the_keyboard_is_never_on_a_way_on_that_is_out_of_sight_when_a_step_is_opened(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    window = open_unpainted(scale=1.5)
    window.resize(1280, 700)
    window.session.go_to("pathways/unsettled-or-ill-baby.md")
    view = window.view
    assert isinstance(view, PathwayView)
    panel = view.panel
    qtbot.waitUntil(lambda: view.spread.narrow and panel.more.isVisible())
    view.focus_first()
    assert window.focusWidget() is panel.prose
    view.open_step(panel.key)
    assert window.focusWidget() is panel.fingers[0]


def test_at_the_usual_size_whom_to_ask_takes_one_line_and_the_links_of_a_step_are_pages(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    _, view = opened(open_unpainted, qtbot)
    unsure, prose = view.panel.unsure, view.panel.prose
    qtbot.waitUntil(unsure.isVisible)
    qtbot.waitUntil(lambda: unsure.height() < theme().px(34), timeout=3_000)
    qtbot.waitUntil(lambda: "[P2]" in prose.toPlainText())
    assert [link.words for link in prose.links()] == [  # not the keys of its sources
        "National contact schedule",
        "Eight contacts",
    ]


def lines_in_view(panel: StepPanel) -> float:
    """How many whole lines of the step are in view: kind, title, words, and ways on.

    An urgent way that is pinned takes the room of a line and a half.
    """
    view = panel.scroller.viewport()
    seen = QRect(view.mapToGlobal(QPoint(0, 0)), view.size())

    def whole(part: QWidget, top: float, high: float) -> bool:
        above = part.mapToGlobal(QPoint(0, floor(top))).y()
        return seen.top() <= above and above + ceil(high) <= seen.bottom() + 1

    urgent_told = panel.more.isVisible() and "urgent" in panel.more.text()
    alone = urgent_told and panel.more.y() < panel.unsure.y()  # it takes a line from the step
    heads = [part for part in (panel.kind, panel.limit) if part.isVisible()]
    found: float = sum(whole(part, 0, part.height()) for part in heads)
    found += alone + sum(1.5 * pin.isVisible() for pin in panel.pinned)
    if whole(panel.title, 0, panel.title.height()):
        found += panel.title.height() // panel.title.fontMetrics().height()
    document = panel.prose.document()
    block = document.begin()
    while block.isValid():
        top = document.documentLayout().blockBoundingRect(block).top()
        for number in range(block.layout().lineCount()):
            line = block.layout().lineAt(number)
            found += whole(panel.prose, top + line.y(), line.naturalTextRect().height())
        block = block.next()
    for finger in panel.fingers:
        found += 2 * whole(finger, 0, finger.height())
    return found


def in_view(panel: StepPanel, part: QWidget) -> bool:
    """Whether a part of the panel is seen whole, with none of its neighbours on it."""
    return part.isVisible() and part.visibleRegion().boundingRect() == part.rect()


def whole_words(box: RedFlags) -> bool:
    """Whether a box of red flags is high enough for all its words."""
    return box.height() >= box.wanted_height(box.width()) and box.prose.height() >= (
        box.prose.document().size().height()
    )


LINES = {1.0: 7, 1.25: 4, 1.5: 4, 2.0: 5, 2.5: 3}  # of a step, at least, with its head


@pytest.mark.parametrize("scale", LINES)
def test_red_flags_whom_to_ask_and_urgent_ways_are_in_view_in_every_pathway(
    open_unpainted: Opened, qtbot: QtBot, scale: float
) -> None:
    window = open_unpainted()
    window.resize(1280, 720)
    theme().set(scale=scale)
    assert window.session.library is not None
    for page in window.session.library.pages.values():
        if page.kind is not Kind.PATHWAY:
            continue
        window.session.go_to(page.path)
        view = window.view
        assert isinstance(view, PathwayView)
        panel = view.panel
        boxes = (panel.flags, panel.flags_tight, panel.flags_inside)
        qtbot.waitUntil(
            lambda p=panel, b=boxes: (
                bool(p.fingers) and all(x.ready for x in b if x is p.flags or x.isVisible())
            )
        )
        qtbot.wait(20)
        qtbot.waitUntil(lambda p=panel: in_view(p, p.unsure))
        qtbot.waitUntil(lambda p=panel: round(lines_in_view(p) + 0.1) >= LINES[scale])
        assert page.red_flags
        if scale < 2.0:
            whole = (panel.flags, panel.flags_tight)
            qtbot.waitUntil(lambda p=panel, b=whole: any(in_view(p, box) for box in b))
            box = panel.flags if panel.flags.isVisible() else panel.flags_tight
            assert whole_words(box), page.path
            assert "999" in box.prose.toPlainText() or "Emergency" in box.prose.toPlainText()
        else:
            line = panel.flag_line
            qtbot.waitUntil(lambda p=panel: in_view(p, p.flag_line))
            qtbot.waitUntil(lambda p=panel: in_view(p, p.flag_line.all))
            assert "red flags" in line.all.text().lower()
            followed = [key.text() for key in line.links if in_view(panel, key)]
            assert followed, page.path
            if scale == 2.0:
                assert in_view(panel, line.words), page.path
                assert line.words.shown.endswith("; and more")
                first = line.words.shown.removesuffix("; and more").removeprefix("Red flags: ")
                assert first
                assert panel.flags_inside.words().startswith(first)
            qtbot.waitUntil(lambda p=panel: in_view(p, p.kind) or in_view(p, p.title))
            qtbot.waitUntil(lambda p=panel: p.flags_inside.ready)
            panel.flag_line.all.click()
            assert panel.scroller.verticalScrollBar().value() == 0
            assert whole_words(panel.flags_inside), page.path
            assert window.focusWidget() is panel.flags_inside.prose
        if view.spread.narrow:
            for part in ("graph", "outline"):
                view.show_part(part)
                assert view.spread.flag_line.isVisible()
                assert view.spread.unsure.isVisible()
                assert view.spread.left.height() > theme().px(50)
            view.spread.flag_line.all.click()
            assert view.shown == "step"
        if scale == 1.0:
            urgent_ways_in_view(view, qtbot)


def urgent_ways_in_view(view: PathwayView, qtbot: QtBot) -> None:
    """At every step of a pathway that has any."""
    assert view.chart is not None
    assert view.walk is not None
    panel = view.panel
    for key in view.chart.keys:
        if not any(way.urgent for way in view.chart.exits(key)):
            continue
        view.walk.look(key)
        qtbot.waitUntil(lambda: not panel.prose.busy and not panel.flags.prose.busy)
        qtbot.wait(15)
        pins = {pin.number: pin for pin in panel.pinned}
        for finger in panel.fingers:
            if finger.urgent:
                shown = [part for part in (finger, pins[finger.number]) if part.isVisible()]
                seen = [p.visibleRegion().boundingRect().height() / p.height() for p in shown]
                assert max(seen) > 0.45, (view.place, key, finger.number)


def test_the_question_is_in_view_above_its_pinned_ways(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    window = open_unpainted()
    window.resize(1280, 700)
    for name in ("safeguarding-levels-of-need", "infant-feeding", "unsettled-or-ill-baby"):
        window.session.go_to(f"pathways/{name}.md")
        view = window.view
        assert isinstance(view, PathwayView)
        qtbot.waitUntil(lambda v=view: not v.panel.flags.prose.busy)
        view.take(1)
        qtbot.waitUntil(lambda v=view: not v.panel.prose.busy)
        qtbot.waitUntil(lambda v=view: in_view(v.panel, v.panel.title))
        assert any(pin.isVisible() for pin in view.panel.pinned)


def test_where_no_way_can_be_pinned_the_urgent_ones_are_told_of(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    window = open_unpainted(scale=2.0)
    window.resize(1280, 700)
    window.session.go_to("pathways/safeguarding-levels-of-need.md#immediate-danger")
    view = window.view
    assert isinstance(view, PathwayView)
    panel = view.panel
    qtbot.waitUntil(lambda: panel.more.isVisible() and "urgent" in panel.more.text())
    assert not any(pin.isVisible() for pin in panel.pinned)
    qtbot.waitUntil(lambda: panel.title.visibleRegion().boundingRect() == panel.title.rect())


def test_ways_out_of_sight_are_told_of_and_an_urgent_one_can_be_taken_at_once(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    window, view = opened(open_unpainted, qtbot)
    view.take(1)
    panel = view.panel
    window.resize(1280, 640)
    qtbot.waitUntil(lambda: panel.more.text() == "1 way on below")
    pin = panel.pinned[0]
    qtbot.waitUntil(lambda: pin.isVisible() and panel.more.isVisible())
    assert "Urgent. " in pin.accessibleName()
    pin.click()
    found = view.session.page("pathways/perinatal-emergency.md")
    assert found is not None
    qtbot.waitUntil(lambda: view.page is found)


def test_a_graph_that_is_come_back_to_in_another_text_size_opens_as_a_fresh_one(
    open_unpainted: Opened, qtbot: QtBot
) -> None:
    window, view = opened(open_unpainted, qtbot)
    qtbot.waitUntil(lambda: view.canvas.picture is not None)
    view.canvas.zoom_to(2.5, now=True)
    view.canvas.pan_by(-400, -900)
    kept = view.keep()
    window.session.go_to("services/crisis-team.md")
    theme().set(scale=1.25)
    window.session.go_to("pathways/perinatal-mental-health.md")
    view.restore(kept)
    qtbot.waitUntil(lambda: view.canvas.picture is not None and view.canvas.isVisible())
    qtbot.waitUntil(lambda: view.canvas.zoom <= 1.0)
    picture = view.canvas.picture
    assert picture is not None
    box = view.canvas.to_screen(picture.box_rect(view.panel.key))
    assert QRectF(view.canvas.rect()).contains(box)
