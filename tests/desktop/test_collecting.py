"""Rubbish goes on the screen's thread, a library is set aside, and nothing stays set aside for ever."""

import gc
import sys
import weakref

import pytest
from PySide6.QtCore import QObject

from desktop import collecting, warming
from desktop.collecting import Collector
from desktop.tasks import Tasks


class Ring:
    """Holds itself, so that only the collector can end it."""

    def __init__(self):
        self.own = self


@pytest.fixture
def collector(qtbot):
    holder = QObject()
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # as Python has it
    made = Collector(holder)
    yield made
    made.rest()
    gc.set_threshold(*before)
    assert gc.get_freeze_count() == 0
    assert gc.isenabled()


def some_rubbish(many):
    rings = [Ring() for _ in range(many)]
    return weakref.ref(rings[0])


def test_rubbish_is_gone_at_the_next_tick(collector):
    gc.collect()
    seen = some_rubbish(2_000)
    assert seen() is not None
    collector.collect()
    assert seen() is None


def test_a_library_is_set_aside_and_not_gone_through_again(collector):
    gc.collect()
    library = [[] for _ in range(collecting.LIBRARY + 1_000)]
    collector.collect()
    assert gc.get_freeze_count() > len(library)
    assert gc.get_count()[0] < 1_000


def test_what_was_set_aside_goes_once_nobody_looks(collector, monkeypatch):
    gc.collect()
    seen = some_rubbish(collecting.LIBRARY + 1_000)
    collector.collect()
    assert seen() is not None
    monkeypatch.setattr(collecting, "_looked_at", lambda: True)
    for _ in range(collecting.FULL_EVERY):
        collector.collect()
    assert seen() is not None
    monkeypatch.setattr(collecting, "_looked_at", lambda: False)
    collector.collect()
    assert seen() is None


def test_everything_ahead_is_loaded_bit_by_bit(qtbot):
    tasks = Tasks()
    holder = QObject()
    warm = warming.Warming(holder, tasks, warming.ahead(), 0)
    warm.begin()
    qtbot.waitUntil(lambda: not warm._timer.isActive(), timeout=10_000)
    tasks.close()
    assert warm.left == []
    assert all(name in sys.modules for name in warming.AHEAD)
