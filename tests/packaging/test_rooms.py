"""Each room loads no more than its share, however the code was written."""

import subprocess
import sys

import pytest

HEAVY = ["PySide6", "whoosh", "networkx", "graphlay", "markdown"]


def loaded_by(statement):
    """The heavy packages that a fresh Python has loaded after one statement."""
    program = f"{statement}\nimport sys\nprint(*(n for n in {HEAVY} if n in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.split()


@pytest.mark.parametrize("room", ["knowledge", "search", "drawing", "desktop", "desktop.__main__"])
def test_a_room_opens_without_loading_anything_heavy(room):
    assert loaded_by(f"import {room}") == []


def test_asking_for_help_loads_nothing_heavy():
    assert loaded_by("import desktop.__main__ as command\ncommand.usage()") == []
