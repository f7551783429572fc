"""The trainer's left column: what the room sees, what comes next, and a button for everything a key does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.icons import pixmap
from desktop.presenting.coming import ICONS, NextCard
from desktop.presenting.keys import BY_ID
from desktop.presenting.roomview import RoomView
from desktop.theme import theme
from desktop.widgets.basics import Button, FlowLayout, label, set_role

if TYPE_CHECKING:
    from desktop.presenting.stage import Stage
    from knowledge.showing.seen import Seen, SeenWay
    from knowledge.showing.telling import Coming

_TOOLS = (
    "uncover",
    "cover",
    "other",
    "zoom",
    "words",
    "flags",
    "pointer",
    "pen",
    "wipe",
)
_FRAME = 3
_LEAST, _MOST = 0.24, 0.4  # of the window's height, for the room's picture


class Framed(QFrame):
    """The room's picture in a frame of the room's own shape; the frame shows when the keyboard is there."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.view = RoomView(stage)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view.setProperty("ring", False)
        self.view.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(_FRAME, _FRAME, _FRAME, _FRAME)
        column.addWidget(self.view)
        theme().changed.connect(self.update)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme()
        painter.fillRect(self.rect(), look.colour("ink"))
        if self.view.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 2 * _FRAME - 2))
            painter.drawRect(self.rect())

    def fit(self, width: int, most: int) -> None:
        """As wide as there is room, and no higher than this."""
        size, edge = self.stage.size, 2 * _FRAME
        share = size.height() / size.width()
        high = max(120, min(most, round((width - edge) * share) + edge))
        self.setFixedSize(min(width, round((high - edge) / share) + edge), high)


