"""A line that leads somewhere: an icon and words that wrap, as a row of a card or as a link."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.icons import paint_icon
from desktop.theme import theme
from desktop.widgets.painted import Painted, breakable, measured_once, text_height

_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)


class LeadRow(Painted):
    """As wide as it may be, as high as its words need. `link` looks like one."""

    def __init__(
        self, words: str, icon: str = "", *, link: bool = False, urgent: bool = False
    ) -> None:
        super().__init__()
        self.words, self.icon_name, self.link, self.urgent = words, icon, link, urgent
        self.setText(words)
        self.setAccessibleName(f"Urgent: {words}" if urgent else words)
        if link:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def _font(self) -> QFont:
        font = QFont(theme().font("body", 600 if self.urgent else 400))
        font.setUnderline(self.link)
        return font

    def _edges(self) -> tuple[int, int, int]:
        """Where the words begin, what stays free behind them, what stays free above and below."""
        look = theme()
        side = 0 if self.link else look.px(4)
        return (
            side + (look.px(24) if self.icon_name else 0),
            look.px(4),
            look.px(3) if self.link else look.px(9),
        )

    @measured_once
    def heightForWidth(self, width: int) -> int:
        left, right, edge = self._edges()
        high = text_height(self._font(), self.words, width - left - right)
        return max(theme().px(26), high + 2 * edge)

    def sizeHint(self) -> QSize:
        left, right, _ = self._edges()
        wide = QFontMetrics(self._font()).horizontalAdvance(self.words) + left + right + 2
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_tint"))
            painter.drawRoundedRect(QRectF(self.rect()), look.px(4), look.px(4))
        left, right, edge = self._edges()
        font = self._font()
        room = self.width() - left - right
        high = text_height(font, self.words, room)
        top = max(edge, (self.height() - high) // 2)
        ink = "urgent_ink" if self.urgent else "link" if self.link else "ink"
        if self.icon_name:
            size = look.px(16)
            line = QFontMetrics(font).height()
            place = QRectF(left - look.px(24), top + (line - size) / 2, size, size)
            colour = look.colours["urgent_ink" if self.urgent else "ink_muted"]
            paint_icon(painter, self.icon_name, place, colour)
        painter.setFont(font)
        painter.setPen(look.colour(ink))
        painter.drawText(QRect(left, top, room, high), _WRAP, breakable(self.words))
