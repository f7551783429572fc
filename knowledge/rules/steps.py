"""Rules about pathways: every step can be reached, every way leads on, nothing urgent can be missed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge import graph
from knowledge.model import Kind, Page, Step, StepKind
from knowledge.problems import Severity
from knowledge.rules.registry import Found, rule

MANY_STEPS, TOO_MANY_STEPS, MANY_WAYS, LONG_TITLE = 25, 50, 4, 8
_UNSURE = re.compile(r"\b(?:unsure|not sure|in doubt|uncertain)\b", re.IGNORECASE)


def _pathway(page: Page) -> bool:
    return page.kind is Kind.PATHWAY and page.readable


def _title(step: Step) -> str:
    return step.title or f"step {step.number}"


@rule("no-steps", Severity.ERROR, "A pathway has steps")
def pathway_without_steps(page: Page, today: date) -> Iterator[Found]:
    if _pathway(page) and not page.steps:
        yield Found(1, "This pathway has no steps", "Begin each step with a heading of two # signs")


@rule("step-unreachable", Severity.ERROR, "Every step can be reached from the first")
def step_nobody_comes_to(page: Page, today: date) -> Iterator[Found]:
    if not _pathway(page) or not page.steps:
        return
    reached = graph.reachable(page)
    offered = {link.anchor for link in page.intro.links if link.page == page.path}
    for step in page.steps:
        if step.anchor not in reached and step.anchor not in offered:
            yield Found(
                step.line,
                f"No way leads to '{_title(step)}'",
                "Add a way on to it from an earlier step, or take it away",
                step,
            )


@rule("step-dead-end", Severity.ERROR, "Every step leads on or is an end")
def step_that_leads_nowhere(page: Page, today: date) -> Iterator[Found]:
    for step in graph.dead_ends(page) if _pathway(page) else ():
        yield Found(
            step.line,
            f"'{_title(step)}' has no way on and is not an end",
            "Add a way on, such as '- → [Next step](#next-step)', or mark it .end",
            step,
        )


@rule("question-one-way", Severity.ERROR, "A question has at least two ways on")
def question_with_one_answer(page: Page, today: date) -> Iterator[Found]:
    for step in page.steps:
        if step.kind is StepKind.QUESTION and len(step.ways) == 1:
            yield Found(
                step.ways[0].line,
                f"The question '{_title(step)}' has only one way on",
                "Add the other answer, or mark the step .action",
                step,
            )


@rule("way-unlabelled", Severity.ERROR, "Where ways part, each says when it is the one to take")
def way_without_a_condition(page: Page, today: date) -> Iterator[Found]:
    for step in page.steps:
        if len(step.ways) < 2 and step.kind is not StepKind.QUESTION:
            continue
        for way in step.ways:
            if not way.condition:
                yield Found(
                    way.line,
                    f"A way on of '{_title(step)}' does not say when to take it",
                    "Write the condition before the arrow",
                    step,
                )


@rule("way-twice", Severity.WARNING, "The ways on of a step differ in their words")
def two_ways_with_the_same_words(page: Page, today: date) -> Iterator[Found]:
    for step in page.steps:
        seen: set[str] = set()
        for way in step.ways:
            words = way.condition.casefold()
            if words and words in seen:
                message = f"Two ways on of '{_title(step)}' are both called '{way.condition}'"
                yield Found(way.line, message, "Say how they differ", step)
            seen.add(words)


@rule("loop-no-exit", Severity.ERROR, "Every loop has a way out")
def loop_without_a_way_out(page: Page, today: date) -> Iterator[Found]:
    for group in graph.traps(page) if _pathway(page) else ():
        names = ", ".join(f"'{_title(step)}'" for step in group[:3])
        more = f" and {len(group) - 3} more" if len(group) > 3 else ""
        yield Found(
            group[0].line,
            f"From {names}{more} one only goes round in a circle",
            "Add a way on that leads out of it",
            group[0],
        )


@rule("steps-many", Severity.WARNING, "A pathway has at most 25 steps")
def more_steps_than_one_can_overlook(page: Page, today: date) -> Iterator[Found]:
    if MANY_STEPS < len(page.steps) <= TOO_MANY_STEPS:
        yield Found(
            page.steps[MANY_STEPS].line,
            f"This pathway has {len(page.steps)} steps; past {MANY_STEPS} people lose their way",
            "Split it into two pathways",
        )


@rule("steps-too-many", Severity.ERROR, "A pathway has at most 50 steps")
def far_too_many_steps(page: Page, today: date) -> Iterator[Found]:
    if len(page.steps) > TOO_MANY_STEPS:
        yield Found(
            page.steps[TOO_MANY_STEPS].line,
            f"This pathway has {len(page.steps)} steps; {TOO_MANY_STEPS} is the most",
            "Split it into several pathways",
        )


@rule("ways-many", Severity.WARNING, "A step has at most four ways on")
def more_ways_than_one_can_weigh(page: Page, today: date) -> Iterator[Found]:
    for step in page.steps:
        if len(step.ways) > MANY_WAYS:
            message = f"'{_title(step)}' has {len(step.ways)} ways on; more than {MANY_WAYS} are hard to weigh"
            yield Found(step.ways[MANY_WAYS].line, message, "Ask in two steps", step)


@rule("urgent-no-timeframe", Severity.ERROR, "An urgent step says how fast")
def urgent_step_without_a_time(page: Page, today: date) -> Iterator[Found]:
    for step in page.steps:
        if step.kind is StepKind.URGENT and not step.timeframe:
            yield Found(
                step.line,
                f"The urgent step '{_title(step)}' does not say how fast",
                'Add a time limit behind its name, such as timeframe="now"',
                step,
            )


@rule("no-red-flags", Severity.ERROR, "A pathway has its red flags before the first step")
def pathway_without_red_flags(page: Page, today: date) -> Iterator[Found]:
    if _pathway(page) and page.steps and not page.red_flags:
        yield Found(
            page.steps[0].line,
            "This pathway has no red-flag box",
            "Before the first step, write a quote that begins with [!URGENT] and says what to look for",
        )


@rule("no-unsure", Severity.WARNING, "A pathway says what to do when unsure")
def pathway_without_a_way_out_for_doubt(page: Page, today: date) -> Iterator[Found]:
    if not _pathway(page) or not page.steps:
        return
    if any(_UNSURE.search(way.condition) for step in page.steps for way in step.ways):
        return
    if any(_UNSURE.search(step.title) for step in page.steps):
        return
    yield Found(
        page.steps[0].line,
        "This pathway does not say what to do when unsure",
        "Give a question a way on that begins with 'Unsure'",
    )


@rule("end-with-ways", Severity.WARNING, "An end has no ways on")
def end_that_goes_on(page: Page, today: date) -> Iterator[Found]:
    for step in page.steps:
        if step.kind is StepKind.END and step.ways:
            message = f"'{_title(step)}' is marked as an end but has a way on"
            yield Found(
                step.ways[0].line, message, "Take the way on away, or mark it .action", step
            )


@rule("start-misplaced", Severity.WARNING, "Only the first step is the start")
def start_that_is_not_first(page: Page, today: date) -> Iterator[Found]:
    for step in page.steps[1:]:
        if step.kind is StepKind.START:
            message = f"'{_title(step)}' is marked as the start but is not the first step"
            yield Found(step.line, message, "Move it to the top, or mark it .action", step)


@rule("step-title-twice", Severity.WARNING, "Every step has a title of its own")
def two_steps_with_one_title(page: Page, today: date) -> Iterator[Found]:
    first: dict[str, Step] = {}
    for step in page.steps:
        other = first.setdefault(step.title.casefold(), step)
        if other is not step and step.title:
            message = f"'{_title(step)}' is the title of step {other.number} too"
            yield Found(step.line, message, "Say how the two differ", step)


@rule("step-title-long", Severity.WARNING, "A step's title has at most eight words")
def step_with_a_long_title(page: Page, today: date) -> Iterator[Found]:
    for step in page.steps:
        count = len(step.title.split())
        if count > LONG_TITLE:
            message = f"The title '{_title(step)}' has {count} words"
            yield Found(
                step.line, message, f"Say it in {LONG_TITLE} words; the rest can stand below", step
            )
