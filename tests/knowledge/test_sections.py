"""Headings, attributes, steps, ways on and call-outs, as a page's sections."""

from textwrap import dedent

import pytest

from knowledge.model import Callout, StepKind
from knowledge.sections import read_attributes, resolve
from tests.support.pages import drawn, page, reading


def same(text, expected, path="pathways/x.md"):
    assert drawn(page(dedent(text).lstrip("\n"), path)) == dedent(expected).strip("\n")


def test_second_level_headings_are_steps_and_list_items_with_arrows_are_ways_on():
    same(
        """
        # A pathway

        Introduction with [a link](#two).

        ## First {#one .question lane="Health visitor" timeframe='within 4 hours'}

        Facts.

        - Any red flag → [Emergency](emergency.md)
        - None -> [Second](#two)
        - A service → [Desk](../services/desk.md)

        ## Second {#two}

        1. → [First](#one)

        ### A heading inside the step

        - Unsure → [Third](other.md#third)

        ## Third
        """,
        """
        First #one (question) by Health visitor [within 4 hours]
          Any red flag -> pathways/emergency.md
          None -> #two
          A service -> services/desk.md
        Second #two (question)
          (no words) -> #one (back)
          Unsure -> pathways/other.md#third
        Third #third (end)
        """,
    )


def test_a_kind_left_out_is_worked_out():
    same(
        """
        ## a
        - x → [b](#b)
        ## b
        - x → [c](#c)
        - y → [d](#d)
        ## c
        - → [d](#d)
        ## d
        ## e {.urgent}
        """,
        """
        a #a (start)
          x -> #b
        b #b (question)
          x -> #c
          y -> #d
        c #c (action)
          (no words) -> #d
        d #d (end)
        e #e (urgent)
        """,
    )


def test_elsewhere_every_heading_makes_a_section_and_none_is_a_step():
    same("# Title\n## a\n- x → [b](#b)\n### b\n# c\n", "a #a\nb #b\nc #c", "thresholds/x.md")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_underlined_headings_may_have_attributes_too(newline):
    text = "Title\n=====\n\nFirst\nstep {#one .urgent}\n---\n\n- Yes → [Two](#two)\n\nTwo\n---\n"
    read = page(text.replace("\n", newline))
    assert drawn(read) == "First step #one (urgent)\n  Yes -> #two\nTwo #two (end)"
    assert [s.line for s in read.steps] == [4, 10]


def test_what_stands_in_code_quotes_html_and_nested_lists_is_no_way_on():
    same(
        """
        ## a

        ```
        - no → [b](#b)
        ```
            - no → [b](#b)

        > - no → [b](#b)

        <div>
        - no → [b](#b)
        </div>

        - outer
          - no → [b](#b)
        - `no → [b](#b)`
        - yes → [b](#b)

          More words under the way on, and [a link](#a).

        ## b
        """,
        """
        a #a (start)
          yes -> #b
        b #b (end)
        """,
    )


def test_headings_with_one_title_get_names_of_their_own():
    read = page("## Same\n## Same\n## Same {#other}\n## Same\n## ???\n## ???\n")
    assert [s.anchor for s in read.steps] == [
        "same",
        "same-1",
        "other",
        "same-2",
        "section",
        "section-1",
    ]


def test_a_heading_keeps_its_places_in_the_file():
    text = "---\nid: x\n---\n\n##  A **bold** title  {#a .end}  \n\nBody.\n\n## B\n"
    read = page(text)
    [a, b] = read.steps
    assert a.title == "A bold title"
    assert a.title_span.of(text) == "A **bold** title"
    assert a.attributes is not None
    assert a.attributes.of(text) == "{#a .end}"
    assert a.heading.of(text) == "##  A **bold** title  {#a .end}  "
    assert a.body.of(text) == "\nBody.\n\n"
    assert a.span.of(text) + b.span.of(text) == text[a.span.start :]
    assert (a.line, b.line, a.explicit, b.explicit) == (5, 9, True, False)


def test_a_way_on_keeps_its_places_in_the_file():
    text = "## A\n\n- Any *red* flag:  →  [Two](<two.md> 'x'). [^P7]\n"
    [first] = page(text).steps[0].ways
    assert first.condition == "Any red flag"
    assert first.condition_span.of(text) == "Any *red* flag:"
    assert first.link.target_span.of(text) == "two.md"
    assert first.span.of(text) == "- Any *red* flag:  →  [Two](<two.md> 'x'). [^P7]\n"


