"""A library is opened, off the screen's thread: from the copy of the last start, or read from its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.turns import load

if TYPE_CHECKING:
    from pathlib import Path

    from knowledge.cache import LastCopy
    from knowledge.library import Library

# What reading takes, those first that the others load anyway: each a portion that the window need not wait for.
READING = (
    "model",
    "settings",
    "front",
    "inline",
    "source",
    "library",
    "rules.registry",
    "validate",
)


def last_copy(root: Path, cache: Path) -> LastCopy | None:
    """The library as it was read last; None where nothing was kept."""
    load(*(f"knowledge.{name}" for name in READING))
    from knowledge.cache import last_copy

    return last_copy(root, cache)


def read(root: Path, known: Library | None = None) -> Library:
    """The library as it is now; what did not change is taken from `known`."""
    from knowledge.library import open_library

    return open_library(root, known)
