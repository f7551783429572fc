"""What a page's blocks give away about its author's slips, and where Markdown programs disagree."""

from __future__ import annotations

import re

from knowledge.inline import find_way, read_inline
from knowledge.model import Kind
from knowledge.problems import Fix
from knowledge.report import Report
from knowledge.scan import MAX_DEPTH, Block, Type

_TIGHT_HEADING = re.compile(r"(#{1,6})(?=[^\s#])")
_STRANGE_ARROW = re.compile(r"=>|⇒|➔|➜|➡️?|⟶|—>|–>|-&gt;|&rarr;|» ")
_ARROW = re.compile(r"→|->")
_MARK = re.compile(r"(?:[-*+•·▪◦●‣–][ \t\u00a0]*)?(?!>)")
_FENCE_END = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*\Z")
_HEADING_LINE = re.compile(r"^[ \t>]*#{1,6}[ \t]+\S", re.MULTILINE)
_WAY_LINE = re.compile(
    r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+[^\r\n]*(?:→|->)[^\r\n]*\]\(", re.MULTILINE
)
_STOP_LINE = re.compile(r"^[ \t]*(?:(?:Ask|Outcome):|>[ \t]*\[!)", re.MULTILINE | re.IGNORECASE)
_CALLOUT = re.compile(r"\[(!?)(?:URGENT|LOCAL|TRAINER|NOTE)\](?!\()", re.IGNORECASE)
_DEFINITION = re.compile(
    r"(?:^|(?<=\r))[ \t>]*\[(?!\^)([^\[\]\r\n]{1,200})\]:[ \t]*(?:<([^<>\r\n]*)>|([^\s<]\S*))",
    re.MULTILINE,
)
_REFERENCE = re.compile(r"\[(?![\^!])([^\[\]]{1,200})\](?:\[([^\[\]]{0,200})\])?(?![(:\[])")


def read_shape(text: str, blocks: list[Block], kind: Kind, ours: bool, report: Report) -> None:
    """Report every block that is probably not what its author meant.

    `ours`: the page is written for this program; plain notes may use Markdown as they like.
    """
    pathway = kind is Kind.PATHWAY
    targets = _definitions(text, blocks) if ours and "]:" in text else {}
    for index, block in enumerate(blocks):
        if block.type is Type.PARAGRAPH:
            if ours and text[block.content] == "[":
                _callout(text, blocks, block, kind, report)
            if targets and _references(text, block, targets, report):
                continue  # what else seems wrong here comes from that
            _paragraph(text, blocks, index, pathway, report)
        elif block.type is Type.CODE:
            _code(text, block, kind, report)
        elif block.type is Type.HTML:
            _html(text, block, report)
        elif block.level == MAX_DEPTH - 1 and block.type in (Type.QUOTE, Type.ITEM):
            report.warn(
                "nested-deep",
                block.start,
                f"Lists and quotes stand inside each other {MAX_DEPTH} deep",
                "Flatten them",
            )


def _paragraph(text: str, blocks: list[Block], index: int, pathway: bool, report: Report) -> None:
    _tight_heading(text, blocks[index], report)
    if pathway:
        _almost_a_way(text, blocks, index, report)


def _tight_heading(text: str, block: Block, report: Report) -> None:
    tight = (
        _TIGHT_HEADING.match(text, block.content, block.end)
        if text[block.content] == "#" and block.parent < 0
        else None
    )
    if tight is not None:
        at = tight.end()
        report.warn(
            "heading-no-space",
            block.content,
            "This is no heading, because no space follows the # signs",
            "Put a space behind the # signs",
            Fix("Add the space", at, at, " "),
        )


def _almost_a_way(text: str, blocks: list[Block], index: int, report: Report) -> None:
    block = blocks[index]
    words = text[block.content : block.end]
    arrow = _ARROW.search(words)
    strange = _STRANGE_ARROW.search(words) if "](" in words else None
    if strange is None and arrow is None:
        return
    inline = read_inline(text, block.content, block.end, code=True)
    way = find_way(text, block.content, block.end, inline)
    parent = blocks[block.parent] if block.parent >= 0 else None
    if way is not None and arrow is not None:
        if parent is None:
            mark = _MARK.match(text, block.content)
            report.error(
                "way-not-in-list",
                block.content,
                "This has an arrow and a link but is not in a list, so it is no way on",
                "Begin the line with a dash and a space",
                Fix("Begin it with a dash", block.content, mark.end(), "- ") if mark else None,
            )
        elif parent.parent >= 0 or parent.type is Type.QUOTE:
            report.warn(
                "way-nested",
                block.content,
                "This stands inside another list or a quote, so it is no way on of the step",
                "Begin the line at the left edge with a dash",
                _moved_out(text, parent, block),
            )
        return
    if parent is None or parent.type is not Type.ITEM or blocks[index - 1] is not parent:
        return
    if strange is not None and inline.links and not inline.links[-1].image:
        at = block.content + strange.start()
        report.error(
            "way-arrow",
            at,
            f"'{strange.group().strip()}' is no arrow that I know, so this is no way on",
            "Write the arrow as → or ->",
            Fix("Use →", at, at + len(strange.group().rstrip()), "→"),
        )
    elif arrow is not None and not any(
        c.start <= block.content + arrow.start() < c.end for c in inline.code
    ):
        if not inline.links:
            report.error(
                "way-no-link",
                block.content + arrow.start(),
                "This has an arrow but no link behind it, so it is no way on",
                "Write the step it leads to as [Title](#step)",
            )
        else:
            report.error(
                "way-unclear",
                block.content + arrow.start(),
                "Behind the arrow of a way on stands one link and nothing else",
                "Move the other words before the arrow or into the step",
            )


