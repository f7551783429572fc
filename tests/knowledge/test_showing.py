"""A show without a window: what comes when, and that the room never gets what is not for it."""

import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from knowledge.library import open_library
from knowledge.showing import moment as moves
from knowledge.showing.moment import Blank, Next, Sheet, begin, hidden, scene_at, spot_of, what_next
from knowledge.showing.pace import pace
from knowledge.showing.seen import Form, seen
from knowledge.showing.show import show_of
from knowledge.showing.telling import ahead, coming, hidden_words
from tests.support.libraries import page, write_library

STARTER = Path(__file__).parents[2] / "content"
TODAY = date(2026, 11, 21)
SESSIONS = ("sessions/low-mood-worked-case.md", "sessions/levels-of-need.md")

PATHWAY = page(
    "Low mood",
    """> [!URGENT]
> Ring 999.

## Ask {#ask}

> [!TRAINER]
> Secret of the step.

- Yes → [Act](#act)
- No → [Rest](#rest)

## Act {#act .action}

- → [Ring](../services/crisis.md)

## Rest {#rest .end}

All is well.
""",
    kind="pathway",
)
LADDER = page(
    "Levels",
    """## The ladder {#ladder}

| Level | Looks like | Do |
|---|---|---|
| Green | Plays well | Praise it |
| Amber | Plays less | Ask more |
| Red | Does not wake | Ring 999 |

## Words {#words}

The answer stands here.
""",
    kind="threshold",
)
SESSION = page(
    "An hour",
    """Welcome to the hour.

> [!TRAINER]
> Secret of the welcome.

## The case {#case}

She does not smile.

## The order {#order}

Words for the trainer.

1. [Ask](../pathways/low.md#ask) (5 minutes, covered)

    Ask: What now?

    Outcome: She said yes.

    > [!TRAINER]
    > Secret of the stop.

2. [The ladder](../thresholds/levels.md#ladder) (4 minutes, covered)
3. [Words](../thresholds/levels.md#words) (2 minutes, covered)
4. [Gone](../pathways/gone.md#x) (1 minute)
5. [Lost](../pathways/low.md#lost) (1 minute)
6. [Old](../pathways/old.md#a) (1 minute)

## Afterwards {#after}

Go home.
""",
    kind="session",
)
OLD = page(
    "Old", "## A {#a}\n\nOld words.\n", kind="pathway", status="withdrawn", replaced_by="low"
)


@pytest.fixture(scope="module")
def starter():
    return open_library(STARTER)


@pytest.fixture
def small(tmp_path):
    return open_library(
        write_library(
            tmp_path,
            {
                "pathways/low.md": PATHWAY,
                "pathways/old.md": OLD,
                "thresholds/levels.md": LADDER,
                "services/crisis.md": page("Crisis team", "Ring.", kind="service"),
                "sessions/hour.md": SESSION,
            },
        )
    )


@pytest.fixture
def hour(small):
    return show_of(small, "sessions/hour.md")


def shown(show, moment):
    return seen(show, moment, TODAY)


def test_the_case_is_told_first_then_the_stops_then_the_rest(hour):
    assert [(s.title, hour.number_of(n)) for n, s in enumerate(hour.scenes)] == [
        ("An hour", 0),
        ("The case", 0),
        ("Ask", 1),
        ("The ladder", 2),
        ("Words", 3),
        ("Gone", 4),
        ("Lost", 5),
        ("Old", 6),
        ("Afterwards", 0),
    ]
    assert hour.minutes == 14


def test_a_section_that_a_stop_tells_is_not_told_before(small, tmp_path):
    text = SESSION.replace("1. [Ask]", "1. [The case](#case) (2 minutes)\n1. [Ask]")
    write_library(tmp_path, {"sessions/hour.md": text})
    show = show_of(open_library(tmp_path), "sessions/hour.md")
    assert [s.title for s in show.scenes][:3] == ["An hour", "The case", "Ask"]
    assert [show.number_of(n) for n in range(3)] == [0, 1, 2]


