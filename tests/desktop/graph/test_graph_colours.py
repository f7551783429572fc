"""One table says which colours a box has, on the screen, in files and in print."""

from __future__ import annotations

import re
from pathlib import Path

from desktop import resources
from desktop.graph.lit import colours
from drawing.colours import BOXES, LIGHT, PRINT
from drawing.diagram import Look

ROOT = Path(__file__).parents[3]


def test_a_file_has_the_colours_of_the_light_window() -> None:
    light = resources.tokens()["themes"]["light"]
    assert {role: light[role].upper() for role in LIGHT} == LIGHT
    assert set(PRINT) == set(LIGHT)


def test_every_kind_of_box_has_its_colours_in_one_place() -> None:
    assert set(BOXES) == set(Look)
    for look in Look:
        assert colours(look, dim=False) == BOXES[look]
        assert set(BOXES[look]) <= set(LIGHT)
    second = [
        path.name
        for folder in ("drawing", "desktop")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"Look\.\w+: \(", path.read_text(encoding="utf-8"))
    ]
    assert second == ["colours.py"]
