"""What the room may see at a moment: made from the show, and holding neither a note nor anything covered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from html import escape

from knowledge.dates import in_words
from knowledge.model import Page, Status, Step, StepKind, Way
from knowledge.render import Options, Renderer
from knowledge.settings import Settings
from knowledge.showing.moment import (
    Blank,
    Moment,
    Sheet,
    Spot,
    hidden,
    is_open,
    scene_at,
)
from knowledge.showing.show import Scene, Show
from knowledge.text import plain

COVERED = "Covered"
WHAT_NEXT = "What next?"
_PANEL = (
    '<table class="covered" width="100%" cellpadding="24"><tr><td class="covered">'
    f"{COVERED}. {WHAT_NEXT}</td></tr></table>"
)
_ROOM = Options()  # never the trainer's notes
_renderer = Renderer()


class Form(StrEnum):
    """How a scene stands before the room."""

    GRAPH = "graph"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the page can be trusted, as it must be said wherever it is shown."""

    state: str  # withdrawn, overdue, draft or sample
    words: str


@dataclass(frozen=True, slots=True)
class SeenWay:
    """A way on as the room knows it; where it leads is "" while it is covered."""

    number: int
    condition: str
    title: str = ""
    urgent: bool = False
    tried: bool = False

    @property
    def covered(self) -> bool:
        return not self.title


@dataclass(frozen=True, slots=True)
class SeenGraph:
    """Where in a pathway the room stands. Boxes are named by step and way: (step, 0) is the step itself."""

    path: str
    here: str
    number: int
    kind: str
    title: str
    timeframe: str
    many: int
    ways: tuple[SeenWay, ...]
    covered: frozenset[tuple[str, int]]
    trail: tuple[str, ...]
    trod: tuple[tuple[str, int], ...]  # the ways that were taken
    branch: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """All that reaches the audience's window."""

    form: Form
    title: str  # of the page
    heading: str
    marks: tuple[Mark, ...]
    graph: SeenGraph | None = None
    html: str = ""
    reached: str = ""  # the name in the text of what was uncovered last
    ask: str = ""
    outcome: str = ""
    waiting: int = 0  # how many outcomes are still covered
    blank: Blank = Blank.NO
    urgent: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        """What the text is, so that it is laid out anew only when it differs."""
        return (self.title, self.heading, self.html)


def seen(show: Show, moment: Moment, today: date) -> Seen:
    """The projection of a moment: whatever is not in it cannot reach the room."""
    scene = scene_at(show, moment)
    settings = show.library.settings
    page = scene.page
    if page is None:
        return Seen(Form.TEXT, scene.title, scene.title, (), html=_absent(), blank=moment.blank)
    open_ = not scene.hides or is_open(show, moment)
    outcome = scene.outcome if open_ else ""
    waiting = len(hidden(show, moment))
    step = scene.step
    graph = _graph(show, moment, scene, step) if step is not None else None
    form = Form.GRAPH if graph is not None and not moment.sheet else Form.TEXT
    reached = ""
    text = ""
    if form is Form.TEXT:
        text, reached = _text(show, moment, scene, open_)
    heading = ""
    if moment.sheet is Sheet.FLAGS and step is not None:
        heading = "Red flags"
    elif scene.section is not None and scene.section.level:
        heading = plain(scene.section.title)
    return Seen(
        form,
        page.title,
        heading,
        marks(page, settings, today),
        graph,
        text,
        reached,
        scene.ask,
        outcome,
        waiting,
        moment.blank,
        scene.section is not None and scene.section.urgent,
    )


def marks(page: Page, settings: Settings, today: date) -> tuple[Mark, ...]:
    """The marks of a page, the gravest first."""
    found: list[Mark] = []
    if page.status is Status.WITHDRAWN:
        found.append(Mark("withdrawn", "Withdrawn"))
    if page.review_by is not None and today > page.review_by:
        found.append(Mark("overdue", f"Overdue for review since {in_words(page.review_by)}"))
    if page.status in (Status.DRAFT, Status.IN_CHECK):
        found.append(Mark("draft", "Draft, not approved"))
    if page.status is Status.SAMPLE:
        found.append(Mark("sample", "Sample, not approved"))
    return tuple(found)


# -- a step in its pathway -------------------------------------------------------------------


def _graph(show: Show, moment: Moment, scene: Scene, step: Step) -> SeenGraph:
    page = scene.page
    assert page is not None
    trail = tuple(t.spot.anchor for t in moment.trail if t.spot.path == page.path)
    trod = tuple(
        (t.source.anchor, t.way)
        for t in moment.trail
        if t.source is not None and t.source.path == page.path
    )
    covered = _covered(show, moment, scene, step, frozenset(trail))
    shown = tuple(
        _way(show, page, step, number, way, covered, trod)
        for number, way in enumerate(step.ways, 1)
    )
    return SeenGraph(
        page.path,
        step.anchor,
        step.number,
        step.kind.value,
        plain(step.title),
        step.timeframe,
        len(page.steps),
        shown,
        covered,
        trail,
        trod,
        moment.branch,
    )


