"""Which row each box stands in: ways lead down, marked loops up, lines as short as can be."""

from __future__ import annotations

from dataclasses import dataclass

from drawing.net import Net
from drawing.simplex import longest_paths, simplex

_MANY = 400  # beyond this many boxes rows come from longest paths alone


@dataclass(frozen=True, slots=True)
class Span:
    """A link as it hangs in the rows: from its upper box down to its lower one."""

    link: int
    upper: int
    lower: int
    rising: bool  # the link leads up: a loop, or the way that closes an unmarked circle


def hang(net: Net) -> tuple[list[int], list[Span]]:
    """The row of every box, counted from 0, and the links that go between rows."""
    spans = _spans(net)
    count = len(net.sizes)
    arcs = [(span.upper, span.lower, 1, 1 if span.rising else 2) for span in spans]
    ranks = [0] * count
    for piece in _pieces(count, arcs):
        for node, rank in zip(piece, _rank(piece, arcs), strict=True):
            ranks[node] = rank
    return ranks, spans


def _spans(net: Net) -> list[Span]:
    """Links turned so that none of them closes a circle; those to oneself are left out."""
    below: list[list[tuple[int, int]]] = [[] for _ in net.sizes]
    for number, link in enumerate(net.links):
        if link.source != link.target:
            upper, lower = (link.target, link.source) if link.loop else (link.source, link.target)
            below[upper].append((lower, number))
    turned = _circles(below)
    spans: list[Span] = []
    for number, link in enumerate(net.links):
        if link.source != link.target:
            rising = link.loop != (number in turned)
            ends = (link.target, link.source) if rising else (link.source, link.target)
            spans.append(Span(number, *ends, rising))
    return spans


def _circles(below: list[list[tuple[int, int]]]) -> set[int]:
    """The links that lead back to a box on the way to them, found in the author's order."""
    turned: set[int] = set()
    state = [0] * len(below)  # 0 not seen, 1 on the way, 2 done with
    for root in range(len(below)):
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(below[root]))]
        while stack:
            node, rest = stack[-1]
            for lower, number in rest:
                if state[lower] == 1:
                    turned.add(number)
                elif not state[lower]:
                    state[lower] = 1
                    stack.append((lower, iter(below[lower])))
                    break
            else:
                state[node] = 2
                stack.pop()
    return turned


def _pieces(count: int, arcs: list[tuple[int, int, int, int]]) -> list[list[int]]:
    """The boxes of each island, in the author's order."""
    group = list(range(count))

    def find(node: int) -> int:
        while group[node] != node:
            group[node] = group[group[node]]
            node = group[node]
        return node

    for tail, head, _, _ in arcs:
        low, high = sorted((find(tail), find(head)))
        group[high] = low
    pieces: dict[int, list[int]] = {}
    for node in range(count):
        pieces.setdefault(find(node), []).append(node)
    return list(pieces.values())


def _rank(piece: list[int], arcs: list[tuple[int, int, int, int]]) -> list[int]:
    index = {node: place for place, node in enumerate(piece)}
    own = [(index[t], index[h], least, w) for t, h, least, w in arcs if t in index]
    if len(piece) > _MANY:
        return longest_paths(len(piece), own)
    ranks = simplex(len(piece), own)
    return _lifted(ranks, own)


def _lifted(ranks: list[int], arcs: list[tuple[int, int, int, int]]) -> list[int]:
    """A box that could as well stand higher, at no cost, does: close to what leads to it."""
    for node in sorted(range(len(ranks)), key=lambda n: (ranks[n], n)):
        above = [arc for arc in arcs if arc[1] == node]
        cost = sum(arc[3] for arc in above) - sum(arc[3] for arc in arcs if arc[0] == node)
        if above and cost >= 0:
            ranks[node] = max(ranks[arc[0]] + arc[2] for arc in above)
    return ranks
