"""Two real screens: each window on its own, swapped, and the projector unplugged in the middle of a session."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.show_process import ShowProcess

CASE = "sessions/low-mood-worked-case.md"
LAPTOP, PROJECTOR = [0, 0, 1280, 720], [1280, 0, 1024, 768]
NEEDED = ("Xvfb", "openbox", "xrandr")
Started = Callable[..., ShowProcess]

pytestmark = pytest.mark.slow


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    running: list[ShowProcess] = []

    def one(**surroundings: str) -> ShowProcess:
        running.append(ShowProcess(CASE, tmp_path, surroundings))
        return running[-1]

    yield one
    for process in running:
        assert process.close() == 0


def inside(box: list[int], screen: list[int]) -> bool:
    """Whether most of a window lies on a screen."""
    x, y, wide, high = box
    left, top, width, height = screen
    middle = x + wide / 2, y + high / 2
    return left <= middle[0] < left + width and top <= middle[1] < top + height


def plugged(folder: Path, *screens: list[int]) -> str:
    """Screens for Qt without a display: a file it reads at its start."""
    keys = ("x", "y", "width", "height")
    found = [
        {"name": f"Screen{n}", **dict(zip(keys, box, strict=True)), "dpr": 1}
        | {"logicalDpi": 96, "logicalBaseDpi": 96}
        for n, box in enumerate(screens)
    ]
    (folder / "screens.json").write_text(json.dumps({"screens": found}), "utf-8")
    return "offscreen:configfile=screens.json"


# -- without a display -----------------------------------------------------------------------


def test_the_room_has_the_projector_and_the_trainer_the_laptop(
    started: Started, tmp_path: Path
) -> None:
    show = started(QT_QPA_PLATFORM=plugged(tmp_path, LAPTOP, PROJECTOR))
    assert show.say("present")["asking"]
    found = show.say("choose 1")
    assert (found["room"], found["full"]) == (PROJECTOR, True)
    assert inside(found["trainer"], LAPTOP)
    assert found["says"] == "The room sees screen 2"


def test_s_swaps_them_and_nothing_of_the_show_is_lost(started: Started, tmp_path: Path) -> None:
    show = started(QT_QPA_PLATFORM=plugged(tmp_path, LAPTOP, PROJECTOR))
    show.say("present")
    show.say("choose 1")
    before = show.say("next")
    found = show.say("swap")
    assert (found["room"], found["full"]) == (LAPTOP, True)
    assert inside(found["trainer"], PROJECTOR)
    assert found["at"] == before["at"]
    found = show.say("swap")
    assert found["room"] == PROJECTOR
    assert inside(found["trainer"], LAPTOP)


def test_nobody_is_asked_twice_about_the_same_projector(started: Started, tmp_path: Path) -> None:
    platform = plugged(tmp_path, LAPTOP, PROJECTOR)
    show = started(QT_QPA_PLATFORM=platform)
    show.say("present")
    show.say("choose 1")
    assert not show.say("end")["showing"]
    found = show.say("present")
    assert not found["asking"]
    assert found["room"] == PROJECTOR
    show.say("end")
    assert show.close() == 0
    later = started(QT_QPA_PLATFORM=platform)
    found = later.say("present")
    assert not found["asking"]
    assert found["room"] == PROJECTOR


def test_one_screen_only_gives_the_room_a_plain_window(started: Started, tmp_path: Path) -> None:
    show = started(QT_QPA_PLATFORM=plugged(tmp_path, LAPTOP))
    found = show.say("present")
    assert not found["asking"]
    assert not found["full"]
    assert found["room"][2] > 1000
    assert found["says"] == "The room’s window is behind"


@pytest.mark.parametrize("size", [(800, 600), (3840, 2160)])
def test_a_small_and_a_huge_projector(
    started: Started, tmp_path: Path, size: tuple[int, int]
) -> None:
    projector = [1280, 0, *size]
    show = started(QT_QPA_PLATFORM=plugged(tmp_path, LAPTOP, projector))
    show.say("present")
    found = show.say("choose 1")
    assert found["room"] == projector
    assert found["full"]


# -- on a display whose screens come and go ----------------------------------------------------


class Wall:
    """One X display cut into monitors, which can be taken away."""

    def __init__(self) -> None:
        reading, writing = os.pipe()
        self.processes = [
            subprocess.Popen(
                ["Xvfb", "-displayfd", str(writing), "-screen", "0", "2560x800x24", "-noreset"],
                pass_fds=[writing],
                stderr=subprocess.DEVNULL,
            )
        ]
        os.close(writing)
        with os.fdopen(reading) as pipe:
            self.display = f":{pipe.readline().strip()}"
        self.surroundings = {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
        self.processes.append(
            subprocess.Popen(
                ["openbox", "--sm-disable"],
                env={**os.environ, **self.surroundings},
                stderr=subprocess.DEVNULL,
            )
        )

    def xrandr(self, *words: str) -> None:
        environment = {**os.environ, **self.surroundings}
        subprocess.run(["xrandr", *words], env=environment, check=True, timeout=20)

    def plug(self, name: str, box: list[int], output: str) -> None:
        x, y, wide, high = box
        self.xrandr("--setmonitor", name, f"{wide}/300x{high}/200+{x}+{y}", output)

    def unplug(self, name: str) -> None:
        self.xrandr("--delmonitor", name)

    def clear(self) -> None:
        for process in reversed(self.processes):
            process.terminate()
            process.wait(10)


@pytest.fixture
def wall() -> Iterator[Wall]:
    lacks = [name for name in NEEDED if shutil.which(name) is None]
    if lacks:
        pytest.skip(f"no screens can be set up here; missing: {', '.join(lacks)}")
    made = Wall()
    try:
        made.plug("LAPTOP", LAPTOP, "screen")
        made.plug("PROJECTOR", PROJECTOR, "none")
        yield made
    finally:
        made.clear()


def test_the_projector_is_unplugged_in_mid_session(wall: Wall, started: Started) -> None:
    show = started(**wall.surroundings)
    found = show.say("present")
    assert sorted(found["screens"]) == [LAPTOP, PROJECTOR]
    show.say(f"choose {found['screens'].index(PROJECTOR)}")
    found = show.wait_for(lambda s: s["room"] == PROJECTOR)
    assert inside(found["trainer"], LAPTOP)
    for _ in range(4):
        before = show.say("next")
    wall.unplug("PROJECTOR")
    found = show.wait_for(lambda s: len(s["screens"]) == 1)
    found = show.wait_for(lambda s: not s["full"] and inside(s["room"], LAPTOP))
    assert found["visible"] == [True, True]
    assert inside(found["trainer"], LAPTOP)
    assert found["at"] == before["at"]
    assert "The projector has gone" in found["says"]
    assert show.say("next")["at"] != before["at"]
    wall.plug("PROJECTOR", PROJECTOR, "none")
    found = show.wait_for(lambda s: s["full"] and inside(s["room"], PROJECTOR))
    assert inside(found["trainer"], LAPTOP)
    assert found["says"].startswith("The room sees screen")


def test_a_projector_that_nobody_chose_waits_to_be_asked_for(wall: Wall, started: Started) -> None:
    wall.unplug("PROJECTOR")
    show = started(**wall.surroundings)
    assert not show.say("present")["full"]
    wall.plug("PROJECTOR", PROJECTOR, "none")
    show.wait_for(lambda s: len(s["screens"]) == 2)
    assert not show.wait_for(lambda s: s["offered"])["full"]
    show.say("project")
    found = show.wait_for(lambda s: s["full"] and inside(s["room"], PROJECTOR))
    assert inside(found["trainer"], LAPTOP)


def test_one_of_three_screens_goes(wall: Wall, started: Started) -> None:
    """The picture of the room does not end up over the notes."""
    small = [1280, 0, 640, 768]
    third = [1920, 0, 640, 768]
    wall.unplug("PROJECTOR")
    wall.plug("PROJECTOR", small, "none")
    wall.plug("THIRD", third, "none")
    show = started(**wall.surroundings)
    found = show.say("present")
    show.say(f"choose {found['screens'].index(third)}")
    show.wait_for(lambda s: s["room"] == third)
    wall.unplug("THIRD")
    found = show.wait_for(lambda s: len(s["screens"]) == 2 and not s["full"])
    assert found["visible"] == [True, True]
    assert "The projector has gone" in found["says"]


def test_the_windows_swap_on_a_real_display(wall: Wall, started: Started) -> None:
    show = started(**wall.surroundings)
    found = show.say("present")
    show.say(f"choose {found['screens'].index(PROJECTOR)}")
    show.wait_for(lambda s: s["room"] == PROJECTOR and inside(s["trainer"], LAPTOP))
    show.say("swap")
    show.wait_for(lambda s: s["room"] == LAPTOP and inside(s["trainer"], PROJECTOR))
