"""Makes an edit only if the page, read again, says what was asked and nothing else has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from knowledge.editing.change import (
    Edit,
    Refused,
    Replacement,
    Stale,
    needs_reading,
    ordered,
    written,
)
from knowledge.editing.outline import Outline, difference, disturbed, outline
from knowledge.model import Page, Section, Span
from knowledge.source import read_page

# From how the page reads after the change to how it should read; accepts what it copies over.
Expect = Callable[[Outline], Outline]


def prove(
    page: Page,
    attempts: Iterable[Sequence[Replacement]],
    expect: Expect,
    says: str,
    notes: tuple[str, ...] = (),
    confined: bool = True,
    around: Span | None = None,
    details: bool = False,
) -> Edit:
    """The first attempt that does what it should; refused when none does.

    `confined`: blocks outside the change must read as they did, save those in `around`.
    `details`: what is put in where they end belongs to the details at the top.
    """
    needs_reading(page)
    trouble = "nothing"
    for replacements in attempts:
        edit = Edit(page.path, page.digest, ordered(page.text, replacements), says, notes)
        after = result(page, edit)
        got = outline(after)
        trouble = difference(expect(got), got)
        if not trouble and not _begins_where_it_did(page, after, edit, details):
            trouble = "where the details at the top end"
        if not trouble and confined:
            trouble = disturbed(page, after, edit, around)
        if not trouble:
            return edit
    raise Refused(f"This would also change {trouble}, so it was not done", _remedy(page))


def _begins_where_it_did(page: Page, after: Page, edit: Edit, details: bool) -> bool:
    """Whether the details at the top and the text below them part at the same place."""
    start = page.sections[0].span.start
    moved = start + sum(
        len(r.text) - (r.end - r.start)
        for r in edit.replacements
        if r.end <= start and r.start < start
    )
    now = after.sections[0].span.start
    if not details:
        return now == moved
    moved += sum(len(r.text) for r in edit.replacements if r.start == r.end == start)
    return now == moved or (page.front is None and not after.text[now:moved].strip())


def _remedy(page: Page) -> str | None:
    """Most refusals come from a block that swallows what follows it."""
    for problem in page.problems:
        if problem.code in ("fence-open", "comment-open", "front-unclosed"):
            return f"Line {problem.line} begins something that never ends; mend that first."
    return None


def result(page: Page, edit: Edit) -> Page:
    """The page once the edit is made, as it will be read from its file."""
    if edit.digest != page.digest:
        raise Stale(f"'{page.path}' has changed meanwhile")
    data = written(edit.apply(page.text), page.encoding).data
    return read_page(page.path, data)


def undo(page: Page, edit: Edit) -> Edit:
    """The edit that takes the page, once `edit` is made, back to where it was."""
    after = result(page, edit)
    back: list[Replacement] = []
    shift = 0
    for start, end, new in edit.replacements:
        back.append(Replacement(start + shift, start + shift + len(new), page.text[start:end]))
        shift += len(new) - (end - start)
    return Edit(page.path, after.digest, tuple(back), f"Taken back: {edit.says}")


def where(page: Page, section: Section) -> int:
    """The place of a section among the page's."""
    for index, other in enumerate(page.sections):
        if other is section or (
            other.span == section.span
            and other.title == section.title
            and other.anchor == section.anchor
        ):
            return index
    raise Stale(f"'{section.title or 'The introduction'}' is not there any more")
