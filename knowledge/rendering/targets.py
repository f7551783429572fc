"""Where a link or picture in a page may lead: the addresses that rendered HTML holds, and no others."""

from __future__ import annotations

import html
import re
from enum import StrEnum
from posixpath import normpath, splitext
from typing import NamedTuple
from urllib.parse import quote, unquote

from knowledge.sections import resolve

PICTURES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"))
PAGES = frozenset((".md", ".markdown"))
_MAX = 2000
_BAD = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\\<>\"`]")
_WEB = re.compile(
    r"https?://([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)(?::\d{1,5})?"
    r"(?:[/?#].*)?\Z",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"mailto:[^@\s?&,;]{1,200}@[a-z0-9.-]{1,200}(?:\?subject=[^&]*)?\Z", re.IGNORECASE
)
_PHONE = re.compile(r"tel:\+?[0-9()./-]{2,40}\Z", re.IGNORECASE)
_FRAGMENT = re.compile(r"[^\s#<>\"'\\]{0,300}\Z")
_TERM = re.compile(r"[^\t\r\n<>\"'\\]{1,300}\Z")


class Lead(StrEnum):
    """What sort of place an address in rendered HTML names."""

    PAGE = "page"  # a page of the library, and perhaps a heading on it
    SOURCE = "source"  # a place in the HTML itself: a source, a note
    TERM = "term"  # a word of the glossary
    WEB = "web"  # outside: a web page, an e-mail address, a telephone number
    EMAIL = "email"
    PHONE = "phone"
    NOWHERE = "nowhere"  # nothing that may be opened


class Target(NamedTuple):
    """An address taken apart: the page's path, the term, the host or the number, and the anchor."""

    lead: Lead
    where: str = ""
    anchor: str = ""

    @property
    def outside(self) -> bool:
        return self.lead in (Lead.WEB, Lead.EMAIL, Lead.PHONE)


def read_target(address: str) -> Target:
    """What an address in rendered HTML names; for the window's router, and for the last check before showing."""
    scheme, _, rest = address.partition(":")
    if address.startswith("#"):
        return Target(Lead.SOURCE, "", address[1:]) if _FRAGMENT.match(address[1:]) else _NOWHERE
    if scheme == "page":
        where, _, anchor = rest.partition("#")
        path = _inside(unquote(where))
        return Target(Lead.PAGE, path, unquote(anchor)) if path else _NOWHERE
    if scheme == "term":
        return Target(Lead.TERM, unquote(rest)) if _TERM.match(rest) else _NOWHERE
    return _outside(address)


def link_address(page: str, target: str) -> str:
    """The address of a link as its author wrote it; "" when it may not be followed."""
    target = html.unescape(target).strip()
    if not target or len(target) > _MAX:
        return ""
    outside = _outside(target)
    if outside.lead is not Lead.NOWHERE:
        return target
    if "%00" in target or "\\" in target or target.startswith("/"):
        return ""
    path, anchor = resolve(page, target)
    if path != page and splitext(path)[1].lower() not in PAGES:
        return ""
    return page_address(path, anchor) if _inside(path) else ""


def page_address(path: str, anchor: str = "") -> str:
    """The address of a page of the library, or of a heading on it."""
    return f"page:{quote(path)}" + (f"#{quote(anchor)}" if anchor else "")


def term_address(term: str) -> str:
    return f"term:{quote(term, safe='')}"


def picture_address(page: str, target: str) -> str:
    """The address of a picture inside the library; "" for every other one."""
    target = html.unescape(target).strip()
    if not target or len(target) > _MAX or "\\" in target or target.startswith("/"):
        return ""
    path, _ = resolve(page, target)
    address = f"media:{quote(path)}"
    return address if picture_path(address) else ""


def picture_path(address: str) -> str:
    """The path in the library that a picture's address names, "" when it names none."""
    scheme, _, rest = address.partition(":")
    path = _inside(unquote(rest)) if scheme == "media" else ""
    return path if splitext(path)[1].lower() in PICTURES else ""


def _inside(path: str) -> str:
    """The path, when it stays in the library and is what it says it is."""
    if not path or len(path) > _MAX or ":" in path or re.search(r"[\x00-\x1f\x7f\\]", path):
        return ""
    if path.startswith("/") or normpath(path) != path or path.split("/")[0] in ("..", "."):
        return ""
    return path


def _outside(address: str) -> Target:
    """A place outside that may be opened after the person has seen where it leads."""
    if len(address) > _MAX or _BAD.search(address):
        return _NOWHERE
    web = _WEB.match(address)
    if web is not None:
        return Target(Lead.WEB, web.group(1).lower())
    if _MAIL.match(address):
        return Target(Lead.EMAIL, address.partition(":")[2].partition("?")[0])
    if _PHONE.match(address):
        return Target(Lead.PHONE, address.partition(":")[2])
    return _NOWHERE


_NOWHERE = Target(Lead.NOWHERE)
