"""A show in other sizes and looks: a window of its own for each, for another look is put on every widget there is."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.theme import theme

CASE = "sessions/low-mood-worked-case.md"


@pytest.mark.parametrize(
    ("size", "scale"),
    [
        ((800, 600), 1.0),
        ((1280, 720), 2.0),
        ((1280, 720), 1.25),
        ((1920, 1080), 1.0),
    ],
)
def test_back_and_next_are_in_view_at_every_size(
    present_in: Any, open_unpainted: Any, size: tuple[int, int], scale: float
) -> None:
    show = present_in(open_unpainted(scale=scale), CASE)
    trainer = show.trainer
    trainer.showNormal()
    trainer.resize(*size)
    for part in ("room", "notes", "order"):
        trainer.switch.show_choice(part)
        trainer._fit()
        QApplication.processEvents()
        for button in (trainer.controls.back, trainer.controls.next, trainer.finish):
            corner = button.mapTo(trainer, button.rect().bottomRight())
            assert trainer.rect().contains(corner)
            assert button.isVisible()
    assert trainer.width() <= max(size[0], 800)
    trainer.tell_where("The room sees it in a window", several=False, offer=True)
    QApplication.processEvents()
    assert "Room’s window" in trainer.swap.text()
    for number in range(trainer.acts.count()):
        button = trainer.acts.itemAt(number).widget()
        assert button.width() >= button.sizeHint().width(), button.text()
        assert trainer.acts_box.rect().contains(button.geometry()), button.text()
        assert trainer.bar.rect().contains(trainer.acts_box.geometry()), button.text()
    assert trainer.clocks.height() >= trainer.clocks.sizeHint().height()


def test_the_room_keeps_the_projectors_colours_whatever_the_trainer_has(
    present_in: Any, open_unpainted: Any
) -> None:
    show = present_in(open_unpainted(look="dark"), CASE)
    image = show.audience.grab().toImage()
    assert image.pixelColor(image.width() // 2, 2).name() == "#ffffff"
    assert theme().name == "dark"
