"""A folder of Markdown as one snapshot, whatever the folder is."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import library as module
from knowledge.errors import KnowledgeError, LibraryGone, Missing, NotAllowed, NotAPage
from knowledge.library import open_library, with_page
from knowledge.model import Kind
from tests.support.pages import checked, library, write

TINY = Path(__file__).parents[1] / "data" / "tiny"
posix = pytest.mark.skipif(sys.platform == "win32", reason="links as POSIX has them")


def test_the_tiny_library_is_read():
    tiny = open_library(TINY)
    assert list(tiny.pages) == [
        "casestudies/one-team.md",
        "glossary.md",
        "pathways/feeding.md",
        "services/duty-desk.md",
        "sessions/half-hour.md",
        "thresholds/levels.md",
    ]
    assert [p.title for p in tiny.of_kind(Kind.PATHWAY)] == ["Feeding: a worry"]
    assert [t.term for t in tiny.terms] == ["HV", "DNA"]
    assert [(p.id, s.title) for p, s in tiny.incoming["services/duty-desk.md"]] == [
        ("feeding", "Is the baby gaining weight?")
    ]
    assert [s.anchor for _, s in tiny.steps_leading_to("thresholds/levels.md")] == ["watch"]
    assert tiny.emergency == {"pathways/feeding.md"}
    assert tiny.problems == ()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("feeding", ("pathways/feeding.md", "")),
        ("pathways/feeding.md#watch", ("pathways/feeding.md", "watch")),
        ("pathways\\feeding.md", ("pathways/feeding.md", "")),
        ("./glossary", ("glossary.md", "")),
        ("duty-desk.md", ("services/duty-desk.md", "")),
        ("feeding#nowhere", ("pathways/feeding.md", "")),
        ("nothing", None),
        ("", None),
        ("#watch", None),
    ],
)
def test_a_page_is_found_by_path_name_or_file(name, found):
    answer = open_library(TINY).find(name)
    shown = (answer[0].path, answer[1].anchor if answer[1] is not None else "") if answer else None
    assert shown == found


def test_a_link_to_a_heading_inside_a_step_leads_to_the_step(tmp_path):
    lib = library(tmp_path, {"pathways/x.md": "## A\n\n### Inside\n"})
    assert lib.target("pathways/x.md", "inside") is lib.pages["pathways/x.md"].steps[0]
    assert lib.target("pathways/x.md", "outside") is None
    assert lib.target("pathways/x.md", "") is lib.pages["pathways/x.md"]
    assert lib.target("y.md", "") is None


def test_a_folder_of_plain_notes_is_a_library_and_is_left_in_peace(tmp_path):
    files = {
        "Shopping list.md": "Milk\n\n- [ ] bread → toast\n",
        "work/Team/meeting 1.markdown": "# Meeting\n\n## Actions\n\nSee [the list](<../../Shopping list.md>).\n",
        "work/empty folder/.keep": "",
        "README.MD": "A note\n",
        "picture.png": b"\x89PNG",
    }
    found = checked(tmp_path, files)
    assert [p.sentence() for p in found.problems] == []
    assert sorted(open_library(tmp_path).files) == ["picture.png"]


def test_a_page_is_found_by_the_path_a_shell_completes(tmp_path, monkeypatch):
    pages = tmp_path / "library" / "pathways"
    pages.mkdir(parents=True)
    (pages / "sleep.md").write_text("---\ntitle: Sleep\n---\n\n## Ask {#ask}\n", "utf-8")
    (tmp_path / "elsewhere.md").write_text("# Elsewhere\n", "utf-8")
    library = open_library(tmp_path / "library")
    monkeypatch.chdir(tmp_path)
    page, section = library.find_typed("library/pathways/sleep.md#ask")
    assert (page.title, section.title) == ("Sleep", "Ask")
    assert library.find_typed("pathways/sleep.md")[0] is page
    assert library.find_typed("elsewhere.md") is None
    assert library.find_typed("../sleep.md\0") is None


def test_files_that_share_a_name_go_by_their_path_and_those_with_an_id_keep_it(tmp_path):
    lib = library(
        tmp_path, {"a/note.md": "x", "b/note.md": "y", "c/note.md": "---\nid: other\n---\n"}
    )
    assert list(lib.by_id) == ["a/note", "b/note", "other"]
    kept = library(tmp_path / "2", {"a/note.md": "x", "b/x.md": "---\nid: note\n---\n"})
    assert list(kept.by_id) == ["a/note", "note"]


def test_names_do_not_depend_on_what_was_read_before(tmp_path):
    files = {"a/note.md": "x", "b/note.md": "y"}
    first = library(tmp_path, files)
    (tmp_path / "b" / "note.md").unlink()
    alone = open_library(tmp_path, first)
    assert list(alone.by_id) == ["note"]
    write(tmp_path, {"c/note.md": "z"})
    again = open_library(tmp_path, alone)
    assert list(again.by_id) == list(open_library(tmp_path).by_id) == ["a/note", "c/note"]
    assert list(with_page(again, "a/note.md", None).by_id) == ["note"]


def test_hidden_files_and_those_of_other_programs_are_left_aside(tmp_path):
    write(
        tmp_path,
        {".history/x.md": "x", ".x.md.lock": "", "~$x.md": "", "a.md.orig": "", "a.md": "x"},
    )
    assert list(open_library(tmp_path).pages) == ["a.md"]


# -- what does not change is not read again --------------------------------------------------------


def test_only_what_changed_is_read_again(tmp_path):
    first = library(tmp_path, {"a.md": "one", "b.md": "two", "c.md": "three"})
    (tmp_path / "b.md").write_text("two, changed")
    (tmp_path / "c.md").unlink()
    (tmp_path / "d.md").write_text("four")
    second = open_library(tmp_path, first)
    assert second.pages["a.md"] is first.pages["a.md"]
    assert second.pages["b.md"].text == "two, changed"
    assert list(second.pages) == ["a.md", "b.md", "d.md"]


def test_a_file_that_was_only_touched_stays_the_same_page(tmp_path):
    first = library(tmp_path, {"a.md": "one"})
    os.utime(tmp_path / "a.md", (0, 0))
    second = open_library(tmp_path, first)
    assert second.stamps != first.stamps
    assert second.pages["a.md"] is first.pages["a.md"]


def test_one_page_is_put_in_or_taken_out_without_touching_the_folder(tmp_path):
    first = library(tmp_path, {"b.md": "one"})
    more = with_page(first, "a.md", b"# Two")
    assert list(more.pages) == ["a.md", "b.md"]
    assert list(with_page(more, "b.md", None).pages) == ["a.md"]
    assert open_library(tmp_path, more).pages.keys() == {"b.md"}


# -- folders that are not as they should be --------------------------------------------------------


def told(root):
    with pytest.raises(KnowledgeError) as error:
        open_library(root)
    assert "\n" not in str(error.value)
    return type(error.value), str(error.value)


def test_a_folder_that_is_not_there(tmp_path):
    kind, words = told(tmp_path / "nowhere")
    assert kind is Missing
    assert (
        words
        == f"There is no folder at {tmp_path / 'nowhere'}. Check the name, or choose it again."
    )


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "x.md").write_text("x")
    assert told(tmp_path / "x.md") == (
        NotAPage,
        f"{tmp_path / 'x.md'} is a file, not a folder. Choose the folder it stands in.",
    )


def test_a_name_no_folder_can_have():
    assert told(Path("a\0b"))[0] is Missing


@posix
def test_a_link_that_leads_round_in_a_circle(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "leads round in a circle" in told(tmp_path / "loop")[1]


@posix
def test_links_inside_the_library_are_not_followed_and_those_out_of_it_are_told(tmp_path):
    write(tmp_path, {"lib/a.md": "x", "lib/sub/b.md": "y", "outside/c.md": "z"})
    root = tmp_path / "lib"
    (root / "round").symlink_to(root)
    (root / "sub" / "up").symlink_to("..")
    (root / "out").symlink_to(tmp_path / "outside")
    (root / "c.md").symlink_to(tmp_path / "outside" / "c.md")
    (root / "broken.md").symlink_to(root / "nowhere.md")
    lib = open_library(root)
    assert list(lib.pages) == ["a.md", "sub/b.md"]
    assert sorted((p.path, p.code) for p in lib.problems) == [
        ("c.md", "shortcut-outside"),
        ("out", "shortcut-outside"),
    ]


@posix
def test_a_library_may_itself_be_reached_by_a_link(tmp_path):
    write(tmp_path, {"real/sub/a.md": "x"})
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert list(open_library(tmp_path / "link").pages) == ["sub/a.md"]


@posix
def test_a_pipe_with_a_page_s_name_does_not_hang_the_reader(tmp_path):
    write(tmp_path, {"a.md": "x"})
    os.mkfifo(tmp_path / "b.md")
    assert list(open_library(tmp_path).pages) == ["a.md"]


def test_a_file_past_any_sense_is_a_page_that_says_so(tmp_path):
    with (tmp_path / "a.md").open("wb") as huge:
        huge.truncate(65 * 1024 * 1024)
    lib = open_library(tmp_path)
    assert lib.pages["a.md"].readable is False
    assert [p.code for p in lib.pages["a.md"].problems] == ["too-large"]


AS_SOMEBODY_ELSE = """
import contextlib, io, os, sys
sys.path.insert(0, {project!r})
import knowledge.__main__ as command
with contextlib.redirect_stdout(io.StringIO()):  # so that nothing has to be imported afterwards
    command.main(["check", {fine!r}, "--profile", {profile!r}])
    command.main(["check", "/nowhere", "--profile", {profile!r}])
