"""The command line of the window: read quickly where it is plain, and never otherwise than the slow way would."""

from itertools import product
from pathlib import Path

import pytest

from desktop import arguments
from desktop.arguments import Chosen

WORDS = (
    "--library",
    "--profile",
    "folder",
    "pages/sleep.md#start",
    "--json",
    "--quit-at",
    "ready",
    "-x",
    "",
)


def said(chosen):
    return {name: getattr(chosen, name) for name in vars(Chosen) if not name.startswith("_")}


@pytest.mark.parametrize("length", range(4))
def test_what_is_read_quickly_is_what_the_slow_way_reads(length):
    quick = 0
    for argv in map(list, product(WORDS, repeat=length)):
        chosen = arguments.plainly(argv)
        if chosen is not None:
            assert said(chosen) == said(arguments._parser().parse_args(argv, Chosen())), argv
            quick += 1
    assert quick


def test_the_usual_start_is_read_quickly():
    chosen = arguments.plainly(["--library", "shared", "pages/sleep.md#start", "--timings"])
    assert chosen is not None
    assert (chosen.library, chosen.page, chosen.timings) == (
        Path("shared"),
        "pages/sleep.md#start",
        True,
    )


def test_other_ways_of_writing_are_understood(tmp_path):
    assert arguments.arguments([f"--library={tmp_path}"]).library == tmp_path
    assert arguments.arguments(["--prof", "stick"]).profile == Path("stick")


@pytest.mark.parametrize(
    "argv", [["--what"], ["a.md", "b.md"], ["--quit-at", "noon"], ["--library"]]
)
def test_a_mistake_is_told_in_one_line(argv, capsys):
    with pytest.raises(SystemExit) as ended:
        arguments.arguments(argv)
    assert ended.value.code == 2
    said_there = capsys.readouterr().err.strip().splitlines()[-1]
    assert said_there.startswith("fingerpost: ")
    assert "fingerpost --help" in said_there
