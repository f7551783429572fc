"""Find in the graph: every step whose words, or whose text, hold what is typed; lit, counted, one after the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.graph.chart import Chart
from desktop.theme import theme
from desktop.widgets.basics import Button, label


def steps_with(chart: Chart, words: str) -> tuple[str, ...]:
    """The boxes that hold these words in their title, kind, lane, time limit, conditions or text, in order."""
    sought = " ".join(words.casefold().split())
    if not sought:
        return ()
    found: list[str] = []
    for key, box in chart.boxes.items():
        parts = [box.title, box.look.value, box.lane, box.timeframe]
        parts += [way.condition for way in chart.exits(key)]
        step = chart.step(key)
        if step is not None:
            parts.append(step.body.of(chart.page.text))
        if any(sought in " ".join(part.casefold().split()) for part in parts):
            found.append(key)
    return tuple(found)


class Finder(QWidget):
    """The line above the graph in which one types. Esc puts it away."""

    found = Signal(str, object)  # the words, and the keys of the boxes that hold them
    reached = Signal(str)  # the box one is taken to
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chart: Chart | None = None
        self.keys: tuple[str, ...] = ()
        self.at = -1
        self.setAccessibleName("Find in this pathway")
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find in this pathway")
        self.field.setAccessibleName("Find in this pathway")
        self.count = label("", "small", wrap=False)
        self.before = Button(
            "The one before", "chevron-up", done=lambda: self.go(-1), icon_only=True
        )
        self.next = Button("The next one", "chevron-down", done=lambda: self.go(1), icon_only=True)
        self.end = Button("Close find", "x", done=self.leave, icon_only=True)
        self.row = QHBoxLayout(self)
        self.row.addWidget(self.field, 1)
        for widget in (self.count, self.before, self.next, self.end):
            self.row.addWidget(widget)
        self.row.addStretch(1)
        self.field.textChanged.connect(self._seek)
        theme().changed.connect(self._fit)
        self._fit()
        self.hide()

    def _fit(self) -> None:
        look = theme()
        self.row.setContentsMargins(look.px(16), look.px(4), look.px(12), look.px(4))
        self.row.setSpacing(look.px(6))
        self.field.setMaximumWidth(look.px(420))

    def open(self, chart: Chart) -> None:
        """Ready to be typed in."""
        self.chart = chart
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._seek(self.field.text())

    def put_away(self) -> None:
        """What was found holds for one pathway only."""
        self.hide()
        self.keys, self.at = (), -1

    def leave(self) -> None:
        self.put_away()
        self.found.emit("", ())
        self.left.emit()

    def _seek(self, words: str) -> None:
        if self.chart is None or self.isHidden():
            return
        self.keys = steps_with(self.chart, words)
        self.at = -1
        self.found.emit(words, self.keys)
        if self.keys:
            self.go(1)
        self._say()

    def go(self, by: int) -> None:
        """To the next box, or the one before; round and round."""
        if self.keys:
            self.at = (self.at + by) % len(self.keys) if self.at >= 0 else 0
            self._say()
            self.reached.emit(self.keys[self.at])

    def _say(self) -> None:
        many = len(self.keys)
        none = "Not in this pathway" if self.field.text().strip() else ""
        self.count.setText(f"{self.at + 1} of {many}" if many else none)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)
