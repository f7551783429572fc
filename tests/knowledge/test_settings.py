"""What `library.yaml` says, and what is wrong with it."""

from datetime import date

import pytest

from knowledge.problems import Severity
from knowledge.settings import Settings, StripItem, read_settings
from tests.support.pages import checked, sentences


def said(text):
    return [p.sentence().removeprefix("library.yaml:") for p in read_settings(text.encode())[1]]


def test_every_setting_is_read():
    read, problems = read_settings(
        b"""name: A library
organisation: A trust
version: "1.2"
date: 2026-11-21
banner: Sample.
review_months: {pathway: 6}
urgent:
  - {text: Ring 999, short: "999", page: a.md}
  - {text: Ring 111}
emergency_pages: [a.md]
unsure: {text: Ask, page: b.md}
top_six: [a.md, b.md]
topics: [Feeding]
high_impact_areas: [Feeding]
checks: {html: off, overdue: error}
"""
    )
    assert problems == ()
    assert (read.name, read.version, read.date) == ("A library", "1.2", date(2026, 11, 21))
    assert read.urgent == (
        StripItem("Ring 999", "999", "a.md"),
        StripItem("Ring 111", "Ring 111", ""),
    )
    assert read.unsure == StripItem("Ask", "Ask", "b.md")
    assert (read.months_for("pathway"), read.months_for("service")) == (6, 12)
    assert read.severity_of("html", Severity.NOTICE) is None
    assert read.severity_of("overdue", Severity.WARNING) is Severity.ERROR
    assert read.severity_of("encoding", Severity.WARNING) is Severity.WARNING
    assert read.present


def test_without_the_file_and_with_an_empty_one_the_usual_settings_hold():
    assert read_settings(None) == (Settings(), ())
    assert read_settings(b"") == (Settings(present=True), ())
    assert read_settings(b"# nothing yet\n") == (Settings(present=True), ())
    assert "not approved for clinical use" in Settings().banner


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "nam: x",
            "1: warning settings-unknown: I don't know the setting 'nam' (Did you mean name?)",
        ),
        (
            "name: x\nname: y",
            "2: error settings-twice: 'name' is given twice; the first one counts",
        ),
        ("date: soon", "1: error settings-value: 'date' is not a date such as 2026-11-21"),
        ("topics: {a: b}", "1: error settings-value: 'topics' is not a list"),
        ("name: [x]", "1: error settings-value: 'name' is not plain words"),
        (
            "checks: {html: loud}",
            "1: error settings-value: 'html' is not error, warning, notice or off",
        ),
        (
            "review_months: {pathway: soon}",
            "1: error settings-value: 'pathway' is not a number of months",
        ),
        (
            "review_months: {pathwy: 6}",
            "1: warning settings-unknown: 'pathwy' is no kind of page (Did you mean pathway?)",
        ),
        ("urgent: {text: x}", "1: error settings-value: 'urgent' is not a list of entries"),
        (
            "urgent:\n  - {page: x}",
            "2: error settings-value: 'urgent' is not an entry with a text to show",
        ),
        (
            "urgent:\n  - {text: x, pge: y}",
            "2: warning settings-unknown: I don't know 'pge' in 'urgent' (Did you mean page?)",
        ),
        ("- a", "1: error settings-broken: The library's settings are not 'name: value' lines"),
        (
            "a: *b",
            "1: error settings-broken: The library's settings cannot be read: '*' repeats a marked part, which is not allowed here (Mend this line; until then the usual settings hold)",
        ),
    ],
)
def test_a_slip_is_told_at_its_line(text, sentence):
    assert said(text) == [sentence]


def test_the_severity_of_any_check_can_be_set_or_switched_off(tmp_path):
    files = {
        "library.yaml": "checks: {encoding: error, empty: off, picture-undescribed: notice}\n",
        "a.md": b"caf\xe9 ![](p.png)",
        "b.md": "",
        "p.png": b"",
    }
    assert [f"{p.code} {p.severity}" for p in checked(tmp_path, files).problems] == [
        "encoding error",
        "picture-undescribed notice",
    ]


def test_a_check_that_does_not_exist_is_told_with_the_nearest_that_does(tmp_path):
    files = {"library.yaml": "checks:\n  overdu: off\n  settings-check: notice\n", "a.md": "x"}
    assert sentences(tmp_path, "settings-check", files) == [
        "library.yaml:2: notice settings-check: There is no check called 'overdu' (Did you mean overdue?)"
    ]


def test_pages_that_the_settings_name_have_to_be_there(tmp_path):
    files = {
        "library.yaml": "emergency_pages:\n  - a.md\n  - pages/bb.md\nurgent:\n  - text: Ring 999\n    page: c.md\nunsure: {text: Ask, page: b}\n",
        "a.md": "x",
        "pages/b.md": "y",
    }
    assert sentences(tmp_path, "settings-page", files) == [
        "library.yaml:3: error settings-page: 'emergency_pages' names pages/bb.md, which is not a page of this library (Did you mean pages/b.md?)",
        "library.yaml:6: error settings-page: 'urgent' names c.md, which is not a page of this library (Choose a page that is there)",
    ]
