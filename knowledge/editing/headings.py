"""Changes to a heading: its words, its name for links, and the kind, lane and time limit of a step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.editing.change import Edit, Refused, Replacement, Stale
from knowledge.editing.outline import Outline, is_kind, outline
from knowledge.editing.prove import Expect, prove, where
from knowledge.editing.words import (
    as_markdown,
    escape_first,
    escape_last_hash,
    footnotes_of,
    reads_as,
    tidy,
)
from knowledge.model import Heading, Page, Section, Span, Step, StepKind
from knowledge.scan import Type, scan
from knowledge.sections import TOKEN, read_attributes
from knowledge.text import slug


@dataclass(frozen=True, slots=True)
class Place:
    """Where the parts of a heading stand."""

    anchor: str
    title: str
    words: Span  # the title as written
    braces: Span | None
    explicit: bool
    setext: bool


@dataclass(frozen=True, slots=True)
class Token:
    """One entry between the braces of a heading."""

    span: Span
    anchor: str
    name: str  # of a class
    key: str  # of a value


def places(page: Page) -> tuple[Place, ...]:
    """The places of all headings, in the order of `page.headings`."""
    text = page.text
    found: list[Place] = []
    blocks = (
        b
        for b in scan(text, page.sections[0].span.start)
        if b.type is Type.HEADING and b.parent < 0
    )
    for heading, block in zip(page.headings, blocks, strict=True):
        attributes = read_attributes(text, block.content, block.content_end)
        end = attributes.span.start if attributes.span else block.content_end
        while end > block.content and text[end - 1] in " \t\r\n":
            end -= 1
        found.append(
            Place(
                heading.anchor,
                heading.title,
                Span(block.content, end),
                attributes.span,
                bool(attributes.anchor),
                block.setext,
            )
        )
    return tuple(found)


def index_of(page: Page, heading: Section | Heading) -> int:
    """The place of a heading among all of the page's."""
    for index, other in enumerate(page.headings):
        if other.span.start == heading.span.start and other.anchor == heading.anchor:
            return index
    raise Stale(f"The heading '{heading.title}' is not there any more")


def tokens(text: str, braces: Span) -> list[Token]:
    """What stands between the braces, with places."""
    found: list[Token] = []
    at = braces.start + (2 if text.startswith(":", braces.start + 1) else 1)
    while (token := TOKEN.match(text, at, braces.end - 1)) is not None:
        start = token.start()
        while text[start] in " \t":
            start += 1
        found.append(
            Token(
                Span(start, token.end()),
                token.group(1) or "",
                token.group(2) or "",
                token.group(3) or "",
            )
        )
        at = token.end()
    return found


# -- entries in the braces -----------------------------------------------------------------------


def put(text: str, place: Place, old: Token | None, new: str) -> Replacement:
    """Write one entry into the braces: over `old`, or where entries of its sort stand."""
    if place.braces is None:
        gap = "" if text[place.words.end - 1 : place.words.end] in ("", " ", "\t") else " "
        behind = " " if text[place.words.end : place.words.end + 1] == "#" else ""
        return Replacement(place.words.end, place.words.end, f"{gap}{{{new}}}{behind}")
    if old is not None:
        return Replacement(*old.span, new)
    entries = tokens(text, place.braces)
    first = place.braces.start + (2 if text.startswith(":", place.braces.start + 1) else 1)
    if not entries:
        return Replacement(first, place.braces.end - 1, new)
    if new[0] == "#":
        return Replacement(entries[0].span.start, entries[0].span.start, new + " ")
    if new[0] == "." and entries[0].anchor:
        return Replacement(entries[0].span.end, entries[0].span.end, " " + new)
    if new[0] == ".":
        return Replacement(entries[0].span.start, entries[0].span.start, new + " ")
    return Replacement(entries[-1].span.end, entries[-1].span.end, " " + new)


