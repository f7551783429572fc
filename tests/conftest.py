"""What holds for every test: no unexpected warning, no thread left behind, no screen needed."""

import logging
import os
import threading
import time

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The gate gives the same answer twice; FINGERPOST_RANDOM=1 goes looking for new examples.
# Deadlines would measure the machine, not the program.
settings.register_profile(
    "gate",
    deadline=None,
    derandomize=os.environ.get("FINGERPOST_RANDOM") != "1",
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("gate")


class _Collector(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.records = []

    def emit(self, record):
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_unexpected_log(request):
    """A warning in the log makes a test red, unless it asks for `caplog` and reads the log."""
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    yield
    root.removeHandler(collector)
    if collector.records and "caplog" not in request.fixturenames:
        lines = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in collector.records]
        pytest.fail("the test logged\n" + "\n".join(lines), pytrace=False)


@pytest.fixture(autouse=True)
def _no_thread_left():
    """A test that leaves a thread running makes the next one fail in its stead."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 20
    while (left := _running_since(before)) and time.monotonic() < deadline:
        time.sleep(0.01)
    if left:
        pytest.fail(f"the test left running: {', '.join(t.name for t in left)}", pytrace=False)


def _running_since(before):
    # Python keeps an entry for every thread of Qt's that ever ran a line of Python.
    new = set(threading.enumerate()) - before
    return [t for t in new if not isinstance(t, threading._DummyThread)]
