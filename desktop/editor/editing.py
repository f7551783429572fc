"""One page that is being edited: its words, what they read as, its draft, and how they are saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

from desktop.editor.writing import as_written, patch, shown
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.editing.change import Edit
    from knowledge.library import Library
    from knowledge.model import Encoding, Page
    from knowledge.problems import Problem
    from knowledge.saving.drafts import Draft
    from knowledge.saving.store import Conflict, PageStore, Saved
    from knowledge.saving.versions import Change

LOOK_MS = 200  # after the last key, so that what is written is seen within 300
DRAFT_MS = 3_000  # after the first key that is not kept yet
AGAIN_MS = 10_000  # after a draft that could not be kept


@dataclass(frozen=True, slots=True)
class Look:
    """What the words read as just now."""

    text: str
    page: Page
    library: Library
    problems: tuple[Problem, ...]
    count: int  # of words that are read: none of its details
    converted: bool  # the old encoding has no sign for a letter, so the file becomes UTF-8


def blank_document(owner: QObject) -> QTextDocument:
    """Where plain words are written."""
    made = QTextDocument(owner)
    made.setDocumentLayout(QPlainTextDocumentLayout(made))
    return made


class Editing(QObject):
    """The words of one page on the desk. Signals say what has happened to them."""

    looked = Signal(object)  # Look
    kept = Signal(object)  # datetime: the draft is on the disk
    trouble = Signal(str)  # a sentence: the words could not be saved
    unkept = Signal(str)  # a sentence: the draft could not be kept; it is tried again
    saved = Signal(object)  # Saved
    conflicted = Signal(object)  # Conflict
    overtaken = Signal()  # somebody else changed the page meanwhile

    def __init__(self, session: Session, store: PageStore, page: Page, opened: str | None) -> None:
        super().__init__()
        self.session, self.store = session, store
        self.path = page.path
        self.opened = opened  # the digest of what is in the library; None for a new page
        self.base = page  # the page as it is in the library
        self.encoding: Encoding = page.encoding
        self.original = page.text
        self.document = blank_document(self)
        self.document.setPlainText(shown(page.text))
        self.document.setModified(False)
        self.look: Look | None = None
        self.draft: Draft | None = None
        self.kept_at: datetime | None = None
        self.trouble_keeping = ""
        self.saving = False
        self._kept_text = page.text
        self._asked = 0  # how many times words were to be kept
        self._newest = 0  # the one on the disk; an older one that comes late is left out
        self._one_at_a_time = Lock()
        self._looker = self._timer(LOOK_MS, self.look_now)
        self._drafter = self._timer(DRAFT_MS, self.keep)
        self._again = self._timer(AGAIN_MS, self.keep)
        self.document.contentsChanged.connect(self._typed)

    def _timer(self, wait: int, done: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(done)
        return timer

    def rest(self) -> None:
        """Nothing more is looked at or kept by itself."""
        self._looker.stop()
        self._drafter.stop()
        self._again.stop()

    # -- the words ----------------------------------------------------------------------------

    def text(self) -> str:
        """The words, as they would stand in the file."""
        raw = self.document.toRawText().replace("\u2029", "\n")
        return as_written(self.original, raw)

    @property
    def differs(self) -> bool:
        """Whether the library has other words, or none."""
        return self.opened is None or self.text() != self.original

    def put(self, text: str) -> None:
        """Other words for the whole page, as one change that can be undone."""
        now = self.document.toRawText().replace("\u2029", "\n")
        change = patch(now, shown(text))
        if change.start == change.end and not change.text:
            return
        cursor = QTextCursor(self.document)
        cursor.setPosition(change.start)
        cursor.setPosition(change.end, QTextCursor.MoveMode.KeepAnchor)
        cursor.beginEditBlock()  # never one step of undo with what was typed just before
        cursor.insertText(change.text)
        cursor.endEditBlock()

    def change(self, change: Callable[[Page], Edit]) -> Page:
        """One edit of the words as they are now; the page as it is then. May be refused."""
        from knowledge.source import read_page

        page = read_page(self.path, self.data())
        text = change(page).apply(page.text)
        self.put(text)
        self.look_now()
        return read_page(self.path, self.data())

    def _typed(self) -> None:
        self._looker.start()
        if not self._drafter.isActive():
            self._drafter.start()

    # -- looking ------------------------------------------------------------------------------

    def look_now(self) -> None:
        """Read the words and hold them to the rules, off the screen's thread."""
        library = self.session.library
        if library is None:
            return
        text, path, encoding = self.text(), self.path, self.encoding
        today = self.session.now().date()

        def work() -> Look:
            from knowledge.editing.change import written
            from knowledge.library import with_page
            from knowledge.text import count_words
            from knowledge.validate import check_page

            made = written(text, encoding)
            among = with_page(library, path, made.data)
            page = among.pages[path]
            found = check_page(page, among, today)
            count = count_words(text[page.front.end :] if page.front is not None else text)
            return Look(text, page, among, found, count, made.converted)

        self.session.tasks.run(work, self._looked, key=f"look-{path}", lane="editing")

    def look_later(self) -> None:
        """The library is another, the words are not: search comes first."""
        self._looker.start()

    def _looked(self, look: Look) -> None:
        self.look = look
        self.looked.emit(look)

    # -- the draft ----------------------------------------------------------------------------

    def data(self) -> bytes:
        from knowledge.editing.change import written

        return written(self.text(), self.encoding).data

    def keep(self) -> None:
        """Have the words on the disk, in the user's own profile."""
        self._drafter.stop()
        text = self.text()
        if text == self._kept_text and (self.draft is not None or not self.differs):
            return
        number, data, opened = self._ask(), self.data(), self.opened
        self.session.tasks.run(
            lambda: self._put_on_disk(number, data, opened),
            lambda draft: self._is_kept(draft, text),
            self._not_kept,
            lane="drafts",
        )

    def _ask(self) -> int:
        self._asked += 1
        return self._asked

    def _put_on_disk(self, number: int, data: bytes, opened: str | None) -> Draft | None:
        with self._one_at_a_time:
            if number < self._newest:
                return None
            self._newest = number
            return self.store.keep_draft(self.path, data, opened)

    def _is_kept(self, draft: Draft | None, text: str) -> None:
        if draft is None:
            return  # newer words came first
        self.draft, self._kept_text, self.trouble_keeping = draft, text, ""
        self.kept_at = self.session.now()
        self.kept.emit(self.kept_at)

    def _not_kept(self, error: Exception) -> None:
        if not isinstance(error, KnowledgeError):
            raise error
        self.trouble_keeping = str(error)
        self._again.start()
        self.unkept.emit(self.trouble_keeping)

    def keep_at_once(self) -> str:
        """The same, before the window goes; a sentence when it could not be."""
        self._drafter.stop()
        if not self.differs:
            return ""
        try:
            self.draft = self._put_on_disk(self._ask(), self.data(), self.opened)
        except KnowledgeError as error:
            return str(error)
        self._kept_text = self.text()
        return ""

    def throw_away(self) -> None:
        """The library's words again; the draft goes."""
        self.put(self.original)
        self.opened, self.encoding = self.base.digest, self.base.encoding
        self._drafter.stop()
        self._newest = self._ask()
        self.draft, self._kept_text = None, self.original

        def work() -> None:
            own = self.store.drafts.own(self.path)  # in its lane: also what was just being kept
            if own is not None:
                self.store.drafts.drop(own)

        self.session.tasks.run(work, lane="drafts")

    def take_up(self, draft: Draft) -> None:
        """Go on with words that were kept earlier, and with what they were begun from.

        Other words that stand here and in no library are put among the earlier versions first.
        """
        from knowledge.saving.versions import Change
        from knowledge.text import decode

        decoded = decode(draft.text())
        if self.differs and self.text() != decoded.text:
            why = Change(self.session.settings.get("role"), "My words before I took up a draft")
            self.store.set_aside(self.path, self.data(), why)
            self.session.told.emit("The words that stood here are kept under Earlier versions.")
        self.draft = self.store.take_up(draft)
        self.opened, self.encoding = draft.base, decoded.encoding
        self.put(decoded.text)
        if draft.base != self.base.digest:
            self.overtaken.emit()

    # -- saving -------------------------------------------------------------------------------

    def save(self, change: Change, data: bytes | None = None, opened: str | None = "") -> None:
        """Put the words into the library; `saved`, `conflicted` or `trouble` follows.

        After a conflict `data` are the words settled on and `opened` names the page they replace.
        """
        if self.saving:
            return
        self.saving = True
        self._drafter.stop()
        self._newest = self._ask()  # saving keeps these words first; older ones would stay behind
        words = self.data() if data is None else data
        base = self.opened if opened == "" else opened

        known = self.look.page if self.look is not None else None

        def work() -> tuple[Saved | Conflict, Page]:
            from knowledge.files import digest
            from knowledge.source import read_page

            done = self.store.save(self.path, words, base, change)
            read = known is not None and known.digest == digest(words)
            return done, known if known and read else read_page(self.path, words)

        self.session.tasks.run(
            work, lambda done: self._saved(*done), self._not_saved, lane="saving"
        )

    def _saved(self, done: Saved | Conflict, page: Page) -> None:
        from knowledge.library import with_read_page
        from knowledge.saving.store import Saved

        self.saving = False
        if not isinstance(done, Saved):
            self.draft = done.draft or self.draft
            self.conflicted.emit(done)
            return
        library = self.session.library
        if library is None:
            return
        fresh = with_read_page(library, self.path, page)
        self.rebase(fresh.pages[self.path])
        self.draft = None
        self.session.take(fresh)
        self.saved.emit(done)
        if self.differs:  # what was typed while it was being saved
            self._looker.start()
            self.keep()  # at once: a draft of just now was begun from the page before, and would conflict

    def rebase(self, page: Page) -> None:
        """The library holds this page now; what is on the screen stays."""
        self.base, self.opened = page, page.digest
        self.original, self.encoding = page.text, page.encoding
        self._kept_text = page.text

    def _not_saved(self, error: Exception) -> None:
        self.saving = False
        if not isinstance(error, KnowledgeError):
            raise error
        if self.text() != self._kept_text:
            self._drafter.start()  # the profile may have been full as well
        self.trouble.emit(str(error))

    def library_has(self, page: Page | None) -> None:
        """The library was read again: somebody else may have changed this page."""
        if self.saving or (page is not None and page.digest == self.opened):
            return
        if page is not None and self.opened is not None and not self.differs:
            self.rebase(page)
            self.put(page.text)
            self._drafter.stop()
        elif self.opened is not None:
            self.overtaken.emit()
