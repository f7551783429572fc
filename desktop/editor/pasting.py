"""What is pasted from Word or a web page, as clean Markdown: headings, lists, links, tables, bold and italic."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from desktop.editor.runs import Run, markdown, plain
from knowledge.editing.words import escape_first

MOST = 10_000_000
_SILENT = {"style", "script", "title", "xml", "del", "template", "noscript", "svg", "select"}
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = set("p div section article header footer main pre blockquote dt dd figcaption".split())
_BOLD, _ITALIC = {"b", "strong"}, {"i", "em"}
_WEB = ("http://", "https://", "mailto:", "tel:")
_LEFT_OUT = re.compile(
    r"mso-hide\s*:\s*all|display\s*:\s*none|mso-element\s*:\s*(?:comment|footnote-separator)"
)
_COMMENT = re.compile(r"\bmso(?:com|commentreference|del)", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)")
_SLANT = re.compile(r"font-style\s*:\s*(\w+)")
_LEVEL = re.compile(r"mso-list\s*:[^;]*\blevel(\d)")
_OUTLINE = re.compile(r"mso-outline-level\s*:\s*(\d)")
_LIST_CLASS = re.compile(r"\bMso(?:List|ListParagraph|ListBullet|ListNumber)", re.IGNORECASE)
_HEAD_CLASS = re.compile(r"\bMso(Title|Heading(\d))", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.IGNORECASE)
_BULLET = re.compile(r"[•·▪◦●‣§\uf0b7\uf0a7\uf0d8]\s*")
_TYPED = re.compile(r"(?:[-–]|(\d{1,2})[.)])\s+")


@dataclass(slots=True)
class Block:
    """A paragraph, heading, item or table; `level` of a heading or an item."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    level: int = 0
    numbered: bool = False
    rows: list[list[list[Block]]] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table being read, and what stood around it."""

    rows: list[list[list[Block]]]
    outer: list[Block]


@dataclass(slots=True)
class Open:
    """A tag that is not closed yet, and how words in it look: as around it, but for what it changed."""

    tag: str
    silent: bool = False
    bold: bool = False
    italic: bool = False
    link: str = ""
    marker: bool = False


_NOTHING = Open("")


def as_markdown(html: str) -> str:
    """The words of a piece of HTML; "" when there is nothing in it, or far too much."""
    if len(html) > MOST:
        return ""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    while reader.tables:
        reader.end_table()
    return written(reader.blocks)


class _Reader(HTMLParser):
    """Collects blocks; keeps only what Markdown has a sign for."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.block = Block("p")
        self.open: list[Open] = []
        self.lists: list[bool] = []  # whether each list that is open is numbered
        self.tables: list[Table] = []
        self.marker = ""  # what Word wrote before an item: a bullet, or a number
        self.silent = 0

    def updatepos(self, i: int, j: int) -> int:
        """Nobody asks for lines here, and counting them takes its time."""
        return j

    # -- tags ---------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        style, name = values.get("style", ""), values.get("class", "")
        if tag in ("br", "hr"):
            self.end_block(hard=tag == "hr")
            return
        if tag in ("meta", "link", "img", "input", "col", "base", "area", "wbr", "source"):
            return
        outer = self.open[-1] if self.open else _NOTHING
        found = Open(tag, False, outer.bold, outer.italic, outer.link, outer.marker)
        found.silent = tag in _SILENT
        if values:
            found.silent |= bool(_LEFT_OUT.search(style)) or bool(_COMMENT.search(name))
            found.marker |= "mso-list:ignore" in style.replace(" ", "").lower()
        self.silent += found.silent
        self._look(found, tag, values)
        self.open.append(found)
        if not self.silent:
            self._begin(tag, style, name, values)

    def _look(self, found: Open, tag: str, values: dict[str, str]) -> None:
        style = values.get("style", "")
        weight, slant = _WEIGHT.search(style), _SLANT.search(style)
        if weight is not None and tag not in ("td", "th", "p", "div", "table"):
            heavy = weight.group(1)
            found.bold = heavy in ("bold", "bolder") or (heavy.isdigit() and int(heavy) >= 600)
        elif tag in _BOLD:
            found.bold = True
        if slant is not None and tag not in ("td", "th", "p", "div", "table"):
            found.italic = slant.group(1) in ("italic", "oblique")
        elif tag in _ITALIC:
            found.italic = True
        if tag == "a":
            goal = values.get("href", "").strip()
            found.link = goal if goal.lower().startswith(_WEB) else ""

    def _begin(self, tag: str, style: str, name: str, values: dict[str, str]) -> None:
        if tag in _HEADINGS:
            self.end_block()
            self.block = Block("h", level=_HEADINGS[tag])
        elif tag in ("ul", "ol"):
            self.end_block()
            self.lists.append(tag == "ol")
        elif tag == "li":
            self.end_block()
            numbered = self.lists[-1] if self.lists else False
            self.block = Block("li", level=max(1, len(self.lists)), numbered=numbered)
        elif tag == "table":
            self.end_block()
            self.tables.append(Table([], self.blocks))
            self.blocks = []
        elif tag == "tr" and self.tables:
            self.end_cell()
            self.tables[-1].rows.append([])
        elif tag in ("td", "th") and self.tables:
            self.end_cell()
            if not self.tables[-1].rows:
                self.tables[-1].rows.append([])
            wide = values.get("colspan", "1")
            more = min(20, int(wide)) - 1 if wide.isdigit() else 0
            self.tables[-1].rows[-1] += [[] for _ in range(1 + max(0, more))]
            self.tables[-1].rows[-1][-1 - max(0, more)] = self.blocks = []
        elif tag in _BLOCKS:
            self._paragraph(style, name)

    def _paragraph(self, style: str, name: str) -> None:
        """Word's paragraphs say by class and style what they are."""
        if self.block.kind == "li" and not self.block.runs:
            return  # the paragraph inside an item is the item
        self.end_block()
        level, outline, head = (
            _LEVEL.search(style),
            _OUTLINE.search(style),
            _HEAD_CLASS.search(name),
        )
        if head is not None or outline is not None:
            number = head.group(2) if head is not None else outline.group(1) if outline else None
            self.block = Block("h", level=int(number or 1))
        elif level is not None:
            self.block = Block("li", level=int(level.group(1)))
        elif _LIST_CLASS.search(name):
            self.block = Block("maybe", level=1)  # an item if a bullet stands before it
        self.marker = ""

    def handle_endtag(self, tag: str) -> None:
        at = len(self.open) - 1
        while at >= 0 and self.open[at].tag != tag:
            at -= 1
        if at < 0:
            return
        if tag not in ("td", "th", "tr", "table") and any(
            one.tag in ("td", "th") for one in self.open[at + 1 :]
        ):
            return  # a stray end inside a cell closes nothing around it
        heard = not self.silent
        for one in self.open[at:]:
            self.silent -= one.silent
        del self.open[at:]
        if not heard:
            return
        if tag in ("ul", "ol"):
            self.end_block()
            if self.lists:
                self.lists.pop()
        elif tag in ("td", "th", "tr") and self.tables:
            self.end_cell()
        elif tag == "table" and self.tables:
            self.end_table()
        elif tag in _BLOCKS or tag in _HEADINGS or tag == "li":
            self.end_block()

    # -- words --------------------------------------------------------------------------------

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        around = self.open[-1] if self.open else _NOTHING
        if around.marker:
            self.marker += data
            return
        self.block.runs.append(Run(data, around.bold, around.italic, around.link))

    # -- blocks -------------------------------------------------------------------------------

    def end_block(self, hard: bool = False) -> None:
        """Begin another line."""
        block, marker = self.block, self.marker.strip()
        if not plain(block.runs):
            if block.kind != "li" or hard:
                self.block = Block("p")
            return
        if block.kind == "maybe":
            block.kind = "li" if marker else "p"
        if block.kind == "li" and marker:
            block.numbered = bool(_NUMBER.fullmatch(marker))
        self.blocks.append(block)
        self.block, self.marker = Block("p"), ""

    def end_cell(self) -> None:
        """What follows belongs to no cell until the next one begins."""
        self.end_block(hard=True)
        self.block = Block("p")
        self.blocks = []

    def end_table(self) -> None:
        self.end_cell()
        table = self.tables.pop()
        self.blocks = table.outer
        rows = [row for row in table.rows if any(cell for cell in row)]
        if any(len(row) > 1 for row in rows):
            self.blocks.append(Block("table", rows=rows))
        else:  # one column only arranges things on a screen
            self.blocks += [block for row in rows for cell in row for block in cell]


