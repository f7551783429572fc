"""Saving, renaming, deleting and restoring pages, as the person who does it meets them."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from pathlib import Path

import pytest

from knowledge import errors
from knowledge.files import Files, digest
from knowledge.locks import Locks, holding, lock_path
from knowledge.saving.drafts import every_draft
from knowledge.saving.store import Change, Conflict, Edit, PageStore, Saved
from knowledge.saving.versions import to_drop
from tests.support.clock import HandClock

PAGE = "pathways/feeding & sleep – ü.md"
OLD, NEW = b"\xef\xbb\xbf# Old\r\n", b"\xef\xbb\xbf# New\r\n"

posix = pytest.mark.skipif(
    sys.platform == "win32", reason="links and permissions as POSIX has them"
)


@pytest.fixture
def library(tmp_path) -> Path:
    folder = tmp_path / "our library"
    (folder / "pathways").mkdir(parents=True)
    (folder / PAGE).write_bytes(OLD)
    return folder


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def store(library, tmp_path, clock) -> PageStore:
    return PageStore(library, tmp_path / "profile", clock=clock)


def ordinary_files(library: Path) -> list[str]:
    found = (path.relative_to(library) for path in library.rglob("*") if path.is_file())
    return sorted(str(path) for path in found if not path.parts[0].startswith("."))


def test_a_save_puts_exactly_these_bytes_into_the_page_and_leaves_nothing_else(store, library):
    saved = store.save(PAGE, NEW, digest(OLD), Change("Champion", "New cut-off", substantive=True))
    assert isinstance(saved, Saved)
    assert saved.digest == digest(NEW)
    assert (library / PAGE).read_bytes() == NEW
    assert [path.name for path in (library / "pathways").iterdir()] == [Path(PAGE).name]
    assert store.left_drafts() == []
    assert not saved.notice


def test_each_version_knows_when_by_whom_why_and_whether_it_matters(store):
    store.save(PAGE, NEW, digest(OLD), Change("Champion", "New cut-off", substantive=True))
    newest, found = store.versions(PAGE)
    assert newest.text() == NEW
    assert newest.change == Change("Champion", "New cut-off", substantive=True)
    assert newest.act == "saved"
    assert newest.saved.year == 2026
    assert (found.text(), found.act) == (OLD, "found")


def test_a_page_changed_by_somebody_else_is_not_overwritten_and_both_texts_come_back(
    store, library, tmp_path
):
    mine = b"# Mine\n"
    other = PageStore(library, tmp_path / "another profile")
    theirs = other.save(PAGE, NEW, digest(OLD))
    assert isinstance(theirs, Saved)
    answer = store.save(PAGE, mine, digest(OLD))
    assert isinstance(answer, Conflict)
    assert (answer.yours, answer.theirs, answer.base) == (mine, NEW, OLD)
    assert (library / PAGE).read_bytes() == NEW
    assert answer.draft is not None
    assert answer.draft.text() == mine
    settled = store.save(PAGE, mine + NEW, answer.theirs_digest)
    assert isinstance(settled, Saved)
    assert (library / PAGE).read_bytes() == mine + NEW
    assert NEW in [version.text() for version in store.versions(PAGE)]


def test_a_page_removed_by_somebody_else_is_a_conflict_too(store, library):
    (library / PAGE).unlink()
    answer = store.save(PAGE, NEW, digest(OLD))
    assert isinstance(answer, Conflict)
    assert answer.theirs is None
    (library / "pathways").rmdir()
    assert isinstance(store.save(PAGE, NEW, digest(OLD)), Conflict)
    assert isinstance(store.save(PAGE, NEW, None), Saved)
    assert (library / PAGE).read_bytes() == NEW


def test_saving_what_is_there_already_writes_nothing(store, library):
    before = (library / PAGE).stat().st_mtime_ns
    saved = store.save(PAGE, OLD, digest(OLD))
    assert isinstance(saved, Saved)
    assert saved.version is None
    assert (library / PAGE).stat().st_mtime_ns == before
    assert isinstance(store.save(PAGE, OLD, digest(b"something older")), Saved)


def test_a_new_page_makes_its_folder_and_never_takes_the_place_of_another(store, library):
    assert isinstance(store.save("case studies/one.md", NEW, None), Saved)
    answer = store.save("case studies/one.md", OLD, None)
    assert isinstance(answer, Conflict)
    assert answer.theirs == NEW
    with pytest.raises(errors.BadName, match="Windows keeps the name"):
        store.save("case studies/con.md", NEW, None)
    assert ordinary_files(library) == ["case studies/one.md", PAGE]


def test_several_pages_are_saved_together_or_not_at_all(store, library):
    store.save("b.md", b"b", None)
    edits = [Edit(PAGE, NEW, digest(OLD)), Edit("b.md", b"bb", digest(b"stale"))]
    answer = store.save_together(edits)
    assert [type(one) for one in answer] == [Conflict]
    assert (library / PAGE).read_bytes() == OLD
    edits[1] = Edit("b.md", b"bb", digest(b"b"))
    assert all(isinstance(one, Saved) for one in store.save_together(edits))
    assert ((library / PAGE).read_bytes(), (library / "b.md").read_bytes()) == (NEW, b"bb")
    assert store.left_drafts() == []


def test_drafts_survive_their_session_and_can_be_taken_up_listed_and_dropped(
    store, library, tmp_path
):
    store.keep_draft(PAGE, NEW, digest(OLD))
    store.keep_draft("not yet.md", b"half a thought", None)
    later = PageStore(library, tmp_path / "profile")
    assert [draft.page for draft in later.left_drafts()] == ["not yet.md", PAGE]
    draft = later.left_drafts()[1]
    assert (draft.text(), draft.base) == (NEW, digest(OLD))
    assert isinstance(later.save(PAGE, later.take_up(draft).text(), draft.base), Saved)
    assert [draft.page for draft in later.left_drafts()] == ["not yet.md"]
    assert [draft.page for draft in every_draft(tmp_path / "profile")] == ["not yet.md"]
    later.drafts.drop(later.left_drafts()[0])
    assert every_draft(tmp_path / "profile") == []


def test_two_windows_of_one_user_keep_a_draft_each(store, library, tmp_path):
    second = PageStore(library, tmp_path / "profile")
    store.keep_draft(PAGE, b"first window", digest(OLD))
    second.keep_draft(PAGE, b"second window", digest(OLD))
    assert isinstance(store.save(PAGE, b"first window", digest(OLD)), Saved)
    assert [draft.text() for draft in store.left_drafts()] == [b"second window"]


def test_text_typed_while_a_save_runs_stays_in_the_draft(store, library):
    class TypingOn(Files):
        def replace(self, source, target):
            super().replace(source, target)
            if target.name == Path(PAGE).name:
                store.keep_draft(PAGE, b"typed meanwhile", digest(OLD))

    store._files = TypingOn()
    assert isinstance(store.save(PAGE, NEW, digest(OLD)), Saved)
    assert [draft.text() for draft in store.left_drafts()] == [b"typed meanwhile"]


def test_a_renamed_page_takes_its_history_and_draft_along(store, library):
    store.save(PAGE, NEW, digest(OLD), Change("Champion", "before"))
    store.keep_draft(PAGE, b"unsaved", digest(NEW))
    renamed = store.rename(PAGE, "thresholds/sleep.md", digest(NEW), Change("Champion", "moved"))
    assert isinstance(renamed, Saved)
    assert ordinary_files(library) == ["thresholds/sleep.md"]
    versions = store.versions("thresholds/sleep.md")
    assert [version.act for version in versions] == ["renamed", "saved", "found"]
    assert [draft.page for draft in store.left_drafts()] == ["thresholds/sleep.md"]
    assert store.left_drafts()[0].text() == b"unsaved"


def test_a_page_is_not_renamed_over_another_nor_when_it_changed(store, library):
    store.save("b.md", b"b", None)
    with pytest.raises(errors.BadName, match="already a page"):
        store.rename(PAGE, "b.md", digest(OLD))
    assert isinstance(store.rename(PAGE, "c.md", digest(NEW)), Conflict)
    assert ordinary_files(library) == ["b.md", PAGE]


def test_only_the_capitals_of_a_name_can_be_changed(store, library):
    store.save("guide.md", b"g", None)
    assert isinstance(store.rename("guide.md", "Guide.md", digest(b"g")), Saved)
    assert [path.name for path in library.glob("*.md")] == ["Guide.md"]


def test_a_renaming_that_was_cut_off_half_way_can_be_finished(store, library):
    (library / "new name.md").hardlink_to(library / PAGE)
    assert isinstance(store.rename(PAGE, "new name.md", digest(OLD)), Saved)
    assert ordinary_files(library) == ["new name.md"]


def test_a_deleted_page_lies_in_the_bin_and_can_be_put_back(store, library):
    gone = store.delete(PAGE, digest(OLD), Change("Champion", "Superseded"))
    assert not (library / PAGE).exists()
    (listed,) = store.deleted_pages()
    assert (listed.page, listed.change.why, listed.text()) == (PAGE, "Superseded", OLD)
    assert listed == gone
    assert isinstance(store.restore_deleted(listed), Saved)
    assert (library / PAGE).read_bytes() == OLD
    assert store.deleted_pages() == []
    assert not any((library / ".trash").iterdir())


def test_a_page_from_the_bin_does_not_take_the_place_of_a_new_one(store, library):
    store.delete(PAGE, digest(OLD))
    store.save(PAGE, NEW, None)
    answer = store.restore_deleted(store.deleted_pages()[0])
    assert isinstance(answer, Conflict)
    assert (answer.yours, answer.theirs) == (OLD, NEW)
    assert len(store.deleted_pages()) == 1


def test_a_page_changed_meanwhile_is_not_deleted(store, library):
    assert isinstance(store.delete(PAGE, digest(NEW)), Conflict)
    assert (library / PAGE).read_bytes() == OLD


def test_an_earlier_version_can_be_the_page_again(store, library):
    store.save(PAGE, NEW, digest(OLD))
    store.restore(PAGE, store.versions(PAGE)[1], digest(NEW), Change(why="Back to before"))
    assert (library / PAGE).read_bytes() == OLD
    assert [version.text() for version in store.versions(PAGE)] == [OLD, NEW, OLD]


def test_versions_are_shared_through_the_library(store, library, tmp_path):
    store.save(PAGE, NEW, digest(OLD), Change("Champion", "why"))
    somebody_else = PageStore(library, tmp_path / "their profile")
    assert somebody_else.versions(PAGE)[0].change.why == "why"
    assert len(store.versions(PAGE)) == 2


def test_a_version_saved_by_somebody_else_keeps_their_reason_and_is_listed_once(
    store, library, tmp_path, clock
):
    somebody_else = PageStore(library, tmp_path / "their profile", clock=clock)
    somebody_else.save(PAGE, NEW, digest(OLD), Change("Specialist", "their why"))
    store.save(PAGE, b"mine\n", digest(NEW), Change("Champion", "my why"))
    listed = [(version.act, version.change.why) for version in store.versions(PAGE)]
    assert listed == [("saved", "my why"), ("saved", "their why"), ("found", "")]
    for shared in (library / ".history").rglob("*.version"):
        shared.unlink()
    assert [version.text() for version in store.versions(PAGE)] == [b"mine\n", NEW]


def test_kept_files_have_paths_short_enough_for_windows(tmp_path):
    folder = "a team with quite a long name/" * 2
    page = folder + "a page whose title somebody typed out in full, with every word of it.md"
    (tmp_path / "library" / folder).mkdir(parents=True)
    longest: list[str] = []

    class Measuring(Files):
        def create(self, path):
            longest.append(str(path.relative_to(tmp_path)))
            return super().create(path)

    store = PageStore(tmp_path / "library", tmp_path / "profile", files=Measuring())
    store.save(page, NEW, None)
    assert max(len(path) for path in longest if path.startswith("profile")) < 180


def test_a_damaged_version_is_passed_over_for_the_whole_copy(store, library, tmp_path):
    store.save(PAGE, NEW, digest(OLD))
    for kept in (tmp_path / "profile").rglob("*.version"):
        kept.write_bytes(kept.read_bytes()[:-3])
    assert [version.text() for version in store.versions(PAGE)][:1] == [NEW]


def test_a_text_that_lost_a_conflict_can_be_set_aside(store):
    store.set_aside(PAGE, b"mine", Change(why="Settled in favour of theirs"))
    assert [(version.act, version.text()) for version in store.versions(PAGE)] == [
        ("aside", b"mine")
    ]


def test_versions_are_kept_all_for_a_month_then_daily_for_a_year(store, library, clock):
    text = OLD
    clock.later(days=-400)
    for _day in range(400):
        for _twice in range(2):
            new = text + b"x"
            store.save(PAGE, new, digest(text))
            text = new
            clock.later(hours=1)
        clock.later(hours=22)
    everything = store.versions(PAGE)
    store.prune()
    kept = store.versions(PAGE)
    assert kept[:60] == everything[:60]
    days = [version.saved.date() for version in kept[60:]]
    assert len(days) == len(set(days))
    assert 330 <= len(days) <= 340
    clock.later(days=4000)
    store.prune()
    assert store.versions(PAGE) == everything[:1]
    assert store.prune() == 0


def test_pruning_nothing_drops_nothing(clock):
    assert to_drop([], clock.now()) == []


def test_a_full_profile_does_not_keep_anybody_from_saving(library, tmp_path):
    class FullProfile(Files):
        def create(self, path):
            if "profile" in path.parts:
                raise OSError(errno.ENOSPC, "full")
            return super().create(path)

    store = PageStore(library, tmp_path / "profile", files=FullProfile())
    saved = store.save(PAGE, NEW, digest(OLD))
    assert isinstance(saved, Saved)
    assert (library / PAGE).read_bytes() == NEW
    assert "no copy could be kept" in saved.notice
    assert [version.text() for version in store.versions(PAGE)] == [NEW, OLD]


def test_when_the_old_text_can_be_kept_nowhere_the_page_is_left_alone(library, tmp_path):
    class Full(Files):
        def create(self, path):
            if path.name.endswith(".part") and "pathways" not in path.parent.name[:8]:
                raise OSError(errno.ENOSPC, "full")
            if ".history" in path.parts or "profile" in path.parts:
                raise OSError(errno.ENOSPC, "full")
            return super().create(path)

    store = PageStore(library, tmp_path / "profile", files=Full())
    with pytest.raises(errors.DiskFull, match="keep this window open"):
        store.save(PAGE, NEW, digest(OLD))
    assert (library / PAGE).read_bytes() == OLD


@pytest.mark.parametrize(
    ("call", "number", "kind"),
    [
        ("create", errno.ENOSPC, errors.DiskFull),
        ("create", errno.EACCES, errors.NotAllowed),
        ("create", errno.EROFS, errors.NotAllowed),
        ("write", errno.ENOSPC, errors.DiskFull),
        ("sync", errno.EIO, errors.DiskFailed),
        ("replace", errno.EBUSY, errors.InUse),
        ("replace", errno.EACCES, errors.NotAllowed),
        ("replace", errno.ESTALE, errors.LibraryGone),
    ],
)
def test_each_trouble_with_the_library_is_one_sentence_that_says_where_the_text_is(
    library, tmp_path, clock, call, number, kind
):
    class Trouble(Files):
        drafted = False
        over = False

        def fail(self, name, path):
            if name == call and self.drafted and not self.over:
                raise OSError(number, os.strerror(number))

        def create(self, path):
            if path.is_relative_to(library):
                self.drafted = True
                self.fail("create", path)
            return super().create(path)

        def write(self, handle, data):
            self.fail("write", None)
            return super().write(handle, data)

        def sync(self, handle):
            self.fail("sync", None)
            super().sync(handle)

        def replace(self, source, target):
            self.fail("replace", target)
            super().replace(source, target)

    trouble = Trouble()
    store = PageStore(library, tmp_path / "profile", files=trouble, clock=clock)
    with pytest.raises(kind) as caught:
        store.save(PAGE, NEW, digest(OLD))
    said = str(caught.value)
    assert said.startswith(f"{PAGE} could not be saved: ")
    assert f"Your text is kept in {caught.value.kept}." in said
    assert "\n" not in said
    assert (library / PAGE).read_bytes() == OLD
    (draft,) = store.left_drafts()
    assert draft.text() == NEW
    assert draft.file == caught.value.kept
    trouble.over = True
    assert isinstance(store.save(PAGE, NEW, digest(OLD)), Saved)


def test_a_library_that_is_gone_leaves_the_text_in_the_draft(store, library, tmp_path):
    library.rename(tmp_path / "unplugged")
    with pytest.raises(errors.LibraryGone, match="Your text is kept in") as caught:
        store.save(PAGE, NEW, digest(OLD))
    assert caught.value.kept is not None
    (tmp_path / "unplugged").rename(library)
    assert [draft.text() for draft in store.left_drafts()] == [NEW]
    assert isinstance(store.save(PAGE, NEW, digest(OLD)), Saved)


def test_a_page_replaced_by_a_folder_is_said_to_be_a_folder(store, library):
    (library / PAGE).unlink()
    (library / PAGE).mkdir()
    with pytest.raises(errors.NotAPage, match="Your text is kept in"):
        store.save(PAGE, NEW, digest(OLD))


@posix
def test_a_page_that_leads_out_of_the_library_is_refused_and_the_text_kept(
    store, library, tmp_path
):
    secret = tmp_path / "outside.md"
    secret.write_bytes(b"not ours")
    (library / "away.md").symlink_to(secret)
    with pytest.raises(errors.OutsideLibrary, match="Your text is kept in"):
        store.save("away.md", NEW, digest(b"not ours"))
    assert secret.read_bytes() == b"not ours"


@posix
def test_a_page_reached_by_a_link_is_changed_where_it_is(store, library):
    (library / "same.md").symlink_to(PAGE)
    assert isinstance(store.save("same.md", NEW, digest(OLD)), Saved)
    assert (library / PAGE).read_bytes() == NEW
    assert (library / "same.md").is_symlink()


@posix
def test_a_history_or_bin_that_is_a_link_out_of_the_library_is_not_written_to(
    store, library, tmp_path
):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (library / ".history").symlink_to(elsewhere)
    (library / ".trash").symlink_to(elsewhere)
    (library / ".presence").symlink_to(elsewhere)
    store.presence.editing(PAGE)
    assert isinstance(store.save(PAGE, NEW, digest(OLD)), Saved)
    with pytest.raises(errors.OutsideLibrary):
        store.delete(PAGE, digest(NEW))
    assert list(elsewhere.iterdir()) == []
    assert (library / PAGE).read_bytes() == NEW


@posix
def test_the_permissions_of_a_page_stay(store, library):
    (library / PAGE).chmod(0o640)
    store.save(PAGE, NEW, digest(OLD))
    assert (library / PAGE).stat().st_mode & 0o777 == 0o640


@pytest.fixture
def as_an_ordinary_user():
    """A folder in which only what anybody may do is allowed, also when root runs the tests."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        root = os.geteuid() == 0
        if root:
            os.chown(place, 65534, 65534)
            os.seteuid(65534)
        try:
            yield place
        finally:
            if root:
                os.seteuid(0)
            (place / "library").chmod(0o755)


