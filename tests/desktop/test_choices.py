"""A circle or a box to choose with is as large as its words, and its edge is seen in every theme."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QStyle, QWidget

from desktop.theme import THEMES, theme
from desktop.widgets.choices import Circle, Tick
from tests.desktop.test_contrast import contrast


@pytest.fixture
def look(started: None) -> Iterator[None]:
    yield
    theme().set("light", 1.0)


def _width(choice: QWidget, part: QStyle.PixelMetric) -> int:
    choice.ensurePolished()
    return choice.style().pixelMetric(part, None, choice)


@pytest.mark.parametrize("name", THEMES)
def test_what_is_not_chosen_yet_is_seen_and_grows_with_the_text(look: None, name: str) -> None:
    for scale in (1.0, 2.0):
        theme().set(name, scale)
        circle, tick = Circle("A small change"), Tick("Covered at first")
        assert _width(circle, QStyle.PixelMetric.PM_ExclusiveIndicatorWidth) == 16 * scale
        assert _width(tick, QStyle.PixelMetric.PM_IndicatorWidth) == 16 * scale
    for choice in (circle, tick):
        choice.resize(choice.sizeHint())
        off = choice.grab().toImage()
        ground = off.pixelColor(off.width() - 1, 0).name()
        row = [off.pixelColor(x, off.height() // 2).name() for x in range(40)]
        assert max(contrast(colour, ground) for colour in row) >= 3
        choice.setChecked(True)
        assert choice.grab().toImage() != off
