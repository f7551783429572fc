"""Files that ship with the window: icons, fonts, colours."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent


def read(name: str) -> bytes:
    """The bytes of a file that ships."""
    return (HOME / name).read_bytes()


@cache
def tokens() -> dict[str, Any]:
    """The design's one table of colours and sizes."""
    found: dict[str, Any] = json.loads(read("tokens.json"))
    return found
