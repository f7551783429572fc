"""Find in page: every place marked, which of how many, forward and back."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextEdit, QWidget

from desktop.theme import theme
from desktop.widgets.basics import Button, label
from desktop.widgets.reader import Reader

MOST = 500


class FindBar(QWidget):
    """Stands above the text while something is sought in it. Esc puts it away."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        self.found: list[QTextCursor] = []
        self.at = -1
        self.setAccessibleName("Find on this page")
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find on this page")
        self.field.setAccessibleName("Find on this page")
        self.field.setClearButtonEnabled(True)
        self.count = label("", "small", wrap=False)
        self.before = Button(
            "The one before", "chevron-up", done=self.find_previous, icon_only=True
        )
        self.next = Button("The next one", "chevron-down", done=self.find_next, icon_only=True)
        self.close_button = Button("Close find", "x", done=self.leave, icon_only=True)
        self.row = QHBoxLayout(self)
        self.row.addWidget(self.field, 1000)
        for widget in (self.count, self.before, self.next, self.close_button):
            self.row.addWidget(widget)
        self.row.addStretch(1)
        self.field.textChanged.connect(self._seek)
        reader.shown.connect(self._again)
        theme().changed.connect(self._fit)
        self._fit()
        self.hide()

    def _fit(self) -> None:
        look = theme()
        self.row.setContentsMargins(look.px(20), look.px(4), look.px(12), look.px(4))
        self.row.setSpacing(look.px(6))
        self.field.setMaximumWidth(look.px(420))

    def open(self) -> None:
        """Show the bar, with the words chosen in the text if there are any."""
        chosen = self.reader.textCursor().selectedText()
        self.show()
        if chosen and "\u2029" not in chosen and len(chosen) < 80:
            self.field.setText(chosen)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._again()

    def leave(self) -> None:
        """Put the bar and its marks away; the reader stays where the last find was."""
        self.hide()
        self.found, self.at = [], -1
        self.reader.setExtraSelections([])
        self.reader.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.find_previous if back else self.find_next)()
        else:
            super().keyPressEvent(event)

    def _again(self) -> None:
        if self.isVisible():
            self._seek(self.field.text())

    def _seek(self, words: str) -> None:
        """Find every place at once; the first one at or below the line in view is the one gone to."""
        self.found, self.at = [], -1
        if words.strip():
            pattern = QRegularExpression(
                QRegularExpression.escape(words),
                QRegularExpression.PatternOption.CaseInsensitiveOption
                | QRegularExpression.PatternOption.UseUnicodePropertiesOption,
            )
            document = self.reader.document()
            cursor = document.find(pattern, 0)
            while not cursor.isNull() and len(self.found) < MOST:
                self.found.append(cursor)
                cursor = document.find(pattern, cursor)
        if self.found:
            here = self.reader.cursorForPosition(self.reader.viewport().rect().topLeft()).position()
            later = [n for n, c in enumerate(self.found) if c.selectionEnd() >= here]
            self.at = later[0] if later else 0
        self._show()

    def find_next(self) -> None:
        self._step(1)

    def find_previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        if not self.isVisible():
            self.open()
            return
        if self.found:
            self.at = (self.at + by) % len(self.found)
            self._show()

    def _show(self) -> None:
        words = self.field.text().strip()
        many = f"{MOST}+" if len(self.found) >= MOST else str(len(self.found))
        said = f"{self.at + 1} of {many}" if self.found else "Not on this page" if words else ""
        self.count.setText(said)
        self.count.setAccessibleName(said)
        self._mark()
        if self.found:
            self._reveal(self.found[self.at])

    def _mark(self) -> None:
        look = theme()
        marks: list[QTextEdit.ExtraSelection] = []
        for number, cursor in enumerate(self.found):
            here = number == self.at
            form = QTextCharFormat()
            form.setBackground(look.colour("accent" if here else "hit"))
            form.setForeground(look.colour("on_accent" if here else "hit_ink"))
            form.setFontUnderline(True)
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format = form
            marks.append(mark)
        self.reader.setExtraSelections(marks)

    def _reveal(self, cursor: QTextCursor) -> None:
        """Bring the place into the upper half of the text, if it is not in view."""
        spot = QTextCursor(self.reader.document())
        spot.setPosition(cursor.selectionStart())
        box = self.reader.cursorRect(spot)
        high = self.reader.viewport().height()
        if box.top() < 0 or box.bottom() > high:
            bar = self.reader.verticalScrollBar()
            bar.setValue(bar.value() + box.top() - high // 3)