def _way(
    show: Show,
    page: Page,
    step: Step,
    number: int,
    way: Way,
    covered: frozenset[tuple[str, int]],
    trod: tuple[tuple[str, int], ...],
) -> SeenWay:
    tried = (step.anchor, number) in trod
    condition = plain(way.condition)
    if _box(page, step, number, way) in covered:
        return SeenWay(number, condition, tried=tried)
    there = show.library.pages.get(way.page)
    section = there.by_anchor.get(way.anchor) if there is not None and way.anchor else None
    title = plain(section.title) if section is not None and there is page else plain(way.link.text)
    to = section if isinstance(section, Step) or there is None else next(iter(there.steps), None)
    urgent = isinstance(to, Step) and to.kind is StepKind.URGENT
    urgent = urgent or (there is not page and way.page in show.library.emergency)
    return SeenWay(number, condition, title or way.page, urgent, tried)


def _box(page: Page, step: Step, number: int, way: Way) -> tuple[str, int]:
    """The box a way leads to: a step of this page, or its own small box."""
    if way.page == page.path and way.anchor in page.by_anchor:
        return (way.anchor, 0)
    return (step.anchor, number)


def _covered(
    show: Show, moment: Moment, scene: Scene, step: Step, trail: frozenset[str]
) -> frozenset[tuple[str, int]]:
    """The outcomes of this step, and everything that is reached through them only.

    What the room has walked, and what comes earlier in the page, stays: it has been seen, or tells nothing.
    """
    page = scene.page
    if page is None or not scene.covered or is_open(show, moment):
        return frozenset()
    steps = {s.anchor: s for s in reversed(page.steps)}
    found: set[tuple[str, int]] = set()
    shown = {
        _box(page, step, n, way) for n, way in enumerate(step.ways, 1) if is_open(show, moment, n)
    }
    ahead: list[Step] = []
    for number, way in enumerate(step.ways, 1):
        box = _box(page, step, number, way)
        if box not in shown:
            found.add(box)
        if box[1] == 0 and box[0] in steps:
            ahead.append(steps[box[0]])
    known = {step.anchor}
    while ahead:
        there = ahead.pop()
        if there.anchor in known:
            continue
        known.add(there.anchor)
        if (there.anchor, 0) not in found | shown and (
            there.anchor in trail or there.number < step.number
        ):
            continue
        if (there.anchor, 0) not in shown and there.anchor not in trail:
            found.add((there.anchor, 0))
        for number, way in enumerate(there.ways, 1):
            box = _box(page, there, number, way)
            if box[1]:
                found.add(box)
            elif box[0] in steps:
                ahead.append(steps[box[0]])
    found.discard((step.anchor, 0))
    return frozenset(found)


# -- texts -----------------------------------------------------------------------------------


def _text(show: Show, moment: Moment, scene: Scene, open_: bool) -> tuple[str, str]:
    """The words of a section for the room, and the name of what was uncovered last."""
    page, section = scene.page, scene.section
    assert page is not None
    if moment.sheet is Sheet.FLAGS:
        boxes = [_renderer.note(page, note, _ROOM) for note in page.red_flags]
        return "".join(boxes) or "<p>This pathway has no red-flag box of its own.</p>", ""
    if scene.covered and scene.ladder is not None:
        return _levels(show, moment, scene)
    if scene.covered and scene.step is None and not open_:
        return _PANEL, ""
    if scene.step is not None and hidden(show, moment):
        return _PANEL, ""  # covered again while its words lay over the graph
    if section is None or not section.level:
        whole = _renderer.page(page, _ROOM) if section is None else ""
        return _contact(page) + (whole or _renderer.section(page, page.intro, _ROOM)), ""
    return _renderer.section(page, section, _ROOM), ""


def _contact(page: Page) -> str:
    """How to reach a service; what is missing is for the local team to add."""
    contact = page.contact
    if contact is None:
        return ""
    lines = (
        ("Ring", contact.phone or "add your local number"),
        ("Out of hours", contact.out_of_hours),
        ("Accepts", contact.accepts),
        ("How to refer", contact.how_to_refer),
    )
    return "".join(
        f"<p><strong>{name}:</strong> {_renderer.words(page, words, _ROOM)}</p>"
        for name, words in lines
        if words
    )


def _levels(show: Show, moment: Moment, scene: Scene) -> tuple[str, str]:
    """A ladder with the levels that are uncovered; the names of the levels are always there."""
    ladder, page = scene.ladder, scene.page
    assert ladder is not None
    assert page is not None
    rows: list[str] = []
    reached = ""
    titles = ladder.header.cells[1:]
    for number, row in enumerate(ladder.rows, 1):
        name = escape(row.cells[0]) if row.cells else str(number)
        first = f'<td width="30%"><a name="level-{number}"></a><strong>{name}</strong></td>'
        if not is_open(show, moment, number):
            rows.append(f'{first}<td class="covered">{COVERED}. {WHAT_NEXT}</td>')
            continue
        reached = f"level-{number}"
        lines = []
        for title, span in zip(titles, row.spans[1:], strict=False):
            words = _renderer.words(page, span.of(page.text).strip(), _ROOM)
            if words:
                lines.append(f"{escape(title)}: {words}" if len(titles) > 1 else words)
        rows.append(f"{first}<td>{'<br>'.join(lines)}</td>")
    one = '<table class="level" width="100%" cellpadding="8"><tr>{}</tr></table>'
    return "".join(one.format(row) for row in rows), reached


def _absent() -> str:
    return "<p>This page cannot be shown.</p>"


__all__ = ["Form", "Mark", "Seen", "SeenGraph", "SeenWay", "Spot", "marks", "seen"]
