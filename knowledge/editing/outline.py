"""What a page says, without any places: to prove that a change did what it said and nothing else."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.editing.change import Edit, Replacement
from knowledge.model import Page, Section, Span, Step, StepKind, Stop
from knowledge.scan import Block, scan

_FACTS = (
    "title summary kind status replaced_by owner approved_by version approved_on review_by audience topics levels "
    "ages regions concerns for_ not_for related place year organisation contact extra readable"
).split()

Facts = dict[str, object]
Links = tuple[tuple[str, str, bool], ...]
Rows = tuple[tuple[str, ...], ...]


class Part(NamedTuple):
    """A section or step. What follows from its place (number, loop, a kind not written) is left out."""

    anchor: str
    title: str
    level: int
    classes: tuple[str, ...]
    kind: str
    lane: str
    timeframe: str
    ways: tuple[tuple[str, str, str], ...]  # condition, target, words
    links: Links  # words, target, picture
    notes: tuple[tuple[str, str], ...]
    tables: tuple[Rows, ...]
    footnotes: tuple[str, ...]


class Outline(NamedTuple):
    """All of a page: its details, every heading (level, anchor, title), its parts."""

    facts: Facts
    headings: tuple[tuple[int, str, str], ...]
    parts: tuple[Part, ...]

    def with_part(self, index: int, part: Part) -> Outline:
        return self._replace(parts=(*self.parts[:index], part, *self.parts[index + 1 :]))

    def with_facts(self, **facts: object) -> Outline:
        return self._replace(facts={**self.facts, **facts})


def outline(page: Page) -> Outline:
    """What the page says."""
    facts: Facts = {name: getattr(page, name) for name in _FACTS}
    facts["keys"] = tuple(f.key for f in page.fields)
    facts["sources"] = tuple(
        (s.key, s.title, s.year, s.where, s.link, s.strength) for s in page.sources
    )
    facts["stops"] = tuple(map(stop_facts, page.stops))
    if page.field("id") is not None:
        facts["id"] = page.id
    return Outline(
        facts,
        tuple((h.level, h.anchor, h.title) for h in page.headings),
        tuple(part_of(s) for s in page.sections),
    )


def stop_facts(stop: Stop) -> tuple[object, ...]:
    """What a stop of a session says."""
    notes = tuple((note.kind.value, note.body) for note in stop.notes)
    link = (stop.link.text, stop.link.target)
    return (*link, stop.minutes, stop.covered, stop.ask, stop.outcome, notes)


def part_of(section: Section) -> Part:
    kind = lane = timeframe = ""
    if isinstance(section, Step):
        kind = section.kind.value if section.declared else ""
        lane, timeframe = section.lane, section.timeframe
    return Part(
        section.anchor,
        section.title,
        section.level,
        section.classes,
        kind,
        lane,
        timeframe,
        tuple((w.condition, w.link.target, w.link.text) for w in section.ways),
        tuple((k.text, k.target, k.image) for k in section.links),
        tuple((n.kind.value, n.body) for n in section.notes),
        tuple((t.header.cells, *(r.cells for r in t.rows)) for t in section.tables),
        tuple(f.key for f in section.footnotes),
    )


_WORDS = {
    "anchor": "the name for links",
    "title": "the title",
    "level": "the level",
    "classes": "the kind",
    "kind": "the kind",
    "lane": "who acts",
    "timeframe": "the time limit",
    "ways": "the ways on",
    "links": "the links",
    "notes": "the call-outs",
    "tables": "the tables",
    "footnotes": "the references",
}


def difference(wanted: Outline, got: Outline) -> str:
    """The first thing that is not as it was wanted, in words; "" when all is."""
    if wanted == got:
        return ""
    for name in sorted(wanted.facts.keys() | got.facts.keys()):
        if wanted.facts.get(name) != got.facts.get(name):
            return f"the '{name.rstrip('_')}' of the page"
    if len(wanted.parts) != len(got.parts):
        return "where the steps or sections begin"
    for want, have in zip(wanted.parts, got.parts, strict=True):
        for name in Part._fields:
            if getattr(want, name) != getattr(have, name):
                where = f"'{want.title}'" if want.title else "the introduction"
                return f"{_WORDS[name]} of {where}"
    return "the headings"


# -- what stands outside -------------------------------------------------------------------------


def disturbed(before: Page, after: Page, edit: Edit, around: Span | None = None) -> str:
    """Whether a block that the edit does not touch reads differently now; "" when none does.

    `around`: blocks in this stretch are looked at by who asked.
    """
    old = scan(before.text, before.sections[0].span.start)
    new = {(b.type, b.start): b for b in scan(after.text, after.sections[0].span.start)}
    shift = place = 0
    replacements = edit.replacements
    for block in old:
        while place < len(replacements) and _before(replacements[place], block.start):
            done = replacements[place]
            shift += len(done.text) - (done.end - done.start)
            place += 1
        if place < len(replacements) and _reaches(replacements[place], _end(before.text, block)):
            continue  # the edit touches it
        if around is not None and block.start < around.end and block.end > around.start:
            continue
        twin = new.get((block.type, block.start + shift))
        if (
            twin is None
            or twin.level != block.level
            or after.text[twin.start : _end(after.text, twin)]
            != before.text[block.start : _end(before.text, block)]
        ):
            return "how the text around it is read"
    return ""


def _before(change: Replacement, start: int) -> bool:
    """Whether a change ends before a block; words put in just at its start belong to it."""
    if change.start == change.end == start:
        return change.text[-1:] in ("\r", "\n")
    return change.end <= start


def _reaches(change: Replacement, end: int) -> bool:
    """Whether a change begins inside a block that ends at `end`, or goes on in its last line."""
    return change.start < end or (
        change.start == change.end == end and change.text[:1] not in ("\r", "\n")
    )


def _end(text: str, block: Block) -> int:
    end = block.end
    while end > block.start and text[end - 1] in "\r\n":
        end -= 1
    return end


def touches(span: Span, edit: Edit) -> bool:
    """Whether the edit changes something inside `span`."""
    return any(r.start < span.end and r.end > span.start for r in edit.replacements) or any(
        r.start == r.end and span.start < r.start < span.end for r in edit.replacements
    )


def is_kind(name: str) -> bool:
    return name in _KINDS


_KINDS = frozenset(kind.value for kind in StepKind)
