"""Small parts every view uses: labels by role, buttons with icon and word, lines, boxes that scroll."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFrame,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.icons import icon, icon_before_words, paint_icon
from desktop.theme import theme


def label(words: str, role: str = "", *, wrap: bool = True) -> QLabel:
    """Plain words in one of the roles of the style sheet. Never reads them as HTML."""
    found = QLabel(words)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.setWordWrap(wrap)
    if role:
        found.setProperty("role", role)
    return found


def set_role(widget: QWidget, name: str, value: str) -> None:
    """Change a property that the style sheet looks at."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def pressed_by_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Enter presses the button that has the keyboard, as Space does; Qt would press a dialog's first."""
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not plain:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True


class Button(QPushButton):
    """A button with icon and word. `look` is plain, lined, filled or link."""

    def __init__(
        self,
        words: str,
        icon_name: str = "",
        look: str = "",
        done: Callable[[], object] | None = None,
        *,
        icon_only: bool = False,
    ) -> None:
        super().__init__("" if icon_only else words)
        self.icon_name = icon_name
        self.look = look
        self.setAccessibleName(words)
        if icon_only:
            self.setToolTip(words)
        if look:
            self.setProperty("look", look)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if done is not None:
            self.clicked.connect(lambda: done())
        self.toggled.connect(self._restyle)
        theme().changed.connect(self._restyle)
        self._restyle()

    def set_icon(self, name: str) -> None:
        self.icon_name = name
        self._restyle()

    def _restyle(self) -> None:
        look = theme()
        if self.icon_name and self.text():
            picture, size = icon_before_words(self.icon_name, self._icon_role())
            self.setIcon(picture)
            self.setIconSize(size)
        elif self.icon_name:
            self.setIcon(icon(self.icon_name, self._icon_role()))
            self.setIconSize(QSize(look.px(18), look.px(18)))
        self.setMinimumHeight(look.px(24))

    def _icon_role(self) -> str:
        if not self.isEnabled():
            return "dim_ink"
        if self.look == "filled" or self.isChecked():
            return "on_accent"
        return "link" if self.look == "link" else "ink"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange:
            self._restyle()


class Combo(QComboBox):
    """A box of choices with our own arrow: with a style sheet, Qt's own is lost."""

    def __init__(self) -> None:
        super().__init__()
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme()
        size = look.px(16)
        place = QRectF(self.width() - look.px(24), (self.height() - size) / 2, size, size)
        ink = "ink" if self.isEnabled() else "dim_ink"
        paint_icon(QPainter(self), "chevron-down", place, look.colours[ink])


class KeyCap(QLabel):
    """The name of a key, in the frame of one."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setProperty("role", "key")


class Line(QFrame):
    """A hairline. Decoration only."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "line")
        self.setFixedHeight(1)


