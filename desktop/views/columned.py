"""What the first page and the champion's have in common: two columns that become one where it is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.theme import theme
from desktop.views.base import View
from desktop.widgets.basics import Scroller

if TYPE_CHECKING:
    from desktop.session import Session


class Columned(View):
    """A column of parts that scrolls, `columns` one of them."""

    beside: ClassVar[int]  # the effective width from which the two stand beside each other
    above: ClassVar[int]  # what is left free above the first part, and between two
    apart: ClassVar[int]

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.inside = QWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroller(self.inside))
        self.body = QVBoxLayout(self.inside)
        self.columns = QHBoxLayout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        wide = self.width() / look.scale
        edge = look.px(36 if wide >= 640 else 16)
        self.body.setContentsMargins(edge, look.px(self.above), edge, look.px(16))
        self.body.setSpacing(look.px(self.apart))
        across, down = QHBoxLayout.Direction.LeftToRight, QHBoxLayout.Direction.TopToBottom
        self.columns.setDirection(down if wide < self.beside else across)
        self.columns.setSpacing(look.px(28))
