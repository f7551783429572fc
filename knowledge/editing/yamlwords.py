"""Words, dates, sources and hours as YAML: in quotes when they need them, in the author's kind of quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.hours import DAY_NAMES
from knowledge.model import Hours, Opening, Source

_PLAIN = re.compile(r"[^\W_]|[£€(/][^\W_]")
_NOT_PLAIN = re.compile(
    r":(?=\s|$)|\s#|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_IN_FLOW = re.compile(r"[,\[\]{}:]")
_TYPED = re.compile(
    r"(?:null|true|false|yes|no|on|off|y|n|[-+.]?\d[\d_.,:eE+-]*|0[xo][0-9a-f]+|\d{4}-\d\d?-\d\d?.*)",
    re.IGNORECASE,
)
_ESCAPED = re.compile(
    r"[^\x20\x21\x23-\x5b\x5d-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_SOURCE_KEYS = ("key", "title", "year", "where", "link")


def scalar(words: str, like: str = "", flow: bool = False, typed: bool = False) -> str:
    """The words as one YAML value. `like` is the value before; `typed`: a number or date may stay bare."""
    quote = like[:1] if like[:1] in ("'", '"') else ""
    if quote == "'" and not _NOT_PLAIN.search(words.replace(":", "").replace("#", "")):
        return "'" + words.replace("'", "''") + "'"
    if quote or not _bare(words, flow) or (_TYPED.fullmatch(words) and not typed):
        return '"' + _ESCAPED.sub(_escape, words) + '"'
    return words


def _bare(words: str, flow: bool) -> bool:
    if _PLAIN.match(words) is None or words != words.strip() or _NOT_PLAIN.search(words):
        return False
    return not (flow and _IN_FLOW.search(words))


def is_typed(words: str) -> bool:
    """Whether other programs would take these words for a number, a date or yes and no."""
    return _TYPED.fullmatch(words) is not None


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    named = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(char)
    if named is not None:
        return named
    code = ord(char)
    return (
        f"\\x{code:02X}" if code < 256 else f"\\u{code:04X}" if code < 65536 else f"\\U{code:08X}"
    )


def flow_list(items: Iterable[str], like: str = "") -> str:
    return "[" + ", ".join(scalar(item, like, flow=True) for item in items) + "]"


def source_pairs(source: Source) -> list[tuple[str, str]]:
    """What stands in the entry of a source: key, title and what is known, then how strong it is."""
    pairs = [
        (
            name,
            scalar(
                value, '"' if name in ("title", "where") else "", flow=True, typed=name == "year"
            ),
        )
        for name in _SOURCE_KEYS
        if (value := getattr(source, name))
    ]
    return [*pairs, ("strength", source.strength.value)]


# -- hours ---------------------------------------------------------------------------------------


def hours_lines(hours: Hours) -> list[str]:
    """Opening hours: one value, or lines that stand below their name."""
    if hours.always:
        return ["always"]
    if not hours.bank_holidays:
        return [_opening(opening) for opening in hours.openings]
    by_days: dict[str, list[str]] = {}
    for opening in hours.openings:
        by_days.setdefault(days(opening.days), []).append(
            f'"{_clock(opening.start)}-{_clock(opening.end)}"'
        )
    lines = [
        f"{scalar(name)}: {times[0] if len(times) == 1 else '[' + ', '.join(times) + ']'}"
        for name, times in by_days.items()
    ]
    return [*lines, f"bank_holidays: {scalar(hours.bank_holidays)}"]


def _opening(opening: Opening) -> str:
    named = scalar(days(opening.days), flow=True)
    return f'- {{days: {named}, open: "{_clock(opening.start)}", close: "{_clock(opening.end)}"}}'


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def days(numbers: tuple[int, ...]) -> str:
    """Mon-Fri, or Mon, Wed."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    names: list[str] = []
    for run in runs:
        short = [DAY_NAMES[n][:3] for n in run]
        names += [f"{short[0]}-{short[-1]}"] if len(short) > 2 else short
    return ", ".join(names)
