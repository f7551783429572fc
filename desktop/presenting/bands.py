"""The bands before the room that are always there: the page and how far to trust it, the question, the urgent strip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.graph.letters import put_icons
from desktop.presenting.look import (
    LEAST,
    MIDDLE,
    WRAP,
    colour,
    font,
    height_of,
    palette,
    width_of,
)
from desktop.widgets.painted import finger_path
from desktop.widgets.strip import number_of
from drawing.diagram import Icon

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.settings import StripItem
    from knowledge.showing.seen import Mark, Seen, SeenWay

EDGE = 32.0
_MARKS = {
    "withdrawn": ("archive-x", "urgent_tint", "urgent", "urgent_ink"),
    "overdue": ("calendar-clock", "warn_tint", "warn", "warn_ink"),
    "draft": ("file-pen-line", "warn_tint", "warn", "warn_ink"),
    "sample": ("triangle-alert", "warn_tint", "warn", "warn_ink"),
}
_TITLE, _ASK, _SAID = 28, 28, 26


# -- the head --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """Where the title and the marks stand."""

    title: QRectF
    marks: tuple[tuple[Mark, QRectF], ...]
    height: float


def head(seen: Seen, width: float) -> Head:
    sizes = [(mark, width_of(mark.words, LEAST, 700) + 60) for mark in seen.marks]
    total = sum(w + 12 for _, w in sizes)
    beside = width - 2 * EDGE - total >= min(width * 0.4, width_of(seen.title, _TITLE, 700) + 4)
    room = width - 2 * EDGE - (total if beside else 0)
    high = max(36.0, height_of(seen.title, room, _TITLE, 700))
    x, y = (width - EDGE - total + 12, 11.0) if beside else (EDGE, high + 16.0)
    placed, low = [], 0.0
    for mark, wide in sizes:
        wide = min(wide, width - 2 * EDGE)
        if x > EDGE and x + wide > width - EDGE + 1:
            x, y = EDGE, y + 46.0
        tall = max(38.0, height_of(mark.words, wide - 60, LEAST, 700) + 8)
        placed.append((mark, QRectF(x, y, wide, tall)))
        low = max(low, y + tall)
        x += wide + 12
    return Head(QRectF(EDGE, 12, room, high), tuple(placed), max(high + 24, low + 11))


def paint_head(painter: QPainter, seen: Seen, placed: Head, width: float) -> None:
    painter.fillRect(QRectF(0, 0, width, placed.height), colour("surface"))
    painter.setFont(font(_TITLE, 700))
    painter.setPen(colour("ink"))
    painter.drawText(placed.title, WRAP, seen.title)
    for mark, box in placed.marks:
        icon, ground, edge, ink = _MARKS[mark.state]
        painter.setPen(QPen(colour(edge), 2))
        painter.setBrush(colour(ground))
        painter.drawRoundedRect(box, 6, 6)
        _icon(painter, icon, box.x() + 14, box.center().y(), 26, ink)
        painter.setFont(font(LEAST, 700))
        painter.setPen(colour(ink))
        painter.drawText(
            box.adjusted(48, 0, -8, 0), int(MIDDLE) | int(Qt.TextFlag.TextWordWrap), mark.words
        )
    painter.setPen(QPen(colour("line"), 2))
    painter.drawLine(QPointF(0, placed.height - 1), QPointF(width, placed.height - 1))


# -- the question, what came of it, and ways on that the picture does not hold -----------------


@dataclass(frozen=True, slots=True)
class Band:
    """Where the question, the outcome and the ways stand, from the band's top."""

    ask: QRectF
    outcome: QRectF
    ways: tuple[tuple[SeenWay, QRectF], ...]
    height: float


def band(seen: Seen, width: float, *, ways: bool, ask: bool = True) -> Band:
    """With the question, or only with what came of it, when there is no room for both."""
    room = width - 2 * EDGE - 44
    y = 14.0
    asked = outcome = QRectF()
    if seen.ask and (ask or not seen.outcome):
        asked = QRectF(EDGE + 44, y, room, height_of(seen.ask, room, _ASK, 600))
        y = asked.bottom() + 8
    if seen.outcome:
        outcome = QRectF(EDGE + 44, y + 6, room, height_of(seen.outcome, room, _SAID))
        y = outcome.bottom() + 14
    placed: list[tuple[SeenWay, QRectF]] = []
    if ways and seen.graph is not None:
        x, row = EDGE, 0.0
        for way in seen.graph.ways:
            words = way_words(way)
            wide = min(width - 2 * EDGE, width_of(words, LEAST, 600) + 96)
            tall = max(44.0, height_of(words, wide - 92, LEAST, 600) + 12)
            if x > EDGE and x + wide > width - EDGE:
                x, y, row = EDGE, y + row + 8, 0.0
            placed.append((way, QRectF(x, y, wide, tall)))
            x, row = x + wide + 12, max(row, tall)
        y += row + 8 if placed else 0
    return Band(asked, outcome, tuple(placed), y + 4 if y > 14 else 0.0)


def way_words(way: SeenWay) -> str:
    """A way on in one line, as far as it is uncovered."""
    if way.covered:
        return way.condition or "What next?"
    return f"{way.condition} → {way.title}" if way.condition else way.title


def paint_band(painter: QPainter, seen: Seen, placed: Band, top: float, width: float) -> None:
    if not placed.height:
        return
    painter.fillRect(QRectF(0, top, width, placed.height), colour("accent_tint"))
    painter.setPen(QPen(colour("accent"), 2))
    painter.drawLine(QPointF(0, top + 1), QPointF(width, top + 1))
    for box, icon, words, size, weight in (
        (placed.ask, "message-circle", seen.ask, _ASK, 600),
        (placed.outcome, "eye", seen.outcome, _SAID, 400),
    ):
        if box.isEmpty():
            continue
        box = box.translated(0, top)
        _icon(painter, icon, EDGE, box.y() + 18, 30, "accent_ink")
        painter.setFont(font(size, weight))
        painter.setPen(colour("ink"))
        painter.drawText(box.adjusted(0, 0, 2, 2), WRAP, words)
    for way, box in placed.ways:
        _paint_way(painter, way, box.translated(0, top))


