"""A section's words in a column that grows with them: no bars of its own, nothing from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser

from desktop.theme import theme

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.model import Page, Section


class Passage(QTextBrowser):
    """As high as its text. Links are told, not followed."""

    followed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("What the section says")
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self.anchorClicked.connect(lambda url: self.followed.emit(url.toString()))
        self._shown: tuple[Page, Section, tuple[str, ...]] | None = None
        theme().changed.connect(self._again)

    def show_section(self, page: Page, section: Section, words: tuple[str, ...] = ()) -> None:
        """Render off the screen's thread, then show."""
        from knowledge.render import Options

        self._shown = (page, section, words)
        options = Options(hits=words)
        self.session.tasks.run(
            lambda: self.session.renderer.section(page, section, options),
            self._show,
            key=f"passage-{id(self)}",
            lane="render",
        )

    def _again(self) -> None:
        if self._shown is not None:
            self.show_section(*self._shown)

    def _show(self, html: str) -> None:
        from knowledge.render import style_sheet

        look = theme()
        document = self.document()
        document.setDefaultFont(look.font("article"))
        document.setDefaultStyleSheet(style_sheet(look.colours, look.tokens["type_px"], look.scale))
        self.setHtml(html)
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        height = int(self.document().size().height()) + 2
        if height != self.height():
            self.setFixedHeight(max(height, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(320), max(self.height(), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(160), 1)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return QByteArray()
