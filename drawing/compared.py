"""Two versions of a pathway as one diagram: the newer, with what is gone kept in it, and what is marked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from drawing.boxes import kind_words
from drawing.diagram import Arrow, Diagram, Drawing
from drawing.pathway import diagram_of
from knowledge.comparing import Comparison, Sign
from knowledge.model import Page

SIGNS = {Sign.ADDED: "+", Sign.REMOVED: "−", Sign.CHANGED: "~"}
_WORDS = {Sign.ADDED: "Added", Sign.REMOVED: "Removed", Sign.CHANGED: "Changed"}
_GONE = "gone:"


@dataclass(frozen=True, slots=True)
class Compared:
    """What is added, removed or changed: boxes by their key, ways by their place in the drawing."""

    diagram: Diagram
    boxes: Mapping[str, str]
    ways: Mapping[int, str]
    own: tuple[int, ...]  # for each way of the newer page, its place in the drawing


def is_gone(key: str) -> bool:
    """Whether a box stands for something the newer version no longer has."""
    return key.startswith(_GONE)


def compared_diagram(
    comparison: Comparison,
    find: Callable[[str], Page | None] = lambda path: None,
    emergency: Collection[str] = (),
) -> Compared:
    """What `diagram_of` gives for the newer page, marked, with the steps and ways that are gone."""
    return _Merge(comparison, find, emergency).done()


class _Merge:
    """Puts the two diagrams together."""

    def __init__(
        self,
        comparison: Comparison,
        find: Callable[[str], Page | None],
        emergency: Collection[str],
    ) -> None:
        self.comparison = comparison
        self.new = diagram_of(comparison.after, find, emergency)
        self.old = diagram_of(comparison.before, find, emergency)
        self.boxes = {box.key: box for box in self.new.boxes}
        self.old_boxes = {box.key: box for box in self.old.boxes}
        self.leaving: dict[str, list[int]] = {}
        for number, arrow in enumerate(self.new.arrows):
            self.leaving.setdefault(arrow.source, []).append(number)
        self.counts = _counts(self.old.arrows)
        self.arrows = list(self.new.arrows)
        self.box_marks: dict[str, str] = {}
        self.way_marks: dict[int, str] = {}
        self.places: list[tuple[float, ...]] = [(n,) for n in range(len(self.arrows))]
        own_new = [box.key for box in self.new.boxes if box.number]
        own_old = [box.key for box in self.old.boxes if box.number]
        self.twin = {
            key: own_new[comparison.twins[n]] if n in comparison.twins else _GONE + key
            for n, key in enumerate(own_old)
        }
        self.key_new = dict(zip((s.span for s in comparison.after.steps), own_new, strict=True))
        self.key_old = dict(zip((s.span for s in comparison.before.steps), own_old, strict=True))
        # How a way is found among the arrows: by where it stands in the file.
        self.arrow_new = _by_span(comparison.after)
        self.arrow_old = _by_span(comparison.before)

    def done(self) -> Compared:
        for change in self.comparison.steps:
            if change.after is not None:
                self.box_marks[self.key_new[change.after.span]] = change.sign.value
            elif change.before is not None:
                self._ghost(self.key_old[change.before.span])
        for way in self.comparison.ways:
            if way.after is not None:
                sign = Sign.ADDED if way.led else way.sign
                self._mark(self.arrow_new[way.after.span], sign)
            if way.before is not None and (way.led or way.after is None):
                self._keep(self.arrow_old[way.before.span])
        rank = {n: at for at, n in enumerate(sorted(range(len(self.arrows)), key=self._sorting))}
        marks = {rank[n]: sign for n, sign in self.way_marks.items()}
        own = tuple(rank[n] for n in range(len(self.new.arrows)))
        return Compared(self._ordered(rank), self.box_marks, marks, own)

    def _mark(self, place: int, sign: Sign) -> None:
        arrow = self.arrows[place]
        self.way_marks[place] = sign.value
        self.arrows[place] = replace(arrow, label=_signed(arrow.label, sign))
        if not self.boxes[arrow.target].number and sign is Sign.ADDED:
            self.box_marks[arrow.target] = sign.value

    def _ghost(self, key: str) -> str:
        """A box of the older version that the newer one lacks."""
        name = _GONE + key
        if name not in self.boxes:
            box = self.old_boxes[key]
            word = f"Was {kind_words(box)}" if box.number else box.word
            self.boxes[name] = replace(box, key=name, number=0, word=word)
            self.box_marks[name] = Sign.REMOVED.value
        return name

    def _keep(self, place: int) -> None:
        """A way of the older version, kept in the picture."""
        arrow = self.old.arrows[place]
        target = self.twin.get(arrow.target) or self._ghost(arrow.target)
        source = self.twin[arrow.source]
        label = _signed(arrow.label, Sign.REMOVED)
        self.way_marks[len(self.arrows)] = Sign.REMOVED.value
        self.arrows.append(Arrow(source, target, label, arrow.loop, arrow.line))
        self.places.append(self._place(source, place))

    def _place(self, source: str, place: int) -> tuple[float, ...]:
        """Among its step's ways: behind as many of the newer ones as it stood behind of the older."""
        before, mine = self.counts[place], self.leaving.get(source)
        if not mine:
            return (float(len(self.new.arrows)), float(place))
        at = mine[before] if before < len(mine) else mine[-1] + 0.5
        return (at - 0.25, float(place))

    def _ordered(self, rank: Mapping[int, int]) -> Diagram:
        """The author's order, with what is gone where it stood."""
        arrows = [replace(a, order=rank[n]) for n, a in enumerate(self.arrows)]
        arrows.sort(key=lambda arrow: arrow.order)
        stood = {box.key: n for n, box in enumerate(self.new.boxes)}
        order: dict[str, float] = {key: float(n) for key, n in stood.items()}
        last = -0.5
        for box in self.old.boxes:  # a box that is gone stands behind the one it stood behind
            key = self.twin.get(box.key, box.key)
            if key in stood:
                last = float(stood[key])
            order.setdefault(_GONE + box.key, last + 0.5)
        at = {key: n for n, key in enumerate(sorted(self.boxes, key=order.__getitem__))}
        boxes = tuple(replace(box, order=at[key]) for key, box in self.boxes.items())
        return replace(self.new, boxes=boxes, arrows=tuple(arrows))

    def _sorting(self, number: int) -> tuple[float, ...]:
        return self.places[number]


