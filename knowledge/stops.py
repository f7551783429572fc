"""A session's running order: its stops, what to ask at each, and what stays covered."""

from __future__ import annotations

import re
from collections.abc import Callable

from knowledge.inline import RawLink, read_inline
from knowledge.model import Link, Note, Span, Stop
from knowledge.scan import Block, Type

_MINUTES = re.compile(r"\(\s*(?:(\d{1,3})\s*min(?:ute)?s?)?\s*,?\s*(covered)?\s*\)", re.IGNORECASE)
_MARKED = re.compile(r"(Ask|Outcome):\s*", re.IGNORECASE)


def read_stops(
    text: str,
    blocks: list[Block],
    link: Callable[[RawLink], Link],
    note: Callable[[Block], Note | None],
) -> tuple[Stop, ...]:
    """The stops: every numbered item that begins with a link to a page or step."""
    stops: list[Stop] = []
    children: dict[int, list[Block]] = {}
    for block in blocks:
        children.setdefault(block.parent, []).append(block)
    for index, item in enumerate(blocks):
        if item.type is not Type.ITEM or item.parent >= 0 or not item.ordered:
            continue
        stop = _stop(text, item, children.get(index, []), link, note)
        if stop is not None:
            stops.append(stop)
    return tuple(stops)


def _stop(
    text: str,
    item: Block,
    children: list[Block],
    link: Callable[[RawLink], Link],
    note: Callable[[Block], Note | None],
) -> Stop | None:
    if not children or children[0].type is not Type.PARAGRAPH:
        return None
    first = children[0]
    inline = read_inline(text, first.content, first.end)
    if not inline.links or text[first.content : inline.links[0].span.start].strip():
        return None
    plan = _MINUTES.search(text, inline.links[0].span.end, first.end)
    said = {"ask": "", "outcome": ""}
    notes: list[Note] = []
    for child in children[1:]:
        if child.type is Type.QUOTE:
            found = note(child)
            if found is not None:
                notes.append(found)
        elif child.type is Type.PARAGRAPH:
            marked = _MARKED.match(text, child.content, child.end)
            if marked is not None:
                key = marked.group(1).lower()
                words = " ".join(text[marked.end() : child.end].split())
                said[key] = f"{said[key]}\n\n{words}".strip()
    return Stop(
        link=link(inline.links[0]),
        minutes=int(plan.group(1) or 0) if plan else 0,
        covered=bool(plan and plan.group(2)),
        ask=said["ask"],
        outcome=said["outcome"],
        notes=tuple(notes),
        line=item.line,
        span=Span(item.start, item.end),
    )
