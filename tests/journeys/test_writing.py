"""A champion changes pages with real keys in a real window, and colleagues read it in windows of their own."""

import shutil
from pathlib import Path

import pytest

from tests.support.bus import FOCUSED

CONTENT = Path(__file__).parents[2] / "content"
GAD = "thresholds/two-questions-and-gad-2.md"

pytestmark = pytest.mark.slow


@pytest.fixture
def library(tmp_path):
    return Path(shutil.copytree(CONTENT, tmp_path / "library"))


def at(words):
    return lambda part: part.role == "frame" and words in part.name


def write(window, page):
    """Open a page in a window of one's own, and Ctrl+E."""
    window.find(at(page), "the page")
    window.to_front()
    window.press("ctrl+e")
    window.find(at(f"Editing: {page}"), "the editor")
    window.find(lambda p: p.name == "The words of this page" and FOCUSED in p.states, "the words")


def find_and_replace(window, old, new):
    """Ctrl+F, the words sought, and typing over them."""
    window.press("ctrl+f")
    window.find(lambda p: p.name == "Find" and FOCUSED in p.states, "the field")
    window.type(old)
    window.press("Escape")
    window.find(lambda p: p.name == "The words of this page" and FOCUSED in p.states, "the words")
    window.type(new)


def save(window, why):
    """Ctrl+Shift+S, why, Return."""
    window.press("ctrl+shift+s")
    window.find(lambda p: p.name == "Why, in one line" and FOCUSED in p.states, "the question")
    window.type(why)
    window.press("Return")


def test_a_cut_off_is_changed_and_the_window_of_a_colleague_has_it_a_moment_later(opened, library):
    before = (library / GAD).read_text("utf-8")
    assert before.count("3 or more") >= 1
    reader = opened("--library", library, GAD)
    reader.reads("3 or more")
    writer = opened("--library", library, GAD)
    write(writer, "Two depression")
    find_and_replace(writer, "3 or more", "4 or more")
    save(writer, "The cut-off follows the new guide")
    writer.reads("Saved. Readers see it now.")
    assert (library / GAD).read_text("utf-8") == before.replace("3 or more", "4 or more", 1)
    reader.reads("4 or more")
    reader.to_front()
    reader.search("cut-off 4 or more gad")
    reader.find(lambda p: p.role == "list item" and "Two depression" in p.name, "an answer")
    assert reader.close() == 0
    writer.to_front()
    assert writer.close() == 0


def test_a_case_study_is_written_from_five_questions(opened, library):
    window = opened("--library", library)
    window.reads("Emergency pages")
    window.press("ctrl+n")
    window.find(lambda p: p.role == "dialog" and "New page" in p.name, "the questions")
    window.find(lambda p: p.role == "combo box" and FOCUSED in p.states, "the kinds")
    answers = [
        "A walk-in morning by the harbour",
        "Whitby, 2025",
        "Few families came to the clinic.",
        "A weekly walk-in morning with tea.",
        "Twice as many families came.",
    ]
    for words in answers:
        window.press("Tab")
        window.type(words)
    window.tab_to("Begin the page")
    window.press("space")
    window.find(at("Editing: A walk-in morning"), "the editor")
    assert not (library / "casestudies/a-walk-in-morning-by-the-harbour.md").exists()
    save(window, "New")
    window.reads("Saved. It is marked as a draft, so search leaves it out")
    text = (library / "casestudies/a-walk-in-morning-by-the-harbour.md").read_text("utf-8")
    assert all(words.split(",")[0] in text for words in answers)
    window.click(window.named("Draft", "combo box"))
    window.press("Down", "Return")
    save(window, "Ready to be checked")
    window.reads("Saved. Readers see it now.")
    window.search("harbour")
    window.named("A walk-in morning", "list item")
    assert window.close() == 0


def test_two_people_change_one_page_and_the_second_settles_it(opened, library):
    first = opened("--library", library, GAD)
    second = opened("--library", library, GAD)
    for window in (first, second):
        write(window, "Two depression")
    find_and_replace(second, "3 or more", "more than 2")
    first.to_front()
    find_and_replace(first, "3 or more", "4 or more")
    save(first, "The cut-off follows the new guide")
    first.reads("Saved. Readers see it now.")
    second.to_front()
    save(second, "Plainer words")
    second.find(lambda p: p.role == "dialog" and "Somebody else changed" in p.name, "both texts")
    assert "more than 2" not in (library / GAD).read_text("utf-8")
    second.tab_to("Keep mine")
    second.press("Right", "Right")
    second.find(lambda p: p.name == "Keep both" and FOCUSED in p.states, "the third choice")
    second.tab_to("Save the result")
    second.press("space")
    second.reads("Saved. Readers see it now.")
    text = (library / GAD).read_text("utf-8")
    assert "4 or more" in text
    assert "more than 2" in text
    first.reads("more than 2")
    assert second.close() == 0
    first.to_front()
    assert first.close() == 0
