"""Makes the coming scene ready while the trainer talks: its words, its layout and its pictures, in small portions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer

from knowledge.showing import moment as moves
from knowledge.showing.moment import Moment, scene_at
from knowledge.showing.seen import Seen, seen

if TYPE_CHECKING:
    from desktop.presenting.roomview import RoomView
    from desktop.presenting.stage import Stage
    from desktop.session import Session
    from knowledge.showing.show import Show

AFTER_MS = 250  # when the camera rests
GAP_MS = 10  # between portions, for whatever else wants its turn


class Ahead(NamedTuple):
    """What Space leads to from a moment, and what the room will see then."""

    start: Moment
    leaf: int
    leaves: int
    to: Moment
    seen: Seen


class Showing(Protocol):
    """A show under way, as far as it is rehearsed."""

    show: Show
    moment: Moment
    stage: Stage
    session: Session
    over: bool

    @property
    def views(self) -> tuple[RoomView, ...]: ...
    def furnish(self) -> Iterator[None]: ...


class Rehearsal(QObject):
    """Goes through the next step unseen. Any move, or another size of a window, begins it again."""

    def __init__(self, show: Showing) -> None:
        super().__init__()
        self.show_ = show
        self.ready = False
        self.ahead: Ahead | None = None
        self._work: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Soon, and from the beginning."""
        self.ready, self._work = False, None
        self._timer.start(AFTER_MS)

    def stop(self) -> None:
        self._timer.stop()
        self._work = self.ahead = None

    def forward(self) -> Moment:
        """What Space leads to, from what was found out before if that still holds."""
        show, ahead = self.show_, self.ahead
        leaf, leaves = show.stage.leaf, show.stage.leaves
        if ahead is not None and ahead.start is show.moment and ahead[1:3] == (leaf, leaves):
            return ahead.to
        return moves.forward(show.show, show.moment, leaf, leaves)

    def seen(self, moment: Moment) -> Seen:
        """What the room sees at a moment."""
        ahead = self.ahead
        if ahead is not None and ahead.to is moment:
            return ahead.seen
        show = self.show_
        return seen(show.show, moment, show.session.now().date())

    def _go_on(self) -> None:
        if self.show_.over:
            return
        if self.show_.stage.moving:
            self._timer.start(AFTER_MS)
            return
        if self._work is None:
            self._work = self._portions()
        for _ in self._work:
            self._timer.start(GAP_MS)
            return
        self.ready = True

    def _portions(self) -> Iterator[None]:
        """The next step first, then where the ways on lead, then what is in view, for pointer and pen."""
        show, stage = self.show_, self.show_.stage
        start, leaf, leaves = show.moment, stage.leaf, stage.leaves
        to = moves.forward(show.show, start, leaf, leaves)
        if to is not start:
            sight = seen(show.show, to, show.session.now().date())
            self.ahead = Ahead(start, leaf, leaves, to, sight)
            yield
            yield from self._paint(sight, to.leaf)
            yield from show.furnish()
            self.ready = True
        step = scene_at(show.show, start).step
        for number in range(1, 1 + len(step.ways if step is not None else ())):
            yield
            taken = moves.take(show.show, start, number)
            stage.layouts.lay(seen(show.show, taken, show.session.now().date()), stage.size)
        if stage.laid is not None:
            for view in show.views:
                yield from view.portions(stage.laid, stage.leaf, None)

    def _paint(self, sight: Seen, leaf: int | None) -> Iterator[None]:
        stage = self.show_.stage
        laid = stage.layouts.lay(sight, stage.size)
        yield
        for view in self.show_.views:
            yield from view.portions(laid, laid.leaf(leaf), stage.frame)
            yield
