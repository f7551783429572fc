"""While a word is typed: from three letters on, every word it may become is among the first answers."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.entries import Given
from search.sources import Folder
from search.words import tokens, written
from tests.support.searching import CONTENT, engine_of, folder_engine, sheet

SHOWN = 10


def lead_words(sheets):
    """For every answer, the words of its title or heading, its concerns and terms."""
    words = {}
    for page in sheets:
        for entry in page.entries:
            phrases = [entry.heading if entry.anchor else page.title, *entry.also]
            phrases += page.concerns if not entry.anchor else ()
            found = {w for phrase in phrases for t in tokens(phrase) for w in written(t)}
            words.setdefault((page.path, entry.anchor), set()).update(found)
    return words


def beginnings(words):
    return sorted({w[:n] for w in words for n in range(3, len(w) + 1)})


def check(engine, leads, begin):
    """Every word that begins so has an answer; of more words than places, as many as there are places.

    One place may be taken by an urgent page that matches in its text.
    """
    every = {w for words in leads.values() for w in words if w.startswith(begin)}
    answer = engine.search(begin, typing=True)
    shown = set().union(*(leads[hit.page, hit.anchor] for hit in answer.hits[:SHOWN])) & every
    assert len(shown) >= min(len(every), SHOWN - 1), (begin, sorted(every - shown))


@pytest.fixture(scope="module")
def starter(tmp_path_factory):
    source = Folder(CONTENT)
    sheets = [r.sheet for path in source.stamps() if (r := source.read(path)) and r.sheet]
    with folder_engine(CONTENT, tmp_path_factory.mktemp("starter")) as engine:
        engine.refresh()
        yield engine, lead_words(sheets)


def test_on_the_starter_library(starter):
    engine, leads = starter
    every = beginnings(set().union(*leads.values()))
    for begin in random.Random(5).sample(every, min(1500, len(every))):
        check(engine, leads, begin)


@pytest.mark.long
def test_on_all_of_the_starter_library(starter):
    engine, leads = starter
    for begin in beginnings(set().union(*leads.values())):
        check(engine, leads, begin)


WORD = st.text("abcdeiloprstu", min_size=3, max_size=9)
PHRASE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
SECTION = st.tuples(PHRASE, PHRASE)
PAGE = st.tuples(PHRASE, PHRASE, st.lists(SECTION, max_size=3), st.lists(PHRASE, max_size=2))


@given(st.lists(PAGE, min_size=1, max_size=6), st.data())
def test_on_any_library(tmp_path_factory, drawn, data):
    sheets = [
        sheet(
            f"p{n}.md",
            title,
            *[(f"s{i}", heading, text) for i, (heading, text) in enumerate(sections)],
            intro=intro,
            concerns=tuple(concerns),
        )
        for n, (title, intro, sections, concerns) in enumerate(drawn)
    ]
    leads = lead_words(Given(sheets)._sheets.values())
    begin = data.draw(st.sampled_from(beginnings(set().union(*leads.values()))))
    with engine_of(tmp_path_factory.mktemp("any"), *sheets) as engine:
        check(engine, leads, begin)
