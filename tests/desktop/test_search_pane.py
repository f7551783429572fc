"""Searching in the window: letter by letter, by keyboard, with what to do when nothing is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.views.search import SearchPane
from desktop.widgets.answers import rows_of
from desktop.widgets.painted import breakable, units
from desktop.window import MainWindow

Opened = Callable[..., MainWindow]


@pytest.fixture
def window(open_window: Opened) -> MainWindow:
    return open_window(search=True)


def asked(window: MainWindow, qtbot: QtBot, words: str) -> SearchPane:
    """Types the words and waits for their answer."""
    window.do_search()
    field = getattr(window.view, "field", None) or window.bar.field
    field.setFocus()
    qtbot.keyClicks(field, words[:1])
    qtbot.keyClicks(window.bar.field, words[1:])
    qtbot.waitUntil(
        lambda: (
            window.search_pane is not None
            and window.search_pane.answer is not None
            and window.search_pane.answer.query == words.strip()
        ),
        timeout=10_000,
    )
    pane: SearchPane = window.search_pane
    return pane


def test_a_worry_typed_at_home_shows_urgent_answers_among_the_first_three(
    window: MainWindow, qtbot: QtBot
) -> None:
    pane = asked(window, qtbot, "mum hears voices")
    assert window.pane.currentWidget() is pane
    assert pane.answer is not None
    assert any(hit.urgent for hit in pane.answer.hits[:3])


def test_down_and_enter_open_the_chosen_answer(window: MainWindow, qtbot: QtBot) -> None:
    pane = asked(window, qtbot, "infant feeding")
    first = pane.list.hit()
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Down)
    second = pane.list.hit()
    assert first is not None
    assert second is not None
    assert second is not first
    asked_for = []
    window.session.place_asked.disconnect(window.show_place)
    window.session.place_asked.connect(
        lambda place, new: asked_for.append((place.page, place.anchor, new))
    )
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Return)
    assert asked_for == [(second.page, second.anchor, False)]


def test_enter_before_the_answers_are_there_waits_for_them(
    window: MainWindow, qtbot: QtBot
) -> None:
    pane = asked(window, qtbot, "PND")
    stale = pane.list.hit()
    asked_for = []
    window.session.place_asked.disconnect(window.show_place)
    window.session.place_asked.connect(lambda place, new: asked_for.append((place.page, new)))
    window.bar.field.selectAll()
    qtbot.keyClicks(window.bar.field, "colic")
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked_for == []
    qtbot.waitUntil(lambda: bool(asked_for), timeout=10_000)
    best = pane.list.hit()
    assert best is not None
    assert best is not stale
    assert asked_for == [(best.page, True)]


def test_a_chip_never_shows_the_number_of_the_question_before(
    window: MainWindow, qtbot: QtBot
) -> None:
    pane = asked(window, qtbot, "feeding")
    chip = pane.kind_chips[""]
    qtbot.waitUntil(lambda: chip.count is not None and not chip.waiting, timeout=10_000)
    wide = chip.sizeHint()
    window.bar.field.selectAll()
    qtbot.keyClicks(window.bar.field, "colic")
    qtbot.waitUntil(
        lambda: pane.answer is not None and pane.answer.query == "colic", timeout=10_000
    )
    assert pane.totals or (chip.waiting and chip.accessibleName() == "All, chosen")
    assert pane.totals or chip.sizeHint() == wide
    qtbot.waitUntil(lambda: not chip.waiting, timeout=10_000)


def test_escape_brings_the_page_back_and_empties_the_field(
    window: MainWindow, qtbot: QtBot
) -> None:
    asked(window, qtbot, "colic")
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Escape)
    assert window.pane.currentWidget() is window.tabs
    assert window.bar.field.text() == ""


def test_the_preview_says_what_the_chosen_section_says(window: MainWindow, qtbot: QtBot) -> None:
    pane = asked(window, qtbot, "call 999 and stay")
    qtbot.waitUntil(lambda: len(pane.preview.passage.toPlainText()) > 20, timeout=10_000)
    hit = pane.list.hit()
    assert hit is not None
    assert pane.preview.title.text() in (hit.heading, hit.title)


def test_nothing_found_offers_somewhere_to_go_and_a_line_for_the_champion(
    window: MainWindow, qtbot: QtBot
) -> None:
    pane = asked(window, qtbot, "zzqxv")
    assert pane.nothing.isVisible()
    assert not pane.list.isVisible()
    engine = window.session.engine
    assert engine is not None
    pane.nothing.keep.click()
    qtbot.waitUntil(lambda: [gap.query for gap in engine.gaps] == ["zzqxv"], timeout=5_000)
    assert pane.answer is not None
    pane.nothing.show_answer(replace(pane.answer, building=True))
    assert pane.nothing.keep.isHidden()  # what is not found yet is not missing


def test_narrowing_to_services_leaves_only_services(window: MainWindow, qtbot: QtBot) -> None:
    pane = asked(window, qtbot, "feeding")
    pane.kind_chips["service"].click()
    qtbot.waitUntil(
        lambda: pane.answer is not None and {hit.kind for hit in pane.answer.hits} == {"service"},
        timeout=5_000,
    )


def test_every_answer_stands_under_its_kind(window: MainWindow, qtbot: QtBot) -> None:
    pane = asked(window, qtbot, "domestic abuse")
    assert pane.answer is not None
    kind = ""
    for row in rows_of(pane.answer):
        if row.hit is None:
            kind = row.kind
        else:
            assert row.hit.kind == kind


def test_chips_heads_and_the_line_above_count_the_same_things(
    window: MainWindow, qtbot: QtBot
) -> None:
    pane = asked(window, qtbot, "feeding")
    qtbot.waitUntil(lambda: bool(pane.totals), timeout=10_000)
    model = pane.list.answers
    for row in (row for row in model.rows if row.hit is None):
        chip = pane.kind_chips[row.kind]
        assert chip.count == model.found(row) == pane.totals[row.kind]
    every = sum(pane.totals.values())
    assert pane.kind_chips[""].count == every
    assert pane.says.text().startswith(f"{every} answers")


def test_choosing_a_kind_lists_as_many_as_its_chip_says(window: MainWindow, qtbot: QtBot) -> None:
    pane = asked(window, qtbot, "feeding")
    qtbot.waitUntil(lambda: bool(pane.totals), timeout=10_000)
    many = pane.totals["service"]
    assert many > 4
    pane.list.all_wanted.emit("service")
    qtbot.waitUntil(
        lambda: pane.answer is not None and len(pane.answer.hits) == many, timeout=10_000
    )
    assert pane.kind_chips["service"].isChecked()
    assert pane.says.text().startswith(f"{many} answers")


def test_tab_goes_from_the_field_to_the_chips_the_answers_and_the_preview(
    window: MainWindow, qtbot: QtBot
) -> None:
    pane = asked(window, qtbot, "mum hears voices")
    qtbot.waitUntil(lambda: bool(pane.totals) and bool(pane.preview.title.text()), timeout=10_000)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    window.bar.field.setFocus()
    trail = []
    for _ in range(30):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        here = window.focusWidget()
        part = next(
            (
                name
                for name, owner in (
                    ("chips", pane.kinds),
                    ("narrow", pane.more),
                    ("answers", pane.list),
                    ("preview", pane.preview),
                    ("bar", window.bar),
                )
                if owner is here or owner.isAncestorOf(here)
            ),
            "elsewhere",
        )
        if not trail or trail[-1] != part:
            trail.append(part)
    assert trail[:4] == ["chips", "narrow", "answers", "preview"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("brest feeding", "“brest” read as “breast”"),
        ("depresion", "“depresion” read as “depression”"),
    ],
)
def test_a_word_read_as_another_is_named(
    window: MainWindow, qtbot: QtBot, typed: str, said: str
) -> None:
    pane = asked(window, qtbot, typed)
    assert said in pane.says.text()


def test_a_page_without_words_of_its_own_is_previewed_by_its_first_section(
    window: MainWindow, qtbot: QtBot
) -> None:
    pane = asked(window, qtbot, "mental health emergency red flags")
    qtbot.waitUntil(lambda: len(pane.preview.passage.toPlainText()) > 20, timeout=10_000)
    assert pane.preview.summary.text()


def test_marks_stand_on_their_words_behind_pictures_too() -> None:
    words = "Feeding 🤱🏾 and sleep"
    assert units(words[: words.index("sleep")]) == words.index("sleep") + 2
    assert breakable("W" * 500).count("\u200b") >= 40
    assert breakable("Perinatal mental health: identify and refer") == (
        "Perinatal mental health: identify and refer"
    )


def test_a_short_form_is_explained_beside_the_answers_and_opens_at_its_row(
    window: MainWindow, qtbot: QtBot
) -> None:
    pane = asked(window, qtbot, "PND")
    assert pane.answer is not None
    assert pane.answer.hits[0].page == "pathways/perinatal-mental-health.md"  # a worry comes first
    pane = asked(window, qtbot, "what is PND")
    assert pane.preview.title.text() == "PND"
    assert pane.preview.heading.text() == "Postnatal depression"
    assert pane.preview.passage.isHidden()
    qtbot.keyClick(window.bar.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hasattr(window.view, "reader"), timeout=10_000)
    reader = window.view.reader  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: reader.verticalScrollBar().value() > 0, timeout=10_000)
    assert reader.cursorForPosition(QPoint(10, 12)).block().text() == "PND"
