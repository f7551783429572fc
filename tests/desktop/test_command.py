"""The `fingerpost` command itself: what it does before any room is asked."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import __main__ as command


def test_help_names_every_way_to_call_it(capsys):
    assert command.main(["--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("usage: fingerpost [--library DIR] [PAGE[#STEP]]")
    named = {line.split()[0] for line in lines if re.match("  [^ ]", line)}
    assert {"--version", "--help"} <= named
    assert named <= {*command.SUBCOMMANDS, "--version", "--help"}


def test_version_tells_of_the_program_and_its_content(capsys):
    assert command.main(["--version"]) == 0
    program, content, banner = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"Fingerpost \d+\.\d+\.\d+", program)
    assert re.fullmatch(r"Content: .+, version .+, \d+ [A-Z][a-z]+ \d{4}", content)
    assert banner


def test_version_of_a_folder_that_is_not_there(capsys, tmp_path):
    assert command.main(["--version", "--library", str(tmp_path / "gone")]) == 2
    assert "there is no folder" in capsys.readouterr().err


def test_a_mistyped_subcommand_gets_the_nearest_one(capsys, monkeypatch):
    monkeypatch.setattr(command, "available", lambda: ["check", "search"])
    assert command.main(["serch", "sleep"]) == 2
    assert capsys.readouterr().err == (
        "fingerpost: there is no command 'serch'. Did you mean 'search'? "
        "A page is given with its path: pathways/serch.md.\n"
    )


def test_a_subcommand_runs_with_what_follows_it_and_gives_its_status(monkeypatch):
    given = []
    monkeypatch.setattr(
        command, "commands_of", lambda room: {"check": lambda a: given.append(a) or 1}
    )
    assert command.main(["check", "content", "--strict"]) == 1
    assert given == [["content", "--strict"]]


@pytest.mark.parametrize("word", ["pathways/sleep.md", "sleep.md", "#start", "pathways\\sleep.md"])
def test_a_page_is_not_taken_for_a_subcommand(word):
    assert command.could_be_page(word)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these always have a screen")
def test_a_screen_is_told_by_what_the_system_sets(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not command.has_screen()
    monkeypatch.setenv("DISPLAY", ":1")
    assert command.has_screen()


def test_a_benchmark_that_is_not_there(capsys, monkeypatch):
    monkeypatch.setattr(command, "benchmark_names", lambda: ["layout", "search"])
    assert command.main(["benchmark", "speed"]) == 2
    assert "There are: layout, search." in capsys.readouterr().err


def run(*arguments, **options):
    return subprocess.Popen([sys.executable, "-m", "desktop", *arguments], text=True, **options)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_who_leaves_early_is_no_error():
    reading, writing = os.pipe()
    os.close(reading)
    process = run("--help", stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert process.communicate()[1] == ""
    assert process.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_one_sentence():
    with open("/dev/full", "w") as full:
        process = run("--help", stdout=full, stderr=subprocess.PIPE)
        error = process.communicate()[1]
    assert error == "fingerpost: the output could not be written: No space left on device.\n"
    assert process.returncode == 2


def test_stopping_it_is_quiet(monkeypatch):
    def stop(arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "dispatch", stop)
    assert command.main(["check"]) == 130