def written(blocks: list[Block]) -> str:
    """The blocks below one another, items of one list close together."""
    out: list[str] = []
    last = ""
    counts: dict[int, int] = {}
    for block in blocks:
        text, listed = _line(block, counts)
        if not text:
            continue
        gap = "" if not out else "\n" if listed and last == "listed" else "\n\n"
        out += [gap, text]
        last = "listed" if listed else "words"
        if not listed:
            counts = {}
    return "".join(out)


def _line(block: Block, counts: dict[int, int]) -> tuple[str, bool]:
    if block.kind == "table":
        return _table(block.rows), False
    if block.kind == "h":
        words = markdown([Run(run.text, link=run.link) for run in block.runs])
        return f"{'#' * min(6, max(2, block.level))} {words}", False
    words = markdown(block.runs)
    typed = _TYPED.match(words)
    if block.kind != "li" and (found := _BULLET.match(words)):
        return f"- {words[found.end() :]}", True
    if block.kind != "li" and typed is not None:
        mark = f"{typed.group(1)}. " if typed.group(1) else "- "
        return mark + words[typed.end() :], True
    if block.kind != "li":
        return escape_first(words), False
    bullet = _BULLET.match(words) or typed
    words = words[bullet.end() :] if bullet else words
    for deeper in [level for level in counts if level > block.level]:
        del counts[deeper]
    counts[block.level] = counts.get(block.level, 0) + 1
    mark = f"{counts[block.level]}. " if block.numbered else "- "
    return "   " * (block.level - 1) + mark + words, True


def _table(rows: list[list[list[Block]]]) -> str:
    wide = max(len(row) for row in rows)
    lines = [[_cell(cell) for cell in row] + [""] * (wide - len(row)) for row in rows]
    lines[0] = [_unmarked(cell) for cell in lines[0]]
    shown = ["| " + " | ".join(line) + " |" for line in lines]
    shown.insert(1, "|" + "---|" * wide)
    return "\n".join(shown)


def _unmarked(words: str) -> str:
    """A heading of a column is bold by itself."""
    inner = words[2:-2]
    whole = words.startswith("**") and words.endswith("**") and "**" not in inner
    return inner if whole and inner else words


def _cell(blocks: list[Block]) -> str:
    """All of a cell on one line; a table inside it in order of reading."""
    parts = []
    for block in blocks:
        if block.kind == "table":
            parts += [": ".join(filter(None, map(_cell, row))) for row in block.rows]
        else:
            parts.append(markdown(block.runs).replace("|", "\\|"))
    listed = len(parts) > 1 and any(block.kind in ("li", "table") for block in blocks)
    return ("; " if listed else " ").join(filter(None, parts))
