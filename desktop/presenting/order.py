"""The running order before the trainer: what has been, where the show stands, how long each stop is meant to take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.icons import paint_icon
from desktop.theme import theme
from knowledge.showing.telling import named

if TYPE_CHECKING:
    from knowledge.showing.show import Show

_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
_Index = QModelIndex | QPersistentModelIndex


class _Row(QStyledItemDelegate):
    """A tick or an arrow, the stop's number and name, its minutes."""

    def __init__(self, owner: Order) -> None:
        super().__init__(owner)
        self.owner = owner
        self._heights: dict[tuple[int, int, int, float], int] = {}

    def _room(self) -> int:
        look = theme()
        return max(look.px(60), self.owner.width() - look.px(14) - look.px(36) - look.px(40))

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        look, room = theme(), self._room()
        weight = 600 if index.row() == self.owner.at else 400
        known = (index.row(), weight, room, look.scale)
        high = self._heights.get(known)
        if high is None:
            box = QFontMetrics(look.font("body", weight)).boundingRect(
                QRect(0, 0, room, 10_000), _WRAP, str(index.data())
            )
            high = self._heights[known] = max(look.px(34), box.height() + look.px(12))
        return QSize(room, high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, at = theme(), index.row()
        box: QRect = option.rect
        state = option.state
        here = at == self.owner.at
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if here or focused:
            painter.setPen(QPen(look.colour("accent" if here else "focus"), 2))
            painter.setBrush(look.colour("accent_tint" if here else "surface"))
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), look.px(6), look.px(6))
        size = look.px(16)
        name, role = self.owner.mark(at)
        if name:
            place = QRectF(box.x() + look.px(10), box.center().y() - size / 2, size, size)
            paint_icon(painter, name, place, look.colours[role])
        painter.setFont(look.font("body", 600 if here else 400))
        painter.setPen(look.colour("ink"))
        left = look.px(34)
        words = QRect(box.x() + left, box.y() + look.px(6), self._room(), box.height())
        painter.drawText(words, _WRAP, str(index.data()))
        minutes = self.owner.show_.scenes[at].minutes
        if minutes:
            painter.drawText(
                box.adjusted(0, look.px(6), -look.px(10), 0),
                Qt.AlignmentFlag.AlignRight,
                str(minutes),
            )
        painter.restore()


class Order(QListWidget):
    """Enter or a click goes there; the room sees only the arrival."""

    wanted = Signal(int)

    def __init__(self, show: Show) -> None:
        super().__init__()
        self.show_ = show
        self.at = -1
        self.seen: frozenset[int] = frozenset()
        self.setAccessibleName("Running order")
        self.setItemDelegate(_Row(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ring", False)
        for at, scene in enumerate(show.scenes):
            item = QListWidgetItem(named(show, at, scene))
            minutes = f", {scene.minutes} minutes" if scene.minutes else ""
            trouble = f". {scene.trouble}" if scene.trouble else ""
            said = f"{named(show, at, scene)}{minutes}{trouble}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
            if scene.trouble:
                item.setToolTip(scene.trouble)
            self.addItem(item)
        self.itemClicked.connect(lambda item: self.wanted.emit(self.row(item)))
        self.itemActivated.connect(lambda item: self.wanted.emit(self.row(item)))
        theme().changed.connect(self.scheduleDelayedItemsLayout)

    def mark(self, at: int) -> tuple[str, str]:
        scene = self.show_.scenes[at]
        if at == self.at:
            return "play", "accent"
        if scene.trouble:
            return "triangle-alert", "warn_ink"
        return ("check", "ink") if at in self.seen else ("", "ink")

    def tell(self, at: int, seen: frozenset[int]) -> None:
        """Where the show stands, and which stops have been shown."""
        if (at, seen) == (self.at, self.seen):
            return
        moved, self.at, self.seen = at != self.at, at, seen
        if moved:
            self.setCurrentRow(at)
            self.scheduleDelayedItemsLayout()
            QTimer.singleShot(0, self, self._reveal)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        if self.at >= 0:
            self.scrollToItem(self.item(self.at), QListWidget.ScrollHint.PositionAtCenter)
