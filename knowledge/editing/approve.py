"""How a page comes to stand: approved by another role than its author's, or withdrawn. Declared, not proved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from knowledge.editing.change import Edit, Refused, written
from knowledge.editing.fields import remove_field, set_date, set_text
from knowledge.model import Page, Status
from knowledge.problems import Problem, Severity
from knowledge.source import read_page

if TYPE_CHECKING:
    from knowledge.saving.versions import Version

MOST_READ = 60  # versions read to find who has changed the page since it was last approved
_FIGURES = re.compile(r"(\d+)(?:\.\d+)*")


def why_not(page: Page, role: str, authors: Sequence[str], problems: Iterable[Problem]) -> str:
    """Why this role cannot approve the page as it stands, in one sentence; "" when it can."""
    if not page.readable:
        return "This page cannot be read as a page, so it cannot be approved."
    if page.status is Status.APPROVED:
        return "This page is approved already."
    if page.status is not Status.IN_CHECK:
        return "Only a page in check can be approved: edit it, choose 'In check', and save it."
    wrong = [p for p in problems if p.severity is Severity.ERROR]
    if wrong:
        many = "1 thing has" if len(wrong) == 1 else f"{len(wrong)} things have"
        return f"{many} to be put right first. Line {wrong[0].line}: {wrong[0].message}."
    if not role.strip():
        return "Say which role approves it; a role or a team, not a name."
    if same_role(role, *authors):
        return f"'{role.strip()}' changed this page, so another role has to approve it."
    return ""


def same_role(role: str, *others: str) -> bool:
    """Whether a role is among others, however it is written."""
    return bool(_heard(role)) and _heard(role) in {_heard(other) for other in others}


def authors_of(versions: Iterable[Version]) -> list[Version]:
    """The changes since the page was last approved, newest first: those of substance, else all."""
    since: list[Version] = []
    for version in list(versions)[:MOST_READ]:
        if version.act.value not in ("saved", "restored", "found"):
            continue
        if read_page(version.page, version.text()).status is Status.APPROVED:
            break
        if version.act.value != "found":
            since.append(version)
    weighty = [version for version in since if version.change.substantive]
    return weighty or since


def approved(page: Page, role: str, today: date, review_by: date, version: str) -> bytes:
    """The page, approved by this role today."""
    if review_by <= today:
        raise Refused("The review date has to lie ahead", "Choose a later one.")
    steps: list[Callable[[Page], Edit]] = [
        lambda now: set_text(now, "status", Status.APPROVED.value),
        lambda now: set_text(now, "approved_by", role.strip()),
        lambda now: set_date(now, "approved_on", today),
        lambda now: set_date(now, "review_by", review_by),
    ]
    if version.strip() and version.strip() != page.version:
        steps.append(lambda now: set_text(now, "version", version.strip()))
    return _made(page, steps)


def withdrawn(page: Page, instead: str) -> bytes:
    """The page, withdrawn; `instead` is the short name of what replaces it, or ""."""
    steps: list[Callable[[Page], Edit]] = [
        lambda now: set_text(now, "status", Status.WITHDRAWN.value)
    ]
    if instead:
        steps.append(lambda now: set_text(now, "replaced_by", instead))
    elif page.field("replaced_by") is not None:
        steps.append(lambda now: remove_field(now, "replaced_by"))
    return _made(page, steps)


def unapproved(path: str, data: bytes) -> bytes:
    """A text that comes back, as it was but for an approval: what was approved once is checked again."""
    page = read_page(path, data)
    if page.status is not Status.APPROVED:
        return data
    return _made(page, [lambda now: set_text(now, "status", Status.IN_CHECK.value)])


def next_version(version: str) -> str:
    """The number of an approved version: the next whole one."""
    found = _FIGURES.fullmatch(version.strip())
    if found is None:
        return version or "1.0"
    return f"{int(found.group(1)) + 1}.0"


def in_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
    return date(year, month, min(day.day, last))


def _made(page: Page, steps: Iterable[Callable[[Page], Edit]]) -> bytes:
    now = page
    data = written(page.text, page.encoding).data
    for step in steps:
        data = written(step(now).apply(now.text), now.encoding).data
        now = read_page(page.path, data)
    return data


def _heard(role: str) -> str:
    return " ".join(re.sub(r"[^\w\s]+", " ", role).split()).casefold()
