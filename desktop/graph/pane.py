"""The graph with its tools: in the corners, or in a bar above it where they would cover what matters."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QTimer
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.graph.canvas import Canvas
from desktop.graph.signs import Signs
from desktop.graph.tools import Map, RouteCard, ZoomTools
from desktop.icons import icon
from desktop.theme import theme
from desktop.widgets.basics import Button, label

_SETTLED_MS = 120  # after the graph has come to rest
_MANY = 400  # boxes from which on signs wait until the graph has come to rest
_CLOSE = 8  # pixels round a box or line that count as it


class GraphPane(QWidget):
    """The canvas and its tools. They never cover the chosen box or a way on from it."""

    def __init__(self) -> None:
        super().__init__()
        self.canvas = Canvas()
        self.signs = Signs(self.canvas)
        self.zoom = ZoomTools(self.canvas)
        self.card = RouteCard()
        self.map = Map(self.canvas)
        self._placing_map = self._place_again = False
        self.note = label("", "muted")
        self.note.setContentsMargins(16, 8, 16, 8)
        self.note.hide()
        self.column = QVBoxLayout(self)
        self.column.setSpacing(0)
        self.column.addWidget(self.note)
        self.column.addWidget(self.canvas, 1)
        for tool in (self.zoom, self.card, self.map):
            tool.setParent(self)
            tool.raise_()
        self.folded = Button("Tools", "ellipsis", done=self._show_menu)
        self.folded.hide()
        self.narrow = self.low = False
        self.crowded = ""  # the chosen box that tools in the corner would cover, or ways on from it
        self._heads = 0  # the height of the names above columns
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_SETTLED_MS)
        self._rest.timeout.connect(self.signs.refit)
        self._rest.timeout.connect(self.settle)
        self.canvas.moved.connect(self._moved)
        theme().changed.connect(self.refit)
        self.refit()

    @property
    def flat(self) -> bool:
        """Whether the tools stand in a bar above the graph."""
        return self.narrow or bool(self.crowded)

    def lay(self, narrow: bool, *, folded: bool = False) -> None:
        """Tools in the corners, in a bar above the graph, or behind the one button `folded`."""
        if (narrow, folded) != (self.narrow, self.low):
            self.narrow, self.low = narrow, folded
            self.refit()

    def _show_menu(self) -> None:
        """The tools as a menu."""
        menu = QMenu(self)
        for button in (self.zoom.smaller, self.zoom.larger, self.zoom.whole, *self.card.buttons):
            if button in self.card.buttons and not self.card.offers(button):
                continue
            action = menu.addAction(icon(button.icon_name), button.accessibleName())
            action.triggered.connect(button.click)
        menu.exec(self.folded.mapToGlobal(QPoint(0, 0)))

    def show_route(self, steps: int) -> None:
        """Say how long the route is."""
        self.card.say(steps)
        self.refit()

    def say(self, words: str) -> None:
        """A sentence above the graph, or where it would be."""
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.refit()

    def resizeEvent(self, event: object) -> None:
        self.refit()

    # -- places of the tools ------------------------------------------------------------------

    def refit(self) -> None:
        """Tools to their places; the canvas knows what they cover."""
        look = theme()
        edge = look.px(12)
        self._heads = round(self.canvas.heads())
        for tool in (self.zoom, self.card):
            tool.setVisible(not self.low)
        self.card.lay(self.narrow)
        if self.low:
            self.column.setContentsMargins(0, 0, 0, 0)
            self.canvas.inset = (edge, edge, edge, edge)
        elif self.flat:
            gap = look.px(4)
            zoom = self.zoom.sizeHint()
            x = 2 * edge + zoom.width()
            wide = max(self.card.least(), self.width() - x - edge)
            high = max(zoom.height(), self.card.height_at(wide))
            self.zoom.setGeometry(edge, gap, zoom.width(), zoom.height())
            self.card.setGeometry(x, gap, wide, high)
            self.column.setContentsMargins(0, high + 2 * gap, 0, 0)
            self.canvas.inset = (edge, edge, edge, edge)
        else:
            zoom_place, card_place = self._corners()
            self.column.setContentsMargins(0, 0, 0, 0)
            self.zoom.setGeometry(zoom_place)
            self.card.setGeometry(card_place)
            self.canvas.inset = (edge, edge, zoom_place.width() + 2 * edge, edge)
        self._moved()

    def _corners(self) -> tuple[QRect, QRect]:
        """Where zoom and route card stand in the corner."""
        edge = theme().px(12)
        zoom = self.zoom.sizeHint()
        top = edge + (self.note.sizeHint().height() if self.note.isVisibleTo(self) else 0)
        top += self._heads  # not on the names above columns
        wide = max(zoom.width(), self.card.least(upright=True))
        x = self.width() - edge - wide
        card = QRect(x, top + zoom.height() + edge, wide, self.card.height_at(wide, upright=True))
        return QRect(x, top, wide, zoom.height()), card

    def _moved(self) -> None:
        if round(self.canvas.heads()) != self._heads:
            self.refit()
            return
        self._place_map()
        self.signs.taken = [
            tool.geometry().translated(-self.canvas.pos())
            for tool in (self.zoom, self.card, self.map)
            if tool.isVisible() and tool.geometry().intersects(self.canvas.geometry())
        ]
        if self._heads:
            self.signs.taken.append(QRect(0, 0, self.canvas.width(), self._heads))
        picture = self.canvas.picture
        if picture is not None and len(picture.boxes) > _MANY:
            self.signs.rest()
        else:
            self.signs.refit()
        self._rest.start()

    def _place_map(self) -> None:
        """The map only where it does not lie on the other tools."""
        if self._placing_map:
            self._place_again = True
            return
        self._placing_map = self._place_again = True
        for _ in range(3):
            if self._place_again:
                self._place_again = False
                self._put_map()
        self._placing_map = False

    def _put_map(self) -> None:
        """Showing it lays the pane out, which asks for its place again: hidden meanwhile, it would stay in view."""
        edge, size = theme().px(12), self.map.sizeHint()
        above = 0 if self.flat else self.card.geometry().bottom()
        room = self.height() - above - 2 * edge
        fits = not self.narrow and room >= size.height() and self.width() > 3 * size.width()
        place = QRect(
            self.width() - edge - size.width(),
            self.height() - edge - size.height(),
            size.width(),
            size.height(),
        )
        free = fits and self.map.wanted and not self._covers(place)
        self.map.setVisible(free)
        self.map.setGeometry(place)

    # -- what tools must not cover ------------------------------------------------------------

    def settle(self) -> None:
        """The graph has come to rest: where the tools cover what matters they go into the bar, and stay there
        while the same box is chosen.
        """
        chosen = self.canvas.lit.chosen
        if self.narrow or self.low or self.canvas.picture is None or not chosen:
            return
        if self.canvas.on_its_way:  # what is on the screen now is left in a moment
            self._rest.start()
            return
        covered = any(self._covers(place) for place in self._corners())
        wanted = chosen if covered or self.crowded == chosen else ""
        if wanted == self.crowded:
            return
        before, origin = self.canvas.y(), QPointF(self.canvas.origin)
        sought = self.canvas.sought  # it may be another: a sign at the side was pressed
        whole = self._whole(sought)
        self.crowded = wanted
        self.refit()
        self.column.activate()
        down = self.canvas.y() - before
        if self.canvas.untouched:
            self.canvas.open_at(chosen)  # nobody has looked about yet: once more, with more room
            self._moved()
            return
        self.canvas.look_from(
            origin + QPointF(0, down) / self.canvas.zoom
        )  # as it was on the screen
        if whole and not self._whole(sought):
            self.canvas.reveal(sought)
        self._moved()

    def _whole(self, key: str) -> bool:
        """Whether a box is on the screen, all of it."""
        canvas = self.canvas
        if canvas.picture is None or key not in canvas.picture.place:
            return False
        return QRectF(canvas.rect()).contains(canvas.to_screen(canvas.picture.box_rect(key)))

    def _covers(self, place: QRect) -> bool:
        """Whether a tool there would lie on the chosen box or on a way on from it."""
        here = QRectF(place.translated(-self.canvas.pos()))
        return any(here.intersects(part) for part in self.what_matters())

    def what_matters(self) -> list[QRectF]:
        """The chosen box, the ways on from it, their words and the boxes they lead to, on the screen."""
        canvas = self.canvas
        picture, chosen = canvas.picture, canvas.lit.chosen
        if picture is None or chosen not in picture.place:
            return []
        parts = [picture.box_rect(chosen)]
        for number in picture.leaving.get(chosen, ()):
            way = picture.ways[number]
            parts.append(picture.box_rect(way.arrow.target))
            if way.label is not None:
                parts.append(QRectF(way.label.x, way.label.y, way.label.width, way.label.height))
            for (ax, ay), (bx, by) in pairwise(way.points):
                parts.append(QRectF(min(ax, bx), min(ay, by), abs(bx - ax), abs(by - ay)))
        close, sight = _CLOSE, QRectF(canvas.rect())
        shown = [canvas.to_screen(part).adjusted(-close, -close, close, close) for part in parts]
        return [part.intersected(sight) for part in shown if part.intersects(sight)]
