"""What each command of `actions` does in the main window, one method each."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.crumbs import up_from
from desktop.places import HOME, edit_place, list_place
from desktop.theme import SCALES, theme

if TYPE_CHECKING:
    from desktop.places import Place
    from desktop.session import Session
    from desktop.tabs import Tab
    from desktop.views.base import View


class Doing:
    """The commands. Mixed into the main window, which has the parts they work on."""

    session: Session
    bar: Any
    navigation: Any
    strip: Any
    tab_bar: Any
    tabs: Any
    pane: Any
    search_pane: Any
    showing: Any = None  # the show under way, if any

    if TYPE_CHECKING:

        @property
        def tab(self) -> Tab: ...
        @property
        def view(self) -> View | None: ...
        def open_tab(self, place: Any) -> None: ...
        def close_tab(self, index: int) -> None: ...
        def show_place(self, place: Any, new_tab: bool = False) -> None: ...
        def _arrived(self) -> None: ...
        def _fit(self) -> None: ...
        def close(self) -> bool: ...

    # -- finding ------------------------------------------------------------------------------

    def do_search(self) -> None:
        """The large box at home, the small one elsewhere."""
        field = getattr(self.view, "field", None) if self.bar.field.isHidden() else None
        field = field or self.bar.field
        self.bar.unfold()
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()

    def do_palette(self) -> None:
        self._dialog("desktop.dialogs.palette", "Palette")

    def do_emergency(self) -> None:
        self.show_place(list_place("emergency"))

    def do_find(self) -> None:
        self._ask_view("find_in_page")

    def do_find_next(self) -> None:
        self._ask_view("find_next")

    def do_find_previous(self) -> None:
        self._ask_view("find_previous")

    def do_headings(self) -> None:
        self._ask_view("show_headings")

    def do_links(self) -> None:
        self._ask_view("show_links")

    def do_picture(self) -> None:
        self._ask_view("save_picture")

    def do_copy_mermaid(self) -> None:
        self._ask_view("copy_mermaid")

    def do_columns(self) -> None:
        self._ask_view("toggle_columns")

    def do_edit(self) -> None:
        place = self.tab.place
        self.show_place(edit_place(place.page, place.anchor))

    def do_keep_draft(self) -> None:
        self._ask_view("do_draft")

    def do_save_page(self) -> None:
        self._ask_view("do_save")

    def do_stop_editing(self) -> None:
        self._ask_view("do_stop")

    def do_new_page(self) -> None:
        self._dialog("desktop.editor.new_page", "NewPage")

    def do_new_session(self) -> None:
        self._dialog("desktop.editor.new_page", "NewSession")

    def do_versions(self) -> None:
        self._dialog("desktop.editor.versions", "EarlierVersions")

    def do_rename(self) -> None:
        self._dialog("desktop.editor.renaming", "Rename")

    def do_approve(self) -> None:
        self._dialog("desktop.editor.approving", "Approve")

    def do_withdraw(self) -> None:
        self._dialog("desktop.editor.approving", "Withdraw")

    def do_delete_page(self) -> None:
        self._dialog("desktop.editor.removing", "PutInBin")

    def do_bin(self) -> None:
        self._dialog("desktop.editor.removing", "Bin")

    def do_drafts(self) -> None:
        self._dialog("desktop.editor.drafts", "Drafts")

    def do_print(self) -> None:
        self._dialog("desktop.dialogs.printing", "Printing")

    def do_present(self) -> None:
        self._present(here=False)

    def do_present_here(self) -> None:
        self._present(here=True)

    def _present(self, *, here: bool) -> None:
        """One show at a time; the one there is comes to the front."""
        if self.showing is not None and not self.showing.over:
            self.showing.come_forward()
            return
        self.showing = import_module("desktop.presenting.presenting").present(self, here=here)

    def do_handout(self) -> None:
        self._dialog("desktop.dialogs.handout", "HandoutDialog")

    # -- going --------------------------------------------------------------------------------

    def do_home(self) -> None:
        self.show_place(HOME)

    def do_back(self) -> None:
        self.tab.step(-1)
        self._arrived()

    def do_forward(self) -> None:
        self.tab.step(1)
        self._arrived()

    def do_up(self) -> None:
        """The way of the breadcrumb, also where there is no room to show it."""
        page = self.session.page(self.tab.place.page) if self.tab.place.kind == "page" else None
        self.show_place(up_from(page)[1] if page is not None else HOME)

    def do_pathways(self) -> None:
        self.show_place(list_place("pathways"))

    def do_thresholds(self) -> None:
        self.show_place(list_place("thresholds"))

    def do_cases(self) -> None:
        self.show_place(list_place("cases"))

    def do_services(self) -> None:
        self.show_place(list_place("services"))

    def do_sessions(self) -> None:
        self.show_place(list_place("sessions"))

    def do_bookmarks(self) -> None:
        self.show_place(list_place("bookmarks"))

    def do_champion(self) -> None:
        self.show_place(list_place("champion"))

    def do_due(self) -> None:
        self.show_place(list_place("due"))

    def do_facts(self) -> None:
        self.show_place(list_place("facts"))

    def do_problems(self) -> None:
        self.show_place(list_place("problems"))

    def do_next_region(self) -> None:
        self._region(1)

    def do_previous_region(self) -> None:
        self._region(-1)

    def _region(self, by: int) -> None:
        """Go round the parts of the window, so that Tab need not pass through all of one."""
        pane = self.pane.currentWidget()
        inner = self.view.regions() if pane is self.tabs and self.view is not None else [pane]
        parts = [p for p in (self.bar, self.navigation, *inner, self.strip) if p.isVisible()]
        focus = QGuiApplication.focusObject()
        here = -1
        for number, part in enumerate(parts):
            if isinstance(focus, QWidget) and (part is focus or part.isAncestorOf(focus)):
                here = number
        for ahead in range(1, len(parts) + 1):
            part = parts[(here + by * ahead) % len(parts)]
            target = part.focusProxy() or first_focusable(part)
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    # -- tabs ---------------------------------------------------------------------------------

    def do_new_tab(self) -> None:
        self.open_tab(HOME)

    def do_close_tab(self) -> None:
        self.close_tab(self.tabs.currentIndex())

    def do_next_tab(self) -> None:
        self._turn(1)

    def do_previous_tab(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        self.tab_bar.setCurrentIndex((self.tab_bar.currentIndex() + by) % self.tab_bar.count())

    # -- the page -----------------------------------------------------------------------------

    def do_bookmark(self) -> None:
        place, names = self.tab.place, list(self.session.bookmarks())
        if len(names) < 2 or self.session.is_bookmarked(place):
            self._bookmark(place, "")
            return
        from desktop.widgets.asides import Choice

        entries = [(name, 0) for name in names]
        window = self.tab.window()
        Choice(
            window, "Into which list?", entries, lambda n: self._bookmark(place, names[n])
        ).open()

    def _bookmark(self, place: Place, name: str) -> None:
        there = self.session.toggle_bookmark(place, name)
        words = self.session.words_for(place)
        where = f" in {name}" if name else ""
        self.session.told.emit(
            f"Bookmarked{where}: {words}" if there else f"Bookmark taken away: {words}"
        )

    def do_copy_link(self) -> None:
        """A link with its words, for an e-mail or a note; it tells how far the page can be trusted."""
        from desktop.standing import reviewed

        place = self.tab.place
        page = self.session.page(place.page)
        words = self.session.words_for(place)
        if page is not None:
            words += f", {reviewed(page)}"
        QGuiApplication.clipboard().setText(f"{words}\nfingerpost {place.link}")
        self.session.told.emit("Copied: a link with its words")

    def do_graph_step(self) -> None:
        self._ask_graph("step")

    def do_graph_way(self) -> None:
        self._ask_graph("way")

    def do_graph_rename(self) -> None:
        self._ask_graph("rename")

    def do_graph_kind(self) -> None:
        self._ask_graph("kind")

    def do_graph_limit(self) -> None:
        self._ask_graph("limit")

    def do_graph_lead(self) -> None:
        self._ask_graph("lead")

    def do_graph_when(self) -> None:
        self._ask_graph("when")

    def do_graph_left(self) -> None:
        self._ask_graph("left")

    def do_graph_right(self) -> None:
        self._ask_graph("right")

    def do_graph_remove(self) -> None:
        self._ask_graph("remove")

    def do_graph_alone(self) -> None:
        self._ask_graph("alone")

    def _ask_graph(self, name: str) -> None:
        graph = getattr(self.view, "graph", None)
        if graph is not None:
            graph.do(name)

    def _ask_view(self, method: str) -> None:
        ask = getattr(self.view, method, None)
        if ask is not None:
            ask()

    # -- the look -----------------------------------------------------------------------------

    def do_larger(self) -> None:
        self._scale(1)

    def do_smaller(self) -> None:
        self._scale(-1)

    def do_usual_size(self) -> None:
        zoom = getattr(self.view, "zoom_usual", None)
        if zoom is not None and zoom():
            return
        self.session.settings.set("scale", 1.0)
        theme().set(scale=1.0)

    def _scale(self, by: int) -> None:
        zoom = getattr(self.view, "zoom_by", None)
        if zoom is not None and zoom(by):
            return
        nearest = min(range(len(SCALES)), key=lambda n: abs(SCALES[n] - theme().scale))
        scale = SCALES[max(0, min(len(SCALES) - 1, nearest + by))]
        self.session.settings.set("scale", scale)
        theme().set(scale=scale)

    def do_dark(self) -> None:
        name = "light" if theme().name == "dark" else "dark"
        self.session.settings.set("theme", name)
        theme().set(name)

    def do_contrast(self) -> None:
        name = "light" if theme().name == "contrast" else "contrast"
        self.session.settings.set("theme", name)
        theme().set(name)

    # -- the program --------------------------------------------------------------------------

    def do_open_library(self) -> None:
        self._dialog("desktop.dialogs.library", "ChooseLibrary")

    def do_settings(self) -> None:
        self._dialog("desktop.dialogs.settings", "SettingsDialog")

    def do_keys(self) -> None:
        self._dialog("desktop.dialogs.keys", "Keys")

    def do_tour(self) -> None:
        self._dialog("desktop.dialogs.tour", "Tour")

    def do_about(self) -> None:
        self._dialog("desktop.dialogs.about", "About")

    def do_quit(self) -> None:
        self.close()

    def _dialog(self, module: str, cls: str) -> None:
        """Dialogs are loaded when first wanted; each takes the window and opens itself."""
        dialog = getattr(import_module(module), cls)(self)
        dialog.open()


def first_focusable(part: QWidget) -> QWidget | None:
    """Where Tab would land first inside a part of the window."""
    widgets = [part, *part.findChildren(QWidget)]
    for widget in widgets:
        policy = widget.focusPolicy()
        if policy & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            return widget
    return None