def drop(text: str, place: Place, old: Token) -> Replacement:
    """Take one entry out of the braces, and the braces with the last one."""
    assert place.braces is not None
    entries = tokens(text, place.braces)
    if len(entries) == 1:
        return Replacement(place.words.end, place.braces.end, "")
    index = next(n for n, e in enumerate(entries) if e.span == old.span)
    if index == 0:
        return Replacement(old.span.start, entries[1].span.start, "")
    return Replacement(entries[index - 1].span.end, old.span.end, "")


def find(
    text: str, place: Place, anchor: bool = False, kind: bool = False, key: str = ""
) -> Token | None:
    """The entry that counts for the anchor, the kind or a value."""
    if place.braces is None:
        return None
    for token in tokens(text, place.braces):
        if (
            (anchor and token.anchor)
            or (kind and is_kind(token.name))
            or (key and token.key == key)
        ):
            return token
    return None


# -- names for links that hold --------------------------------------------------------------------


def shaken(heads: Sequence[tuple[str, bool, str]]) -> list[int]:
    """Which of these headings (title, name written, name wanted) need their name written to keep it."""
    pinned = [written for _, written, _ in heads]
    again = True
    while again:
        again = False
        taken: set[str] = set()
        counts: dict[str, int] = {}
        for index, (title, _, wanted) in enumerate(heads):
            name = wanted
            if not pinned[index]:
                base = slug(title) or "section"
                name, count = base, counts.get(base, 0)
                while name in taken:
                    count += 1
                    name = f"{base}-{count}"
                counts[base] = count
                if name != wanted:
                    pinned[index] = again = True
                    name = wanted
            taken.add(name)
    return [n for n, head in enumerate(heads) if pinned[n] and not head[1]]


def pins(
    page: Page, order: Iterable[int], names: dict[int, str] | None = None
) -> list[Replacement]:
    """What to write so that headings, left in this order, keep their names for links.

    `names` are those that are to change, by place; they are written already.
    """
    known = places(page)
    chosen = list(order)
    heads = [
        (
            known[n].title,
            known[n].explicit or n in (names or {}),
            (names or {}).get(n, known[n].anchor),
        )
        for n in chosen
    ]
    return [
        put(page.text, known[chosen[n]], None, "#" + known[chosen[n]].anchor) for n in shaken(heads)
    ]


# -- changes -------------------------------------------------------------------------------------


def set_title(page: Page, heading: Section | Heading, title: str, markdown: bool = False) -> Edit:
    """Give a step, a section or any heading other words. Its name for links stays, written out if it was not."""
    index = index_of(page, heading)
    place = places(page)[index]
    text = page.text
    asked = reads_as(title, markdown)
    if not asked:
        raise Refused("A heading needs words", "Write a title.")
    source = place.words.of(text)
    words = as_markdown(title, markdown) + ("" if markdown else footnotes_of(source))
    words = escape_last_hash(words)
    words = escape_first(words) if place.setext else words
    if text[place.words.start - 1 : place.words.start] not in ("", " ", "\t", "\r", "\n"):
        words = " " + words
    change = [Replacement(*place.words, words)]
    if place.braces is None:
        gap = " " if text[place.words.end : place.words.end + 1] == "#" else ""
        change = [Replacement(*place.words, f"{words} {{#{place.anchor}}}{gap}")]
    elif place.words.end == place.braces.start:
        change = [Replacement(*place.words, words + " ")]
    if not place.explicit and place.braces is not None:
        change.append(put(text, place, None, "#" + place.anchor))

    def expect(got: Outline) -> Outline:
        return _renamed(page, index, asked, got)

    if asked == place.title and not markdown:
        return Edit(page.path, page.digest, (), f"The title is '{asked}' already")
    return prove(page, [change], expect, f"'{place.title}' is now called '{asked}'")


