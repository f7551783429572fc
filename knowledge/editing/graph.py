"""Changes to the graph of a pathway that touch several places at once, each still one edit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.editing.change import Edit, Refused, Replacement
from knowledge.editing.combine import combine
from knowledge.editing.headings import index_of, set_title
from knowledge.editing.links import accept_around, set_words, with_links, words_span
from knowledge.editing.outline import Outline, outline
from knowledge.editing.prove import prove, where
from knowledge.editing.steps import add_step, free_anchor, leading_to, remove_step
from knowledge.editing.ways import NewWay, add_way, remove_way, way_index
from knowledge.editing.words import as_markdown, footnotes_of, reads_as, tidy, web_target
from knowledge.model import Page, Section, Span, Step, StepKind, Way


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a way on leads: the target as `link_to` gives it, and the words of the link."""

    target: str
    words: str


def ways_to(page: Page, step: Section) -> list[tuple[Step, Way]]:
    """The ways on of other steps of this page that lead to a step."""
    return [
        (other, way)
        for other in page.steps
        for way in other.ways
        if way.page == page.path and way.anchor == step.anchor and other.span != step.span
    ]


def lead_way(page: Page, step: Step, way: Way, goal: Goal) -> Edit:
    """Lead a way on elsewhere; its link gets the words of where it leads now."""
    where(page, step)
    way_index(step, way)
    changes = _led(page, way, goal)
    asked = (reads_as(goal.words, False), web_target(goal.target))

    def expect(got: Outline) -> Outline:
        wanted = with_links(page, {way.link.span.start: asked})
        return accept_around(page, wanted, got, tuple(changes))

    said = f"The way on '{way.condition}' of '{step.title}' now leads to '{goal.words}'"
    return prove(page, [changes], expect, said)


def _led(page: Page, way: Way, goal: Goal) -> list[Replacement]:
    """The words and the target of a way's link, replaced."""
    link, target = way.link, web_target(goal.target)
    if not reads_as(goal.words, False):
        raise Refused("The link of a way on needs words", "Give the title of the step it leads to.")
    words = as_markdown(goal.words, False)
    if page.text[link.span.start] == "<":
        return [Replacement(*link.span, f"[{words}]({target})")]
    span = words_span(page, link)
    words += footnotes_of(span.of(page.text))
    return [Replacement(*span, words), Replacement(*link.target_span, target)]


def add_after(
    page: Page,
    step: Step,
    title: str,
    kind: StepKind | None = None,
    condition: str = "",
    body: str = "",
    timeframe: str = "",
) -> Edit:
    """Add a step behind this one, and a way on that leads to it."""
    name = free_anchor(page, tidy(title))
    led = add_way(page, step, NewWay(condition, f"#{name}", title))
    made = add_step(page, step, title, kind, (), body, name, timeframe)
    return _as_one(combine(page, led, made), f"'{tidy(title)}' now follows '{step.title}'")


def add_between(
    page: Page,
    step: Step,
    way: Way,
    title: str,
    kind: StepKind | None = None,
    body: str = "",
    timeframe: str = "",
) -> Edit:
    """Put a step between this one and where one of its ways leads. The condition stays before it."""
    name = free_anchor(page, tidy(title))
    led = lead_way(page, step, way, Goal(f"#{name}", title))
    onward = NewWay("", way.link.target, way.link.text or way.link.target)
    made = add_step(page, step, title, kind, (onward,), body, name, timeframe)
    said = f"'{tidy(title)}' now stands between '{step.title}' and '{way.link.text}'"
    return _as_one(combine(page, led, made), said)


def _as_one(edit: Edit, says: str) -> Edit:
    return Edit(edit.path, edit.digest, edit.replacements, says, edit.notes)


def rename_step(page: Page, step: Step, title: str) -> Edit:
    """Give a step another title; links of this page that bear the old one bear the new one."""
    number, index, asked = where(page, step), index_of(page, step), reads_as(title, False)
    named = set_title(page, step, title)
    if not named.replacements:
        return named
    bearing = [
        link
        for _, section, link in leading_to((page,), page.path, step.anchor)
        if link.text == step.title and not link.image and section.span != step.span
    ]
    if not bearing:
        return named
    follow = [r for link in bearing for r in set_words(page, link, title).replacements]

    def expect(got: Outline) -> Outline:
        changed = {link.span.start: (asked, link.target) for link in bearing}
        wanted = with_links(page, dict(changed))
        wanted = accept_around(page, wanted, got, tuple(follow))
        level, anchor, _ = wanted.headings[index]
        heads = wanted.headings
        wanted = wanted._replace(
            headings=(*heads[:index], (level, anchor, asked), *heads[index + 1 :])
        )
        return wanted.with_part(number, wanted.parts[number]._replace(title=asked))

    return prove(page, [[*named.replacements, *follow]], expect, named.says)


def take_out(page: Page, step: Step, goal: Goal | None = None, pages: Iterable[Page] = ()) -> Edit:
    """Remove a step. The ways on that led to it lead to `goal`, or are removed with it.

    The notes say which other links of `pages` lead to it and will lead nowhere.
    """
    number, arriving = where(page, step), ways_to(page, step)
    alone = remove_step(page, step)
    changes = list(alone.replacements)
    for other, way in arriving:
        if goal is None:
            changes += remove_way(page, other, way).replacements
        else:
            changes += _led(page, way, goal)
    start, end = step.span
    heads = [k for k, h in enumerate(page.headings) if not start <= h.span.start < end]

    def expect(got: Outline) -> Outline:
        wanted = _without_ways(page, [way for _, way in arriving])
        if goal is not None:
            asked = (reads_as(goal.words, False), web_target(goal.target))
            wanted = with_links(page, {way.link.span.start: asked for _, way in arriving})
        return wanted._replace(
            parts=(*wanted.parts[:number], *wanted.parts[number + 1 :]),
            headings=tuple(wanted.headings[k] for k in heads),
        )

    handled = {way.link.span for _, way in arriving}
    notes = tuple(
        f"'{link.text}' in '{section.title or other.title}' of {other.title} leads to it"
        for other, section, link in leading_to(pages or (page,), page.path, step.anchor)
        if not (
            other.path == page.path and (link.span in handled or start <= link.span.start < end)
        )
    )
    return prove(page, [changes], expect, alone.says, notes)


def _without_ways(page: Page, gone: list[Way]) -> Outline:
    """The outline once these ways on are out, with all that stands in their items."""
    wanted = outline(page)
    for number, section in enumerate(page.sections):
        spans = [way.span for way in section.ways if way in gone]
        if not spans:
            continue
        part = wanted.parts[number]
        keep = [k for k, way in enumerate(section.ways) if way.span not in spans]
        links = [k for k, link in enumerate(section.links) if _outside(link.span, spans)]
        notes = [k for k, note in enumerate(section.footnotes) if _outside(note.span, spans)]
        part = part._replace(
            ways=tuple(part.ways[k] for k in keep),
            links=tuple(part.links[k] for k in links),
            footnotes=tuple(part.footnotes[k] for k in notes),
        )
        wanted = wanted.with_part(number, part)
    return wanted


def _outside(span: Span, spans: list[Span]) -> bool:
    return not any(whole.start <= span.start < whole.end for whole in spans)
