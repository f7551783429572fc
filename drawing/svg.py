"""A drawing as SVG, with a title and a description, for any viewer or a printed page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from drawing.colours import BOXES, LIGHT, Palette, stroke_of
from drawing.diagram import Drawing, Icon, Look, PlacedBox, PlacedWay, Rect, Role, Words
from drawing.head import head_of
from drawing.icons import ICONS
from drawing.strokes import Move, arrowhead, frame, line, outline

FONTS = "'Atkinson Hyperlegible Next', 'Segoe UI', 'Noto Sans', sans-serif"


def svg_of(drawing: Drawing, palette: Palette = LIGHT, said: Sequence[str] = ()) -> str:
    """The whole drawing as one SVG document; what is `said` stands above it."""
    head = head_of(drawing.rect, said)
    content = body(drawing, palette)
    if head.words:
        x, y = _n(drawing.rect.x), _n(drawing.rect.y)
        rule = f'<path d="M{x} {y}H{_n(drawing.rect.right)}" stroke="{palette["line"]}"/>'
        above = [rule, *(_words(words, palette["ink"]) for words in head.words)]
        content = "\n".join(above) + "\n" + content
    told = "\n".join([*said, _described(drawing)])
    return svg_page(head.rect, drawing.diagram.title, told, content, palette)


def svg_page(rect: Rect, title: str, description: str, content: str, palette: Palette) -> str:
    """A document around SVG content that was placed in `rect`."""
    view = f"{_n(rect.x)} {_n(rect.y)} {_n(rect.width)} {_n(rect.height)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title description"'
        f' width="{_n(rect.width)}" height="{_n(rect.height)}" viewBox="{view}"'
        f' font-family="{FONTS}">\n'
        f'<title id="title">{_safe(title)}</title>\n'
        f'<desc id="description">{_safe(description)}</desc>\n'
        f'<rect x="{_n(rect.x)}" y="{_n(rect.y)}" width="{_n(rect.width)}"'
        f' height="{_n(rect.height)}" fill="{palette["graph"]}"/>\n'
        f"{content}</svg>\n"
    )


def body(drawing: Drawing, palette: Palette = LIGHT) -> str:
    """The marks of a drawing without the document around them."""
    scale = drawing.scale
    parts: list[str] = []
    for lane in drawing.lanes[1:]:
        x, y = _n(lane.rect.x), _n(lane.rect.y)
        parts.append(
            f'<path d="M{x} {y}V{_n(lane.rect.bottom)}" stroke="{palette["line"]}" fill="none"/>'
        )
    for lane in drawing.lanes:
        parts += [_words(words, palette["ink_muted"]) for words in lane.words]
    parts += [_way(way, scale, palette) for way in drawing.ways]
    parts += [_box(box, scale, palette) for box in drawing.boxes]
    parts += [_label(way, scale, palette) for way in drawing.ways if way.label]
    return "\n".join(parts) + "\n"


def _described(drawing: Drawing) -> str:
    """What the picture says, in words: every step with the ways that lead on from it."""
    titles = {box.key: box.box.title for box in drawing.boxes}
    numbers = {box.key: box.box.number for box in drawing.boxes}
    sentences = [drawing.diagram.summary] if drawing.diagram.summary else []
    for placed in drawing.boxes:
        box = placed.box
        if not box.number:
            continue
        ways = [way.arrow for way in drawing.ways if way.arrow.source == box.key]
        on = "; ".join(
            f"{arrow.label or 'then'}: "
            + (f"step {numbers[arrow.target]}" if numbers[arrow.target] else titles[arrow.target])
            for arrow in ways
        )
        time = f", {box.timeframe}" if box.timeframe else ""
        sentences.append(f"Step {box.number}, {box.look.value}: {box.title}{time}. {on}".strip())
    return "\n".join(sentences)


def _box(box: PlacedBox, scale: float, palette: Palette) -> str:
    fill, edge, kind, ink = (palette[name] for name in BOXES[box.box.look])
    wide = stroke_of(box.box.look) * scale
    dash = f' stroke-dasharray="{_n(6 * scale)} {_n(4 * scale)}"' if box.dashed else ""
    parts = [
        f'<g id="{_safe(box.key)}"><path d="{_d(outline(box, scale))}" fill="{fill}"'
        f' stroke="{edge}" stroke-width="{_n(wide)}"{dash} stroke-linejoin="round"/>'
    ]
    if box.double:
        inner = palette["on_urgent"] if box.box.look is Look.URGENT else edge
        parts.append(
            f'<path d="{_d(outline(box, scale, 4 * scale))}" fill="none" stroke="{inner}"'
            f' stroke-width="{_n(scale)}"/>'
        )
    for words in box.words:
        parts.append(_words(words, kind if words.role is Role.KIND else ink))
    parts += [_icon(icon, kind if icon.name != "clock" else ink) for icon in box.icons]
    return "".join(parts) + "</g>"


def _way(way: PlacedWay, scale: float, palette: Palette) -> str:
    wire = palette["wire"]
    dash = f' stroke-dasharray="{_n(7 * scale)} {_n(5 * scale)}"' if way.dashed else ""
    head = arrowhead(way, scale)
    path = (
        f'<path d="{_d(line(way, scale))}" fill="none" stroke="{wire}"'
        f' stroke-width="{_n(1.6 * scale)}"{dash}/>'
    )
    if head is None:
        return path
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in head)
    fill = palette["graph"] if way.arrow.loop else wire
    return path + (
        f'<polygon points="{points}" fill="{fill}" stroke="{wire}"'
        f' stroke-width="{_n(scale)}" stroke-linejoin="round"/>'
    )


def _label(way: PlacedWay, scale: float, palette: Palette) -> str:
    if way.label is None:
        return ""
    plate = _d(frame(way.label, 3 * scale))
    parts = [f'<path d="{plate}" fill="{palette["graph"]}"/>']
    parts += [_words(words, palette["ink"]) for words in way.words]
    if way.icon:
        parts.append(_icon(way.icon, palette["ink"]))
    return "".join(parts)


def _words(words: Words, colour: str) -> str:
    return (
        f'<text x="{_n(words.x)}" y="{_n(words.y)}" font-size="{_n(words.size)}"'
        f' font-weight="{words.weight}" fill="{colour}" textLength="{_n(words.width)}"'
        f' lengthAdjust="spacingAndGlyphs">{_safe(words.text)}</text>'
    )


def _icon(icon: Icon, colour: str) -> str:
    return (
        f'<g transform="translate({_n(icon.x)} {_n(icon.y)}) scale({icon.size / 24:.4f})"'
        f' fill="none" stroke="{colour}" stroke-width="2" stroke-linecap="round"'
        f' stroke-linejoin="round">{ICONS[icon.name]}</g>'
    )


def _d(moves: list[Move]) -> str:
    return "".join(f"{move[0]}{' '.join(_n(float(v)) for v in move[1:])}" for move in moves)


def _n(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _safe(text: str) -> str:
    """Text for XML: escaped, and without the control characters that XML does not allow."""
    printable = (c for c in text if c in "\t\n\r" or ord(c) >= 32)
    return escape("".join(c for c in printable if ord(c) not in (0xFFFE, 0xFFFF)))
