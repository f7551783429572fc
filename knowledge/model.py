"""What a page, a step and a way on are: plain immutable data, with the place of each in the file.

Every `Span` counts characters of `Page.text`, the file exactly as it was read (line endings and all),
so a span can be replaced and everything around it stays as it was. The small parts are named tuples, because a
library has hundreds of thousands of them and they are made and stored several times faster than dataclasses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from knowledge.problems import Problem


class Kind(StrEnum):
    """What sort of page it is; says which template, list and picture it gets."""

    PATHWAY = "pathway"
    THRESHOLD = "threshold"
    CASESTUDY = "casestudy"
    SERVICE = "service"
    SESSION = "session"
    PAGE = "page"

    @property
    def words(self) -> str:
        """As a reader is told it."""
        return "Case study" if self is Kind.CASESTUDY else self.value.capitalize()


class Status(StrEnum):
    """How far a page has come on its way to readers."""

    SAMPLE = "sample"
    DRAFT = "draft"
    IN_CHECK = "in-check"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Strength(StrEnum):
    """How well a source stands behind a fact."""

    SEEN = "seen"
    SECONDARY = "secondary"
    LOCAL = "local"
    UNCHECKED = "unchecked"


class StepKind(StrEnum):
    """What a step asks of the person who stands on it."""

    START = "start"
    QUESTION = "question"
    ACTION = "action"
    REFERRAL = "referral"
    URGENT = "urgent"
    END = "end"


class Callout(StrEnum):
    """The block quotes with a meaning; TRAINER is for the presenter alone."""

    URGENT = "URGENT"
    LOCAL = "LOCAL"
    TRAINER = "TRAINER"
    NOTE = "NOTE"


class Span(NamedTuple):
    """A stretch of `Page.text`: from `start` up to, not including, `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from, and how far to trust it."""

    key: str
    title: str = ""
    year: str = ""
    where: str = ""
    link: str = ""
    strength: Strength = Strength.UNCHECKED
    line: int = 0


class Opening(NamedTuple):
    """Open on these weekdays (Monday 0) from and to these minutes of the day; to <= from passes midnight."""

    days: tuple[int, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody answers; `always` is day and night."""

    always: bool = False
    openings: tuple[Opening, ...] = ()
    bank_holidays: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach a service. Empty fields are for the local team to fill, never for us to invent."""

    phone: str = ""
    email: str = ""
    web: str = ""
    hours: Hours | None = None
    out_of_hours: str = ""
    accepts: str = ""
    how_to_refer: str = ""
    area: str = ""


class Link(NamedTuple):
    """A link or picture as written, and where it leads. `page` is a path in the library, or "" when outside."""

    text: str
    target: str
    page: str
    anchor: str
    line: int
    span: Span
    target_span: Span
    image: bool = False

    @property
    def outside(self) -> bool:
        return not self.page


class Way(NamedTuple):
    """A way on: the condition that stands before the arrow, and the link behind it."""

    condition: str
    link: Link
    line: int
    span: Span  # the whole list item, its line ending included
    condition_span: Span
    loop: bool = False

    @property
    def page(self) -> str:
        return self.link.page

    @property
    def anchor(self) -> str:
        return self.link.anchor


class Note(NamedTuple):
    """A call-out block quote; `body` is its Markdown without the marks."""

    kind: Callout
    body: str
    line: int
    span: Span


class Row(NamedTuple):
    """A row of a table: its cells as plain text, and where it stands."""

    cells: tuple[str, ...]
    line: int
    spans: tuple[Span, ...]


class Table(NamedTuple):
    """A pipe table. It is a ladder when its first header cell is `Level` or its header names levels."""

    header: Row
    rows: tuple[Row, ...]
    line: int
    span: Span
    ladder: bool = False


class Footnote(NamedTuple):
    """A reference to a source, `[^key]`."""

    key: str
    line: int
    span: Span


class Heading(NamedTuple):
    """A heading as written; links may lead to any of them, also below the sections' level."""

    anchor: str
    title: str
    level: int
    line: int
    span: Span


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, up to the heading that begins the next section.

    In a pathway the second-level headings make sections (its steps) and deeper ones belong to the step;
    elsewhere every heading makes one. What stands before the first, a leading `# Title` included, is the
    introduction: a section with level 0, no title and no anchor.
    """

    anchor: str
    title: str
    level: int
    line: int
    span: Span  # heading and body
    heading: Span  # the heading line(s), attributes included, line ending excluded
    title_span: Span
    body: Span
    attributes: Span | None = None  # the `{...}` behind the title
    explicit: bool = False  # the anchor is written in the file
    classes: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    links: tuple[Link, ...] = ()
    notes: tuple[Note, ...] = ()
    tables: tuple[Table, ...] = ()
    footnotes: tuple[Footnote, ...] = ()

    @property
    def urgent(self) -> bool:
        """Somebody may come to harm if this is not seen: it carries an urgent call-out."""
        return any(note.kind is Callout.URGENT for note in self.notes)


@dataclass(frozen=True, slots=True)
class Step(Section):
    """A section of a pathway: one box of the graph."""

    number: int = 0
    kind: StepKind = StepKind.ACTION
    declared: bool = False  # the kind is written in the file
    lane: str = ""
    timeframe: str = ""

    @property
    def urgent(self) -> bool:
        return self.kind is StepKind.URGENT or any(n.kind is Callout.URGENT for n in self.notes)


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of a session: what to show, for how long, what to ask, what stays covered at first."""

    link: Link
    minutes: int
    covered: bool
    ask: str
    outcome: str
    notes: tuple[Note, ...]
    line: int
    span: Span


