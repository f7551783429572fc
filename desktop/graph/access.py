"""The graph for a screen reader: each box an object of its own, with its words, place, state and the focus."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleObject,
)
from PySide6.QtWidgets import QAccessibleWidget

from desktop.graph.canvas import Canvas

_installed = False


class BoxNode(QObject):
    """Stands for one box of a canvas."""

    def __init__(self, canvas: Canvas, key: str) -> None:
        super().__init__(canvas)
        self.canvas, self.key = canvas, key
        self.words: Any = None


class _BoxWords(QAccessibleObject):
    """What is said of a box. `interface_cast` must stay Qt's own: overriding it in Python crashes."""

    def __init__(self, node: BoxNode) -> None:
        super().__init__(node)
        self.node = node

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self.node.canvas)

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> Any:
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        canvas = self.node.canvas
        if canvas.picture is None:
            return QRect()
        shown = canvas.to_screen(canvas.picture.box_rect(self.node.key)).toRect()
        return QRect(canvas.mapToGlobal(shown.topLeft()), shown.size())

    def text(self, kind: QAccessible.Text) -> str:
        canvas, key = self.node.canvas, self.node.key
        if kind is QAccessible.Text.Name:
            return canvas.spoken(key)
        if kind is QAccessible.Text.Description:
            said = []
            if key == canvas.lit.chosen:
                said.append(canvas.lit.flag.lower() or "chosen")
            elif key in canvas.lit.route:
                said.append("on your route")
            if key in canvas.lit.hits:
                said.append("found")
            return ", ".join(said)
        return ""

    def state(self) -> QAccessible.State:
        canvas, key = self.node.canvas, self.node.key
        state = QAccessible.State()
        state.focusable = True
        state.selectable = True
        state.selected = key == canvas.lit.chosen
        state.focused = canvas.hasFocus() and key == canvas.focus
        state.offscreen = not canvas.rect().intersects(
            canvas.to_screen(canvas.picture.box_rect(key)).toRect()
            if canvas.picture is not None
            else QRect()
        )
        return state


class _GraphWords(QAccessibleWidget):
    """The canvas as a list of its boxes, in the order of the pathway."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas, QAccessible.Role.List)
        self.canvas = canvas

    def childCount(self) -> int:
        return len(nodes_of(self.canvas))

    def child(self, index: int) -> Any:
        nodes = nodes_of(self.canvas)
        if not 0 <= index < len(nodes):
            return None
        return QAccessible.queryAccessibleInterface(nodes[index])

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        node = child.object()
        nodes = nodes_of(self.canvas)
        return nodes.index(node) if isinstance(node, BoxNode) and node in nodes else -1

    def childAt(self, x: int, y: int) -> Any:
        picture = self.canvas.picture
        if picture is None:
            return None
        spot = self.canvas.mapFromGlobal(QRect(x, y, 1, 1).topLeft()).toPointF()
        number = picture.at(self.canvas.to_picture(spot))
        return self.child(number) if number is not None else None

    def focusChild(self) -> Any:
        node = node_of(self.canvas, self.canvas.focus or self.canvas.lit.chosen)
        return QAccessible.queryAccessibleInterface(node) if node is not None else None

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Name:
            return self.canvas.accessibleName() or "Graph of the pathway"
        if kind is QAccessible.Text.Description and self.canvas.picture is not None:
            lanes = [lane.name for lane in self.canvas.picture.drawing.lanes]
            if lanes:
                return f"In columns by who acts, from left to right: {', '.join(lanes)}"
        return super().text(kind)


def nodes_of(canvas: Canvas) -> list[BoxNode]:
    """An object for each box of the picture that is shown; those of boxes that are gone are let go."""
    picture = canvas.picture
    keys = [box.key for box in picture.boxes] if picture is not None else []
    kept: dict[str, BoxNode] = canvas.nodes
    if list(kept) != keys:
        for key in [key for key in kept if key not in set(keys)]:
            kept.pop(key).deleteLater()
        canvas.nodes = {key: kept.get(key) or BoxNode(canvas, key) for key in keys}
    return list(canvas.nodes.values())


def node_of(canvas: Canvas, key: str) -> BoxNode | None:
    nodes_of(canvas)
    return canvas.nodes.get(key)


def _make(name: str, found: QObject) -> Any:
    """Qt asks for the words of an object; ours are kept with it, for as long as it lives."""
    if isinstance(found, BoxNode):
        words: _BoxWords | _GraphWords = _BoxWords(found)
    elif isinstance(found, Canvas):
        words = _GraphWords(found)
    else:
        return None
    found.words = words
    return words


def install() -> None:
    """Before the first canvas is asked about."""
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_make)


def tell_focus(canvas: Canvas, key: str) -> None:
    """The keyboard is on another box."""
    node = node_of(canvas, key) if QAccessible.isActive() else None
    if node is not None:
        QAccessible.updateAccessibility(QAccessibleEvent(node, QAccessible.Event.Focus))


def announce(canvas: Canvas, words: str) -> None:
    """Say what has happened, such as the step one has come to."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(canvas, words))
