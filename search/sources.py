"""A library as the search sees it: the one place where pages become entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.files import read
from knowledge.folder import walk
from knowledge.glossary import FILE as GLOSSARY
from knowledge.glossary import Term as Row
from knowledge.glossary import read_glossary
from knowledge.library import PAGE_SUFFIXES, Library
from knowledge.model import Callout, Contact, Page, Section, Status, Step, StepKind
from knowledge.settings import FILE as SETTINGS
from knowledge.settings import Settings, read_settings
from knowledge.source import read_page
from knowledge.text import plain, slug
from search.entries import Entry, Reading, Sheet, Stamp, Surroundings, Term

OF_A_DEFINITION = 0.45
"""A page that deals with a thing comes before the row that says what its name means."""
OF_LINKS = 0.45
"""What a list of links leads to comes before the list."""

_LINK = re.compile(r"\[(?!\^)[^\[\]]*\]\([^()\s]*\)")
_MARKS = re.compile(r"^\s*(?:>\s?)*(?:#{1,6}\s+|[-*+]\s+|\d{1,3}[.)]\s+)?")
_CALLOUT = re.compile(r"\[!(?:URGENT|LOCAL|TRAINER|NOTE)\]\s*", re.I)
_RULE = re.compile(r"^[\s|:=-]+$")
_NOTE_TEXT = re.compile(r"^\[\^[^\]]+\]:.*$", re.M)
_ATTRIBUTES = re.compile(r"\s*\{[^{}\n]*\}\s*$")
_SPACE = re.compile(r"[ \t\u00a0]+")
_FENCE = re.compile(r"^\s*(?:```|~~~).*$", re.M)
_HTML = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>\n]*>", re.S)


class Folder:
    """A library on disk, read page by page, so that an unchanged one costs only a listing."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    @property
    def name(self) -> str:
        return str(self.root)

    def stamps(self) -> Mapping[str, Stamp]:
        found, _ = walk(self.root)
        return {path: Stamp(*s) for path, s in found if path.lower().endswith(PAGE_SUFFIXES)}

    def stamp(self, path: str) -> Stamp | None:
        try:
            info = self.root.joinpath(*path.split("/")).stat()
        except OSError:
            return None
        return Stamp(info.st_size, info.st_mtime_ns)

    def read(self, path: str) -> Reading | None:
        data = self._bytes(path)
        return _reading(read_page(path, data)) if data is not None else None

    def surroundings(self) -> Surroundings:
        settings, _ = read_settings(self._bytes(SETTINGS))
        glossary = self._bytes(GLOSSARY)
        rows = read_glossary(read_page(GLOSSARY, glossary)) if glossary is not None else ()
        return _surroundings(settings, rows)

    def _bytes(self, path: str) -> bytes | None:
        try:
            return read(self.root.joinpath(*path.split("/")))
        except KnowledgeError:
            return None


class Snapshot:
    """A library that is in memory already; `current` gives the newest snapshot of it."""

    def __init__(self, current: Callable[[], Library]) -> None:
        self._current = current

    @property
    def name(self) -> str:
        return str(self._current().root.resolve())

    def stamps(self) -> Mapping[str, Stamp]:
        return {path: self._stamp(page) for path, page in self._current().pages.items()}

    def stamp(self, path: str) -> Stamp | None:
        page = self._current().pages.get(path)
        return self._stamp(page) if page is not None else None

    def read(self, path: str) -> Reading | None:
        page = self._current().pages.get(path)
        return _reading(page) if page is not None else None

    def surroundings(self) -> Surroundings:
        library = self._current()
        found = _surroundings(library.settings, library.terms)
        return replace(found, urgent=library.emergency)

    def _stamp(self, page: Page) -> Stamp:
        """As on disk, so that both ways to read a library share one index; else by its text."""
        known = self._current().stamps.get(page.path)
        if known is not None:
            return Stamp(*known)
        return Stamp(len(page.text), int(page.digest[:15], 16))


def _reading(page: Page) -> Reading:
    if page.status is Status.WITHDRAWN or not (page.readable or page.text):
        return Reading(page.digest, None)
    return Reading(page.digest, sheet_of(page))


