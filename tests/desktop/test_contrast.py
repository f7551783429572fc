"""Every colour on every ground it is used on, computed anew from the one table of colours."""

import re
from pathlib import Path

import pytest

from desktop import resources
from desktop.theme import THEMES

SOURCE = Path(__file__).parents[2] / "desktop"
GROUNDS = ("canvas", "surface", "raised", "sunken")
TEXT = (
    *[("ink", ground) for ground in GROUNDS],
    *[("ink_muted", ground) for ground in GROUNDS],
    *[("link", ground) for ground in GROUNDS],
    ("ink", "accent_tint"),
    ("link", "accent_tint"),
    ("accent_ink", "accent_tint"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_urgent", "u_fill"),
    ("ink", "urgent_tint"),
    ("ink_muted", "urgent_tint"),
    *[("urgent_ink", ground) for ground in (*GROUNDS, "urgent_tint")],
    *[("warn_ink", ground) for ground in ("canvas", "surface", "warn_tint")],
    *[("ok_ink", ground) for ground in ("canvas", "surface", "ok_tint")],
    ("hit_ink", "hit"),
    *[("ink", fill) for fill in ("q_fill", "a_fill", "r_fill", "e_fill", "graph")],
    ("ink_muted", "graph"),
)
DIMMED = (("dim_ink", "dim_fill"), ("dim_ink", "graph"))
SHAPES = (
    *[("edge", ground) for ground in ("canvas", "surface", "raised")],
    *[("accent", ground) for ground in (*GROUNDS, "accent_tint")],
    *[("focus", ground) for ground in (*GROUNDS, "urgent_tint", "focus_gap", "graph")],
    ("urgent", "urgent_tint"),
    ("urgent", "surface"),
    ("warn", "warn_tint"),
    ("q_edge", "q_fill"),
    ("a_edge", "a_fill"),
    ("r_edge", "r_fill"),
    ("e_edge", "e_fill"),
    *[(edge, "graph") for edge in ("q_edge", "a_edge", "r_edge", "u_edge", "e_edge")],
    ("wire", "graph"),
    ("trail", "graph"),
    *[(mark, "surface") for mark in ("added", "removed", "changed")],
)


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def too_weak(theme, pairs, least):
    colours = resources.tokens()["themes"][theme]
    found = [(f"{a} on {b}", round(contrast(colours[a], colours[b]), 2)) for a, b in pairs]
    return [(pair, ratio) for pair, ratio in found if ratio < least]


def test_black_on_white_is_21_to_1():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
def test_text_stands_out_from_its_ground(theme):
    least = 7 if theme in ("contrast", "projector") else 4.5
    assert too_weak(theme, TEXT, least) == []
    assert too_weak(theme, DIMMED, 4.5) == []


@pytest.mark.parametrize("theme", THEMES)
def test_shapes_and_the_ring_of_the_keyboard_stand_out(theme):
    assert too_weak(theme, SHAPES, 3) == []


def test_every_theme_has_every_colour():
    themes = resources.tokens()["themes"]
    assert {name: set(themes[name]) ^ set(themes["light"]) for name in THEMES} == {
        name: set() for name in THEMES
    }


def test_no_colour_of_the_screen_is_written_anywhere_but_in_the_table():
    written = [
        f"{file.relative_to(SOURCE)}: {found.group()}"
        for file in sorted(SOURCE.rglob("*.py"))
        if file.name != "paper.py"  # paper is white and ink is black
        for found in re.finditer(r"#[0-9A-Fa-f]{6}\b", file.read_text("utf-8"))
    ]
    assert written == []
