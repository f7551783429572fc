"""What a page defines for all its sections: its sources, ordinary footnotes and the targets of reference links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.model import Page, Source
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
    if not words.startswith("["):
        return words
    lines = words.split("\n")
    at = 0
    while at < len(lines):
        match = _DEFINITION.match(lines[at])
        if match is None:
            break
        note, label, rest = match.groups()
        if note:
            at += 1
            said = [rest]
            while at < len(lines) and not _DEFINITION.match(lines[at]):
                said.append(lines[at].strip())
                at += 1
            if into is not None:
                into.notes.setdefault(label, " ".join(said).strip())
            continue
        target = _REFERENCE.match(rest)
        if target is None:
            break
        if into is not None:
            into.targets.setdefault(label_of(label), target.group(1) or target.group(2) or "")
        at += 1
    return "\n".join(lines[at:])
