"""The pathway as a numbered list that says the same as the graph: real rows for any screen reader."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.graph.chart import Chart, Exit
from desktop.graph.lit import Lit
from desktop.icons import STEP_ICONS, paint_icon
from desktop.theme import theme
from desktop.widgets.painted import text_height

KEY = Qt.ItemDataRole.UserRole + 1
WAY = Qt.ItemDataRole.UserRole + 2
_Index = QModelIndex | QPersistentModelIndex
_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)


class Outline(QListView):
    """A row for each step, and under it a row for each of its ways on."""

    clicked_step = Signal(str)
    way_taken = Signal(str, int)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Outline of the pathway")
        self.setProperty("ring", False)  # the row that has the keyboard shows it
        self.rows = QStandardItemModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.lit = Lit()
        self.chart: Chart | None = None
        self.clicked.connect(lambda index: self._take(index.row()))
        theme().changed.connect(self._relay)

    def show_chart(self, chart: Chart) -> None:
        self.chart = chart
        self.rows.clear()
        for key in chart.keys:
            item = QStandardItem(chart.spoken(key))
            item.setData(key, KEY)
            item.setData(0, WAY)
            self.rows.appendRow(item)
            for way in chart.exits(key):
                row = QStandardItem(_way_words(chart, way, spoken=True))
                row.setData(key, KEY)
                row.setData(way.number, WAY)
                self.rows.appendRow(row)

    def light(self, lit: Lit, taken: dict[str, int] | None = None) -> None:
        """Mark the route, and bring the chosen step into view."""
        self.lit = lit
        self.taken = taken or {}
        row = self.row_of(lit.chosen)
        current = self.currentIndex()
        here = current.data(KEY) if current.isValid() else ""
        if row >= 0 and here != lit.chosen:
            index = self.rows.index(row, 0)
            # This brings it into view, now or when the outline is shown.
            self.setCurrentIndex(index)
        self.viewport().update()

    taken: dict[str, int] = {}  # noqa: RUF012  replaced as a whole, never changed

    def row_of(self, key: str) -> int:
        """The row of a step; -1 when it has none."""
        for row in range(self.rows.rowCount()):
            item = self.rows.item(row)
            if item.data(KEY) == key and not item.data(WAY):
                return row
        return -1

    def _take(self, row: int) -> None:
        item = self.rows.item(row)
        if item is None:
            return
        key, way = item.data(KEY), item.data(WAY)
        if way:
            self.way_taken.emit(key, way)
        else:
            self.clicked_step.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            index = self.currentIndex()
            if index.isValid() and not index.data(WAY):
                self.opened.emit(index.data(KEY))
            else:
                self._take(index.row())
        elif event.key() == Qt.Key.Key_Space:
            self._take(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Backspace or event.text().isalnum():
            event.ignore()  # ways by number and the like, for the page around; not type-ahead
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relay()

    def _relay(self) -> None:
        self.scheduleDelayedItemsLayout()


def _way_words(chart: Chart, way: Exit, *, spoken: bool = False) -> str:
    box = chart.boxes[way.target]
    target = f"{box.number}. {box.title}" if box.number else box.title
    if not box.number and box.word:
        target = f"{box.word}: {target}"
    back = "back to " if way.loop else ""
    condition = f"{way.condition} → " if way.condition else "→ "
    words = f"{condition}{back}{target}"
    return f"way {way.number}: {words.replace('→', 'leads to')}" if spoken else words


class _Delegate(QStyledItemDelegate):
    """Paints steps and ways, every word of them."""

    def __init__(self, view: Outline) -> None:
        super().__init__(view)
        self.view = view

    def _places(self, width: int) -> tuple[int, int]:
        look = theme()
        left = look.px(58)
        return left, max(40, width - left - look.px(16))

    def _second(self, key: str) -> str:
        """The line under a step's title: kind, lane, time limit."""
        chart = self.view.chart
        step = chart.step(key) if chart is not None else None
        if step is None:
            return ""
        parts = [step.kind.value.capitalize(), step.lane]
        if step.timeframe:
            parts.append(f"time limit: {step.timeframe}")
        return " · ".join(part for part in parts if part)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        look = theme()
        width = self.view.viewport().width()
        chart = self.view.chart
        key, number = index.data(KEY), index.data(WAY)
        if chart is None:
            return QSize(width, look.px(34))
        _, room = self._places(width)
        if number:
            words = _way_words(chart, chart.exits(key)[number - 1])
            high = text_height(look.font("body"), words, room - look.px(28))
            return QSize(width, max(look.px(30), high + look.px(10)))
        high = text_height(look.font("body", 600), chart.boxes[key].title, room)
        high += text_height(look.font("small"), self._second(key), room)
        return QSize(width, high + look.px(16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        chart = self.view.chart
        if chart is None:
            return
        look, lit = theme(), self.view.lit
        rect: QRect = option.rect
        key, number = index.data(KEY), index.data(WAY)
        chosen = key == lit.chosen and not number
        on_route = key in lit.route and (not number or self.view.taken.get(key) == number)
        state = option.state
        if chosen:
            painter.fillRect(rect, look.colour("accent_tint"))
        if on_route or chosen:
            painter.fillRect(rect.x(), rect.y(), look.px(4), rect.height(), look.colour("trail"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRect(rect.adjusted(2, 2, -2, -2))
        if number:
            self._paint_way(painter, rect, key, number, on_route)
        else:
            self._paint_step(painter, rect, key)

    def _paint_step(self, painter: QPainter, rect: QRect, key: str) -> None:
        look, chart = theme(), self.view.chart
        assert chart is not None
        step = chart.step(key)
        assert step is not None
        left, room = self._places(rect.width())
        urgent = step.kind.value == "urgent"
        role = "urgent_ink" if urgent else "ink"
        size = look.px(17)
        y = rect.y() + look.px(8)
        painter.setFont(look.font("body", 600))
        painter.setPen(look.colour(role))
        wide = QFontMetrics(painter.font()).horizontalAdvance(str(step.number))
        painter.drawText(QRect(look.px(28) - wide, y, wide + 4, look.px(22)), 0, str(step.number))
        paint_icon(
            painter,
            STEP_ICONS[step.kind.value],
            QRectF(look.px(35), y + look.px(1), size, size),
            look.colours[role],
        )
        title = chart.boxes[key].title
        high = text_height(look.font("body", 600), title, room)
        painter.drawText(QRect(left, y, room, high), _WRAP, title)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("ink_muted"))
        painter.drawText(QRect(left, y + high, room, rect.height()), _WRAP, self._second(key))

    def _paint_way(
        self, painter: QPainter, rect: QRect, key: str, number: int, on_route: bool
    ) -> None:
        look, chart = theme(), self.view.chart
        assert chart is not None
        way = chart.exits(key)[number - 1]
        left, room = self._places(rect.width())
        y = rect.y() + look.px(5)
        size = look.px(18)
        cap = QRectF(left, y + look.px(1), size, size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(cap, look.px(4), look.px(4))
        painter.setFont(look.font("small", 600))
        painter.setPen(look.colour("ink"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(number))
        painter.setFont(look.font("body", 600 if on_route else 400))
        painter.setPen(look.colour("urgent_ink" if way.urgent else "ink"))
        words = _way_words(chart, way)
        painter.drawText(
            QRect(left + look.px(28), y, room - look.px(28), rect.height()), _WRAP, words
        )
