"""Time against plan: how long this stop has taken, and how far behind or ahead the session is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.showing.show import Show


@dataclass(frozen=True, slots=True)
class Pace:
    """The time in figures and in words."""

    minutes: int  # at this stop
    planned: int  # for this stop; 0 when nothing is planned
    behind: int  # whole minutes; negative: ahead
    share: float  # of this stop's time, never above 1

    @property
    def stop_words(self) -> str:
        return f"{self.minutes} of {self.planned} min" if self.planned else f"{self.minutes} min"

    @property
    def words(self) -> str:
        if self.behind == 0:
            return "On time"
        many = abs(self.behind)
        unit = "minute" if many == 1 else "minutes"
        return f"{many} {unit} {'behind' if self.behind > 0 else 'ahead of'} plan"


def pace(show: Show, at: int, began: datetime, arrived: datetime, now: datetime) -> Pace:
    """How the clock stands against the plan. Leaving a stop early is being ahead; staying too long, behind."""
    planned = show.scenes[at].minutes
    before = sum(scene.minutes for scene in show.scenes[:at])
    here = max(timedelta(), now - arrived)
    spent = max(timedelta(), now - began)
    if not show.minutes:
        return Pace(int(here.total_seconds() // 60), 0, 0, 0.0)
    late = spent - timedelta(minutes=before + planned)
    early = arrived - began - timedelta(minutes=before)
    if late > timedelta():
        behind = int(late.total_seconds() // 60)
    else:
        # Within its own time a stop is as late, or as early, as it began.
        seconds = min(early, timedelta()).total_seconds() if planned else 0.0
        behind = -int(-seconds // 60)
    share = min(1.0, here.total_seconds() / (planned * 60)) if planned else 0.0
    return Pace(int(here.total_seconds() // 60), planned, behind, share)