@pytest.mark.parametrize(
    ("written", "anchor", "classes", "values"),
    [
        ("{#a .b c=d}", "a", ("b",), {"c": "d"}),
        ("{: #a}", "a", (), {}),
        ('{lane="Health visitor"}', "", (), {"lane": "Health visitor"}),
        ("{lane=“Health visitor”}", "", (), {"lane": "Health visitor"}),
        ("{lane='GP' timeframe=now}", "", (), {"lane": "GP", "timeframe": "now"}),
        ("{}", "", (), {}),
    ],
)
def test_braces_behind_a_title_are_attributes(written, anchor, classes, values):
    text = f"Title {written}"
    found = read_attributes(text, 0, len(text))
    assert (found.anchor, found.classes, dict(found.values)) == (anchor, classes, values)
    assert found.span is not None
    assert found.span.of(text) == written


@pytest.mark.parametrize("title", ["Give {dose} twice", "Sets {1, 2}", "{", "}", "a {#b} c"])
def test_other_braces_are_words(title):
    assert read_attributes(title, 0, len(title)).span is None
    assert page(f"## {title}\n").steps[0].title == title


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("#two", ("pathways/x.md", "two")),
        ("#", ("pathways/x.md", "")),
        ("y.md", ("pathways/y.md", "")),
        ("./y.md#a", ("pathways/y.md", "a")),
        ("../services/y.md", ("services/y.md", "")),
        ("..\\services\\y.md", ("services/y.md", "")),
        ("/services/y.md", ("services/y.md", "")),
        ("a%20page.md#caf%C3%A9", ("pathways/a page.md", "café")),
        ("", ("", "")),
        ("../../outside.md", ("", "")),
        ("/../outside.md", ("", "")),
        ("a/../../../b.md", ("", "")),
        ("https://example.org/x.md", ("", "")),
        ("mailto:a@example.org", ("", "")),
        ("file:///etc/passwd", ("", "")),
        ("//host/share", ("", "")),
        ("\\\\host\\share", ("", "")),
        ("%2e%2e/%2e%2e/outside.md", ("", "")),
        ("%2F%2Fhost/share", ("", "")),
        ("C:\\x.md", ("", "")),
        ("y.md\0", ("", "")),
        ("y.md%00", ("", "")),
    ],
)
def test_a_link_leads_to_a_page_of_the_library_or_outside(target, leads_to):
    assert resolve("pathways/x.md", target) == leads_to


def test_call_outs_are_read_with_their_words():
    read = page(
        "> [!URGENT]\n> Ring **999**.\n>\n> - now\n\n> [!local] Your number\n\n> a quote\n\n## A\n\n> [!TRAINER]\n> Wait.\n"
    )
    assert [(n.kind, n.body, n.line) for n in read.intro.notes] == [
        (Callout.URGENT, "Ring **999**.\n\n- now", 1),
        (Callout.LOCAL, "Your number", 6),
    ]
    assert [n.kind for n in read.steps[0].notes] == [Callout.TRAINER]
    assert [n.body for n in read.red_flags] == ["Ring **999**.\n\n- now"]


def test_an_urgent_call_out_below_the_first_step_makes_that_step_urgent_and_no_red_flag():
    read = page("## A\n\n- → [B](#b)\n\n## B\n\n> [!URGENT]\n> Ring 999.\n")
    assert read.red_flags == ()
    assert [s.urgent for s in read.steps] == [False, True]
    assert read.steps[1].kind is StepKind.END


def test_every_heading_can_be_linked_to_also_those_inside_a_step():
    read = page("# Top\n\n## A\n\n### Inside {#in}\n\n## B\n")
    leads = {name: section.title for name, section in read.by_anchor.items()}
    assert leads == {"top": "", "a": "A", "in": "A", "b": "B"}


def test_footnotes_name_sources_and_their_own_text_does_not():
    read = page(
        "A fact [^a] and [^b].\n\n[^b]: The text of b.\n[^c]: The text of c.\n\nMore [^c]: yes.\n",
        "pages/x.md",
    )
    assert [(f.key, f.line) for f in read.intro.footnotes] == [("a", 1), ("b", 1), ("c", 6)]