def test_what_cannot_be_shown_is_said_in_one_sentence(hour):
    assert [s.trouble for s in hour.scenes][5:8] == [
        "This page is not in the library any more.",
        "“Low mood” has no part of this name any more.",
        "“Old” is withdrawn. Use “Low mood” instead.",
    ]
    room = shown(hour, moves.jump(hour, begin(hour), 4))
    assert (room.form, room.html) == (Form.TEXT, "<p>This page cannot be shown.</p>")
    assert [m.words for m in shown(hour, moves.jump(hour, begin(hour), 6)).marks] == ["Withdrawn"]


def test_what_changed_since_last_time_is_said(small):
    show = show_of(small, "sessions/hour.md", {1: "“The ladder” changed."})
    assert [n for n, s in enumerate(show.scenes) if s.trouble == "“The ladder” changed."] == [3]


def test_a_covered_question_shows_its_ways_but_not_where_they_lead(hour):
    at = moves.jump(hour, begin(hour), 1)
    room = shown(hour, at)
    assert [(w.condition, w.title) for w in room.graph.ways] == [("Yes", ""), ("No", "")]
    assert room.graph.covered == {("act", 0), ("act", 1), ("rest", 0)}
    assert (room.ask, room.outcome) == ("What now?", "")
    assert hidden_words(hour, at) == "2 outcomes covered"
    assert what_next(hour, at) is Next.UNCOVER
    room = shown(hour, moves.forward(hour, at))
    assert [(w.condition, w.title) for w in room.graph.ways] == [("Yes", "Act"), ("No", "Rest")]
    assert room.outcome == "She said yes."


def test_only_a_way_to_an_urgent_step_is_urgent(starter):
    show = show_of(starter, "pathways/safeguarding-levels-of-need.md")
    ways = {}
    for at in range(len(show.scenes)):
        for way in shown(show, moves.go_to(show, begin(show), at)).graph.ways:
            ways[way.title] = way.urgent
    assert ways["Join the section 17 or 47 work"] is False
    assert ways["Act today: 999 or same-day referral"] is True


def test_the_red_flags_are_laid_over_the_graph(small):
    show = show_of(small, "pathways/low.md")
    room = shown(show, moves.lay(show, begin(show), Sheet.FLAGS))
    assert (room.form, room.heading) == (Form.TEXT, "Red flags")
    assert "Ring 999." in room.html
    assert "Secret" not in room.html


def test_a_branch_is_tried_and_then_the_other_and_the_trail_stays(hour):
    question = moves.jump(hour, begin(hour), 1)
    acted = moves.take(hour, question, 1)
    assert spot_of(hour, acted) == ("pathways/low.md", "act")
    assert shown(hour, acted).graph.covered == {("act", 1)}
    again = moves.back(hour, acted)
    assert [w.title for w in shown(hour, again).graph.ways] == ["Act", ""]
    rested = moves.take(hour, again, 2)
    room = shown(hour, rested)
    assert room.graph.trail == ("ask", "act", "rest")
    assert room.graph.trod == (("ask", 1), ("ask", 2))
    assert spot_of(hour, moves.other(hour, moves.take(hour, question, 1))).anchor == "ask"
    after = moves.forward(hour, rested)
    assert scene_at(hour, after).title == "The ladder"


def test_levels_are_uncovered_one_by_one(hour):
    at = moves.jump(hour, begin(hour), 2)
    told = []
    for _ in range(4):
        text = shown(hour, at).html
        told.append([w for w in ("Plays well", "Plays less", "Does not wake") if w in text])
        at = moves.forward(hour, at)
    assert told == [
        [],
        ["Plays well"],
        ["Plays well", "Plays less"],
        ["Plays well", "Plays less", "Does not wake"],
    ]
    assert scene_at(hour, at).title == "Words"
    assert "answer" not in shown(hour, at).html
    assert "The answer stands here." in shown(hour, moves.forward(hour, at)).html


def test_a_long_text_is_turned_page_by_page_before_the_next_stop(hour):
    at = moves.go_to(hour, begin(hour), 1)
    at = moves.forward(hour, at, 0, 3)
    assert (at.at, at.leaf) == (1, 1)
    assert coming(hour, at, 1, 3).button == "Turn the page"
    assert moves.forward(hour, at, 2, 3).at == 2
    assert moves.back(hour, at, 1).leaf == 0


