"""Small libraries for tests, written as their authors would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.window import MainWindow


def look_until(window: MainWindow, qtbot: QtBot, seen: Callable[[], bool]) -> None:
    """Let the window look at its folder until what was changed there has arrived."""

    def looked() -> bool:
        window.session.look_again()
        return seen()

    qtbot.waitUntil(looked, timeout=10_000)


def write_library(root: Path, pages: dict[str, str | bytes]) -> Path:
    """Files by path; folders are made as needed."""
    for path, text in pages.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return root


def page(title: str, body: str, **front: str) -> str:
    """A page with these entries at its top."""
    lines = "".join(f"{key.rstrip('_')}: {value}\n" for key, value in front.items())
    return f'---\ntitle: "{title}"\n{lines}---\n\n{body}\n'
