"""Rules about slips of typing and pasting that Markdown passes over in silence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache

from knowledge.model import Page
from knowledge.problems import Fix, Severity
from knowledge.rules.registry import Found, has_details, rule
from knowledge.scan import Type, scan
from knowledge.text import Lines, newline_of

_GARBLED = re.compile(r"(?:[ÂÃ][\u00a0-\u00bf]|â[€„†‰][\u0080-\u00bf\u0152-\u2122])+")
_LOST = re.compile("\ufffd+")
_PARTED = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
_GOAL = r"[^\s()\[\]]*(?:\.md\b|#|https?://)[^\s()\[\]]*"
_GAP = re.compile(rf"\[[^\[\]\r\n]+\]([ \t]+)\({_GOAL}\)")
_TURNED = re.compile(rf"\(([^()\[\]\r\n]+)\)\[({_GOAL})\]")
_OPEN = re.compile(rf"\[[^\[\]\r\n]+\]\(({_GOAL})(?=[ \t]*(?:[\r\n]|$)|[ \t]+[^\s\"')])")
_BRACKETED = re.compile(r"\[([^\[\]\s^]{1,40})\](?![(\[:])")
_BULLET = re.compile(r"^[ \t]*([•·▪◦●‣][ \t\u00a0]*)(?=\S)", re.MULTILINE)
_BRACES = re.compile(r"^#{1,6}[^\r\n{]*(\{[^\r\n{}]*[“”„‟‘’][^\r\n{}]*\})[ \t]*$", re.MULTILINE)
_ROWS = re.compile(r"(?:^|(?<=\n))(\|[^\r\n]*\|[ \t]*)(\r\n|\n|\r)\|[^\r\n]*\|[ \t]*(?=[\r\n]|$)")
_DASHES = re.compile(r"[ \t]*\|?[ \t]*:?-+")


@lru_cache(maxsize=4)
def _code(page: Page) -> tuple[tuple[int, int], ...]:
    """Where code stands, in which anything may be meant."""
    body = page.front.end if page.front is not None else 0
    blocks = scan(page.text, page.text.find("\n", body) + 1 if body else 0)
    return tuple((b.start, b.end) for b in blocks if b.type is Type.CODE)


def _matches(
    pattern: re.Pattern[str],
    page: Page,
    signs: Iterable[str] = (),
    keys: Collection[str] | None = None,
) -> Iterator[tuple[re.Match[str], int]]:
    """Each match in the words of a page, with its line.

    A page with none of the `signs` is passed over, which is many times as quick as a pattern. Only
    matches that name one of the `keys` count, where these are given.
    """
    if signs and not any(sign in page.text for sign in signs):
        return
    lines: Lines | None = None
    for found in pattern.finditer(page.text) if has_details(page) else ():
        if keys is not None and found.group(1) not in keys:
            continue
        if any(start <= found.start() < end for start, end in _code(page)):
            continue
        lines = lines or Lines(page.text)
        yield found, lines.number(found.start(1) if pattern.groups else found.start())


def _ungarbled(words: str) -> str:
    """What the letters were before they were read in the wrong encoding; "" when nobody can tell."""
    data = bytearray()
    for letter in words:
        try:
            data += letter.encode("cp1252")
        except UnicodeEncodeError:
            data += letter.encode("latin-1", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""


@rule("letters-garbled", Severity.ERROR, "Letters are what their author typed")
def letters_read_in_the_wrong_way(page: Page, today: date) -> Iterator[Found]:
    for found, line in _matches(_GARBLED, page, "ÂÃâ"):
        meant = _ungarbled(found.group())
        if meant:
            yield Found(
                line,
                f"'{found.group()[:20]}' stands where '{meant[:20]}' was typed",
                "It went wrong on the way from another program",
                fix=Fix(f"Write {meant[:20]}", found.start(), found.end(), meant),
            )


@rule("letter-lost", Severity.ERROR, "No letter is lost")
def letter_nobody_can_read(page: Page, today: date) -> Iterator[Found]:
    for found, line in _matches(_LOST, page, "\ufffd"):
        before = page.text[max(0, found.start() - 12) : found.start()].split("\n")[-1]
        yield Found(
            line,
            f"A letter was lost behind '{before}'",
            "Type it again; it went missing on the way from another program",
        )


@rule("versions-mixed", Severity.ERROR, "A page is one version, not two")
def two_versions_in_one_page(page: Page, today: date) -> Iterator[Found]:
    for found, line in _matches(_PARTED, page, ("<<<<<<<", ">>>>>>>")):
        if found.group()[0] == "<":
            yield Found(
                line,
                "Two versions of this page stand here, one below the other",
                "Keep the words that are right; take out the others, and the lines of <, = and >",
            )


@rule("link-gap", Severity.ERROR, "The two brackets of a link stand together")
def link_with_a_gap(page: Page, today: date) -> Iterator[Found]:
    for found, line in _matches(_GAP, page):
        yield Found(
            line,
            "This is no link, because a space stands between its two brackets",
            "Take the space away",
            fix=Fix("Take the space away", found.start(1), found.end(1), ""),
        )


@rule("link-turned", Severity.ERROR, "A link has its words in square brackets")
def link_turned_round(page: Page, today: date) -> Iterator[Found]:
    for found, line in _matches(_TURNED, page):
        meant = f"[{found.group(1)}]({found.group(2)})"
        yield Found(
            line,
            "This is no link, because its brackets are the wrong way round",
            f"Write it as {meant[:90]}",
            fix=Fix("Turn them round", found.start(), found.end(), meant),
        )


@rule("link-open", Severity.ERROR, "The bracket of a link is closed")
def link_left_open(page: Page, today: date) -> Iterator[Found]:
    for found, line in _matches(_OPEN, page):
        goal = found.group(1)
        at = found.start(1) + len(goal.rstrip(".,;:"))
        yield Found(
            line,
            "This is no link, because its last bracket is missing",
            "Put ) behind its address",
            fix=Fix("Put the bracket in", at, at, ")"),
        )


@rule("source-no-hook", Severity.WARNING, "A source is named as [^key]")
def source_named_without_its_hook(page: Page, today: date) -> Iterator[Found]:
    keys = {source.key for source in page.sources}
    body = page.front.end if page.front is not None else 0
    for found, line in _matches(_BRACKETED, page, keys=keys) if keys else ():
        if found.start() > body and page.text[found.start() - 1] not in "]!\\":
            at = found.start(1)
            yield Found(
                line,
                f"[{found.group(1)}] is shown as it stands, because a ^ is missing",
                f"Write it as [^{found.group(1)}]",
                fix=Fix("Put the ^ in", at, at, "^"),
            )


@rule("list-mark", Severity.WARNING, "The lines of a list begin with a dash")
def list_with_another_programs_marks(page: Page, today: date) -> Iterator[Found]:
    for found, line in _matches(_BULLET, page, "•·▪◦●‣"):
        yield Found(
            line,
            f"This is no list, because the line begins with {found.group(1)[0]}",
            "Begin it with a dash and a space",
            fix=Fix("Begin it with a dash", found.start(1), found.end(1), "- "),
        )


@rule("heading-quotes", Severity.ERROR, "What stands behind a heading is in straight quotes")
def heading_with_curly_quotes(page: Page, today: date) -> Iterator[Found]:
    for found, line in _matches(_BRACES, page, "“”„‟‘’"):
        straight = re.sub("[“”„‟]", '"', found.group(1))
        straight = re.sub("[‘’]", "'", straight)
        yield Found(
            line,
            "What stands in { } is not understood, because its quotes are curly",
            'Use straight quotes: "',
            fix=Fix("Make them straight", found.start(1), found.end(1), straight),
        )


@rule("table-no-line", Severity.ERROR, "A line of dashes stands below the head of a table")
def table_without_its_line(page: Page, today: date) -> Iterator[Found]:
    tables = [table.span for section in page.sections for table in section.tables]
    rows = page.text.count("\n|") + page.text.count("\r|")
    inside = (page.text.count("\n|", max(0, t.start - 1), t.end) for t in tables)
    if not page.text.startswith("|") and rows == sum(inside):
        return  # every row stands in a table
    last = 0
    for found, line in _matches(_ROWS, page):
        start = found.start(1)
        if start < last or any(span.start <= start < span.end for span in tables):
            continue
        gap = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)").search(page.text, start)
        last = gap.start() if gap is not None else len(page.text)
        second = page.text[found.end(2) : found.end()]
        if _DASHES.match(second) or _DASHES.match(found.group(1)):
            continue  # there is a line of dashes; something else is wrong
        columns = found.group(1).strip().strip("|").replace("\\|", "").count("|") + 1
        rule_line = "|" + "---|" * columns + newline_of(page.text)
        yield Found(
            line,
            "This is no table, because no line of dashes stands below its first row",
            f"Put {rule_line.strip()} below it",
            fix=Fix("Put the line in", found.end(2), found.end(2), rule_line),
        )