def test_a_look_beside_the_order_leads_back_to_it(hour):
    at = moves.jump(hour, begin(hour), 2)
    aside = moves.visit(hour, at, "pathways/low.md", "rest")
    assert shown(hour, aside).heading == "Rest"
    assert coming(hour, aside).first == "Back to: 2. The ladder"
    assert moves.forward(hour, aside).at == at.at


def test_a_trainer_covers_a_pathway_that_no_session_covers(small):
    show = show_of(small, "pathways/low.md")
    at = begin(show)
    assert not shown(show, at).graph.covered
    covered = moves.cover(show, at)
    assert shown(show, covered).graph.covered == {("act", 0), ("act", 1), ("rest", 0)}
    assert shown(show, moves.forward(show, covered)).graph.ways[0].title == "Act"
    assert not shown(show, moves.cover(show, covered)).graph.covered


def test_a_trainer_covers_the_levels_of_a_ladder_that_is_presented_by_itself(small):
    show = show_of(small, "thresholds/levels.md")
    at = begin(show, "thresholds/levels.md", "ladder")
    assert "Plays well" in shown(show, at).html
    covered = moves.cover(show, at)
    assert hidden_words(show, covered) == "3 levels covered"
    assert "Plays well" not in shown(show, covered).html
    one = moves.forward(show, covered)
    assert "Plays well" in shown(show, one).html
    assert "Does not wake" not in shown(show, one).html
    words = moves.cover(show, begin(show, "thresholds/levels.md", "words"))
    assert "The answer stands here" in shown(show, words).html


def test_the_trainer_is_told_of_trouble_before_it_comes(hour):
    first = next(n for n, scene in enumerate(hour.scenes) if scene.trouble)
    assert ahead(hour, 0).startswith("Coming, 4. Gone: ")
    assert ahead(hour, first).startswith("Coming, 5. Lost: ")
    assert ahead(hour, len(hour.scenes) - 1) == ""


def test_shift_f5_begins_where_the_trainer_is(small):
    show = show_of(small, "pathways/low.md")
    assert spot_of(show, begin(show, "pathways/low.md", "rest")).anchor == "rest"
    assert spot_of(show, begin(show, "pathways/low.md", "nowhere")).anchor == "ask"


def test_blank_shows_nothing_and_any_move_shows_again(hour):
    black = moves.blank(begin(hour), Blank.BLACK)
    assert shown(hour, black).blank is Blank.BLACK
    assert moves.blank(black, Blank.BLACK).blank is Blank.NO
    again = moves.forward(hour, black)
    assert (again.blank, again.at) == (Blank.NO, black.at)
    assert hidden_words(hour, black) == "The room’s screen is black"
    assert coming(hour, black).button == "Show the picture"


def test_a_session_without_stops_and_an_empty_page_are_shows_too(tmp_path):
    write_library(
        tmp_path,
        {
            "sessions/none.md": page("None", "Only words.", kind="session"),
            "pages/empty.md": page("Empty", "", kind="page"),
        },
    )
    library = open_library(tmp_path)
    for path in ("sessions/none.md", "pages/empty.md"):
        show = show_of(library, path)
        at = begin(show)
        assert what_next(show, at) is Next.END
        assert moves.forward(show, at) == at
        assert shown(show, at)
    assert show_of(library, "pages/missing.md") is None


ACTS = (
    lambda s, m, r: moves.forward(s, m, 0, r.choice((1, 1, 2))),
    lambda s, m, r: moves.forward(s, m),
    lambda s, m, r: moves.back(s, m, m.leaf or 0),
    lambda s, m, r: moves.take(s, m, r.randint(0, 5)),
    lambda s, m, r: moves.jump(s, m, r.randint(-1, 30)),
    lambda s, m, r: moves.other(s, m),
    lambda s, m, r: moves.cover(s, m),
    lambda s, m, r: moves.uncover(s, m),
    lambda s, m, r: moves.zoom(s, m),
    lambda s, m, r: moves.blank(m, r.choice(tuple(Blank))),
    lambda s, m, r: moves.lay(s, m, r.choice(tuple(Sheet))),
    lambda s, m, r: moves.visit(
        s, m, *r.choice([(p.path, x.anchor) for p in s.library.pages.values() for x in p.sections])
    ),
)


