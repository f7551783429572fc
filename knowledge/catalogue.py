"""Every code a check can give: those of the rules, and those found while a page is read."""

from __future__ import annotations

from knowledge import validate
from knowledge.problems import Severity
from knowledge.rules.reading import READING
from knowledge.rules.registry import RULES


def every_rule() -> list[tuple[str, Severity, str]]:
    """Code, usual severity and what is asked for, by code."""
    assert validate.SUBJECTS
    found = [(rule.code, rule.severity, rule.asks) for rule in RULES.values()]
    found += [(code, severity, asks) for code, (severity, asks) in READING.items()]
    return sorted(found)
