"""Mistakes of our own: written down without what is private, offered once, the session brought back."""

import logging
import sys
import threading

import pytest
from PySide6.QtGui import QGuiApplication

from desktop import logs
from desktop.crash import MOST, Watch
from desktop.dialogs.report import CrashReport
from tests.support import program

PAGE = program.PAGE


@pytest.fixture
def watch(tmp_path):
    watch = Watch(tmp_path / "crash")
    watch.begin()
    yield watch
    watch.end()
    logs.stop(None)


def mistake(words="something of ours"):
    try:
        raise ValueError(words)
    except ValueError:
        return sys.exc_info()


def test_a_mistake_nobody_caught_is_written_down_with_where_it_happened(watch, caplog, capsys):
    sys.excepthook(*mistake())
    (report,) = watch.waiting()
    text = report.read_text("utf-8")
    assert text.startswith("Fingerpost ")
    assert "ValueError: something of ours" in text
    assert "test_crash.py" in text


def test_mistakes_in_threads_are_written_down_too(watch, caplog, capsys):
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    (report,) = watch.waiting()
    assert "ZeroDivisionError" in report.read_text("utf-8")


def test_the_same_mistake_is_written_down_once_and_only_a_few_are_kept(watch, caplog, capsys):
    told = []
    watch.told = lambda: told.append(1)
    for _ in range(3):
        sys.excepthook(*mistake())
    assert len(told) == 1
    for number in range(20):
        sys.excepthook(*mistake(f"number {number}"))
    assert len(watch.waiting()) == MOST


def test_what_was_searched_for_is_in_no_log_and_no_report(watch, caplog, capsys, tmp_path):
    logs.start()
    handler = logs.write_to(tmp_path / "logs")
    try:
        logs.keep_out("mum Zebedee hears voices")
        logging.getLogger("fingerpost.test").info("asked: mum Zebedee hears voices")
        sys.excepthook(*mistake("no answer to 'mum Zebedee hears voices'"))
    finally:
        logs.stop(handler)
    written = [*(tmp_path / "logs").iterdir(), *watch.waiting()]
    assert len(written) == 2
    for file in written:
        assert "Zebedee" not in file.read_text("utf-8")


def test_a_profile_that_cannot_be_written_to_still_works(tmp_path, caplog, capsys):
    (tmp_path / "crash").write_text("a file where the folder should be")
    watch = Watch(tmp_path / "crash")
    watch.begin()
    sys.excepthook(*mistake())
    watch.end()
    assert watch.waiting() == []


def test_the_report_can_be_read_copied_and_deleted(open_window, watch, caplog, capsys):
    sys.excepthook(*mistake())
    window = open_window()
    dialog = CrashReport(window, watch)
    dialog.open()
    assert dialog.focusWidget() is dialog.show_it, "Enter deletes nothing that was not read"
    low = dialog.height()
    dialog.show_it.click()
    assert dialog.height() > low
    assert dialog.text.isVisible()
    assert "ValueError" in dialog.text.toPlainText()
    dialog.copy.click()
    assert "ValueError" in QGuiApplication.clipboard().text()
    dialog.remove.click()
    assert not dialog.isVisible()
    assert watch.waiting() == []
    dialog.deleteLater()


@pytest.mark.slow
def test_what_was_open_is_brought_back_after_the_program_was_brought_down(tmp_path):
    falls = (
        "app.SAVE_MS = 50\n"
        "from PySide6.QtCore import QTimer\n"
        "import faulthandler\n"
        "ready = app._Start.ready\n"
        "def fall(self, step):\n"
        "    QTimer.singleShot(500, faulthandler._sigsegv)\n"
        "app._Start.ready = fall\n"
    )
    here = ("--library", program.little_library(tmp_path / "library"))
    process = program.start(tmp_path, PAGE, *here, before=falls)
    status, _, _ = program.finish(process)
    assert status < 0
    assert program.settings(tmp_path)["session"]["ended"] is False
    tells = (
        "ready = app._Start.ready\n"
        "def tell(self, step):\n"
        "    print(self.window.tab.place.link, len(self.watch.waiting()))\n"
        "    self.window.close()\n"
        "app._Start.ready = tell\n"
        "app._Start.offer_report = lambda self: print('offered')\n"
    )
    status, out, errors = program.finish(program.start(tmp_path, *here, before=tells))
    assert (status, errors) == (0, "")
    assert out.splitlines() == ["offered", f"{PAGE} 1"]
    assert program.settings(tmp_path)["session"]["ended"] is True


@pytest.mark.slow
def test_a_mistake_in_the_window_does_not_end_it(tmp_path):
    errs = (
        "from PySide6.QtCore import QTimer\n"
        "ready = app._Start.ready\n"
        "def err(self, step):\n"
        "    QTimer.singleShot(0, lambda: 1 / 0)\n"
        "    QTimer.singleShot(300, self.window.close)\n"
        "app._Start.ready = err\n"
    )
    here = ("--library", program.little_library(tmp_path / "library"))
    status, _, errors = program.finish(program.start(tmp_path, *here, before=errs))
    assert status == 0
    assert "ZeroDivisionError" in errors
    assert len(list((tmp_path / "data" / "crash").glob("report-*.txt"))) == 1
