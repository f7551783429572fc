"""Has pathways drawn: a quick picture at once, a careful one from another process; keeps what was drawn."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.graph.worker import WORKER
from drawing.draw import first_picture, near_picture, same_shape
from drawing.net import LayoutError

if TYPE_CHECKING:
    from desktop.session import Session
    from drawing.diagram import Diagram, Drawing

    Wanted = tuple[Diagram, float, bool | None]

_KEPT = 24


class Drawer(QObject):
    """Draws one view's diagrams. Only the newest that was asked for is told."""

    drawn = Signal(object, bool)  # Drawing; whether it follows one of the same words
    failed = Signal(str)  # one sentence

    def __init__(self, session: Session, *, soon: bool = False) -> None:
        """With `soon`, what follows an older drawing has a quick picture too if it is joined otherwise."""
        super().__init__()
        self.session = session
        self.soon = soon
        self.wanted: Wanted | None = None
        self._shown = False

    def draw(
        self,
        diagram: Diagram,
        scale: float,
        before: Drawing | None = None,
        columns: bool | None = None,
    ) -> None:
        """Ask for a drawing; after a change of words `before` is the one to stay close to.

        `columns` asks for a column for each actor, or for none; else there are some where they cost nothing.
        """
        wanted = self.wanted = (diagram, scale, columns)
        self._shown = False
        kept = _kept.get(wanted)
        if kept is not None and before is None:
            _kept.move_to_end(wanted)
            self._done(kept, wanted)
            return
        run = self.session.tasks.run
        if before is None or (self.soon and not same_shape(before.diagram, diagram)):
            run(
                lambda: _quick(wanted, before),
                lambda drawing: self._early(drawing, wanted),
                self._failed,
                key=f"first-{id(self)}",
                lane="drawing",
            )
        run(
            lambda: WORKER.draw(diagram, scale, before, columns),
            lambda drawing: self._refined(drawing, wanted),
            self._failed,
            key=f"careful-{id(self)}",
            lane="careful",  # it waits for the other process; a quick picture need not wait for that
        )

    def _early(self, drawing: Drawing, wanted: Wanted) -> None:
        if not self._shown:  # a careful one may be there first
            self._done(drawing, wanted)

    def _refined(self, drawing: Drawing, wanted: Wanted) -> None:
        _kept[wanted] = drawing
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
        self._done(drawing, wanted)

    def _done(self, drawing: Drawing, wanted: Wanted) -> None:
        if self.wanted == wanted:
            again, self._shown = self._shown, True
            self.drawn.emit(drawing, again)

    def _failed(self, error: Exception) -> None:
        if not self._shown:
            self._shown = True  # said once is enough
            self.failed.emit(str(error) if isinstance(error, LayoutError) else "")
        if not isinstance(error, LayoutError):
            raise error


def _quick(wanted: Wanted, before: Drawing | None) -> Drawing:
    diagram, scale, columns = wanted
    if before is None or before.scale != scale:
        return first_picture(diagram, scale, columns)
    return near_picture(diagram, scale, columns, before)


def drawn_before(diagram: Diagram) -> Drawing | None:
    """The careful drawing at the usual size, if it was made before."""
    return _kept.get((diagram, 1.0, None))


_kept: OrderedDict[Wanted, Drawing] = OrderedDict()
