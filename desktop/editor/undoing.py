"""Undo and redo of the words from wherever the keyboard is in the editor; a field takes back its own typing first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QTextEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_UNDO, _REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
_ALSO = QKeySequence("Ctrl+Y")  # not the usual key everywhere, but the one people know


class Undoing(QObject):
    """Buttons, lists and the preview leave the keys to the window; fields are asked beforehand."""

    def __init__(
        self,
        view: QWidget,
        words: QWidget,
        undo: Callable[[], None],
        redo: Callable[[], None],
        parts: Iterable[QWidget],
    ) -> None:
        super().__init__(view)
        self.words, self.undo, self.redo = words, undo, redo
        for keys, done in ((_UNDO, undo), (_REDO, redo)):
            found = QKeySequence.keyBindings(keys)
            if keys is _REDO and _ALSO not in found:
                found.append(_ALSO)
            short = QShortcut(view)
            short.setKeys(found)
            short.setContext(Qt.ShortcutContext.WindowShortcut)
            short.activated.connect(done)
        for part in parts:
            for kind in (QTextEdit, QLineEdit, QComboBox, QAbstractSpinBox):
                for field in part.findChildren(kind):
                    self.watch(field)

    def watch(self, field: QWidget) -> None:
        """A field that is asked before the words are."""
        field.installEventFilter(self)

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.matches(_UNDO) and not _own(field)[0]:
            done = self.undo
        elif event.matches(_REDO) and not _own(field)[1]:
            done = self.redo
        else:
            return False
        self.words.setFocus(
            Qt.FocusReason.OtherFocusReason
        )  # a field would write its own words again
        done()
        return True


def _own(field: QObject) -> tuple[bool, bool]:
    """Whether a field has typing of its own to take back, or to put back."""
    if isinstance(field, QTextEdit):
        document = field.document()
        return document.isUndoAvailable(), document.isRedoAvailable()
    line = field.lineEdit() if isinstance(field, (QComboBox, QAbstractSpinBox)) else field
    if isinstance(line, QLineEdit):
        return line.isUndoAvailable(), line.isRedoAvailable()
    return False, False
