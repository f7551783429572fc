"""The gate: every check the project must pass, the tests last, all of them even when one fails."""

from __future__ import annotations

import os
import subprocess
import sys

import environment

CHECKED = ("knowledge", "search", "drawing", "desktop", "build", "benchmarks", "tests")

# The tests share nothing, so each processor takes some; journeys need air, so it is four at most.
SIDE_BY_SIDE = ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]

Step = tuple[str, list[str]]


def check(arguments: list[str]) -> int:
    """Run the quick part, side by side; further arguments go to pytest (a folder, `-k words`) instead."""
    return pass_all(still_steps(), ["-m", "not slow and not long", *(arguments or SIDE_BY_SIDE)])


def test(arguments: list[str]) -> int:
    """Run the whole gate, side by side; further arguments go to pytest instead."""
    return pass_all([*still_steps(), *content_steps()], arguments or SIDE_BY_SIDE)


def benchmark(arguments: list[str]) -> int:
    """Run one benchmark, or name those there are."""
    return subprocess.call([environment.PROGRAM, "benchmark", *arguments])


def still_steps() -> list[Step]:
    """The checks that read the code without running it."""
    folders = [name for name in CHECKED if os.path.isdir(os.path.join(environment.ROOT, name))]
    python = [environment.PYTHON, "-m"]
    contracts = "lint-imports.exe" if environment.ON_WINDOWS else "lint-imports"
    return [
        ("format", [*python, "ruff", "format", "--check", "--quiet", *folders]),
        ("lint", [*python, "ruff", "check", "--quiet", *folders]),
        ("types", [*python, "mypy", "--no-error-summary"]),
        ("contracts", [os.path.join(environment.BIN, contracts), "--no-cache"]),
    ]


def content_steps() -> list[Step]:
    """The strict check of the library that ships."""
    needed = (("content", "library.yaml"), ("knowledge", "__main__.py"))
    if not all(os.path.exists(os.path.join(environment.ROOT, *parts)) for parts in needed):
        return []
    return [("content", [environment.PROGRAM, "check", "content", "--strict"])]


def pass_all(steps: list[Step], pytest_arguments: list[str]) -> int:
    """Run the steps side by side, then the tests, and tell each result; 0 when all are well."""
    running = [(name, start(command)) for name, command in steps]
    failed = []
    for name, process in running:
        output = process.communicate()[0].strip()
        good = process.returncode == 0
        print(f"{name:10} {'ok' if good else 'FAILED'}", flush=True)
        if not good:
            failed.append(name)
            print(without_notices(output), flush=True)
    tests = [environment.PYTHON, "-m", "pytest", *pytest_arguments]
    if subprocess.call(tests, cwd=environment.ROOT) != 0:
        failed.append("tests")
    if failed:
        print(f"make.py: the gate is red: {', '.join(failed)}.", file=sys.stderr, flush=True)
    return 1 if failed else 0


def without_notices(output: str) -> str:
    """Leave out what the check of the content only remarks upon; it does not make the gate red."""
    return "\n".join(line for line in output.splitlines() if ": notice " not in line)


def start(command: list[str]) -> subprocess.Popen[str]:
    """Start one step, keeping what it says until its turn to be read."""
    return subprocess.Popen(
        command,
        cwd=environment.ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
    )