class Desk(QWidget):
    """Tells which act was asked for."""

    asked = Signal(str)
    way_taken = Signal(int)

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.head = label("The room sees", "strong")
        self.hidden_icon = label("")
        self.hidden = label("", "warn", wrap=False)
        self.framed = Framed(stage)
        self.card = NextCard()
        self.small = QWidget()
        self.ways_box, self.tools_box = QWidget(self.small), QWidget(self.small)
        self.ways = FlowLayout(self.ways_box, space=5)
        self.tools = FlowLayout(self.tools_box, space=5)
        self.way_buttons: list[Button] = []
        self.tool_buttons: dict[str, Button] = {}
        self._ways: tuple[SeenWay, ...] = ()
        self._arrange()
        theme().changed.connect(self._restyle)
        self._restyle()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.head, 1)
        head.addWidget(self.hidden_icon)
        head.addWidget(self.hidden)
        for name in _TOOLS:
            act = BY_ID[name]
            button = Button(
                act.words,
                act.icon,
                "lined",
                lambda name=name: self.asked.emit(name),  # type: ignore[misc]
            )
            button.setText(f"{act.words}  {act.shown}")
            button.setAccessibleName(act.name)
            button.setCheckable(name in ("pointer", "pen", "words", "flags"))
            self.tool_buttons[name] = button
            self.tools.addWidget(button)
        for button in self.tool_buttons.values():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column = QVBoxLayout(self)
        self.column.addLayout(head)
        self.column.addWidget(self.framed, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addWidget(label("Next, when you press Space", "small"))
        self.column.addWidget(self.card)
        self.column.addWidget(self.small)
        self.rows = QVBoxLayout(self.small)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.addWidget(self.ways_box)
        self.rows.addWidget(self.tools_box)
        self.column.addStretch(1)

    def _restyle(self) -> None:
        look = theme()
        edge = look.px(14)
        self.column.setContentsMargins(edge, look.px(8), edge, look.px(8))
        self.column.setSpacing(look.px(8))
        small = (
            f"QPushButton {{ font-size: {look.px(13)}px; min-height: {look.px(18)}px; "
            f"padding: {look.px(2)}px {look.px(8)}px; }}"
        )
        self.small.setStyleSheet(small)
        self.hidden_icon.setPixmap(pixmap("eye-off", "warn_ink", 16, self.devicePixelRatioF()))
        if self.parentWidget() is not None:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self.fit()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where this column is scrolled, it follows what is left of the width beside a scroll bar."""
        if event.type() is QEvent.Type.Resize and watched is self.parentWidget():
            self.fit()
        return False

    def fit(self) -> None:
        """The picture gives way, down to a share, so that every button below it is in view."""
        place, high = self.parentWidget() or self, self.window().height()
        rest = self.column.totalHeightForWidth(place.width()) - self.framed.height()
        most = max(round(high * _LEAST), min(round(high * _MOST), place.height() - rest - 1))
        self.framed.fit(place.width() - 2 * theme().px(14), most)

    # -- telling ------------------------------------------------------------------------------

    def tell(self, coming: Coming, hidden: str, covered: bool, seen: Seen) -> None:
        self.card.tell(coming)
        self.hidden.setText(hidden)
        set_role(self.hidden, "role", "warn" if covered else "small")
        self.hidden_icon.setVisible(covered)
        self._tell_ways(seen.graph.ways if seen.graph is not None else ())
        step = seen.graph is not None
        for name in ("cover", "other", "zoom", "words", "flags"):
            self.tool_buttons[name].setEnabled(step or (name == "cover"))
        if self.isVisible():  # else it is fitted when it comes into view
            self.fit()

    def _tell_ways(self, ways: tuple[SeenWay, ...]) -> None:
        if ways == self._ways:
            return
        self._ways = ways
        for _ in self.make_ways(len(ways)):
            pass
        for number, button in enumerate(self.way_buttons):
            if number < len(ways):
                words = ways[number].condition or ways[number].title or "go on"
                button.setText(f"{number + 1}  {words}")
                button.setAccessibleName(f"Take way {number + 1}: {words}")
            button.setVisible(number < len(ways))
        for layout in (self.ways, self.rows, self.column):
            layout.invalidate()  # all at once: the picture above is fitted before they would ask each other

    def make_ways(self, many: int) -> Iterator[None]:
        """Have at least so many buttons for ways on; making one costs more than telling it what to say."""
        while len(self.way_buttons) < many:
            number = len(self.way_buttons) + 1
            button = Button("", look="lined", done=lambda n=number: self.way_taken.emit(n))  # type: ignore[misc]
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.hide()
            last = self.way_buttons[-1] if self.way_buttons else self.framed.view
            self.way_buttons.append(button)
            self.ways.addWidget(button)
            QWidget.setTabOrder(last, button)
            button.ensurePolished()
            yield


class Controls(QWidget):
    """Back and next, in view whatever else is; and what was typed so far."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Back and next")
        self.back = Button("Back", "arrow-left", "lined", lambda: self.asked.emit("back"))
        self.next = Button("Next", "arrow-right", "filled", lambda: self.asked.emit("next"))
        self.help = label("", "small")
        self.row = QHBoxLayout(self)
        for button, share in ((self.back, 1), (self.next, 3)):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.row.addWidget(button, share)
        self.row.addWidget(self.help, 3)
        self.typed = ""
        self.step = False
        theme().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        look = theme()
        self.row.setContentsMargins(look.px(14), look.px(6), look.px(14), look.px(6))
        self.row.setSpacing(look.px(8))
        for button in (self.back, self.next):
            button.setMinimumHeight(look.size("large_control"))

    def tell(self, coming: Coming, seen: Seen) -> None:
        self.next.setText(f"{coming.button}   Space")
        self.next.setAccessibleName(coming.button)
        if self.next.icon_name != ICONS[coming.doing]:
            self.next.set_icon(ICONS[coming.doing])
        self.back.setText("Back   PgUp")
        self.step = seen.graph is not None and bool(seen.graph.ways)
        self._help()

    def tell_typed(self, words: str) -> None:
        self.typed = words
        self._help()

    def _help(self) -> None:
        ways = "1 to 9 take a way. " if self.step else ""
        self.help.setText(
            self.typed or f"{ways}A number and Enter go to a stop. F1 shows all keys."
        )
        set_role(self.help, "role", "strong" if self.typed else "small")

    def use_narrow(self, narrow: bool) -> None:
        """Without the line of help, unless something is being typed."""
        self.help.setVisible(not narrow or bool(self.typed))
