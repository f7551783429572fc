"""An order along the rows, what it costs, and how it is changed: crossings first, then the author's order."""

from __future__ import annotations

from random import Random

from drawing.rows import BELOW, Grid

Rows = list[list[int]]
Key = tuple[object, ...]
Found = tuple[int, Rows, list[int], list[int]]  # cost, rows, and the loops' upper and lower sides
_CROSSING = 1000
# A loop leaves its lower box by a side if it can, and enters the upper one on the same side.
_TOP_EXIT, _SIDE_CHANGE = 8, 2


class Search:
    """One pathway's rows, the place of every item in them, and what an order costs."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.rows: Rows = [[] for _ in range(grid.depth)]
        self.place = [0] * grid.items
        # the side a line leaves its upper box by, and enters its lower box by
        self.upper_side = [1 if span.rising else BELOW for span in grid.spans]
        self.lower_side = [1 if span.rising else BELOW for span in grid.spans]
        self.above = grid.above
        self.below = grid.below
        # What a step came to, by all that it hangs on: most tries leave most rows as they were.
        self.names: dict[tuple[int, ...], int] = {}
        self.name_of = [0] * (grid.depth + 1)  # the last serves above and below all rows
        self.costs: dict[Key, int] = {}
        self.sifted: dict[Key, list[int]] = {}
        self.swept: dict[Key, list[int]] = {}
        self.loops_from: list[list[int]] = [[] for _ in range(grid.depth + 1)]
        self.loops_to: list[list[int]] = [[] for _ in range(grid.depth + 1)]
        for place, span in enumerate(grid.spans):
            if span.rising:
                self.loops_from[grid.row_of[grid.chains[place][0]]].append(place)
                self.loops_to[grid.row_of[grid.chains[place][-1]]].append(place)
        self.wish: dict[tuple[int, int], int] = {}
        self.wishes_of: list[list[tuple[int, int, int]]] = [[] for _ in range(grid.depth)]
        for left, right, cost in grid.wishes:
            self.wish[left, right] = self.wish.get((left, right), 0) + cost
            self.wishes_of[grid.row_of[left]].append((left, right, cost))

    # -- places and keys

    def put(self, row: int, items: list[int]) -> None:
        """Have a row in this order; its name is the same whenever the order is."""
        self.rows[row] = items
        name = self.names.setdefault(tuple(items), len(self.names) + 1)
        if self.name_of[row] != name:
            self.name_of[row] = name
            for place, item in enumerate(items):
                self.place[item] = place

    def load(self, rows: Rows) -> None:
        for row, items in enumerate(rows):
            self.put(row, list(items))

    def keys_up(self, item: int) -> list[int]:
        return [self.upper_key(upper, span) for upper, span in self.above[item]]

    def keys_down(self, item: int) -> list[int]:
        return [self.lower_key(lower, span) for lower, span in self.below[item]]

    def upper_key(self, upper: int, span: int) -> int:
        side = self.upper_side[span] if self.grid.chains[span][0] == upper else 0
        return self.place[upper] * 4 + side

    def lower_key(self, lower: int, span: int) -> int:
        side = self.lower_side[span] if self.grid.chains[span][-1] == lower else 0
        return self.place[lower] * 4 + side

    def sides_from(self, row: int) -> tuple[int, ...]:
        """The sides by which loops leave the boxes of a row."""
        return tuple([self.upper_side[n] for n in self.loops_from[row]])

    def sides_to(self, row: int) -> tuple[int, ...]:
        return tuple([self.lower_side[n] for n in self.loops_to[row]])

    # -- cost

    def crossings_below(self, row: int) -> int:
        names = self.name_of
        key = (names[row], names[row + 1], self.sides_from(row), self.sides_to(row + 1))
        found = self.costs.get(key)
        if found is None:
            found = self.costs[key] = self._crossings_below(row)
        return found

    def _crossings_below(self, row: int) -> int:
        ends: list[tuple[int, int]] = []
        for item in self.rows[row]:
            for lower, span in self.below[item]:
                ends.append((self.upper_key(item, span), self.lower_key(lower, span)))
        ends.sort()
        count = 0
        for turn, (top, bottom) in enumerate(ends):
            for other_top, other_bottom in ends[turn + 1 :]:
                if other_bottom < bottom and other_top > top:
                    count += 1
        return count

    def crossings(self) -> int:
        return sum(self.crossings_below(row) for row in range(self.grid.depth - 1))

    def unmet(self, row: int) -> int:
        place = self.place
        return sum(c for left, right, c in self.wishes_of[row] if place[left] > place[right])

    def cost(self) -> int:
        unmet = sum(self.unmet(row) for row in range(self.grid.depth))
        loops = [n for n, span in enumerate(self.grid.spans) if span.rising]
        for span in loops:
            upper, lower = self.upper_side[span], self.lower_side[span]
            unmet += _TOP_EXIT if not lower else _SIDE_CHANGE if upper != lower else 0
        return self.crossings() * _CROSSING + unmet

    # -- moves

    def may_swap(self, left: int, right: int) -> bool:
        lane = self.grid.lane_of
        return lane[left] < 0 or lane[right] < 0 or lane[left] == lane[right]

    def in_lanes(self, items: list[int]) -> list[int]:
        """The boxes among the items sorted by lane, the lines between staying put."""
        if self.grid.net.columns < 2:
            return items
        lane = self.grid.lane_of
        boxes = iter(sorted((i for i in items if lane[i] >= 0), key=lane.__getitem__))
        return [next(boxes) if lane[item] >= 0 else item for item in items]

    def sweep(self, down: bool, start: int = 0) -> None:
        """Sort each row by where its lines come from, from `start` on."""
        rows = range(max(1, start), self.grid.depth)
        if not down:
            rows = range(start if start else self.grid.depth - 2, -1, -1)
        for row in rows:
            other = row - 1 if down else row + 1
            sides = self.sides_from(other) if down else self.sides_to(other)
            key = (down, self.name_of[row], self.name_of[other], sides)
            found = self.swept.get(key)
            if found is None:
                found = self.swept[key] = self._sorted(row, down)
            self.put(row, list(found))

    def _sorted(self, row: int, down: bool) -> list[int]:
        weights: dict[int, float] = {}
        for item in self.rows[row]:
            keys = self.keys_up(item) if down else self.keys_down(item)
            weights[item] = sum(keys) / len(keys) if keys else self.place[item] * 4.0
        return self.in_lanes(sorted(self.rows[row], key=weights.__getitem__))

    def settle(self, rounds: int = 12) -> None:
        """Move single items along their rows while that makes the picture cheaper."""
        dirty = set(range(self.grid.depth))
        for _ in range(rounds):
            changed: set[int] = set()
            for row in sorted(dirty):
                if len(self.rows[row]) > 1 and self._sift(row):
                    changed |= {row - 1, row, row + 1}
            dirty = {row for row in changed if 0 <= row < self.grid.depth}
            if not dirty:
                return

    def settle_roughly(self, rounds: int = 4) -> None:
        """Swap neighbours while that makes the picture cheaper: much faster, not quite as good."""
        dirty = set(range(self.grid.depth))
        for _ in range(rounds):
            changed: set[int] = set()
            for row in sorted(dirty):
                if len(self.rows[row]) > 1 and self._swap(row):
                    changed |= {row - 1, row, row + 1}
            dirty = {row for row in changed if 0 <= row < self.grid.depth}
            if not dirty:
                return

    def _swap(self, row: int) -> bool:
        """Swap neighbours of a row that stand better the other way round."""
        items = self.rows[row]
        ups, downs = [self.keys_up(i) for i in items], [self.keys_down(i) for i in items]
        moved = False
        for _ in items:
            again = False
            for at in range(len(items) - 1):
                a, b = items[at], items[at + 1]
                gain = self.wish.get((a, b), 0) - self.wish.get((b, a), 0)
                for one, two in ((ups[at], ups[at + 1]), (downs[at], downs[at + 1])):
                    for key in one:
                        for other in two:
                            gain += _CROSSING * ((key < other) - (key > other))
                if gain < 0 and self.may_swap(a, b):
                    items[at], items[at + 1] = b, a
                    ups[at], ups[at + 1] = ups[at + 1], ups[at]
                    downs[at], downs[at + 1] = downs[at + 1], downs[at]
                    again = moved = True
            if not again:
                break
        if moved:
            self.put(row, items)
        return moved

    def _sift(self, row: int) -> bool:
        """Give each item of a row its best place; true when the row changed."""
        names = self.name_of
        key = (
            *(names[row - 1], names[row], names[row + 1]),
            *(self.sides_from(row - 1), self.sides_to(row + 1)),
        )
        found = self.sifted.get(key)
        if found is None:
            found = self.sifted[key] = self._best_places(row)
        moved = found != self.rows[row]
        if moved:
            self.put(row, list(found))
        return moved

    def _best_places(self, row: int) -> list[int]:
        items = list(self.rows[row])
        pair = self._pairs(row)
        for item in list(items):
            here = items.index(item)
            best, gain, total = here, 0, 0
            for place in range(here - 1, -1, -1):
                other = items[place]
                if not self.may_swap(other, item):
                    break
                total += pair[item, other] - pair[other, item]
                if total < gain:
                    best, gain = place, total
            total = 0
            for place in range(here + 1, len(items)):
                other = items[place]
                if not self.may_swap(item, other):
                    break
                total += pair[other, item] - pair[item, other]
                if total < gain:
                    best, gain = place, total
            if best != here:
                items.insert(best, items.pop(here))
        return items

    def _pairs(self, row: int) -> dict[tuple[int, int], int]:
        """For each two items what it costs to have the first on the left."""
        items = self.rows[row]
        ups = [self.keys_up(item) for item in items]
        downs = [self.keys_down(item) for item in items]
        wish = self.wish
        pair: dict[tuple[int, int], int] = {}
        for i, a in enumerate(items):
            for j in range(i + 1, len(items)):
                b = items[j]
                ab = ba = 0
                for one, two in ((ups[i], ups[j]), (downs[i], downs[j])):
                    for key in one:
                        for other in two:
                            if key > other:
                                ab += _CROSSING
                            elif key < other:
                                ba += _CROSSING
                pair[a, b] = ab + wish.get((b, a), 0)
                pair[b, a] = ba + wish.get((a, b), 0)
        return pair

    def out_of_order(self) -> list[tuple[int, int]]:
        """Pairs that should stand the other way round and may, as (left, right)."""
        place = self.place
        return [
            (left, right)
            for left, right, _ in self.grid.wishes
            if place[left] > place[right] and self.may_swap(left, right)
        ]

    def exchange(self, left: int, right: int, hanging: bool) -> None:
        """Give these two of a row each other's places; if asked, with what hangs from each alone."""
        first, second = {left}, {right}
        if hanging:
            first, second = self._hanging(left), self._hanging(right)
        both = first | second
        for row, items in enumerate(self.rows):
            fill = iter(
                [i for i in items if i in first] + [i for i in items if i in second - first]
            )
            if not both.isdisjoint(items):
                moved = [next(fill) if i in both else i for i in items]
                self.put(row, self.in_lanes(moved))

    def _hanging(self, item: int) -> set[int]:
        """An item and all below it that hangs from nothing else."""
        found, rim = {item}, [item]
        while rim:
            lowers = {lower for upper in rim for lower, _ in self.below[upper]}
            rim = sorted(i for i in lowers if all(upper in found for upper, _ in self.above[i]))
            rim = [i for i in rim if i not in found]
            found.update(rim)
        return found

    # -- starts

    def start_as_written(self, dice: Random | None = None) -> None:
        """Rows filled in the order in which a reader following the ways meets the items.

        With dice, some boxes give their ways in another order, and the loops take sides by chance.
        """
        grid = self.grid
        rows: Rows = [[] for _ in range(grid.depth)]
        seen = [False] * grid.items
        first = sorted(range(len(grid.net.sizes)), key=lambda n: (bool(grid.above[n]), n))
        for root in first:
            stack = [root]
            while stack:
                item = stack.pop()
                if seen[item]:
                    continue
                seen[item] = True
                rows[grid.row_of[item]].append(item)
                ordered = sorted(grid.below[item], key=lambda end: (self._late(end[1]), end[1]))
                if dice and dice.random() < 0.5:
                    dice.shuffle(ordered)
                stack += [lower for lower, _ in reversed(ordered)]
        for row, items in enumerate(rows):
            self.put(row, self.in_lanes(items))
        for place, span in enumerate(grid.spans):
            if dice and span.rising:
                self.upper_side[place] = dice.choice((-1, 1))
                self.lower_side[place] = dice.choice((-1, 0, 1))

    def _late(self, span: int) -> int:
        return 1 if self.grid.spans[span].rising else 0

    def restore(self, found: Found) -> None:
        self.load(found[1])
        self.upper_side, self.lower_side = list(found[2]), list(found[3])

    def copy_rows(self) -> Rows:
        return [list(row) for row in self.rows]
