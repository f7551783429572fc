"""Front matter: finding it, reading it as far as it can be read, and turning it into the fields of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from knowledge import dates
from knowledge.frontfaults import KEY, salvage
from knowledge.frontlines import find_bounds, lines_of, without_body
from knowledge.model import Contact, Field, Kind, Source, Span, Status, Strength
from knowledge.problems import Fix
from knowledge.report import Report, did_you_mean, nearest
from knowledge.text import newline_of
from knowledge.yamltree import Mapping, Node, Scalar, Sequence, YamlError, read_yaml

_TEXT_KEYS = "id title summary replaced_by owner approved_by version audience not_for place year organisation".split()
_LIST_KEYS = "topics levels ages regions concerns related".split()
_DATE_KEYS = {"approved_on": "approval date", "review_by": "review date"}
_CONTACT_KEYS = "phone email web out_of_hours accepts how_to_refer area".split()
KNOWN_KEYS = frozenset(
    [
        *_TEXT_KEYS,
        *_LIST_KEYS,
        *_DATE_KEYS,
        *_CONTACT_KEYS,
        "kind",
        "status",
        "sources",
        "hours",
        "for",
    ]
)
_SOURCE_KEYS = ("key", "title", "year", "where", "link", "strength")
AUDIENCES = ("professional", "parent")
_GOES_ON = frozenset(" \t\r\n#-]}")  # what a line begins with that belongs to the entry above it


@dataclass(slots=True)
class Front:
    """What the front matter says: values for `Page`, the fields as written, and where the body begins."""

    span: Span | None = None
    body: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, Any] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    extra: list[tuple[str, str]] = field(default_factory=list)


def read_front(text: str, report: Report) -> Front:
    """Read the front matter of `text`; whatever is wrong with it, the body stays readable."""
    front = Front()
    bounds = find_bounds(text, KNOWN_KEYS)
    if bounds is None:
        return front
    try:
        pairs = _read_part(text, *bounds.span)
    except YamlError:
        bounds = without_body(text, bounds)
        pairs = _pairs(text, bounds.span, report)
    front.span, front.body = bounds.span, bounds.body
    if bounds.late:
        dashes = text.index("---")
        report.warn(
            "front-late",
            dashes,
            "Empty lines stand above the details at the top, so other programs show them as text",
            "Begin the page with the line of three dashes",
            Fix("Take the empty lines away", 0, dashes, ""),
        )
    if not bounds.closed:
        end = bounds.span.end
        report.error(
            "front-unclosed",
            0,
            "The details at the top begin with --- but never end",
            "Put a line of three dashes after the last detail",
            Fix("Put the dashes in", end, end, "---" + newline_of(text)),
        )
    _convert(pairs, front, report, text)
    return front


# -- YAML to pairs -------------------------------------------------------------------------------


def _pairs(text: str, span: Span, report: Report) -> list[tuple[Scalar, Node]]:
    """The entries, with offsets in the whole text. Broken YAML is read entry by entry instead."""
    try:
        return _read_part(text, span.start, span.end)
    except YamlError as error:
        if error.code == "yaml-too-large":
            message = f"The details at the top cannot be read. {error.message}"
            report.error(error.code, span.start, message, "Shorten them")
            return []
    pairs: list[tuple[Scalar, Node]] = []
    for start, end in _chunks(text, span):
        try:
            pairs += _read_part(text, start, end)
        except YamlError as inner:
            entry, stray = _without_stray(text, start, end)
            pairs += entry
            pairs += salvage(text, stray, end, inner, report)
    return pairs


def _read_part(text: str, start: int, end: int) -> list[tuple[Scalar, Node]]:
    root = read_yaml(text[start:end], start)
    if root is None:
        return []
    if not isinstance(root, Mapping):
        raise YamlError("it is not a list of 'name: value' lines", root.start)
    return list(root.pairs)


def _chunks(text: str, span: Span) -> list[tuple[int, int]]:
    """Each entry with the lines that belong to it: a new one begins where a line begins with a name."""
    starts = [line.start for line in lines_of(text, span) if KEY.match(text, line.start)]
    if not starts or starts[0] > span.start:
        starts.insert(0, span.start)
    return list(zip(starts, [*starts[1:], span.end], strict=True))


def _without_stray(text: str, start: int, end: int) -> tuple[list[tuple[Scalar, Node]], int]:
    """The entry above a line at the left edge that is no entry, and where that line begins."""
    for line in lines_of(text, Span(start, end))[1:]:
        if text[line.start] not in _GOES_ON:
            try:
                return _read_part(text, start, line.start), line.start
            except YamlError:
                break
    return [], start


# -- pairs to values -----------------------------------------------------------------------------


def _convert(pairs: list[tuple[Scalar, Node]], front: Front, report: Report, text: str) -> None:
    seen: set[str] = set()
    for key, value in pairs:
        name = key.value
        if name in seen:
            report.error(
                "field-twice",
                key.start,
                f"'{name}' is given twice; the first one counts",
                "Remove one of them",
                _without_twin(text, key, value, front),
            )
            continue
        seen.add(name)
        front.fields.append(
            Field(
                name,
                report.lines.number(key.start),
                Span(key.start, max(key.end, value.end)),
                Span(value.start, value.end),
                isinstance(value, Scalar),
            )
        )
        convert = _CONVERTERS.get(name)
        if convert is not None:
            convert(name, value, front, report)
            continue
        hint = did_you_mean(name, KNOWN_KEYS)
        near = nearest(name, KNOWN_KEYS)
        fix = (
            Fix(f"Change it to {near}", key.start, key.end, near)
            if near and near not in seen
            else None
        )
        report.warn(
            "field-unknown", key.start, f"I don't know '{name}'; it is kept but not used", hint, fix
        )
        front.extra.append((name, text[value.start : value.end]))


def _without_twin(text: str, key: Scalar, value: Node, front: Front) -> Fix | None:
    """Take the second of two entries away when it says the same, on one line."""
    first = next(f for f in front.fields if f.key == key.value)
    said = text[value.start : value.end]
    if first.value_span.of(text) != said or "\n" in said:
        return None
    end = text.find("\n", value.end)
    if text[value.end : end].strip():
        return None
    return Fix("Take this line away", key.start, end + 1, "")


def _text(name: str, value: Node, report: Report) -> str:
    if isinstance(value, Scalar):
        return "" if value.plain and value.value in ("null", "~") else value.value.strip()
    if isinstance(value, Sequence) and all(isinstance(item, Scalar) for item in value.items):
        report.warn(
            "field-not-text",
            value.start,
            f"'{name}' takes one value, not a list",
            "Write it on one line",
        )
        return ", ".join(item.value for item in value.items if isinstance(item, Scalar))
    report.error(
        "field-not-text",
        value.start,
        f"'{name}' takes plain words",
        "Write it on one line, in quotes if it has a colon",
    )
    return ""


def _list(name: str, value: Node, report: Report) -> tuple[str, ...]:
    if isinstance(value, Scalar):
        words = _text(name, value, report)
        return (words,) if words else ()
    if isinstance(value, Sequence):
        items: list[str] = []
        for item in value.items:
            words = _text(name, item, report)
            if words and words not in items:
                items.append(words)
        return tuple(items)
    report.error(
        "field-not-list",
        value.start,
        f"'{name}' takes a list",
        "Write each on a line of its own after a dash",
    )
    return ()


def _set_text(name: str, value: Node, front: Front, report: Report) -> None:
    front.values[name] = _text(name, value, report)


def _set_for(name: str, value: Node, front: Front, report: Report) -> None:
    front.values["for_"] = _text(name, value, report)


def _set_list(name: str, value: Node, front: Front, report: Report) -> None:
    front.values[name] = _list(name, value, report)


def _set_contact(name: str, value: Node, front: Front, report: Report) -> None:
    front.contact[name] = _text(name, value, report)


def _set_date(name: str, value: Node, front: Front, report: Report) -> None:
    words = _text(name, value, report)
    if not words:
        return
    day = dates.read_iso(words)
    if day is None:
        meant = dates.guess(words)
        hint = (
            f"Write it as {meant.isoformat()}"
            if meant
            else "Write it as year-month-day, such as 2027-05-21"
        )
        fix = (
            Fix(f"Write {meant.isoformat()}", value.start, value.end, meant.isoformat())
            if meant
            else None
        )
        report.error(
            "date-unreadable",
            value.start,
            f"The {_DATE_KEYS[name]} '{words[:40]}' is not a date I can read",
            hint,
            fix,
        )
        return
    front.values[name] = day


_CHOICES: dict[str, tuple[str, ...]] = {
    "kind": tuple(Kind),
    "status": tuple(Status),
    "audience": AUDIENCES,
}


def _set_choice(name: str, value: Node, front: Front, report: Report) -> None:
    words = _text(name, value, report)
    if not words:
        return
    choices = _CHOICES[name]
    plain = words.lower().replace(" ", "-").replace("_", "-")
    plain = {"case-study": "casestudy", "in-checking": "in-check"}.get(plain, plain)
    if plain not in choices:
        near = nearest(plain, choices)
        fix = Fix(f"Change it to {near}", value.start, value.end, near) if near else None
        listed = ", ".join(choices[:-1]) + f" or {choices[-1]}"
        report.error(
            "value-unknown",
            value.start,
            f"The {name} '{words[:40]}' is none that I know",
            f"Use {listed}",
            fix,
        )
        return
    front.values[name] = (
        Kind(plain) if name == "kind" else Status(plain) if name == "status" else plain
    )


def _set_hours(name: str, value: Node, front: Front, report: Report) -> None:
    from knowledge.hours import HoursError, read_hours  # few pages have any

    try:
        front.contact["hours"] = read_hours(value)
    except HoursError as error:
        report.error(
            "hours-unreadable",
            error.offset,
            f"The opening hours cannot be read: {error.message}",
            'Write them as {days: Mon-Fri, open: "09:00", close: "17:00"}, or always',
        )


def _set_sources(name: str, value: Node, front: Front, report: Report) -> None:
    if isinstance(value, Scalar) and not value.value.strip():
        return
    if not isinstance(value, Sequence):
        report.error(
            "sources-not-list",
            value.start,
            "The sources are not a list",
            "Begin each source on a line of its own with a dash",
        )
        return
    found: list[Source] = []
    keys: set[str] = set()
    for item in value.items:
        source = _source(item, report)
        if source is None:
            continue
        if source.key in keys:
            report.error(
                "source-twice",
                item.start,
                f"The source '{source.key}' is listed twice",
                "Remove one of them",
            )
            continue
        keys.add(source.key)
        found.append(source)
    front.values[name] = tuple(found)


def _source(item: Node, report: Report) -> Source | None:
    line = report.lines.number(item.start)
    if isinstance(item, Scalar):
        words = item.value.strip()
        return Source(key=words, title=words, line=line) if words else None
    if not isinstance(item, Mapping):
        report.error(
            "source-unreadable",
            item.start,
            "This source cannot be read",
            "Give it a key, a title and a strength",
        )
        return None
    values: dict[str, str] = {}
    for key, value in item.pairs:
        if key.value not in _SOURCE_KEYS:
            report.warn(
                "source-field-unknown",
                key.start,
                f"I don't know '{key.value}' in a source",
                did_you_mean(key.value, _SOURCE_KEYS),
            )
            continue
        if key.value in values:
            report.error(
                "field-twice",
                key.start,
                f"'{key.value}' is given twice in one source; the first one counts",
                "Remove one of them",
            )
            continue
        values[key.value] = _text(key.value, value, report)
        if key.value == "strength" and values["strength"] not in tuple(Strength):
            listed = "seen, secondary, local or unchecked"
            near = nearest(values["strength"], tuple(Strength))
            fix = Fix(f"Change it to {near}", value.start, value.end, near) if near else None
            report.error(
                "value-unknown",
                value.start,
                f"The strength '{values['strength'][:40]}' is none that I know",
                f"Use {listed}",
                fix,
            )
            values["strength"] = Strength.UNCHECKED
    if not values.get("key"):
        report.error(
            "source-no-key",
            item.start,
            "This source has no key, so no fact can name it",
            "Give it a short key, such as P7",
        )
        return None
    strength = Strength(values.pop("strength", "") or Strength.UNCHECKED)
    return Source(strength=strength, line=line, **values)


_CONVERTERS: dict[str, Callable[[str, Node, Front, Report], None]] = {
    **dict.fromkeys(_TEXT_KEYS, _set_text),
    **dict.fromkeys(_LIST_KEYS, _set_list),
    **dict.fromkeys(_DATE_KEYS, _set_date),
    **dict.fromkeys(_CONTACT_KEYS, _set_contact),
    **dict.fromkeys(("kind", "status", "audience"), _set_choice),
    "for": _set_for,
    "hours": _set_hours,
    "sources": _set_sources,
}


def contact_of(front: Front) -> Contact:
    return Contact(**front.contact)
