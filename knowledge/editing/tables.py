"""Changes to tables: one cell, a row or a column at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowledge.editing.change import (
    Edit,
    Refused,
    Replacement,
    Stale,
    ends_line,
    line_end,
    line_start,
    newline_at,
)
from knowledge.editing.outline import Outline, Rows, outline, touches
from knowledge.editing.prove import prove, where
from knowledge.editing.words import as_markdown, escape_first, footnotes_of, reads_as
from knowledge.model import Page, Row, Section, Span, Table
from knowledge.tables import cells_of


def set_cell(
    page: Page,
    section: Section,
    table: Table,
    row: int,
    column: int,
    words: str,
    markdown: bool = False,
) -> Edit:
    """Give a cell other words. Row 0 is the header, 1 the first below it."""
    rows = _rows(table)
    if not 0 <= row < len(rows) or not 0 <= column < len(table.header.cells):
        raise Stale("This cell is not there any more")
    asked = reads_as(words, markdown)
    target = rows[row]
    old = target.spans[column].of(page.text) if column < len(target.spans) else ""
    new = as_markdown(words, markdown, bars=not markdown) + ("" if markdown else footnotes_of(old))
    cells = [s.of(page.text) for s in target.spans]
    cells += [""] * (column + 1 - len(cells))
    read = [*target.cells, *[""] * (len(cells) - len(target.cells))]
    cells[column], read[column] = new, asked
    simple: list[list[Replacement]] = []
    if column < len(target.spans):
        simple = [[_in_cell(page.text, target.spans[column], new)]]
    attempts = [*simple, [_whole_row(page.text, target, cells)]]
    wanted = (*(r.cells for r in rows[:row]), tuple(read), *(r.cells for r in rows[row + 1 :]))
    said = f"The cell '{target.cells[column] if column < len(target.cells) else ''}' now reads '{asked}'"
    return _prove(page, section, table, attempts, wanted, said)


def add_row(
    page: Page, section: Section, table: Table, after: int, cells: Sequence[str] = ()
) -> Edit:
    """Add a row below row `after` (0: below the header)."""
    rows = _rows(table)
    width = len(table.header.cells)
    if not 0 <= after < len(rows) or len(cells) > width:
        raise Stale("This row is not there any more")
    text = page.text
    asked = [reads_as(c, False) for c in cells] + [""] * (width - len(cells))
    words = [as_markdown(c, False, bars=True) for c in asked]
    last = line_end(text, rows[after].spans[-1].end)
    at = line_end(text, last) if after == 0 else last
    newline = newline_at(text, at)
    indent, _ = _style(text, table.header)
    lead = "" if ends_line(text, at) else newline
    plain = _joined(words, _style(text, table.header)[1])
    attempts = [
        [Replacement(at, at, lead + indent + line + newline)]
        for line in (plain, _joined(words, True))
    ]
    wanted = tuple(r.cells for r in rows)
    wanted = (*wanted[: after + 1], tuple(asked), *wanted[after + 1 :])
    return _prove(page, section, table, attempts, wanted, "The table has a new row")


def remove_row(page: Page, section: Section, table: Table, row: int) -> Edit:
    """Take a row out; the header stays."""
    rows = _rows(table)
    if row == 0:
        raise Refused("The first row names the columns and cannot be removed", "Change its words.")
    if not 0 < row < len(rows):
        raise Stale("This row is not there any more")
    text = page.text
    start = line_start(text, rows[row].spans[0].start)
    change = Replacement(start, line_end(text, rows[row].spans[-1].end), "")
    wanted = tuple(r.cells for n, r in enumerate(rows) if n != row)
    return _prove(page, section, table, [[change]], wanted, "A row of the table is removed")


def add_column(
    page: Page, section: Section, table: Table, after: int, header: str, cells: Sequence[str] = ()
) -> Edit:
    """Add a column behind column `after` (-1: as the first)."""
    rows = _rows(table)
    asked = [reads_as(header, False), *(reads_as(c, False) for c in cells)]
    asked += [""] * (len(rows) - len(asked))
    place = min(after + 1, len(table.header.cells))

    def widen(raw: list[str], new: str) -> list[str]:
        raw = raw + [""] * (place - len(raw))
        return [*raw[:place], new, *raw[place:]]

    simple: list[Replacement] = []
    changes: list[Replacement] = []
    for row, words in zip(rows, asked, strict=True):
        simple.append(_insertion(row.spans, place, as_markdown(words, False, bars=True)))
        raw = widen([s.of(page.text) for s in row.spans], as_markdown(words, False, bars=True))
        changes.append(_whole_row(page.text, row, raw))
    rule = _rule(page.text, table)
    simple.append(_insertion(rule, place, "---"))
    changes.append(_whole_rule(page.text, rule, widen([s.of(page.text) for s in rule], "---")))
    wanted = tuple(tuple(widen(list(r.cells), w)) for r, w in zip(rows, asked, strict=True))
    return _prove(
        page, section, table, [simple, changes], wanted, f"The table has a new column '{asked[0]}'"
    )


def remove_column(page: Page, section: Section, table: Table, column: int) -> Edit:
    """Take a column out; the last one stays."""
    rows = _rows(table)
    if len(table.header.cells) == 1:
        raise Refused("This is the only column of the table", "Remove the table's text instead.")
    if not 0 <= column < len(table.header.cells):
        raise Stale("This column is not there any more")
    rule = _rule(page.text, table)
    changes = [_cut(r.spans, column) for r in rows if column < len(r.spans) and len(r.spans) > 1]
    changes += [Replacement(*r.spans[0], "") for r in rows if column == 0 and len(r.spans) == 1]
    changes.append(_cut(rule, column))

    def without(raw: Sequence[str]) -> list[str]:
        left = [c for n, c in enumerate(raw) if n != column]
        return left or [""]

    whole = [_whole_row(page.text, r, without([s.of(page.text) for s in r.spans])) for r in rows]
    whole.append(_whole_rule(page.text, rule, without([s.of(page.text) for s in rule])))
    wanted = tuple(tuple(without(r.cells)) for r in rows)
    said = f"The column '{table.header.cells[column]}' is removed"
    return _prove(page, section, table, [changes, whole], wanted, said)


# -- where and how -------------------------------------------------------------------------------


def _rows(table: Table) -> tuple[Row, ...]:
    return (table.header, *table.rows)


def _rule(text: str, table: Table) -> list[Span]:
    """The cells of the line of dashes below the header."""
    start = line_end(text, table.header.spans[-1].end)
    return cells_of(text, Span(start, line_end(text, start, whole=False)))


def _style(text: str, row: Row) -> tuple[str, bool]:
    """The indent of a row, and whether it begins with a bar."""
    start = line_start(text, row.spans[0].start)
    line = text[start : row.spans[0].start]
    words = line.lstrip(" \t")
    return line[: len(line) - len(words)], words.startswith("|")


def _joined(cells: Sequence[str], bars: bool) -> str:
    if bars or not all(cells) or len(cells) == 1:
        return "|" + "|".join(f" {c} " if c else "  " for c in cells) + "|"
    return " | ".join([escape_first(cells[0]), *cells[1:]])


def _in_cell(text: str, span: Span, words: str) -> Replacement:
    """Words in place of a cell's; an empty cell gets a space on either side."""
    before = "" if text[span.start - 1 : span.start] in ("", " ", "\t", "\r", "\n") else " "
    behind = "" if text[span.end : span.end + 1] in ("", " ", "\t", "\r", "\n") else " "
    if span.start != span.end:
        before = behind if words.endswith("\\") else ""
        behind = before
    return Replacement(*span, before + words + behind if words else "")