@posix
def test_a_read_only_library_is_known_before_anything_is_typed(as_an_ordinary_user):
    place = as_an_ordinary_user
    library = place / "library"
    library.mkdir()
    (library / "page.md").write_bytes(OLD)
    library.chmod(0o555)
    store = PageStore(library, place / "profile")
    assert isinstance(store.why_read_only(), errors.NotAllowed)
    with pytest.raises(errors.NotAllowed, match=r"^page.md could not be saved: .*kept in"):
        store.save("page.md", NEW, digest(OLD))
    with pytest.raises(errors.NotAllowed, match=r"^folder/new.md could not be saved: .*kept in"):
        store.save("folder/new.md", NEW, None)
    with pytest.raises(errors.NotAllowed, match=r"^page.md could not be renamed: you do not"):
        store.rename("page.md", "b.md", digest(OLD))
    with pytest.raises(errors.NotAllowed, match=r"^page.md could not be deleted: you do not"):
        store.delete("page.md", digest(OLD))
    assert [path.name for path in library.iterdir()] == ["page.md"]
    assert {draft.page for draft in store.left_drafts()} == {"page.md", "folder/new.md"}


@posix
def test_a_lock_left_by_another_user_is_in_nobodys_way(as_an_ordinary_user):
    library = as_an_ordinary_user / "library"
    library.mkdir()
    (library / "page.md").write_bytes(OLD)
    left = lock_path(library / "page.md")
    left.write_bytes(b"")
    left.chmod(0o444)
    store = PageStore(library, as_an_ordinary_user / "profile")
    assert isinstance(store.save("page.md", NEW, digest(OLD)), Saved)
    assert not left.exists()


