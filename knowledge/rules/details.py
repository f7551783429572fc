"""Rules about the details at the top of a page: owner, status, dates, what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from knowledge.dates import in_words
from knowledge.model import Kind, Page, Status
from knowledge.problems import Fix, Severity
from knowledge.rules.registry import Found, field_line, has_details, rule
from knowledge.source import kind_of_folder
from knowledge.text import newline_of

LONGEST_TITLE = 90
_GUIDES = (Kind.PATHWAY, Kind.THRESHOLD)
_PLAIN_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _missing(page: Page, key: str) -> bool:
    return has_details(page) and page.field(key) is None


@rule("title-missing", Severity.WARNING, "A page has a title")
def page_without_a_title(page: Page, today: date) -> Iterator[Found]:
    if _missing(page, "title") and not (page.headings and page.headings[0].level == 1):
        yield Found(
            1,
            f"This page has no title, so it is shown as '{page.title}'",
            "Add a line 'title: ...' at the top",
        )


@rule("title-long", Severity.WARNING, "A title has at most 90 characters")
def page_with_a_long_title(page: Page, today: date) -> Iterator[Found]:
    if len(page.title) > LONGEST_TITLE:
        message = f"The title has {len(page.title)} characters; {LONGEST_TITLE} is the most that lists can show"
        yield Found(
            field_line(page, "title"), message, "Shorten it, and put the rest into the summary"
        )


@rule("id-form", Severity.WARNING, "A short name is lower-case words joined by dashes")
def short_name_that_breaks_links(page: Page, today: date) -> Iterator[Found]:
    if page.field("id") is not None and not _PLAIN_ID.fullmatch(page.id):
        message = f"The short name '{page.id[:60]}' may not work in links"
        yield Found(
            field_line(page, "id"),
            message,
            "Use lower-case letters, figures and dashes, such as low-mood",
        )


@rule("status-missing", Severity.WARNING, "A page says whether it is approved")
def page_without_a_status(page: Page, today: date) -> Iterator[Found]:
    if _missing(page, "status"):
        assert page.front is not None
        message = "This page does not say whether it is approved, so it is shown as a sample"
        line = "status: draft" + newline_of(page.text)
        fix = Fix("Call it a draft", page.front.end, page.front.end, line)
        yield Found(1, message, "Add a line 'status: draft' at the top", fix=fix)


@rule("owner-missing", Severity.WARNING, "A page says which role looks after it")
def page_without_an_owner(page: Page, today: date) -> Iterator[Found]:
    if has_details(page) and not page.owner:
        message = "This page does not say who looks after it"
        yield Found(
            field_line(page, "owner"),
            message,
            "Add a line 'owner:' with a role or a team, not a person's name",
        )


@rule("summary-missing", Severity.NOTICE, "A page has a summary")
def page_without_a_summary(page: Page, today: date) -> Iterator[Found]:
    if has_details(page) and not page.summary:
        yield Found(
            field_line(page, "summary"),
            "This page has no summary",
            "Say in one or two sentences what it is for",
        )


@rule("review-missing", Severity.WARNING, "A page has a review date")
def page_without_a_review_date(page: Page, today: date) -> Iterator[Found]:
    unread = any(p.code == "date-unreadable" for p in page.problems)
    if (
        has_details(page)
        and page.review_by is None
        and page.status is not Status.WITHDRAWN
        and not unread
    ):
        message = "This page has no review date"
        yield Found(
            field_line(page, "review_by"), message, "Add a line such as 'review_by: 2027-05-21'"
        )


@rule("overdue", Severity.WARNING, "A page is reviewed by its date")
def page_past_its_review_date(page: Page, today: date) -> Iterator[Found]:
    if (
        page.review_by is not None
        and page.review_by < today
        and page.status is not Status.WITHDRAWN
    ):
        message = f"This page is overdue for review since {in_words(page.review_by)}"
        yield Found(field_line(page, "review_by"), message, "Review it and set a new date")


@rule("approved-no-approver", Severity.ERROR, "An approved page says which role approved it")
def approved_by_nobody(page: Page, today: date) -> Iterator[Found]:
    if page.status is Status.APPROVED and not page.approved_by:
        message = "This page is approved but does not say by whom"
        yield Found(
            field_line(page, "status"),
            message,
            "Add a line 'approved_by:' with the role that approved it",
        )


@rule("approved-no-date", Severity.ERROR, "An approved page says when it was approved")
def approved_on_no_day(page: Page, today: date) -> Iterator[Found]:
    unread = any(p.code == "date-unreadable" for p in page.problems)
    if page.status is Status.APPROVED and page.approved_on is None and not unread:
        message = "This page is approved but does not say when"
        yield Found(
            field_line(page, "status"), message, "Add a line such as 'approved_on: 2026-11-21'"
        )


@rule("approved-ahead", Severity.WARNING, "An approval date is not in the future")
def approved_in_the_future(page: Page, today: date) -> Iterator[Found]:
    # One day's grace: the author's clock and the reader's need not agree.
    if page.approved_on is not None and page.approved_on > today + timedelta(days=1):
        message = f"The approval date {in_words(page.approved_on)} is in the future"
        yield Found(field_line(page, "approved_on"), message, "Correct the date")


@rule("review-before-approval", Severity.WARNING, "The review date lies after the approval")
def review_before_approval(page: Page, today: date) -> Iterator[Found]:
    if (
        page.review_by is not None
        and page.approved_on is not None
        and page.review_by <= page.approved_on
    ):
        message = f"The review date is not after the approval on {in_words(page.approved_on)}"
        yield Found(field_line(page, "review_by"), message, "Correct one of the two")


@rule("kind-folder", Severity.WARNING, "A page stands in the folder of its kind")
def page_in_another_kinds_folder(page: Page, today: date) -> Iterator[Found]:
    folder = kind_of_folder(page.path)
    if folder is not Kind.PAGE and page.kind is not folder:
        message = f"This page says it is a {page.kind} but stands in the folder for {page.path.split('/')[-2]}"
        written = page.field("kind")
        fix = Fix(f"Call it a {folder}", *written.value_span, folder.value) if written else None
        yield Found(
            field_line(page, "kind"), message, "Move the file, or correct its kind", fix=fix
        )


@rule("purpose-missing", Severity.WARNING, "A pathway or threshold says when it is the right page")
def guide_without_its_purpose(page: Page, today: date) -> Iterator[Found]:
    if page.kind not in _GUIDES or not has_details(page):
        return
    if not page.for_:
        yield Found(
            field_line(page, "for"),
            "This page does not say when it is the right one",
            "Add a line 'for: ...' at the top",
        )
    if not page.not_for:
        message = "This page does not say when it is the wrong one, and where to go then"
        yield Found(field_line(page, "not_for"), message, "Add a line 'not_for: ...' at the top")


@rule("concerns-missing", Severity.WARNING, "A pathway or threshold lists the words people type")
def guide_nobody_can_search_for(page: Page, today: date) -> Iterator[Found]:
    if page.kind in _GUIDES and has_details(page) and not page.concerns:
        message = "This page lists no words that a person would type on meeting the problem"
        yield Found(field_line(page, "concerns"), message, "Add 'concerns:' with a list of them")
