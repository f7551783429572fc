"""What a champion looks after: drafts, what to put right, what is due, what was missed, what others did and do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.editor.desk import desk_of
from desktop.places import list_place, page_place
from desktop.searches import KEEPING
from desktop.theme import theme
from desktop.views.columned import Columned
from desktop.widgets.basics import Button, FlowLayout, Line, clear_layout, label
from knowledge.dates import in_words
from knowledge.errors import KnowledgeError
from knowledge.model import Status
from knowledge.problems import Severity
from knowledge.register import AHEAD, IN_AHEAD, IN_SOON, OVERDUE, due, facts

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from desktop.places import Place
    from desktop.session import Changed, Session
    from knowledge.library import Library
    from knowledge.saving.carrying import Unfinished
    from knowledge.saving.drafts import Draft
    from knowledge.saving.presence import Editor
    from knowledge.saving.versions import Version
    from search.hits import Gap

TITLE = "Champion"
HINT = "Everything that waits for somebody who looks after this library."
MOST = 8
ACTS = {
    "saved": "",
    "renamed": "Given another name",
    "deleted": "Put in the bin",
    "restored": "Taken out of the bin",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What only the disk knows."""

    drafts: list[Draft]
    broken_off: list[Unfinished]
    changes: list[Version]
    others: list[Editor]
    gaps: list[Gap]
    facts: int
    overdue: int
    soon: int


