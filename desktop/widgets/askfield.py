"""What the two boxes that ask have in common: a lens before the words, and as long a hint as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop.icons import pixmap
from desktop.theme import theme


class AskField(QLineEdit):
    """Where lens, words and hint stand is for `_place` to say; it is asked whenever the size is another."""

    def __init__(self) -> None:
        super().__init__()
        # Qt's own picture in a line edit sits on the floor once a style sheet gives it a height.
        self.lens = QLabel(self)
        self.lens.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme().changed.connect(self._place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        raise NotImplementedError

    def _lens_at(self, left: int, side: int) -> None:
        size = theme().px(side)
        self.lens.setPixmap(pixmap("search", "ink_muted", side, self.devicePixelRatioF()))
        self.lens.setGeometry(left, (self.height() - size) // 2, size, size)

    def _hint(self, hints: Sequence[str], metrics: QFontMetrics, free: int) -> None:
        fits = (hint for hint in hints if metrics.horizontalAdvance(hint) <= free)
        self.setPlaceholderText(next(fits, hints[-1]))
