"""Shows rendered pages: nothing remote, nothing from outside the library, every link through one router."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, QPoint, QRect, Qt, QThread, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QToolTip

from desktop import resources
from desktop.hints import hint_of
from desktop.icons import pixmap
from desktop.pictures import read_picture
from desktop.theme import theme
from desktop.widgets.pacing import pace, wait_for_room
from knowledge.glossary import named
from knowledge.render import Lead, read_target, style_sheet

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.library import Library

COLUMN = 720  # the widest a column of text stands, in sizes of the design
_PICTURE = re.compile(r'src="(media:[^"]+)"')
_ICON = re.compile(r"icon:([a-z0-9-]+)/([a-z_]+)")
LIKELY_HIGH = 2_000  # letters; a text of more will have a scroll bar in most windows
PORTION = 15_000  # letters of HTML that are read in one go, in about 5 ms
_HEADING = re.compile(r"(?=<h[1-6] id=)")
_HOLDERS = ("table", "td", "ul", "ol", "li", "div", "blockquote", "p")
_IMAGE = QTextDocument.ResourceType.ImageResource


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands in the text shown."""

    level: int
    title: str
    position: int


Built = tuple[QTextDocument, list[Heading]]


@dataclass(frozen=True, slots=True)
class LinkShown:
    """A link as it stands in the text shown."""

    words: str
    address: str
    position: int


