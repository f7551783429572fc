"""The red flags of a pathway: the box with every word of them, and the one line that stands for it where it is low."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.graph.parts import IconLabel
from desktop.graph.prose import Prose
from desktop.theme import theme
from desktop.widgets.basics import Button
from desktop.widgets.painted import Finger, finger_path, text_height

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.model import Page

NAME = "Red flags at any step"
_RUN_IN = "Red flags:"
_MORE = "and more"
_PHRASES = re.compile(r"[;.](?= )"), re.compile(r"[,:](?= )")  # the second where no first one fits
_BOX = re.compile(r"<td[^>]*>(?:<p class=\"callout-word\">.*?</p>)?(.*)</td>", re.DOTALL)
_KEY = re.compile(r" ?<a class=\"source\"[^>]*>[^<]*</a>")
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)


class FlagWords(Prose):
    """The words of red flags, their links in the same red."""

    def __init__(self, session: Session, *, tight: bool) -> None:
        super().__init__(session, NAME)
        self.tight = tight
        self._measured: tuple[QTextDocument | None, dict[tuple[int, int], int]] = (None, {})

    def sheet(self) -> str:
        look = theme()
        ink = look.colours["urgent_ink"]
        rules = f"{super().sheet()}\na {{ color: {ink}; font-weight: 700; }}"
        if self.tight:
            size = look.px(look.tokens["type_px"]["body"])
            rules += f"\np {{ font-size: {size}px; margin: 0; }}\n.run-in {{ color: {ink}; }}"
        return rules

    def high_at(self, width: int) -> int:
        """How high the words stand in this width, shown or not; laid out for it once."""
        document = self.document()
        if document.isEmpty():
            return 0
        if self._measured[0] is not document:
            self._measured = (document, {})
        asked, known = (document.revision(), width), self._measured[1]
        if asked not in known:
            before = document.textWidth()
            document.setTextWidth(width)
            known[asked] = round(document.size().height()) + 2
            document.setTextWidth(before)
        return known[asked]


class RedFlags(QFrame):
    """The urgent call-outs of the pathway, on every step. Never folded, never abridged.

    A tight box has the same words in less room: its heading runs into them, and it stands closer.
    """

    def __init__(self, session: Session, *, tight: bool = False) -> None:
        super().__init__()
        self.session, self.tight = session, tight
        self.setObjectName("red-flags")
        self.setAccessibleName(NAME)
        self.head = IconLabel("octagon-alert", NAME, "urgent_ink", "heading", 700)
        self.head.setVisible(not tight)
        self.prose = FlagWords(session, tight=tight)
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.head)
        self.column.addWidget(self.prose)
        self.column.addStretch(1)
        self._offered: Page | None = None
        theme().changed.connect(self._restyle)
        self._restyle()

    def offer(self, page: Page) -> None:
        """The words of this page, once the box is to be seen or measured: most pages need one box of three."""
        self._offered = page
        if self.isVisible():
            self.called()

    def called(self) -> RedFlags:
        """This box, with what was offered in it as soon as it is made."""
        page, self._offered = self._offered, None
        if page is not None:
            self.show_page(page)
        return self

    def showEvent(self, event: object) -> None:
        self.called()

    @property
    def ready(self) -> bool:
        """Whether the words of the page stand in it."""
        return self._offered is None and not self.prose.busy

    def show_page(self, page: Page) -> None:
        """The words of the page's red flags."""
        renderer, tight = self.session.renderer, self.tight

        def words() -> str:
            found = []
            for note in page.red_flags:
                html = renderer.note(page, note)
                inner = _BOX.search(html)
                words = inner.group(1) if inner else html
                found.append(_KEY.sub("", words))  # the keys stand with the page's sources
            html = "".join(found)
            return html.replace("<p>", f'<p><b class="run-in">{_RUN_IN}</b> ', 1) if tight else html

        self.prose.show_text(words)

    def words(self) -> str:
        """The same as plain text, without the heading that runs into a tight box."""
        return " ".join(self.prose.toPlainText().split()).removeprefix(f"{_RUN_IN} ")

    def _edges(self) -> tuple[int, int, int, int]:
        look = theme()
        if self.tight:
            return look.px(10), look.px(4), look.px(10), look.px(4)
        return look.px(14), look.px(10), look.px(14), look.px(6)

    def wanted_height(self, width: int) -> int:
        """How high the box must be in this width to show everything."""
        left, top, right, bottom = self._edges()
        line = self.frameWidth()
        inside = max(1, width - left - right - 2 * line)
        high = top + self.prose.high_at(inside) + bottom + 2 * line
        if not self.tight:
            high += self.head.heightForWidth(inside) + self.column.spacing()
        return high

    def _restyle(self) -> None:
        look = theme()
        self.column.setContentsMargins(*self._edges())
        self.column.setSpacing(look.px(4))
        self.setStyleSheet(
            f"QFrame#red-flags {{ background: {look.colours['urgent_tint']};"
            f" border: 2px solid {look.colours['urgent']}; border-radius: {look.px(8)}px; }}"
        )


class _RedLink(Button):
    def _icon_role(self) -> str:
        return "urgent_ink"


