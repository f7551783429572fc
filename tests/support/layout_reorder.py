"""Ways on out of the author's order that need not be: another order within the rows crosses no more.

Rows are read off the picture alone, whoever drew it: boxes whose heights overlap share a row, and
a line that passes a row has a place in it. Crossings are then counted between neighbouring rows,
for the order drawn and for every other order tried, in the same way. For a pair that stands out of order
these orders are tried, the pair the right way round in each:

- the two boxes change places, or one of them goes to just before or just after the other;
- they change places with all that hangs from them alone, and with their own lines above;
- each of these as it is, and with the rows below, above, or both sorted by what they are joined to.

Then single boxes and lines go wherever in their rows that saves crossings, and loops take either
side of a box, until nothing gets better. The pair counts if one of these orders has no more
crossings than the picture. It does so even where another pair would then stand out of order:
the rule excuses nothing but crossings. Boxes in columns keep to their columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from tests.support.layout_score import Picture, pairs_of_ways

Order = list[list[int]]  # items of each row from left to right
Sides = dict[tuple[int, bool], int]  # (edge, at its upper end) -> -1 left, 0 head or foot, 1 right
_ROUNDS = 6


@dataclass(frozen=True)
class Piece:
    """A line between two neighbouring rows."""

    upper: int
    lower: int
    edge: int
    from_box: bool
    to_box: bool


class Model:
    """The rows of a picture, what stands in them, and the pieces of line between them."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.row_of = _rows(picture)
        self.depth = max(self.row_of, default=-1) + 1
        self.lane_of = list(picture.lanes) or [-1] * len(picture.boxes)
        self.x = [(box[0] + box[2]) / 2 for box in picture.boxes]
        self.lines_of: dict[int, list[int]] = {}  # edge -> its items in rows it passes
        self.gaps: list[list[Piece]] = [[] for _ in range(max(self.depth - 1, 0))]
        self.sides: Sides = {}
        for place in range(len(picture.edges)):
            self._hang(place)
        self.up: list[list[Piece]] = [[] for _ in self.row_of]
        self.down: list[list[Piece]] = [[] for _ in self.row_of]
        for gap in self.gaps:
            for piece in gap:
                self.down[piece.upper].append(piece)
                self.up[piece.lower].append(piece)

    def _hang(self, place: int) -> None:
        edge = self.picture.edges[place]
        ends = sorted((edge.source, edge.target), key=lambda box: self.row_of[box])
        first, last = self.row_of[ends[0]], self.row_of[ends[1]]
        if first == last or not edge.points:
            return
        line = edge.points if edge.source == ends[0] else edge.points[::-1]
        self.sides[place, True] = _side(self.picture.boxes[ends[0]], line[0])
        self.sides[place, False] = _side(self.picture.boxes[ends[1]], line[-1])
        chain = [ends[0]]
        for row in range(first + 1, last):
            chain.append(len(self.row_of))
            self.lines_of.setdefault(place, []).append(len(self.row_of))
            self.row_of.append(row)
            self.lane_of.append(-1)
            self.x.append(_x_at(line, self._middle(row)))
        chain.append(ends[1])
        for step, (upper, lower) in enumerate(pairwise(chain)):
            self.gaps[first + step].append(
                Piece(upper, lower, place, not step, step == len(chain) - 2)
            )

    def _middle(self, row: int) -> float:
        boxes = [b for n, b in enumerate(self.picture.boxes) if self.row_of[n] == row]
        return (min(b[1] for b in boxes) + max(b[3] for b in boxes)) / 2

    def drawn(self) -> Order:
        """The order in the picture."""
        order: Order = [[] for _ in range(self.depth)]
        for item in sorted(range(len(self.row_of)), key=lambda n: (self.x[n], n)):
            order[self.row_of[item]].append(item)
        return order

    def hanging(self, box: int, other: int) -> set[int]:
        """What of the rows below hangs from this box alone, the other of the pair never in it."""
        found = {box}
        for item in sorted(range(len(self.row_of)), key=lambda n: self.row_of[n]):
            above = {piece.upper for piece in self.up[item]}
            if item != other and above and above <= found:
                found.add(item)
        return found


