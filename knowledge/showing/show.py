"""A show: the stops of a session, or the steps or sections of a page, in the order they are presented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from knowledge.library import Library
from knowledge.model import Callout, Kind, Note, Page, Section, Status, Step, Table
from knowledge.text import plain

WHOLE = 0  # the part of a scene that stands for all of it, its outcome included


class Said(NamedTuple):
    """A note for the trainer alone, and the page it is written on."""

    page: Page
    note: Note


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing to show: a step of a pathway, a section, or a page that cannot be shown."""

    title: str
    path: str
    anchor: str = ""
    page: Page | None = None
    section: Section | None = None
    minutes: int = 0
    covered: bool = False
    ask: str = ""
    outcome: str = ""
    notes: tuple[Said, ...] = ()
    trouble: str = ""  # for the trainer, in one sentence
    stop: bool = False  # it stands in the running order of a session

    @property
    def shown(self) -> bool:
        """Whether there is anything of the library to show."""
        return self.page is not None

    @property
    def step(self) -> Step | None:
        return self.section if isinstance(self.section, Step) else None

    @property
    def ladder(self) -> Table | None:
        """The levels to be uncovered one by one."""
        tables = self.section.tables if self.section is not None and self.step is None else ()
        return next((t for t in tables if t.ladder and len(t.rows) > 1), None)

    @property
    def covers(self) -> bool:
        """Whether the trainer may cover what it leads to, or its levels."""
        return self.step is not None or self.ladder is not None

    @property
    def parts(self) -> tuple[int, ...]:
        """What can be uncovered by itself, besides the whole: a way on or a level, by its number."""
        if not self.covered:
            return ()
        ladder = self.ladder
        many = len(self.step.ways) if self.step else len(ladder.rows) if ladder else 0
        return tuple(range(1, many + 1))

    @property
    def hides(self) -> bool:
        """Whether the room has something to find out before it is shown."""
        covers = self.covered and (self.step is None or bool(self.step.ways))
        return self.shown and (covers or bool(self.ask and self.outcome))


@dataclass(frozen=True)
class Show:
    """Everything there is to present, taken from one state of the library. It never changes."""

    title: str
    path: str
    library: Library = field(repr=False)
    scenes: tuple[Scene, ...] = ()
    session: bool = False

    @property
    def minutes(self) -> int:
        return sum(scene.minutes for scene in self.scenes)

    @property
    def stops(self) -> tuple[int, ...]:
        """Which scenes are the stops of the session, in order."""
        return tuple(n for n, scene in enumerate(self.scenes) if scene.stop)

    def number_of(self, at: int) -> int:
        """The number of a scene as people know it: of its stop or step; 0 for what has none."""
        scene = self.scenes[at]
        if self.session:
            return self.stops.index(at) + 1 if scene.stop else 0
        return scene.step.number if scene.step is not None else at + 1

    def at_number(self, number: int) -> int | None:
        """The scene that people know by this number."""
        return next((n for n in range(len(self.scenes)) if self.number_of(n) == number), None)

    def place_of(self, path: str, anchor: str) -> int | None:
        """The first scene that shows this step or section."""
        return next(
            (n for n, s in enumerate(self.scenes) if (s.path, s.anchor) == (path, anchor)), None
        )

    def visit(self, path: str, anchor: str, covered: bool = False) -> Scene:
        """A scene for a place that need not be in the running order."""
        page = self.library.pages.get(path)
        if page is None:
            return Scene(anchor or path, path, anchor, trouble=_MISSING)
        if not anchor and page.steps:
            anchor = page.steps[0].anchor
        scene = _scene(page, page.by_anchor.get(anchor) if anchor else None)
        return replace(scene, covered=covered and scene.covers)


_MISSING = "This page is not in the library any more."
_EMPTY = "Nothing stands on this page yet."


