"""A question as typed: its words, what is in quotes, what must not be there, and what narrows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from search.words import TOKEN, tie_loose

MAX_LETTERS = 400
MAX_WORDS = 24

FIELDS = {
    "kind": "kinds",
    "topic": "topics",
    "level": "levels",
    "age": "ages",
    "region": "regions",
    "audience": "audiences",
}

_PIECE = re.compile(
    r"""(?P<not>(?<!\S)-)?
    (?:(?P<field>kind|topic|level|age|region|audience):(?P<value>"[^"]*"?|\S*)
    |"(?P<quoted>[^"]*)(?P<close>"|$)
    |(?P<plain>[^\s"]+))""",
    re.X | re.I,
)
_QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"'})


@dataclass(slots=True)
class Typed:
    """A question taken apart; nothing in it has been looked up yet."""

    text: str
    words: list[str] = field(default_factory=list)
    """Tokens as written, in order."""
    unfinished: bool = False
    """The last of `words` may go on."""
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    without: list[tuple[str, ...]] = field(default_factory=list)
    narrow: list[tuple[str, str]] = field(default_factory=list)
    """Rows of a `Narrowing` and the value asked for."""
    narrowing_unfinished: bool = False
    """The last of `narrow` may go on."""


def take_apart(text: str, typing: bool) -> Typed:
    """Read a question. Whatever is half typed or makes no sense is plain words or nothing."""
    clean = "".join(c if c.isprintable() else " " for c in text[:MAX_LETTERS]).translate(_QUOTES)
    typed = Typed(" ".join(clean.split()))
    clean = tie_loose(clean)
    at_end = typing and clean == clean.rstrip() and bool(clean)
    last = None
    for piece in _PIECE.finditer(clean):
        last = piece
        _take(typed, piece, at_end and piece.end() == len(clean))
    del typed.words[MAX_WORDS:]
    open_end = last is not None and last.end() == len(clean) and not last["close"]
    plain_end = last is not None and not last["not"] and last["field"] is None
    typed.unfinished = at_end and open_end and plain_end and bool(typed.words)
    return typed


def _take(typed: Typed, piece: re.Match[str], unfinished: bool) -> None:
    name, value = piece["field"], piece["value"]
    if name is not None:
        value = value.strip('"').strip()
        if value and not piece["not"]:
            typed.narrow.append((FIELDS[name.lower()], value))
            typed.narrowing_unfinished = unfinished
        return
    quoted = piece["quoted"]
    found = tuple(TOKEN.findall(quoted if quoted is not None else piece["plain"]))
    if piece["not"]:
        if found and not unfinished:
            typed.without.append(found)
        return
    typed.words.extend(found)
    if quoted is not None and piece["close"] == '"' and len(found) > 1:
        typed.phrases.append(found)
