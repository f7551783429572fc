"""A clock that a test turns: waiting takes no time, and dates are the test's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from knowledge.files import Clock


class HandClock(Clock):
    def __init__(self, start: datetime = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)) -> None:
        self.time = start
        self.waits: list[float] = []

    def now(self) -> datetime:
        self.time += timedelta(milliseconds=1)
        return self.time

    def passed(self) -> float:
        return self.time.timestamp()

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += timedelta(seconds=seconds)

    def later(self, **span: float) -> None:
        self.time += timedelta(**span)
