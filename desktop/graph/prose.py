"""Rendered words as high as they are long, for a column that scrolls as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QTextDocument, QWheelEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.theme import theme
from desktop.widgets.reader import Reader
from knowledge.render import Lead, read_target

if TYPE_CHECKING:
    from desktop.session import Session


class Prose(Reader):
    """A text of the library without bars of its own. Where a source stands is for others to show."""

    source_asked = Signal(str)
    grew = Signal()  # the words stand there, or need another height

    def __init__(self, session: Session, name: str) -> None:
        super().__init__(session)
        self.edge = 0
        self.setObjectName("prose")
        self.setProperty("ring", "words")
        self.setAccessibleName(name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("background: transparent;")
        self.setFixedHeight(0)
        self.shown.connect(self.fit)

    def _take(self, document: QTextDocument) -> None:
        """No room above and below: the column gives it."""
        outer = document.rootFrame().frameFormat()
        outer.setMargin(0)
        document.rootFrame().setFrameFormat(outer)
        super()._take(document)

    def _hold_bar(self, on: bool) -> None:
        """There is none: it would only take room from the words while they come."""

    def follow(self, address: str, new_tab: bool = False) -> None:
        target = read_target(address)
        if target.lead is Lead.SOURCE:
            self.source_asked.emit(target.anchor)
        else:
            super().follow(address, new_tab)

    def fit(self) -> None:
        """As high as the words are; while they are being made, as high as the ones before."""
        if self.busy:
            return
        document = self.document()
        if self.viewport().width() > 0:
            document.setTextWidth(self.viewport().width())
        high = 0 if document.isEmpty() else round(document.size().height()) + 2
        if self.minimumHeight() != high:
            self.setFixedHeight(high)
            self.grew.emit()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), self.minimumHeight())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the column scrolls, not the words

    def keep(self) -> dict[str, Any]:
        return {}
