"""Puts a page's HTML together for the window: what stands before and after the text of each kind of page."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from knowledge.model import Kind, Page, Section, Status, Step, Stop
from knowledge.render import page_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from desktop.standing import Notice
    from knowledge.library import Library
    from knowledge.render import Options, Renderer


def folded_head(title: str, facts: list[str], sources: str, notices: Iterable[Notice]) -> str:
    """The head of a page as part of its text, for windows too low to keep it in view."""
    found = [f'<h1 id="top">{escape(title)}</h1>']
    for notice in notices:
        words = f"<strong>{escape(notice.first)}</strong> {escape(notice.rest)}"
        if notice.link:
            words += f" {anchor(notice.link, notice.link_words)}"
        found.append(f'<p><span class="warn-word">{words}</span></p>')
    line = " · ".join(escape(fact) for fact in facts)
    if sources:
        line += f' · <a href="#sources">{escape(sources)}</a>'
    found.append(f'<p class="small">{line}</p>')
    return "".join(found)


def anchor(path: str, words: str, section: str = "") -> str:
    """A link to a page of the library."""
    return f'<a href="{page_address(path, section)}">{escape(words)}</a>'


def lead(renderer: Renderer, page: Page, options: Options) -> str:
    """The summary, and when this is not the right page."""
    parts: list[str] = []
    if page.summary:
        words = renderer.words(page, page.summary, replace(options, terms=None))
        parts.append(f'<p class="lead">{words}</p>')
    if page.not_for:
        words = renderer.words(page, page.not_for, replace(options, terms=None))
        parts.append(f"<p><strong>Not this page:</strong> {words}</p>")
    return "".join(parts)


def article(renderer: Renderer, library: Library, page: Page, options: Options) -> str:
    """A page as it is read: lead, text, what is related, sources."""
    parts = [lead(renderer, page, options)]
    parts += [titled(renderer, page, section, options) for section in page.sections]
    parts += [related(library, page), renderer.sources(page)]
    return "\n".join(parts)


def titled(renderer: Renderer, page: Page, section: Section, options: Options) -> str:
    """A section with its heading."""
    body = renderer.section(page, section, options)
    return heading(renderer, page, section, options) + body


def heading(renderer: Renderer, page: Page, section: Section, options: Options) -> str:
    if not section.level:
        return ""
    words = renderer.heading(page, section, options)
    name = escape(section.anchor, quote=True)
    return f'<h{section.level} id="{name}">{words}</h{section.level}>'


def related(library: Library, page: Page) -> str:
    """The pages the author named beside this one, unless the text has a list of its own."""
    if "see-also" in page.by_anchor:
        return ""
    found = [entry[0] for name in page.related if (entry := library.find(name)) is not None]
    found = [other for other in found if other.path != page.path]
    if not found:
        return ""
    items = "".join(
        f'<li>{anchor(p.path, p.title)} <span class="small">{p.kind.words}</span></li>'
        for p in found
    )
    return f'<h2 id="related-pages">Related pages</h2><ul>{items}</ul>'


# -- case studies ------------------------------------------------------------------------------


def case_study(renderer: Renderer, library: Library, page: Page, options: Options) -> str:
    """A case study: place, year, level and results first, then the story, then where it is shown."""
    parts = [lead(renderer, page, options), case_facts(page)]
    results = page.by_anchor.get("results")
    if results is not None:
        parts.append(titled(renderer, page, results, options))
    parts += [titled(renderer, page, s, options) for s in page.sections if s is not results]
    parts += [shown_by(library, page), related(library, page), renderer.sources(page)]
    return "\n".join(parts)


def case_facts(page: Page) -> str:
    rows = [
        ("Place", page.place),
        ("Year", page.year),
        ("Level", ", ".join(page.levels)),
        ("Organisation", page.organisation),
    ]
    cells = "".join(
        f'<tr><td class="small">{name}</td><td><strong>{escape(value)}</strong></td></tr>'
        for name, value in rows
        if value
    )
    return f'<table class="facts" cellpadding="4">{cells}</table>' if cells else ""


def pathway_places(library: Library, page: Page) -> list[tuple[Page, Step | None]]:
    """Pathways and steps that this page names, or that name it, by pathway and step."""
    found: dict[tuple[str, str], tuple[Page, Step | None]] = {}
    for section in page.sections:
        for link in section.links:
            other = library.pages.get(link.page)
            if other is not None and other.kind is Kind.PATHWAY:
                step = other.by_anchor.get(link.anchor) if link.anchor else None
                step = step if isinstance(step, Step) else None
                found[other.path, step.anchor if step else ""] = (other, step)
    for other, named in library.incoming.get(page.path, ()):
        if other.kind is Kind.PATHWAY:
            step = named if isinstance(named, Step) else None
            found[other.path, step.anchor if step else ""] = (other, step)
    live = [entry for entry in found.values() if entry[0].status is not Status.WITHDRAWN]
    stepped = {other.path for other, step in live if step is not None}
    live = [(o, s) for o, s in live if s is not None or o.path not in stepped]
    return sorted(live, key=lambda e: (e[0].title.casefold(), e[1].number if e[1] else 0))


def shown_by(library: Library, page: Page) -> str:
    """Both ways: the pathways and steps this study shows at work, and those that point here."""
    found = pathway_places(library, page)
    if not found:
        return ""
    items = "".join(f"<li>{place_link(other, step)}</li>" for other, step in found)
    return f'<h2 id="on-pathways">On these pathways</h2><ul>{items}</ul>'


def place_link(page: Page, step: Step | None) -> str:
    if step is None:
        return anchor(page.path, page.title)
    return anchor(page.path, f"{page.title}, step {step.number}: {step.title}", step.anchor)


# -- sessions ----------------------------------------------------------------------------------


def session(
    renderer: Renderer,
    library: Library,
    page: Page,
    options: Options,
    uncovered: frozenset[int],
    changed: Mapping[int, str] = {},
) -> str:
    """A trainer's session: the running order as a list with minutes; what is covered waits to be asked for."""
    options = replace(options, trainer=True)
    first = page.stops[0] if page.stops else None
    parts = [lead(renderer, page, options)]
    for section in page.sections:
        holds = first is not None and section.body.start <= first.span.start < section.body.end
        if not holds:
            parts.append(titled(renderer, page, section, options))
            continue
        parts.append(heading(renderer, page, section, options))
        parts.append(running_order(renderer, page, options, uncovered, changed))
    parts += [related(library, page), renderer.sources(page)]
    return "\n".join(parts)


