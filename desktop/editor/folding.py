"""The details at the top of a page are hidden among its words, until somebody asks for them: the form shows them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QWidget

LONGEST = 2_000  # lines of details; beyond it nothing is hidden
_DASHES = "---"
_ENDS = ("---", "...")


class Fold(QObject):
    """Keeps cursor and keys of a text field out of what is hidden. The text itself is never touched."""

    changed = Signal(bool)  # whether the details are hidden now

    def __init__(self, words: QPlainTextEdit, gutter: QWidget) -> None:
        super().__init__(words)
        self.words, self.gutter = words, gutter
        self.on = True
        self.first = 0  # the number of the first line shown
        self._document: QTextDocument | None = None
        self._clamping = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.apply)
        words.cursorPositionChanged.connect(self._keep_out)
        words.selectionChanged.connect(self._keep_out)

    def use(self, document: QTextDocument) -> None:
        """Another document is shown."""
        if self._document is not None:
            self._document.blockCountChanged.disconnect(self._again)
            self._document.contentsChange.disconnect(self._typed)
        self._document = document
        document.blockCountChanged.connect(self._again)
        document.contentsChange.connect(self._typed)
        self.first = 0
        self.apply()

    def show_details(self, shown: bool) -> None:
        """Show or hide what stands above the words."""
        if self.on == (not shown):
            return
        self.on = not shown
        self.apply()
        self.changed.emit(self.on)

    def _again(self, _: int) -> None:
        self._soon.start()

    def _typed(self, at: int, _gone: int, _come: int) -> None:
        if at <= self.start:
            self._soon.start()

    # -- what is hidden -----------------------------------------------------------------------

    @property
    def start(self) -> int:
        """Where the words that are shown begin."""
        if self._document is None or not self.first:
            return 0
        return self._document.findBlockByNumber(self.first).position()

    def holds(self, line: int) -> bool:
        """Whether this line is hidden."""
        return line <= self.first

    def apply(self) -> None:
        """Hide what is to be hidden now, and show the rest."""
        document = self._document
        if document is None:
            return
        before = self.first
        self.first = end_of_details(document) if self.on else 0
        block = document.firstBlock()
        dirty = False
        while block.isValid() and (
            block.blockNumber() < max(before, self.first) or not block.isVisible()
        ):
            dirty |= _set_visible(block, block.blockNumber() >= self.first)
            block = block.next()
        if dirty:
            end = block.position() if block.isValid() else document.characterCount()
            document.markContentsDirty(0, end)
            layout = document.documentLayout()
            layout.documentSizeChanged.emit(layout.documentSize())
            self.words.viewport().update()
            self.gutter.update()
        self._keep_out()

    def _keep_out(self) -> None:
        """The cursor, and what is chosen, stay in what can be seen."""
        if self._clamping or not self.first or self._document is not self.words.document():
            return
        cursor, start = self.words.textCursor(), self.start
        if min(cursor.position(), cursor.anchor()) >= start:
            return
        self._clamping = True
        anchor, position = max(cursor.anchor(), start), max(cursor.position(), start)
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        self.words.setTextCursor(cursor)
        self._clamping = False

    def at_start(self) -> bool:
        """Whether a step back would leave what is shown."""
        cursor = self.words.textCursor()
        return bool(self.first) and not cursor.hasSelection() and cursor.position() <= self.start


def end_of_details(document: QTextDocument) -> int:
    """The number of the first line below the details; 0 when there are none, or nothing below them."""
    block = document.firstBlock()
    if block.text().rstrip() != _DASHES:
        return 0
    block = block.next()
    while block.isValid() and block.blockNumber() < LONGEST:
        if block.text().rstrip() in _ENDS:
            after = block.next()
            while after.isValid() and not after.text().strip() and after.next().isValid():
                after = after.next()
            return after.blockNumber() if after.isValid() else 0
        block = block.next()
    return 0


def _set_visible(block: QTextBlock, visible: bool) -> bool:
    if block.isVisible() == visible:
        return False
    block.setVisible(visible)
    layout = block.layout()
    block.setLineCount(max(1, layout.lineCount()) if visible else 0)
    return True
