"""What holds for the library as a whole: its settings name pages and checks that are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from knowledge.problems import Problem, Severity
from knowledge.report import did_you_mean, nearest_path
from knowledge.rules.reading import READING
from knowledge.rules.registry import RULES
from knowledge.settings import FILE

if TYPE_CHECKING:
    from knowledge.library import Library


def check_settings(library: Library) -> Iterator[Problem]:
    """Every name in `library.yaml` that leads nowhere."""
    for setting, name, line in library.settings.names:
        if setting == "checks":
            if name not in RULES and name not in READING:
                message = f"There is no check called '{name[:60]}'"
                hint = did_you_mean(name, (*RULES, *READING))
                yield Problem("settings-check", Severity.WARNING, FILE, line, message, hint)
        elif library.find(name) is None:
            message = f"'{setting}' names {name[:120]}, which is not a page of this library"
            near = nearest_path(name, library.pages)
            hint = f"Did you mean {near}?" if near else "Choose a page that is there"
            yield Problem("settings-page", Severity.ERROR, FILE, line, message, hint)
