"""What is shown is what was parsed: headings, items and code in the HTML against the scanner and a reference."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from knowledge.render import Options, Renderer, page_address
from knowledge.scan import Type, scan
from knowledge.source import read_page
from tests.support.nasty import nasty
from tests.support.outline import outline

CONTENT = Path(__file__).parents[2] / "content"
ALL = Options(trainer=True)
FAR_QUOTE = re.compile(r"(?:^|[\r\n])[ \t>]*(?: {4}| {0,3}\t)[ \t]*>")


def starter_pages():
    return [
        read_page(path.relative_to(CONTENT).as_posix(), path.read_bytes())
        for path in sorted(CONTENT.rglob("*.md"))
    ]


def nasty_pages(first, count):
    for number in range(first, first + count):
        yield read_page("pathways/nasty.md", nasty(number).encode())


def headings_of(page):
    """Anchors and levels as read; the title of the page is the caller's to show."""
    found = [(h.level, h.anchor) for h in page.headings]
    first = page.headings[0] if page.headings else None
    if first and first.level == 1 and first.title == page.title:
        shown_by_caller = not any(s.heading.start == first.span.start for s in page.sections[1:])
        return found[1:] if shown_by_caller else found
    return found


def items_of(page):
    """For each list item that is shown, in order: how many items it stands in."""
    start = page.sections[0].span.start
    blocks = scan(page.text, start)
    children = {}
    for index, block in enumerate(blocks):
        children.setdefault(block.parent, []).append(index)
    ways = {way.span.start for section in page.sections for way in section.ways}
    depths = []
    for index, block in enumerate(blocks):
        if block.type is not Type.ITEM:
            continue
        if block.start in ways and len(children.get(index, [])) < 2:
            continue
        depth, parent = 0, block.parent
        while parent >= 0:
            depth += blocks[parent].type is Type.ITEM
            parent = blocks[parent].parent
        depths.append(depth)
    return depths


def reference_code(page):
    """The text of code blocks as a CommonMark program reads them."""
    text = page.text[page.sections[0].span.start :]
    tokens = MarkdownIt("commonmark").parse(text)
    return [t.content for t in tokens if t.type in ("fence", "code_block")]


def code_blocks(page):
    return sum(b.type is Type.CODE for b in scan(page.text, page.sections[0].span.start))


def same(codes, tabs):
    """Code without empty lines around it; programs differ on tabs that reach over a mark's end."""
    blocks = []
    for words in codes:
        lines = [line.strip() if tabs else line.rstrip() for line in words.split("\n")]
        blocks.append("\n".join(lines).strip("\n"))
    return blocks


def comparable(page, wanted):
    """Whether the reference sees the same blocks; it takes a `>` behind four spaces for a quote's mark."""
    if FAR_QUOTE.search(page.text) or "<pre" in page.text:
        return False
    return len(wanted) == code_blocks(page)


def check(page, renderer):
    html = renderer.page(page, ALL)
    if page.sources:
        html = html[: html.rindex('<h2 id="sources">')]
    found = outline(html)
    assert found.headings == headings_of(page), page.text
    assert found.items == items_of(page), page.text
    assert found.unbalanced == [], page.text
    return found


@pytest.mark.parametrize("page", starter_pages(), ids=lambda page: page.path)
def test_the_starter_library_is_shown_as_it_was_read(page):
    found = check(page, Renderer())
    assert same(found.code, False) == same(reference_code(page), False)


@pytest.mark.parametrize("page", starter_pages(), ids=lambda page: page.path)
def test_every_link_and_source_of_the_starter_library_can_be_followed(page):
    renderer = Renderer()
    html = renderer.page(page, Options(trainer=True, ways=True))
    found = outline(html)
    addresses = [a["href"] for _, a in found.tags if "href" in a]
    names = {a["id"] for _, a in found.tags if "id" in a}
    for section in page.sections:
        for link in section.links:
            wanted = page_address(link.page, link.anchor) if link.page else link.target
            assert wanted in addresses, link
    assert [a for a in addresses if a.startswith("#") and a[1:] not in names] == []
    assert not any(a.get("class") in ("blocked", "source-missing") for _, a in found.tags)


def disagreements(first, count):
    """(Pages whose code could be compared with the reference, those of them that differ.)"""
    renderer = Renderer(keep=1)
    compared, different = 0, []
    for page in nasty_pages(first, count):
        found = check(page, renderer)
        wanted = reference_code(page)
        if comparable(page, wanted):
            compared += 1
            tabs = "\t" in page.text
            if same(found.code, tabs) != same(wanted, tabs):
                different.append(page.text)
    return compared, different


def test_nasty_pages_are_shown_as_they_were_read():
    compared, different = disagreements(0, 1500)
    assert compared > 800
    assert different == []


@pytest.mark.long
def test_many_nasty_pages_are_shown_as_they_were_read():
    """The reference has rules of its own on lazy lines behind tabs, about one page in 5,000."""
    compared, different = disagreements(1_000_000, 100_000)
    assert compared > 50_000
    assert len(different) < compared / 2000


def test_nothing_that_was_written_is_lost():
    """Every word of a page is shown, but for marks, definitions, ways on and what HTML hides."""
    renderer = Renderer(keep=1)
    for number in range(500):
        text = nasty(number)
        if any(mark in text for mark in ("<", "[", "---", "===", "→", "->", "#", "!")):
            text = "".join(
                line
                for line in text.split("---", 2)[2].splitlines(keepends=True)
                if not any(
                    mark in line for mark in ("<", "[", "---", "===", "→", "->", "#", "!", "`", "~")
                )
            )
        page = read_page("pages/x.md", text.encode())
        shown = outline(renderer.page(page, ALL)).text
        for word in (
            "words",
            "item",
            "nested",
            "quote",
            "code",
            "meaning",
            "seven",
            "עברית",
            "escaped",
        ):
            assert shown.count(word) == text.count(word), page.text
