"""Marks in finished text: the first mention of each glossary term, and the words of a search."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from knowledge.rendering.options import Terms
from knowledge.rendering.targets import term_address

# A word, or one of the marks that Python-Markdown still has to replace.
_WORD = re.compile(r"\x02[^\x03]*\x03|(\w+(?:['’]\w+)*)")
_PLAIN_WORD = re.compile(r"\x02[^\x03]*\x03|(\w+)")
_NO_TERMS = frozenset("a h1 h2 h3 h4 h5 h6 code pre".split())
_NO_HITS = frozenset(("code", "pre"))

Found = Iterator[tuple[int, int, Element]]


def mark_terms(root: Element, terms: Terms) -> None:
    """Link the first mention of each term; never inside a link, a heading or code."""
    seen: set[str] = set()

    def find(text: str) -> Found:
        reached = 0
        for match in _PLAIN_WORD.finditer(text):
            word = match.group(1)
            if word is None or match.start() < reached:
                continue
            found = terms.at(text, match.start(), word)
            if found is None or found[1].term in seen:
                continue
            reached, term = found
            seen.add(term.term)
            parts = (term.expansion, term.meaning)
            title = ": ".join(part for part in parts if part) or term.term
            yield (
                match.start(),
                reached,
                Element("a", {"class": "term", "href": term_address(term.term), "title": title}),
            )

    _walk(root, _NO_TERMS, find)


def mark_hits(root: Element, hits: tuple[str, ...]) -> None:
    """Mark every occurrence of these words, whole words only, whatever their case."""
    wanted = {hit.casefold() for hit in hits}

    def find(text: str) -> Found:
        for match in _WORD.finditer(text):
            word = match.group(1)
            if word is not None and word.casefold() in wanted:
                yield match.start(), match.end(), Element("span", {"class": "hit"})

    _walk(root, _NO_HITS, find)


def _walk(element: Element, without: frozenset[str], find: Callable[[str], Found]) -> None:
    if element.tag in without:
        return
    children = list(element)
    at = 0
    if element.text:
        before, new = _split(element.text, find)
        element.text = before
        for part in new:
            element.insert(at, part)
            at += 1
    for child in children:
        _walk(child, without, find)
        at += 1
        if child.tail:
            before, new = _split(child.tail, find)
            child.tail = before
            for part in new:
                element.insert(at, part)
                at += 1


def _split(text: str, find: Callable[[str], Found]) -> tuple[str, list[Element]]:
    """The text before the first find, and the finds with what stands behind each."""
    first: str | None = None
    parts: list[Element] = []
    position = 0
    for start, end, part in find(text):
        between = text[position:start]
        if parts:
            parts[-1].tail = between
        else:
            first = between
        part.text = text[start:end]
        parts.append(part)
        position = end
    if not parts:
        return text, parts
    parts[-1].tail = text[position:]
    return first or "", parts
