"""A pathway: its graph or outline, the chosen step beside it, and the walk through it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.graph.chart import Chart, Exit, chart_of
from desktop.graph.outline import Outline
from desktop.graph.panel import StepPanel
from desktop.graph.parts import Switch
from desktop.graph.picture import Picture
from desktop.graph.tools import GraphPane
from desktop.graph.walk import Leg, Walk
from desktop.places import Place, page_place
from desktop.theme import theme
from desktop.views.base import View
from desktop.widgets.basics import label
from desktop.widgets.painted import Banner
from knowledge.model import Status

if TYPE_CHECKING:
    from desktop.session import Changed, Session
    from drawing.diagram import Drawing
    from knowledge.model import Page

_PARTS = (
    ("step", "Step", "file-text"),
    ("graph", "Graph", "network"),
    ("outline", "Outline", "list-ordered"),
)
_NO_GRAPH = "The graph cannot be drawn just now, so here is the outline. It says the same."


class PathwayView(View):
    """Graph, outline and step panel show one thing: what the walk has chosen."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.page: Page | None = None
        self.chart: Chart | None = None
        self.walk: Walk | None = None
        self.drawing_of: tuple[str, str, float] = ("", "", 0.0)
        self.narrow = False
        self.shown = "graph"
        self._carried: tuple[Leg, ...] | None = None
        self.switch = Switch("Show", _PARTS)
        self.pane = GraphPane()
        self.canvas = self.pane.canvas
        self.outline = Outline()
        self.panel = StepPanel(session)
        self.left = QStackedWidget()
        self.left.addWidget(self.pane)
        self.left.addWidget(self.outline)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.left)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.splitterMoved.connect(self._panel_dragged)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.title = label("", "title")
        self.banner = Banner("sample", "")
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.addWidget(self.title, 1)
        head.addWidget(self.switch)
        self.body.addLayout(head)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.splitter, 1)
        self._connect()
        self._fit()

    def _connect(self) -> None:
        self.switch.chosen.connect(self.show_part)
        self.canvas.clicked.connect(self._choose)
        self.canvas.opened.connect(self._open)
        self.outline.clicked_step.connect(self._choose)
        self.outline.way_taken.connect(self._take_from)
        self.outline.opened.connect(self._open)
        self.panel.way_taken.connect(self.take)
        self.panel.link_taken.connect(self._follow)
        self.pane.card.back.clicked.connect(self.one_step_back)
        self.pane.card.again.clicked.connect(self.start_again)
        self.pane.card.copy.clicked.connect(self.copy_route)
        theme().changed.connect(self._look_changed)

    # -- showing ------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        page = self.session.page(place.page)
        if page is None:
            return
        self.place = place
        if self.page is page and self.walk is not None and self._carried is None:
            if place.anchor and self.chart is not None:
                self.walk.look(self.chart.key_of(place.anchor))
            return
        self._show_page(page, place)

    def _show_page(self, page: Page, place: Place) -> None:
        library = self.session.library
        assert library is not None
        self.page = page
        self.chart = chart_of(page, library.pages.get, library.emergency)
        self.walk = Walk(self.chart)
        carried, self._carried = self._carried, None
        self.walk.legs = carried or ()
        start = self.chart.key_of(place.anchor) if place.anchor else ""
        self.walk.at = self.walk.chosen = start or self.chart.first
        self.walk.changed.connect(self._walked)
        self.walk.left.connect(self._left)
        self.walk.returned.connect(self._returned)
        self.title.setText(page.title)
        first, _, rest = library.settings.banner.partition(". ")
        self.banner.say("sample", f"{first}.", rest)
        self.banner.setVisible(page.status is Status.SAMPLE)
        self.panel.show_chart(self.chart)
        self.outline.show_chart(self.chart)
        self.canvas.show_picture(None)
        self.canvas.focus = ""
        self.pane.say("" if self.chart.keys else "This pathway has no steps yet.")
        self.canvas.open_at(self.walk.chosen)
        self._draw()
        self._walked()

    def _draw(self, *, glide: bool = False) -> None:
        """Have the pathway drawn off the screen's thread: at once a quick picture, then a careful one."""
        page, chart = self.page, self.chart
        if page is None or chart is None or not chart.keys:
            return
        scale = theme().scale
        diagram, wanted = chart.diagram, (page.path, page.digest, scale)
        self.drawing_of = wanted

        def first() -> Drawing:
            from drawing.draw import first_picture

            return first_picture(diagram, scale)

        def careful() -> Drawing:
            from drawing.draw import refined_picture

            return refined_picture(diagram, scale)

        def drawn(drawing: Drawing) -> None:
            if wanted == self.drawing_of:
                again = self.canvas.picture is not None
                self.canvas.show_picture(Picture(drawing), glide=again)
                if not again and self.walk is not None:
                    self.canvas.open_at(self.walk.chosen)
                self.pane.refit()

        tasks = self.session.tasks
        tasks.run(first, drawn, self._not_drawn, key=f"first-{id(self)}", lane="drawing")
        tasks.run(careful, drawn, self._not_refined, key=f"careful-{id(self)}", lane="drawing")

    def _not_drawn(self, error: Exception) -> None:
        from drawing.net import LayoutError

        self.show_part("outline")
        self.session.told.emit(_NO_GRAPH)
        if not isinstance(error, LayoutError):
            raise error

    def _not_refined(self, error: Exception) -> None:
        if self.canvas.picture is None:
            return  # said already
        raise error

    def _look_changed(self) -> None:
        if self.chart is not None and self.drawing_of[2] != theme().scale:
            self.canvas.show_picture(None)
            self._draw()
        self._fit()

    def library_changed(self, changed: Changed) -> None:
        page = self.page
        if page is None or self.walk is None:
            return
        fresh = changed.library.pages.get(page.path)
        if fresh is None or fresh is page:
            return
        self.page = fresh
        self.chart = chart_of(fresh, changed.library.pages.get, changed.library.emergency)
        self.panel.show_chart(self.chart)
        self.outline.show_chart(self.chart)
        self.walk.rebind(self.chart)
        self._draw(glide=True)

    # -- the walk -----------------------------------------------------------------------------

    def _walked(self) -> None:
        """Another step is chosen, or the trail differs: everything shows it."""
        walk = self.walk
        if walk is None:
            return
        lit = walk.lit()
        self.canvas.focus = walk.chosen
        self.canvas.light(lit)
        if self.canvas.picture is not None:
            self.canvas.reveal(walk.chosen)
        taken = {stop.key: stop.number for stop in walk.stops}
        self.outline.light(lit, taken)
        self.panel.show_step(walk.chosen, self.place.words if self.place else ())
        self.pane.show_route(walk.length if walk.walked else 0)
        self._tell_place()

    def _tell_place(self) -> None:
        if self.page is None or self.walk is None or self.chart is None:
            return
        step = self.chart.step(self.walk.chosen)
        if step is not None:
            self.place = page_place(self.page.path, step.anchor)

    def _choose(self, key: str) -> None:
        if self.walk is not None:
            self.walk.choose(key)

    def take(self, number: int) -> None:
        """Take a way on from the chosen step."""
        if self.walk is not None:
            self.walk.take(number)

    def _take_from(self, key: str, number: int) -> None:
        if self.walk is not None:
            if key != self.walk.chosen:
                self.walk.choose(key)
            self.walk.take(number)

    def _open(self, key: str) -> None:
        """Enter: on to the box, then to its words and ways."""
        walk = self.walk
        if walk is None or self.chart is None:
            return
        if key != walk.chosen:
            walk.choose(key)
        if self.chart.step(key) is not None:
            if self.narrow:
                self.show_part("step")
            self.panel.focus_ways()

    def _left(self, way: Exit) -> None:
        """A way to another page: a pathway takes the trail along."""
        walk = self.walk
        if walk is None or self.chart is None:
            return
        if walk.stops and walk.stops[-1].key == walk.chosen:
            self._carried = (*walk.legs, Leg(self.chart, walk.stops))
        self.session.go(page_place(way.page, way.anchor))

    def _returned(self, leg: Leg) -> None:
        """Back to the pathway one came from, at the step where it was left."""
        walk = self.walk
        if walk is None:
            return
        key = leg.stops[-1].key if leg.stops else leg.chart.first
        kept = {"legs": walk.legs[:-1], "stops": leg.stops[:-1], "at": key, "chosen": key}
        anchor = leg.chart.boxes[key].anchor if key else ""
        self.session.go(page_place(leg.page.path, anchor))
        if self.walk is not None:
            self.walk.restore(kept)

    def one_step_back(self) -> None:
        if self.walk is not None:
            self.walk.back()

    def start_again(self) -> None:
        if self.walk is not None:
            self.walk.restart()

    def copy_route(self) -> None:
        """The route as plain text, for a note."""
        if self.walk is not None:
            QGuiApplication.clipboard().setText(self.walk.as_text())
            self.session.told.emit("Copied: your route as text")

    def _follow(self, address: str) -> None:
        """A link in the words or beside them."""
        from knowledge.render import Lead, read_target

        target = read_target(address)
        if target.lead is Lead.PAGE:
            self.session.go(page_place(target.where, target.anchor))

    # -- coming back --------------------------------------------------------------------------

    def keep(self) -> dict[str, Any]:
        if self.walk is None or self.page is None:
            return {}
        return {
            "page": self.page.path,
            "walk": self.walk.keep(),
            "origin": self.canvas.origin,
            "zoom": self.canvas.zoom,
        }

    def restore(self, kept: dict[str, Any]) -> None:
        if self.walk is None or self.page is None or kept.get("page") != self.page.path:
            return
        self.walk.restore(kept["walk"])

    # -- fitting ------------------------------------------------------------------------------

    def fits(self, mode: str) -> None:
        narrow = mode in ("narrow", "tiny")
        if narrow != self.narrow:
            self.narrow = narrow
            if narrow and self.shown == "graph":
                self.shown = "step"
            elif not narrow and self.shown == "step":
                self.shown = "graph"
        self._fit()

    def show_part(self, name: str) -> None:
        """Graph or outline, and in a narrow window the step."""
        self.shown = name
        self._fit()

    def _fit(self) -> None:
        look = theme()
        self.switch.offer(("step", "graph", "outline") if self.narrow else ("graph", "outline"))
        self.switch.show_chosen(self.shown)
        step = self.shown == "step"
        self.left.setVisible(not step)
        self.left.setCurrentWidget(self.outline if self.shown == "outline" else self.pane)
        self.panel.setVisible(step or not self.narrow)
        self.pane.lay(self.narrow)
        wide = 0 if self.narrow else look.px(self.session.settings.get("step_panel"))
        self.panel.setMinimumWidth(0 if self.narrow else look.px(360))
        self.panel.setMaximumWidth(16_777_215 if self.narrow else look.px(520))
        if wide:
            self.splitter.setSizes([max(200, self.splitter.width() - wide), wide])

    def _panel_dragged(self) -> None:
        wide = round(self.panel.width() / theme().scale)
        if 360 <= wide <= 520:
            self.session.settings.set("step_panel", wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def regions(self) -> list[QWidget]:
        return [self.left, self.panel]

    def focus_first(self) -> None:
        if self.shown == "step":
            self.panel.focus_ways()
        elif self.shown == "outline":
            self.outline.setFocus()
        else:
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- keys ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text and text in "123456789":
            self.take(int(text))
        elif event.key() == Qt.Key.Key_Backspace:
            self.one_step_back()
        elif event.key() == Qt.Key.Key_O:
            self.show_part("graph" if self.shown == "outline" else "outline")
            self.focus_first()
        elif event.key() == Qt.Key.Key_F:
            self.canvas.fit()
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
