"""Ladders: the levels of a threshold, one beside its neighbours, with the words that differ marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html import escape
from typing import TYPE_CHECKING

from desktop.composing import anchor
from knowledge.model import Page, Row, Section, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from knowledge.library import Library
    from knowledge.render import Options, Renderer

_PIECE = re.compile(r"<[^>]*>|&#?\w+;|[^<&]+|&")
_WORD = re.compile(r"\w[\w'’.,-]*\w|\w")
_GRAVE = re.compile(r"\b(emergency|danger|risk to life|red)\b", re.IGNORECASE)
CHOSEN, BY_WORDS, GRAVEST = "You chose", "Has your words", "The gravest level"
"""Why a level is the one shown: it is never said that somebody chose who did not."""
_WHY_ICONS = {CHOSEN: "map-pin", BY_WORDS: "search", GRAVEST: "layers"}
JUDGEMENT = "A level prompts judgement. If a family worries you below a line, act on the worry."


@dataclass(frozen=True, slots=True)
class Ladder:
    """A table of levels on a page. Level 1 is its first row, the mildest; the gravest is the last."""

    section: Section
    table: Table
    name: str

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(row.cells[0] if row.cells else "" for row in self.table.rows)


def ladders(page: Page) -> list[Ladder]:
    """Every ladder of a page with at least two levels, named by its heading."""
    found: list[Ladder] = []
    for section in page.sections:
        tables = [t for t in section.tables if t.ladder and len(t.rows) > 1]
        for number, table in enumerate(tables, 1):
            name = section.title or page.title
            found.append(Ladder(section, table, f"{name} {number}" if len(tables) > 1 else name))
    return found


def without_number(name: str, number: int) -> str:
    """A level's name, for beside its number: "4 Specialist" is "Specialist"."""
    return re.sub(rf"^(?:level )?{number}(?:[.:]| [–-])? +(?=\S)", "", name, flags=re.IGNORECASE)


def is_grave(ladder: Ladder, level: int, library: Library) -> bool:
    """Whether a level says that somebody may come to harm now."""
    row = ladder.table.rows[level]
    if _GRAVE.search(row.cells[0] if row.cells else ""):
        return True
    first, last = row.spans[0].start, row.spans[-1].end
    inside = [link for link in ladder.section.links if first <= link.span.start < last]
    return level == len(ladder.table.rows) - 1 and any(
        link.page in library.emergency and link.page.startswith("pathways/") for link in inside
    )


def level_of(ladder: Ladder, words: tuple[str, ...]) -> int | None:
    """The level whose row has most of the words that were searched for; of several, the gravest."""
    wanted = {word.casefold() for word in words}
    scores = [
        len(wanted.intersection(w.casefold() for cell in row.cells for w in _WORD.findall(cell)))
        for row in ladder.table.rows
    ]
    best = max(scores, default=0)
    return len(scores) - 1 - scores[::-1].index(best) if best else None


def compared(
    renderer: Renderer,
    page: Page,
    ladder: Ladder,
    level: int,
    options: Options,
    *,
    stacked: bool,
    why: str = CHOSEN,
) -> str:
    """The level shown between its neighbours; one below the other where it is narrow."""
    rows = ladder.table.rows
    shown = [n for n in (level - 1, level, level + 1) if 0 <= n < len(rows)]
    bare = replace(options, terms=None)
    cells = {
        n: _cells(renderer, page, rows[n], len(ladder.table.header.cells), bare) for n in shown
    }
    for other in shown:
        if other != level:
            cells[other] = [
                mark_differing(theirs, ours)
                for theirs, ours in zip(cells[other], cells[level], strict=True)
            ]
    names = ladder.levels
    header = ladder.table.header.cells
    parts = [f'<h2 id="ladder-compared">{escape(ladder.name)}</h2>']
    if stacked:
        order = [level, *[n for n in reversed(shown) if n != level]]
        parts += [_column_table([n], level, names, header, cells, why) for n in order]
    else:
        parts.append(_column_table(shown, level, names, header, cells, why))
    parts.append(_next(page, ladder, level, cells))
    parts.append(
        f'<p class="small"><span class="differs">Underlined</span> = differs from level '
        f"{level + 1}. {JUDGEMENT}</p>"
    )
    return "".join(parts)


def _cells(renderer: Renderer, page: Page, row: Row, many: int, options: Options) -> list[str]:
    found = [renderer.words(page, span.of(page.text), options) for span in row.spans[:many]]
    return found + [""] * (many - len(found))


