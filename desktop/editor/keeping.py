"""What the editor says about drafts, about saving that fails, and about others at the same page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication

from desktop.editor.bars import UNKEPT
from desktop.editor.desk import desk_of
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from desktop.editor.editing import Editing
    from desktop.places import Place
    from desktop.session import Session
    from knowledge.saving.drafts import Draft


class Keeping:
    """Mixed into the editor, which has the parts it works on."""

    session: Session
    editing: Editing | None
    overtaken: bool
    place: Place | None
    gone: QLabel
    bar: Any
    notice: Any

    def _say_gone(self, path: str) -> None:
        """Why there is nothing to edit; a page that was only begun, before a crash say, is gone on with."""
        page = self.session.page(path)
        if page is None:
            self.gone.setText("Looking for a draft of this page.")
            desk_of(self.session).left(lambda drafts: self._begun_before(path, drafts))
            return
        told = page.problems[0].message if page.problems else "This file cannot be shown"
        self.gone.setText(f"{told}. It cannot be changed here; the file stays as it is.")

    def _begun_before(self, path: str, drafts: list[Draft]) -> None:
        place = self.place
        if self.editing is not None or place is None or place.page != path:
            return
        mine = [draft for draft in drafts if draft.page == path]
        if not mine:
            self.gone.setText("This page is not in the library, and no draft of it is kept.")
            return
        try:
            desk_of(self.session).go_on(mine[0])
        except KnowledgeError as error:
            self.gone.setText(str(error))
            return
        if self.isVisible():
            self.session.go(place)  # window and tab then bear its title, not its path
        else:
            self.show_place(place)

    if TYPE_CHECKING:

        def show_place(self, place: Place) -> None: ...
        def isVisible(self) -> bool: ...

    def _say_what_is_known(self, editing: Editing) -> None:
        """When a page is opened: a draft of before, whether it can be saved at all, who else is here."""
        desk = desk_of(self.session)
        if editing.trouble_keeping:
            self._unkept(editing.trouble_keeping)
        elif editing.draft is not None and editing.opened is not None and editing.look is None:
            self._say_gone_on(editing)
        desk.look_for_read_only(self._read_only)
        desk.left(self._offer)
        desk.company.look()

    def _read_only(self, sentence: str) -> None:
        if self.editing is not None:
            words = "You can write, and your words are kept as a draft on this computer."
            self.notice.say("draft", "This library cannot be changed from here.", words)
            self.notice.banner.setToolTip(sentence)

    def _others(self, path: str, told: str) -> None:
        """Advice, never a lock."""
        if self.editing is None or self.editing.path != path:
            return
        self.bar.say_company(told)

    # -- drafts -------------------------------------------------------------------------------

    def _keep(self) -> None:
        if self.editing is not None:
            self.editing.keep()

    def _kept(self, when: object) -> None:
        self.bar.say_kept(f"Draft kept, {when:%H:%M}")
        if self.notice.about == "unkept":
            self.notice.clear()

    def _unkept(self, sentence: str) -> None:
        """The worst that can happen here: the words stand in this window only."""
        self.bar.say_kept(UNKEPT)
        self.notice.say(
            "mistake",
            "Keep this window open.",
            f"{sentence} It is tried again every few seconds.",
            ("Copy all the words", self._copy_words),
            about="unkept",
        )

    def _copy_words(self) -> None:
        if self.editing is not None:
            QGuiApplication.clipboard().setText(self.editing.text())
            self.session.told.emit("Copied. Paste the words into another program to keep them.")

    def _trouble(self, sentence: str) -> None:
        self.bar.busy(False)
        self.notice.say("mistake", "Not saved.", sentence)

    def _offer(self, drafts: list[Draft]) -> None:
        """A draft of this page is left from before: it can be gone on with."""
        editing = self.editing
        if editing is None:
            return
        mine = [draft for draft in drafts if draft.page == editing.path]
        if not mine or editing.differs or self.notice.about == "unkept":
            return
        from knowledge.dates import in_words

        draft = mine[0]
        when = draft.saved.astimezone()
        self.notice.say(
            "draft",
            "A draft is kept from before.",
            f"It is of {in_words(when.date())}, {when:%H:%M}, and not in the library.",
            ("Go on with it", lambda: self._go_on(draft)),
            ("Throw it away", lambda: self._drop(draft)),
        )

    def _say_gone_on(self, editing: Editing) -> None:
        """Editing was stopped in this window before; the words are those of then."""
        if editing.opened != editing.base.digest:
            self._overtaken()
            return

        def throw_away() -> None:
            self.notice.clear()
            editing.throw_away()

        self.notice.say(
            "draft",
            "These are the words you kept.",
            "Readers still see the page as it is in the library.",
            ("Throw them away", throw_away),
        )

    def _go_on(self, draft: Draft) -> None:
        self.notice.clear()
        if self.editing is not None:
            try:
                self.editing.take_up(draft)
            except KnowledgeError as error:
                self._trouble(str(error))

    def _drop(self, draft: Draft) -> None:
        self.notice.clear()
        store = desk_of(self.session).store
        self.session.tasks.run(lambda: store.drafts.drop(draft), lane="drafts")

    def _overtaken(self) -> None:
        self.overtaken = True
        self.notice.say(
            "draft",
            "Somebody else changed this page.",
            "Your words are safe. When you save, both are shown and you choose.",
        )
