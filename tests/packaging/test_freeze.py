"""The bundle: built, started from an empty environment, asked a question."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.long
def test_the_bundle_starts_from_an_empty_environment_and_finds():
    done = subprocess.run(
        [sys.executable, "build/make.py", "freeze"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    size, window, search = done.stdout.strip().splitlines()[-3:]
    assert int(size.split()[-2]) <= 150
    assert window.startswith("window   ready after")
    assert "Mental health emergency" in search