class ChampionView(Columned):
    """Two columns of cards; what is read from the disk comes a moment later."""

    beside, above, apart = 760, 20, 10

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.found: Found | None = None
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        self.body.addWidget(label(TITLE, "display"))
        self.body.addWidget(label(HINT, "muted"))
        self.tools_box = QWidget()
        self.tools = FlowLayout(self.tools_box)
        self.body.addWidget(self.tools_box)
        for words, icon, name in (
            ("New page", "plus", "new_page"),
            ("Drafts", "file-pen-line", "drafts"),
            ("Bin", "trash-2", "bin"),
        ):
            self.tools.addWidget(Button(words, icon, "lined", self._doer(name)))
        self.body.addLayout(self.columns)
        self.columns.addLayout(self.left, 1)
        self.columns.addLayout(self.right, 1)
        self.body.addStretch(1)
        self.broken = self._card(self.left, "Broken off")
        self.drafts = self._card(self.left, "Drafts")
        self.changes = self._card(self.left, "Changed of late")
        self.to_do = self._card(self.right, "To do")
        self.others = self._card(self.right, "Being edited now")
        self.missed = self._card(self.right, "Searches that found nothing")
        for column in (self.left, self.right):
            column.addStretch(1)
        session.problems_found.connect(lambda _: self._fill_to_do())
        session.settings.changed.connect(lambda name: self._fill() if name == KEEPING else None)
        theme().changed.connect(self._fit)
        self._fill()
        self._fit()

    def _doer(self, name: str) -> Callable[[], object]:
        return lambda: self.window().do_id(name)  # type: ignore[attr-defined]

    def _card(self, column: QVBoxLayout, title: str) -> QVBoxLayout:
        """A heading and a card below it; both go when there is nothing to say."""
        box = QWidget()
        box.setAccessibleName(title)
        outside = QVBoxLayout(box)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(label(title, "heading"))
        card = QFrame()
        card.setProperty("role", "card")
        inside = QVBoxLayout(card)
        outside.addWidget(card)
        column.addWidget(box)
        return inside

    # -- showing ------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        self.place = place
        self._fill()
        self._look()

    def show_library(self, library: Library) -> None:
        self._fill()
        self._look()

    def library_changed(self, changed: Changed) -> None:
        self._look()
        self._fill_to_do()

    def focus_first(self) -> None:
        first = self.tools.itemAt(0)
        widget = first.widget() if first is not None else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        """Read what only the disk knows, off the screen's thread."""
        if self.session.library is None:
            return
        desk, engine = desk_of(self.session), self.session.engine
        store, drafts = desk.store, desk.left_drafts()
        library, today = self.session.library, self.session.now().date()

        def work() -> Found:
            whens = [d.when for d in due(library, today)]
            return Found(
                drafts(),
                store.carrying.unfinished(),
                store.history.newest(MOST),
                store.presence.everybody(),
                engine.gaps if engine is not None else [],
                len(facts(library)),
                whens.count(OVERDUE),
                whens.count(IN_SOON) + whens.count(IN_AHEAD),
            )

        self.session.tasks.run(work, self._looked, self._failed, key="champion", lane="drafts")

    def _looked(self, found: Found) -> None:
        self.found = found
        self._fill()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnowledgeError):
            raise error
        self.session.told.emit(str(error))

    # -- the cards ----------------------------------------------------------------------------

    def _fill(self) -> None:
        for card in (self.broken, self.drafts, self.changes, self.others, self.missed):
            clear_layout(card)
        self._fill_to_do()
        found = self.found
        self._box(self.broken).setVisible(found is not None and bool(found.broken_off))
        if found is None:
            for card in (self.drafts, self.changes, self.others, self.missed):
                card.addWidget(label("Looking.", "muted"))
            return
        for left in found.broken_off:
            self._broken_row(left)
        self._fill_drafts(found)
        self._fill_changes(found)
        self._fill_others(found)
        self._fill_missed(found)

    @staticmethod
    def _box(card: QVBoxLayout) -> QWidget:
        frame = card.parentWidget()
        outside = frame.parentWidget() if frame is not None else None
        assert outside is not None
        return outside

    def _row(
        self,
        card: QVBoxLayout,
        words: str,
        below: str,
        *buttons: tuple[str, str, Callable[[], object]],
    ) -> None:
        """Words, what is to be known below them, and what can be done."""
        if card.count():
            card.addWidget(Line())
        card.addWidget(label(words, "strong"))
        if below:
            card.addWidget(label(below, "small"))
        if buttons:
            box = QWidget()
            flow = FlowLayout(box, space=6)
            for text, icon, done in buttons:
                button = Button(text, icon, "lined", done)
                button.setAccessibleDescription(words)
                flow.addWidget(button)
            card.addWidget(box)

    def _link(self, card: QVBoxLayout, words: str, below: str, icon: str, place: Place) -> None:
        if card.count():
            card.addWidget(Line())
        button = Button(words, icon, "link", lambda: self.session.go(place))
        button.setAccessibleDescription(below)
        card.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if below:
            card.addWidget(label(below, "small"))

    def _broken_row(self, left: Unfinished) -> None:
        self._row(
            self.broken,
            left.step.says,
            f"It was cut off before all {len(left.step.parts)} files were saved.",
            ("Finish it", "check", lambda: self._finish(left)),
            ("Leave it as it is", "x", lambda: self._forget(left)),
        )

    def _finish(self, left: Unfinished) -> None:
        carrying = desk_of(self.session).store.carrying

        def done(_: object) -> None:
            self.session.look_again()
            self.session.told.emit(f"{left.step.says}. Every link follows.")
            self._look()

        self.session.tasks.run(lambda: carrying.finish(left), done, self._failed, lane="saving")

    def _forget(self, left: Unfinished) -> None:
        carrying = desk_of(self.session).store.carrying
        self.session.tasks.run(lambda: carrying.forget(left), lambda _: self._look(), lane="saving")

    def _fill_drafts(self, found: Found) -> None:
        opened = [e for e in desk_of(self.session).pages.values() if e.differs]
        for editing in opened:
            self._row(
                self.drafts,
                editing.base.title,
                "Open in this window now",
                ("Go on with it", "pencil", self._opener(editing.path)),
            )
        for draft in found.drafts:
            page = self.session.page(draft.page)
            said = _moment(draft.saved)
            if page is None:
                said += ". This page is not in the library"
            elif draft.base != page.digest:
                said += ". The page has changed since; both are shown when you save"
            self._row(
                self.drafts,
                page.title if page is not None else draft.page,
                said,
                ("Go on with it", "pencil", self._taker(draft)),
                ("Throw it away", "trash-2", self._dropper(draft)),
            )
        if not opened and not found.drafts:
            self.drafts.addWidget(label("None. Everything you wrote is in the library.", "muted"))

    def _opener(self, path: str) -> Callable[[], object]:
        return lambda: self.session.go_to(f"edit:{path}")

    def _taker(self, draft: Draft) -> Callable[[], object]:
        def take() -> None:
            try:
                desk_of(self.session).go_on(draft)
            except KnowledgeError as error:
                self.session.told.emit(str(error))
                return
            self.session.go_to(f"edit:{draft.page}")

        return take

    def _dropper(self, draft: Draft) -> Callable[[], object]:
        store = desk_of(self.session).store
        return lambda: self.session.tasks.run(
            lambda: store.drafts.drop(draft), lambda _: self._look(), lane="drafts"
        )

    def _fill_changes(self, found: Found) -> None:
        for version in found.changes:
            page = self.session.page(version.page)
            title = page.title if page is not None else version.page
            parts = [_moment(version.saved), version.change.who or "No role given"]
            parts += [
                words for words in (ACTS.get(version.act.value, ""), version.change.why) if words
            ]
            below = " · ".join(parts)
            if page is not None:
                self._link(self.changes, title, below, "history", page_place(version.page))
            else:
                self._row(self.changes, title, below)
        if not found.changes:
            self.changes.addWidget(label("Nothing was changed with this program yet.", "muted"))

    def _fill_to_do(self) -> None:
        clear_layout(self.to_do)
        library, checked, found = self.session.library, self.session.checked, self.found
        if library is None:
            return
        if checked is not None:
            wrong, doubts = checked.count(Severity.ERROR), checked.count(Severity.WARNING)
            words = f"{wrong} to put right, {doubts} to check"
            self._link(self.to_do, "Problems", words, "circle-alert", list_place("problems"))
        words = f"{found.overdue} overdue, {found.soon} in the next {AHEAD} days" if found else ""
        self._link(self.to_do, "Due for review", words, "calendar-clock", list_place("due"))
        words = f"{found.facts} rest on a source nobody has checked" if found else ""
        self._link(self.to_do, "Facts to be checked", words, "map-pin", list_place("facts"))
        waiting = [p for p in library.pages.values() if p.status is Status.IN_CHECK]
        for page in sorted(waiting, key=lambda p: p.title.casefold())[:MOST]:
            below = "In check: waits for another role to approve it"
            self._link(self.to_do, page.title, below, "badge-check", page_place(page.path))

    def _fill_others(self, found: Found) -> None:
        for editor in found.others:
            page = self.session.page(editor.page)
            title = page.title if page is not None else editor.page
            since = f" since {editor.since.astimezone():%H:%M}" if editor.since else ""
            below = (
                f"{editor.who}{since}. You can edit it too; both are asked before anything is lost."
            )
            self._link(self.others, title, below, "users", page_place(editor.page))
        if not found.others:
            self.others.addWidget(label("Nobody else is editing just now.", "muted"))

    def _fill_missed(self, found: Found) -> None:
        for gap in found.gaps[:MOST]:
            many = "once" if gap.times == 1 else f"{gap.times} times"
            self._row(self.missed, gap.query, f"Asked {many}, last on {_day(gap.last)}")
        more = len(found.gaps) - MOST
        if more > 0:
            self.missed.addWidget(label(f"And {more} more.", "small"))
        if not found.gaps:
            self.missed.addWidget(label("None are kept.", "muted"))
        on = self.session.settings.get(KEEPING)
        words = (
            "Kept on this computer for 30 days, without names. Settings turn it off."
            if on
            else "Only those that somebody here sent to the champion are kept. Settings can keep "
            "all of this computer's for 30 days."
        )
        self.missed.addWidget(label(words, "small"))
        if found.gaps:
            clear = Button("Clear them", "trash-2", "lined", self._clear_gaps)
            self.missed.addWidget(clear, 0, Qt.AlignmentFlag.AlignLeft)

    def _clear_gaps(self) -> None:
        engine = self.session.engine
        if engine is not None:
            self.session.tasks.run(engine.clear_gaps, lambda _: self._look(), lane="search")

    # -- fitting ------------------------------------------------------------------------------

    def _fit(self) -> None:
        super()._fit()
        for column in (self.left, self.right):
            column.setSpacing(theme().px(16))


def _moment(when: datetime) -> str:
    here = when.astimezone()
    return f"{in_words(here.date())}, {here:%H:%M}"


def _day(iso: str) -> str:
    from knowledge.dates import read_iso

    day = read_iso(iso)
    return in_words(day) if day is not None else iso
