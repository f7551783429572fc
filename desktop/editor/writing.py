"""Text between the file and the screen: what the screen cannot hold is put back as the file had it."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from typing import NamedTuple

from knowledge.text import newline_of

_END = re.compile(r"\r\n|\r|\n|\u2029")


class Patch(NamedTuple):
    """The one stretch in which two texts differ, in units of the screen (UTF-16)."""

    start: int
    end: int
    text: str


def shown(text: str) -> str:
    """The text as a text field holds it: every line ends with LF."""
    return text if _plain(text) else _END.sub("\n", text)


def as_written(original: str, edited: str) -> str:
    """What was edited on the screen, with the line endings of the file; lines left alone keep theirs."""
    if _plain(original):
        return edited
    ends = set(_END.findall(original))
    if len(ends) == 1 and "\u2029" not in ends:
        return edited.replace("\n", newline_of(original))
    lines, tails = _END.split(original), [*_END.findall(original), ""]
    usual = newline_of(original)
    new = edited.split("\n")
    written: list[str] = []
    for tag, i, j, a, b in SequenceMatcher(None, lines, new, autojunk=False).get_opcodes():
        for number in range(a, b):
            tail = tails[i + number - a] if tag == "equal" or i + number - a < j else usual
            last = number == len(new) - 1
            written.append(new[number] + ("" if last else tail or usual))
    return "".join(written)


def _plain(text: str) -> bool:
    """Whether lines end with LF and nothing else; asked of megabytes after each pause of typing."""
    return "\r" not in text and "\u2029" not in text


def patch(before: str, after: str) -> Patch:
    """The smallest replacement that makes one shown text of another."""
    least = min(len(before), len(after))
    start = _longest(least, lambda n: before[:n] == after[:n])
    end = _longest(least - start, lambda n: before[len(before) - n :] == after[len(after) - n :])
    return Patch(
        units(before[:start]),
        units(before[: len(before) - end]),
        after[start : len(after) - end],
    )


def _longest(most: int, same: Callable[[int], bool]) -> int:
    """Up to how many letters two texts are the same; by halves, since a text may have millions."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if same(middle) else (least, middle - 1)
    return least


def units(text: str) -> int:
    """How many places of the screen's text these letters take."""
    return len(text) + sum(letter > "\uffff" for letter in text)
