"""About this page: its details as a form. Each change is one small edit of the text, which stays in step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.ringing import hours_as_text
from desktop.standing import approval
from desktop.theme import theme
from desktop.widgets.basics import Button, Combo, Scroller, label
from knowledge.model import Kind, Page, Status, Strength

if TYPE_CHECKING:
    from knowledge.editing.change import Edit
    from knowledge.library import Library

STATUS = {
    Status.SAMPLE: "Sample",
    Status.DRAFT: "Draft",
    Status.IN_CHECK: "In check",
    Status.APPROVED: "Approved",
    Status.WITHDRAWN: "Withdrawn",
}
_GUIDES, _SERVICE, _CASE = (Kind.PATHWAY, Kind.THRESHOLD), (Kind.SERVICE,), (Kind.CASESTUDY,)
# What else the form asks: the detail, its words, the kinds of page that have it, one line or several.
MORE: tuple[tuple[str, str, tuple[Kind, ...], int], ...] = (
    ("version", "Version", (), 1),
    ("for", "When is it the right page?", _GUIDES, 3),
    ("not_for", "When not, and where to go then?", _GUIDES, 3),
    ("concerns", "What people type, one to a line", _GUIDES, 5),
    ("phone", "Telephone", _SERVICE, 1),
    ("email", "E-mail", _SERVICE, 1),
    ("web", "Web page", _SERVICE, 1),
    ("accepts", "Who can be referred?", _SERVICE, 3),
    ("how_to_refer", "How to refer", _SERVICE, 3),
    ("area", "Area", _SERVICE, 1),
    ("place", "Place", _CASE, 1),
    ("year", "Year", _CASE, 1),
    ("organisation", "Organisation", _CASE, 1),
)
LISTS = (
    ("topics", "Topics", "tags"),
    ("levels", "Levels", "layers"),
    ("ages", "Ages", "baby"),
    ("regions", "Regions", "map"),
)
# What the form calls each detail.
ASKED: dict[str, str] = dict(
    title="Title",
    summary="Summary",
    owner="Owner",
    review_by="Review by",
    **{row[0]: row[1] for row in MORE},
    **{row[0]: row[1] for row in LISTS},
)
HIGHEST = 260
LINE_BY_LINE = ("concerns",)
_CONTACT = frozenset("phone email web accepts how_to_refer area".split())
_NONE = QDate(2000, 1, 1)
Change = Callable[[Page], "Edit"]


class Details(Scroller):
    """Shows the details as they are read; tells what is to be changed."""

    changed = Signal(object)  # Change
    sources_asked = Signal()
    hours_asked = Signal(object)  # Hours | None: as they are now
    field_made = Signal(object)  # one more, for a kind of page not shown before

    def __init__(self, parent: QWidget) -> None:
        self.inside = QWidget()
        super().__init__(self.inside, parent)
        self.setAccessibleName("About this page")
        self.page: Page | None = None
        self.library: Library | None = None
        self._said: dict[str, QLabel] = {}
        self.form = QVBoxLayout(self.inside)
        self.form.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.form.addWidget(label("About this page", "heading"))
        self.title = self._text("Title", "title")
        self.summary = self._text("Summary", "summary")
        self.status = self._status()
        self.owner = self._owner()
        self.review = self._date("Review by", "review_by")
        self.approval = label("", "small")
        self.form.addWidget(self.approval)
        self.more: dict[str, _More] = {}  # made for the first page whose kind has them
        self.hours = Button("Opening hours", "clock", "lined", self._ask_hours)
        self.hours.setAccessibleDescription("Asks them day by day")
        self.hours_said = label("", "small")
        self.form.addWidget(self.hours_said)
        self.form.addWidget(self.hours)
        self.lists = {
            key: self._button(words, icon, partial(self._choose, key)) for key, words, icon in LISTS
        }
        self.sources = self._button("Sources", "list-ordered", self.sources_asked.emit)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        self.form.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        self.form.setSpacing(look.px(4))
        self.setMinimumWidth(look.px(190))

    # -- the fields ---------------------------------------------------------------------------

    def _more(self, key: str, words: str, tall: int) -> _More:
        """A detail that only some kinds of page have, at its place among the others."""
        order = [row[0] for row in MORE]
        later = (self.more[k] for k in order[order.index(key) :] if k in self.more)
        before = next((row.named for row in later), self.hours_said)
        place = self.form.indexOf(before)
        field = self._text(words, key, place) if tall > 1 else self._line(words, key, place)
        item = self.form.itemAt(place)
        named = item.widget() if item is not None else None
        assert named is not None
        sooner = (self.more[k].field for k in reversed(order[: order.index(key)]) if k in self.more)
        self.setTabOrder(next(sooner, self.review), field)
        self.field_made.emit(field)
        return _More(field, named)

    def _named(self, words: str, field: QWidget, place: int = -1) -> None:
        field.setAccessibleName(words)
        named = label(words, "small")
        named.setBuddy(field)
        self.form.insertWidget(place, named)
        self.form.insertWidget(place + 1 if place >= 0 else -1, field)

    def _line(self, words: str, key: str, place: int = -1) -> QLineEdit:
        field = QLineEdit()
        self._named(words, field, place)
        field.editingFinished.connect(lambda: self._text_changed(key, field.text()))
        return field

    def _text(self, words: str, key: str, place: int = -1) -> QTextEdit:
        field = Short(lambda: self._text_changed(key, field.toPlainText()))
        self._named(words, field, place)
        return field

    def _status(self) -> QComboBox:
        box = _combo()
        self._named("Status", box)
        box.activated.connect(lambda _: self._text_changed("status", box.currentData()))
        return box

    def _owner(self) -> QTextEdit:
        """Several lines if need be: the names of teams are long, and a cut one may be another's."""
        field = self._text("Owner: a role or a team", "owner")
        self.owners = Button("Choose an owner", "chevron-down", "lined", self._choose_owner)
        self.owners.setAccessibleDescription("The owners of the other pages")
        self.form.addWidget(self.owners)
        return field

    def _date(self, words: str, key: str) -> QDateEdit:
        field = QDateEdit()
        field.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        field.setDisplayFormat("d MMMM yyyy")
        field.setCalendarPopup(True)
        field.setKeyboardTracking(False)
        field.setMinimumDate(_NONE)
        field.setSpecialValueText("No date")
        self._named(words, field)
        field.dateChanged.connect(lambda day: self._date_changed(key, day))
        return field

    def _button(self, words: str, icon: str, done: Callable[[], object]) -> Button:
        button = Button(words, icon, "lined", done)
        named = label("", "small")
        button.setProperty("words", words)
        self.form.addWidget(named)
        self.form.addWidget(button)
        self._said[words.lower()] = named
        return button

    # -- showing ------------------------------------------------------------------------------

    def show_page(self, page: Page, library: Library) -> None:
        """Follow the words; a field in which somebody types is left alone."""
        self.page, self.library = page, library
        self.setEnabled(page.readable)
        short = (self.title, page.title), (self.summary, page.summary), (self.owner, page.owner)
        for field, words in short:
            if not field.hasFocus() and field.toPlainText() != words:
                field.setPlainText(words)
        self._show_status(page)
        self._show_more(page)
        self._show_hours(page)
        day = page.review_by
        self.review.blockSignals(True)
        self.review.setDate(QDate(day.year, day.month, day.day) if day else _NONE)
        self.review.blockSignals(False)
        said = {
            words.lower(): ", ".join(getattr(page, key)) or f"No {words.lower()}"
            for key, words, _ in LISTS
        }
        doubtful = sum(source.strength is Strength.UNCHECKED for source in page.sources)
        said["sources"] = f"{len(page.sources)} sources" + (
            f", {doubtful} to check locally" if doubtful else ""
        )
        for name, words in said.items():
            self._said[name].setText(words)

    def _show_more(self, page: Page) -> None:
        for key, words, kinds, tall in MORE:
            there = not kinds or page.kind in kinds
            if there and key not in self.more:
                self.more[key] = self._more(key, words, tall)
            if key in self.more:
                self.more[key].show(there, value_of(page, key))

    def _show_status(self, page: Page) -> None:
        """What an author may choose; approving and withdrawing have their own questions."""
        free = (Status.SAMPLE, Status.DRAFT, Status.IN_CHECK)
        offered = [s for s in Status if s in free or s is page.status]
        if [self.status.itemData(n) for n in range(self.status.count())] != offered:
            self.status.clear()
            for status in offered:
                self.status.addItem(STATUS[status], status.value)
        self.status.setCurrentIndex(self.status.findData(page.status.value))
        words = approval(page)
        if page.status is Status.IN_CHECK:
            words += ". Another role approves it: Menu, Edit, Approve this page"
        self.approval.setText(words)

    def _show_hours(self, page: Page) -> None:
        there = page.kind is Kind.SERVICE
        self.hours.setVisible(there)
        self.hours_said.setVisible(there)
        if there:
            given = page.contact.hours if page.contact is not None else None
            self.hours_said.setText(hours_as_text(given) or "Hours not given")

    # -- finding ------------------------------------------------------------------------------

    def has_line(self, line: int) -> bool:
        """Whether the detail on this line has a field here."""
        return self._field_at(line) is not None

    def go_to_line(self, line: int) -> None:
        """Put the keyboard into the field of the detail on this line."""
        field = self._field_at(line)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(
                0, self, lambda: self.reveal(field)
            )  # shown only now, it has no place yet

    def _field_at(self, line: int) -> QWidget | None:
        page = self.page
        held = [f for f in page.fields if f.line <= line] if page is not None else []
        key = held[-1].key if held else ""
        known: dict[str, QWidget] = {
            "title": self.title,
            "summary": self.summary,
            "status": self.status,
            "owner": self.owner,
            "review_by": self.review,
            "sources": self.sources,
            "hours": self.hours,
            **{name: row.field for name, row in self.more.items()},
            **self.lists,
        }
        found = known.get(key)
        return None if found is None or found.isHidden() else found

    # -- changing -----------------------------------------------------------------------------

    def _text_changed(self, key: str, words: str) -> None:
        page = self.page
        if page is None:
            return
        from knowledge.editing.fields import remove_field, set_list, set_text

        if key in LINE_BY_LINE:
            items = [" ".join(line.split()) for line in words.splitlines() if line.strip()]
            if items != list(getattr(page, key)):
                self.changed.emit(lambda now: set_list(now, key, items))
            return
        words = " ".join(words.split())
        if words == value_of(page, key):
            return
        if words or key == "phone":  # an empty number is shown as one to be added
            self.changed.emit(lambda now: set_text(now, key, words))
        elif page.field(key) is not None:
            self.changed.emit(lambda now: remove_field(now, key))

    def _date_changed(self, key: str, day: QDate) -> None:
        from knowledge.editing.fields import set_date

        wanted = None if day == _NONE else date(day.year(), day.month(), day.day())
        if self.page is None or wanted == getattr(self.page, key):
            return
        if wanted is None and self.page.field(key) is None:
            return
        self.changed.emit(lambda now: set_date(now, key, wanted))

    def _ask_hours(self) -> None:
        page = self.page
        if page is not None:
            now = page.contact.hours if page.contact is not None else None
            self.hours_asked.emit(now)

    def _choose_owner(self) -> None:
        page, library = self.page, self.library
        if page is None or library is None:
            return
        menu = QMenu(self)
        for owner in sorted({p.owner for p in library.pages.values() if p.owner}):
            action = menu.addAction(owner.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(owner == page.owner)
            action.triggered.connect(partial(self._text_changed, "owner", owner))
        menu.exec(self.owners.mapToGlobal(QPoint(0, self.owners.height())))

    def _choose(self, key: str) -> None:
        page, library = self.page, self.library
        if page is None or library is None:
            return
        menu = QMenu(self)
        used = sorted({v for p in library.pages.values() for v in getattr(p, key)})
        known = library.settings.topics if key == "topics" else ()
        chosen: tuple[str, ...] = getattr(page, key)
        for value in dict.fromkeys([*known, *used, *chosen]):
            action = menu.addAction(value)
            action.setCheckable(True)
            action.setChecked(value in chosen)
            action.triggered.connect(partial(self._put, key, value))
        button = self.lists[key]
        menu.exec(button.mapToGlobal(QPoint(0, button.height())))

    def _put(self, key: str, value: str, on: bool) -> None:
        from knowledge.editing.fields import set_list

        def change(now: Page) -> Edit:
            rest = [v for v in getattr(now, key) if v != value]
            return set_list(now, key, [*rest, value] if on else rest)

        self.changed.emit(change)


class _More:
    """A detail of some kinds of page: its name and its field."""

    def __init__(self, field: QLineEdit | QTextEdit, named: QWidget) -> None:
        self.field, self.named = field, named

    def show(self, there: bool, words: str) -> None:
        self.field.setVisible(there)
        self.named.setVisible(there)
        if self.field.hasFocus():
            return
        if isinstance(self.field, QLineEdit):
            self.field.setText(words)
            self.field.setCursorPosition(0)
        elif self.field.toPlainText() != words:
            self.field.setPlainText(words)


def value_of(page: Page, key: str) -> str:
    """A detail as the form shows it."""
    if key in _CONTACT:
        found = getattr(page.contact, key) if page.contact is not None else ""
    else:
        found = getattr(page, "for_" if key == "for" else key)
    return "\n".join(found) if isinstance(found, tuple) else str(found)


class Short(QTextEdit):
    """A few lines of plain words; told when they are left."""

    def __init__(self, done: Callable[[], None]) -> None:
        super().__init__()
        self.done = done
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        theme().changed.connect(self._grow)
        self._grow()

    def _grow(self, _: object = None) -> None:
        """As high as its words, so that none is out of sight; a long list scrolls."""
        look = theme()
        high = round(self.document().size().height()) + look.px(14)
        wanted = max(look.px(34), min(high, look.px(HIGHEST)))
        if self.height() != wanted or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.done()


def _combo() -> QComboBox:
    box = Combo()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box
