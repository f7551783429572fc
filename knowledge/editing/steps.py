"""Changes to the steps of a pathway as a whole, and to the text of a section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from knowledge.editing.change import (
    Edit,
    Refused,
    Replacement,
    ends_blank,
    ends_line,
    newline_at,
    with_newlines,
)
from knowledge.editing.headings import index_of, pins, places, put, quoted_value
from knowledge.editing.outline import Outline, outline
from knowledge.editing.prove import Expect, prove, where
from knowledge.editing.ways import NewWay, way_words
from knowledge.editing.words import (
    ANCHOR,
    as_markdown,
    escape_last_hash,
    reads_as,
    tidy,
    web_target,
)
from knowledge.model import Kind, Link, Page, Section, StepKind
from knowledge.source import read_page
from knowledge.text import slug

_MARKS = "\r\n \t"


def free_anchor(page: Page, title: str) -> str:
    """A name for links that no heading of the page has yet."""
    base = slug(title) or "step"
    base = base if ANCHOR.fullmatch(base) else "step"
    taken = {h.anchor for h in page.headings}
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name


def leading_to(pages: Iterable[Page], path: str, anchor: str) -> list[tuple[Page, Section, Link]]:
    """Every link to a step or section, with the place it stands in."""
    return [
        (page, section, link)
        for page in pages
        for section in page.sections
        for link in section.links
        if link.page == path and link.anchor == anchor
    ]


def add_step(
    page: Page,
    after: Section,
    title: str,
    kind: StepKind | None = None,
    ways: Sequence[NewWay] = (),
    body: str = "",
    anchor: str = "",
    timeframe: str = "",
) -> Edit:
    """Add a step behind this one (or behind the introduction), with its text and its ways on."""
    if page.kind is not Kind.PATHWAY:
        raise Refused("Only a pathway has steps", "Change the kind of the page first.")
    number = where(page, after)
    asked = tidy(title)
    if not asked:
        raise Refused("A step needs a title", "Write one.")
    name = anchor or free_anchor(page, asked)
    if not ANCHOR.fullmatch(name) or name in {h.anchor for h in page.headings}:
        raise Refused(f"#{name} cannot be the name of this step, or is taken", "Choose another.")
    at = after.span.end
    limit = tidy(timeframe)
    entries = [f"#{name}", *([f".{kind.value}"] if kind is not None else [])]
    entries += [quoted_value("timeframe", limit)] if limit else []
    change = _step_text(page, at, asked, entries, ways, body)
    conditions = tuple(_read_back(way) for way in ways)

    def expect(got: Outline) -> Outline:
        wanted = outline(page)
        if len(got.parts) != len(wanted.parts) + 1:
            return wanted
        new = got.parts[number + 1]
        kinds = (kind.value,) if kind is not None else ()
        new = new._replace(
            anchor=name,
            title=asked,
            level=2,
            classes=kinds,
            kind="".join(kinds),
            lane="",
            timeframe=limit,
        )
        if not body.strip():
            new = new._replace(ways=conditions)
        heads = sum(h.span.start < at for h in page.headings)
        inside = len(got.headings) - len(wanted.headings)
        fresh = ((2, name, asked), *got.headings[heads + 1 : heads + inside])
        return wanted._replace(
            parts=(*wanted.parts[: number + 1], new, *wanted.parts[number + 1 :]),
            headings=(*wanted.headings[:heads], *fresh, *wanted.headings[heads:]),
        )

    behind_what = f"behind '{after.title}'" if after.level else "at the beginning"
    return prove(page, [[change]], expect, f"The new step '{asked}' stands {behind_what}")


def _read_back(way: NewWay) -> tuple[str, str, str]:
    """A new way on as it will be read: condition, target, words."""
    condition = reads_as(way.condition, False).rstrip(":").rstrip()
    return condition, web_target(way.target), reads_as(way.words, False)


def _step_text(
    page: Page,
    at: int,
    title: str,
    entries: Sequence[str],
    ways: Sequence[NewWay],
    body: str,
) -> Replacement:
    """A new step as it is written at `at`, with blank lines around it; `entries` stand in its braces."""
    text, newline = page.text, newline_at(page.text, at)
    pieces = [f"## {escape_last_hash(as_markdown(title, False))} {{{' '.join(entries)}}}"]
    if body.strip():
        pieces.append(with_newlines(body.strip(_MARKS), newline))
    if ways:
        pieces.append(newline.join(f"- {way_words(page, way)}" for way in ways))
    before = "" if ends_blank(text, at) else newline if ends_line(text, at) else newline * 2
    behind = newline * 2 if at < len(text) else newline
    return Replacement(at, at, before + (newline * 2).join(pieces) + behind)


def remove_step(page: Page, step: Section, pages: Iterable[Page] = ()) -> Edit:
    """Take a step or section out, with all its text. The notes say which links of `pages` lead to it."""
    number = where(page, step)
    if not step.level:
        raise Refused("The introduction cannot be removed", "Empty it instead.")
    start, end = step.span
    gone = [k for k, h in enumerate(page.headings) if start <= h.span.start < end]
    kept = [k for k in range(len(page.headings)) if k not in gone]
    pinned = pins(page, kept)

    def expect(got: Outline) -> Outline:
        wanted = outline(page)
        if any(start <= s.span.start < end for s in page.stops):
            wanted = wanted.with_facts(stops=got.facts["stops"])
        return wanted._replace(
            parts=(*wanted.parts[:number], *wanted.parts[number + 1 :]),
            headings=tuple(wanted.headings[k] for k in kept),
        )

    notes = tuple(
        f"'{link.text}' in '{section.title or other.title}' of {other.title} leads to it"
        for other, section, link in leading_to(pages or (page,), page.path, step.anchor)
        if not (other.path == page.path and start <= link.span.start < end)
    )
    newline = newline_at(page.text, start)
    attempts = [
        [Replacement(start, end, ""), *pinned],
        [Replacement(start, end, newline), *pinned],
        [Replacement(start, end, newline * 2), *pinned],
    ]
    return prove(page, attempts, expect, f"The step '{step.title}' is removed", notes)


def move_step(page: Page, step: Section, after: Section) -> Edit:
    """Put a step behind another one, or behind the introduction."""
    number, target = where(page, step), where(page, after)
    if not step.level:
        raise Refused("The introduction stays where it is")
    if target in (number, number - 1):
        return Edit(page.path, page.digest, (), f"'{step.title}' stands there already")
    sections = [n for n in range(len(page.sections)) if n != number]
    sections.insert(sections.index(target) + 1, number)
    mine = _headings_in(page, step)
    rest = [n for n in range(len(page.headings)) if n not in mine]
    cut = sum(page.headings[n].span.start < after.span.end for n in rest)
    heads = [*rest[:cut], *mine, *rest[cut:]]

    def expect(got: Outline) -> Outline:
        wanted = outline(page).with_facts(stops=got.facts["stops"])
        return wanted._replace(
            parts=tuple(wanted.parts[n] for n in sections),
            headings=tuple(wanted.headings[n] for n in heads),
        )

    said = f"'{step.title}' now stands behind '{after.title or 'the introduction'}'"
    return prove(page, _moves(page, step, after, pins(page, heads)), expect, said, confined=False)


def _headings_in(page: Page, section: Section) -> list[int]:
    start, end = section.span
    first = index_of(page, section)
    return [
        n for n in range(first, len(page.headings)) if start <= page.headings[n].span.start < end
    ]


def _moves(
    page: Page, step: Section, after: Section, pinned: list[Replacement]
) -> list[list[Replacement]]:
    """Ways to carry the text of a step behind another: as it is, or with blank lines at the seams."""
    text, (start, end), at = page.text, step.span, after.span.end
    own = [r for r in pinned if start <= r.start < end]
    others = [r for r in pinned if not start <= r.start < end]
    piece = Edit(
        "", "", tuple(sorted(r._replace(start=r.start - start, end=r.end - start) for r in own)), ""
    )
    moved = piece.apply(text[start:end])
    newline = newline_at(text, start)
    seam = "" if ends_blank(text, at) else newline if ends_line(text, at) else newline * 2
    if at < len(text) or start < at:
        bare = moved.rstrip(_MARKS)
        moved = moved if moved.endswith(("\n", "\r")) and ends_blank(moved, len(moved)) else ""
        moved = moved or bare + newline * 2
    exact = [Replacement(start, end, ""), Replacement(at, at, seam + moved), *others]
    apart = [
        Replacement(start, end, newline * 2),
        Replacement(at, at, newline * 2 + moved),
        *others,
    ]
    return [exact, apart]


def replace_body(page: Page, section: Section, body: str) -> Edit:
    """Put other text under a heading (or in the introduction). Other sections stay what they are."""
    number = where(page, section)
    text = page.text
    start, end = section.body
    first, last = start, end
    while first < end and text[first] in _MARKS:
        first += 1
    while last > first and text[last - 1] in _MARKS:
        last -= 1
    if first < last:  # the first line keeps its own indent out of the words
        while first > start and text[first - 1] in " \t":
            first -= 1
    else:
        first = last = start
    newline = newline_at(text, first)
    new = with_newlines(body.strip("\r\n").rstrip(), newline)
    change = Replacement(first, last, new)
    if first == last and new:
        opening = (
            "" if ends_blank(text, start) else newline if ends_line(text, start) else newline * 2
        )
        change = Replacement(start, start, opening + new + newline * (2 if end < len(text) else 1))
    roomy = Replacement(change.start, change.end, change.text + newline * 2)
    said = (
        f"The text under '{section.title}' is changed"
        if section.level
        else "The introduction is changed"
    )
    expect = _other_sections_stay(page, number, section)

    def attempts() -> Iterator[list[Replacement]]:
        yield [change]
        yield [roomy]
        kept = _pins_for(page, section, change)
        if kept:
            yield [change, *kept]
            yield [roomy, *kept]

    return prove(page, attempts(), expect, said)


def _outside(page: Page, section: Section) -> list[int]:
    start, end = section.body
    return [n for n, h in enumerate(page.headings) if not start <= h.span.start < end]


def _pins_for(page: Page, section: Section, change: Replacement) -> list[Replacement]:
    """Names to be written out because headings of the new text would take or leave them."""
    after = read_page(
        page.path, Edit("", "", (change,), "").apply(page.text).encode("utf-8", "replace")
    )
    known = places(page)
    outside = [
        n for n in _outside(page, section) if page.headings[n].span.start >= section.body.end
    ]
    if not outside or len(after.headings) < len(outside):
        return []
    later = after.headings[len(after.headings) - len(outside) :]
    return [
        put(page.text, known[n], None, "#" + known[n].anchor)
        for n, got in zip(outside, later, strict=True)
        if not known[n].explicit and got.anchor != known[n].anchor
    ]


def _other_sections_stay(page: Page, number: int, section: Section) -> Expect:
    start, end = section.body

    def expect(got: Outline) -> Outline:
        wanted = outline(page)
        if len(got.parts) != len(wanted.parts):
            return wanted
        old, new = wanted.parts[number], got.parts[number]
        new = new._replace(
            anchor=old.anchor,
            title=old.title,
            level=old.level,
            classes=old.classes,
            kind=old.kind,
            lane=old.lane,
            timeframe=old.timeframe,
        )
        before = sum(h.span.start < start for h in page.headings)
        inside = sum(start <= h.span.start < end for h in page.headings)
        behind = len(page.headings) - before - inside
        heads = (
            *wanted.headings[:before],
            *got.headings[before : len(got.headings) - behind],
            *wanted.headings[len(wanted.headings) - behind :],
        )
        wanted = wanted._replace(headings=heads).with_part(number, new)
        wanted = wanted.with_facts(stops=got.facts["stops"])
        if not section.level and page.field("title") is None:
            wanted = wanted.with_facts(title=got.facts["title"])
        return wanted

    return expect
