"""Details at the top of a page: found, read as far as they can be, and what is wrong with them said."""

from datetime import date

import pytest

from knowledge.model import Kind, Status, Strength
from tests.support.pages import page, reading


def front(details, path="pages/x.md", newline="\n"):
    return page(f"---\n{details}\n---\n\nBody.\n".replace("\n", newline), path)


def said(details, path="pages/x.md"):
    return [p.sentence().removeprefix(f"{path}:") for p in front(details, path).problems]


def test_every_detail_is_read():
    read = front(
        """id: low-mood
title: "Low mood: first steps"
summary: When somebody feels low.
kind: threshold
status: in-check
owner: PIMH champion
version: 1.10
approved_on: 2026-11-21
review_by: 2027-05-21
audience: parent
topics: [Mood, "Sleep, rest"]
levels:
  - Universal
  - Targeted
related: feeding
for: Low mood.
not_for: Emergencies.
sources:
  - {key: P7, title: A study, year: 2019, where: Leeds, link: https://example.org, strength: seen}"""
    )
    assert (read.id, read.title, read.kind) == ("low-mood", "Low mood: first steps", Kind.THRESHOLD)
    assert (read.status, read.version, read.audience) == (Status.IN_CHECK, "1.10", "parent")
    assert (read.approved_on, read.review_by) == (date(2026, 11, 21), date(2027, 5, 21))
    assert (read.topics, read.levels) == (("Mood", "Sleep, rest"), ("Universal", "Targeted"))
    assert (read.related, read.for_, read.not_for) == (("feeding",), "Low mood.", "Emergencies.")
    [source] = read.sources
    assert (source.key, source.year, source.strength) == ("P7", "2019", Strength.SEEN)
    assert read.problems == ()


@pytest.mark.parametrize(
    ("details", "version"),
    [
        ("version: no", "no"),
        ("version: 012", "012"),
        ("version: 1.10", "1.10"),
        ("version: 12:30", "12:30"),
        ("version: ~", ""),
        ("version:", ""),
        ("version: '~'", "~"),
    ],
)
def test_values_stay_the_words_the_author_wrote(details, version):
    assert front(details).version == version


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_details_and_their_lines_do_not_depend_on_line_endings(newline):
    read = front("title: A\nreview_by: soon", newline=newline)
    assert read.title == "A"
    assert [(f.key, f.line, f.value_span.of(read.text)) for f in read.fields] == [
        ("title", 2, "A"),
        ("review_by", 3, "soon"),
    ]
    assert [(p.line, p.code) for p in read.problems] == [(3, "date-unreadable")]


@pytest.mark.parametrize(
    ("details", "sentence"),
    [
        (
            "review_by: 05/01/2027",
            "2: error date-unreadable: The review date '05/01/2027' is not a date I can read (Write it as 2027-01-05)",
        ),
        (
            "approved_on: 2026-02-30",
            "2: error date-unreadable: The approval date '2026-02-30' is not a date I can read (Write it as year-month-day, such as 2027-05-21)",
        ),
        (
            "ownr: x",
            "2: warning field-unknown: I don't know 'ownr'; it is kept but not used (Did you mean owner?)",
        ),
        (
            "title: a\ntitle: b",
            "3: error field-twice: 'title' is given twice; the first one counts (Remove one of them)",
        ),
        (
            "status: approvd",
            "2: error value-unknown: The status 'approvd' is none that I know (Use sample, draft, in-check, approved or withdrawn)",
        ),
        (
            "kind: pathwy",
            "2: error value-unknown: The kind 'pathwy' is none that I know (Use pathway, threshold, casestudy, service, session or page)",
        ),
        (
            "title: Low mood: what now",
            "2: error front-needs-quotes: 'title' holds a character that has a meaning of its own here, such as a colon (Put the words in quotes: \"Low mood: what now\")",
        ),
        (
            "title: 'Low mood",
            "2: error front-quote: 'title' begins with a quote mark that is never closed (Close the quotes)",
        ),
        (
            "title: a\nrelated:\n\t- b",
            "4: error front-tab: A Tab is used here, which the details at the top cannot have (Use spaces)",
        ),
        (
            "title: *a",
            "2: error yaml-alias: 'title' cannot be read: '*' repeats a marked part, which is not allowed here (Write the value out in full)",
        ),
        (
            "title: &a b",
            "2: error yaml-alias: 'title' cannot be read: '&' marks a part for repeating, which is not allowed here (Write the value out in full)",
        ),
        (
            "title: !!python/name:os.system x",
            "2: error yaml-tag: 'title' cannot be read: The tag 'tag:yaml.org,2002:python/name:os.system' is not allowed here (Write the value out in full)",
        ),
        (
            "levels: {a: b}",
            "2: error field-not-list: 'levels' takes a list (Write each on a line of its own after a dash)",
        ),
        (
            "owner: {a: b}",
            "2: error field-not-text: 'owner' takes plain words (Write it on one line, in quotes if it has a colon)",
        ),
        (
            "owner: [a, b]",
            "2: warning field-not-text: 'owner' takes one value, not a list (Write it on one line)",
        ),
        (
            "sources: P7",
            "2: error sources-not-list: The sources are not a list (Begin each source on a line of its own with a dash)",
        ),
        (
            "sources:\n  - {title: x}",
            "3: error source-no-key: This source has no key, so no fact can name it (Give it a short key, such as P7)",
        ),
        (
            "sources:\n  - {key: a}\n  - {key: a}",
            "4: error source-twice: The source 'a' is listed twice (Remove one of them)",
        ),
        (
            "sources:\n  - [a]",
            "3: error source-unreadable: This source cannot be read (Give it a key, a title and a strength)",
        ),
        (
            "sources:\n  - {key: a, strenth: seen}",
            "3: warning source-field-unknown: I don't know 'strenth' in a source (Did you mean strength?)",
        ),
        (
            "sources:\n  - {key: a, strength: sen}",
            "3: error value-unknown: The strength 'sen' is none that I know (Use seen, secondary, local or unchecked)",
        ),
        (
            "hours: whenever",
            '2: error hours-unreadable: The opening hours cannot be read: \'whenever\' does not name days and times (Write them as {days: Mon-Fri, open: "09:00", close: "17:00"}, or always)',
        ),
        (
            "just words",
            "2: error front-broken: This line has no name and colon at its beginning, so nothing says what it is (Write it as 'name: value', one to a line)",
        ),
        (
            "a: " + "[" * 20 + "]" * 20,
            "2: error yaml-too-deep: 'a' cannot be read: Lists stand inside lists more than 8 deep (Write the value out in full)",
        ),
    ],
)
def test_a_slip_is_told_at_its_line_in_plain_words(details, sentence):
    assert said(details) == [sentence]


