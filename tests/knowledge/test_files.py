"""Files read whole, written whole or left alone; names and places that are refused."""

from __future__ import annotations

import errno
import os
import sys

import pytest

from knowledge import errors
from knowledge.files import Files, beside, digest, patiently, read, read_whole, write_whole
from knowledge.paths import name_trouble, new_page_file, page_file
from tests.support.clock import HandClock

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as POSIX has them")


def test_what_is_written_is_what_is_read(tmp_path):
    path = tmp_path / "a page with spaces – ü.md"
    for text in (b"", b"\xef\xbb\xbfone\r\ntwo\r\x00\xff", bytes(range(256)) * 9000):
        write_whole(Files(), path, text, HandClock())
        assert read_whole(path) == text
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_file_that_is_still_growing_is_not_read_by_half(tmp_path):
    path = tmp_path / "page.md"
    path.write_bytes(b"first half")

    class Copying(HandClock):
        def wait(self, seconds):
            super().wait(seconds)
            path.write_bytes(b"first half, second half")

    real = os.read

    def grow_while_reading(handle, size):
        data = real(handle, size)
        if data == b"first half":
            with path.open("ab") as more:
                more.write(b", sec")
        return data

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "read", grow_while_reading)
        assert read_whole(path, Copying()) == b"first half, second half"


def test_a_file_that_never_comes_to_rest_is_refused_after_a_while(tmp_path):
    path = tmp_path / "page.md"
    path.write_bytes(b"x")
    real, clock = os.read, HandClock()

    def always_growing(handle, size):
        with path.open("ab") as more:
            more.write(b"x")
        return real(handle, size) if path.stat().st_size % 2 else b""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "read", always_growing)
        with pytest.raises(errors.Unsettled, match="kept changing"):
            read_whole(path, clock)
    assert 2.5 < sum(clock.waits) < 3.5


@posix
def test_a_pipe_or_a_folder_is_not_a_page(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(errors.NotAPage):
        read(tmp_path / "pipe.md")
    with pytest.raises(errors.NotAPage):
        read(tmp_path)


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "page.md"
    path.write_bytes(b"x" * 100)
    with pytest.raises(errors.TooLarge, match="100 bytes"):
        read_whole(path, largest=99)


def test_a_short_hold_by_another_program_is_waited_out():
    clock, tries = HandClock(), []

    def held_for_a_moment():
        tries.append(1)
        if len(tries) < 5:
            raise OSError(errno.EBUSY, "busy")
        return "done"

    assert patiently(held_for_a_moment, clock) == "done"
    assert len(tries) == 5


def test_a_long_hold_is_given_up_after_three_seconds():
    clock = HandClock()

    def held():
        raise OSError(errno.EACCES, "held")

    with pytest.raises(PermissionError):
        patiently(held, clock)
    assert 2.5 < sum(clock.waits) < 3.1


def test_a_lasting_failure_is_not_waited_for():
    clock = HandClock()

    def full():
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OSError, match="full"):
        patiently(full, clock)
    assert not clock.waits


@pytest.mark.parametrize(
    ("number", "kind", "said"),
    [
        (errno.ENOSPC, errors.DiskFull, "the disk is full. Free some space"),
        (errno.EACCES, errors.NotAllowed, "you do not have permission. Ask"),
        (errno.EROFS, errors.NotAllowed, "it is read only. Ask"),
        (errno.EIO, errors.DiskFailed, "the disk reported an error. Try again"),
        (errno.ESTALE, errors.LibraryGone, "cannot be reached. Check that the drive"),
        (errno.EBUSY, errors.InUse, "another program is using it. Close"),
        (errno.ENOENT, errors.Missing, "there is no such file. Check"),
        (errno.EISDIR, errors.NotAPage, "it is a folder, not a page. Move"),
        (errno.ELOOP, errors.OutsideLibrary, "leads round in a circle"),
        (errno.ENOTTY, errors.KnowledgeError, "ioctl"),
    ],
)
def test_each_failure_of_the_world_is_one_plain_line(number, kind, said):
    error = errors.explain(OSError(number, os.strerror(number)), "x.md could not be saved")
    assert type(error) is kind
    assert str(error).startswith("x.md could not be saved: ")
    assert said in str(error)
    assert "\n" not in str(error)


