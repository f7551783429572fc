"""The desk: every page this window is editing, and the one door through which they are kept and saved."""

from __future__ import annotations

import os
import platform
from hashlib import sha256
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.editor.company import Company
from desktop.editor.editing import Editing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.session import Changed, Session
    from knowledge.errors import KnowledgeError
    from knowledge.library import Library
    from knowledge.model import Page
    from knowledge.saving.carrying import Unfinished
    from knowledge.saving.drafts import Draft
    from knowledge.saving.store import PageStore


class Desk(QObject):
    """Holds the pages that are being edited, whatever tab shows them."""

    drafts_left = Signal(object)  # list[Draft] of earlier sessions
    closing = Signal()  # the window goes; let go of every page

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.id = os.urandom(4).hex()
        self.pages: dict[str, Editing] = {}
        self._store: tuple[Library, PageStore] | None = None
        self.trouble = ""  # why words could not be kept when the window was to go
        self.company = Company(session, self.pages, lambda: self.store.presence)
        session.library_changed.connect(self._library_changed)

    @property
    def store(self) -> PageStore:
        """Saves into the library that is open."""
        from knowledge.saving.store import PageStore

        library = self.session.library
        assert library is not None
        if self._store is None or self._store[0].root != library.root:
            profile = self.session.profile.data
            made = PageStore(library.root, profile, session=self.id, desk=desk_name(profile))
            self._store = (library, made)
        return self._store[1]

    def open(self, path: str) -> Editing | None:
        """The page, on the desk; None when there is no such page."""
        found = self.pages.get(path)
        if found is not None:
            return found
        page, kept = self.session.page(path), self.store.drafts.own(path)
        if page is None:
            return self._begin_again(kept) if kept is not None else None
        if not shown_whole(page):
            return None
        made = self._put(Editing(self.session, self.store, page, page.digest))
        if kept is not None and kept.digest != page.digest:
            made.take_up(kept)  # where it was left when editing was stopped
        return made

    def _begin_again(self, kept: Draft) -> Editing:
        """A page that was begun in this window and is not in the library yet."""
        from knowledge.text import decode

        made = self.begin(kept.page, decode(kept.text()).text)
        made.take_up(kept)
        return made

    def begin(self, path: str, text: str) -> Editing:
        """A page that is not in the library yet."""
        from knowledge.source import read_page

        found = self.pages.get(path)
        if found is not None:
            return found
        made = self._put(Editing(self.session, self.store, read_page(path, text.encode()), None))
        made.keep()
        return made

    def _put(self, made: Editing) -> Editing:
        made.setParent(self)
        self.pages[made.path] = made
        return made

    def put_away(self, path: str) -> None:
        """The page is no longer edited; its draft, if it has one, stays."""
        gone = self.pages.pop(path, None)
        if gone is not None:
            gone.keep_at_once()
            self.company.leave(path)
            gone.rest()  # not deleted: what it asked for may still be under way

    def look_for_read_only(self, done: Callable[[str], None]) -> None:
        """Try whether the library can be changed; `done` gets a sentence when it cannot."""
        store = self.store

        def tried(error: KnowledgeError | None) -> None:
            if error is not None:
                done(str(error))

        self.session.tasks.run(store.why_read_only, tried, key="read-only", lane="company")

    def go_on(self, draft: Draft) -> None:
        """Put the words of an earlier session on the desk again. May be refused."""
        from knowledge.text import decode

        words = draft.text()  # first: opening may find words of its own
        editing = self.open(draft.page)
        if editing is None:
            editing = self.begin(draft.page, decode(words).text)
        if draft.session != self.id:
            editing.take_up(draft)

    def left(self, done: Callable[[list[Draft]], None]) -> None:
        """Find the drafts that are not on the desk, off the screen's thread."""
        self.session.tasks.run(self.left_drafts(), done, lane="drafts")

    def left_drafts(self) -> Callable[[], list[Draft]]:
        """What finds the drafts of earlier sessions, and of pages whose editing was stopped."""
        store, own, here = self.store, self.id, set(self.pages)

        def work() -> list[Draft]:
            drafts = store.left_drafts()
            return [d for d in drafts if d.session != own or d.page not in here]

        return work

    def offer(self) -> None:
        """At the start: say that there are drafts, or that a renaming was broken off."""
        if self.session.library is None:
            return
        self.left(self._left)
        store = self.store
        self.session.tasks.run(store.carrying.unfinished, self._broken_off, lane="drafts")
        self.session.tasks.run(store.prune, lane="pruning")

    def _broken_off(self, left: list[Unfinished]) -> None:
        if left:
            self.session.told.emit(f"Broken off: {left[0].step.says}. Open Champion to finish it.")

    def _left(self, drafts: list[Draft]) -> None:
        if drafts:
            many = "A draft is" if len(drafts) == 1 else f"{len(drafts)} drafts are"
            self.session.told.emit(f"{many} kept from before. Open Menu, Edit, Drafts to go on.")
            self.drafts_left.emit(drafts)

    def _library_changed(self, changed: Changed) -> None:
        for path, editing in self.pages.items():
            if path in changed.paths:
                editing.library_has(changed.library.pages.get(path))

    def unkept(self) -> bool:
        """Have every draft on the disk; whether one could not be kept, as `trouble` says."""
        told = [editing.keep_at_once() for editing in self.pages.values()]
        self.trouble = next((sentence for sentence in told if sentence), "")
        return bool(self.trouble)

    def close(self) -> None:
        """Have every draft on the disk before the window goes."""
        self.closing.emit()
        self.company.rest()
        for editing in self.pages.values():
            editing.keep_at_once()
            editing.rest()


def desk_name(profile: Path) -> str:
    """The same for every start of the window of this profile on this computer; says nothing of whose it is."""
    place = f"{platform.node()} {os.path.normcase(profile.resolve())}"
    return sha256(os.fsencode(place)).hexdigest()[:16]


def shown_whole(page: Page) -> bool:
    """Whether all of a file stands in its page; what is no text, or far too large, is not edited here."""
    return page.readable or page.text != ""


def desk_of(session: Session) -> Desk:
    """The desk of this window; made when the first page is edited."""
    if session.desk is None:
        session.desk = Desk(session)
    made: Desk = session.desk
    return made
