"""A pathway's page in the window: drawn, chosen, walked, with red flags in view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.graph.tools import more_words
from desktop.places import page_place
from desktop.views.pathway import PathwayView
from desktop.window import MainWindow
from knowledge.text import plain

Opened = Callable[..., MainWindow]
PATH = "pathways/perinatal-emergency.md"


def opened(window: MainWindow, qtbot: QtBot, anchor: str = "", path: str = PATH) -> PathwayView:
    window.session.go(page_place(path, anchor))
    view = window.view
    assert isinstance(view, PathwayView)
    qtbot.waitUntil(lambda: view.canvas.picture is not None, timeout=10_000)
    return view


def test_a_pathway_opens_at_its_first_step_and_shows_it_beside_the_graph(
    open_window: Opened, qtbot: QtBot
) -> None:
    view = opened(open_window(), qtbot)
    assert view.panel.title.text() == "Act on sudden change or suicide risk"
    assert view.panel.count.text() == "Step 1 of 13"
    assert view.canvas.zoom >= 0.8


def test_a_link_to_a_step_opens_there(open_window: Opened, qtbot: QtBot) -> None:
    view = opened(open_window(), qtbot, "ring-team")
    assert view.panel.title.text() == "Ring specialist perinatal or crisis team"
    box = view.canvas.picture.box_rect(view.walk.chosen)
    assert view.canvas.seen().contains(box)


def test_number_keys_take_a_way_and_backspace_goes_back(open_window: Opened, qtbot: QtBot) -> None:
    view = opened(open_window(), qtbot)
    qtbot.keyClick(view.canvas, Qt.Key.Key_1)
    qtbot.keyClick(view.canvas, Qt.Key.Key_2)
    assert view.panel.title.text() == "Psychosis sign or red flag?"
    assert view.pane.card.title.text() == "Your route: 3 steps"
    qtbot.keyClick(view.canvas, Qt.Key.Key_Backspace)
    assert view.panel.title.text() == "Is life in immediate danger now?"


def test_a_number_takes_a_way_of_the_box_whose_ways_were_read_out(
    open_window: Opened, qtbot: QtBot
) -> None:
    view = opened(open_window(), qtbot)
    view.canvas.setFocus()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Down)
    assert view.panel.title.text() == "Act on sudden change or suicide risk"
    assert "two ways on" in view.chart.spoken(view.canvas.focus)
    qtbot.keyClick(view.canvas, Qt.Key.Key_9)  # it has no such way: nothing happens
    assert view.panel.title.text() == "Act on sudden change or suicide risk"
    qtbot.keyClick(view.canvas, Qt.Key.Key_2)
    assert view.panel.title.text() == "Psychosis sign or red flag?"
    assert view.pane.card.title.text() == "Your route: 3 steps"


def test_the_length_of_the_route_is_said_wherever_the_tools_stand(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    window.resize(1280, 720)
    view = opened(window, qtbot, path="pathways/fathers-and-partners.md")
    view.take(1)
    for crowded in ("", view.walk.chosen):
        view.pane.crowded = crowded
        view.pane.refit()
        assert view.pane.card.title.isVisible()


def test_what_was_found_is_put_away_with_its_pathway(open_window: Opened, qtbot: QtBot) -> None:
    window = open_window()
    view = opened(window, qtbot)
    view.find_in_page()
    qtbot.keyClicks(view.finder.field, "crisis")
    assert view.finder.isVisible()
    view = opened(window, qtbot, path="pathways/infant-feeding.md")
    assert not view.finder.isVisible()
    assert view.canvas.lit.words == ()


def test_the_map_names_the_pathway_that_urgent_ways_lead_to(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    said = {}
    for name in ("perinatal-mental-health", "antenatal-contact", "unsettled-or-ill-baby"):
        view = opened(window, qtbot, path=f"pathways/{name}.md")
        view.canvas.zoom_to(1.0, now=True)
        view.canvas.reveal(view.chart.first, now=True)
        said[name] = more_words(view.canvas)[1]
    assert said["perinatal-mental-health"].endswith("to Emergency")
    assert "ways to Safeguarding concern and levels of need" in said["antenatal-contact"]
    assert "ways to urgent pathways" in said["unsettled-or-ill-baby"]


def test_a_press_on_a_finger_takes_the_way(open_window: Opened, qtbot: QtBot) -> None:
    view = opened(open_window(), qtbot, "immediate-danger")
    ways = view.page.by_anchor["immediate-danger"].ways
    assert [f.condition for f in view.panel.fingers] == [way.condition for way in ways]
    qtbot.mouseClick(view.panel.fingers[0], Qt.MouseButton.LeftButton)
    assert view.panel.title.text() == "Call 999 and stay if safe"


def test_the_red_flags_of_the_page_are_there_on_every_step(
    open_window: Opened, qtbot: QtBot
) -> None:
    view = opened(open_window(), qtbot, "follow-up")
    first = plain(view.page.red_flags[0].body).split(".")[0]
    qtbot.waitUntil(lambda: first in view.panel.flags.prose.toPlainText())
    assert view.panel.flags.isVisible()


def test_a_way_to_another_pathway_takes_the_trail_along_and_leads_back(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    path = "pathways/perinatal-mental-health.md"
    view = opened(window, qtbot, path=path)
    view.take(1)
    view.take(1)
    assert view.page.path == PATH
    assert view.walk.length == 3
    crumb = view.crumbs.row.itemAt(0).widget()
    assert crumb.text().startswith("From Perinatal mental health: identify and refer, step 2")
    assert view.walk.as_text().index("Any emergency sign") < view.walk.as_text().index("Act on")
    view.one_step_back()
    assert view.page.path == path
    assert view.panel.title.text() == "Any emergency sign right now?"
    assert view.walk.length == 2
    window.do_back()
    assert view.page.path == PATH
    assert view.walk.length == 3


def test_the_place_follows_the_step_so_that_a_link_names_it(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    view = opened(window, qtbot)
    view.take(1)
    assert window.tab.place == page_place(PATH, "immediate-danger")
    assert window.tab.visits[-1].place.anchor == "immediate-danger"


def test_find_lights_the_boxes_and_enter_goes_round_them(open_window: Opened, qtbot: QtBot) -> None:
    view = opened(open_window(), qtbot)
    view.find_in_page()
    qtbot.keyClicks(view.finder.field, "crisis")
    assert view.canvas.lit.words == ("crisis",)
    hits = view.finder.keys
    assert len(hits) > 2
    assert view.canvas.lit.hits == frozenset(hits)
    assert view.finder.count.text() == f"1 of {len(hits)}"
    qtbot.keyClick(view.finder.field, Qt.Key.Key_Return)
    assert view.walk.chosen == hits[1]
    qtbot.keyClick(view.finder.field, Qt.Key.Key_Escape)
    assert view.canvas.lit.words == ()


def test_every_way_between_two_steps_is_listed_with_its_conditions_and_lit(
    open_window: Opened, qtbot: QtBot
) -> None:
    view = opened(open_window(), qtbot, "red-flag")
    view.show_routes()
    assert view.panel.flags.isVisible()
    view.choose(view.chart.key_of("ring-team"))
    routes = view.panel.routes
    qtbot.waitUntil(lambda: len(routes.found) > 0)
    count = len(routes.found)
    assert count >= 3
    assert routes.said.text().startswith(f"{count} ways from “4. Psychosis sign or red flag?” to")
    assert view.canvas.lit.route >= {view.chart.key_of("red-flag"), view.chart.key_of("ring-team")}
    assert len(view.canvas.lit.route_ways) >= 4
    routes.to("services/crisis-team.md")
    qtbot.waitUntil(lambda: "Crisis team" in routes.said.text())
    view.one_step_back()
    assert view.between is None
    assert view.panel.scroller.isVisible()


def test_a_narrow_window_shows_one_pane_and_a_switch_between_three(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window(scale=2.0)
    view = opened(window, qtbot)
    assert view.shown == "step"
    assert view.panel.isVisible()
    assert not view.spread.side.isVisible()
    view.spread.switch.segments["graph"].click()
    assert view.canvas.isVisible()
    assert not view.panel.isVisible()


def test_a_step_chosen_in_the_graph_is_in_view_when_the_outline_is_shown(
    open_window: Opened, qtbot: QtBot
) -> None:
    window = open_window()
    view = opened(window, qtbot, path="pathways/unsettled-or-ill-baby.md")
    assert view.chart is not None
    outline, last = view.outline, view.chart.keys[-1]
    view.choose(last)
    view.show_part("outline")
    row = outline.rows.index(outline.row_of(last), 0)
    assert outline.currentIndex() == row
    qtbot.waitUntil(lambda: outline.viewport().rect().contains(outline.visualRect(row)))
    outline.scrollToTop()
    view.show_part("graph")
    view.show_part("outline")
    qtbot.wait(1)
    assert outline.verticalScrollBar().value() == 0  # where one looked
    view.choose(view.chart.keys[-2])
    row = outline.rows.index(outline.row_of(view.chart.keys[-2]), 0)
    assert outline.viewport().rect().contains(outline.visualRect(row))


def test_a_change_of_the_words_keeps_the_walk_and_redraws(
    open_window: Opened, qtbot: QtBot
) -> None:
    from knowledge.library import with_page

    window = open_window()
    view = opened(window, qtbot)
    view.take(1)
    library = window.session.library
    text = library.pages[PATH].text.replace("## Call 999 and stay if safe", "## Ring 999 now")
    window.session.take(with_page(library, PATH, text.encode()))

    def title() -> str:
        picture = view.canvas.picture
        return picture.boxes[picture.place["step:call-999"]].box.title

    qtbot.waitUntil(lambda: title() == "Ring 999 now", timeout=10_000)
    assert view.walk.length == 2
    assert view.panel.fingers[0].target == "Ring 999 now"


def test_whoever_tabs_on_while_the_words_still_come_in_is_not_brought_back(
    open_window: Opened, qtbot: QtBot
) -> None:
    """A step stays at its beginning while it is laid out, but not against the keyboard."""
    window = open_window()
    window.resize(1280, 600)
    view = opened(window, qtbot, path="pathways/perinatal-mental-health.md")
    panel = view.panel
    qtbot.waitUntil(lambda: not panel.prose.busy and not panel._settling.isActive())
    finger = panel.fingers[0]
    assert finger.visibleRegion().isEmpty()  # further down
    panel.prose.setFocus(Qt.FocusReason.TabFocusReason)
    panel._settling.start()
    for _ in range(20):
        if window.focusWidget() is finger:
            break
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.focusWidget() is finger
    panel._words_came()
    assert not finger.visibleRegion().isEmpty()