class Field(NamedTuple):
    """A front-matter entry as written: for the form, for pointing at a line, for changing just its value."""

    key: str
    line: int
    span: Span  # key and value
    value_span: Span
    scalar: bool


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes of a file became text, so that they can become the same bytes again."""

    name: str = "utf-8"
    bom: bytes = b""


@dataclass(frozen=True, repr=False)
class Page:
    """One Markdown file, read as far as it can be read, with its problems attached."""

    path: str
    id: str
    title: str
    kind: Kind
    text: str
    digest: str
    encoding: Encoding = Encoding()
    summary: str = ""
    status: Status = Status.SAMPLE  # what nobody has approved is shown as a sample
    replaced_by: str = ""
    owner: str = ""
    approved_by: str = ""
    version: str = ""
    approved_on: date | None = None
    review_by: date | None = None
    audience: str = "professional"
    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    for_: str = ""
    not_for: str = ""
    sources: tuple[Source, ...] = ()
    related: tuple[str, ...] = ()
    place: str = ""
    year: str = ""
    organisation: str = ""
    contact: Contact | None = None
    fields: tuple[Field, ...] = ()
    front: Span | None = None  # between the two `---` lines
    headings: tuple[Heading, ...] = ()  # every one, in the order of the file
    sections: tuple[Section, ...] = ()  # in the order of the file; the introduction first, level 0
    stops: tuple[Stop, ...] = ()
    problems: tuple[Problem, ...] = ()
    readable: bool = True  # False: shown as plain text (too large) or not at all (not text)
    extra: tuple[tuple[str, str], ...] = field(default=())  # front matter we do not know, kept

    @property
    def intro(self) -> Section:
        return self.sections[0]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps of a pathway in the order of the page; empty for other kinds."""
        return tuple(s for s in self.sections if isinstance(s, Step))

    @cached_property
    def by_anchor(self) -> dict[str, Section]:
        """The section each heading begins or stands in, by the heading's name.

        Of two headings with one name the first, as a browser would have it. A heading below the
        sections' level leads to the section that holds it, the page's own title to the introduction.
        """
        found: dict[str, Section] = {}
        number = 0
        for heading in self.headings:
            while (
                number + 1 < len(self.sections)
                and self.sections[number + 1].span.start <= heading.span.start
            ):
                number += 1
            found.setdefault(heading.anchor, self.sections[number])
        return found

    @cached_property
    def red_flags(self) -> tuple[Note, ...]:
        """The urgent call-outs before the first step: in view on every step."""
        return tuple(n for n in self.intro.notes if n.kind is Callout.URGENT)

    def field(self, key: str) -> Field | None:
        return next((f for f in self.fields if f.key == key), None)

    def body_of(self, section: Section) -> str:
        return section.body.of(self.text)
