"""What has changed in the details of a page, said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.dates import in_words
from knowledge.model import Contact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.model import Page

_STATUS = {
    "sample": "sample",
    "draft": "draft",
    "in-check": "in check",
    "approved": "approved",
    "withdrawn": "withdrawn",
}
_SHORT = (
    ("owner", "The owner"),
    ("version", "The version"),
    ("place", "The place"),
    ("year", "The year"),
    ("organisation", "The organisation"),
)
_LONG = (
    ("summary", "The summary is changed"),
    ("for_", "It says otherwise when it is the right page"),
    ("not_for", "It says otherwise when it is not the right page"),
)
_LISTS = (
    ("topics", "topic"),
    ("levels", "level"),
    ("ages", "age"),
    ("regions", "region"),
    ("concerns", "search phrase"),
    ("related", "related page"),
)
_CONTACT = (
    ("phone", "The telephone"),
    ("email", "The e-mail"),
    ("web", "The web page"),
    ("area", "The area"),
)
_CONTACT_LONG = (
    ("hours", "Opening hours are"),
    ("out_of_hours", "What to do out of hours is"),
    ("accepts", "Who can be referred is"),
    ("how_to_refer", "How to refer is"),
)


def details(before: Page, after: Page) -> list[str]:
    """Each detail that is another, as one sentence."""
    said: list[str] = []
    if before.status is not after.status:
        said.append(f"The status is now {_STATUS[after.status.value]}")
    if before.review_by != after.review_by:
        day = after.review_by
        said.append(
            f"It is to be reviewed by {in_words(day)}" if day else "The review date is gone"
        )
    said += _now(_SHORT, before, after)
    said += [words for key, words in _LONG if getattr(before, key) != getattr(after, key)]
    for key, words in _LISTS:
        said += _listed(words, getattr(before, key), getattr(after, key))
    was, now = before.contact or Contact(), after.contact or Contact()
    said += _now(_CONTACT, was, now)
    for key, words in _CONTACT_LONG:
        if getattr(was, key) != getattr(now, key):
            said.append(f"{words} {'changed' if getattr(now, key) else 'gone'}")
    return said + _sources(before, after)


def _now(rows: Iterable[tuple[str, str]], was: object, now: object) -> list[str]:
    said: list[str] = []
    for key, words in rows:
        if getattr(was, key) != getattr(now, key):
            value = getattr(now, key)
            said.append(f"{words} is now {value}" if value else f"{words} is gone")
    return said


def _listed(words: str, was: tuple[str, ...], now: tuple[str, ...]) -> list[str]:
    come = [f"The {words} '{value}' is new" for value in now if value not in was]
    gone = [f"The {words} '{value}' is gone" for value in was if value not in now]
    return come + gone


def _sources(before: Page, after: Page) -> list[str]:
    was = {s.key: (s.title, s.year, s.where, s.link, s.strength) for s in before.sources}
    now = {s.key: (s.title, s.year, s.where, s.link, s.strength) for s in after.sources}
    said = [f"The source {key} is new" for key in now if key not in was]
    said += [f"The source {key} is changed" for key in now if key in was and was[key] != now[key]]
    return said + [f"The source {key} is gone" for key in was if key not in now]
