"""What the forms of one word have in common."""

import pytest

from search.words import stem


@pytest.mark.parametrize(
    "forms",
    [
        "hit hits hitting",
        "stop stopped stopping stops",
        "plan planned planning",
        "begin beginning beginnings",
        "slap slapped",
        "drop dropping dropped",
        "fall falling falls",
        "miss missed missing",
        "add adding added",
        "call called calling",
    ],
)
def test_a_letter_doubled_by_an_ending_is_one_again(forms):
    assert len({stem(form) for form in forms.split()}) == 1
