"""Proof by pixels: no trainer's note and no covered outcome ever reaches the room, forwards, backwards or anyhow.

Each session is shown several times at once: as it is, with all other notes, with all other outcomes too. Whatever the trainer
does, the room's pictures must be the same to the last pixel, save at a stop whose outcome the trainer has uncovered.
"""

from __future__ import annotations

import random
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.graph import drawer
from desktop.presenting.audience import Audience
from desktop.presenting.graphs import Graphs
from desktop.presenting.presenting import Presenting
from desktop.presenting.rehearsal import Rehearsal
from desktop.presenting.stage import Stage
from desktop.window import MainWindow
from knowledge.editing import stops
from knowledge.library import Library, open_library, with_page
from knowledge.model import Step
from knowledge.showing.moment import Next, Spot, begin, spot_of
from knowledge.showing.seen import seen
from knowledge.showing.show import show_of

STARTER = Path(__file__).parents[3] / "content"
SESSIONS = (
    "sessions/low-mood-worked-case.md",
    pytest.param("sessions/levels-of-need.md", marks=pytest.mark.slow),
)
WIDE = 640, 360
ROOMY = 784, 752  # whatever a step leads to is in view
UNCOVERS = (Next.UNCOVER, Next.LEVEL)
STOP = re.compile(r"^\d+\. \[.*\n", re.MULTILINE)
NOTE = re.compile(r"^ *> \[!TRAINER\]\n(?: *>.*\n)+", re.MULTILINE)
OUTCOME = re.compile(r"^    Outcome: .*\n(?:    \w.*\n)*", re.MULTILINE)
ACTS = (
    *["next"] * 6, "back", "back", "back", "uncover", "cover", "other", "zoom", "words", "flags",
    "black", "black", "white", "white", "take", "take", "go", "visit",
)  # fmt: skip


@cache
def starter() -> Library:
    return open_library(STARTER)


@cache
def twin_libraries(path: str) -> dict[str, Library]:
    """The library as it is, with other notes, and with other outcomes as well."""
    words, others = "Say nothing", "ÄÖÜ! Quite other words, and many more of them, for the trainer"
    library = with_other_notes(starter(), path, words)
    noted = with_other_words(library, words, others)
    zebras = "Zebras cross elsewhere"
    return {
        "as it is": library,
        "notes": noted,
        "both": with_other_outcomes(noted, path, zebras),
    }


def with_other_notes(library: Library, path: str, words: str) -> Library:
    """Every stop has this note, and so has every step and section of every page that is shown."""
    page = library.pages[path]
    numbers = count()
    text = NOTE.sub("", page.text)
    text = STOP.sub(lambda m: f"{m[0]}\n    > [!TRAINER]\n    > {words} {next(numbers)}\n\n", text)
    for other in {stop.link.page for stop in page.stops}:
        used = library.pages[other]
        said = used.text
        for section in reversed(used.sections):
            note = f"\n\n> [!TRAINER]\n> {words}\n\n"
            said = said[: section.body.start] + note + said[section.body.start :]
        library = with_page(library, other, said.encode())
    library = with_page(library, path, text.encode())
    noted = [stops.trainer_words(stop) for stop in library.pages[path].stops]
    assert noted == [f"{words} {number}" for number in range(len(page.stops))]
    return library


def with_other_words(library: Library, words: str, others: str) -> Library:
    """The words of every note are others."""
    for path, page in library.pages.items():
        if words in page.text:
            library = with_page(library, path, page.text.replace(words, others).encode())
    return library


def with_other_outcomes(library: Library, path: str, words: str) -> Library:
    page = library.pages[path]
    said = [
        f"{words} {number}. " * (1 + number % 5) if stop.outcome else ""
        for number, stop in enumerate(page.stops)
    ]
    coming = iter([f"    Outcome: {words}\n" for words in said if words])
    changed = with_page(library, path, OUTCOME.sub(lambda m: next(coming), page.text).encode())
    told = [stop.outcome for stop in changed.pages[path].stops]
    assert told == [words.strip() for words in said]
    return changed


class Room:
    """A show, and what its room sees: a view is painted only when it was told of a change."""

    def __init__(self, window: MainWindow, library: Library, path: str) -> None:
        show = show_of(library, path)
        assert show is not None
        assert sum(bool(scene.notes) for scene in show.scenes) >= len(show.stops) > 10
        self.show = Presenting(window, show, begin(show))
        self.show.start()
        self.show.trainer.hide()  # it is told everything all the same
        self._sees: QImage | None = None
        self.show.stage.changed.connect(self._changed)

    def _changed(self) -> None:
        self._sees = None

    @property
    def sees(self) -> QImage:
        if self._sees is None:
            self._sees = picture_of(self.show.audience)
        return self._sees


