"""The habits that every test is held to are themselves held: what is red for us is red for pytest."""

import shutil
import subprocess
import sys

import pytest

from tests.support.checkout import ROOT

SLIPS = """
import logging, threading, time, warnings


def test_a_quiet_test_is_green():
    threading.Thread(target=time.sleep, args=(0.01,)).start()


def test_a_logged_warning():
    logging.getLogger("pages").warning("the page changed")


def test_a_logged_warning_that_is_read(caplog):
    logging.getLogger("pages").warning("the page changed")
    assert "changed" in caplog.text


def test_a_thread_left_running():
    threading.Thread(target=time.sleep, args=(60,), daemon=True, name="indexer").start()


def test_a_python_warning():
    warnings.warn("old way of doing it")


def test_a_qt_warning(qtbot):
    from PySide6.QtCore import qWarning
    qWarning("a widget was lost")


def test_an_exception_in_a_slot(qtbot):
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(20)
"""


@pytest.mark.slow
def test_warnings_left_threads_and_swallowed_exceptions_are_red(tmp_path):
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path / "tests")
    (tmp_path / "tests" / "test_slips.py").write_text(SLIPS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "--tb=short"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    lines = [line.partition(" - ")[0].split() for line in done.stdout.splitlines()]
    results = {words[1].partition("::")[2]: words[0] for words in lines if len(words) == 2}
    green = {name for name, word in results.items() if word == "PASSED"}
    red = {name for name, word in results.items() if word in ("FAILED", "ERROR")}
    assert green - red == {
        "test_a_quiet_test_is_green",
        "test_a_logged_warning_that_is_read",
    }
    assert len(red) == 5, done.stdout
