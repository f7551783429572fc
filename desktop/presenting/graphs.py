"""The graphs of a show: drawn once, with whatever is covered taken out of them before the room gets them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.graph.chart import Chart, chart_of
from desktop.graph.drawer import Drawer, drawn_before
from desktop.graph.lit import Lit
from desktop.graph.picture import Picture
from drawing.diagram import Box, Diagram, Drawing, Look, PlacedBox, PlacedWay, Point, Shape
from drawing.draw import first_picture
from drawing.net import LayoutError

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.showing.seen import SeenGraph
    from knowledge.showing.show import Show


class Graphs(QObject):
    """Draws the pathways of a show when they are wanted, and carefully a little later."""

    redrawn = Signal(str)  # the path of a pathway whose careful drawing is there

    def __init__(self, session: Session, show: Show) -> None:
        super().__init__()
        self.show = show
        self.drawer = Drawer(session)
        self.drawer.drawn.connect(self._drawn)
        self.drawer.failed.connect(lambda _: self._next())
        self._charts: dict[str, Chart] = {}
        self._drawings: dict[str, Drawing] = {}
        self._pictures: dict[tuple[str, str, frozenset[str]], Picture] = {}
        self._waiting = list(dict.fromkeys(s.path for s in show.scenes if s.step is not None))
        self._asked = ""

    def prepare(self) -> None:
        """Have every pathway of the show drawn carefully, one after the other."""
        self._next()

    def stop(self) -> None:
        """The show is over: what is not drawn yet is not needed."""
        self._waiting = []

    def _next(self) -> None:
        self._asked = self._waiting.pop(0) if self._waiting else ""
        chart = self.chart(self._asked) if self._asked else None
        if chart is not None:
            self.drawer.draw(chart.diagram, 1.0)

    def _drawn(self, drawing: Drawing, _again: bool) -> None:
        path = self._asked
        if not drawing.refined or not path or drawing.diagram != self._charts[path].diagram:
            return
        if self._drawings.get(path) != drawing:
            self._drawings[path] = drawing
            for key in [key for key in self._pictures if key[0] == path]:
                del self._pictures[key]
            self.redrawn.emit(path)
        self._next()

    def chart(self, path: str) -> Chart | None:
        found = self._charts.get(path)
        page = self.show.library.pages.get(path)
        if found is None and page is not None and page.steps:
            library = self.show.library
            found = self._charts[path] = chart_of(page, library.pages.get, library.emergency)
        return found

    def _drawing(self, path: str) -> Drawing | None:
        found = self._drawings.get(path)
        chart = self.chart(path)
        if found is None and chart is not None:
            try:
                found = drawn_before(chart.diagram) or first_picture(chart.diagram, 1.0)
                self._drawings[path] = found
            except LayoutError:
                return None
        return found

    def picture(self, graph: SeenGraph) -> tuple[Picture, Lit] | None:
        """The picture for the room, and what is lit in it; None when it could not be drawn."""
        chart, drawing = self.chart(graph.path), self._drawing(graph.path)
        if chart is None or drawing is None:
            return None
        covered = frozenset(key_of(chart, *box) for box in graph.covered) - {""}
        known = (graph.path, graph.here if covered else "", covered)
        found = self._pictures.get(known)
        if found is None:
            near = {way.target for way in chart.exits(chart.key_of(graph.here))}
            found = self._pictures[known] = Picture(veiled(drawing, covered, covered & near))
        return found, lit_of(chart, graph, covered)


def key_of(chart: Chart, anchor: str, way: int) -> str:
    """The box of a step, or of the page that one of its ways leads to."""
    key = chart.key_of(anchor)
    exits = chart.exits(key)
    if not way:
        return key
    return exits[way - 1].target if way <= len(exits) else ""


def veiled(drawing: Drawing, covered: frozenset[str], kept: frozenset[str]) -> Drawing:
    """The same places without a word of what is covered; only the boxes of `kept` stand there, empty."""
    if not covered:
        return drawing
    gone = covered - kept
    boxes = tuple(
        _veil(box) if box.key in covered else box for box in drawing.boxes if box.key not in gone
    )
    ways = tuple(
        PlacedWay(replace(way.arrow, label=""), ())
        if way.arrow.source in covered or way.arrow.target in gone
        else way
        for way in drawing.ways
    )
    shown = [way.points for way in ways if way.points]
    ways = tuple(
        replace(way, hops=tuple(hop for hop in way.hops if _crossed(hop, shown))) for way in ways
    )
    bare = Diagram(drawing.diagram.key, drawing.diagram.title, (), ())
    return replace(drawing, diagram=bare, boxes=boxes, ways=ways)


def _crossed(hop: Point, lines: Sequence[tuple[Point, ...]]) -> bool:
    """Whether a line that is still there stands upright where another hops."""
    x, y = hop
    return any(
        a[0] == b[0] == x and min(a[1], b[1]) < y < max(a[1], b[1])
        for line in lines
        for a, b in pairwise(line)
    )


def _veil(placed: PlacedBox) -> PlacedBox:
    box = Box(placed.key, Look.ACTION, "")
    return replace(
        placed,
        box=box,
        shape=Shape.RECTANGLE,
        words=(),
        icons=(),
        dashed=False,
        double=False,
    )


def lit_of(chart: Chart, graph: SeenGraph, covered: frozenset[str]) -> Lit:
    """The step in focus, the trail, and the ways on; of a branch that is shown large, all of it."""
    here = chart.key_of(graph.here)
    exits = chart.exits(here)
    onward = {way.target for way in exits}
    onward_ways = {way.way for way in exits}
    if graph.branch and graph.branch <= len(exits):
        onward, onward_ways = branch_of(chart, here, graph.branch, covered)
    trod = {
        chart.exits(chart.key_of(anchor))[way - 1].way
        for anchor, way in graph.trod
        if way <= len(chart.exits(chart.key_of(anchor)))
    }
    return Lit(
        walked=True,
        route=frozenset(chart.key_of(anchor) for anchor in graph.trail) - {""},
        route_ways=frozenset(trod),
        chosen=here,
        onward=frozenset(onward),
        onward_ways=frozenset(onward_ways),
        covered=covered,
    )


def branch_of(
    chart: Chart, here: str, number: int, covered: frozenset[str] = frozenset()
) -> tuple[set[str], set[int]]:
    """The boxes and ways that one way on leads to, as far as they come after the step and are not covered."""
    first = chart.exits(here)[number - 1]
    start = chart.boxes[here].number
    boxes, ways, waiting = {first.target}, {first.way}, [first.target]
    while waiting:
        key = waiting.pop()
        if key in covered:
            continue
        for way in chart.exits(key):
            box = chart.boxes[way.target]
            if way.loop or (box.number and box.number <= start):
                continue
            ways.add(way.way)
            if way.target not in boxes:
                boxes.add(way.target)
                waiting.append(way.target)
    return boxes, ways
