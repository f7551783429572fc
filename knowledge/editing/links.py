"""Changes to links: where they lead, and their words."""

from __future__ import annotations

import re
from bisect import bisect_right

from knowledge.editing.change import Edit, Refused, Replacement, Stale
from knowledge.editing.headings import places, put
from knowledge.editing.outline import Outline, outline, touches
from knowledge.editing.prove import Expect, prove
from knowledge.editing.words import as_markdown, escape, footnotes_of, reads_as, web_target
from knowledge.inline import read_inline
from knowledge.model import Link, Page, Section, Span
from knowledge.rendering.definitions import places_of_targets
from knowledge.sections import resolve
from knowledge.text import plain

_AUTOLINK = re.compile(r"(?:https?|mailto):[^\s<>]{1,2000}")


def words_span(page: Page, link: Link) -> Span:
    """Where the words of a link stand; empty for an address between angle brackets."""
    text = page.text
    if text[link.span.start] == "<":
        return Span(link.span.start, link.span.start)
    start = link.span.start + (2 if link.image else 1)
    at = link.target_span.start - 1
    while text[at] in " \t\r\n<":
        at -= 1
    return Span(start, at - 1)


def retarget(page: Page, link: Link, target: str) -> Edit:
    """Lead a link elsewhere: `target` as `words.link_to` gives it, or a web address."""
    _holder(page, link)
    asked = web_target(target)
    if page.text[link.span.start] == "<" and not _AUTOLINK.fullmatch(asked):
        old = link.target_span.of(page.text)
        change = Replacement(*link.span, f"[{escape(old)}]({asked})")
    else:
        change = Replacement(*link.target_span, asked)
    words = plain(asked) if page.text[link.span.start] == "<" and change.text == asked else None
    said = f"'{link.text}' now leads to {asked}"
    return prove(page, [[change]], _expect(page, link, change, words, asked), said)


def set_words(page: Page, link: Link, words: str, markdown: bool = False) -> Edit:
    """Give a link other words, or a picture another description."""
    section, _ = _holder(page, link)
    asked = reads_as(words, markdown)
    if not asked and not link.image:
        raise Refused("A link needs words", "Say where it leads.")
    bars = any(t.span.start <= link.span.start < t.span.end for t in section.tables)
    span = words_span(page, link)
    new = as_markdown(words, markdown, bars) + (
        "" if markdown else footnotes_of(span.of(page.text))
    )
    if page.text[link.span.start] == "<":
        change = Replacement(*link.span, f"[{new}]({link.target})")
    else:
        change = Replacement(*span, new)
    said = f"The link '{link.text}' now reads '{asked}'"
    expect = _expect(page, link, change, asked, link.target)
    return prove(page, [[change, *_name_of_heading(page, link)]], expect, said)


def _name_of_heading(page: Page, link: Link) -> list[Replacement]:
    """A heading whose name for links comes from its words keeps it when a link in it changes."""
    for heading, place in zip(page.headings, places(page), strict=True):
        if heading.span.start <= link.span.start < heading.span.end and not place.explicit:
            return [put(page.text, place, None, "#" + place.anchor)]
    return []


def _holder(page: Page, link: Link) -> tuple[Section, int]:
    for section in page.sections:
        for index, other in enumerate(section.links):
            if other.span == link.span and other.target == link.target:
                return section, index
    raise Stale(f"The link '{link.text}' is not there any more")


def _expect(page: Page, link: Link, change: Replacement, words: str | None, target: str) -> Expect:
    def expect(got: Outline) -> Outline:
        wanted = with_links(page, {link.span.start: (words, target)})
        return accept_around(page, wanted, got, (change,))

    return expect


