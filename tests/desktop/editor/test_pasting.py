"""What Word, browsers and mail programs put on the clipboard, as a champion would have typed it."""

from __future__ import annotations

import time

import pytest

from desktop.editor.pasting import as_markdown
from knowledge.source import read_page

ITEM = (
    "<p class={cls} style='margin-left:{indent}cm;text-indent:-18.0pt;mso-list:l0 level{level} lfo1'>"
    "<![if !supportLists]><span style='font-family:Symbol;mso-fareast-font-family:Symbol'>"
    "<span style='mso-list:Ignore'>{sign}<span style='font:7.0pt \"Times New Roman\"'>"
    "&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>{words}<o:p></o:p></p>\r\n"
)


def items(*rows):
    place = ["MsoListParagraphCxSpFirst", "MsoListParagraphCxSpMiddle", "MsoListParagraphCxSpLast"]
    return "".join(
        ITEM.format(cls=place[min(n, 2)], indent=level * 1.27, level=level, sign=sign, words=words)
        for n, (level, sign, words) in enumerate(rows)
    )


WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta charset=utf-8>"
    "<meta name=Generator content='Microsoft Word 15'><!--[if gte mso 9]><xml><o:OfficeDocumentSettings>"
    "<o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]--><style><!-- p.MsoNormal {margin:0cm} --></style>"
    "</head><body lang=EN-GB><!--StartFragment-->"
)


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        (
            items((1, "·", "Ask about sleep"), (2, "o", "by day"), (1, "·", "Ask about mood")),
            "- Ask about sleep\n   - by day\n- Ask about mood",
        ),
        (
            items(
                (1, "1.", "Ring"), (1, "2.", "Wait"), (2, "a)", "an hour"), (1, "3.", "Ring again")
            ),
            "1. Ring\n2. Wait\n   1. an hour\n3. Ring again",
        ),
        (
            "<p class=MsoNormal>One<o:p></o:p></p><p class=MsoListParagraph>Indented only</p>",
            "One\n\nIndented only",
        ),
        (
            "<p class=MsoNormal>\u00b7&nbsp;&nbsp; A bullet typed by hand</p>",
            "- A bullet typed by hand",
        ),
        (
            "<p>1. First</p><p>2) Second</p><p>2022. A year</p>",
            "1. First\n2. Second\n\n2022\\. A year",
        ),
    ],
)
def test_lists_as_word_writes_them(html, wanted):
    assert as_markdown(WORD + html + "<!--EndFragment--></body></html>") == wanted


def test_headings_of_word_by_tag_class_and_outline():
    html = (
        "<h1><a name='_Toc1'></a><b>Weight</b></h1><p class=MsoTitle>The title</p>"
        "<p class=MsoHeading3>Third</p><p style='mso-outline-level:2'>Second</p><h2><o:p>&nbsp;</o:p></h2>"
    )
    assert as_markdown(WORD + html) == "## Weight\n\n## The title\n\n### Third\n\n## Second"


def test_tracked_changes_leave_what_was_put_in_and_drop_what_was_taken_out():
    html = (
        "<p class=MsoNormal>Ring within <del cite='mailto:x' datetime='2026-01-01'>4</del>"
        "<ins cite='mailto:x'>2</ins> hours<span class=msoDel> or days</span>.</p>"
    )
    assert as_markdown(WORD + html) == "Ring within 2 hours."


def test_comments_of_word_do_not_come_along():
    html = (
        "<p class=MsoNormal><a style='mso-comment-reference:AB_1'>Ask twice</a>"
        "<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[AB1]</a></span>.</p>"
        "<div style='mso-element:comment-list'><div style='mso-element:comment'><div class=msocomtxt>"
        "<p class=MsoCommentText>Is this right?</p></div></div></div><p>After.</p>"
    )
    assert as_markdown(WORD + html) == "Ask twice.\n\nAfter."


def test_curly_quotes_dashes_and_the_signs_of_old_windows_are_kept():
    assert as_markdown("<p>\u201cNot now\u201d \u2013 she\u2019s tired\u2026</p>") == (
        "\u201cNot now\u201d \u2013 she\u2019s tired\u2026"
    )
    assert as_markdown("<p>\x93Not\x94 \x96 it\x92s</p>") == "\u201cNot\u201d \u2013 it\u2019s"
    assert as_markdown("<p>a\u200bb\u00adc\ufeff</p>") == "abc"


