"""Signposts at the sides of the graph: where the ways lead that leave the sight there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QWidget

from desktop.graph.canvas import Canvas
from desktop.graph.lit import URGENT
from desktop.theme import theme
from desktop.widgets.painted import Painted, finger_path, text_height
from drawing.diagram import Box

_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
_ROOM = 132  # the widest that the words of a sign stand
_MOST = 16  # signs at once; the ways on from the chosen step come first
_NEAR = 0.35  # further out the picture is a map of itself


@dataclass(frozen=True, slots=True)
class Leaving:
    """A way that leaves the sight at a side: how high on the screen, and to which box."""

    box: Box
    left: bool
    y: float
    dim: bool


class Sign(Painted):
    """A finger that names a box out of sight and brings it into view."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # arrows follow the ways themselves
        self.left = self.urgent = self.dim = self.short = False
        self.title = self.number = ""
        self.hide()

    def say(self, leaving: Leaving) -> None:
        """What it says; its size is `size_of`."""
        box = leaving.box
        self.left, self.dim = leaving.left, leaving.dim
        self.urgent = box.look in URGENT
        self.number = str(box.number) if box.number else "→"
        self.title = f"{box.number} {box.title}" if box.number else box.title
        side = "left" if leaving.left else "right"
        self.setAccessibleName(f"{self.title}, further {side}")
        self.setToolTip(self.title)
        self.update()

    def _edges(self) -> tuple[int, int]:
        look = theme()
        return look.px(8), look.px(16)

    def size_of(self, short: bool) -> QSize:
        """How large it is, whole or with the number alone."""
        look = theme()
        blunt, point = self._edges()
        font = look.font("small", 600)
        words = self.number if short else self.title
        room = look.px(_ROOM)
        wide = min(room, max(look.px(16), self._wide(words)))
        high = text_height(font, words, wide)
        return QSize(wide + blunt + point, max(look.px(26), high + look.px(6)))

    @staticmethod
    def widest() -> int:
        return theme().px(_ROOM + 24) + 2

    def _wide(self, words: str) -> int:
        return QFontMetrics(theme().font("small", 600)).horizontalAdvance(words) + 2

    def heightForWidth(self, width: int) -> int:
        return -1

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = finger_path(QRectF(self.rect()).adjusted(1, 1, -1, -1), look.px(4), look.px(9))
        if self.left:
            path = QTransform(-1, 0, 0, 1, self.width(), 0).map(path)
        edge = "urgent" if self.urgent else "dim_edge" if self.dim else "edge"
        fill = "urgent_tint" if self.urgent else "accent_tint" if self.lit else "surface"
        painter.setPen(QPen(look.colour(edge), 2 if self.urgent else 1))
        painter.setBrush(look.colour(fill))
        painter.drawPath(path)
        blunt, point = self._edges()
        before, after = (point, blunt) if self.left else (blunt, point)
        words = self.number if self.short else self.title
        font = look.font("small", 600)
        room = self.width() - before - after
        high = text_height(font, words, room)
        painter.setFont(font)
        painter.setPen(
            look.colour("urgent_ink" if self.urgent else "ink_muted" if self.dim else "ink")
        )
        painter.drawText(QRect(before, (self.height() - high) // 2, room, high + 2), _WRAP, words)


class Signs(QObject):
    """Keeps the signs of a canvas where the ways leave it."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.canvas = canvas
        self.signs: list[Sign] = []
        self.goals: list[str] = []
        self.taken: list[QRect] = []  # where tools lie on the canvas
        self._known: tuple[object, ...] | None = None  # what they were put for

    def rest(self) -> None:
        """No signs while a picture of very many boxes moves."""
        self._known = None
        for sign in self.shown:
            sign.hide()

    @property
    def shown(self) -> list[Sign]:
        return [sign for sign in self.signs if not sign.isHidden()]

    def refit(self) -> None:
        """Signs for the ways that leave the sight as it is now."""
        canvas, look = self.canvas, theme()
        seen = (canvas.picture, canvas.lit, canvas.seen(), canvas.zoom, look.scale, [*self.taken])
        if seen == self._known:
            return
        self._known = seen
        found = leaving(canvas)[:_MOST]
        while len(self.signs) < len(found):
            sign, place = Sign(self.canvas), len(self.signs)
            sign.clicked.connect(lambda _=False, number=place: self._go(number))
            self.signs.append(sign)
        self.goals = [one.box.key for one in found]
        signs = list(self.taken)
        wide = Sign.widest()
        at_left, at_right = lying_there(canvas, wide) if found else ([], [])
        for place, sign in enumerate(self.signs):
            put = False
            if place < len(found):
                sign.say(found[place])
                put = self._put(
                    sign, found[place], at_left if found[place].left else at_right, signs
                )
            if put:
                signs.append(sign.geometry())
            sign.setVisible(put)

    def _put(self, sign: Sign, one: Leaving, blocked: list[QRect], signs: list[QRect]) -> bool:
        """Beside its way and on nothing else; with the number alone where there is little room.

        False where a whole side is full of signs: two on one spot would say nothing.
        """
        free = [*blocked, *signs]  # of both sides: in large text they meet in the middle
        for short, taken, far in ((False, free, 22), (True, free, 30), (True, signs, 900)):
            size = sign.size_of(short)
            x = 0 if one.left else self.canvas.width() - size.width()
            middle = round(one.y) - size.height() // 2
            lowest = self.canvas.height() - size.height()
            for away in range(0, size.height() // 2 + theme().px(far), 4):
                for y in (middle - away, middle + away):
                    spot = QRect(x, max(0, min(y, lowest)), size.width(), size.height())
                    if not any(spot.intersects(other) for other in taken):
                        self._set(sign, short, spot)
                        return True
        return False

    @staticmethod
    def _set(sign: Sign, short: bool, spot: QRect) -> None:
        sign.short = short
        sign.setMinimumHeight(0)
        sign.setGeometry(spot)
        sign.raise_()

    def _go(self, place: int) -> None:
        if place < len(self.goals):
            self.canvas.reveal(self.goals[place])


def leaving(canvas: Canvas) -> list[Leaving]:
    """The ways that leave the sight at its sides for a box that is not in it; the chosen step's ways first."""
    picture = canvas.picture
    if picture is None or canvas.zoom < _NEAR:
        return []
    seen = canvas.seen()
    found: dict[tuple[str, bool], tuple[int, Leaving]] = {}
    for number in picture.seen(seen)[1]:
        way = picture.ways[number]
        target = picture.box_rect(way.arrow.target)
        left = target.right() < seen.left() + 8
        if not left and target.left() < seen.right() - 8:
            continue
        edge = seen.left() if left else seen.right()
        for (ax, ay), (bx, by) in pairwise(way.points):
            across = (ax - edge) * (bx - edge) <= 0 and ax != bx and (bx < ax) == left
            if across and ay == by and seen.top() < ay < seen.bottom():
                box = picture.boxes[picture.place[way.arrow.target]].box
                y = (ay - canvas.origin.y()) * canvas.zoom
                dim = canvas.lit.dims_way(number)
                rank = 0 if number in canvas.lit.onward_ways else 2 if dim else 1
                one = (rank, Leaving(box, left, y, dim))
                kept = found.get((box.key, left))
                if kept is None or rank < kept[0]:
                    found[box.key, left] = one
    return [one for _, one in sorted(found.values(), key=lambda pair: (pair[0], pair[1].y))]


def lying_there(canvas: Canvas, wide: int) -> tuple[list[QRect], list[QRect]]:
    """Where boxes, the words of ways and their upright pieces lie on the screen, so near its left or right side."""
    picture = canvas.picture
    if picture is None:
        return [], []
    seen = canvas.seen()
    boxes, ways = picture.seen(seen)
    rects = [picture.rects[number] for number in boxes]
    labels = [label for number in ways if (label := picture.ways[number].label) is not None]
    rects += [QRectF(r.x, r.y, r.width, r.height) for r in labels]
    for number in ways:
        for (ax, ay), (bx, by) in pairwise(picture.ways[number].points):
            if ax == bx:
                rects.append(QRectF(ax - 3, min(ay, by), 6, abs(by - ay)))
    left, right = seen.left() + wide / canvas.zoom, seen.right() - wide / canvas.zoom
    sides = (
        [rect for rect in rects if rect.left() <= left],
        [rect for rect in rects if rect.right() >= right],
    )
    at_left, at_right = (
        [canvas.to_screen(rect).toAlignedRect() for rect in side] for side in sides
    )
    return at_left, at_right
