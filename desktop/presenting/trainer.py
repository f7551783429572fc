"""The trainer's window: what the room sees, notes, clock and running order. Nothing in it reaches the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.icons import pixmap
from desktop.presenting.clocks import Clocks
from desktop.presenting.desk import Controls, Desk
from desktop.presenting.notes import Notes
from desktop.presenting.order import Order
from desktop.presenting.windows import ShowWindow
from desktop.theme import theme
from desktop.widgets.basics import Button, FlowLayout, Scroller, label
from desktop.widgets.focus import FocusRing
from desktop.widgets.strip import UrgentStrip
from desktop.widgets.switch import Switch

if TYPE_CHECKING:
    from desktop.presenting.stage import Stage
    from desktop.session import Session
    from knowledge.showing.show import Show

_PARTS = [
    ("room", "Room", "presentation"),
    ("notes", "Notes", "file-text"),
    ("order", "Order", "list-ordered"),
]
WIDE, MIDDLE = 1100, 760  # effective widths: three columns, two, or one
LOW = 340  # effective height below which every line counts


class Trainer(ShowWindow):
    """Three columns, two or one, as the size of the text leaves room."""

    asked = Signal(str)

    def __init__(self, session: Session, show: Show, stage: Stage) -> None:
        super().__init__()
        self.setWindowTitle(f"Presenting: {show.title} – Fingerpost")
        self.setMinimumSize(360, 320)
        self.setObjectName("trainer")
        self.desk = Desk(stage)
        self.controls = Controls()
        self.notes = Notes(session)
        self.order = Order(show)
        self.clocks = Clocks()
        self.where_icon = label("")
        self.where = label("", "small")
        self.offer = Button(
            "Show on the projector", "refresh-cw", "filled", lambda: self.asked.emit("project")
        )
        self.offer.hide()
        self.search = Button("Jump", "search", "lined", lambda: self.asked.emit("jump"))
        self.search.setText("Jump  Ctrl K")
        self.swap = self._button("Swap screens", "refresh-cw", "swap", "S")
        self.black = self._button("Blank", "eye-off", "black", "B")
        self.white = self._button("White", "sun", "white", "W")
        self.finish = self._button("End", "x", "end", "Esc")
        self.overview = Button("All", "list-ordered", "", lambda: self.asked.emit("overview"))
        self.overview.setText("All  O")
        self.overview.setAccessibleName("Overview of all stops")
        self.overview.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.switch = Switch("What this window shows", _PARTS)
        self.switch.show_choice("room")
        self.switch.chosen.connect(lambda _: self._fit())
        self.strip = UrgentStrip(show.library)
        self.several = False  # screens
        self.title = label(show.title)
        self.troubles = label("", "warn")
        self._arrange()
        self.ring = FocusRing(self)
        theme().changed.connect(self._fit)

    def _button(self, words: str, icon: str, act: str, key: str) -> Button:
        button = Button(words, icon, "lined", lambda: self.asked.emit(act))
        button.setText(f"{words}  {key}")
        return button

    def _arrange(self) -> None:
        self.bar = QWidget()
        self.bar.setObjectName("top-bar")
        self.bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.row = QHBoxLayout(self.bar)
        self.presenting = label("Presenting:", "strong", wrap=False)
        self.row.addWidget(self.presenting)
        self.row.addWidget(self.title, 1)
        self.row.addWidget(self.where_icon)
        self.row.addWidget(self.where)
        self.acts_box = QWidget()
        self.acts = FlowLayout(self.acts_box, space=6)
        for button in (self.offer, self.search, self.swap, self.black, self.white, self.finish):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.acts.addWidget(button)
        self.row.addWidget(self.acts_box, 0, Qt.AlignmentFlag.AlignVCenter)
        inside = QWidget()
        self.side = QVBoxLayout(inside)
        self.right = Scroller(
            inside
        )  # else clocks and list would push the buttons off a low screen
        self.side.addWidget(self.clocks)
        head = QHBoxLayout()
        head.addWidget(label("Running order", "strong"), 1)
        head.addWidget(self.overview)
        self.side.addLayout(head)
        self.side.addWidget(self.order, 1)
        self.side.addWidget(self.troubles)
        self.left = Scroller(self.desk)
        self.left.viewport().installEventFilter(self.desk)
        self.columns = QHBoxLayout()
        self.columns.setContentsMargins(0, 0, 0, 0)
        self.columns.setSpacing(0)
        for part, share in ((self.left, 46), (self.notes, 31), (self.right, 23)):
            self.columns.addWidget(part, share)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        outer.addWidget(self.switch)
        outer.addLayout(self.columns, 1)
        outer.addWidget(self.controls)
        outer.addWidget(self.strip)

    # -- fitting ------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        wide = self.width() / look.scale
        edge = look.px(12)
        self.row.setContentsMargins(edge, look.px(6), edge, look.px(6))
        self.row.setSpacing(look.px(6))
        above, below = (10, 8) if wide >= MIDDLE else (4, 4)
        self.side.setContentsMargins(edge, look.px(above), edge, look.px(below))
        self.where_icon.setPixmap(pixmap("presentation", "ink_muted", 16, self.devicePixelRatioF()))
        chosen = self.switch.choice()
        self.switch.setVisible(wide < WIDE)
        three, two = wide >= WIDE, WIDE > wide >= MIDDLE
        self.left.setVisible(three or two or chosen == "room")
        self.notes.setVisible(
            three or (two and chosen != "order") or (not two and chosen == "notes")
        )
        self.right.setVisible(three or chosen == "order")
        self.title.setVisible(wide >= MIDDLE)
        roomy = wide >= WIDE and self.offer.isHidden()
        self.where.setVisible(roomy)
        self.where_icon.setVisible(roomy)
        for button, words, key in (
            (self.search, "Jump", "Ctrl K"),
            (self.swap, "Swap screens" if self.several else "Room’s window", "S"),
            (self.black, "Blank", "B"),
            (self.white, "White", "W"),
            (self.finish, "End", "Esc"),
        ):
            button.setText(f"{words}  {key}" if wide >= WIDE else words)
        self._fit_bar()
        for part in (self.left, self.right):
            part.setMinimumHeight(look.px(36))  # they scroll; the buttons do not
        self.order.setMinimumHeight(look.px(72))
        self.strip.use_short(wide < 1000)
        self.notes.use_low(self.height() / look.scale < LOW)
        self.controls.use_narrow(wide < MIDDLE)
        self.desk.fit()

    def _fit_bar(self) -> None:
        """The buttons in one row beside the title, else below it in as many as they need."""
        buttons = [part for part in self.acts_box.findChildren(Button) if not part.isHidden()]
        gaps = theme().px(self.acts.space) * len(buttons)
        wanted = gaps + sum(button.sizeHint().width() for button in buttons)
        beside = wanted <= self.width() * 0.55
        across, down = QHBoxLayout.Direction.LeftToRight, QHBoxLayout.Direction.TopToBottom
        self.row.setDirection(across if beside else down)
        self.presenting.setVisible(beside and not self.title.isHidden())
        self.acts_box.setMinimumWidth(wanted if beside else 0)
        room = max(1, wanted if beside else self.width() - 2 * theme().px(12))
        self.acts_box.setMinimumHeight(self.acts.heightForWidth(room))

    def tell_where(self, words: str, *, several: bool, offer: bool) -> None:
        """Where the room's picture is, and what can be done about it."""
        self.where.setText(words)
        self.where.setAccessibleName(words)
        self.several = several
        self.swap.setAccessibleName("Swap screens" if several else "Show the room’s window")
        self.offer.setVisible(offer)
        self._fit()
