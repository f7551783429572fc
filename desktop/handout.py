"""A session or pathway to take away on paper: the case, graphs, steps in words, contacts; never a trainer's note."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QPagedPaintDevice, QPainter

from desktop.printing import (
    paint_stamp,
    pdf_writer,
    print_sheets,
    with_band,
)
from desktop.textpages import TextPages, pages_of
from knowledge.dates import in_words
from knowledge.model import Kind, Page, Section, Step, Stop
from knowledge.rendering.options import STEP_WORDS
from knowledge.showing.show import holds_stops
from knowledge.stamp import STATUS_WORDS, stamp_of
from knowledge.text import plain

if TYPE_CHECKING:
    from desktop.graph.export import GraphSheets
    from knowledge.library import Library
    from knowledge.render import Options, Renderer

ADD_NUMBER = "Add your local number:"
_SLOT = "_" * 22
_LINES = 2  # to write an answer on
_WAYS_ON = '<p class="ways-title"><strong>Ways on</strong></p>'


class Handout:
    """Laid out for a paper device. With `answers`, outcomes are printed; without, there are lines to write on."""

    def __init__(
        self,
        device: QPagedPaintDevice,
        page: Page,
        library: Library,
        renderer: Renderer,
        *,
        answers: bool,
        today: date,
    ) -> None:
        self.device, self.page, self.library = device, page, library
        self.words = Words(page, library, renderer, answers, today)
        flagged = self.words.pathways or self.words.used or [page]
        self.band, self.box, whole = with_band(device, library, flagged)
        # How many sheets stand before the graphs does not hang on what their numbers are.
        self.front = self._pages(self.words.front(self._contents([])))
        self.graphs: list[GraphSheets] = []
        number = self.front.count + 1
        for pathway in self.words.pathways:
            graph = self._graph(pathway, renderer, number)
            if graph is not None:
                self.graphs.append(graph)
                number += graph.count
        self.front = self._pages(self.words.front(self._contents(self.graphs)), self.front)
        self.back = self._pages(self.words.back(flags=not whole))
        self.parts: list[TextPages | GraphSheets] = [self.front, *self.graphs, self.back]

    def _graph(self, pathway: Page, renderer: Renderer, first: int) -> GraphSheets | None:
        from desktop.graph.export import GraphSheets
        from drawing.net import LayoutError

        marked = [stop.link.anchor for stop in self.page.stops if stop.link.page == pathway.path]
        try:
            return GraphSheets(
                self.device,
                pathway,
                self.library,
                renderer,
                self.box,
                marked=marked,
                flags=False,
                first=first,
            )
        except LayoutError:
            return None  # the steps in words serve

    def _pages(self, html: str, like: TextPages | None = None) -> TextPages:
        return pages_of(self.device, html, self.box, like=like)

    def _contents(self, graphs: list[GraphSheets]) -> str:
        """Which part begins on which sheet; as many lines before the graphs are laid out as after."""
        rows: list[str] = []
        number = self.front.count + 1 if graphs else 0
        known = {graph.page.path: graph.count for graph in graphs}
        for pathway in self.words.pathways:
            last = number + known.get(pathway.path, 0) - 1
            where = f"sheet {number}" if last <= number else f"sheets {number} to {last}"
            rows.append(f"<li>The graph of {escape(pathway.title)}: {where}</li>")
            number = last + 1
        rows.append(f"<li>The steps in words, and whom to ring: from sheet {number} on</li>")
        return f"<ul>{''.join(rows)}</ul>"

    @property
    def count(self) -> int:
        return sum(part.count for part in self.parts)

    def paint(self, painter: QPainter, number: int, today: date) -> None:
        """Sheet `number`, counted from 1: red flags at the top, stamp at the foot."""
        self.band.paint(painter, 1)
        left = number
        for part in self.parts:
            if left <= part.count:
                part.paint(painter, left)
                break
            left -= part.count
        stamp = stamp_of(self.page, self.library, number, self.count, today)
        paint_stamp(painter, self.device, replace(stamp, title=f"Handout: {stamp.title}"))


class Words:
    """The words of a handout as HTML, part by part."""

    def __init__(
        self, page: Page, library: Library, renderer: Renderer, answers: bool, today: date
    ) -> None:
        from knowledge.render import Options

        self.page, self.library, self.renderer = page, library, renderer
        self.answers, self.today = answers, today
        self.options: Options = Options(outside_marks=False)  # never for the trainer
        self.used = used_pages(page, library)
        self.pathways = [p for p in self.used if p.steps]

    # -- before the graphs ----------------------------------------------------------------------

    def front(self, contents: str) -> str:
        """Title, facts, what is in it; the case; the stops with what to ask."""
        page, say = self.page, escape
        kind = "Handout for a training session" if page.stops else "Handout"
        parts = [
            f'<p class="note-text">Fingerpost · {say(kind)}</p>',
            f'<p><span style="font-size:20pt; font-weight:700">{say(page.title)}</span></p>',
            f"<p>{self.renderer.words(page, page.summary, self.options)}</p>",
            self._facts(),
            f"<h2>In this handout</h2>{contents}" if contents else "<p></p>",
        ]
        if page.stops:
            parts += [self._section(page, s) for s in self._told()]
            parts.append(self._order())
        return "\n".join(parts)

    def _facts(self) -> str:
        page = self.page
        minutes = sum(stop.minutes for stop in page.stops)
        facts = [
            ("Status", STATUS_WORDS[page.status]),
            ("Version", page.version),
            ("Owner", page.owner),
            ("Approved", in_words(page.approved_on) if page.approved_on else "Not yet"),
            ("Review by", in_words(page.review_by) if page.review_by else ""),
            ("Length", f"{len(page.stops)} stops, {minutes} minutes" if page.stops else ""),
            ("Printed", in_words(self.today)),
        ]
        rows = "".join(
            f'<tr><td class="note-text">{name}</td><td><strong>{escape(words)}</strong></td></tr>'
            for name, words in facts
            if words
        )
        return f'<table cellpadding="2">{rows}</table>'

    def _told(self) -> list[Section]:
        """The introduction and the case. What else follows the running order is for the trainer."""
        page = self.page
        first = page.stops[0].span.start
        named = {s.link.anchor for s in page.stops if s.link.page == page.path} - {""}
        return [
            s
            for s in page.sections
            if (s.body.end <= first or s.anchor in named) and not holds_stops(page, s)
        ]

    def _section(self, page: Page, section: Section, level: int = 2) -> str:
        body = self.renderer.section(page, section, self.options)
        if not section.level:
            return body
        return f"<h{level}>{escape(section.title)}</h{level}>{body}"

    def _order(self) -> str:
        words = "with the outcomes" if self.answers else "with lines for your own answers"
        parts = [f'<h2 style="page-break-before:always">Stop by stop, {words}</h2>']
        parts += [self._stop(number, stop) for number, stop in enumerate(self.page.stops, 1)]
        return "".join(parts)

    def _stop(self, number: int, stop: Stop) -> str:
        page = self.page
        step = self.library.target(stop.link.page, stop.link.anchor)
        at = f" (step {step.number})" if isinstance(step, Step) else ""
        parts = [f"<h3>{number}. {escape(stop.link.text)}{at}</h3>"]
        if stop.ask:
            asked = "</p><p>".join(
                self.renderer.words(page, p, self.options) for p in _split(stop.ask)
            )
            parts.append(f"<p>{asked}</p>")
        if self.answers and stop.outcome:
            told = "</p><p>".join(
                self.renderer.words(page, p, self.options) for p in _split(stop.outcome)
            )
            parts.append(f"<p><strong>Outcome:</strong> {told}</p>")
        elif stop.outcome or stop.ask:
            parts.append(_lines(_LINES))
        return "".join(parts)

    # -- behind the graphs ----------------------------------------------------------------------

    def back(self, *, flags: bool = False) -> str:
        """The steps in words, whom to ring, where the facts come from."""
        parts = ["<h2>The steps in words</h2>"]
        for page in self.used:
            sections = self._sections_of(page)
            if not sections:
                continue
            version = f", version {page.version}" if page.version else ""
            review = f", review by {in_words(page.review_by)}" if page.review_by else ""
            parts.append(f"<h2>{escape(page.title)}</h2>")
            parts.append(
                f'<p class="note-text">{escape(STATUS_WORDS[page.status])}{version}{review}</p>'
            )
            if flags:
                parts += [self.renderer.note(page, note, self.options) for note in page.red_flags]
            parts += [self._in_words(page, section) for section in sections]
        parts.append(self._contacts())
        if self.page.stops:
            parts.append(self._sources(self.page, self._told()))
        parts += [self._sources(page, self._sections_of(page)) for page in self.used]
        return "\n".join(parts)

    def _sources(self, page: Page, sections: list[Section]) -> str:
        """The sources of what is printed of a page."""
        keys = {note.key for section in sections for note in section.footnotes}
        kept = tuple(source for source in page.sources if source.key in keys)
        found = self.renderer.sources(replace(page, sources=kept)) if kept else ""
        head = f"<h2>Sources of {escape(page.title)}</h2>"
        return f"{head}{found.partition('</h2>')[2]}" if found else ""

    def _sections_of(self, page: Page) -> list[Section]:
        """What the session uses of a page, in that page's order; all of it when it names no part."""
        stops = [stop for stop in self.page.stops if stop.link.page == page.path]
        if not stops or any(not stop.link.anchor for stop in stops):
            found = list(page.steps or page.sections)
        else:
            wanted = {page.by_anchor.get(stop.link.anchor) for stop in stops}
            found = [s for s in page.sections if s in wanted]
        return [s for s in found if not holds_stops(page, s)]  # nor another session's answers

    def _in_words(self, page: Page, section: Section) -> str:
        body = self.renderer.section(page, section, replace(self.options, ways=True))
        body = body.replace(_WAYS_ON, "<h4>Ways on</h4>")  # so that it stays with its list
        if not isinstance(section, Step):
            return f"<h3>{escape(section.title)}</h3>{body}" if section.level else body
        facts = [STEP_WORDS[section.kind], section.lane, section.timeframe]
        line = " · ".join(escape(fact) for fact in facts if fact)
        return (
            f"<h3>{section.number}. {escape(section.title)}</h3>"
            f'<p class="note-text">{line}</p>{body}'
        )

    def _contacts(self) -> str:
        rows = "".join(self._contact(page) for page in services_of(self.page, self.library))
        if not rows:
            return ""
        head = "<tr><th>Service</th><th>Ring</th><th>Hours, and when closed</th></tr>"
        told = (
            "<p>Numbers that are not in the library stay empty. Write in your own, "
            "and ask your champion to add them.</p>"
        )
        return (
            f"<h2>Whom to ring</h2>{told}"
            f'<table class="grid" width="100%" cellpadding="4">{head}{rows}</table>'
        )

    def _contact(self, page: Page) -> str:
        contact = page.contact
        if contact is None:
            return ""
        from desktop.ringing import hours_as_text

        number = escape(contact.phone) or f"{ADD_NUMBER}<br><br>{_SLOT}"
        when = [hours_as_text(contact.hours) or "Hours not given"]
        if contact.out_of_hours:
            when.append(f"Closed: {plain(contact.out_of_hours)}")
        name = f"<strong>{escape(page.title)}</strong>"
        if contact.how_to_refer:
            name += f"<br>{escape(plain(contact.how_to_refer))}"
        hours = "<br>".join(escape(words) for words in when)
        return f"<tr><td>{name}</td><td>{number}</td><td>{hours}</td></tr>"