def _renamed(page: Page, index: int, title: str, got: Outline) -> Outline:
    wanted = outline(page)
    level, anchor, _ = wanted.headings[index]
    heads = (*wanted.headings[:index], (level, anchor, title), *wanted.headings[index + 1 :])
    wanted = wanted._replace(headings=heads)
    if index == 0 and level == 1 and page.field("title") is None:
        wanted = wanted.with_facts(title=title)
    at = page.headings[index].span.start
    for number, section in enumerate(page.sections):
        part = wanted.parts[number]
        if section.level and section.span.start == at:
            return wanted.with_part(number, part._replace(title=title))
        if section.span.start <= at < section.span.end and len(got.parts) == len(wanted.parts):
            new = got.parts[number]  # a heading inside a section may lose its links with its words
            wanted = wanted.with_part(
                number, part._replace(links=new.links, footnotes=new.footnotes)
            )
    return wanted


def set_kind(page: Page, step: Step, kind: StepKind | None) -> Edit:
    """Say what a step is; None leaves it to be worked out from its place and its ways on."""
    number, place = where(page, step), places(page)[index_of(page, step)]
    old = find(page.text, place, kind=True)
    if kind is None and old is None:
        return Edit(page.path, page.digest, (), "The kind is not written")
    if kind is None:
        assert old is not None
        change = [drop(page.text, place, old)]
        said = f"The kind of '{step.title}' is worked out from its ways on"
    else:
        change = [put(page.text, place, old, f".{kind.value}")]
        said = f"'{step.title}' is now of the kind {kind.value}"

    def expect(got: Outline) -> Outline:
        before = outline(page)
        if len(got.parts) != len(before.parts):
            return before
        part, new = before.parts[number], got.parts[number]
        rest = [c for c in part.classes if old is None or c != old.name]
        want = kind.value if kind is not None else next((c for c in rest if is_kind(c)), "")
        fits = [c for c in new.classes if not is_kind(c)] == [c for c in rest if not is_kind(c)]
        return before.with_part(
            number, part._replace(kind=want, classes=new.classes if fits else part.classes)
        )

    return _with_or_without_pin(page, place, change, expect, said)


def set_lane(page: Page, step: Step, lane: str) -> Edit:
    """Say who acts at a step; empty takes it away."""
    return _set_value(page, step, "lane", lane, "who acts")


def set_timeframe(page: Page, step: Step, timeframe: str) -> Edit:
    """Say within what time a step is done; empty takes it away."""
    return _set_value(page, step, "timeframe", timeframe, "the time limit")


def _set_value(page: Page, step: Step, key: str, value: str, name: str) -> Edit:
    number, place = where(page, step), places(page)[index_of(page, step)]
    asked = tidy(value)
    old = find(page.text, place, key=key)
    if not asked and old is None:
        return Edit(page.path, page.digest, (), f"'{step.title}' does not say {name}")
    if asked:
        change = [put(page.text, place, old, quoted_value(key, asked))]
    else:
        assert old is not None
        change = [drop(page.text, place, old)]

    def expect(_: Outline) -> Outline:
        before = outline(page)
        part = before.parts[number]
        changed = part._replace(lane=asked) if key == "lane" else part._replace(timeframe=asked)
        return before.with_part(number, changed)

    said = (
        f"'{step.title}': {name} is now '{asked}'"
        if asked
        else f"'{step.title}' no longer says {name}"
    )
    return _with_or_without_pin(page, place, change, expect, said)


def quoted_value(key: str, value: str) -> str:
    """A value of a heading in whatever quotes it leaves free."""
    if "{" in value or "}" in value:
        raise Refused("Curly brackets cannot stand here", "Use round ones.")
    for opening, closing in (('"', '"'), ("'", "'"), ("“", "”")):
        if opening not in value and closing not in value:
            return f"{key}={opening}{value}{closing}"
    raise Refused("This has three sorts of quote marks", "Use one sort only.")


def _with_or_without_pin(
    page: Page, place: Place, change: list[Replacement], expect: Expect, said: str
) -> Edit:
    """Without its braces the end of a title may read as braces itself; then the name is written out."""
    attempts = [change]
    if place.braces is not None and not place.explicit:
        attempts.append([Replacement(*place.braces, f"{{#{place.anchor}}}")])
    return prove(page, attempts, expect, said)
