"""How things look to the room: the projector's colours, and sizes of a screen of 1280 by 720."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from desktop.theme import theme

WIDE, HIGH = (
    1280.0,
    720.0,
)  # the screen that sizes are meant for; others show the same, larger or smaller
LEAST = 24  # no word is smaller
_LONG, _PIECES = re.compile(r"\S{30,}"), re.compile(r".{1,15}")
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def palette() -> dict[str, str]:
    found: dict[str, str] = theme().tokens["themes"]["projector"]
    return found


@cache
def colour(role: str) -> QColor:
    """For painting with; who changes one takes a copy."""
    return QColor(palette()[role])


def soft(words: str) -> str:
    """The same words; those too long for any line can break."""
    return _LONG.sub(lambda found: "\u200b".join(_PIECES.findall(found.group())), words)


@lru_cache(maxsize=32)
def font(size: int = LEAST, weight: int = 400) -> QFont:
    tokens = theme().tokens["font"]
    found = QFont([tokens["family"], *tokens["fallback"]])
    found.setPixelSize(max(LEAST, size))
    found.setWeight(QFont.Weight(weight))
    found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return found


@lru_cache(maxsize=32)
def _metrics(size: int, weight: int) -> QFontMetricsF:
    return QFontMetricsF(font(size, weight))


def width_of(words: str, size: int = LEAST, weight: int = 400) -> float:
    return _metrics(size, weight).horizontalAdvance(words)


def height_of(words: str, width: float, size: int = LEAST, weight: int = 400) -> float:
    """How high words stand when they wrap at a width."""
    if not words:
        return 0.0
    room = QRectF(0, 0, max(1.0, width), 100_000)
    return _metrics(size, weight).boundingRect(room, WRAP, words).height()
