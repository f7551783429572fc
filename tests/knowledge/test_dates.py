"""Dates as people write them and as we show them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.dates import guess, in_words, read_iso, stamped

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "text",
    [
        "21/11/2026",
        "21.11.2026",
        "21-11-2026",
        "21 11 2026",
        "21 November 2026",
        "21st Nov 2026",
        "21-Nov-2026",
        "2026/11/21",
        "2026-11-21",
        "21 nov. 2026",
    ],
)
def test_the_ways_people_write_a_date_are_understood(text):
    assert guess(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "11/21/2026",
        "31/02/2026",
        "2026-13-01",
        "soon",
        "",
        "21/11/26",
        "1 Juny 2026",
    ],
)
def test_what_is_no_date_is_no_date(text):
    assert guess(text) is None


def test_only_the_form_of_the_file_is_read_without_a_question():
    assert read_iso(" 2026-11-21 ") == DAY
    for text in ("21/11/2026", "2026-11-1", "2026-02-30", "20261121", "2026-11-21T00:00"):
        assert read_iso(text) is None


def test_dates_are_shown_in_words_and_stamped_in_short():
    assert (in_words(DAY), stamped(date(2026, 1, 2))) == ("21 November 2026", "02-Jan-2026")


@given(st.dates())
def test_every_date_is_read_back_from_its_own_forms(day):
    assert read_iso(day.isoformat()) == day
    assert day.year < 1000 or guess(in_words(day)) == day