def test_a_library_that_can_be_changed_is_left_without_a_trace(store, library):
    assert store.why_read_only() is None
    assert [path.name for path in library.iterdir()] == ["pathways"]


def test_a_page_that_somebody_is_saving_is_waited_for_but_not_for_ever(store, library, clock):
    files = Files()
    with (
        holding([library / PAGE], Locks(files), HandClock()),
        pytest.raises(errors.InUse, match="Somebody else has been saving"),
    ):
        store.save(PAGE, NEW, digest(OLD))
    assert sum(clock.waits) > 10
    assert not lock_path(library / PAGE).exists()
    assert isinstance(store.save(PAGE, NEW, digest(OLD)), Saved)


def test_a_lock_or_half_written_file_left_by_a_dead_program_is_in_nobodys_way(store, library):
    lock_path(library / PAGE).write_bytes(b"")
    (library / "pathways" / f".{Path(PAGE).name}.part").write_bytes(b"# Ne")
    assert isinstance(store.save(PAGE, NEW, digest(OLD)), Saved)
    assert [path.name for path in (library / "pathways").iterdir()] == [Path(PAGE).name]


def test_who_else_is_editing_is_advice(store, library, tmp_path):
    other = PageStore(library, tmp_path / "other profile")
    other.presence.editing(PAGE, "Champion, north team")
    store.presence.editing(PAGE)
    (seen,) = store.presence.others(PAGE)
    assert seen.who == "Champion, north team"
    assert [one.who for one in other.presence.others(PAGE)] == ["Somebody"]
    assert store.presence.others("b.md") == []
    note = next((library / ".presence").glob(f"*{other._session}*"))
    os.utime(note, (note.stat().st_atime, note.stat().st_mtime - 121))
    assert store.presence.others(PAGE) == []
    store.presence.left(PAGE)
    other.presence.left(PAGE)
    assert list((library / ".presence").iterdir()) == []


def test_a_killed_start_of_this_very_window_is_no_company(library, tmp_path):
    killed, again, other = (
        PageStore(library, tmp_path / "profile", desk=desk) for desk in ("mine", "mine", "another")
    )
    killed.presence.editing(PAGE)
    other.presence.editing(PAGE, "Champion")
    again.presence.editing(PAGE)
    assert [one.who for one in again.presence.others(PAGE)] == ["Champion"]
    assert [one.who for one in again.presence.everybody()] == ["Champion"]


def test_presence_that_cannot_be_written_hinders_nobody(library, tmp_path):
    (library / ".presence").write_bytes(b"a file where the folder should be")
    store = PageStore(library, tmp_path / "profile")
    store.presence.editing(PAGE)
    assert store.presence.others(PAGE) == []
    store.presence.left(PAGE)
