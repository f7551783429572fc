"""Headings and list items in whole spoilt pages, beside a CommonMark reader; where the two differ, and why."""

import re

import pytest
from markdown_it import MarkdownIt

from knowledge.scan import Type, scan
from tests.support.spoilt import seeded, text_of

COMMONMARK = MarkdownIt("commonmark", {"maxNesting": 200})

# A link definition is no paragraph to the standard, so what follows it may be a list that begins with 10 or an
# underline that underlines nothing. We know no link definitions and take the line for words.
DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]: *\S+\n(?=[^\n])", re.MULTILINE)
# Four spaces before a > are code by the standard; the reference goes on with the quote above.
INDENTED_QUOTE = re.compile(r"^>.*\n {4,}>", re.MULTILINE)


def as_commonmark_has_it(text):
    found = []
    for token in COMMONMARK.parse(text):
        if token.type == "heading_open":
            found.append((token.map[0] + 1, "heading", int(token.tag[1])))
        elif token.type == "list_item_open":
            found.append((token.map[0] + 1, "item", 0))
    return sorted(found)


def as_we_have_it(text):
    kinds = {Type.HEADING: "heading", Type.ITEM: "item"}
    return sorted(
        (b.line, kinds[b.type], b.level * (b.type is Type.HEADING))
        for b in scan(text)
        if b.type in kinds
    )


def body_of(seed):
    text = text_of(seeded(seed))
    return text[text.find("\n## ") + 1 :] if text.startswith("---") else text


@pytest.mark.slow
def test_headings_and_items_are_those_of_commonmark_but_for_two_corners():
    differ = {
        n: text
        for n in range(6_000)
        if as_we_have_it(text := body_of(n)) != as_commonmark_has_it(text)
    }
    known = {
        n for n, text in differ.items() if DEFINITION.search(text) or INDENTED_QUOTE.search(text)
    }
    assert sorted(differ.keys() - known) == []
    assert len(known) <= 6, "the corners are met about once in 4,000 pages"


@pytest.mark.parametrize(
    ("text", "ours", "theirs"),
    [
        ("[b]: #a\n10) x\n", [], [(2, "item", 0)]),
        ("[b]: #a\nwords\n===\n", [(1, "heading", 1)], [(2, "heading", 1)]),
        (
            "> words\n\n> # A\n    > # B\n",
            [(3, "heading", 1)],
            [(3, "heading", 1), (4, "heading", 1)],
        ),
    ],
)
def test_the_corners_shown(text, ours, theirs):
    assert as_we_have_it(text) == ours
    assert as_commonmark_has_it(text) == theirs
