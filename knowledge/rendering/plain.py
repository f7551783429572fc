"""Elements to plain words, for speech and for exports without marks."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

_BLOCKS = frozenset(
    "p div ul ol li dl dt dd table tr td th pre blockquote hr h1 h2 h3 h4 h5 h6".split()
)
_SILENT = frozenset(("source", "source-missing", "note-key", "leads-outside", "caption"))
_STASHED = re.compile("\x02wzxhzdk:([0-9]+)\x03")
_TAG = re.compile(r"</?[a-z][^>]*>")
_SPACE = re.compile(r"[ \t\n]+")
_BEFORE_STOP = re.compile(r" +(?=[.,;:])")


def plain_words(root: Element, checks: bool, stashed: Sequence[object]) -> str:
    """The words of a section: a line for each paragraph, item and row. `stashed` is HTML put aside."""
    lines: list[str] = []
    _block(root, checks, lines)
    words = "\n".join(line for line in lines if line)
    return _STASHED.sub(lambda mark: _bare(stashed, mark), words)


def _bare(stashed: Sequence[object], mark: re.Match[str]) -> str:
    written = stashed[int(mark.group(1))] if int(mark.group(1)) < len(stashed) else ""
    return _tidy(_TAG.sub(" ", str(written)))


def _block(element: Element, checks: bool, lines: list[str]) -> None:
    if element.tag == "table" and element.get("class") in ("ladder", "grid"):
        lines += _table(element, checks)
        return
    if element.tag == "pre":
        lines.append(html.unescape("".join(element.itertext())).rstrip("\n"))
        return
    inline: list[str] = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            lines.append(_tidy("".join(inline)))
            inline = []
            _block(child, checks, lines)
        else:
            inline.append(_inline(child, checks))
        inline.append(child.tail or "")
    lines.append(_tidy("".join(inline)))


def _inline(element: Element, checks: bool) -> str:
    kind = element.get("class", "")
    if kind in _SILENT or (kind == "check" and not checks):
        return ""
    if element.tag == "img":
        return element.get("alt", "")
    if element.tag == "br":
        return " "
    words = (element.text or "") + "".join(
        _inline(child, checks) + (child.tail or "") for child in element
    )
    return f"({words.strip()})".replace("\u00a0", " ") if kind == "check" else words


def _table(table: Element, checks: bool) -> list[str]:
    """A row as one sentence: each cell behind the words at the head of its column."""
    heads, *rows = [[_tidy(_inline(cell, checks)) for cell in row] for row in table.iter("tr")]
    lines: list[str] = []
    for row in rows:
        said = [
            f"{heads[n]}: {cell}" if n < len(heads) and heads[n] else cell
            for n, cell in enumerate(row)
            if cell
        ]
        lines.append(". ".join(part.rstrip(".") for part in said) + ("." if said else ""))
    return lines or [", ".join(heads)]


def _tidy(words: str) -> str:
    return _BEFORE_STOP.sub("", _SPACE.sub(" ", html.unescape(words))).strip()
