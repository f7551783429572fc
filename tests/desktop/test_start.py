"""The start: painting before anything heavy is loaded, and Qt loaded in less time than it takes by itself."""

import enum
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.enums import make_quickly
from tests.support.program import little_library

ROOT = Path(__file__).parents[2]

# Everything PySide's own descriptions are for: mistakes in calls, help, signatures.
QUESTIONS = """
import inspect, sys
if "quick" in sys.argv:
    from desktop.quickstart import load_qt
    load_qt()
from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QColor
def ask(question):
    try:
        print(repr(question()))
    except Exception as error:
        print(type(error).__name__, error)
ask(lambda: QObject().setObjectName(3, 4, 5))
ask(lambda: QObject().setObjectName(3))
ask(lambda: QRect("a"))
ask(lambda: QColor(1, "x", []))
ask(lambda: inspect.signature(QObject.setObjectName))
ask(lambda: inspect.signature(QRect))
ask(lambda: QObject.setObjectName.__doc__)
ask(lambda: QRect.__doc__[:200])
ask(lambda: QObject().nothing)
ask(lambda: Qt.Key(0x01000000))
ask(lambda: Qt.AlignmentFlag.AlignCenter | Qt.AlignmentFlag.AlignTop)
ask(lambda: __import__("PySide6.support.signature.parser", fromlist=["x"]).__name__)
"""


def answers(*arguments):
    done = subprocess.run(
        [sys.executable, "-c", QUESTIONS, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_qt_loaded_quickly_answers_as_qt_loaded_the_usual_way():
    assert answers("quick") == answers()


def enumerations(*arguments):
    """Every enumeration of Qt as told by a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.enums_told", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.slow
def test_enumerations_made_quickly_are_those_that_python_makes():
    usual = enumerations()
    assert sum(not line.startswith(" ") for line in usual) > 600
    assert enumerations("quick") == usual


def test_enumerations_of_ours_are_made_as_they_always_were():
    make_quickly()
    assert enum.Enum("Level", "LOW HIGH").LOW.value == 1
    assert enum.Enum("Level", "LOW HIGH").__module__ == __name__
    made = enum.Enum("Level", [("LOW", 1), ("HIGH", 2)])
    assert (made.__module__, made.__qualname__, list(made)) == (
        __name__,
        "Level",
        [made(1), made(2)],
    )
    with pytest.raises(TypeError):
        enum.Enum("Level", [("LOW", 1), ("LOW", 2)])
    with pytest.raises(ValueError, match="mro"):
        enum.Enum("Level", [("mro", 1)])


def start(profile, *arguments):
    little = str(little_library(profile / "library"))
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "desktop",
            "--profile",
            str(profile),
            "--library",
            little,
            *arguments,
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path):
    told = json.loads(start(tmp_path, "--timings", "--quit-at", "first-paint", "--json"))
    last = told["steps"][-1]
    assert last["step"] == "first paint"
    assert last["loaded"] == []


@pytest.mark.slow
def test_each_step_of_the_start_is_told_until_the_window_is_ready(tmp_path):
    told = json.loads(start(tmp_path, "--timings", "--quit-at", "ready", "--json"))
    steps = [step["step"] for step in told["steps"]]
    assert steps[:4] == ["qt loaded", "look ready", "window made", "first paint"]
    assert {"library read", "search ready"} <= set(steps)
    spent = [step["cpu_ms"] for step in told["steps"]]
    assert spent == sorted(spent)
    assert all(step["memory_mib"] > 0 for step in told["steps"])
