"""Rendered words as high as they are long, for a column that scrolls as a whole. Opens nothing by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QResizeEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser

from desktop.theme import theme

if TYPE_CHECKING:
    from desktop.session import Session


class Prose(QTextBrowser):
    """A text of the library. Links are told, never followed; nothing is loaded from anywhere."""

    link_taken = Signal(str)
    grew = Signal()  # the words stand there, or need another height

    def __init__(self, session: Session, name: str) -> None:
        super().__init__()
        self.session = session
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().setDefaultFont(theme().font("article"))
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("background: transparent;")
        self.anchorClicked.connect(
            lambda url: self.link_taken.emit(
                url.toString(QUrl.ComponentFormattingOption.FullyEncoded)
            )
        )
        self._make: Callable[[], str] | None = None
        self._html = ""
        theme().changed.connect(self._look_changed)

    def show_text(self, make: Callable[[], str]) -> None:
        """Show the HTML that `make` gives; it is made off the screen's thread."""
        self._make = make
        self.session.tasks.run(
            make, self._made, self._failed, key=f"prose-{id(self)}", lane="render"
        )

    def clear_text(self) -> None:
        self._make = None
        self._made("")

    def _made(self, html: str) -> None:
        self._html = html
        self._lay()

    def _failed(self, error: Exception) -> None:
        self._made("")
        raise error

    def _look_changed(self) -> None:
        self._lay()

    def _lay(self) -> None:
        from knowledge.render import style_sheet

        look = theme()
        document = self.document()
        document.setDefaultFont(look.font("article"))
        document.setDefaultStyleSheet(style_sheet(look.colours, look.tokens["type_px"], look.scale))
        document.setHtml(self._html)
        self.fit()

    def doSetSource(
        self,
        name: QUrl | str,
        kind: QTextDocument.ResourceType = QTextDocument.ResourceType.HtmlResource,
    ) -> None:
        """Texts come from `show_text` and from nowhere else."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return QByteArray()  # None would let Qt read the file itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """As high as the words are."""
        document = self.document()
        if self.viewport().width() > 0:
            document.setTextWidth(self.viewport().width())
        high = round(document.size().height()) + 2 if self._html else 0
        if self.minimumHeight() != high or self.maximumHeight() != high:
            self.setFixedHeight(high)
            self.grew.emit()
        self.setVisible(bool(self._html))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), self.minimumHeight())

    def wheelEvent(self, event: Any) -> None:
        event.ignore()  # the column scrolls, not the words