def test_a_failure_says_where_the_text_is_kept(tmp_path):
    error = errors.explain(
        OSError(errno.ENOSPC, "full"), "a\nb.md could not be saved", kept=tmp_path / "a.draft"
    )
    assert str(error) == (
        f"a b.md could not be saved: the disk is full. Your text is kept in {tmp_path / 'a.draft'}."
        " Free some space, then try again."
    )


@pytest.mark.parametrize(
    "page",
    [
        "",
        "..",
        "../x.md",
        "a/../../x.md",
        "a//x.md",
        "./x.md",
        "/etc/passwd",
        "C:x.md",
        "C:/x.md",
        "a\\..\\x.md",
        "\\\\host\\share\\x.md",
        "//host/share/x.md",
        "x\0.md",
    ],
)
def test_a_path_out_of_the_library_is_refused(tmp_path, page):
    with pytest.raises(errors.OutsideLibrary):
        page_file(tmp_path, page)


@posix
def test_links_are_followed_inside_the_library_and_refused_outside(tmp_path):
    library, outside = tmp_path / "library", tmp_path / "outside"
    (library / "pages").mkdir(parents=True)
    outside.mkdir()
    (library / "pages" / "x.md").write_bytes(b"x")
    (library / "same.md").symlink_to("pages/x.md")
    (library / "away.md").symlink_to(outside / "x.md")
    (library / "folder").symlink_to(outside)
    (library / "round.md").symlink_to("round.md")
    assert page_file(library, "same.md") == (library / "pages" / "x.md").resolve()
    for page in ("away.md", "folder/x.md", "round.md"):
        with pytest.raises(errors.OutsideLibrary):
            page_file(library, page)


@pytest.mark.parametrize(
    "name",
    [
        "CON.md",
        "nul.md",
        "Com1.md",
        "lpt9.txt.md",
        "aux .md",
        "a?.md",
        "a:b.md",
        'a"b.md',
        "tab\t.md",
        "dot.",
        "space ",
        " x.md",
        "a" * 121,
        "",
        "\ud800.md",
    ],
)
def test_names_that_windows_cannot_hold_are_refused_for_new_pages(name):
    assert name_trouble(name)


@pytest.mark.parametrize(
    "name", ["Conduct.md", "überprüft – neu.md", "a.b.md", "com10.md", "日.md"]
)
def test_ordinary_names_will_do(name):
    assert not name_trouble(name)


def test_a_new_page_that_differs_only_in_capitals_or_accents_is_refused(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "Caf\u00e9.md").write_bytes(b"x")
    for twin in ("pages/caf\u00e9.md", "pages/Cafe\u0301.md", "Pages/new.md"):
        with pytest.raises(errors.BadName, match="is there already"):
            new_page_file(tmp_path, twin)
    assert new_page_file(tmp_path, "pages/new.md") == (tmp_path / "pages/new.md").resolve()


@pytest.mark.parametrize(
    "page", ["x.txt", "x", ".hidden.md", ".trash/x.md", "a" * 90 + "/" + "b" * 112]
)
def test_a_new_page_ends_in_md_and_is_not_hidden(tmp_path, page):
    with pytest.raises(errors.BadName):
        new_page_file(tmp_path, page)


def test_a_library_that_is_not_there_is_said_to_be_gone(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for library in (tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(errors.LibraryGone):
            page_file(library, "x.md")


def test_companion_files_are_hidden_short_and_one_for_every_spelling(tmp_path):
    assert beside(tmp_path / "A.md", "lock") == beside(tmp_path / "a.md", "lock")
    long = beside(tmp_path / ("ü" * 120 + ".md"), "part").name
    assert long.startswith(".")
    assert len(long.encode()) < 100


def test_a_digest_is_of_the_bytes():
    assert digest(b"a\r\n") != digest(b"a\n")
