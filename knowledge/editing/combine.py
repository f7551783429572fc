"""Two edits of one page in one go, and the one-click mends that come with problems."""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

from knowledge.editing.change import Edit, Refused, Replacement, Stale, needs_reading, ordered
from knowledge.editing.outline import Outline, Part, difference, outline
from knowledge.editing.prove import result
from knowledge.model import Page
from knowledge.problems import Problem, Severity
from knowledge.text import shared_ends

T = TypeVar("T")


def combine(page: Page, first: Edit, second: Edit) -> Edit:
    """Both edits at once; refused when they touch the same thing."""
    for edit in (first, second):
        if edit.path != page.path or edit.digest != page.digest:
            raise Stale(f"'{page.path}' has changed meanwhile")
    together = ordered(page.text, (*first.replacements, *second.replacements))
    edit = Edit(
        page.path,
        page.digest,
        together,
        f"{first.says}. {second.says}",
        (*first.notes, *second.notes),
    )
    base = outline(page)
    one, two = outline(result(page, first)), outline(result(page, second))
    trouble = difference(_merged(base, one, two), outline(result(page, edit)))
    if trouble:
        raise Refused(f"Together they would change {trouble}", "Make one after the other.")
    return edit


def _merged(base: Outline, one: Outline, two: Outline) -> Outline:
    """What changed in either, on top of what both began with."""
    facts = {
        key: _newer(base.facts.get(key), one.facts.get(key), two.facts.get(key))
        for key in base.facts.keys() | one.facts.keys() | two.facts.keys()
    }
    if len(base.parts) == len(one.parts) == len(two.parts):
        parts = tuple(
            Part(*(_newer(*values) for values in zip(*trio, strict=True)))  # type: ignore[arg-type]
            for trio in zip(base.parts, one.parts, two.parts, strict=True)
        )
    else:
        parts = _spliced(base.parts, one.parts, two.parts)
    if len(base.headings) == len(one.headings) == len(two.headings):
        heads = tuple(
            (_newer(a[0], b[0], c[0]), _newer(a[1], b[1], c[1]), _newer(a[2], b[2], c[2]))
            for a, b, c in zip(base.headings, one.headings, two.headings, strict=True)
        )
    else:
        heads = _spliced(base.headings, one.headings, two.headings)
    return Outline(
        {k: v for k, v in facts.items() if v is not None or k in base.facts}, heads, parts
    )


def _newer(base: T, one: T, two: T) -> T:
    if one != base and two != base and one != two:
        raise Refused("Two changes touch the same thing", "Make one after the other.")
    return one if one != base else two


def _spliced(base: tuple[T, ...], one: tuple[T, ...], two: tuple[T, ...]) -> tuple[T, ...]:
    """Parts put in or taken out by one or both, each in a place of its own."""
    first, second = _stretch(base, one), _stretch(base, two)
    if first[0] > second[0]:
        first, second = second, first
    if first[1] > second[0]:
        raise Refused("Two changes touch the same steps", "Make one after the other.")
    return (
        *base[: first[0]],
        *first[2],
        *base[first[1] : second[0]],
        *second[2],
        *base[second[1] :],
    )


def _stretch(base: tuple[T, ...], new: tuple[T, ...]) -> tuple[int, int, tuple[T, ...]]:
    """What stands where in `base` and became what."""
    start, end = shared_ends(base, new)
    return start, len(base) - end, new[start : len(new) - end]


def mend(page: Page, problem: Problem) -> Edit:
    """The change a problem offers. The problem is gone afterwards, and no other error has come."""
    needs_reading(page)
    fix = problem.fix
    if fix is None:
        raise Refused("There is no mend for this that is safe", "Change it in the text.")
    if problem.path != page.path or not 0 <= fix.start <= fix.end <= len(page.text):
        raise Stale(f"'{page.path}' has changed meanwhile")
    change = Replacement(fix.start, fix.end, fix.text)
    edit = Edit(page.path, page.digest, ordered(page.text, [change]), fix.label)
    after = result(page, edit)
    before, now = _errors(page), _errors(after)
    codes = Counter(p.code for p in page.problems)
    left = sum(p.code == problem.code for p in after.problems)
    if codes[problem.code] and left >= codes[problem.code]:
        raise Refused("This mend would not help")
    if any(count > before[code] for code, count in now.items()):
        raise Refused("This mend would bring another fault")
    return edit


def _errors(page: Page) -> Counter[str]:
    return Counter(p.code for p in page.problems if p.severity is Severity.ERROR)
