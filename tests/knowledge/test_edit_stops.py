"""The running order of a session, changed one thing at a time; read again it says just what was asked."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.editing import stops
from knowledge.editing.change import Edit, Refused, Stale
from knowledge.editing.outline import stop_facts
from knowledge.editing.prove import result, undo
from knowledge.model import Page
from knowledge.source import read_page
from tests.support.playing import bytes_kept
from tests.support.sessions import PHRASES, TITLES, session

PATH = "sessions/s.md"
STARTER = Path(__file__).parents[2] / "content"
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff"),
    max_size=60,
)
Facts = list[tuple[object, ...]]


def facts(page: Page) -> Facts:
    return [stop_facts(stop) for stop in page.stops]


def read(text: str) -> Page:
    return read_page(PATH, text.encode())


def lines_of(page: Page, edit: Edit) -> tuple[list[str], list[str]]:
    """Lines that went and lines that came."""
    old, new = Counter(page.text.splitlines()), Counter(edit.apply(page.text).splitlines())
    return list((old - new).elements()), list((new - old).elements())


ORDER = """---
title: T
kind: session
---

The case is fictional. Stops 1 to 2 are easy.

## Running order

1. [Ask](../pathways/mood.md#ask) (3 minutes)

    Ask: What first?

    > [!TRAINER]
    > Wait.

2. [Ring](../pathways/mood.md#ring) (2 min, covered)
3. [Go](x.md)

## After
"""


def test_minutes_and_cover_change_only_the_words_in_brackets() -> None:
    page = read(ORDER)
    assert lines_of(page, stops.set_plan(page, page.stops[1], 5, True))[1] == [
        "2. [Ring](../pathways/mood.md#ring) (5 min, covered)"
    ]
    assert lines_of(page, stops.set_plan(page, page.stops[2], 1, True))[1] == [
        "3. [Go](x.md) (1 minute, covered)"
    ]
    assert lines_of(page, stops.set_plan(page, page.stops[0], 0, False))[1] == [
        "1. [Ask](../pathways/mood.md#ask)"
    ]


def test_a_plan_that_is_there_already_changes_nothing() -> None:
    page = read(ORDER)
    assert stops.set_plan(page, page.stops[0], 3, False).replacements == ()
    assert stops.set_said(page, page.stops[0], "ask", "What  first?").replacements == ()
    assert stops.set_notes(page, page.stops[0], "Wait.\n").replacements == ()
    assert stops.move_stop(page, page.stops[0], 0).replacements == ()


def test_what_to_ask_the_outcome_and_the_notes_come_and_go() -> None:
    page = read(ORDER)
    assert lines_of(page, stops.set_said(page, page.stops[0], "outcome", "She says yes."))[1] == [
        "",
        "    Outcome: She says yes.",
    ]
    gone, come = lines_of(page, stops.set_said(page, page.stops[0], "ask", ""))
    assert (gone, come) == (["", "    Ask: What first?"], [])
    after = result(page, stops.set_notes(page, page.stops[1], "Look.\n\n- at them"))
    assert stops.trainer_words(after.stops[1]) == "Look.\n\n- at them"
    assert lines_of(page, stops.set_notes(page, page.stops[0], ""))[1] == []


def test_a_stop_is_added_as_its_neighbours_are_written_and_the_numbers_go_on() -> None:
    page = read(ORDER)
    new = stops.NewStop("Who holds what", "../thresholds/who.md", 4, True, "Who?", "You.", "Wait.")
    edit = stops.add_stop(page, new, 1)
    assert "\n".join(
        [
            "2. [Who holds what](../thresholds/who.md) (4 minutes, covered)\n",
            "    Ask: Who?\n",
            "    Outcome: You.\n",
            "    > [!TRAINER]",
            "    > Wait.\n",
            "3. [Ring](../pathways/mood.md#ring) (2 min, covered)",
            "4. [Go](x.md)",
        ]
    ) in edit.apply(page.text)
    after = result(page, edit)
    assert [s.link.text for s in after.stops] == ["Ask", "Who holds what", "Ring", "Go"]
    assert after.stops[1].outcome == "You."
    assert edit.notes == (
        "The text names stops by their numbers. Look whether they are still right.",
    )


def test_the_first_stop_of_a_session_stands_below_the_running_order() -> None:
    page = read(
        "---\nkind: session\n---\n\nWords.\n\n## Running order\n\nSay hello.\n\n## After\n\nBye.\n"
    )
    after = result(page, stops.add_stop(page, stops.NewStop("Ask", "x.md", 3)))
    assert "Say hello.\n\n1. [Ask](x.md) (3 minutes)\n\n## After" in after.text
    assert len(after.stops) == 1


def test_a_move_keeps_the_numbers_where_they_are() -> None:
    page = read(ORDER)
    after = result(page, stops.move_stop(page, page.stops[2], 0))
    assert [(s.link.text, s.line) for s in after.stops][:2] == [("Go", 10), ("Ask", 12)]
    assert after.text.count("\n1. [Go](x.md)\n") == 1


def test_a_removed_stop_takes_its_words_along_and_the_numbers_close_up() -> None:
    page = read(ORDER)
    after = result(page, stops.remove_stop(page, page.stops[0]))
    assert "What first?" not in after.text
    assert "\n1. [Ring]" in after.text
    assert "\n2. [Go]" in after.text


def test_what_cannot_be_is_refused_in_one_sentence() -> None:
    page = read(ORDER)
    with pytest.raises(Refused, match="at most 999 minutes"):
        stops.set_plan(page, page.stops[0], 1000, False)
    with pytest.raises(Refused, match="needs words"):
        stops.add_stop(page, stops.NewStop("  ", "x.md"))
    with pytest.raises(Stale):
        stops.set_plan(page, read(ORDER.replace("Wait", "Go")).stops[0], 1, False)
    with pytest.raises(Refused, match="Only a session"):
        stops.add_stop(read_page("pages/p.md", b"# P\n"), stops.NewStop("a", "x.md"))


def test_the_sessions_that_ship_can_be_turned_upside_down() -> None:
    for name in ("levels-of-need", "low-mood-worked-case"):
        page = read_page(PATH, (STARTER / "sessions" / f"{name}.md").read_bytes())
        before = facts(page)
        for _ in range(len(page.stops)):
            page = result(page, stops.move_stop(page, page.stops[-1], 0))
        assert facts(page) == before
        for place in range(len(page.stops)):
            page = result(page, stops.move_stop(page, page.stops[-1], place))
        assert facts(page) == before[::-1]
        while page.stops:
            page = result(page, stops.remove_stop(page, page.stops[len(page.stops) // 2]))


# -- any session, any change ---------------------------------------------------------------------


def any_change(coin: random.Random, page: Page) -> tuple[Edit | None, Facts]:
    """An edit, and what the stops should say after it, worked out by hand."""
    wanted = facts(page)
    act = coin.choice(["plan", "ask", "outcome", "notes", "move", "move", "add", "remove", "link"])
    phrase = coin.choice([*PHRASES, "", "a\n\nb c", "# no heading", "> none", "1. one", "*a* `b`"])
    if act == "add" or not page.stops:
        new = stops.NewStop(
            coin.choice([*TITLES, "[x](y)", "# T", "a|b"]),
            coin.choice(["x.md#a", "../pages/a%20b.md"]),
            coin.choice([0, 1, 15]),
            coin.random() < 0.5,
            coin.choice(["", "Why?"]),
            coin.choice(["", "So."]),
            coin.choice(["", "Wait.\n\nThen go."]),
        )
        at = coin.choice([None, 0, coin.randrange(len(page.stops) + 1)])
        place = len(wanted) if at is None else at
        notes = (("TRAINER", new.notes),) if new.notes else ()
        said = (new.minutes, new.covered, new.ask, new.outcome)
        wanted.insert(place, (new.words, new.target, *said, notes))
        return stops.add_stop(page, new, at), wanted
    number = coin.randrange(len(page.stops))
    stop, now = page.stops[number], list(wanted[number])
    if act == "move":
        to = coin.randrange(len(page.stops))
        wanted.insert(to, wanted.pop(number))
        return stops.move_stop(page, stop, to), wanted
    if act == "remove":
        del wanted[number]
        return stops.remove_stop(page, stop), wanted
    if act == "plan":
        now[2:4] = coin.choice([0, 1, 7, 120]), coin.random() < 0.5
        edit = stops.set_plan(page, stop, now[2], now[3])  # type: ignore[arg-type]
    elif act == "link":
        now[:2] = "Else *x*", "../services/y.md#z"
        edit = stops.set_link(page, stop, "../services/y.md#z", "Else *x*")
    elif act == "notes":
        others = tuple(n for n in stop.notes if n.kind.value != "TRAINER")
        edit = stops.set_notes(page, stop, phrase)
        after = result(page, edit).stops[number]
        assert stops.trainer_words(after) == phrase.strip()
        assert [n.body for n in after.notes if n.kind.value != "TRAINER"] == [
            o.body for o in others
        ]
        now[6] = stop_facts(after)[6]
    else:
        now[4 if act == "ask" else 5] = phrase
        edit = stops.set_said(page, stop, act, phrase)
    wanted[number] = tuple(now)
    return edit, wanted


def play(seed: int, times: int = 6) -> Counter[str]:
    coin, page, done = random.Random(seed), read(session(seed)), Counter[str]()
    for _ in range(times):
        try:
            edit, wanted = any_change(coin, page)
        except Refused:
            done["refused"] += 1
            continue
        assert edit is not None
        data = bytes_kept(page, edit)
        after = read_page(PATH, data)
        assert facts(after) == wanted, seed
        back = read_page(PATH, bytes_kept(after, undo(page, edit)))
        assert back.text == page.text, seed
        page = after
        done["done"] += 1
    return done


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_any_change_of_any_session_reads_back_as_it_was_asked(seed: int) -> None:
    play(seed)


@pytest.mark.slow
def test_in_a_thousand_sessions_hardly_a_change_is_refused() -> None:
    total = Counter[str]()
    for seed in range(1_000):
        total += play(seed)
    assert total["refused"] * 100 < total["done"], total


@settings(max_examples=200, deadline=None)
@given(WORDS, WORDS, st.integers(0, 2**32))
def test_any_words_asked_for_are_the_words_that_are_read(ask: str, notes: str, seed: int) -> None:
    page = read(session(seed))
    if not page.stops:
        return
    try:
        after = result(page, stops.set_said(page, page.stops[0], "ask", ask))
    except Refused:
        return
    assert after.stops[0].ask.split() == ask.split()
    assert facts(after)[1:] == facts(page)[1:]
    try:
        after = result(page, stops.set_notes(page, page.stops[-1], notes))
    except Refused:
        return
    assert stops.trainer_words(after.stops[-1]).split() == notes.split()
    assert facts(after)[:-1] == facts(page)[:-1]
