"""Rules that go with the kind of page: services, case studies, sessions, tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.model import Heading, Kind, Page, Row, Section
from knowledge.problems import Fix, Severity
from knowledge.report import nearest
from knowledge.rules.registry import Found, field_line, has_details, rule
from knowledge.text import newline_of

CASE_HEADINGS = (
    "Situation",
    "What was done",
    "Who took part",
    "Results",
    "Costs",
    "Learning",
    "Challenges",
    "Try this",
)


@rule("service-no-number", Severity.NOTICE, "A service has a number to ring")
def service_without_a_number(page: Page, today: date) -> Iterator[Found]:
    if (
        page.kind is Kind.SERVICE
        and has_details(page)
        and page.contact is not None
        and not page.contact.phone
    ):
        yield Found(
            field_line(page, "phone"), "This service has no number yet", "Add your local number"
        )


@rule("case-heading-missing", Severity.ERROR, "A case study has all its headings")
def case_study_without_a_heading(page: Page, today: date) -> Iterator[Found]:
    if page.kind is not Kind.CASESTUDY or not has_details(page):
        return
    given = {section.title.casefold() for section in page.sections}
    extra = [s.title for s in page.sections if s.level == 2 and s.title not in CASE_HEADINGS]
    for heading in CASE_HEADINGS:
        if heading.casefold() not in given:
            near = nearest(heading, extra)
            meant = f" Is '{near}' meant to be it?" if near else ""
            hint = f"Add it, with 'Not reported' below when the source is silent.{meant}"
            yield Found(page.sections[-1].line, f"The heading '{heading}' is missing", hint)


@rule("case-heading-order", Severity.WARNING, "The headings of a case study stand in their order")
def case_study_out_of_order(page: Page, today: date) -> Iterator[Found]:
    if page.kind is not Kind.CASESTUDY:
        return
    places = {heading.casefold(): number for number, heading in enumerate(CASE_HEADINGS)}
    last = -1
    for section in page.sections:
        place = places.get(section.title.casefold())
        if place is None:
            continue
        if place < last:
            yield Found(
                section.line,
                f"'{section.title}' stands after '{CASE_HEADINGS[last]}'",
                f"Move it before '{CASE_HEADINGS[last]}'",
                section,
            )
        last = max(last, place)


@rule("case-heading-empty", Severity.WARNING, "Under each heading of a case study stands something")
def case_study_with_an_empty_heading(page: Page, today: date) -> Iterator[Found]:
    if page.kind is not Kind.CASESTUDY:
        return
    for section in page.sections:
        if section.level == 2 and _empty(page, section):
            yield Found(
                section.line,
                f"Nothing stands under '{section.title}'",
                "Write 'Not reported' when the source is silent",
                section,
                _not_reported(page, section),
            )


def _not_reported(page: Page, section: Section) -> Fix:
    newline, at = newline_of(page.text), section.heading.end
    return Fix("Write Not reported", at, at, f"{newline}{newline}Not reported")


def _empty(page: Page, section: Section) -> bool:
    return not section.body.of(page.text).strip()


@rule("case-place-missing", Severity.WARNING, "A case study says where and when")
def case_study_from_nowhere(page: Page, today: date) -> Iterator[Found]:
    if page.kind is Kind.CASESTUDY and has_details(page):
        for key, value in (("place", page.place), ("year", page.year)):
            if not value:
                yield Found(
                    field_line(page, key),
                    f"This case study does not give its {key}",
                    f"Add a line '{key}: ...' at the top",
                )


@rule("session-no-stops", Severity.ERROR, "A session has a running order")
def session_without_stops(page: Page, today: date) -> Iterator[Found]:
    if page.kind is Kind.SESSION and page.readable and not page.stops:
        message = "This session has no running order"
        yield Found(
            1, message, "Add a numbered list; begin each line with a link to a page or step"
        )


@rule("session-fiction", Severity.WARNING, "A session says that its case is fictional")
def session_with_a_case_that_may_be_real(page: Page, today: date) -> Iterator[Found]:
    if page.kind is Kind.SESSION and page.stops and "fiction" not in page.text.casefold():
        yield Found(
            1,
            "This session does not say that its case is fictional",
            "Say so at the top of the case",
        )


@rule("table-row-uneven", Severity.WARNING, "Every row of a table has as many cells as its head")
def row_with_too_few_or_many_cells(page: Page, today: date) -> Iterator[Found]:
    for section in page.sections:
        for table in section.tables:
            wanted = len(table.header.cells)
            for row in table.rows:
                if len(row.cells) != wanted:
                    cells = "1 cell" if len(row.cells) == 1 else f"{len(row.cells)} cells"
                    message = f"This row has {cells}; the table has {wanted} columns"
                    hint = "Add or remove a | so that they match"
                    fix = _filled(page, row, wanted - len(row.cells))
                    yield Found(row.line, message, hint, section, fix)


def _filled(page: Page, row: Row, missing: int) -> Fix | None:
    """Empty cells at the end of a row that has too few."""
    if missing < 1 or not row.spans:
        return None
    at = row.spans[-1].end
    while at < len(page.text) and page.text[at] not in "\r\n":
        at += 1
    while page.text[at - 1] in " \t":
        at -= 1
    closed = page.text[at - 1] == "|"
    return Fix("Add empty cells", at, at, " |" * missing if closed else " |" * (missing + 1))


@rule("heading-skipped", Severity.WARNING, "Heading levels go down one at a time")
def heading_that_skips_a_level(page: Page, today: date) -> Iterator[Found]:
    level = 1
    for heading in page.headings:
        if heading.level > level + 1:
            hint = f"Use {'#' * (level + 1)} here, or add the heading between"
            fix = _levelled(page, heading, level + 1)
            yield Found(
                heading.line,
                f"'{heading.title}' skips a level: it has {heading.level} # signs under a heading with {level}",
                hint,
                fix=fix,
            )
        level = heading.level


@rule("heading-top-again", Severity.WARNING, "Only the page's title has one # sign")
def second_heading_of_the_first_level(page: Page, today: date) -> Iterator[Found]:
    for heading in page.headings[1:] if has_details(page) else ():
        if heading.level == 1:
            message = f"'{heading.title}' has one # sign, as only the title of the page should"
            fix = _levelled(page, heading, 2)
            yield Found(heading.line, message, "Use two # signs, or more", fix=fix)


def _levelled(page: Page, heading: Heading, level: int) -> Fix | None:
    start = heading.span.start
    signs = "#" * heading.level
    if not page.text.startswith(signs, start):
        return None
    return Fix(f"Use {'#' * level}", start, start + len(signs), "#" * level)


@rule("heading-empty", Severity.WARNING, "A heading has words")
def heading_without_words(page: Page, today: date) -> Iterator[Found]:
    for heading in page.headings:
        if not heading.title:
            yield Found(
                heading.line,
                "This heading has no words",
                "Write what the part is about, or take the # signs away",
            )
