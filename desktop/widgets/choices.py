"""A circle or a box to choose with: as large as the words beside it, and an edge that is seen in every theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QStyle, QStyleOptionButton

from desktop.theme import theme

_TICK = ((0.24, 0.52), (0.42, 0.70), (0.77, 0.31))


class Circle(QRadioButton):
    """One of several."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_RadioButtonIndicator
        with QPainter(self) as painter:
            box = _room(painter, self, self.style().subElementRect(part, option, self))
            painter.drawEllipse(box)
            if self.isChecked():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(_ink(self))
                painter.drawEllipse(box.center(), box.width() / 4, box.width() / 4)


class Tick(QCheckBox):
    """Yes or no."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        with QPainter(self) as painter:
            box = _room(painter, self, self.style().subElementRect(part, option, self))
            painter.drawRoundedRect(box, box.width() / 6, box.width() / 6)
            if self.isChecked():
                painter.setPen(QPen(_ink(self), box.width() / 8))
                side = box.width()
                painter.drawPolyline([box.topLeft() + QPointF(x, y) * side for x, y in _TICK])


def _ink(button: QAbstractButton) -> QColor:
    return theme().colour("ink" if button.isEnabled() else "dim_ink")


def _room(painter: QPainter, button: QAbstractButton, room: QRect) -> QRectF:
    """Over the style's own sign, whose edge is made of the ground's colour: none on black."""
    look = theme()
    painter.fillRect(room, button.palette().window())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    thick = max(1.5, look.px(1.5))
    painter.setPen(QPen(look.colour("edge" if button.isEnabled() else "dim_ink"), thick))
    painter.setBrush(look.colour("surface"))
    return QRectF(room).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
