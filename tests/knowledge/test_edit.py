"""What a champion can change on a page, told one change at a time. Each shows the whole difference."""

import difflib
from datetime import date
from pathlib import Path

import pytest

from knowledge.editing import (
    combine,
    fields,
    graph,
    headings,
    links,
    prove,
    rename,
    sources,
    steps,
    tables,
    ways,
)
from knowledge.editing.change import Refused, Stale, written
from knowledge.editing.words import link_to
from knowledge.library import open_library
from knowledge.model import Hours, Opening, Source, StepKind, Strength
from knowledge.source import read_page

MOOD = """\
---
id: mood
title: "Low mood"   # as on the poster
topics: [Mood, "Sleep"]
concerns:
  - low mood
  - 'sad after baby'   # heard often
owner: Lead
sources:
  - key: P7
    title: "Red flags"
    strength: seen
---

Introduction.

## Any emergency sign now?

Look first. [^P7]

- Any red flag → [Ring now](emergency.md)
- None → [Ask two questions](#ask-two-questions)

## Ask two questions {.question lane="Health visitor"}

| Level | Help |
|-------|------|
| Mild  | Talk |

- Yes [^P7] → [Refer](#refer)
- No → [Any emergency sign now?](#any-emergency-sign-now)

## Refer {#refer .referral timeframe="within 4 hours"}

Ring them. See [the first step](#any-emergency-sign-now).
"""


@pytest.fixture
def page():
    return read_page("pathways/mood.md", MOOD.encode())


def changed(page, edit):
    """The lines taken out and put in."""
    old, new = page.text.splitlines(), edit.apply(page.text).splitlines()
    return [d for d in difflib.ndiff(old, new) if d[0] in "-+"]


def after(page, edit):
    return read_page(page.path, written(edit.apply(page.text), page.encoding).data)


# -- headings ------------------------------------------------------------------------------------


def test_a_new_title_keeps_the_name_that_links_use(page):
    edit = headings.set_title(page, page.steps[0], "Red flags {now} #")
    assert changed(page, edit) == [
        "- ## Any emergency sign now?",
        r"+ ## Red flags {now} \# {#any-emergency-sign-now}",
    ]
    assert after(page, edit).steps[0].title == "Red flags {now} #"
    assert edit.says == "'Any emergency sign now?' is now called 'Red flags {now} #'"


def test_braces_that_are_there_take_the_name_in(page):
    edit = headings.set_title(page, page.steps[1], "Ask [two] *questions*")
    assert changed(page, edit)[1] == (
        '+ ## Ask \\[two\\] \\*questions\\* {#ask-two-questions .question lane="Health visitor"}'
    )


def test_kind_lane_and_time_limit_are_set_changed_and_taken_away(page):
    first, second, third = page.steps
    assert changed(page, headings.set_kind(page, first, StepKind.URGENT))[1] == (
        "+ ## Any emergency sign now? {.urgent}"
    )
    assert changed(page, headings.set_kind(page, second, StepKind.ACTION))[1] == (
        '+ ## Ask two questions {.action lane="Health visitor"}'
    )
    assert changed(page, headings.set_kind(page, third, None))[1] == (
        '+ ## Refer {#refer timeframe="within 4 hours"}'
    )
    assert (
        changed(page, headings.set_lane(page, second, ""))[1]
        == "+ ## Ask two questions {.question}"
    )
    assert changed(page, headings.set_timeframe(page, third, 'the "same" day'))[1] == (
        "+ ## Refer {#refer .referral timeframe='the \"same\" day'}"
    )


def test_a_title_without_words_is_refused_in_one_sentence(page):
    with pytest.raises(Refused, match=r"^A heading needs words\. Write a title\.$"):
        headings.set_title(page, page.steps[0], "  ")


# -- ways on -------------------------------------------------------------------------------------


def test_a_condition_changes_and_keeps_its_source(page):
    step = page.steps[1]
    edit = ways.set_condition(page, step, step.ways[0], "Yes, or [unsure]")
    assert changed(page, edit)[1] == r"+ - Yes, or \[unsure\] [^P7] → [Refer](#refer)"


