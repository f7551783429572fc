"""What nobody may call a small change, what is only proposed, and what is small."""

from __future__ import annotations

import pytest

from knowledge.source import read_page
from knowledge.substance import weigh

PATHWAY = """---
title: Feeding
status: approved
approved_by: Lead
approved_on: 2026-01-01
---
> [!URGENT]
> A floppy baby: ring 999.

## Is the baby gaining? {#gaining .question}

Plot the weight. See it again in two weeks, at 10 %. [^P1]

- Yes → [Go on](#go-on)
- No → [Ring the GP](#gp)

## Go on {.end}

Thank them.

## Ring the GP {#gp .urgent timeframe="within 4 hours"}

Say what you saw.
"""
THRESHOLD = """---
title: EPDS
---
## Bands

| Level | Score |
|---|---|
| Low | 0 to 9 |
| High | 13 and more |

Talk first; the figure 12 is not a rule.
"""
CERTAIN = [
    ("within 4 hours", "within 8 hours", "The time limit of 'Ring the GP'"),
    ("- No → [Ring the GP](#gp)\n", "", "The ways on from 'Is the baby gaining\\?'"),
    ("(#gp)\n\n## Go", "(#go-on)\n\n## Go", "The ways on from"),
    ("- Yes →", "- Perhaps →", "The ways on from"),
    ("floppy baby", "sleepy baby", "An urgent text"),
    ("Say what you saw.", "Say what you think.", "The words of the urgent step"),
    ("in two weeks", "in three weeks", "A time limit"),
    (".urgent timeframe", ".action timeframe", "of another kind"),
    ("## Go on {.end}\n\nThank them.\n\n", "", "is gone"),
    ("status: approved", "status: approved\nversion: 2", ""),
    ("approved_on: 2026-01-01", "approved_on: 2026-02-02", "only 'Approve this page' does"),
]


@pytest.mark.parametrize(("old", "new", "why"), CERTAIN)
def test_thresholds_times_branches_and_urgent_words_are_certain(old, new, why):
    assert old in PATHWAY
    found = weigh(_page(PATHWAY), _page(PATHWAY.replace(old, new)))
    if not why:
        assert found == ("", False)
        return
    assert found.certain
    with pytest.raises(AssertionError, match=why):
        raise AssertionError(found.why)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("0 to 9", "0 to 10", "A table of levels is changed"),
        ("figure 12", "figure 11", "A figure of a threshold is changed"),
        ("| High | 13 and more |\n", "", "A table of levels is changed"),
    ],
)
def test_a_cut_off_is_certain(old, new, why):
    assert weigh(_page(THRESHOLD), _page(THRESHOLD.replace(old, new))) == (why, True)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Thank them.", "Thank the parents.", ""),
        ("Plot the weight.", "Plot  the weight", "A line with a figure or a time is changed"),
        ("[^P1]", "[^P2]", ""),
        ("title: Feeding", "title: Feeding a baby", ""),
        ("- Yes → [Go on](#go-on)", "-  yes  → [Go on](#go-on)", ""),
        ("## Go on {", "## Carry on {#go-on ", "A step has another title"),
        ("at 10 %", "at 20 %", "A line with a figure or a time is changed"),
        ("status: approved", "status: in-check", ""),
    ],
)
def test_the_rest_is_for_the_person_to_say(old, new, why):
    assert old in PATHWAY
    assert weigh(_page(PATHWAY), _page(PATHWAY.replace(old, new))) == (why, False)


def test_a_table_set_out_anew_is_no_change_of_substance():
    wider = THRESHOLD.replace("| Low | 0 to 9 |", "|  Low   |  0 to 9  |")
    assert weigh(_page(THRESHOLD), _page(wider)).certain is False


def _page(text):
    return read_page("pathways/x.md" if "URGENT" in text else "thresholds/x.md", text.encode())
