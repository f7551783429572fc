"""What stands on everything that leaves the program: what it is, how far approved, and that copies age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from knowledge.dates import stamped
from knowledge.model import Page, Status

if TYPE_CHECKING:
    from knowledge.library import Library

STATUS_WORDS = {
    Status.SAMPLE: "SAMPLE, not approved for clinical use",
    Status.DRAFT: "DRAFT, not approved",
    Status.IN_CHECK: "BEING CHECKED, not approved",
    Status.APPROVED: "Approved",
    Status.WITHDRAWN: "WITHDRAWN, do not use",
}
UNCONTROLLED = "Uncontrolled when printed"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands on every sheet, left and right of two lines."""

    title: str
    number: str
    state: str
    note: str


def stamp_of(page: Page, library: Library | None, number: int, total: int, today: date) -> Stamp:
    """Title, version, status, dates and page x of y."""
    version = f", version {page.version}" if page.version else ""
    state = STATUS_WORDS[page.status]
    if page.approved_on is not None:
        state += f" {stamped(page.approved_on)}"
    if page.review_by is not None:
        overdue = "OVERDUE since" if page.review_by < today else "review by"
        state += f"; {overdue} {stamped(page.review_by)}"
    name = library.settings.name if library is not None else ""
    of = f"{name}, printed {stamped(today)}. " if name else f"Printed {stamped(today)}. "
    return Stamp(
        f"{page.title}{version}", f"Page {number} of {total}", state, f"{of}{UNCONTROLLED}"
    )


def picture_words(page: Page, library: Library | None, today: date) -> tuple[str, ...]:
    """The same words for a picture, which has no sheets to number: a line each."""
    stamp = stamp_of(page, library, 1, 1, today)
    return stamp.title, stamp.state, stamp.note
