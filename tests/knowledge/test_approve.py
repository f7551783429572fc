"""A page is approved by another role than its author's, in one save that changes its details alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.editing.approve import (
    approved,
    authors_of,
    in_months,
    next_version,
    same_role,
    unapproved,
    why_not,
    withdrawn,
)
from knowledge.editing.change import Refused
from knowledge.files import digest
from knowledge.problems import Problem, Severity
from knowledge.saving.store import Change, PageStore
from knowledge.source import read_page

PAGE = (
    b'---\r\ntitle: Feeding # ours\r\nstatus: in-check\r\nversion: "0.3"\r\n---\r\n\r\nWords.\r\n'
)
TODAY, NEXT = date(2026, 11, 21), date(2027, 5, 21)


def _page(data: bytes = PAGE):
    return read_page("pages/feeding.md", data)


def test_approving_changes_the_details_and_no_other_byte():
    data = approved(_page(), "Clinical lead", TODAY, NEXT, "1.0")
    assert data == (
        b"---\r\ntitle: Feeding # ours\r\nstatus: approved\r\napproved_by: Clinical lead\r\n"
        b'version: "1.0"\r\napproved_on: 2026-11-21\r\nreview_by: 2027-05-21\r\n---\r\n\r\nWords.\r\n'
    )
    with pytest.raises(Refused, match="has to lie ahead"):
        approved(_page(), "Clinical lead", TODAY, TODAY, "1.0")


def test_an_approved_text_that_comes_back_is_checked_again():
    old = PAGE.replace(b"in-check", b"approved")
    assert unapproved("pages/feeding.md", old) == PAGE
    assert unapproved("pages/feeding.md", PAGE) == PAGE


def test_withdrawing_says_what_replaces_it():
    assert b"status: withdrawn\r\nreplaced_by: other\r\n" in withdrawn(_page(), "other")
    again = read_page("pages/feeding.md", withdrawn(_page(), "other"))
    assert b"replaced_by" not in withdrawn(again, "")


@pytest.mark.parametrize(
    ("role", "status", "said"),
    [
        ("Clinical lead", b"in-check", ""),
        ("perinatal  CHAMPION.", b"in-check", "changed this page, so another role has to"),
        ("", b"in-check", "Say which role approves it"),
        ("Clinical lead", b"draft", "Only a page in check can be approved"),
        ("Clinical lead", b"approved", "approved already"),
    ],
)
def test_who_may_not_approve_is_told_in_one_sentence(role, status, said):
    page = _page(PAGE.replace(b"in-check", status))
    found = why_not(page, role, ["Perinatal champion"], [])
    assert (said in found) if said else not found


def test_mistakes_are_put_right_first():
    wrong = Problem("x", Severity.ERROR, "pages/feeding.md", 7, "A link leads nowhere")
    assert why_not(_page(), "Lead", [], [wrong]) == (
        "1 thing has to be put right first. Line 7: A link leads nowhere."
    )


def test_the_authors_are_those_of_substance_since_the_last_approval(tmp_path: Path):
    root = tmp_path / "library"
    (root / "pages").mkdir(parents=True)
    (root / "pages/feeding.md").write_bytes(b"status: draft")
    store = PageStore(root, tmp_path / "profile")
    texts = [
        (PAGE.replace(b"Words", b"One"), Change("Old author", "", True)),
        (PAGE.replace(b"in-check", b"approved"), Change("Lead", "Approved")),
        (PAGE.replace(b"Words", b"Two"), Change("Champion", "", True)),
        (PAGE.replace(b"Words", b"Three"), Change("Helper", "A comma", False)),
    ]
    opened = digest(b"status: draft")
    for text, change in texts:
        store.save("pages/feeding.md", text, opened, change)
        opened = digest(text)
    assert [v.change.who for v in authors_of(store.versions("pages/feeding.md"))] == ["Champion"]


def test_roles_versions_and_months():
    assert same_role("Specialist HV", "specialist  hv.")
    assert not same_role("", "")
    assert [next_version(v) for v in ("0.3", "1.0", "2", "", "spring")] == [
        "1.0",
        "2.0",
        "3.0",
        "1.0",
        "spring",
    ]
    assert in_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert in_months(date(2026, 11, 30), 1) == date(2026, 12, 30)
