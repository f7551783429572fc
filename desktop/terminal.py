"""The main job without a screen: search, show the step and its ways on, draw the pathway to a file."""

from __future__ import annotations

import sys
import textwrap
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.arguments import arguments
from knowledge.dates import in_words
from knowledge.errors import KnowledgeError
from knowledge.hours import in_words as hours_in_words
from knowledge.library import open_library
from knowledge.model import Kind, Page, Section, Status, Step
from knowledge.places import Profile, shipped_library

if TYPE_CHECKING:
    from knowledge.library import Library

EXAMPLE = "mum hears voices"
WIDTH = 100


def main(argv: list[str]) -> int:
    """Show a page, or answer an example question, as the window would."""
    chosen = arguments(argv)
    profile = Profile.at(chosen.profile) if chosen.profile else Profile.usual()
    try:
        library = open_library(chosen.library or shipped_library())
        found = library.find_typed(chosen.page) if chosen.page else _searched(library, profile)
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return 2
    if found is None:
        print(f"There is no page '{chosen.page}' in {library.root}.", file=sys.stderr)
        return 2
    page, section = found
    _show(library, page, section or (page.steps[0] if page.steps else page.intro))
    if page.kind is Kind.PATHWAY:
        _draw(library, page, profile.cache / "pictures")
    print(
        "\nThere is no screen here, so this is shown in the terminal. With a screen, the same command opens the window."
    )
    return 0


def _searched(library: Library, profile: Profile) -> tuple[Page, Section | None] | None:
    """The best step for the example question, as somebody would find it."""
    from search.engine import Engine

    with Engine.for_library(lambda: library, profile) as engine:
        engine.refresh()
        answer = engine.search(EXAMPLE, typing=False, limit=6)
    print(f"What have you seen or heard?  {EXAMPLE}\n")
    for number, hit in enumerate(answer.hits, 1):
        where = (
            f"{hit.title} > {hit.heading}"
            if hit.heading and hit.heading != hit.title
            else hit.title
        )
        urgent = " [urgent]" if hit.urgent else ""
        print(f"  {number}. {where}{urgent}")
    best = next((h for h in answer.hits if h.kind == "pathway"), None) or next(
        iter(answer.hits), None
    )
    if best is None:
        pathways = library.of_kind(Kind.PATHWAY) or tuple(library.pages.values())
        return (pathways[0], None) if pathways else None
    return library.find(f"{best.page}#{best.anchor}" if best.anchor else best.page)


def _show(library: Library, page: Page, section: Section) -> None:
    print(f"\n{page.title}")
    if page.status is not Status.APPROVED:
        print(f"  {library.settings.banner}")
    if page.review_by is not None:
        overdue = " Overdue for review." if page.review_by < date.today() else ""
        print(f"  Review by {in_words(page.review_by)}.{overdue}")
    for note in page.red_flags:
        print(_wrapped(f"RED FLAGS: {_plain(note.body)}", "  "))
    if section.title:
        limit = f" ({section.timeframe})" if isinstance(section, Step) and section.timeframe else ""
        kind = (
            f"Step {section.number} of {len(page.steps)}, {section.kind.value}: "
            if isinstance(section, Step)
            else ""
        )
        print(f"\n{kind}{section.title}{limit}")
    for line in _body(page, section):
        print(_wrapped(line, "  "))
    if isinstance(section, Step) and section.ways:
        print("\nWays on:")
        for number, way in enumerate(section.ways, 1):
            goal = library.target(way.page, way.anchor)
            title = goal.title if goal is not None else way.link.text
            print(
                _wrapped(f"{number}. {way.condition + ': ' if way.condition else ''}{title}", "  ")
            )
    for service in _services(library, page, section):
        contact = service.contact
        if contact is not None:
            phone = contact.phone or "add your local number"
            state = hours_in_words(contact.hours, datetime.now())
            print(f"\nRing: {service.title}: {phone}. {state}")


def _services(library: Library, page: Page, section: Section) -> list[Page]:
    links = (library.pages.get(link.page) for link in (*section.links, *page.intro.links))
    return list({p.path: p for p in links if p is not None and p.kind is Kind.SERVICE}.values())[:3]


def _body(page: Page, section: Section) -> list[str]:
    from knowledge.render import Renderer

    words = Renderer().plain_text(page, section, checks=True)
    return [line for line in words.splitlines() if line.strip()]


def _plain(markdown: str) -> str:
    from knowledge.text import plain

    return plain(" ".join(markdown.split()))


def _wrapped(words: str, indent: str) -> str:
    return textwrap.fill(words, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")


def _draw(library: Library, page: Page, folder: Path) -> None:
    from drawing.draw import refined_picture
    from drawing.net import LayoutError
    from drawing.pathway import diagram_of
    from drawing.svg import svg_of
    from knowledge.stamp import picture_words

    picture = folder / f"{page.id}.svg"
    try:
        drawing = refined_picture(diagram_of(page, library.pages.get, library.emergency))
        folder.mkdir(parents=True, exist_ok=True)
        said = picture_words(page, library, date.today())
        picture.write_text(svg_of(drawing, said=said), encoding="utf-8")
    except (LayoutError, OSError) as error:
        print(f"\nThe pathway could not be drawn: {error}")
        return
    print(f"\nThe whole pathway is drawn in {picture}")
