"""What the room sees, laid out once and painted wherever it is wanted: on the projector and before the trainer."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEasingCurve,
    QObject,
    QPointF,
    QRectF,
    QSizeF,
    Qt,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from desktop.graph.lit import NOTHING, Lit
from desktop.graph.painter import GraphPainter
from desktop.graph.picture import Picture
from desktop.presenting.bands import (
    EDGE,
    Band,
    Head,
    Strip,
    band,
    head,
    paint_band,
    paint_head,
    paint_strip,
    strip,
)
from desktop.presenting.framing import NEAR, Frame, frame
from desktop.presenting.look import (
    HIGH,
    WIDE,
    WRAP,
    colour,
    font,
    height_of,
    palette,
    soft,
    width_of,
)
from desktop.presenting.sheet import Sheet
from desktop.theme import motion_allowed
from knowledge.showing.moment import Blank
from knowledge.showing.seen import Form, Seen

if TYPE_CHECKING:
    from desktop.presenting.graphs import Graphs
    from knowledge.library import Library

PAN_MS = 200
_PICTURE_LEAST = 350.0
_COLUMN = 1180.0  # the widest a text stands


class Stage(QObject):
    """Holds what the room may see, and nothing else of the show."""

    changed = Signal()

    def __init__(self, graphs: Graphs, library: Library) -> None:
        super().__init__()
        self.graphs, self.library = graphs, library
        self.size = QSizeF(WIDE, HIGH)
        self.seen: Seen | None = None
        self.leaf = 0
        self.picture: Picture | None = None
        self.lit: Lit = NOTHING
        self.frame = Frame(QPointF(), NEAR)
        self.pointer: QPointF | None = None
        self.strokes: list[QPolygonF] = []
        self.sheet: Sheet | None = None
        self._sheet_key: object = None
        self.head = Head(QRectF(), (), 0.0)
        self.band = Band(QRectF(), QRectF(), (), 0.0)
        self.strip = Strip((), 0.0)
        self.middle = QRectF()
        self._from_to = (self.frame, self.frame)
        self._pan = QVariantAnimation(self)
        self._pan.setStartValue(0.0)
        self._pan.setEndValue(1.0)
        self._pan.setDuration(PAN_MS)
        self._pan.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._pan.valueChanged.connect(self._panned)
        graphs.redrawn.connect(self._redrawn)

    # -- what is shown ------------------------------------------------------------------------

    def set_room(self, width: float, height: float) -> None:
        """The shape of the room's window; its words keep their share of it."""
        unit = min(width / WIDE, height / HIGH)
        size = QSizeF(width / unit, height / unit) if unit > 0 else QSizeF(WIDE, HIGH)
        if size != self.size:
            self.size = size
            self._sheet_key = None
            if self.seen is not None:
                self._arrange(move=False)

    def show_seen(self, seen: Seen, leaf: int | None = 0) -> None:
        """Show another projection. `leaf` is the page of a long text; None: where something was uncovered."""
        seen = _softened(seen)
        before, self.seen = self.seen, seen
        self.strokes = []
        same = (
            before is not None
            and before.graph is not None
            and seen.graph is not None
            and before.graph.path == seen.graph.path
            and before.form is seen.form
        )
        self.picture, self.lit = None, NOTHING
        if seen.graph is not None:
            found = self.graphs.picture(seen.graph)
            if found is not None:
                self.picture, self.lit = found
        self._arrange(move=same)
        if self.sheet is not None:
            wanted = self.sheet.page_of(seen.reached) if leaf is None else leaf
            self.leaf = max(0, min(self.leaves - 1, wanted))
        else:
            self.leaf = 0
        self.changed.emit()

    @property
    def leaves(self) -> int:
        """Of how many pages the text has."""
        return self.sheet.pages if self.sheet is not None else 1

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
        seen = self.seen
        if seen is not None and seen.graph is not None and seen.graph.path == path:
            found = self.graphs.picture(seen.graph)
            if found is not None:
                self.picture, self.lit = found
            self._arrange(move=False)
            self.changed.emit()

    # -- laying out ---------------------------------------------------------------------------

    def _arrange(self, *, move: bool) -> None:
        seen = self.seen
        assert seen is not None
        width = self.size.width()
        self.head = head(seen, width)
        self.strip = strip(self.library, width)
        self.band = band(seen, width, ways=False)
        self._fit_middle()
        if seen.form is Form.GRAPH and self.picture is not None and self._lay_graph(seen, move):
            self.sheet = None
            return
        self._pan.stop()
        self._lay_sheet(seen.html if seen.form is Form.TEXT else self._words_of(seen))

    def _lay_graph(self, seen: Seen, move: bool) -> bool:
        """The picture, with as much of the words as leaves it room enough; whether there is any."""
        goal = self._frame()
        if not self._holds_all(goal):
            for ways, ask in ((True, True), (True, False), (False, True), (False, False)):
                self.band = band(seen, self.size.width(), ways=ways, ask=ask)
                self._fit_middle()
                if self.middle.height() >= _PICTURE_LEAST:
                    break
            goal = self._frame()
        if self.middle.height() < _PICTURE_LEAST:
            return False  # words before the picture: they can be read in full
        self._go(goal, move=move)
        return True

    def _fit_middle(self) -> None:
        top = self.head.height
        high = self.size.height() - top - self.strip.height - self.band.height
        self.middle = QRectF(0, top, self.size.width(), max(0.0, high))

    def _lay_sheet(self, html: str) -> None:
        """The text; a question too long to stand below it goes before it."""
        seen = self.seen
        assert seen is not None
        if self.middle.height() < 240:
            html = f"{_said(seen)}{html}"
            self.band = Band(QRectF(), QRectF(), (), 0.0)
            self._fit_middle()
        wide = min(_COLUMN, self.size.width() - 2 * EDGE)
        room = QSizeF(wide, max(80.0, self.middle.height() - self._heading_height() - 40))
        key = (html, seen.heading, room.width(), room.height())
        if key != self._sheet_key or self.sheet is None:
            self._sheet_key = key
            self.sheet = Sheet(html, room, self.library)
        self.leaf = min(self.leaf, self.leaves - 1)

    def _words_of(self, seen: Seen) -> str:
        """A step in words, where its picture cannot be shown."""
        if seen.graph is None:
            return ""
        ways = "".join(
            f"<li>{escape(way.condition)}{' → ' if way.condition else ''}"
            f"{escape(way.title) or 'Covered. What next?'}</li>"
            for way in seen.graph.ways
        )
        return f"<ol>{ways}</ol>"

    def _heading_height(self) -> float:
        seen = self.seen
        words = seen.heading if seen is not None else ""
        return height_of(words, self.size.width() - 2 * EDGE - 160, 36, 700) + 12 if words else 0.0

    # -- the camera ---------------------------------------------------------------------------

    def _frame(self) -> Frame:
        picture, lit = self.picture, self.lit
        seen = self.seen
        assert picture is not None
        assert seen is not None
        assert seen.graph is not None
        here = picture.box_rect(lit.chosen)
        targets = [picture.box_rect(key) for key in lit.onward if key in picture.place]
        number = seen.graph.branch
        leaving = picture.leaving.get(lit.chosen, [])
        if 0 < number <= len(leaving):
            first = picture.box_rect(picture.ways[leaving[number - 1]].arrow.target)
            return frame(first, [here], [box for box in targets if box != first], self._room())
        behind = [
            picture.box_rect(picture.ways[n].arrow.source)
            for n in picture.arriving.get(lit.chosen, [])
            if n in lit.route_ways
        ]
        return frame(here, targets, behind, self._room())

    def _room(self) -> QSizeF:
        return QSizeF(self.middle.width(), max(1.0, self.middle.height()))

    def _holds_all(self, goal: Frame) -> bool:
        """Whether every box that a way leads to is in view."""
        picture, seen = self.picture, self.seen
        assert picture is not None
        if seen is None or seen.graph is None or seen.graph.branch:
            return True
        part = goal.seen(self._room())
        return all(part.contains(picture.box_rect(key)) for key in self.lit.onward)

    def _go(self, goal: Frame, *, move: bool) -> None:
        self._pan.stop()
        if not move or not motion_allowed() or goal == self.frame:
            self.frame = goal
            return
        self._from_to = (self.frame, goal)
        self._pan.start()

    def _panned(self, done: float) -> None:
        (a, za), (b, zb) = self._from_to
        part = float(done)
        self.frame = Frame(a + (b - a) * part, za + (zb - za) * part)
        self.changed.emit()

    @property
    def moving(self) -> bool:
        return self._pan.state() is QVariantAnimation.State.Running

    # -- painting -----------------------------------------------------------------------------

    def paint(self, painter: QPainter, unit: float) -> None:
        """Paint it all; the painter is scaled by `unit` from the stage's lengths to pixels."""
        whole = QRectF(QPointF(), self.size)
        seen = self.seen
        if seen is None or seen.blank:
            white = seen is not None and seen.blank is Blank.WHITE
            painter.fillRect(whole, Qt.GlobalColor.white if white else Qt.GlobalColor.black)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(whole, colour("surface"))
        if self.sheet is None:
            self._paint_graph(painter, unit)
        else:
            self._paint_sheet(painter, seen)
        width = self.size.width()
        paint_head(painter, seen, self.head, width)
        paint_band(painter, seen, self.band, self.middle.bottom(), width)
        paint_strip(painter, self.strip, self.middle.bottom() + self.band.height, width)
        self._paint_marks(painter)

    def _paint_graph(self, painter: QPainter, unit: float) -> None:
        if self.picture is None:
            return
        part = self.frame.seen(self._room())
        painter.save()
        painter.setClipRect(self.middle)
        painter.translate(self.middle.topLeft())
        painter.scale(self.frame.zoom, self.frame.zoom)
        painter.translate(-part.topLeft())
        job = GraphPainter(
            painter, self.picture, self.lit, zoom=self.frame.zoom * unit, palette=palette()
        )
        job.paint(part.adjusted(-40, -40, 40, 40))
        painter.restore()

    def _paint_sheet(self, painter: QPainter, seen: Seen) -> None:
        assert self.sheet is not None
        left = max(EDGE, (self.size.width() - self.sheet.size.width()) / 2)
        top = self.middle.y() + 20
        if seen.heading:
            painter.setFont(font(36, 700))
            painter.setPen(colour("ink"))
            room = QRectF(left, top, self.size.width() - 2 * left - 160, 400)
            painter.drawText(room, WRAP, seen.heading)
        if self.leaves > 1:
            words = f"{self.leaf + 1} of {self.leaves}"
            painter.setFont(font(24, 600))
            painter.setPen(colour("ink_muted"))
            right = left + self.sheet.size.width()
            at = QRectF(right - width_of(words, 24, 600) - 2, top + 6, 200, 40)
            painter.drawText(at, Qt.AlignmentFlag.AlignLeft, words)
        painter.save()
        painter.translate(left, top + self._heading_height())
        self.sheet.paint(painter, self.leaf)
        painter.restore()

    def _paint_marks(self, painter: QPainter) -> None:
        """What the trainer points at or marks; it lies over everything."""
        ink = QColor(colour("hit"))
        ink.setAlpha(120)
        painter.setPen(
            QPen(ink, 26, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        for line in self.strokes:
            painter.drawPolyline(line)
        if self.pointer is not None:
            painter.setPen(QPen(colour("surface"), 3))
            painter.setBrush(colour("urgent"))
            painter.drawEllipse(self.pointer, 10, 10)


def _softened(seen: Seen) -> Seen:
    """No word so long that it would run off the screen."""
    graph = seen.graph
    if graph is not None:
        ways = tuple(
            replace(way, condition=soft(way.condition), title=soft(way.title)) for way in graph.ways
        )
        graph = replace(graph, ways=ways)
    return replace(
        seen,
        title=soft(seen.title),
        heading=soft(seen.heading),
        ask=soft(seen.ask),
        outcome=soft(seen.outcome),
        graph=graph,
    )


def _said(seen: Seen) -> str:
    ask = f"<p><strong>{escape(seen.ask)}</strong></p>" if seen.ask else ""
    return ask + (f"<p>{escape(seen.outcome)}</p>" if seen.outcome else "")
