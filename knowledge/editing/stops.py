"""Changes to the running order of a session: one stop more or fewer, another order, what a stop says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.editing import numbering
from knowledge.editing.change import (
    Edit,
    Refused,
    Replacement,
    Stale,
    ends_blank,
    ends_line,
    line_start,
    newline_at,
)
from knowledge.editing.outline import Outline, outline, stop_facts
from knowledge.editing.prove import Expect, prove
from knowledge.editing.words import as_markdown, reads_as, tidy, web_target
from knowledge.model import Callout, Kind, Page, Section, Span, Stop
from knowledge.scan import Block, Type, scan
from knowledge.stops import Anatomy, taken_apart

MOST_MINUTES = 999
_PARAGRAPHS = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)\s*")
_BY_NUMBER = re.compile(r"\bstops? \d", re.IGNORECASE)
_UNIT = re.compile(r"\d\s*(min(?:ute)?)(s?)", re.IGNORECASE)
_LABELS = {"ask": "Ask: ", "outcome": "Outcome: "}


@dataclass(frozen=True, slots=True)
class NewStop:
    """A stop to be written: the words and target of its link, as `link_to` gives it, and what it says."""

    words: str
    target: str
    minutes: int = 0
    covered: bool = False
    ask: str = ""
    outcome: str = ""
    notes: str = ""


def trainer_words(stop: Stop) -> str:
    """The trainer's notes of a stop as one text."""
    return "\n\n".join(note.body for note in stop.notes if note.kind is Callout.TRAINER)


# -- what one stop says --------------------------------------------------------------------------


def set_plan(page: Page, stop: Stop, minutes: int, covered: bool) -> Edit:
    """How long a stop takes (0: not said), and whether its outcome is covered at first."""
    _plausible(minutes)
    number, found = _found(page, stop)
    if (stop.minutes, stop.covered) == (minutes, covered):
        return _idle(page, f"Stop {number + 1} is planned so already")
    parts = found[number]
    words = _plan(page.text, found, parts, minutes, covered)
    end = parts.link.span.end
    if parts.plan is None:
        change = Replacement(end, end, f" {words}")
    elif words:
        change = Replacement(*parts.plan.span(), words)
    else:
        start = len(page.text[: parts.plan.start()].rstrip(" \t"))
        change = Replacement(max(start, end), parts.plan.end(), "")
    now = replace(stop, minutes=minutes, covered=covered)
    time = f"takes {minutes} minutes" if minutes else "has no time set"
    said = f"Stop {number + 1} {time}, and is {'covered' if covered else 'open'}"
    return _prove_one(page, number, [[change]], stop_facts(now), said)


def _plausible(minutes: int) -> None:
    if not 0 <= minutes <= MOST_MINUTES:
        raise Refused(f"A stop takes at most {MOST_MINUTES} minutes", "Give fewer.")


def set_said(page: Page, stop: Stop, key: str, words: str) -> Edit:
    """What to ask at a stop, or its outcome (`key`): paragraphs of Markdown, or nothing."""
    number, found = _found(page, stop)
    parts, wanted = found[number], _tidied(words)
    if wanted == (stop.ask if key == "ask" else stop.outcome):
        return _idle(page, "It says so already")
    mine = [said for said in parts.said if said.key == key]
    if mine:
        label = page.text[mine[0].block.start : mine[0].start]
        changes = _put(page, parts, [said.block for said in mine], _labelled(label, wanted))
    else:
        behind = parts.children[0]
        if key == "outcome":
            behind = next((s.block for s in reversed(parts.said) if s.key == "ask"), behind)
        at = content_end(page.text, behind)
        lines = _labelled(_LABELS[key], wanted)
        changes = [Replacement(at, at, _below(page, found, parts, lines))]
    now = replace(stop, ask=wanted) if key == "ask" else replace(stop, outcome=wanted)
    said = f"Stop {number + 1} has another {'question' if key == 'ask' else 'outcome'}"
    return _prove_one(page, number, [changes], stop_facts(now), said)


