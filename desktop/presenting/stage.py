"""What the room sees at this moment: the scene, where the camera stands, and what the trainer points at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QRectF, QSizeF, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QPainter, QPolygonF

from desktop.presenting.framing import NEAR, Frame
from desktop.presenting.laid import Laid, Layouts
from desktop.presenting.look import HIGH, WIDE, colour
from desktop.presenting.scenery import (
    paint_bands,
    paint_graph,
    paint_marks,
    paint_text,
    prepare,
)
from desktop.theme import motion_allowed
from knowledge.showing.moment import Blank
from knowledge.showing.seen import Seen

if TYPE_CHECKING:
    from desktop.presenting.graphs import Graphs
    from knowledge.library import Library

PAN_MS = 200


class Stage(QObject):
    """Holds what the room may see, and nothing else of the show."""

    changed = Signal()
    replaced = Signal()  # the same scene, laid out or drawn anew

    def __init__(self, graphs: Graphs, library: Library) -> None:
        super().__init__()
        self.layouts = Layouts(graphs, library)
        self.size = QSizeF(WIDE, HIGH)
        self.seen: Seen | None = None
        self.laid: Laid | None = None
        self.leaf = 0
        self.frame = Frame(QPointF(), NEAR)
        self.pointer: QPointF | None = None
        self.strokes: list[QPolygonF] = []
        self._from_to = (self.frame, self.frame)
        self.pan = QVariantAnimation(self)
        self.pan.setStartValue(0.0)
        self.pan.setEndValue(1.0)
        self.pan.setDuration(PAN_MS)
        self.pan.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.pan.valueChanged.connect(self._panned)
        graphs.redrawn.connect(self._redrawn)

    # -- what is shown ------------------------------------------------------------------------

    def set_room(self, width: float, height: float) -> None:
        """The shape of the room's window; its words keep their share of it."""
        unit = min(width / WIDE, height / HIGH)
        size = QSizeF(width / unit, height / unit) if unit > 0 else QSizeF(WIDE, HIGH)
        if size != self.size:
            self.size = size
            self._again()

    def show_seen(self, seen: Seen, leaf: int | None = 0) -> None:
        """Show another projection. `leaf` is the page of a long text; None: where something was uncovered."""
        before, self.seen = self.laid, seen
        self.strokes = []
        laid = self.laid = self.layouts.lay(seen, self.size)
        self.leaf = laid.leaf(leaf)
        same = (
            before is not None
            and before.goal is not None
            and before.seen.graph is not None
            and laid.seen.graph is not None
            and before.seen.graph.path == laid.seen.graph.path
        )
        self._go(laid, move=same)
        self.changed.emit()

    @property
    def leaves(self) -> int:
        """Of how many pages the text has."""
        return self.laid.leaves if self.laid is not None else 1

    def point(self, at: QPointF | None) -> None:
        """Show a dot, in the stage's own lengths; None takes it away."""
        self.pointer = at
        self.changed.emit()

    def stroke(self, at: QPointF, *, first: bool) -> None:
        """Draw on with the highlight pen. It is never kept."""
        if first or not self.strokes:
            self.strokes.append(QPolygonF())
        self.strokes[-1].append(at)
        self.changed.emit()

    def wipe(self) -> None:
        self.strokes = []
        self.changed.emit()

    def _redrawn(self, path: str) -> None:
        self.layouts.forget(path)
        seen = self.seen
        if seen is not None and seen.graph is not None and seen.graph.path == path:
            self._again()
        else:
            self.replaced.emit()

    def _again(self) -> None:
        """The same, laid out anew."""
        if self.seen is not None:
            laid = self.laid = self.layouts.lay(self.seen, self.size)
            self.leaf = laid.leaf(self.leaf)
            self._go(laid, move=False)
            self.changed.emit()
        self.replaced.emit()

    # -- the camera ---------------------------------------------------------------------------

    def _go(self, laid: Laid, *, move: bool) -> None:
        self.pan.stop()
        if laid.goal is None:
            return
        if not move or not motion_allowed() or laid.goal == self.frame:
            self.frame = laid.goal
            return
        self._from_to = (self.frame, laid.goal)
        self.pan.start()

    def _panned(self, done: float) -> None:
        (a, za), (b, zb) = self._from_to
        part = float(done)
        self.frame = (
            self._from_to[1] if part >= 1 else Frame(a + (b - a) * part, za + (zb - za) * part)
        )
        self.changed.emit()

    @property
    def moving(self) -> bool:
        return self.pan.state() is QVariantAnimation.State.Running

    # -- painting -----------------------------------------------------------------------------

    @property
    def blank(self) -> QColor | None:
        """The one colour of the room's screen, while there is nothing to see."""
        seen = self.seen
        if seen is None or seen.blank:
            white = seen is not None and seen.blank is Blank.WHITE
            return QColor("white" if white else "black")
        return None

    def paint(self, painter: QPainter, unit: float) -> None:
        """Paint it all; the painter is scaled by `unit` from the stage's lengths to pixels."""
        whole, blank, laid = QRectF(QPointF(), self.size), self.blank, self.laid
        if blank is not None or laid is None:
            painter.fillRect(whole, blank or QColor("black"))
            return
        prepare(painter)
        painter.fillRect(whole, colour("surface"))
        if laid.goal is not None:
            paint_graph(painter, laid, self.frame, unit)
        else:
            paint_text(painter, laid, self.leaf)
        paint_bands(painter, laid)
        self.paint_marks(painter)

    def paint_marks(self, painter: QPainter) -> None:
        """What the trainer points at or marks, on top of all."""
        if self.strokes or self.pointer is not None:
            prepare(painter)
            paint_marks(painter, self.strokes, self.pointer)
