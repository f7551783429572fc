"""The scanner: what is a heading, an item, a quote, and what is code in which nothing counts."""

import random
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from knowledge.scan import MAX_DEPTH, Type, scan
from tests.support.pages import drawn_blocks


def same(text, expected):
    assert drawn_blocks(dedent(text).strip("\n")) == dedent(expected).strip("\n")


def test_headings_paragraphs_and_lists():
    same(
        """
        # One ##
        text
        goes on

        Two {#two}
        ---
        - item
          - inner
        1. numbered
        """,
        """
        1 heading1 One
        2 paragraph text goes on
        5 heading2 Two {#two}
        7 item
          7 paragraph item
          8 item
            8 paragraph inner
        9 item
          9 paragraph numbered
        """,
    )


def test_nothing_counts_in_code_fenced_indented_or_in_html():
    same(
        """
        ```md
        ## not a heading
        - no → [way](#on)
        ```
        ~~~~
        ```
        ~~~~

            ## indented

        <div>
        ## in html
        </div>

        <!-- ## hidden

        ## hidden too -->
        ## Heading
        """,
        """
        1 code md ## not a heading - no → [way](#on) ```
        5 code ``` ~~~~
        9 code ## indented
        11 html <div> ## in html </div>
        15 html <!-- ## hidden ## hidden too -->
        18 heading2 Heading
        """,
    )


def test_a_heading_in_a_list_or_a_quote_stands_inside_it():
    same(
        """
        - ## In a list

        > ## In a quote
        > and more
        lazily

        ## Outside
        """,
        """
        1 item
          1 heading2 In a list
        3 quote
          3 heading2 In a quote
          4 paragraph and more lazily
        7 heading2 Outside
        """,
    )


def test_a_fence_inside_a_list_item_ends_with_the_item():
    same(
        """
        - ```
          code
        ## Heading
        """,
        """
        1 item
          1 code code
        3 heading2 Heading
        """,
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_line_ending_gives_the_same_blocks(newline):
    text = "# A\n\n- b\n\n  c\n> d\n\n```\n## e\n```\nF\n===\n"
    assert drawn_blocks(text.replace("\n", newline)) == drawn_blocks(text)


def test_seven_signs_no_space_or_a_backslash_make_no_heading():
    same(
        """
        ####### seven
        #tight
        \\# escaped
        """,
        "1 paragraph ####### seven #tight \\# escaped",
    )


def test_a_heading_may_be_empty_and_may_end_in_signs():
    same(
        "#\n## ##\n### a # b #\n#### c#", "1 heading1\n2 heading2\n3 heading3 a # b\n4 heading4 c#"
    )


def test_only_a_list_that_begins_with_one_breaks_into_a_paragraph():
    same(
        """
        call
        3. not a list
        - a list
        """,
        """
        1 paragraph call 3. not a list
        3 item
          3 paragraph a list
        """,
    )


def test_nesting_past_the_limit_is_text():
    for sign in ("> ", "- ", "1. "):
        blocks = scan(sign * 500 + "a\n")
        assert len(blocks) == MAX_DEPTH + 1
        assert blocks[-1].type is Type.PARAGRAPH


# -- beside a CommonMark reader -------------------------------------------------------------------

PIECES = [
    *(
        "# a|## b|##c|### |text|- |- x|* y|1. z|2) w|10. q|+ p|> |>|---|===|***|- - -|#| ##".split(
            "|"
        )
    ),
    *("```|````|~~~|<div>|</div>|<!--|-->|<b>|<pre>|</pre>|<?|?>|<a href='x'>|`|&amp;".split("|")),
    *("[a](b)|-> |→ |{#id}|\\".split("|")),
    *(" ", "  ", "   ", "    ", "\t", "\n", "\n", "\n", "\n", "\n\n", "\n\n"),
    *("| a | b |", "|---|---|"),
]
COMMONMARK = MarkdownIt("commonmark", {"maxNesting": 200})


def as_commonmark_has_it(text):
    found, depth = set(), 0
    for token in COMMONMARK.parse(text):
        line = token.map[0] + 1 if token.map else 0
        if token.type == "heading_open":
            found.add(("heading", line, int(token.tag[1]), depth))
        elif token.type in ("fence", "code_block"):
            found.add(("code", line, 0, depth))
        elif token.type == "html_block":
            found.add(("html", line, 0, depth))
        elif token.type == "hr":
            found.add(("rule", line, 0, depth))
        elif token.type in ("list_item_open", "blockquote_open"):
            found.add(("item" if token.type == "list_item_open" else "quote", line, 0, depth))
        if token.type in ("list_item_open", "blockquote_open"):
            depth += 1
        elif token.type in ("list_item_close", "blockquote_close"):
            depth -= 1
    return found


def as_we_have_it(text):
    blocks, found = scan(text), set()
    for block in blocks:
        if block.type is Type.PARAGRAPH:
            continue
        depth, parent = 0, block.parent
        while parent >= 0:
            depth, parent = depth + 1, blocks[parent].parent
        level = block.level if block.type is Type.HEADING else 0
        found.add((block.type.name.lower(), block.line, level, depth))
    return found


def random_text(chance):
    return "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 16)))


def known_difference(text):
    """A Tab or deep indent that goes on lazily: the reference itself departs from the standard."""
    return "\t" in text or "    " in text


@pytest.mark.slow
def test_blocks_are_those_of_commonmark_in_twenty_thousand_nasty_texts():
    chance = random.Random(20261121)
    wrong = []
    for _ in range(20_000):
        text = random_text(chance)
        if as_we_have_it(text) != as_commonmark_has_it(text) and not known_difference(text):
            wrong.append(text)
    assert wrong == []


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_blocks_cover_the_text_in_order_and_inside_their_parents(text):
    blocks = scan(text)
    for number, block in enumerate(blocks):
        assert 0 <= block.start <= block.content <= block.end <= len(text)
        assert block.line == 1 + text[: block.start].count("\n")
        if block.parent >= 0:
            parent = blocks[block.parent]
            assert block.parent < number
            assert parent.type in (Type.ITEM, Type.QUOTE)
            assert parent.start <= block.start <= block.end <= parent.end
    assert [b.start for b in blocks] == sorted(b.start for b in blocks)


@given(st.text())
def test_no_text_is_refused(text):
    scan(text)
