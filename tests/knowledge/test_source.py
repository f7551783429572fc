"""One file to one page, whatever the file holds."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.model import Kind
from knowledge.settings import Settings
from knowledge.source import MAX_BYTES, kind_of_folder, read_page
from knowledge.validate import check
from tests.support.hostile import HOSTILE
from tests.support.pages import TODAY, page, reading


def test_a_page_names_itself_else_its_heading_or_its_file_does():
    assert (
        page("---\nid: a\ntitle: B\n---\n# C\n").id,
        page("---\ntitle: B\n---\n# C\n").title,
    ) == ("a", "B")
    assert page("# The *title*\n").title == "The title"
    assert (
        page("words", "notes/low-mood_notes.md").title,
        page("words", "notes/low-mood.md").id,
    ) == (
        "low mood notes",
        "low-mood",
    )


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("pathways/x.md", Kind.PATHWAY),
        ("leeds/services/gp/x.md", Kind.SERVICE),
        ("casestudies/x.md", Kind.CASESTUDY),
        ("pages/x.md", Kind.PAGE),
        ("pathways.md", Kind.PAGE),
    ],
)
def test_the_folder_says_what_kind_a_page_is(path, kind):
    assert kind_of_folder(path) is kind
    assert page("x", path).kind is kind
    assert page("---\nkind: session\n---\n", path).kind is Kind.SESSION


@pytest.mark.parametrize(
    ("data", "problems", "readable"),
    [
        (b"", ["1 empty"], True),
        (b" \n\n", ["1 empty"], True),
        (b"\x89PNG\r\n\x1a\n\0\0\0", ["1 not-text"], False),
        (b"caf\xe9", ["1 encoding"], True),
        ("caf\xe9".encode("utf-16"), ["1 encoding"], True),
        (b"\xef\xbb\xbf# A", [], True),
        (b"a\n" * (MAX_BYTES // 2 + 1), ["1 too-large"], False),
    ],
)
def test_no_file_is_refused(data, problems, readable):
    read = read_page("pages/x.md", data)
    assert [f"{p.line} {p.code}" for p in read.problems] == problems
    assert read.readable is readable
    assert read.sections


def test_the_stops_of_a_session_are_its_numbered_links():
    read = page(
        """The case is fictional.

1. [First](../pathways/x.md#one) (10 min)

   Ask: What
   now?

   Ask: And then?

   Outcome: This.

   > [!TRAINER]
   > Wait.

2. [Second](../pathways/x.md) (covered)
3. No link, no stop [x](y.md)

- [Not numbered](z.md)
""",
        "sessions/x.md",
    )
    first, second = read.stops
    assert (first.link.page, first.link.anchor, first.minutes, first.covered) == (
        "pathways/x.md",
        "one",
        10,
        False,
    )
    assert (first.ask, first.outcome) == ("What now?\n\nAnd then?", "This.")
    assert [n.body for n in first.notes] == ["Wait."]
    assert (second.minutes, second.covered, second.line) == (0, True, 15)


@given(
    st.binary(max_size=200),
    st.sampled_from(["pathways/x.md", "services/x.md", "sessions/x.md", "x.md"]),
)
def test_any_bytes_are_a_page(data, path):
    read = read_page(path, data)
    assert read.sections[0].level == 0
    assert all(
        1 <= p.line <= read.text.count("\n") + read.text.count("\r") + 2 for p in read.problems
    )


PIECES = [
    *(
        "---\n|id: x\n|title: a: b\n|sources:\n|  - {key: a}\n|\t|# |## |{#a .urgent}|\n|\n\n|\r\n|\r".split(
            "|"
        )
    ),
    *(
        "- |1. |> |> [!URGENT]\n|→ |-> |[a](#b)|[a](x.md)|![](y.png)|`|```|~~~|<div>|<!--|-->|[^a]".split(
            "|"
        )
    ),
    *(
        "| a | b |\n|---|---|\n|\\|*|_|\xe9|\ufeff|\0|\u2028|    |[b]: c\n|{|}|hours: Mon 9-5\n".split(
            "|"
        )
    ),
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.sampled_from(["pathways/x.md", "services/x.md", "sessions/x.md", "x.md"]),
)
def test_sections_follow_each_other_and_hold_all_of_the_body(text, path):
    read = page(text, path)
    if not read.readable:
        return
    ends = [s.span.end for s in read.sections]
    assert ends[:-1] == [s.span.start for s in read.sections[1:]]
    assert ends[-1] == len(read.text)
    for section in read.sections:
        for link in section.links:
            assert section.span.start <= link.span.start <= link.span.end <= section.span.end
        for way in section.ways:
            assert section.body.start <= way.span.start <= way.span.end <= section.body.end
            assert way.link in section.links
    assert set(read.by_anchor) == {h.anchor for h in read.headings}


@pytest.mark.parametrize("name", HOSTILE)
def test_texts_made_to_be_slow_are_read_and_checked(name):
    read = page(HOSTILE[name])
    alone = Library(Path(), {read.path: read}, Settings(), frozenset(), {})
    assert all(p.path == read.path for p in check(alone, TODAY).problems)


@pytest.mark.slow
def test_fifty_thousand_nasty_inputs_raise_nothing():
    chance = random.Random(20261121)
    pieces = [p.encode() for p in PIECES] + [b"\xff", b"\xc3", b"\x96", b"\0"]
    for number in range(50_000):
        data = b"".join(chance.choice(pieces) for _ in range(chance.randint(0, 30)))
        path = ("pathways/x.md", "services/x.md", "sessions/x.md", "x.md")[number % 4]
        read_page(path, data)


@pytest.mark.long
def test_a_million_nasty_inputs_raise_nothing():
    chance = random.Random()
    pieces = [p.encode() for p in PIECES] + [b"\xff", b"\xc3", b"\x96", b"\0"]
    for number in range(1_000_000):
        data = b"".join(chance.choice(pieces) for _ in range(chance.randint(0, 30)))
        read_page(("pathways/x.md", "services/x.md", "sessions/x.md", "x.md")[number % 4], data)


def test_reading_the_same_bytes_twice_gives_the_same_page():
    text = "".join(PIECES)
    assert page(text) == page(text)
    assert reading(text) == reading(text)
