"""Every figure of the pages, held against every figure of the fact sheets.

Run it by itself for the list: `python tests/content/figures.py [CONTENT] [SHEETS]`.

What counts as a figure is settled by rule, never by a list of exceptions:

- not read: review dates, versions, links, source keys, names of filters, short names in braces,
  examples of the format in code, list markers, minutes of a session's stops, numbers of steps
- a name with a number in it (PHQ-9, QS115) must stand in the sheets as it is; keys (F5) are not read
- a number must stand in the sheets with the same value; a range with both its ends; a number with
  a unit of time, money, temperature or share behind it, or a level before it, with that unit
- numbers in words are read where a unit follows, and in "one in four"
- a fact that names its sources must have its figures in a line of the sheets that names one of
  them, or in a line that names none in a section that does; a line that names none is also general
  knowledge, and the year of an old level name is not part of a fact
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "content"
SHEETS = ROOT.parent / "shared" / "domain"

_WORDS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty "
        "ninety".split(),
        [*range(1, 21), *range(30, 100, 10)],
        strict=True,
    )
)
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_VALUE = rf"(?:{_NUMBER}|\b(?:{'|'.join(_WORDS)})\b)"
_JOIN = r"\s*(?:-|–|to|or|and)\s*"
_UNIT = (
    r"per cent\b|percent\b|%|°?C\b|million\b|billion\b|pounds?\b|"
    r"(?:working )?(?:days?|weeks?|months?|years?|hours?|minutes?)\b|"
    r"(?:hour|week|month|year)ly\b|daily\b"
)
_MEASURE = re.compile(
    rf"(?P<values>{_VALUE}(?:{_JOIN}{_VALUE})*)"
    rf"(?:\s+or (?:more|less|over|under))?[\s-]*(?P<unit>{_UNIT})",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"\b(?P<unit>levels?|days?|weeks?|months?)\s+(?:about )?"
    rf"(?P<values>(?:{_NUMBER})(?:{_JOIN}(?:{_NUMBER}))*)",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"(?<![\w.,-])({_NUMBER})(?:-|–|/| to )({_NUMBER})(?![\w-]|,\d)")
_SHARE = re.compile(rf"\b({_VALUE}) in ({_VALUE})\b", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][A-Za-z]*(?::[A-Z]+)?-?\d+[a-z]?\b")
_PLAIN = re.compile(rf"(?<![\w.])(?:{_NUMBER})(?!\d)")
_KEYS = re.compile(r"\bF(?:[1-9]|1[0-2])\b")

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_UNREAD_FRONT = re.compile(
    r"^(?:(?:version|review_by|approved_on|id|phone|  - key):.*|"
    r"(?:ages|levels|topics|related):.*(?:\n  - .*)*)$",
    re.MULTILINE,
)
_UNREAD = [
    re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL),
    re.compile(r"`[^`\n]*`"),
    re.compile(r"(?<=\])\([^)\s]*\)"),
    re.compile(r"\{[#.][^}\n]*?(?=\s(?:lane|timeframe)=|\})"),
    re.compile(r"^\s*\d+[.)]\s", re.MULTILINE),
    re.compile(r"\(\d+ minutes?(?:, covered)?\)"),
    re.compile(r"\b(?:steps?|stops?) \d+(?:(?:,| to| and) \d+)*", re.IGNORECASE),
]
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
_FACT = re.compile(r"(?P<words>[^|\n]*?)(?P<refs>(?:\[\^[^\]\s]+\][\s.;,]*)+)")
_WHOLE = re.compile(r"\*\*Source:\*\*.*")
_RENAMED = re.compile(r"called [^().;]* until \d{4}")
_CODE = re.compile(r"\b(?:S[1-5]|P\d+b?|GK)\b")


@dataclass(frozen=True, order=True)
class Figure:
    """A value, a range or a name that holds a number, with the unit it was given in."""

    value: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.value} {self.unit}".strip()


@dataclass(frozen=True)
class Stray:
    """A figure of a page that the sheets do not have."""

    path: str
    line: int
    figure: Figure
    words: str
    why: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.figure}: {self.why}: {self.words.strip()[:110]}"


@dataclass
class Sheets:
    """What the fact sheets say: every figure, and the figures each source stands for."""

    figures: set[Figure] = field(default_factory=set)
    sourced: dict[str, set[Figure]] = field(default_factory=dict)

    def of(self, key: str) -> set[Figure]:
        """The figures a source stands for; a part of a paper shares the year of the paper."""
        key = key.removesuffix("-secondary")
        return self.sourced.get(key, set()) | self.sourced.get(f"{key.split('-')[0]} listed", set())


def figures(text: str) -> set[Figure]:
    """Every figure in some words: numbers with units, ranges, shares, names, and numbers alone."""
    text = _KEYS.sub(" ", text)
    found = {Figure(f"{_value(a)} in {_value(b)}") for a, b in _SHARE.findall(text)}
    found |= {Figure(f"{_value(a)} to {_value(_year(a, b))}") for a, b in _RANGE.findall(text)}
    for pattern in (_MEASURE, _BEFORE):
        for match in pattern.finditer(text):
            unit = _unit(match["unit"])
            values = re.findall(_VALUE, match["values"], re.IGNORECASE)
            found |= {Figure(_value(value), unit) for value in values}
    found |= {Figure(name) for name in _NAME.findall(text)}
    return found | {Figure(_value(number)) for number in _PLAIN.findall(_NAME.sub(" ", text))}


def _value(written: str) -> str:
    number = _WORDS.get(written.lower())
    return str(number) if number is not None else f"{float(written.replace(',', '')):.10g}"


def _year(first: str, last: str) -> str:
    """The whole second year of "2019-20"."""
    return first[:2] + last if len(first) == 4 and len(last) == 2 else last


def _unit(written: str) -> str:
    words = written.lower().removesuffix("s")
    words = {"per cent": "%", "percent": "%", "daily": "day", "c": "C", "°c": "C"}.get(words, words)
    return words.removesuffix("ly")


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def facts_of(text: str) -> str:
    """A page with everything blanked that holds no fact, its lines kept in place."""
    front = _FRONT.match(text)
    if front is not None:
        text = _UNREAD_FRONT.sub(_blank, front.group()) + text[front.end() :]
    for pattern in _UNREAD:
        text = pattern.sub(_blank, text)
    return text


def read_sheets(folder: Path = SHEETS) -> Sheets:
    """All the fact sheets: a line counts for the sources it names, or else for its section's."""
    sheets = Sheets()
    for path in sorted(folder.glob("*.md")):
        for section in re.split(r"^(?=#{1,3} )", path.read_text("utf-8"), flags=re.MULTILINE):
            keys = _keys_named(section) | {"GK"}
            whole = _keys_named("".join(_WHOLE.findall(section)))
            for line in section.splitlines():
                found = figures(line)
                sheets.figures |= found
                for key in whole | (_keys_named(line) or keys):
                    sheets.sourced.setdefault(key, set()).update(found)
    return sheets


