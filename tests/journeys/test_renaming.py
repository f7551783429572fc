"""A step that pages in three places link to gets another name, with real keys; every link goes along."""

import shutil
from pathlib import Path

import pytest

from tests.support.bus import FOCUSED

CONTENT = Path(__file__).parents[2] / "content"
STEP = "pathways/perinatal-mental-health.md#risk-conversation"
LINKED = (
    "sessions/low-mood-worked-case.md",
    "thresholds/epds.md",
    "thresholds/phq-9-and-gad-7-bands.md",
)

pytestmark = pytest.mark.slow


def field(words):
    return lambda part: part.role == "text" and words in part.name and FOCUSED in part.states


def test_a_step_that_three_pages_link_to_gets_another_name(opened, tmp_path):
    library = tmp_path / "library"
    shutil.copytree(CONTENT, library)
    before = {p: p.read_bytes() for p in library.rglob("*.md")}
    window = opened("--library", library, STEP)
    window.find(lambda p: p.role == "frame" and "risk conversation" in p.name, "the step")
    window.press("ctrl+shift+p")
    window.find(lambda part: part.role == "dialog", "all commands")
    window.type("rename or move")
    window.press("Return")
    window.find(lambda p: p.role == "dialog" and "Rename" in p.name, "the question")
    window.find(field("Title"), "the title")
    window.press("ctrl+a")
    window.type("Talk about risk now")
    window.reads("will be called 'Talk about risk now'")
    assert {p: p.read_bytes() for p in before} == before
    window.tab_to("Why, in one line")
    window.type("Plainer words")
    window.tab_to("Your role or team")
    window.type("Perinatal champion")
    window.tab_to("Rename")
    window.press("space")
    window.find(lambda p: p.role == "frame" and "Talk about risk now" in p.name, "the step again")
    for page in LINKED:
        words = (library / page).read_text("utf-8").casefold()
        assert "[talk about risk now](../pathways/perinatal-mental-health.md#risk-con" in words
        assert "[hold the risk conversation now]" not in words
    others = [p for p in before if p.read_bytes() != before[p]]
    assert len(others) == len(LINKED) + 1
    window.press("ctrl+7")
    window.reads("Perinatal champion · Plainer words")
    assert window.close() == 0