def words_of(room):
    graph = room.graph
    ways = [f"{w.condition} {w.title}" for w in graph.ways] if graph else []
    heads = [graph.title, graph.timeframe] if graph else []
    return "\n".join([room.title, room.heading, room.html, room.ask, room.outcome, *ways, *heads])


@pytest.mark.parametrize("path", [*SESSIONS, "pathways/perinatal-mental-health.md"])
@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_pressed_the_room_gets_no_note_and_nothing_covered(starter, path, seed):
    rng = random.Random(seed)
    show = show_of(starter, path)
    notes = {
        line.strip("> ").strip()
        for p in starter.pages.values()
        for s in (*p.sections, *p.stops)
        for n in s.notes
        if n.kind == "TRAINER"
        for line in n.body.splitlines()
        if len(line) > 25
    }
    at = begin(show, path)
    for _ in range(250):
        at = rng.choice(ACTS)(show, at, rng)
        room, scene = shown(show, at), scene_at(show, at)
        said = words_of(room)
        assert not [note for note in notes if note in said]
        waiting = hidden(show, at)
        if scene.outcome and waiting:
            assert scene.outcome not in said
        if room.graph is not None and scene.covered and waiting:
            for way in room.graph.ways:
                assert way.covered or moves.is_open(show, at, way.number) or not waiting
        if room.graph is not None:
            assert (room.graph.here, 0) not in room.graph.covered
        assert room.marks or starter.pages[scene.path].status != "sample"
        assert 0 <= at.at < len(show.scenes)
        assert len(at.before) <= moves.LONGEST


def test_space_alone_comes_to_the_end_of_every_page_and_pgup_back_to_its_beginning(starter):
    for path in starter.pages:
        show = show_of(starter, path)
        at, pressed = begin(show), 0
        while what_next(show, at) is not Next.END:
            at, pressed = moves.forward(show, at), pressed + 1
            assert pressed < 500
        assert at.at == len(show.scenes) - 1
        while at.at or at.before:
            at = moves.back(show, at)
        assert at.at == 0


def test_two_hundred_stops_are_a_show(tmp_path):
    stops = "\n".join(
        f"{n}. [Ask {n}](../pathways/low.md#ask) (1 minute, covered)" for n in range(1, 201)
    )
    write_library(
        tmp_path,
        {"pathways/low.md": PATHWAY, "sessions/long.md": page("Long", stops, kind="session")},
    )
    show = show_of(open_library(tmp_path), "sessions/long.md")
    assert (len(show.scenes), show.minutes) == (200, 200)
    assert moves.jump(show, begin(show), 200).at == 199


@pytest.mark.parametrize(
    ("spent", "here", "words", "stop"),
    [
        (0, 0, "On time", "0 of 5 min"),
        (4, 4, "On time", "4 of 5 min"),
        (7, 7, "2 minutes behind plan", "7 of 5 min"),
        (6, 6, "1 minute behind plan", "6 of 5 min"),
    ],
)
def test_the_pace_of_the_first_stop(hour, spent, here, words, stop):
    now = datetime(2026, 11, 21, 10, 0) + timedelta(minutes=spent)
    began = datetime(2026, 11, 21, 10, 0)
    told = pace(hour, 2, began, now - timedelta(minutes=here), now)
    assert (told.words, told.stop_words) == (words, stop)


def test_leaving_early_is_ahead(hour):
    began = datetime(2026, 11, 21, 10, 0)
    arrived = began + timedelta(minutes=2)
    told = pace(hour, 3, began, arrived, arrived + timedelta(minutes=1))
    assert told.words == "3 minutes ahead of plan"


def test_a_service_says_how_to_reach_it(tmp_path):
    text = page("Crisis team", "Comes today.", kind="service", accepts="Red flags")
    library = open_library(write_library(tmp_path, {"services/crisis.md": text}))
    show = show_of(library, "services/crisis.md")
    room = shown(show, begin(show))
    assert "add your local number" in room.html
    assert "Red flags" in room.html
    assert "Comes today." in room.html