def test_a_way_on_is_added_moved_and_removed(page):
    step = page.steps[1]
    new = ways.NewWay("Not sure", link_to(page.path, "services/crisis team.md", "ring"), "Ring")
    edit = ways.add_way(page, step, new)
    assert changed(page, edit) == ["+ - Not sure → [Ring](../services/crisis%20team.md#ring)"]
    assert edit.says == "'Ask two questions' has a new way on, 'Not sure', to 'Ring'"
    moved = after(page, ways.move_way(page, step, step.ways[1], 0))
    assert [w.condition for w in moved.steps[1].ways] == ["No", "Yes"]
    gone = ways.remove_way(page, step, step.ways[0])
    assert changed(page, gone) == ["- - Yes [^P7] → [Refer](#refer)"]


def test_the_first_way_on_of_a_step_stands_behind_its_words(page):
    edit = ways.add_way(page, page.steps[2], ways.NewWay("Then", "#refer", "Again"))
    assert page.text[: edit.replacements[0].start].endswith("now).\n")
    assert edit.replacements[0].text == "\n- Then → [Again](#refer)\n"


def test_the_marks_of_the_neighbour_are_used():
    page = read_page("pathways/a.md", b"## A\r\n\r\n1) x -> [B](#b)\r\n\r\n## B\r\n")
    edit = ways.add_way(page, page.steps[0], ways.NewWay("y", "#b", "B"))
    assert edit.replacements[0].text == "2) y -> [B](#b)\r\n"


def test_a_way_on_is_led_elsewhere_and_its_link_renamed(page):
    way = page.steps[0].ways[0]
    assert changed(page, links.retarget(page, way.link, "#refer"))[1] == (
        "+ - Any red flag → [Ring now](#refer)"
    )
    assert changed(page, links.set_words(page, way.link, "Ring [999]"))[1] == (
        r"+ - Any red flag → [Ring \[999\]](emergency.md)"
    )


def test_a_way_on_led_elsewhere_takes_the_words_of_where_it_leads_in_one_edit(page):
    step = page.steps[1]
    edit = graph.lead_way(page, step, step.ways[0], graph.Goal("emergency.md", "Ring [now]"))
    assert changed(page, edit) == [
        "- - Yes [^P7] → [Refer](#refer)",
        r"+ - Yes [^P7] → [Ring \[now\]](emergency.md)",
    ]


# -- steps ---------------------------------------------------------------------------------------


def test_a_step_added_behind_another_is_led_to_in_the_same_edit(page):
    edit = graph.add_after(page, page.steps[2], "Write it down", StepKind.ACTION, "Then")
    assert changed(page, edit) == [
        "+ ",
        "+ - Then → [Write it down](#write-it-down)",
        "+ ",
        "+ ## Write it down {#write-it-down .action}",
    ]
    assert edit.says == "'Write it down' now follows 'Refer'"


def test_a_step_put_between_two_takes_over_where_the_way_led(page):
    step = page.steps[1]
    edit = graph.add_between(page, step, step.ways[0], "Ring first")
    got = after(page, edit)
    assert [w.anchor for w in got.steps[1].ways] == ["ring-first", "any-emergency-sign-now"]
    assert [w.anchor for w in got.steps[2].ways] == ["refer"]


def test_a_renamed_step_is_called_so_by_the_links_that_bore_its_name(page):
    edit = graph.rename_step(page, page.steps[0], "Red flag?")
    assert changed(page, edit) == [
        "- ## Any emergency sign now?",
        "+ ## Red flag? {#any-emergency-sign-now}",
        "- - No → [Any emergency sign now?](#any-emergency-sign-now)",
        "+ - No → [Red flag?](#any-emergency-sign-now)",
    ]


def test_a_step_taken_out_takes_the_ways_to_it_along_or_leads_them_on(page):
    gone = graph.take_out(page, page.steps[2])
    assert [w.condition for w in after(page, gone).steps[1].ways] == ["No"]
    assert not gone.notes
    led = graph.take_out(page, page.steps[2], graph.Goal("emergency.md", "Ring now"))
    assert "+ - Yes [^P7] → [Ring now](emergency.md)" in changed(page, led)
    first = graph.take_out(page, page.steps[0])
    assert first.notes == ("'the first step' in 'Refer' of Low mood leads to it",)


