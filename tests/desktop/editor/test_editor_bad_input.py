"""What goes wrong while a page is changed: one plain sentence each, the words kept, and where they are kept said."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.dialogs.conflict import SettleConflict
from desktop.editor.desk import desk_of
from desktop.editor.editing import Editing
from desktop.editor.leaving import Unkept
from desktop.editor.view import EditorView
from desktop.places import edit_place
from desktop.window import MainWindow
from knowledge.files import Clock, Files
from knowledge.saving.store import PageStore
from knowledge.saving.versions import Change

TINY = Path(__file__).parents[2] / "data" / "tiny"
PAGE = "pathways/feeding.md"
CHANGE = Change("champion", "A better word")

# How Word says of each few words what they look like.
WORD = (
    'font-size:11.0pt;line-height:107%;font-family:"Calibri",sans-serif;mso-ascii-theme-font:minor-latin;'
    "mso-fareast-font-family:Calibri;mso-fareast-theme-font:minor-latin;mso-hansi-theme-font:minor-latin;"
    'mso-bidi-font-family:"Times New Roman";mso-bidi-theme-font:minor-bidi;mso-ansi-language:EN-GB;'
    "mso-fareast-language:EN-US;mso-bidi-language:AR-SA"
)

Opened = Callable[..., MainWindow]


class Hasty(Clock):
    """Patience costs nothing here."""

    def __init__(self) -> None:
        self.now_at = 0.0

    def passed(self) -> float:
        return self.now_at

    def wait(self, seconds: float) -> None:
        self.now_at += seconds


class Broken(Files):
    """Refuses to write below some folders, for one reason."""

    def __init__(self) -> None:
        self.folders: list[Path] = []
        self.reason = 0

    def begin(self, reason: int, *folders: Path) -> None:
        self.reason, self.folders = reason, [*folders]

    def end(self) -> None:
        self.folders = []

    def _look(self, path: Path) -> None:
        if any(folder in path.parents for folder in self.folders):
            raise OSError(self.reason, "injected")

    def create(self, path: Path) -> int:
        self._look(path)
        return super().create(path)

    def replace(self, source: Path, target: Path) -> None:
        self._look(target)
        super().replace(source, target)

    def make_folder(self, path: Path) -> None:
        self._look(path)
        super().make_folder(path)


class Held(Files):
    """Another program holds one file: it can be read and not replaced."""

    def replace(self, source: Path, target: Path) -> None:
        if target.name == "feeding.md":
            raise OSError(errno.EACCES, "held")
        super().replace(source, target)


def _edit(
    qtbot: QtBot, window: MainWindow, files: Files | None = None, page: str = PAGE
) -> tuple[EditorView, Editing]:
    desk = desk_of(window.session)
    library = window.session.library
    assert library is not None
    profile = window.session.profile.data
    store = PageStore(library.root, profile, files=files, clock=Hasty(), session=desk.id)
    desk._store = (library, store)
    window.show_place(edit_place(page))
    view = window.view
    assert isinstance(view, EditorView)
    editing = view.editing
    assert editing is not None
    qtbot.waitUntil(lambda: editing.look is not None, timeout=10_000)
    return view, editing


def _type(qtbot: QtBot, view: EditorView, words: str) -> None:
    view.go_to_line(25)
    QTest.keyClick(view.words, Qt.Key.Key_End)
    QTest.keyClicks(view.words, words)


def _in_a_full_profile(qtbot: QtBot, window: MainWindow) -> tuple[EditorView, Editing, Broken]:
    """Words typed where no draft can be kept."""
    files = Broken()
    view, editing = _edit(qtbot, window, files)
    files.begin(errno.ENOSPC, window.session.profile.data)
    _type(qtbot, view, " Twice.")
    return view, editing, files


def _told(qtbot: QtBot, view: EditorView, words: str) -> str:
    qtbot.waitUntil(lambda: words in _sentence(view), timeout=10_000)
    return _sentence(view)


def _sentence(view: EditorView) -> str:
    return (
        f"{view.notice.banner.first} {view.notice.banner.rest}" if view.notice.isVisible() else ""
    )


def _kept(editing: Editing) -> str:
    """What stands in the draft on the disk."""
    draft = editing.store.drafts.own(editing.path)
    return draft.text().decode() if draft is not None else ""


def _fails(qtbot: QtBot, view: EditorView, editing: Editing, library: Path, reason: str) -> None:
    """Saving fails: the sentence, the page as it was, the words on the screen and in the draft it names."""
    before = (library / PAGE).read_bytes()
    editing.save(CHANGE)
    told = _told(qtbot, view, reason)
    assert told.startswith(f"Not saved. {PAGE} could not be saved: ")
    draft = editing.store.drafts.own(PAGE)
    assert draft is not None
    assert f"Your text is kept in {draft.file}" in told
    assert (library / PAGE).read_bytes() == before
    assert "Twice." in editing.text()
    assert "Twice." in _kept(editing)
    assert view.bar.save.isEnabled()


def _now_it_works(qtbot: QtBot, editing: Editing, library: Path) -> None:
    with qtbot.waitSignal(editing.saved, timeout=10_000):
        editing.save(CHANGE)
    assert b"Twice." in (library / PAGE).read_bytes()


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EIO, "the disk reported an error"),
        (errno.EROFS, "it is read only"),
        (errno.ENETUNREACH, "the drive or network folder cannot be reached"),
    ],
)
def test_a_library_that_cannot_be_written_says_why_and_saving_works_once_it_can(
    qtbot: QtBot, desk_window: Opened, library: Path, reason: int, words: str
) -> None:
    files = Broken()
    view, editing = _edit(qtbot, desk_window(), files)
    _type(qtbot, view, " Twice.")
    files.begin(reason, library)
    _fails(qtbot, view, editing, library, words)
    files.end()
    _now_it_works(qtbot, editing, library)


def test_a_read_only_library_is_told_when_the_page_is_opened(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    files = Broken()
    files.begin(errno.EROFS, library)
    view, editing = _edit(qtbot, desk_window(), files)
    told = _told(qtbot, view, "cannot be changed from here")
    assert "your words are kept as a draft on this computer" in told
    _type(qtbot, view, " Twice.")
    _fails(qtbot, view, editing, library, "it is read only")


def test_a_share_that_goes_in_mid_save_keeps_the_words_as_a_draft(
    qtbot: QtBot, open_window: Opened, own_library: Path, tmp_path: Path
) -> None:
    gone: list[Path] = []

    class Going(Files):
        def replace(self, source: Path, target: Path) -> None:
            if target.name == "feeding.md" and not gone:
                gone.append(target)
                own_library.rename(tmp_path / "elsewhere")
            super().replace(source, target)

    view, editing = _edit(qtbot, open_window(own_library), Going())
    before = (own_library / PAGE).read_bytes()
    _type(qtbot, view, " Twice.")
    editing.save(CHANGE)
    told = _told(qtbot, view, "Not saved.")
    assert "the drive or network folder cannot be reached" in told
    assert "Your text is kept in" in told
    assert "Twice." in _kept(editing)
    (tmp_path / "elsewhere").rename(own_library)
    assert (own_library / PAGE).read_bytes() == before
    _now_it_works(qtbot, editing, own_library)


def test_a_file_that_another_program_holds_is_waited_for_and_then_told(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    view, editing = _edit(qtbot, desk_window(), Held())
    _type(qtbot, view, " Twice.")
    _fails(qtbot, view, editing, library, "you do not have permission")


def test_a_full_profile_is_told_tried_again_and_asked_about_before_the_window_goes(
    qtbot: QtBot, open_window: Opened, own_library: Path
) -> None:
    window = open_window(own_library)
    view, editing, files = _in_a_full_profile(qtbot, window)
    editing.keep()
    told = _told(qtbot, view, "could not be kept as a draft")
    assert "Keep this window open." in told
    assert view.bar.kept.text() == "Draft not kept"
    assert not window.close()
    dialog = window.findChild(Unkept)
    assert dialog is not None
    dialog._copy()
    assert "Twice." in QApplication.clipboard().text()
    dialog.reject()
    files.end()
    editing.keep()
    qtbot.waitUntil(lambda: view.bar.kept.text().startswith("Draft kept"), timeout=10_000)
    assert _sentence(view) == ""
    assert "Twice." in _kept(editing)
    assert window.close()


def test_a_full_profile_does_not_keep_anybody_from_saving(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    _, editing, _ = _in_a_full_profile(qtbot, desk_window())
    _now_it_works(qtbot, editing, library)
    assert not editing.differs


def test_a_page_changed_three_times_by_others_asks_each_time_and_loses_nothing(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    view, editing = _edit(qtbot, desk_window())
    _type(qtbot, view, " Twice.")
    theirs, dialogs = [], []
    for number in range(3):
        data = (library / PAGE).read_bytes() + f"\nTheir note {number}.\n".encode()
        (library / PAGE).write_bytes(data)
        theirs.append(data)
        with qtbot.waitSignal(editing.conflicted, timeout=10_000):
            dialogs[-1]._save() if dialogs else editing.save(CHANGE)
        assert (library / PAGE).read_bytes() == data
        dialogs.append(view.window_.findChildren(SettleConflict)[-1])
        for switch in dialogs[-1].switches:
            switch.buttons["both"].click()
    with qtbot.waitSignal(editing.saved, timeout=10_000):
        dialogs[-1]._save()
    text = (library / PAGE).read_text("utf-8")
    assert "Twice." in text
    assert all(f"Their note {number}." in text for number in range(3))
    kept = [version.text() for version in editing.store.versions(PAGE)]
    assert theirs[-1] in kept
    assert any(b"Twice." in text and b"Their note" not in text for text in kept)


def test_a_page_of_2_mb_can_be_changed_as_plain_words(
    qtbot: QtBot, open_window: Opened, own_library: Path
) -> None:
    text = "# Large\n\n" + f"{'Words and more words. ' * 10}\n\n" * 9_600
    (own_library / "large.md").write_text(text, "utf-8")
    view, editing = _edit(qtbot, open_window(own_library), page="large.md")
    QTest.keyClicks(view.words, "x")
    with qtbot.waitSignal(editing.saved, timeout=20_000):
        editing.save(CHANGE)
    assert (own_library / "large.md").read_text("utf-8") == "x" + text
    assert any("larger than 2 MB" in p.message for p in view.troubles.problems)


def test_a_page_whose_details_do_not_parse_can_be_put_right(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    text = '---\ntitle: "Open\nkind: [page\n---\n\nWords.\n'
    (library / "broken.md").write_text(text, "utf-8")
    view, editing = _edit(qtbot, desk_window(), page="broken.md")
    assert editing.text() == text
    assert view.troubles.problems
    editing.put(text.replace('"Open', "Closed").replace("[page", "page"))
    with qtbot.waitSignal(editing.saved, timeout=10_000):
        editing.save(CHANGE)
    page = view.session.page("broken.md")
    assert page is not None
    assert page.title == "Closed"


def test_a_file_that_is_no_text_is_told_and_left_alone(
    qtbot: QtBot, desk_window: Opened, library: Path
) -> None:
    data = bytes(range(256)) * 20
    (library / "picture.md").write_bytes(data)
    window = desk_window()
    window.show_place(edit_place("picture.md"))
    view = window.view
    assert isinstance(view, EditorView)
    assert view.editing is None
    assert view.gone.text() == (
        "This file is not text. It cannot be changed here; the file stays as it is."
    )
    assert (library / "picture.md").read_bytes() == data


def test_five_megabytes_from_word_arrive_while_the_window_stays_awake(
    qtbot: QtBot, desk_window: Opened
) -> None:
    view, editing = _edit(qtbot, desk_window())
    _type(qtbot, view, " ")
    span = f"<span lang=EN-GB style='{WORD}'>"
    item = (
        f"<p class=MsoNormal style='margin-bottom:8.0pt;line-height:107%'><b>{span}Ask</span></b>"
        f"{span} about sleep, feeding and </span><i>{span}mood</span></i>{span}.<o:p></o:p></span></p>\r\n"
    )
    items = 5_000_000 // len(item)
    pasted = QMimeData()
    pasted.setHtml("<html><body>" + item * items + "<p>The end.</p></body></html>")
    view.words.insertFromMimeData(pasted)
    qtbot.waitUntil(lambda: view.words.blockCount() > 2 * items, timeout=60_000)
    qtbot.waitUntil(lambda: "The end." in editing.text(), timeout=60_000)
    assert editing.text().count("**Ask** about sleep, feeding and *mood*.\n") == items
    view.words.undo()
    assert "The end." not in editing.text()


def test_closing_the_window_in_mid_save_finishes_it_or_keeps_a_draft(
    qtbot: QtBot, open_window: Opened, own_library: Path
) -> None:
    window = open_window(own_library)
    view, editing = _edit(qtbot, window)
    _type(qtbot, view, " Twice.")
    editing.save(CHANGE)
    QTest.keyClicks(view.words, " Thrice.")
    window.close()
    assert b"Twice." in (own_library / PAGE).read_bytes()
    assert b"Thrice." not in (own_library / PAGE).read_bytes()
    again = open_window(own_library)
    view, editing = _edit(qtbot, again)
    _told(qtbot, view, "A draft is kept from before.")


def test_somebody_else_at_the_same_page_is_said_and_locks_nobody_out(
    qtbot: QtBot, desk_window: Opened, library: Path, tmp_path: Path
) -> None:
    other = PageStore(library, tmp_path / "other")
    other.presence.editing(PAGE, "named nurse")
    view, editing = _edit(qtbot, desk_window())
    qtbot.waitUntil(view.bar.company.isVisible, timeout=10_000)
    assert view.bar.company.text().startswith("Also editing: Named nurse (since ")
    assert len(other.presence.others(PAGE)) == 1
    _type(qtbot, view, " Twice.")
    _now_it_works(qtbot, editing, library)
    view.do_stop()
    qtbot.waitUntil(lambda: not other.presence.others(PAGE), timeout=10_000)
