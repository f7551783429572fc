"""The last gate before anybody sees HTML: allow-lists for tags and attributes, and a filter for every address."""

from __future__ import annotations

import html
import re

import nh3

from knowledge.rendering.targets import Lead, picture_path, read_target

MAX_DEPTH = 60  # of tags in HTML as an author wrote it; far below what slows the cleaner down
MAX_RAW = 100_000
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_EMPTY = frozenset("area base br col embed hr img input link meta param source track wbr".split())

WORD_TAGS = frozenset(
    "abbr b cite code del em i ins kbd q s samp small strong sub sup u var".split()
)
KNOWN_TAGS = WORD_TAGS | frozenset(
    "a address applet area article aside audio base bdi bdo blink blockquote body br button canvas caption center col "
    "colgroup data datalist dd details dfn dialog dir div dl dt embed fieldset figcaption figure font footer form "
    "frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe img input isindex keygen label legend li link main "
    "map mark marquee math menu meta meter nav noembed noframes noscript object ol optgroup option output p param "
    "picture plaintext pre progress ruby script search section select slot source span strike style summary svg "
    "table tbody td template textarea tfoot th thead time title tr track tt ul video wbr xmp animate use image set "
    "foreignobject acronym big nobr rb rtc rp rt strike".split()
)
_BLOCKS = frozenset(
    "blockquote dd details div dl dt figcaption figure hr li ol p pre span summary table tbody td tfoot th thead "
    "tr ul".split()
)
_OURS = WORD_TAGS | _BLOCKS | frozenset("a br h1 h2 h3 h4 h5 h6 img wbr".split())
_DROPPED = frozenset(
    "iframe math noembed noframes noscript object script style svg template textarea title xmp".split()
)
_CELL = {"align", "colspan", "rowspan"}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": _CELL,
    "th": _CELL,
    "table": {"border", "cellspacing", "cellpadding", "width", "align"},
}
_RAW_ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "ol": {"start"}, "td": _CELL, "th": _CELL}
_SCHEMES = {"page", "term", "media", "icon", "https", "http", "mailto", "tel"}
_ICON = re.compile(r"icon:[a-z0-9-]{1,40}/[a-z_]{1,20}\Z")
_NAME = re.compile(r"[\w .-]{1,300}\Z")
_SMALL_NUMBER = re.compile(r"[0-9]{1,9}%?\Z")
_NUMBERS = frozenset("border cellpadding cellspacing colspan height rowspan start width".split())


def clean(written: str) -> str:
    """HTML that we wrote, cleaned once more."""
    return nh3.clean(
        written,
        tags=set(_OURS),
        clean_content_tags=set(_DROPPED),
        attributes=_ATTRIBUTES,
        attribute_filter=_allowed,
        url_schemes=_SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


def clean_raw(written: str) -> str:
    """HTML that an author wrote: whole tags, no headings, no pictures, no names; links lead outside only."""
    if len(written) > MAX_RAW or _depth(written) > MAX_DEPTH:
        return f"<pre>{html.escape(written, quote=False)}</pre>"
    written = _TAG.sub(
        lambda tag: tag.group() if _known(tag) else f"&lt;{tag.group()[1:]}", written
    )
    return nh3.clean(
        written,
        tags=set(WORD_TAGS | _BLOCKS | {"a", "br", "wbr"}),
        clean_content_tags=set(_DROPPED),
        attributes=_RAW_ATTRIBUTES,
        attribute_filter=_allowed_raw,
        url_schemes={"https", "http", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )


def _known(tag: re.Match[str]) -> bool:
    """A tag at all; "<see below>" is words."""
    return tag.group(2).lower() in KNOWN_TAGS


def _depth(written: str) -> int:
    """How deep tags nest at most, when none is closed by itself."""
    depth = deepest = 0
    for tag in _TAG.finditer(written):
        if tag.group(2).lower() in _EMPTY:
            continue
        depth = max(depth - 1, 0) if tag.group(1) else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if read_target(value).lead is not Lead.NOWHERE else None
    if attribute == "src":
        return value if picture_path(value) or _ICON.match(value) else None
    if attribute in _NUMBERS:
        return value if _SMALL_NUMBER.match(value) else None
    if attribute == "align":
        return value if value in ("left", "right", "center") else None
    if attribute == "class":
        return value if _NAME.match(value) else None
    return value


def _allowed_raw(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if read_target(value).outside else None
    return _allowed(tag, attribute, value)
