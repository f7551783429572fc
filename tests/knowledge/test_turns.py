"""Long work is done in portions: it can wait between them, and be left, and nothing half done stays behind."""

import threading
from datetime import date
from pathlib import Path

import pytest

from knowledge import turns
from knowledge.cache import keep, last_copy
from knowledge.library import open_library
from knowledge.places import Profile
from knowledge.source import read_page
from knowledge.validate import check
from search.engine import Engine

PAGES = 40
SECTIONS = 6
TODAY = date(2026, 11, 21)


class Enough(BaseException):
    """Whoever has the work done wants no more of it."""


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "library"
    folder.mkdir()
    for number in range(PAGES):
        parts = "".join(
            f"## Part {n}\n\nSleep and mood, {n * number}.\n\n" for n in range(SECTIONS)
        )
        (folder / f"page{number}.md").write_text(f"# Page {number}\n\n{parts}", "utf-8")
    return folder


@pytest.fixture
def profile(tmp_path):
    return Profile.at(tmp_path / "profile")


@pytest.fixture
def in_portions():
    """Does work as a thread does whose owner counts its portions, or ends it at one of them."""

    def do(work, leave_at=0):
        seen = []

        def between():
            seen.append(1)
            if len(seen) == leave_at:
                raise Enough

        turns.offer(between)
        try:
            work()
        finally:
            del turns._of_thread.between
        return len(seen)

    return do


def read_and_checked(root):
    library = open_library(root)
    return library, check(library, TODAY)


def test_reading_checking_keeping_and_indexing_can_wait_at_every_page(root, profile, in_portions):
    library, found = read_and_checked(root)
    page = (root / "page7.md").read_bytes()
    with Engine.for_library(lambda: library, profile) as engine:
        for work, least in (
            (lambda: open_library(root), PAGES),
            (lambda: read_page("page7.md", page), SECTIONS),  # a long page is not one portion
            (lambda: check(library, TODAY), PAGES),
            (lambda: keep(library, found, profile.cache), PAGES),
            (lambda: last_copy(root, profile.cache), PAGES),
            (engine.refresh, PAGES * (2 + SECTIONS)),  # taken in section by section, then written
        ):
            assert in_portions(work) >= least


def test_nobody_else_is_held_up(root, in_portions):
    held = threading.Event()

    def work():
        other = threading.Thread(target=lambda: (open_library(root), held.set()))
        other.start()
        other.join(60)

    assert in_portions(work, leave_at=1) == 0  # what another thread does is its own business
    assert held.is_set()


def test_a_copy_that_was_begun_is_never_taken_for_one(root, profile, in_portions):
    library, found = read_and_checked(root)
    many = in_portions(lambda: keep(library, found, profile.cache))
    kept = last_copy(root, profile.cache)
    folder = profile.cache / "libraries"
    (whole,) = folder.iterdir()
    before = whole.read_bytes()
    for leave_at in (1, PAGES // 2, PAGES, many - 1, many):
        with pytest.raises(Enough):
            in_portions(lambda: keep(library, found, profile.cache), leave_at)
        assert [file.name for file in folder.iterdir()] == [whole.name]
        assert whole.read_bytes() == before
    assert kept is not None
    assert kept.library.pages == library.pages


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.8, 0.95, 0.999])
def test_an_index_left_at_any_portion_is_gone_on_with(root, tmp_path, in_portions, share):
    library, _ = read_and_checked(root)
    whole = Profile.at(tmp_path / "whole")
    with Engine.for_library(lambda: library, whole) as engine:
        many = in_portions(engine.refresh)
    profile = Profile.at(Path(tmp_path / "left"))
    with Engine.for_library(lambda: library, profile) as engine, pytest.raises(Enough):
        in_portions(engine.refresh, max(1, round(many * share)))
    with Engine.for_library(lambda: library, profile) as engine:
        done = engine.refresh()
        assert done.pages == PAGES
        assert len(engine.search("sleep", limit=500).hits) >= PAGES
