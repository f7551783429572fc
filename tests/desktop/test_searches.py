"""Searches are kept only where that is wished, for 30 days, and go with one press."""

from datetime import date

import pytest
from PySide6.QtWidgets import QAbstractButton

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


def test_on_the_first_page_they_are_asked_again_or_cleared_with_one_press(open_window, qtbot):
    window = open_window(search=True)
    window.session.settings.set(searches.KEEPING, True)
    searches.remember(window.session.settings, "colic", window.session.now().date())
    home = window.view
    buttons = {b.accessibleName(): b for b in home.searches.findChildren(QAbstractButton)}
    assert home.searches.isVisible()
    buttons["Search again: colic"].click()
    qtbot.waitUntil(lambda: window.search_pane.answer is not None, timeout=10_000)
    assert window.bar.field.text() == "colic"
    window.leave_search()
    buttons = {b.accessibleName(): b for b in home.searches.findChildren(QAbstractButton)}
    buttons["Clear these searches"].click()
    assert window.session.settings.get("searches") == []
    assert not home.searches.isVisible()


def test_the_foot_of_the_answers_says_whether_searches_are_kept(open_window, qtbot):
    window = open_window(search=True)
    window.typed("colic")
    foot = window.search_pane.foot
    assert foot.kept.text() == "Do not type names. Searches are not kept."
    window.session.settings.set(searches.KEEPING, True)
    assert "30 days" in foot.kept.text()
