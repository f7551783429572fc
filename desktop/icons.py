"""Icons in any colour and size, drawn once and kept."""

from __future__ import annotations

from functools import lru_cache
from math import ceil, floor

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from desktop import resources
from desktop.theme import theme

KIND_ICONS = {
    "pathway": "route",
    "threshold": "layers",
    "casestudy": "book-open",
    "service": "phone",
    "session": "presentation",
    "page": "file-text",
}
STEP_ICONS = {
    "start": "play",
    "question": "circle-question-mark",
    "action": "square-check-big",
    "referral": "send",
    "urgent": "octagon-alert",
    "end": "flag",
}


def paint_icon(painter: QPainter, name: str, box: QRectF, colour: str) -> None:
    """Draw an icon into a box, sharp at any scale. `colour` is #rrggbb.

    On a widget as large as life it is drawn once and kept: the same dots, for a tenth of the time.
    """
    device = painter.device()
    ratio = device.devicePixelRatioF()
    whole = ratio == int(ratio) and painter.transform().isIdentity()
    if not whole or not isinstance(device, QWidget):
        renderer(name, colour).render(painter, box)
        return
    x, y = box.x() * ratio, box.y() * ratio
    left, top = floor(x), floor(y)
    dots = _dots(name, colour, x - left, y - top, box.width() * ratio, box.height() * ratio, ratio)
    painter.drawPixmap(QPointF(left / ratio, top / ratio), dots)


@lru_cache(maxsize=512)
def _dots(
    name: str, colour: str, x: float, y: float, wide: float, high: float, ratio: float
) -> QPixmap:
    """An icon as it stands at a place between two dots of the screen."""
    pixmap = QPixmap(ceil(x + wide), ceil(y + high))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer(name, colour).render(painter, QRectF(x, y, wide, high))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


@lru_cache(maxsize=512)
def renderer(name: str, colour: str) -> QSvgRenderer:
    """The drawing of an icon in one colour."""
    data = resources.read(f"icons/{name}.svg").replace(b"currentColor", colour.encode("ascii"))
    return QSvgRenderer(QByteArray(data))


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, size: int, gap: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(round((size + gap) * ratio), round(size * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer(name, colour).render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, role: str = "ink", size: float = 18, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture: `role` is a colour of the design, `size` a size of the design."""
    look = theme()
    return _pixmap(name, look.colours[role], look.px(size), 0, ratio)


def icon(name: str, role: str = "ink", size: float = 18) -> QIcon:
    """An icon for a button or a menu, as sharp as the finest screen can show."""
    return QIcon(pixmap(name, role, size, _finest()))


def icon_before_words(name: str, role: str = "ink", checked: str = "") -> tuple[QIcon, QSize]:
    """An icon that keeps its distance from the words behind it, and its size.

    `checked` is its colour while the button is on.
    """
    look = theme()
    size, gap, ratio = look.px(18), look.px(5), _finest()
    found = QIcon(_pixmap(name, look.colours[role], size, gap, ratio))
    if checked:
        on = _pixmap(name, look.colours[checked], size, gap, ratio)
        found.addPixmap(on, QIcon.Mode.Normal, QIcon.State.On)
    return found, QSize(size + gap, size)


def _finest() -> float:
    return max(screen.devicePixelRatio() for screen in QGuiApplication.screens())
