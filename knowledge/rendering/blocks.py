"""Blocks to elements: each block the scanner found becomes one element, so that what is shown is what was parsed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString, code_escape

from knowledge.model import Callout, Heading, Page, Span, Table, Way
from knowledge.rendering.definitions import Definitions, take_definitions
from knowledge.rendering.inlines import CONTROL, Inlines, Tag, chunks
from knowledge.rendering.lines import chain_of, code_of, raw_of, words_of
from knowledge.rendering.options import CALLOUT_ICONS, CALLOUT_WORDS, Options
from knowledge.scan import Block, Type, scan
from knowledge.sections import read_attributes
from knowledge.tables import find_table
from knowledge.text import Lines

_CALLOUT = re.compile(r"\[!([A-Za-z]+)\][ \t]*\n?")
_DEFINITION = re.compile(r":[ \t]+(.*)")
_DEEP_QUOTES = 3
_ALIGN = {(True, True): "center", (False, True): "right", (True, False): "left"}


@dataclass(frozen=True, slots=True)
class Slice:
    """A stretch of Markdown to render: usually a section's body, `offset` being where it stands in the page."""

    text: str
    offset: int = -1
    ways: tuple[Way, ...] = ()
    line: bool = False  # words without blocks: a heading's, a condition's


class TreeBuilder:
    """Makes the elements of one slice."""

    def __init__(
        self,
        page: Page,
        piece: Slice,
        definitions: Definitions,
        options: Options,
        keep: Callable[[str], str],
    ) -> None:
        self.page = page
        self.keep = keep  # takes HTML as an author wrote it, gives the mark that stands for it
        self.text = piece.text
        self.offset = piece.offset
        self.options = options
        self.inlines = Inlines(page.path, definitions, options)
        self.line = piece.line
        self.blocks = [] if piece.line else scan(self.text)
        self.children: dict[int, list[int]] = {}
        for index, block in enumerate(self.blocks):
            self.children.setdefault(block.parent, []).append(index)
        self.ways = {way.span.start - self.offset: way for way in piece.ways}
        self.headings = _headings(page, self.offset, len(self.text))

    def build(self) -> Element:
        root = Element("div")
        if self.line:
            self.words(SubElement(root, "span"), self.text)
            return root
        self.fill(root, self.children.get(-1, []), tight=False)
        if self.inlines.notes:
            self.notes(root)
        return root

    # -- blocks --------------------------------------------------------------------------------

    def fill(self, parent: Element, indexes: list[int], tight: bool) -> None:
        at = 0
        while at < len(indexes):
            index = indexes[at]
            block = self.blocks[index]
            if block.type is not Type.ITEM:
                self.block(parent, index, tight)
                at += 1
                continue
            run = at + 1
            kind = self.marker(block)
            while (
                run < len(indexes)
                and (other := self.blocks[indexes[run]]).type is Type.ITEM
                and self.marker(other) == kind
            ):
                run += 1
            self.items(parent, indexes[at:run])
            at = run

    def marker(self, item: Block) -> str:
        """What items of one list have in common: the bullet, or the sign behind the number."""
        if not item.ordered:
            return self.text[item.start]
        at = item.start
        while self.text[at].isdigit():
            at += 1
        return self.text[at]

    def block(self, parent: Element, index: int, tight: bool) -> None:
        block = self.blocks[index]
        if block.type is Type.PARAGRAPH:
            chain = chain_of(self.blocks, index)
            self.paragraph(parent, words_of(self.text, block, chain), tight)
        elif block.type is Type.HEADING:
            self.heading(parent, index)
        elif block.type is Type.CODE:
            self.code(parent, index)
        elif block.type is Type.HTML:
            self.raw(parent, index)
        elif block.type is Type.QUOTE:
            self.quote(parent, index)
        else:
            SubElement(parent, "hr")

    def words(self, element: Element, text: str) -> Element:
        """Give an element its text, in pieces when there is very much of it."""
        pieces = chunks(self.inlines.prepare(text))
        if len(pieces) == 1:
            element.text = pieces[0]
            return element
        for piece in pieces:
            SubElement(element, "span").text = piece
        return element

    def heading(self, parent: Element, index: int) -> None:
        block = self.blocks[index]
        known = self.headings.get(block.start) if block.parent < 0 else None
        if (
            known is not None
            and self.options.title_in_head
            and known is self.page.headings[0]
            and known.level == 1
            and known.title == self.page.title
        ):
            return
        attributes = read_attributes(self.text, block.content, block.content_end)
        end = attributes.span.start if attributes.span else block.content_end
        words = words_of(self.text, block, chain_of(self.blocks, index), end).replace("\n", " ")
        if known is None:  # in a list, a quote, or a text without a place: bold words, no heading
            outer = SubElement(parent, "p", {"class": "inner-heading"})
            self.words(SubElement(outer, "strong"), words)
            return
        self.words(SubElement(parent, f"h{block.level}", {"id": known.anchor}), words)

    def code(self, parent: Element, index: int) -> None:
        words = code_of(self.text, self.blocks[index], chain_of(self.blocks, index))
        pre = SubElement(parent, "pre")
        SubElement(pre, "code").text = atomic(words.removesuffix("\n"))

    def raw(self, parent: Element, index: int) -> None:
        words = raw_of(self.text, self.blocks[index], chain_of(self.blocks, index))
        words = CONTROL.sub("\ufffd", words)
        SubElement(parent, "div", {"class": "html"}).text = AtomicString(self.keep(words))

    def items(self, parent: Element, items: list[int]) -> None:
        shown = [i for i in items if not self.left_out(i)]
        if not shown:
            return
        first = self.blocks[shown[0]]
        tag = "ol" if first.ordered else "ul"
        element = SubElement(parent, tag)
        if first.ordered:
            number = re.match(r"\d+", self.text[first.start : first.start + 9])
            if number and int(number.group()) != 1:
                element.set("start", str(int(number.group())))
        tight = not self.loose(shown)
        for index in shown:
            item = SubElement(element, "li")
            children = self.children.get(index, [])
            way = self.ways.get(self.blocks[index].start)
            if way is not None:  # the way itself is a button; what else its item says stays
                self.words(SubElement(item, "p"), way.condition_span.of(self.page.text))
                children = children[1:]
            self.fill(item, children, tight)

    def left_out(self, index: int) -> bool:
        """A way on, which the caller shows: unless its item says more than the way."""
        return self.blocks[index].start in self.ways and len(self.children.get(index, ())) < 2

    def loose(self, items: list[int]) -> bool:
        """Whether empty lines stand between the items, or between the blocks of one of them."""
        groups = [items, *(self.children.get(i, []) for i in items)]
        for group in groups:
            for left, right in pairwise(group):
                between = self.text[self.blocks[left].end : self.blocks[right].start]
                if "\n" in between or "\r" in between:
                    return True
        return False

    def quote(self, parent: Element, index: int) -> None:
        children = self.children.get(index, [])
        first = self.blocks[children[0]] if children else None
        found = (
            _CALLOUT.match(self.text, first.content)
            if first is not None and first.type is Type.PARAGRAPH
            else None
        )
        kind: Callout | None = None
        if found is not None:
            name = found.group(1).upper()
            kind = Callout(name) if name in tuple(Callout) else Callout.NOTE
        if kind is Callout.TRAINER and not self.options.trainer:
            return
        if kind is None and self.blocks[index].level >= _DEEP_QUOTES:
            self.fill(SubElement(parent, "blockquote"), children, tight=False)
            return
        cell = self.box(parent, kind)
        if kind is None or first is None:
            self.fill(cell, children, tight=False)
            return
        words = words_of(self.text, first, chain_of(self.blocks, children[0]))
        self.paragraph(cell, _CALLOUT.sub("", words, count=1), tight=False)
        self.fill(cell, children[1:], tight=False)

    def box(self, parent: Element, kind: Callout | None) -> Element:
        """A one-cell table: the only box that the article view can draw."""
        name = f"callout {kind.value.lower()}" if kind else "quote"
        attributes = {"class": name, "width": "100%", "cellspacing": "0", "cellpadding": "0"}
        row = SubElement(SubElement(parent, "table", attributes), "tr")
        cell = SubElement(row, "td", {"class": name})
        if kind is not None:
            word = SubElement(cell, "p", {"class": "callout-word"})
            if self.options.icons:
                role = {Callout.URGENT: "urgent_ink", Callout.LOCAL: "warn_ink"}.get(kind, "ink")
                source = f"icon:{CALLOUT_ICONS[kind]}/{role}"
                SubElement(word, "img", {"src": source, "class": "icon", "alt": ""}).tail = " "
            SubElement(word, "strong").text = AtomicString(CALLOUT_WORDS[kind])
        return cell

    # -- paragraphs ----------------------------------------------------------------------------

    def paragraph(self, parent: Element, words: str, tight: bool) -> None:
        words = take_definitions(words)
        if not words.strip():
            return
        if "|" in words:
            table = self.find_table(words)
            if table is not None:
                before = words[: table.span.start].rstrip()
                if before:
                    self.paragraph(parent, before, tight)
                self.table(parent, table, words)
                return
        if "\n:" in words and self.meanings(parent, words):
            return
        if not tight:
            self.words(SubElement(parent, "p"), words)
        elif len(parent) == 0 and not parent.text:
            self.words(parent, words)
        else:
            self.words(SubElement(parent, "div"), words)

    def find_table(self, words: str) -> Table | None:
        whole = Block(Type.PARAGRAPH, 1, 0, len(words), 0, -1)
        return find_table(words, whole, Lines(words), frozenset())

    def table(self, parent: Element, table: Table, words: str) -> None:
        ladder = table.ladder
        element = SubElement(
            parent,
            "table",
            {
                "class": "ladder" if ladder else "grid",
                "border": "1",
                "cellspacing": "0",
                "cellpadding": "6",
                "width": "100%",
            },
        )
        aligns = self.aligns(table, words)
        head = SubElement(SubElement(element, "thead"), "tr")
        self.row(head, "th", table.header.spans, words, aligns)
        body = SubElement(element, "tbody")
        for row in table.rows:
            self.row(SubElement(body, "tr"), "td", row.spans, words, aligns)

    def row(
        self, row: Element, tag: str, cells: tuple[Span, ...], words: str, aligns: list[str]
    ) -> None:
        missing = len(aligns) - len(cells)
        for number, cell in enumerate([*cells, *[Span(0, 0)] * max(missing, 0)]):
            align = aligns[number] if number < len(aligns) else ""
            element = SubElement(row, tag, {"align": align} if align else {})
            self.words(element, cell.of(words).replace("\\|", "|"))

    def aligns(self, table: Table, words: str) -> list[str]:
        """How each column stands, from the dashes below the header."""
        start = words.find("\n", table.header.spans[0].start) + 1
        end = words.find("\n", start)
        rule = words[start : end if end >= 0 else len(words)].strip().strip("|").split("|")
        found = [_ALIGN.get((c.strip().startswith(":"), c.strip().endswith(":")), "") for c in rule]
        found += [""] * (len(table.header.cells) - len(found))
        return found[: len(table.header.cells)]

    def meanings(self, parent: Element, words: str) -> bool:
        """A term, and on the next lines what it means, each behind a colon."""
        lines = words.split("\n")
        begin = next(n for n, line in enumerate(lines) if n and line.startswith(":"))
        if not _DEFINITION.match(lines[begin]):
            return False
        said: list[str] = []
        for line in lines[begin:]:
            match = _DEFINITION.match(line)
            if match is not None:
                said.append(match.group(1))
            else:
                said[-1] += f"\n{line}"
        element = SubElement(parent, "dl")
        for term in lines[:begin]:
            self.words(SubElement(element, "dt"), term)
        for meaning in said:
            self.words(SubElement(element, "dd"), meaning)
        return True

    def notes(self, root: Element) -> None:
        """The ordinary footnotes this slice refers to, also those met on the way."""
        box = SubElement(root, "div", {"class": "notes"})
        done = 0
        while done < len(self.inlines.notes):
            key = self.inlines.notes[done]
            done += 1
            line = SubElement(box, "p", {"class": "note-text", "id": f"note-{key}"})
            label = self.inlines.put(Tag(f"[{key}]", "note-key"))
            self.words(line, self.inlines.definitions.notes[key])
            if line.text is not None:
                line.text = f"{label} {line.text}"


def _headings(page: Page, offset: int, length: int) -> dict[int, Heading]:
    """The headings of the page that stand in a slice of it, by where they begin there."""
    if offset < 0:
        return {}
    first = bisect_left(page.headings, offset, key=lambda h: h.span.start)
    after = bisect_left(page.headings, offset + length, lo=first, key=lambda h: h.span.start)
    return {h.span.start - offset: h for h in page.headings[first:after]}


def atomic(words: str) -> AtomicString:
    """Text that is shown exactly as it is."""
    return AtomicString(code_escape(CONTROL.sub("\ufffd", words)))
