"""Blocks to sections: headings with their attributes, and what stands under each."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, join, normpath
from typing import TypedDict
from urllib.parse import unquote

from knowledge.inline import Inline, RawLink, find_way, read_inline
from knowledge.model import (
    Callout,
    Footnote,
    Heading,
    Link,
    Note,
    Section,
    Span,
    Step,
    StepKind,
    Table,
    Way,
)
from knowledge.problems import Fix
from knowledge.report import Report, nearest
from knowledge.scan import Block, Type
from knowledge.tables import find_table
from knowledge.text import plain, slug
from knowledge.turns import portion_done

TOKEN = re.compile(
    r"[ \t]*(?:#([^\s#.{}\"'=]+)|\.([\w-]+)|([A-Za-z][\w-]*)=(?:\"([^\"]*)\"|“([^”]*)”|'([^']*)'|([^\s\"'}]+)))"
)
_CALLOUT = re.compile(r"\[!([A-Za-z]+)\][ \t]*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")
_QUOTE_MARK = re.compile(r"^[ \t]{0,3}> ?", re.MULTILINE)
_INNER_MARK = re.compile(r"^[ \t]*> ?", re.MULTILINE)  # of a quote that stands inside a list item
_LADDER_WORDS = frozenset(
    "universal targeted specialist intensive mild moderate severe low medium high green amber red standard".split()
)


class _Contents(TypedDict):
    """What stands in a stretch of the page."""

    links: tuple[Link, ...]
    notes: tuple[Note, ...]
    tables: tuple[Table, ...]
    footnotes: tuple[Footnote, ...]


class _Parts(_Contents):
    """All that a section and a step have in common."""

    anchor: str
    title: str
    level: int
    line: int
    span: Span
    heading: Span
    title_span: Span
    body: Span
    attributes: Span | None
    explicit: bool
    classes: tuple[str, ...]


@dataclass(slots=True)
class Attributes:
    """What stands in the braces behind a heading."""

    anchor: str = ""
    classes: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    span: Span | None = None

    def get(self, name: str) -> str:
        return next((value for key, value in self.values if key == name), "")


def read_attributes(text: str, start: int, end: int) -> Attributes:
    """The `{#id .kind lane="…"}` that ends a heading; empty when it ends otherwise."""
    if end <= start or text[end - 1] != "}":
        return Attributes()
    opening = text.rfind("{", start, end)
    if opening < 0:
        return Attributes()
    found = Attributes(span=Span(opening, end))
    classes: list[str] = []
    values: list[tuple[str, str]] = []
    at = opening + 1
    if text.startswith(":", at):
        at += 1
    while (token := TOKEN.match(text, at, end - 1)) is not None:
        anchor, name, key, *quoted = token.groups()
        if anchor:
            found.anchor = found.anchor or anchor
        elif name:
            classes.append(name)
        else:
            values.append((key, next(q for q in quoted if q is not None).strip()))
        at = token.end()
    if text[at : end - 1].strip():
        return Attributes()
    found.classes, found.values = tuple(classes), tuple(values)
    return found


class SectionReader:
    """Turns the blocks of one page into its headings and sections."""

    def __init__(
        self,
        path: str,
        text: str,
        blocks: list[Block],
        pathway: bool,
        ours: bool,
        report: Report,
    ) -> None:
        self.path = path
        self.folder = dirname(path)
        self.text = text
        self.blocks = blocks
        self.starts = [block.start for block in blocks]
        self.pathway = pathway
        self.ours = ours  # plain notes may have call-outs of other programs
        self.report = report
        self.anchors: dict[str, int] = {}
        self.counts: dict[str, int] = {}  # how often a title's own anchor was wanted again
        self.headings: list[Heading] = []
        self.attributes: list[Attributes] = []
        self.inlines: dict[int, Inline] = {}

    def read(self, body: int) -> tuple[list[Heading], list[Section]]:
        """Every heading, and the sections they make."""
        text = self.text
        heads = [i for i, b in enumerate(self.blocks) if b.type is Type.HEADING]
        starters: list[
            tuple[int, int]
        ] = []  # (index of block, index of heading) that begin a section
        for index in heads:
            block = self.blocks[index]
            if block.parent >= 0:
                where = "a list" if self.blocks[block.parent].type is Type.ITEM else "a quote"
                self.report.warn(
                    "heading-inside",
                    block.start,
                    f"This heading stands inside {where}, so it makes no step or section",
                    "Begin it at the left edge, with a blank line above",
                )
                continue
            first = not self.headings
            self.heading(block)
            if block.level == 1 and first:
                continue  # the title of the page, which belongs to the introduction
            if not self.pathway or block.level <= 2:
                starters.append((index, len(self.headings) - 1))
        starts = [self.blocks[i].start for i, _ in starters]
        ends = [*starts[1:], len(text)] if starts else []
        sections = [self.introduction(body, starts[0] if starts else len(text))]
        order = {h.anchor: n for n, h in enumerate(self.headings)}
        number = 0
        for (index, head), end in zip(starters, ends, strict=True):
            portion_done()
            step = self.pathway and self.blocks[index].level == 2
            number += step
            sections.append(self.section(index, head, end, number if step else 0, order))
        return self.headings, sections

    def heading(self, block: Block) -> None:
        text = self.text
        attributes = read_attributes(text, block.content, block.content_end)
        title_end = attributes.span.start if attributes.span else block.content_end
        words = text[block.content : title_end]
        title = plain(" ".join(words.split()))
        anchor = attributes.anchor or slug(title) or "section"
        if attributes.anchor:
            if anchor in self.anchors:
                self.report.error(
                    "anchor-twice",
                    block.start,
                    f"#{anchor} is the name of an earlier heading too (line {self.anchors[anchor]})",
                    "Give this one a name of its own",
                )
        else:
            wanted = anchor
            while anchor in self.anchors:
                self.counts[wanted] = self.counts.get(wanted, 0) + 1
                anchor = f"{wanted}-{self.counts[wanted]}"
        self.anchors.setdefault(anchor, block.line)
        self.headings.append(
            Heading(anchor, title, block.level, block.line, Span(block.start, block.end))
        )
        self.attributes.append(attributes)

    def introduction(self, start: int, end: int) -> Section:
        line = self.report.lines.number(start) if start < len(self.text) else len(self.report.lines)
        here = Span(start, start)
        return Section(
            "",
            "",
            0,
            line,
            Span(start, end),
            here,
            here,
            Span(start, end),
            **self.contents(start, end),
        )

    def section(
        self, index: int, head: int, end: int, number: int, order: dict[str, int]
    ) -> Section:
        block, heading, attributes = self.blocks[index], self.headings[head], self.attributes[head]
        text = self.text
        title_end = attributes.span.start if attributes.span else block.content_end
        while title_end > block.content and text[title_end - 1] in " \t":
            title_end -= 1
        stop = block.end
        while stop > block.start and text[stop - 1] in "\r\n":
            stop -= 1
        common = _Parts(
            anchor=heading.anchor,
            title=heading.title,
            level=block.level,
            line=block.line,
            span=Span(block.start, end),
            heading=Span(block.start, stop),
            title_span=Span(block.content, title_end),
            body=Span(block.end, end),
            attributes=attributes.span,
            explicit=bool(attributes.anchor),
            classes=attributes.classes,
            **self.contents(block.end, end),
        )
        if not number:
            return Section(**common)
        ways = self.ways(block.end, end, head, order, {k.span: k for k in common["links"]})
        kind = self.kind(attributes, number, len(ways), block)
        return Step(
            **common,
            ways=ways,
            number=number,
            kind=kind[0],
            declared=kind[1],
            lane=attributes.get("lane"),
            timeframe=attributes.get("timeframe"),
        )

    def kind(
        self, attributes: Attributes, number: int, ways: int, block: Block
    ) -> tuple[StepKind, bool]:
        for name in attributes.classes:
            if name in tuple(StepKind):
                return StepKind(name), True
        for name in attributes.classes:
            near = nearest(name, tuple(StepKind))
            span = attributes.span
            at = self.text.find(f".{name}", span.start, span.end) + 1 if span else block.start
            fix = Fix(f"Change it to .{near}", at, at + len(name), near) if near else None
            self.report.warn(
                "step-kind-unknown",
                block.start,
                f".{name} is no kind of step",
                "Use .start, .question, .action, .referral, .urgent or .end",
                fix,
            )
        if number == 1:
            return StepKind.START, False
        if ways >= 2:
            return StepKind.QUESTION, False
        return (StepKind.ACTION if ways else StepKind.END), False

    # -- what stands in a section -------------------------------------------------------------

    def between(self, start: int, end: int) -> range:
        low = bisect_left(self.starts, start)
        return range(low, bisect_left(self.starts, end, low))

    def inline(self, index: int) -> Inline:
        found = self.inlines.get(index)
        if found is None:
            block = self.blocks[index]
            stop = block.content_end if block.type is Type.HEADING else block.end
            found = self.inlines[index] = read_inline(self.text, block.content, stop)
        return found

    def contents(self, start: int, end: int) -> _Contents:
        links: list[Link] = []
        notes: list[Note] = []
        tables: list[Table] = []
        footnotes: list[Footnote] = []
        text, number = self.text, self.report.lines.number
        for index in self.between(start, end):
            block = self.blocks[index]
            if block.type is Type.QUOTE:
                note = self.note(block) if block.parent < 0 else None
                if note is not None:
                    notes.append(note)
                continue
            if block.type is not Type.PARAGRAPH and block.type is not Type.HEADING:
                continue
            if block.type is Type.PARAGRAPH and block.parent < 0:
                table = find_table(self.text, block, self.report.lines, _LADDER_WORDS)
                if table is not None:
                    tables.append(table)
            inline = self.inline(index)
            for raw in inline.links:
                links.append(self.link(raw))
            for key in inline.footnotes:
                if not (text.startswith("]:", key.end) and self.defines(key, block)):
                    footnotes.append(Footnote(key.of(text), number(key.start), key))
        return {
            "links": tuple(links),
            "notes": tuple(notes),
            "tables": tuple(tables),
            "footnotes": tuple(footnotes),
        }

    def defines(self, key: Span, block: Block) -> bool:
        """Whether a key with a colon behind it begins a footnote's own text, rather than naming it."""
        before = self.text[max(block.content, key.start - 6) : key.start - 2]
        return not before.strip(" \t\r\n>") or before.rstrip(" \t>")[-1:] in "\r\n"

    def note(self, block: Block) -> Note | None:
        found = _CALLOUT.match(self.text, block.content)
        if found is None:
            return None
        name = found.group(1).upper()
        if name not in tuple(Callout):
            near = nearest(name, tuple(Callout))
            fix = Fix(f"Change it to {near}", found.start(1), found.end(1), near) if near else None
            if self.ours:
                self.report.warn(
                    "callout-unknown",
                    block.start,
                    f"[!{found.group(1)}] is no call-out that I know; it is shown as a note",
                    "Use URGENT, LOCAL, TRAINER or NOTE",
                    fix,
                )
            name = Callout.NOTE
        mark = _QUOTE_MARK if block.parent < 0 else _INNER_MARK
        body = self.text[found.end() : block.end].replace("\r\n", "\n").replace("\r", "\n")
        return Note(
            Callout(name),
            mark.sub("", body).strip(),
            block.line,
            Span(block.start, block.end),
        )

    def ways(
        self, start: int, end: int, head: int, order: dict[str, int], links: dict[Span, Link]
    ) -> tuple[Way, ...]:
        found: list[Way] = []
        for index in self.between(start, end):
            item = self.blocks[index]
            words = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
            if item.type is not Type.ITEM or item.parent >= 0 or words is None:
                continue
            if words.parent != index or words.type is not Type.PARAGRAPH:
                continue
            inline = self.inline(index + 1)
            way = find_way(self.text, words.content, words.end, inline)
            if way is None:
                continue
            arrow, raw = way
            link = links[raw.span]
            last = arrow.start
            while last > words.content and self.text[last - 1] in " \t\r\n":
                last -= 1
            condition = (
                plain(" ".join(self.text[words.content : last].split())).rstrip(":").rstrip()
            )
            # Without a name the link leads to the page itself, which begins with its first step.
            place = order.get(link.anchor, head + 1) if link.anchor else 0
            loop = link.page == self.path and place <= head
            found.append(
                Way(
                    condition,
                    link,
                    item.line,
                    Span(item.start, item.end),
                    Span(words.content, last),
                    loop,
                )
            )
        return tuple(found)

    def link(self, raw: RawLink) -> Link:
        target = raw.target.of(self.text).strip()
        page, anchor = resolve(self.path, target)
        return Link(
            text=plain(" ".join(raw.text.of(self.text).split())),
            target=target,
            page=page,
            anchor=anchor,
            line=self.report.lines.number(raw.span.start),
            span=raw.span,
            target_span=raw.target,
            image=raw.image,
        )


@lru_cache(maxsize=4096)
def resolve(path: str, target: str) -> tuple[str, str]:
    """(page, anchor) a link leads to, `page` being a path in the library; "" when it leads outside."""
    if _SCHEME.match(target) or "\0" in target:
        return "", ""
    where, _, anchor = target.partition("#")
    anchor = unquote(anchor)
    if not where:
        return (path, anchor) if target else ("", "")
    where = unquote(where).replace("\\", "/")
    if "\0" in where:
        return "", ""
    joined = normpath(join(dirname(path), where)) if not where.startswith("/") else where[1:]
    if joined == ".." or joined.startswith(("../", "/")):
        return "", ""
    return joined, anchor
