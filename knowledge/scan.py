"""The one scanner: the blocks of a Markdown text and where they stand, by CommonMark's rules for blocks.

It answers what is a heading, a list item, a block quote, a paragraph, and what is code or raw HTML in which
nothing counts. One pass over the lines; containers nest at most `MAX_DEPTH` deep so that the time stays linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

MAX_DEPTH = 64


class Type(IntEnum):
    """What a block is."""

    PARAGRAPH = 0
    HEADING = 1
    CODE = 2
    HTML = 3
    RULE = 4
    ITEM = 5
    QUOTE = 6


@dataclass(slots=True)
class Block:
    """A block from `start` to `end` in the text. Items and quotes hold the blocks that name them `parent`.

    `content` is where the words begin: behind the `#`s, the list marker, the first `>`.
    """

    type: Type
    line: int
    start: int
    end: int
    content: int
    parent: int  # index of the item or quote it stands in, -1 at the top
    level: int = 0  # headings: 1 to 6; items and quotes: how deep they nest, 0 at the top
    content_end: int = 0  # headings: where the words end
    ordered: bool = False
    setext: bool = False
    indent: int = 0  # items: the column their content stands in; paragraphs: lines' own indent
    inset: int = 0  # items: how far in their content stands, from where their own container's does


_FENCE = re.compile(r"(`{3,}|~{3,})([^\r\n]*)")
_ITEM = re.compile(r"([-+*])(?=[ \t\r\n]|$)|(\d{1,9})([.)])(?=[ \t\r\n]|$)")
_RULE = re.compile(r"(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$")
_SETEXT = re.compile(r"(=+|-+)[ \t]*$")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")

_HTML_BLOCKS = frozenset(
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl "
    "dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend "
    "li link main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td "
    "tfoot th thead title tr track ul".split()
)
_HTML_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?=[ \t>/]|$)")
_HTML_VERBATIM = re.compile(r"<(?:script|pre|style|textarea)(?=[ \t>]|$)", re.IGNORECASE)
_HTML_VERBATIM_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_ATTRIBUTE = r"[ \t]+[A-Za-z_:][\w:.-]*(?:[ \t]*=[ \t]*(?:[^ \t\"'=<>`]+|'[^']*'|\"[^\"]*\"))?"
_HTML_ALONE = re.compile(
    rf"(?:<[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*[ \t]*/?>|</[A-Za-z][A-Za-z0-9-]*[ \t]*>)[ \t]*$"
)
_HTML_ALONE_LIMIT = 2000
_SPECIAL = frozenset("#>-+*`~<=_ \t0123456789")


def scan(text: str, start: int = 0, first_line: int = 1) -> list[Block]:
    """Every block of `text` from `start` on, in the order in which they begin."""
    return _Scanner(text, start, first_line).run()


class _Scanner:
    """The state between two lines: open containers, and the leaf that is being read."""

    def __init__(self, text: str, start: int, first_line: int) -> None:
        self.text = text
        self.at = start
        self.line = first_line - 1
        self.blocks: list[Block] = []
        self.open: list[int] = []  # open containers, outermost first, as indexes of blocks
        self.leaf = -1  # the paragraph, code or HTML block being read
        self.fence = ""  # the run that closes the code block; "" for indented code
        self.fence_indent = 0
        self.html_end: re.Pattern[str] | str | None = None  # None: a blank line ends it

    def run(self) -> list[Block]:
        for match in _LINE.finditer(self.text, self.at):
            self.line += 1
            self.read(match.start(), match.end())
        return self.blocks

    # -- one line -----------------------------------------------------------------------------

    def read(self, start: int, end: int) -> None:
        text = self.text
        stop = end
        while stop > start and text[stop - 1] in "\r\n":
            stop -= 1
        leaf = self.blocks[self.leaf] if self.leaf >= 0 else None
        if not self.open and (leaf is None or leaf.type is Type.PARAGRAPH):  # most lines by far
            if start == stop:
                self.leaf = -1
                return
            if text[start] not in _SPECIAL:
                if leaf is None:
                    self.leaf = self.add(Type.PARAGRAPH, start, end, start)
                else:
                    leaf.end = end
                return
        pos, column, matched = self.match_containers(start, stop)
        all_matched = matched == len(self.open)
        if leaf is not None and all_matched and leaf.type in (Type.CODE, Type.HTML):
            if self.continue_verbatim(leaf, pos, column, stop, end):
                return
            leaf = None
        if not all_matched and leaf is not None and leaf.type is not Type.PARAGRAPH:
            self.leaf = -1
            leaf = None
        self.open_blocks(pos, column, stop, end, matched, leaf)

    def match_containers(self, start: int, stop: int) -> tuple[int, int, int]:
        """How far the line goes on in the open containers: (position, column, how many matched)."""
        text = self.text
        pos, column = start, 0
        at, to = self.skip_space(pos, column, stop)
        for number, index in enumerate(self.open):
            block = self.blocks[index]
            if block.type is Type.QUOTE:
                if at < stop and text[at] == ">" and to - column <= 3:
                    pos, column = at + 1, to + 1
                    if pos < stop and text[pos] in " \t":
                        pos, column = self.advance(pos, column, 1, stop)
                    at, to = self.skip_space(pos, column, stop)
                    continue
                return pos, column, number
            if at >= stop:
                # A blank line goes on in an item, unless the item began with one and is still empty.
                if self.blocks[-1] is block:
                    return pos, column, number
                continue
            if to - column >= block.inset:
                pos, column = self.advance(pos, column, block.inset, stop)
                continue
            return pos, column, number
        return pos, column, len(self.open)

    def continue_verbatim(self, leaf: Block, pos: int, column: int, stop: int, end: int) -> bool:
        """Whether the line belongs to the open code or HTML block; closes the block where it ends."""
        at, to = self.skip_space(pos, column, stop)
        if leaf.type is Type.HTML:
            if self.html_end is None:
                if at >= stop:
                    self.leaf = -1
                    return False
            elif self.ends_html(pos, stop):
                self.leaf = -1
            self.extend(leaf, end)
            return True
        if self.fence:
            closing = self.fence[0]
            if to - column <= 3 and at < stop and self.text[at] == closing:
                run = at
                while run < stop and self.text[run] == closing:
                    run += 1
                if run - at >= len(self.fence) and not self.text[run:stop].strip(" \t"):
                    self.leaf = -1
            self.extend(leaf, end)
            return True
        if at >= stop:  # indented code: blank lines inside belong to it, trailing ones do no harm
            return True
        if to - column >= 4:
            self.extend(leaf, end)
            return True
        self.leaf = -1
        return False

    def open_blocks(
        self, pos: int, column: int, stop: int, end: int, matched: int, leaf: Block | None
    ) -> None:
        """Open what begins on this line, then give the rest of it to a paragraph."""
        text = self.text
        paragraph = leaf if leaf is not None and leaf.type is Type.PARAGRAPH else None
        lazy = matched < len(self.open)
        while True:
            at, to = self.skip_space(pos, column, stop)
            indent = to - column
            if at >= stop:
                self.close_to(matched)
                self.leaf = -1
                return
            if indent >= 4 and paragraph is not None:
                break
            if indent >= 4:
                self.close_to(matched)
                self.fence = ""
                self.leaf = self.add(Type.CODE, pos, end, pos)
                return
            char = text[at]
            if char == ">" and len(self.open) < MAX_DEPTH:
                self.close_to(matched)
                pos, column = at + 1, to + 1
                if pos < stop and text[pos] in " \t":
                    pos, column = self.advance(pos, column, 1, stop)
                self.push(Type.QUOTE, at, end, pos)
                matched, lazy, paragraph = len(self.open), False, None
                continue
            if char in "#`~<=-_*+0123456789":
                done = self.leaf_block(
                    at, to, stop, end, matched, None if lazy else paragraph, paragraph
                )
                if done:
                    return
                item = self.item(at, to, column, stop, end, matched, paragraph)
                if item is not None:
                    pos, column = item
                    matched, lazy, paragraph = len(self.open), False, None
                    continue
            break
        if paragraph is not None:  # goes on, also lazily without its containers' marks
            self.extend(paragraph, end)
            return
        self.close_to(matched)
        self.leaf = self.add(Type.PARAGRAPH, at, end, at)
        self.blocks[self.leaf].indent = to

    # -- what a line can begin ----------------------------------------------------------------

    def leaf_block(
        self,
        at: int,
        to: int,
        stop: int,
        end: int,
        matched: int,
        underlined: Block | None,
        interrupted: Block | None,
    ) -> bool:
        """Read a heading, fence, HTML block or rule that begins at `at`; False when it is none of them."""
        text = self.text
        char = text[at]
        if char == "#":
            return self.atx(at, stop, end, matched)
        if char in "`~":
            found = _FENCE.match(text, at, stop)
            if found is None or (char == "`" and "`" in found.group(2)):
                return False
            self.close_to(matched)
            self.fence, self.fence_indent = found.group(1), to
            self.leaf = self.add(Type.CODE, at, end, found.end(1))
            return True
        if char == "<":
            return self.html(at, stop, end, matched, interrupted)
        if char in "=-" and underlined is not None and _SETEXT.match(text, at, stop):
            self.setext(underlined, char, at, end)
            return True
        if char in "-_*" and _RULE.match(text, at, stop):
            self.close_to(matched)
            self.leaf = -1
            self.add(Type.RULE, at, end, at)
            return True
        return False

    def atx(self, at: int, stop: int, end: int, matched: int) -> bool:
        text = self.text
        pos = at
        while pos < stop and text[pos] == "#":
            pos += 1
        level = pos - at
        if level > 6 or (pos < stop and text[pos] not in " \t"):
            return False
        while pos < stop and text[pos] in " \t":
            pos += 1
        last = stop
        while last > pos and text[last - 1] in " \t":
            last -= 1
        closing = last
        while closing > pos and text[closing - 1] == "#":
            closing -= 1
        if closing < last and (closing == pos or text[closing - 1] in " \t"):
            last = closing
            while last > pos and text[last - 1] in " \t":
                last -= 1
        self.close_to(matched)
        self.leaf = -1
        index = self.add(Type.HEADING, at, end, pos)
        self.blocks[index].level = level
        self.blocks[index].content_end = last
        return True

    def setext(self, paragraph: Block, char: str, at: int, end: int) -> None:
        last = at
        while last > paragraph.content and self.text[last - 1] in " \t\r\n>":
            last -= 1
        paragraph.type = Type.HEADING
        paragraph.level = 1 if char == "=" else 2
        paragraph.setext = True
        paragraph.content_end = last
        self.extend(paragraph, end)
        self.leaf = -1

    def html(self, at: int, stop: int, end: int, matched: int, paragraph: Block | None) -> bool:
        text = self.text
        ending: re.Pattern[str] | str | None
        if _HTML_VERBATIM.match(text, at, stop):
            ending = _HTML_VERBATIM_END
        elif text.startswith("<!--", at):
            ending = "-->"
        elif text.startswith("<?", at):
            ending = "?>"
        elif text.startswith("<![CDATA[", at):
            ending = "]]>"
        elif text.startswith("<!", at) and text[at + 2 : at + 3].isalpha():
            ending = ">"
        else:
            tag = _HTML_TAG.match(text, at, stop)
            block = tag is not None and tag.group(1).lower() in _HTML_BLOCKS
            alone = (
                not block
                and paragraph is None
                and stop - at <= _HTML_ALONE_LIMIT
                and _HTML_ALONE.match(text, at, stop) is not None
            )
            if not block and not alone:
                return False
            ending = None
        self.close_to(matched)
        self.leaf = self.add(Type.HTML, at, end, at)
        self.html_end = ending
        if ending is not None and self.ends_html(at, stop):
            self.leaf = -1
        return True

    def ends_html(self, at: int, stop: int) -> bool:
        if isinstance(self.html_end, str):
            return self.text.find(self.html_end, at, stop) >= 0
        return self.html_end is not None and self.html_end.search(self.text, at, stop) is not None

    def item(
        self,
        at: int,
        to: int,
        base: int,
        stop: int,
        end: int,
        matched: int,
        paragraph: Block | None,
    ) -> tuple[int, int] | None:
        """Open the list item that begins at `at`; where its content begins, or None when it is no item."""
        text = self.text
        found = _ITEM.match(text, at, stop)
        if found is None or len(self.open) >= MAX_DEPTH:
            return None
        pos, column = found.end(), to + found.end() - at
        words, words_column = self.skip_space(pos, column, stop)
        empty = words >= stop
        breaks_in = paragraph is not None and matched == len(self.open)
        if breaks_in and (empty or found.group(2) not in (None, "1")):
            return None  # only `-` or `1.` with words may break into a paragraph
        gap = words_column - column
        self.close_to(matched)
        if empty or gap > 4:
            after = column + 1
            if pos < stop:
                pos, column = self.advance(pos, column, 1, stop)
        else:
            after = words_column
            pos, column = words, words_column
        index = self.push(Type.ITEM, at, end, stop if empty else pos)
        block = self.blocks[index]
        block.ordered = found.group(2) is not None
        block.indent, block.inset = after, after - base
        if empty:
            block.content = block.end
        return pos, column

    # -- keeping the books --------------------------------------------------------------------

    def add(self, kind: Type, start: int, end: int, content: int) -> int:
        parent = self.open[-1] if self.open else -1
        self.blocks.append(Block(kind, self.line, start, end, content, parent))
        for index in self.open:
            self.blocks[index].end = end
        return len(self.blocks) - 1

    def push(self, kind: Type, start: int, end: int, content: int) -> int:
        depth = len(self.open)
        index = self.add(kind, start, end, content)
        self.blocks[index].level = depth
        self.open.append(index)
        self.leaf = -1
        return index

    def extend(self, block: Block, end: int) -> None:
        block.end = end
        for index in self.open:
            self.blocks[index].end = end

    def close_to(self, depth: int) -> None:
        if depth < len(self.open):
            del self.open[depth:]
            self.leaf = -1

    def skip_space(self, pos: int, column: int, stop: int) -> tuple[int, int]:
        text = self.text
        while pos < stop:
            char = text[pos]
            if char == " ":
                column += 1
            elif char == "\t":
                column += 4 - column % 4
            else:
                break
            pos += 1
        return pos, column

    def advance(self, pos: int, column: int, columns: int, stop: int) -> tuple[int, int]:
        """Go on by so many columns of white space; a tab that reaches beyond stays, as it is shown."""
        goal = column + columns
        while pos < stop and column < goal and self.text[pos] in " \t":
            width = 1 if self.text[pos] == " " else 4 - column % 4
            if column + width > goal:
                return pos, goal  # part of a tab: the rest of it still counts as indent
            column += width
            pos += 1
        return pos, max(column, goal) if pos < stop else column
