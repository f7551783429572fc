"""What is painted on or instead of a box: badge, ring, flag, focus, hits, covers, change tags, the far view."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.graph.job import Job
from desktop.graph.letters import width_in
from desktop.graph.lit import URGENT, colours
from desktop.graph.picture import path_of
from drawing.boxes import icon_of
from drawing.diagram import Icon, PlacedBox, Role, Words
from drawing.strokes import outline

COVERED = "Covered"
NEXT = "What next?"
_TAGS = {"added": "+ Added", "removed": "− Removed", "changed": "~ Changed"}


def paint_over(job: Job, boxes: list[int]) -> None:
    """The marks that lie over everything: badges of the route, ring and flag, tags, the focus."""
    lit, picture = job.lit, job.picture
    for number in boxes:
        box = picture.boxes[number]
        moved = job.shift.get(box.key, (0.0, 0.0))
        if box.key in lit.route and box.key != lit.chosen and job.zoom >= 0.35:
            _badge(job, box, moved)
        if box.key in lit.changes and job.zoom >= 0.35:
            _tag(job, box, _TAGS[lit.changes[box.key]], lit.changes[box.key], moved)
        if box.key == lit.chosen:
            _ring(job, box, moved)
    if lit.flag and lit.chosen in picture.place and job.zoom >= 0.35:
        _flag(job, picture.boxes[picture.place[lit.chosen]], job.shift.get(lit.chosen, (0.0, 0.0)))


def paint_focus(job: Job) -> None:
    """The ring of the keyboard lies under the words of the lines: they stay whole where they stand close."""
    number = job.picture.place.get(job.lit.focus)
    if number is not None:
        moved = job.shift.get(job.lit.focus, (0.0, 0.0))
        _focus(job, job.picture.boxes[number], moved)


def _badge(job: Job, box: PlacedBox, moved: tuple[float, float]) -> None:
    s = job.scale
    x, y = box.rect.x + moved[0], box.rect.middle[1] + moved[1]
    painter = job.painter
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(job.colour("trail"))
    painter.drawEllipse(QPointF(x, y), 9 * s, 9 * s)
    job.icons.append((Icon("check", x - 6 * s, y - 6 * s, 12 * s), job.palette["on_accent"]))


def _ring(job: Job, box: PlacedBox, moved: tuple[float, float]) -> None:
    """A second outline outside."""
    painter, s = job.painter, job.scale
    painter.setPen(QPen(job.colour("trail"), 1.6 * s))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ring = path_of(outline(box, s, -5 * s))
    painter.drawPath(ring.translated(*moved))


def _flag(job: Job, box: PlacedBox, moved: tuple[float, float]) -> None:
    """It lies over everything, the ring of the keyboard included."""
    s = job.scale
    size = 12.3 * s
    wide = width_in(job.lit.flag, size, 600)
    right = box.rect.right + moved[0] - 12 * s
    top = box.rect.y + moved[1] - 16 * s
    _pill(job, QRectF(right - wide - 18 * s, top, wide + 18 * s, 19 * s), "trail")
    job.words.append((right - wide - 9 * s, top + 13.5 * s, job.lit.flag, size, 600, "on_accent"))


def _pill(job: Job, rect: QRectF, fill: str) -> None:
    job.painter.setPen(Qt.PenStyle.NoPen)
    job.painter.setBrush(job.colour(fill))
    job.painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)


def _focus(job: Job, box: PlacedBox, moved: tuple[float, float]) -> None:
    """Dark outside, light inside; as thick on the screen at every zoom."""
    painter = job.painter
    thick = 2.5 / max(job.zoom, 0.01)
    out = (9 if box.key == job.lit.chosen else 5) * job.scale
    rect = QRectF(box.rect.x, box.rect.y, box.rect.width, box.rect.height).translated(*moved)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = rect.adjusted(-out, -out, out, out)
    painter.setPen(QPen(job.colour("focus_gap"), thick))
    painter.drawRoundedRect(inner, 6 * job.scale, 6 * job.scale)
    painter.setPen(QPen(job.colour("focus"), thick))
    outer = inner.adjusted(-thick, -thick, thick, thick)
    painter.drawRoundedRect(outer, 8 * job.scale, 8 * job.scale)


def _tag(job: Job, box: PlacedBox, words: str, role: str, moved: tuple[float, float]) -> None:
    """A corner tag that says what has become of a step."""
    s, size = job.scale, 12.3 * job.scale
    wide = width_in(words, size, 600)
    right, top = box.rect.right + moved[0] - 8 * s, box.rect.y + moved[1] - 11 * s
    rect = QRectF(right - wide - 14 * s, top, wide + 14 * s, 19 * s)
    job.painter.setPen(QPen(job.colour(role), 1.4 * s))
    job.painter.setBrush(job.colour("surface"))
    job.painter.drawRoundedRect(rect, 4 * s, 4 * s)
    job.words.append((right - wide - 7 * s, top + 13.5 * s, words, size, 600, role))
    if role == "removed":
        job.painter.setPen(QPen(job.colour("removed"), 1.4 * s))
        for w in box.words:
            if w.role is Role.TITLE:
                y = w.y + moved[1] - w.size * 0.32
                x = w.x + moved[0]
                job.painter.drawLine(QLineF(x, y, x + w.width, y))


def paint_hits(job: Job, line: Words, weight: int) -> list[tuple[float, str, bool]]:
    """A ground and a border under each of the words that were searched for.

    Gives the line in pieces: where each begins, its words, and whether it stands on such a ground.
    """
    marked = _marked(line.text, job.lit.words)
    pieces: list[tuple[float, str, bool]] = []
    start = 0
    for hit, letters in groupby(marked):
        end = start + len(list(letters))
        x = line.x + width_in(line.text[:start], line.size, weight)
        pieces.append((x, line.text[start:end], hit))
        if hit:
            wide = width_in(line.text[start:end], line.size, weight)
            rect = QRectF(x - 2, line.y - line.size * 0.86, wide + 4, line.size * 1.2)
            job.painter.setPen(QPen(job.colour("hit_ink"), 1))
            job.painter.setBrush(job.colour("hit"))
            job.painter.drawRoundedRect(rect, 2, 2)
        start = end
    return pieces


def _marked(text: str, words: tuple[str, ...]) -> list[bool]:
    """Of every letter, whether it belongs to a word that was searched for."""
    low, marked = text.casefold(), [False] * len(text)
    if len(low) != len(text):
        return marked
    for word in filter(None, (word.casefold() for word in words)):
        start = low.find(word)
        while start >= 0:
            marked[start : start + len(word)] = [True] * len(word)
            start = low.find(word, start + len(word))
    return marked


def paint_covered(job: Job, box: PlacedBox, moved: tuple[float, float], near: bool) -> None:
    """A box whose words are not shown yet."""
    painter, s = job.painter, job.scale
    pen = QPen(job.colour("edge"), 1.6 * s)
    pen.setDashPattern([1.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(job.colour("sunken"))
    rect = QRectF(box.rect.x, box.rect.y, box.rect.width, box.rect.height)
    painter.drawRoundedRect(rect, 6 * s, 6 * s)
    if not near:
        return
    x, y = rect.x() + moved[0] + 16 * s, rect.center().y() + moved[1] - 17 * s
    job.icons.append((Icon("eye-off", x, y, 15 * s), job.palette["ink_muted"]))
    job.words.append((x + 20 * s, y + 12 * s, COVERED, 12.3 * s, 600, "ink_muted"))
    job.words.append((x, y + 29 * s, NEXT, 14.5 * s, 600, "ink"))


def paint_number(job: Job, box: PlacedBox, role: str, moved: tuple[float, float]) -> None:
    """Far out: the icon and the number, of one size in all boxes."""
    size = job.picture.number_size
    number = str(box.box.number) if box.box.number else ""
    wide = width_in(number, size, 600) if number else 0.0
    whole = size + (size * 0.3 + wide if number else 0.0)
    middle_x, middle_y = box.rect.middle[0] + moved[0], box.rect.middle[1] + moved[1]
    x = middle_x - whole / 2
    icon = Icon(icon_of(box.box), x, middle_y - size / 2, size)
    job.icons.append((icon, job.palette[role]))
    if number:
        base = middle_y + size * 0.35
        job.words.append((x + size * 1.3, base, number, round(size, 0), 600, role))


Fills = dict[str, list[QRectF]]
# Very far out a line is a filled strip as thick as a pixel at the least of these zooms: filling takes half the time.
_ZOOMS = (0.09, 0.065, 0.05)


def paint_from_afar(job: Job) -> None:
    """Very far out: plain boxes and lines, all of one colour at once."""
    painter, picture, lit = job.painter, job.picture, job.lit
    thin = 1 / next((zoom for zoom in _ZOOMS if zoom <= job.zoom), job.zoom)
    known, found = picture.afar
    if known != (lit, thin):
        found = _by_colour(job, thin)
        picture.afar = ((lit, thin), found)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    for fills in found:
        for role, rects in fills.items():
            painter.setBrush(job.colour(role))
            painter.drawRects(rects)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    marked = [picture.place[key] for key in (lit.chosen, lit.focus) if key in picture.place]
    paint_over(job, marked)


def _by_colour(job: Job, thin: float) -> tuple[Fills, Fills, Fills]:
    """Every line, box and inside of a box under its colour."""
    picture, lit, half = job.picture, job.lit, thin / 2
    lines: Fills = {}
    for number in range(len(picture.ways)):
        role, _ = job.way_role(number)
        strips = lines.setdefault(role, [])
        for piece in picture.pieces(number):
            strip = QRectF(piece.p1(), piece.p2()).normalized()
            strips.append(strip.adjusted(-half, -half, half, half))
    edges: Fills = {}
    insides: Fills = {}
    for number, box in enumerate(picture.boxes):
        fill, edge, _, _ = colours(box.box.look, lit.dims(box.key))
        rect = picture.rects[number]
        if box.key in lit.route or box.key == lit.chosen:
            fill = edge = "trail"
        elif box.box.look in URGENT:
            fill = edge
        edges.setdefault(edge, []).append(rect)
        if fill != edge:
            insides.setdefault(fill, []).append(rect.adjusted(thin, thin, -thin, -thin))
    return lines, edges, insides
