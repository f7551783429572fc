"""The running order of a session as a list beside its words: each change is one edit of them, and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QDropEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.editor.stop_form import StopForm
from desktop.icons import icon
from desktop.theme import theme
from desktop.widgets.basics import Button, FlowLayout, Scroller, label

if TYPE_CHECKING:
    from desktop.editor.details import Change
    from desktop.editor.editing import Look
    from desktop.session import Session
    from knowledge.editing.change import Edit
    from knowledge.library import Library
    from knowledge.model import Page, Stop
    from knowledge.presented import Last
    from knowledge.problems import Problem

_TOOLS = (
    ("add", "Add a stop", "plus", "After the chosen one, from a search of the library"),
    ("up", "Up", "arrow-up", "Alt and the arrow up do the same"),
    ("down", "Down", "arrow-down", "Alt and the arrow down do the same"),
    ("remove", "Remove", "trash-2", "Undo brings it back"),
)
_MOVES = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}
_NEW_MINUTES = 3
_TAKEN_BACK = (
    (QKeySequence.StandardKey.Undo, "undo"),
    (QKeySequence.StandardKey.Redo, "redo"),
)


class OrderSide(QWidget):
    """Shows; asks for changes. What a stop says is in the form below the list."""

    changed = Signal(object)  # Change
    undo_asked = Signal(bool)  # or, when true, redo
    add_asked = Signal(object)  # a function that takes target and title

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.look: Look | None = None
        self.last: Last | None = None
        self.at = -1
        self.setAccessibleName("Running order")
        inside = QWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroller(inside, self))  # where it is low, all of it scrolls
        self.total = label("", "strong")
        self.bar = QWidget(inside)
        flow = FlowLayout(self.bar, space=6)
        self.buttons: dict[str, Button] = {}
        for name, words, picture, tip in _TOOLS:
            button = Button(words, picture, "lined", partial(self.do, name))
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
            self.buttons[name] = button
            flow.addWidget(button)
        self.list = StopList()
        self.none = label("No stops yet. Add the first from a search of the library.")
        self.form = StopForm()
        self.told = label("", "small")
        self.told.hide()
        self.fields = Scroller(self.form)
        self.parts = _Parts(Qt.Orientation.Vertical, inside)
        self.parts.addWidget(self.list)
        self.parts.addWidget(self.fields)
        self.parts.setChildrenCollapsible(False)
        self.column = QVBoxLayout(inside)
        for part in (self.total, self.bar, self.none):
            self.column.addWidget(part)
        self.column.addWidget(self.parts, 1)
        self.column.addWidget(self.told)
        self.list.currentRowChanged.connect(self._chosen)
        self.list.moved.connect(self.shift)
        self.list.asked.connect(self.do)
        self.list.itemActivated.connect(lambda _: self._to_minutes())
        self.form.asked.connect(self._stop_change)
        self.form.goal_asked.connect(self._other_goal)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        edge = look.px(12)
        self.column.setContentsMargins(edge, look.px(4), edge, look.px(6))
        self.column.setSpacing(look.px(6))
        self.list.setMinimumHeight(look.px(100))
        self.fields.setMinimumHeight(look.px(130))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room, else one below the other."""
        super().resizeEvent(event)
        wide = self.width() > theme().px(760)
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.parts.orientation() is not wanted:
            self.parts.setOrientation(wanted)
            self.parts.setSizes([1, 1])

    # -- showing ------------------------------------------------------------------------------

    def show_look(self, look: Look, *, fresh: bool) -> None:
        """What the words read as now; the chosen stop stays chosen."""
        page = look.page
        if fresh:
            self.at = 0
            self.last = self.session.last_presented(page.path)[0]
        self.look = look
        many, minutes = len(page.stops), sum(stop.minutes for stop in page.stops)
        unplanned = sum(not stop.minutes for stop in page.stops)
        words = f"{many} {'stop' if many == 1 else 'stops'}, {minutes} minutes"
        self.total.setText(words + (f", {unplanned} without minutes" if unplanned else ""))
        self.none.setVisible(not many)
        self.parts.setVisible(bool(many))
        self.at = max(0, min(self.at, many - 1)) if many else -1
        self.list.put(self._rows(page, look.library), self.at)
        for name in ("up", "down", "remove"):
            self.buttons[name].setEnabled(bool(many))
        self._show_stop()

    def _rows(self, page: Page, library: Library) -> list[tuple[str, str]]:
        """The words of each row and its icon."""
        changed = self._changed()
        rows = []
        for number, stop in enumerate(page.stops):
            facts = [f"{stop.minutes} min" if stop.minutes else "no minutes"]
            facts += ["covered"] if stop.covered else []
            troubles = self.troubles_of(number)
            if number in changed:
                facts.append("changed since last presented")
            picture = "triangle-alert" if troubles else "sparkles" if number in changed else ""
            facts += [f"{len(troubles)} to put right"] if troubles else []
            rows.append((f"{number + 1}. {stop.link.text}\n{' · '.join(facts)}", picture))
        return rows

    def _changed(self) -> dict[int, str]:
        """What is said of stops whose page changed since the session was last presented."""
        from knowledge.presented import changes_since

        look = self.look
        if self.last is None or look is None:
            return {}
        return {s.number: s.says for s in changes_since(self.last, look.library, look.page)}

    def troubles_of(self, number: int) -> list[str]:
        """What is wrong at a stop, in words."""
        look = self.look
        if look is None or not 0 <= number < len(look.page.stops):
            return []
        stops = look.page.stops
        lines = range(stops[number].line, _end_line(look.page, number))
        return [_words(problem) for problem in look.problems if problem.line in lines]

    def _to_minutes(self) -> None:
        self.form.minutes.setFocus()
        self.fields.reveal(self.form.minutes)

    def _chosen(self, row: int) -> None:
        if row >= 0 and row != self.at:
            self.at = row
            self._show_stop()

    def _show_stop(self) -> None:
        look = self.look
        if look is None or not 0 <= self.at < len(look.page.stops):
            self.form.show_stop(None, "", [])
            return
        stop = look.page.stops[self.at]
        troubles = self.troubles_of(self.at)
        said = self._changed().get(self.at)
        self.form.show_stop(stop, _goal(stop, look.library), [*troubles, *([said] if said else [])])

    # -- changing -----------------------------------------------------------------------------

    def do(self, name: str) -> None:
        """What a button or key asks for."""
        if name == "add":
            self.add_asked.emit(self.add)
        elif name in ("up", "down"):
            self.shift(self.at, self.at + (1 if name == "down" else -1))
        elif name == "remove":
            self._stop_change(_remove)
        elif name in ("undo", "redo"):
            self.undo_asked.emit(name == "redo")

    def add(self, target: str, title: str) -> None:
        """A new stop behind the chosen one."""
        from knowledge.editing.stops import NewStop, add_stop

        at = self.at + 1
        self.at = at
        self._ask(lambda page: add_stop(page, NewStop(title, target, _NEW_MINUTES), at))
        self.list.setFocus()

    def shift(self, number: int, to: int) -> None:
        """A stop to another place, counted as if it stood there already."""
        look = self.look
        if look is None or not 0 <= number < len(look.page.stops):
            return
        to = max(0, min(to, len(look.page.stops) - 1))
        if to == number:
            return
        stop = look.page.stops[number]
        self.at = to
        self._ask(partial(_moved, number=number, like=stop, to=to))

    def _stop_change(self, change: Callable[[Page, Stop], Edit]) -> None:
        """A change of the stop that is shown, if it is still there."""
        look = self.look
        if look is not None and 0 <= self.at < len(look.page.stops):
            number, like = self.at, look.page.stops[self.at]
            self._ask(lambda page: change(page, _same(page, number, like)))

    def _other_goal(self) -> None:
        from knowledge.editing.stops import set_link

        def chosen(target: str, title: str) -> None:
            self._stop_change(lambda page, stop: set_link(page, stop, target, title))

        self.add_asked.emit(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and redo from wherever one is beside the words."""
        for standard, name in _TAKEN_BACK:
            if event.matches(standard):
                self.do(name)
                return
        super().keyPressEvent(event)

    def _ask(self, change: Change) -> None:
        """Have it made, and say what it did."""
        told: list[str] = []

        def noted(page: Page) -> Edit:
            edit = change(page)
            if edit.replacements:
                told.append(" ".join(f"{words.rstrip('.')}." for words in (edit.says, *edit.notes)))
            return edit

        self.changed.emit(noted)
        self.told.setText(told[0] if told else "")
        self.told.setVisible(bool(told))
        if told:
            self._announce(told[0])

    def _announce(self, words: str) -> None:
        """For who hears the window instead of seeing it."""
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, words))


class _Parts(QSplitter):
    """List and form; each scrolls by itself, so that both are in view in a low window."""

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


class StopList(QListWidget):
    """The stops. Dragging moves one; so do Alt with an arrow. Delete takes it out."""

    moved = Signal(int, int)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Stops")
        self.setAccessibleDescription(
            "Alt with up or down moves a stop, Enter goes to its minutes, Delete removes it"
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    def put(self, rows: list[tuple[str, str]], at: int) -> None:
        """Show these; the place is kept."""
        self.blockSignals(True)
        scrolled = self.verticalScrollBar().value()
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        for number, (words, picture) in enumerate(rows):
            item = self.item(number)
            if item is None:
                item = QListWidgetItem()
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
                self.addItem(item)
            item.setText(words)
            item.setIcon(icon(picture, "warn_ink") if picture else QIcon())
        self.verticalScrollBar().setValue(scrolled)
        if at >= 0:
            self.setCurrentRow(at, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollToItem(self.item(at))
        self.blockSignals(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Nothing moves by itself: the words are changed, and the list follows them."""
        number = self.currentRow()
        index = self.indexAt(event.position().toPoint())
        to = index.row() if index.isValid() else self.count()
        below = QAbstractItemView.DropIndicatorPosition.BelowItem
        if index.isValid() and self.dropIndicatorPosition() is below:
            to += 1
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.moved.emit(number, to - 1 if to > number else to)

    def event(self, event: QEvent) -> bool:
        # Alt with up goes to the list of pages elsewhere; the window must not take the key first.
        wanted = event.type() is QEvent.Type.ShortcutOverride
        if wanted and isinstance(event, QKeyEvent) and _moving(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _moving(event):
            self.asked.emit(_moving(event))
        elif event.key() == Qt.Key.Key_Delete:
            self.asked.emit("remove")
        else:
            super().keyPressEvent(event)


def _moving(event: QKeyEvent) -> str:
    """Whether a key moves the stop up or down."""
    alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    return _MOVES.get(Qt.Key(event.key()), "") if alt else ""


def _end_line(page: Page, number: int) -> int:
    """The line behind a stop's last one."""
    stop = page.stops[number]
    return stop.line + len(stop.span.of(page.text).splitlines())


def _words(problem: Problem) -> str:
    hint = f" {problem.hint}." if problem.hint else ""
    return f"{problem.message}.{hint}"


def _goal(stop: Stop, library: Library) -> str:
    """Where a stop leads, as a person would name it."""
    page = library.pages.get(stop.link.page)
    if page is None:
        return f"{stop.link.target}: there is no such page"
    section = page.by_anchor.get(stop.link.anchor) if stop.link.anchor else None
    if stop.link.anchor and section is None:
        return f"{page.title}: it has no step or heading of this name"
    return f"{page.title} > {section.title}" if section is not None else page.title


def _same(page: Page, number: int, like: Stop) -> Stop:
    """The stop that was looked at, in the words as they are now."""
    from knowledge.editing.change import Stale

    found = page.stops[number] if number < len(page.stops) else None
    if found is None or found.link.target != like.link.target:
        raise Stale(f"The stop '{like.link.text}' is not where it was")
    return found


def _moved(page: Page, *, number: int, like: Stop, to: int) -> Edit:
    from knowledge.editing.stops import move_stop

    return move_stop(page, _same(page, number, like), to)


def _remove(page: Page, stop: Stop) -> Edit:
    from knowledge.editing.stops import remove_stop

    return remove_stop(page, stop)