os.setgid(65534); os.setuid(65534)
status = command.main(["check", {root!r}, "--profile", {profile!r}])
print("exit", status)
"""


@pytest.fixture
def reachable(tmp_path):
    """The folder of this test, with a way to it for everybody."""
    shut = [f for f in (tmp_path, *tmp_path.parents) if not f.stat().st_mode & 1]
    modes = [(folder, folder.stat().st_mode) for folder in shut]
    for folder, mode in modes:
        folder.chmod(mode | 0o011)
    yield tmp_path
    for folder, mode in modes:
        folder.chmod(mode)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to become somebody else"
)
def test_what_may_not_be_read_is_told_and_the_rest_is_read(reachable):
    tmp_path = reachable
    write(tmp_path, {"lib/a.md": "x", "lib/b.md": "y", "lib/sub/c.md": "z", "shut/a.md": "x"})
    (tmp_path / "lib" / "b.md").chmod(0)
    (tmp_path / "lib" / "sub").chmod(0)
    (tmp_path / "shut").chmod(0)

    def run(root):
        code = AS_SOMEBODY_ELSE.format(
            project=str(Path(__file__).parents[2]),
            fine=str(TINY),
            root=str(root),
            profile=str(tmp_path / "no"),
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        said = [line for line in done.stderr.splitlines() if "nowhere" not in line]
        return (done.stdout + "\n".join(said)).replace(str(root), "ROOT").strip()

    assert run(tmp_path / "lib") == (
        "b.md:1: error unreadable: This file cannot be read: you do not have permission"
        " (Ask whoever looks after the folder for permission to change it.)\n"
        "sub:1: error folder-unreadable: This folder cannot be read: you do not have permission"
        " (Ask whoever looks after the folder for permission to change it.)\n"
        "1 page looked at: 2 errors.\nexit 1"
    )
    assert run(tmp_path / "shut") == (
        "exit 2\nThe folder ROOT could not be read: you do not have permission."
        " Ask whoever looks after the folder for permission to change it."
    )


def test_a_page_deleted_while_the_folder_is_read_is_left_out(tmp_path, monkeypatch):
    write(tmp_path, {"a.md": "x", "b.md": "y", "c.md": "z"})
    real = module.read

    def read_and_delete(path, *arguments):
        (tmp_path / "b.md").unlink(missing_ok=True)
        return real(path, *arguments)

    monkeypatch.setattr(module, "read", read_and_delete)
    lib = open_library(tmp_path)
    assert list(lib.pages) == list(lib.stamps) == ["a.md", "c.md"]
    assert lib.problems == ()


def test_a_drive_that_goes_away_between_two_reads_is_told_in_one_sentence(tmp_path, monkeypatch):
    write(tmp_path, {"lib/a.md": "x", "lib/b.md": "y"})
    real = module.read

    def read_and_unplug(path, *arguments):
        data = real(path, *arguments)
        (tmp_path / "lib").rename(tmp_path / "unplugged")
        return data

    monkeypatch.setattr(module, "read", read_and_unplug)
    assert told(tmp_path / "lib") == (
        LibraryGone,
        f"The folder {tmp_path / 'lib'} went away while it was read. "
        "Check that the drive or network folder is connected, then try again.",
    )


def test_the_last_good_copy_serves_while_a_page_cannot_be_read(tmp_path, monkeypatch):
    first = library(tmp_path, {"a.md": "good", "b.md": "x"})
    (tmp_path / "a.md").write_text("changed")
    real = module.read

    def refuse(path, *arguments):
        if path.name == "a.md":
            raise NotAllowed("This file cannot be read: another program is using it")
        return real(path, *arguments)

    monkeypatch.setattr(module, "read", refuse)
    second = open_library(tmp_path, first)
    assert second.pages["a.md"].text == "good"
    assert second.unread == {"a.md"}
    assert [p.code for p in second.problems] == ["unreadable"]
    monkeypatch.undo()
    assert open_library(tmp_path, second).pages["a.md"].text == "changed"


def test_a_snapshot_does_not_change_under_its_reader(tmp_path):
    first = library(tmp_path, {"a.md": "one"})
    with_page(first, "a.md", b"two")
    assert first.pages["a.md"].text == "one"
    assert replace(first) == first