class Twins:
    """The same session in several shows that are led through the same moments."""

    def __init__(self, window: MainWindow, path: str) -> None:
        self.rooms = {name: Room(window, lib, path) for name, lib in twin_libraries(path).items()}
        self.shows = [self.rooms[name].show for name in ("as it is", "both")]
        self.first = self.shows[0]
        self.begin()

    def begin(self) -> None:
        """From the beginning, with everything covered."""
        for room in self.rooms.values():
            room.show.audience.resize(*WIDE)
            room.show.move_to(begin(room.show.show))
        self.uncovered: set[tuple[int, Spot]] = set()
        self.looks = self.differed = 0

    @property
    def here(self) -> tuple[int, Spot]:
        return self.first.moment.at, spot_of(self.first.show, self.first.moment)

    def do(self, act: str, coin: random.Random | None = None) -> None:
        """The same act in every show; what the trainer is told it will uncover is uncovered from now on."""
        coming = self.first.trainer.desk.card.coming
        assert coming is not None
        if act == "uncover" or (act == "next" and coming.doing in UNCOVERS):
            self.uncovered.add(self.here)
        if act == "cover":
            self.uncovered.discard(self.here)
        number = coin.randrange(1, 4) if coin is not None and act == "take" else 0
        at = coin.randrange(len(self.first.show.scenes)) if coin is not None else 0
        behind = self._longer_texts() if act == "next" else []
        for show in behind or self.shows:
            if act == "take":
                show.take(number)
            elif act == "go":
                show.go_to(at)
            elif act == "visit":
                scene = show.show.scenes[at]
                show.visit(scene.path, scene.anchor)
            else:
                show.do(act)
        self.look(act)

    def _longer_texts(self) -> list[Presenting]:
        """Shows whose uncovered outcome needs one more page than that of the others."""
        coming = [(show, show.trainer.desk.card.coming) for show in self.shows]
        leafing = [show for show, comes in coming if comes and comes.doing is Next.LEAF]
        if 0 < len(leafing) < len(self.shows):
            assert self.here in self.uncovered, f"a covered outcome took room at {self.here}"
            return leafing
        return []

    def look(self, act: str) -> None:
        """The pictures are the same, wherever nothing has been uncovered; and else those of other notes."""
        self.looks += 1
        told = f"after {self.looks} acts, the last '{act}', at {self.here}"
        assert len({(s.moment.at, len(s.moment.walk)) for s in self.shows}) == 1, told
        before, noted = self.rooms["as it is"].sees, self.rooms["notes"]
        if self.rooms["both"].sees == before:
            return  # neither a note nor an outcome was seen
        noted.show.move_to(self.first.moment)
        assert noted.sees == before, f"a note was seen {told}"
        assert self.here in self.uncovered, f"a covered outcome was seen {told}"
        self.differed += 1


