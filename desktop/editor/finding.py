"""Find and replace in the words of a page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.editor.words import WordsEdit
from desktop.widgets.basics import Button, FlowLayout, label


class Finder(QWidget):
    """Stands above the words while something is sought. Esc puts it away."""

    def __init__(self, words: WordsEdit) -> None:
        super().__init__()
        self.words = words
        self.setAccessibleName("Find and replace")
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find")
        self.field.setAccessibleName("Find")
        self.other = QLineEdit()
        self.other.setPlaceholderText("Replace with")
        self.other.setAccessibleName("Replace with")
        self.told = label("", "small")
        self.told.setAccessibleName("Found")
        row = FlowLayout(self, space=6)
        row.setContentsMargins(8, 4, 8, 4)
        for widget in (
            self.field,
            Button("Before", "chevron-up", "lined", lambda: self.step(back=True)),
            Button("Next", "chevron-down", "lined", self.step),
            self.other,
            Button("Replace", "", "lined", self.replace),
            Button("Replace all", "", "lined", self.replace_all),
            Button("Close find", "x", done=self.leave, icon_only=True),
            self.told,
        ):
            row.addWidget(widget)
        self.field.textEdited.connect(lambda _: self.step(stay=True))
        self.hide()

    def open(self) -> None:
        chosen = self.words.textCursor().selectedText()
        self.show()
        if chosen and "\u2029" not in chosen:
            self.field.setText(chosen)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def leave(self) -> None:
        self.hide()
        self.words.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.other.hasFocus():
                self.replace()
            else:
                self.step(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def step(self, back: bool = False, stay: bool = False) -> bool:
        """Choose the next place; round to the other end when there is none."""
        sought = self.field.text()
        if not sought:
            self.told.setText("")
            return False
        flags = QTextDocument.FindFlag(0)
        if back:
            flags |= QTextDocument.FindFlag.FindBackward
        cursor = self.words.textCursor()
        if stay:
            cursor.setPosition(cursor.selectionStart())
        document = self.words.document()
        found = document.find(sought, cursor, flags)
        if found.isNull():
            end = QTextCursor(document)
            if back:
                end.movePosition(QTextCursor.MoveOperation.End)
            found = document.find(sought, end, flags)
        self.told.setText("" if not found.isNull() else "Not on this page")
        if found.isNull():
            return False
        if self.words.fold.holds(found.blockNumber() + 1):
            self.words.fold.show_details(True)
        self.words.setTextCursor(found)
        self.words.centerCursor()
        return True

    def replace(self) -> None:
        cursor = self.words.textCursor()
        if (
            cursor.selectedText().casefold() == self.field.text().casefold()
            and cursor.hasSelection()
        ):
            cursor.insertText(self.other.text())
        self.step()

    def replace_all(self) -> None:
        """Every place, as one change that can be undone."""
        sought, other = self.field.text(), self.other.text()
        if not sought:
            return
        document = self.words.document()
        whole = QTextCursor(document)
        whole.beginEditBlock()
        count, hidden, at = 0, 0, 0
        while not (found := document.find(sought, at)).isNull():
            if found.selectionStart() < self.words.fold.start:
                hidden, at = hidden + 1, found.selectionEnd()
                continue
            at = found.selectionStart() + len(other)
            found.insertText(other)
            count += 1
        whole.endEditBlock()
        self.told.setText(_replaced(count, hidden))


def _replaced(count: int, hidden: int) -> str:
    """What was done, and what was left: the details at the top are not in sight."""
    done = f"{count} replaced" if count else "Nothing replaced"
    if not hidden:
        return done if count else "Not on this page"
    stand = "1 more stands" if hidden == 1 else f"{hidden} more stand"
    if not count:
        stand = "It stands once" if hidden == 1 else f"It stands {hidden} times"
    return f"{done}. {stand} in the details at the top: change it in the form, or show them as plain text."
