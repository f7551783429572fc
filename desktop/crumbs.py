"""Breadcrumbs: the list a place belongs to, so that one press goes one level up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.places import HOME, Place, list_place

if TYPE_CHECKING:
    from knowledge.model import Page

Crumb = tuple[str, Place]

HOME_CRUMB: Crumb = ("Home", HOME)
_LISTS = {
    "pathway": ("Pathways", "pathways"),
    "threshold": ("Thresholds", "thresholds"),
    "casestudy": ("Case studies", "cases"),
    "service": ("Services", "services"),
    "session": ("Sessions", "sessions"),
}


def up_from(page: Page) -> Crumb:
    """What stands above a page: the list of its kind, or Home for a page of no list."""
    words, name = _LISTS.get(page.kind.value, ("", ""))
    return (words, list_place(name)) if name else HOME_CRUMB
