"""Addresses that stand apart from their links follow a new name too, however they are written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from knowledge.editing.change import Refused
from knowledge.editing.links import all_links
from knowledge.editing.rename import move_page, rename_anchor
from knowledge.library import Library
from knowledge.rendering.definitions import read_definitions
from knowledge.sections import resolve
from knowledge.settings import Settings
from knowledge.source import read_page
from tests.support.links import follows

HUB = "pathways/hub.md"
OTHER = "services/crisis/b.md"
HUB_TEXT = (
    "# Hub\n\n## Ring\n\nSee [below][x].\n\n[x]: #look\n[y]: ../services/crisis/b.md\n\n## Look\n"
)

# A definition, and what merely looks like one.
FORMS = (
    "[{n}]: {t}",
    "[{n}]:{t}",
    "[{n}]: <{t}>",
    '[{n}]: {t} "With a title"',
    "[{n}]: <{t}> (and another)",
    "> [{n}]: {t}",
    "- [{n}]: {t}",
    "[{n}]: {t}\n[{n} 2]: {t}",
    "[^n]: a note\n[{n}]: {t}",
    "> [{n}]: {t}\n> [more]: {t}",
    "```\n[{n}]: {t}\n```",
    "    [{n}]: {t}",
    "`[{n}]: {t}`",
    "Words\n[{n}]: {t}",
    "[{n}]: {t} and words",
    "[{n}]: [words]({t})",
    "[{n}]: {t}\n[words]({t})",
    "[{n}]:",
    "[Ring][{n}] and [{n}] and ![{n}][]",
    "<!-- [{n}]: {t} -->",
)
TARGETS = (
    "../../pathways/hub.md#ring",
    "../../pathways/hub.md",
    "../../pathways/hub.md#look",
    "../../pathways/./hub.md#ring",
    "/pathways/hub.md#ring",
    "#ring",
    "b.md#own",
    "../a%20b.md#ring",
    "../../media/a.png",
    "https://example.org/pathways/hub.md#ring",
    "mailto:a@b.org",
    "../../../outside.md",
    "",
)
NAMES = ("t", "T", "a name", "ring", "ß")
lines = st.tuples(st.sampled_from(FORMS), st.sampled_from(NAMES), st.sampled_from(TARGETS)).map(
    lambda found: found[0].format(n=found[1], t=found[2])
)
texts = st.builds(
    lambda parts, gap, end: end.join(["## Own", "", *gap.join(parts).split("\n"), ""]),
    st.lists(lines, min_size=1, max_size=6),
    st.sampled_from(("\n\n", "\n\n", "\n")),
    st.sampled_from(("\n", "\r\n", "\r")),
)


def _library(text: str) -> Library:
    pages = {HUB: read_page(HUB, HUB_TEXT.encode()), OTHER: read_page(OTHER, text.encode())}
    return Library(Path("nowhere"), pages, Settings(), frozenset(), {})


def _moves(library):
    """A heading renamed, the page that others lead to moved, the page that leads there moved."""
    hub, other = library.pages[HUB], library.pages[OTHER]
    yield lambda: rename_anchor(library, hub, hub.by_anchor["ring"], "ring-now")
    yield lambda: move_page(library, hub, "pathways/low/mood.md", "mood")
    yield lambda: move_page(library, other, "pages/b (2).md")


@hypothesis_settings(max_examples=120, deadline=None)
@given(texts)
def test_every_address_leads_where_it_led_and_nothing_else_is_touched(text):
    library = _library(text)
    for move in _moves(library):
        change = move()
        follows(library, change, ("ring", "ring-now"))
        for edit in change.edits:
            places = [span for span, _, _ in all_links(library.pages[edit.path])]
            for new in edit.replacements:
                inside = any(s.start <= new.start and new.end <= s.end for s in places)
                heading = edit.path == HUB and "ring-now" in new.text
                details = new.start == new.end and new.text.startswith(("---", "id:", "title:"))
                assert inside or heading or details, new


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_of_an_address_keeps_all_but_the_address(end):
    text = end.join(
        ["See [the team][T] or [t].", "", "[t]:  <../../pathways/hub.md#ring>  'Now'  ", ""]
    )
    library = _library(text)
    hub = library.pages[HUB]
    change = rename_anchor(library, hub, hub.by_anchor["ring"], "ring-now")
    edit = change.edit_of(OTHER)
    assert edit is not None
    assert edit.apply(text) == text.replace("#ring>", "#ring-now>")
    moved = move_page(library, hub, "pathways/low/mood.md").edit_of(OTHER)
    assert moved is not None
    assert moved.apply(text) == text.replace("/hub.md", "/low/mood.md")


def test_a_page_that_moves_takes_its_own_addresses_along():
    library = _library("words\n")
    change = move_page(library, library.pages[HUB], "pathways/low/mood.md")
    edit = change.edit_of(HUB)
    assert edit is not None
    now = edit.apply(HUB_TEXT)
    assert "[x]: #look\n[y]: ../../services/crisis/b.md\n" in now


def test_of_two_addresses_by_one_name_the_first_counts_and_both_follow():
    text = "[a][t]\n\n[t]: ../../pathways/hub.md#ring\n[T]: ../../pathways/hub.md\n"
    library = _library(text)
    edit = move_page(library, library.pages[HUB], "pathways/h.md").edit_of(OTHER)
    assert edit is not None
    after = read_page(OTHER, edit.apply(text).encode())
    assert resolve(OTHER, read_definitions(after).targets["t"]) == ("pathways/h.md", "ring")
    assert "hub" not in after.text


def test_a_name_that_is_taken_is_still_refused():
    library = _library("[t]: ../../pathways/hub.md#ring\n")
    hub = library.pages[HUB]
    with pytest.raises(Refused):
        rename_anchor(library, hub, hub.by_anchor["ring"], "look")