class Trial:
    """An order being changed, with its crossings."""

    def __init__(self, model: Model, order: Order, keep: tuple[int, int] | None = None) -> None:
        self.model = model
        self.order = [list(row) for row in order]
        self.sides = dict(model.sides)
        self.keep = keep
        self.place = [0] * len(model.row_of)
        for row in range(model.depth):
            self._note(row)

    def _note(self, row: int) -> None:
        for place, item in enumerate(self.order[row]):
            self.place[item] = place

    def _upper(self, piece: Piece) -> int:
        side = self.sides[piece.edge, True] if piece.from_box else 0
        return self.place[piece.upper] * 3 + side

    def _lower(self, piece: Piece) -> int:
        side = self.sides[piece.edge, False] if piece.to_box else 0
        return self.place[piece.lower] * 3 + side

    def crossings(self) -> int:
        return sum(self._in_gap(gap) for gap in range(len(self.model.gaps)))

    def _in_gap(self, gap: int) -> int:
        ends = sorted((self._upper(p), self._lower(p)) for p in self.model.gaps[gap])
        return sum(
            upper < upper_2 and lower > lower_2
            for n, (upper, lower) in enumerate(ends)
            for upper_2, lower_2 in ends[n + 1 :]
        )

    def may_stand(self, left: int, right: int) -> bool:
        """Whether these two of a row may stand in this order."""
        lanes = self.model.lane_of
        if lanes[left] >= 0 and lanes[right] >= 0 and lanes[left] > lanes[right]:
            return False
        return self.keep is None or (right, left) != self.keep

    def valid(self) -> bool:
        rows = self.order if self.keep is None else [self.order[self.model.row_of[self.keep[0]]]]
        return all(self.may_stand(a, b) for row in rows for n, a in enumerate(row) for b in row[n:])

    def sort_rows(self, down: bool) -> None:
        """Rows beyond the pair's sorted by the middle of what they are joined to."""
        here = self.model.row_of[self.keep[0]] if self.keep else 0
        rows = range(here + 1, self.model.depth) if down else range(here - 1, -1, -1)
        for row in rows:
            goal: dict[int, float] = {}
            for item in self.order[row]:
                pieces = self.model.up[item] if down else self.model.down[item]
                ends = [self._upper(p) if down else self._lower(p) for p in pieces]
                goal[item] = sum(ends) / len(ends) if ends else self.place[item] * 3.0
            items = sorted(self.order[row], key=lambda n: goal[n])
            boxes = iter(sorted((n for n in items if self._lane(n) >= 0), key=self._lane))
            self.order[row] = [next(boxes) if self._lane(n) >= 0 else n for n in items]
            self._note(row)

    def _lane(self, item: int) -> int:
        return self.model.lane_of[item]

    def settle(self) -> int:
        """Move single items and sides of loops while that saves crossings; the crossings left."""
        for _ in range(_ROUNDS):
            moved = [self._settle_row(row) for row in range(self.model.depth)]
            turned = self._turn_loops()
            if not any(moved) and not turned:
                break
        return self.crossings()

    def _settle_row(self, row: int) -> bool:
        cost = self._costs(row)
        moved = False
        for item in list(self.order[row]):
            items = self.order[row]
            here = items.index(item)
            best, gain = here, 0
            for step in (-1, 1):
                total, at = 0, here + step
                while 0 <= at < len(items):
                    other = items[at]
                    left, right = (item, other) if step < 0 else (other, item)
                    if not self.may_stand(left, right):
                        break
                    total += cost[left, right] - cost[right, left]
                    if total < gain:
                        best, gain = at, total
                    at += step
            if best != here:
                items.insert(best, items.pop(here))
                moved = True
        self._note(row)
        return moved

    def _costs(self, row: int) -> dict[tuple[int, int], int]:
        """The crossings of the lines of two items of a row if the first stands on the left."""
        model, items = self.model, self.order[row]
        ends = {
            item: (
                [self._upper(piece) for piece in model.up[item]],
                [self._lower(piece) for piece in model.down[item]],
            )
            for item in items
        }
        return {
            (a, b): sum(x > y for k in (0, 1) for x in ends[a][k] for y in ends[b][k])
            for a in items
            for b in items
            if a != b
        }

    def _turn_loops(self) -> bool:
        moved = False
        for end, side in self.sides.items():
            if side:
                before = self.crossings()
                self.sides[end] = -side
                if self.crossings() < before:
                    moved = True
                else:
                    self.sides[end] = side
        return moved


