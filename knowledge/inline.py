"""Links, pictures, footnotes and arrows inside a paragraph, with their places; code spans hide all of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from knowledge.model import Span

_MARK = re.compile(
    r"\\.|`+|!\[|\[\^[^\]\[\s]{1,80}\](?!\()|\[|\]|<(?:https?|mailto):[^\s<>]{1,2000}>"
)
# Possessive throughout: what has been read is never given back, so that no text takes long to refuse.
_TARGET = re.compile(
    r"\(\s*+(?:<([^<>\r\n]*+)>|([^\s()<]*+(?:\([^\s()]*+\)[^\s()]*+)*+))"
    r"(?:\s++(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?+\s*+\)"
)
_AFTER_LINK = re.compile(r"(?:\s|\[\^[^\]\[\s]{1,80}\]|[.;*_])*+$")


class RawLink(NamedTuple):
    """A link as it stands in the text, before anybody asks where it leads."""

    span: Span
    text: Span
    target: Span
    image: bool


class Inline(NamedTuple):
    """What stands in one paragraph."""

    links: tuple[RawLink, ...]
    footnotes: tuple[Span, ...]  # the keys
    code: tuple[Span, ...]


_NOTHING = Inline((), (), ())


def read_inline(text: str, start: int, end: int, code: bool = False) -> Inline:
    """Find the links, pictures and footnotes between `start` and `end`, in one pass.

    Code spans are found where they could hide one of these; everywhere, when `code` asks for them.
    """
    if (
        text.find("[", start, end) < 0
        and text.find("<", start, end) < 0
        and not (code and text.find("`", start, end) >= 0)
    ):
        return _NOTHING
    links: list[RawLink] = []
    notes: list[Span] = []
    codes: list[Span] = []
    brackets: list[tuple[int, bool]] = []
    closers: _BacktickRuns | None = None
    at = start
    while (mark := _MARK.search(text, at, end)) is not None:
        at = mark.end()
        token = mark.group()
        if token[0] == "`":
            closers = closers or _BacktickRuns(text, start, end)
            close = closers.after(at, len(token))
            if close >= 0:
                at = close + len(token)
                codes.append(Span(mark.start(), at))
        elif token == "[":
            brackets.append((mark.start(), False))
        elif token == "![":
            brackets.append((mark.start(), True))
        elif token[0] == "<":
            inner = Span(mark.start() + 1, mark.end() - 1)
            links.append(RawLink(Span(mark.start(), mark.end()), inner, inner, False))
        elif token[0] == "[":
            notes.append(Span(mark.start() + 2, mark.end() - 1))
        elif token == "]" and brackets:
            opened, image = brackets.pop()
            target = _TARGET.match(text, at, end)
            if target is None:
                continue
            words = Span(opened + (2 if image else 1), mark.start())
            group = 1 if target.group(1) is not None else 2
            links.append(
                RawLink(Span(opened, target.end()), words, Span(*target.span(group)), image)
            )
            at = target.end()
            if not image:  # no links inside links
                brackets = [b for b in brackets if b[1]] if len(brackets) < 8 else []
    return Inline(tuple(links), tuple(notes), tuple(codes))


def find_way(text: str, start: int, end: int, inline: Inline) -> tuple[Span, RawLink] | None:
    """The arrow and the one link that end a paragraph, as a way on does; None when it is none."""
    if not inline.links or not _AFTER_LINK.match(text, inline.links[-1].span.end, end):
        return None
    link = inline.links[-1]
    if link.image:
        return None
    after = link.span.start
    while after > start and text[after - 1] in " \t\r\n*_":
        after -= 1
    if text[after - 1 : after] == "→":
        before = after - 1
    elif text[after - 2 : after] == "->":
        before = after - 2
        while before > start and text[before - 1] == "-":
            before -= 1
    else:
        return None
    if before < start or any(c.start <= before < c.end for c in inline.code):
        return None
    return Span(before, after), link


class _BacktickRuns:
    """Where the next run of so many backticks stands, without looking at any character twice."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.runs: dict[int, list[int]] = {}
        if text.find("`", start, end) >= 0:
            for run in self._all(text, start, end):
                self.runs.setdefault(run.end() - run.start(), []).append(run.start())

    @staticmethod
    def _all(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        return re.compile("`+").finditer(text, start, end)

    def after(self, at: int, length: int) -> int:
        """The start of the next run of exactly `length` at or behind `at`, or -1."""
        starts = self.runs.get(length, [])
        index = bisect_right(starts, at - 1)
        return starts[index] if index < len(starts) else -1
