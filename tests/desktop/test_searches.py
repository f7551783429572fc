"""Searches are kept only where that is wished, for 30 days, and go with one press."""

from datetime import date

import pytest

from desktop import searches
from desktop.settings import Settings

TODAY = date(2026, 11, 21)


@pytest.fixture
def settings(tmp_path, qtbot):
    return Settings(tmp_path)


def test_nothing_is_kept_unless_it_is_wished(settings):
    searches.remember(settings, "mum hears voices", TODAY)
    assert settings.get("searches") == []


def test_the_newest_comes_first_and_none_twice(settings):
    settings.set(searches.KEEPING, True)
    for words in ("colic", "low mood", "Colic "):
        searches.remember(settings, words, TODAY)
    assert searches.kept(settings, TODAY) == ["Colic", "low mood"]


def test_after_thirty_days_a_search_is_forgotten_for_good(settings):
    settings.set(searches.KEEPING, True)
    searches.remember(settings, "colic", date(2026, 10, 22))
    searches.remember(settings, "low mood", date(2026, 10, 23))
    assert searches.kept(settings, TODAY) == ["low mood"]
    assert settings.get("searches") == [["low mood", "2026-10-23"]]


def test_they_go_with_one_press(settings):
    settings.set(searches.KEEPING, True)
    searches.remember(settings, "colic", TODAY)
    searches.clear(settings)
    assert searches.kept(settings, TODAY) == []
