"""`check` and `graph` from a terminal: words, JSON, exit statuses, and one line for every mistake."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.__main__ import main
from tests.support.pages import DETAILS, write

ROOT = Path(__file__).parents[2]
TINY = ROOT / "tests" / "data" / "tiny"


@pytest.fixture
def run(tmp_path, capsys):
    def run(*arguments):
        command, *rest = (str(a) for a in arguments)
        profile = ["--profile", str(tmp_path / "profile")] if command == "check" else []
        status = main([command, *rest, *profile])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_a_sound_library_has_nothing_to_put_right(run):
    assert run("check", TINY, "--strict") == (0, "6 pages looked at: nothing to put right.\n", "")


def test_every_problem_is_a_line_and_errors_make_the_answer_no(run, tmp_path):
    write(tmp_path / "lib", {"b.md": "[x](c.md)\n", "a.md": "##A\n"})
    assert run("check", tmp_path / "lib") == (
        1,
        "a.md:1: warning heading-no-space: This is no heading, because no space follows the # signs"
        " (Put a space behind the # signs)\n"
        "b.md:1: error link-dead: The link 'x' leads to c.md, which is not in this library"
        " (Choose a page that is there)\n"
        "2 pages looked at: 1 error, 1 warning.\n",
        "",
    )


@pytest.mark.parametrize(("strict", "status"), [((), 0), (("--strict",), 1)])
def test_warnings_count_when_strict_and_notices_never(run, tmp_path, strict, status):
    write(tmp_path / "warned", {"a.md": "##A\n"})
    write(tmp_path / "noticed", {"services/a.md": DETAILS.format(id="a", title="A")})
    assert run("check", tmp_path / "warned", *strict)[0] == status
    noticed = run("check", tmp_path / "noticed", *strict)
    assert noticed[0] == 0
    assert "1 notice" in noticed[1]


def test_json_says_the_same_to_machines(run, tmp_path):
    write(tmp_path / "lib", {"a.md": "##Ä\n", "b.md": "x"})
    status, out, _ = run("check", tmp_path / "lib", "--json", "--strict")
    told = json.loads(out)
    assert status == 1
    assert (told["pages"], told["counts"]) == (2, {"error": 0, "warning": 1, "notice": 0})
    assert [(p["path"], p["line"], p["code"]) for p in told["problems"]] == [
        ("a.md", 1, "heading-no-space")
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("check", "nowhere"),
            "There is no folder at HERE/nowhere. Check the name, or choose it again.",
        ),
        (("check", "a\0b"), "There is no folder at HERE/a\0b."),
        (
            ("check", "--strickt"),
            "fingerpost check: unrecognized arguments: --strickt. See 'fingerpost check --help'.",
        ),
        (
            ("graph",),
            "fingerpost graph: the following arguments are required: page. See 'fingerpost graph --help'.",
        ),
        (
            ("graph", "feding", "--library", str(TINY)),
            f"There is no page 'feding' in {TINY}. Did you mean feeding?",
        ),
        (
            ("graph", "", "--library", str(TINY)),
            f"There is no page '' in {TINY}. 'fingerpost search' finds pages by their words.",
        ),
        (
            ("graph", "duty-desk", "--library", str(TINY)),
            "'Duty desk' is no pathway but another kind of page, so it has no graph.",
        ),
        (
            ("graph", "feeding", "--library", str(TINY), "--format", "gif"),
            "'gif' is no format that I know. Use ",
        ),
        (
            ("graph", "feeding", "--library", str(TINY), "-o", "/nowhere/x.json"),
            "/nowhere/x.json could not be written: there is no such file.",
        ),
    ],
)
def test_a_mistake_in_the_command_is_one_line_and_status_2(
    run, tmp_path, monkeypatch, arguments, words
):
    monkeypatch.chdir(tmp_path)
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith(words.replace("HERE", str(tmp_path)))
    assert err.count("\n") == 1


def test_a_graph_is_printed_or_written(run, tmp_path):
    status, out, _ = run("graph", "feeding", "--library", TINY)
    told = json.loads(out)
    assert status == 0
    assert [s["id"] for s in told["steps"]] == ["weight", "watch", "reassure"]
    assert [w["loop"] for w in told["ways"]] == [False, False, False, False, True]
    file = tmp_path / "x.mmd"
    assert (
        run("graph", "pathways/feeding.md", "--library", TINY, "--format", "mermaid", "-o", file)[0]
        == 0
    )
    title, _, rest = file.read_text().partition("flowchart TD\n")
    assert rest
    assert title.startswith('---\ntitle: "')
    assert "%% " in title
    assert title.count("Uncontrolled when printed") == 2


def test_the_rules_can_be_listed(run):
    status, out, _ = run("check", "--rules")
    assert status == 0
    assert "anchor-dead              error    A link to a step leads to a step that is there" in out


def test_a_library_of_everything_nasty_ends_in_a_sentence(tmp_path):
    """In a process of its own, with a terminal that knows no letter but ASCII."""
    files = {
        "empty.md": b"",
        "binary.md": bytes(range(256)) * 100,
        "utf16.md": "# Ä → ü".encode("utf-16"),
        "cp1252.md": b"caf\xe9 \x96 \x93x\x94",
        "bomb.md": b"---\na0: &a0 {x: 1}\n"
        + b"".join(b"a%d: &a%d\n  <<: [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 27))
        + b"---\n",
        "ticks.md": b"`" * 100_000,
        "quotes.md": b"> " * 30_000,
        "brackets.md": b"[" * 50_000,
        "huge.md": b"word " * 500_000,
        "library.yaml": b"checks: [\n",
        "pathways/loop.md": b"## A\n\n- x -> [A](#a)\n- y -> [B](#b)\n\n## A\n",
        "services/hours.md": b"---\nhours: {a: {b: [c]}}\n---\n",
        "odd name \xc3\xa4 #1.md": b"[x](<odd name \xc3\xa4 %231.md>)",
        "line\nbreak.md": b"##x\n",
    }
    for path, data in files.items():
        place = tmp_path / "lib" / path if isinstance(path, str) else None
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        except OSError:
            continue  # a system that cannot have such a name
    if sys.platform == "linux":
        (tmp_path / os.fsdecode(b"lib/bad\xffname.md")).write_bytes(b"##x\n")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "desktop",
            "check",
            str(tmp_path / "lib"),
            "--profile",
            str(tmp_path / "p"),
        ],
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C.UTF-8"},
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == b""
    assert b"Traceback" not in done.stdout
    lines = done.stdout.decode("ascii").splitlines()
    assert " pages looked at: " in lines[-1]
    codes = {line.split(": ")[1].split(" ")[1] for line in lines[:-1]}
    assert {"empty", "not-text", "encoding", "yaml-alias", "too-large", "settings-broken"} <= codes
