"""The words of a page as plain text: line numbers, headings that stand out, lists that go on by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QTextEdit, QWidget

from desktop.editor import grid, lists
from desktop.editor.folding import Fold
from desktop.theme import theme
from knowledge.problems import Problem, Severity

_RULES = (
    ("link", re.compile(r"\[[^\[\]]*\](?=\()")),
    ("ink_muted", re.compile(r"(?<=\])\([^()\s]*\)|\[\^[^\]]+\]|\{[^{}]*\}\s*$")),
    ("urgent_ink", re.compile(r"^>\s*\[!URGENT\]")),
    ("warn_ink", re.compile(r"^>\s*\[!(?:LOCAL|NOTE|TRAINER)\]")),
    ("link", re.compile(r"^\s*(?:[-*+]|\d{1,9}[.)])(?=\s)|→|->")),
)
_DETAILS, _WORDS = 1, 2
MOST_COLOURED = 10_000  # lines; beyond that colours would keep the window waiting
LARGE = 50_000  # signs of what is pasted; more is read off the screen's thread
PORTION = 400  # lines that are put into the words at a time


class Colours(QSyntaxHighlighter):
    """Headings bold, links coloured, details and addresses paler. Colour only repeats what is written."""

    def highlightBlock(self, text: str) -> None:
        if self.document().blockCount() > MOST_COLOURED:
            return
        look = theme()
        before = self.previousBlockState()
        first = self.currentBlock().blockNumber() == 0
        if (first and text.rstrip() == "---") or (before == _DETAILS and text.rstrip() != "---"):
            self.setCurrentBlockState(_DETAILS)
            self.setFormat(0, len(text), self._form("ink_muted"))
            return
        self.setCurrentBlockState(_WORDS)
        if before == _DETAILS:
            self.setFormat(0, len(text), self._form("ink_muted"))
            return
        if re.match(r" {0,3}#{1,6}(?=\s)", text):
            form = QTextCharFormat()
            form.setFontWeight(700)
            form.setForeground(look.colour("ink"))
            self.setFormat(0, len(text), form)
        for role, pattern in _RULES:
            for found in pattern.finditer(text):
                self.setFormat(found.start(), len(found.group()), self._form(role))

    @staticmethod
    def _form(role: str) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setForeground(theme().colour(role))
        if role == "link":
            form.setFontWeight(500)
        return form


def pasted(html: str, text: str) -> str:
    """What is pasted, as Markdown where it has a form, else its plain words."""
    from desktop.editor.pasting import as_markdown

    return (as_markdown(html) if html else "") or text


class Gutter(QWidget):
    """Line numbers, and a bar where something is to be put right."""

    def __init__(self, words: WordsEdit) -> None:
        super().__init__(words)
        self.words = words

    def sizeHint(self) -> QSize:
        return QSize(self.words.gutter_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.words.paint_gutter(event)


class WordsEdit(QPlainTextEdit):
    """Plain text underneath. Tab moves in lists and tables; elsewhere it leaves the field. F6 always does."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.marks: dict[int, Severity] = {}
        self.advise: Callable[[QMenu, QTextCursor], None] | None = None
        self.underlined: Callable[[], list[QTextEdit.ExtraSelection]] | None = None
        self.later: Callable[[Callable[[], str], Callable[[str], None]], None] | None = None
        self.setAccessibleName("The words of this page")
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.gutter = Gutter(self)
        self.fold = Fold(self, self.gutter)
        self.blockCountChanged.connect(lambda _: self._fit())
        self.updateRequest.connect(self._scrolled)
        self.cursorPositionChanged.connect(self._mark)
        theme().changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        look = theme()
        font = look.font("body")
        self.setFont(font)
        self.document().setDefaultFont(font)
        self.setStyleSheet(
            f"QPlainTextEdit {{ border: none; border-radius: 0; padding: 0; "
            f"background: {look.colours['surface']}; color: {look.colours['ink']}; }}"
        )
        self._fit()
        self._mark()

    def show_document(self, document: QTextDocument) -> None:
        document.setDefaultFont(theme().font("body"))
        self.setDocument(document)
        self.fold.use(document)
        self._fit()

    # -- the gutter ---------------------------------------------------------------------------

    def gutter_width(self) -> int:
        digits = max(3, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * digits + theme().px(18)

    def _fit(self) -> None:
        top = theme().px(6)  # the ring of the keyboard lies on no line
        self.setViewportMargins(self.gutter_width() + theme().px(6), top, 0, 0)
        inside = self.contentsRect().adjusted(0, top, 0, 0)
        self.gutter.setGeometry(
            QRect(inside.left(), inside.top(), self.gutter_width(), inside.height())
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _scrolled(self, rect: QRect, down: int) -> None:
        if down:
            self.gutter.scroll(0, down)
        else:
            self.gutter.update(0, rect.y(), self.gutter.width(), rect.height())

    def paint_gutter(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self.gutter)
        painter.fillRect(event.rect(), look.colour("surface"))
        painter.setFont(look.font("small"))
        block = self.firstVisibleBlock()
        while block.isValid():
            box = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if box.top() > event.rect().bottom():
                break
            if not block.isVisible():
                block = block.next()
                continue
            number = block.blockNumber() + 1
            mark = self.marks.get(number)
            if mark is not None:
                role = "urgent" if mark is Severity.ERROR else "warn"
                painter.fillRect(
                    0, int(box.top()), look.px(4), int(box.height()), look.colour(role)
                )
            painter.setPen(look.colour("ink_muted"))
            room = QRect(0, int(box.top()), self.gutter.width() - look.px(8), look.px(22))
            painter.drawText(room, Qt.AlignmentFlag.AlignRight, str(number))
            block = block.next()

    # -- what is to be put right --------------------------------------------------------------

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        self.marks = {}
        for problem in problems:
            if problem.severity is not Severity.NOTICE:
                worst = self.marks.get(problem.line)
                if worst is not Severity.ERROR:
                    self.marks[problem.line] = problem.severity
        self._mark()
        self.gutter.update()

    def _mark(self) -> None:
        look = theme()
        found: list[QTextEdit.ExtraSelection] = []
        lines = {
            number: ("urgent_tint" if s is Severity.ERROR else "warn_tint")
            for number, s in self.marks.items()
        }
        here = self.textCursor().blockNumber() + 1
        lines.setdefault(here, "accent_tint")
        for number, role in lines.items():
            block = self.document().findBlockByNumber(number - 1)
            if not block.isValid():
                continue
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(block)
            form = QTextCharFormat()
            form.setBackground(look.colour(role))
            form.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
            mark.cursor, mark.format = cursor, form
            found.append(mark)
        self.setExtraSelections(found + self.underlined() if self.underlined else found)

    def remark(self) -> None:
        """Something that is marked has changed."""
        self._mark()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, and what the spell check has to say about the word there."""
        menu = self.createStandardContextMenu(event.pos())
        if self.advise is not None:
            by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
            here = self.textCursor() if by_key else self.cursorForPosition(event.pos())
            self.advise(menu, here)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def go_to_line(self, number: int) -> None:
        if self.fold.holds(number):
            self.fold.show_details(True)
        block = self.document().findBlockByNumber(max(0, number - 1))
        if block.isValid():
            cursor = QTextCursor(block)
            self.setTextCursor(cursor)
            self.centerCursor()
        self.setFocus()

    def stand_at(self, number: int) -> None:
        """Put the cursor on a line and show it; the keyboard stays where it is."""
        block = self.document().findBlockByNumber(max(0, number - 1))
        if block.isValid() and block.blockNumber() != self.textCursor().blockNumber():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()

    def begin_at(self, number: int) -> None:
        """Put the cursor on a line, and the line at the top."""
        block = self.document().findBlockByNumber(number - 1)
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            # Lines are broken only once the field has its width; until then nobody can say how many there are.
            QTimer.singleShot(0, self, lambda: self._to_top(number))

    def _to_top(self, number: int) -> None:
        block = self.document().findBlockByNumber(number - 1)
        if block.isValid() and self.textCursor().blockNumber() == number - 1:
            self.verticalScrollBar().setValue(block.firstLineNumber())

    # -- typing -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and self.fold.at_start():
            return
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and lists.go_on(self):
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """In a table to the next cell, in a list a level in; anywhere else Tab leaves the words."""
        act = grid.next_cell if grid.in_table(self) else lists.move
        return act(self, not onward) or super().focusNextPrevChild(onward)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What comes from Word or a web page keeps its headings, lists, links and tables."""
        html, text = source.html() if source.hasHtml() else "", source.text()
        if self.later is not None and len(html) + len(text) > LARGE:
            cursor = self.textCursor()
            cursor.setKeepPositionOnInsert(False)
            self.later(partial(pasted, html, text), lambda words: self._arrive(cursor, words))
            return
        self.textCursor().insertText(pasted(html, text))
        self.ensureCursorVisible()

    def _arrive(self, cursor: QTextCursor, words: str) -> None:
        """Put much text in by portions, as one change that can be undone; keys are heard in between."""
        lines = words.splitlines(keepends=True)
        document = cursor.document()

        def portion(at: int) -> None:
            cursor.joinPreviousEditBlock() if at else cursor.beginEditBlock()
            cursor.insertText("".join(lines[at : at + PORTION]))
            cursor.endEditBlock()
            if at + PORTION < len(lines):
                QTimer.singleShot(0, document, lambda: portion(at + PORTION))
            elif self.document() is document:
                self.ensureCursorVisible()

        portion(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
