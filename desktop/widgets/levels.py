"""The levels of a ladder as a list, gravest at the top; walking it chooses."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen

from desktop.icons import paint_icon
from desktop.ladders import without_number
from desktop.places import page_place
from desktop.theme import theme
from desktop.widgets.entries import WRAP, Entry, EntryList, Index, Painter
from desktop.widgets.painted import breakable, text_height


def shown(entry: Entry) -> str:
    """The name as it stands beside the number in its ring."""
    return without_number(entry.title, int(entry.below))


class LevelPainter(Painter):
    """A level: its number in a ring, its name; the chosen one framed, a grave one in red with its icon."""

    def measure(self, entry: Entry, width: int) -> int:
        look = theme()
        high = text_height(look.font("body", 600), shown(entry), self._room(entry, width))
        return max(look.px(44), high + look.px(20))

    def _room(self, entry: Entry, width: int) -> int:
        look = theme()
        return max(1, width - look.px(66) - (look.px(28) if entry.urgent else 0))

    def row(self, painter: QPainter, entry: Entry, box: QRect, here: bool, over: bool) -> None:
        look = theme()
        inner = QRectF(box).adjusted(look.px(10), 2, -look.px(8), -2)
        if here or over:
            painter.setPen(QPen(look.colour("accent"), 2) if here else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_tint"))
            painter.drawRoundedRect(inner, look.px(6), look.px(6))
        ink = "urgent_ink" if entry.urgent else "ink"
        size = look.px(26)
        ring = QRectF(box.left() + look.px(20), box.center().y() - size / 2, size, size)
        painter.setPen(QPen(look.colour("urgent" if entry.urgent else "edge"), 1.3))
        painter.setBrush(look.colour("accent" if here else "surface"))
        if entry.urgent:
            painter.drawRoundedRect(ring, look.px(4), look.px(4))
        else:
            painter.drawEllipse(ring)
        painter.setFont(look.font("small", 600))
        painter.setPen(look.colour("on_accent" if here else ink))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, entry.below)
        room = self._room(entry, box.width())
        bold = look.font("body", 600)
        high = text_height(bold, shown(entry), room)
        painter.setFont(look.font("body", 600 if here or entry.urgent else 400))
        painter.setPen(look.colour(ink))
        top = box.center().y() - high // 2
        painter.drawText(
            QRect(box.left() + look.px(58), top, room, high), WRAP, breakable(shown(entry))
        )
        if entry.urgent:
            place = QRectF(
                box.right() - look.px(30), box.center().y() - look.px(9), look.px(18), look.px(18)
            )
            paint_icon(painter, "octagon-alert", place, look.colours[ink])


class LevelList(EntryList):
    """Choosing is walking: there is nothing else to open."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__("Choose a level, the gravest first")

    def make_painter(self) -> Painter:
        return LevelPainter(self)

    def show_levels(self, levels: tuple[str, ...], grave: list[bool], level: int) -> None:
        """The levels from the mildest on; the list turns them round."""
        entries = [
            Entry(page_place(f"{n}"), name, str(n + 1), urgent=grave[n])
            for n, name in enumerate(levels)
        ]
        self.blockSignals(True)
        self.put(entries[::-1])
        self.blockSignals(False)
        self.show_level(level)

    def show_level(self, level: int) -> None:
        self.blockSignals(True)
        index = self.model_of.index(self.model_of.rowCount() - 1 - level)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.blockSignals(False)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self.signalsBlocked():
            self.chosen.emit(self.model_of.rowCount() - 1 - current.row())