def set_notes(page: Page, stop: Stop, words: str) -> Edit:
    """What the trainer alone sees at a stop: one call-out, in place of all there were."""
    number, found = _found(page, stop)
    lines = _note_lines(words)
    body = "\n".join(lines)
    if body == trainer_words(stop):
        return _idle(page, "The notes say so already")
    starts = [note.span.start for note in stop.notes if note.kind is Callout.TRAINER]
    parts = found[number]
    quotes = [block for block in parts.children if block.start in starts]
    written = _quoted(lines)
    if quotes:
        attempts = [_put(page, parts, quotes, written)]
    else:
        others = [block for block in parts.children if block.type is Type.QUOTE]
        behind = others[-1:] or [parts.children[-1], parts.children[0]]
        words_in = _below(page, found, parts, written)
        spots = dict.fromkeys(content_end(page.text, block) for block in behind)
        attempts = [[Replacement(at, at, words_in)] for at in spots]
    notes = [note for note in stop.notes if note.span.start not in starts[1:]]
    facts = [
        ("TRAINER", body) if note.span.start in starts else (note.kind.value, note.body)
        for note in notes
        if body or note.span.start not in starts
    ]
    if body and not starts:
        facts.append(("TRAINER", body))
    now = (*stop_facts(stop)[:-1], tuple(facts))
    said = f"Stop {number + 1} has other notes" if lines else f"Stop {number + 1} has no notes"
    return _prove_one(page, number, attempts, now, said)


def set_link(page: Page, stop: Stop, target: str, words: str) -> Edit:
    """Let a stop lead to another page or step; `words` are what is read of it."""
    number, found = _found(page, stop)
    text, goal = _named(words), web_target(target)
    new = f"[{as_markdown(words, False)}]({goal})"
    change = Replacement(*found[number].link.span, new)
    now = replace(stop, link=stop.link._replace(text=text, target=goal))
    said = f"Stop {number + 1} now leads to '{text}'"
    return _prove_one(page, number, [[change]], stop_facts(now), said)


# -- the order -----------------------------------------------------------------------------------


def add_stop(page: Page, new: NewStop, at: int | None = None) -> Edit:
    """One stop more, before the one at place `at`, or last."""
    if page.kind is not Kind.SESSION:
        raise Refused("Only a session has a running order", "Change the kind of the page first.")
    _plausible(new.minutes)
    text = page.text
    blocks = _blocks(page)
    found = list(taken_apart(text, blocks))
    place = len(found) if at is None else max(0, min(at, len(found)))
    if not found:
        start, mark, before, behind = _first_place(page)
    elif place == len(found):
        last = found[-1].item
        start = content_end(text, last)
        mark = numbering.mark_after(text, last)
        newline = newline_at(text, start)
        before, behind = newline * (2 if _loose(text, found, new) else 1), ""
    else:
        item = found[place].item
        start = line_start(text, item.start)
        newline = newline_at(text, start)
        mark = numbering.mark_of(text, item)
        before, behind = "", newline * (2 if _loose(text, found, new) else 1)
    lines = _written(text, found, mark, new)
    change = Replacement(start, start, before + newline_at(text, start).join(lines) + behind)
    facts: list[object] = list(map(stop_facts, page.stops))
    facts.insert(place, _facts_of(new))
    following = [parts.item for parts in found[place : place + 1]]
    attempts = [
        [change, *renumbered] for renumbered in numbering.counted_on(text, blocks, following, 1)
    ]
    section = _section_at(page, start)
    said = f"'{_named(new.words)}' is now stop {place + 1}"
    return prove(page, attempts, _expect(page, facts, section), said, _warned(page))


def _written(text: str, found: Sequence[Anatomy], mark: str, new: NewStop) -> list[str]:
    """The lines of a new stop."""
    inner = _inner(text, found, len(mark.expandtabs(4)))
    plan = _plan(text, found, None, new.minutes, new.covered)
    link = f"[{as_markdown(new.words, False)}]({web_target(new.target)})"
    lines = [f"{mark}{link} {plan}".rstrip()]
    for block in (
        _labelled(_LABELS["ask"], _tidied(new.ask)),
        _labelled(_LABELS["outcome"], _tidied(new.outcome)),
        _quoted(_note_lines(new.notes)),
    ):
        lines += ["", *(inner + line if line else "" for line in block)] if block else []
    return lines


def _facts_of(new: NewStop) -> tuple[object, ...]:
    """What a new stop will say, in the form of `stop_facts`."""
    body = "\n".join(_note_lines(new.notes))
    notes = (("TRAINER", body),) if body else ()
    link = (_named(new.words), web_target(new.target))
    said = (_tidied(new.ask), _tidied(new.outcome))
    return (*link, new.minutes, new.covered, *said, notes)