def used_pages(page: Page, library: Library) -> list[Page]:
    """The pages a session shows besides its own, in the order of its stops; a page alone is its own."""
    if not page.stops:
        return [page]
    paths = dict.fromkeys(stop.link.page for stop in page.stops)
    return [library.pages[p] for p in paths if p in library.pages and p != page.path]


def services_of(page: Page, library: Library) -> list[Page]:
    """Whom the strip, the session and its steps name: each service once."""
    paths = [item.page for item in library.settings.urgent]
    stops = page.stops
    sections: list[Section] = [] if stops else list(page.sections)
    for stop in stops:
        found = library.target(stop.link.page, stop.link.anchor)
        if isinstance(found, Section):
            sections.append(found)
    paths += [link.page for section in sections for link in section.links]
    found_pages = (library.pages.get(path) for path in dict.fromkeys(paths))
    return [p for p in found_pages if p is not None and p.kind is Kind.SERVICE]


def _split(words: str) -> list[str]:
    return words.split("\n\n")


def _lines(count: int) -> str:
    """Lines to write on."""
    return '<p style="margin: 0">&nbsp;</p><hr>' * count


def write_handout(
    file: Path, page: Page, library: Library, renderer: Renderer, today: date, *, answers: bool
) -> int:
    """Save the handout as an A4 PDF; how many sheets it has."""
    writer = pdf_writer(file, f"Handout: {page.title}")
    made = Handout(writer, page, library, renderer, answers=answers, today=today)
    return print_sheets(made, today)
