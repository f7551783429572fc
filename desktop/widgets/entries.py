"""Lists of pages: rows with title, summary and state, painted at any text size, walked with the keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.icons import paint_icon
from desktop.places import Place
from desktop.theme import theme
from desktop.widgets.painted import breakable, text_height

WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list. Without a place it is the heading of those below it."""

    place: Place | None
    title: str
    below: str = ""
    icon: str = ""
    side: str = ""  # its state, at the right
    side_icon: str = ""
    side_role: str = "ink_muted"
    urgent: bool = False
    figure: str = ""  # the number a card begins with, and the words behind it
    figure_words: str = ""

    @property
    def spoken(self) -> str:
        parts = (
            "Urgent" if self.urgent else "",
            f"{self.figure} {self.figure_words}".strip(),
            self.title,
            self.below,
            self.side,
        )
        return ". ".join(part.rstrip(".") for part in parts if part)


class Entries(QAbstractListModel):
    """The entries as Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def put(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return entry.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.entries[index.row()].place is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Painter(QStyledItemDelegate):
    """Paints a row: icon, title, summary below, state at the right or, where it is narrow, below."""

    def __init__(self, view: EntryList) -> None:
        super().__init__(view)
        self.view = view
        self._heights: dict[tuple[Entry, int], int] = {}
        self._sides: dict[str, int] = {}  # many rows have the same few words there

    def forget(self) -> None:
        self._heights.clear()
        self._sides.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self.view.row_width()
        return QSize(width, self.height(self.view.model_of.entries[index.row()], width))

    def height(self, entry: Entry, width: int) -> int:
        key = (entry, width)
        found = self._heights.get(key)
        if found is None:
            found = self._heights[key] = self.measure(entry, width)
        return found

    def measure(self, entry: Entry, width: int) -> int:
        look = theme()
        if entry.place is None:
            return text_height(look.font("heading", 700), entry.title, width - look.px(40)) + (
                look.px(26)
            )
        _, room, _, under = self._columns(entry, width)
        high = text_height(look.font("body", 600), entry.title, room)
        if entry.below:
            high += look.px(2) + text_height(look.font("small"), entry.below, room)
        if under:
            high += look.px(4) + look.px(18)
        return max(look.px(44), high + look.px(22))

    def _columns(self, entry: Entry, width: int) -> tuple[int, int, int, bool]:
        """Where words begin, how wide they may be, how wide the state is, and whether it stands below."""
        look = theme()
        left = look.px(20) + (look.px(32) if entry.icon else 0)
        side = 0
        if entry.side:
            side = self._side(entry.side) + look.px(22)
        under = bool(side) and width < look.px(620)
        room = width - left - look.px(20) - (0 if under or not side else side + look.px(20))
        return left, max(room, 1), side, under

    def _side(self, words: str) -> int:
        wide = self._sides.get(words)
        if wide is None:
            metrics = QFontMetrics(theme().font("small", 600))
            wide = self._sides[words] = metrics.horizontalAdvance(words)
        return wide

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = self.view.model_of.entries[index.row()]
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.place is None:
            self._heading(painter, entry, box)
        else:
            here = bool(state & QStyle.StateFlag.State_Selected)
            over = bool(state & QStyle.StateFlag.State_MouseOver) or (here and self.view.hasFocus())
            self.row(painter, entry, box, here, over)
        painter.restore()

    def _heading(self, painter: QPainter, entry: Entry, box: QRect) -> None:
        look = theme()
        painter.setFont(look.font("heading", 700))
        painter.setPen(look.colour("ink"))
        inner = box.adjusted(look.px(20), look.px(16), -look.px(20), 0)
        painter.drawText(inner, WRAP, breakable(entry.title))

    def row(self, painter: QPainter, entry: Entry, box: QRect, here: bool, over: bool) -> None:
        look = theme()
        if over or (here and not self.view.one_click):
            painter.fillRect(box, look.colour("accent_tint"))
        if here:
            painter.fillRect(box.left(), box.top(), look.px(4), box.height(), look.colour("accent"))
            if look.name == "contrast":
                painter.setPen(QPen(look.colour("focus"), 2))
                painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, look.colour("line"))
        left, room, side, under = self._columns(entry, box.width())
        y = box.top() + look.px(10)
        bold, small = look.font("body", 600), look.font("small")
        if entry.icon:
            size = look.px(20)
            colour = "urgent_ink" if entry.urgent else "accent"
            place = QRectF(box.left() + look.px(20), y + look.px(1), size, size)
            paint_icon(painter, entry.icon, place, look.colours[colour])
        high = text_height(bold, entry.title, room)
        painter.setFont(bold)
        painter.setPen(look.colour("urgent_ink" if entry.urgent else "ink"))
        painter.drawText(QRect(box.left() + left, y, room, high), WRAP, breakable(entry.title))
        y += high
        if entry.below:
            high = text_height(small, entry.below, room)
            painter.setFont(small)
            painter.setPen(look.colour("ink_muted"))
            painter.drawText(
                QRect(box.left() + left, y + look.px(2), room, high), WRAP, breakable(entry.below)
            )
            y += high + look.px(2)
        if entry.side:
            x = box.left() + left if under else box.right() - look.px(20) - side
            top = y + look.px(4) if under else box.center().y() - look.px(9)
            self.state(painter, entry, x, top)

    def state(self, painter: QPainter, entry: Entry, x: int, y: int) -> None:
        """The state in words, with its icon."""
        look = theme()
        size = look.px(15)
        if entry.side_icon:
            place = QRectF(x, y + (look.px(18) - size) / 2, size, size)
            paint_icon(painter, entry.side_icon, place, look.colours[entry.side_role])
        painter.setFont(look.font("small", 600))
        painter.setPen(look.colour(entry.side_role))
        words = QRect(x + look.px(20), y, look.px(1000), look.px(18))
        painter.drawText(
            words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, entry.side
        )


class EntryList(QListView):
    """Arrows walk, Enter opens, with Ctrl in a new tab; typing goes to the title that begins so."""

    opened = Signal(object, bool)  # Place, in a new tab

    def __init__(self, name: str) -> None:
        super().__init__()
        self.model_of = Entries()
        self.setModel(self.model_of)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(200)
        self.setMouseTracking(True)
        self.setViewportMargins(0, 6, 0, 6)  # room for the ring that shows where the keyboard is
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.painter_of = self.make_painter()
        self.setItemDelegate(self.painter_of)
        self.one_click = True  # else a click only chooses, and two open
        self.clicked.connect(lambda index: self._pressed(index, 1))
        self.doubleClicked.connect(lambda index: self._pressed(index, 2))
        theme().changed.connect(self.relay)

    def make_painter(self) -> Painter:
        return Painter(self)

    def relay(self) -> None:
        self.painter_of.forget()
        self.scheduleDelayedItemsLayout()

    def row_width(self) -> int:
        return max(self.viewport().width(), 1)

    def put(self, entries: list[Entry]) -> None:
        """Show these; the row that was chosen stays so if its page is still among them."""
        if entries == self.model_of.entries:
            return
        link = self.chosen_link()
        at = self.verticalScrollBar().value()
        self.painter_of.forget()
        self.model_of.put(entries)
        self.choose(link)
        self.verticalScrollBar().setValue(at)

    def chosen_link(self) -> str:
        row = self.currentIndex().row()
        place = self.model_of.entries[row].place if row >= 0 else None
        return place.link if place is not None else ""

    def choose(self, link: str) -> None:
        """Choose the row that leads there, or else the first one that leads anywhere."""
        rows = [n for n, e in enumerate(self.model_of.entries) if e.place is not None]
        if not rows:
            return
        entries = self.model_of.entries
        same = [n for n in rows if (place := entries[n].place) and place.link == link]
        self.setCurrentIndex(self.model_of.index((same or rows)[0]))

    def _open(self, index: QModelIndex, new_tab: bool) -> None:
        place = self.model_of.entries[index.row()].place if index.isValid() else None
        if place is not None:
            self.opened.emit(place, new_tab)

    def _pressed(self, index: QModelIndex, times: int) -> None:
        if self.one_click == (times == 1):
            self._open(index, False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._open(self.currentIndex(), held)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        middle = event.button() is Qt.MouseButton.MiddleButton
        if middle or (control and event.button() is Qt.MouseButton.LeftButton):
            self._open(self.indexAt(event.position().toPoint()), True)
            return
        super().mouseReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
