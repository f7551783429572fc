"""Words as Markdown: escaped so that they read back as exactly what was asked, and links from page to page."""

from __future__ import annotations

import re
from posixpath import basename, dirname, relpath

from knowledge.editing.change import Refused
from knowledge.sections import resolve
from knowledge.text import plain

_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_MARK = re.compile(r"[\\`*\[\]]|<(?=[A-Za-z/!?])|~(?=~)|(?<=~)~|(?<![^\W_])_|_(?![^\W_])")
_FIRST = re.compile(r"[-+=>#|:~]|\d{1,9}(?=[.)])")
_LAST_HASH = re.compile(r"(?<!\\)#$")
_FOOTNOTE = re.compile(r"\[\^[^\]\[\s]{1,80}\](?!\()")
_QUOTED_IN_LINKS = re.compile(r"[\s()<>\"'\\|\[\]`%#?:{}]")
_UNSAFE_IN_URL = re.compile(r"[\s()<>\"'\\|`\x00-\x1f\x7f]")
ANCHOR = re.compile(r"[^\s#.{}\"'=\x00-\x20()<>\[\]`|\\%]+")


def tidy(words: str, what: str = "This") -> str:
    """One line of words, as it will be read back."""
    line = " ".join(words.split())
    if _UNWRITABLE.search(line):
        raise Refused(f"{what} holds a character that a page cannot hold", "Take it out.")
    return line


def escape(words: str, bars: bool = False) -> str:
    """Plain words so written that no part of them means anything in Markdown."""
    marked = _MARK.sub(lambda m: "\\" + m.group(), words)
    return marked.replace("|", "\\|") if bars else marked


def escape_first(marked: str) -> str:
    """Words that open a line: not a list, a quote, a heading, a rule."""
    found = _FIRST.match(marked)
    if found is None:
        return marked
    at = found.end() if found.group()[0].isdigit() else found.start()
    return f"{marked[:at]}\\{marked[at:]}"


def escape_last_hash(marked: str) -> str:
    """Words that end a heading: a last # would be taken for its closing mark."""
    return _LAST_HASH.sub(r"\\#", marked)


def as_markdown(words: str, markdown: bool, bars: bool = False) -> str:
    """What to write for the words asked for; Markdown is taken as it is, on one line."""
    return tidy(words) if markdown else escape(tidy(words), bars)


def reads_as(words: str, markdown: bool) -> str:
    """What the words asked for will read as."""
    return plain(tidy(words)) if markdown else tidy(words)


def footnotes_of(source: str) -> str:
    """The references to sources in a stretch of Markdown; plain words in its place must not lose them."""
    found = _FOOTNOTE.findall(source)
    return " " + " ".join(found) if found else ""


def _encoded(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found.group().encode())


def link_to(page: str, path: str, anchor: str = "") -> str:
    """The target to write on `page` for a link to `path`, a page or file of the library."""
    if page == path:
        where = "" if anchor else basename(path)
    else:
        where = relpath("/" + path, "/" + dirname(page))
    target = _QUOTED_IN_LINKS.sub(_encoded, where)
    if anchor:
        target += "#" + _QUOTED_IN_LINKS.sub(_encoded, anchor)
    if resolve(page, target) != (path, anchor):
        raise Refused(f"No link can lead to '{path}'", "Give that file a plainer name.")
    return target


def web_target(target: str) -> str:
    """A target as the author gave it, made safe to stand between the brackets of a link."""
    found = _UNSAFE_IN_URL.sub(_encoded, target.strip())
    if not found or _UNWRITABLE.search(found):
        raise Refused("A link has to lead somewhere", "Choose a page, or paste a web address.")
    return found