def test_a_table_of_levels_is_a_ladder():
    read = page(
        "| Level | When |\n|---|:-:|\n| 1 | a \\| b |\n\n| What | Mild | Severe |\n|-|-|-|\n| x | y | z |\n\n| a | b |\n|---|---|\n\n| a | b |\n|---|\n",
        "thresholds/x.md",
    )
    assert [(t.header.cells, t.ladder, t.line) for t in read.intro.tables] == [
        (("Level", "When"), True, 1),
        (("What", "Mild", "Severe"), True, 5),
        (("a", "b"), False, 9),
    ]
    assert read.intro.tables[0].rows[0].cells == ("1", "a | b")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- ## In a list\n\n## A\n", ["1 heading-inside"]),
        ("> ## In a quote\n\n## A\n", ["1 heading-inside"]),
        ("<div>\n## Hidden\n</div>\n\n## A\n", ["1 html-hides"]),
        ("<!--\n## Hidden\n-->\n\n## A\n", ["1 html-hides"]),
        ("<!-- a remark -->\n\n## A\n", []),
        ("## A\n<p>x</p>\n", ["2 html"]),
        ("##A\n\n## B\n", ["1 heading-no-space"]),
        ("    ## A\n\n## B\n", ["1 code-indented"]),
        ("```\n## A\n", ["1 fence-open"]),
        ("<!--\n## A\n", ["1 comment-open"]),
        ("## A {#a}\n## B {#a}\n", ["2 anchor-twice"]),
        ("## A {.questoin}\n", ["1 step-kind-unknown"]),
        ("> [!URGNT]\n> x\n\n## A\n", ["1 callout-unknown"]),
        ("[!URGENT] x\n\n## A\n", ["1 callout-no-quote"]),
        ("> [URGENT]\n> x\n\n## A\n", ["1 callout-no-mark"]),
        ("- > [!URGENT]\n  > x\n\n## A\n", ["1 callout-inside"]),
        ("## A\n\nYes → [B](#b)\n", ["3 way-not-in-list"]),
        ("## A\n\n- x\n  - Yes → [B](#b)\n", ["4 way-nested"]),
        ("## A\n\n> - Yes → [B](#b)\n", ["3 way-nested"]),
        ("## A\n\n- Yes => [B](#b)\n", ["3 way-arrow"]),
        ("## A\n\n- Yes → B\n", ["3 way-no-link"]),
        ("## A\n\n- Yes → [B](#b) or [C](#c)\n", ["3 way-unclear"]),
        ("## A\n\n- Yes → [B][b]\n\n[b]: #b\n", ["3 link-by-reference"]),
        ("## A\n\n- a `->` b\n", []),
        ("> " * 100 + "a\n\n## A\n", ["1 nested-deep"]),
        ("- " * 100 + "a\n\n## A\n", ["1 nested-deep"]),
    ],
)
def test_where_an_author_slips_or_markdown_programs_differ_the_line_is_told(text, found):
    assert reading(text) == found


def test_what_stands_too_far_left_for_its_stop_is_told():
    """The number of stop 100 takes one column more, so four spaces no longer reach below its words."""
    stop = "{}. [The case](x.md)\n\n    Ask: What do you see?\n\n    > [!TRAINER]\n    > Wait.\n\n"
    text = "---\nkind: session\n---\n## Order\n\n" + "".join(map(stop.format, range(1, 101)))
    session = page(text, "sessions/x.md")
    assert [bool(found.ask) for found in session.stops] == [True] * 99 + [False]
    found = [p for p in session.problems if p.code == "code-indented"]
    assert [text.splitlines()[p.line - 1] for p in found] == ["    Ask: What do you see?"]


def test_plain_notes_may_use_markdown_as_they_like():
    text = "# Notes\n\n> [!TIP]\n> x\n\n[a][b] → c\n\n- d → e\n\n[b]: x.md\n\n# More\n"
    assert reading(text, "notes.md") == []


def mended(text):
    for problem in page(text).problems:
        if problem.fix is not None:
            fix = problem.fix
            return text[: fix.start] + fix.text + text[fix.end :]
    return text


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("##A\n", "## A\n"),
        ("## A {.urgnt}\n", "## A {.urgent}\n"),
        ("## A\n\nYes → [B](#b)\n", "## A\n\n- Yes → [B](#b)\n"),
        ("## A\n\n- Yes => [B](#b)\n", "## A\n\n- Yes → [B](#b)\n"),
        ("## A\n\n- Yes &rarr; [B](#b)\n", "## A\n\n- Yes → [B](#b)\n"),
        ("## A\n\n- Yes → [B][b]\n\n[b]: #b\n", "## A\n\n- Yes → [B](#b)\n\n[b]: #b\n"),
        ("> [URGENT]\n> x\n", "> [!URGENT]\n> x\n"),
        ("[!URGENT] x\n", "> [!URGENT] x\n"),
        ("> [!URGNT]\n> x\n", "> [!URGENT]\n> x\n"),
    ],
)
def test_a_plain_slip_can_be_mended_with_one_click(text, after):
    assert mended(text) == after