def with_links(page: Page, changed: dict[int, tuple[str | None, str]]) -> Outline:
    """The outline with links changed to (words or None, target), each named by where it begins."""
    wanted = outline(page)
    for number, section in enumerate(page.sections):
        hit = [k for k, link in enumerate(section.links) if link.span.start in changed]
        if not hit:
            continue
        part = wanted.parts[number]
        links, ways = list(part.links), list(part.ways)
        for k in hit:
            words, target = changed[section.links[k].span.start]
            text, _, image = links[k]
            links[k] = (text if words is None else words, target, image)
        for k, way in enumerate(section.ways):
            if way.link.span.start in changed:
                words, target = changed[way.link.span.start]
                condition, _, text = ways[k]
                ways[k] = (condition, target, text if words is None else words)
        wanted = wanted.with_part(number, part._replace(links=tuple(links), ways=tuple(ways)))
    return wanted


def accept_around(
    page: Page, wanted: Outline, got: Outline, replacements: tuple[Replacement, ...]
) -> Outline:
    """What holds the change reads as it does now: the call-out, table, heading or stop around a link."""
    edit = Edit(page.path, page.digest, replacements, "")
    if len(wanted.parts) != len(got.parts) or len(wanted.headings) != len(got.headings):
        return wanted
    for number, section in enumerate(page.sections):
        if not touches(section.span, edit):
            continue
        part, new = wanted.parts[number], got.parts[number]
        notes, tables, links = list(part.notes), list(part.tables), list(part.links)
        if len(notes) == len(new.notes) and len(tables) == len(new.tables):
            for k, note in enumerate(section.notes):
                notes[k] = new.notes[k] if touches(note.span, edit) else notes[k]
            for k, table in enumerate(section.tables):
                tables[k] = new.tables[k] if touches(table.span, edit) else tables[k]
        if len(links) == len(new.links):
            for k, link in enumerate(section.links):  # a link around this one, such as a picture's
                if touches(link.span, edit) and links[k][1] == new.links[k][1]:
                    links[k] = new.links[k] if _holds(page, section, k) else links[k]
        wanted = wanted.with_part(
            number, part._replace(notes=tuple(notes), tables=tuple(tables), links=tuple(links))
        )
    heads = tuple(
        (old[0], old[1], new[2]) if touches(page.headings[k].span, edit) else old
        for k, (old, new) in enumerate(zip(wanted.headings, got.headings, strict=True))
    )
    wanted = wanted._replace(headings=heads)
    if any(touches(s.span, edit) for s in page.stops):
        wanted = wanted.with_facts(stops=got.facts["stops"])
    if heads and touches(page.headings[0].span, edit) and page.field("title") is None:
        wanted = wanted.with_facts(title=got.facts["title"])
    return wanted


def _holds(page: Page, section: Section, index: int) -> bool:
    """Whether another link stands inside this one."""
    span = section.links[index].span
    return any(
        span.start < other.span.start < span.end
        for k, other in enumerate(section.links)
        if k != index
    )


def all_links(page: Page) -> tuple[tuple[Span, str, str], ...]:
    """Every link of a page that stays in the library: (place of its target, page, anchor).

    Also those in headings and in the details at the top, which belong to no section, and the addresses of links
    that stand apart from their words.
    """
    text = page.text
    found: dict[Span, tuple[Span, str, str]] = {}
    for section in page.sections:
        for link in section.links:
            if link.page:
                found[link.target_span] = (link.target_span, link.page, link.anchor)
    stretches = [h.span for h in page.headings]
    if page.front is not None:
        stretches.append(page.front)
    for start, end in stretches:
        for raw in read_inline(text, start, end).links:
            to, anchor = resolve(page.path, raw.target.of(text).strip())
            if to and raw.target not in found and text[raw.span.start] != "<":
                found[raw.target] = (raw.target, to, anchor)
    taken = sorted(found)
    for span in places_of_targets(page):
        to, anchor = resolve(page.path, span.of(text).strip())
        if to and not _meets(taken, span):
            found[span] = (span, to, anchor)
    return tuple(sorted(found.values()))


def _meets(taken: list[Span], span: Span) -> bool:
    """Whether one of these, which stand in the order of the text, shares a letter with `span`."""
    at = bisect_right(taken, span)
    return any(
        other.start < span.end and span.start < other.end
        for other in taken[max(0, at - 1) : at + 1]
    )
