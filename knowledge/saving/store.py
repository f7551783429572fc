"""The one door through which pages of a library are changed, so that nothing is ever lost."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import (
    BadName,
    KnowledgeError,
    LibraryGone,
    NotAllowed,
    NotAPage,
    explain,
)
from knowledge.files import (
    Clock,
    Files,
    clear,
    digest,
    folded,
    make_folders,
    patiently,
    put_in_place,
    put_where_nothing_is,
    read_whole,
    write_beside,
)
from knowledge.locks import Locks, holding
from knowledge.paths import inside, library_folder, new_page_file, page_file
from knowledge.saving import bin as page_bin
from knowledge.saving.bin import Deleted
from knowledge.saving.carrying import Carrying
from knowledge.saving.drafts import Draft, Drafts
from knowledge.saving.history import History
from knowledge.saving.presence import Presence
from knowledge.saving.sealed import key_of, stamp
from knowledge.saving.versions import Act, Change, Entry, Version

_NOTHING_SAID = Change()


@dataclass(frozen=True, slots=True)
class Edit:
    """New bytes for a page, and the digest of what was opened; None when the page is new."""

    page: str
    text: bytes
    opened: str | None
    change: Change = _NOTHING_SAID
    typed: bool = True  # False: not what was being written, so this session's draft stays apart


@dataclass(frozen=True, slots=True)
class Saved:
    """The page now holds the text. ``opened`` of its next edit is ``digest``."""

    page: str
    digest: str
    version: Version | None  # None when the page held this text already
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """The page is not what was opened, so nothing was written; both texts are here.

    ``theirs`` is None when the page has been removed. ``base`` is the text that was opened, where
    it is still known. To settle it, save again with ``theirs_digest`` as what was opened.
    """

    page: str
    yours: bytes
    theirs: bytes | None
    theirs_digest: str | None
    base: bytes | None
    draft: Draft | None


class PageStore:
    """Saves, renames, deletes and restores the pages of one library for one session of a user."""

    def __init__(
        self,
        library: Path,
        profile: Path,
        *,
        files: Files | None = None,
        locks: Locks | None = None,
        clock: Clock | None = None,
        session: str = "",
        desk: str = "",
    ) -> None:
        self._library = library
        self._files = files or Files()
        self._locks = locks or Locks(self._files)
        self._clock = clock or Clock()
        self._session = session or os.urandom(4).hex()
        own = profile / "libraries" / _library_key(library)
        self.drafts = Drafts(own / "drafts", library, self._session, self._files, self._clock)
        self.presence = Presence(library, self._session, self._files, desk)
        self.history = History(library, own / "versions", self._session, self._files, self._clock)
        tools = (self._files, self._locks, self._clock)
        self.carrying = Carrying(library, own / "carrying", self.history, *tools)

    # Saving

    def save(
        self, page: str, text: bytes, opened: str | None, change: Change = _NOTHING_SAID
    ) -> Saved | Conflict:
        """Put the text into the library, unless the page is no longer what was opened."""
        return self.save_together([Edit(page, text, opened, change)])[0]

    def put(
        self, page: str, text: bytes, opened: str, change: Change = _NOTHING_SAID
    ) -> Saved | Conflict:
        """The same for a text that nobody has typed: a draft of the page stays as it is."""
        return self.save_together([Edit(page, text, opened, change, typed=False)])[0]

    def save_together(self, edits: Sequence[Edit]) -> list[Saved] | list[Conflict]:
        """Save several pages, or none of them while any is no longer what was opened.

        A page that cannot be written stops the rest; their texts are kept as drafts.
        """
        drafts = [self._draft_first(edit) if edit.typed else None for edit in edits]
        with self._telling(edits, drafts):
            paths = [self._target(edit) for edit in edits]
            with holding((path for path in paths if path.parent.is_dir()), *self._lock_tools):
                current = [self._current(path) for path in paths]
                conflicts = [
                    self._conflict(edit, there, draft)
                    for edit, there, draft in zip(edits, current, drafts, strict=True)
                    if not _same(there, edit)
                ]
                if not conflicts:
                    saved = []
                    for edit, path, there in zip(edits, paths, current, strict=True):
                        done = self._write(edit, path, there, Act.SAVED)
                        if isinstance(done, Conflict):
                            return [done]
                        saved.append(done)
        if conflicts:
            return conflicts
        for draft in drafts:
            if isinstance(draft, Draft):
                self.drafts.drop(draft)
        return saved

    def keep_draft(self, page: str, text: bytes, opened: str | None) -> Draft:
        """Keep unsaved text in the user's profile; for every few seconds of typing."""
        try:
            return self.drafts.keep(page, text, opened)
        except OSError as error:
            doing = f"Your changes to {page} could not be kept as a draft"
            raise explain(error, doing, self.drafts.path(page)) from error

    def left_drafts(self) -> list[Draft]:
        """The drafts whose text is not in the library, newest first; the others are dropped."""
        left = []
        for draft in self.drafts.all():
            if draft.digest == self._digest_now(draft.page):
                self.drafts.drop(draft)
            else:
                left.append(draft)
        return left

    def take_up(self, draft: Draft) -> Draft:
        """Go on with a draft of an earlier session: it becomes this session's."""
        own = self.keep_draft(draft.page, draft.text(), draft.base)
        if own.file != draft.file:
            self.drafts.drop(draft)
        return own

    # Moving and removing

    def rename(
        self, page: str, to: str, opened: str, change: Change = _NOTHING_SAID
    ) -> Saved | Conflict:
        """Give a page's file another name or folder; its history and draft go with it."""
        with self._saying(f"{page} could not be renamed"):
            folder = library_folder(self._library)
            path = page_file(folder, page)
            target = new_page_file(folder, to, instead_of=page)
            make_folders(self._files, target.parent)
            with holding([path, target], *self._lock_tools):
                there = self._current(path)
                if there is None or digest(there) != opened:
                    return self._conflict(Edit(page, there or b"", opened), there, None)
                self.history.keep_previous(page, there)
                self._move(path, target, to)
                entry = Entry(to, there, Act.RENAMED, change, before=page)
                version, notice = self.history.keep_made(entry)
        draft = self.drafts.own(page)
        if draft is not None:
            self.keep_draft(to, draft.text(), draft.base)
            self.drafts.drop(draft)
        return Saved(to, digest(there), version, notice)

    def delete(self, page: str, opened: str, change: Change = _NOTHING_SAID) -> Deleted | Conflict:
        """Move a page to the library's bin."""
        with self._saying(f"{page} could not be deleted"):
            folder = library_folder(self._library)
            path = page_file(folder, page)
            with holding([path], *self._lock_tools):
                there = self._current(path)
                if there is None or digest(there) != opened:
                    return self._conflict(Edit(page, there or b"", opened), there, None)
                self.history.keep_previous(page, there)
                now = self._clock.now()
                name = f"{stamp(now)}-{self._session}"
                gone = page_bin.put(self._files, folder, name, page, there, change, now)
                patiently(lambda: self._files.remove(path), self._clock)
                self._files.sync_folder(path.parent)
                self.history.keep_made(Entry(page, there, Act.DELETED, change))
        return gone

    def deleted_pages(self) -> list[Deleted]:
        """What is in the bin, newest first."""
        return page_bin.contents(self._library)

    def restore_deleted(self, deleted: Deleted, change: Change = _NOTHING_SAID) -> Saved | Conflict:
        """Put a page from the bin back, unless another has taken its place."""
        page = deleted.page
        with self._saying(f"{page} could not be put back"):
            text = deleted.text()
            path = page_file(library_folder(self._library), page)
            make_folders(self._files, path.parent)
            edit = Edit(page, text, None, change)
            with holding([path], *self._lock_tools):
                there = self._current(path)
                if not _same(there, edit):
                    return self._conflict(edit, there, None)
                done = self._write(edit, path, there, Act.RESTORED)
        if isinstance(done, Saved):
            page_bin.take_out(self._files, deleted)
        return done

    # Earlier versions

    def versions(self, page: str) -> list[Version]:
        """The versions of a page, newest first, from this computer and the shared history."""
        return self.history.of(page)

    def restore(
        self, page: str, version: Version, opened: str | None, change: Change = _NOTHING_SAID
    ) -> Saved | Conflict:
        """Make an earlier version the page again, as a new version."""
        return self.save_together([Edit(page, version.text(), opened, change, typed=False)])[0]

    def set_aside(self, page: str, text: bytes, change: Change = _NOTHING_SAID) -> Version:
        """Keep a text among the versions though it never was the page, as after a conflict."""
        with self._saying(f"Your text of {page} could not be kept"):
            return self.history.set_aside(Entry(page, text, Act.ASIDE, change))

    def prune(self) -> int:
        """Drop the versions that the rule no longer keeps; says how many."""
        return self.history.prune()

    # What may be done

    def why_read_only(self) -> KnowledgeError | None:
        """Why nothing can be saved in this library, found by trying; None when it can."""
        trial = self._library / f".{self._session}.part"
        try:
            self._files.close(self._files.create(trial))
            self._files.remove(trial)
        except OSError as error:
            return explain(error, f"{self._library} cannot be changed", self._library)
        return None

    # How it is done

    @property
    def _lock_tools(self) -> tuple[Locks, Clock]:
        return self._locks, self._clock

    def _draft_first(self, edit: Edit) -> Draft | KnowledgeError:
        # A full profile must not keep anybody from saving into a library that has room: the page
        # itself is never at risk, and if it cannot be written either, that is said.
        try:
            return self.keep_draft(edit.page, edit.text, edit.opened)
        except KnowledgeError as error:
            return error

    def _target(self, edit: Edit) -> Path:
        folder = library_folder(self._library)
        if edit.opened is not None:
            return page_file(folder, edit.page)
        path = page_file(folder, edit.page)
        if not path.exists():
            new_page_file(folder, edit.page)
            make_folders(self._files, path.parent)
        return path

    def _current(self, path: Path) -> bytes | None:
        if path.is_dir():
            raise NotAPage(f"A folder stands where the page {path} should be", where=path)
        try:
            return read_whole(path, self._clock)
        except (FileNotFoundError, NotADirectoryError) as error:
            if not self._library.is_dir():
                raise LibraryGone(f"The library {self._library} cannot be reached") from error
            return None

    def _write(self, edit: Edit, path: Path, there: bytes | None, act: Act) -> Saved | Conflict:
        if there == edit.text:
            return Saved(edit.page, digest(edit.text), None)
        if there is not None and not os.access(path, os.W_OK):
            raise NotAllowed(f"{edit.page} is marked read only", where=path)
        part = write_beside(self._files, path, edit.text)
        try:
            if there is None:
                put_where_nothing_is(self._files, part, path, self._clock)
            else:
                self._files.copy_mode(path, part)
                self.history.keep_previous(edit.page, there)
                put_in_place(self._files, part, path, self._clock)
        except FileExistsError:
            clear(self._files, part)
            return self._conflict(edit, self._current(path), self.drafts.own(edit.page))
        except (OSError, KnowledgeError):
            clear(self._files, part)
            raise
        version, notice = self.history.keep_made(Entry(edit.page, edit.text, act, edit.change))
        return Saved(edit.page, digest(edit.text), version, notice)

    def _move(self, path: Path, target: Path, to: str) -> None:
        if not os.path.lexists(target):
            put_where_nothing_is(self._files, path, target, self._clock)
            self._files.sync_folder(path.parent)
        elif not path.samefile(target):
            raise BadName(f"There is already a page {to}", where=target)
        elif path.parent == target.parent and folded(path.name) == folded(target.name):
            patiently(lambda: self._files.rename(path, target), self._clock)
        else:  # a renaming that was cut off after the new name was given
            patiently(lambda: self._files.remove(path), self._clock)
            self._files.sync_folder(path.parent)

    def _conflict(self, edit: Edit, there: bytes | None, draft: object) -> Conflict:
        theirs_digest = None if there is None else digest(there)
        base = None if edit.opened is None else self.history.text_of(edit.page, edit.opened)
        kept = draft if isinstance(draft, Draft) else None
        return Conflict(edit.page, edit.text, there, theirs_digest, base, kept)

    def _digest_now(self, page: str) -> str | None:
        try:
            return digest(read_whole(inside(self._library.resolve(), self._library / page)))
        except (OSError, KnowledgeError):
            return None

    @contextmanager
    def _saying(self, doing: str, kept: Path | None = None) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if not self._library.is_dir():  # a share that goes takes the file's name along
                gone = f"{doing}: the drive or network folder cannot be reached"
                raise LibraryGone(gone, where=self._library, kept=kept) from error
            raise explain(error, doing, self._library, kept) from error
        except KnowledgeError as error:
            error.kept = error.kept or kept
            raise

    @contextmanager
    def _telling(
        self, edits: Sequence[Edit], drafts: Sequence[Draft | KnowledgeError | None]
    ) -> Iterator[None]:
        kept = next((draft.file for draft in drafts if isinstance(draft, Draft)), None)
        unkept = next((draft for draft in drafts if isinstance(draft, KnowledgeError)), None)
        try:
            with self._saying(f"{edits[0].page} could not be saved", kept):
                yield
        except KnowledgeError as error:
            if unkept is not None:
                error.remedy = (
                    "It could not be kept as a draft either, so keep this window open. "
                    + error.remedy
                )
            raise


def _same(there: bytes | None, edit: Edit) -> bool:
    """Whether the page is what was opened, or holds the new text already."""
    return there == edit.text or (None if there is None else digest(there)) == edit.opened


def _library_key(library: Path) -> str:
    name = str(library.resolve())
    return key_of(folded(name) if os.name == "nt" else name)
