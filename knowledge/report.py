"""Collects the problems of one page while it is read, and knows the line of each."""

from __future__ import annotations

from difflib import get_close_matches
from functools import lru_cache
from posixpath import basename, splitext
from typing import TYPE_CHECKING

from knowledge.problems import Fix, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.text import Lines

_LIKELY = 6


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
    asked = word[:80]
    pairs = _pairs(asked)
    if not pairs:
        return ""
    shared = [
        (len(pairs & _pairs(choice)) / (len(pairs) + len(choice)), choice) for choice in choices
    ]
    likely = sorted((s for s in shared if s[0] > 0.15), reverse=True)[:_LIKELY]
    found = get_close_matches(asked, [choice for _, choice in likely], 1, 0.6)
    return found[0] if found else ""


def nearest_path(wanted: str, paths: Iterable[str]) -> str:
    """The file somebody most likely meant: one of that name elsewhere, else one with nearly that path or name."""
    by_stem = {splitext(path)[0]: path for path in paths}
    stem = splitext(wanted)[0]
    by_name: dict[str, list[str]] = {}
    for other in by_stem:
        by_name.setdefault(basename(other).lower(), []).append(other)
    same = by_name.get(basename(stem).lower(), [])
    if len(same) == 1:
        return by_stem[same[0]]
    near = nearest(stem, by_stem)
    if not near:
        near = by_name.get(nearest(basename(stem).lower(), by_name), [""])[0]
    return by_stem.get(near, "")


@lru_cache(maxsize=50_000)
def _pairs(word: str) -> frozenset[str]:
    """Neighbouring letters: cheap to compare, so that the thorough comparison sees a few choices only."""
    return frozenset(word[n : n + 2] for n in range(min(len(word), 80) - 1))


def did_you_mean(word: str, choices: Iterable[str], mark: str = "") -> str:
    """A question that names the nearest choice; empty when none is near."""
    found = nearest(word, choices)
    return f"Did you mean {mark}{found}?" if found else ""