class _Beginning(QWidget):
    """The first red flags, as many whole ones as so many lines hold, and that there are more."""

    def __init__(self) -> None:
        super().__init__()
        self.text = self.shown = ""

    @staticmethod
    def _font() -> QFont:
        return theme().font("body", 600)

    def fold(self, width: int, lines: int) -> int:
        """Show what so many lines hold; how high it is, 0 where not one red flag fits."""
        line = text_height(self._font(), _RUN_IN, width)
        self.shown, high = "", 0
        for ends in _PHRASES:
            for found in ends.finditer(self.text) if not high else ():
                words = f"{_RUN_IN} {self.text[: found.start()]}; {_MORE}"
                wanted = text_height(self._font(), words, width)
                if wanted > lines * line + 1:
                    break
                self.shown, high = words, wanted
        self.setAccessibleName(self.shown)
        self.setFixedHeight(high)
        self.update()
        return high

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(theme().colour("ink"))
        painter.drawText(self.rect(), _WRAP, self.shown)
        painter.setPen(theme().colour("urgent_ink"))
        painter.drawText(self.rect(), _WRAP, _RUN_IN)


class FlagLine(QFrame):
    """A low red box where the whole one cannot stay: its first words if they have room, and one row
    that leads to every word, and straight to where they lead.
    """

    asked = Signal()  # every word of them
    followed = Signal(str)  # the address of one of their links

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("red-line")
        self.setAccessibleName(NAME)
        self.all = _RedLink("Red flags: read all", "octagon-alert", "link", self.asked.emit)
        self.all.setAccessibleName("Red flags at any step: read all")
        self.links: list[Button] = []
        self._told: list[tuple[str, str]] = []
        self._stand = True  # whether the buttons are those of the links that were told last
        self.words = _Beginning()
        self.words.hide()
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.words)
        self.row = QHBoxLayout()
        self.column.addLayout(self.row)
        self.row.addWidget(self.all)
        self.row.addStretch(1)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        theme().changed.connect(self._restyle)
        self._restyle()

    def show_links(self, links: list[tuple[str, str]]) -> None:
        """The links of the red flags, as (words, address); those that have room stand in the line."""
        self._told, self._stand = list(dict.fromkeys(links)), False
        if not self.isHidden():
            self._put_links()

    def showEvent(self, event: object) -> None:
        self._put_links()

    def _put_links(self) -> None:
        if self._stand:
            return
        self._stand = True
        for button in self.links:
            self.row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.links = []
        for place, (words, address) in enumerate(self._told):
            button = _RedLink(words, "", "link")
            button.clicked.connect(lambda _=False, found=address: self.followed.emit(found))
            self.row.insertWidget(1 + place, button)
            self.links.append(button)
        self._fit()

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def fold(self, width: int, room: int) -> int:
        """As many words as this room holds, two lines at most; how high it then is in this width."""
        edges = self.column.contentsMargins()
        frame = edges.top() + edges.bottom() + 2 * self.frameWidth()
        row = self.all.sizeHint().height()
        inside = width - edges.left() - edges.right() - 2 * self.frameWidth()
        high = 0
        for lines in (2, 1):
            high = self.words.fold(inside, lines)
            if high and high + row + frame <= room:
                break
            high = 0
        self.words.setVisible(high > 0)
        read = "All red flags" if high else "Red flags: read all"
        self.all.setText(read)
        self._fit()
        return high + row + frame

    def _fit(self) -> None:
        """As many links as stand in one line; `all` leads to the rest."""
        gap, edges = self.row.spacing(), self.column.contentsMargins()
        used = edges.left() + edges.right() + self.all.sizeHint().width()
        for button in self.links:
            used += gap + button.sizeHint().width()
            button.setVisible(used <= self.width())

    def _restyle(self) -> None:
        look = theme()
        self.column.setContentsMargins(look.px(10), look.px(1), look.px(6), look.px(1))
        self.column.setSpacing(0)
        self.row.setSpacing(look.px(8))
        ink = look.colours["urgent_ink"]
        self.setStyleSheet(
            f"QFrame#red-line {{ background: {look.colours['urgent_tint']};"
            f" border: 2px solid {look.colours['urgent']}; border-radius: {look.px(6)}px; }}"
            f"QPushButton {{ color: {ink}; font-weight: 700; }}"
        )
        self._fit()


class Pinned(Finger):
    """An urgent way on whose own button is out of sight: the same in one low row."""

    def _words(self) -> str:
        first, second = self._lines()
        return f"{first}: {second}" if second else first

    def heightForWidth(self, width: int) -> int:
        look = theme()
        _, room = self._room(width)
        return max(
            look.px(30), text_height(look.font("body", 600), self._words(), room) + look.px(6)
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(look.colour("urgent"), 2))
        painter.setBrush(look.colour("urgent_tint"))
        painter.drawPath(finger_path(box, look.px(5), look.px(10)))
        left, room = self._room(self.width())
        font = look.font("body", 600)
        high = text_height(font, self._words(), room)
        painter.setFont(font)
        painter.setPen(look.colour("urgent_ink"))
        painter.drawText(QRect(left, (self.height() - high) // 2, room, high), _WRAP, self._words())
        self._key(painter)
