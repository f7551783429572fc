"""Paints a picture in one go: lines, boxes, words; in any theme, lit as asked, plainer when far out."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from desktop.graph import marks
from desktop.graph.job import Job
from desktop.graph.lit import URGENT, colours
from desktop.theme import theme
from drawing.colours import stroke_of
from drawing.diagram import Icon, Look, PlacedBox, Role

FAR = 0.35  # below this zoom only shape, icon and number
VERY_FAR = 0.12  # below this, plain boxes and lines


class GraphPainter(Job):
    """Paints the whole: lines, boxes, words."""

    heads = True  # whether the names above columns are part of it

    def paint(self, part: QRectF) -> None:
        """Paint what lies in a part of the picture. The ground is the caller's."""
        painter = self.painter
        if self.zoom < VERY_FAR:
            marks.paint_from_afar(self)
            return
        boxes, ways = self.picture.seen(part)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._lanes(part)
        near = self.zoom >= FAR
        for number in sorted(ways, key=self.weight_of_way):
            self._way(number)
        for number in boxes:
            box = self.picture.boxes[number]
            moved = self.shift.get(box.key)
            if moved:
                painter.translate(*moved)
            self._box(number, box, near, moved or (0.0, 0.0))
            if moved:
                painter.translate(-moved[0], -moved[1])
        marks.paint_focus(self)
        if near:
            for number in ways:
                self._label(number)
        self.flush()
        marks.paint_over(self, boxes)
        self.flush()

    # -- lanes and lines ----------------------------------------------------------------------

    def _lanes(self, part: QRectF) -> None:
        lanes = self.picture.drawing.lanes
        self.painter.setPen(QPen(self.colour("line"), 1))
        for lane in lanes[1:]:
            x = lane.rect.x
            self.painter.drawLine(QLineF(x, part.top(), x, part.bottom()))
        for lane in lanes if self.heads else ():
            for w in lane.words:
                self.words.append((w.x, w.y, w.text, w.size, w.weight, "ink_muted"))

    def _way(self, number: int) -> None:
        way = self.picture.ways[number]
        if way.arrow.source in self.shift or way.arrow.target in self.shift:
            return  # comes back when its boxes have arrived
        role, wide = self.way_role(number)
        wide *= self.scale
        painter, colour = self.painter, self.colour(role)
        pen = QPen(colour, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if way.dashed:
            dash = 7 * self.scale / wide
            pen.setDashPattern([dash, 5 * self.scale / wide])
        if self.lit.way_changes.get(number) == "removed":
            pen.setDashPattern([1.0, 1.5])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self.picture.line(number))
        head = self.picture.head(number)
        if head is None:
            return
        open_head = QPen(colour, 1.6 * self.scale)
        open_head.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(open_head if way.dashed else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(self.colour("graph") if way.dashed else colour)
        painter.drawPolygon(head)

    def _label(self, number: int) -> None:
        way = self.picture.ways[number]
        plate = self.picture.plate(number)
        if plate is None or way.label is None:
            return
        if way.arrow.source in self.shift or way.arrow.target in self.shift:
            return
        weight = self.weight_of_way(number)
        role = ("dim_ink", "ink_muted", "ink", "trail")[weight]
        if weight < 3 and number in self.lit.way_changes:
            role, weight = self.lit.way_changes[number], 2
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.colour("graph"))
        self.painter.drawPath(plate)
        bold = 700 if weight > 1 else 400
        for w in way.words:
            self.words.append((w.x, w.y, w.text, w.size, bold, role))
        if way.icon is not None:
            self.icons.append((way.icon, self.palette[role]))

    # -- boxes --------------------------------------------------------------------------------

    def _box(self, number: int, box: PlacedBox, near: bool, moved: tuple[float, float]) -> None:
        if box.key in self.lit.covered:
            marks.paint_covered(self, box, moved, near)
            return
        look = box.box.look
        dim = self.lit.dims(box.key)
        fill, edge, kind, ink = colours(look, dim)
        if self.lit.changes.get(box.key) == "removed":
            fill, edge, kind, ink = "dim_fill", "removed", "dim_ink", "dim_ink"
        chosen, route = box.key == self.lit.chosen, box.key in self.lit.route
        wide = stroke_of(look)
        if dim:
            wide = 1.3
        elif chosen or route:
            wide = 3.2 if chosen else 2.6
            edge = "trail"
        self._outline(number, box, fill, edge, wide)
        if box.double:
            inner = "on_urgent" if look is Look.URGENT and not dim else edge
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.setPen(QPen(self.colour(inner), 1.2 * self.scale))
            self.painter.drawPath(self.picture.outline(number, 4 * self.scale))
        if near:
            self._inside(box, kind, ink, dim, moved)
        else:
            marks.paint_number(self, box, kind, moved)

    def _outline(self, number: int, box: PlacedBox, fill: str, edge: str, wide: float) -> None:
        wide *= self.scale
        pen = QPen(self.colour(edge), wide)
        if box.dashed:
            pen.setDashPattern([6 * self.scale / wide, 4 * self.scale / wide])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if box.key in self.lit.changes and self.lit.changes[box.key] == "removed":
            pen.setStyle(Qt.PenStyle.DotLine)
        self.painter.setPen(pen)
        self.painter.setBrush(QBrush(self.colour(fill)))
        self.painter.drawPath(self.picture.outline(number))

    def _inside(
        self, box: PlacedBox, kind: str, ink: str, dim: bool, moved: tuple[float, float]
    ) -> None:
        """The lines of words, and their icons."""
        dx, dy = moved
        urgent = box.box.look in URGENT
        for w in box.words:
            role = kind if w.role is Role.KIND else ink
            weight = 400 if dim and not urgent and w.role is not Role.KIND else w.weight
            pieces = [(w.x, w.text, False)]
            if self.lit.words and w.role is Role.TITLE:
                pieces = marks.paint_hits(self, w, weight)
            for x, text, hit in pieces:
                now = "hit_ink" if hit else role
                self.words.append((x + dx, w.y + dy, text, w.size, weight, now))
        for icon in box.icons:
            placed = Icon(icon.name, icon.x + dx, icon.y + dy, icon.size) if dx or dy else icon
            role = ink if icon.name == "clock" else kind
            self.icons.append((placed, self.palette[role]))


