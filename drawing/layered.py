"""The layout: rows, order, places and lines, each from its own module."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from drawing.columns import places
from drawing.engine import engine_plan
from drawing.known import known_order
from drawing.lattice import lattice_of
from drawing.net import LayoutError, Net, Plan, self_loop_room
from drawing.order import Rows
from drawing.ranks import hang
from drawing.routes import Router
from drawing.rows import Grid, grid_of
from drawing.seed import rows_like
from drawing.stable import Before, kept_order, settled

# From so many boxes on the search begins where graphlay ends, which knows more about great tangles.
_ENGINE_FROM, _ENGINE_FROM_QUICK = 120, 300


def layered_plan(
    net: Net, tries: int = 60, quick: bool = False, before: Before | None = None
) -> Plan:
    """Lay out by the house's rules: lanes, the author's order, loops aside, free labels.

    With `before`, what has not changed stays where it was as far as it can.
    """
    ranks, spans = hang(net)
    net = _grown(net)
    if net.even:
        net = _evened(net, ranks)
    grid = grid_of(net, ranks, spans)
    search = known_order(grid, tries, _starts(net, grid, quick))
    if before is not None:
        search = kept_order(grid, before, search)
    lattice = lattice_of(search)
    x, walls = places(lattice, quick, before.anchors if before else None)
    plan = Router(lattice, x, walls).plan()
    return settled(plan, before) if before else plan


def _starts(net: Net, grid: Grid, quick: bool) -> tuple[Rows, ...]:
    if len(net.sizes) < (_ENGINE_FROM_QUICK if quick else _ENGINE_FROM):
        return ()
    try:
        return (rows_like(grid, engine_plan(net)),)
    except LayoutError:
        return ()


def _grown(net: Net) -> Net:
    """A box that leads to itself is high enough for the words of all those ways."""
    rooms: dict[int, float] = {}
    for link in net.links:
        if link.source == link.target:
            room = self_loop_room(link, net.scale)
            rooms[link.source] = rooms.get(link.source, 0.0) + room
    if not rooms:
        return net
    sizes = ((w, max(h, rooms.get(box, 0.0))) for box, (w, h) in enumerate(net.sizes))
    return replace(net, sizes=tuple(sizes))


def _evened(net: Net, ranks: list[int]) -> Net:
    """Boxes of a row with four or more share the height of the tallest."""
    many = {rank for rank, count in Counter(ranks).items() if count >= 4}
    tallest: dict[int, float] = {}
    for (_, height), rank in zip(net.sizes, ranks, strict=True):
        tallest[rank] = max(tallest.get(rank, 0.0), height)
    sizes = tuple(
        (width, tallest[rank] if rank in many else height)
        for (width, height), rank in zip(net.sizes, ranks, strict=True)
    )
    return replace(net, sizes=sizes)
