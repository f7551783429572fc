"""HTML read back by Python's own parser: headings, items, code and addresses, as a test sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())


@dataclass
class Outline:
    headings: list[tuple[int, str]] = field(default_factory=list)  # level and id
    items: list[int] = field(default_factory=list)  # how many items each stands in
    code: list[str] = field(default_factory=list)  # of each `pre`
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    text: str = ""
    unbalanced: list[str] = field(default_factory=list)
    comments: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Outline()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        found = self.found
        found.tags.append((tag, dict(attrs)))
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            found.headings.append((int(tag[1]), dict(attrs).get("id") or ""))
        if tag == "li":
            found.items.append(self.open.count("li"))
        if tag == "pre":
            found.code.append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.found.unbalanced.append(tag)

    def handle_data(self, data):
        self.found.text += data
        if "pre" in self.open:
            self.found.code[-1] += data

    def handle_comment(self, data):
        self.found.comments += 1

    def handle_decl(self, decl):
        self.found.comments += 1

    def handle_pi(self, data):
        self.found.comments += 1


def outline(html: str) -> Outline:
    """What stands in this HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.found.unbalanced += reader.open
    return reader.found