def ground_of(painter: QPainter, part: QRectF, palette: dict[str, str]) -> None:
    painter.fillRect(part, QColor(palette["graph"]))


def parent_frame(painter: QPainter, room: QRectF) -> None:
    """The pathway one came from, as one frame line behind the graph."""
    painter.setPen(QPen(theme().colour("dim_edge"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(room.adjusted(6, theme().px(11), -6, -6), 8, 8)


def parent_steps(painter: QPainter, room: QRectF, name: str, steps: tuple[str, ...]) -> None:
    """On the frame: the name of that pathway, and the last steps of the route in it as faded boxes."""
    look = theme()
    painter.setFont(look.font("small"))
    wide = painter.fontMetrics().horizontalAdvance
    high, gap = look.px(20), look.px(8)
    plate = QRectF(20, look.px(1), wide(name) + 2 * gap, high)
    painter.fillRect(plate, look.colour("graph"))
    painter.setPen(look.colour("dim_ink"))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, name)
    left = plate.right() + gap
    fitting: list[str] = []
    for step in reversed(steps):  # the nearest first, as many as there is room for
        left += wide(step) + 3 * gap
        if left > room.right() - gap:
            break
        fitting.insert(0, step)
    left = plate.right() + gap
    for step in fitting:
        box = QRectF(left, look.px(1) + 0.5, wide(step) + 2 * gap, high)
        painter.setPen(QPen(look.colour("dim_edge"), 1))
        painter.setBrush(look.colour("graph"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(look.colour("dim_ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, step)
        left = box.right() + gap
