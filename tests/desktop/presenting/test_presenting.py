"""A show in its two windows: what the trainer presses, and what the room then sees."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.presenting import presenting
from desktop.presenting.roomview import spoken
from desktop.theme import theme
from knowledge.showing.moment import begin, scene_at
from tests.support.libraries import page, write_library

CASE = "sessions/low-mood-worked-case.md"
MOOD = "pathways/perinatal-mental-health.md"
Key = Qt.Key


def press(show: Any, *keys: Key, on: QWidget | None = None) -> None:
    from PySide6.QtTest import QTest

    for key in keys:
        QTest.keyClick(on or show.trainer.desk.framed.view, key)


def picture_of(widget: QWidget) -> QImage:
    return widget.grab().toImage()


def step(show: Any) -> str:
    return scene_at(show.show, show.moment).anchor


def test_f5_opens_both_windows_at_the_beginning(present: Any) -> None:
    show = present(f"{MOOD}#self-harm-item")
    assert show.trainer.isVisible()
    assert show.audience.isVisible()
    assert show.audience.width() >= 700
    assert step(show) == show.show.scenes[0].anchor


def test_shift_f5_begins_here(present: Any) -> None:
    assert step(present(f"{MOOD}#self-harm-item", command="present_here")) == "self-harm-item"


def test_the_show_ends_where_the_trainer_was(present: Any) -> None:
    show = present(f"{MOOD}#self-harm-item")
    window = show.window_
    press(show, Key.Key_Space, Key.Key_Space, Key.Key_Escape)
    assert show.over
    assert window.tab.place.link == f"{MOOD}#self-harm-item"
    window.do_id("present")
    assert not window.showing.over
    window.showing.do_end()


@pytest.mark.parametrize("which", ["audience", "trainer"])
def test_closing_either_window_ends_the_show(present: Any, which: str) -> None:
    show = present(MOOD)
    getattr(show, which).close()
    assert show.over
    assert not show.audience.isVisible()
    assert not show.trainer.isVisible()
    assert show.window_.isVisible()


def test_a_second_f5_brings_the_show_forward(present: Any) -> None:
    show = present(MOOD)
    show.window_.do_id("present")
    assert show.window_.showing is show


def test_a_session_of_gone_and_changed_pages_is_shown_to_its_end(
    present: Any, tmp_path: Path
) -> None:
    order = (
        "1. [Gone](../pathways/gone.md#x) (2 minutes)\n2. [Lost](../pathways/x.md#lost)\n"
        "3. [Old](../pathways/old.md#a)\n4. [Outside](https://example.org)\n"
        + "\n".join(f"{n}. [A](../pathways/x.md#a) (1 minute, covered)" for n in range(5, 205))
    )
    steps = "## A {#a}\n\n- Yes → [B](#b)\n- No → [C](#c)\n\n## B {#b}\n\nB.\n\n## C {#c}\n\nC."
    root = write_library(
        tmp_path / "lib",
        {
            "pathways/x.md": page("X", steps, kind="pathway"),
            "pathways/old.md": page("Old", "## A {#a}\n\nOld.", kind="pathway", status="withdrawn"),
            "sessions/s.md": page("S", f"## Order\n\n{order}", kind="session"),
        },
    )
    show = present("sessions/s.md", root=root)
    troubles = []
    assert len(show.trainer.order.item(0).data(Qt.ItemDataRole.AccessibleTextRole)) > 60
    while show.moment.at + 1 < len(show.show.scenes) and show.moment.at < 8:
        troubles.append(show.trainer.troubles.text())
        press(show, Key.Key_Space)
    assert "not in the library" in troubles[0]
    assert "no part of this name" in troubles[1]
    assert "withdrawn" in troubles[2]
    assert troubles[4:] == [""] * len(troubles[4:])
    assert "Withdrawn" in [mark.words for mark in seen_marks(show, 2)]
    press(show, Key.Key_2, Key.Key_0, Key.Key_4, Key.Key_Return)
    assert show.moment.at == len(show.show.scenes) - 1


def seen_marks(show: Any, at: int) -> Any:
    show.go_to(at)
    return show.stage.seen.marks


def test_every_tool_below_the_picture_is_in_view_and_nothing_is_cut(present: Any) -> None:
    show = present(CASE)
    trainer = show.trainer
    for part in (trainer, show.audience):
        part.setUpdatesEnabled(False)
    trainer.showNormal()
    place = trainer.left.viewport()
    for height in (690, 720, 800):
        show.move_to(begin(show.show))
        trainer.resize(1280, height)
        for at in range(len(show.show.scenes)):
            show.go_to(at)
            for _ in range(3):
                QApplication.processEvents()
            assert trainer.height() == height
            assert trainer.left.verticalScrollBar().maximum() == 0, at
            for part in (trainer.desk.hidden, trainer.desk.framed):
                assert place.rect().contains(part.mapTo(place, part.rect().bottomRight())), at


def test_the_keys_of_a_clicker_work_in_both_windows(present: Any) -> None:
    show = present(MOOD)
    first = step(show)
    press(show, Key.Key_PageDown, on=show.audience.room)
    second = step(show)
    press(show, Key.Key_PageDown, on=show.trainer.notes.text)
    assert len({first, second, step(show)}) == 3
    press(show, Key.Key_PageUp, Key.Key_PageUp)
    assert step(show) == first


def test_a_key_that_is_leant_on_does_not_run_through_the_answers(present: Any) -> None:
    show = present(CASE)
    press(show, Key.Key_1, Key.Key_2, Key.Key_Return)
    view, before = show.trainer.desk.framed.view, show.moment
    for key, words in ((Key.Key_Space, " "), (Key.Key_PageDown, ""), (Key.Key_B, "b")):
        held = QKeyEvent(
            QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, words, autorep=True
        )
        QApplication.sendEvent(view, held)
    plain = Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyRelease, QEvent.Type.KeyPress):  # a repeat that Qt did not know
        one = QKeyEvent(kind, Key.Key_Space, plain, " ")
        one.setTimestamp(7_000)
        QApplication.sendEvent(view, one)
    assert show.moment == before
    press(show, Key.Key_Space)
    assert show.moment != before


def test_a_tool_that_is_held_can_be_read(present: Any) -> None:
    show = present(CASE)
    button = show.trainer.desk.tool_buttons["pointer"]
    press(show, Key.Key_L)
    assert button.isChecked()
    image = picture_of(button)
    grounds = {image.pixelColor(x, image.height() // 2).name() for x in (4, image.width() - 5)}
    assert grounds == {theme().colours["accent"].lower()}


def test_space_uncovers_and_the_trainer_knows_it_before(present: Any) -> None:
    show = present(CASE)
    press(show, Key.Key_1, Key.Key_2, Key.Key_Return)
    assert step(show) == "self-harm-item"
    desk = show.trainer.desk
    assert desk.hidden.text() == "2 outcomes covered"
    assert "Hold the risk conversation now" in desk.card.rest.text()
    assert "Hold the risk" not in spoken(show.stage.seen)
    assert show.trainer.controls.next.icon_name == "eye"
    press(show, Key.Key_Space)
    assert "Hold the risk conversation now" in spoken(show.stage.seen)
    assert desk.hidden.text() == "Nothing is covered"
    assert show.trainer.controls.next.icon_name == "arrow-right"


def test_the_words_of_a_step_stay_covered_with_its_outcome(present: Any) -> None:
    """They may tell the answer; the trainer is told so, and the room sees what it saw."""
    show = present(CASE)
    press(show, Key.Key_1, Key.Key_2, Key.Key_Return)
    room = picture_of(show.audience)
    press(show, Key.Key_T)
    assert "stay covered" in show.trainer.controls.help.text()
    assert picture_of(show.audience) == room
    press(show, Key.Key_U)
    assert "stay covered" not in show.trainer.controls.help.text()
    press(show, Key.Key_T)
    words = show.stage.laid.sheet.document.toPlainText()
    assert "item 10 of the EPDS" in words
    press(show, Key.Key_C)  # covered again, while they lie over the graph
    assert show.stage.laid.sheet.document.toPlainText().strip() == "Covered. What next?"
    press(show, Key.Key_R)
    assert "Covered" not in show.stage.laid.sheet.document.toPlainText()  # red flags always


def test_on_one_screen_s_shows_the_other_window(present: Any, qtbot: QtBot) -> None:
    show = present(MOOD)
    trainer = show.trainer
    assert trainer.where.text() == "The room’s window is behind"
    assert trainer.swap.isEnabled()
    assert trainer.swap.accessibleName() == "Show the room’s window"
    qtbot.waitUntil(trainer.isActiveWindow)
    press(show, Key.Key_S)
    qtbot.waitUntil(show.audience.isActiveWindow)
    press(show, Key.Key_S, on=show.audience.room)
    qtbot.waitUntil(trainer.isActiveWindow)


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Backspace])
def test_a_wrong_number_is_taken_back_and_the_show_goes_on(present: Any, key: Key) -> None:
    show = present(CASE)
    press(show, Key.Key_4, Key.Key_Return)
    before = show.moment
    press(show, Key.Key_1, Key.Key_3, key)
    assert (show.over, show.typed, show.moment) == (False, "", before)
    press(show, Key.Key_Return)
    assert show.moment == before
    press(show, Key.Key_Escape)
    assert show.over


def test_a_digit_alone_takes_a_way(
    present: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presenting, "WAY_AFTER_MS", 20)
    show = present(CASE)
    press(show, Key.Key_1, Key.Key_2, Key.Key_Return)
    press(show, Key.Key_1)
    assert "takes way 1" in show.trainer.controls.help.text()
    assert step(show) == "self-harm-item"
    with qtbot.waitSignal(show.moved):
        pass
    assert step(show) == "risk-conversation"
    press(show, Key.Key_PageUp)
    assert step(show) == "self-harm-item"
    titles = [way.title for way in show.stage.seen.graph.ways]
    assert titles == ["Hold the risk conversation now", ""]


def test_blank_covers_the_room_but_not_the_notes(present: Any) -> None:
    show = present(CASE)
    press(show, Key.Key_B)
    image = picture_of(show.audience)
    assert {image.pixelColor(x, 40).name() for x in range(0, image.width(), 50)} == {"#000000"}
    press(show, Key.Key_W)
    assert picture_of(show.audience).pixelColor(30, 30).name() == "#ffffff"
    press(show, Key.Key_W)
    assert not show.stage.seen.blank


def test_notes_grow_and_stay_so(present: Any) -> None:
    show = present(CASE)
    before = show.trainer.notes.size_
    show.trainer.notes.larger.click()
    assert show.session.settings.get("notes_size") > before
    show.trainer.notes.smaller.click()
    assert show.session.settings.get("notes_size") == before


def test_notes_that_come_into_view_are_those_of_the_stop(present: Any) -> None:
    show = present(CASE)
    trainer = show.trainer
    trainer.showNormal()
    trainer.resize(700, 700)
    assert not trainer.notes.isVisible()
    show.go_to(next(n for n, scene in enumerate(show.show.scenes) if n > 2 and scene.ask))
    trainer.switch.show_choice("notes")
    trainer._fit()
    assert trainer.notes.isVisible()
    assert scene_at(show.show, show.moment).ask in trainer.notes.text.toPlainText()


def test_a_search_of_the_trainer_is_not_seen_before_the_arrival(present: Any, qtbot: QtBot) -> None:
    show = present(CASE)
    qtbot.waitUntil(lambda: show.session.searchable)
    before = picture_of(show.audience)
    show.do_jump()
    panel = show.trainer.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    jump = next(part for part in panel if type(part).__name__ == "Jump")
    jump.field.setText("crisis team")
    jump.field.textEdited.emit("crisis team")
    qtbot.waitUntil(lambda: jump.list.count() > 0, timeout=10_000)
    assert picture_of(show.audience) == before
    jump._go()
    assert show.moment.walk
    assert picture_of(show.audience) != before
    for _ in range(show.stage.leaves):
        press(show, Key.Key_Space)
    assert not show.moment.walk


def test_pointer_and_pen_are_gone_with_the_next_step(present: Any, qtbot: QtBot) -> None:
    from PySide6.QtTest import QTest

    show = present(MOOD)
    clean = picture_of(show.audience)
    press(show, Key.Key_H)
    view = show.trainer.desk.framed.view
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    QTest.mouseMove(view, QPoint(120, 70))
    assert show.stage.strokes
    show.stage.stroke(show.stage.strokes[0].at(0), first=False)
    assert picture_of(show.audience) != clean
    press(show, Key.Key_X)
    assert picture_of(show.audience) == clean


def test_every_button_has_a_name_and_can_be_reached_by_tab(present: Any) -> None:
    from PySide6.QtWidgets import QAbstractButton

    show = present(CASE)
    press(show, Key.Key_1, Key.Key_2, Key.Key_Return)
    for button in show.trainer.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.accessibleName() or button.text()
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
            assert button.height() >= 24


def test_a_library_that_goes_away_does_not_end_the_show(
    present_in: Any, open_unpainted: Any, tmp_path: Path, qtbot: QtBot
) -> None:
    import shutil

    root = tmp_path / "lib"
    steps = "## A {#a}\n\n- Yes → [B](#b)\n- No → [C](#c)\n\n## B {#b}\n\nB.\n\n## C {#c}\n\nC."
    write_library(root, {"pathways/x.md": page("X", steps, kind="pathway")})
    show = present_in(open_unpainted(root), "pathways/x.md")
    shutil.rmtree(root)
    show.session.look_again()
    qtbot.waitUntil(lambda: bool(show.session.lost), timeout=10_000)
    press(show, Key.Key_Space)
    assert step(show) == "b"
    press(show, Key.Key_Space)
    assert step(show) == "c"


def test_what_was_shown_is_remembered_and_nobody_who_was_there(present: Any) -> None:
    show = present(CASE)
    session = show.session
    press(show, Key.Key_3, Key.Key_Return, Key.Key_Escape)
    last, since = session.last_presented(CASE)
    assert last is not None
    assert not since


def test_nothing_before_the_room_is_cut_off(present: Any) -> None:
    show = present(CASE)
    show.trainer.hide()
    stage = show.stage
    for size in ((800, 600), (1280, 720), (1920, 1080), (3840, 2160)):
        show.move_to(begin(show.show))
        show.audience.resize(*size)
        waited = 0
        for at in range(len(show.show.scenes)):
            show.go_to(at)
            for _ in range(12):
                waited += show.stage.seen.waiting
                whole = stage.size.height()
                laid = stage.laid
                assert laid.middle.bottom() + laid.band.height + laid.strip.height <= whole + 1
                assert laid.strip.height >= 80
                if laid.sheet is None:
                    seen = stage.frame.seen(laid.middle.size())
                    assert seen.contains(laid.picture.box_rect(laid.lit.chosen))
                if not show.stage.seen.waiting and stage.leaf + 1 >= stage.leaves:
                    break
                show.do_next()
        assert waited > 10  # what was uncovered at one size was covered again for the next


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("ink", "surface"),
        ("ink_muted", "surface"),
        ("ink", "accent_tint"),
        ("ink", "sunken"),
        ("ink_muted", "sunken"),
        ("ink", "urgent_tint"),
        ("urgent_ink", "urgent_tint"),
        ("warn_ink", "warn_tint"),
        ("on_urgent", "u_fill"),
        ("on_accent", "trail"),
        ("ink", "q_fill"),
        ("q_edge", "q_fill"),
        ("ink", "r_fill"),
        ("r_edge", "r_fill"),
        ("ink_muted", "e_fill"),
        ("ink_muted", "a_fill"),
        ("dim_ink", "dim_fill"),
        ("trail", "graph"),
        ("link", "surface"),
    ],
)
def test_all_words_before_the_room_have_a_contrast_of_seven(words: str, ground: str) -> None:
    from desktop.presenting.look import palette

    assert contrast(palette()[words], palette()[ground]) >= 7


def test_no_word_before_the_room_is_smaller_than_24() -> None:
    from desktop.presenting import look
    from desktop.presenting.framing import NEAR

    smallest = min(
        theme().tokens["type_px"][f"{name}_in_graph"] for name in ("kind", "title", "label")
    )
    assert smallest * NEAR >= look.LEAST
    assert look.font(12).pixelSize() == look.LEAST


def test_a_covered_box_has_no_words_even_in_the_drawing(present: Any) -> None:
    show = present(CASE)
    for at, scene in enumerate(show.show.scenes):
        show.go_to(at)
        graph, picture = show.stage.seen.graph, show.stage.laid.picture
        if graph is None or not graph.covered:
            continue
        assert scene.covered
        covered = {anchor for anchor, way in graph.covered if not way}
        titles = {step.title for step in scene.page.steps if step.anchor in covered}
        said = {" ".join(w.text for w in box.words) for box in picture.boxes}
        assert not [t for t in titles if any(t in one for one in said)]
        assert picture.drawing.diagram.boxes == ()
        assert {
            box.box.title for box in picture.boxes if box.key in show.stage.laid.lit.covered
        } <= {""}
        upright = {a[0] for way in picture.ways for a, b in pairwise(way.points) if a[0] == b[0]}
        assert {x for way in picture.ways for x, _ in way.hops} <= upright


def test_levels_of_a_ladder_stand_covered_before_the_room(present: Any, tmp_path: Path) -> None:
    rows = "\n".join(f"| Level {n} | {'Sign ' * 30}{n} | Do {n} |" for n in range(1, 7))
    ladder = f"## Levels {{#levels}}\n\n| Level | Signs | Do |\n|---|---|---|\n{rows}\n"
    order = "1. [Levels](../thresholds/t.md#levels) (3 minutes, covered)\n"
    root = write_library(
        tmp_path / "lib",
        {
            "thresholds/t.md": page("T", ladder, kind="threshold"),
            "sessions/s.md": page("S", f"Welcome.\n\n## Order\n\n{order}", kind="session"),
        },
    )
    show = present("sessions/s.md", root=root)
    press(show, Key.Key_1, Key.Key_Return)
    leaves = []
    for level in range(1, 7):
        text = show.stage.laid.sheet.document.toPlainText()
        assert text.count("Covered. What next?") == 7 - level
        press(show, Key.Key_Space)
        leaves.append(show.stage.leaf)
    assert leaves == sorted(leaves)
    assert leaves[-1] == show.stage.leaves - 1 > 0
    assert show.trainer.desk.hidden.text() == "Nothing is covered"


def test_long_words_and_long_questions_stay_on_the_screen(present: Any, tmp_path: Path) -> None:
    long = "Donaudampfschifffahrt" * 12
    many = "What would you say to her first, and what would you leave for later? " * 20
    ways = "\n".join(f"- {long} {n} → [{long} {n}](#s{n})" for n in range(1, 6))
    steps = "\n".join(f"## {long} {n} {{#s{n}}}\n\nWords.\n" for n in range(1, 6))
    order = f"1. [A](../pathways/x.md#a) (1 minute, covered)\n\n    Ask: {many}\n\n    Outcome: {many}\n"
    root = write_library(
        tmp_path / "lib",
        {
            "pathways/x.md": page(long, f"## {long} {{#a}}\n\n{ways}\n\n{steps}", kind="pathway"),
            "sessions/s.md": page("S", f"## Order\n\n{order}", kind="session"),
        },
    )
    show = present("sessions/s.md", root=root)
    stage = show.stage
    for size in ((1280, 720), (800, 600), (480, 800)):
        show.audience.resize(*size)
        for _ in range(2):
            width, low = stage.size.width(), stage.size.height()
            boxes = [stage.laid.head.title, stage.laid.band.ask, stage.laid.band.outcome]
            boxes += [box for _, box in (*stage.laid.head.marks, *stage.laid.band.ways)]
            assert all(box.right() <= width for box in boxes)
            assert stage.laid.head.height < low / 2
            assert stage.laid.middle.height() > 60
            picture_of(show.audience)
            press(show, Key.Key_U)
        press(show, Key.Key_C)


def test_a_picture_is_never_larger_than_the_page_before_the_room(
    present: Any, tmp_path: Path
) -> None:
    image = QImage(450, 1200, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    root = write_library(
        tmp_path / "lib", {"pages/p.md": page("P", "## Part\n\n![Tall](../media/tall.png)")}
    )
    (root / "media").mkdir()
    assert image.save(str(root / "media" / "tall.png"))
    show = present("pages/p.md", root=root)
    sheet = show.stage.laid.sheet
    assert sheet.pages == 1
    assert 300 < sheet.document.size().height() <= sheet.size.height() + 1


def contrast(one: str, other: str) -> float:
    """As WCAG reckons it."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_at_200_per_cent_every_part_of_the_trainers_window_fits_on_800_by_600(present: Any) -> None:
    trainer = present("sessions/low-mood-worked-case.md").trainer
    theme().set(scale=2.0)
    trainer.resize(800, 600)
    for part in ("room", "notes", "order"):
        trainer.switch.show_choice(part)
        trainer._fit()
        trainer.layout().activate()
        least = trainer.minimumSizeHint()
        assert (least.width() <= 800, least.height() <= 600) == (True, True), part