def _column_table(
    shown: list[int],
    level: int,
    names: tuple[str, ...],
    header: tuple[str, ...],
    cells: dict[int, list[str]],
    why: str,
) -> str:
    width = f"{100 // len(shown)}%"
    heads = "".join(_head(n, level, names[n], width, why) for n in shown)
    lines = [f'<tr class="level-heads">{heads}</tr>']
    for number, title in enumerate(header):
        if not number:
            continue
        row = "".join(
            f'<td class="{"chosen" if n == level else "beside"}" width="{width}">'
            f'<p class="label">{escape(title)}</p><p class="cell">{cells[n][number] or "Not given"}</p></td>'
            for n in shown
        )
        lines.append(f"<tr>{row}</tr>")
    return f'<table class="levels" width="100%" cellspacing="0">{"".join(lines)}</table>'


def _head(number: int, level: int, name: str, width: str, why: str) -> str:
    if number == level:
        words, icon, kind = why, _WHY_ICONS[why], "chosen-head"
    elif number < level:
        words, icon, kind = "One level down", "arrow-down", "beside-head"
    else:
        words, icon, kind = "One level up", "arrow-up", "beside-head"
    title = f"{number + 1} · {escape(without_number(name, number + 1))}"
    if number != level:
        title = f'<a href="do:level-{number}">{title}</a>'
    return (
        f'<td class="{kind}" width="{width}"><p class="label">'
        f'<img src="icon:{icon}/ink"> {words}</p><p class="level">{title}</p></td>'
    )


def _next(page: Page, ladder: Ladder, level: int, cells: dict[int, list[str]]) -> str:
    """One sentence, in the page's own words, on what makes it the next level up."""
    more = next(
        (
            s
            for s in page.sections
            if "next level" in s.title.casefold() and s is not ladder.section
        ),
        None,
    )
    link = f" {anchor(page.path, 'More on this', more.anchor)}" if more is not None else ""
    if level + 1 not in cells:
        return f"<p><strong>This is the top of this ladder.</strong>{link}</p>"
    said = cells[level + 1][1] if len(cells[level + 1]) > 1 else ""
    said = re.sub(r'<span class="differs">(.*?)</span>', r"\1", said)
    return (
        f'<p><img src="icon:arrow-up/accent"> <strong>What would make it level {level + 2}?</strong> '
        f"{said}.{link}</p>".replace("..", ".")
    )


def mark_differing(theirs: str, ours: str) -> str:
    """The words of one cell that are not in the other's, marked; both are HTML."""
    mine = [word.casefold() for word, _, _ in _words(ours)]
    words = _words(theirs)
    matcher = SequenceMatcher(None, mine, [word.casefold() for word, _, _ in words], autojunk=False)
    differing: list[tuple[int, int]] = []
    for tag, _, _, first, last in matcher.get_opcodes():
        if tag in ("insert", "replace"):
            for _, start, end in words[first:last]:
                joins = differing and not re.search(r"[<\w]", theirs[differing[-1][1] : start])
                if joins:
                    differing[-1] = (differing[-1][0], end)
                else:
                    differing.append((start, end))
    out: list[str] = []
    at = 0
    for start, end in differing:
        out += (theirs[at:start], '<span class="differs">', theirs[start:end], "</span>")
        at = end
    return "".join([*out, theirs[at:]])


def _words(html: str) -> list[tuple[str, int, int]]:
    """The words of some HTML and where they stand; keys of sources and marks do not count."""
    found: list[tuple[str, int, int]] = []
    skipping = False
    for piece in _PIECE.finditer(html):
        text = piece.group()
        if text[0] == "&":
            continue
        if text[0] == "<":
            if text.startswith("<a") and ('"source"' in text or '"check"' in text):
                skipping = True
            elif text.startswith("</a"):
                skipping = False
            continue
        if not skipping:
            found += [
                (w.group(), piece.start() + w.start(), piece.start() + w.end())
                for w in _WORD.finditer(text)
            ]
    return found


def level_style(colours: dict[str, str], px: Callable[[float], int]) -> str:
    """Rules for the levels: the chosen column framed and tinted."""
    c = colours
    pad = f"padding: {px(8)}px {px(12)}px;"
    thin = f"1px solid {c['edge']}"
    side = f"2px solid {c['accent']}"
    return f"""
table.levels {{ margin: {px(8)}px 0 {px(10)}px 0; }}
td.beside {{ {pad} border-bottom: {thin}; border-left: {thin}; border-right: {thin}; vertical-align: top; }}
td.beside-head {{ {pad} border: {thin}; vertical-align: top; background-color: {c["canvas"]}; }}
td.chosen {{ {pad} border-left: {side}; border-right: {side}; border-bottom: {side}; vertical-align: top; }}
td.chosen-head {{ {pad} border: {side}; vertical-align: top; background-color: {c["accent_tint"]}; }}
p.label {{ font-size: {px(13)}px; color: {c["ink_muted"]}; font-weight: 600; margin: 0 0 {px(2)}px 0; }}
p.level {{ font-size: {px(17)}px; font-weight: 700; margin: 0; }}
p.cell {{ font-size: {px(15)}px; margin: 0; }}
"""
