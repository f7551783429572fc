"""Pages by the date of their review, facts still to be checked, and files that a spreadsheet opens safely."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from knowledge.library import open_library
from knowledge.register import (
    DUE_HEAD,
    FACTS_HEAD,
    due,
    due_rows,
    fact_rows,
    facts,
    table_file,
)

TODAY = date(2026, 11, 21)
PAGES = {
    "pages/late.md": "---\ntitle: '=1+1'\nreview_by: 2026-11-20\nowner: Lead\n---\nWords.\n",
    "pages/soon.md": "---\ntitle: Soon\nreview_by: 2026-12-01\n---\nWords.\n",
    "pages/never.md": "---\ntitle: Never\n---\nWords.\n",
    "pages/later.md": "---\ntitle: Later\nreview_by: 2027-11-20\n---\nWords.\n",
    "pages/old.md": "---\ntitle: Old\nreview_by: 2020-11-20\nstatus: withdrawn\n---\nWords.\n",
    "pages/facts.md": "---\ntitle: Facts\nreview_by: 2027-01-20\nsources:\n"
    "  - {key: GK, title: General knowledge, strength: unchecked}\n"
    "  - {key: P1, title: A paper, strength: seen}\n---\n"
    "## Ask\n\n- Feed often. [^P1] Sleep **little**. [^GK]\n\n"
    "| A | B |\n|---|---|\n| Six | weeks [^GK] |\n",
}


def _library(root: Path):
    for path, text in PAGES.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return open_library(root)


def test_the_page_due_first_stands_at_the_top_and_withdrawn_ones_are_left_out(tmp_path):
    found = due(_library(tmp_path), TODAY)
    assert [(d.page.title, d.when, d.said) for d in found] == [
        ("=1+1", "Overdue", "1 day overdue"),
        ("Soon", "In 30 days", "In 10 days"),
        ("Facts", "In 90 days", "In 60 days"),
        ("Later", "Later", "In 364 days"),
        ("Never", "No date", "No review date"),
    ]


def test_a_fact_to_be_checked_is_told_by_what_it_says(tmp_path):
    found = facts(_library(tmp_path))
    assert [(f.section.anchor, f.words, f.source) for f in found] == [
        ("ask", "Sleep little.", "General knowledge"),
        ("ask", "Six weeks", "General knowledge"),
    ]
    assert fact_rows(found)[0][1:4] == ("Ask", "10", "Sleep little.")


def test_the_file_opens_in_a_spreadsheet_and_holds_no_formula(tmp_path):
    library = _library(tmp_path)
    data = table_file(DUE_HEAD, due_rows(due(library, TODAY)))
    assert data.startswith(b"\xef\xbb\xbfTitle,")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[1][0] == "'=1+1"
    assert rows[1][7] == "20 November 2026"
    nasty = ["=cmd", "+1", "-1", "@sum", "\tx", " =x", "two\r\nlines", "plain, with a comma", "a=b"]
    cells = next(iter(csv.reader(io.StringIO(table_file(nasty, [nasty]).decode("utf-8-sig")))))
    assert cells == ["=cmd", "+1", "-1", "@sum", "\tx", " =x", "two\r\nlines", *nasty[7:]]
    second = list(csv.reader(io.StringIO(table_file([], [nasty]).decode("utf-8-sig"))))[1]
    assert all(cell.startswith("'") for cell in second[:6])
    assert second[6:] == ["two  lines", "plain, with a comma", "a=b"]
    assert b"\r\n" in table_file(FACTS_HEAD, [])


def test_every_unchecked_fact_of_the_starter_library_says_something():
    found = facts(open_library(Path(__file__).parents[2] / "content"))
    assert len(found) > 100
    assert [fact for fact in found if len(fact.words) < 3] == []
