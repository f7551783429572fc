"""Where a show stands at a moment, and the moves from one moment to the next: plain functions, no clock, no screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from knowledge.showing.show import WHOLE, Scene, Show

LONGEST = 400  # moves that can be taken back


class Blank(StrEnum):
    """Whether the room sees anything at all."""

    NO = ""
    BLACK = "black"
    WHITE = "white"


class Sheet(StrEnum):
    """What lies over a step's graph: nothing, its own words, or the red flags of its pathway."""

    NONE = ""
    WORDS = "words"
    FLAGS = "flags"


class Spot(NamedTuple):
    """A step or section, wherever it stands in the running order."""

    path: str
    anchor: str


class Visit(NamedTuple):
    """A place off the running order: walked to, or looked up."""

    spot: Spot
    covered: bool
    walked: bool  # by a way on; otherwise it was looked up


class Trod(NamedTuple):
    """A step of the trail, and the step and way by which it was reached, if by one."""

    spot: Spot
    source: Spot | None = None
    way: int = 0


class Opened(NamedTuple):
    """Something uncovered: a part of what is shown at a place in the running order."""

    at: int
    spot: Spot
    part: int


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the show stands. Every move makes a new one."""

    at: int = 0
    walk: tuple[Visit, ...] = ()
    opened: frozenset[Opened] = frozenset()
    trail: tuple[Trod, ...] = ()
    leaf: int | None = 0  # which page of a long text; None: the one that was uncovered last
    branch: int = 0  # the way on that is shown large; 0: none
    blank: Blank = Blank.NO
    sheet: Sheet = Sheet.NONE
    hand: bool = False  # the trainer covers ways on and levels, whatever the session says
    before: tuple[Moment, ...] = ()  # where the show came from, the latest last


def begin(show: Show, path: str = "", anchor: str = "") -> Moment:
    """The first moment: the beginning, or the first scene that shows this place."""
    at = show.place_of(path, anchor) if path else None
    if at is None and path:
        at = next((n for n, s in enumerate(show.scenes) if s.path == path), 0)
    return _trodden(show, Moment(at=at or 0))


def scene_at(show: Show, moment: Moment) -> Scene:
    """What is shown: a scene of the running order, or one beside it."""
    if moment.walk:
        visit = moment.walk[-1]
        return show.visit(*visit.spot, visit.covered or moment.hand)
    scene = show.scenes[moment.at]
    if moment.hand and scene.covers and not scene.covered:
        return replace(scene, covered=True)
    return scene


def spot_of(show: Show, moment: Moment) -> Spot:
    scene = scene_at(show, moment)
    return Spot(scene.path, scene.anchor)


def is_open(show: Show, moment: Moment, part: int = WHOLE) -> bool:
    """Whether a part is uncovered, by itself or with the whole."""
    spot = spot_of(show, moment)
    return any(Opened(moment.at, spot, p) in moment.opened for p in (WHOLE, part))


def hidden(show: Show, moment: Moment) -> tuple[int, ...]:
    """The parts still covered; the whole counts as one while an outcome waits."""
    scene = scene_at(show, moment)
    if not scene.hides or is_open(show, moment):
        return ()
    rest = tuple(part for part in scene.parts if not is_open(show, moment, part))
    if not rest and scene.parts and not scene.outcome:
        return ()  # each was uncovered by itself, and nothing else waits
    return rest or (WHOLE,)


class Next(StrEnum):
    """What the next press of Space does."""

    SHOW = "show"
    LEAF = "leaf"
    LEVEL = "level"
    UNCOVER = "uncover"
    RETURN = "return"
    STOP = "stop"
    END = "end"


def what_next(show: Show, moment: Moment, leaf: int = 0, leaves: int = 1) -> Next:
    """What `forward` will do."""
    if moment.blank:
        return Next.SHOW
    scene = scene_at(show, moment)
    waiting = hidden(show, moment)
    levels = scene.covered and scene.ladder is not None
    if levels and waiting:
        return Next.LEVEL if waiting != (WHOLE,) else Next.UNCOVER
    if leaf + 1 < leaves:
        return Next.LEAF
    if waiting:
        return Next.UNCOVER
    if moment.walk and not moment.walk[-1].walked:
        return Next.RETURN
    return Next.STOP if moment.at + 1 < len(show.scenes) else Next.END


def forward(show: Show, moment: Moment, leaf: int = 0, leaves: int = 1) -> Moment:
    """Space: the next page of a long text, what is covered, or the next stop.

    `leaf` of `leaves` is what the room sees of a long text; only the screen can tell.
    """
    doing = what_next(show, moment, leaf, leaves)
    if doing is Next.SHOW:
        return replace(moment, blank=Blank.NO)
    if doing is Next.LEAF:
        return replace(moment, leaf=leaf + 1)
    if doing is Next.LEVEL:
        return _open(show, moment, hidden(show, moment)[0])
    if doing is Next.UNCOVER:
        return uncover(show, moment)
    if doing is Next.RETURN:
        return _arrive(show, moment, moment.at, moment.walk[:-1])
    if doing is Next.STOP:
        return _arrive(show, moment, moment.at + 1)
    return moment


def back(show: Show, moment: Moment, leaf: int = 0) -> Moment:
    """Where the show was before. What the room has seen stays uncovered, and the trail stays."""
    if moment.blank:
        return replace(moment, blank=Blank.NO)
    if moment.sheet is not Sheet.NONE:
        return replace(moment, sheet=Sheet.NONE, leaf=0)
    if leaf > 0:
        return replace(moment, leaf=leaf - 1)
    if moment.before:
        *rest, last = moment.before
        return replace(
            last,
            opened=moment.opened,
            trail=_longer(last.trail, moment),
            hand=moment.hand,
            before=tuple(rest),
            leaf=0,
        )
    if moment.at > 0:
        return _arrive(show, replace(moment, before=()), moment.at - 1, keep=False)
    return moment


def _longer(trail: tuple[Trod, ...], moment: Moment) -> tuple[Trod, ...]:
    """Going back within a pathway forgets no step of the trail; into an earlier round it does."""
    return moment.trail if trail == moment.trail[: len(trail)] else trail


def jump(show: Show, moment: Moment, number: int) -> Moment:
    """To a stop by the number that stands before it."""
    at = show.at_number(number)
    return moment if at is None else go_to(show, moment, at)


def go_to(show: Show, moment: Moment, at: int) -> Moment:
    """To a scene by its place in the running order, counted from 0."""
    return _arrive(show, moment, at) if 0 <= at < len(show.scenes) else moment


def visit(show: Show, moment: Moment, path: str, anchor: str = "") -> Moment:
    """To any place of the library; Space leads back to the running order."""
    return _arrive(show, moment, moment.at, (*moment.walk, Visit(Spot(path, anchor), False, False)))


def take(show: Show, moment: Moment, number: int) -> Moment:
    """Take a way on from the step in view: the room has decided."""
    scene = scene_at(show, moment)
    step = scene.step
    if step is None or not 1 <= number <= len(step.ways):
        return moment
    way, here = step.ways[number - 1], Spot(scene.path, scene.anchor)
    path = way.page
    if not path:
        return moment
    moment = _open(show, moment, number)
    arrived = show.visit(path, way.anchor)
    spot = Spot(path, arrived.anchor)
    following = moment.at + 1
    there = _place_for(show, moment, spot)
    trod = Trod(spot, here, number)
    if there is not None and (not show.session or (there == following and not moment.walk)):
        return _arrive(show, moment, there, trod=trod)
    walk = (*moment.walk, Visit(spot, scene.covered, True))
    return _arrive(show, moment, moment.at, walk, trod=trod)


def _place_for(show: Show, moment: Moment, spot: Spot) -> int | None:
    """The scene of this spot; of several the one that comes next."""
    places = [n for n, s in enumerate(show.scenes) if (s.path, s.anchor) == spot]
    return next((n for n in places if n > moment.at), places[0] if places else None)


def other(show: Show, moment: Moment) -> Moment:
    """Back to the latest question on the trail that has a way nobody has tried."""
    for trod in reversed(moment.trail):
        if trod.source is None:
            continue
        step = show.visit(*trod.source).step
        tried = {t.way for t in moment.trail if t.source == trod.source}
        if step is None or not set(range(1, len(step.ways) + 1)) - tried:
            continue
        for n in range(len(moment.before) - 1, -1, -1):
            if spot_of(show, moment.before[n]) == trod.source:
                back_then = moment.before[n]
                return replace(
                    back_then,
                    opened=moment.opened,
                    trail=_longer(back_then.trail, moment),
                    hand=moment.hand,
                    before=moment.before[:n],
                    blank=Blank.NO,
                    sheet=Sheet.NONE,
                )
    return moment


def uncover(show: Show, moment: Moment) -> Moment:
    """Show everything that is covered here."""
    return _open(show, moment, WHOLE) if scene_at(show, moment).hides else moment


def cover(show: Show, moment: Moment) -> Moment:
    """Cover it again; with nothing to cover again, cover what lies ahead of every step and all levels, or stop it."""
    here = (moment.at, spot_of(show, moment))
    rest = frozenset(o for o in moment.opened if (o.at, o.spot) != here)
    hand = moment.hand
    if len(rest) == len(moment.opened) and scene_at(show, moment).covers:
        hand = not hand
    return replace(moment, opened=rest, hand=hand, leaf=0, branch=0)


def zoom(show: Show, moment: Moment) -> Moment:
    """One branch after the other shown large, then all again."""
    step = scene_at(show, moment).step
    many = len(step.ways) if step is not None else 0
    return replace(moment, branch=(moment.branch + 1) % (many + 1), blank=Blank.NO)


def blank(moment: Moment, colour: Blank) -> Moment:
    """Nothing to see; the same again shows the scene."""
    return replace(moment, blank=Blank.NO if moment.blank is colour else colour)


def lay(show: Show, moment: Moment, sheet: Sheet) -> Moment:
    """Lay a sheet over the graph, or take it away. The step's own words may tell what is still covered: not those."""
    if scene_at(show, moment).step is None or (sheet is Sheet.WORDS and hidden(show, moment)):
        return moment
    return replace(moment, sheet=Sheet.NONE if moment.sheet is sheet else sheet, leaf=0)


