"""Work off the window's thread: in order, the newest only, mistakes told, nothing left behind."""

import threading

import pytest

from desktop.tasks import Tasks


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
