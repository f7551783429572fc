"""Two versions of a pathway: what was added, removed and changed, whatever else moved."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.comparing import Facet, Sign, compare
from knowledge.editing import graph, headings, steps, ways
from knowledge.editing.change import Refused, written
from knowledge.model import StepKind
from knowledge.source import read_page
from tests.support.playing import PLAYS
from tests.support.spoilt import document

CRYING = """\
# Crying

## Is the baby ill? {#ill .question}

Look at the baby.

- Yes → [Ring 999](#ring)
- No → [Feed](#feed)
- Unsure → [GP](../services/gp.md)

## Ring 999 {#ring .urgent timeframe="now"}

Ring.

## Feed {#feed}

Feed.

- Better → [Is the baby ill?](#ill)
"""


@pytest.fixture
def page():
    return read_page("pathways/crying.md", CRYING.encode())


def after(page, edit):
    return read_page(page.path, written(edit.apply(page.text), page.encoding).data)


def test_a_page_beside_itself_differs_in_nothing(page):
    assert compare(page, page).same


def test_an_added_step_and_its_way_are_all_that_is_added(page):
    found = compare(page, after(page, graph.add_after(page, page.steps[2], "Wind", None, "Worse")))
    assert [(c.sign, c.after.title) for c in found.steps] == [(Sign.ADDED, "Wind")]
    assert [(c.sign, c.after.condition) for c in found.ways] == [(Sign.ADDED, "Worse")]


def test_a_step_between_two_others_leads_on_as_before(page):
    step = page.steps[0]
    edit = graph.add_between(page, step, step.ways[1], "Undress the baby", StepKind.ACTION)
    now = after(page, edit)
    assert [s.title for s in now.steps][:2] == ["Is the baby ill?", "Undress the baby"]
    found = compare(page, now)
    (new,) = [c for c in found.ways if c.sign is Sign.ADDED]
    (led,) = [c for c in found.ways if c.sign is Sign.CHANGED]
    assert (led.led, led.worded, led.after.anchor) == (True, False, "undress-the-baby")
    assert new.after.anchor == "feed"


def test_a_removed_step_is_told_with_its_ways_and_those_that_led_there(page):
    found = compare(page, after(page, graph.take_out(page, page.steps[2])))
    assert [(c.sign, c.before.title) for c in found.steps] == [(Sign.REMOVED, "Feed")]
    assert sorted(c.before.condition for c in found.ways) == ["Better", "No"]
    assert {c.sign for c in found.ways} == {Sign.REMOVED}


def test_a_way_led_elsewhere_and_one_under_other_words_are_changes_not_new_ones(page):
    step = page.steps[0]
    led = after(page, graph.lead_way(page, step, step.ways[2], graph.Goal("#feed", "Feed")))
    (change,) = compare(page, led).ways
    assert (change.sign, change.led, change.worded) == (Sign.CHANGED, True, False)
    worded = after(page, ways.set_condition(page, step, step.ways[2], "Cannot say"))
    (change,) = compare(page, worded).ways
    assert (change.led, change.worded, change.after.condition) == (False, True, "Cannot say")


def test_ways_in_another_order_change_the_step_alone(page):
    step = page.steps[0]
    found = compare(page, after(page, ways.move_way(page, step, step.ways[2], 0)))
    assert not found.ways
    assert [c.facets for c in found.steps] == [{Facet.ORDER}]


def test_a_step_with_another_name_for_links_is_the_same_step(page):
    now = read_page(page.path, CRYING.replace("#feed", "#feeding").encode())
    assert compare(page, now).same


@pytest.mark.parametrize(
    ("edit", "facets"),
    [
        (lambda p: headings.set_title(p, p.steps[1], "Ring"), {Facet.TITLE}),
        (lambda p: headings.set_kind(p, p.steps[1], StepKind.END), {Facet.KIND}),
        (lambda p: headings.set_timeframe(p, p.steps[1], ""), {Facet.TIMEFRAME}),
        (lambda p: headings.set_lane(p, p.steps[1], "GP"), {Facet.LANE}),
        (lambda p: steps.replace_body(p, p.steps[1], "Ring and stay."), {Facet.WORDS}),
    ],
)
def test_what_of_a_step_reads_differently_is_named(page, edit, facets):
    found = compare(page, after(page, edit(page)))
    assert [c.facets for c in found.steps] == [facets]
    assert not found.ways


@settings(max_examples=150)
@given(st.randoms(use_true_random=False))
def test_any_two_versions_are_told_apart_the_same_way_round_and_back(rng):
    page = read_page("pathways/p.md", document(rng))
    now = page
    for _ in range(4):
        chosen = rng.choice(PLAYS)(rng, now)
        if chosen is None:
            continue
        try:
            edit = chosen[0]()
        except Refused:
            continue
        now = after(now, edit)
    there, back = compare(page, now), compare(now, page)
    assert compare(now, now).same
    assert there.same == back.same
    for sign, other in ((Sign.ADDED, Sign.REMOVED), (Sign.REMOVED, Sign.ADDED)):
        mine = [c.after or c.before for c in there.steps if c.sign is sign]
        theirs = [c.after or c.before for c in back.steps if c.sign is other]
        assert sorted(s.span for s in mine) == sorted(s.span for s in theirs)
    kept = len(page.steps) - sum(c.sign is Sign.REMOVED for c in there.steps)
    assert kept == len(now.steps) - sum(c.sign is Sign.ADDED for c in there.steps)
    assert kept == len(there.twins)
