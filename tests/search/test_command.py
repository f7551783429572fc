"""`fingerpost search` and `fingerpost index` in a terminal."""

import json

import pytest

from search.__main__ import COMMANDS, main
from tests.support.searching import write

FIELDS = {"page", "anchor", "kind", "title", "heading", "score", "snippet", "why"}


@pytest.fixture
def run(tmp_path, capsys):
    root = tmp_path / "library"
    write(root, "sleep.md", "# Sleep\n\nRest.\n\n## At night {#night}\n\nWake often, settle.\n")
    write(root, "services/gp.md", "# GP\n\nThe family doctor knows about sleep.\n")

    def run(command, *arguments, library=root):
        places = ["--library", str(library), "--profile", str(tmp_path / "profile")]
        status = COMMANDS[command]([*arguments, *places])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_answers_for_people(run):
    status, out, err = run("search", "settle")
    assert status == 0
    assert "sleep.md#night" in out
    assert "Sleep: At night" in out
    assert err == ""


def test_answers_for_machines(run):
    status, out, _ = run("search", "settle", "--json")
    answers = json.loads(out)
    assert status == 0
    assert set(answers[0]) >= FIELDS
    assert (answers[0]["page"], answers[0]["anchor"]) == ("sleep.md", "night")
    assert answers[0]["why"] == "exact"


def test_nothing_found_is_status_one(run):
    status, out, err = run("search", "elephant")
    assert (status, err) == (1, "")
    assert "elephant" in out
    assert run("search", "elephant", "--json")[:2] == (1, "[]\n")


def test_kind_limit_typing_and_words_that_are_ruled_out(run):
    assert "services/gp.md" in run("search", "sleep", "--kind", "service")[1]
    assert len(json.loads(run("search", "sleep", "--limit", "1", "--json")[1])) == 1
    assert run("search", "sett", "--typing")[0] == 0
    assert run("search", "sett")[0] == 1
    assert "sleep.md#night" not in run("search", "sleep", "-settle")[1]


def test_a_batch_is_answered_line_by_line_in_order(run, tmp_path):
    file = tmp_path / "questions.tsv"
    file.write_text("a\tsettle\n\nb\telephant\nwake often\r\nsettel\n", "utf-8")
    status, out, _ = run("search", "--batch", str(file), "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [line["id"] for line in lines] == ["a", "b", "4", "5"]
    assert [line["query"] for line in lines] == ["settle", "elephant", "wake often", "settel"]
    assert [len(line["answers"]) for line in lines] == [1, 0, 1, 1]
    assert lines[3]["corrected"] == "settle"
    assert all(line["cpu_ms"] >= 0 for line in lines)
    assert set(lines[0]["answers"][0]) >= FIELDS


def test_index_says_what_it_did(run):
    status, out, _ = run("index", "--json")
    said = json.loads(out)
    assert status == 0
    assert (said["pages"], said["sections"], said["added"]) == (2, 3, 2)
    assert said["bytes"] > 0
    assert json.loads(run("index", "--json")[1])["added"] == 0
    assert json.loads(run("index", "--rebuild", "--json")[1])["rebuilt"] == "asked for"
    assert "2 pages, 3 sections" in run("index")[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["search"],
        ["search", "x", "--limit", "0"],
        ["search", "x", "--limit", "many"],
        ["search", "x", "--kind", "nonsense"],
        ["search", "x", "--nonsense"],
        ["search", "--batch", "no-such-file"],
        ["search", "x", "--batch", "no-such-file"],
        ["search", "x", "--library", "no-such-folder"],
        ["index", "--library", "no-such-folder"],
        ["index", "surplus"],
        ["nonsense"],
        [],
    ],
)
def test_a_mistake_is_one_line_and_status_two(capsys, arguments):
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1


def test_help_says_how(capsys):
    assert main(["search", "--help"]) == 0
    assert "--batch" in capsys.readouterr().out
