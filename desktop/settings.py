"""Every setting, declared once: name, type, default. Kept as JSON in the user's own folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from knowledge.errors import KnowledgeError

VERSION = 1


class Setting(NamedTuple):
    """One setting: its words for people, its default, and what values it takes."""

    name: str
    default: Any
    words: str = ""
    help: str = ""
    choices: tuple[tuple[Any, str], ...] = ()
    takes: Callable[[Any], bool] = lambda value: True


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _links(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _pairs(value: Any) -> bool:
    return isinstance(value, list) and all(_links(item) and len(item) == 2 for item in value)


def _lists(value: Any) -> bool:
    return isinstance(value, dict) and all(_links(item) for item in value.values())


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting(
            "library",
            "",
            "Library folder",
            "The folder your team's pages are in. Empty: the starter library.",
            takes=_text,
        ),
        Setting(
            "theme",
            "system",
            "Theme",
            "How the program looks.",
            (
                ("system", "As the system"),
                ("light", "Light"),
                ("dark", "Dark"),
                ("contrast", "High contrast"),
            ),
        ),
        Setting(
            "scale",
            1.0,
            "Text size",
            "Everything grows with it. Ctrl+plus and Ctrl+minus do the same.",
            tuple(
                (s, f"{s:.0%}".replace("%", " %"))
                for s in (0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
            ),
        ),
        Setting(
            "search_history",
            False,
            "Keep my searches for 30 days",
            "Off: nothing you type is kept. They stay on this computer and can be cleared at any time.",
            ((False, "Off"), (True, "30 days")),
        ),
        Setting(
            "start",
            "home:",
            "Start with",
            "What opens first.",
            (("home:", "Home"), ("last", "Where I left off")),
        ),
        Setting("bookmarks", {"Bookmarks": []}, takes=_lists),
        Setting("recent", [], takes=_links),
        Setting("searches", [], takes=_pairs),  # [words, day], see searches.py
        Setting("seen", {}, takes=lambda v: isinstance(v, dict)),  # page -> digest when last looked
        Setting("acknowledged", {}, takes=lambda v: isinstance(v, dict)),  # overdue pages, by date
        Setting("tour_done", False, takes=lambda v: isinstance(v, bool)),
        Setting(
            "session", {}, takes=lambda v: isinstance(v, dict)
        ),  # tabs and places, for the next start
        Setting("window", {}, takes=lambda v: isinstance(v, dict)),
        Setting("columns", "auto", takes=lambda v: v in ("auto", "on", "off")),
        Setting("step_panel", 400, takes=lambda v: isinstance(v, int)),
        Setting("navigation_wide", False, takes=lambda v: isinstance(v, bool)),
        Setting(
            "words", [], takes=_links
        ),  # that the spell check knows because somebody here said so
        Setting("spelling", True, takes=lambda value: isinstance(value, bool)),
        Setting(
            "role",
            "",
            "My role",
            "What you sign changes and approvals with: a role or a team, not a name. Nobody checks it.",
            takes=_text,
        ),
        # The screens that were connected, and which of them the room saw; "window" for none.
        Setting("projectors", {}, takes=lambda v: isinstance(v, dict)),
        Setting("notes_size", 20, takes=lambda v: isinstance(v, int) and 14 <= v <= 72),
    )
}


class Settings(QObject):
    """The values in force; `changed` names the one that changed."""

    changed = Signal(str)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.file = folder / "settings.json"
        self.trouble = ""
        self._values: dict[str, Any] = {}
        self._kept: dict[str, Any] = {}  # what a newer version wrote and we do not know
        self._saving = Lock()
        self.unsaved = False
        self._load()

    def _load(self) -> None:
        try:
            found = json.loads(self.file.read_bytes())
        except FileNotFoundError:
            return
        except (OSError, ValueError):
            self.trouble = "Your settings could not be read, so the usual ones hold."
            return
        for name, value in found.items() if isinstance(found, dict) else ():
            setting = SETTINGS.get(name)
            if setting is None:
                self._kept[name] = value
            elif self._fits(setting, value):
                self._values[name] = value

    @staticmethod
    def _fits(setting: Setting, value: Any) -> bool:
        if setting.choices:
            return any(
                value == choice and type(value) is type(choice) for choice, _ in setting.choices
            )
        return setting.takes(value)

    def get(self, name: str) -> Any:
        setting = SETTINGS[name]
        value = self._values.get(name, setting.default)
        return json.loads(json.dumps(value)) if isinstance(value, (list, dict)) else value

    @property
    def wants_columns(self) -> bool | None:
        """Whether graphs have a column for each who acts; None where that is left to the drawing."""
        return {"on": True, "off": False}.get(self.get("columns"))

    def set(self, name: str, value: Any, *, save: bool = True) -> None:
        """Change one and write it down; without `save` that is left to somebody who need not hurry."""
        setting = SETTINGS[name]
        if not self._fits(setting, value):
            raise ValueError(f"{name} does not take {value!r}")
        if self.get(name) == value:
            return
        self._values[name] = value
        self.unsaved = True
        if save:
            self.save()
        self.changed.emit(name)

    def reset(self, name: str) -> None:
        """Put one back as it was when the program was new."""
        self.set(name, SETTINGS[name].default)

    def save(self) -> None:
        """Write all of them down; in any thread, and what is written last is the newest."""
        from knowledge.files import Clock, Files, put_in_place, write_beside

        with self._saving:
            self.unsaved = False
            data = {**self._kept, **self._values, "version": VERSION}
            text = json.dumps(data, ensure_ascii=False, indent=1)
            try:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                # Not synced: waiting for the disk would hold up the window, and nothing here is anybody's work.
                files = Files()
                part = write_beside(files, self.file, text.encode("utf-8"), sync=False)
                put_in_place(files, part, self.file, Clock())
            except (OSError, KnowledgeError):
                self.trouble = (
                    "Your settings could not be kept; they hold until you close the program."
                )
