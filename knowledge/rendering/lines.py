"""A block's own lines: what is left of each when the marks and indents of lists and quotes are taken off."""

from __future__ import annotations

import re

from knowledge.scan import Block, Type

_INDENT = re.compile(r"\n[ \t]+")


def chain_of(blocks: list[Block], index: int) -> list[Block]:
    """The items and quotes a block stands in, outermost first."""
    found: list[Block] = []
    parent = blocks[index].parent
    while parent >= 0:
        found.append(blocks[parent])
        parent = blocks[parent].parent
    found.reverse()
    return found


def words_of(text: str, block: Block, chain: list[Block], end: int | None = None) -> str:
    """A paragraph's or heading's text, its lines without indents; hard breaks stay."""
    stop = block.end if end is None else end
    words = _newlines(text[block.content : stop])
    if not chain:
        return _INDENT.sub("\n", words).rstrip()
    first, *rest = words.split("\n")
    return "\n".join([first, *(own(line, chain).lstrip(" \t") for line in rest)]).rstrip()


def code_of(text: str, block: Block, chain: list[Block]) -> str:
    """The text of a code block, fences and indents off, every line ended."""
    lines = _verbatim(text, block, chain)
    opening = text[block.start : block.start + 1]
    if opening not in "`~" or not opening:
        while lines and not lines[-1].strip():
            lines.pop()
        return "".join(f"{_dedent(line, 4)}\n" for line in lines)
    fence = text[block.start : block.content]
    indent = len(lines[0]) - len(lines[0].lstrip(" ")) if lines else 0
    if len(lines) > 1 and _closes(lines[-1], fence):
        lines.pop()
    return "".join(f"{_dedent(line, indent)}\n" for line in lines[1:])


def raw_of(text: str, block: Block, chain: list[Block]) -> str:
    """The text of an HTML block."""
    return "\n".join(_verbatim(text, block, chain))


def _verbatim(text: str, block: Block, chain: list[Block]) -> list[str]:
    start = max(text.rfind("\n", 0, block.start), text.rfind("\r", 0, block.start)) + 1
    lines = _newlines(text[start : block.end]).split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return [own(line, chain, start) if n == 0 else own(line, chain) for n, line in enumerate(lines)]


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _closes(line: str, fence: str) -> bool:
    words = line.strip(" \t")
    indent = len(line) - len(line.lstrip(" "))
    return indent <= 3 and len(words) >= len(fence) and not words.strip(fence[0])


def _dedent(line: str, columns: int) -> str:
    own_indent = len(line) - len(line.lstrip(" "))
    return line[min(own_indent, columns) :]


def own(line: str, chain: list[Block], start: int | None = None) -> str:
    """What is left of a line inside its containers, by the scanner's rules; a leading tab becomes spaces.

    `start` is where the line begins in the text when containers may begin on it.
    """
    pos, column, length = 0, 0, len(line)
    for block in chain:
        at, to = _skip(line, pos, column)
        if block.type is Type.ITEM:
            if start is not None and start <= block.start < start + length:
                pos, column = _through(line, pos, column, block.indent)
            elif at >= length:
                return ""
            elif to >= block.indent:
                pos, column = _through(line, pos, column, block.indent)
            else:
                break
        elif at < length and line[at] == ">" and to - column <= 3:
            pos, column = at + 1, to + 1
            if pos < length and line[pos] in " \t":
                pos, column = _through(line, pos, column, column + 1)
        else:
            break
    if pos >= length or line[pos] not in " \t":
        return line[pos:]
    at, to = _skip(line, pos, column)
    return " " * (to - column) + line[at:]


def _skip(line: str, pos: int, column: int) -> tuple[int, int]:
    while pos < len(line) and line[pos] in " \t":
        column += 1 if line[pos] == " " else 4 - column % 4
        pos += 1
    return pos, column


def _through(line: str, pos: int, column: int, goal: int) -> tuple[int, int]:
    """Go on to a column; of a tab that reaches beyond, the rest still counts."""
    while pos < len(line) and column < goal:
        width = 4 - column % 4 if line[pos] == "\t" else 1
        if column + width > goal:
            return pos, goal
        column += width
        pos += 1
    return pos, max(column, goal)
