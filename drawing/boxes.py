"""How big boxes and labels must be for their words, and where each line of words stands."""

from __future__ import annotations

import math
from dataclasses import dataclass

from drawing.diagram import Arrow, Box, Icon, Look, Rect, Role, Shape, Words
from drawing.metrics import width_of
from drawing.wrap import balanced

KIND_SIZE, KIND_LINE, KIND_WEIGHT = 12.3, 16.0, 600
TITLE_SIZE, TITLE_LINE, TITLE_WEIGHT = 14.5, 17.5, 600
TIME_SIZE, TIME_LINE, TIME_WEIGHT = 12.8, 18.0, 700
# A label's room is measured bold: it turns bold when its way is on offer.
LABEL_SIZE, LABEL_LINE, LABEL_WEIGHT = 13.0, 15.0, 400
LABEL_ROOM_WEIGHT = 700
LANE_SIZE, LANE_LINE, LANE_WEIGHT = 13.0, 18.0, 600
ICON, TIME_ICON = 15.0, 13.0
NARROWEST, WIDEST = 176.0, 260.0
LABEL_LIMIT, LABEL_LINES = 150.0, 3
PLATE = 4.0  # ground left and right of a label's words
POINT = 13.0  # how far a hexagon's or finger's point stands out
SLACK = 3.0  # for kerning and the painter's own rounding

_NAMES = {
    Look.START: "Start",
    Look.QUESTION: "Question",
    Look.ACTION: "Action",
    Look.REFERRAL: "Referral",
    Look.URGENT: "Urgent",
    Look.END: "End",
    Look.OTHER: "Pathway",
    Look.OTHER_URGENT: "Urgent pathway",
    Look.CONNECTOR: "",
}
_ICONS = {
    Look.START: "play",
    Look.QUESTION: "circle-question-mark",
    Look.ACTION: "square-check-big",
    Look.REFERRAL: "send",
    Look.URGENT: "octagon-alert",
    Look.END: "flag",
    Look.OTHER: "signpost",
    Look.OTHER_URGENT: "octagon-alert",
    Look.CONNECTOR: "",
}
_WORD_ICONS = {
    "Service": "phone",
    "Threshold": "layers",
    "Case study": "book-open",
    "Session": "presentation",
}
SHAPES = {
    Look.START: Shape.PILL,
    Look.QUESTION: Shape.HEXAGON,
    Look.ACTION: Shape.RECTANGLE,
    Look.REFERRAL: Shape.FINGER,
    Look.URGENT: Shape.OCTAGON,
    Look.END: Shape.PILL,
    Look.OTHER: Shape.FINGER,
    Look.OTHER_URGENT: Shape.OCTAGON,
    Look.CONNECTOR: Shape.PENTAGON,
}
# Room kept free left and right of the words, by outline.
_INSETS = {
    Shape.PILL: (24.0, 24.0),
    Shape.HEXAGON: (19.0, 19.0),
    Shape.RECTANGLE: (14.0, 14.0),
    Shape.FINGER: (14.0, 14.0 + POINT),
    Shape.OCTAGON: (20.0, 20.0),
    Shape.PENTAGON: (12.0, 12.0),
}
_PAD_TOP, _PAD_BOTTOM = 5.0, 8.0
_INNER_LINE = 3.0  # more above and below where a second outline runs inside
DOUBLE = (Look.END, Look.URGENT)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A box measured: its size, and its words and icons as if its corner were the origin."""

    width: float
    height: float
    words: tuple[Words, ...] = ()
    icons: tuple[Icon, ...] = ()


def shape_of(box: Box) -> Shape:
    return SHAPES[box.look]


def kind_words(box: Box) -> str:
    """The first line of a box: the step's number and what it is."""
    name = box.word or _NAMES[box.look]
    return f"{box.number} · {name}" if box.number else name


def icon_of(box: Box) -> str:
    return _WORD_ICONS.get(box.word, _ICONS[box.look])