def test_a_table_in_a_table_paragraphs_and_lists_in_cells_become_one_table():
    html = (
        "<table class=MsoTableGrid border=1><tr><td><p><b>Level</b></p></td><td colspan=2><p><b>When</b>"
        "</p></td></tr><tr><td><p>1</p><p>or 2</p></td><td><ul><li>mood</li><li>sleep | food</li></ul></td>"
        "<td><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table></td></tr></table><p>End</p>"
    )
    assert as_markdown(html) == (
        "| Level | When |  |\n|---|---|---|\n| 1 or 2 | mood; sleep \\| food | a: b; c: d |\n\nEnd"
    )
    page = read_page("a.md", as_markdown(html).encode())
    (table,) = page.sections[0].tables
    assert [len(row.cells) for row in table.rows] == [3]


def test_a_table_that_only_arranges_things_is_no_table():
    html = "<table><tr><td><h2>News</h2><p>First</p><ul><li>one</li></ul></td></tr></table>"
    assert as_markdown(html) == "## News\n\nFirst\n\n- one"


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>Ask<b> twice </b>or more</p>", "Ask **twice** or more"),
        ("<p><b>Ask</b><b> twice</b>, <b>,</b></p>", "**Ask twice**, ,"),
        ("<b style='font-weight:normal' id='docs-internal-guid-1'><p>Plain <span "
         "style='font-weight:700'>bold</span></p></b>", "Plain **bold**"),
        ("<p><b><i>Both</i></b> <em>one</em></p>", "***Both*** *one*"),
        ("<p>5 * 3 [x] under_score _so_ #1 <span>&lt;b&gt;</span></p>",
         "5 \\* 3 \\[x\\] under_score \\_so\\_ #1 \\<b>"),
        ("<p># not a heading</p><p>&gt; no quote</p>", "\\# not a heading\n\n\\> no quote"),
        ("<p><a href='https://example.org/a (1)'>see <b>it</b></a></p>",
         "[see **it**](https://example.org/a%20%281%29)"),
        ("<p><a href='#_Toc12'>Contents</a> <a href='file:///C:/x.doc'>file</a> <a name=x></a>"
         "<a href='javascript:x()'>bad</a></p>", "Contents file bad"),
        ("<p>One<br>Two</p>", "One\n\nTwo"),
        ("<ul><li><p>One</p></li><li>Two<ul><li>Inner</li></ul></li></ul>",
         "- One\n- Two\n   - Inner"),
        ("<div style='display:none'>tracker</div><p style='mso-hide:all'>x</p><p>Seen</p>", "Seen"),
        ("<p>Open <b>bold</p><p>and on</p>", "Open **bold**\n\nand on"),
        ("<o:p>kept", "kept"),
        ("", ""),
    ],
)  # fmt: skip
def test_marks_links_and_signs(html, wanted):
    assert as_markdown(html) == wanted


def test_what_is_pasted_reads_back_as_the_words_that_were_copied():
    words = "A * b _c_ [d](e) `f` <g> ~~h~~ \\ 1. #i | j & k"
    page = read_page(
        "a.md", as_markdown(f"<p>{words.replace('&', '&amp;').replace('<', '&lt;')}</p>").encode()
    )
    from knowledge.render import Renderer

    assert Renderer().plain_text(page, page.sections[0]) == words


def test_endless_and_broken_html_ends():
    for html in (
        "<b>" * 50_000 + "x",
        "<table><tr><td>" * 2_000 + "x",
        "<ul><li>" * 2_000 + "x",
        "</td>" * 9_000,
    ):
        began = time.process_time()
        as_markdown(html)
        assert time.process_time() - began < 60


def test_what_stands_around_words_reaches_into_every_tag_inside() -> None:
    numbered = "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'><i style='color:red'>1.</i> </span>Ask</p>"
    assert as_markdown(numbered) == "1. Ask"
    looks = "<p><b>Ask <span>about <i>mood</i></span></b><b><span style='font-weight:normal'> now</span></b></p>"
    assert as_markdown(looks) == "**Ask about** ***mood*** now"
