"""The editor's process is killed; `python -m benchmarks.kills` does it at hundreds of moments."""

import random
import sys

import pytest

from benchmarks.kills import MOMENTS, MOST_LOST, one_kill

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform == "win32", reason="what is said goes through an inherited pipe"
    ),
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_editor_damages_no_page_and_loses_hardly_any_typing(moment):
    outcome = one_kill(moment, random.Random(moment), longest=2.0)
    assert outcome.damaged == []
    assert outcome.works
    assert outcome.lost <= MOST_LOST
