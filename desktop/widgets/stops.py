"""The running order of a session beside its text: numbers, names, minutes, what is covered, what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.icons import paint_icon
from desktop.theme import theme
from desktop.widgets.basics import Button, label
from desktop.widgets.painted import text_height
from knowledge.dates import in_words
from knowledge.model import Status

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.model import Page, Stop

_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
_MARK = Qt.ItemDataRole.UserRole  # (icon, role of its colour, words below)
_Index = QModelIndex | QPersistentModelIndex


class StopsPanel(QWidget):
    """Enter or a click goes to the stop in the text."""

    chosen = Signal(int)
    begin_asked = Signal(int)
    since_asked = Signal(int)  # a stop, or -1 for all that changed

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Running order")
        self.last: datetime | None = None
        self.title = label("Running order", "heading")
        self.total = label("", "small")
        self.list = QListWidget()
        self.list.setAccessibleName("Stops")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setItemDelegate(_Row(self.list))
        self.told = label("", "small")
        self.see = Button("See what changed", "sparkles", "link", lambda: self.since_asked.emit(-1))
        self.begin = Button("Present from this stop", "play", "lined", self._begin)
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.title)
        self.column.addWidget(self.total)
        self.column.addWidget(self.list, 1)
        for part in (self.told, self.see, self.begin):
            self.column.addWidget(part)
        self.list.itemClicked.connect(lambda item: self.chosen.emit(self.list.row(item)))
        self.list.itemActivated.connect(lambda item: self.chosen.emit(self.list.row(item)))
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        self.setFixedWidth(look.px(352))
        edge = look.px(12)
        self.column.setContentsMargins(edge, look.px(10), edge, look.px(10))
        self.column.setSpacing(look.px(6))
        self.list.scheduleDelayedItemsLayout()

    def _begin(self) -> None:
        self.begin_asked.emit(max(0, self.list.currentRow()))

    def show_page(self, page: Page, library: Library, changed: Mapping[int, str]) -> None:
        """The stops as they are now; the chosen one stays so."""
        at = max(0, min(self.list.currentRow(), len(page.stops) - 1))
        self.list.clear()
        for number, stop in enumerate(page.stops):
            mark = _mark(stop, library, number in changed)
            unit = "minute" if stop.minutes == 1 else "minutes"
            words = f"{number + 1}. {stop.link.text}"
            item = QListWidgetItem(words)
            item.setData(_MARK, (*mark, f"{stop.minutes}" if stop.minutes else ""))
            spoken = [words, f"{stop.minutes} {unit}" if stop.minutes else "", mark[2]]
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(filter(None, spoken)))
            self.list.addItem(item)
        self.list.setCurrentRow(at)
        covered = sum(stop.covered for stop in page.stops)
        parts = [f"{len(page.stops)} stops", f"{sum(s.minutes for s in page.stops)} minutes"]
        parts += [f"{covered} covered at first"] if covered else []
        self.total.setText(" · ".join(parts))
        when = in_words(self.last.astimezone().date()) if self.last is not None else ""
        words = f"Last presented on {when}." if when else "Not presented on this computer yet."
        self.told.setText(words)
        self.see.setVisible(bool(changed))


def _mark(stop: Stop, library: Library, changed: bool) -> tuple[str, str, str]:
    """The icon of a stop, its colour, and what is said below its name."""
    page = library.pages.get(stop.link.page)
    if library.target(stop.link.page, stop.link.anchor) is None or page is None:
        return "circle-alert", "urgent_ink", "Not in the library any more"
    if page.status is Status.WITHDRAWN:
        return "archive-x", "urgent_ink", "Withdrawn"
    if changed:
        return "sparkles", "warn_ink", "Changed since last presented"
    return ("eye-off", "ink_muted", "Covered at first") if stop.covered else ("", "ink_muted", "")


class _Row(QStyledItemDelegate):
    """Name and minutes; below them, where there is something to say, a mark in words."""

    def __init__(self, owner: QListWidget) -> None:
        super().__init__(owner)
        self.owner = owner

    def _room(self) -> int:
        look = theme()
        return max(look.px(80), self.owner.viewport().width() - look.px(12) - look.px(40))

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        look = theme()
        high = text_height(look.font("body", 600), str(index.data()), self._room())
        if index.data(_MARK)[2]:
            high += look.px(20)
        return QSize(self._room(), high + look.px(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        icon, role, words, minutes = index.data(_MARK)
        here = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if here or over:
            painter.fillRect(box, look.colour("accent_tint"))
        if here:
            painter.fillRect(box.left(), box.top(), look.px(4), box.height(), look.colour("accent"))
        painter.setPen(look.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        left, top, room = box.left() + look.px(12), box.top() + look.px(6), self._room()
        font = look.font("body", 600 if here else 400)
        high = text_height(look.font("body", 600), str(index.data()), room)
        painter.setFont(font)
        painter.setPen(look.colour("ink"))
        painter.drawText(QRect(left, top, room, high), _WRAP, str(index.data()))
        if minutes:
            small = look.font("body", 600 if here else 400)
            painter.setFont(small)
            wide = QFontMetrics(small).horizontalAdvance(minutes)
            at = QRect(box.right() - wide - look.px(10), top, wide + 2, look.px(24))
            painter.drawText(at, Qt.AlignmentFlag.AlignLeft, minutes)
        if words:
            size = look.px(15)
            place = QRectF(left, top + high + look.px(4), size, size)
            paint_icon(painter, icon, place, look.colours[role])
            painter.setFont(look.font("small"))
            painter.setPen(look.colour(role))
            below = QRect(left + look.px(20), top + high + look.px(2), room, look.px(20))
            painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


__all__ = ["StopsPanel"]
