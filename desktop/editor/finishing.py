"""How editing ends: saving to the library, and settling it when somebody else was there first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.editor.bars import SAVED
from desktop.editor.desk import desk_of
from desktop.editor.writing import shown
from knowledge.model import Page, Status

if TYPE_CHECKING:
    from desktop.editor.editing import Editing, Look
    from desktop.session import Session
    from desktop.window import MainWindow
    from knowledge.saving.store import Conflict, Saved
    from knowledge.saving.versions import Change as Saying


class Finishing:
    """Mixed into the editor, which has the parts it works on."""

    session: Session
    editing: Editing | None
    overtaken: bool
    awaited: Editing | None = None  # it is saved as soon as what was just typed is read
    bar: Any
    notice: Any

    if TYPE_CHECKING:

        @property
        def window_(self) -> MainWindow: ...
        def _overtaken(self) -> None: ...
        def _trouble(self, sentence: str) -> None: ...

    def do_save(self) -> None:
        """Ask what the change is; the words are looked at first if they were just typed."""
        editing = self.editing
        if editing is None or editing.saving or self.awaited is editing:
            return  # a second click asks nothing more
        if not editing.differs:
            self.session.told.emit("The library has these words already.")
            return
        if editing.look is None or editing.look.text != editing.text():
            self._save_when_looked(editing)
            return
        self._ask_and_save(editing, editing.look)

    def _save_when_looked(self, editing: Editing) -> None:
        self.awaited = editing

        def ready(look: Look) -> None:
            if look.text == editing.text():
                editing.looked.disconnect(ready)
                self.awaited = None
                if self.editing is editing:
                    self._ask_and_save(editing, look)

        editing.looked.connect(ready)
        editing.look_now()

    def _ask_and_save(self, editing: Editing, look: Look) -> None:
        from desktop.editor.saving import SavePage
        from knowledge.substance import Weight, weigh

        new = editing.opened is None
        weight = Weight("This page is new", True) if new else weigh(editing.base, look.page)

        def done(change: Saying) -> None:
            self._save(editing, look, change)

        SavePage(self.window_, look, weight, done).open()

    def _save(self, editing: Editing, look: Look, change: Saying) -> None:
        if change.substantive:
            back_to_check(editing, look.page)
        self.bar.busy(True)
        editing.save(change)

    def _saved(self, saved: Saved) -> None:
        self.bar.busy(False)
        self.bar.say_kept(SAVED)
        self.overtaken = False
        self.notice.clear()
        if self.editing is not None:
            self.bar.show_title(self.editing.base.title, new=False)
        words = "Saved. Readers see it now."
        if self.editing is not None and self.editing.base.status is Status.DRAFT:
            words = (
                "Saved. It is marked as a draft, so search leaves it out until its status changes."
            )
        self.session.told.emit(f"{words} {saved.notice}".strip())

    def _conflicted(self, conflict: Conflict) -> None:
        """Both texts side by side; nothing is written until somebody says which."""
        from desktop.dialogs.conflict import SettleConflict
        from knowledge.text import decode

        self.bar.busy(False)
        editing = self.editing
        if editing is None:
            return
        theirs = shown(decode(conflict.theirs or b"").text)
        mine = shown(decode(conflict.yours).text)
        self._overtaken()

        def settled(words: str) -> None:
            self._settle(editing, conflict, words)

        texts = (mine, theirs, _begun_with(editing, conflict))
        SettleConflict(self.window_, editing.base.title, texts, settled).open()

    def _settle(self, editing: Editing, conflict: Conflict, words: str) -> None:
        from knowledge.saving.versions import Change as Saying
        from knowledge.source import read_page
        from knowledge.substance import weigh

        store, who = desk_of(self.session).store, self.session.settings.get("role")
        aside = Saying(who, "My words before two changes were put together")

        def kept(_: object) -> None:
            editing.put(words)
            self.bar.busy(True)
            page = read_page(editing.path, editing.data())
            theirs = read_page(editing.path, conflict.theirs or b"")
            weighty = bool(weigh(theirs, page).why)
            if weighty:
                back_to_check(editing, page)
            change = Saying(who, "Two people's changes put together", weighty)
            editing.save(change, editing.data(), conflict.theirs_digest)

        self.session.tasks.run(
            lambda: store.set_aside(editing.path, conflict.yours, aside),
            kept,
            lambda error: self._trouble(str(error)),
            lane="saving",
        )


def _begun_with(editing: Editing, conflict: Conflict) -> str | None:
    """The text that both changed, where it is still known."""
    from knowledge.text import decode

    if conflict.base is not None:
        return shown(decode(conflict.base).text)
    return shown(editing.base.text) if editing.base.digest == editing.opened else None


def back_to_check(editing: Editing, page: Page) -> None:
    """A change of substance takes an approval away until somebody has checked the page."""
    from knowledge.editing.fields import set_text

    if page.status is Status.APPROVED:
        editing.put(set_text(page, "status", Status.IN_CHECK.value).apply(page.text))
