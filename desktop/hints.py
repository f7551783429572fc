"""What a link in a text says before it is taken: the meaning of a term, the page, or where outside it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.standing import STATUS_WORDS
from knowledge.model import Status
from knowledge.render import Lead, read_target

if TYPE_CHECKING:
    from knowledge.library import Library

_OUTSIDE = {
    Lead.EMAIL: "Opens your e-mail program, to {}",
    Lead.PHONE: "Opens your telephone program, to {}",
    Lead.WEB: "Leads outside Fingerpost, to {}",
}


def hint_of(address: str, library: Library | None) -> str:
    """The words for an address; nothing where there is nothing to add."""
    if library is None or not address:
        return ""
    target = read_target(address)
    if target.outside:
        return _OUTSIDE[target.lead].format(target.where)
    if target.lead is Lead.TERM:
        return meaning(target.where, library)
    if target.lead is Lead.PAGE:
        page = library.pages.get(target.where)
        if page is None:
            return "This page is not in the library"
        section = page.by_anchor.get(target.anchor) if target.anchor else None
        words = f"{page.title} > {section.title}" if section is not None else page.title
        withdrawn = page.status is Status.WITHDRAWN
        return f"{words}. {STATUS_WORDS[page.status][0]}" if withdrawn else words
    return ""


def meaning(name: str, library: Library) -> str:
    """What a term of the glossary means, in one line."""
    term = next((term for term in library.terms if term.term == name), None)
    if term is None:
        return ""
    full = term.expansion if term.expansion.casefold() != term.term.casefold() else ""
    parts = (term.term, full, term.meaning)
    return ". ".join(part.rstrip(".") for part in parts if part)
