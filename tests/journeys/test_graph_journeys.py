"""A nurse who has never drawn a flowchart changes a pathway in its graph, with keyboard and mouse in a real window."""

import shutil
from pathlib import Path

import pytest

from tests.support.bus import FOCUSED

TINY = Path(__file__).parents[1] / "data" / "tiny"
PAGE = "pathways/feeding.md"

pytestmark = pytest.mark.slow


@pytest.fixture
def library(tmp_path):
    return Path(shutil.copytree(TINY, tmp_path / "library"))


def editing(opened, library):
    window = opened("--library", library, PAGE)
    window.find(lambda p: p.role == "frame" and "Feeding" in p.name, "the pathway")
    window.press("ctrl+e")
    window.find(lambda p: p.role == "frame" and "Editing" in p.name, "the editor")
    window.named("step 3 of 3, end, Reassure", "list item")
    return window


def field(window, words):
    """Wait until the field of this name has the keyboard."""
    return window.find(
        lambda p: p.role == "text" and words in p.name and FOCUSED in p.states, f"'{words}'"
    )


def tab_into(window, words):
    """Tab until the field of this name has the keyboard; the current entry of a list says it had it all along."""
    for _ in range(12):
        window.press("Tab")
        parts = window.parts()
        if any(p.role == "text" and words in p.name and FOCUSED in p.states for p in parts):
            return
    raise AssertionError(f"Tab never came to '{words}'")


def drag(window, begin, end):
    x, y, wide, high = window.desk.reader.box(begin)
    to_x, to_y, to_wide, to_high = window.desk.reader.box(end)
    window.hands("mousemove", x + wide // 2, y + high // 2, "mousedown", 1)
    for part in (0.3, 0.7, 1.0):
        window.hands(
            "mousemove",
            int(x + wide / 2 + (to_x + to_wide / 2 - x - wide / 2) * part),
            int(y + high / 2 + (to_y + to_high / 2 - y - high / 2) * part),
        )
    window.hands("mouseup", 1)


def save(window, why):
    window.press("ctrl+shift+s")
    field(window, "Why, in one line")
    window.type(why)
    window.press("Return")
    window.reads("Saved to library")


def test_a_step_with_two_ways_on_is_added_in_the_graph_and_found_by_everyone(opened, library):
    before = (library / PAGE).read_text("utf-8")
    window = editing(opened, library)
    window.click(window.named("Larger preview"))
    window.click(window.named("step 2 of 3, action, Watch a feed", "list item"))
    window.reads("Chosen: step 2, Watch a feed")

    window.press("Insert")
    field(window, "What is the step called?")
    window.type("Ring the lactation team")
    tab_into(window, "When do you go this way?")
    window.type("Baby will not latch")
    tab_into(window, "What to do there")
    window.type("Say what you saw at the feed.")
    window.click(window.named("Add the step"))
    window.named("added: step 3 of 4, end, Ring the lactation team", "list item")
    window.reads("Chosen: step 3, Ring the lactation team")

    window.click(window.named("Add a way on", "push button"))
    field(window, "When do you go this way?")
    window.type("Seen today")
    tab_into(window, "Find a step or a page")
    window.type("reass")
    window.press("Return")
    window.named("one way on: 1, Seen today, step 4, Reassure", "list item")

    window.press("f")  # the whole pathway, so that both boxes can be seen
    begin = window.named("added: step 3 of 4, action, Ring the lactation team", "list item")
    drag(window, begin, window.named("step 1 of 4, question, Is the baby gaining", "list item"))
    field(window, "When do you go this way?")
    window.type("Not seen within a day")
    window.press("Return")
    window.named("two ways on: 1, Seen today, step 4, Reassure; 2, Not seen", "list item")

    after = (library / PAGE).read_text("utf-8")
    assert after == before, "readers see nothing of it before it is saved"
    save(window, "Latching needs a specialist")
    kept = (library / PAGE).read_text("utf-8")
    new = [line for line in kept.splitlines() if line not in before.splitlines()]
    assert new == [
        "- Baby will not latch → [Ring the lactation team](#ring-the-lactation-team)",
        "## Ring the lactation team {#ring-the-lactation-team}",
        "Say what you saw at the feed.",
        "- Seen today → [Reassure](#reassure)",
        "- Not seen within a day → [Is the baby gaining weight?](#weight)",
    ]

    window.click(window.named("Stop editing"))
    window.named("step 3 of 4, question, Ring the lactation team, two ways on", "list item")
    window.search("lactation team")
    window.find(
        lambda p: p.role == "list item" and "lactation" in p.name.casefold(), "it among the answers"
    )
    assert window.close() == 0


def test_a_version_is_looked_at_on_the_graph_and_made_the_page_again(opened, library):
    first = (library / PAGE).read_bytes()
    window = editing(opened, library)
    window.click(window.named("step 3 of 3, end, Reassure", "list item"))
    window.reads("Chosen: step 3, Reassure")
    window.press("Delete")
    window.named("Remove the step")
    window.click(window.named("Remove these ways on too"))
    window.click(window.named("Remove the step", "push button"))
    window.named("removed: was 3 · end, Reassure", "list item")
    save(window, "Reassuring is not a step")
    assert b"## Reassure" not in (library / PAGE).read_bytes()

    window.click(window.named("Stop editing"))
    window.press("ctrl+shift+p")
    field(window, "What do you want to do?")
    window.type("earlier versions")
    window.press("Return")
    window.click(window.named("As it was found", "list item"))
    window.named("removed: was 3 · end, Reassure", "list item")
    window.reads("The step Reassure is gone")
    window.click(window.named("Make it the page again"))
    window.reads("Restored, as a new version")
    assert (library / PAGE).read_bytes() == first
    window.named("step 3 of 3, end, Reassure", "list item")
    assert window.close() == 0
