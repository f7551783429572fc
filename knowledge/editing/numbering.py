"""The numbers and indents of a numbered list whose items come, go and change places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.editing.change import Replacement, line_start
from knowledge.scan import Block, Type

WAYS = ("as it is", "as far in", "by its numbers")  # how lines below the first may be indented
_NUMBER = re.compile(r"(\d{1,9})([.)])")
_LINES = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")


def mark_of(text: str, item: Block) -> str:
    """What stands before the words of an item, its own indent included."""
    start = line_start(text, item.start)
    return text[start : item.content] if not text[start : item.start].strip(" \t") else "1. "


def mark_after(text: str, item: Block) -> str:
    """The same for an item that follows it."""
    mark = mark_of(text, item)
    found = _NUMBER.search(mark)
    if found is None:
        return mark
    lazy = found.group(1) in ("0", "1") and _repeats(text, item)
    count = int(found.group(1)) + (not lazy)
    return f"{mark[: found.start()]}{min(count, 999_999_999)}{mark[found.end(1) :]}"


def _repeats(text: str, item: Block) -> bool:
    """Whether somebody numbers every item alike: the one before has the same number."""
    before = text[: line_start(text, item.start)]
    same = re.findall(r"^ {0,3}(\d{1,9})[.)][ \t]", before, re.MULTILINE)
    found = _NUMBER.match(text, item.start)
    return bool(same and found is not None and same[-1] == found.group(1))


def neighbours(blocks: list[Block], item: Block) -> tuple[Block | None, Block | None]:
    """The numbered items just before and behind this one in its list."""
    tops = [block for block in blocks if block.parent < 0]
    place = next(n for n, block in enumerate(tops) if block.start == item.start)
    before = tops[place - 1] if place else None
    behind = tops[place + 1] if place + 1 < len(tops) else None
    return (
        before if before is not None and before.type is Type.ITEM and before.ordered else None,
        behind if behind is not None and behind.type is Type.ITEM and behind.ordered else None,
    )


def counted_on(
    text: str, blocks: list[Block], first: Sequence[Block], by: int
) -> Iterator[list[Replacement]]:
    """New numbers for the items from `first` on, as far as they count up; then, in case, none."""
    found: list[Replacement] = []
    shifted: list[Replacement] = []
    expected: int | None = None
    item: Block | None = first[0] if first else None
    while item is not None:
        number = _NUMBER.match(text, item.start)
        if number is None or expected not in (None, int(number.group(1))):
            break
        count = int(number.group(1))
        _, behind = neighbours(blocks, item)
        after = _NUMBER.match(text, behind.start) if behind is not None else None
        if expected is None and after is not None and int(after.group(1)) == count:
            break  # every item has the same number
        new = str(max(0, min(count + by, 999_999_999)))
        found.append(Replacement(number.start(1), number.end(1), new))
        wider = len(new) - len(number.group(1))
        shifted.append(found[-1])
        if wider > 0:
            shifted += _indented(text, item, wider)
        expected, item = count + 1, behind
    if found:
        yield found
        if shifted != found:
            yield shifted
    yield []


def _indented(text: str, item: Block, by: int) -> list[Replacement]:
    """The lines of an item below its first, further in."""
    found: list[Replacement] = []
    at = item.start
    for line in _LINES.split(text[item.start : item.end]):
        if at > item.start and line.strip():
            found.append(Replacement(at, at, " " * by))
        at += len(line)
    return found


def moved(text: str, item: Block, place: Block, way: str) -> str:
    """The words of an item for the place of another, whose number may be longer or shorter."""
    end = item.end
    while end > item.start and text[end - 1] in "\r\n":
        end -= 1
    words = text[item.content : end]
    by = place.indent - item.indent
    if way == "as it is" or (way == "as far in" and by < 0):
        return words
    lines = _LINES.split(words)
    return lines[0] + "".join(_shifted(line, by) for line in lines[1:])


def _shifted(line: str, by: int) -> str:
    if not line.strip():
        return line
    if by >= 0:
        return " " * by + line
    spaces = len(line) - len(line.lstrip(" "))
    return line[min(spaces, -by) :]
