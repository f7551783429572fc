"""Several people saving the same pages at once: no edit lost, no page read by half."""

from __future__ import annotations

import pytest

from benchmarks._racing import race


@pytest.mark.slow
def test_eight_programs_saving_the_same_pages_lose_no_edit_and_tear_no_page(tmp_path):
    result = race(tmp_path, "fingerpost, not synced", writers=8, edits=400)
    assert (result.edits, result.lost, result.torn) == (400, 0, 0)
    assert result.conflicts
    assert result.reads
    left = {path.name for path in (tmp_path / "library" / "pathways").iterdir()}
    assert left == {f"page {number}.md" for number in range(5)}


@pytest.mark.long
def test_sixteen_programs_making_ten_thousand_edits_lose_none(tmp_path):
    result = race(tmp_path, "fingerpost", writers=16, edits=10_000, readers=4)
    assert (result.edits, result.lost, result.torn) == (10_000, 0, 0)
