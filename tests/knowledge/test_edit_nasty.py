"""Edits of documents as bad as they come: what was asked is what is read, and every other byte stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.editing import change, headings, ways
from knowledge.source import read_page
from tests.support.long_runs import Tally, share
from tests.support.playing import play
from tests.support.spoilt import document, seeded

pytestmark = pytest.mark.slow
ANY_WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\ufffe\uffff"),
    max_size=40,
)


def _all(name, count):
    total = Tally()
    for _, tally in share(name, 0, count):
        total.add(tally)
    assert not total.failures, f"{len(total.failures)} of {count}, first:\n" + "\n".join(
        total.failures[:3]
    )
    return total


def test_twenty_thousand_nasty_documents_are_edited_without_a_byte_lost():
    total = _all("edit", 20_000)
    done = sum(n for how, n in total.done.items() if how.endswith("done"))
    refused = sum(n for how, n in total.done.items() if how.endswith("refused"))
    assert done > 14_000
    assert refused < 1_600, total.done


def test_fifty_thousand_inputs_of_any_bytes_are_read_without_an_exception():
    total = _all("read", 50_000)
    print(f"slowest {total.slowest[0] * 1000:.1f} ms (seed {total.slowest[1]})")


def test_in_a_thousand_nasty_libraries_every_link_follows_a_new_name():
    total = _all("renamed", 1_000)
    assert total.done["refused"] < 100, total.done


@settings(max_examples=150)
@given(st.randoms(use_true_random=False))
def test_any_edit_of_any_document_does_what_it_says(rng):
    play(rng, read_page("pathways/p.md", document(rng)))


@settings(max_examples=300)
@given(ANY_WORDS, st.integers(0, 2**32))
def test_any_title_reads_back_as_it_was_asked(words, seed):
    page = read_page("pathways/p.md", document(seeded(seed)))
    wanted = " ".join(words.split())
    if not page.headings or not wanted:
        return
    try:
        edit = headings.set_title(page, page.headings[0], words)
    except change.Refused:
        return
    after = read_page(page.path, change.written(edit.apply(page.text), page.encoding).data)
    assert after.headings[0].title == wanted
    assert after.headings[0].anchor == page.headings[0].anchor


@settings(max_examples=300)
@given(ANY_WORDS, ANY_WORDS, st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_condition_and_link_words_read_back_as_they_were_asked(condition, words, newline):
    text = "## Start {#start}\n\n- Yes → [On](#start)\n- No → [On](#start)\n".replace("\n", newline)
    page = read_page("pathways/p.md", text.encode())
    step = page.steps[0]
    if not "".join(words.split()):
        return
    try:
        edit = ways.add_way(page, step, ways.NewWay(condition, "#start", words), 1)
    except change.Refused:
        return
    way = read_page(page.path, edit.apply(page.text).encode()).steps[0].ways[1]
    assert way.condition == " ".join(condition.split()).rstrip(":").rstrip()
    assert way.link.text == " ".join(words.split())
