"""A pathway: its graph or outline, the chosen step beside it, and the walk through it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.graph import access, lists
from desktop.graph.chart import Chart, Exit, chart_of
from desktop.graph.crumbs import Crumbs
from desktop.graph.drawer import Drawer
from desktop.graph.finder import Finder
from desktop.graph.frame import PageFrame
from desktop.graph.lit import Lit
from desktop.graph.picture import Picture
from desktop.graph.spread import Spread
from desktop.graph.walk import Leg, Walk
from desktop.places import Place, page_place
from desktop.theme import theme
from desktop.views.base import View
from desktop.widgets.asides import Outside

if TYPE_CHECKING:
    from desktop.session import Changed, Session
    from drawing.diagram import Drawing
    from knowledge.library import Library
    from knowledge.model import Page

NO_GRAPH = "The graph cannot be drawn just now, so here is the outline. It says the same."
ONE_ACTS = "This pathway names only one who acts, so there is nothing to put into columns."
NO_STEPS = "This pathway has no steps yet."


class PathwayView(View):
    """Graph, outline and step panel show one thing: what the walk has chosen."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.page: Page | None = None
        self.chart: Chart | None = None
        self.walk: Walk | None = None
        self.found: tuple[str, frozenset[str]] = ("", frozenset())
        self.between: Lit | None = None  # ways between two steps, shown in place of the walk
        self._carried: tuple[Leg, ...] | None = None
        access.install()
        self.crumbs = Crumbs()
        self.spread = Spread(session, self)
        self.pane, self.outline, self.panel = (
            self.spread.pane,
            self.spread.outline,
            self.spread.panel,
        )
        self.canvas = self.pane.canvas
        self.frame = PageFrame(session, self.spread.switch)
        self.finder = Finder()
        self.drawer = Drawer(session)
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._arrange()
        self._connect()
        self._fit()

    def _arrange(self) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        for part in (self.frame, self.crumbs, self.finder):
            body.addWidget(part)
        body.addWidget(self.frame.gate, 1)
        body.addWidget(self.spread, 1)

    def _connect(self) -> None:
        self._fitting.timeout.connect(self._fit)
        theme().changed.connect(self._look_changed)
        self.drawer.drawn.connect(self._drawn)
        self.drawer.failed.connect(self._not_drawn)
        self.frame.head.sources_asked.connect(self._show_sources)
        self.frame.opened.connect(self._open_gate)
        self.spread.switch.chosen.connect(self.show_part)
        self.spread.part_asked.connect(self.show_part)
        self.crumbs.returned.connect(self._returned)
        self.canvas.clicked.connect(self.choose)
        self.canvas.opened.connect(self.open_step)
        self.canvas.focus_moved.connect(lambda key: access.tell_focus(self.canvas, key))
        self.outline.clicked_step.connect(self.choose)
        self.outline.way_taken.connect(self._take_from)
        self.outline.opened.connect(self.open_step)
        self.panel.way_taken.connect(self.take)
        self.panel.term_asked.connect(self._show_term)
        self.panel.outside_asked.connect(lambda address: Outside(self, address).open())
        self.panel.routes.lit.connect(self._show_between)
        self.panel.routes.closed.connect(self.leave_routes)
        self.finder.found.connect(self._mark)
        self.finder.reached.connect(self._reach)
        self.finder.left.connect(self.focus_first)
        card = self.pane.card
        card.back.clicked.connect(lambda: self.one_step_back())
        card.again.clicked.connect(lambda: self.start_again())
        card.copy.clicked.connect(lambda: self.copy_route())
        card.columns.clicked.connect(lambda: self.toggle_columns())
        card.routes.clicked.connect(lambda: self.show_routes())

    # -- showing ------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        page, library = self.session.page(place.page), self.session.library
        if page is None or library is None:
            return
        self.place = place
        self.found = (" ".join(place.words), frozenset())
        if self.page is page and self.walk is not None and self._carried is None:
            if place.anchor and self.chart is not None:
                self.walk.look(self.chart.key_of(place.anchor))
            return
        self._show_head(page, library)
        self._begin(page, library, place)

    def _show_head(self, page: Page, library: Library) -> None:
        self.page = page
        self.frame.show_page(page, library)
        self.spread.setVisible(not self.frame.closed)
        self._fit()

    def _open_gate(self) -> None:
        self.spread.show()
        self.focus_first()

    def _begin(self, page: Page, library: Library, place: Place) -> None:
        """A fresh walk; one that came from another pathway brings its trail along."""
        self.finder.put_away()
        self.chart = chart_of(page, library.pages.get, library.emergency)
        self.walk = Walk(self.chart)
        carried, self._carried = self._carried, None
        self.walk.legs = carried or ()
        start = self.chart.key_of(place.anchor) if place.anchor else ""
        self.walk.at = self.walk.chosen = start or self.chart.first
        self.walk.changed.connect(self._walked)
        self.walk.left.connect(self._left)
        self.walk.returned.connect(self._returned)
        self.between = None
        self.canvas.show_picture(None)
        self.canvas.focus = ""
        self._show_chart(self.chart)
        self.canvas.open_at(self.walk.chosen)
        self._walked()

    def _show_chart(self, chart: Chart, before: Drawing | None = None) -> None:
        self.canvas.spoken = chart.spoken
        self.canvas.setAccessibleName(f"Graph: {chart.page.title}")
        self.panel.show_chart(chart)
        self._say_columns()
        self.outline.show_chart(chart)
        self.pane.say("" if chart.keys else NO_STEPS)
        if chart.keys:
            self._draw(before)
        else:
            self.drawer.wanted = None  # what is being drawn is another pathway
            self.canvas.show_picture(None)

    def _draw(self, before: Drawing | None = None) -> None:
        if self.chart is not None:
            columns = self.session.settings.wants_columns
            self.drawer.draw(self.chart.diagram, theme().scale, before, columns)

    def toggle_columns(self) -> None:
        """A column for each who acts, or the freest picture; remembered for every pathway."""
        picture = self.canvas.picture
        if picture is None or len(picture.drawing.diagram.lanes) < 2:
            self.session.told.emit(ONE_ACTS)
            self._say_columns()
            return
        self.session.settings.set("columns", "off" if picture.drawing.lanes else "on")
        self.show_part("graph")
        self._draw()

    def _say_columns(self) -> None:
        picture, chart = self.canvas.picture, self.chart
        on = picture is not None and bool(picture.drawing.lanes)
        self.pane.card.show_columns(chart is not None and len(chart.diagram.lanes) > 1, on)

    def _drawn(self, drawing: Drawing, again: bool) -> None:
        first = self.canvas.picture is None
        # The careful picture comes so soon after the quick one that gliding would only delay it.
        self.canvas.show_picture(Picture(drawing), glide=not first and not again)
        if first and self.walk is not None:
            self.canvas.open_at(self.walk.chosen, self.canvas.resume)
        self._say_columns()
        self._light()
        self.pane.settle()

    def _not_drawn(self, sentence: str) -> None:
        self.canvas.show_picture(None)
        self.pane.say(NO_GRAPH)
        self.show_part("outline")
        self.session.told.emit(NO_GRAPH)

    def _look_changed(self) -> None:
        if self.chart is not None and self.chart.keys:
            if self.canvas.picture is not None and self.canvas.picture.scale != theme().scale:
                self.canvas.show_picture(None)
                self.canvas.resume = None
                self._draw()
            self._show_walk(bring=False)  # in other colours, where one looks just now
        self._fitting.start()

    def library_changed(self, changed: Changed) -> None:
        page, walk = self.page, self.walk
        if page is None or walk is None:
            return
        fresh = changed.library.pages.get(page.path)
        if fresh is None:
            return
        self._show_head(fresh, changed.library)
        chart = chart_of(fresh, changed.library.pages.get, changed.library.emergency)
        if fresh is page and self.chart is not None and chart.diagram == self.chart.diagram:
            return
        self.chart = chart
        before = self.canvas.picture.drawing if self.canvas.picture is not None else None
        self._show_chart(chart, before)
        walk.rebind(chart)

    # -- the walk -----------------------------------------------------------------------------

    def _walked(self) -> None:
        """Another step is chosen, or the trail differs."""
        if self.walk is not None and self.page is not None:
            self.canvas.focus = self.walk.chosen
        self._show_walk(bring=True)

    def _show_walk(self, *, bring: bool) -> None:
        """Everything shows it; `bring` brings the chosen step into sight."""
        walk = self.walk
        if walk is None or self.page is None:
            return
        self._light()
        if bring and self.canvas.picture is not None:
            self.canvas.reveal(walk.chosen)
        words = (self.found[0],) if self.found[0] else ()
        self.panel.show_step(walk.chosen, words)
        self._say_route()
        self.crumbs.show_legs(walk.legs)
        last = walk.legs[-1] if walk.legs else None
        self.canvas.came_from = (last.page.title, last.steps) if last else ("", ())
        step = walk.chart.step(walk.chosen)
        if step is not None:
            access.announce(self.canvas, walk.chart.spoken(walk.chosen))
            self.place = page_place(self.page.path, step.anchor)
            self.moved.emit(self.place)

    def _say_route(self) -> None:
        steps = self.walk.length if self.walk is not None and self.walk.walked else 0
        self.pane.show_route(steps)
        self.panel.show_route(steps if self.spread.narrow else 0)

    def _light(self) -> None:
        walk = self.walk
        if walk is None:
            return
        lit = self.between or walk.lit()
        words, hits = self.found
        if words:
            lit = replace(lit, words=(words,), hits=hits)
        self.canvas.light(lit)
        self.pane.refit()
        self.outline.light(lit, {stop.key: stop.number for stop in walk.stops})

    def choose(self, key: str) -> None:
        """A box or row was pressed."""
        if self.between is not None:
            self.panel.routes.to(key)
        elif self.walk is not None:
            self.walk.choose(key)

    def take(self, number: int) -> None:
        """Take a way on from the chosen step."""
        if self.walk is not None and self.between is None:
            self.walk.take(number)

    def _take_here(self, number: int) -> None:
        """Take a way on from the box that has the keyboard: it is the one whose ways were read out."""
        key = self.canvas.focus if self.window().focusWidget() is self.canvas else ""
        if self.chart is None or self.between is not None or self.chart.step(key) is None:
            self.take(number)
        elif number <= len(self.chart.exits(key)):
            self._take_from(key, number)

    def _take_from(self, key: str, number: int) -> None:
        if self.walk is not None:
            self.walk.choose(key)
            self.take(number)

    def open_step(self, key: str) -> None:
        """Enter: on to the box, then to its words and ways."""
        walk = self.walk
        if walk is None or self.chart is None:
            return
        if self.between is not None or key != walk.chosen:
            self.choose(key)
            return
        if self.spread.narrow:
            self.show_part("step")
        self.panel.focus_ways()

    def _left(self, way: Exit) -> None:
        """A way to another page: a pathway takes the trail along."""
        walk = self.walk
        if walk is None or self.chart is None:
            return
        if walk.stops and walk.stops[-1].key == walk.chosen == walk.at:
            self._carried = (*walk.legs, Leg(self.chart, walk.stops))
        self.session.go(page_place(way.page, way.anchor))

    def _returned(self, leg: Leg) -> None:
        """Back to the pathway one came from, at the step where it was left."""
        if self.walk is None:
            return
        place = self.walk.legs.index(leg) if leg in self.walk.legs else 0
        key = leg.stops[-1].key if leg.stops else leg.chart.first
        kept = {"legs": self.walk.legs[:place], "stops": leg.stops[:-1], "at": key, "chosen": key}
        anchor = leg.chart.boxes[key].anchor if key else ""
        self.session.go(page_place(leg.page.path, anchor))
        if self.page is not None and self.page.path == leg.page.path:
            self.walk.restore(kept)

    def one_step_back(self) -> None:
        if self.between is not None:
            self.leave_routes()
        elif self.walk is not None:
            self.walk.back()

    def start_again(self) -> None:
        if self.walk is not None:
            self.walk.restart()

    def copy_route(self) -> None:
        """The route as plain text, for a note."""
        if self.walk is not None:
            QGuiApplication.clipboard().setText(self.walk.as_text())
            self.session.told.emit("Copied: your route as text")

    def save_picture(self) -> None:
        """Ask where to, and write the graph there."""
        from desktop.picturing import ask_and_save

        if self.page is not None:
            ask_and_save(self, self.session, self.page)

    def copy_mermaid(self) -> None:
        """The graph as text, for a page on which Mermaid is drawn."""
        from desktop.picturing import mermaid_of

        page, library = self.page, self.session.library
        if page is not None and library is not None:
            text = mermaid_of(page, library, self.session.now().date())
            QGuiApplication.clipboard().setText(text)
            self.session.told.emit("Copied: the graph as Mermaid, with the state of the page")

    # -- ways between two steps ---------------------------------------------------------------

    def show_routes(self) -> None:
        """List and light every way from the chosen step to another one."""
        if self.walk is None or self.chart is None or not self.chart.keys:
            return
        self.panel.show_routes(True)
        self.panel.routes.begin(self.chart, self.walk.chosen)
        self.panel.routes.done.setFocus()

    def leave_routes(self) -> None:
        self.between = None
        self.panel.show_routes(False)
        self._walked()
        self.focus_first()

    def _show_between(self, lit: Lit) -> None:
        self.between = lit
        self._light()

    # -- finding ------------------------------------------------------------------------------

    def find_in_page(self) -> None:
        if self.chart is not None:
            self.finder.open(self.chart)

    def find_next(self) -> None:
        self.finder.go(1)

    def find_previous(self) -> None:
        self.finder.go(-1)

    def _mark(self, words: str, keys: tuple[str, ...]) -> None:
        self.found = (words, frozenset(keys))
        self._light()

    def _reach(self, key: str) -> None:
        if self.walk is not None and self.walk.chart.step(key) is not None:
            self.walk.look(key)
        self.canvas.reveal(key)

    # -- lists and asides ---------------------------------------------------------------------

    def show_headings(self) -> None:
        if self.chart is not None:
            lists.list_steps(self, self.chart, self.choose)

    def show_links(self) -> None:
        lists.list_links(self, self.panel.prose)

    def _show_sources(self) -> None:
        if self.page is not None:
            lists.list_sources(self, self.page)

    def _show_term(self, name: str, spot: QRect) -> None:
        lists.show_term(self, self.session, name, spot)

    # -- coming back --------------------------------------------------------------------------

    def keep(self) -> dict[str, Any]:
        if self.walk is None or self.page is None:
            return {}
        seen = (self.canvas.origin, self.canvas.zoom) if self.canvas.picture is not None else None
        return {"page": self.page.path, "walk": self.walk.keep(), "seen": (theme().scale, seen)}

    def restore(self, kept: dict[str, Any]) -> None:
        if self.walk is None or self.page is None or kept.get("page") != self.page.path:
            return
        self.walk.restore(kept["walk"])
        scale, seen = kept["seen"]  # in another text size the picture is another
        self.canvas.open_at(self.walk.chosen, seen if scale == theme().scale else None)

    # -- fitting ------------------------------------------------------------------------------

    @property
    def shown(self) -> str:
        """Which part the switch shows."""
        return self.spread.shown

    def fits(self, mode: str) -> None:
        narrow = mode in ("narrow", "tiny")
        if narrow != self.spread.narrow:
            self.spread.fold(narrow)
            self._say_route()
        self._fit()

    def show_part(self, name: str) -> None:
        """Graph or outline, and in a narrow window the step."""
        self.spread.shown = name
        self._fit()

    def _fit(self) -> None:
        self.spread.fit(self.width())
        self.frame.fit()
        self.panel.say_page(*self.frame.said_below())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def regions(self) -> list[QWidget]:
        parts = [self.frame.head, self.frame.notice, self.frame.gate, self.spread.left, self.panel]
        return [part for part in parts if part.isVisible()]

    def focus_first(self) -> None:
        if self.frame.closed:
            self.frame.gate.button.setFocus()
        else:
            self.spread.focus_first()

    # -- keys ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text and text in "123456789":
            self._take_here(int(text))
        elif event.key() == Qt.Key.Key_Backspace:
            self.one_step_back()
        elif event.key() == Qt.Key.Key_O:
            self.show_part("graph" if self.shown == "outline" else "outline")
            self.focus_first()
        elif event.key() == Qt.Key.Key_F:
            self.canvas.fit()
        elif event.key() == Qt.Key.Key_Escape and self.between is not None:
            self.leave_routes()
        else:
            super().keyPressEvent(event)

    def zoom_by(self, steps: int) -> bool:
        """Ctrl+plus and minus zoom the graph while it has the keyboard."""
        if not self.canvas.hasFocus():
            return False
        self.canvas.zoom_by(steps)
        return True

    def zoom_usual(self) -> bool:
        if not self.canvas.hasFocus():
            return False
        self.canvas.zoom_to(1.0)
        return True
