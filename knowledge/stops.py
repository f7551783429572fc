"""A session's running order: its stops, what to ask at each, and what stays covered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from knowledge.inline import RawLink, read_inline
from knowledge.model import Link, Note, Span, Stop
from knowledge.scan import Block, Type

_MINUTES = re.compile(r"\(\s*(?:(\d{1,3})\s*min(?:ute)?s?)?\s*,?\s*(covered)?\s*\)", re.IGNORECASE)
_MARKED = re.compile(r"(Ask|Outcome):\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph of a stop that says what to ask or what comes of it; its words begin at `start`."""

    key: str
    start: int
    block: Block


@dataclass(frozen=True, slots=True)
class Anatomy:
    """Where the parts of a stop stand in the text."""

    item: Block
    children: tuple[Block, ...]
    link: RawLink
    plan: re.Match[str] | None  # the minutes, and whether it is covered
    said: tuple[Said, ...]


def read_stops(
    text: str,
    blocks: list[Block],
    link: Callable[[RawLink], Link],
    note: Callable[[Block], Note | None],
) -> tuple[Stop, ...]:
    """The stops: every numbered item that begins with a link to a page or step."""
    return tuple(_stop(text, parts, link, note) for parts in taken_apart(text, blocks))


def taken_apart(text: str, blocks: list[Block]) -> Iterator[Anatomy]:
    """The parts of each stop, in the order of the page."""
    children: dict[int, list[Block]] = {}
    for block in blocks:
        children.setdefault(block.parent, []).append(block)
    for index, item in enumerate(blocks):
        if item.type is not Type.ITEM or item.parent >= 0 or not item.ordered:
            continue
        parts = _anatomy(text, item, children.get(index, []))
        if parts is not None:
            yield parts


def _anatomy(text: str, item: Block, children: list[Block]) -> Anatomy | None:
    if not children or children[0].type is not Type.PARAGRAPH:
        return None
    first = children[0]
    inline = read_inline(text, first.content, first.end)
    if not inline.links or text[first.content : inline.links[0].span.start].strip():
        return None
    said: list[Said] = []
    for child in children[1:]:
        marked = None
        if child.type is Type.PARAGRAPH:
            marked = _MARKED.match(text, child.content, child.end)
        if marked is not None:
            said.append(Said(marked.group(1).lower(), marked.end(), child))
    plan = _MINUTES.search(text, inline.links[0].span.end, first.end)
    return Anatomy(item, tuple(children), inline.links[0], plan, tuple(said))


def _stop(
    text: str,
    parts: Anatomy,
    link: Callable[[RawLink], Link],
    note: Callable[[Block], Note | None],
) -> Stop:
    said = {"ask": "", "outcome": ""}
    for marked in parts.said:
        words = " ".join(text[marked.start : marked.block.end].split())
        said[marked.key] = f"{said[marked.key]}\n\n{words}".strip()
    quotes = [note(block) for block in parts.children if block.type is Type.QUOTE]
    plan, item = parts.plan, parts.item
    return Stop(
        link=link(parts.link),
        minutes=int(plan.group(1) or 0) if plan else 0,
        covered=bool(plan and plan.group(2)),
        ask=said["ask"],
        outcome=said["outcome"],
        notes=tuple(found for found in quotes if found is not None),
        line=item.line,
        span=Span(item.start, item.end),
    )
