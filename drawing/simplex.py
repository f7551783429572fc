"""Network simplex: whole-number places that make a sum of weighted lengths as small as can be.

Each arc (tail, head, least, weight) asks for place[head] - place[tail] >= least and pays weight
for every unit of that difference. Used for the rows of a picture and for the places along them.
"""

from __future__ import annotations

Arc = tuple[int, int, int, int]


def simplex(
    count: int, arcs: list[Arc], start: list[int] | None = None, most_pivots: int = 4000
) -> list[int]:
    """Places for `count` nodes. The arcs must hold no cycle and join all nodes into one piece.

    A good `start`, which must satisfy every arc, saves most of the work. Stopped early, places
    are still valid.
    """
    if count <= 1:
        return [0] * count
    return _Tree(count, arcs, start or longest_paths(count, arcs)).solve(most_pivots)


def longest_paths(count: int, arcs: list[Arc]) -> list[int]:
    """The least places that satisfy every arc."""
    after: list[list[int]] = [[] for _ in range(count)]
    waiting = [0] * count
    for number, (_, head, _, _) in enumerate(arcs):
        after[arcs[number][0]].append(number)
        waiting[head] += 1
    place = [0] * count
    ready = [node for node in range(count) if not waiting[node]]
    for node in ready:
        for number in after[node]:
            _, head, least, _ = arcs[number]
            place[head] = max(place[head], place[node] + least)
            waiting[head] -= 1
            if not waiting[head]:
                ready.append(head)
    return place


