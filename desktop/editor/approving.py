"""Approving a page in check, and withdrawing one. Both are declared by a role; nobody's name is asked or proved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QDateEdit, QLineEdit

from desktop.dialogs.base import Dialog
from desktop.editor.desk import desk_of
from desktop.editor.roles import offer_roles
from desktop.widgets.basics import Button, Combo, label
from knowledge.dates import in_words
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from desktop.window import MainWindow
    from knowledge.problems import Problem
    from knowledge.saving.store import Conflict, Saved
    from knowledge.saving.versions import Change, Version

DECLARED = (
    "Write a role or a team, not a name. It is declared, not proved: the program does not know who "
    "you are. Who may change the library is decided by who may write in its folder."
)
MOST = 6


class _Standing(Dialog):
    """What both have in common: the page, the role, a sentence when it cannot be done, one safe save."""

    def __init__(self, window: MainWindow, title: str, height: int) -> None:
        super().__init__(window, title, 620, height)
        self.page = self.session.page(window.tab.place.page)
        self.body.addWidget(label(self.page.title if self.page else "", "lead"))
        self.told = label("", "urgent")
        self.told.hide()

    def _role(self) -> QLineEdit:
        field = self.ask_line("Your role or team", "For example: clinical lead, health visiting")
        field.setText(self.session.settings.get("role"))
        offer_roles(field, self.session)
        self.body.addWidget(label(DECLARED, "small"))
        return field

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.setAccessibleName(words)
        self.told.setVisible(bool(words))

    def _save(self, make: Callable[[], bytes], change: Change, said: str) -> None:
        page = self.page
        if page is None:
            return
        try:
            data = make()
        except KnowledgeError as error:
            self._tell(str(error))
            return
        store = desk_of(self.session).store
        self.session.settings.set("role", change.who)

        def saved(done: Saved | Conflict) -> None:
            from knowledge.library import with_page
            from knowledge.saving.store import Saved

            library = self.session.library
            if not isinstance(done, Saved) or library is None:
                self._tell("Somebody changed this page just now. Read it again first.")
                return
            self.accept()
            self.session.take(with_page(library, page.path, data))
            self.session.told.emit(f"{said} {done.notice}".strip())

        self.session.tasks.run(
            lambda: store.put(page.path, data, page.digest, change),
            saved,
            lambda error: self._tell(str(error)),
            lane="saving",
        )

    def _open_words(self) -> str:
        """Why the page cannot change its standing while somebody's words are not in the library."""
        path = self.page.path if self.page is not None else ""
        editing = desk_of(self.session).pages.get(path)
        if editing is not None and editing.differs:
            return "Words of this page are not saved yet. Save them, or throw them away, first."
        return ""