def show_of(library: Library, path: str, changed: Mapping[int, str] | None = None) -> Show | None:
    """The show of a page; `changed` says of stops, counted from 0, what differs from the last time."""
    page = library.pages.get(path)
    if page is None:
        return None
    if page.kind is Kind.SESSION:
        scenes = _session(library, page)
    elif page.steps:
        scenes = [_scene(page, step) for step in page.steps]
    else:
        scenes = [
            _scene(page, section)
            for section in page.sections
            if _says(page, section) or (not section.level and page.contact is not None)
        ]
    if not scenes:
        scenes = [Scene(page.title, page.path, page=page, trouble=_EMPTY)]
    session = page.kind is Kind.SESSION
    number = 0
    told: list[Scene] = []
    for scene in scenes:
        said_here = scene.stop or (not session and not told)
        sentence = (changed or {}).get(number, "") if said_here else ""
        number += scene.stop
        told.append(_told(library, scene, sentence))
    return Show(page.title, page.path, library, tuple(told), session)


def _session(library: Library, page: Page) -> list[Scene]:
    """The case first, as far as no stop tells it; then the stops; then what comes after them."""
    linked = {(s.link.page, s.link.anchor) for s in page.stops}
    first = page.stops[0].span.start if page.stops else len(page.text)
    before: list[Scene] = []
    after: list[Scene] = []
    for section in page.sections:
        told = (page.path, section.anchor) in linked and section.level
        if told or holds_stops(page, section) or not _says(page, section):
            continue
        late = section.span.start > first
        (after if late else before).append(_scene(page, section))
    stops = []
    for stop in page.stops:
        scene = _linked(library, stop.link.page, stop.link.anchor, plain(stop.link.text))
        stops.append(
            replace(
                scene,
                minutes=stop.minutes,
                covered=stop.covered,
                ask=plain(stop.ask),
                outcome=plain(stop.outcome),
                notes=(*(Said(page, n) for n in stop.notes if _for_trainer(n)), *scene.notes),
                stop=True,
            )
        )
    return [*before, *stops, *after]


def _linked(library: Library, path: str, anchor: str, words: str) -> Scene:
    page = library.pages.get(path)
    if page is None:
        trouble = _MISSING if path else "This stop leads outside the library."
        return Scene(words, path, anchor, trouble=trouble)
    if page is not None and anchor and anchor not in page.by_anchor:
        return Scene(
            words, path, anchor, trouble=f"“{page.title}” has no part of this name any more."
        )
    if not anchor and page.steps:
        anchor = page.steps[0].anchor
    section = page.by_anchor.get(anchor) if anchor else None
    if holds_stops(page, section):
        return Scene(words, path, anchor, trouble="A running order is for the trainer alone.")
    return replace(_scene(page, section), title=words or page.title)


def _scene(page: Page, section: Section | None) -> Scene:
    if section is None or not section.level:
        notes = page.intro.notes if section is not None or page.sections else ()
        title, anchor = page.title, ""
    else:
        notes, title, anchor = section.notes, plain(section.title), section.anchor
    if holds_stops(page, section):
        return Scene(title, page.path, anchor, trouble="A running order is for the trainer alone.")
    said = tuple(Said(page, note) for note in notes if _for_trainer(note))
    return Scene(title, page.path, anchor, page, section, notes=said)


def _told(library: Library, scene: Scene, changed: str) -> Scene:
    """What the trainer should know before showing it."""
    page = scene.page
    if page is None or scene.trouble:
        return scene
    if page.status is Status.WITHDRAWN:
        other = library.find(page.replaced_by) if page.replaced_by else None
        instead = f" Use “{other[0].title}” instead." if other is not None else ""
        return replace(scene, trouble=f"“{page.title}” is withdrawn.{instead}")
    return replace(scene, trouble=changed) if changed else scene


def holds_stops(page: Page, section: Section | None) -> bool:
    """Whether a section is part of a running order, with its questions and what came of them."""
    if section is None:
        return bool(page.stops)
    return any(section.span.start <= stop.span.start < section.span.end for stop in page.stops)


def _for_trainer(note: Note) -> bool:
    return note.kind is Callout.TRAINER


def _says(page: Page, section: Section) -> bool:
    """Whether anything stands below the heading that the room may read."""
    body = page.body_of(section)
    start = section.body.start
    for note in section.notes:
        if _for_trainer(note):
            a, b = note.span.start - start, note.span.end - start
            body = body[:a] + " " * (b - a) + body[b:]
    if not section.level:  # a title of the page's own is in the head already
        body = "\n".join(line for line in body.splitlines() if not line.startswith("# "))
    return bool(body.strip())