def _keys_named(words: str) -> set[str]:
    entry = re.match(r"\| ([SP]\d+b?) \|", words)
    if entry is not None:
        return {entry[1], f"{entry[1]} listed"}
    keys = set(_CODE.findall(words))
    cases = re.findall(r"\bCS-?0?(\d+)\b", words) + re.findall(r"S1 case (\d+)", words)
    keys |= {f"S1-CS{number}" for number in cases}
    return keys | ({"S1-intro"} if re.search(r"S1 intro", words) else set())


def holds(known: set[Figure], figure: Figure) -> bool:
    """Whether these figures have it: with its unit if it has one, with any or none if not."""
    if figure in known:
        return True
    return not figure.unit and any(k.value == figure.value for k in known)


def strays(text: str, path: str, sheets: Sheets) -> Iterator[Stray]:
    """Every figure of a page that is not in the sheets, or not where its source is."""
    for number, line in enumerate(facts_of(text).splitlines(), 1):
        bare = _REFERENCE.sub(" ", line)
        for figure in sorted(figures(bare)):
            if not holds(sheets.figures, figure):
                yield Stray(path, number, figure, bare, "not in the sheets")
        for fact in _FACT.finditer(line):
            keys = _REFERENCE.findall(fact["refs"])
            known = set().union(*(sheets.of(key) for key in keys))
            for figure in sorted(figures(_RENAMED.sub(" ", fact["words"]))):
                if holds(sheets.figures, figure) and not holds(known, figure):
                    why = f"the sheets have it, but not from {', '.join(keys)}"
                    yield Stray(path, number, figure, fact["words"], why)


def strays_in(content: Path, sheets: Sheets) -> list[Stray]:
    """The strays of every page of a library; the date of the library itself is not a figure."""
    found: list[Stray] = []
    dated = re.search(r"^date: (\S+)", (content / "library.yaml").read_text("utf-8"), re.MULTILINE)
    for path in sorted(content.rglob("*.md")):
        text = path.read_text("utf-8")
        if dated is not None:
            text = text.replace(_spoken(dated.group(1)), "")
        found += strays(text, path.relative_to(content).as_posix(), sheets)
    return found


def _spoken(iso: str) -> str:
    months = "January February March April May June July August September October November December"
    year, month, day = iso.split("-")
    return f"{int(day)} {months.split()[int(month) - 1]} {year}"


def main(arguments: list[str]) -> int:
    content = Path(arguments[0]) if arguments else CONTENT
    folder = Path(arguments[1]) if len(arguments) > 1 else SHEETS
    if not folder.is_dir():
        print(f"NOT CHECKED: there are no fact sheets at {folder}", file=sys.stderr)
        return 2
    found = strays_in(content, read_sheets(folder))
    for stray in found:
        print(stray)
    pages = [facts_of(page.read_text("utf-8")) for page in content.rglob("*.md")]
    total = sum(len(figures(_REFERENCE.sub(" ", page))) for page in pages)
    print(f"{len(pages)} pages, {total} figures, {len(found)} not as in the sheets")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
