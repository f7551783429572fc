"""When a service answers."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.hours import HoursError, as_week, at, in_words, of_week, read_hours
from knowledge.model import Hours, Opening
from knowledge.yamltree import Mapping, read_yaml

SATURDAY = datetime(2026, 11, 21)


def hours(text):
    root = read_yaml(f"hours: {text}")
    assert isinstance(root, Mapping)
    return read_hours(root.pairs[0][1])


WEEKDAYS = Hours(openings=(Opening((0, 1, 2, 3, 4), 540, 1020),))


@pytest.mark.parametrize(
    "text",
    [
        '{days: Mon-Fri, open: "09:00", close: "17:00"}',
        "{days: weekdays, open: 9am, close: 5pm}",
        "{days: [Monday, Tuesday, Wed, Thurs, Fri], from: 9.00, to: 17.00}",
        '[{days: Mon to Fri, open: "9:00", close: "17:00"}]',
        '{Mon-Fri: "09:00-17:00", sat: closed}',
        '"Mon-Fri: 09:00-17:00"',
        '["Monday - Friday 9am to 5pm"]',
        "{days: Mon–Fri, open: 540, close: 17:00}",
    ],
)
def test_the_ways_people_write_hours_are_understood(text):
    assert hours(text) == WEEKDAYS


def test_always_closed_and_unknown_hours():
    assert hours("always") == hours('"24/7"') == Hours(always=True)
    assert hours("") is None
    assert hours("[]") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("whenever", "'whenever' does not name days and times"),
        ('{days: Mon-Fri, open: "9"}', "does not say when it opens and closes"),
        ('{days: Funday, open: "9", close: "10"}', "'funday' is not a day of the week"),
        ('{days: Mon, open: "25:00", close: "26:00"}', "'25:00' is not a time of the day"),
        ('{days: Mon, open: nine, close: "10"}', "'nine' is not a time such as 09:00"),
        ("[[a]]", "each entry names days and times"),
        ('[{open: "9", close: "10"}]', "does not say which days"),
        ("{Mon: {a: b}}", 'times are written as "09:00-17:00"'),
        ("{Mon: soon}", "'soon' is not a time from and to"),
    ],
)
def test_what_is_not_hours_is_told(text, words):
    with pytest.raises(HoursError) as told:
        hours(text)
    assert words in told.value.message


@pytest.mark.parametrize(
    ("text", "moment", "words"),
    [
        ("Mon-Fri: 09:00-17:00", "2026-11-20 16:59", "Open now. Closes at 17:00"),
        ("Mon-Fri: 09:00-17:00", "2026-11-20 17:00", "Closed now. Opens Monday at 09:00"),
        ("Mon-Fri: 09:00-17:00", "2026-11-23 08:59", "Closed now. Opens today at 09:00"),
        ("Fri: 20:00-04:00", "2026-11-21 03:00", "Open now. Closes at 04:00"),
        ("Fri: 20:00-04:00", "2026-11-21 04:00", "Closed now. Opens Friday at 20:00"),
        ("daily: 00:00-24:00", "2026-11-21 12:00", "Open now, day and night"),
        ("daily: 09:00-09:00", "2026-11-21 12:00", "Open now, day and night"),
        ("Sat-Sun: 00:00-24:00", "2026-11-21 12:00", "Open now. Closes Sunday at midnight"),
        ("weekend: noon-midnight", "2026-11-21 12:00", "Open now. Closes at midnight"),
    ],
)
def test_a_reader_is_told_whether_somebody_answers_now(text, moment, words):
    assert (
        in_words(
            hours(f'"{text}"' if "noon" not in text else '{weekend: "noon-midnight"}'),
            datetime.fromisoformat(moment),
        )
        == words
    )


def test_hours_that_nobody_gave_are_not_guessed():
    assert in_words(None, SATURDAY) == in_words(Hours(), SATURDAY) == "Hours not given"
    assert in_words(Hours(always=True), SATURDAY) == "Open now, day and night"


openings = st.builds(
    Opening,
    st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(tuple),
    st.integers(0, 1439),
    st.integers(0, 1440),
)


@given(st.lists(openings, min_size=1, max_size=3), st.integers(0, 7 * 1440 - 1))
def test_the_state_holds_until_the_moment_it_names(given_openings, minutes):
    wanted = Hours(openings=tuple(given_openings))
    moment = SATURDAY + timedelta(minutes=minutes)
    now = at(wanted, moment)
    assert now.open == any(_inside(opening, moment) for opening in given_openings)
    if now.until is not None:
        assert now.until > moment
        assert at(wanted, now.until - timedelta(minutes=1)).open == now.open


def _inside(opening, moment):
    length = (opening.end - opening.start) % 1440 or 1440
    for back in (0, 1):
        day = moment - timedelta(days=back)
        since = back * 1440 + moment.hour * 60 + moment.minute - opening.start
        if day.weekday() in opening.days and 0 <= since < length:
            return True
    return False


@pytest.mark.parametrize("words", ["9 to 5", "9.30-4.30", "9am to 5", "1 to 5pm", "10 to 2"])
def test_a_time_that_may_be_either_half_of_the_day_is_asked_about(words):
    with pytest.raises(HoursError) as told:
        of_week(["", words, "", "", "", "", ""])
    assert "may be the morning or the afternoon" in told.value.message
    assert told.value.offset == 1


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("9 to 5pm", "09:00 to 17:00"),
        ("9 to 12", "09:00 to 12:00"),
        ("22:00 to 06:00", "22:00 to 06:00"),
        ("7pm to 7am", "19:00 to 07:00"),
    ],
)
def test_a_time_that_can_be_only_one_is_taken(words, read):
    found = of_week([words, *[""] * 6])
    assert found is not None
    assert as_week(found)[0] == read


def test_what_holds_on_bank_holidays_is_kept_without_other_hours():
    found = of_week([""] * 7, "Ring the duty desk")
    assert found == Hours(bank_holidays="Ring the duty desk")
    assert of_week([""] * 7) is None
