"""A page from its head to its sources: how it stands comes first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.settings import Settings
from desktop.standing import must_acknowledge, notices
from desktop.theme import theme
from desktop.views.article import ArticleView
from desktop.window import MainWindow
from knowledge.library import open_library
from tests.support.libraries import look_until, page, write_library

Opened = Callable[..., MainWindow]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_library(
        tmp_path / "library",
        {
            "pages/fresh.md": page("Fresh", "Text.", status="approved", approved_on="2026-06-03"),
            "pages/late.md": page(
                "Late",
                "> [!URGENT]\n> Ring at once.\n\nText.",
                status="draft",
                review_by="2026-06-03",
            ),
            "pages/old.md": page("Old", "Text.", status="withdrawn", replaced_by="fresh"),
            "pages/older.md": page("Older", "Text.", status="withdrawn", replaced_by="long"),
            "pathways/gone.md": page(
                "Gone", "## Ask\n\nText.", status="withdrawn", replaced_by="fresh"
            ),
            "pages/long.md": page("A long title " * 40, "شكرا 🙂 " * 50),
        },
    )


def shown(window: MainWindow, qtbot: QtBot, link: str) -> ArticleView:
    window.session.go_to(link)
    view = window.view
    assert isinstance(view, ArticleView)
    qtbot.waitUntil(lambda: not view.reader.busy)
    return view


def test_the_gravest_notice_comes_first(small: Path) -> None:
    library = open_library(small)
    late = library.pages["pages/late.md"]
    assert [n.state for n in notices(late, library, date(2026, 6, 3))] == ["draft"]
    first = notices(late, library, date(2026, 6, 4))
    assert [n.state for n in first] == ["overdue", "draft"]
    assert first[0].first == "Overdue for review since 3 June 2026."
    old = notices(library.pages["pages/old.md"], library, date(2026, 6, 4))
    assert (old[0].state, old[0].link, old[0].link_words) == (
        "withdrawn",
        "pages/fresh.md",
        "Fresh",
    )


def test_from_day_91_a_page_waits_until_somebody_says_they_have_seen_it(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    library = open_library(small)
    late = library.pages["pages/late.md"]
    assert not must_acknowledge(late, date(2026, 9, 1))
    assert must_acknowledge(late, date(2026, 9, 2))
    window = open_window(small)
    session = window.session
    session.go_to("pages/fresh.md")
    view = window.view
    assert isinstance(view, ArticleView)
    view.today = lambda: date(2026, 9, 2)
    session.go_to("pages/late.md")
    assert view.gate.isVisible()
    assert not view.reader.isVisible()
    assert "Ring at once" in view.gate.flags.text()
    view.gate.button.click()
    qtbot.waitUntil(lambda: "Text." in view.reader.toPlainText())
    assert view.reader.isVisible()
    kept = Settings(session.settings.file.parent).get("acknowledged")
    assert kept == {"pages/late.md": "2026-09-02"}


def test_a_withdrawn_page_leads_to_what_replaces_it(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    view = shown(window, qtbot, "pages/old.md")
    assert view.notice.isVisible()
    view.notice.link.click()
    assert window.tab.place.link == "pages/fresh.md"


def test_a_withdrawn_page_says_so_and_leads_on_however_little_room_there_is(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    window.resize(1280, 600)
    notice = shown(window, qtbot, "pages/old.md").notice
    assert notice.isVisible()
    assert notice.link.isVisible()
    notice = shown(
        window, qtbot, "pages/older.md"
    ).notice  # and the other has a title of 500 letters
    qtbot.waitUntil(lambda: notice.banner.width() > 400)
    assert notice.link.geometry().right() <= notice.width()
    assert notice.link.accessibleName() == ("A long title " * 40).strip()
    window.session.go_to("pathways/gone.md")
    for height in (600, 380):
        window.resize(1280, height)
        notice = window.view.frame.notice  # type: ignore[union-attr]
        assert notice.isVisible()
        assert notice.link.isVisible()


def test_where_it_is_low_the_banner_is_a_tag_and_very_low_the_head_goes_with_the_text(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    view = shown(window, qtbot, "pages/late.md")
    view.today = lambda: date(2026, 6, 20)
    view._show_head(view.page, window.session.library)  # type: ignore[arg-type]
    assert view.notice.isVisible()
    window.resize(1280, 600)
    assert not view.notice.isVisible()
    words = [tag[0] for tag in view.head.property("shown")]
    assert words == ["Overdue for review", "Draft"]
    theme().set(scale=2.0)
    qtbot.waitUntil(lambda: not view.head.isVisible())
    qtbot.waitUntil(lambda: not view.reader.busy)
    assert "Overdue for review since 3 June 2026." in view.reader.toPlainText()


def test_a_very_long_title_in_any_script_leaves_room_for_the_text(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    view = shown(open_window(small), qtbot, "pages/long.md")
    qtbot.waitUntil(lambda: "🙂" in view.reader.toPlainText())
    assert view.reader.height() > 200


def test_a_case_study_begins_with_its_figures_and_ends_on_its_pathways(
    open_window: Opened, qtbot: QtBot
) -> None:
    view = shown(open_window(), qtbot, "casestudies/horizon-group-somerset.md")
    words = view.reader.toPlainText()
    order = [
        words.index(part) for part in ("Somerset", "Results", "Situation", "On these pathways")
    ]
    assert order == sorted(order)
    links = [link.words for link in view.reader.links()]
    assert any(link.startswith("Perinatal mental health") and ", step " in link for link in links)


def test_a_session_covers_its_answers_until_they_are_asked_for(
    open_window: Opened, qtbot: QtBot
) -> None:
    view = shown(open_window(), qtbot, "sessions/low-mood-worked-case.md")
    answer = "Nothing severe in her past, one positive answer"
    words = view.reader.toPlainText()
    assert "21 stops, 61 minutes in all" in words
    assert answer not in words
    assert "For the trainer" in words
    with qtbot.waitSignal(view.reader.shown):
        view.reader.follow("do:uncover-10")
    assert answer in view.reader.toPlainText()
    with qtbot.waitSignal(view.reader.shown):
        view.reader.follow("do:cover-all")
    assert answer not in view.reader.toPlainText()


def test_a_page_of_another_state_keeps_the_place(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    text = "\n\n".join(f"Paragraph {n}." for n in range(100))
    write_library(small, {"pages/fresh.md": page("Fresh", f"## Part\n\n{text}")})
    window = open_window(small)
    view = shown(window, qtbot, "pages/fresh.md")
    view.reader.go_to_position(view.reader.toPlainText().index("Paragraph 50"))
    before = view.reader.keep()
    longer = page("Fresh", f"Something new at the top.\n\n## Part\n\n{text}")
    write_library(small, {"pages/fresh.md": longer})
    look_until(window, qtbot, lambda: "Something new" in view.reader.toPlainText())
    after = view.reader.keep()
    assert after["heading"] == "Part"
    assert abs(after["below"] - before["below"]) < 15


def test_a_page_that_goes_while_it_is_read_says_so(
    open_window: Opened, qtbot: QtBot, small: Path
) -> None:
    window = open_window(small)
    shown(window, qtbot, "pages/fresh.md")
    (small / "pages" / "fresh.md").unlink()
    look_until(window, qtbot, lambda: not isinstance(window.view, ArticleView))


def test_the_first_page_of_a_kind_is_made_once(open_window: Opened, qtbot: QtBot) -> None:
    window = open_window()
    asked: list[str] = []
    run = window.session.tasks.run

    def counted(*work: Any, **how: Any) -> None:
        asked.append(how.get("lane", ""))
        run(*work, **how)

    window.session.tasks.run = counted  # type: ignore[method-assign]
    view = shown(window, qtbot, "pages/how-to-use.md")
    assert view.isVisible()
    assert asked.count("render") == 1
