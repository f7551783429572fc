"""A time limit is changed, which takes the approval back; another role than the author's approves it, by keyboard alone."""

import pytest

from tests.support.bus import FOCUSED

PAGE = """---
id: crisis-line
title: Crisis line
kind: service
status: approved
version: "1.0"
approved_by: Clinical lead
approved_on: 2026-01-05
review_by: 2027-05-21
owner: Named nurse
phone: "01632 960001"
hours: always
accepts: Anybody in a crisis
---

Ring and speak to a person.
"""

pytestmark = pytest.mark.slow


def field(words):
    return lambda part: part.role == "text" and words in part.name and FOCUSED in part.states


def command(window, words):
    window.press("ctrl+shift+p")
    window.find(lambda part: part.role == "dialog", "all commands")
    window.type(words)
    window.named(words[:6].capitalize(), "list item")
    window.press("Return")


def test_a_changed_time_limit_is_approved_by_another_role(opened, tmp_path):
    library = tmp_path / "library"
    library.mkdir()
    page = library / "crisis-line.md"
    page.write_text(PAGE, "utf-8")
    window = opened("--library", library, "crisis-line.md", FINGERPOST_NOW="2026-11-21T10:00")
    window.reads("Approved by Clinical lead on 5 January 2026")
    window.press("ctrl+e")
    window.find(field("The words of this page"), "the words")
    window.type("Within 4 hours. ")
    window.press("ctrl+shift+s")
    window.reads("A time limit is changed. That is always one of substance.")
    window.find(field("Why, in one line"), "the reason")
    window.type("The new guide says so")
    window.press("Tab")
    window.type("Duty champion")
    window.press("Return")
    window.reads("Saved. Readers see it now.")
    assert "status: in-check" in page.read_text("utf-8")
    command(window, "stop editing")
    window.reads("Being checked")
    command(window, "approve this page")
    window.reads("'Duty champion' changed this page, so another role has to approve it.")
    window.find(field("Your role or team"), "the role")
    window.press("ctrl+a")
    window.type("Medical director")
    window.press("Return")
    window.reads("Approved by Medical director on 21 November 2026")
    assert window.close() == 0
    text = page.read_text("utf-8")
    assert "approved_by: Medical director\n" in text
    assert 'version: "2.0"' in text
    assert text.endswith("\n\nWithin 4 hours. Ring and speak to a person.\n")
