"""A session knows which of its pages have changed since it was last presented on this computer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from knowledge.library import Library, open_library, with_page
from knowledge.model import Page
from knowledge.presented import Presented

STARTER = Path(__file__).parents[2] / "content"
SESSION = "sessions/low-mood-worked-case.md"
WHEN = datetime(2026, 11, 14, 10, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(STARTER)


@pytest.fixture
def presented(tmp_path: Path, library: Library) -> Presented:
    return Presented(tmp_path, library.root)


def other(library: Library, path: str, old: str, new: str) -> Library:
    text = library.pages[path].text
    assert old in text
    return with_page(library, path, text.replace(old, new, 1).encode())


def page_of(library: Library) -> Page:
    return library.pages[SESSION]


def test_nothing_is_marked_before_the_first_time(library: Library, presented: Presented) -> None:
    assert presented.last(page_of(library)) is None
    assert presented.changes(library, page_of(library)) == ()


def test_a_changed_section_is_marked_at_its_stop_and_no_other(
    library: Library, presented: Presented
) -> None:
    presented.remember(library, page_of(library), WHEN)
    last = presented.last(page_of(library))
    assert last is not None
    assert last.when == WHEN
    assert presented.changes(library, page_of(library)) == ()
    title = library.pages["thresholds/who-holds-what.md"].by_anchor["ladder"].title
    now = other(library, "thresholds/who-holds-what.md", title, f"{title} today")
    (found,) = presented.changes(now, page_of(now))
    assert found.number == 5
    assert found.says == "“Who holds what” changed since you last presented it"
    assert found.now == found.then.replace(title, f"{title} today", 1)


def test_a_step_that_is_gone_is_said_to_be_gone(library: Library, presented: Presented) -> None:
    presented.remember(library, page_of(library), WHEN)
    now = with_page(library, "thresholds/who-holds-what.md", None)
    (found,) = presented.changes(now, page_of(now))
    assert found.now == ""
    assert "no longer there" in found.says


def test_line_endings_and_details_are_not_a_change(library: Library, presented: Presented) -> None:
    presented.remember(library, page_of(library), WHEN)
    text = library.pages["thresholds/who-holds-what.md"].text
    data = text.replace("version:", "x_note: y\nversion:", 1).replace("\n", "\r\n").encode()
    now = with_page(library, "thresholds/who-holds-what.md", data)
    assert presented.changes(now, page_of(now)) == ()


def test_stops_that_were_not_come_to_keep_what_was_known_of_them(
    library: Library, presented: Presented
) -> None:
    presented.remember(library, page_of(library), WHEN)
    title = library.pages["thresholds/who-holds-what.md"].by_anchor["ladder"].title
    now = other(library, "thresholds/who-holds-what.md", title, f"{title} today")
    presented.remember(now, page_of(now), WHEN, stops={0, 1, 2})
    assert [s.number for s in presented.changes(now, page_of(now))] == [5]
    presented.remember(now, page_of(now), WHEN)
    assert presented.changes(now, page_of(now)) == ()


def test_a_new_name_of_the_file_changes_nothing(library: Library, presented: Presented) -> None:
    page = page_of(library)
    presented.remember(library, page, WHEN)
    assert presented.last(replace(page, path="sessions/renamed.md")) is not None


def test_a_pathway_presented_by_itself_is_remembered_too(
    library: Library, presented: Presented
) -> None:
    page = library.pages["pathways/perinatal-mental-health.md"]
    presented.remember(library, page, WHEN)
    assert presented.changes(library, page) == ()
    now = other(library, page.path, page.steps[3].title, "Quite another step")
    (found,) = presented.changes(now, now.pages[page.path])
    assert found.title == page.title


def test_a_damaged_file_is_as_none_and_is_written_anew(
    library: Library, presented: Presented
) -> None:
    page = page_of(library)
    presented.remember(library, page, WHEN)
    (file,) = presented.folder.iterdir()
    file.write_bytes(file.read_bytes()[:-9])
    assert presented.last(page) is None
    presented.remember(library, page, WHEN)
    assert presented.last(page) is not None


def test_nothing_but_words_of_the_library_is_kept(library: Library, presented: Presented) -> None:
    page = page_of(library)
    presented.remember(library, page, WHEN)
    (file,) = presented.folder.iterdir()
    kept = file.read_text("utf-8")
    for stop in page.stops:
        assert not stop.outcome or stop.outcome not in kept
        assert all(note.body not in kept for note in stop.notes)
