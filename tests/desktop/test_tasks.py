"""Work off the window's thread: in order, the newest only, mistakes told, nothing left behind."""

import threading

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from desktop.tasks import PATIENT, Tasks
from knowledge.turns import portion_done


@pytest.fixture
def tasks(qtbot):
    made = Tasks()
    yield made
    made.close()


def test_work_is_done_elsewhere_and_its_result_comes_back_here(tasks, qtbot):
    here, told = threading.current_thread(), []

    def work():
        return threading.current_thread()

    tasks.run(work, lambda thread: told.append((thread, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    ((worked, came_back),) = told
    assert worked is not here
    assert came_back is here


@pytest.mark.parametrize("work", [lambda: 1, lambda: 1 // 0])
def test_what_is_gone_is_told_nothing(tasks, qtbot, work):
    shown, told, after = QObject(), [], []
    tasks.run(work, told.append, told.append, shown=shown)
    delete(shown)
    tasks.run(lambda: 2, after.append)
    qtbot.waitUntil(lambda: after == [2])
    assert told == []


def test_jobs_of_a_lane_come_one_after_the_other(tasks, qtbot):
    told = []
    for number in range(20):
        tasks.run(lambda n=number: n, told.append, lane="one")
    qtbot.waitUntil(lambda: len(told) == 20, timeout=10_000)
    assert told == list(range(20))


def test_a_lane_does_not_wait_for_another(tasks, qtbot):
    gate, told = threading.Event(), []
    tasks.run(lambda: gate.wait(10), told.append, lane="slow")
    tasks.run(lambda: "swift", told.append, lane="swift")
    qtbot.waitUntil(lambda: told == ["swift"], timeout=10_000)
    gate.set()
    qtbot.waitUntil(lambda: told == ["swift", True], timeout=10_000)


def test_of_several_jobs_with_one_key_only_the_newest_reports(tasks, qtbot):
    gate, begun, told = threading.Event(), [], []
    tasks.run(lambda: gate.wait(10), lane="typing")
    for letters in ("s", "sl", "sle"):
        tasks.run(
            lambda words=letters: (begun.append(words), words)[1],
            told.append,
            key="search",
            lane="typing",
        )
    gate.set()
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert told == ["sle"]
    assert begun == ["sle"]  # those that had not begun were spared


def test_a_failure_comes_back_as_one(tasks, qtbot):
    told = []
    tasks.run(lambda: 1 / 0, lambda _: told.append("done"), told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert isinstance(told[0], ZeroDivisionError)


def test_a_failure_nobody_expected_is_not_swallowed(tasks, qtbot, caplog):
    with qtbot.captureExceptions() as caught:
        tasks.run(lambda: 1 / 0)
        qtbot.waitUntil(lambda: bool(caught), timeout=10_000)
    assert caught[0][0] is ZeroDivisionError


def test_after_closing_nothing_is_told_and_no_thread_is_left(tasks, qtbot):
    told = []
    tasks.run(lambda: 1, told.append)
    tasks.close()
    tasks.run(lambda: 2, told.append)
    qtbot.wait(20)
    assert told == []


def portions(done, many):
    """Work in portions, as reading and indexing are."""
    for number in range(many):
        portion_done()
        done.append(number)
    return many


@pytest.mark.parametrize("lane", sorted(PATIENT))
def test_patient_work_stands_aside_while_the_window_is_at_work(tasks, qtbot, monkeypatch, lane):
    monkeypatch.setattr("desktop.tasks.AT_MOST_S", 60)
    begun, go, done, told = threading.Event(), threading.Event(), [], []

    def work():
        begun.set()
        assert go.wait(60)
        return portions(done, 20)

    tasks.run(work, told.append, lane=lane)
    assert begun.wait(60)
    tasks.hush()
    go.set()
    assert not threading.Event().wait(0.05)  # the window works: no event is looked at
    assert done == []
    qtbot.waitUntil(lambda: told == [20], timeout=10_000)


def test_work_the_window_waits_for_does_not_stand_aside(tasks, monkeypatch):
    monkeypatch.setattr("desktop.tasks.AT_MOST_S", 60)
    finished = threading.Event()
    tasks.hush()
    tasks.run(lambda: (portions([], 20), finished.set()), lane="render")
    assert finished.wait(30)


def test_patient_work_goes_on_even_if_the_window_never_rests(tasks):
    finished = threading.Event()
    tasks.hush()
    tasks.run(lambda: (portions([], 1_000), finished.set()), lane="index")
    assert finished.wait(
        60
    )  # and meanwhile no event is looked at; it waits once, not for each portion


def test_patient_work_ends_with_the_program_and_not_when_it_is_done(qtbot):
    tasks, begun, done = Tasks(), threading.Event(), []

    def work():
        begun.set()
        while True:
            portions(done, 1)

    tasks.run(work, lane="index")
    assert begun.wait(60)
    tasks.close()  # comes back, though the work would never end
    assert all(t.name.partition("_")[0] != "fingerpost-index" for t in threading.enumerate())
