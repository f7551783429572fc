"""Long work is done in portions; between two of them, whoever has it done may have it wait, or end it."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_of_thread = threading.local()


def offer(between: Callable[[], object]) -> None:
    """From now on this thread calls `between` whenever a portion of its work is done."""
    _of_thread.between = between


def portion_done() -> None:
    """Said by long work wherever it can wait, or be left as it stands."""
    between = getattr(_of_thread, "between", None)
    if between is not None:
        between()


def load(*modules: str) -> None:
    """Load modules one after the other, those first that others want: each is a portion of its own."""
    for name in modules:
        portion_done()
        import_module(name)
    portion_done()