def _whole_row(text: str, row: Row, cells: Sequence[str]) -> Replacement:
    """The line of a row written anew, in the style it had where that can be kept."""
    start, end = _line(text, row.spans)
    _, bars = _style(text, row)
    return Replacement(start, end, _joined(cells, bars))


def _whole_rule(text: str, rule: list[Span], cells: Sequence[str]) -> Replacement:
    start, end = _line(text, rule)
    bars = text[start] == "|" or len(cells) == 1
    line = " | ".join(c or "---" for c in cells)
    return Replacement(start, end, f"| {line} |" if bars else line)


def _line(text: str, spans: Sequence[Span]) -> tuple[int, int]:
    start = line_start(text, spans[0].start)
    while text[start] in " \t":
        start += 1
    end = line_end(text, spans[-1].end, whole=False)
    while end > start and text[end - 1] in " \t":
        end -= 1
    return start, end


def _insertion(spans: Sequence[Span], place: int, words: str) -> Replacement:
    """A cell and a bar, put before the first cell or behind another."""
    if place == 0:
        return Replacement(spans[0].start, spans[0].start, f"{words} | ")
    at = spans[min(place, len(spans)) - 1].end
    return Replacement(at, at, f" | {words}" if words else " | ")


def _cut(spans: Sequence[Span], column: int) -> Replacement:
    """A cell and one of the bars beside it."""
    if column + 1 < len(spans):
        return Replacement(spans[column].start, spans[column + 1].start, "")
    return Replacement(spans[column - 1].end, spans[column].end, "")


def _prove(
    page: Page,
    section: Section,
    table: Table,
    attempts: list[list[Replacement]],
    rows: Rows,
    said: str,
) -> Edit:
    number = where(page, section)
    place = next((n for n, t in enumerate(section.tables) if t.span == table.span), None)
    if place is None:
        raise Stale("This table is not there any more")
    expect = _expect(page, number, place, table, rows)
    return prove(page, attempts, expect, said, around=table.span)


def _expect(
    page: Page, number: int, place: int, table: Table, rows: Rows
) -> Callable[[Outline], Outline]:
    """This table reads so; links and references outside it are what they were."""

    def expect(got: Outline) -> Outline:
        wanted = outline(page)
        part = wanted.parts[number]
        tables = (*part.tables[:place], rows, *part.tables[place + 1 :])
        part = part._replace(tables=tables)
        if len(got.parts) == len(wanted.parts):
            section, new = page.sections[number], got.parts[number]
            inside = Edit("", "", (Replacement(table.span.start, table.span.end, ""),), "")
            links = [k for k, link in enumerate(section.links) if touches(link.span, inside)]
            notes = [k for k, f in enumerate(section.footnotes) if touches(f.span, inside)]
            if links:
                behind = len(part.links) - links[-1] - 1
                got_links = new.links[links[0] : len(new.links) - behind]
                part = part._replace(
                    links=(*part.links[: links[0]], *got_links, *part.links[links[-1] + 1 :])
                )
            if notes:
                behind = len(part.footnotes) - notes[-1] - 1
                got_notes = new.footnotes[notes[0] : len(new.footnotes) - behind]
                part = part._replace(
                    footnotes=(
                        *part.footnotes[: notes[0]],
                        *got_notes,
                        *part.footnotes[notes[-1] + 1 :],
                    )
                )
        return wanted.with_part(number, part)

    return expect
