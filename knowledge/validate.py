"""Holds a library to the rules: every problem at once, and quickly again after a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from knowledge.problems import Problem, Severity
from knowledge.rules import details, kinds, ladders, links, privacy, slips, sources, steps
from knowledge.rules.registry import RULES, Found, Rule
from knowledge.rules.whole import check_settings
from knowledge.turns import portion_done

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.model import Page
    from knowledge.settings import Settings

SUBJECTS = (details, links, steps, sources, kinds, ladders, privacy, slips)

_Face = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, kept by page so that the next check need only look at what changed."""

    problems: tuple[Problem, ...]  # by path and line
    alone: Mapping[str, tuple[Problem, ...]]  # by page: of it by itself
    whole: Mapping[str, tuple[Problem, ...]]  # by page: these and those among the others, in order
    pages: Mapping[str, Page]  # as they were then
    files: frozenset[str]
    settings: Settings
    today: date

    def of(self, path: str) -> tuple[Problem, ...]:
        """The problems of one page."""
        return tuple(p for p in self.problems if p.path == path)

    def count(self, severity: Severity) -> int:
        return sum(p.severity is severity for p in self.problems)


def check(library: Library, today: date, known: Checked | None = None) -> Checked:
    """Every problem of the library, by path and line. `known` is an earlier check, to save work."""
    if known is not None and (known.today != today or known.settings != library.settings):
        known = None
    alone: dict[str, tuple[Problem, ...]] = {}
    whole: dict[str, tuple[Problem, ...]] = {}
    stale = _stale(library, known) if known is not None else None
    for path, page in library.pages.items():
        portion_done()
        if known is not None and known.pages.get(path) is page:
            alone[path] = known.alone[path]
        else:
            found = [*page.problems, *_alone(page, today)]
            alone[path] = tuple(_weighed(found, library.settings))
        if known is not None and stale is not None and path not in stale:
            whole[path] = known.whole[path]
        else:
            found = [*alone[path], *_weighed(_among(page, library), library.settings)]
            whole[path] = tuple(sorted(found, key=_by_place))
    apart: dict[str, list[Problem]] = {}  # of the folder and its settings
    for problem in _weighed([*library.problems, *check_settings(library)], library.settings):
        apart.setdefault(problem.path, []).append(problem)
    problems: list[Problem] = []
    for path in sorted({*whole, *apart}):
        problems += sorted(apart.get(path, ()), key=_by_place)
        problems += whole.get(path, ())
    return Checked(
        tuple(problems), alone, whole, library.pages, library.files, library.settings, today
    )


def check_page(page: Page, library: Library, today: date) -> tuple[Problem, ...]:
    """The problems of one page among the others, as while it is being written."""
    found = [*page.problems, *_alone(page, today), *_among(page, library)]
    return tuple(sorted(_weighed(found, library.settings), key=_by_place))


def _by_place(problem: Problem) -> tuple[str, int, str]:
    return problem.path, problem.line, problem.code


def _stale(library: Library, known: Checked) -> set[str] | None:
    """The pages to hold against the others anew, None when that is all of them."""
    before = known.pages
    if known.files != library.files or before.keys() != library.pages.keys():
        return None
    changed = [
        (before[path], page) for path, page in library.pages.items() if before[path] is not page
    ]
    if any(old.id != new.id for old, new in changed):
        return None
    stale = {new.path for _, new in changed}
    for old, new in changed:  # whom they link to may ask for being linked
        stale |= _links_of(old) | _links_of(new)
    told = {new.path for old, new in changed if _face(old) != _face(new)}
    if told:
        told |= _replaced_by(library, told)
        for path, page in library.pages.items():
            if page.related or page.replaced_by or not told.isdisjoint(_links_of(page)):
                stale.add(path)
    return stale


def _face(page: Page) -> _Face:
    """All that one page can know of another, besides its links, its path and its id."""
    return (
        page.title,
        page.status,
        page.kind,
        page.readable,
        page.replaced_by,
        page.related,
        bool(page.steps),
        [heading.anchor for heading in page.headings],
    )


def _links_of(page: Page) -> set[str]:
    return {link.page for section in page.sections for link in section.links}


def _replaced_by(library: Library, told: set[str]) -> set[str]:
    """Withdrawn pages that point to one of these: whoever links to them is told its title."""
    names = {library.pages[path].id for path in told} | told
    return {page.path for page in library.pages.values() if page.replaced_by in names}


def _alone(page: Page, today: date) -> Iterator[Problem]:
    for rule in _ALONE:
        assert rule.alone is not None
        for found in rule.alone(page, today):
            yield _problem(rule, page, found)


def _among(page: Page, library: Library) -> Iterator[Problem]:
    for rule in _AMONG:
        assert rule.among is not None
        for found in rule.among(page, library):
            yield _problem(rule, page, found)


def _problem(rule: Rule, page: Page, found: Found) -> Problem:
    anchor = found.section.anchor if found.section is not None else ""
    message = found.message[:1].upper() + found.message[1:]
    return Problem(
        rule.code,
        rule.severity,
        page.path,
        max(1, found.line),
        message,
        found.hint,
        anchor,
        found.fix,
    )


def _weighed(problems: Iterable[Problem], settings: Settings) -> Iterator[Problem]:
    """The problems as grave as this library takes them."""
    for problem in problems:
        severity = (
            settings.severity_of(problem.code, problem.severity)
            if settings.checks
            else problem.severity
        )
        if severity is not None:
            yield problem.at(severity)


_ALONE = tuple(rule for rule in RULES.values() if rule.alone is not None)
_AMONG = tuple(rule for rule in RULES.values() if rule.among is not None)
