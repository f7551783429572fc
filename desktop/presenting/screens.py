"""Which screen the room sees: asked once for each set of screens, remembered by what the screens call themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.settings import Settings

WINDOW = "window"  # the room sees a plain window, as when one screen is shared in a call
MOST_REMEMBERED = 40


def screen_key(screen: QScreen) -> str:
    """A screen by its maker, model, number and size; by its plug where it says nothing of itself."""
    own = [screen.manufacturer(), screen.model(), screen.serialNumber()]
    known = [part.strip() for part in own if part.strip()]
    size = screen.size() * screen.devicePixelRatio()
    return " ".join([*(known or [screen.name()]), f"{size.width()}x{size.height()}"])


def screen_words(screen: QScreen, number: int) -> str:
    """A screen as a person would know it."""
    name = screen.model().strip() or screen.name()
    size = screen.size() * screen.devicePixelRatio()
    return f"Screen {number}: {name}, {size.width()} × {size.height()}"


def screens() -> list[QScreen]:
    """The screens that show different things; one that repeats another does not count."""
    found: list[QScreen] = []
    for screen in QGuiApplication.screens():
        if all(screen.geometry() != other.geometry() for other in found):
            found.append(screen)
    return found


def to_front(window: QWidget) -> None:
    """Bring a window before the others and give it the keyboard."""
    if QGuiApplication.platformName() != "offscreen":  # which has no front, and says so each time
        window.raise_()
    window.activateWindow()


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the windows go. Without a screen for the room it is a plain window."""

    room: QScreen | None
    trainer: QScreen


class Screens:
    """Answers which screen is the room's, from what was chosen before."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def _set_key(self) -> str:
        return " + ".join(sorted(screen_key(screen) for screen in screens()))

    @property
    def several(self) -> bool:
        return len(screens()) > 1

    @property
    def known(self) -> bool:
        """Whether nobody has to be asked."""
        return not self.several or self._set_key() in self.settings.get("projectors")

    @property
    def chosen(self) -> bool:
        """Whether one of these screens was chosen for the room before."""
        return (
            self.several and self.settings.get("projectors").get(self._set_key(), WINDOW) != WINDOW
        )

    def placing(self, here: QScreen) -> Placing:
        """Where the windows go now; `here` is the trainer's screen where nothing else is known."""
        found = screens()
        if len(found) < 2:
            return Placing(None, found[0] if found else here)
        chosen = self.settings.get("projectors").get(self._set_key())
        if chosen == WINDOW:
            return Placing(None, here)
        room = next((s for s in found if screen_key(s) == chosen), None)
        if room is None:
            room = next((s for s in found if s is not here), found[-1])
        return Placing(room, next(s for s in found if s is not room))

    def remember(self, room: QScreen | None) -> None:
        """From now on the room sees this screen, while the same ones are connected."""
        if not self.several:
            return
        kept: dict[str, str] = self.settings.get("projectors")
        key = self._set_key()
        kept.pop(key, None)
        kept[key] = screen_key(room) if room is not None else WINDOW
        while len(kept) > MOST_REMEMBERED:
            kept.pop(next(iter(kept)))
        self.settings.set("projectors", kept)