def _open(show: Show, moment: Moment, part: int) -> Moment:
    found = Opened(moment.at, spot_of(show, moment), part)
    leaf = None if part != WHOLE and scene_at(show, moment).ladder is not None else 0
    return replace(moment, opened=moment.opened | {found}, leaf=leaf, blank=Blank.NO)


def _arrive(
    show: Show,
    moment: Moment,
    at: int,
    walk: tuple[Visit, ...] = (),
    *,
    trod: Trod | None = None,
    keep: bool = True,
) -> Moment:
    left = (*moment.before, replace(moment, before=()))[-LONGEST:] if keep else moment.before
    arrived = Moment(
        at=at,
        walk=walk,
        opened=moment.opened,
        trail=moment.trail,
        hand=moment.hand,
        before=left,
    )
    return _trodden(show, arrived, trod)


def _trodden(show: Show, moment: Moment, trod: Trod | None = None) -> Moment:
    """The trail with the step now in view. A new round, or another pathway, begins a new one."""
    scene = scene_at(show, moment)
    step = scene.step
    if step is None:
        return moment
    spot, trail = Spot(scene.path, scene.anchor), moment.trail
    if trod is not None:
        return replace(moment, trail=(*trail, trod) if trod not in trail else trail)
    numbers = {s.anchor: s.number for s in scene.page.steps} if scene.page else {}
    last = trail[-1].spot if trail else None
    goes_on = (
        last is not None and last.path == spot.path and numbers.get(last.anchor, 0) < step.number
    )
    if not goes_on or any(t.spot == spot for t in trail):
        return replace(moment, trail=(Trod(spot),))
    return replace(moment, trail=(*trail, _reached(show, trail, spot)))


def _reached(show: Show, trail: tuple[Trod, ...], spot: Spot) -> Trod:
    """By which way the latest step of the trail leads here."""
    for trod in reversed(trail):
        step = show.visit(*trod.spot).step
        for number, way in enumerate(step.ways if step is not None else (), 1):
            if (way.page, way.anchor) == spot:
                return Trod(spot, trod.spot, number)
    return Trod(spot)
