"""When a service answers: read from the front matter, and asked at a moment."""

from __future__ import annotations

import re
from collections.abc import Sequence as Several
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.model import Hours, Opening
from knowledge.yamltree import Mapping, Node, Scalar, Sequence

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ALWAYS = frozenset(
    {"always", "24 hours", "24/7", "24 hours a day", "day and night", "open 24 hours", "any hour"}
)
_GROUPS = {
    "daily": range(7),
    "every day": range(7),
    "all week": range(7),
    "weekdays": range(5),
    "weekend": range(5, 7),
    "weekends": range(5, 7),
}
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_RANGE = re.compile(r"(.+?)\s*(?:-|–|to)\s*(.+)")
_TEXT_ENTRY = re.compile(r"([A-Za-z ,\-–]+?)[:\s]\s*(\d.*)")
_BARE = re.compile(r"([1-9])(?:[:.]\d{2})?")  # neither 05:00 nor 5pm
_DAY = 24 * 60


class HoursError(Exception):
    """These hours cannot be read; `offset` says where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def read_hours(node: Node) -> Hours | None:
    """Hours from the front matter: `always`, a list of entries, or days with times. None when empty."""
    if isinstance(node, Scalar):
        words = node.value.strip()
        if not words:
            return None
        if words.lower() in _ALWAYS:
            return Hours(always=True)
        return Hours(openings=(_text_entry(words, node.start),))
    if isinstance(node, Sequence):
        return Hours(openings=tuple(_entry(item) for item in node.items)) if node.items else None
    openings: list[Opening] = []
    holidays = ""
    if any(key.value == "days" for key, _ in node.pairs):
        return Hours(openings=(_entry(node),))
    for key, value in node.pairs:
        if key.value == "bank_holidays":
            holidays = value.value if isinstance(value, Scalar) else ""
            continue
        entries = value.items if isinstance(value, Sequence) else (value,)
        for entry in entries:
            if not isinstance(entry, Scalar):
                raise HoursError('times are written as "09:00-17:00"', entry.start)
            if entry.value.strip().lower() in ("", "closed"):
                continue
            openings.append(_times(_days(key.value, key.start), entry.value, entry.start))
    return Hours(openings=tuple(openings), bank_holidays=holidays)


def _entry(node: Node) -> Opening:
    if isinstance(node, Scalar):
        return _text_entry(node.value, node.start)
    if not isinstance(node, Mapping):
        raise HoursError("each entry names days and times", node.start)
    fields = {key.value: value for key, value in node.pairs}
    days = fields.get("days") or fields.get("day")
    if days is None:
        raise HoursError("an entry does not say which days", node.start)
    if isinstance(days, Sequence):
        numbers: list[int] = []
        for item in days.items:
            numbers += _days(item.value if isinstance(item, Scalar) else "", item.start)
        chosen = tuple(dict.fromkeys(numbers))
    else:
        chosen = _days(days.value if isinstance(days, Scalar) else "", days.start)
    start = fields.get("open") or fields.get("from") or fields.get("opens")
    end = fields.get("close") or fields.get("to") or fields.get("closes")
    if not isinstance(start, Scalar) or not isinstance(end, Scalar):
        raise HoursError("an entry does not say when it opens and closes", node.start)
    return Opening(chosen, _minutes(start.value, start.start), _minutes(end.value, end.start, True))


def _text_entry(words: str, offset: int) -> Opening:
    found = _TEXT_ENTRY.fullmatch(words.strip()) if len(words) < 200 else None
    if found is None:
        raise HoursError(f"'{words[:60]}' does not name days and times", offset)
    return _times(_days(found.group(1), offset), found.group(2), offset)


def _times(days: tuple[int, ...], words: str, offset: int) -> Opening:
    found = _RANGE.fullmatch(words.strip()) if len(words) < 100 else None
    if found is None:
        raise HoursError(f"'{words[:60]}' is not a time from and to", offset)
    return Opening(days, _minutes(found.group(1), offset), _minutes(found.group(2), offset, True))


def _days(words: str, offset: int) -> tuple[int, ...]:
    text = words.strip().lower()
    if text in _GROUPS:
        return tuple(_GROUPS[text])
    chosen: list[int] = []
    for part in re.split(r"\s*(?:,|\band\b)\s*", text):
        ends = [_day(name, offset) for name in re.split(r"\s*(?:-|–|\bto\b)\s*", part)]
        if len(ends) == 1:
            chosen.append(ends[0])
        elif len(ends) == 2:
            chosen += [(ends[0] + n) % 7 for n in range((ends[1] - ends[0]) % 7 + 1)]
        else:
            raise HoursError(f"'{words[:60]}' does not name days", offset)
    return tuple(dict.fromkeys(chosen))


def _day(name: str, offset: int) -> int:
    for number, full in enumerate(DAY_NAMES):
        if len(name) >= 2 and full.lower().startswith(name.rstrip("s.")):
            return number
    raise HoursError(f"'{name[:60]}' is not a day of the week", offset)


def _minutes(words: str, offset: int, closing: bool = False) -> int:
    found = _TIME.fullmatch(words.strip())
    if words.strip().lower() in ("midnight", "noon"):
        return 720 if words.strip().lower() == "noon" else (_DAY if closing else 0)
    if found is None:
        if (
            words.strip().isdigit() and int(words) < _DAY
        ):  # an unquoted 09:00 that somebody's YAML counted
            return int(words)
        raise HoursError(f"'{words[:60]}' is not a time such as 09:00", offset)
    hour, minute = int(found.group(1)), int(found.group(2) or 0)
    half = (found.group(3) or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 24 or minute > 59 or hour * 60 + minute > _DAY:
        raise HoursError(f"'{words[:60]}' is not a time of the day", offset)
    return hour * 60 + minute


def of_week(days: Several[str], bank_holidays: str = "") -> Hours | None:
    """Hours from the words for each day, Monday first; an error's `offset` is the number of the day."""
    alike: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for number, words in enumerate(days):
        parts = re.split(r"\s*(?:[,;]|\band\b)\s*", words.strip())
        times = [part for part in parts if part.lower() not in ("", "closed")]
        for part in times:
            _clear(part, number)
        found = [_times((number,), part, number) for part in times]
        if found:
            alike.setdefault(tuple((o.start, o.end) for o in found), []).append(number)
    openings = tuple(
        Opening(tuple(numbers), start, end)
        for times, numbers in alike.items()
        for start, end in times
    )
    if not openings and not bank_holidays:
        return None
    return Hours(openings=openings, bank_holidays=bank_holidays)


