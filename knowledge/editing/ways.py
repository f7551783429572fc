"""Changes to the ways on of a step: their conditions, their order, where they lead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.editing.change import (
    Edit,
    Refused,
    Replacement,
    Stale,
    ends_blank,
    ends_line,
    line_start,
    newline_at,
)
from knowledge.editing.outline import Outline, Part, outline
from knowledge.editing.prove import prove, where
from knowledge.editing.words import as_markdown, escape_first, footnotes_of, reads_as, web_target
from knowledge.model import Page, Step, Way

_MARKER = re.compile(r"([-+*])([ \t]+)|(\d{1,9})([.)])([ \t]+)")
_NUMBER = re.compile(r"\d{1,9}(?=[.)])")


@dataclass(frozen=True, slots=True)
class NewWay:
    """A way on to be written: its condition, the target as `link_to` gives it, the words of the link."""

    condition: str
    target: str
    words: str


def way_index(step: Step, way: Way) -> int:
    for index, other in enumerate(step.ways):
        if other == way:
            return index
    raise Stale(f"The way on '{way.condition}' is not there any more")


def arrow_at(page: Page, way: Way) -> int:
    """Where the arrow of a way on begins."""
    at = way.condition_span.end
    while page.text[at] in " \t\r\n":
        at += 1
    return at


def set_condition(page: Page, step: Step, way: Way, condition: str, markdown: bool = False) -> Edit:
    """Give a way on another condition; empty leaves just the arrow."""
    number, place = where(page, step), way_index(step, way)
    asked = reads_as(condition, markdown).rstrip(":").rstrip()
    source = way.condition_span.of(page.text)
    kept = "" if markdown else footnotes_of(source)
    words = escape_first((as_markdown(condition, markdown) + kept).strip())
    if not markdown and source.endswith(":") and words and not words.endswith(":"):
        words += ":"
    if words:
        gap = " " if arrow_at(page, way) == way.condition_span.end else ""
        change = Replacement(*way.condition_span, words + gap)
    else:
        change = Replacement(way.condition_span.start, arrow_at(page, way), "")
    if asked == way.condition and not markdown:
        return Edit(page.path, page.digest, (), f"The condition is '{asked}' already")

    def expect(got: Outline) -> Outline:
        wanted = outline(page)
        part = wanted.parts[number]
        old = part.ways[place]
        ways = (*part.ways[:place], (asked, *old[1:]), *part.ways[place + 1 :])
        part = part._replace(ways=ways)
        if len(got.parts) == len(wanted.parts) and (markdown or "](" in source):
            new = got.parts[number]
            part = part._replace(links=new.links, footnotes=new.footnotes)
        return wanted.with_part(number, part)

    said = f"The way on '{way.condition}' now reads '{asked}'"
    return prove(page, [[change]], expect, said)


def add_way(page: Page, step: Step, new: NewWay, at: int | None = None) -> Edit:
    """Add a way on to a step, before the one at place `at`, or last."""
    number = where(page, step)
    place = len(step.ways) if at is None else max(0, min(at, len(step.ways)))
    text = page.text
    asked = (
        reads_as(new.condition, False).rstrip(":").rstrip(),
        web_target(new.target),
        reads_as(new.words, False),
    )
    neighbour = step.ways[min(place, len(step.ways) - 1)] if step.ways else None
    if neighbour is not None and place == len(step.ways):
        start = neighbour.span.end
        newline = newline_at(text, start)
        line = _line(page, neighbour, new, after=True) + newline
        loose = len(step.ways) > 1 and ends_blank(text, line_start(text, neighbour.span.start))
        line = (newline if loose else "") + line
        change = Replacement(start, start, line if ends_line(text, start) else newline + line)
    elif neighbour is not None:
        start = line_start(text, neighbour.span.start)
        change = Replacement(start, start, _line(page, neighbour, new) + newline_at(text, start))
    else:
        start = _after_words(text, step.body.start, step.body.end)
        newline = newline_at(text, start)
        line = _line(page, None, new) + newline
        gap = "" if ends_blank(text, start) else newline
        gap = gap if ends_line(text, start) else newline + newline
        change = Replacement(start, start, gap + line)

    def expect(got: Outline) -> Outline:
        wanted = outline(page)
        part = wanted.parts[number]
        links = sum(k.span.start < change.start for k in step.links)
        part = part._replace(
            ways=(*part.ways[:place], asked, *part.ways[place:]),
            links=(*part.links[:links], (asked[2], asked[1], False), *part.links[links:]),
        )
        return wanted.with_part(number, part)

    blank = newline_at(text, change.start)
    roomy = Replacement(change.start, change.end, change.text + blank)
    apart = Replacement(change.start, change.end, blank + change.text + blank)
    said = f"'{step.title}' has a new way on, '{asked[0]}', to '{asked[2]}'"
    return prove(page, [[change], [roomy], [apart]], expect, said)


def remove_way(page: Page, step: Step, way: Way) -> Edit:
    """Take a way on out of its step, with everything that stands in its list item."""
    number, place = where(page, step), way_index(step, way)
    span = way.span
    start = line_start(page.text, span.start)
    if page.text[start : span.start].strip(" \t"):
        start = span.start

    def expect(_: Outline) -> Outline:
        wanted = outline(page)
        part = wanted.parts[number]
        keep = [k for k, link in enumerate(step.links) if not _inside(link.span.start, span)]
        notes = [k for k, n in enumerate(step.footnotes) if not _inside(n.span.start, span)]
        part = part._replace(
            ways=(*part.ways[:place], *part.ways[place + 1 :]),
            links=tuple(part.links[k] for k in keep),
            footnotes=tuple(part.footnotes[k] for k in notes),
        )
        return wanted.with_part(number, part)

    attempts = [
        [Replacement(start, span.end, "")],
        [Replacement(start, span.end, newline_at(page.text, start))],
    ]
    said = f"'{step.title}' no longer has the way on '{way.condition}'"
    return prove(page, attempts, expect, said)


def move_way(page: Page, step: Step, way: Way, to: int) -> Edit:
    """Put a way on at another place among its step's, counted from 0."""
    number, place = where(page, step), way_index(step, way)
    to = max(0, min(to, len(step.ways) - 1))
    order = [n for n in range(len(step.ways)) if n != place]
    order.insert(to, place)
    change = [
        Replacement(*_slot(page, step.ways[n]), _content(page, step.ways[n], step.ways[m]))
        for n, m in enumerate(order)
        if n != m
    ]

    def expect(got: Outline) -> Outline:
        wanted = outline(page)
        part = wanted.parts[number]
        part = part._replace(ways=tuple(part.ways[n] for n in order))
        if len(got.parts) == len(wanted.parts):
            part = _reordered(part, got.parts[number])
        return wanted.with_part(number, part)

    said = f"'{way.condition}' is now way on {to + 1} of '{step.title}'"
    return prove(page, [change], expect, said)