def fit_box(box: Box, scale: float = 1.0) -> Fitted:
    """The size of a box for its words; width 176 to 260, height as the text needs."""
    if box.size is not None:
        return Fitted(*box.size)
    if box.look is Look.CONNECTOR:
        return _fit_connector(box, scale)
    left, right = (side * scale for side in _INSETS[shape_of(box)])
    room = WIDEST * scale - left - right - SLACK * scale
    kind_size, title_size, time_size = KIND_SIZE * scale, TITLE_SIZE * scale, TIME_SIZE * scale
    icon, time_icon = ICON * scale, TIME_ICON * scale
    gap = 5 * scale
    kind = kind_words(box)
    title, title_width = balanced(box.title, room, title_size, TITLE_WEIGHT)
    time: tuple[str, ...] = ()
    time_width = 0.0
    if box.timeframe:
        time, time_width = balanced(box.timeframe, room - time_icon - gap, time_size, TIME_WEIGHT)
        time_width += time_icon + gap
    kind_width = icon + gap + width_of(kind, kind_size, KIND_WEIGHT)
    inner = max(title_width, time_width, kind_width) + SLACK * scale
    width = math.ceil(max(NARROWEST * scale, inner + left + right))
    words: list[Words] = []
    inner_line = _INNER_LINE * scale if box.look in DOUBLE else 0.0
    y = _PAD_TOP * scale + inner_line

    def put(
        lines: tuple[str, ...], role: Role, x: float, size: float, pitch: float, w: int
    ) -> None:
        nonlocal y
        for text in lines:
            base = y + (pitch * scale + size * 0.7) / 2
            words.append(Words(text, role, x, round(base, 2), width_of(text, size, w), size, w))
            y += pitch * scale

    icons = [Icon(icon_of(box), left, y + (KIND_LINE - ICON) / 2 * scale, icon)]
    put((kind,), Role.KIND, left + icon + gap, kind_size, KIND_LINE, KIND_WEIGHT)
    put(title, Role.TITLE, left, title_size, TITLE_LINE, TITLE_WEIGHT)
    if time:
        icons.append(Icon("clock", left, y + (TIME_LINE - TIME_ICON) / 2 * scale, time_icon))
        put(time, Role.TIME, left + time_icon + gap, time_size, TIME_LINE, TIME_WEIGHT)
    return Fitted(
        width, math.ceil(y + _PAD_BOTTOM * scale + inner_line), tuple(words), tuple(icons)
    )


def _fit_connector(box: Box, scale: float) -> Fitted:
    """A pentagon as small as its words; its lower third is the point."""
    size = KIND_SIZE * scale
    lines, wide = balanced(box.title, 170 * scale, size, TIME_WEIGHT)
    left = _INSETS[Shape.PENTAGON][0] * scale
    pitch = KIND_LINE * scale
    words = tuple(
        Words(
            text,
            Role.TITLE,
            left,
            round(5 * scale + pitch * row + (pitch + size * 0.7) / 2, 2),
            width_of(text, size, TIME_WEIGHT),
            size,
            TIME_WEIGHT,
        )
        for row, text in enumerate(lines)
    )
    width = math.ceil(wide + 2 * left + SLACK * scale)
    return Fitted(width, math.ceil(pitch * len(lines) + (6 + POINT) * scale), words)


def fit_label(arrow: Arrow, scale: float = 1.0) -> Fitted | None:
    """The size of the words on a line, at most three lines of them; None when there are none."""
    if arrow.size is not None:
        return Fitted(*arrow.size)
    mark = (ICON + 4) * scale if arrow.loop else 0.0
    if not arrow.label.strip():
        if not arrow.loop:
            return None
        return Fitted(mark, ICON * scale, (), (Icon("rotate-ccw", 2 * scale, 0.0, ICON * scale),))
    size = LABEL_SIZE * scale
    lines, wide = balanced(arrow.label, LABEL_LIMIT * scale, size, LABEL_ROOM_WEIGHT, LABEL_LINES)
    left = PLATE * scale + mark
    words = tuple(
        Words(
            text,
            Role.LABEL,
            left,
            round((row + 0.5) * LABEL_LINE * scale + size * 0.35, 2),
            width_of(text, size, LABEL_WEIGHT),
            size,
            LABEL_WEIGHT,
        )
        for row, text in enumerate(lines)
    )
    icons = (Icon("rotate-ccw", PLATE * scale, 0.0, ICON * scale),) if arrow.loop else ()
    return Fitted(
        math.ceil(left + wide + PLATE * scale),
        math.ceil(len(lines) * LABEL_LINE * scale),
        words,
        icons,
    )


def words_at(fitted: Fitted, rect: Rect) -> tuple[tuple[Words, ...], tuple[Icon, ...]]:
    """The words and icons of a measured box where the box now stands, centred in a wider one."""
    dx = rect.x + (rect.width - fitted.width) / 2
    dy = rect.y + (rect.height - fitted.height) / 2
    words = tuple(
        Words(w.text, w.role, w.x + dx, w.y + dy, w.width, w.size, w.weight) for w in fitted.words
    )
    icons = tuple(Icon(i.name, i.x + dx, i.y + dy, i.size) for i in fitted.icons)
    return words, icons