def running_order(
    renderer: Renderer,
    page: Page,
    options: Options,
    uncovered: frozenset[int],
    changed: Mapping[int, str],
) -> str:
    total = sum(stop.minutes for stop in page.stops)
    covered = [n for n, stop in enumerate(page.stops) if stop.covered]
    many = len(page.stops)
    parts = [f"<p>{many} {'stop' if many == 1 else 'stops'}, {total} minutes in all."]
    if covered:
        every = set(covered) <= uncovered
        words = "Cover the answers again" if every else "Uncover the answers"
        parts.append(f' <a href="do:{"cover" if every else "uncover"}-all">{words}</a>')
    parts.append("</p>")
    for number, stop in enumerate(page.stops):
        parts.append(_stop(renderer, page, options, number, stop, number in uncovered))
        if number in changed:
            parts.append(
                f'<p><span class="warn-word">{escape(changed[number])}.</span> '
                f'<a href="do:since-{number}">See what changed</a></p>'
            )
    return "".join(parts)


def _stop(
    renderer: Renderer, page: Page, options: Options, number: int, stop: Stop, uncovered: bool
) -> str:
    unit = "minute" if stop.minutes == 1 else "minutes"
    minutes = f" · {stop.minutes} {unit}" if stop.minutes else ""
    cover = " · covered" if stop.covered else ""
    title = anchor(stop.link.page, stop.link.text, stop.link.anchor)
    parts = [
        f'<h3 id="stop-{number + 1}">{number + 1}. {title}'
        f'<span class="small">{minutes}{cover}</span></h3>'
    ]
    bare = replace(options, terms=None)
    if stop.ask:
        parts.append(f"<p><strong>Ask:</strong> {renderer.words(page, stop.ask, bare)}</p>")
    if stop.outcome and stop.covered and not uncovered:
        parts.append(f'<p><a href="do:uncover-{number}">Uncover the answer</a></p>')
    elif stop.outcome:
        hide = f' <a href="do:cover-{number}">Cover</a>' if stop.covered else ""
        words = renderer.words(page, stop.outcome, bare)
        parts.append(f"<p><strong>Outcome:</strong> {words}{hide}</p>")
    parts += [renderer.note(page, note, options) for note in stop.notes]
    return "".join(parts)