class Scroller(QScrollArea):
    """A column that scrolls up and down, never sideways."""

    def __init__(self, inside: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if inside is not None:
            self.setWidget(inside)

    def bar(self, on: bool) -> None:
        """The bar is there or not, as the owner says.

        Where the height hangs on the width that the bar leaves, Qt's own coming and going of it need not end.
        """
        policy = Qt.ScrollBarPolicy
        wanted = policy.ScrollBarAlwaysOn if on else policy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() is not wanted:
            self.setVerticalScrollBarPolicy(wanted)

    def reveal(self, widget: QWidget) -> None:
        """Scroll as little as needed to show a widget whole; one too high for that, where its words are."""
        inside, edge = self.widget(), theme().px(12)
        if widget.height() + 2 * edge > self.viewport().height():
            self.ensureWidgetVisible(widget, 0, edge)
        elif inside is not None and inside.isAncestorOf(
            widget
        ):  # of a field Qt would show no more than the cursor
            middle = widget.mapTo(inside, widget.rect().center()).y()
            self.ensureVisible(0, middle, 0, widget.height() // 2 + edge)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """What Tab comes to is seen whole."""
        moved = super().focusNextPrevChild(forward)
        on = self.focusWidget()
        if moved and on is not None and on is not self:
            self.reveal(on)
        return moved


def column(
    *widgets: QWidget, space: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QWidget:
    """Widgets one below the other."""
    box = QWidget()
    layout = QVBoxLayout(box)
    look = theme()
    layout.setSpacing(look.px(space))
    layout.setContentsMargins(*(look.px(m) if m else 0 for m in margins))
    for widget in widgets:
        layout.addWidget(widget)
    return box


class FlowLayout(QLayout):
    """Widgets in rows that break where the width ends, as words do."""

    def __init__(
        self, parent: QWidget | None = None, space: int = 8, *, last_at_end: bool = False
    ) -> None:
        super().__init__(parent)
        self.space, self.last_at_end = space, last_at_end
        self._items: list[QLayoutItem] = []
        self._highs: dict[tuple[int, float], int] = {}  # Qt asks for the same width again and again
        self._placed: tuple[QRect, float] | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._forget()

    def invalidate(self) -> None:
        self._forget()
        super().invalidate()

    def _forget(self) -> None:
        self._highs.clear()
        self._placed = None

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._forget()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        asked = (width, theme().scale)
        high = self._highs.get(asked)
        if high is None:
            high = self._highs[asked] = self._arrange(QRect(0, 0, width, 0), place=False)
        return high

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        now = (QRect(rect), theme().scale)
        if now != self._placed:
            self._placed = now
            self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def wide(self) -> int:
        """How wide it is with everything in one row."""
        gaps = theme().px(self.space) * max(0, len(self._items) - 1)
        return gaps + sum(item.sizeHint().width() for item in self._items)

    def put(self, widgets: Iterable[QWidget]) -> None:
        """These and no others; each shown by itself would lay out the whole window."""
        self.setEnabled(False)
        self.clear()
        for widget in widgets:
            self.addWidget(widget)
            widget.show()
        self.setEnabled(True)

    def clear(self) -> None:
        self._forget()
        while self._items:
            widget = self._items.pop().widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        x, y, row = rect.x(), rect.y(), 0
        gap = theme().px(self.space)
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint().boundedTo(QSize(max(rect.width(), 1), 100_000))
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, row = rect.x(), y + row + gap, 0
            if place:
                if self.last_at_end and item is self._items[-1] and x > rect.x():
                    x = max(x, rect.right() + 1 - size.width())
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + gap
            row = max(row, size.height())
        return y + row - rect.y()


class Tiles(FlowLayout):
    """Widgets of one width in as many columns as fit; the tiles of a row are equally high."""

    def __init__(self, parent: QWidget | None = None, least: int = 240, most: int = 2) -> None:
        super().__init__(parent, 10)
        self.least, self.most = least, most

    def minimumSize(self) -> QSize:
        return QSize(theme().px(min(self.least, 160)), 0)

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        gap = theme().px(self.space)
        items = [i for i in self._items if (w := i.widget()) is not None and not w.isHidden()]
        across = max(1, min(self.most, (rect.width() + gap) // (theme().px(self.least) + gap)))
        wide = (rect.width() - gap * (across - 1)) // across
        y = rect.y()
        for first in range(0, len(items), across):
            row = items[first : first + across]
            high = max(
                i.heightForWidth(wide) if i.hasHeightForWidth() else i.sizeHint().height()
                for i in row
            )
            for number, item in enumerate(row):
                if place:
                    item.setGeometry(QRect(rect.x() + number * (wide + gap), y, wide, high))
            y += high + gap
        return max(0, y - gap - rect.y()) if items else 0


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout for good."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        inner = item.layout()
        if inner is not None:
            clear_layout(inner)


def grow(widget: QWidget, across: bool = True, down: bool = False) -> QWidget:
    """Let a widget take the room there is."""
    expanding, fixed = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred
    widget.setSizePolicy(expanding if across else fixed, expanding if down else fixed)
    return widget


def is_style_change(event: QEvent) -> bool:
    return event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange)