def _paint_way(painter: QPainter, way: SeenWay, box: QRectF) -> None:
    urgent = way.urgent and not way.covered
    edge = "urgent" if urgent else "trail" if way.tried else "edge"
    pen = QPen(colour(edge), 3 if way.tried or urgent else 2)
    if way.covered:
        pen.setDashPattern([1.0, 2.0])
    painter.setPen(pen)
    painter.setBrush(colour("urgent_tint" if urgent else "sunken" if way.covered else "surface"))
    painter.drawPath(finger_path(box.adjusted(1, 1, -1, -1), 6, 20))
    painter.setFont(font(LEAST, 700))
    ink = colour("urgent_ink" if urgent else "ink")
    painter.setPen(ink)
    painter.drawText(QRectF(box.x() + 14, box.y(), 20, box.height()), MIDDLE, str(way.number))
    name = "check" if way.tried else "eye-off" if way.covered else ""
    if name:
        _icon(painter, name, box.right() - 48, box.center().y(), 22, "ink")
    painter.setFont(font(LEAST, 600))
    painter.setPen(ink)
    words = QRectF(box.x() + 40, box.y(), box.width() - 90, box.height())
    painter.drawText(words, int(MIDDLE) | int(Qt.TextFlag.TextWordWrap), way_words(way))


# -- the urgent strip ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the strip in two lines; the first is a block of its own."""

    box: QRectF
    head: str
    tail: str
    note: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The entries, from the strip's top."""

    entries: tuple[Entry, ...]
    height: float


def strip(library: Library, width: float) -> Strip:
    """Two lines, and more before a word is lost."""
    found: list[Entry] = []
    x, y, row = 0.0, 4.0, 0.0
    for number, item in enumerate(library.settings.urgent):
        head_, tail = _parts(item, number == 0)
        note = "" if number == 0 else number_of(library, item)
        below = width_of(tail, LEAST, 700) + width_of(f" {note}" if note else "")
        full = max(width_of(head_), below) + (90 if number == 0 else 50)
        wide = min(width, full)
        room = wide - (80 if number == 0 else 40)
        tall = 84.0
        if wide < full:
            rest = f"{tail} {note}".strip()
            tall = height_of(head_, room) + height_of(rest, room, LEAST, 700) + 22
        if x and x + wide > width:
            x, y, row = 0.0, y + row, 0.0
        found.append(Entry(QRectF(x, y, wide, tall), head_, tail, note))
        x, row = x + wide, max(row, tall)
    return Strip(tuple(found), y + row if found else 0.0)


def _parts(item: StripItem, first: bool) -> tuple[str, str]:
    if first:
        return "", item.text
    head_, colon, tail = item.text.partition(": ")
    return (f"{head_}:", tail) if colon else ("", item.text)


def paint_strip(painter: QPainter, placed: Strip, top: float, width: float) -> None:
    if not placed.entries:
        return
    painter.fillRect(QRectF(0, top, width, placed.height), colour("urgent_tint"))
    for number, entry in enumerate(placed.entries):
        box = entry.box.translated(0, top)
        if number == 0:
            painter.fillRect(
                QRectF(box.x(), top, box.width(), box.bottom() - top), colour("u_fill")
            )
            _icon(painter, "octagon-alert", box.x() + 28, box.center().y(), 30, "on_urgent")
            painter.setFont(font(LEAST, 700))
            painter.setPen(colour("on_urgent"))
            painter.drawText(
                box.adjusted(70, 0, -8, 0), int(MIDDLE) | int(Qt.TextFlag.TextWordWrap), entry.tail
            )
            continue
        if number > 1 and box.x() > 0:
            painter.setPen(QPen(colour("urgent"), 2))
            painter.drawLine(
                QPointF(box.x() + 2, box.y() + 14), QPointF(box.x() + 2, box.bottom() - 14)
            )
        _paint_entry(painter, entry, box.adjusted(28, 10, -8, -8))
    painter.fillRect(QRectF(0, top, width, 4), colour("urgent"))


def _paint_entry(painter: QPainter, entry: Entry, box: QRectF) -> None:
    high = height_of(entry.head, box.width())
    painter.setFont(font())
    painter.setPen(colour("ink"))
    painter.drawText(QRectF(box.x(), box.y(), box.width() + 2, high), WRAP, entry.head)
    rest = QRectF(box.x(), box.y() + high, box.width() + 4, box.height() - high)
    wide = width_of(entry.tail, LEAST, 700)
    one_line = wide + width_of(f" {entry.note}" if entry.note else "") <= rest.width()
    if not entry.head:
        rest.translate(0, 16)
    painter.setFont(font(LEAST, 700))
    painter.setPen(colour("urgent_ink"))
    if one_line and entry.note:
        painter.drawText(rest, WRAP, entry.tail)
        painter.setFont(font())
        painter.setPen(colour("ink"))
        painter.drawText(rest.adjusted(wide, 0, 40, 0), WRAP, f" {entry.note}")
    else:
        painter.drawText(rest, WRAP, f"{entry.tail} {entry.note}".strip())


def _icon(painter: QPainter, name: str, left: float, middle: float, size: float, ink: str) -> None:
    put_icons(painter, [(Icon(name, left, middle - size / 2, size), palette()[ink])])