def test_a_step_is_added_behind_another(page):
    new = [
        ways.NewWay("Better", "#refer", "Refer"),
        ways.NewWay("Worse", "emergency.md", "Ring now"),
    ]
    edit = steps.add_step(
        page, page.steps[0], "Wait a week", StepKind.ACTION, new, "See her again."
    )
    assert edit.replacements[0].text == (
        "## Wait a week {#wait-a-week .action}\n\nSee her again.\n\n"
        "- Better → [Refer](#refer)\n- Worse → [Ring now](emergency.md)\n\n"
    )
    assert [s.title for s in after(page, edit).steps][1] == "Wait a week"


def test_removing_a_step_tells_who_leads_to_it(page):
    edit = steps.remove_step(page, page.steps[2])
    assert edit.notes == ("'Refer' in 'Ask two questions' of Low mood leads to it",)
    assert [s.title for s in after(page, edit).steps] == [
        "Any emergency sign now?",
        "Ask two questions",
    ]


def test_a_step_moves_with_all_that_stands_in_it(page):
    edit = steps.move_step(page, page.steps[2], page.intro)
    assert after(page, edit).steps[0].title == "Refer"
    assert sorted(edit.apply(MOOD).split()) == sorted(MOOD.split())


def test_a_step_that_goes_does_not_rename_its_twin():
    page = read_page("pathways/a.md", b"## A\n\n- x \xe2\x86\x92 [A](#a-1)\n\n## A\n")
    edit = steps.remove_step(page, page.steps[0])
    assert edit.apply(page.text) == "## A {#a-1}\n"


def test_the_text_of_a_step_is_replaced_and_nothing_follows_it_into_code(page):
    edit = steps.replace_body(page, page.steps[2], "New.\n\n- Then → [On](#refer)\n")
    assert edit.apply(MOOD).endswith('hours"}\n\nNew.\n\n- Then → [On](#refer)\n')
    with pytest.raises(Refused, match="where the steps or sections begin"):
        steps.replace_body(page, page.steps[0], "```\nnever closed")


# -- details at the top --------------------------------------------------------------------------


def test_a_detail_keeps_its_quotes_and_the_comment_behind_it(page):
    edit = fields.set_text(page, "title", 'Mood: "low"')
    assert changed(page, edit)[1] == '+ title: "Mood: \\"low\\""   # as on the poster'
    assert (
        changed(page, fields.set_text(page, "owner", "Lead: north"))[1] == '+ owner: "Lead: north"'
    )


def test_new_details_stand_where_they_usually_do(page):
    assert changed(page, fields.set_date(page, "review_by", date(2027, 5, 21))) == [
        "+ review_by: 2027-05-21"
    ]
    text = fields.set_text(page, "version", "2.0").apply(MOOD)
    assert 'owner: Lead\nversion: "2.0"\n' in text
    bare = read_page("a.md", b"# Hello\r\n")
    assert fields.set_text(bare, "owner", "Lead").apply(bare.text) == (
        "---\r\nowner: Lead\r\n---\r\n\r\n# Hello\r\n"
    )


def test_lists_keep_the_form_their_author_chose(page):
    assert changed(page, fields.set_list(page, "topics", ["Mood", "Feeding, both", "Sleep"]))[
        1
    ] == ('+ topics: [Mood, "Feeding, both", "Sleep"]')
    assert changed(
        page, fields.set_list(page, "concerns", ["cries", "low mood", "sad after baby"])
    ) == ["+   - cries"]
    assert changed(page, fields.set_list(page, "concerns", ["low mood"])) == [
        "-   - 'sad after baby'   # heard often"
    ]


def test_sources_change_one_word_at_a_time(page):
    assert changed(page, sources.set_source(page, "P7", "strength", "unchecked"))[1] == (
        "+     strength: unchecked"
    )
    assert changed(page, sources.set_source(page, "P7", "year", "2020")) == ["+     year: 2020"]
    new = Source("S2", "Strategy: aims", "2022", strength=Strength.LOCAL)
    assert changed(page, sources.add_source(page, new)) == [
        "+   - key: S2",
        '+     title: "Strategy: aims"',
        "+     year: 2022",
        "+     strength: local",
    ]
    edit = sources.rename_source(page, "P7", "S7")
    assert [f.key for s in after(page, edit).sections for f in s.footnotes] == ["S7", "S7"]
    assert sources.remove_source(page, "P7").notes == ("The page still names it 2 times",)


