"""Whatever is typed gets an answer or a plain sentence, never an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.hits import Narrowing
from tests.support.searching import SHEETS, TERMS, engine_of

STRANGE = [
    "",
    " \t\n ",
    "x" * 10_000,
    "baby " * 2_000,
    '"' * 5_000,
    "the of and to in",
    "🍼👶🏽",
    "اكتئاب ما بعد الولادة",
    "产后抑郁",
    "\x00\x01\x1b[31m\u202e\ufeff",
    "\ud800 lone surrogate",
    "title:mood OR (baby AND NOT x*) ~2 ^3 [a TO b] {c}",
    "mood~2 ba?y * ? (( )) && || !",
    "' OR 1=1 --",
    "-",
    "--",
    "- -",
    "-mood",
    '-"',
    '"',
    '"mood',
    'mood "',
    "kind:",
    "kind:nonsense",
    "kind:kind:kind:",
    'topic:"',
    ":",
    "::::",
    "kind:service -",
    "stra\u00dfe \u0130stanbul \ufb01le \u017f",
    "a-b-c-d-e-f-g-h" * 30,
    "'''' ’’’’",
    "mood\u0301\u0301\u0301",
    "../../etc/passwd",
    "<script>alert(1)</script>",
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with engine_of(tmp_path_factory.mktemp("bad"), *SHEETS, terms=TERMS) as engine:
        yield engine


def sound(answer):
    """An answer or a sentence, and marks that lie within the snippets at whole words."""
    assert answer.hits or answer.message
    for hit in answer.hits:
        ends = 0
        for start, end in hit.marks:
            assert ends <= start < end <= len(hit.snippet)
            assert hit.snippet[start:end].strip()
            assert not (start and hit.snippet[start - 1].isalnum())
            assert not hit.snippet[end : end + 1].isalnum()
            ends = end


@pytest.mark.parametrize("typing", [False, True])
@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_strange_questions(engine, text, typing):
    sound(engine.search(text, typing=typing))
    engine.counts(text, typing=typing)


@given(st.text(max_size=60), st.booleans())
def test_any_text(engine, text, typing):
    sound(engine.search(text, typing=typing))
    engine.counts(text, typing=typing)


PIECES = st.sampled_from(
    'mood baby psychosis "sore nipples" "sore -voices kind:service kind:pa topic:"Breast - " : '
    "PND SALT post-natal who is the 111 999".split(" ")
)


@given(st.lists(PIECES, max_size=6).map(" ".join), st.data())
def test_every_moment_of_typing_a_question(engine, text, data):
    sound(engine.search(text[: data.draw(st.integers(0, len(text)))], typing=True))


def test_narrowing_to_what_there_is_not_finds_nothing_and_says_so(engine):
    answer = engine.search("mood", narrowing=Narrowing(topics=("No such topic",)))
    assert not answer.hits
    assert answer.message


def test_an_empty_library_answers_with_a_sentence(tmp_path):
    with engine_of(tmp_path) as engine:
        sound(engine.search("mood"))
        sound(engine.search("mo", typing=True))
        assert engine.counts("mood").pages == 0
