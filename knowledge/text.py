"""Bytes to text and back without a loss, where lines begin, and names made from words."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from knowledge.model import Encoding

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LINE_END = re.compile(r"\r\n|\r|\n")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]+")
_NUL_WINDOW = 8192


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text; `doubt` says why the text may not be what its author saw."""

    text: str
    encoding: Encoding
    doubt: str = ""  # "", "not-utf-8" or "binary"


def decode(data: bytes) -> Decoded:
    """Read bytes as UTF-8, else as Windows wrote them; the result encodes to the same bytes again."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                text = data[len(bom) :].decode(name)
            except UnicodeDecodeError:
                mark = bom if name == "utf-8" else b""
                break
            doubt = "" if name == "utf-8" else "not-utf-8"
            return Decoded(text, Encoding(name, bom), doubt)
    else:
        mark = b""
    binary = b"\0" in data[:_NUL_WINDOW]
    for name in ("utf-8", "cp1252", "latin-1"):
        try:
            text = data[len(mark) :].decode(name)
        except UnicodeDecodeError:
            continue
        doubt = "binary" if binary else "" if name == "utf-8" else "not-utf-8"
        return Decoded(text, Encoding(name, mark), doubt)
    raise AssertionError("latin-1 decodes every byte")


def encode(text: str, encoding: Encoding) -> bytes:
    """The bytes `decode` was given. Text that does not fit the old encoding becomes UTF-8."""
    try:
        return encoding.bom + text.encode(encoding.name)
    except UnicodeEncodeError:
        return text.encode("utf-8")


class Lines:
    """Where each line begins; only CR, LF and CRLF end one."""

    __slots__ = ("_text", "starts")

    def __init__(self, text: str) -> None:
        self._text = text
        if "\r" in text:
            self.starts = [0, *(m.end() for m in _LINE_END.finditer(text))]
        else:
            self.starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
            self.starts.pop()  # behind the last line
        if len(self.starts) > 1 and self.starts[-1] == len(text):
            self.starts.pop()

    def number(self, offset: int) -> int:
        """The line, counted from 1, that holds the character at `offset`."""
        return bisect_right(self.starts, offset)

    def __len__(self) -> int:
        return len(self.starts)


def newline_of(text: str) -> str:
    """The line ending an author uses: the first one seen, LF when there is none."""
    found = _LINE_END.search(text)
    return found.group() if found else "\n"


def slug(title: str) -> str:
    """An anchor for a title, as other Markdown viewers make it."""
    text = unicodedata.normalize("NFC", title).strip().lower()
    return re.sub(r"\s", "-", _NOT_IN_SLUG.sub("", text))


_MARK = re.compile(r"[\[*_`\\~]")
_MARKUP = re.compile(
    r"!?\[(?!\^)([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)"  # links and pictures: their words
    r"|\[\^[^\]\s]+\]"  # footnote references: nothing
    r"|(\*\*|__|\*|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|~~|`+)"  # emphasis and code marks: nothing
    r"|\\([!-/:-@\[-`{-~])"  # escaped punctuation: itself
)


def plain(markdown: str) -> str:
    """The words of one line or paragraph of Markdown, marks taken off."""
    if _MARK.search(markdown) is None:
        return markdown.strip()
    return _MARKUP.sub(lambda m: m.group(1) or m.group(3) or "", markdown).strip()


_WORD = re.compile(r"[^\W_]\S*")  # from its first letter or figure on, so that each is found once
_UNREAD = re.compile(r"\{[^{}\n]*\}[ \t]*$|^> ?\[!\w+\]", re.MULTILINE)


def count_words(markdown: str) -> int:
    """How many words somebody reads: marks, addresses and what stands in braces are none."""
    read = plain(_UNREAD.sub("", markdown))
    return len(_WORD.findall(read))


def shared_ends(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """How much of both is the same from the beginning, and of the rest from the end."""
    least = min(len(old), len(new))
    first = next((n for n in range(least) if old[n] != new[n]), least)
    rest = least - first
    return first, next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