class Reader(QTextBrowser):
    """A page's text. `shown` is told once a text that was asked for stands there."""

    shown = Signal()
    term_asked = Signal(str, QRect)  # the term, and where on the screen its word stands
    outside_asked = Signal(str)  # an address outside that may be opened once the person agrees
    own_asked = Signal(str)  # a link of the view's own making, such as "do:uncover-3"

    def __init__(self, session: Session, *, column: int = COLUMN) -> None:
        super().__init__()
        self.session = session
        self.column = column
        self.edge = 20
        self.setObjectName("reader")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setAccessibleName("Page")
        self.anchorClicked.connect(self._clicked)
        self.more_rules: Callable[[dict[str, str], Callable[[float], int]], str] | None = None
        self._make: Callable[[], str] | None = None
        self._kept: dict[str, Any] = {}
        self._goal = ""
        self._own_document: QTextDocument | None = None
        self._headings: tuple[QTextDocument, int, list[Heading]] | None = None
        self.busy = False
        self._long = QTimer(self)  # a page that takes its time says so
        self._long.setSingleShot(True)
        self._long.setInterval(400)
        self._long.timeout.connect(self._say_wait)
        theme().changed.connect(self._look_changed)

    # -- showing ------------------------------------------------------------------------------

    def show_text(self, make: Callable[[], str], *, keep: bool = False, anchor: str = "") -> None:
        """Show the HTML that `make` gives. It is made, and laid out in a document, off the screen's thread.

        `keep` stays at the place that is being read; otherwise the text before goes at once, so that the
        words of one page never stand under the head of another.
        """
        if not keep:
            self._kept = {}
            self._goal = anchor
            self._hold_bar(not self.verticalScrollBar().isHidden())
            self._take(QTextDocument())
        elif not self.busy:
            self._kept = self.keep()
        self._make = make
        self._ask()

    def _ask(self) -> None:
        make, library = self._make, self.session.library
        if make is None:
            return
        self.busy = True
        self._long.start()
        sheet = self.sheet()
        font, widest = theme().font("article"), theme().px(self.column)
        home = QThread.currentThread()

        def work() -> Built:
            return build_document(make(), sheet, font, library, widest, home)

        self.session.tasks.run(
            work, self._built, self._not_built, key=f"reader-{id(self)}", lane="render"
        )

    def _say_wait(self) -> None:
        if self.busy and self.document().isEmpty():
            self.document().setPlainText("\nThis long page is being made ready.")

    def _not_built(self, error: Exception) -> None:
        self.busy = False
        raise error

    def _built(self, built: Built) -> None:
        document, headings = built
        self.busy = False
        self._headings = (document, document.revision(), headings)
        self._hold_bar(document.characterCount() > LIKELY_HIGH)
        self._take(document)
        self._hold_bar(False)
        if self._kept:
            self.restore(self._kept)
        elif self._goal:
            self.go_to(self._goal)
        else:
            self.verticalScrollBar().setValue(0)
        self._kept, self._goal = {}, ""
        self.shown.emit()

    def _hold_bar(self, on: bool) -> None:
        """Keep the scroll bar standing: one that comes or goes has the whole text laid out again."""
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if on else policy.ScrollBarAsNeeded
        )

    def _take(self, document: QTextDocument) -> None:
        old = self._own_document
        document.setParent(self)  # so that what it asks for is asked of us
        self._own_document = document
        pace(document)
        self.setDocument(document)
        if old is not None:
            old.deleteLater()

    def sheet(self) -> str:
        """The style sheet of texts in the look in force."""
        look = theme()
        own = style_sheet(look.colours, look.tokens["type_px"], look.scale)
        more = self.more_rules(look.colours, look.px) if self.more_rules is not None else ""
        return own + more_style(look.colours, look.px) + more

    def _look_changed(self) -> None:
        if self._make is not None and not self.busy:
            self._kept = self.keep()
        self.fit()
        self._ask()

    # -- places -------------------------------------------------------------------------------

    def keep(self) -> dict[str, Any]:
        """The place being read: the first words in view, and the heading they stand under."""
        if self.busy and self._kept:
            return self._kept
        if self.verticalScrollBar().value() == 0:
            return {"at": 0, "heading": "", "below": 0}
        at = self.cursorForPosition(QPoint(2, 2)).position()
        under = [h for h in self.headings() if h.position <= at]
        title = under[-1].title if under else ""
        return {"at": at, "heading": title, "below": at - under[-1].position if under else at}

    def restore(self, kept: dict[str, Any]) -> None:
        """Come back to where `keep` was called, also when text before it has changed since."""
        if self.busy:
            self._kept = kept
            return
        at = kept.get("at", 0)
        if not isinstance(at, int) or at <= 0:
            self.verticalScrollBar().setValue(0)
            return
        found = [h for h in self.headings() if h.title == kept.get("heading")]
        if found:
            nearest = min(found, key=lambda h: abs(h.position + kept.get("below", 0) - at))
            at = nearest.position + kept.get("below", 0)
        self.go_to_position(at)

    def go_to_position(self, position: int) -> None:
        """Scroll so that this place is the first line in view."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(max(0, min(position, self.document().characterCount() - 1)))
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).top())

    def go_to(self, anchor: str) -> None:
        """Scroll to a heading, a source or a term of the glossary by its name."""
        if self.busy:
            self._goal, self._kept = anchor, {}
            return
        row = self._row_of_term(anchor)
        if row is not None:
            self.go_to_position(row)
        elif anchor:
            self.scrollToAnchor(anchor)
        else:
            self.verticalScrollBar().setValue(0)

    def _row_of_term(self, anchor: str) -> int | None:
        """Where the glossary's row of a term begins: a cell has no name that Qt could scroll to."""
        library = self.session.library
        term = named(library.terms, anchor) if library is not None else None
        block = self.document().begin()
        while term is not None and block.isValid():
            if block.text().strip() == term.term:
                return block.position()
            block = block.next()
        return None

    # -- what stands in the text --------------------------------------------------------------

    def headings(self) -> list[Heading]:
        document = self.document()
        known = self._headings
        if known is None or known[0] is not document or known[1] != document.revision():
            known = self._headings = (document, document.revision(), read_headings(document))
        return known[2]

    def links(self) -> list[LinkShown]:
        """Every link, in the order of the text; the pieces of one link are one. A source's key is none."""
        found: list[LinkShown] = []
        block = self.document().begin()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                address = piece.charFormat().anchorHref()
                if address and not address.startswith(("#source-", "#note-")):
                    self._add_link(found, piece.text(), address, piece.position())
                pieces += 1
            block = block.next()
        return found

    @staticmethod
    def _add_link(found: list[LinkShown], words: str, address: str, position: int) -> None:
        words = words.replace("\ufffc", "")
        last = found[-1] if found else None
        if last and last.address == address and last.position + len(last.words) == position:
            found[-1] = LinkShown(last.words + words, address, last.position)
        elif words.strip():
            found.append(LinkShown(words, address, position))

    # -- links --------------------------------------------------------------------------------

    def _clicked(self, url: QUrl) -> None:
        control = Qt.KeyboardModifier.ControlModifier
        new_tab = bool(QGuiApplication.keyboardModifiers() & control)
        self.follow(url.toString(QUrl.ComponentFormattingOption.FullyEncoded), new_tab)

    def follow(self, address: str, new_tab: bool = False) -> None:
        """The router: every link a person takes passes here."""
        if address.startswith(
            "do:"
        ):  # no page can hold one: rendering drops schemes it does not know
            self.own_asked.emit(address.removeprefix("do:"))
            return
        target = read_target(address)
        if target.lead is Lead.PAGE:
            anchor = f"#{target.anchor}" if target.anchor else ""
            self.session.go_to(f"{target.where}{anchor}", new_tab)
        elif target.lead is Lead.SOURCE:
            self.go_to(target.anchor)
        elif target.lead is Lead.TERM:
            self.term_asked.emit(target.where, self._link_box())
        elif target.outside:
            self.outside_asked.emit(address)
        else:
            self.session.told.emit("Fingerpost does not open this kind of link.")

    def hint_at(self, spot: QPoint) -> str:
        """What the link under the pointer says of itself; Enter on it says the same at more length."""
        return hint_of(self.anchorAt(spot), self.session.library)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.hint_at(event.pos())
            # As rich text, so that long meanings wrap; none of it is read as markup.
            shown = f"<p>{escape(words)}</p>" if words else ""
            QToolTip.showText(event.globalPos(), shown, self.viewport())
            return True
        return super().viewportEvent(event)

    def _link_box(self) -> QRect:
        box = self.cursorRect()
        return QRect(self.viewport().mapToGlobal(box.topLeft()), box.size())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.MiddleButton:
            address = self.anchorAt(event.position().toPoint())
            if address:
                self.follow(address, new_tab=True)
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        control = Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held & control:
            address = self.textCursor().charFormat().anchorHref()
            if address:
                self.follow(address, new_tab=True)
        elif key == Qt.Key.Key_H and not held & ~Qt.KeyboardModifier.ShiftModifier:
            self.next_heading(-1 if held & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def next_heading(self, by: int) -> None:
        """H and Shift+H go from heading to heading."""
        here = self.cursorForPosition(QPoint(2, 2)).position()
        ahead = [h for h in self.headings() if (h.position > here if by > 0 else h.position < here)]
        if ahead:
            self.go_to_position(ahead[0 if by > 0 else -1].position)

    # -- locked down --------------------------------------------------------------------------

    def doSetSource(self, name: QUrl | str, kind: QTextDocument.ResourceType = _IMAGE) -> None:
        """Texts come from `show_text` and from nowhere else."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Icons of ours. Pictures of the library were put in with the text; all else is refused."""
        nothing = QByteArray()  # None would let Qt read the file itself
        if kind != int(_IMAGE.value):
            return nothing
        icon = _ICON.fullmatch(name.toString() if isinstance(name, QUrl) else name)
        if icon is None or icon.group(2) not in theme().colours:
            return nothing
        if not (resources.HOME / "icons" / f"{icon.group(1)}.svg").is_file():
            return nothing
        return pixmap(icon.group(1), icon.group(2), 16, self.devicePixelRatioF())

    # -- fitting ------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        reading = self.verticalScrollBar().value() > 0
        at = self.cursorForPosition(QPoint(2, 2)).position() if reading else 0
        super().resizeEvent(event)
        self.fit()
        if reading:
            self.go_to_position(at)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is not QEvent.Type.FontChange:  # a text brings its own font
            super().changeEvent(event)

    def fit(self) -> None:
        """At most a column's width of text, however wide the window is."""
        look = theme()
        edge = look.px(self.edge)
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        right = max(edge, room - edge - look.px(self.column))
        if self.viewportMargins().right() != right or self.viewportMargins().left() != edge:
            self.setViewportMargins(edge, 0, right, 0)


def build_document(
    html: str, sheet: str, font: QFont, library: Library | None, widest: int, home: QThread
) -> Built:
    """A document ready to be shown, made in whatever thread this is and handed to `home`."""
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    option = document.defaultTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    document.setDefaultStyleSheet(sheet)
    for address in dict.fromkeys(_PICTURE.findall(html)):
        picture = read_picture(library, address, widest) if library is not None else None
        document.addResource(_IMAGE.value, QUrl(address), picture or QByteArray())
    put_in(document, html)
    outer = document.rootFrame().frameFormat()
    outer.setTopMargin(font.pixelSize() * 0.8)
    outer.setBottomMargin(font.pixelSize() * 1.5)
    document.rootFrame().setFrameFormat(outer)
    headings = read_headings(document)  # here: the window would wait for each of its many blocks
    wait_for_room(document)
    document.moveToThread(home)
    return document, headings


def read_headings(document: QTextDocument) -> list[Heading]:
    found: list[Heading] = []
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        if level and block.text().strip():
            found.append(Heading(level, block.text().strip(), block.position()))
        block = block.next()
    return found


def put_in(document: QTextDocument, html: str) -> None:
    """Make the text of a document; a long one in portions, between which the window has its turn.

    Qt keeps Python's lock while it reads HTML, 200 ms for a page of 500 kB.
    """
    first, *others = portions(html)
    document.setHtml(first)
    cursor = QTextCursor(document)
    for portion in others:
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        start = cursor.position()
        cursor.insertHtml(portion)
        # What is put into a document loses the format of its first block, which here is a heading's.
        cursor.setPosition(start)
        cursor.setBlockFormat(_format_of_heading(document.defaultStyleSheet(), portion[2]))


@lru_cache(maxsize=12)
def _format_of_heading(style: str, level: str) -> QTextBlockFormat:
    example = QTextDocument()
    example.setDefaultStyleSheet(style)
    example.setHtml(f"<p>.</p><h{level}>.</h{level}>")
    return example.lastBlock().blockFormat()


def portions(html: str, most: int = PORTION) -> list[str]:
    """HTML cut before headings that stand in nothing else."""
    if len(html) <= most:
        return [html]
    found, now = [], ""
    for part in _HEADING.split(html):
        if now and len(now) + len(part) > most and all(_closed(now, tag) for tag in _HOLDERS):
            found.append(now.strip())
            now = ""
        now += part
    return [*found, now.strip()]


def _closed(html: str, tag: str) -> bool:
    return html.count(f"<{tag}>") + html.count(f"<{tag} ") == html.count(f"</{tag}>")


def more_style(colours: dict[str, str], px: Callable[[float], int]) -> str:
    """What the views' own HTML needs beyond the style sheet of rendered pages."""
    c = colours
    return f"""
img {{ max-width: 100%; }}
p.lead {{ font-size: {px(17)}px; margin-top: {px(14)}px; }}
p.small, td.small, .small {{ font-size: {px(13)}px; color: {c["ink_muted"]}; }}
.muted {{ color: {c["ink_muted"]}; }}
.figure-big {{ font-size: {px(26)}px; font-weight: 700; color: {c["accent"]}; }}
.person-big {{ font-size: {px(24)}px; font-weight: 700; color: {c["ink"]}; }}
.urgent-word {{ font-weight: 700; color: {c["urgent_ink"]}; }}
.warn-word {{ color: {c["warn_ink"]}; background-color: {c["warn_tint"]}; }}
.differs {{ font-weight: 700; text-decoration: underline; }}
"""
