"""A pathway page as a diagram: a box for each step, and for each way that leaves the page."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from drawing.diagram import Arrow, Box, Diagram, Look
from knowledge.graph import step_ids
from knowledge.model import Page, Step, StepKind, Way
from knowledge.text import plain


def diagram_of(
    page: Page,
    find: Callable[[str], Page | None] = lambda path: None,
    emergency: Collection[str] = (),
) -> Diagram:
    """The boxes and arrows of a pathway; `find` gives pages by path, `emergency` names some."""
    boxes: list[Box] = []
    arrows: list[Arrow] = []
    own: dict[str, str] = {}
    for step in page.steps:
        own.setdefault(step.anchor, f"step:{step.anchor}")
    for step, key in zip(page.steps, step_keys(page), strict=True):
        boxes.append(_step_box(page, step, key))
        for place, way in enumerate(step.ways):
            target = own.get(way.anchor) if way.page == page.path else None
            if target is None:
                target = f"{key}>{place}"
                boxes.append(_other_box(way, target, step.lane, find, emergency))
            label = plain(way.condition)
            order = len(arrows)
            arrows.append(Arrow(key, target, label, way.loop, way.line, order))
    boxes = [replace(box, order=order) for order, box in enumerate(boxes)]
    lanes = tuple(dict.fromkeys(step.lane for step in page.steps if step.lane))
    return Diagram(
        page.path,
        page.title,
        tuple(boxes),
        tuple(arrows),
        lanes if len(lanes) > 1 else (),
        page.summary,
    )


def step_keys(page: Page) -> tuple[str, ...]:
    """The key of the box of each step."""
    return tuple(f"step:{name}" for name in step_ids(page).values())


def _step_box(page: Page, step: Step, key: str) -> Box:
    return Box(
        key,
        Look(StepKind(step.kind).value),
        plain(step.title),
        step.number,
        step.lane,
        step.timeframe,
        page.path,
        step.anchor,
        line=step.line,
    )


def _other_box(
    way: Way,
    key: str,
    lane: str,
    find: Callable[[str], Page | None],
    emergency: Collection[str],
) -> Box:
    """The small box of a way that leads to another page, in the words of the link."""
    page = find(way.page) if way.page else None
    title = plain(way.link.text) or (page.title if page else way.link.target)
    timeframe, urgent = "", way.page in emergency
    if page is not None:
        there = page.by_anchor.get(way.anchor) if way.anchor else next(iter(page.steps), None)
        if isinstance(there, Step):
            timeframe = there.timeframe
            urgent = urgent or there.kind is StepKind.URGENT
    word = page.kind.words if page else ""
    if urgent:
        word = f"Urgent {word.lower()}" if word else ""
    look = Look.OTHER_URGENT if urgent else Look.OTHER
    return Box(key, look, title, 0, lane, timeframe, way.page, way.anchor, word=word, line=way.line)
