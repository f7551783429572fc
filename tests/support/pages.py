"""Pages and libraries made from a few lines of text, and drawn back as text to be compared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from knowledge.library import Library, open_library
from knowledge.model import Page, Step
from knowledge.scan import Type, scan
from knowledge.source import read_page
from knowledge.validate import Checked, check

TODAY = date(2026, 11, 21)

DETAILS = """---
id: {id}
title: {title}
summary: A page for the tests.
status: sample
owner: Practice lead
review_by: 2027-05-21
---
"""


def page(text: str | bytes, path: str = "pathways/x.md") -> Page:
    """The page in this text, indentation of a triple-quoted string taken off by the caller."""
    return read_page(path, text if isinstance(text, bytes) else text.encode())


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Real files below a folder."""
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def library(folder: Path, files: dict[str, str | bytes]) -> Library:
    """A library of these files."""
    return open_library(write(folder, files))


def checked(folder: Path, files: dict[str, str | bytes], today: date = TODAY) -> Checked:
    """All that is wrong with a library of these files."""
    return check(library(folder, files), today)


def sentences(folder: Path, code: str, files: dict[str, str | bytes], today: date = TODAY):
    """What a check says with one code, as the terminal shows it."""
    return [p.sentence() for p in checked(folder, files, today).problems if p.code == code]


def reading(text: str | bytes, path: str = "pathways/x.md") -> list[str]:
    """What was found wrong while the page was read: `line code`."""
    return [f"{p.line} {p.code}" for p in page(text, path).problems]


def drawn_blocks(text: str) -> str:
    """The blocks of a text, one a line, those inside others indented: what, line, words."""
    blocks = scan(text)
    lines = []
    for block in blocks:
        depth, parent = 0, block.parent
        while parent >= 0:
            depth, parent = depth + 1, blocks[parent].parent
        end = block.content_end if block.type is Type.HEADING else block.end
        words = " ".join(text[block.content : end].split())
        shown = "" if block.type in (Type.ITEM, Type.QUOTE) else f" {words}".rstrip()
        level = str(block.level) if block.type is Type.HEADING else ""
        lines.append(f"{'  ' * depth}{block.line} {block.type.name.lower()}{level}{shown}")
    return "\n".join(lines)


def drawn(shown: Page) -> str:
    """A page as an outline: its sections and steps, and below each its ways on."""
    lines = []
    for section in shown.sections:
        if section.level == 0:
            continue
        kind = f" ({section.kind.value})" if isinstance(section, Step) else ""
        limit = f" [{section.timeframe}]" if isinstance(section, Step) and section.timeframe else ""
        lane = f" by {section.lane}" if isinstance(section, Step) and section.lane else ""
        lines.append(f"{section.title} #{section.anchor}{kind}{lane}{limit}")
        for way in section.ways:
            target = f"#{way.anchor}" if way.anchor else ""
            where = "" if way.page == shown.path else way.page
            lines.append(
                f"  {way.condition or '(no words)'} -> {where}{target}{' (back)' if way.loop else ''}"
            )
    return "\n".join(lines)
