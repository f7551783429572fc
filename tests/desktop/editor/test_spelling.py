"""Spelling: British words, the library's own, a person's own; underlined after a pause, mended from the menu."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.editor.speller import Speller
from desktop.editor.spelling import Spelling
from desktop.editor.view import EditorView
from desktop.window import MainWindow
from knowledge.library import open_library
from tests.support.writing import edit

TESTS = Path(__file__).parents[2]
TINY = TESTS / "data" / "tiny"
CONTENT = TESTS.parent / "content"
CASE = "casestudies/one-team.md"

Opened = Callable[..., MainWindow]


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(open_library(TINY), ["Solihullish"])


@pytest.mark.parametrize(
    "word",
    "organise colour programme isn't baby's babies' PHQ GPs perinatal Solihullish whilst".split(),
)
def test_these_words_are_known(speller: Speller, word: str) -> None:
    assert speller.knows(word)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("organize", "organise"),
        ("color", "colour"),
        ("safegarding", "safeguarding"),
        ("Anxeity", "Anxiety"),
        ("definately", "definitely"),
        ("doesnt", "doesn't"),
    ],
)
def test_a_slip_is_found_and_what_was_meant_comes_first(
    speller: Speller, word: str, meant: str
) -> None:
    assert not speller.knows(word)
    assert speller.suggestions(word)[0] == meant


def test_details_code_addresses_and_marks_are_no_words(speller: Speller) -> None:
    text = (
        "---\ntitle: Xyzzq\n---\n\n## Feedng {#feedng .action}\n\n`qwxz` [Ask](feedng-qq.md) [^Qq1] "
        "<qqtag> https://qqx.example/zzq qq@qqz.org PHQ-9xx\n\n```\nqqcode\n```\n> [!URGENT]\n> Ringg\n"
    )
    assert [(m.line, m.start, m.word) for m in speller.misspelt(text)] == [
        (4, 3, "Feedng"),
        (12, 2, "Ringg"),
    ]


def test_lines_that_stay_are_found_where_they_are_now_until_a_word_is_kept() -> None:
    speller = Speller(open_library(TINY), ())
    found = [(0, "Feedng"), (2, "Ringg"), (2, "Feedng")]
    text = "Feedng\n\nRingg and Feedng\n"
    assert [(m.line, m.word) for m in speller.misspelt(text)] == found
    lower = [(m.line, m.start, m.word) for m in speller.misspelt("New\n" + text)]
    assert lower == [(1, 0, "Feedng"), (3, 0, "Ringg"), (3, 10, "Feedng")]
    speller.keep("Feedng")
    assert [(m.line, m.word) for m in speller.misspelt(text)] == [(2, "Ringg")]


def test_the_pages_that_ship_are_spelt_as_the_check_wants_it() -> None:
    library = open_library(CONTENT)
    whole = Speller(library, ())
    found = {m.word for page in library.pages.values() for m in whole.misspelt(page.text)}
    assert len(found) < 40  # names and terms of a single page


def _marked(spelling: Spelling) -> list[str]:
    return [mark.cursor.selectedText() for mark in spelling.underlined()]


def _menu(view: EditorView, word: str) -> QMenu:
    at = view.words.document().find(word)
    at.setPosition(at.selectionStart() + 1)
    menu = view.words.createStandardContextMenu()
    view.spelling.advise(menu, QTextCursor(at))
    return menu


def test_a_word_is_underlined_once_it_is_written_and_mended_from_the_menu(
    qtbot: QtBot, desk_window: Opened
) -> None:
    window = desk_window()
    view, _ = edit(qtbot, window, CASE)
    view.words.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(view.words, "Ask about anxeity and qwertle ")
    qtbot.waitUntil(lambda: "anxeity" in _marked(view.spelling), timeout=10_000)
    menu = _menu(view, "anxeity")
    assert menu.actions()[0].text() == "anxiety"
    menu.actions()[0].trigger()
    assert "Ask about anxiety and" in view.words.toPlainText()
    keep = next(a for a in _menu(view, "qwertle").actions() if a.text().startswith("Keep"))
    keep.trigger()
    assert _marked(view.spelling) == []
    assert window.session.settings.get("words") == ["qwertle"]
    off = next(a for a in _menu(view, "about").actions() if a.text() == "Stop checking spelling")
    off.trigger()
    QTest.keyClicks(view.words, "anxeity ")
    editing = view.editing
    assert editing is not None
    with qtbot.waitSignal(editing.looked, timeout=10_000):
        editing.look_now()
    assert _marked(view.spelling) == []
