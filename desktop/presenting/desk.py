"""The trainer's left column: what the room sees, what comes next, and a button for everything a key does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.icons import pixmap
from desktop.presenting.coming import NextCard
from desktop.presenting.keys import BY_ID
from desktop.presenting.roomview import RoomView
from desktop.theme import theme
from desktop.widgets.basics import Button, FlowLayout, label

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
    "overview",
    "pointer",
    "pen",
    "wipe",
)


class Framed(QFrame):
    """The room's picture in a frame of the room's own shape."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.view = RoomView(stage)
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.addWidget(self.view)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        ink = theme().colours["ink"]
        self.setStyleSheet(f"Framed {{ background: {ink}; border: none; }}")

    def fit(self, width: int, most: int) -> None:
        """As wide as there is room, and no higher than this."""
        size = self.stage.size
        high = round((width - 4) * size.height() / size.width()) + 4
        self.setFixedHeight(max(120, min(most, high)))


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
        self.typed = label("", "strong")
        self.typed.hide()
        self.next = Button("Next", "arrow-right", "filled", lambda: self.asked.emit("next"))
        self.back = Button("Back  PgUp", "arrow-left", "lined", lambda: self.asked.emit("back"))
        self.small = QWidget()
        self.ways_box, self.tools_box = QWidget(self.small), QWidget(self.small)
        self.ways = FlowLayout(self.ways_box, space=5)
        self.tools = FlowLayout(self.tools_box, space=5)
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
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addWidget(self.next, 1)
        for name in _TOOLS:
            act = BY_ID[name]
            button = Button(
                act.words,
                act.icon,
                "lined",
                lambda name=name: self.asked.emit(name),  # type: ignore[misc]
            )
            button.setText(f"{act.words}  {act.shown}")
            button.setCheckable(name in ("pointer", "pen", "words", "flags"))
            self.tool_buttons[name] = button
            self.tools.addWidget(button)
        for button in (self.next, self.back, *self.tool_buttons.values()):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.column = QVBoxLayout(self)
        self.column.addLayout(head)
        self.column.addWidget(self.framed)
        self.column.addWidget(self.card)
        self.column.addWidget(self.typed)
        self.column.addLayout(buttons)
        self.column.addWidget(self.small)
        column = QVBoxLayout(self.small)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.ways_box)
        column.addWidget(self.tools_box)
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
        self.next.setMinimumHeight(look.size("large_control"))
        self.back.setMinimumHeight(look.size("large_control"))
        self.hidden_icon.setPixmap(pixmap("eye-off", "warn_ink", 16, self.devicePixelRatioF()))
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        edge = 2 * theme().px(14)
        self.framed.fit(self.width() - edge, round(self.window().height() * 0.46))

    # -- telling ------------------------------------------------------------------------------

    def tell(self, coming: Coming, hidden: str, covered: bool, seen: Seen) -> None:
        self.card.tell(coming)
        self.hidden.setText(hidden)
        self.hidden.setProperty("role", "warn" if covered else "small")
        self.hidden.style().unpolish(self.hidden)
        self.hidden.style().polish(self.hidden)
        self.hidden_icon.setVisible(covered)
        self.next.setText(f"{coming.button}  Space")
        self.next.setAccessibleName(coming.button)
        self._tell_ways(seen.graph.ways if seen.graph is not None else ())
        step = seen.graph is not None
        for name in ("cover", "other", "zoom", "words", "flags"):
            self.tool_buttons[name].setEnabled(step or (name == "cover"))
        self.fit()

    def _tell_ways(self, ways: tuple[SeenWay, ...]) -> None:
        if ways == self._ways:
            return
        self._ways = ways
        self.ways.clear()
        for way in ways:
            words = way.condition or way.title or "go on"
            button = Button(f"Take way {way.number}: {words}", look="lined")
            button.setText(f"{way.number}  {words}")
            button.clicked.connect(lambda _=False, n=way.number: self.way_taken.emit(n))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.ways.addWidget(button)
            button.show()
        self.ways.invalidate()

    def tell_typed(self, words: str) -> None:
        self.typed.setText(words)
        self.typed.setVisible(bool(words))