def _moved_out(text: str, item: Block, words: Block) -> Fix | None:
    """A list item inside another, begun at the left edge instead."""
    start = item.start
    while start > 0 and text[start - 1] not in "\r\n":
        start -= 1
    before = text[start : words.content]
    mark = before.lstrip(" \t")
    if item.type is not Type.ITEM or before == mark or mark[:1] not in ("-", "*", "+"):
        return None
    return Fix("Move it to the edge", start, start + len(before) - len(mark), "")


def _callout(text: str, blocks: list[Block], block: Block, kind: Kind, report: Report) -> None:
    """A call-out that will not be one, because of where it stands or how it is written."""
    found = _CALLOUT.match(text, block.content, block.end)
    if found is None:
        return
    quote = blocks[block.parent] if block.parent >= 0 else None
    if quote is None or quote.type is not Type.QUOTE:
        report.error(
            "callout-no-quote",
            block.content,
            f"{found.group()} is no call-out here, because the line does not begin with >",
            "Begin this line, and the others of the call-out, with > and a space",
            Fix("Begin it with >", block.content, block.content, "> ") if quote is None else None,
        )
    elif quote.parent >= 0:
        if kind is Kind.SESSION:
            return  # what the trainer sees stands under its stop
        report.error(
            "callout-inside",
            block.content,
            f"{found.group()} is no call-out here, because it stands inside a list or another quote",
            "Begin its lines at the left edge",
        )
    elif not found.group(1) and quote.content == block.content:
        at = block.content + 1
        report.error(
            "callout-no-mark",
            block.content,
            f"{found.group()} is no call-out, because a ! is missing",
            f"Write it as [!{found.group()[1:]}",
            Fix("Put the ! in", at, at, "!"),
        )


def _definitions(text: str, blocks: list[Block]) -> dict[str, str]:
    """Addresses that stand apart from their links, by the words in brackets."""
    found: dict[str, str] = {}
    for block in blocks:
        if block.type is Type.PARAGRAPH and text[block.content] == "[":
            for name, pointed, bare in _DEFINITION.findall(text[block.content : block.end]):
                found.setdefault(" ".join(name.split()).casefold(), pointed or bare)
    return found


def _references(text: str, block: Block, targets: dict[str, str], report: Report) -> bool:
    """Report links whose address stands elsewhere; whether there was one."""
    inline = read_inline(text, block.content, block.end, code=True)
    hidden = sorted([*inline.code, *(link.span for link in inline.links)], reverse=True)
    before = len(report.problems)
    for found in _REFERENCE.finditer(text, block.content, block.end):
        name = " ".join((found.group(2) or found.group(1)).split()).casefold()
        while hidden and hidden[-1].end <= found.start():
            hidden.pop()
        if name not in targets or (hidden and hidden[-1].start <= found.start()):
            continue
        inlined = f"[{found.group(1)}]({targets[name]})"
        report.warn(
            "link-by-reference",
            found.start(),
            f"The address of the link '{found.group(1)[:60]}' stands elsewhere on the page, so it is not checked"
            " and makes no way on",
            f"Write it as {inlined[:120]}",
            Fix("Put the address in", found.start(), found.end(), inlined),
        )
    return len(report.problems) > before


def _code(text: str, block: Block, kind: Kind, report: Report) -> None:
    fenced = text[block.start : block.start + 1] in "`~"
    words = text[block.content : block.end]
    if fenced and _unclosed(text, block):
        report.error(
            "fence-open",
            block.start,
            "A block of code begins here and never ends, so everything after it is shown as code",
            f"Put a line of {text[block.start : block.start + 3]} where it ends",
        )
        return
    if fenced:
        return
    if kind is Kind.SESSION and _STOP_LINE.search(words):
        report.warn(  # most often from stop 100 on, whose number takes one column more
            "code-indented",
            block.start,
            "This line begins too far left to belong to its stop, so it is shown as code and does not count",
            "Put spaces before it until it begins under the first word of its stop",
        )
    elif _HEADING_LINE.search(words) or (kind is Kind.PATHWAY and _WAY_LINE.search(words)):
        report.warn(
            "code-indented",
            block.start,
            "This line begins with four spaces or a Tab, so it is shown as code and does not count",
            "Take the spaces at its beginning away",
        )


def _unclosed(text: str, block: Block) -> bool:
    """Whether the fence runs to the end of the text without its closing line."""
    if block.end < len(text.rstrip()):
        return False
    last = _FENCE_END.search(text[block.content : block.end].rstrip("\r\n")[-200:])
    opening = text[block.start]
    return (
        last is None or last.group(1)[0] != opening or text.count("\n", block.start, block.end) < 1
    )


def _html(text: str, block: Block, report: Report) -> None:
    words = text[block.start : block.end]
    if words.startswith("<!--") and "-->" not in words:
        report.error(
            "comment-open",
            block.start,
            "A comment begins here with <!-- and never ends, so the rest is hidden",
            "Put --> where it ends",
        )
        return
    if _HEADING_LINE.search(words):
        report.warn(
            "html-hides",
            block.start,
            "A heading stands inside HTML or a comment here, so it does not count",
            "Put an empty line before it, or take the HTML away",
        )
    elif not words.startswith("<!--"):
        report.notice(
            "html",
            block.start,
            "HTML is written here; it is shown only as far as it is harmless",
            "Use Markdown instead",
        )
