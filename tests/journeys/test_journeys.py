"""What people come for, done in the real window with keyboard and mouse, and heard as a screen reader hears it."""

import shutil
from pathlib import Path

import pytest

from tests.support.desk import FOCUSED

CONTENT = Path(__file__).parents[2] / "content"

pytestmark = pytest.mark.slow

SERVICE = """---
id: crisis-line
title: Crisis line
kind: service
status: approved
version: "1.0"
review_by: 2027-05-21
owner: Named nurse
phone: "01632 960001"
hours:
  mon-fri: 9:00-17:00
out_of_hours: "[NHS 111](nhs-111.md)"
accepts: Anybody in a crisis
---

Ring and speak to a person.
"""
OTHER = """---
id: nhs-111
title: NHS 111
kind: service
status: approved
version: "1.0"
review_by: 2027-05-21
owner: Named nurse
phone: "111"
hours: always
accepts: Anybody
---

Day and night.
"""


def at(words):
    """The window shows a place whose title holds these words."""
    return lambda part: part.role == "frame" and words in part.name


def test_mum_hears_voices_and_who_to_ring_now(opened):
    window = opened()
    window.reads("Emergency pages")
    window.search("mum hears voices")
    window.reads("Ring now")
    window.reads("999 in an emergency: 999. Open now, day and night")
    window.press("Return")
    window.find(at("Mental health emergency"), "the page")
    window.reads("Life at risk? Ring 999")
    assert window.close() == 0


def test_a_threshold_and_what_would_make_it_the_next_level(opened):
    window = opened()
    window.reads("Emergency pages")
    window.press("ctrl+2")
    window.find(at("Thresholds"), "the list of thresholds")
    window.find(lambda p: p.role.startswith("list") and FOCUSED in p.states, "the list")
    window.type("Kent s")
    window.click(window.named("Kent support levels", "list item"))
    window.find(at("Kent support levels"), "the threshold")
    window.click(window.named("3 Intensive", "list item"))
    window.reads("You chose")
    window.reads("One level up")
    assert window.close() == 0


def test_a_case_study_by_its_place(opened):
    window = opened()
    window.reads("Emergency pages")
    window.press("ctrl+3")
    window.find(at("Cases"), "the case studies")
    window.click(window.named("Somerset, 1", "check box"))
    window.named("Case studies, 1", "list")
    window.click(window.named("Horizon group", "list item"))
    window.find(at("Horizon group"), "the case study")
    assert window.close() == 0


def test_who_to_ring_at_three_on_a_sunday_night(opened, tmp_path):
    library = tmp_path / "library"
    library.mkdir()
    (library / "crisis-line.md").write_text(SERVICE, "utf-8")
    (library / "nhs-111.md").write_text(OTHER, "utf-8")
    window = opened("--library", library, "crisis-line.md", FINGERPOST_NOW="2026-11-22T03:00")
    window.find(at("Crisis line"), "the service")
    window.reads("Closed")
    window.reads("NHS 111")
    window.press("ctrl+4")
    window.named("Open now, 1", "check box")
    assert window.close() == 0


def test_the_library_goes_away_while_somebody_reads(opened, tmp_path):
    library = tmp_path / "library"
    shutil.copytree(CONTENT, library)
    window = opened("--library", library, "pages/how-to-use.md")
    window.find(at("How to use"), "the page")
    library.rename(tmp_path / "elsewhere")
    window.reads("The library cannot be reached. Showing the copy of")
    window.search("sleep")
    window.find(lambda part: part.role == "list item", "answers from the last good copy")
    (tmp_path / "elsewhere").rename(library)
    window.press("Escape")
    window.find(at("How to use"), "the page")
    assert window.close() == 0


def test_by_keyboard_alone_to_a_step_a_service_and_a_printed_page(opened, tmp_path):
    window = opened()
    window.reads("Emergency pages")
    window.find(lambda p: p.role == "text" and FOCUSED in p.states, "the large field")
    window.type("two questions about mood")
    window.find(lambda part: part.role == "list item", "answers")
    window.press("Return")
    window.find(lambda p: p.role == "frame" and p.name != "Fingerpost", "a page")
    window.press("ctrl+1")
    window.find(at("Pathways"), "the list of pathways")
    window.press("Home", "Return")
    step = window.find(lambda p: p.role == "frame" and "Pathways" not in p.name, "a pathway")
    assert step.name.endswith("Fingerpost")
    window.press("ctrl+4")
    window.find(at("Services"), "the directory")
    window.press("Home", "Return")
    window.find(at("999"), "the first service")
    window.press("ctrl+p")
    window.find(lambda part: part.role == "dialog", "the preview")
    window.tab_to("Save as PDF")
    window.press("space")
    window.find(lambda p: p.role == "text" and FOCUSED in p.states, "the name of the file")
    window.press("ctrl+a")
    window.type(str(tmp_path / "page.pdf"))
    window.press("Return")
    window.reads("Saved: page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    assert window.close() == 0
