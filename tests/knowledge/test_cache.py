"""What was read last time is kept, and never trusted further than it deserves."""

import os
import pickle
from datetime import timedelta

import pytest

from knowledge import cache as module
from knowledge.cache import checked_library, keep, last_copy
from knowledge.errors import Missing
from tests.support.pages import TODAY, write

FILES = {
    "library.yaml": "name: x\n",
    "a.md": "[b](b.md)\n",
    "b.md": "one\n",
    "pathways/p.md": "## A\n",
}


@pytest.fixture
def root(tmp_path):
    folder = write(tmp_path / "library", FILES)
    for path in folder.rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))  # settled long ago
    return folder


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


def kept_files(cache):
    return sorted(p.name.rsplit(".", 1)[-1] for p in cache.rglob("*") if p.is_file())


@pytest.fixture
def reads(monkeypatch):
    """The pages that were read from the disk."""
    real, seen = module.open_library.__globals__["read"], []

    def read(path, *arguments):
        seen.append(path.name)
        return real(path, *arguments)

    monkeypatch.setitem(module.open_library.__globals__, "read", read)
    return seen


def test_the_second_time_nothing_is_read_and_the_same_is_found(root, cache, reads):
    first, found = checked_library(root, cache, TODAY)
    reads.clear()
    second, again = checked_library(root, cache, TODAY)
    assert not [name for name in reads if name.endswith(".md")]
    assert (second, again) == (first, found)
    assert kept_files(cache) == ["pickle"]


def test_only_what_changed_is_read_again(root, cache, reads):
    checked_library(root, cache, TODAY)
    reads.clear()
    (root / "b.md").unlink()
    (root / "a.md").write_text("changed\n")
    library, found = checked_library(root, cache, TODAY)
    assert [name for name in reads if name.endswith(".md")] == ["a.md"]
    assert (library.pages["a.md"].text, "b.md" in library.pages) == ("changed\n", False)
    assert not [p for p in found.problems if p.code == "link-dead"]


def test_a_file_written_a_moment_ago_is_read_again_next_time(root, cache, reads):
    (root / "a.md").write_text("just now\n")
    checked_library(root, cache, TODAY)
    reads.clear()
    checked_library(root, cache, TODAY)
    assert [name for name in reads if name.endswith(".md")] == ["a.md"]


def test_another_day_is_another_check(root, cache):
    (root / "b.md").write_text("---\nid: b\nreview_by: 2026-11-21\n---\n")
    _, today = checked_library(root, cache, TODAY)
    _, tomorrow = checked_library(root, cache, TODAY + timedelta(days=1))
    assert {p.code for p in tomorrow.problems} - {p.code for p in today.problems} == {"overdue"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: b"not a pickle",
        lambda data: pickle.dumps(["something", "else"]),
        lambda data: data.replace(b"one\n", b"two\n"),
        lambda data: data.replace(b"Library", b"Laundry"),
    ],
)
def test_a_damaged_cache_means_reading_afresh(root, cache, damage):
    first, found = checked_library(root, cache, TODAY)
    [place] = list(cache.rglob("*.pickle"))
    place.write_bytes(damage(place.read_bytes()))
    second, again = checked_library(root, cache, TODAY)
    assert (dict(second.pages), again.problems) == (dict(first.pages), found.problems)
    assert last_copy(root, cache) is not None


def test_what_other_code_kept_is_not_used(root, cache, monkeypatch):
    checked_library(root, cache, TODAY)
    monkeypatch.setattr(module, "_signature", lambda: "another version")
    assert last_copy(root, cache) is None


def test_a_cache_that_cannot_be_written_is_no_fault_of_the_library(root, tmp_path):
    (tmp_path / "cache").write_text("a file stands where the folder should be")
    library, _ = checked_library(root, tmp_path / "cache", TODAY)
    assert len(library.pages) == 3


def test_nothing_is_ever_written_into_the_library(root, cache):
    before = sorted(p.relative_to(root).as_posix() for p in root.rglob("*"))
    checked_library(root, cache, TODAY)
    assert sorted(p.relative_to(root).as_posix() for p in root.rglob("*")) == before


def test_two_libraries_are_kept_apart(root, cache, tmp_path):
    other = write(tmp_path / "other", {"a.md": "other\n"})
    checked_library(root, cache, TODAY)
    checked_library(other, cache, TODAY)
    assert checked_library(root, cache, TODAY)[0].pages["a.md"].text == "[b](b.md)\n"
    assert checked_library(other, cache, TODAY)[0].pages["a.md"].text == "other\n"


def test_the_last_copy_serves_when_the_drive_is_gone(root, cache):
    library, _ = checked_library(root, cache, TODAY)
    root.rename(root.with_name("unplugged"))
    with pytest.raises(Missing):
        checked_library(root, cache, TODAY)
    copy = last_copy(root, cache)
    assert copy is not None
    assert dict(copy.library.pages) == dict(library.pages)


def test_where_nothing_changed_the_file_is_left_and_only_its_date_brought_up(root, cache):
    library, found = checked_library(root, cache, TODAY)
    [place] = list(cache.rglob("*.pickle"))
    data = place.read_bytes()
    os.utime(place, (1, 1))
    keep(library, found, cache, last_copy(root, cache))
    assert place.read_bytes() == data
    assert place.stat().st_mtime > 1
