"""Libraries as they come: missing, empty, shut, slow, half copied, going away, huge, and with odd words in them."""

import os
import shutil
import time
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from PySide6.QtCore import QTimer

from desktop.places import list_place, page_place
from desktop.views.missing import MissingView
from knowledge import library as reading
from tests.desktop.conftest import STARTER

PAGE = "pages/how-to-use.md"
FEEDING = "pathways/infant-feeding.md"


@pytest.fixture
def copied(tmp_path):
    """A library of one's own, to be spoilt."""
    return small_library(tmp_path / "library")


def small_library(root):
    """The starter library with its emergency pages and two more: enough to be whole, and soon read."""
    settings = yaml.safe_load((STARTER / reading.settings.FILE).read_text("utf-8"))
    unsure = settings["unsure"]["page"]
    urgent = [item["page"] for item in settings["urgent"]]
    pages = {*settings["emergency_pages"], *urgent, unsure, FEEDING, PAGE}
    for path in (reading.settings.FILE, *pages):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(STARTER / path, root / path)
    return root


def page(title, body="Words."):
    return f'---\ntitle: "{title}"\nkind: page\n---\n\n# Part\n\n{body}\n'


def reaches(qtbot, window, place):
    window.session.go(place)
    qtbot.waitUntil(lambda: window.tab.place.page == place.page, timeout=20_000)
    return window.view


def test_a_library_that_is_missing_is_named_and_opened_as_soon_as_it_is_there(
    start, qtbot, tmp_path
):
    root = tmp_path / "share" / "library"
    window = start(root)
    qtbot.waitUntil(window.offline.isVisible, timeout=20_000)
    assert "could not be opened" in window.offline.accessibleName()
    assert str(root) in window.offline.accessibleName()
    assert window.view.other_library.isVisible(), "one thing to do is at hand"
    small_library(root)
    window.session.look_again()
    qtbot.waitUntil(lambda: window.session.library is not None, timeout=20_000)
    assert not window.offline.isVisible()
    assert not window.view.other_library.isVisible()


def test_pages_that_were_cut_off_in_copying_are_told_of_until_they_are_whole(start, qtbot, copied):
    (copied / PAGE).write_text("---\ntitle: Cut o", "utf-8")
    window = start(copied)
    qtbot.waitUntil(window.offline.isVisible, timeout=20_000)
    assert f"The page {PAGE} is empty or cut off" in window.offline.accessibleName()
    (copied / FEEDING).write_text("", "utf-8")
    window.session.look_again()
    qtbot.waitUntil(lambda: "2 pages" in window.offline.accessibleName(), timeout=20_000)
    for path in (PAGE, FEEDING):
        shutil.copy2(STARTER / path, copied / path)
    window.session.look_again()
    qtbot.waitUntil(lambda: not window.offline.isVisible(), timeout=20_000)


def test_settings_cut_off_or_broken_are_told_of_and_the_last_good_numbers_stay(
    start, qtbot, copied
):
    file = copied / reading.settings.FILE
    whole = file.read_bytes()
    file.write_bytes(whole[: whole.index(b"urgent:")])
    window = start(copied)
    qtbot.waitUntil(window.offline.isVisible, timeout=20_000)
    assert "The list of whom to ring is not complete" in window.offline.accessibleName()
    assert "library.yaml" in window.offline.accessibleName()
    file.write_bytes(whole)
    window.session.look_again()
    qtbot.waitUntil(lambda: not window.offline.isVisible(), timeout=20_000)
    file.write_bytes(whole[: whole.index(b"NHS 111, mental")])  # within quotation marks
    window.session.look_again()
    qtbot.waitUntil(window.offline.isVisible, timeout=20_000)
    assert "whom to ring" in window.offline.accessibleName()
    assert len(window.session.library.settings.urgent) == 3, "the last good copy serves"


def test_an_empty_library_leaves_the_window_usable(start, qtbot, tmp_path):
    (tmp_path / "empty").mkdir()
    window = start(tmp_path / "empty")
    qtbot.waitUntil(lambda: window.session.library is not None, timeout=20_000)
    for name in ("pathways", "thresholds", "cases", "services", "sessions"):
        reaches(qtbot, window, list_place(name))


def test_an_empty_library_says_so_until_its_pages_arrive(start, qtbot, tmp_path):
    root = tmp_path / "empty"
    root.mkdir()
    window = start(root)
    qtbot.waitUntil(window.offline.isVisible, timeout=20_000)
    assert "There is no page in this folder" in window.offline.accessibleName()
    (root / "one.md").write_text(page("One"), "utf-8")
    window.session.look_again()
    qtbot.waitUntil(lambda: not window.offline.isVisible(), timeout=20_000)


def test_a_library_without_its_emergency_pages_is_not_shown_as_whole(start, qtbot, copied):
    (copied / "services" / "crisis-team.md").unlink()
    window = start(copied)
    qtbot.waitUntil(window.offline.isVisible, timeout=20_000)
    assert window.offline.accessibleName().startswith("1 emergency page is missing")
    shutil.copy(STARTER / "services" / "crisis-team.md", copied / "services")
    window.session.look_again()
    qtbot.waitUntil(lambda: not window.offline.isVisible(), timeout=20_000)


def test_a_library_that_may_only_be_read_is_read(start, qtbot, copied):
    for folder in (copied, *copied.rglob("*")):
        folder.chmod(0o555 if folder.is_dir() else 0o444)
    try:
        window = start(copied)
        qtbot.waitUntil(lambda: window.session.library is not None, timeout=20_000)
        assert PAGE in window.session.library.pages
    finally:
        for folder in (copied, *copied.rglob("*")):
            folder.chmod(0o755)


