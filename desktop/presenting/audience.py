"""The audience's window: the stage and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QScreen
from PySide6.QtWidgets import QVBoxLayout

from desktop.presenting.roomview import RoomView
from desktop.presenting.windows import ShowWindow

if TYPE_CHECKING:
    from desktop.presenting.stage import Stage

TITLE = "Fingerpost: what the room sees"


def roomy(area: QRect) -> bool:
    """Whether a screen holds both windows, each with a part in view."""
    return area.width() >= 1400


class Audience(ShowWindow):
    """Full on the projector's screen, or a plain window to be shared."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setWindowTitle(TITLE)
        self.setAccessibleName(TITLE)
        self.setMinimumSize(320, 240)
        self.setAttribute(
            Qt.WidgetAttribute.WA_ShowWithoutActivating
        )  # the trainer has the keyboard
        self.room = RoomView(stage)
        self.room.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.room.setProperty("ring", False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.room)

    def fill(self, screen: QScreen) -> None:
        """The whole of a screen."""
        self.setWindowState(Qt.WindowState.WindowNoState)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.room.setCursor(Qt.CursorShape.BlankCursor)
        self.showFullScreen()

    def as_window(self, screen: QScreen) -> None:
        """A plain window of 1280 by 720, or as much of it as the screen has."""
        area = screen.availableGeometry()
        size = QSize(1280, 720).boundedTo(area.size() - QSize(16, 48))
        self.setWindowState(Qt.WindowState.WindowNoState)
        self.setScreen(screen)
        self.showNormal()
        # Where there is room, off the trainer's window, so that either can be reached with the mouse.
        right, low = area.right() - size.width() - 8, area.bottom() - size.height() - 8
        middle = area.x() + (area.width() - size.width()) // 2
        corner = QPoint(right, low) if roomy(area) else QPoint(middle, area.y() + 40)
        self.setGeometry(QRect(corner, size))
        self.room.setCursor(Qt.CursorShape.ArrowCursor)

    @property
    def full(self) -> bool:
        return self.isFullScreen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.stage.set_room(max(1, self.width()), max(1, self.height()))
