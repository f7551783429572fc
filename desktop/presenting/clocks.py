"""The clock, this stop's time and the pace, in figures, a bar and words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.icons import paint_icon
from desktop.theme import theme

if TYPE_CHECKING:
    from knowledge.showing.pace import Pace

_ACROSS = 480  # effective width from which everything but the bar stands in one line


class Clocks(QWidget):
    """Painted in one piece; said in one sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.time, self.stop, self.pace_words = "", "", ""
        self.share, self.late = 0.0, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def tell(self, now: datetime, pace: Pace, *, planned: bool) -> None:
        shown = (f"{now:%H:%M}", pace.stop_words, pace.words if planned else "", pace.share)
        if shown == (self.time, self.stop, self.pace_words, self.share):
            return
        self.time, self.stop, self.pace_words, self.share = shown
        self.late = pace.behind > 0
        words = f"{self.time}. This stop: {self.stop}. {self.pace_words}"
        self.setAccessibleName("Clock")
        self.setAccessibleDescription(words)
        self.update()

    @property
    def _across(self) -> bool:
        """Whether the pace has room between clock and time, so that the order keeps a line more."""
        return self.width() >= theme().px(_ACROSS)

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.px(230), look.px(68 if self._across else 98))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.sizeHint().height() != self.height():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self.width()
        small, strong = look.font("small"), look.font("heading", 600)
        painter.setFont(small)
        painter.setPen(look.colour("ink_muted"))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(QRectF(0, 0, wide, look.px(18)), left, "Clock")
        painter.drawText(QRectF(0, 0, wide, look.px(18)), right, "This stop")
        painter.setPen(look.colour("ink"))
        painter.setFont(look.font("display", 700))
        painter.drawText(QRectF(0, look.px(18), wide, look.px(34)), left, self.time)
        painter.setFont(strong)
        painter.drawText(QRectF(0, look.px(18), wide, look.px(32)), right, self.stop)
        bar = QRectF(0.5, look.px(58) + 0.5, wide - 1, look.px(7))
        painter.setPen(QPen(look.colour("edge"), 1))
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        if self.share:
            part = QRectF(
                bar.x(), bar.y(), max(bar.height(), bar.width() * self.share), bar.height()
            )
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(part, bar.height() / 2, bar.height() / 2)
        if self.pace_words:
            self._paint_pace(painter)

    def _paint_pace(self, painter: QPainter) -> None:
        """Below the bar; in the middle of the line above it where there is room."""
        look, role = theme(), "warn_ink" if self.late else "ink"
        size, gap = look.px(16), look.px(22)
        metrics = QFontMetrics(look.font("body", 600))
        wanted = gap + metrics.horizontalAdvance(self.pace_words) + 2
        x = (self.width() - wanted) // 2 if self._across else 0
        y = look.px(28 if self._across else 72)
        paint_icon(painter, "clock", QRectF(x, y + look.px(2), size, size), look.colours[role])
        painter.setFont(look.font("body", 600))
        painter.setPen(look.colour(role))
        place = QRectF(x + gap, y, wanted - gap, metrics.height() + 2)
        painter.drawText(
            place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self.pace_words
        )
