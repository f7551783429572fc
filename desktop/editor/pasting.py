"""What is pasted from Word or a web page, as clean Markdown: headings, lists, links, tables, bold and italic."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MOST = 5_000_000
_SKIP = {"style", "script", "head", "title", "xml", "o:p", "meta"}
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = {"p", "div", "section", "article", "blockquote", "pre", "br", *_HEADINGS}
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_SAFE = ("http://", "https://", "mailto:", "tel:", "#")


def as_markdown(html: str) -> str:
    """The words of a piece of HTML; "" when there is nothing in it, or far too much."""
    if len(html) > MOST:
        return ""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.words()


class _Reader(HTMLParser):
    """Collects blocks; keeps only what Markdown has a sign for."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self.line: list[str] = []
        self.before = ""
        self.skipped = 0
        self.lists: list[list[int | str]] = []
        self.links: list[str] = []
        self.rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIP:
            self.skipped += tag not in ("meta",)
            return
        values = dict(attrs)
        if tag in _BLOCKS and self.rows is None:
            self.flush()
            if tag in _HEADINGS:
                self.before = "#" * max(2, _HEADINGS[tag]) + " "
        elif tag in ("ul", "ol"):
            self.flush()
            self.lists.append([tag, 0])
        elif tag == "li":
            self.flush()
            self.before = self.item()
        elif tag == "table":
            self.flush()
            self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.line = []
        elif tag == "a":
            goal = (values.get("href") or "").strip()
            goal = goal if goal.lower().startswith(_SAFE) and len(goal) > 1 else ""
            self.links.append(goal)
            self.line.append("[" if goal else "")
        elif tag in _MARKS:
            self.line.append(_MARKS[tag])

    def item(self) -> str:
        if not self.lists:
            return "- "
        kind = self.lists[-1]
        kind[1] = int(kind[1]) + 1
        indent = "   " * (len(self.lists) - 1)
        return indent + (f"{kind[1]}. " if kind[0] == "ol" else "- ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIP:
            self.skipped = max(0, self.skipped - (tag != "meta"))
        elif tag in _BLOCKS and self.rows is None:
            self.flush()
        elif tag in ("ul", "ol"):
            self.flush()
            if self.lists:
                self.lists.pop()
        elif tag == "li":
            self.flush()
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append(self.take().replace("|", "\\|"))
        elif tag == "table" and self.rows is not None:
            self.table()
        elif tag == "a" and self.links:
            goal = self.links.pop()
            self.line.append(f"]({goal})" if goal else "")
        elif tag in _MARKS:
            self.line.append(_MARKS[tag])

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.line.append(data)

    def take(self) -> str:
        words = " ".join("".join(self.line).replace("\u00a0", " ").split())
        self.line = []
        words = re.sub(r"(?<!\*)\*\*\s*\*\*(?!\*)", "", words)  # bold around nothing
        return re.sub(r"^[•·▪◦●‣§]\s*", "- ", words)

    def flush(self) -> None:
        if self.rows is not None:
            return
        words = self.take()
        if words:
            mark = "" if words.startswith("- ") and self.before.endswith("- ") else self.before
            self.blocks.append(mark + words)
            self.before = ""

    def table(self) -> None:
        rows = [row for row in self.rows or [] if any(row)]
        self.rows = None
        if not rows:
            return
        wide = max(len(row) for row in rows)
        lines = ["| " + " | ".join([*row, *[""] * (wide - len(row))]) + " |" for row in rows]
        lines.insert(1, "|" + "---|" * wide)
        self.blocks.append("\n".join(lines))

    def words(self) -> str:
        self.flush()
        out = ""
        last = ""
        for block in self.blocks:
            listed = re.match(r"\s*(?:-|\d+\.) ", block) is not None
            both = listed and re.match(r"\s*(?:-|\d+\.) ", last) is not None
            out += ("" if not out else "\n" if both else "\n\n") + block
            last = block
        return out
