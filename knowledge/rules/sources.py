"""Rules about sources: every fact names one, every one named is listed, doubts are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from knowledge.model import Footnote, Kind, Page, Section, Strength
from knowledge.problems import Fix, Severity
from knowledge.report import nearest
from knowledge.rules.registry import Found, field_line, has_details, rule

_DEFINED = re.compile(r"^ {0,3}\[\^([^\]\[\s]{1,80})\]:", re.MULTILINE)
_FACTUAL = (Kind.PATHWAY, Kind.THRESHOLD, Kind.CASESTUDY)


def _facts(page: Page) -> Iterator[tuple[Section, Footnote]]:
    for section in page.sections:
        for footnote in section.footnotes:
            yield section, footnote


@rule("sources-missing", Severity.WARNING, "A page of facts lists its sources")
def facts_without_sources(page: Page, today: date) -> Iterator[Found]:
    if page.kind in _FACTUAL and has_details(page) and not page.sources:
        yield Found(
            field_line(page, "sources"),
            "This page lists no sources",
            "Add 'sources:' with a key, a title and a strength for each",
        )


@rule("source-undefined", Severity.ERROR, "A source that a fact names is listed")
def fact_with_an_unlisted_source(page: Page, today: date) -> Iterator[Found]:
    listed = {source.key for source in page.sources}
    if not has_details(page):
        return
    written: set[str] | None = None  # ordinary footnotes, with their text on the page
    hints = 20
    for section, footnote in _facts(page):
        if footnote.key in listed:
            continue
        if written is None:
            written = set(_DEFINED.findall(page.text))
        if footnote.key in written:
            continue
        near = nearest(footnote.key, listed) if hints > 0 else ""
        hints -= 1
        hint = f"Did you mean {near}?" if near else "Add it to 'sources:' at the top"
        yield Found(
            footnote.line,
            f"The source [^{footnote.key}] is not listed at the top of this page",
            hint,
            section,
            Fix(f"Change it to {near}", *footnote.span, near) if near else None,
        )


@rule("source-unused", Severity.WARNING, "A listed source is used")
def source_no_fact_names(page: Page, today: date) -> Iterator[Found]:
    if page.kind is Kind.PAGE and not any(True for _ in _facts(page)):
        return  # a list of sources may be all that such a page is for
    used = {footnote.key for _, footnote in _facts(page)}
    for source in page.sources:
        if source.key not in used:
            message = f"No fact of this page names the source '{source.key}'"
            yield Found(
                source.line,
                message,
                f"Put [^{source.key}] behind the fact it stands for, or take it away",
            )


@rule("fact-unchecked", Severity.NOTICE, "A fact rests on a source that somebody has checked")
def fact_to_be_checked(page: Page, today: date) -> Iterator[Found]:
    doubtful = {source.key for source in page.sources if source.strength is Strength.UNCHECKED}
    for section, footnote in _facts(page):
        if footnote.key in doubtful:
            yield Found(
                footnote.line,
                f"This fact rests on '{footnote.key}', which nobody has checked",
                "Check it locally, then name the source you found",
                section,
            )
