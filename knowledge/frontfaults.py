"""What is wrong with an entry of the front matter that YAML cannot read, and what can be saved of it."""

from __future__ import annotations

import re

from knowledge.problems import Fix
from knowledge.report import Report
from knowledge.yamltree import Node, Scalar, YamlError

KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:")
_LINE = re.compile(r"[^\r\n]*")
_MEANINGFUL = frozenset("@`%&*!|>[]{},#?-")

Pair = tuple[Scalar, Node]


def salvage(text: str, start: int, end: int, error: YamlError, report: Report) -> list[Pair]:
    """Say in the author's words what is wrong with one entry; its words are kept where they are plain to see."""
    key = KEY.match(text, start)
    name = f"'{key.group(1)}'" if key else "This line"
    where = min(error.offset, max(start, end - 1))
    if error.code != "yaml":
        message = f"{name} cannot be read: {error.message}"
        report.error(error.code, where, message, "Write the value out in full")
        return []
    if key is not None:
        value = _LINE.match(text, key.end())
        assert value is not None
        words = value.group().strip()
        at = value.start() + len(value.group()) - len(value.group().lstrip())
        if _open_quote(words):
            message = f"{name} begins with a quote mark that is never closed"
            report.error("front-quote", start, message, "Close the quotes")
            return [_pair(key, at, words[1:].strip(), words)]
        if _needs_quotes(words):
            bare = words.strip("“”„‟") if words[0] in "“„‟" else words
            quoted = '"' + bare.replace("\\", "\\\\").replace('"', '\\"') + '"'
            report.error(
                "front-needs-quotes",
                start,
                f"{name} holds a character that has a meaning of its own here, such as a colon",
                f"Put the words in quotes: {quoted[:80]}",
                Fix("Put it in quotes", at, at + len(words), quoted),
            )
            return [_pair(key, at, words, words)]
    tab = text.find("\t", start, end)
    if tab >= 0:
        message = "A Tab is used here, which the details at the top cannot have"
        report.error("front-tab", tab, message, "Use spaces", Fix("Use spaces", tab, tab + 1, "  "))
        return []
    line = _LINE.match(text, start)
    if key is None and line is not None and line.group().strip() and ":" not in line.group():
        message = "This line has no name and colon at its beginning, so nothing says what it is"
        where = start
    else:
        message = f"{name} cannot be read: {error.message}"
    report.error("front-broken", where, message, "Write it as 'name: value', one to a line")
    return []


def _open_quote(words: str) -> bool:
    return words[:1] in ("'", '"') and (len(words) < 2 or words[-1] != words[0])


def _needs_quotes(words: str) -> bool:
    return bool(words) and (
        ": " in words or words.endswith(":") or " #" in words or words[0] in _MEANINGFUL
    )


def _pair(key: re.Match[str], at: int, value: str, written: str) -> Pair:
    name = Scalar(key.group(1), key.start(1), key.end(1))
    return name, Scalar(value, at, at + len(written))
