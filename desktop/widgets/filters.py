"""Narrowing a list down: groups of values with counts, and what was chosen as chips that take themselves away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.icons import paint_icon
from desktop.theme import theme
from desktop.widgets.basics import Button, Scroller, clear_layout, label
from desktop.widgets.painted import Painted, breakable, measured_once, text_height

_WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)


class CheckRow(Painted):
    """A box to tick, its words, and how many there are."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words, self.count = words, 0
        # A column asks for each width again and again.
        self._highs: dict[tuple[int, float], int] = {}
        self.setCheckable(True)
        self.setText(words)
        self.toggled.connect(lambda _: self._name())
        self._name()

    def set_count(self, count: int) -> None:
        self.count = count
        self._name()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.words}, {self.count}")

    def _room(self, width: int) -> tuple[int, int]:
        look = theme()
        right = QFontMetrics(look.font("small")).horizontalAdvance("0000")
        left = look.px(28)
        return left, max(1, width - left - right - look.px(8))

    @measured_once
    def heightForWidth(self, width: int) -> int:
        look = theme()
        known = self._highs.get((width, look.scale))
        if known is None:
            _, room = self._room(width)
            high = text_height(look.font("body"), self.words, room) + look.px(8)
            known = self._highs[width, look.scale] = max(look.px(28), high)
        return known

    def sizeHint(self) -> QSize:
        width = theme().px(190)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = look.px(18)
        box = QRectF(0.5, look.px(5) + 0.5, size, size)
        on = self.isChecked()
        painter.setPen(QPen(look.colour("accent" if on else "edge"), 1.5))
        painter.setBrush(look.colour("accent" if on else "accent_tint" if self.lit else "surface"))
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        if on:
            inner = box.adjusted(look.px(2), look.px(2), -look.px(2), -look.px(2))
            paint_icon(painter, "check", inner, look.colours["on_accent"])
        left, room = self._room(self.width())
        painter.setFont(look.font("body", 600 if on else 400))
        painter.setPen(look.colour("ink"))
        painter.drawText(QRect(left, look.px(4), room, self.height()), _WRAP, breakable(self.words))
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("ink_muted"))
        right = self.rect().adjusted(0, look.px(5), -look.px(4), 0)
        painter.drawText(
            right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, str(self.count)
        )


@dataclass(frozen=True, slots=True)
class Group:
    """One thing to narrow by: its name, its values in order, and which of them an item has."""

    name: str
    values: tuple[str, ...]
    of: Callable[[object], Iterable[str]]


class Filters(Scroller):
    """Values of one group widen, groups narrow. Counts say what choosing would leave."""

    changed = Signal()

    def __init__(self) -> None:
        inside = QWidget()
        super().__init__(inside)
        inside.setObjectName("surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Narrow down")
        self.groups: list[Group] = []
        self.items: list[object] = []
        self.rows: dict[tuple[str, str], CheckRow] = {}
        self.column = QVBoxLayout(inside)
        self.clear_button = Button("Clear all", "", "link", self.clear)
        self.done = Button("Show the list", look="lined")
        self._chosen: dict[str, set[str]] = {}
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        self.column.setContentsMargins(look.px(18), look.px(14), look.px(12), look.px(14))
        self.column.setSpacing(look.px(2))

    def offer(self, groups: list[Group], items: Iterable[object]) -> None:
        """What can be chosen among these items; choices made before hold where they still exist."""
        self.items = list(items)
        if [(g.name, g.values) for g in groups] != [(g.name, g.values) for g in self.groups]:
            self.groups = groups
            self._build()
        self.groups = groups
        self._count()

    def _build(self) -> None:
        for kept in (self.clear_button, self.done):
            self.column.removeWidget(kept)
            kept.setParent(self)
            kept.hide()
        clear_layout(self.column)
        self.rows = {}
        self.column.addWidget(label("Narrow down", "heading"))
        for group in self.groups:
            if len(group.values) < 2:
                continue
            name = label(group.name, "small")
            self.column.addSpacing(theme().px(10))
            self.column.addWidget(name)
            for value in group.values:
                row = CheckRow(value)
                row.setAccessibleDescription(group.name)
                row.setChecked(value in self._chosen.get(group.name, ()))
                row.toggled.connect(lambda on, g=group.name, v=value: self.choose(g, v, on))
                self.rows[group.name, value] = row
                self.column.addWidget(row)
        self._chosen = {
            name: {v for v in values if (name, v) in self.rows}
            for name, values in self._chosen.items()
        }
        self.column.addSpacing(theme().px(8))
        self.column.addWidget(self.clear_button)
        self.column.addWidget(self.done)
        self.column.addStretch(1)

    def choose(self, group: str, value: str, on: bool) -> None:
        values = self._chosen.setdefault(group, set())
        if (value in values) == on:
            return
        (values.add if on else values.discard)(value)
        row = self.rows.get((group, value))
        if row is not None:
            row.setChecked(on)
        self._count()
        self.changed.emit()

    def clear(self) -> None:
        for group, value in self.chosen():
            self.choose(group, value, False)

    def chosen(self) -> list[tuple[str, str]]:
        return [(g.name, v) for g in self.groups for v in g.values if v in self._of(g.name)]

    def _of(self, group: str) -> set[str]:
        return self._chosen.get(group, set())

    def passes(self, item: object, without: str = "") -> bool:
        """Whether an item is among those asked for, one group perhaps left aside."""
        return all(
            not self._of(group.name)
            or group.name == without
            or not self._of(group.name).isdisjoint(group.of(item))
            for group in self.groups
        )

    def _count(self) -> None:
        for group in self.groups:
            counts: dict[str, int] = {}
            for item in self.items:
                if self.passes(item, without=group.name):
                    for value in set(group.of(item)):
                        counts[value] = counts.get(value, 0) + 1
            for value in group.values:
                row = self.rows.get((group.name, value))
                if row is not None:
                    row.set_count(counts.get(value, 0))
        self.clear_button.setVisible(bool(self.chosen()))

    def saved(self) -> list[list[str]]:
        return [list(pair) for pair in self.chosen()]

    def bring_back(self, saved: list[list[str]]) -> None:
        wanted = {tuple(pair) for pair in saved}
        for group, value in self.chosen():
            if (group, value) not in wanted:
                self.choose(group, value, False)
        for group, value in wanted:
            if (group, value) in self.rows:
                self.choose(group, value, True)


def values_in_use(
    items: Iterable[object], of: Callable[[object], Iterable[str]], order: Iterable[str] = ()
) -> tuple[str, ...]:
    """The values that occur, in the given order and then by the alphabet."""
    used = {value for item in items for value in of(item) if value}
    named = [value for value in order if value in used]
    return (*named, *sorted(used.difference(named), key=str.casefold))
