"""A card that says what Space does next, before the room sees it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from desktop.icons import pixmap
from desktop.theme import theme
from desktop.widgets.basics import label
from knowledge.showing.moment import Next

if TYPE_CHECKING:
    from knowledge.showing.telling import Coming

ICONS = {
    Next.SHOW: "eye",
    Next.LEAF: "arrow-right",
    Next.LEVEL: "eye",
    Next.UNCOVER: "eye",
    Next.RETURN: "undo-2",
    Next.STOP: "arrow-right",
    Next.END: "flag",
}


class NextCard(QFrame):
    """One line in bold, then what will be shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.picture = QLabel()
        self.first = label("", "strong")
        self.rest = QLabel()
        self.rest.setTextFormat(Qt.TextFormat.RichText)
        self.rest.setWordWrap(True)
        self.coming: Coming | None = None
        row = QHBoxLayout()
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.first, 1)
        self.column = QVBoxLayout(self)
        self.column.addLayout(row)
        self.column.addWidget(self.rest)
        theme().changed.connect(self._restyle)
        self._restyle()

    def tell(self, coming: Coming) -> None:
        before, self.coming = self.coming, coming
        self.first.setText(coming.first)
        lines = [
            f"<b>{escape(head)}</b> → {escape(words)}" if head and words else escape(head or words)
            for head, words in coming.lines
        ]
        self.rest.setText("<br>".join(lines))
        self.rest.setVisible(bool(lines))
        self.setAccessibleName("Next, when you press Space")
        said = "; ".join(f"{head}: {words}" for head, words in coming.lines)
        self.setAccessibleDescription(f"{coming.first}. {said}")
        if before is None or ICONS[before.doing] != ICONS[coming.doing]:
            self._paint()

    def _restyle(self) -> None:
        look = theme()
        self.column.setContentsMargins(look.px(12), look.px(8), look.px(12), look.px(8))
        self.column.setSpacing(look.px(4))
        self._paint()

    def _paint(self) -> None:
        if self.coming is not None:
            name = ICONS[self.coming.doing]
            self.picture.setPixmap(pixmap(name, "ink", 18, self.devicePixelRatioF()))
