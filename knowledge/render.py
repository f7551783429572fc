"""A page as safe HTML or as plain words: what is shown is what the reader found, section by section."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import OrderedDict
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from knowledge.model import Note, Page, Section, Source, Span, Step
from knowledge.rendering.definitions import Definitions, read_definitions
from knowledge.rendering.options import PLAIN, STEP_WORDS, STRENGTH_WORDS, Options, Terms
from knowledge.rendering.sheet import style_sheet
from knowledge.rendering.targets import (
    Lead,
    Target,
    page_address,
    picture_path,
    read_target,
)

if TYPE_CHECKING:
    from knowledge.rendering.blocks import Slice
    from knowledge.rendering.engine import Engine

__all__ = [
    "PLAIN",
    "Lead",
    "Options",
    "Renderer",
    "Target",
    "Terms",
    "page_address",
    "picture_path",
    "read_target",
    "style_sheet",
]

_MARKED = re.compile(r"[^\w .,;:'’()?%/→–-]|_")  # may mean more than it says
MAX_PLAIN = 300_000  # of a page that could not be read as Markdown, so much is shown


class Renderer:
    """Renders, and keeps what it rendered: by content, so that what is kept can never be out of date."""

    def __init__(self, keep: int = 8_000_000) -> None:
        self._kept = _Kept(keep)
        self._definitions: OrderedDict[tuple[str, str], Definitions] = OrderedDict()
        self._engine: Engine | None = None
        self._lock = Lock()

    def section(self, page: Page, section: Section, options: Options = PLAIN) -> str:
        """The body of a section, without its heading. Ways on are left to the caller."""
        key = self._key_of(page, section, options)
        found = self._kept.get(key)
        if found is None:
            found = self._kept.put(key, self._section(page, section, options))
        return found

    def _key_of(self, page: Page, section: Section, options: Options) -> object:
        """All that the HTML of a section depends on, so that typing in one renders no other anew."""
        body = section.body
        if not page.readable:
            return page.path, page.digest, "section", body, options
        first = bisect_left(page.headings, body.start, key=lambda h: h.span.start)
        after = bisect_left(page.headings, body.end, lo=first, key=lambda h: h.span.start)
        heads = tuple(
            (h.span.start - body.start, h.anchor, number == 0 and h.title == page.title)
            for number, h in enumerate(page.headings[first:after], first)
        )
        ways = tuple((way.span.start - body.start, way.page, way.anchor) for way in section.ways)
        defined = self._defined(page).key
        return page.path, "section", body.of(page.text), heads, ways, defined, options

    def heading(self, page: Page, section: Section, options: Options = PLAIN) -> str:
        """The words of a section's heading; "" for the introduction."""
        return self.words(page, section.title_span.of(page.text), replace(options, terms=None))

    def page(self, page: Page, options: Options = PLAIN) -> str:
        """All of a page but its head: the sections with their headings, then the sources."""
        key = (page.path, page.digest, "page", None, options)
        found = self._kept.get(key)
        if found is None:
            parts = [self._titled(page, section, options) for section in page.sections]
            found = self._kept.put(key, "\n".join([*parts, self.sources(page)]).strip())
        return found

    def note(self, page: Page, note: Note, options: Options = PLAIN) -> str:
        """One call-out, as the box it is in the text: for the red flags beside a step."""
        key = (page.path, page.digest, "note", note.span, options)
        found = self._kept.get(key)
        if found is None:
            body = "\n".join(f"> {line}" for line in note.body.split("\n"))
            found = self._kept.put(key, self._text(page, f"> [!{note.kind}]\n{body}", options))
        return found

    def text(self, page: Page, markdown: str, options: Options = PLAIN) -> str:
        """Any Markdown of a page, such as the words inside a note."""
        return self._text(page, markdown, options)

    def words(self, page: Page, markdown: str, options: Options = PLAIN) -> str:
        """One line of Markdown from a page, such as a condition or a front-matter value, without a paragraph."""
        markdown = " ".join(markdown.split())
        marked = options.terms or any(hit.casefold() in markdown.casefold() for hit in options.hits)
        if not marked and _MARKED.search(markdown) is None:
            return html.escape(markdown, quote=False)
        return self._text(page, markdown, options, line=True)

    def sources(self, page: Page) -> str:
        """The sources of a page, each with a name that the keys in the text lead to; "" without any."""
        if not page.sources:
            return ""
        from knowledge.rendering.safe import clean

        items = "".join(_source(source) for source in page.sources)
        return clean(f'<h2 id="sources">Sources</h2><ul class="sources">{items}</ul>')

    def plain_text(
        self, page: Page, section: Section, ways: bool = False, checks: bool = False
    ) -> str:
        """The words alone, for speech and exports: no marks, no source keys.

        `ways` adds the ways on, `checks` says where a fact is to be checked locally.
        """
        if not page.readable:
            return page.text[:MAX_PLAIN]
        from knowledge.rendering.plain import plain_words

        engine = self._get_engine()
        piece = _slice(page, section.body, section)
        with engine.lock:
            engine.md.reset()
            root = engine.tree(page, piece, self._defined(page), Options(outside_marks=False))
            parts = [plain_words(root, checks, engine.md.htmlStash.rawHtmlBlocks)]
        if ways and section.ways:
            parts.append(
                "\n".join(_way_words(way.condition, way.link.text) for way in section.ways)
            )
        return "\n\n".join(part for part in parts if part)

    def forget(self) -> None:
        """Keep nothing of what was rendered so far."""
        self._kept.clear()

    # -- behind the door -----------------------------------------------------------------------

    def _section(self, page: Page, section: Section, options: Options) -> str:
        if not page.readable:
            return _as_it_is(page)
        engine = self._get_engine()
        piece = _slice(page, section.body, section)
        written = engine.html(page, piece, self._defined(page), options)
        if options.ways and section.ways:
            written += self._ways(page, section, options)
        return written

    def _titled(self, page: Page, section: Section, options: Options) -> str:
        body = self.section(page, section, options)
        if not section.level:
            return body
        words = self.heading(page, section, options)
        name = html.escape(section.anchor, quote=True)
        number = f"{section.number}. " if isinstance(section, Step) else ""
        title = f'<h{section.level} id="{name}">{number}{words}</h{section.level}>'
        if isinstance(section, Step):
            title += _step_line(section)
        return f"{title}\n{body}"

    def _ways(self, page: Page, section: Section, options: Options) -> str:
        options = replace(options, terms=None)
        items = "".join(
            "<li>"
            + (
                f"{self.words(page, way.condition_span.of(page.text), options)} "
                if way.condition
                else ""
            )
            + f'→ <a class="inside" href="{page_address(way.page, way.anchor)}">'
            + f"{html.escape(way.link.text)}</a></li>"
            for way in section.ways
        )
        from knowledge.rendering.safe import clean

        return clean(
            f'<p class="ways-title"><strong>Ways on</strong></p><ul class="ways">{items}</ul>'
        )

    def _text(self, page: Page, text: str, options: Options, line: bool = False) -> str:
        from knowledge.rendering.blocks import Slice

        return self._get_engine().html(page, Slice(text, line=line), self._defined(page), options)

    def _get_engine(self) -> Engine:
        with self._lock:
            if self._engine is None:
                from knowledge.rendering.engine import Engine

                self._engine = Engine()
            return self._engine

    def _defined(self, page: Page) -> Definitions:
        key = (page.path, page.digest)
        with self._lock:
            found = self._definitions.get(key)
            if found is None:
                found = self._definitions[key] = read_definitions(page)
                if len(self._definitions) > 64:
                    self._definitions.popitem(last=False)
            return found