def remove_stop(page: Page, stop: Stop) -> Edit:
    """Take a stop out of the running order, with everything that stands in it."""
    number, found = _found(page, stop)
    text, blocks, item = page.text, _blocks(page), found[number].item
    before, behind = numbering.neighbours(blocks, item)
    start, end = line_start(text, item.start), item.end
    if behind is not None:
        end = line_start(text, behind.start)
    elif before is not None:
        start, end = content_end(text, before), content_end(text, item)
    change = Replacement(start, end, "")
    facts: list[object] = list(map(stop_facts, page.stops))
    del facts[number]
    following = [behind] if behind is not None else []
    attempts = [
        [change, *renumbered] for renumbered in numbering.counted_on(text, blocks, following, -1)
    ]
    said = f"'{stop.link.text}' is no longer a stop"
    section = _section_at(page, item.start)
    return prove(page, attempts, _expect(page, facts, section), said, _warned(page))


def move_stop(page: Page, stop: Stop, to: int) -> Edit:
    """Put a stop at another place of the running order, counted from 0."""
    number, found = _found(page, stop)
    to = max(0, min(to, len(found) - 1))
    if to == number:
        return _idle(page, f"'{stop.link.text}' is stop {to + 1} already")
    order = [n for n in range(len(found)) if n != number]
    order.insert(to, number)
    attempts = [
        [
            Replacement(
                found[n].item.content,
                content_end(page.text, found[n].item),
                numbering.moved(page.text, found[m].item, found[n].item, way),
            )
            for n, m in enumerate(order)
            if n != m
        ]
        for way in numbering.WAYS
    ]
    facts: list[object] = list(map(stop_facts, page.stops))
    said = f"'{stop.link.text}' is now stop {to + 1}"
    expect = _expect(page, [facts[n] for n in order], None)
    return prove(page, attempts, expect, said, _warned(page))


# -- what is to be read afterwards ---------------------------------------------------------------


def _prove_one(
    page: Page, number: int, attempts: Sequence[Sequence[Replacement]], now: object, said: str
) -> Edit:
    """One stop says something else; the item itself grows, what else stands in it does not change."""
    facts: list[object] = list(map(stop_facts, page.stops))
    facts[number] = now
    start = page.stops[number].span.start
    expect = _expect(page, facts, _section_at(page, start))
    return prove(page, attempts, expect, said, around=Span(start, start + 1))


def _expect(page: Page, facts: Sequence[object], section: int | None) -> Expect:
    """These stops; links and references follow them, in one section or between all."""

    def expect(got: Outline) -> Outline:
        wanted = outline(page).with_facts(stops=tuple(facts))
        if len(got.parts) != len(wanted.parts):
            return wanted
        if section is not None:
            return _accept(wanted, got, (section,))
        every = range(len(wanted.parts))
        links = sorted(link for part in wanted.parts for link in part.links)
        notes = sorted(key for part in wanted.parts for key in part.footnotes)
        same = links == sorted(link for part in got.parts for link in part.links)
        same = same and notes == sorted(key for part in got.parts for key in part.footnotes)
        return _accept(wanted, got, every) if same else wanted

    return expect


def _accept(wanted: Outline, got: Outline, parts: Sequence[int]) -> Outline:
    """The links and references of these parts are as they are; the stops say what they should be."""
    for index in parts:
        new = got.parts[index]
        part = wanted.parts[index]._replace(links=new.links, footnotes=new.footnotes)
        wanted = wanted.with_part(index, part)
    return wanted


def _warned(page: Page) -> tuple[str, ...]:
    """Words such as "stops 1 to 9" do not follow by themselves."""
    body = page.text[page.intro.span.start :]
    if _BY_NUMBER.search(body) is None:
        return ()
    return ("The text names stops by their numbers. Look whether they are still right.",)


# -- where things stand, and how they are written ------------------------------------------------


def _blocks(page: Page) -> list[Block]:
    return scan(page.text, page.intro.span.start)


def _found(page: Page, stop: Stop) -> tuple[int, list[Anatomy]]:
    if stop not in page.stops:
        raise Stale(f"The stop '{stop.link.text}' is not there any more")
    return page.stops.index(stop), list(taken_apart(page.text, _blocks(page)))


def _section_at(page: Page, at: int) -> int:
    return max(n for n, section in enumerate(page.sections) if n == 0 or section.span.start <= at)


def content_end(text: str, block: Block) -> int:
    """Where a block's last line ends, its line ending left out."""
    end = block.end
    while end > block.start and text[end - 1] in "\r\n":
        end -= 1
    return end


def _idle(page: Page, says: str) -> Edit:
    return Edit(page.path, page.digest, (), says)


def _named(words: str) -> str:
    named = reads_as(words, False)
    if not named:
        raise Refused("A stop needs words for its link", "Give the title of the page or step.")
    return named