def test_opening_hours_are_written_so_that_the_program_can_say_who_to_ring():
    page = read_page("services/a.md", b'---\nid: a\nphone: ""\n---\n')
    hours = Hours(openings=(Opening((0, 1, 2, 3, 4), 540, 1020), Opening((5,), 600, 720)))
    text = fields.set_hours(page, hours).apply(page.text)
    assert text == (
        '---\nid: a\nphone: ""\nhours:\n'
        '  - {days: Mon-Fri, open: "09:00", close: "17:00"}\n'
        '  - {days: Sat, open: "10:00", close: "12:00"}\n---\n'
    )
    only = fields.set_hours(page, Hours(bank_holidays="Ring the duty desk")).apply(page.text)
    assert only == '---\nid: a\nphone: ""\nhours:\n  bank_holidays: Ring the duty desk\n---\n'


# -- tables --------------------------------------------------------------------------------------


def test_cells_rows_and_columns_of_a_table(page):
    step, table = page.steps[1], page.steps[1].tables[0]
    edit = tables.set_cell(page, step, table, 1, 1, "Talk | listen")
    assert changed(page, edit)[1] == r"+ | Mild  | Talk \| listen |"
    assert changed(page, tables.add_row(page, step, table, 0, ["None"])) == ["+ | None |  |"]
    assert changed(page, tables.remove_row(page, step, table, 1)) == ["- | Mild  | Talk |"]
    wide = after(page, tables.add_column(page, step, table, 0, "Who", ["GP"])).steps[1].tables[0]
    assert (wide.header.cells, wide.rows[0].cells) == (
        ("Level", "Who", "Help"),
        ("Mild", "GP", "Talk"),
    )
    narrow = after(page, tables.remove_column(page, step, table, 0)).steps[1].tables[0]
    assert (narrow.header.cells, narrow.rows[0].cells) == (("Help",), ("Talk",))


# -- several at once, several pages --------------------------------------------------------------


def test_two_edits_in_one_go_or_a_refusal_when_they_meet(page):
    first = headings.set_title(page, page.steps[0], "Signs")
    second = ways.add_way(page, page.steps[1], ways.NewWay("?", "#refer", "Refer"))
    both = after(page, combine.combine(page, first, second))
    assert both.steps[0].title == "Signs"
    assert len(both.steps[1].ways) == 3
    with pytest.raises(Refused, match="Make one after the other"):
        combine.combine(page, first, headings.set_title(page, page.steps[0], "Flags"))


def test_an_edit_is_taken_back_to_the_byte(page):
    first = headings.set_title(page, page.steps[0], "Signs")
    both = combine.combine(page, first, fields.set_text(page, "owner", "Team"))
    later = prove.result(page, both)
    assert prove.undo(page, both).apply(later.text) == MOOD
    assert prove.result(later, prove.undo(page, both)).digest == page.digest


def test_an_edit_of_a_page_that_changed_meanwhile_is_refused(page):
    other = read_page(page.path, MOOD.replace("Low", "High").encode())
    edit = headings.set_title(page, page.steps[0], "Signs")
    with pytest.raises(Stale):
        combine.combine(other, edit, edit)
    with pytest.raises(Stale, match="not there any more"):
        ways.remove_way(other, other.steps[2], page.steps[0].ways[0])


def test_the_mend_of_a_problem_is_an_edit_too():
    page = read_page("pathways/a.md", b"## A {.questoin}\n\n- x => [A](#a)\n")
    mended = {p.code: combine.mend(page, p).apply(page.text) for p in page.problems if p.fix}
    assert mended["step-kind-unknown"].startswith("## A {.question}")
    assert "- x → [A](#a)" in mended["way-arrow"]


def test_what_windows_1252_cannot_hold_makes_the_file_utf_8_and_says_so():
    page = read_page("pathways/a.md", "## Café\n\n- x -> [B](#b)\n\n## B\n".encode("cp1252"))
    kept = headings.set_title(page, page.steps[0], "Thé")
    assert not written(kept.apply(page.text), page.encoding).converted
    edit = headings.set_title(page, page.steps[0], "日本")
    saved = written(edit.apply(page.text), page.encoding)
    assert saved.converted
    assert "from now on it is UTF-8" in saved.says
    assert saved.data.decode() == edit.apply(page.text)


