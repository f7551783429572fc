"""Every code a check can give: those of the rules, and those found while a page is read."""

from __future__ import annotations

from knowledge import validate
from knowledge.problems import Severity
from knowledge.rules.registry import RULES

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

READING: dict[str, tuple[Severity, str]] = {
    "not-text": (_E, "A page is text"),
    "encoding": (_W, "A page is written in UTF-8"),
    "too-large": (_E, "A page has at most 2 MB"),
    "empty": (_W, "A page holds something"),
    "unreadable": (_E, "Every file can be read"),
    "folder-unreadable": (_E, "Every folder can be read"),
    "shortcut-outside": (_W, "Shortcuts lead to places inside the library"),
    "front-unclosed": (_E, "The details at the top end with ---"),
    "front-broken": (_E, "The details at the top are 'name: value' lines"),
    "front-quote": (_E, "Quotes in the details are closed"),
    "front-needs-quotes": (_E, "Values with a colon stand in quotes"),
    "front-tab": (_E, "The details hold no Tab"),
    "yaml-alias": (_E, "Nothing in the details is marked for repeating"),
    "yaml-tag": (_E, "Nothing in the details has a tag"),
    "yaml-too-large": (_E, "The details have at most 65,536 characters and 2,000 entries"),
    "yaml-too-deep": (_E, "Lists in the details are at most 8 deep"),
    "field-twice": (_E, "Each detail is given once"),
    "field-unknown": (_W, "Each detail is one that is known"),
    "field-not-text": (_E, "A detail that takes words has words"),
    "field-not-list": (_E, "A detail that takes a list has a list"),
    "date-unreadable": (_E, "Dates are written as 2027-05-21"),
    "value-unknown": (_E, "Kind, status, audience and strength are known ones"),
    "hours-unreadable": (_E, "Opening hours name days and times"),
    "sources-not-list": (_E, "Sources are a list"),
    "source-unreadable": (_E, "A source has a key, a title and a strength"),
    "source-field-unknown": (_W, "What a source says is known"),
    "source-no-key": (_E, "A source has a key"),
    "source-twice": (_E, "A source is listed once"),
    "anchor-twice": (_E, "Every heading has a name of its own"),
    "heading-inside": (_W, "Headings stand outside lists and quotes"),
    "heading-no-space": (_W, "A space follows the # signs of a heading"),
    "step-kind-unknown": (_W, "A step is of a kind that is known"),
    "callout-unknown": (_W, "A call-out is of a kind that is known"),
    "way-not-in-list": (_E, "A way on is an item of a list"),
    "way-nested": (_W, "A way on stands at the left edge"),
    "way-arrow": (_E, "A way on has an arrow that is known"),
    "way-no-link": (_E, "A way on has a link"),
    "way-unclear": (_E, "A way on ends with its one link"),
    "fence-open": (_E, "A block of code ends"),
    "code-indented": (_W, "Nothing is shown as code by accident"),
    "comment-open": (_E, "A comment ends"),
    "html-hides": (_W, "HTML hides no heading"),
    "html": (_N, "Pages are Markdown, not HTML"),
    "nested-deep": (_W, "Lists and quotes are not nested too deep"),
    "settings-broken": (_E, "library.yaml can be read"),
    "settings-unknown": (_W, "The settings in library.yaml are known ones"),
    "settings-twice": (_E, "Each setting is given once"),
    "settings-value": (_E, "The values in library.yaml are of the right form"),
}


def every_rule() -> list[tuple[str, Severity, str]]:
    """Code, usual severity and what is asked for, by code."""
    assert validate.SUBJECTS
    found = [(rule.code, rule.severity, rule.asks) for rule in RULES.values()]
    found += [(code, severity, asks) for code, (severity, asks) in READING.items()]
    return sorted(found)
