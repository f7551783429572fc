"""The row of open pages: titles of a bearable length, each with a cross of ours to close it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent
from PySide6.QtWidgets import QTabBar, QToolButton

from desktop.icons import icon
from desktop.theme import theme

WIDEST = 300
CROSS = 24
EDGE = 12  # beside the words, as the style sheet has it
_RIGHT = QTabBar.ButtonPosition.RightSide


class TabBar(QTabBar):
    """Shown when two or more pages are open; the crosses are made only then."""

    def __init__(self) -> None:
        super().__init__()
        self.hide()
        self.setMovable(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)  # Qt measures without the chosen tab's bold
        self.setUsesScrollButtons(True)
        self.setAccessibleName("Open pages")
        theme().changed.connect(self._fit)

    def say(self, index: int, title: str, whole: str) -> None:
        """Name a tab; what does not fit is told by the hint, and to a screen reader."""
        self.setTabData(index, title)
        self.setAccessibleTabName(index, title)
        self.setTabToolTip(index, whole)
        self._shorten(index)
        cross = self.tabButton(index, _RIGHT)
        if cross is not None:
            self._name(cross, title)

    def _shorten(self, index: int) -> None:
        """A long title ends in dots where its room ends."""
        room = theme().px(WIDEST) - self._beside()
        right = Qt.TextElideMode.ElideRight
        self.setTabText(index, self._bold().elidedText(self.tabData(index) or "", right, room))

    @staticmethod
    def _bold() -> QFontMetrics:
        return QFontMetrics(theme().font("body", 600))

    @staticmethod
    def _beside() -> int:
        """What stands in a tab besides its words."""
        return _side() + theme().px(3 * EDGE)

    def tabSizeHint(self, index: int) -> QSize:
        """As wide as its words when they are bold, so that nothing moves when it is chosen."""
        wide = self._bold().horizontalAdvance(self.tabText(index)) + self._beside()
        return QSize(wide, super().tabSizeHint(index).height())

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def tabInserted(self, index: int) -> None:
        super().tabInserted(index)
        for number in range(self.count() if self.count() > 1 else 0):
            if self.tabButton(number, _RIGHT) is None:
                self.setTabButton(number, _RIGHT, self._cross(self.tabText(number)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.tabAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.MiddleButton and index >= 0:
            self.tabCloseRequested.emit(index)
            return
        super().mouseReleaseEvent(event)

    def _cross(self, title: str) -> QToolButton:
        cross = QToolButton()
        cross.setProperty("role", "cross")
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+W closes by keyboard
        cross.clicked.connect(lambda: self._close(cross))
        self._name(cross, title)
        self._draw(cross)
        return cross

    def _close(self, cross: QToolButton) -> None:
        for index in range(self.count()):
            if self.tabButton(index, _RIGHT) is cross:
                self.tabCloseRequested.emit(index)
                return

    @staticmethod
    def _name(cross: object, title: str) -> None:
        assert isinstance(cross, QToolButton)
        cross.setAccessibleName(f"Close {title}")
        cross.setToolTip("Close this page, Ctrl+W")

    @staticmethod
    def _draw(cross: QToolButton) -> None:
        look = theme()
        cross.setIcon(icon("x", "ink", 16))
        cross.setIconSize(QSize(look.px(16), look.px(16)))
        cross.setFixedSize(_side(), _side())

    def _fit(self) -> None:
        for index in range(self.count()):
            cross = self.tabButton(index, _RIGHT)
            if isinstance(cross, QToolButton):
                self._draw(cross)
            self._shorten(index)


def _side() -> int:
    return max(CROSS, theme().px(CROSS))
