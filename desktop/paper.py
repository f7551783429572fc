"""The colours of paper: white ground, black ink, the pale fills of the light look."""

from __future__ import annotations

from desktop import resources

INK = "#000000"
GREY = "#333333"
GROUND = "#FFFFFF"


def paper_colours() -> dict[str, str]:
    """The table of colours for everything that is printed."""
    light: dict[str, str] = resources.tokens()["themes"]["light"]
    return {**light, "ink": INK, "ink_muted": GREY, "surface": GROUND}
