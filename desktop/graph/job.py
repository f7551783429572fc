"""One painting under way: what it paints on, what is lit, and the words and icons that wait for the shapes."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter

from desktop.graph.letters import FINE, put_icons, put_words
from desktop.graph.lit import NOTHING, Lit
from desktop.graph.picture import Picture
from desktop.theme import theme
from drawing.diagram import Icon

Shift = dict[str, tuple[float, float]]


class Job:
    """One painting of a picture. Words and icons wait until every shape stands."""

    def __init__(
        self,
        painter: QPainter,
        picture: Picture,
        lit: Lit = NOTHING,
        *,
        zoom: float = 1.0,
        vector: bool = False,
        palette: dict[str, str] | None = None,
        shift: Shift | None = None,
    ) -> None:
        self.painter, self.picture, self.lit = painter, picture, lit
        self.zoom, self.vector = zoom, vector
        self.palette = palette or theme().colours
        self.shift = shift or {}
        self.scale = picture.scale
        self.words: list[tuple[float, float, str, float, int, str]] = []
        self.icons: list[tuple[Icon, str]] = []

    def colour(self, role: str) -> QColor:
        return QColor(self.palette[role])

    def weight_of_way(self, number: int) -> int:
        lit = self.lit
        if number in lit.route_ways:
            return 3
        return 2 if number in lit.onward_ways else 0 if lit.dims_way(number) else 1

    def way_role(self, number: int) -> tuple[str, float]:
        """Colour and width of a line."""
        weight = self.weight_of_way(number)
        if weight == 3:
            return "trail", 4.0
        if number in self.lit.way_changes:
            return self.lit.way_changes[number], 2.4
        if weight == 2:
            return "ink", 2.0
        return ("dim_edge", 1.3) if weight == 0 else ("wire", 1.6)

    # -- words and icons ----------------------------------------------------------------------

    def flush(self) -> None:
        """Paint the words and icons that wait."""
        painter = self.painter
        if self.icons:
            put_icons(painter, self.icons, vector=self.vector)
        if self.words:
            painter.save()
            painter.scale(1 / FINE, 1 / FINE)
            pen = ""
            for x, base, text, size, weight, role in self.words:
                if role != pen:
                    painter.setPen(self.colour(role))
                    pen = role
                put_words(painter, x, base, text, size, weight)
            painter.restore()
        self.words, self.icons = [], []
