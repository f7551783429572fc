"""Pathways as nobody should write them: none is refused, nothing is cut, the window goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.graph import drawer
from desktop.places import page_place
from desktop.views.pathway import NO_GRAPH, NO_STEPS, PathwayView
from desktop.window import MainWindow
from drawing.net import LayoutError

Opened = Callable[..., MainWindow]
HEAD = "---\ntitle: {title}\nkind: pathway\nsummary: s\nowner: o\nreview_by: 2027-05-21\n---\n\n"


def step(name: str, title: str, *ways: str, kind: str = "action") -> str:
    return (
        f"## {title} {{#{name} .{kind}}}\n\nWords.\n\n" + "".join(f"- {w}\n" for w in ways) + "\n"
    )


PAGES = {
    "none": "Only an introduction.\n",
    "one": step("a", "The only step", kind="end"),
    "many": "".join(
        step(f"s{n}", f"Step number {n}", f"On → [next](#s{n + 1})", f"Ahead → [x](#s{n + 3})")
        for n in range(500)
    ),
    "fan": step("q", "Which?", *(f"Case {n} → [Step](#t{n})" for n in range(30)), kind="question")
    + "".join(step(f"t{n}", f"Answer {n}", kind="end") for n in range(30)),
    "islands": step("a", "Here", "On → [b](#b)")
    + step("b", "There", kind="end")
    + step("c", "Alone")
    + step("d", "Alone as well"),
    "loops": step("a", "Again", "Again → [itself](#a)", "Yes → [b](#b)", "No → [b](#b)")
    + step("b", "End", kind="end"),
    "long": step("a", "word " * 60, f"{'condition ' * 20}→ [b](#b)")
    + step("b", "W" * 80, kind="urgent"),
    "rtl": step("a", "هل هناك علامة طوارئ الآن؟", "نعم → [b](#b)", kind="question")
    + step("b", "اتصل على 999", kind="urgent"),
}


@pytest.fixture
def odd(open_window: Opened, tmp_path: Path) -> Opened:
    """A window on a library of these odd pathways."""

    def open_on(*names: str) -> MainWindow:
        root = tmp_path / "library"
        root.mkdir()
        for name in names:
            text = HEAD.format(title=name) + PAGES[name]
            (root / f"{name}.md").write_text(text, encoding="utf-8")
        return open_window(root)

    return open_on


def shown(window: MainWindow, qtbot: QtBot, name: str) -> PathwayView:
    window.session.go(page_place(f"{name}.md"))
    view = window.view
    assert isinstance(view, PathwayView)
    if name != "none":
        qtbot.waitUntil(lambda: view.canvas.picture is not None, timeout=30_000)
    return view


def test_every_odd_pathway_is_drawn_with_all_its_words(odd: Opened, qtbot: QtBot) -> None:
    window = odd(*PAGES)
    for name in PAGES:
        view = shown(window, qtbot, name)
        if name == "none":
            assert view.pane.note.text() == NO_STEPS
            assert not view.panel.fingers
            continue
        picture = view.canvas.picture
        assert len([b for b in picture.boxes if b.box.number]) == len(view.page.steps)
        for box in picture.boxes:
            words = "".join(w.text for w in box.words if w.role == "title").replace(" ", "")
            assert words == box.box.title.replace(" ", "")
            for w in box.words:
                assert box.rect.x <= w.x
                assert w.x + w.width <= box.rect.right + 1
        assert not window.grab().isNull()


def test_nothing_of_another_pathway_stands_beside_one_without_steps(
    odd: Opened, qtbot: QtBot
) -> None:
    window = odd("rtl", "loops", "none")
    view = shown(window, qtbot, "rtl")
    drawer._kept.clear()
    window.session.go(page_place("loops.md"))
    coming = view.drawer.wanted
    assert shown(window, qtbot, "none") is view
    qtbot.waitUntil(lambda: coming in drawer._kept)
    assert view.canvas.picture is None
    assert not view.panel.fingers
    panel = view.panel
    for part in (panel.kind, panel.count, panel.title, panel.limit, panel.prose, panel.line):
        assert part.isHidden()
    assert shown(window, qtbot, "loops").panel.title.isVisible()
    assert panel.prose.isVisible()


def test_thirty_ways_on_are_thirty_fingers_and_the_last_can_be_taken(
    odd: Opened, qtbot: QtBot
) -> None:
    view = shown(odd("fan"), qtbot, "fan")
    assert len(view.panel.fingers) == 30
    view.panel.fingers[-1].click()
    assert view.panel.title.text() == "Answer 29"


def test_a_way_back_to_the_same_step_lengthens_the_route(odd: Opened, qtbot: QtBot) -> None:
    view = shown(odd("loops"), qtbot, "loops")
    view.take(1)
    view.take(1)
    assert view.walk.length == 3
    view.one_step_back()
    assert view.walk.length == 2


def test_where_nothing_can_be_drawn_the_outline_serves_with_one_sentence(
    odd: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*wanted: object) -> None:
        raise LayoutError("The layout engine is not installed; the outline serves.")

    window = odd("islands")
    drawer._kept.clear()  # what an earlier test drew would serve
    monkeypatch.setattr(drawer, "first_picture", fails)
    monkeypatch.setattr(drawer.WORKER, "draw", fails)
    window.session.go(page_place("islands.md"))
    view = window.view
    assert isinstance(view, PathwayView)
    qtbot.waitUntil(lambda: view.shown == "outline")
    assert view.outline.isVisible()
    assert view.pane.note.text() == NO_GRAPH
    view.take(1)
    assert view.panel.title.text() == "There"
