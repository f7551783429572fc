"""Pictures of every main view for the README: `python build/screenshots.py`, in the environment of .venv."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.window import MainWindow

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
SIZE = (1280, 800)
PATIENCE = 30.0

# File, place, look, size of text; what is typed into the search field, if anything.
SHOTS = (
    ("home", "home:", "light", 1.0, ""),
    ("search", "home:", "light", 1.0, "mum hears voices"),
    ("pathway", "pathways/perinatal-mental-health.md", "light", 1.0, ""),
    ("pathway-dark", "pathways/perinatal-mental-health.md", "dark", 1.0, ""),
    ("threshold", "thresholds/mental-health-emergency.md", "light", 1.0, ""),
    ("case-studies", "list:cases", "light", 1.0, ""),
    ("services", "list:services", "light", 1.0, ""),
    ("service", "services/front-door-mash.md", "light", 1.0, ""),
    ("page", "pages/intended-purpose.md", "light", 1.0, ""),
    ("large-text", "thresholds/kent-support-levels.md", "light", 2.0, ""),
    ("high-contrast", "pathways/perinatal-emergency.md", "contrast", 1.0, ""),
)
SESSION, STOPS = "sessions/low-mood-worked-case.md", (11, 12)


def main() -> int:
    """Take them all; each is written only where it differs, so that nothing changes for nothing."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_SCALE_FACTOR", "1")
    sys.path.insert(0, str(ROOT))
    from datetime import datetime

    from PySide6.QtWidgets import QApplication

    from desktop import theme
    from desktop.places import read_place
    from desktop.session import Session
    from desktop.settings import Settings
    from desktop.window import MainWindow
    from knowledge.places import Profile, shipped_library

    app = QApplication([])
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        profile = Profile.at(Path(home))
        settings = Settings(profile.data)
        settings.set("tour_done", True)
        theme.start(app, "light", 1.0)
        # The day the pictures show is fixed, so that "open now" and dates stay as they are.
        session = Session(profile, settings, shipped_library(), lambda: datetime(2026, 11, 21, 10))
        window = MainWindow(session)
        window.resize(*SIZE)
        window.show()
        session.open()
        until(app, lambda: session.searchable, "the library can be searched")
        for name, link, look, scale, words in SHOTS:
            theme.theme().set(look, scale)
            window.show_place(read_place(link))
            if words:
                window.bar.show_field(True)
                window.bar.field.setText(words)
                window.bar.field.setFocus()
                window.typed(words)
            settle(app)
            picture = window.grab()
            file = FOLDER / f"{name}.png"
            if not picture.save(str(file)):
                print(f"{file} could not be written.", file=sys.stderr)
                return 1
            print(file.relative_to(ROOT))
            if words:
                window.leave_search()
        theme.theme().set("light", 1.0)
        edit(app, window)
        show(app, window)
        window.close()
    return 0


def edit(app: object, window: MainWindow) -> None:
    """A way on led elsewhere and a step added in the graph, none of it in the library."""
    from desktop.editor.graph_side import Chosen
    from knowledge.editing import graph
    from knowledge.model import StepKind

    window.session.go_to("pathways/perinatal-mental-health.md")
    settle(app)
    window.do_id("edit")
    view: Any = window.view
    until(app, lambda: view.editing.look is not None, "the editor has read the page")
    until(app, lambda: view.preview.graph.board.picture is not None, "its graph is drawn")

    page = view.preview.graph.page
    here = next(step for step in page.steps if len(step.ways) > 1 and step.number > 4)
    number, away = here.number - 1, here.ways[0]
    goal = next(s for s in page.steps[number + 2 :] if s.anchor != away.anchor)
    for change in (
        lambda p: graph.lead_way(
            p, p.steps[number], p.steps[number].ways[0], graph.Goal(f"#{goal.anchor}", goal.title)
        ),
        lambda p: graph.add_after(
            p, p.steps[number], "Ring the crisis team", StepKind.REFERRAL, "Not sure"
        ),
    ):
        if view.graph.make(change):
            raise SystemExit("a change for the picture of the editor was refused")
    settle(app, 4.0)
    view.preview.graph.choose(Chosen(f"step:{here.anchor}"))
    view.preview.graph.picked.emit(view.preview.graph.chosen)
    settle(app)
    file = FOLDER / "editing.png"
    if not window.grab().save(str(file)):
        raise SystemExit(f"{file} could not be written.")
    print(file.relative_to(ROOT))
    view.editing.throw_away()
    view.do_stop()
    settle(app, 0.5)


def show(app: object, window: MainWindow) -> None:
    """A question of a session with its outcomes covered, as the room and as the trainer see it."""
    window.session.go_to(SESSION)
    settle(app, 0.5)
    window.do_id("present")
    presenting = window.showing
    presenting.trainer.showNormal()
    for part in (presenting.trainer, presenting.audience):
        part.resize(1280, 720)
    settle(app, 3.0)
    for number in STOPS:
        presenting.jump(number)
    # As if the session had come here in its time.
    presenting.visited = frozenset(range(presenting.moment.at))
    planned = sum(scene.minutes for scene in presenting.show.scenes[: presenting.moment.at])
    presenting.arrived -= timedelta(minutes=1)
    presenting.began = presenting.arrived - timedelta(minutes=planned + 2)
    presenting.trainer.order.tell(presenting.moment.at, presenting.visited)
    settle(app)
    for part, name in ((presenting.audience, "audience"), (presenting.trainer, "presenter")):
        file = FOLDER / f"{name}.png"
        if not part.grab().save(str(file)):
            raise SystemExit(f"{file} could not be written.")
        print(file.relative_to(ROOT))
    presenting.do_end()


def until(app: object, true: Callable[[], bool], what: str) -> None:
    """Let the window work until it is so."""
    limit = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > limit:
            raise SystemExit(f"waited in vain until {what}")
        settle(app, 0.02)


def settle(app: object, seconds: float = 1.5) -> None:
    """Let the window come to rest."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        app.processEvents()  # type: ignore[attr-defined]
        time.sleep(0.005)


if __name__ == "__main__":
    sys.exit(main())
