"""Words in a picture: each line laid out once, when first painted, exactly where the drawing put it."""

from __future__ import annotations

from functools import lru_cache
from math import floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap, QStaticText

from desktop.icons import paint_icon
from desktop.theme import theme
from drawing.diagram import Icon

# Pixel sizes of fonts are whole numbers in Qt; those of the drawing are not. Words are laid out ten times as
# large and painted ten times smaller.
FINE = 10


@lru_cache(maxsize=64)
def font_of(size: float, weight: int) -> QFont:
    """The design's font, FINE times as large."""
    tokens = theme().tokens["font"]
    font = QFont([tokens["family"], *tokens["fallback"]])
    font.setPixelSize(max(1, round(size * FINE)))
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@lru_cache(maxsize=64)
def _metrics(size: float, weight: int) -> QFontMetricsF:
    return QFontMetricsF(font_of(size, weight))


@lru_cache(maxsize=8192)
def _laid(text: str, size: float, weight: int) -> QStaticText:
    laid = QStaticText(text)
    laid.setTextFormat(Qt.TextFormat.PlainText)
    laid.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    laid.prepare(font=font_of(size, weight))
    return laid


def width_in(text: str, size: float, weight: int) -> float:
    """How wide a line of words stands in the picture."""
    return _metrics(size, weight).horizontalAdvance(text) / FINE


def put_words(
    painter: QPainter, x: float, base: float, text: str, size: float, weight: int
) -> None:
    """Paint a line from its left end and baseline. The painter is scaled by 1/FINE already."""
    painter.setFont(font_of(size, weight))
    top = base * FINE - _metrics(size, weight).ascent()
    painter.drawStaticText(QPointF(x * FINE, top), _laid(text, size, weight))


@lru_cache(maxsize=512)
def _icon_pixmap(name: str, colour: str, pixels: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, name, QRectF(0, 0, pixels, pixels), colour)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def put_icons(painter: QPainter, icons: list[tuple[Icon, str]], *, vector: bool = False) -> None:
    """Paint icons in their colours; as lines when they go to a printer or a file."""
    if vector:
        for icon, colour in icons:
            paint_icon(painter, icon.name, QRectF(icon.x, icon.y, icon.size, icon.size), colour)
        return
    world = painter.worldTransform()
    ratio = painter.device().devicePixelRatioF()
    painter.resetTransform()
    for icon, colour in icons:
        pixels = max(1, round(icon.size * world.m11() * ratio))
        corner = world.map(QPointF(icon.x, icon.y))
        # Halfway between two pixels it is always the same one, however the place was worked out.
        x, y = floor(corner.x() * ratio + 0.501), floor(corner.y() * ratio + 0.501)
        at = QPointF(x / ratio, y / ratio)
        painter.drawPixmap(at, _icon_pixmap(icon.name, colour, pixels, ratio))
    painter.setWorldTransform(world)