class _Kept:
    """The most recently used HTML, up to so many characters."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.lock = Lock()
        self.entries: OrderedDict[object, str] = OrderedDict()

    def get(self, key: object) -> str | None:
        with self.lock:
            found = self.entries.get(key)
            if found is not None:
                self.entries.move_to_end(key)
            return found

    def clear(self) -> None:
        with self.lock:
            self.entries.clear()
            self.size = 0

    def put(self, key: object, value: str) -> str:
        with self.lock:
            self.size += len(value) - len(self.entries.pop(key, ""))
            self.entries[key] = value
            while self.size > self.limit and len(self.entries) > 1:
                _, gone = self.entries.popitem(last=False)
                self.size -= len(gone)
        return value


def _slice(page: Page, span: Span, section: Section) -> Slice:
    from knowledge.rendering.blocks import Slice

    return Slice(span.of(page.text), span.start, section.ways)


def _as_it_is(page: Page) -> str:
    """A page that is not read as Markdown, as far as anybody would read it."""
    shown = page.text[:MAX_PLAIN]
    odd = {ord(c): "\ufffd" for c in set(shown) if c not in "\n\t" and not c.isprintable()}
    shown = shown.translate(odd) if odd else shown
    more = "" if len(page.text) <= MAX_PLAIN else "<p>The rest of this file is not shown.</p>"
    return f"<pre>{html.escape(shown, quote=False)}</pre>{more}" if page.text else ""


def _step_line(step: Step) -> str:
    limit = f"Time limit: {step.timeframe}" if step.timeframe else ""
    parts = [STEP_WORDS[step.kind], step.lane, limit]
    words = " · ".join(html.escape(part) for part in parts if part)
    return f'<p class="step-line">{words}</p>'


def _way_words(condition: str, title: str) -> str:
    return f"{condition}: go to {title}" if condition else f"Go to {title}"


def _source(source: Source) -> str:
    say = html.escape
    parts = [say(part) for part in (source.year, source.where) if part]
    line = f"<strong>{say(source.title or source.key)}</strong>"
    if parts:
        line += f", {', '.join(parts)}"
    line += f'. <span class="strength">{STRENGTH_WORDS[source.strength]}.</span>'
    target = read_target(source.link) if source.link else None
    if target is not None and target.lead is Lead.WEB:
        title = say(f"Leads outside this guide, to {target.where}")
        line += f' <a class="outside" href="{say(source.link)}" title="{title}">Open the source</a>'
        line += f'<span class="leads-outside">\u00a0\u2197 (outside: {say(target.where)})</span>'
    elif source.link:
        line += f" {say(source.link)}"
    key = say(source.key)
    return f'<li id="source-{key}"><span class="note-key">[{key}]</span> {line}</li>'
