"""What a champion looks after stands on one page; the lists behind it open their places and save as files."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.editor.champion import ChampionView
from desktop.editor.desk import desk_of
from desktop.places import list_place
from desktop.views.register import DueView, FactsView
from desktop.window import MainWindow
from knowledge.editing.carry import plan_page
from knowledge.files import Files, digest
from knowledge.library import open_library
from knowledge.saving.carrying import Part, Step
from knowledge.saving.store import PageStore
from knowledge.saving.versions import Change

TINY = Path(__file__).parents[2] / "data" / "tiny"
PAGE = "pathways/feeding.md"

Opened = Callable[..., MainWindow]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "library"))


def _champion(qtbot: QtBot, window: MainWindow) -> ChampionView:
    window.show_place(list_place("champion"))
    view = window.view
    assert isinstance(view, ChampionView)
    view.found = None
    view._look()
    qtbot.waitUntil(lambda: view.found is not None, timeout=10_000)
    qtbot.waitUntil(lambda: "Searches that found nothing" in _said(view), timeout=10_000)
    qtbot.wait(1)  # what was just put in is shown by the next event
    return view


def _said(view: ChampionView) -> str:
    words = [w.text() for w in view.findChildren(QLabel) if w.isVisibleTo(view)]
    return "\n".join([*words, *(b.text() for b in view.findChildren(QPushButton))])


def _press(qtbot: QtBot, view: ChampionView, words: str) -> None:
    """Press a button, once it is there: what the disk says comes a moment later."""

    def found() -> list[QPushButton]:
        buttons = view.findChildren(QPushButton)
        return [b for b in buttons if b.text() == words and b.isVisibleTo(view)]

    qtbot.waitUntil(lambda: bool(found()), timeout=10_000)
    QTest.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def test_she_finds_it_by_herself_and_sees_what_others_did_and_do(
    qtbot: QtBot, open_window: Opened, library: Path, tmp_path: Path
) -> None:
    other = PageStore(library, tmp_path / "other", session="other")
    data = (library / PAGE).read_bytes()
    other.save(PAGE, data + b"\nMore.\n", digest(data), Change("Named nurse", "A line was missing"))
    other.presence.editing("services/duty-desk.md", "Feeding lead")
    window = open_window(library)
    entry = next(e for e in window.navigation.entries if e.words == "Champion")
    QTest.mouseClick(entry, Qt.MouseButton.LeftButton)
    view = _champion(qtbot, window)
    qtbot.waitUntil(lambda: "Feeding lead since" in _said(view), timeout=10_000)
    said = _said(view)
    assert "Named nurse · A line was missing" in said
    assert "Feeding lead since" in said
    assert "None. Everything you wrote is in the library." in said


def test_a_draft_of_an_earlier_session_is_gone_on_with_or_thrown_away(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    window = open_window(library)
    data = (library / PAGE).read_bytes()
    earlier = PageStore(library, window.session.profile.data, session="earlier")
    earlier.keep_draft(PAGE, data + b"\nUnsaved.\n", digest(data))
    earlier.keep_draft("services/duty-desk.md", b"Other words.\n", None)
    view = _champion(qtbot, window)
    qtbot.waitUntil(lambda: "The page has changed since" in _said(view), timeout=10_000)
    _press(qtbot, view, "Throw it away")
    qtbot.waitUntil(lambda: view.found is not None and len(view.found.drafts) == 1, timeout=10_000)
    left = view.found.drafts[0].page if view.found is not None else ""
    _press(qtbot, view, "Go on with it")
    qtbot.waitUntil(lambda: window.tab.place.kind == "edit", timeout=10_000)
    assert desk_of(window.session).pages[left].differs


def test_a_renaming_that_was_broken_off_is_finished_from_here(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    class PowerCut(BaseException):
        pass

    class Cut(Files):
        def replace(self, source: Path, target: Path) -> None:
            if target.suffix == ".md":
                raise PowerCut
            super().replace(source, target)

    window = open_window(library)
    store = PageStore(library, window.session.profile.data, files=Cut(), session="earlier")
    known = open_library(library)
    plan = plan_page(known, known.pages[PAGE], "Feeding: what to do", "pathways/feed.md")
    parts = tuple(Part(f.path, f.data, f.opened, f.to) for f in plan.files)
    with pytest.raises(PowerCut):
        store.carrying.do(Step(plan.says, parts, Change("Champion", "Plainer")))
    view = _champion(qtbot, window)
    qtbot.waitUntil(lambda: "It was cut off before" in _said(view), timeout=10_000)
    _press(qtbot, view, "Finish it")
    qtbot.waitUntil(lambda: not (library / PAGE).exists(), timeout=10_000)
    qtbot.waitUntil(lambda: view.found is not None and not view.found.broken_off, timeout=10_000)
    assert (library / "pathways/feed.md").exists()


def _answered(qtbot: QtBot, window: MainWindow, words: str) -> None:
    pane = window.search_pane
    qtbot.waitUntil(
        lambda: pane.answer is not None and pane.answer.query == words and not pane.answer.hits,
        timeout=10_000,
    )


def test_searches_that_found_nothing_are_kept_only_where_that_is_wanted(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    window = open_window(library, search=True)
    session = window.session
    engine = session.engine
    assert engine is not None
    for words, keeping in (("zzqxv", False), ("wwkjq", True)):
        session.settings.set("search_history", keeping)
        window.typed(words)
        _answered(qtbot, window, words)
        window.search_pane._note_missed()
    qtbot.waitUntil(lambda: [g.query for g in engine.gaps] == ["wwkjq"], timeout=10_000)
    window.leave_search()
    view = _champion(qtbot, window)
    qtbot.waitUntil(lambda: "wwkjq" in _said(view), timeout=10_000)
    from desktop.searches import clear

    clear(session)
    qtbot.waitUntil(lambda: engine.gaps == [], timeout=10_000)


def test_the_list_of_pages_due_is_sorted_narrowed_opened_and_saved(
    qtbot: QtBot, open_window: Opened, library: Path, tmp_path: Path
) -> None:
    page = library / PAGE
    page.write_bytes(page.read_bytes().replace(b"2027-05-21", b"2020-05-21"))
    window = open_window(library)
    window.do_id("due")
    view = window.view
    assert isinstance(view, DueView)
    first = next(e for e in view.list.model_of.entries if e.place is not None)
    assert first.title == "Feeding: a worry"
    assert "days overdue" in first.side
    view.order.setCurrentIndex(1)
    view.order.activated.emit(1)
    titles = [entry.title for entry in view.list.model_of.entries]
    assert titles == sorted(titles, key=str.casefold)
    view.filters.choose("When", "Overdue", True)
    view.export_to(tmp_path / "due.csv")
    qtbot.waitUntil((tmp_path / "due.csv").exists, timeout=10_000)
    rows = list(csv.reader(io.StringIO((tmp_path / "due.csv").read_bytes().decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Title", "Feeding: a worry"]
    view.list.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert window.tab.place.page == PAGE


def test_a_fact_opens_at_its_step_and_a_full_disk_is_told(
    qtbot: QtBot, open_window: Opened, library: Path, tmp_path: Path
) -> None:
    page = library / PAGE
    page.write_bytes(page.read_bytes().replace(b"strength: seen", b"strength: unchecked"))
    window = open_window(library)
    window.do_id("facts")
    view = window.view
    assert isinstance(view, FactsView)
    qtbot.waitUntil(lambda: bool(view.list.model_of.entries), timeout=10_000)
    entry = next(e for e in view.list.model_of.entries if e.title == "Plot the weight.")
    assert entry.place is not None
    assert (entry.place.page, entry.place.anchor) == (PAGE, "weight")
    told: list[str] = []
    window.session.told.connect(told.append)
    view.export_to(tmp_path / "no such folder" / "facts.csv")
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert "could not be saved" in told[0]


def test_facts_are_shown_although_the_library_was_read_again_meanwhile(
    qtbot: QtBot, open_window: Opened, library: Path
) -> None:
    page = library / PAGE
    page.write_bytes(page.read_bytes().replace(b"strength: seen", b"strength: unchecked"))
    window = open_window(library)
    session = window.session
    assert session.library is not None
    window.do_id("facts")
    # What a look every few seconds leaves where nothing has changed: the same pages, read again.
    session.library = replace(session.library, pages=dict(session.library.pages))
    view = window.view
    assert isinstance(view, FactsView)
    qtbot.waitUntil(lambda: bool(view.list.model_of.entries), timeout=10_000)
