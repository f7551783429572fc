"""How a page stands today, in words: its status, its dates, and what a reader must know before relying on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from knowledge.dates import in_words
from knowledge.model import Page, Status
from knowledge.settings import FILE

if TYPE_CHECKING:
    from desktop.settings import Settings
    from knowledge.library import Library

ACKNOWLEDGE_AFTER = (
    90  # days over the review date; from the next one a person must say they have seen it
)

STATUS_WORDS = {
    Status.SAMPLE: ("Sample", "triangle-alert"),
    Status.DRAFT: ("Draft", "file-pen-line"),
    Status.IN_CHECK: ("Being checked", "file-pen-line"),
    Status.APPROVED: ("Approved", "badge-check"),
    Status.WITHDRAWN: ("Withdrawn", "archive-x"),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to know about a page: as a banner `first` and `rest`, as a tag `short`."""

    state: str  # a state of the banner: withdrawn, overdue, draft, sample
    short: str
    first: str
    rest: str = ""
    link: str = ""  # a place that helps, and its words
    link_words: str = ""


def days_overdue(page: Page, today: date) -> int:
    """How many days the review is late; 0 while it is not."""
    return max(0, (today - page.review_by).days) if page.review_by is not None else 0


def must_acknowledge(page: Page, today: date) -> bool:
    """Whether the page is so late that it is shown only to those who say they have seen this."""
    return days_overdue(page, today) > ACKNOWLEDGE_AFTER and page.status is not Status.WITHDRAWN


def is_shut(page: Page, today: date, settings: Settings) -> bool:
    """Whether it waits behind the gate: so late that a person must say so, and nobody has today."""
    seen = settings.get("acknowledged").get(page.path)
    return must_acknowledge(page, today) and seen != today.isoformat()


def acknowledge(page: Page, today: date, settings: Settings) -> None:
    """Somebody has said that they have seen how late the page is; it holds for the day."""
    settings.set("acknowledged", {**settings.get("acknowledged"), page.path: today.isoformat()})


def notices(page: Page, library: Library, today: date) -> list[Notice]:
    """What must be known about a page, the gravest first."""
    found: list[Notice] = []
    if page.status is Status.WITHDRAWN:
        found.append(withdrawn(page, library))
    if days_overdue(page, today) and page.review_by is not None:
        since = in_words(page.review_by)
        who = f"with its owner, {page.owner}," if page.owner else "with your champion"
        found.append(
            Notice(
                "overdue",
                "Overdue for review",
                f"Overdue for review since {since}.",
                f"Check {who} before you rely on it.",
            )
        )
    if page.status in (Status.DRAFT, Status.IN_CHECK):
        words = STATUS_WORDS[page.status][0]
        found.append(Notice("draft", words, f"{words}.", "Not yet approved for use."))
    if page.status is Status.SAMPLE:
        first, dot, rest = library.settings.banner.partition(". ")
        found.append(Notice("sample", "Sample", first + dot.strip(), rest))
    if page.path in library.unread:
        found.append(
            Notice(
                "offline",
                "Last good copy",
                "This page cannot be read just now.",
                "You see the last good copy.",
            )
        )
    return found


def withdrawn(page: Page, library: Library) -> Notice:
    """That it does not hold any more, and which page does."""
    instead = library.find(page.replaced_by) if page.replaced_by else None
    if instead is None:
        rest = "Nothing replaces it. Ask your champion what holds now."
        return Notice("withdrawn", "Withdrawn", "Withdrawn. Do not use this page.", rest)
    other = instead[0]
    return Notice(
        "withdrawn", "Withdrawn", "Withdrawn.", "Use this page instead:", other.path, other.title
    )


def banner_of(told: list[Notice], low: bool) -> tuple[Notice | None, list[Notice]]:
    """The one that stands across the page, and those that are tags.

    Where it is low the first is a tag too, unless the page is withdrawn: a tag does not lead to what holds instead.
    """
    if not told or (low and told[0].state != "withdrawn"):
        return None, told
    return told[0], told[1:]


def approval(page: Page) -> str:
    """Who approved the page and when, or that nobody has."""
    if page.status is Status.WITHDRAWN:
        return "Withdrawn"
    if page.approved_on is None or page.status is not Status.APPROVED:
        return "Not yet approved"
    by = f" by {page.approved_by}" if page.approved_by else ""
    return f"Approved{by} on {in_words(page.approved_on)}"


def reviewed(page: Page) -> str:
    """When the page was last reviewed, for a link that leaves the program; never more than is true."""
    if page.status is Status.WITHDRAWN:
        return "withdrawn"
    if page.approved_on is not None and page.status is Status.APPROVED:
        return f"reviewed {in_words(page.approved_on)}"
    words = STATUS_WORDS[page.status][0].lower()
    review = f", review by {in_words(page.review_by)}" if page.review_by is not None else ""
    return f"{words}, not yet approved{review}"


def facts(page: Page) -> list[str]:
    """The line below a page's title: for whom, whose, which version, approved, to be reviewed."""
    found: list[str] = []
    if page.for_:
        found.append(f"For: {page.for_.rstrip('.')}")
    elif page.audience == "parent":
        found.append("For parents")
    if page.owner:
        found.append(f"Owner: {page.owner}")
    if page.version:
        found.append(f"Version {page.version}")
    found.append(approval(page))
    if page.review_by is not None:
        found.append(f"Review by {in_words(page.review_by)}")
    return found


def sources_words(page: Page) -> str:
    many = len(page.sources)
    return "" if not many else "1 source" if many == 1 else f"{many} sources"


def not_whole(library: Library) -> tuple[str, str]:
    """What to say of a library that holds nothing, or lacks pages that life may hang on; else ""."""
    if not library.pages:
        return (
            "There is no page in this folder.",
            "Open another library (Ctrl+O), or wait until this one is copied.",
        )
    broken = any(problem.code == "settings-broken" for problem in library.problems)
    if broken and library.settings.urgent:
        return (
            f"{FILE} of this library is cut off or broken: you see the last good list of whom to ring.",
            "Tell your champion: the file must be copied again or mended.",
        )
    if broken or _cut(library):
        return (
            f"The list of whom to ring is not complete: {FILE} of this library is not whole.",
            "If life is at risk, ring 999. Tell your champion: the file must be copied again or mended.",
        )
    named = (*library.settings.emergency_pages, *(i.page for i in library.settings.urgent))
    gone = {name for name in named if name and library.find(name) is None}
    if not gone:
        return _torn(library)
    many = "1 emergency page is" if len(gone) == 1 else f"{len(gone)} emergency pages are"
    return (
        f"{many} missing from this library.",
        "It may be half copied. Tell your champion. If life is at risk, ring 999.",
    )


def _cut(library: Library) -> bool:
    """Whether the settings are there but end before whom to ring."""
    wanted = library.settings
    return wanted.present and not (wanted.urgent and wanted.emergency_pages)


_TORN = frozenset({"front-unclosed", "empty"})
"""What a page looks like whose copying was not finished."""


def _torn(library: Library) -> tuple[str, str]:
    """What to say of pages that are empty or cut off; else ""."""
    torn = [
        page
        for page in library.pages.values()
        if any(problem.code in _TORN for problem in page.problems)
    ]
    if not torn:
        return "", ""
    if len(torn) == 1:
        first = f"The page {torn[0].path} is empty or cut off."
    else:
        first = f"{len(torn):,} pages of this library are empty or cut off."
    return first, "It may be half copied. Tell your champion: Problems in the library lists them."