def test_a_slow_share_does_not_hold_up_the_window(start, qtbot, tmp_path, monkeypatch):
    root = tmp_path / "slow"
    root.mkdir()
    (root / "page.md").write_text(page("Page"), "utf-8")
    swift = reading.read

    def slow(*arguments):
        time.sleep(2)
        return swift(*arguments)

    monkeypatch.setattr(reading, "read", slow)
    ticks = []
    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start()
    window = start(root)
    with qtbot.waitSignal(window.session.library_opened, timeout=20_000):
        pass
    timer.stop()
    waits = sorted(b - a for a, b in pairwise(ticks))
    assert len(ticks) > 50
    assert waits[-1] < 1  # far below the two seconds of one read


def test_on_a_slow_share_the_copy_of_the_last_start_is_there_at_once(
    start, qtbot, copied, monkeypatch
):
    first = start(copied)
    qtbot.waitUntil(lambda: first.session.checked is not None, timeout=20_000)
    first.close()

    read = []
    swift = reading.read
    monkeypatch.setattr(
        reading, "read", lambda path, *more: (read.append(path.name), swift(path, *more))[1]
    )
    second = start(copied)
    qtbot.waitUntil(lambda: second.session.library is not None, timeout=20_000)
    assert PAGE in second.session.library.pages
    with qtbot.waitSignal(second.session.problems_found, timeout=20_000):
        pass
    assert set(read) <= {reading.settings.FILE}


def test_a_library_removed_while_somebody_reads_stays_readable_and_says_its_date(
    start, qtbot, copied
):
    window = start(copied)
    qtbot.waitUntil(lambda: window.session.library is not None, timeout=20_000)
    shutil.rmtree(copied)
    window.session.look_again()
    qtbot.waitUntil(window.offline.isVisible, timeout=20_000)
    said = window.offline.accessibleName()
    assert "cannot be reached" in said
    assert "Showing the copy of" in said
    assert reaches(qtbot, window, page_place(PAGE)) is not None
    assert not isinstance(window.view, MissingView)


def test_the_last_copy_serves_when_the_library_is_away_at_the_next_start(start, qtbot, copied):
    first = start(copied)
    qtbot.waitUntil(lambda: first.session.checked is not None, timeout=20_000)
    first.close()
    shutil.rmtree(copied)
    second = start(copied)
    qtbot.waitUntil(second.offline.isVisible, timeout=20_000)
    assert "Showing the copy of" in second.offline.accessibleName()
    reaches(qtbot, second, page_place(PAGE))
    assert not isinstance(second.view, MissingView)


def test_a_library_half_copied_keeps_what_was_there(start, qtbot, copied):
    window = start(copied)
    qtbot.waitUntil(lambda: window.session.library is not None, timeout=20_000)
    before = set(window.session.library.pages)
    shutil.rmtree(copied / "services")
    (copied / FEEDING).write_bytes(b"---\ntitle: \xc3")
    window.session.look_again()
    qtbot.waitUntil(window.offline.isVisible, timeout=20_000)
    assert set(window.session.library.pages) == before


def test_a_page_deleted_while_open_says_so(start, qtbot, copied):
    window = start(copied)
    qtbot.waitUntil(lambda: window.session.library is not None, timeout=20_000)
    reaches(qtbot, window, page_place(PAGE))
    (copied / PAGE).unlink()
    with qtbot.waitSignal(window.session.library_changed, timeout=20_000):
        window.session.look_again()
    assert isinstance(window.view, MissingView)
    assert PAGE in window.view.words.text()


@pytest.mark.slow
def test_ten_thousand_pages_leave_the_window_usable(start, qtbot, tmp_path):
    root = tmp_path / "huge"
    for number in range(10_000):
        folder = f"{root}/{number // 100:02}"
        if not number % 100:
            Path(folder).mkdir(parents=True)
        if number < 100:
            Path(folder, f"page{number}.md").write_text(page(f"Page {number}"), "utf-8")
        else:  # links take half the time that files do
            os.link(f"{root}/00/page{number % 100}.md", f"{folder}/page{number}.md")
    window = start(root)
    qtbot.waitUntil(lambda: window.session.library is not None, timeout=60_000)
    assert len(window.session.library.pages) == 10_000
    reaches(qtbot, window, list_place("sessions"))
    reaches(qtbot, window, page_place("99/page9999.md"))


ODD = {
    "long.md": "Sleep and " + "wakefulness " * 41,
    "one-word.md": "W" * 500,
    "arabic.md": "صحة الأم والطفل في الأسابيع الأولى",
    "hebrew.md": "בריאות האם",
    "emoji.md": "Feeding 👩‍🍼🤱🏾 and sleep 😴 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "marks.md": "<b>bold</b> & <img src=x> %s {0} \\u202e",
}


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_odd_titles_are_shown_whole_and_never_widen_the_window(open_window, qtbot, tmp_path, scale):
    root = tmp_path / "odd"
    root.mkdir()
    for name, title in ODD.items():
        escaped = title.replace("\\", "\\\\").strip()
        (root / name).write_text(page(escaped, f"Words about {escaped}."), "utf-8")
    window = open_window(root, scale=scale)
    for name in ODD:
        reaches(qtbot, window, page_place(name))
        # The words of a page are laid out in their own time; then nothing may want more than there is.
        qtbot.waitUntil(lambda: window.minimumSizeHint().width() <= 1280, timeout=5_000)
        assert window.width() == 1280, name
    window.open_tab(page_place("long.md"))
    qtbot.wait(10)
    assert window.width() == 1280
