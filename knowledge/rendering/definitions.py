"""What a page defines for all its sections: its sources, ordinary footnotes and the targets of reference links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from knowledge.model import Page, Source, Span
from knowledge.scan import Type, scan

_DEFINITION = re.compile(r"[ \t>]*\[(\^?)([^\[\]\n]{1,200})\]:[ \t]*([^\n]*)")
_REFERENCE = re.compile(
    r"(?:<([^<>\n]*)>|([^\s<]\S*))(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*\Z"
)


@dataclass(frozen=True)
class Definitions:
    """Looked up while a section is rendered."""

    sources: dict[str, Source] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)  # key to Markdown
    targets: dict[str, str] = field(default_factory=dict)  # label to address as written

    @cached_property
    def key(self) -> tuple[tuple[object, ...], ...]:
        """Equal where all of it is; asked for once it is complete."""
        parts = (self.sources, self.notes, self.targets)
        return tuple(tuple(part.items()) for part in parts)


def label_of(words: str) -> str:
    return " ".join(words.split()).casefold()


def read_definitions(page: Page) -> Definitions:
    """All of a page's definitions. The page is scanned again only if it seems to hold any but its sources."""
    found = Definitions(sources={source.key: source for source in page.sources})
    if not page.readable or "]:" not in page.text:
        return found
    start = page.sections[0].span.start if page.sections else 0
    for block in scan(page.text, start):
        if block.type is Type.PARAGRAPH and page.text.find("]:", block.start, block.end) >= 0:
            words = page.text[block.content : block.end].replace("\r\n", "\n").replace("\r", "\n")
            take_definitions(words, found)
    return found


def take_definitions(words: str, into: Definitions | None = None) -> str:
    """A paragraph without the definitions at its beginning, which go `into` where they are kept."""
    end = 0
    for found in _each(words):
        end = found.end
        if into is not None and found.note:
            into.notes.setdefault(found.label, found.words)
        elif into is not None:
            into.targets.setdefault(label_of(found.label), found.words)
    return words[end:]


def places_of_targets(page: Page) -> Iterator[Span]:
    """Where the addresses of reference links stand in the page's text."""
    start = page.sections[0].span.start if page.sections else 0
    if not page.readable or page.text.find("]:", start) < 0:
        return
    for block in scan(page.text, start):
        if block.type is Type.PARAGRAPH and page.text.find("]:", block.start, block.end) >= 0:
            words = page.text[block.content : block.end]
            # Of the same length, so that the places are those of the text.
            for found in _each(words.replace("\r\n", " \n").replace("\r", "\n")):
                if not found.note:
                    at = block.content + found.at
                    yield Span(at, at + len(found.words))


class _Defined(NamedTuple):
    note: bool
    label: str
    words: str  # the note, or the address as it is written
    at: int  # where the address begins
    end: int  # where what follows begins


def _each(words: str) -> Iterator[_Defined]:
    """The definitions at the beginning of a paragraph."""
    lines = words.split("\n") if words.startswith("[") else []
    row = start = 0
    while row < len(lines):
        match = _DEFINITION.match(lines[row])
        if match is None:
            return
        note, label, rest = match.groups()
        end = start + len(lines[row]) + 1
        row += 1
        if note:
            said = [rest]
            while row < len(lines) and not _DEFINITION.match(lines[row]):
                said.append(lines[row].strip())
                end += len(lines[row]) + 1
                row += 1
            yield _Defined(True, label, " ".join(said).strip(), start, end)
        else:
            target = _REFERENCE.match(rest)
            if target is None:
                return
            group = 1 if target.group(1) is not None else 2
            at = start + match.start(3) + target.start(group)
            yield _Defined(False, label, target.group(group), at, end)
        start = end