def test_one_broken_detail_does_not_take_the_others_with_it():
    read = front("title: Low mood: what now\nowner: 'Lead\nstatus: draft\nreview_by: 2027-05-21")
    assert (read.title, read.status, read.review_by) == (
        "Low mood: what now",
        Status.DRAFT,
        date(2027, 5, 21),
    )
    assert [p.code for p in read.problems] == ["front-needs-quotes", "front-quote"]


def test_what_we_do_not_know_is_kept():
    assert front("colour: [red, blue]\ntitle: a").extra == (("colour", "[red, blue]"),)


@pytest.mark.parametrize("stray", ["hello there", "<<: *b", "@somebody", "? [a]"])
def test_a_stray_line_takes_nothing_from_the_line_above_it(stray):
    read = front(f"title: Still here\n{stray}\nowner: The team")
    assert (read.title, read.owner) == ("Still here", "The team")
    [problem] = read.problems
    assert (problem.line, problem.message[:10]) == (3, "This line ")


def test_a_merge_key_bomb_is_refused_before_it_can_go_off():
    bomb = "a0: &a0 {x: 1}\n" + "".join(
        f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 27)
    )
    read = front(bomb + "title: still here")
    assert read.title == "still here"
    assert {p.code for p in read.problems} <= {"yaml-alias", "field-unknown"}


@pytest.mark.parametrize(
    "details", ["a: " + "x" * 70_000, "".join(f"k{n}: v\n" for n in range(3000))]
)
def test_details_past_the_limits_are_left_unread_and_the_body_is_there(details):
    read = front(details)
    assert [p.code for p in read.problems] == ["yaml-too-large"]
    assert read.body_of(read.intro).strip() == "Body."


# -- where they begin and end --------------------------------------------------------------------


def body(text):
    read = page(text, "pages/x.md")
    return read.text[read.intro.span.start :] if read.sections else ""


def test_a_rule_at_the_top_of_a_note_is_no_beginning_of_details():
    for text in (
        "---\n\nA note.\n",
        "---\nNote: begin here.\n\nMore.\n",
        "\n---\nwords\n---\n",
        "----\na: b\n---\n",
    ):
        assert body(text) == text
        assert reading(text, "pages/x.md") == []


def test_details_that_never_end_still_count_and_can_be_closed_by_a_click():
    text = "---\ntitle: Low mood\nstatus: draft\n\n# Hello\n\nwords\n"
    read = page(text)
    assert (read.title, read.status) == ("Low mood", Status.DRAFT)
    assert body(text) == "\n# Hello\n\nwords\n"
    [problem] = read.problems
    assert problem.code == "front-unclosed"
    assert problem.fix is not None
    mended = text[: problem.fix.start] + problem.fix.text + text[problem.fix.end :]
    assert mended == "---\ntitle: Low mood\nstatus: draft\n---\n\n# Hello\n\nwords\n"
    assert page(mended).problems == ()


def test_a_rule_far_below_is_not_taken_for_the_end_of_details():
    text = "---\ntitle: Low mood\n\n## Step {#s}\n\nWords.\n\n---\n\nMore.\n"
    read = page(text)
    assert read.title == "Low mood"
    assert [s.anchor for s in read.steps] == ["s"]
    assert "front-unclosed" in [p.code for p in read.problems]


def test_empty_lines_above_the_details_are_told_and_do_no_harm():
    read = page("\n\n---\ntitle: Low mood\n---\nBody\n", "pages/x.md")
    assert read.title == "Low mood"
    [problem] = read.problems
    assert (problem.code, problem.line) == ("front-late", 3)
    assert problem.fix is not None
    assert (problem.fix.start, problem.fix.end) == (0, 2)


def test_empty_details_are_details():
    read = page("---\n---\nBody\n", "pages/x.md")
    assert read.front is not None
    assert read.front.of(read.text) == ""


def test_each_field_says_where_its_value_stands():
    read = front("title: 'A b'\ntopics: [x, y]\nsources:\n  - {key: k}\nowner:")
    spans = {f.key: f.value_span.of(read.text) for f in read.fields}
    assert spans == {"title": "'A b'", "topics": "[x, y]", "sources": "- {key: k}", "owner": ""}
    assert [f.scalar for f in read.fields] == [True, False, False, True]
