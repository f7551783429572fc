"""What every list that fills the window has in common: a head that leads home, and rows that lead to places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.crumbs import HOME_CRUMB
from desktop.theme import theme
from desktop.views.base import View
from desktop.widgets.basics import label
from desktop.widgets.pagehead import HeadAndList, PageHead

if TYPE_CHECKING:
    from desktop.places import Place
    from desktop.session import Changed, Session
    from desktop.widgets.entries import EntryList
    from knowledge.library import Library


class Listed(View):
    """Shown anew whenever the place or the library is another; `nothing` says why there are no rows."""

    def __init__(self, session: Session, rows: EntryList, parent: QWidget | None) -> None:
        super().__init__(session, parent)
        self.head = PageHead()
        self.head.say_up(HOME_CRUMB)
        self.head.up_asked.connect(session.go)
        self.list = rows
        self.list.opened.connect(session.go)
        self.nothing = label("", "muted")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(0)

    def hold(self, *between: QWidget) -> None:
        """The list with its head; `between` stands below the head."""
        self.main = HeadAndList([self.head, *between, self.nothing], self.list)
        self.row.addWidget(self.main, 1)
        theme().changed.connect(self._fit)
        self._fit()

    def refresh(self) -> None:
        raise NotImplementedError

    def show_place(self, place: Place) -> None:
        self.place = place
        self.refresh()

    def show_library(self, library: Library) -> None:
        self.refresh()

    def library_changed(self, changed: Changed) -> None:
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        edge = theme().px(20)
        self.nothing.setContentsMargins(edge, edge, edge, edge)
