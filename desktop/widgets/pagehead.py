"""The head of a page: title, how it stands, one line of facts, what can be done with it; and the one banner below."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.icons import paint_icon
from desktop.standing import Notice
from desktop.theme import theme
from desktop.widgets.basics import Button, FlowLayout, Scroller, label
from desktop.widgets.painted import Banner, breakable, text_height

if TYPE_CHECKING:
    from desktop.crumbs import Crumb

STACKED = 560  # effective width of a head: below this its buttons stand under its words
LOW = 620  # effective height of a window: below this a page's banner becomes a tag
VERY_LOW = 400  # effective height of a window: below this a head goes with what it stands over
_NO_END = 16_777_215  # as Qt has it: as wide as there is room


class Tag(QWidget):
    """An icon and a word on a tint: a state that is told, not a thing to press."""

    def __init__(self, words: str, icon: str, state: str = "") -> None:
        super().__init__()
        self.words, self.icon = words, icon
        self.ground, self.ink = {
            "withdrawn": ("urgent_tint", "urgent_ink"),
            "": ("sunken", "ink"),
            "good": ("ok_tint", "ok_ink"),
        }.get(state, ("warn_tint", "warn_ink"))
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        look = theme()
        metrics = QFontMetrics(look.font("small", 600))
        return QSize(metrics.horizontalAdvance(self.words) + look.px(34), look.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.colour("edge") if look.name == "contrast" else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(self.ground))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        size = look.px(14)
        place = QRectF(look.px(6), (self.height() - size) / 2, size, size)
        paint_icon(painter, self.icon, place, look.colours[self.ink])
        painter.setFont(look.font("small", 600))
        painter.setPen(look.colour(self.ink))
        words = QRectF(look.px(26), 0, self.width() - look.px(26), self.height())
        painter.drawText(
            words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.words
        )


class Facts(QLabel):
    """The line below the title. It wraps between facts; its last part may be a link."""

    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "small")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.linkActivated.connect(lambda _: self.taken.emit())
        self._said: tuple[list[str], str] = ([], "")
        theme().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.say(*self._said)

    def say(self, facts: list[str], link: str = "") -> None:
        self._said = (facts, link)
        parts = [escape(fact) for fact in facts]
        if link:
            colour = theme().colours["link"]
            parts.append(f'<a href="do:it" style="color: {colour}">{escape(link)}</a>')
        self.setText("&nbsp;&nbsp;·&nbsp; ".join(parts))  # a line breaks behind the dot, not before
        self.setAccessibleName(". ".join([*facts, link] if link else facts))
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(
            flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard
            if link
            else flags.NoTextInteraction
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if link else Qt.FocusPolicy.NoFocus)


class PageHead(QWidget):
    """Crumb, title and facts stand in the same place on every page; `right` takes a view's own buttons."""

    sources_asked = Signal()
    up_asked = Signal(object)  # Place

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page-head")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("About this page")
        self.title = label("", "title")
        self.facts = Facts()
        self.facts.taken.connect(self.sources_asked)
        self.tag_box = QWidget()
        self.tags = FlowLayout(self.tag_box, space=6)
        # Where the tags alone are left, they keep to the left and the buttons to the right.
        self.tag_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.folded = False
        self.crumb: Crumb | None = None
        self.up = Button("", "", "link", self._go_up)
        self.up.setProperty("role", "crumb")
        self.sign = label(">", "small", wrap=False)
        self.title_row = QHBoxLayout()
        for part in (self.up, self.sign):
            self.title_row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
            part.hide()
        self.title_row.addWidget(self.title, 1)
        self.words = QVBoxLayout()
        self.words.addLayout(self.title_row)
        self.words.addWidget(self.facts)
        self.words.addWidget(self.tag_box)
        self.right_box = QWidget()
        self.right_box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.right = QHBoxLayout(self.right_box)
        self.right.setContentsMargins(0, 0, 0, 0)
        self.row = QHBoxLayout(self)
        self.row.addLayout(self.words, 1)
        self.row.addWidget(self.right_box, 0, Qt.AlignmentFlag.AlignTop)
        self.tag_box.hide()
        self.right_box.hide()
        theme().changed.connect(self.arrange)
        self.arrange()

    def add_right(self, widget: QWidget) -> None:
        self.right.addWidget(widget)
        self.right_box.show()

    def say(self, title: str, facts: list[str], link: str = "") -> None:
        self.title.setText(breakable(title))
        self.title.setAccessibleName(title)
        self.facts.say(facts, link)
        self.facts.setVisible(bool(facts or link) and not self.folded)

    def say_up(self, crumb: Crumb | None) -> None:
        """The list this page belongs to, before its title; one press goes there."""
        self.crumb = crumb
        words = crumb[0] if crumb is not None else ""
        self.up.setText(words)
        self.up.setAccessibleName(f"Up to {words}")
        self.arrange()

    def _go_up(self) -> None:
        if self.crumb is not None:
            self.up_asked.emit(self.crumb[1])

    def fold(self, on: bool) -> None:
        """Where it is very low, words go with the text; what can be done with the page stays."""
        self.folded = on
        self.title.setVisible(not on)
        self.facts.setVisible(not on and bool(self.facts.text()))
        self.setVisible(not on or not self.right_box.isHidden())
        # Tags alone stand in the middle of the buttons' row, not under the bar above.
        middle = Qt.AlignmentFlag.AlignVCenter if on else Qt.AlignmentFlag(0)
        self.row.setAlignment(self.words, middle)
        self.arrange()

    def whole_height(self, wide: int) -> int:
        """How high it would be with all its words."""
        look = theme()
        beside = 0 if self.right_box.isHidden() else self.right_box.sizeHint().width() + look.px(12)
        stacked = wide / look.scale < STACKED
        room = max(1, wide - 2 * look.px(20) - (0 if stacked else beside))
        high = look.px(20) + text_height(
            look.font("title", 700), self.title.text(), room - self._before()
        )
        high += max(0, self.facts.heightForWidth(room)) if self.facts.text() else 0
        high += self.tags.heightForWidth(room) if not self.tag_box.isHidden() else 0
        return high + (self.right_box.sizeHint().height() if stacked and beside else 0)

    def _before(self) -> int:
        """How wide the crumb is."""
        if self.crumb is None:
            return 0
        gap = self.title_row.spacing()
        return self.up.sizeHint().width() + self.sign.sizeHint().width() + 2 * gap

    def set_tags(self, tags: list[tuple[str, str, str]]) -> None:
        """Tags as (words, icon, state), below the facts."""
        self.tags.clear()
        for words, icon, state in tags:
            self.tags.addWidget(Tag(words, icon, state))
        self.tag_box.setVisible(bool(tags))
        self.tag_box.updateGeometry()

    def stack(self, on: bool) -> None:
        """Where it is narrow the right part stands below the words."""
        down, across = QHBoxLayout.Direction.TopToBottom, QHBoxLayout.Direction.LeftToRight
        self.row.setDirection(down if on else across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        look = theme()
        low = self.window().height() / look.scale < VERY_LOW
        above, below = (3, 3) if low else (10, 8)
        self.row.setContentsMargins(look.px(20), look.px(above), look.px(20), look.px(below))
        self.row.setSpacing(look.px(12))
        self.words.setSpacing(look.px(2))
        self.title_row.setSpacing(look.px(6))
        self.sign.setMinimumHeight(look.px(24))
        self.sign.setContentsMargins(0, look.px(4), 0, 0)
        narrow = self.width() / look.scale < STACKED
        shown = self.crumb is not None and not self.title.isHidden() and not low
        shown = shown and (not narrow or self._in_one_row(self._before()))
        self.up.setVisible(shown)
        self.sign.setVisible(shown)
        self.stack(narrow and not self._in_one_row())

    def _in_one_row(self, more: int = 0) -> bool:
        """A short title, or tags alone, stand beside the switch as long as both fit."""
        look = theme()
        if not self.title.isHidden():
            self.title.ensurePolished()
            title = self.title.fontMetrics().horizontalAdvance(self.title.text()) + more
            edges = 2 * look.px(20) + look.px(16)
            right = 0 if self.right_box.isHidden() else self.right_box.sizeHint().width()
            return title + right + edges <= self.width()
        if not self.facts.isHidden():
            return False
        edges = 2 * theme().px(20) + theme().px(12)
        tags = 0 if self.tag_box.isHidden() else self.tags.wide()
        return tags + self.right_box.sizeHint().width() + edges <= self.width()


class NoticeBar(QWidget):
    """The banner of a page, and the link that helps."""

    link_taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.notice: Notice | None = None
        self.banner = Banner("sample", "")
        self.link = Button("", "arrow-right", "link", self._take)
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)
        self.row.addWidget(self.banner, 1000)
        self.row.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self.row.addStretch(1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        theme().changed.connect(self._fit)
        self.hide()

    def _take(self) -> None:
        if self.notice is not None and self.notice.link:
            self.link_taken.emit(self.notice.link)

    def say(self, notice: Notice | None) -> None:
        self.notice = notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        self.banner.say(notice.state, notice.first, notice.rest)
        self.link.setAccessibleName(notice.link_words)
        self.link.setVisible(bool(notice.link))
        self._fit()

    def _fit(self) -> None:
        """The link stands behind the words, not at the far end of the line; or below, where that has no room."""
        notice, look = self.notice, theme()
        if notice is None or not notice.link:
            self.banner.setMaximumWidth(_NO_END)
            return
        metrics = QFontMetrics(look.font("body"))
        room = max(look.px(80), self.width() - look.px(60))
        elide = Qt.TextElideMode.ElideRight
        self.link.setText(metrics.elidedText(notice.link_words, elide, room))
        bold = QFontMetrics(look.font("body", 700))
        widest = bold.horizontalAdvance(f"{notice.first} {notice.rest}") + look.px(62)
        below = widest + self.link.sizeHint().width() > self.width()
        way = QBoxLayout.Direction
        self.row.setDirection(way.TopToBottom if below else way.LeftToRight)
        self.banner.setMaximumWidth(_NO_END if below else widest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.notice is not None:
            ground = Banner.ROLES[self.notice.state][2]
            QPainter(self).fillRect(self.rect(), theme().colour(ground))


class HeadAndList(Scroller):
    """A head over a list that scrolls by itself; where it is very low the head scrolls away first."""

    def __init__(self, parts: list[QWidget], rows: QWidget) -> None:
        inside = QWidget()
        super().__init__(inside)
        self.parts, self.rows = parts, rows
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in parts:
            column.addWidget(part)
            policy = part.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
            part.setSizePolicy(policy)
        column.addWidget(rows, 1)
        column.addStretch(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = max(self.viewport().width(), 1)
        heads = [part for part in self.parts if not part.isHidden()]
        high = sum(max(p.heightForWidth(wide), p.minimumSizeHint().height()) for p in heads)
        low = high > self.height() * 0.5
        self.rows.setMinimumHeight(self.height() if low else theme().px(80))
