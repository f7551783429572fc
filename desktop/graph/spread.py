"""Graph or outline with the step beside it, or one of the three at a time where the window is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.graph.flags import FlagLine
from desktop.graph.outline import Outline
from desktop.graph.pane import GraphPane
from desktop.graph.panel import StepPanel
from desktop.graph.parts import Lead, Switch
from desktop.theme import theme

if TYPE_CHECKING:
    from desktop.session import Session

_PARTS = (
    ("step", "Step", "file-text"),
    ("graph", "Graph", "network"),
    ("outline", "Outline", "list-ordered"),
)
_ROOMY = 1440  # from this effective width the step has more room of its own
_LOW = 400  # below this effective height the tools are one button
_WIDE, _WIDER = 400, 440


class Spread(QSplitter):
    """What the switch shows, and how wide each part is."""

    part_asked = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.settings = session.settings
        self.narrow = False
        self.shown = "graph"
        self.switch = Switch("Show", _PARTS)
        self.side = QWidget(self)
        self.left = QStackedWidget(self.side)
        self.pane = GraphPane()
        self.outline = Outline()
        self.panel = StepPanel(session)
        self.left.addWidget(self.pane)
        self.left.addWidget(self.outline)
        # Where the step is out of sight, what must stay in view stands round the graph or outline.
        self.flag_line = FlagLine()
        self.flag_line.asked.connect(self._read_flags)
        self.flag_line.followed.connect(self.panel.flags.prose.follow)
        self.panel.flags_told.connect(self._tell_links)
        self.unsure = Lead("", "", "hand-helping")
        self.unsure.clicked.connect(self.panel.unsure.click)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.foot = QHBoxLayout()
        self.foot.addWidget(self.unsure, 1)
        self.foot.addWidget(self.pane.folded)
        column.addWidget(self.flag_line)
        column.addWidget(self.left, 1)
        column.addLayout(self.foot)
        self.addWidget(self.side)
        self.addWidget(self.panel)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._panel_dragged)

    def fold(self, narrow: bool) -> None:
        """One part at a time, or the step always beside the others."""
        self.narrow = narrow
        if narrow and self.shown == "graph":
            self.shown = "step"
        elif not narrow and self.shown == "step":
            self.shown = "graph"

    def fit(self, wide: int) -> None:
        """Show what is chosen; `wide` is the width of the whole view."""
        look = theme()
        self.switch.offer(("step", "graph", "outline") if self.narrow else ("graph", "outline"))
        self.switch.show_chosen(self.shown)
        step = self.shown == "step"
        self.side.setVisible(not step)
        self.flag_line.setVisible(self.narrow and bool(self.panel.flag_links))
        self.unsure.setVisible(self.narrow and bool(self.unsure.title))
        self.left.setCurrentWidget(self.outline if self.shown == "outline" else self.pane)
        self.panel.setVisible(step or not self.narrow)
        folded = self.narrow and self.window().height() / look.scale < _LOW
        self.pane.lay(self.narrow, folded=folded)
        self.pane.folded.setVisible(folded and self.shown == "graph")
        edge = look.px(8) if self.narrow else 0
        self.foot.setContentsMargins(edge, 0, edge, 0)
        tools = self.pane.folded.sizeHint().width() if folded else 0
        self.unsure.setFixedHeight(self.unsure.heightForWidth(max(1, wide - 2 * edge - tools)))
        self.panel.setMinimumWidth(0 if self.narrow else look.px(360))
        self.panel.setMaximumWidth(16_777_215 if self.narrow else look.px(520))
        if not self.narrow:
            panel = look.px(self.settings.get("step_panel"))
            if wide / look.scale >= _ROOMY and panel == look.px(_WIDE):
                panel = look.px(_WIDER)
            self.setSizes([max(200, self.width() - panel), panel])

    def _tell_links(self) -> None:
        self.flag_line.show_links(self.panel.flag_links)
        self.flag_line.setVisible(self.narrow and bool(self.panel.flag_links))
        self.unsure.title = self.panel.unsure.title
        self.unsure.set_note("")
        self.unsure.setVisible(self.narrow and bool(self.unsure.title))

    def _read_flags(self) -> None:
        """From graph or outline to every word of the red flags."""
        self.part_asked.emit("step")
        self.panel.show_flags()

    def _panel_dragged(self) -> None:
        wide = round(self.panel.width() / theme().scale)
        if 360 <= wide <= 520:
            self.settings.set("step_panel", wide)

    def focus_first(self) -> None:
        """Put the keyboard on what is shown."""
        if self.shown == "step":
            self.panel.focus_step()
        elif self.shown == "outline":
            self.outline.setFocus()
        else:
            self.pane.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