class _Tree:
    """The spanning tree of tight arcs that the method walks from better to better."""

    def __init__(self, count: int, arcs: list[Arc], place: list[int]) -> None:
        self.count, self.arcs = count, arcs
        self.tail = [arc[0] for arc in arcs]
        self.head = [arc[1] for arc in arcs]
        self.least = [arc[2] for arc in arcs]
        self.weight = [arc[3] for arc in arcs]
        self.place = list(place)
        self.touching: list[list[int]] = [[] for _ in range(count)]
        for number, (tail, head, _, _) in enumerate(arcs):
            self.touching[tail].append(number)
            self.touching[head].append(number)
        self.tree: list[list[int]] = [[] for _ in range(count)]
        self.in_tree = [False] * len(arcs)
        self.cut = [0] * len(arcs)
        self.parent = [-1] * count  # the arc towards the root
        self.low = [0] * count
        self.lim = [0] * count
        self.at = [0] * (count + 1)  # nodes by their number

    def slack(self, number: int) -> int:
        return self.place[self.head[number]] - self.place[self.tail[number]] - self.least[number]

    def solve(self, most_pivots: int) -> list[int]:
        self._grow()
        self._number(0, -1, 1)
        self._first_cuts()
        edge = 0
        for _ in range(most_pivots):
            leaving, edge = self._leaving(edge)
            if leaving < 0:
                break
            self._exchange(leaving, self._entering(leaving))
        least = min(self.place)
        return [place - least for place in self.place]

    def _grow(self) -> None:
        """Join node after node to the tree, moving the tree as a whole to make an arc tight."""
        inside = [False] * self.count
        inside[0] = True
        members = [0]
        rim: set[int] = set(self.touching[0])
        stack = list(self.touching[0])
        while len(members) < self.count:
            while stack:
                number = stack.pop()
                tail, head = self.tail[number], self.head[number]
                if inside[tail] and inside[head]:
                    rim.discard(number)
                    continue
                if self.slack(number):
                    continue
                new = head if inside[tail] else tail
                inside[new] = True
                members.append(new)
                self.in_tree[number] = True
                self.tree[tail].append(number)
                self.tree[head].append(number)
                rim.discard(number)
                for other in self.touching[new]:
                    if not (inside[self.tail[other]] and inside[self.head[other]]):
                        rim.add(other)
                        stack.append(other)
                    else:
                        rim.discard(other)
            if len(members) == self.count:
                break
            nearest = min(rim, key=lambda number: (self.slack(number), number))
            shift = self.slack(nearest)
            if inside[self.head[nearest]]:
                shift = -shift
            for node in members:
                self.place[node] += shift
            stack = [number for number in sorted(rim) if not self.slack(number)]

    def _number(self, root: int, via: int, start: int) -> int:
        """Number the nodes below `root` so that being below another is two comparisons."""
        self.parent[root] = via
        self.low[root] = start
        count = start
        stack = [(root, iter(self.tree[root]))]
        while stack:
            node, rest = stack[-1]
            for number in rest:
                if number == self.parent[node]:
                    continue
                child = self.head[number] if self.tail[number] == node else self.tail[number]
                self.parent[child] = number
                self.low[child] = count
                stack.append((child, iter(self.tree[child])))
                break
            else:
                self.lim[node] = count
                self.at[count] = node
                count += 1
                stack.pop()
        return count

    def _above(self, node: int) -> int:
        number = self.parent[node]
        return self.head[number] if self.tail[number] == node else self.tail[number]

    def _first_cuts(self) -> None:
        for node in sorted(range(self.count), key=self.lim.__getitem__):
            if self.parent[node] >= 0:
                self._cut_of(node)

    def _cut_of(self, node: int) -> None:
        """The cut value of the arc above `node`, from those below it."""
        number = self.parent[node]
        upward = self.tail[number] == node
        total = self.weight[number]
        for other in self.touching[node]:
            if other == number:
                continue
            leaves = self.tail[other] == node
            along = leaves == upward
            amount = self.weight[other]
            far = self.head[other] if leaves else self.tail[other]
            if self.in_tree[other] and self.parent[far] == other:
                amount -= self.cut[other]
            total += amount if along else -amount
        self.cut[number] = total

    def _leaving(self, start: int) -> tuple[int, int]:
        """A tree arc that costs; of the first few found the worst."""
        cut, parent, count = self.cut, self.parent, self.count
        best, value, seen = -1, 0, 0
        node = start
        for _ in range(count):
            number = parent[node]
            if number >= 0 and cut[number] < 0:
                seen += 1
                if cut[number] < value:
                    best, value = number, cut[number]
                if seen >= 20:
                    break
            node = node + 1 if node + 1 < count else 0
        return best, node

    def _sides(self, leaving: int) -> tuple[int, int, bool, list[int]]:
        """The numbers below an arc, whether its head is there, and the smaller side."""
        tail, head = self.tail[leaving], self.head[leaving]
        below = tail if self.lim[tail] < self.lim[head] else head
        low, lim = self.low[below], self.lim[below]
        small = (lim - low + 1) * 2 <= self.count
        nodes = self.at[low : lim + 1] if small else self.at[1:low] + self.at[lim + 1 :]
        return low, lim, below == head, nodes

    def _entering(self, leaving: int) -> int:
        """The tightest arc that leads across the cut the other way."""
        low, lim, head_below, nodes = self._sides(leaving)
        lims, tail, head = self.lim, self.tail, self.head
        place, least_of, touching = self.place, self.least, self.touching
        best, least = -1, 0
        for node in nodes:
            for number in touching[node]:
                tail_in = low <= lims[tail[number]] <= lim
                if tail_in != head_below or tail_in == (low <= lims[head[number]] <= lim):
                    continue
                slack = place[head[number]] - place[tail[number]] - least_of[number]
                if best < 0 or slack < least or (slack == least and number < best):
                    best, least = number, slack
        return best

    def _exchange(self, leaving: int, entering: int) -> None:
        shift = self.slack(entering)
        if shift:
            low, lim, _, nodes = self._sides(leaving)
            head_below = low <= self.lim[self.head[entering]] <= lim
            nodes_below = bool(nodes) and low <= self.lim[nodes[0]] <= lim
            if head_below == nodes_below:
                shift = -shift
            for node in nodes:
                self.place[node] += shift
        value = self.cut[leaving]
        meeting = self._update(self.tail[entering], self.head[entering], value, True)
        self._update(self.head[entering], self.tail[entering], value, False)
        self.cut[entering] = -value
        self.cut[leaving] = 0
        self.in_tree[leaving], self.in_tree[entering] = False, True
        for node in (self.tail[leaving], self.head[leaving]):
            self.tree[node].remove(leaving)
        for node in (self.tail[entering], self.head[entering]):
            self.tree[node].append(entering)
        self._number(meeting, self.parent[meeting], self.low[meeting])

    def _update(self, node: int, other: int, value: int, forward: bool) -> int:
        """Change cut values from `node` up to where the path to `other` turns down."""
        while not self.low[node] <= self.lim[other] <= self.lim[node]:
            number = self.parent[node]
            along = forward if self.tail[number] == node else not forward
            self.cut[number] += value if along else -value
            node = self._above(node)
        return node
