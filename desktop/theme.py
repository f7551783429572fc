"""How everything looks: colours by role, sizes times the text scale, fonts, the palette and the style sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop import resources
from desktop.styles import style_sheet

THEMES = ("light", "dark", "contrast", "projector")
SCALES = (0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)


class Theme(QObject):
    """The look in force. Widgets that paint themselves ask it again whenever `changed` is told."""

    changed = Signal()

    def __init__(self, name: str = "light", scale: float = 1.0) -> None:
        super().__init__()
        self.name = name
        self.scale = scale
        self.tokens = resources.tokens()
        self.colours = self._colours(name)
        self._fonts: dict[tuple[str, int, bool], QFont] = {}

    def _colours(self, name: str) -> dict[str, str]:
        themes: dict[str, dict[str, str]] = self.tokens["themes"]
        return themes.get(name) or themes["light"]

    def colour(self, role: str) -> QColor:
        return QColor(self.colours[role])

    def px(self, size: float) -> int:
        """A size of the design at the text scale in force, never less than one pixel."""
        return max(1, round(size * self.scale))

    def size(self, name: str) -> int:
        """One of the design's named sizes, scaled."""
        return self.px(self.tokens["size_px"][name])

    def font(self, role: str = "body", weight: int = 400, italic: bool = False) -> QFont:
        """The font of a role in the design, such as body, small, heading, title."""
        key = (role, weight, italic)
        found = self._fonts.get(key)
        if found is None:
            found = QFont([self.tokens["font"]["family"], *self.tokens["font"]["fallback"]])
            found.setPixelSize(max(1, round(float(self.tokens["type_px"][role]) * self.scale)))
            found.setWeight(QFont.Weight(weight))
            found.setItalic(italic)
            # Whole-pixel hinting would make the same words wider here than in the drawing room.
            found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            self._fonts[key] = found
        return found

    def set(self, name: str | None = None, scale: float | None = None) -> None:
        """Change the look; everything on the screen follows."""
        name = name or self.name
        scale = scale or self.scale
        if (name, scale) == (self.name, self.scale):
            return
        self.force(name, scale)
        self.changed.emit()

    def force(self, name: str, scale: float) -> None:
        """Put a look into force without telling anybody."""
        self.name, self.scale = name, scale
        self.colours = self._colours(name)
        self._fonts.clear()
        self.apply()

    def apply(self) -> None:
        """Put fonts, palette and style sheet into force."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        app.setStyleSheet("")  # font and palette under a sheet in force cost twice the time
        app.setFont(self.font())
        app.setPalette(self.palette())
        app.setStyleSheet(style_sheet(self))

    def palette(self) -> QPalette:
        palette = QPalette()
        roles: dict[QPalette.ColorRole, str] = {
            QPalette.ColorRole.Window: "canvas",
            QPalette.ColorRole.WindowText: "ink",
            QPalette.ColorRole.Base: "surface",
            QPalette.ColorRole.AlternateBase: "sunken",
            QPalette.ColorRole.Text: "ink",
            QPalette.ColorRole.Button: "surface",
            QPalette.ColorRole.ButtonText: "ink",
            QPalette.ColorRole.Highlight: "accent",
            QPalette.ColorRole.HighlightedText: "on_accent",
            QPalette.ColorRole.Link: "link",
            QPalette.ColorRole.LinkVisited: "link",
            QPalette.ColorRole.PlaceholderText: "ink_muted",
            QPalette.ColorRole.ToolTipBase: "raised",
            QPalette.ColorRole.ToolTipText: "ink",
            QPalette.ColorRole.Mid: "edge",
            QPalette.ColorRole.Accent: "accent",
        }
        for role, token in roles.items():
            palette.setColor(role, self.colour(token))
        for role in (
            QPalette.ColorRole.Text,
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("dim_ink"))
        return palette


_theme: Theme | None = None


def theme() -> Theme:
    """The look in force; one for the whole program."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def start(app: QApplication, name: str, scale: float) -> Theme:
    """Load the fonts, choose the style and put the look into force."""
    fusion = QStyleFactory.create("Fusion")
    app.setStyle(fusion)
    for font in sorted((resources.HOME / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(font))
    look = theme()
    look.force(name, scale)
    return look


def system_theme() -> str:
    """High contrast, light or dark, as the system asks; light where it does not say."""
    from PySide6.QtCore import Qt

    hints = QGuiApplication.styleHints()
    access = hints.accessibility() if hasattr(hints, "accessibility") else None
    asked = getattr(access, "contrastPreference", None)
    if asked is not None and "HighContrast" in str(asked()):
        return "contrast"
    return "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"


def follow_system(wanted: Callable[[], str]) -> None:
    """Change with the system from now on, while `wanted` says that the reader chose so."""

    def follow() -> None:
        if wanted() == "system":
            theme().set(system_theme())

    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(lambda _: follow())
    access = hints.accessibility() if hasattr(hints, "accessibility") else None
    changed = getattr(access, "contrastPreferenceChanged", None)
    if changed is not None:
        changed.connect(lambda _: follow())


def motion_allowed() -> bool:
    """Whether anything may move: not when the system, or the setting, asks for stillness."""
    app = QApplication.instance()
    if app is None:
        return False
    wish: Any = app.property("motion")
    if wish is not None:
        return bool(wish)
    hints = QGuiApplication.styleHints()
    access = hints.accessibility() if hasattr(hints, "accessibility") else None
    asked = getattr(access, "motionPreference", None)
    return asked is None or "Reduce" not in str(asked())


__all__ = ["Theme", "follow_system", "motion_allowed", "start", "system_theme", "theme"]
