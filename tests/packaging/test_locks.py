"""Lock files pin all with hashes; nothing committed names a machine or a registry."""

import re
import shutil
import subprocess
import tomllib

import pytest

from tests.support.checkout import ROOT

PIN = re.compile(r"^([a-z0-9-]+)==([\w.]+)((?: ; [^\\]+)?) \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def pins(level):
    lines = (ROOT / "build" / "lock" / f"{level}.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not PIN.match(line) and not HASH.match(line)] == []
    return {match.groups() for line in lines if (match := PIN.match(line))}


def test_what_is_run_is_what_is_tested():
    assert pins("run") <= pins("work")


def test_every_dependency_of_the_project_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split(r"[<>=;]", words)[0].strip().lower() for words in project["dependencies"]}
    assert wanted <= {name for name, _, _ in pins("run")}


def test_pyside_6_12_is_never_pinned_for_python_3_11():
    versions = [pin for pin in pins("run") if pin[0] == "pyside6-essentials"]
    assert {version[:4] for _, version, where in versions if "< '3.12'" in where} == {"6.11"}


def tracked_files():
    listing = ["git", "ls-files", "-z"]
    git = shutil.which("git")
    done = git and subprocess.run(listing, cwd=ROOT, capture_output=True, check=False)
    if not done or done.returncode != 0:
        pytest.skip("not a checkout, so nobody can tell what is committed")
    return [ROOT / name for name in done.stdout.decode().split("\0") if name]


# Put together here, so that this file does not hold what it looks for.
PATHS = "|".join(["work", "root", "tmp", "opt", "Users", r"home/\w+"])
REGISTRIES = "|".join(
    [r"pypi\.", r"pythonhosted\.", r"registry\.npmjs", r"deb\.debian", "artifact" + "registry"]
)
FORBIDDEN = re.compile(rf"(?<![\w.:/~*-])/(?:{PATHS})/|(?:{REGISTRIES})(?:org|com|dev)?")


def test_no_committed_file_names_a_place_on_a_machine_or_a_registry():
    found = []
    for path in tracked_files():
        if not path.is_file() or path.name == "test_locks.py" or "data" in path.parts:
            continue
        text = path.read_bytes().decode("utf-8", errors="replace")
        lines = text.splitlines()
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
            for number, line in enumerate(lines, 1)
            if FORBIDDEN.search(line)
        ]
    assert found == []


def test_links_between_the_documents_lead_somewhere():
    dead = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:\s]+)[^):]*\)", path.read_text(encoding="utf-8")):
            if not (path.parent / target).exists():
                dead.append(f"{path.relative_to(ROOT)} -> {target}")
    assert dead == []
