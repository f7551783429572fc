"""Grave worries in plain words: what is urgent comes first, and no glossary entry before it."""

from pathlib import Path

import pytest

from tests.support.searching import CONTENT, folder_engine

WORRIES = (
    (Path(__file__).parents[1] / "data" / "search" / "grave.txt").read_text("utf-8").splitlines()
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with folder_engine(CONTENT, tmp_path_factory.mktemp("grave")) as engine:
        engine.refresh()
        yield engine


def test_there_are_enough_grave_worries():
    assert len(WORRIES) == len(set(WORRIES)) >= 118


@pytest.mark.parametrize("worry", WORRIES)
def test_the_first_answer_to_a_grave_worry_is_urgent(engine, worry):
    first = engine.search(worry).hits[0]
    assert first.urgent, f"{worry}: {first.id}#{first.anchor}"


@pytest.mark.parametrize(
    "worry",
    [
        "so the mum said she has thoughts of dropping the baby",
        "dropping the baby, thoughts of",
        "mother thinks her son is evil",
        "lips blue",
        "husband choked her",
    ],
)
def test_a_grave_worry_in_other_words_and_order_is_still_urgent_first(engine, worry):
    assert engine.search(worry).hits[0].urgent


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("what is faltering growth", "glossary"),
        ("what is MARAC", "idva-marac"),
        ("what is baby blues", "glossary"),
        ("crying baby", "unsettled-or-ill-baby"),
        ("baby will not feed", "infant-feeding"),
        ("police", "police"),
        ("IDVA", "idva-marac"),
        ("epds cut off", "epds"),
        ("infant feeding", "infant-feeding"),
    ],
)
def test_a_question_that_is_no_grave_worry_keeps_its_answer(engine, question, first):
    assert engine.search(question).hits[0].id == first


@pytest.mark.parametrize(
    ("worry", "page"),
    [
        ("shake", "unsettled-or-ill-baby"),
        ("violence at home", "safeguarding-levels-of-need"),
        ("bond", "parent-infant-team"),
        ("cot death", "antenatal-contact"),
        ("not gaining weight", "infant-feeding"),
        ("bruise on baby", "bruise-in-a-baby-not-mobile"),
        ("thoughts of hurting the baby", "perinatal-emergency"),
    ],
)
def test_a_page_that_says_what_to_do_stands_before_the_glossary(engine, worry, page):
    ids = [hit.id for hit in engine.search(worry, limit=40).hits]
    assert page in ids
    assert "glossary" not in ids[: ids.index(page)]
