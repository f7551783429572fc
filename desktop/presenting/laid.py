"""Where everything of one scene stands before the room: worked out once, ahead of time where there is any."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSizeF

from desktop.graph.lit import NOTHING, Lit
from desktop.graph.picture import Picture
from desktop.presenting.bands import EDGE, Band, Head, Strip, band, head, strip
from desktop.presenting.framing import Frame, frame
from desktop.presenting.look import height_of, soft
from desktop.presenting.sheet import Sheet
from knowledge.showing.moment import Blank
from knowledge.showing.seen import Form, Seen

if TYPE_CHECKING:
    from desktop.presenting.graphs import Graphs
    from knowledge.library import Library

_PICTURE_LEAST = 350.0
_COLUMN = 1180.0  # the widest a text stands
_SCENES, _SHEETS = 12, 4  # kept; a long text is the costliest


@dataclass(frozen=True, eq=False, slots=True)
class Laid:
    """One scene for one size of the stage. `goal` is where the camera comes to rest; None: it is a text."""

    seen: Seen
    size: QSizeF
    picture: Picture | None
    lit: Lit
    head: Head
    band: Band
    strip: Strip
    middle: QRectF
    goal: Frame | None
    sheet: Sheet | None

    @property
    def room(self) -> QSizeF:
        return QSizeF(self.middle.width(), max(1.0, self.middle.height()))

    @property
    def leaves(self) -> int:
        """Of how many pages the text has."""
        return self.sheet.pages if self.sheet is not None else 1

    def leaf(self, wanted: int | None) -> int:
        """The page of the text that is shown; None asks for the one with what was uncovered last."""
        if self.sheet is None:
            return 0
        if wanted is None:
            wanted = self.sheet.page_of(self.seen.reached)
        return max(0, min(self.leaves - 1, wanted))


class Layouts:
    """Lays scenes out, and keeps the latest."""

    def __init__(self, graphs: Graphs, library: Library) -> None:
        self.graphs, self.library = graphs, library
        self._scenes: OrderedDict[Hashable, Laid] = OrderedDict()
        self._sheets: OrderedDict[Hashable, Sheet] = OrderedDict()
        self._strips: dict[float, Strip] = {}

    def forget(self, path: str) -> None:
        """The pathway has another picture now."""
        for key, laid in list(self._scenes.items()):
            if laid.seen.graph is not None and laid.seen.graph.path == path:
                del self._scenes[key]

    def lay(self, seen: Seen, size: QSizeF) -> Laid:
        key = (replace(seen, blank=Blank.NO), size.width(), size.height())
        found = self._scenes.get(key)
        if found is None:
            found = self._scenes[key] = _Laying(self, softened(seen), size).laid()
            while len(self._scenes) > _SCENES:
                self._scenes.popitem(last=False)
        self._scenes.move_to_end(key)
        return found

    def sheet(self, html: str, room: QSizeF) -> Sheet:
        key = (html, room.width(), room.height())
        found = self._sheets.get(key)
        if found is None:
            found = self._sheets[key] = Sheet(html, room, self.library)
            while len(self._sheets) > _SHEETS:
                self._sheets.popitem(last=False)
        self._sheets.move_to_end(key)
        return found

    def strip(self, width: float) -> Strip:
        found = self._strips.get(width)
        if found is None:
            found = self._strips[width] = strip(self.library, width)
        return found


class _Laying:
    """One scene being laid out."""

    def __init__(self, among: Layouts, seen: Seen, size: QSizeF) -> None:
        self.among, self.seen, self.size = among, seen, size
        self.picture: Picture | None = None
        self.lit: Lit = NOTHING
        if seen.graph is not None:
            found = among.graphs.picture(seen.graph)
            if found is not None:
                self.picture, self.lit = found
        width = size.width()
        self.head = head(seen, width)
        self.strip = among.strip(width)
        self.band = band(seen, width, ways=False)
        self.middle = QRectF()
        self._fit_middle()

    def laid(self) -> Laid:
        seen, goal, sheet = self.seen, None, None
        if seen.form is Form.GRAPH and self.picture is not None:
            goal = self._goal()
        if goal is None:
            sheet = self._sheet(seen.html if seen.form is Form.TEXT else words_of(seen))
        return Laid(
            seen,
            self.size,
            self.picture,
            self.lit,
            self.head,
            self.band,
            self.strip,
            self.middle,
            goal,
            sheet,
        )

    def _goal(self) -> Frame | None:
        """The picture, with as much of the words as leaves it room enough; None where there is none."""
        goal = self._frame()
        if not self._holds_all(goal):
            for ways, ask in ((True, True), (True, False), (False, True), (False, False)):
                self.band = band(self.seen, self.size.width(), ways=ways, ask=ask)
                self._fit_middle()
                if self.middle.height() >= _PICTURE_LEAST:
                    break
            goal = self._frame()
        # Words before the picture: they can be read in full.
        return goal if self.middle.height() >= _PICTURE_LEAST else None

    def _fit_middle(self) -> None:
        top = self.head.height
        high = self.size.height() - top - self.strip.height - self.band.height
        self.middle = QRectF(0, top, self.size.width(), max(0.0, high))

    def _sheet(self, html: str) -> Sheet:
        """The text; a question too long to stand below it goes before it."""
        if self.middle.height() < 240:
            html = f"{_said(self.seen)}{html}"
            self.band = Band(QRectF(), QRectF(), (), 0.0)
            self._fit_middle()
        wide = min(_COLUMN, self.size.width() - 2 * EDGE)
        above = heading_height(self.seen, self.size.width())
        return self.among.sheet(html, QSizeF(wide, max(80.0, self.middle.height() - above - 40)))

    def _frame(self) -> Frame:
        picture, lit, graph = self.picture, self.lit, self.seen.graph
        assert picture is not None
        assert graph is not None
        room = QSizeF(self.middle.width(), max(1.0, self.middle.height()))
        here = picture.box_rect(lit.chosen)
        targets = [picture.box_rect(key) for key in lit.onward if key in picture.place]
        number = graph.branch
        leaving = picture.leaving.get(lit.chosen, [])
        if 0 < number <= len(leaving):
            first = picture.box_rect(picture.ways[leaving[number - 1]].arrow.target)
            return frame(first, [here], [box for box in targets if box != first], room)
        behind = [
            picture.box_rect(picture.ways[n].arrow.source)
            for n in picture.arriving.get(lit.chosen, [])
            if n in lit.route_ways
        ]
        return frame(here, targets, behind, room)

    def _holds_all(self, goal: Frame) -> bool:
        """Whether every box that a way leads to is in view."""
        picture, graph = self.picture, self.seen.graph
        assert picture is not None
        if graph is None or graph.branch:
            return True
        part = goal.seen(QSizeF(self.middle.width(), max(1.0, self.middle.height())))
        return all(part.contains(picture.box_rect(key)) for key in self.lit.onward)


def heading_height(seen: Seen, width: float) -> float:
    return height_of(seen.heading, width - 2 * EDGE - 160, 36, 700) + 12 if seen.heading else 0.0


def words_of(seen: Seen) -> str:
    """A step in words, where its picture cannot be shown."""
    if seen.graph is None:
        return ""
    ways = "".join(
        f"<li>{escape(way.condition)}{' → ' if way.condition else ''}"
        f"{escape(way.title) or 'Covered. What next?'}</li>"
        for way in seen.graph.ways
    )
    return f"<ol>{ways}</ol>"


def softened(seen: Seen) -> Seen:
    """No word so long that it would run off the screen."""
    graph = seen.graph
    if graph is not None:
        ways = tuple(
            replace(way, condition=soft(way.condition), title=soft(way.title)) for way in graph.ways
        )
        graph = replace(graph, ways=ways)
    return replace(
        seen,
        title=soft(seen.title),
        heading=soft(seen.heading),
        ask=soft(seen.ask),
        outcome=soft(seen.outcome),
        graph=graph,
    )


def _said(seen: Seen) -> str:
    ask = f"<p><strong>{escape(seen.ask)}</strong></p>" if seen.ask else ""
    return ask + (f"<p>{escape(seen.outcome)}</p>" if seen.outcome else "")
