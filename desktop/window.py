"""The main window: bars around what is shown, tabs, and every command's method."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import BY_ID, COMMANDS, Command
from desktop.commands import Doing
from desktop.icons import icon
from desktop.places import HOME, Place
from desktop.tabs import Tab
from desktop.theme import theme
from desktop.views.base import View, view_name
from desktop.widgets.focus import FocusRing
from desktop.widgets.navigation import Navigation
from desktop.widgets.painted import Banner
from desktop.widgets.stack import Stack
from desktop.widgets.strip import UrgentStrip
from desktop.widgets.tabbar import TabBar
from desktop.widgets.toast import Toast
from desktop.widgets.topbar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.session import Changed, Session
    from knowledge.library import Library

NAME = "Fingerpost"
USUAL = QSize(1280, 720)
DRAFTS_AFTER_MS = 3_000
SLOW_MS = 1_500  # a library that takes longer is not there yet: somebody wonders


class MainWindow(Doing, QMainWindow):
    """Shows places in tabs; the session does the rest."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setWindowTitle(NAME)
        self.setMinimumSize(360, 320)
        self.resize(USUAL)  # else everything is first made for the small size that Qt begins with
        self.mode = "medium"
        self.leaving = False  # closing was asked for though words are not kept
        self.bar = TopBar()
        self.navigation = Navigation()
        self.strip = UrgentStrip()
        self.tab_bar = TabBar()
        self.tabs = Stack()
        self.pane = Stack()  # the tabs, or the answers while somebody searches
        self.offline = Banner("offline", "")
        self.slow = QTimer(self)
        self.slow.setSingleShot(True)
        self.slow.setInterval(SLOW_MS)
        self.toast = Toast(self)
        self.actions_by_id: dict[str, QAction] = {}
        self.search_pane: Any = None
        self._arrange()
        self.ring = FocusRing(self)
        self._make_actions()
        self._connect()
        self.open_tab(HOME)

    # -- building -----------------------------------------------------------------------------

    def _arrange(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tab_bar)
        column.addWidget(self.offline)
        column.addWidget(self.pane, 1)
        self.pane.addWidget(self.tabs)
        self.offline.hide()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(middle, 1)
        whole = QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.bar)
        outer.addLayout(row, 1)
        outer.addWidget(self.strip)
        self.setCentralWidget(whole)

    def _make_actions(self) -> None:
        for command in COMMANDS:
            action = QAction(command.text, self)
            action.setShortcuts([QKeySequence(keys) for keys in command.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(lambda _=False, c=command: self.do(c))
            self.addAction(action)
            self.actions_by_id[command.id] = action

    def _connect(self) -> None:
        session = self.session
        session.place_asked.connect(self.show_place)
        session.nothing_kept.connect(self.slow.start)
        self.slow.timeout.connect(self._library_slow)
        session.library_opened.connect(self._library_opened)
        session.library_changed.connect(self._library_changed)
        session.library_failed.connect(self._library_failed)
        session.library_lost.connect(self._library_lost)
        session.library_returned.connect(self._library_returned)
        session.told.connect(self.toast.say)
        self.navigation.chosen.connect(lambda place: self.show_place(place))
        self.strip.chosen.connect(self._strip_chosen)
        self.bar.asked.connect(self.do_id)
        self.bar.menu_asked.connect(self.show_menu)
        self.bar.typed.connect(self.typed)
        self.bar.left.connect(self.leave_search)
        self.tab_bar.currentChanged.connect(self._tab_chosen)
        self.tab_bar.tabCloseRequested.connect(self.close_tab)
        theme().changed.connect(self._fit)

    # -- commands -----------------------------------------------------------------------------

    def do_id(self, name: str) -> None:
        self.do(BY_ID[name])

    def do(self, command: Command) -> None:
        """Carry out a command, if it can be done just now."""
        self.session.tasks.hush()
        if self.can(command):
            getattr(self, f"do_{command.id}")()

    def can(self, command: Command) -> bool:
        """Whether a command makes sense where the reader is."""
        if command.when == "library":
            return self.session.library is not None
        if command.when == "editing":
            return self.tab.place.kind == "edit"
        if command.when == "graph":
            return self.tab.place.kind == "edit" and bool(getattr(self.view, "has_graph", False))
        if command.when == "words":
            return self.tab.place.kind in ("page", "edit")
        if command.when in ("page", "pathway"):
            return self.tab.place.kind == "page"
        if command.when == "taught":
            page = self.session.page(self.tab.place.page)
            return self.tab.place.kind == "page" and bool(page and (page.stops or page.steps))
        return True

    def show_menu(self, at: QPoint) -> None:
        """Every command by group, from the table."""
        menu = QMenu(self)
        groups: dict[str, QMenu] = {}
        for command in COMMANDS:
            if not command.menu:
                continue
            group = groups.get(command.group)
            if group is None:
                group = groups[command.group] = menu.addMenu(command.group)
            action = self.actions_by_id[command.id]
            action.setEnabled(self.can(command))
            if command.icon:
                action.setIcon(icon(command.icon))
            group.addAction(action)
        menu.exec(at)
        for (
            command
        ) in COMMANDS:  # a shortcut of a greyed entry would be dead until the menu is opened again
            self.actions_by_id[command.id].setEnabled(True)

    def ahead(self) -> tuple[Callable[[], object], ...]:
        """What can be made while nobody waits: the answers' pane, and a page's parts one by one."""

        def page(polish: bool = False) -> None:
            view = self.tab.view_named("page:page")
            for part in view.findChildren(QWidget) if polish else ():
                part.ensurePolished()

        return self._pane, page, lambda: page(polish=True)

    # -- tabs and places ----------------------------------------------------------------------

    @property
    def tab(self) -> Tab:
        widget = self.tabs.currentWidget()
        assert isinstance(widget, Tab)
        return widget

    @property
    def view(self) -> View | None:
        return self.tab.view

    def all_tabs(self) -> list[Tab]:
        found = [self.tabs.widget(number) for number in range(self.tabs.count())]
        return [tab for tab in found if isinstance(tab, Tab)]

    def open_tab(self, place: Place) -> None:
        tab = Tab(self.session)
        self.tabs.addWidget(tab)
        self.tab_bar.addTab("")
        self.tabs.setCurrentWidget(tab)
        self.tab_bar.setCurrentIndex(self.tab_bar.count() - 1)
        self.tab_bar.setVisible(self.tab_bar.count() > 1)
        self.show_place(place)

    def close_tab(self, index: int) -> None:
        if self.tab_bar.count() == 1:
            self.show_place(HOME)
            return
        tab = self.tabs.widget(index)
        self.tab_bar.removeTab(index)
        self.tabs.removeWidget(tab)
        tab.deleteLater()
        self.tab_bar.setVisible(self.tab_bar.count() > 1)
        self._arrived()

    def _tab_chosen(self, index: int) -> None:
        if 0 <= index < self.tabs.count():
            self.tabs.setCurrentIndex(index)
            self._arrived()

    def show_place(self, place: Place, new_tab: bool = False) -> None:
        """Go somewhere, in this tab or a new one."""
        self.session.tasks.hush()
        if new_tab:
            self.open_tab(place)
            return
        self.tab.go(place)
        self._put_answers_away()  # now: the page that is left need not come back for a moment
        self._arrived()
        view = self.view
        if view is not None:
            view.focus_first()

    def _arrived(self) -> None:
        """The reader is somewhere: every bar says so."""
        place = self.tab.place
        kind = view_name(place, self.session.library).partition(":")[2]
        words = self.session.words_for(place)
        self.navigation.show_place(place, kind)
        self.bar.show_place(place, self.tab.can_go_back, self.tab.can_go_forward)
        self.setWindowTitle(f"{words} – {NAME}" if place.kind != "home" else NAME)
        self.tab_bar.say(self.tabs.currentIndex(), words.partition(" > ")[0], words)
        view = self.view
        if view is not None:
            home_field = getattr(view, "field", None)
            if home_field is not None and not view.property("wired"):
                view.setProperty("wired", True)
                home_field.textEdited.connect(self._typed_at_home)
                view.tour_wanted.connect(self.do_tour)  # type: ignore[attr-defined]
                view.search_wanted.connect(self._typed_at_home)  # type: ignore[attr-defined]
                view.library_wanted.connect(self.do_open_library)  # type: ignore[attr-defined]
        self.session.visited(place)
        self._fit()

    def _strip_chosen(self, page: str) -> None:
        if page:
            self.session.go_to(page)
        else:
            self.do_emergency()

    # -- searching ----------------------------------------------------------------------------

    def _typed_at_home(self, words: str) -> None:
        self.bar.show_field(True)
        self.bar.field.setText(words)
        self.bar.field.setFocus()
        large = getattr(self.view, "field", None)
        if large is not None:
            large.clear()  # the words go on above; coming back, the large box is empty again
        self.typed(words)

    def typed(self, words: str) -> None:
        """Somebody types a question: show what is known, letter by letter."""
        self.session.tasks.hush()
        if not words.strip():
            if self.pane.currentWidget() is not self.tabs:
                self.pane.setCurrentWidget(self.tabs)
            return
        if self.search_pane is None:  # it is shown in a turn of its own, since making it takes one
            self._pane()
            QTimer.singleShot(0, lambda: self._typed_first(words))
            return
        pane = self.search_pane
        pane.ask(words)
        if self.pane.currentWidget() is not pane:
            self.pane.setCurrentWidget(pane)
            self._fit()

    def _typed_first(self, words: str) -> None:
        if not self.search_pane.words:  # else more was typed meanwhile
            self.typed(words)

    def _pane(self) -> Any:
        if self.search_pane is None:
            made = import_module("desktop.views.search").SearchPane
            self.search_pane = made(self.session, self.bar.field)
            self.search_pane.left.connect(self.leave_search)
            self.pane.addWidget(self.search_pane)
        return self.search_pane

    def leave_search(self) -> None:
        """Back to the page one came from."""
        self._put_answers_away()
        self._fit()
        home = self.tab.place.kind == "home"
        self.bar.show_field(not home)
        view = self.view
        if view is not None:
            view.focus_first()

    def _put_answers_away(self) -> None:
        if self.pane.currentWidget() is not self.tabs:
            self.pane.setCurrentWidget(self.tabs)
        self.bar.field.clear()

    # -- the library --------------------------------------------------------------------------

    def _library_opened(self, library: Library) -> None:
        QTimer.singleShot(DRAFTS_AFTER_MS, self._offer_drafts)
        self.slow.stop()
        self.strip.show_library(library)
        self.navigation.show_library(library)
        self._say_whether_whole(library)
        for tab in self.all_tabs():
            for view in tab.views.values():
                show = getattr(view, "show_library", None)
                if show is not None:
                    show(library)
        self._arrived()
        # Else what waits to be painted would be before each part has its place. Twice, since parts that find
        # theirs bring a scroll bar, and that moves the others.
        for _ in range(2):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)

    def _offer_drafts(self) -> None:
        """Long after the first paint: words that were kept and are not in the library are offered."""
        if self.session.library is not None and self.isVisible():
            self.session.tasks.run(
                lambda: import_module("knowledge.saving.store"),
                lambda _: import_module("desktop.editor.desk").desk_of(self.session).offer(),
                lane="drafts",
            )

    def _library_changed(self, changed: Changed) -> None:
        self.strip.show_library(changed.library)
        self.navigation.show_library(changed.library)
        if not self.session.lost:
            self._say_whether_whole(changed.library)
        for tab in self.all_tabs():
            for view in list(tab.views.values()):
                view.library_changed(changed)
            if tab.place.page in changed.paths and tab.place.kind == "page":
                tab.show_current(tab.place)

    def _library_returned(self) -> None:
        self.offline.hide()
        if self.session.library is not None:
            self._say_whether_whole(self.session.library)

    def _say_whether_whole(self, library: Library) -> None:
        """A folder with no page in it, or half of a library, is not shown as if that were all."""
        from desktop.standing import not_whole

        first, rest = not_whole(library)
        self.offline.say("mistake", first, rest)
        self.offline.setVisible(bool(first))

    def _library_slow(self) -> None:
        """Nothing of it is there yet, and nothing was wrong so far."""
        if not self.session.lost:
            rest = "The first time this can take minutes if the folder is far away or large."
            self.offline.say("reading", "The library is being read.", rest)
            self.offline.show()

    def _library_failed(self, sentence: str) -> None:
        self.offline.say("mistake", "The library could not be opened.", sentence)
        self.offline.show()
        self.offline.setFixedHeight(self.offline.heightForWidth(max(self.offline.width(), 400)))

    def _library_lost(self, sentence: str) -> None:
        read_at = self.session.read_at
        from knowledge.dates import in_words

        when = (
            f"Showing the copy of {in_words(read_at.date())}, {read_at:%H:%M}." if read_at else ""
        )
        self.offline.say("offline", "The library cannot be reached.", f"{when} {sentence}.")
        self.offline.show()

    # -- fitting ------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Effective width decides what stands where, not the screen."""
        wide = self.width() / theme().scale
        self.mode = (
            "wide"
            if wide >= 1440
            else "medium"
            if wide >= 1000
            else "narrow"
            if wide >= 640
            else "tiny"
        )
        asking = self.pane.currentWidget() is not self.tabs
        home = bool(self.tabs.count()) and self.tab.place.kind == "home" and not asking
        self.navigation.setVisible(wide >= 1000)
        self.navigation.use_rail(wide < 1440 and not home)
        self.strip.use_short(wide < 1000)
        self.bar.fits(self.mode)
        view = self.view if self.tabs.count() else None
        if view is not None:
            view.fits(self.mode)
        if self.search_pane is not None:
            self.search_pane.fits(self.mode)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            QTimer.singleShot(0, self.session.look_again)

    def take_room(self) -> None:
        """Begin at a comfortable size, or with the whole screen where that is small."""
        room = self.screen().availableSize()
        wanted = USUAL if room.width() < 1700 else QSize(1440, 860)
        self.resize(wanted.boundedTo(room))
        if room.width() < wanted.width() + 16 or room.height() < wanted.height() + 48:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    # -- leaving and coming back --------------------------------------------------------------

    def saved(self) -> dict[str, Any]:
        """What the next start needs to look as this one was left."""
        return {
            "tabs": [tab.saved() for tab in self.all_tabs()],
            "current": self.tabs.currentIndex(),
            "geometry": bytes(self.saveGeometry().toBase64().data()).decode("ascii"),
        }

    def bring_back(self, saved: dict[str, Any]) -> None:
        """Look as a session before was left; whatever is odd about it is left out."""
        geometry = saved.get("geometry")
        if isinstance(geometry, str):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii")))
        tabs = saved.get("tabs")
        for number, tab in enumerate(tabs if isinstance(tabs, list) else []):
            if number:
                self.open_tab(HOME)
            if not self.tab.bring_back(tab) and number:
                self.close_tab(self.tabs.currentIndex())
            self._arrived()
        current = saved.get("current")
        if isinstance(current, int) and 0 <= current < self.tab_bar.count():
            self.tab_bar.setCurrentIndex(current)
        self._arrived()
        if self.view is not None:
            self.view.focus_first()  # the keyboard comes back to the page, not to a bar

    def closeEvent(self, event: QCloseEvent) -> None:
        desk = self.session.desk
        if desk is not None and not self.leaving and desk.unkept():
            event.ignore()
            self._dialog("desktop.editor.leaving", "Unkept")
            return
        if self.showing is not None:
            self.showing.do_end()
        self.session.settings.set("session", {**self.saved(), "ended": True})
        self.session.close()
        event.accept()
        app = QApplication.instance()
        if app is not None:
            app.quit()