def _signed(label: str, sign: Sign) -> str:
    return f"{SIGNS[sign]} {label or _WORDS[sign]}"


def _counts(arrows: tuple[Arrow, ...]) -> list[int]:
    """For each arrow, how many leave the same box before it."""
    seen: dict[str, int] = {}
    found: list[int] = []
    for arrow in arrows:
        found.append(seen.get(arrow.source, 0))
        seen[arrow.source] = found[-1] + 1
    return found


def without_lines(found: Compared) -> Compared:
    """Without lines of the file, which change with every line typed: what is drawn alike is alike."""
    diagram = found.diagram
    boxes = tuple(replace(box, line=0) for box in diagram.boxes)
    arrows = tuple(replace(arrow, line=0) for arrow in diagram.arrows)
    return replace(found, diagram=replace(diagram, boxes=boxes, arrows=arrows, summary=""))


def as_gone(before: Drawing, diagram: Diagram) -> Drawing:
    """The drawing before, its boxes under the names they have once they are gone: they stay where they stood."""
    keys = {box.key for box in diagram.boxes}
    names = {
        box.key: _GONE + box.key
        for box in before.boxes
        if box.key not in keys and _GONE + box.key in keys
    }
    if not names:
        return before
    boxes = tuple(
        replace(placed, box=replace(placed.box, key=names.get(placed.key, placed.key)))
        for placed in before.boxes
    )
    return replace(before, boxes=boxes)


def _by_span(page: Page) -> dict[tuple[int, int], int]:
    ways = [way for step in page.steps for way in step.ways]
    return {way.span: n for n, way in enumerate(ways)}
