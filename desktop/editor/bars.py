"""The bar of the editor, its tools, and the line that says what is to be known."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.theme import theme
from desktop.widgets.basics import Button, FlowLayout, clear_layout, label
from desktop.widgets.painted import Banner

_TOOLS = (
    ("heading", "Heading", "type", "Make this line a heading, or plain again"),
    ("bold", "Bold", "", "Make the chosen words bold"),
    ("list", "List", "list-ordered", "Make the chosen lines a list"),
    ("table", "Table", "tags", "A table; in a table, more or fewer rows and columns"),
    ("link", "Link", "link", "A link to a page, a step or a web address"),
    ("urgent", "Urgent box", "octagon-alert", "A box for what must not be missed"),
    ("way", "Way on", "git-fork", "One more way on from this step"),
    ("step", "Step", "plus", "A new step after this one"),
    ("find", "Find", "search", "Find and replace"),
)

SAVING, SAVED = "Saving", "Saved to library"
KEPT, UNKEPT = "Draft kept, 00:00", "Draft not kept"


class EditorBar(QWidget):
    """Whose page it is, whether it is kept, and what can be done with it."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("top-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Editing")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.title = label("", "strong", wrap=False)
        self.kept = label("", "small", wrap=False)
        self.company = label("", "small", wrap=False)
        self.company.hide()
        self.stop = self._button("stop", "Stop editing", "arrow-left")
        self.undo = self._button("undo", "Undo", "undo-2")
        self.redo = self._button("redo", "Redo", "refresh-cw")
        self.more = self._button("tools", "Tools", "menu")
        self.draft = self._button("draft", "Keep as draft", "file-pen-line", "lined")
        self.save = self._button("save", "Save to library", "badge-check", "filled")
        self.row = FlowLayout(self, space=6)
        # Words that come and go stand behind the buttons, so that no button moves under the pointer.
        for widget in (
            self.stop,
            self.undo,
            self.redo,
            self.more,
            self.draft,
            self.save,
            self.kept,
            self.title,
            self.company,
        ):
            self.row.addWidget(widget)
        theme().changed.connect(self._fit)
        self._fit()

    def _button(self, name: str, words: str, icon: str, look: str = "") -> Button:
        return Button(words, icon, look, lambda: self.asked.emit(name))

    def show_title(self, title: str, *, new: bool) -> None:
        words = f"New page: {title}" if new else f"Editing: {title}"
        self.title.setWordWrap(False)
        self.title.setText(words)
        self.row.invalidate()

    def say_kept(self, words: str) -> None:
        self.kept.setText(words)
        self.kept.setAccessibleName(words)
        self.row.invalidate()

    def say_company(self, words: str) -> None:
        """Who else is editing the page, if anybody is."""
        self.company.setText(words)
        self.company.setAccessibleName(words)
        self.company.setVisible(bool(words))
        self.row.invalidate()

    def busy(self, on: bool) -> None:
        self.save.setEnabled(not on)
        if on:
            self.say_kept(SAVING)
        elif self.kept.text() == SAVING:
            self.say_kept("")

    def fits(self, mode: str) -> None:
        roomy = mode in ("wide", "medium")
        for widget in (self.title, self.draft):
            widget.setVisible(roomy)
        self.kept.setVisible(mode != "tiny")
        self.more.setVisible(not roomy)

    def _fit(self) -> None:
        look = theme()
        edge = look.px(6)
        self.setContentsMargins(edge * 2, edge, edge * 2, edge)
        for words in (self.title, self.kept, self.company):
            words.setMinimumHeight(look.px(34))
        room = QFontMetrics(look.font("small"))
        widest = max(room.horizontalAdvance(words) for words in (KEPT, UNKEPT, SAVING, SAVED))
        self.kept.setMinimumWidth(widest + look.px(8))


class Tools(QWidget):
    """Buttons above the words. Each does to the text what a person would type."""

    def __init__(self, done: Callable[[str], None]) -> None:
        super().__init__()
        self.setAccessibleName("Tools for the words")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = FlowLayout(self, space=2)
        self.buttons: dict[str, Button] = {}
        for name, words, icon, tip in _TOOLS:
            button = Button(words, icon, "", partial(done, name))
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
            self.buttons[name] = button
            row.addWidget(button)
        theme().changed.connect(self._fit)
        self._fit()

    def show_kind(self, pathway: bool) -> None:
        for name in ("way", "step"):
            self.buttons[name].setVisible(pathway)

    def _fit(self) -> None:
        edge = theme().px(6)
        self.setContentsMargins(edge, edge // 2, edge, edge // 2)


class Notice(QWidget):
    """One line that says what is to be known, with the buttons that help."""

    def __init__(self) -> None:
        super().__init__()
        self.banner = Banner("draft", "")
        self.about = ""  # what it is about, where something else has to know
        self.buttons = QWidget()
        self.flow = FlowLayout(self.buttons, space=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.buttons)
        self.hide()

    def say(
        self,
        state: str,
        first: str,
        rest: str,
        *choices: tuple[str, Callable[[], object]],
        about: str = "",
    ) -> None:
        self.about = about
        clear_layout(self.flow)
        self.banner.say(state, first, rest)
        for words, done in choices:
            self.flow.addWidget(Button(words, "", "lined", done))
        edge = theme().px(6)
        self.buttons.setContentsMargins(theme().px(44), edge, edge, edge)
        self.buttons.setVisible(bool(choices))
        self.show()

    def clear(self) -> None:
        self.about = ""
        self.hide()
