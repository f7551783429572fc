"""The ring that shows where the keyboard is: outside the control, on top of everything, never clipped away."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollBar, QWidget
from shiboken6 import isValid

from desktop.theme import theme

_OUT = 5


class FocusRing(QWidget):
    """One per window. Follows the widget that has the focus."""

    _LINES = 10  # from its edge to where nothing of it is painted, corners and all

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.target: QWidget | None = None
        self._bars: list[QScrollBar] = []  # what is scrolled out of sight is not painted to say so
        self.round_pane = False  # a text or a list as large as its room: one calm line, not a sign
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._place)
        self._settled = QTimer(self)  # another text size moves what stands around the target
        self._settled.setSingleShot(True)
        self._settled.setInterval(150)
        self._settled.timeout.connect(self._place)
        theme().changed.connect(self._settled.start)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if self.target is not None and isValid(self.target):
            self.target.removeEventFilter(self)
            self.target.destroyed.disconnect(self._gone)
        self.target = None
        self._leave_bars()
        if new is None or new.window() is not self.window() or new.property("ring") is False:
            self.hide()
            return
        self.target = new
        new.installEventFilter(self)
        new.destroyed.connect(self._gone)
        self._bars = [
            bar
            for pane in self._panes(new)
            for bar in (pane.verticalScrollBar(), pane.horizontalScrollBar())
        ]
        for bar in self._bars:
            bar.valueChanged.connect(self._scrolled)
        self._later.start()

    def _scrolled(self, _: int) -> None:
        self._later.start()  # the place of the bar is not how long to wait

    def _leave_bars(self) -> None:
        for bar in self._bars:
            if isValid(bar):
                bar.valueChanged.disconnect(self._scrolled)
        self._bars = []

    def _gone(self) -> None:
        self.target = None
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (
            QEvent.Type.Move,
            QEvent.Type.Resize,
            QEvent.Type.Show,
            QEvent.Type.Hide,
            QEvent.Type.Paint,
        ):
            self._later.start()
        return False

    def _place(self) -> None:
        target = self.target
        if target is None or not isValid(target) or not target.isVisible():
            self.hide()
            return
        window = self.window()
        out = theme().px(_OUT)
        rect = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
        # Words have no bars and no edge of their own: inside, the ring would lie on them.
        pane = isinstance(target, QAbstractScrollArea) and target.property("ring") != "words"
        if pane or rect.width() + 2 * out > window.width():
            out = -2  # what is as large as its room has its ring inside
        ring = rect.adjusted(-out, -out, out, out).intersected(self._room(target, max(out, 0)))
        if ring.isEmpty():
            self.hide()
            return
        calm = out < 0
        if ring != self.geometry() or not self.isVisible() or calm != self.round_pane:
            self.round_pane = calm
            self.setGeometry(ring)
            # Only where it paints: what changes inside is then not painted through it.
            edge = self._LINES
            whole = QRegion(self.rect())
            self.setMask(whole - QRegion(self.rect().adjusted(edge, edge, -edge, -edge)))
            self.show()
            self.update()
        self._come_up()

    def _come_up(self) -> None:
        """On top of all but a toast, which tells above the ring what was done.

        Only if it is not there yet: what comes up is painted, and painting brings the ring back here.
        """
        inside = [
            w for w in self.window().children() if isinstance(w, QWidget) and not w.isWindow()
        ]
        toasts = [w for w in inside if w.objectName() == "toast" and w.isVisible()]
        if inside[-1 - len(toasts) :] != [self, *toasts]:
            for widget in (self, *toasts):
                widget.raise_()

    def _room(self, target: QWidget, out: int) -> QRect:
        """What is seen of the panes that the target scrolls in: the ring covers nothing beside them."""
        window = self.window()
        room = window.rect()
        for pane in self._panes(target):
            inner = pane.viewport()
            seen = QRect(inner.mapTo(window, QPoint(0, 0)), inner.size())
            room = room.intersected(seen.adjusted(-out, -out, out, out))
        return room

    def _panes(self, target: QWidget) -> Iterator[QAbstractScrollArea]:
        """Those the target scrolls in, the innermost first."""
        inner, pane = target, target.parentWidget()
        while pane is not None and inner is not self.window():
            if isinstance(pane, QAbstractScrollArea) and inner is pane.viewport():
                yield pane
            inner, pane = pane, pane.parentWidget()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        width = 2.5
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.round_pane:
            line = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRoundedRect(line, 4, 4)
            return
        outer = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(look.colour("focus"), width))
        painter.drawRoundedRect(outer, 8, 8)
        painter.setPen(QPen(look.colour("focus_gap"), width))
        painter.drawRoundedRect(outer.adjusted(width, width, -width, -width), 6, 6)
