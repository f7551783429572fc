"""What stands above a pathway: head, banner, and the gate before one whose review is long overdue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.crumbs import up_from
from desktop.standing import acknowledge, banner_of, facts, is_shut, notices, sources_words
from desktop.theme import theme
from desktop.widgets.basics import set_role
from desktop.widgets.gate import Gate
from desktop.widgets.pagehead import LOW, VERY_LOW, NoticeBar, PageHead

if TYPE_CHECKING:
    from desktop.session import Session
    from desktop.standing import Notice
    from knowledge.library import Library
    from knowledge.model import Page

# Below `LOW` the facts go as well, below `VERY_LOW` the title, below this the tag. What goes is said in the panel.
LOWEST = 240
NARROW = 560  # effective width below which there is no room beside the switch


class PageFrame(QWidget):
    """Says what the page is and how far it can be trusted."""

    opened = Signal()  # somebody said that they have seen how old the page is

    def __init__(self, session: Session, switch: QWidget) -> None:
        super().__init__()
        self.session = session
        self.page: Page | None = None
        self.today: Callable[[], date] = lambda: session.now().date()
        self.notices: list[Notice] = []
        self.head = PageHead()
        self.head.add_right(switch)
        self.head.up_asked.connect(session.go)
        self.notice = NoticeBar()
        self.notice.link_taken.connect(session.go_to)
        self.gate = Gate(self._acknowledge)
        self.gate.hide()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self.notice):
            column.addWidget(part)

    def show_page(self, page: Page, library: Library) -> None:
        self.page = page
        self.notices = notices(page, library, self.today())
        self.head.say(page.title, facts(page), sources_words(page))
        self.head.say_up(up_from(page))
        self.fit()
        closed = is_shut(page, self.today(), self.session.settings)
        self.gate.setVisible(closed)
        if closed:
            self.gate.show_page(page)

    @property
    def closed(self) -> bool:
        """Whether the page waits behind the gate."""
        return not self.gate.isHidden()

    def _acknowledge(self) -> None:
        if self.page is None:
            return
        acknowledge(self.page, self.today(), self.session.settings)
        self.gate.hide()
        self.opened.emit()

    @property
    def very_low(self) -> bool:
        return self.window().height() / theme().scale < VERY_LOW

    def fit(self) -> None:
        """Where it is low the banner is a tag; where it is very low title and facts wait elsewhere."""
        low = self.window().height() / theme().scale < LOW
        first, rest = banner_of(self.notices, low)
        self.notice.say(first)
        wanted = [(n.short, "triangle-alert", n.state) for n in rest]
        if wanted != self.head.property("shown"):
            self.head.setProperty("shown", wanted)
            self.head.set_tags(wanted)
        self.head.tag_box.setVisible(bool(wanted))
        beside = self._title_beside()
        set_role(self.head.title, "role", "small" if beside else "title")
        self.head.title.setVisible(beside or not self.very_low)
        self.head.facts.setVisible(not low)
        if self.window().height() / theme().scale < LOWEST:
            self.head.tag_box.hide()
        self.head.arrange()

    def _title_beside(self) -> bool:
        """Where it is very low the title stands small beside the switch, if one line there holds it."""
        look = theme()
        if not self.very_low or self.width() / look.scale < NARROW:
            return False
        room = self.width() - self.head.right_box.sizeHint().width() - look.px(60)
        metrics = QFontMetrics(look.font("small"))
        return metrics.horizontalAdvance(self.head.title.text()) <= room

    def said_below(self) -> tuple[str, str]:
        """Title and facts, as far as there is no room for them here."""
        page, high = self.page, self.window().height() / theme().scale
        if page is None or high >= LOW:
            return "", ""
        first = self.notices[0].first if self.notices and high < LOWEST else ""
        elsewhere = high < VERY_LOW and not self._title_beside()
        title = f"{first} {page.title}".strip() if elsewhere else first
        return title, ". ".join(facts(page))
