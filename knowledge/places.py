"""Where things stand on this machine: the library that ships, and the user's own folders."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path


def shipped_library() -> Path:
    """The starter library: inside the bundle, or beside the source."""
    bundle = getattr(sys, "_MEIPASS", None)
    home = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return home / "content"


@dataclass(frozen=True, slots=True)
class Profile:
    """The folders of one user: `data` is kept for ever, `cache` can be thrown away at any time."""

    data: Path
    cache: Path

    @classmethod
    def at(cls, folder: Path) -> Profile:
        """A profile that lives in one folder, for throw-away runs and sticks."""
        return cls(folder / "data", folder / "cache")

    @classmethod
    def usual(cls) -> Profile:
        """The folders this system gives a program."""
        import platformdirs

        name = "Fingerpost"
        return cls(
            Path(platformdirs.user_data_dir(name, appauthor=False)),
            Path(platformdirs.user_cache_dir(name, appauthor=False)),
        )
