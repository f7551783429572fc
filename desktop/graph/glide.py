"""Boxes on their way from where they stood to where they stand now."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QVariantAnimation, Signal

from desktop.graph.job import Shift
from desktop.graph.picture import Picture

GLIDE_MS = 250


class Glide(QObject):
    """How far each box still is from its place."""

    moved = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shift: Shift = {}
        self._from: Shift = {}
        self._run = QVariantAnimation(self)
        self._run.setStartValue(0.0)
        self._run.setEndValue(1.0)
        self._run.setDuration(GLIDE_MS)
        self._run.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._run.valueChanged.connect(self._moved)

    def stop(self) -> Shift:
        """Every box in its place at once; how far each still had to go."""
        self._run.stop()
        still, self.shift = self.shift, {}
        return still

    def start(self, before: Picture, after: Picture, held: str, still: Shift | None = None) -> None:
        """From one picture to the next; the held box stands still. `still` is what was left of the way before."""
        offset = QPointF()
        if held in before.place and held in after.place:
            offset = after.box_rect(held).topLeft() - before.box_rect(held).topLeft()
        self._from = self.shift = _ways(before, after, offset, still or {})
        if self._from:
            self._run.start()

    def _moved(self, done: float) -> None:
        rest = 1.0 - float(done)
        self.shift = {k: (x * rest, y * rest) for k, (x, y) in self._from.items()} if rest else {}
        self.moved.emit()


def _ways(before: Picture, after: Picture, offset: QPointF, still: Shift) -> Shift:
    """How far the boxes of both pictures have to go."""
    move: Shift = {}
    for key in after.place:
        if key in before.place:
            way = before.box_rect(key).topLeft() + offset - after.box_rect(key).topLeft()
            way += QPointF(*still.get(key, (0.0, 0.0)))
            if abs(way.x()) > 1 or abs(way.y()) > 1:
                move[key] = (way.x(), way.y())
    return move
