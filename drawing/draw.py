"""The door to this room: a diagram in, a drawing out; quick at once, careful from a worker."""

from __future__ import annotations

from drawing.compose import Measured, dress
from drawing.diagram import Diagram, Drawing
from drawing.layered import layered_plan
from drawing.net import LayoutError

# Boxes up to this number -> how long to search, and whether to place exactly.
_EFFORT = ((20, 150, False), (40, 90, False), (80, 40, False), (160, 12, False), (300, 3, False))


def first_picture(diagram: Diagram, scale: float = 1.0) -> Drawing:
    """A drawing within milliseconds. Raises LayoutError, with one sentence for a person."""
    measured = _measured(diagram, scale)
    return dress(measured, layered_plan(measured.net, 0, quick=True))


def refined_picture(diagram: Diagram, scale: float = 1.0) -> Drawing:
    """The careful drawing: a plain function for a worker process, the same picture every time."""
    measured = _measured(diagram, scale)
    boxes = len(diagram.boxes)
    tries, quick = next(((t, q) for most, t, q in _EFFORT if boxes <= most), (0, True))
    return dress(measured, layered_plan(measured.net, tries, quick))


def _measured(diagram: Diagram, scale: float) -> Measured:
    if not diagram.boxes:
        raise LayoutError("This pathway has no steps yet, so there is nothing to draw.")
    return Measured(diagram, scale)
