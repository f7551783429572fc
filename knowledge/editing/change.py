"""A change to a page as data: which stretches of its text are replaced, with what, and what that means in words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.errors import KnowledgeError
from knowledge.model import Encoding, Page
from knowledge.text import decode, encode, newline_of

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK_BEFORE = re.compile(r"(?:\A|[\r\n])[ \t]*(?:\r\n|\r|\n)\Z")
_NAMES = {"cp1252": "Windows-1252", "latin-1": "Latin-1"}


class Refused(KnowledgeError):
    """This change cannot be made safely; the sentence says why."""

    remedy = "Change it in the text instead."


class Stale(Refused):
    """The page, or the part that was to be changed, is not the one that was looked at."""

    remedy = "Open the page again and repeat the change."


class Replacement(NamedTuple):
    """Put `text` where start..end of the page's text stands."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """The smallest change to one page. `digest` names the state of the file that it was made for."""

    path: str
    digest: str
    replacements: tuple[Replacement, ...]  # in the order of the file, never overlapping
    says: str  # what it does, for the person who asked
    notes: tuple[str, ...] = ()  # what they should know besides

    def apply(self, text: str) -> str:
        """The text with the change made; everything else as it was."""
        pieces: list[str] = []
        at = 0
        for start, end, new in self.replacements:
            pieces += (text[at:start], new)
            at = end
        return "".join(pieces) + text[at:]


@dataclass(frozen=True, slots=True)
class Written:
    """A page's text as bytes. `converted`: it did not fit the old encoding, so it is UTF-8 from now on."""

    data: bytes
    converted: bool = False
    says: str = ""


def written(text: str, encoding: Encoding) -> Written:
    """The bytes for a page's new text, which read back as exactly this text."""
    try:
        data = encode(text, encoding)
    except UnicodeEncodeError as error:
        raise Refused("This holds a character that no file can hold", "Take it out.") from error
    if decode(data).text == text and _fits(text, encoding, data):
        return Written(data)
    data = text.encode("utf-8")
    if decode(data).text != text:
        raise Refused("This text cannot be kept in a file as it is")
    old = _NAMES.get(encoding.name, encoding.name)
    return Written(
        data,
        True,
        f"This file was written in {old}; from now on it is UTF-8, so that nothing is lost.",
    )


def _fits(text: str, encoding: Encoding, data: bytes) -> bool:
    try:
        return encoding.bom + text.encode(encoding.name) == data
    except UnicodeEncodeError:
        return False


def ordered(text: str, replacements: Iterable[Replacement]) -> tuple[Replacement, ...]:
    """The replacements in the order of the file; idle ones left out, no line endings run together."""
    found: list[Replacement] = []
    at = 0
    for new in sorted(replacements, key=lambda r: (r.start, r.end)):
        if new.start < at or new.end < new.start or new.end > len(text):
            raise Refused("Two changes touch the same words", "Make one after the other.")
        at = new.end
        if text[new.start : new.end] != new.text:
            found.append(_apart(text, new))
    return tuple(found)


def _apart(text: str, new: Replacement) -> Replacement:
    """A CR before and an LF behind would become one line ending where there were two."""
    words = new.text
    before, behind = text[new.start - 1 : new.start], text[new.end : new.end + 1]
    if before == "\r" and words[:1] == "\n":
        words = "\r" + words
    if behind == "\n" and (words or before)[-1:] == "\r":
        words += "\n"
    return Replacement(new.start, new.end, words)


# -- lines ---------------------------------------------------------------------------------------


def newline_at(text: str, at: int) -> str:
    """The line ending used just before `at`, else just behind it, else the page's own."""
    last = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at))
    if last >= 0:
        return "\r\n" if text[last] == "\n" and text[last - 1 : last] == "\r" else text[last]
    found = _LINE_END.search(text, at)
    return found.group() if found is not None else newline_of(text)


def line_start(text: str, at: int) -> int:
    """Where the line that holds `at` begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int, whole: bool = True) -> int:
    """Where the line that holds `at` ends, its line ending included when `whole`."""
    found = _LINE_END.search(text, at)
    if found is None:
        return len(text)
    return found.end() if whole else found.start()


def ends_line(text: str, at: int) -> bool:
    """Whether a new line may begin at `at`."""
    return at == 0 or text[at - 1] in "\r\n"


def ends_blank(text: str, at: int) -> bool:
    """Whether a blank line, or nothing at all, stands before `at`."""
    return at == 0 or _BLANK_BEFORE.search(text, max(0, at - 400), at) is not None


def with_newlines(words: str, newline: str) -> str:
    """Words of several lines, with this page's line endings."""
    return _LINE_END.sub(lambda _: newline, words)


def needs_reading(page: Page) -> None:
    """Refuse pages that could not be taken apart."""
    if not page.readable:
        raise Refused(
            f"'{page.path}' is too large, or not text, so it can only be changed as a whole"
        )