def _surroundings(settings: Settings, rows: tuple[Row, ...]) -> Surroundings:
    ask = settings.unsure
    return Surroundings(
        terms=tuple(Term(row.term, row.expansion, row.typed) for row in rows),
        topics=settings.topics,
        ask_title=ask.text if ask else "",
        ask_page=ask.page if ask else "",
        urgent=frozenset(settings.emergency_pages),
    )


def sheet_of(page: Page) -> Sheet:
    """A page as the search sees it. A worry leads to the step where its pathway starts, if it has one."""
    starts = any(_is_start(section) for section in page.sections[1:])
    entries = [_intro(page), *(_entry(page, s) for s in page.sections[1:] if s.anchor)]
    if page.path == GLOSSARY:
        entries += [_term(row) for row in read_glossary(page)]
    return Sheet(
        path=page.path,
        title=page.title,
        kind=str(page.kind),
        id=page.id,
        status=str(page.status),
        review_by=page.review_by.isoformat() if page.review_by else "",
        audience=page.audience,
        topics=page.topics,
        levels=page.levels,
        ages=page.ages,
        regions=page.regions,
        concerns=() if starts else page.concerns,
        entries=tuple(entries),
    )


def _intro(page: Page) -> Entry:
    nameless = (_text_of(page, section) for section in page.sections[1:] if not section.anchor)
    own = (_text_of(page, page.intro) if page.readable else page.text).removeprefix(page.title)
    pieces = [page.summary, page.for_, *_contact_text(page.contact)]
    pieces = [*map(words_only, pieces), own, *nameless]
    text = "\n".join(piece for piece in pieces if piece)
    return Entry("", page.title, text, urgent=False, line=1)


def _entry(page: Page, section: Section) -> Entry:
    step = section if isinstance(section, Step) else None
    extra = f" ({step.timeframe})" if step and step.timeframe else ""
    return Entry(
        anchor=section.anchor,
        heading=section.title or section.anchor,
        text=_text_of(page, section) + extra,
        step=str(step.kind) if step else "",
        line=section.line,
        urgent=section.urgent,
        also=page.concerns if _is_start(section) else (),
        worth=OF_LINKS if _only_links(page, section) else 1.0,
    )


def _only_links(page: Page, section: Section) -> bool:
    body = page.text[section.body.start : section.body.end]
    apart = _LINK.sub("", body)
    return len(apart) < len(body) and not any(map(str.isalnum, apart))


def _is_start(section: Section) -> bool:
    return isinstance(section, Step) and section.kind is StepKind.START and bool(section.anchor)


def _term(row: Row) -> Entry:
    """Each row of the glossary is an answer of its own."""
    heading = f"{row.term}: {row.expansion}" if row.expansion else row.term
    also = (*((row.term, row.expansion) if row.expansion else ()), *row.typed)
    return Entry(
        slug(row.term), heading, row.meaning, line=row.line, also=also, worth=OF_A_DEFINITION
    )


def _contact_text(contact: Contact | None) -> list[str]:
    if contact is None:
        return []
    return [
        t for t in (contact.accepts, contact.how_to_refer, contact.area, contact.out_of_hours) if t
    ]


def _text_of(page: Page, section: Section) -> str:
    """The words of a section as a reader sees them; what only a presenter sees is left out."""
    text = page.text
    pieces = []
    at = section.body.start
    hidden = sorted((n.span.start, n.span.end) for n in section.notes if n.kind is Callout.TRAINER)
    if page.path == GLOSSARY:
        hidden += [(t.span.start, t.span.end) for t in section.tables]
    for start, end in [*sorted(hidden), (section.body.end, section.body.end)]:
        pieces.append(text[at:start])
        at = max(at, end)
    return words_only("".join(pieces))


def words_only(markdown: str) -> str:
    """Markdown as plain lines of words."""
    text = _HTML.sub(" ", _FENCE.sub("", _NOTE_TEXT.sub("", markdown)))
    lines = []
    for line in text.splitlines():
        if not line.strip() or _RULE.match(line):
            continue
        line = _CALLOUT.sub("", _MARKS.sub("", line, count=1))
        if line.startswith("|"):
            cells = (plain(cell) for cell in line.strip().strip("|").split("|"))
            line = "; ".join(cell for cell in cells if cell)
        line = _SPACE.sub(" ", plain(_ATTRIBUTES.sub("", line))).strip()
        if line:
            lines.append(line)
    return "\n".join(lines)
