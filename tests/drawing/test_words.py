"""Words are never cut: boxes and labels are as big as what they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing.boxes import WIDEST, fit_box, fit_label
from drawing.diagram import Arrow, Box, Look, Role
from drawing.metrics import width_of
from drawing.wrap import balanced, fill

WORDS = st.text(min_size=1, max_size=300)
LOOKS = st.sampled_from([look for look in Look if look is not Look.CONNECTOR])


def letters(text):
    return "".join(text.split())


@given(WORDS, st.floats(20, 400))
def test_breaking_lines_loses_no_letter(text, limit):
    assert letters("".join(fill(text, limit, 14.5, 600))) == letters(text)


@given(WORDS, st.floats(60, 400))
def test_no_line_is_wider_than_asked(text, limit):
    for line in fill(text, limit, 14.5, 600):
        assert width_of(line, 14.5, 600) <= limit or len(line) == 1


@given(LOOKS, WORDS, st.text(max_size=60), st.sampled_from([1.0, 1.5, 2.0, 4.0]))
def test_every_word_stands_inside_its_box(look, title, timeframe, scale):
    fitted = fit_box(Box("a", look, title, 7, timeframe=timeframe), scale)
    assert fitted.width <= WIDEST * scale + 1
    for words in fitted.words:
        assert words.x >= 0
        assert words.x + words.width <= fitted.width
        assert words.y - words.size * 0.7 >= 0
        assert words.y + words.size * 0.25 <= fitted.height


@given(LOOKS, WORDS, st.text(max_size=60))
def test_a_box_holds_all_its_words(look, title, timeframe):
    fitted = fit_box(Box("a", look, title, timeframe=timeframe))
    held = {role: "".join(w.text for w in fitted.words if w.role is role) for role in Role}
    assert letters(held[Role.TITLE]) == letters(title)
    assert letters(held[Role.TIME]) == letters(timeframe)


@given(WORDS)
def test_a_label_takes_at_most_three_lines_and_loses_nothing(text):
    fitted = fit_label(Arrow("a", "b", text))
    if fitted is None:
        assert not text.strip()
        return
    assert len(fitted.words) <= 3
    assert letters("".join(w.text for w in fitted.words)) == letters(text)


@pytest.mark.parametrize(
    "title",
    [
        "a" * 80,
        "Überweisung/" * 20,
        "产后抑郁症筛查和转诊流程",
        "مسار الصحة النفسية",
        "👩‍👩‍👧 family",
        "e\u0301" * 90,
    ],
)
def test_odd_words_make_the_box_grow(title):
    fitted = fit_box(Box("a", Look.QUESTION, title))
    assert all(w.x + w.width <= fitted.width for w in fitted.words)


def test_lines_of_a_title_are_about_equally_long():
    lines, _ = balanced("Promote wellbeing, ask again at next contact", 220, 14.5, 600)
    assert lines == ("Promote wellbeing, ask", "again at next contact")
