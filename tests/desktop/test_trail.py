"""A walk through a pathway: on, back, the other branch, into another pathway, and as plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.graph.chart import chart_of
from desktop.graph.walk import Walk
from knowledge.library import Library, open_library

STARTER = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(STARTER)


@pytest.fixture
def walk(library: Library) -> Walk:
    page = library.pages["pathways/perinatal-emergency.md"]
    return Walk(chart_of(page, library.pages.get, library.emergency))


def titles(walk: Walk) -> list[str]:
    return [walk.chart.boxes[key].title for key in walk.trail]


def test_nothing_is_walked_until_a_way_is_taken(walk: Walk) -> None:
    assert not walk.walked
    walk.choose(walk.chart.keys[5])
    assert walk.trail == ()
    assert not walk.lit().walked


def test_the_trail_is_the_steps_passed_and_the_rest_stands_back(walk: Walk) -> None:
    walk.take(1)
    walk.take(2)
    assert titles(walk) == [
        "Act on sudden change or suicide risk",
        "Is life in immediate danger now?",
        "Psychosis sign or red flag?",
    ]
    lit = walk.lit()
    assert lit.dims(walk.chart.keys[2])
    assert not lit.dims(walk.chosen)
    assert len(lit.route_ways) == 2


def test_one_step_back_and_the_other_branch(walk: Walk) -> None:
    walk.take(1)
    walk.take(1)
    walk.back()
    walk.take(2)
    assert titles(walk)[-1] == "Psychosis sign or red flag?"
    assert len(walk.trail) == 3


def test_choosing_a_step_of_the_trail_goes_back_to_it(walk: Walk) -> None:
    walk.take(1)
    walk.take(2)
    walk.choose(walk.trail[0])
    assert not walk.walked
    assert walk.chosen == walk.chart.first


def test_looking_at_a_step_off_the_route_keeps_the_route(walk: Walk) -> None:
    walk.take(1)
    before = walk.trail
    walk.choose(walk.chart.keys[-1])
    assert walk.trail == before
    walk.back()
    assert walk.chosen == before[-1]


def test_two_ways_to_one_step_are_not_chosen_between_by_a_click(walk: Walk) -> None:
    chart = walk.chart
    source = chart.key_of("suicide-or-harm")
    target = chart.key_of("ring-team")
    walk.look(source)
    walk.choose(target)
    assert walk.trail == ()
    assert walk.chosen == target


def test_a_route_in_words_names_conditions_title_and_review_date(walk: Walk) -> None:
    walk.take(1)
    walk.take(1)
    text = walk.as_text()
    assert text.startswith("Your route through the chart\n\nEmergency: act now")
    assert "not approved for clinical use, version 0.1, review by 21 May 2027" in text
    assert "2. Is life in immediate danger now? (now) → Yes" in text
    assert text.rstrip().endswith("3. Call 999 and stay if safe (now)")


def test_a_route_outlives_a_change_of_the_page_as_far_as_it_still_holds(
    walk: Walk, library: Library
) -> None:
    from knowledge.library import with_page

    walk.take(1)
    walk.take(2)
    path = "pathways/perinatal-emergency.md"
    text = library.pages[path].text
    at = text.index("- No → [Psychosis")
    fewer = text[:at] + text[text.index("\n", at) + 1 :]
    page = with_page(library, path, fewer.encode()).pages[path]
    walk.rebind(chart_of(page, library.pages.get, library.emergency))
    assert titles(walk) == [
        "Act on sudden change or suicide risk",
        "Is life in immediate danger now?",
    ]