class Approve(_Standing):
    """Sets status, role, day and review date in one save; refuses with one sentence."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "Approve this page", 620)
        self.versions: list[Version] | None = None
        self.problems: tuple[Problem, ...] = ()
        self.drafted = False
        self.since = label("Looking for what has changed since it was last approved.", "")
        self.body.addWidget(self.since)
        self.who = self._role()
        self.review = QDateEdit()
        self.review.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.review.setDisplayFormat("d MMMM yyyy")
        self.review.setCalendarPopup(True)
        self.review.setAccessibleName("Review by")
        self.body.addWidget(label("Review by", "strong"))
        self.body.addWidget(self.review)
        self.proposed = label("", "small")
        self.body.addWidget(self.proposed)
        self.version = self.ask_line("Version")
        self.above_feet(self.told)
        self.body.addStretch(1)
        self.approve = Button("Approve", "badge-check", "filled", self._approve)
        self.approve.setEnabled(False)
        self.foot(Button("Cancel", "x", "lined", self.reject), self.approve)
        self.who.textChanged.connect(lambda _: self._judge())
        self.who.returnPressed.connect(self._approve)
        self._propose()
        self._look()
        self.who.setFocus()

    def _propose(self) -> None:
        from knowledge.editing.approve import in_months, next_version

        library, page = self.session.library, self.page
        if library is None or page is None:
            return
        months = library.settings.months_for(page.kind.value)
        day = in_months(self.session.now().date(), months)
        self.review.setDate(QDate(day.year, day.month, day.day))
        usual = "1 month" if months == 1 else f"{months} months"
        self.proposed.setText(
            f"The usual time for such a page is {usual}; choose another if needed."
        )
        self.version.setText(next_version(page.version))

    def _look(self) -> None:
        page, library = self.page, self.session.library
        if page is None or library is None:
            return
        store, today = desk_of(self.session).store, self.session.now().date()

        def work() -> tuple[list[Version], tuple[Problem, ...], bool]:
            from knowledge.editing.approve import authors_of
            from knowledge.validate import check_page

            drafted = any(draft.page == page.path for draft in store.left_drafts())
            return (
                authors_of(store.versions(page.path)),
                check_page(page, library, today),
                drafted,
            )

        self.session.tasks.run(work, self._found, lambda e: self._tell(str(e)), lane="drafts")

    def _found(self, found: tuple[list[Version], tuple[Problem, ...], bool]) -> None:
        self.versions, self.problems, self.drafted = found
        lines = []
        for version in self.versions[:MOST]:
            who = version.change.who or "No role given"
            day = in_words(version.saved.astimezone().date())
            lines.append(f"{day}: {who}. {version.change.why or 'No reason given'}.")
        more = len(self.versions) - MOST
        if more > 0:
            lines.append(f"And {more} more, in Earlier versions.")
        none = "No change of it is recorded here, so nobody can say who wrote it."
        head = "Changed since it was last approved:"
        self.since.setText("\n".join([head, *lines]) if lines else none)
        self._judge()

    def _judge(self) -> None:
        """Say at once why it cannot be approved; the button follows."""
        why = self._why_not()
        self._tell(why if self.who.text().strip() or "role" not in why else "")
        self.approve.setEnabled(not why and self.versions is not None)

    def _why_not(self) -> str:
        from knowledge.editing.approve import why_not

        page = self.page
        if page is None or self.versions is None:
            return ""
        authors = [version.change.who for version in self.versions]
        why = why_not(page, self.who.text(), authors, self.problems)
        if not why and self.drafted:
            why = "A draft of this page is kept. Save it to the library, or throw it away, first."
        return why or self._open_words()

    def _approve(self) -> None:
        from knowledge.editing.approve import approved
        from knowledge.saving.versions import Change

        page = self.page
        if page is None or not self.approve.isEnabled():
            return
        role, version = self.who.text().strip(), self.version.text()
        picked = self.review.date()
        day = date(picked.year(), picked.month(), picked.day())
        today = self.session.now().date()
        change = Change(role, f"Approved, to be reviewed by {in_words(day)}")
        self._save(
            lambda: approved(page, role, today, day, version),
            change,
            f"Approved by {role} on {in_words(today)}. Readers see it now.",
        )


class Withdraw(_Standing):
    """Takes a page out of use at once; its place says what holds instead."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "Withdraw this page", 520)
        self.body.addWidget(
            label(
                "Readers who open it are told at once not to use it, and where to go instead. "
                "The page stays, with its earlier versions."
            )
        )
        self.instead = Combo()
        self.instead.setAccessibleName("What replaces it")
        self.instead.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.instead.addItem("Nothing replaces it", "")
        library = self.session.library
        own = self.page.path if self.page is not None else ""
        pages = sorted(library.pages.values(), key=lambda p: p.title.casefold()) if library else []
        for page in pages:
            if page.path != own and page.status.value != "withdrawn":
                self.instead.addItem(page.title, page.id)
        self.instead.setEditable(True)
        self.instead.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.instead.completer() or QCompleter()
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.body.addWidget(label("What replaces it? Type a part of its title", "strong"))
        self.body.addWidget(self.instead)
        self.why = self.ask_line("Why, in one line", "For example: the service has closed")
        self.who = self._role()
        self.above_feet(self.told)
        self.body.addStretch(1)
        self.foot(
            Button("Cancel", "x", "lined", self.reject),
            Button("Withdraw it", "archive-x", "filled", self._withdraw),
        )
        self.instead.setFocus()

    def _withdraw(self) -> None:
        from knowledge.editing.approve import withdrawn
        from knowledge.saving.versions import Change

        page, why = self.page, self.why.text().strip()
        typed = self.instead.currentText().strip()
        row = self.instead.findText(typed, Qt.MatchFlag.MatchFixedString)
        if page is None:
            return
        if typed and row < 0:
            self._tell("Choose a page of the list, or 'Nothing replaces it'.")
            return
        if not why:
            self._tell("Say in a few words why it is withdrawn.")
            self.why.setFocus()
            return
        if self._open_words():
            self._tell(self._open_words())
            return
        name = self.instead.itemData(row) if typed else ""
        change = Change(self.who.text().strip(), f"Withdrawn: {why}", True)
        self._save(lambda: withdrawn(page, name), change, "Withdrawn. Readers are told at once.")
