"""About this page: its details as a form. Each change is one small edit of the text, which stays in step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import theme
from desktop.widgets.basics import Button, Scroller, label
from knowledge.model import Page, Status, Strength

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
_NONE = QDate(2000, 1, 1)
Change = Callable[[Page], "Edit"]


class Details(Scroller):
    """Shows the details as they are read; tells what is to be changed."""

    changed = Signal(object)  # Change
    sources_asked = Signal()

    def __init__(self) -> None:
        self.inside = QWidget()
        super().__init__(self.inside)
        self.setAccessibleName("About this page")
        self.page: Page | None = None
        self.library: Library | None = None
        self.form = QVBoxLayout(self.inside)
        self.form.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.form.addWidget(label("About this page", "heading"))
        self.title = self._text("Title", "title")
        self.summary = self._text("Summary", "summary")
        self.status = self._status()
        self.owner = self._owner()
        self.review = self._date("Review by", "review_by")
        self.approved = self._date("Approved on", "approved_on")
        self.approver = self._line("Approved by", "approved_by")
        self.topics = self._topics()
        self.sources = self._button("Sources", "list-ordered", self.sources_asked.emit)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        self.form.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        self.form.setSpacing(look.px(4))
        self.setMinimumWidth(look.px(190))
        self.title.setFixedHeight(look.px(64))
        self.summary.setFixedHeight(look.px(108))

    # -- the fields ---------------------------------------------------------------------------

    def _named(self, words: str, field: QWidget) -> None:
        field.setAccessibleName(words)
        named = label(words, "small")
        named.setBuddy(field)
        self.form.addWidget(named)
        self.form.addWidget(field)

    def _line(self, words: str, key: str) -> QLineEdit:
        field = QLineEdit()
        self._named(words, field)
        field.editingFinished.connect(lambda: self._text_changed(key, field.text()))
        return field

    def _text(self, words: str, key: str) -> QTextEdit:
        field = _Short(lambda: self._text_changed(key, field.toPlainText()))
        self._named(words, field)
        return field

    def _status(self) -> QComboBox:
        box = _combo()
        for status, words in STATUS.items():
            box.addItem(words, status.value)
        self._named("Status", box)
        box.activated.connect(lambda _: self._text_changed("status", box.currentData()))
        return box

    def _owner(self) -> QComboBox:
        box = _combo()
        box.setEditable(True)
        self._named("Owner: a role or a team", box)
        box.activated.connect(lambda _: self._text_changed("owner", box.currentText()))
        field = box.lineEdit()
        assert field is not None
        field.editingFinished.connect(lambda: self._text_changed("owner", box.currentText()))
        return box

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

    def _topics(self) -> Button:
        return self._button("Topics", "tags", self._choose_topics)

    def _button(self, words: str, icon: str, done: Callable[[], object]) -> Button:
        button = Button(words, icon, "lined", done)
        named = label("", "small")
        button.setProperty("words", words)
        self.form.addWidget(named)
        self.form.addWidget(button)
        setattr(self, f"_said_{words.lower()}", named)
        return button

    # -- showing ------------------------------------------------------------------------------

    def show_page(self, page: Page, library: Library) -> None:
        """Follow the words; a field in which somebody types is left alone."""
        self.page, self.library = page, library
        self.setEnabled(page.readable)
        for field, words in ((self.title, page.title), (self.summary, page.summary)):
            if not field.hasFocus() and field.toPlainText() != words:
                field.setPlainText(words)
        if not self.approver.hasFocus():
            self.approver.setText(page.approved_by)
        self.status.setCurrentIndex(self.status.findData(page.status.value))
        if not self.owner.hasFocus():
            self._show_owner(page, library)
        for box, day in ((self.review, page.review_by), (self.approved, page.approved_on)):
            box.blockSignals(True)
            box.setDate(QDate(day.year, day.month, day.day) if day else _NONE)
            box.blockSignals(False)
        said: dict[str, str] = {"topics": ", ".join(page.topics) or "No topics"}
        doubtful = sum(source.strength is Strength.UNCHECKED for source in page.sources)
        said["sources"] = f"{len(page.sources)} sources" + (
            f", {doubtful} to check locally" if doubtful else ""
        )
        for name, words in said.items():
            getattr(self, f"_said_{name}").setText(words)

    def _show_owner(self, page: Page, library: Library) -> None:
        owners = sorted({p.owner for p in library.pages.values() if p.owner})
        known = [self.owner.itemText(n) for n in range(self.owner.count())]
        if owners != known:
            self.owner.clear()
            self.owner.addItems(owners)
        self.owner.setEditText(page.owner)
        field = self.owner.lineEdit()
        if field is not None:
            field.setCursorPosition(0)

    # -- changing -----------------------------------------------------------------------------

    def _text_changed(self, key: str, words: str) -> None:
        page = self.page
        words = " ".join(words.split())
        if page is None or words == getattr(page, key):
            return
        from knowledge.editing.fields import remove_field, set_text

        if words:
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

    def _choose_topics(self) -> None:
        page, library = self.page, self.library
        if page is None or library is None:
            return
        menu = QMenu(self)
        known = library.settings.topics or tuple(
            sorted({t for p in library.pages.values() for t in p.topics})
        )
        for topic in dict.fromkeys([*known, *page.topics]):
            action = menu.addAction(topic)
            action.setCheckable(True)
            action.setChecked(topic in page.topics)
            action.triggered.connect(partial(self._topic, topic))
        menu.exec(self.topics.mapToGlobal(QPoint(0, self.topics.height())))

    def _topic(self, topic: str, on: bool) -> None:
        from knowledge.editing.fields import set_list

        def change(now: Page) -> Edit:
            rest = [t for t in now.topics if t != topic]
            return set_list(now, "topics", [*rest, topic] if on else rest)

        self.changed.emit(change)


class _Short(QTextEdit):
    """A few lines of plain words; told when they are left."""

    def __init__(self, done: Callable[[], None]) -> None:
        super().__init__()
        self.done = done
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.done()


def _combo() -> QComboBox:
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box