def _clear(words: str, offset: int) -> None:
    """Ask which half of the day is meant: "9 to 5" read by the clock is open all night."""
    found = _RANGE.fullmatch(words) if len(words) < 100 else None
    for part, earliest in zip(found.groups() if found else (), (7, 10), strict=False):
        bare = _BARE.fullmatch(part.strip())
        if bare and int(bare.group(1)) < earliest:
            raise HoursError(f"'{part.strip()}' may be the morning or the afternoon", offset)


def as_week(hours: Hours) -> list[str]:
    """The words for each day, Monday first; `closed` where others are open and this one is not."""
    week = [
        ", ".join(
            f"{_clock(o.start)} to {_clock(o.end)}"
            for o in sorted(hours.openings, key=lambda o: o.start)
            if day in o.days
        )
        for day in range(7)
    ]
    return [words or "closed" for words in week] if any(week) else week


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class Now:
    """Whether somebody answers at a moment, and when that changes next (None: never, or not known)."""

    open: bool
    until: datetime | None


def at(hours: Hours, moment: datetime) -> Now:
    """The state of a service at a moment of local time, bank holidays left aside."""
    if hours.always:
        return Now(True, None)
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    stretches = _stretches(hours, midnight)
    for begin, end in stretches:
        if begin <= moment < end:
            return Now(True, end)
    later = [begin for begin, _ in stretches if begin > moment]
    return Now(False, later[0] if later else None)


def _stretches(hours: Hours, midnight: datetime) -> list[tuple[datetime, datetime]]:
    """Every opening from yesterday to a week ahead, joined where one begins as another ends."""
    found: list[tuple[datetime, datetime]] = []
    for ahead in range(-1, 9):
        day = midnight + timedelta(days=ahead)
        for opening in hours.openings:
            if day.weekday() in opening.days:
                length = (opening.end - opening.start) % _DAY or _DAY
                begin = day + timedelta(minutes=opening.start)
                found.append((begin, begin + timedelta(minutes=length)))
    joined: list[tuple[datetime, datetime]] = []
    for begin, end in sorted(found):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def clock(moment: datetime) -> str:
    """17:00."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def in_words(hours: Hours | None, moment: datetime) -> str:
    """The state as a reader wants it: Open now, Closes at 17:00, Closed now. Opens Monday at 09:00."""
    if hours is None or (not hours.always and not hours.openings):
        return "Hours not given"
    now = at(hours, moment)
    if now.open:
        if now.until is None or now.until - moment > timedelta(days=6):
            return "Open now, day and night"
        last = now.until - timedelta(minutes=1)  # midnight belongs to the day that ends with it
        time = "midnight" if last.date() != now.until.date() else clock(now.until)
        if last.date() == moment.date() or now.until - moment < timedelta(hours=12):
            return f"Open now. Closes at {time}"
        return f"Open now. Closes {DAY_NAMES[last.weekday()]} at {time}"
    if now.until is None:
        return "Closed now"
    if now.until.date() == moment.date():
        return f"Closed now. Opens today at {clock(now.until)}"
    return f"Closed now. Opens {DAY_NAMES[now.until.weekday()]} at {clock(now.until)}"
