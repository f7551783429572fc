"""What has changed is said in words, of a pathway's steps and of the lines of any other page."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.editor.said import changes
from knowledge.library import open_library
from knowledge.source import read_page

HEAD = "---\nid: a\ntitle: A\nkind: {kind}\n---\n\n"
LEVELS = HEAD.format(kind="threshold") + (
    "Sample.\n\n## Totals\n\n| Level | Total |\n|---|---|\n| Low | 0 to 9 [^GK] |\n"
    "| Possible | 10 to 12 [^GK] |\n\n## Then\n\n- Ring the [team](b.md).\n- Write it down.\n"
)
STEPS = HEAD.format(kind="pathway") + (
    "## Start {#start .start}\n\n- → [End](#end)\n\n## End {#end .end}\n\nWait.\n"
)


def _said(tmp_path: Path, before: str, *changed: tuple[str, str]) -> list[str]:
    after = before
    for old, new in changed:
        assert old in after
        after = after.replace(old, new, 1)
    (tmp_path / "a.md").write_text(after, "utf-8")
    library = open_library(tmp_path)
    return changes(read_page("a.md", before.encode()), library.pages["a.md"], library)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (("10 to 12", "11 to 12"), "In 'Totals': Possible: '11 to 12', not '10 to 12'"),
        (("Write it", "Write all of it"), "In 'Then': now 'Write all of it down.'"),
        (("- Write it down.\n", ""), "In 'Then': 'Write it down.' is gone"),
        (("## Then\n", "## Then\n\nToday.\n"), "In 'Then': 'Today.' is new"),
        (("[team](b.md)", "[team](c.md)"), "In 'Then': now 'Ring the team.'"),
        (("Sample.", "Real."), "now 'Real.'"),
    ],
)
def test_a_changed_line_of_a_threshold_is_said_with_its_heading(
    tmp_path: Path, changed: tuple[str, str], told: str
) -> None:
    assert _said(tmp_path, LEVELS, changed) == [told]


def test_what_stands_only_in_the_details_is_not_said_as_words(tmp_path: Path) -> None:
    assert _said(tmp_path, LEVELS, ("id: a", "id: b")) == []


def test_the_ways_of_a_new_step_are_said(tmp_path: Path) -> None:
    new = "## Ask {#ask}\n\n- Yes → [End](#end)\n- No → [Start](#start)\n\n## End {#end"
    told = _said(tmp_path, STEPS, ("## End {#end", new))
    assert "Step 2 is new: Ask" in told
    assert "Step 2 now leads to End when 'Yes'" in told
    assert "Step 2 now leads to Start when 'No'" in told
