"""What opens beside a text: a glossary term's meaning, lists of headings and links, the question before leaving."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QDesktopServices,
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.theme import theme
from desktop.widgets.basics import Button, label
from desktop.widgets.focus import FocusRing
from knowledge.render import Lead, read_target

if TYPE_CHECKING:
    from knowledge.glossary import Term


class TermPanel(QFrame):
    """What a term of the glossary means, beside its word. Esc, or a click elsewhere, puts it away."""

    def __init__(self, parent: QWidget, term: Term, more: Callable[[], None]) -> None:
        super().__init__(parent.window())
        self.over = parent.window()
        self.before = parent.focusWidget()
        look = theme()
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        body = self.body = QVBoxLayout(self)
        edge = look.px(14)
        body.setContentsMargins(edge, edge, edge, look.px(8))
        body.setSpacing(look.px(4))
        body.addWidget(label(term.term, "heading"))
        if term.expansion and term.expansion.casefold() != term.term.casefold():
            body.addWidget(label(term.expansion, "strong"))
        body.addWidget(label(term.meaning or "The glossary gives no meaning yet."))
        self.more = Button("Open the glossary", "book-open", "link", lambda: self._more(more))
        body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        words = ". ".join(part for part in (term.term, term.expansion, term.meaning) if part)
        self.setAccessibleName(words)
        self.setFixedWidth(look.px(360))

    def _more(self, more: Callable[[], None]) -> None:
        self.close()
        more()

    def open_at(self, spot: QRect) -> None:
        """Below the word, or above it where there is no room."""
        room = self.over.rect()
        self.setFixedWidth(min(self.width(), max(240, room.width() - 32)))
        self.setFixedHeight(self.body.totalHeightForWidth(self.width()))
        near = self.over.mapFromGlobal(spot.topLeft())
        x = max(8, min(near.x(), room.right() - self.width() - 8))
        y = near.y() + spot.height() + 6
        if y + self.height() > room.bottom():
            y = max(0, near.y() - self.height() - 6)
        self.move(QPoint(x, y))
        self.show()
        self.raise_()
        self.more.setFocus()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and not self.isAncestorOf(now):
            self.close()

    def leave(self) -> None:
        """Close, and give the keyboard back to the word."""
        if self.before is not None:
            self.before.setFocus()
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


class Aside(QDialog):
    """A small dialog over a page: its title, a column, the ring of the keyboard. It ends when closed."""

    def __init__(self, parent: QWidget, title: str, edge: int = 20, space: int = 8) -> None:
        super().__init__(parent)
        look, self.over = theme(), parent.window()
        self.ring = FocusRing(self)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*[look.px(edge)] * 4)
        self.body.setSpacing(look.px(space))

    def at_least(self, width: int) -> None:
        """So wide, where its window is not narrower."""
        self.setMinimumWidth(min(theme().px(width), self.over.width() - 40))


class Choice(Aside):
    """A list to choose one of, such as the headings of a page. Typing goes to the entry that begins so."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        entries: list[tuple[str, int]],
        chosen: Callable[[int], None],
    ) -> None:
        super().__init__(parent, title, edge=16, space=6)
        look, body = theme(), self.body
        self._chosen = chosen
        body.addWidget(label(title, "heading"))
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName(title)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for words, indent in entries:
            self.list.addItem(QListWidgetItem("    " * indent + words))
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        body.addWidget(self.list, 1)
        window = parent.window()
        self.resize(min(look.px(520), window.width() - 40), min(look.px(420), window.height() - 40))
        if entries:
            self.list.setCurrentRow(0)
        else:
            self.list.hide()
            body.addWidget(label("There are none on this page.", "muted"))
            body.addWidget(Button("Close", look="lined", done=self.close))

    def _take(self, item: QListWidgetItem) -> None:
        row = self.list.row(item)
        self.close()
        self._chosen(row)


class Outside(Aside):
    """Says where a link really leads before anything is opened."""

    def __init__(self, parent: QWidget, address: str) -> None:
        target = read_target(address)
        first, words, verb = {
            Lead.EMAIL: ("This opens your e-mail program", "It writes to", "Open e-mail"),
            Lead.PHONE: ("This opens your telephone program", "It rings", "Ring"),
        }.get(target.lead, ("This leads outside Fingerpost", "It leads to", "Open in the browser"))
        super().__init__(parent, first)
        self.address, body = address, self.body
        self.setAccessibleDescription(f"{words} {target.where}")
        body.addWidget(label(first, "heading"))
        body.addWidget(label(f"{words} {target.where}", "strong"))
        whole = label(address, "small")
        whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        body.addWidget(whole)
        row = QHBoxLayout()
        self.stay = Button("Stay here", look="lined", done=self.close)
        self.copy = Button("Copy the address", "copy", "lined", self._copy)
        self.go = Button(verb, "external-link", "filled", self._open)
        for button in (self.stay, self.copy, self.go):
            row.addWidget(button)
        body.addLayout(row)
        self.setMaximumWidth(max(320, parent.window().width() - 40))
        self.stay.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.address)
        self.close()

    def _open(self) -> None:
        self.close()
        if read_target(self.address).outside:
            QDesktopServices.openUrl(QUrl(self.address))


class AskName(Aside):
    """Asks for a name, and says at once why one will not do."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        name: str,
        trouble: Callable[[str], str],
        done: Callable[[str], None],
    ) -> None:
        super().__init__(parent, title)
        self._trouble, self._done = trouble, done
        body = self.body
        body.addWidget(label(title, "heading"))
        self.field = QLineEdit(name)
        self.field.setAccessibleName(title)
        self.field.selectAll()
        self.said = label("", "urgent")
        body.addWidget(self.field)
        body.addWidget(self.said)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(Button("Cancel", look="lined", done=self.close))
        self.keep_button = Button("Keep", "check", "filled", self._keep)
        self.keep_button.setDefault(True)
        row.addWidget(self.keep_button)
        body.addLayout(row)
        self.said.hide()
        self.field.textChanged.connect(lambda _: self.said.hide())
        self.at_least(380)

    def _keep(self) -> None:
        trouble = self._trouble(self.field.text())
        if trouble:
            self.said.setText(trouble)
            self.said.show()
            self.field.setFocus()
            return
        self.close()
        self._done(self.field.text().strip())


class Sure(Aside):
    """Asks once before something goes that cannot be brought back."""

    def __init__(self, parent: QWidget, words: str, verb: str, done: Callable[[], None]) -> None:
        super().__init__(parent, verb, space=12)
        self._done, body = done, self.body
        body.addWidget(label(words))
        row = QHBoxLayout()
        row.addStretch(1)
        self.leave = Button("Leave it", look="lined", done=self.close)
        self.do = Button(verb, "trash-2", "lined", self._do)
        row.addWidget(self.leave)
        row.addWidget(self.do)
        body.addLayout(row)
        self.at_least(380)
        self.leave.setFocus()

    def _do(self) -> None:
        self.close()
        self._done()
