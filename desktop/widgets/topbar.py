"""The bar at the top: menu, back and forward, the search field, and what can be done with the page."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.icons import pixmap
from desktop.places import Place
from desktop.theme import theme
from desktop.widgets.askfield import AskField
from desktop.widgets.basics import Button, label

HINT = "Search: what have you seen or heard?"
HINTS = (HINT, "Search: what have you seen?", "Search")  # the longest there is room for


class SearchField(AskField):
    """The small search field. Arrows and Enter belong to the answers below it."""

    stepped = Signal(int)  # down 1, up -1, a page 5 or -5
    opened = Signal(bool)  # in a new tab
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(HINT)
        self.setAccessibleName("Search")
        self.setAccessibleDescription("Answers appear while you type. Ctrl+K from anywhere.")
        self.keys = label("Ctrl K", "small", wrap=False)
        self.keys.setParent(self)
        self.keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(lambda _: self._place())

    def _place(self) -> None:
        look = theme()
        self._lens_at(look.px(10), 18)
        self.keys.adjustSize()
        room = self.keys.width() + look.px(10)
        self.keys.move(self.width() - room, (self.height() - self.keys.height()) // 2)
        roomy = self.width() > look.px(420)
        self.keys.setVisible(roomy and not self.text())
        right = room if roomy and not self.text() else 0
        self.setTextMargins(look.px(26), 0, right, 0)
        free = self.width() - look.px(26) - right - look.px(24)
        self._hint(HINTS, QFontMetrics(look.font()), free)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 5,
            Qt.Key.Key_PageUp: -5,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self.stepped.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key is Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TopBar(QWidget):
    """Says what was asked of it; the window does it."""

    asked = Signal(str)  # the id of a command
    menu_asked = Signal(QPoint)
    typed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("top-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Top bar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.home = True
        self.mode = "medium"
        self.menu = Button("Menu", "menu", done=self._menu)
        self.back = Button("Back", "arrow-left", done=lambda: self.asked.emit("back"))
        self.forward = Button(
            "Forward", "arrow-right", done=lambda: self.asked.emit("forward"), icon_only=True
        )
        self.mark = QLabel()
        self.name = label("Fingerpost", "strong", wrap=False)
        self.field = SearchField()
        self.unfolder = Button("Search", "search", done=lambda: self.asked.emit("search"))
        self.present = Button("Present", "presentation", done=lambda: self.asked.emit("present"))
        self.edit = Button("Edit", "pencil", done=lambda: self.asked.emit("edit"))
        self.print = Button("Print", "printer", done=lambda: self.asked.emit("print"))
        self.help = Button("Help", "circle-help", done=lambda: self.asked.emit("keys"))
        self.more = Button("More", "ellipsis", done=self._more)
        self.row = QHBoxLayout(self)
        for widget in (self.menu, self.back, self.forward, self.mark, self.name):
            self.row.addWidget(widget)
        self.row.addWidget(self.field, 1000)
        self.row.addWidget(self.unfolder)
        self.row.addStretch(1)
        for widget in (self.present, self.edit, self.print, self.help, self.more):
            self.row.addWidget(widget)
        self.field.textEdited.connect(self.typed)
        self.field.textChanged.connect(lambda words: None if words else self.typed.emit(""))
        self.field.left.connect(self.left)
        self._unfolded = False
        self._fitted: tuple[object, ...] = ()
        theme().changed.connect(self._look_changed)
        self._fit()

    def _look_changed(self) -> None:
        self._fitted = ()
        self._fit()

    def _menu(self) -> None:
        self.menu_asked.emit(self.menu.mapToGlobal(QPoint(0, self.menu.height())))

    def _more(self) -> None:
        self.menu_asked.emit(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def show_place(self, place: Place, can_go_back: bool, can_go_forward: bool) -> None:
        self.home = place.kind == "home"
        self.back.setEnabled(can_go_back)
        self.forward.setEnabled(can_go_forward)
        self.present.setEnabled(place.kind == "page")
        self.print.setEnabled(place.kind == "page")
        self.edit.setEnabled(place.kind == "page")
        self.show_field(not self.home)

    def show_field(self, shown: bool) -> None:
        """The small field; on the home page the large one serves."""
        self._field_wanted = shown
        self._fit()

    _field_wanted = False

    def unfold(self) -> None:
        """Where there is no room, the field stands behind a button; now it is wanted."""
        if self.field.isHidden() and not self.home:
            self._unfolded = True
            self._fit()

    def fits(self, mode: str) -> None:
        if mode != self.mode:
            self.mode = mode
            self._unfolded = False
        self._fit()

    def _fit(self) -> None:
        """What stands in the bar; each page opened asks three times, and mostly nothing is different."""
        dots = self.devicePixelRatioF()
        wanted = (self.mode, self.home, self._field_wanted, self._unfolded, dots)
        if wanted == self._fitted:
            return
        self._fitted = wanted
        look = theme()
        roomy = self.mode in ("wide", "medium")
        tiny = self.mode == "tiny"
        self.row.setContentsMargins(look.px(12), 0, look.px(12), 0)
        self.row.setSpacing(look.px(4))
        self.setFixedHeight(look.size("top_bar"))
        self.field.setVisible(self._field_wanted and (not tiny or self._unfolded))
        self.field.setMaximumWidth(look.px(560))
        self.unfolder.setVisible(self._field_wanted and tiny and not self._unfolded)
        self.mark.setVisible(not self._field_wanted)
        self.name.setVisible(not self._field_wanted and not tiny)
        self.mark.setPixmap(pixmap("signpost", "accent", 20, dots))
        self.forward.setVisible(roomy)
        self.back.setVisible(not (tiny and self._unfolded))
        self.present.setVisible(roomy and not self.home)
        self.print.setVisible(roomy and not self.home)
        self.edit.setVisible(roomy and not self.home)
        self.help.setVisible(roomy and self.home)
        self.more.setVisible(not tiny)  # Menu holds the same
        self.menu.setVisible(True)
