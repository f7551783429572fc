"""Tables in narrow windows: one with too many columns for its words becomes its rows, one below the other."""

from __future__ import annotations

import re

LEAST = 96  # the narrowest a column may be, in sizes of the design; below it words would break
_TABLE = re.compile(r'<table[^>]*class="(?:grid|ladder)"[^>]*>(.*?)</table>', re.DOTALL)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd](?: [^>]*)?>(.*?)</t[hd]>", re.DOTALL)


def most_columns(width: float) -> int:
    """How many columns there is room for in a text so wide, in sizes of the design."""
    return max(2, int(width // LEAST))


def stack_tables(html: str, most: int) -> str:
    """Rendered HTML with its wider tables as rows of "heading: words"; the others stay tables."""
    if "<table" not in html:
        return html
    return _TABLE.sub(lambda found: _stacked(found.group(), found.group(1), most), html)


def _stacked(whole: str, inside: str, most: int) -> str:
    rows = [_CELL.findall(row) for row in _ROW.findall(inside)]
    if len(rows) < 2 or len(rows[0]) <= most:
        return whole
    titles, parts = rows[0], []
    for row in rows[1:]:
        lines = [f"<strong>{row[0]}</strong>"] if row and row[0].strip() else []
        lines += [
            f'<span class="small">{title}:</span> {cell}' if title.strip() else cell
            for title, cell in zip(titles[1:], row[1:], strict=False)
            if cell.strip()
        ]
        parts.append(f"<p>{'<br>'.join(lines)}</p>")
    return "".join(parts)
