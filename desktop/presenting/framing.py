"""Where the camera looks: the step in focus, and of the boxes its ways lead to as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF

# The smallest words of a picture are 12.3 high; so they are 24 at least.
NEAR = 1.96
_EDGE = 14.0  # what is left free around, in the picture's own lengths
_ABOVE = 26.0  # above the step: its ring and the flag


class Frame(NamedTuple):
    """What is seen: the picture's point in the middle, and how large it stands."""

    middle: QPointF
    zoom: float

    def seen(self, room: QSizeF) -> QRectF:
        wide, high = room.width() / self.zoom, room.height() / self.zoom
        return QRectF(self.middle.x() - wide / 2, self.middle.y() - high / 2, wide, high)


def frame(here: QRectF, targets: Sequence[QRectF], behind: Sequence[QRectF], room: QSizeF) -> Frame:
    """The step, then its ways' boxes, the nearest first, then the step before, as long as all fits."""
    wide, high = room.width() / NEAR, room.height() / NEAR
    held = here.adjusted(-_EDGE, -_ABOVE, _EDGE, _EDGE)
    near = sorted(targets, key=lambda box: _far(here, box))
    for box in (*near, *behind):
        grown = held.united(box.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE))
        if grown.width() <= wide and grown.height() <= high:
            held = grown
    # As near to the middle of the step as what is held allows; what leads on lies below it.
    x = _between(here.center().x(), held.right() - wide / 2, held.left() + wide / 2)
    y = _between(here.center().y() + high * 0.12, held.bottom() - high / 2, held.top() + high / 2)
    return Frame(QPointF(x, y), NEAR)


def _far(here: QRectF, box: QRectF) -> float:
    way = box.center() - here.center()
    return abs(way.x()) + abs(way.y())


def _between(wanted: float, least: float, most: float) -> float:
    return max(least, min(most, wanted))
