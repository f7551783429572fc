"""No page gives a figure that the fact sheets do not give."""

import pytest

from tests.content.figures import CONTENT, SHEETS, Figure, Sheets, figures, strays, strays_in
from tests.content.figures import read_sheets as read


def test_every_figure_of_the_pages_stands_in_the_fact_sheets():
    if not SHEETS.is_dir():
        pytest.skip("FIGURES NOT CHECKED: the fact sheets are not beside this checkout")
    found = strays_in(CONTENT, read(SHEETS))
    assert not found, "\n".join(["", *map(str, found)])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("assessed within 4 hours", {Figure("4"), Figure("4", "hour")}),
        ("a 4-hour limit", {Figure("4"), Figure("4", "hour")}),
        ("two weeks to wait", {Figure("2", "week")}),
        ("15 working days", {Figure("15"), Figure("15", "working day")}),
        ("38C", {Figure("38"), Figure("38", "C")}),
        ("38°C", {Figure("38"), Figure("38", "C")}),
        ("1,448 enquiries", {Figure("1448")}),
        ("28.8%", {Figure("28.8"), Figure("28.8", "%")}),
        ("10-14", {Figure("10"), Figure("14"), Figure("10 to 14")}),
        ("10 to 14", {Figure("10"), Figure("14"), Figure("10 to 14")}),
        ("2019-20", {Figure("2019"), Figure("20"), Figure("2019 to 2020")}),
        ("about one in four", {Figure("1 in 4")}),
        ("level 3", {Figure("3"), Figure("3", "level")}),
        ("PHQ-9 and QS115", {Figure("PHQ-9"), Figure("QS115")}),
        ("press F5", set()),
        ("two yellow stools", set()),
    ],
)
def test_figures_are_read_with_their_unit_however_they_are_written(words, expected):
    assert figures(words) == expected


@pytest.fixture
def sheets(tmp_path):
    """A sheet of two facts and a list of sources, read as the real ones are."""
    (tmp_path / "sheet.md").write_text(
        "### T-01 Limits\n"
        "- Assessed within 4 hours. [P4 citing NICE CG192 · public*]\n"
        "- Bands are 5-9 mild and 10-14 moderate. [P39 · public*]\n"
        "## Source key\n"
        "| P4 | PATH pages (2021) | secondary |\n",
        encoding="utf-8",
    )
    return read(tmp_path)


def told(text, sheets: Sheets):
    return [(str(stray.figure), stray.why) for stray in strays(text, "page.md", sheets)]


def test_a_changed_number_unit_or_range_is_listed(sheets):
    assert told("Assessed within 4 hours. [^P4]", sheets) == []
    assert ("5 hour", "not in the sheets") in told("Assessed within 5 hours. [^P4]", sheets)
    assert told("Assessed within 4 days. [^P4]", sheets) == [("4 day", "not in the sheets")]
    assert told("Moderate: 10 to 14. [^P39]", sheets) == []
    assert told("Moderate: 9 to 14. [^P39]", sheets) == [("9 to 14", "not in the sheets")]


def test_a_figure_given_to_another_source_is_listed(sheets):
    found = told("Assessed within 4 hours. [^P39]", sheets)
    assert ("4 hour", "the sheets have it, but not from P39") in found


def test_dates_of_review_versions_links_steps_and_markers_are_not_figures(sheets):
    page = (
        '---\nid: page-77\nversion: "0.8"\nreview_by: 2031-03-04\nages:\n  - 7 to 8 years\n---\n'
        "1. [Look](other-66.md#step-55) (3 minutes, covered)\n\n"
        "Stops 21 to 23 are covered. See `[^P99]`.\n\n"
        "## Look {#look-88 .question}\n\n```\n## Example 987 {#x}\n```\n"
    )
    assert told(page, sheets) == []


def test_the_time_limit_in_a_heading_is_a_figure(sheets):
    page = '## Ring {#ring .urgent timeframe="within 6 hours"}\n'
    assert ("6 hour", "not in the sheets") in told(page, sheets)
