"""What is shown of an answer: whole words of plain text, and where to mark them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.snippets import LENGTH, Finder, snippet
from search.words import stems, stems_of


def shown(text, *words):
    """The snippet, with its marks in brackets."""
    body, marks = snippet(text, Finder([[(root,) for root in stems(word)] for word in words]))
    for start, end in reversed(marks):
        body = f"{body[:start]}[{body[start:end]}]{body[end:]}"
    return body


def test_the_sentence_that_matches_is_shown_with_what_matched_marked():
    text = "First things first. She hears voices at night. Then more."
    assert shown(text, "voice") == "First things first. She hears [voices] at night. Then more."


def test_a_long_text_is_shown_around_what_matched():
    text = "Nothing here. " * 40 + "She hears voices at night. " + "Nothing there. " * 40
    assert shown(text, "voices").startswith("She hears [voices] at night.")


def test_the_stretch_with_most_of_the_words_wins():
    text = "Sleep. " + "Other words stand here. " * 20 + "Poor sleep and low mood together."
    assert "Poor [sleep] and low [mood] together." in shown(text, "sleep", "mood")


def test_words_are_never_cut():
    text = "antidisestablishmentarianism " * 30
    body, _ = snippet(text, None)
    assert set(body.rstrip("\u2026").split()) == {"antidisestablishmentarianism"}


def test_markup_in_a_page_is_only_text():
    assert shown("Use <b>bold</b> & voices.", "voices") == "Use <b>bold</b> & [voices]."


@pytest.mark.parametrize(
    ("text", "word", "marked"),
    [
        ("A post-natal ward.", "postnatal", "[post-natal]"),
        ("Paediatric advice.", "pediatric", "[Paediatric]"),
        ("Her mother’s mood.", "mother", "[mother’s]"),
        ("She slept badly.", "sleep", "[slept]"),
        ("Ring MASH now.", "mash", "[MASH]"),
    ],
)
def test_words_are_marked_as_they_are_written(text, word, marked):
    assert marked in shown(text, word)


def test_words_that_mean_it_only_together_are_marked_only_together():
    finder = Finder([[("father",), ("parent", "infant")]])

    def marked(text):
        body, marks = snippet(text, finder)
        return [body[start:end] for start, end in marks]

    assert marked("Father, parent and infant.") == ["Father", "parent", "infant"]
    assert marked("Any parent." + " Else." * 15 + " An infant.") == []


@given(st.text(max_size=600), st.text(max_size=10))
def test_marks_hold_what_was_looked_for(text, word):
    wanted = set(stems_of(word))
    body, marks = snippet(text, Finder([[(root,) for root in sorted(wanted)]]))
    assert len(body) <= len(text) + 2
    for start, end in marks:
        assert wanted & set(stems_of(body[start:end])) or any(c.isalnum() for c in body[start:end])


@given(st.text("ab .\n", max_size=900))
def test_a_snippet_is_short(text):
    longest = max(map(len, text.split()), default=0)
    assert len(snippet(text, None)[0]) <= max(LENGTH, longest) + 2
