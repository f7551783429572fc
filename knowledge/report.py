"""Collects the problems of one page while it is read, and knows the line of each."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from knowledge.problems import Fix, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.text import Lines


class Report:
    """The problems of one page, in the order found."""

    def __init__(self, path: str, lines: Lines) -> None:
        self.path = path
        self.lines = lines
        self.problems: list[Problem] = []

    def error(
        self, code: str, offset: int, message: str, hint: str = "", fix: Fix | None = None
    ) -> None:
        self._add(Severity.ERROR, code, offset, message, hint, fix)

    def warn(
        self, code: str, offset: int, message: str, hint: str = "", fix: Fix | None = None
    ) -> None:
        self._add(Severity.WARNING, code, offset, message, hint, fix)

    def notice(
        self, code: str, offset: int, message: str, hint: str = "", fix: Fix | None = None
    ) -> None:
        self._add(Severity.NOTICE, code, offset, message, hint, fix)

    def _add(
        self, severity: Severity, code: str, offset: int, message: str, hint: str, fix: Fix | None
    ) -> None:
        line = max(1, self.lines.number(offset))
        self.problems.append(Problem(code, severity, self.path, line, message, hint, fix=fix))


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice somebody most likely meant, or "" when none is near."""
    found = get_close_matches(word[:80], list(choices), 1, 0.6)
    return found[0] if found else ""


def did_you_mean(word: str, choices: Iterable[str], mark: str = "") -> str:
    """A question that names the nearest choice; empty when none is near."""
    found = nearest(word, choices)
    return f"Did you mean {mark}{found}?" if found else ""
