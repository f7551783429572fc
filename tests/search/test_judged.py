"""Questions as health visitors type them, asked of the library that ships.

Written from the domain sheets and split by a coin before any result; half A was used for tuning.
`fingerpost benchmark search --quality` reports the figures; here is what they may not fall below.
"""

from pathlib import Path
from statistics import median

import pytest

from knowledge.library import open_library
from knowledge.model import StepKind
from tests.support.searching import CONTENT, folder_engine

JUDGED = Path(__file__).parents[1] / "data" / "search" / "judged.tsv"
ROWS = [
    (question, frozenset(accepted.split(",")), half)
    for _, question, accepted, half in (
        line.split("\t") for line in JUDGED.read_text("utf-8").splitlines()[1:]
    )
]
GRAVE = {
    "perinatal-emergency",
    "mental-health-emergency",
    "bruise-in-a-baby-not-mobile",
    "ill-baby-red-amber-green",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with folder_engine(CONTENT, tmp_path_factory.mktemp("judged")) as engine:
        engine.refresh()
        yield engine


def place(answer, accepted):
    """The place of the first right answer; a large number when there is none."""
    for number, hit in enumerate(answer.hits, 1):
        if hit.id in accepted or f"{hit.id}#{hit.anchor}" in accepted:
            return number
    return 1000


def test_there_are_enough_questions_and_every_accepted_page_exists(engine):
    assert len(ROWS) >= 60
    known = {facts.id for facts in engine._keeper.state.index.facts.values()}
    wanted = {name.split("#")[0] for _, accepted, _ in ROWS for name in accepted}
    assert wanted <= known


@pytest.mark.parametrize("half", ["A", "B"])
def test_the_right_page_is_among_the_first(engine, half):
    places = [place(engine.search(q), accepted) for q, accepted, h in ROWS if h == half]
    assert sum(p == 1 for p in places) / len(places) >= 0.65
    assert sum(p <= 3 for p in places) / len(places) >= 0.88
    assert sum(p <= 10 for p in places) / len(places) >= 0.95


@pytest.mark.parametrize("half", ["A", "B"])
def test_a_few_letters_are_enough(engine, half):
    needed = []
    for question, accepted, of in ROWS:
        if of == half:
            typed = (question[:n] for n in range(1, len(question) + 1))
            hits = (place(engine.search(t, typing=True), accepted) <= 3 for t in typed)
            needed.append(next((n for n, hit in enumerate(hits, 1) if hit), 1000))
    assert median(needed) <= 7


@pytest.mark.parametrize("question", [q for q, accepted, _ in ROWS if accepted & GRAVE])
def test_what_may_be_grave_is_among_the_first_three(engine, question):
    accepted = next(a for q, a, _ in ROWS if q == question)
    assert place(engine.search(question), accepted) <= 3


def test_a_worry_as_the_author_wrote_it_is_among_the_first_three_on_a_step_where_there_are_steps(
    engine,
):
    asked = right = 0
    for page in open_library(CONTENT).pages.values():
        starts = any(getattr(s, "kind", None) is StepKind.START for s in page.sections)
        for concern in page.concerns:
            asked += 1
            hits = engine.search(concern).hits[:3]
            right += any(h.page == page.path and (h.step == "start" or not starts) for h in hits)
    assert asked > 300
    assert right / asked >= 0.97


@pytest.mark.parametrize(
    ("worry", "step"),
    [
        ("mum hears voices", "perinatal-emergency#sudden-change"),
        ("who do I call if mum hears voices", "perinatal-emergency#sudden-change"),
        ("she wants to kill herself", "perinatal-emergency#sudden-change"),
        ("postnatal psychosis", "perinatal-emergency#sudden-change"),
        ("call 999", "perinatal-emergency#call-999"),
        ("partner hits her", "domestic-abuse#private-moment"),
    ],
)
def test_what_cannot_wait_lands_on_a_step(engine, worry, step):
    assert place(engine.search(worry), {step}) <= 3


@pytest.mark.parametrize("question", ["she wont eat", "brestfeeding hurts", "refusing feeds"])
def test_a_feeding_worry_in_a_parents_words_finds_the_feeding_pathway(engine, question):
    assert place(engine.search(question), {"infant-feeding"}) == 1


@pytest.mark.parametrize(
    "question",
    [
        "dog bite",
        "lump",
        "weaning early",
        "cracked nipples",
        "cows milk allergy",
        "fgm",
        "head lag",
    ],
)
def test_a_word_the_library_does_not_have_is_not_read_as_another_word(engine, question):
    assert engine.search(question).corrected is None


@pytest.mark.parametrize(
    "question",
    ["brestfeeding hurts", "physcosis", "sucidal", "mun hears voices", "baby not gianing wieght"],
)
def test_a_slip_is_still_read_as_the_word_that_was_meant(engine, question):
    assert engine.search(question).corrected


@pytest.mark.parametrize(
    "question", ["bruise 6 week old", "bruise on 3 month old", "bruise 6 weeks"]
)
def test_an_age_beside_a_worry_brings_nothing_mild_above_what_is_grave(engine, question):
    first = engine.search(question).hits[0]
    assert (first.id, first.urgent) == ("bruise-in-a-baby-not-mobile", True)


def test_what_has_only_an_age_in_it_is_still_found(engine):
    assert engine.search("6 weeks").hits
    assert engine.search("2 year review").hits[0].id in {
        "national-contact-schedule",
        "speech-and-language",
        "kent-caseload-reviews",
    }


@pytest.mark.parametrize(
    "question", ["baby not breathing right", "no one answers the door", "mum very low 3 weeks"]
)
def test_a_training_session_never_stands_above_what_it_teaches_from(engine, question):
    kinds = [hit.kind for hit in engine.search(question, limit=40).hits]
    assert kinds[0] != "session"
    assert "session" not in kinds[: len(kinds) - kinds.count("session")]


def test_a_training_session_asked_for_by_name_comes_first(engine):
    assert engine.search("training session low mood worked case").hits[0].kind == "session"


def test_where_nothing_is_found_all_six_areas_are_offered(engine):
    answer = engine.search("qwertyxyz")
    assert not answer.hits
    assert len(answer.nearest) == 6
