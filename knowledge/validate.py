"""Holds a library to the rules: every problem at once, and quickly again after a change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from knowledge.problems import Problem, Severity
from knowledge.rules import details, kinds, links, privacy, slips, sources, steps, whole
from knowledge.rules.registry import RULES, Found, Rule

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.model import Page
    from knowledge.settings import Settings

SUBJECTS = (details, links, steps, sources, kinds, privacy, slips)

_Shape = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, kept by page so that the next check need only look at what changed."""

    problems: tuple[Problem, ...]
    alone: dict[str, tuple[Page, tuple[Problem, ...]]]
    among: dict[str, tuple[Page, tuple[Problem, ...]]]
    shape: _Shape
    settings: Settings
    today: date

    def of(self, path: str) -> tuple[Problem, ...]:
        """The problems of one page."""
        return tuple(p for p in self.problems if p.path == path)

    def count(self, severity: Severity) -> int:
        return sum(p.severity is severity for p in self.problems)


def check(library: Library, today: date, known: Checked | None = None) -> Checked:
    """Every problem of the library, by path and line. `known` is an earlier check, to save work."""
    again = (
        known
        if known is not None and known.today == today and known.settings == library.settings
        else None
    )
    shape = _shape_of(library)
    same_shape = again is not None and again.shape == shape
    alone: dict[str, tuple[Page, tuple[Problem, ...]]] = {}
    among: dict[str, tuple[Page, tuple[Problem, ...]]] = {}
    for path, page in library.pages.items():
        before = again.alone.get(path) if again is not None else None
        if before is None or before[0] is not page:
            before = (page, (*page.problems, *_alone(page, today)))
        alone[path] = before
        linked = again.among.get(path) if again is not None and same_shape else None
        if linked is None or linked[0] is not page:
            linked = (page, tuple(_among(page, library)))
        among[path] = linked
    raw = [*library.problems, *whole.check_settings(library)]
    for path in library.pages:
        raw += alone[path][1]
        raw += among[path][1]
    problems = sorted(_weighed(raw, library.settings), key=lambda p: (p.path, p.line, p.code))
    return Checked(tuple(problems), alone, among, shape, library.settings, today)


def check_page(page: Page, library: Library, today: date) -> tuple[Problem, ...]:
    """The problems of one page among the others, as while it is being written."""
    found = [*page.problems, *_alone(page, today), *_among(page, library)]
    return tuple(sorted(_weighed(found, library.settings), key=lambda p: (p.line, p.code)))


def _shape_of(library: Library) -> _Shape:
    """All that one page can know of another: names, headings, status."""
    return (
        library.files,
        tuple(
            (
                p.path,
                p.id,
                p.status,
                p.title,
                p.replaced_by,
                p.kind,
                p.related,
                tuple(h.anchor for h in p.headings),
            )
            for p in library.pages.values()
        ),
    )


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


def _weighed(problems: list[Problem], settings: Settings) -> Iterator[Problem]:
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