def _tidied(words: str) -> str:
    """Paragraphs as they will be read: each on one line, a blank line between."""
    return "\n\n".join(
        line for paragraph in _PARAGRAPHS.split(words) if (line := tidy(paragraph, "A stop"))
    )


def _labelled(label: str, words: str) -> list[str]:
    """The lines of paragraphs that each begin with what they are."""
    lines: list[str] = []
    for paragraph in words.split("\n\n") if words else ():
        lines += (
            ["", f"{label.rstrip()} {paragraph}"] if lines else [label.rstrip() + f" {paragraph}"]
        )
    return lines


def _note_lines(words: str) -> list[str]:
    """The lines of a note, as they will be read back."""
    lines = [line.rstrip() for line in re.split(r"\r\n|\r|\n", words.strip())]
    for line in lines:
        tidy(line, "A note")
    return lines if any(lines) else []


def _quoted(lines: list[str]) -> list[str]:
    return ["> [!TRAINER]", *(f"> {line}".rstrip() for line in lines)] if lines else []


def _put(page: Page, parts: Anatomy, blocks: list[Block], lines: list[str]) -> list[Replacement]:
    """Other lines for the first of these blocks; the others go, or all when there are no lines."""
    text = page.text
    changes: list[Replacement] = []
    for block in blocks if not lines else blocks[1:]:
        before = parts.children[parts.children.index(block) - 1]
        changes.append(Replacement(content_end(text, before), content_end(text, block), ""))
    if lines:
        first = blocks[0]
        lead = _lead(text, first) or ""
        joined = _joined(lines, newline_at(text, first.start), lead)
        changes.append(Replacement(first.start, content_end(text, first), joined))
    return changes


def _below(page: Page, found: list[Anatomy], parts: Anatomy, lines: list[str]) -> str:
    """Lines as a block of its own, below another block of the same stop."""
    others = [parts, *found]
    inner = _inner(page.text, others, parts.item.indent)
    newline = newline_at(page.text, parts.item.start)
    return newline * 2 + inner + _joined(lines, newline, inner)


def _joined(lines: list[str], newline: str, lead: str) -> str:
    return newline.join(lead + line if line and n else line for n, line in enumerate(lines))


def _lead(text: str, block: Block) -> str | None:
    """The white space a block's line begins with; None when something else stands there."""
    lead = text[line_start(text, block.start) : block.start]
    return None if lead.strip(" \t") else lead


def _inner(text: str, found: Sequence[Anatomy], column: int) -> str:
    """What lines inside a stop begin with, as its neighbours have it."""
    for parts in found:
        for block in parts.children[1:]:
            lead = _lead(text, block)
            if lead and column <= len(lead.expandtabs(4)) < column + 4:
                return lead
    return " " * max(4, column)


def _plan(
    text: str, found: Sequence[Anatomy], parts: Anatomy | None, minutes: int, covered: bool
) -> str:
    """`(3 minutes, covered)`, in the words this author uses."""
    own = [parts] if parts is not None else []
    unit, many = "minute", "s"
    for other in (*own, *found):
        written = _UNIT.search(other.plan.group()) if other.plan is not None else None
        if written is not None:
            unit = written.group(1)
            many = "s" if len(unit) > 3 else written.group(2)
            break
    time = [f"{minutes} {unit}{many if minutes != 1 else ''}"] if minutes else []
    words = ", ".join([*time, *(["covered"] if covered else [])])
    return f"({words})" if words else ""


def _loose(text: str, found: Sequence[Anatomy], new: NewStop) -> bool:
    """Whether blank lines stand between the stops."""
    gaps = [ends_blank(text, line_start(text, parts.item.start)) for parts in found[1:]]
    return any(gaps) or not gaps or bool(new.ask or new.outcome or new.notes)


def _first_place(page: Page) -> tuple[int, str, str, str]:
    """Where the first stop goes: below the heading that says so, else at the end of the page."""
    text = page.text
    named = [s for s in page.sections if s.level and "running order" in s.title.casefold()]
    section: Section = named[0] if named else page.sections[-1]
    start = max(section.body.start, len(text[: section.span.end].rstrip()))
    start = min(start, section.span.end)
    newline = newline_at(text, start)
    if ends_line(text, start):
        before = "" if ends_blank(text, start) else newline
        return start, "1. ", before, newline
    return start, "1. ", newline * 2, ""


__all__ = [
    "MOST_MINUTES", "NewStop", "add_stop", "move_stop", "remove_stop", "set_link", "set_notes",
    "set_plan", "set_said", "trainer_words",
]  # fmt: skip