def _reordered(part: Part, got: Part) -> Part:
    """The links and references move with their ways; all of them are still there."""
    if sorted(part.links) == sorted(got.links):
        part = part._replace(links=got.links)
    if sorted(part.footnotes) == sorted(got.footnotes):
        part = part._replace(footnotes=got.footnotes)
    return part


def _inside(at: int, span: tuple[int, int]) -> bool:
    return span[0] <= at < span[1]


def _slot(page: Page, way: Way) -> tuple[int, int]:
    end = way.span.end
    while page.text[end - 1] in "\r\n":
        end -= 1
    return way.span.start, end


def _content(page: Page, here: Way, other: Way) -> str:
    """The words of another item for this place; its number stays this place's if it is as long."""
    start, end = _slot(page, other)
    words = page.text[start:end]
    mine = _NUMBER.match(page.text, here.span.start)
    theirs = _NUMBER.match(words)
    if mine is not None and theirs is not None and len(mine.group()) == len(theirs.group()):
        return mine.group() + words[theirs.end() :]
    return words


def _after_words(text: str, start: int, end: int) -> int:
    """Behind the last line of words between `start` and `end`, its line ending included."""
    at = end
    while at > start and text[at - 1] in " \t\r\n":
        at -= 1
    if at == start:
        return start
    while at < end and text[at] in " \t":
        at += 1
    if text.startswith("\r\n", at):
        return min(at + 2, end)
    return min(at + 1, end)


def arrow_of(page: Page) -> str:
    """The arrow this page's author uses, or one that its encoding can hold."""
    for step in page.steps:
        for way in step.ways:
            at = arrow_at(page, way)
            return page.text[at : way.link.span.start].rstrip()
    return "→" if page.encoding.name.startswith("utf") else "->"


def _line(page: Page, neighbour: Way | None, new: NewWay, after: bool = False) -> str:
    """The list item for a new way on, written as its neighbour is."""
    text = page.text
    opening = "- "
    if neighbour is not None:
        start = line_start(text, neighbour.span.start)
        indent = text[start : neighbour.span.start]
        marker = _MARKER.match(text, neighbour.span.start)
        opening = (indent if not indent.strip(" \t") else "") + "- "
        if marker is not None and marker.group(1):
            opening = opening[:-2] + marker.group()
        elif marker is not None:
            count = str(min(int(marker.group(3)) + after, 999_999_999))
            opening = opening[:-2] + count + marker.group(4) + marker.group(5)
    return opening + way_words(page, new)


def way_words(page: Page, new: NewWay) -> str:
    """Condition, arrow and link."""
    if not reads_as(new.words, False):
        raise Refused("The link of a way on needs words", "Give the title of the step it leads to.")
    condition = escape_first(as_markdown(new.condition.strip().rstrip(":"), False))
    link = f"[{as_markdown(new.words, False)}]({web_target(new.target)})"
    return f"{condition} {arrow_of(page)} {link}".lstrip()
