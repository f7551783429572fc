"""A page as HTML: what a reader sees of each thing an author can write."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from knowledge.glossary import Term
from knowledge.render import Lead, Options, Renderer, Terms, read_target, style_sheet
from knowledge.source import read_page

HEAD = """---
title: A page
kind: {kind}
sources:
  - {{key: S1, title: "A review", year: 2020, where: "Table 2", strength: seen, link: "https://www.gov.uk/x"}}
  - {{key: GK, title: "General knowledge", strength: unchecked}}
---
"""


def page(text, kind="page", path="pathways/here.md"):
    return read_page(path, (HEAD.format(kind=kind) + text).encode())


def shown(text, options=None, kind="page", section=0):
    it = page(text, kind)
    return Renderer().section(it, it.sections[section], options or Options())


def spoken(text, **wishes):
    it = page(text)
    return Renderer().plain_text(it, it.sections[0], **wishes)


# -- blocks ------------------------------------------------------------------------------------


def test_a_list_straight_after_a_paragraph_is_a_list():
    assert shown("Look for:\n- one\n- two\n") == "<p>Look for:</p><ul><li>one</li><li>two</li></ul>"


def test_lists_nest_by_two_spaces_as_they_do_for_the_reader():
    expected = "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"
    assert shown("- a\n  - b\n    - c\n- d\n") == expected


def test_a_numbered_list_keeps_its_first_number():
    assert shown("3. c\n4. d\n") == '<ol start="3"><li>c</li><li>d</li></ol>'


def test_code_inside_a_list_stays_in_its_item():
    expected = "<ol><li>a<pre><code>## x\n- y</code></pre></li><li>b</li></ol>"
    assert shown("1. a\n   ```\n   ## x\n   - y\n   ```\n2. b\n") == expected


def test_what_only_other_programs_take_for_a_heading_is_text():
    assert shown("#x\n\n- a\n===\n") == "<p>#x</p><ul><li>a\n===</li></ul>"


def test_a_heading_inside_a_list_is_bold_words_since_no_step_begins_there():
    expected = '<ul><li><p class="inner-heading"><strong>Not a step</strong></p></li></ul>'
    assert shown("- ## Not a step\n") == expected


def test_headings_inside_a_step_keep_level_and_anchor():
    html = shown("## A step\n\n### More {#more}\n\nWords\n", kind="pathway", section=1)
    assert html == '<h3 id="more">More</h3><p>Words</p>'


def test_a_table_keeps_its_columns_bars_and_words_too_many():
    html = shown("Before\n| A | B |\n|:--|--:|\n| x \\| y | `z` |\n| 1 | 2 | 3 |\n")
    assert html.startswith("<p>Before</p><table")
    cells = re.findall(r"<t[hd](?: [^>]*)?>(.*?)</t[hd]>", html)
    assert cells == ["A", "B", "x | y", "<code>z</code>", "1", "2", "3"]
    assert 'align="right"' in html


def test_a_ladder_says_that_it_is_one():
    assert 'class="ladder"' in shown("| Level | Signs |\n|---|---|\n| 1 | x |\n")


def test_terms_and_their_meanings():
    expected = "<dl><dt>Lane</dt><dd>Who <em>acts</em></dd><dd>Where</dd></dl>"
    assert shown("Lane\n: Who *acts*\n: Where\n") == expected


def test_html_is_kept_as_far_as_it_is_harmless_and_makes_no_headings():
    html = shown('<div onclick="x()">kept <h2>no step</h2> <b>bold</b></td></table>\n')
    assert html == '<div class="html"><div>kept no step <b>bold</b></div></div>'


def test_a_tag_without_its_partner_is_shown_and_harms_nothing_behind_it():
    assert shown("a <b>open\n\nafter\n") == "<p>a &lt;b&gt;open</p><p>after</p>"
    assert shown("<see local list>\n") == '<div class="html">&lt;see local list&gt;</div>'
    assert shown("a <see local list>\n") == "<p>a &lt;see local list&gt;</p>"


@pytest.mark.parametrize("kind", ["URGENT", "LOCAL", "NOTE"])
def test_a_call_out_is_a_table_of_one_cell_that_begins_with_its_word(kind):
    html = shown(f"> [!{kind}]\n> Ring *now*.\n> - one\n")
    word = {"URGENT": "Urgent", "LOCAL": "Check locally", "NOTE": "Note"}[kind]
    assert html.count("<td") == 1
    assert f'class="callout {kind.lower()}"' in html
    assert (
        f'<p class="callout-word"><strong>{word}</strong></p><p>Ring <em>now</em>.</p><ul>' in html
    )


def test_what_is_for_the_trainer_is_left_out_unless_asked_for():
    text = "> [!TRAINER]\n> Ask the room.\n\nAfter\n"
    assert shown(text) == "<p>After</p>"
    assert "Ask the room" in shown(text, Options(trainer=True))


def test_code_in_a_call_out_belongs_to_it():
    html = shown("> [!NOTE]\n> ```\n> a\n>   b\n> ```\n> end\n")
    assert "<pre><code>a\n  b</code></pre><p>end</p></td>" in html


# -- ways on -----------------------------------------------------------------------------------

STEP = "## Ask\n\n- A fact [^S1]\n\n- Yes → [Next](#next)\n- No → [Other](other.md#x)\n\n## Next\n"


def test_ways_on_are_left_to_the_caller():
    html = shown(STEP, kind="pathway", section=1)
    assert html.count("<li>") == 1
    assert "→" not in html


def test_for_print_the_ways_on_are_a_list():
    html = shown(STEP, Options(ways=True), kind="pathway", section=1)
    assert '<li>Yes → <a class="inside" href="page:pathways/here.md#next">Next</a></li>' in html


def test_what_else_a_way_on_says_is_not_lost():
    html = shown(
        "## Ask\n\n- Yes → [Next](#next)\n\n  Take the *red* book.\n\n## Next\n",
        kind="pathway",
        section=1,
    )
    assert html == "<ul><li><p>Yes</p><p>Take the <em>red</em> book.</p></li></ul>"


# -- links, sources, pictures ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("other.md#step", "page:pathways/other.md#step"),
        ("#step", "page:pathways/here.md#step"),
        ("../services/gp%20east.md", "page:services/gp%20east.md"),
        ("https://www.nhs.uk/a?b=1", "https://www.nhs.uk/a?b=1"),
        ("mailto:team@example.org", "mailto:team@example.org"),
        ("tel:111", "tel:111"),
    ],
)
def test_links_that_may_be_followed(target, address):
    html = shown(f"[Words]({target})\n")
    assert f'href="{address}"' in html
    assert read_target(address).lead is not Lead.NOWHERE
    assert read_target(address).outside == ("↗" in html)


@pytest.mark.parametrize(
    "target",
    [
        "../../x.md",
        "/etc/x.md",
        "//host/x.md",
        "x.exe",
        "ftp://x/y",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://www.nhs.uk@evil.example/",
        "HTTPS://x\\y",
    ],
)
def test_every_other_link_keeps_its_words_only(target):
    assert shown(f"[Words]({target})\n") == '<p><span class="blocked">Words</span></p>'


def test_an_outside_link_says_so_in_words_and_names_the_host():
    html = shown("[NHS](https://www.nhs.uk/x)\n")
    assert '<a class="outside" href="https://www.nhs.uk/x" title="Leads outside this guide' in html
    assert "↗ (outside: www.nhs.uk)" in html


def test_reference_links_and_footnotes_are_looked_up_in_the_whole_page():
    text = "[one][a], [b] and [^n].\n\n## More\n\n[a]: other.md\n[B]: https://x.org\n[^n]: Said *so*.\n"
    html = shown(text)
    assert 'href="page:pathways/other.md">one</a>' in html
    assert 'href="https://x.org"' in html
    assert (
        '<p class="note-text" id="note-n"><span class="note-key">[n]</span> Said <em>so</em>.</p>'
        in html
    )
    assert shown(text, section=1) == ""


def test_a_source_is_a_small_link_to_its_place_on_the_page():
    html = shown("A fact. [^S1]\n")
    expected = '<a class="source" href="#source-S1" title="A review, 2020, Table 2">[S1]</a>'
    assert expected in html
    it = page("A fact. [^S1]\n")
    listed = Renderer().sources(it)
    assert 'id="source-S1"' in listed
    assert "Seen in the document itself" in listed
    assert "outside: www.gov.uk" in listed


def test_a_fact_that_rests_on_an_unchecked_source_says_so_once():
    html = shown("A fact. [^S1] [^GK] [^GK]\n")
    assert html.count("Check&nbsp;locally</a>") == 1


def test_a_picture_comes_from_the_library_only_and_its_description_is_shown():
    html = shown("![A *cot*](../media/cot.png)\n")
    assert '<img alt="A cot" src="media:media/cot.png">' in html
    assert '<span class="caption">A cot</span>' in html
    for target in ("https://x.org/a.png", "../../a.png", "a.svg", "//host/a.png", "file:///a.png"):
        assert (
            shown(f"![A cot]({target})\n")
            == '<p><span class="no-picture">[Picture: A cot]</span></p>'
        )


# -- words inside a line -----------------------------------------------------------------------


def test_code_spans_escapes_and_entities_show_what_was_written():
    assert shown("`<b> &amp; [x](y)` \\*a\\* \\& &copy; AT&T 3 < 4\n") == (
        "<p><code>&lt;b&gt; &amp;amp; [x](y)</code> *a* &amp; © AT&amp;T 3 &lt; 4</p>"
    )


def test_emphasis_reaches_over_links_and_into_them():
    html = shown("**see [the *page*](other.md) now**\n")
    assert html == (
        '<p><strong>see <a class="inside" href="page:pathways/other.md">the <em>page</em></a>'
        " now</strong></p>"
    )


def test_glossary_terms_are_linked_once_whole_and_never_in_links_headings_or_code():
    terms = Terms([_term("PND", "postnatal depression"), _term("Safety net", ""), _term("HV", "")])
    html = shown(
        "PNDX pnd `PND` [PND](a.md) PND and PND. A safety net. HV's bag.\n", Options(terms=terms)
    )
    assert html.count('href="term:PND"') == 1
    assert 'title="postnatal depression: what it is">PND</a> and PND' in html
    assert 'href="term:Safety%20net"' in html
    assert ">HV</a>'s bag" in html
    assert read_target("term:Safety%20net").where == "Safety net"


def test_words_of_a_search_are_marked():
    html = shown("A *Rash* that, rashly, `rash`\n", Options(hits=("rash",)))
    assert html == '<p>A <em><span class="hit">Rash</span></em> that, rashly, <code>rash</code></p>'


def _term(term, expansion):
    return Term(term, expansion, "what it is", (), "glossary.md", 1)


# -- whole pages, plain words, and keeping -----------------------------------------------------


def test_one_call_out_can_be_shown_by_itself_as_it_is_in_the_text():
    it = page(
        "> [!URGENT]\n> Ring **[999](../services/999.md)**. [^S1]\n>\n> - now\n\nAfter\n", "pathway"
    )
    alone = Renderer().note(it, it.red_flags[0])
    assert Renderer().section(it, it.intro) == f"{alone}<p>After</p>"


def test_icons_stand_beside_words_never_in_their_place():
    html = shown("> [!URGENT]\n> Fact. [^GK]\n", Options(icons=True))
    assert '<img alt="" class="icon" src="icon:octagon-alert/urgent_ink"> <strong>Urgent' in html
    assert 'src="icon:map-pin/warn_ink">&nbsp;Check&nbsp;locally</a>' in html


def test_a_whole_page_has_its_sections_in_order_and_its_sources_last():
    html = Renderer().page(page(STEP, "pathway"), Options(ways=True))
    assert re.findall(r'<h(\d) id="([^"]*)">', html) == [
        ("2", "ask"),
        ("2", "next"),
        ("2", "sources"),
    ]
    assert "1. Ask</h2>" in html
    assert '<p class="step-line">Start</p>' in html


def test_words_are_words_even_if_they_begin_like_a_list():
    it = page("## 1. First *visit* [^GK]\n")
    assert Renderer().heading(it, it.sections[1]).startswith("<span>1. First <em>visit</em> <a")
    assert Renderer().words(it, "- 3 < 4 & # more") == "<span>- 3 &lt; 4 &amp; # more</span>"
    assert Renderer().words(it, "1. First visit") == "1. First visit"


def test_the_title_is_not_said_twice():
    assert shown("# A page\n\nWords\n") == "<p>Words</p>"
    assert "<h1" in shown("# A page\n\nWords\n", Options(title_in_head=False))
    assert "<h1" in shown("# Another title\n\nWords\n")


def test_plain_words_hold_no_marks_and_no_sources():
    text = "A **fact**. [^S1] [^GK]\n\n- see [GP](gp.md)\n\n| A | B |\n|---|---|\n| x | y |\n\n`&` &amp; <b>c</b>\n"
    assert spoken(text) == "A fact.\nsee GP\nA: x. B: y.\n& & c"
    assert spoken(text, checks=True).startswith("A fact. (Check locally)")


def test_plain_words_name_the_ways_on_when_asked():
    it = page(STEP, "pathway")
    assert Renderer().plain_text(it, it.sections[1]) == "A fact"
    assert (
        Renderer()
        .plain_text(it, it.sections[1], ways=True)
        .endswith("Yes: go to Next\nNo: go to Other")
    )


def test_a_page_that_is_too_large_or_no_text_is_shown_as_it_is():
    big = read_page("a.md", b"# <b>\tx\x01\n" * 400_000)
    html = Renderer().page(big)
    assert html.startswith("<pre># &lt;b&gt;\tx\ufffd\n# ")
    assert html.endswith("<p>The rest of this file is not shown.</p>")
    assert Renderer().page(read_page("a.md", b"")) == ""


def test_what_was_rendered_is_kept_until_there_is_too_much():
    renderer, it = Renderer(keep=5000), page("Words\n")
    first = renderer.section(it, it.sections[0])
    assert renderer.section(it, it.sections[0]) is first
    for number in range(50):
        other = page(f"Other words {number} " + "x" * 200)
        renderer.section(other, other.sections[0])
    assert renderer.section(it, it.sections[0]) is not first


def test_typing_in_one_section_renders_no_other_anew():
    text = "## One\n\nWords.\n\n## Two\n\nMore, see [it][a].\n\n### Same\n\n[a]: {} \n"
    before = page(text.format("https://example.org/1"))
    renderer = Renderer()
    old = [renderer.section(before, section) for section in before.sections]

    def changed(was, now):
        after = page(text.format("https://example.org/1").replace(was, now))
        new = [renderer.section(after, section) for section in after.sections]
        fresh = [Renderer().section(after, section) for section in after.sections]
        assert new == fresh
        return [html is not kept for html, kept in zip(new, old, strict=False)]

    assert changed("Words.", "Other words.") == [False, True, False, False]
    assert any(changed("## One", "## One\n\n### Same"))  # the second one's name is another now
    assert any(changed("org/1", "org/2"))  # where a link leads is said elsewhere on the page


def test_one_section_in_two_ways_is_kept_apart():
    renderer, it = Renderer(), page("> [!TRAINER]\n> Ask.\n")
    assert renderer.section(it, it.sections[0]) == ""
    assert "Ask" in renderer.section(it, it.sections[0], Options(trainer=True))


def test_the_style_sheet_takes_every_colour_from_the_table():
    css = style_sheet({"ink": "#123456", "link": "#abcdef"}, scale=2)
    assert "#123456" in css
    assert "#abcdef" in css
    assert "font-size: 32px" in css


def test_boxes_without_tints_have_frames():
    colours = {"surface": "#000000", "urgent_tint": "#000000", "urgent": "#FFB3AB"}
    assert "border-top: 2px solid #FFB3AB" in style_sheet(colours)
    assert "border-top" not in style_sheet({**colours, "urgent_tint": "#300000"})


HANGS = {
    "brackets": "[" * 30_000,
    "pictures": "![" * 20_000,
    "half links": "[a](" * 20_000,
    "backticks": "`" * 50_000,
    "backticks and words": "`a ``b " * 10_000,
    "stars": "*a **b ***c" * 10_000,
    "stars in threes": "***a*a" * 10_000,
    "underscores": "_a __b " * 10_000,
    "angle brackets": "<" * 50_000,
    "tags": "<div>" * 20_000,
    "tags on lines": "<div>\n" * 20_000,
    "inline tags": "a <b> " * 20_000,
    "comments": "a <!-- " * 20_000,
    "attributes": "<div " + "a=b " * 20_000 + ">",
    "quotes": ">" * 50_000,
    "items in items": "- " * 20_000,
    "deeper and deeper": "".join("  " * n + "- a\n" for n in range(150)),
    "columns": "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|a" * 5_000,
    "spaces": "a" + " " * 50_000 + "b",
    "one long line": "word *em* [x](y.md) `code` " * 4_000,
    "headings": "# a\n" * 3_000,
    "notes in a ring": "[^a]\n\n[^a]: [^b]\n\n[^b]: [^a]\n",
    "definitions": "[a]: b.md\n" * 10_000,
}


@pytest.mark.parametrize("text", HANGS.values(), ids=HANGS)
def test_no_text_makes_rendering_hang(text):
    """Each of these took minutes, or for ever, in some Markdown program or cleaner."""
    it = page(text)
    assert Renderer().page(it) is not None
    assert Renderer().plain_text(it, it.sections[0]) is not None


def test_nothing_is_loaded_before_the_first_page_is_shown():
    code = (
        "import sys, knowledge.render as r; r.Renderer();"
        "print([m for m in ('markdown', 'nh3', 'networkx') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
