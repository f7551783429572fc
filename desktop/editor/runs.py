"""Words in one look after another, as Markdown: marks close to the words, signs that mean something escaped."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from knowledge.editing.words import escape, web_target
from knowledge.errors import KnowledgeError

# What Windows programs write in the place of control characters.
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in (*range(0x80, 0xA0),)}
_GONE = dict.fromkeys([*range(0x20), 0x7F, 0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF])
_SPACES = dict.fromkeys([0x09, 0x0A, 0x0D, 0xA0, 0x2028, 0x2029, 0x202F], " ")
_CLEAN = {**_GONE, **_SPACES, **_WINDOWS}


class Run(NamedTuple):
    """Words that look alike."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""


def plain(runs: list[Run]) -> str:
    """The words alone, with single spaces."""
    return " ".join("".join(run.text for run in runs).translate(_CLEAN).split())


def markdown(runs: list[Run]) -> str:
    """All of it on one line."""
    clean = [Run(r.text.translate(_CLEAN), r.bold, r.italic, r.link) for r in runs]
    parts = []
    for link, some in groupby(clean, key=lambda run: run.link):
        words = "".join(_looks(list(some)))
        inner = words.strip()
        goal = _goal(link) if inner else ""
        if goal:
            before = words[: len(words) - len(words.lstrip())]
            words = f"{before}[{inner}]({goal}){words[len(words.rstrip()) :]}"
        parts.append(words)
    return " ".join("".join(parts).split())


def _looks(runs: list[Run]) -> list[str]:
    """Bold and slanted words in their marks; white space stands outside them, or they would not be read."""
    parts = []
    for (bold, italic), some in groupby(runs, key=lambda run: (run.bold, run.italic)):
        words = " ".join(f"x{''.join(run.text for run in some)}x".split())[1:-1]
        inner = words.strip()
        mark = "*" * (2 * bold + italic) if any(letter.isalnum() for letter in inner) else ""
        before = words[: len(words) - len(words.lstrip())]
        parts.append(f"{before}{mark}{escape(inner)}{mark}{words[len(words.rstrip()) :]}")
    return parts


def _goal(link: str) -> str:
    try:
        return web_target(link) if link else ""
    except KnowledgeError:
        return ""
