"""A trainer teaches from the live pages, with the keyboard only; one screen, so the room has a plain window."""

from pathlib import Path

import pytest

from knowledge.source import read_page
from tests.support.desk import FOCUSED

pytestmark = pytest.mark.slow
SESSION = Path(__file__).parents[2] / "content" / "sessions" / "low-mood-worked-case.md"
PATHWAY = SESSION.parents[1] / "pathways" / "perinatal-mental-health.md"


def at(words):
    return lambda part: part.role == "frame" and words in part.name


def second_time_at(anchor):
    """The number of the stop that shows this step with its answers covered."""
    page = read_page("sessions/s.md", SESSION.read_bytes())
    return next(n for n, s in enumerate(page.stops, 1) if s.covered and s.link.anchor == anchor)


def first_way_from(anchor):
    page = read_page("pathways/p.md", PATHWAY.read_bytes())
    return page.by_anchor[anchor].ways[0].condition


def test_a_case_is_played_hidden_asked_revealed_and_its_other_branch_tried(opened):
    window = opened()
    window.reads("Emergency pages")
    window.press("ctrl+5")
    window.find(at("Sessions"), "the list of sessions")
    window.find(lambda p: p.role.startswith("list") and FOCUSED in p.states, "the list")
    window.type("Training session: low")
    window.press("Return")
    window.find(at("low mood, a worked case"), "the session")
    window.press("F5")
    window.named("Presenting: Training session: low mood")
    window.named("Fingerpost: what the room sees")
    window.reads("Your notes, seen by you alone")
    # To the self-harm item, the second time round: what follows is covered.
    window.press(*str(second_time_at("self-harm-item")), "Return")
    window.reads("2 outcomes covered")
    window.press("space")
    window.reads("Nothing is covered")
    window.press("c")
    window.reads("2 outcomes covered")
    # The room says: above zero. One way is taken, then the other.
    window.press("1")
    window.named(f"Take way 1: {first_way_from('risk-conversation')}", "push button")
    window.press("a")
    window.reads("1 outcome covered")
    window.press("2")
    window.named(f"Take way 1: {first_way_from('how-severe')}", "push button")
    window.press("Page_Up")
    window.press("b")
    window.press("b")
    window.press("Escape")
    window.find(at("low mood, a worked case"), "where the trainer was")
    assert window.close() == 0


def test_a_champion_reorders_a_session_beside_its_words(opened):
    window = opened("sessions/low-mood-worked-case.md")
    window.find(at("low mood, a worked case"), "the session")
    window.press("ctrl+e")
    window.find(at("Editing: Training session: low mood"), "the editor")
    first = window.named("1. Any emergency sign right now?", "list item")
    window.click(first)
    window.press("alt+Down")
    window.named("2. Any emergency sign right now?", "list item")
    window.reads("'Any emergency sign right now?' is now stop 2")
    window.press("Delete")
    window.reads("is no longer a stop")
    window.press("ctrl+z", "ctrl+z")
    window.click(window.named("1. Any emergency sign right now?", "list item"))
    window.click(window.named("Add a stop", "push button"))
    window.find(lambda part: part.role == "dialog", "the search for a stop")
    window.type("crisis team")
    window.named("Crisis team", "list item")
    window.press("Return")
    window.named("2. Crisis", "list item")
    window.press("ctrl+z")
    window.named("2. Ask two questions and GAD-2", "list item")
    assert window.close() == 0