@pytest.fixture
def library(tmp_path):
    pages = {
        "pathways/mood.md": MOOD,
        "pathways/emergency.md": "---\nrelated: [mood]\n---\n## Ring\n\n- Then → [Ask](mood.md#ask-two-questions)\n",
        "services/crisis.md": '---\nout_of_hours: "See [mood](../pathways/mood.md#ask-two-questions)"\n---\n'
        "> [!NOTE]\n> Not [mood](../pathways/mood.md?)\n\nSee [mood](<../pathways/mood.md>).\n",
        "library.yaml": "name: Test\ntop_six:\n  - pathways/mood.md # first\n  - services/crisis.md\n",
    }
    for path, text in pages.items():
        file = Path(tmp_path, path)
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    return open_library(tmp_path)


def test_a_step_gets_another_name_and_three_pages_follow(library):
    page = library.pages["pathways/mood.md"]
    change = rename.rename_anchor(library, page, page.steps[1], "two-questions")
    said = {e.path: changed(library.pages[e.path], e) for e in change.edits}
    assert said == {
        "pathways/mood.md": [
            "- - None → [Ask two questions](#ask-two-questions)",
            "+ - None → [Ask two questions](#two-questions)",
            '- ## Ask two questions {.question lane="Health visitor"}',
            '+ ## Ask two questions {#two-questions .question lane="Health visitor"}',
        ],
        "pathways/emergency.md": [
            "- - Then → [Ask](mood.md#ask-two-questions)",
            "+ - Then → [Ask](mood.md#two-questions)",
        ],
        "services/crisis.md": [
            '- out_of_hours: "See [mood](../pathways/mood.md#ask-two-questions)"',
            '+ out_of_hours: "See [mood](../pathways/mood.md#two-questions)"',
        ],
    }


def test_a_page_moves_with_every_link_to_it_and_its_own(library):
    page = library.pages["pathways/mood.md"]
    change = rename.move_page(library, page, "pathways/perinatal/low mood.md", "low-mood")
    texts = {
        path: edit.apply(library.pages[path].text)
        for path in library.pages
        if (edit := change.edit_of(path)) is not None
    }
    assert change.moved == ("pathways/mood.md", "pathways/perinatal/low mood.md")
    assert "id: low-mood\n" in texts["pathways/mood.md"]
    assert "[Ring now](../emergency.md)" in texts["pathways/mood.md"]
    assert "[Ask](perinatal/low%20mood.md#ask-two-questions)" in texts["pathways/emergency.md"]
    assert "related: [low-mood]" in texts["pathways/emergency.md"]
    assert texts["services/crisis.md"].count("../pathways/perinatal/low%20mood.md") == 2
    settings = change.edit_of("library.yaml")
    assert settings is not None
    assert settings.replacements[0].text == "pathways/perinatal/low mood.md"


def test_a_page_without_a_short_name_keeps_the_one_its_file_gave_it(library):
    page = library.pages["pathways/emergency.md"]
    change = rename.move_page(library, page, "pathways/urgent.md")
    own = change.edit_of(page.path)
    assert own is not None
    assert own.apply(page.text).startswith("---\nid: emergency\ntitle: emergency\n")


def test_names_that_are_taken_are_refused(library):
    page = library.pages["pathways/mood.md"]
    with pytest.raises(Refused, match="Another heading is called #refer already"):
        rename.rename_anchor(library, page, page.steps[0], "refer")
    with pytest.raises(Refused, match="There is a page"):
        rename.move_page(library, page, "services/crisis.md")


def test_no_ordinary_edit_of_the_shipped_pages_is_refused():
    library = open_library(Path(__file__).parents[2] / "content")
    assert len(library.pages) > 50
    for page in list(library.pages.values())[::12]:
        fields.set_text(page, "title", "Another title: new")
        fields.set_list(page, "topics", [*page.topics, "One more"])
        fields.set_date(page, "review_by", date(2028, 1, 31))
        for section in page.sections[1::3]:
            headings.set_title(page, section, section.title + " (new)")
            steps.replace_body(page, section, "New words.")
            for table in section.tables:
                tables.set_cell(page, section, table, 1, 0, "New")
        for step in page.steps[::2]:
            steps.add_step(page, step, "New", StepKind.ACTION, [ways.NewWay("So", "#new", "New")])
            steps.remove_step(page, step)
            ways.add_way(page, step, ways.NewWay("Otherwise", "#new", "New"))
            for way in step.ways:
                ways.set_condition(page, step, way, "Another condition")
                ways.move_way(page, step, way, 0)
                ways.remove_way(page, step, way)
