"""Which part of a picture is seen: its opening, panning, zooming, and what is kept in view."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.graph.picture import Picture, best_left, rect_of
from desktop.graph.steering import EDGE, hold
from desktop.theme import motion_allowed

SMALLEST, LARGEST = 0.05, 4.0
STEP = 1.2
OPENING = 0.8  # never smaller than this when a pathway opens
_PAN_MS = 200


class Viewport(QWidget):
    """A window on a picture that is larger than itself."""

    moved = Signal()  # another part is seen, or at another size

    def __init__(self) -> None:
        super().__init__()
        self.picture: Picture | None = None
        self.zoom = 1.0
        self.origin = QPointF()  # the point of the picture at the top left corner
        self.inset = (0.0, 0.0, 0.0, 0.0)  # left, top, right, bottom: covered by tools
        self._pan = QVariantAnimation(self)
        self._pan.setStartValue(0.0)
        self._pan.setEndValue(1.0)
        self._pan.setDuration(_PAN_MS)
        self._pan.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._pan.valueChanged.connect(self._panned)
        self._from_to = ((QPointF(), 1.0), (QPointF(), 1.0))
        self._opening: str | None = None
        self.resume: tuple[QPointF, float] | None = None
        self.untouched = False  # nobody has moved or chosen anything since it was opened
        self.sought = ""  # the box that was last to come into view
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def held(self) -> str:
        """The box round which it zooms."""
        return ""

    def heads(self) -> float:
        """The height that the names above columns take at the top."""
        return 0.0

    # -- opening ----------------------------------------------------------------------------------

    def open_at(self, key: str, resume: tuple[QPointF, float] | None = None) -> None:
        """The first sight of a pathway: readable, with this box in view; or as it was left."""
        self._opening, self.resume = key, resume
        if self.width() > 50 and self.picture is not None and self.isVisible():
            self._open()

    def _open(self) -> None:
        key, self._opening = self._opening, None
        self.untouched = self.resume is None
        picture = self.picture
        if picture is None or key is None:
            return
        if self.resume is not None:
            (self.origin, self.zoom), self.resume = self.resume, None
            self.reveal(key, now=True)
            self._changed()
            return
        room = self._room()
        self.zoom = min(1.0, max(OPENING, room.width() / max(1.0, picture.rect.width())))
        self.origin = picture.rect.topLeft()
        box = picture.box_rect(key or next(iter(picture.place), ""))
        wide = picture.rect.width() * self.zoom
        if room.width() < wide <= self.width() - 2 * EDGE:
            # It fits beside or below the tools.
            self.origin.setX(picture.rect.x() - EDGE / self.zoom)
        elif wide > room.width():
            seen = QRectF(0, box.y(), room.width() / self.zoom, room.height() / self.zoom)
            left = best_left(picture, seen, box)
            self.origin = QPointF(left - room.x() / self.zoom, picture.rect.y())
        self._changed()
        if key:
            self.reveal(key, now=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._opening is not None:
            self._open()
        self._changed()

    def showEvent(self, event: object) -> None:
        if self._opening is not None and self.width() > 50:
            self._open()
        # While it was hidden its size may have been another; the size of now comes with the next turn.
        QTimer.singleShot(0, self, lambda: self.reveal(self.held(), now=True))

    # -- seeing -----------------------------------------------------------------------------------

    def _room(self) -> QRectF:
        """The part of the widget that no tool covers."""
        left, top, right, bottom = self.inset
        return QRectF(self.rect()).adjusted(left, top + self.heads(), -right, -bottom)

    def seen(self) -> QRectF:
        """The part of the picture on the screen."""
        return QRectF(
            self.origin.x(),
            self.origin.y(),
            self.width() / self.zoom,
            self.height() / self.zoom,
        )

    def seen_clear(self) -> QRectF:
        """The part of the picture that no tool covers."""
        room = self._room()
        corner = self.to_picture(room.topLeft())
        return QRectF(corner.x(), corner.y(), room.width() / self.zoom, room.height() / self.zoom)

    def to_picture(self, point: QPointF) -> QPointF:
        return self.origin + point / self.zoom

    def to_screen(self, rect: QRectF) -> QRectF:
        """A rectangle of the picture in pixels of the widget."""
        z = self.zoom
        corner = (rect.topLeft() - self.origin) * z
        return QRectF(corner.x(), corner.y(), rect.width() * z, rect.height() * z)

    # -- moving -----------------------------------------------------------------------------------

    def fit(self) -> None:
        """The whole pathway."""
        if self.picture is None:
            return
        room, rect = self._room(), self.picture.body
        zoom = min(room.width() / rect.width(), room.height() / rect.height(), 1.0)
        zoom = max(SMALLEST, zoom)
        middle = QPointF(room.center().x() / zoom, room.center().y() / zoom)
        self._go(rect.center() - middle, zoom)

    def zoom_to(self, zoom: float, at: QPointF | None = None, *, now: bool = False) -> None:
        """Show larger or smaller, the point `at` of the widget staying where it is."""
        zoom = max(SMALLEST, min(LARGEST, zoom))
        self.untouched = False
        if at is None:
            box = self.picture.box_rect(self.held()) if self.picture is not None else QRectF()
            shown = self.to_screen(box)
            inside = not box.isEmpty() and self._room().contains(shown.center())
            at = shown.center() if inside else self._room().center()
        self._go(self.to_picture(at) - at / zoom, zoom, now=now)

    def zoom_by(self, steps: float) -> None:
        self.zoom_to(self._goal()[1] * STEP**steps)

    def zoom_to_chosen(self) -> None:
        """The chosen box and the boxes its ways lead to, as large as fits."""
        picture, key = self.picture, self.held()
        if picture is None or key not in picture.place:
            return
        both = picture.box_rect(key)
        for number in picture.leaving.get(key, ()):
            both = both.united(picture.box_rect(picture.ways[number].arrow.target))
        both = both.adjusted(-EDGE, -EDGE, EDGE, EDGE)
        room = self._room()
        zoom = min(room.width() / both.width(), room.height() / both.height(), 2.0)
        middle = QPointF(room.center().x() / zoom, room.center().y() / zoom)
        self._go(both.center() - middle, zoom)

    def reveal(self, key: str, *, now: bool = False) -> None:
        """Bring a box into view, with the words of its ways and the boxes they lead to when there is room."""
        picture = self.picture
        if picture is None or key not in picture.place:
            return
        self.sought = key
        room = self._room()
        box = self._with_margin(picture.box_rect(key))
        both = box
        for number in picture.leaving.get(key, ()):
            way = picture.ways[number]
            parts = [] if way.arrow.loop else [picture.box_rect(way.arrow.target)]
            if way.label is not None:
                parts.insert(0, rect_of(way.label))  # its words, also where the box is far away
            for part in parts:
                grown = both.united(part)
                if grown.height() * self.zoom >= room.height():
                    continue
                if grown.width() * self.zoom < room.width():
                    both = grown
                elif part.bottom() > both.bottom():
                    both.setBottom(part.bottom())  # at least as far down as they are
        self._go(self._origin_for(both, box), self.zoom, now=now)

    def _with_margin(self, box: QRectF) -> QRectF:
        """With some ground round it, less where there is little room."""
        room = self._room()
        wide = min(30.0, max(0.0, (room.width() - box.width() * self.zoom) / 2)) / self.zoom
        high = min(30.0, max(0.0, (room.height() - box.height() * self.zoom) / 2)) / self.zoom
        return box.adjusted(-wide, -high, wide, high)

    def _origin_for(self, both: QRectF, box: QRectF) -> QPointF:
        room = self._room()
        origin = QPointF(self._goal()[0])
        left, top = origin.x() + room.x() / self.zoom, origin.y() + room.y() / self.zoom
        wide, high = room.width() / self.zoom, room.height() / self.zoom
        rect = both if both.width() <= wide and both.height() <= high else box
        # Of a box larger than its room the beginning is seen.
        right, down = rect.right() - left - wide, rect.bottom() - top - high
        dx = min(0.0, rect.left() - left) or min(max(0.0, right), rect.left() - left)
        dy = min(0.0, rect.top() - top) or min(max(0.0, down), rect.top() - top)
        return QPointF(origin.x() + dx, origin.y() + dy)

    def pan_by(self, dx: float, dy: float) -> None:
        """Move by pixels of the screen."""
        self._pan.stop()
        self.untouched = False
        self.origin += QPointF(dx, dy) / self.zoom
        self._changed()

    def look_from(self, origin: QPointF) -> None:
        """Show the picture from this point on, as far as it goes."""
        self._pan.stop()
        self.origin = QPointF(origin)
        self._changed()

    def centre_on(self, point: QPointF) -> None:
        """Bring a point of the picture into the middle."""
        self._pan.stop()
        self.origin = point - self._room().center() / self.zoom
        self._changed()

    @property
    def on_its_way(self) -> bool:
        """Whether the picture moves to another place."""
        return self._pan.state() is QVariantAnimation.State.Running

    def _goal(self) -> tuple[QPointF, float]:
        return self._from_to[1] if self.on_its_way else (self.origin, self.zoom)

    def _go(self, origin: QPointF, zoom: float, *, now: bool = False) -> None:
        origin = self._clamped(origin, zoom)
        if (origin, zoom) == (self.origin, self.zoom):
            return
        self._pan.stop()
        if now or not motion_allowed() or not self.isVisible():
            self.origin, self.zoom = origin, zoom
            self._changed()
            return
        self._from_to = ((QPointF(self.origin), self.zoom), (origin, zoom))
        self._pan.start()

    def _panned(self, done: float) -> None:
        (a, za), (b, zb) = self._from_to
        part = float(done)
        zoom = za * (zb / za) ** part
        # Between two zooms the origin must follow the zoom, or the picture would swing.
        share = part if za == zb else (1 / za - 1 / zoom) / (1 / za - 1 / zb)
        self.origin = a + (b - a) * share
        self.zoom = zoom
        self._changed(clamp=False)

    def _changed(self, *, clamp: bool = True) -> None:
        if clamp:
            self.origin = self._clamped(self.origin, self.zoom)
        self.update()
        self.moved.emit()

    def _clamped(self, origin: QPointF, zoom: float) -> QPointF:
        """Never lose the picture: centred where it is smaller than its room, else never far past its edge."""
        if self.picture is None:
            return origin
        rect, room = self.picture.body, self._room()
        x = hold(origin.x(), rect.left(), rect.right(), room.left() / zoom, room.width() / zoom)
        y = hold(origin.y(), rect.top(), rect.bottom(), room.top() / zoom, room.height() / zoom)
        if rect.height() * zoom < room.height():
            y = rect.top() - room.top() / zoom  # a short pathway hangs from the top
        return QPointF(x, y)
