"""What `library.yaml` says about a library: its name, the urgent strip, review periods, how grave each check is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from knowledge.dates import read_iso
from knowledge.problems import Problem, Severity
from knowledge.report import Report, did_you_mean
from knowledge.text import Lines, decode
from knowledge.yamltree import Mapping, Node, Scalar, Sequence, YamlError, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = "library.yaml"
_PAGES = ("emergency_pages", "top_six")
_STRIP_FIELDS = ("text", "short", "page")
_KINDS = ("pathway", "threshold", "casestudy", "service", "session", "page")


@dataclass(frozen=True, slots=True)
class StripItem:
    """One entry of the urgent strip: its words, the short form for narrow windows, the page behind it."""

    text: str
    short: str
    page: str


class Named(NamedTuple):
    """A page or a check that a setting names, and the line where it does."""

    setting: str
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Settings:
    """A library's own settings; every one has a sensible value when the file is silent or missing."""

    name: str = ""
    organisation: str = ""
    version: str = ""
    date: date | None = None
    banner: str = "Sample content, not approved for clinical use."
    review_months: tuple[tuple[str, int], ...] = ()
    urgent: tuple[StripItem, ...] = ()
    emergency_pages: tuple[str, ...] = ()
    unsure: StripItem | None = None
    top_six: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    high_impact_areas: tuple[str, ...] = ()
    checks: tuple[tuple[str, Severity | None], ...] = ()
    names: tuple[Named, ...] = ()
    present: bool = False

    def months_for(self, kind: str) -> int:
        """After how many months a page of this kind is due for review."""
        return dict(self.review_months).get(kind, 12)

    def severity_of(self, code: str, default: Severity) -> Severity | None:
        """How grave this library takes a problem; None when it wants to hear nothing of it."""
        return dict(self.checks).get(code, default)


def read_settings(data: bytes | None) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in these bytes, as far as they can be read, and what is wrong with them."""
    if data is None:
        return Settings(), ()
    text = decode(data).text
    report = Report(FILE, Lines(text))
    try:
        root = read_yaml(text)
    except YamlError as error:
        report.error(
            "settings-broken",
            error.offset,
            f"The library's settings cannot be read: {error.message}",
            "Mend this line; until then the usual settings hold",
        )
        return Settings(present=True), tuple(report.problems)
    if root is None:
        return Settings(present=True), ()
    if not isinstance(root, Mapping):
        report.error("settings-broken", 0, "The library's settings are not 'name: value' lines")
        return Settings(present=True), tuple(report.problems)
    return _Reader(report).read(root), tuple(report.problems)


class _Reader:
    """Takes the tree of `library.yaml` apart, field by field."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.names: list[Named] = []

    def read(self, root: Mapping) -> Settings:
        values: dict[str, object] = {}
        readers: dict[str, Callable[[str, Node], object]] = {
            **dict.fromkeys(("name", "organisation", "version", "banner"), self.text),
            **dict.fromkeys(
                ("emergency_pages", "top_six", "topics", "high_impact_areas"), self.texts
            ),
            "date": self.day,
            "review_months": self.months,
            "urgent": self.strip,
            "unsure": self.item,
            "checks": self.checks,
        }
        for key, node in root.pairs:
            name = key.value
            if name not in readers:
                hint = did_you_mean(name, readers)
                self.report.warn(
                    "settings-unknown", key.start, f"I don't know the setting '{name}'", hint
                )
            elif name in values:
                self.report.error(
                    "settings-twice", key.start, f"'{name}' is given twice; the first one counts"
                )
            else:
                values[name] = readers[name](name, node)
        given = {key: value for key, value in values.items() if value is not None}
        return replace(Settings(present=True), names=tuple(self.names), **given)  # type: ignore[arg-type]

    def named(self, setting: str, name: str, node: Node) -> None:
        self.names.append(Named(setting, name, self.report.lines.number(node.start)))

    def wrong(self, node: Node, name: str, wanted: str) -> None:
        self.report.error("settings-value", node.start, f"'{name}' is not {wanted}")

    def text(self, name: str, node: Node) -> str | None:
        if isinstance(node, Scalar):
            return node.value.strip()
        self.wrong(node, name, "plain words")
        return None

    def texts(self, name: str, node: Node) -> tuple[str, ...] | None:
        if isinstance(node, Scalar) and not node.value.strip():
            return ()
        if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
            found = [(item, item.value.strip()) for item in node.items if isinstance(item, Scalar)]
            for item, words in found:
                if name in _PAGES:
                    self.named(name, words, item)
            return tuple(words for _, words in found)
        self.wrong(node, name, "a list")
        return None

    def day(self, name: str, node: Node) -> date | None:
        words = self.text(name, node) or ""
        day = read_iso(words)
        if words and day is None:
            self.wrong(node, name, "a date such as 2026-11-21")
        return day

    def months(self, name: str, node: Node) -> tuple[tuple[str, int], ...] | None:
        if not isinstance(node, Mapping):
            self.wrong(node, name, "a number of months for each kind of page")
            return None
        found: list[tuple[str, int]] = []
        for key, value in node.pairs:
            words = value.value if isinstance(value, Scalar) else ""
            if key.value not in _KINDS:
                self.report.warn(
                    "settings-unknown",
                    key.start,
                    f"'{key.value}' is no kind of page",
                    did_you_mean(key.value, _KINDS),
                )
            elif not words.isdecimal() or not 0 < int(words) < 1000:
                self.wrong(value, key.value, "a number of months")
            else:
                found.append((key.value, int(words)))
        return tuple(found)

    def item(self, name: str, node: Node) -> StripItem | None:
        if not isinstance(node, Mapping):
            self.wrong(node, name, "an entry with text and page")
            return None
        fields = {
            key.value: value.value.strip() for key, value in node.pairs if isinstance(value, Scalar)
        }
        text = fields.get("text", "")
        if not text:
            self.wrong(node, name, "an entry with a text to show")
            return None
        for key, value in node.pairs:
            if key.value not in _STRIP_FIELDS:
                hint = did_you_mean(key.value, _STRIP_FIELDS)
                self.report.warn(
                    "settings-unknown", key.start, f"I don't know '{key.value}' in '{name}'", hint
                )
            elif key.value == "page" and fields.get("page"):
                self.named(name, fields["page"], value)
        return StripItem(text, fields.get("short", "") or text, fields.get("page", ""))

    def strip(self, name: str, node: Node) -> tuple[StripItem, ...] | None:
        if not isinstance(node, Sequence):
            self.wrong(node, name, "a list of entries")
            return None
        found = [self.item(name, item) for item in node.items]
        return tuple(item for item in found if item is not None)

    def checks(self, name: str, node: Node) -> tuple[tuple[str, Severity | None], ...] | None:
        if isinstance(node, Scalar) and not node.value.strip():
            return ()
        if not isinstance(node, Mapping):
            self.wrong(node, name, "a list of 'code: error, warning, notice or off'")
            return None
        found: list[tuple[str, Severity | None]] = []
        for key, value in node.pairs:
            self.named(name, key.value, key)
            words = value.value.strip().lower() if isinstance(value, Scalar) else ""
            if words in ("off", "no", "false"):
                found.append((key.value, None))
            elif words in tuple(Severity):
                found.append((key.value, Severity(words)))
            else:
                self.wrong(value, key.value, "error, warning, notice or off")
        return tuple(found)
