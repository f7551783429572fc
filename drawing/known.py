"""Orders found before: other words in the same boxes need no other order, so the search is spared."""

from __future__ import annotations

from drawing.best import best_order
from drawing.order import Found, Rows, Search
from drawing.ranks import Span
from drawing.rows import Grid

# What an order depends on: how long to look, the columns, the rows, and what is joined to what. Sizes are not in it.
Shape = tuple[int, int, tuple[int, ...], tuple[int, ...], tuple[Span, ...]]

_MOST = 512  # a pathway on paper has some thirty pieces, most of them tried
_found: dict[Shape, Found] = {}


def known_order(grid: Grid, tries: int, starts: tuple[Rows, ...] = ()) -> Search:
    """What `best_order` gives, looked for only once where the places of boxes have no say in it."""
    if starts or not tries:
        return best_order(grid, tries, starts)
    net = grid.net
    shape = (tries, net.columns, net.lanes, tuple(grid.ranks), tuple(grid.spans))
    found = _found.get(shape)
    if found is None:
        search = best_order(grid, tries)
        if len(_found) >= _MOST:
            del _found[next(iter(_found))]
        _found[shape] = (
            0,
            search.copy_rows(),
            list(search.upper_side),
            list(search.lower_side),
        )
        return search
    search = Search(grid)
    search.restore(found)
    return search


def forget() -> None:
    """Look anew from now on, for those who measure."""
    _found.clear()
