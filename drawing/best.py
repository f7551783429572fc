"""The best order along the rows that can be found: fewest crossings, then ways on as their author has them.

The search starts where the author's order leads, sweeps, moves items while that helps, then shakes
the best found so far and tries again: so many times and with such dice that the same text gives
the same picture. In the end each pair of ways out of the author's order is put right, with all that
hangs from them, where that costs no crossing.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from drawing.order import Found, Rows, Search
from drawing.rows import Grid

# While others settle round a pair that was put right, it weighs as much as so many crossings.
_HELD = 1_000_000
_SHARE = 6  # one pair is tried for so many tries of the search


def best_order(grid: Grid, tries: int, starts: tuple[Rows, ...] = ()) -> Search:
    """The best order found, and the sides the loops take; `tries` says how long to look."""
    search = Search(grid)
    search.start_as_written()
    if not grid.items:
        return search
    if not tries and not starts:
        search.sweep(True)
        search.settle_roughly()
        return search
    best = _improved(search)
    dice = Random(20261121)
    for rows in starts:
        search.load([search.in_lanes(row) for row in rows])
        best = min(best, _improved(search), key=_cost_of)
    for _ in range(tries // 3):
        if best[0] == 0:
            break
        search.start_as_written(dice)
        best = min(best, _improved(search), key=_cost_of)
    best = _mirrored(search, best)
    for _ in range(tries - tries // 3):
        if best[0] == 0:
            break
        search.restore(best)
        _shake(search, dice)
        found = _improved(search, 1)
        if found[0] < best[0] or (found[0] == best[0] and dice.random() < 0.5):
            best = found
    search.restore(put_right(search, _mirrored(search, best), tries // _SHARE))
    return search


def _mirrored(search: Search, best: Found) -> Found:
    """The better of an order and its mirror image: both cross alike, but not both read alike."""
    if search.grid.net.columns > 1 or best[0] == 0:
        return best
    search.load([row[::-1] for row in best[1]])
    search.upper_side, search.lower_side = [-s for s in best[2]], [-s for s in best[3]]
    return min(best, _improved(search), key=_cost_of)


def put_right(search: Search, best: Found, tries: int) -> Found:
    """Pairs out of the author's order change places with what hangs from them, if that is cheaper.

    Begun anew after each that is, until none is, or so many were tried.
    """
    search.restore(best)
    waiting = search.out_of_order()[::-1]
    while waiting and tries:
        tries -= 1
        found = min(_with_pair_swapped(search, best, *waiting.pop()), key=_cost_of)
        if found[0] < best[0]:
            best = found
            search.restore(best)
            waiting = search.out_of_order()[::-1]
    return best


def _with_pair_swapped(search: Search, best: Found, left: int, right: int) -> Iterator[Found]:
    """What comes of it if these two of a row stand the other way round, the rest settled round them."""
    row = search.grid.row_of[left]
    free = search.wish.get((left, right), 0)
    for hanging in (False, True):
        for sweeps in ((), (True,), (False,)):
            search.restore(best)
            search.exchange(left, right, hanging)
            search.wish[left, right] = free + _HELD
            for down in sweeps:
                search.sweep(down, row + 1 if down else max(row - 1, 0))
            search.settle()
            search.wish[left, right] = free
            yield _improved(search, 0)


def _cost_of(found: Found) -> int:
    return found[0]


def _improved(search: Search, sweeps: int = 3) -> Found:
    """Settle the order as it stands, and again after each sweep; keep the cheapest."""
    search.settle()
    best = search.cost()
    rows = search.copy_rows()
    for _ in range(sweeps if best else 0):
        search.sweep(False)
        search.sweep(True)
        search.settle()
        cost = search.cost()
        if cost < best:
            best, rows = cost, search.copy_rows()
    return best, rows, list(search.upper_side), list(search.lower_side)


def _shake(search: Search, dice: Random) -> None:
    """Change something: ways that stand out of order, the side of a loop, a stretch of a row."""
    loops = [place for place, span in enumerate(search.grid.spans) if span.rising]
    if loops and dice.random() < 0.3:
        span = dice.choice(loops)
        which = dice.randrange(3)
        if which != 1:
            search.upper_side[span] = -search.upper_side[span]
        if which != 2:
            search.lower_side[span] = dice.choice((-1, 0, 1))
        return
    wrong = search.out_of_order()
    if wrong and dice.random() < 0.6:
        left, right = dice.choice(wrong)
        row = search.grid.row_of[left]
        search.exchange(left, right, dice.random() < 0.5)
        if dice.random() < 0.7:
            search.sweep(True, row + 1)
        else:
            search.sweep(False, max(row - 1, 0))
        return
    for _ in range(dice.randint(1, 2)):
        row = dice.randrange(search.grid.depth)
        items = search.rows[row]
        if len(items) > 1 and dice.random() < 0.3:
            left, right = dice.sample(items, 2)
            search.exchange(left, right, True)
        elif len(items) > 1:
            start = dice.randrange(len(items) - 1)
            stop = dice.randint(start + 2, len(items))
            part = items[start:stop]
            dice.shuffle(part)
            search.put(row, search.in_lanes(items[:start] + part + items[stop:]))
            if dice.random() < 0.5:
                search.sweep(True, row + 1)
