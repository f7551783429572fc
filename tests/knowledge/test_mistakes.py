"""What first-time authors get wrong: each mistake is told at its line, in words, and many are mended by one click."""

from __future__ import annotations

import csv
from datetime import date
from difflib import ndiff
from pathlib import Path
from typing import NamedTuple

import pytest

from knowledge.editing.combine import mend
from knowledge.library import Library, open_library, with_page
from knowledge.model import Page
from knowledge.problems import Problem
from knowledge.validate import check_page

DATA = Path(__file__).parents[1] / "data"
TODAY = date(2026, 11, 21)
JARGON = ("yaml", "syntax", "parse", "token", "invalid", "null", "front matter", "exception")


class Mistake(NamedTuple):
    """A page with one mistake, where it is, the sentence wanted, and what one click makes of the line."""

    page: str
    line: int
    sentence: str
    becomes: str


def _mistakes() -> list[Mistake]:
    with (DATA / "mistakes" / "wanted.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [Mistake(page, int(line), words, becomes) for page, line, words, becomes in rows]


MISTAKES = _mistakes()
LIBRARY = open_library(DATA / "tiny")


def _with(mistake: Mistake) -> tuple[Page, Library]:
    data = (DATA / "mistakes" / mistake.page).read_bytes()
    library = with_page(LIBRARY, mistake.page, data)
    return library.pages[mistake.page], library


def _found(page: Page, library: Library, mistake: Mistake) -> Problem:
    told = check_page(page, library, TODAY)
    for problem in told:
        if problem.line == mistake.line and _sentence(problem) == mistake.sentence:
            return problem
    raise AssertionError([(p.line, _sentence(p)) for p in told])


def _sentence(problem: Problem) -> str:
    return f"{problem.message} ({problem.hint})"


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.page)
def test_a_mistake_is_told_at_its_line_in_the_words_wanted(mistake: Mistake) -> None:
    page, library = _with(mistake)
    problem = _found(page, library, mistake)
    assert bool(problem.fix) == bool(mistake.becomes)


@pytest.mark.parametrize("mistake", [m for m in MISTAKES if m.becomes], ids=lambda m: m.page)
def test_one_click_puts_it_right_and_touches_nothing_else(mistake: Mistake) -> None:
    page, library = _with(mistake)
    problem = _found(page, library, mistake)
    after = mend(page, problem).apply(page.text)
    changes = list(ndiff(page.text.splitlines(), after.splitlines()))
    put = [line[2:] for line in changes if line.startswith("+ ")]
    taken = [line for line in changes if line.startswith("- ")]
    assert (" ⏎ ".join(put) or "(taken away)") == mistake.becomes
    assert len(taken) <= 2  # empty lines above the details are two
    mended = with_page(library, page.path, after.encode("utf-8"))
    left = check_page(mended.pages[page.path], mended, TODAY)
    assert mistake.sentence not in [_sentence(p) for p in left]


def test_there_are_sixty_mistakes_and_half_of_them_are_mended_by_a_click() -> None:
    assert len(MISTAKES) >= 60
    assert sum(bool(m.becomes) for m in MISTAKES) * 2 >= len(MISTAKES)


def test_the_sentences_hold_no_words_of_programmers() -> None:
    for mistake in MISTAKES:
        words = mistake.sentence.lower().replace("library.yaml", "")
        assert not [word for word in JARGON if word in words], mistake.sentence
        assert len(mistake.sentence) < 240
