"""Links, pictures, footnotes and arrows inside a paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.inline import find_way, read_inline


def links(text):
    return [
        ("!" * link.image) + f"{link.text.of(text)} -> {link.target.of(text)}"
        for link in read_inline(text, 0, len(text)).links
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see [a page](b.md) and [c](d.md#e)", ["a page -> b.md", "c -> d.md#e"]),
        ("![a picture](media/p.png)", ["!a picture -> media/p.png"]),
        ("[![a picture](p.png)](b.md)", ["!a picture -> p.png", "![a picture](p.png) -> b.md"]),
        ('[a](<b c.md> "title") [d]( e.md )', ["a -> b c.md", "d -> e.md"]),
        ("[a](b(c).md)", ["a -> b(c).md"]),
        ("[a [b] c](d.md)", ["a [b] c -> d.md"]),
        ("[outer [inner](a.md)](b.md)", ["inner -> a.md"]),  # no links inside links
        (
            "<https://example.org> <mailto:a@example.org>",
            [
                "https://example.org -> https://example.org",
                "mailto:a@example.org -> mailto:a@example.org",
            ],
        ),
        ("`[a](b.md)` ``[a](b.md) ` ``", []),
        ("`[a](b.md)", ["a -> b.md"]),  # a lone backtick hides nothing
        (r"\[a](b.md) [c\]](d.md)", [r"c\] -> d.md"]),
        ("[a] (b.md) [c][d] [e]", []),
        ("[](b.md) []()", [" -> b.md", " -> "]),
        ("[a](b.md", []),
        ("[a\nb](c.md)", ["a\nb -> c.md"]),
    ],
)
def test_links_are_those_a_reader_sees(text, found):
    assert links(text) == found


def test_footnotes_are_not_links_and_links_are_not_footnotes():
    text = "A fact [^P7], another [^S1-CS8]; [^not](a.md) `[^code]`"
    assert [key.of(text) for key in read_inline(text, 0, len(text)).footnotes] == ["P7", "S1-CS8"]


def way(text):
    found = find_way(text, 0, len(text), read_inline(text, 0, len(text)))
    if found is None:
        return None
    arrow, link = found
    return text[: arrow.start].strip(), arrow.of(text), link.target.of(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Yes → [Two](#two)", ("Yes", "→", "#two")),
        ("Yes -> [Two](#two)", ("Yes", "->", "#two")),
        ("Yes --> [Two](#two)", ("Yes", "-->", "#two")),
        ("Yes →[Two](#two)", ("Yes", "→", "#two")),
        ("→ [Two](#two)", ("", "→", "#two")),
        ("5 → 10 mg → [Two](#two)", ("5 → 10 mg", "→", "#two")),
        ("`a → b` → [Two](#two)", ("`a → b`", "→", "#two")),
        ("See [x](y.md) → [Two](#two)", ("See [x](y.md)", "→", "#two")),
        ("Yes → [Two](#two). [^P7]", ("Yes", "→", "#two")),
        ("Yes → **[Two](#two)**", ("Yes", "→", "#two")),
        ("Yes\n→\n[Two](#two)\n", ("Yes", "→", "#two")),
        ("Yes → [Two](#two) soon", None),
        ("Yes → see [Two](#two)", None),
        ("Yes `→` [Two](#two)", None),
        ("Yes → ![Two](two.png)", None),
        ("Yes [Two](#two) →", None),
        ("Yes → two", None),
        ("Yes => [Two](#two)", None),
    ],
)
def test_a_way_on_ends_in_an_arrow_and_one_link(text, found):
    assert way(text) == found


@given(st.text(alphabet="[]()!`<>^\\→-> ab\n\"'*_#"))
def test_whatever_stands_there_every_place_lies_in_the_text(text):
    found = read_inline(text, 0, len(text), code=True)
    for link in found.links:
        assert 0 <= link.span.start <= link.text.start <= link.text.end <= link.span.end
        assert link.span.start <= link.target.start <= link.target.end <= link.span.end <= len(text)
    on = find_way(text, 0, len(text), found)
    if on is not None:
        assert on[0].of(text).endswith(("→", "->"))
        assert on[0].end <= on[1].span.start