def picture_of(audience: Audience) -> QImage:
    image = QImage(audience.size(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    audience.render(image)
    return image


@pytest.fixture(scope="module")
def still(qapp: QApplication) -> Iterator[None]:
    """Nothing moves or is painted ahead, and every picture is the quick one, so that pictures can be compared.

    A careful drawing that another test left would be found for the library as it is, but not for its twin.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Graphs, "prepare", lambda self: None)
        patch.setattr(Rehearsal, "begin", lambda self: None)
        patch.setattr(drawer, "_kept", OrderedDict())
        qapp.setProperty("motion", False)
        yield
        qapp.setProperty("motion", None)


@pytest.fixture(scope="module")
def made(host: MainWindow, still: None) -> Iterator[Callable[[str], Twins]]:
    """The twins of a session: shows that every test leads from the beginning."""
    found: dict[str, Twins] = {}

    def one(path: str) -> Twins:
        if path not in found:
            found[path] = Twins(host, path)
        return found[path]

    yield one
    for twins in found.values():
        for room in twins.rooms.values():
            room.show.do_end()


@pytest.fixture
def twins(made: Callable[[str], Twins]) -> Callable[[str], Twins]:
    def one(path: str) -> Twins:
        found = made(path)
        found.begin()
        return found

    return one


@pytest.mark.parametrize("path", SESSIONS)
def test_through_a_whole_session_and_back_the_room_sees_only_what_was_uncovered(
    twins: Callable[[str], Twins], path: str
) -> None:
    both = twins(path)
    both.look("F5")
    show = both.first
    reached = set()
    for _ in range(400):
        reached.add(show.moment.at)
        coming = show.trainer.desk.card.coming
        if coming is None or coming.doing is Next.END:
            break
        both.do("next")
    assert reached == set(range(len(show.show.scenes)))
    outcomes = sum(bool(scene.outcome and scene.ask) for scene in show.show.scenes)
    assert both.differed >= outcomes > 10
    for _ in range(400):
        before = show.moment
        both.do("back")
        if show.moment == before:
            break
    assert show.moment.at == 0


@pytest.mark.parametrize("path", SESSIONS)
def test_backwards_before_anything_was_uncovered(twins: Callable[[str], Twins], path: str) -> None:
    """From the last stop to the first by jumps, with the words and red flags of each step laid over it."""
    both = twins(path)
    for at in reversed(range(len(both.first.show.scenes))):
        for show in both.shows:
            show.go_to(at)
        both.look("go")
        for act in ("words", "words", "flags", "flags", "zoom", "zoom", "zoom"):
            both.do(act)
    assert both.differed == 0


def test_what_is_covered_again_is_gone(twins: Callable[[str], Twins]) -> None:
    both = twins("sessions/low-mood-worked-case.md")
    for at, scene in enumerate(both.first.show.scenes):
        if not scene.hides or not scene.outcome:
            continue
        for show in both.shows:
            show.go_to(at)
        both.look("go")
        differed = both.differed
        both.do("uncover")
        assert both.differed == differed + 1
        both.do("cover")
        assert both.differed == differed + 1


@pytest.mark.parametrize("path", SESSIONS)
def test_where_a_covered_step_leads_cannot_be_read_from_the_picture(
    twins: Callable[[str], Twins], path: str
) -> None:
    """The steps ahead get other titles of the same length; while they are covered the room sees no difference."""
    room = twins(path).rooms["as it is"]
    room.show.audience.resize(*ROOMY)
    tried = 0
    for at, scene in enumerate(room.show.show.scenes):
        if not scene.covered or scene.step is None or scene.page is None:
            continue
        ahead = {
            way.anchor
            for way in scene.step.ways
            if way.page == scene.path
            and (step := scene.page.by_anchor.get(way.anchor)) is not None
            and isinstance(step, Step)
            and step.number > scene.step.number
        }
        room.show.move_to(begin(room.show.show))
        room.show.go_to(at)
        assert not (ahead & {trod.spot.anchor for trod in room.show.moment.trail})
        other = Alone(room, with_reversed_titles(starter(), scene.path, ahead))
        assert other.sees == room.sees, f"stop {at} shows where it leads"
        room.show.do("uncover")
        assert not ahead or other.sees != room.sees
        tried += bool(ahead)
    assert tried > 2


class Alone:
    """The window before the room by itself, on another library, at the moment of a show."""

    def __init__(self, beside: Room, library: Library) -> None:
        self.beside = beside.show
        show = show_of(library, self.beside.show.path)
        assert show is not None
        self.show = show
        self.stage = Stage(Graphs(self.beside.session, show), library)
        self.audience = Audience(self.stage)
        self.audience.resize(self.beside.audience.size())

    @property
    def sees(self) -> QImage:
        now = seen(self.show, self.beside.moment, self.beside.session.now().date())
        self.stage.show_seen(now, self.beside.moment.leaf)
        return picture_of(self.audience)


def with_reversed_titles(library: Library, path: str, anchors: set[str]) -> Library:
    """Each word of these titles from back to front: other words, just as wide."""
    steps = [step for step in library.pages[path].steps if step.anchor in anchors]
    text = library.pages[path].text
    for step in reversed(steps):
        span = step.title_span
        text = text[: span.start] + backwards(step.title) + text[span.end :]
    changed = with_page(library, path, text.encode())
    read = changed.pages[path].by_anchor
    assert [read[s.anchor].title for s in steps] == [backwards(s.title) for s in steps]
    return changed


def backwards(words: str) -> str:
    return " ".join(word[::-1] for word in words.split(" "))


@pytest.mark.slow
@pytest.mark.parametrize("path", SESSIONS)
def test_whatever_the_trainer_does(twins: Callable[[str], Twins], path: str) -> None:
    both = twins(path)
    for seed in range(3):
        coin = random.Random(seed)
        both.begin()
        for _ in range(70):
            both.do(coin.choice(ACTS), coin)
        assert both.differed > 0, seed
