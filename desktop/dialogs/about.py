"""What this program is for, what it is not, its versions and licences."""

from __future__ import annotations

import platform
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from desktop.dialogs.base import Dialog
from desktop.places import page_place
from desktop.widgets.basics import Button, label
from knowledge.dates import in_words

if TYPE_CHECKING:
    from desktop.window import MainWindow

PURPOSE = (
    "Fingerpost shows published guidance for health visiting teams. The person using it picks every way on. "
    "It adds up no scores, decides nothing, stores no answers and holds no patient data. It sends nothing anywhere."
)
LICENCES = (
    "The program: MIT licence. Typeface Atkinson Hyperlegible Next: SIL Open Font Licence 1.1. "
    "Icons Lucide: ISC licence, some from Feather: MIT licence. List of words SCOWL: free for any "
    "use, its copyright notices come with it. Qt for Python: LGPL 3. "
    "The words of the starter library: see the licence file in its folder."
)
ACCESS = (
    "Everything can be done by keyboard (F1 lists the keys). Every pathway has an outline that says the same as its "
    "graph. Text grows to 400 %. There are light, dark and high-contrast looks. Nothing is told by colour alone."
)


class About(Dialog):
    """Also gives IT what they will ask for."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window, "About Fingerpost", 600, 560)
        for heading, words in (
            ("What it is for", PURPOSE),
            ("This library", self._library()),
            ("Accessibility", ACCESS),
            ("Versions", self._versions()),
            ("Licences", LICENCES),
        ):
            self.body.addWidget(label(heading, "heading"))
            self.body.addWidget(label(words))
        self.body.addStretch(1)
        self.read_by_keyboard()
        library = self.session.library
        purpose = library.find("intended-purpose") if library is not None else None
        if purpose is not None:
            path = purpose[0].path
            self.foot(
                Button(
                    "Intended purpose and limits", "file-text", "lined", lambda: self._open(path)
                )
            )
        self.foot(
            Button("Copy for IT", "copy", "lined", self._copy),
            Button("Close", "x", "filled", self.accept),
        )

    def _open(self, path: str) -> None:
        self.accept()
        self.session.go(page_place(path))

    def _library(self) -> str:
        library = self.session.library
        if library is None:
            return "No library is open."
        settings = library.settings
        parts = [settings.name or library.root.name]
        if settings.version:
            parts.append(f"version {settings.version}")
        if settings.date:
            parts.append(f"of {in_words(settings.date)}")
        return f"{', '.join(parts)}, {len(library.pages):,} pages. {settings.banner}"

    def _versions(self) -> str:
        try:
            own = metadata.version("fingerpost")
        except metadata.PackageNotFoundError:
            own = "from source"
        system = f"{platform.system()} {platform.release()}"
        return f"Fingerpost {own}, Python {platform.python_version()}, Qt {qVersion()}, {system}"

    def _copy(self) -> None:
        root, profile = _said(self.session.root), _said(self.session.profile.data)
        folder = f"Library folder: {root}\nProfile: {profile}"
        QGuiApplication.clipboard().setText(f"{self._versions()}\n{self._library()}\n{folder}")
        self.session.told.emit("Copied for IT")


def _said(folder: Path) -> str:
    """A folder without the name of whoever is signed in: `~` stands for the home folder."""
    try:
        return str("~" / folder.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(folder)
