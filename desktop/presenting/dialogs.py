"""Three small windows of the trainer's: which screen the room sees, all stops, and a search the room does not see."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.icons import KIND_ICONS, icon
from desktop.presenting.keys import ACTS, OTHERS
from desktop.presenting.order import Order
from desktop.presenting.screens import screen_words, screens
from desktop.theme import theme
from desktop.widgets.basics import Button, label
from desktop.widgets.focus import FocusRing
from desktop.widgets.painted import Card

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.showing.show import Show
    from search.hits import Answer


class Panel(QDialog):
    """A title and a column, for the trainer alone."""

    def __init__(self, owner: QWidget, title: str, size: tuple[int, int]) -> None:
        super().__init__(owner)
        self.setWindowTitle(title)
        self.setModal(True)
        look = theme()
        screen = (owner.screen() or QGuiApplication.primaryScreen()).availableSize()
        wanted = QSize(look.px(size[0]), look.px(size[1]))
        self.resize(wanted.boundedTo(screen - QSize(24, 48)))
        self.body = QVBoxLayout(self)
        edge = look.px(16)
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(look.px(10))
        self.body.addWidget(label(title, "title"))
        self.ring = FocusRing(self)


class WhichScreen(Panel):
    """Asked once for each set of screens, before anything is shown on one of them."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, "Which screen does the room see?", (520, 360))
        self.screen_: QScreen | None = None
        self.body.addWidget(label("It is remembered for these screens. S swaps them at any time."))
        own = owner.screen()
        first: Card | None = None
        for number, screen in enumerate(screens(), 1):
            below = "This window is here now" if screen is own else "Your notes go to the other one"
            card = Card(screen_words(screen, number), below, "presentation")
            card.clicked.connect(lambda _=False, s=screen: self._chosen(s))
            self.body.addWidget(card)
            if screen is not own and first is None:
                first = card
        window = Card("A plain window", "To share one window in a call", "maximize")
        window.clicked.connect(lambda: self._chosen(None))
        self.body.addWidget(window)
        self.body.addStretch(1)
        self.body.addWidget(Button("Do not present now", "x", "lined", self.reject))
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _chosen(self, screen: QScreen | None) -> None:
        self.screen_ = screen
        self.accept()


class Overview(Panel):
    """All stops at once; the room sees only the arrival."""

    wanted = Signal(int)

    def __init__(self, owner: QWidget, show: Show, at: int, seen: frozenset[int]) -> None:
        super().__init__(owner, "All stops", (760, 560))
        self.list = Order(show)
        self.list.tell(at, seen)
        self.list.wanted.connect(self._go)
        self.body.addWidget(label("Enter goes there. The room sees only the arrival.", "small"))
        self.body.addWidget(self.list, 1)
        self.body.addWidget(Button("Close", "x", "lined", self.reject))
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _go(self, at: int) -> None:
        self.accept()
        self.wanted.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_O:
            self.reject()
        else:
            super().keyPressEvent(event)


class Keys(Panel):
    """Every key of a show."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, "Keys of presenting", (460, 620))
        rows = [*((act.shown, act.name) for act in ACTS), *OTHERS]
        cells = "".join(
            f"<tr><td width='40%'><b>{escape(keys)}</b></td><td>{escape(words)}</td></tr>"
            for keys, words in rows
        )
        self.text = QTextBrowser()
        self.text.setAccessibleName("Keys of presenting")
        self.text.setHtml(f"<table cellpadding='4' width='100%'>{cells}</table>")
        self.body.addWidget(self.text, 1)
        self.body.addWidget(Button("Close", "x", "lined", self.reject))


class Jump(Panel):
    """Ctrl+K: find a page or step; the room sees only the arrival."""

    wanted = Signal(str, str)

    def __init__(self, owner: QWidget, session: Session) -> None:
        super().__init__(owner, "Jump, unseen by the room", (640, 480))
        self.session = session
        self.field = QLineEdit()
        self.field.setAccessibleName("Search, unseen by the room")
        self.field.setPlaceholderText("What does the room want to see?")
        self.list = QListWidget()
        self.list.setAccessibleName("Answers")
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.said = label("", "small")
        for part in (self.field, self.said, self.list):
            self.body.addWidget(part, 1 if part is self.list else 0)
        self.body.addWidget(Button("Close", "x", "lined", self.reject))
        self.field.textEdited.connect(self._ask)
        self.field.installEventFilter(self)
        self.field.returnPressed.connect(self._go)
        self.list.itemActivated.connect(lambda _: self._go())
        self.list.itemClicked.connect(lambda _: self._go())
        self.field.setFocus()

    def _ask(self, words: str) -> None:
        if words.strip():
            self.session.search(words, self._answered, limit=20)
        else:
            self.list.clear()

    def _answered(self, answer: Answer) -> None:
        if not self.isVisible():
            return
        self.list.clear()
        self.said.setText("" if answer.hits else answer.message)
        for hit in answer.hits:
            words = f"{hit.title} > {hit.heading}" if hit.anchor and hit.heading else hit.title
            item = QListWidgetItem(icon(KIND_ICONS.get(hit.kind, "file-text")), words)
            item.setData(Qt.ItemDataRole.UserRole, (hit.page, hit.anchor))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _go(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            page, anchor = item.data(Qt.ItemDataRole.UserRole)
            self.accept()
            self.wanted.emit(page, anchor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            by = steps.get(Qt.Key(event.key()))
            if by is not None and event.type() is QEvent.Type.KeyPress and self.list.count():
                row = max(0, min(self.list.count() - 1, self.list.currentRow() + by))
                self.list.setCurrentRow(row)
                return True
        return super().eventFilter(watched, event)