def avoidable(picture: Picture) -> int:
    """How many of the pairs out of the author's order could stand in it with no more crossings."""
    wrong = [
        (picture.edges[first], picture.edges[second], first, second)
        for first, second, swapped in pairs_of_ways(picture)
        if swapped
    ]
    if not wrong:
        return 0
    model = Model(picture)
    order = model.drawn()
    drawn = Trial(model, order).crossings()
    return sum(
        _can_be_mended(model, order, drawn, (first, a.target), (second, b.target))
        for a, b, first, second in wrong
    )


def crossings_of(picture: Picture) -> int:
    """The crossings as this rule counts them: between neighbouring rows."""
    model = Model(picture)
    return Trial(model, model.drawn()).crossings()


def _can_be_mended(
    model: Model, order: Order, drawn: int, first: tuple[int, int], second: tuple[int, int]
) -> bool:
    """Whether some order has the box `first` leads to left of that of `second`, crossing no more."""
    pair = (first[1], second[1])
    if model.row_of[pair[0]] != model.row_of[pair[1]]:
        return False
    for start in _starts(model, order, first, second):
        for sorts in ((), (True,), (False,), (True, False)):
            trial = Trial(model, start, pair)
            if not trial.valid():
                break
            for down in sorts:
                trial.sort_rows(down)
            if trial.settle() <= drawn:
                return True
    return False


def _starts(
    model: Model, order: Order, first: tuple[int, int], second: tuple[int, int]
) -> list[Order]:
    a, b = first[1], second[1]
    row = model.row_of[a]
    whole_a = model.hanging(a, b) | set(model.lines_of.get(first[0], ()))
    whole_b = model.hanging(b, a) | set(model.lines_of.get(second[0], ()))
    starts = [_exchanged(order, {a}, {b}), _exchanged(order, whole_a, whole_b)]
    for mover, other, after in ((a, b, 0), (b, a, 1)):
        rows = [list(items) for items in order]
        rows[row].remove(mover)
        rows[row].insert(rows[row].index(other) + after, mover)
        starts.append(rows)
    return starts


def _exchanged(order: Order, first: set[int], second: set[int]) -> Order:
    """In each row the places of both sets taken by the first, then by the second."""
    rows: Order = []
    for items in order:
        some = [n for n in items if n in first] + [n for n in items if n in second]
        fill = iter(some)
        rows.append([next(fill) if n in first or n in second else n for n in items])
    return rows


def _rows(picture: Picture) -> list[int]:
    """The row of each box, counted from the top: boxes whose heights overlap share one."""
    row_of = [0] * len(picture.boxes)
    row, floor = -1, float("-inf")
    for box in sorted(range(len(row_of)), key=lambda n: picture.boxes[n][1]):
        _, top, _, bottom = picture.boxes[box]
        if top >= floor - 0.01:
            row += 1
        floor = max(floor, bottom)
        row_of[box] = row
    return row_of


def _side(box: tuple[float, float, float, float], end: tuple[float, float]) -> int:
    """-1 or 1 where a line meets its box at the left or right side, away from head and foot."""
    if not box[1] + 2 < end[1] < box[3] - 2:
        return 0
    return -1 if abs(end[0] - box[0]) < 2 else 1 if abs(end[0] - box[2]) < 2 else 0


def _x_at(line: tuple[tuple[float, float], ...], y: float) -> float:
    """Where a line first passes a height."""
    for (ax, ay), (bx, by) in pairwise(line):
        if min(ay, by) <= y <= max(ay, by):
            return ax if ay == by else ax + (bx - ax) * (y - ay) / (by - ay)
    return line[0][0]
