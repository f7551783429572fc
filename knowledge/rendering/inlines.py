"""Words to parts: links, pictures, sources and code are taken out of a text just as the reader found them.

What is left goes through Python-Markdown's inline rules; a part leaves a mark in it and is put back as an element.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from knowledge.inline import read_inline
from knowledge.model import Source, Span, Strength
from knowledge.rendering.definitions import Definitions, label_of
from knowledge.rendering.options import CHECK_WORDS, Options
from knowledge.rendering.safe import KNOWN_TAGS, WORD_TAGS
from knowledge.rendering.targets import Lead, link_address, picture_address, read_target
from knowledge.text import plain

MARK = re.compile("\x02fp([0-9]+)\x03")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_TOKEN = re.compile(
    r"\\(?:\n|.)"
    r"|<(/?)([A-Za-z][A-Za-z0-9-]{0,19})(?:[ \t\n][^<>]{0,1000})?/?>"
    r"|<!--"
    r"|(!?)\[([^\[\]]{1,300})\](?:\[([^\[\]]{0,300})\])?"
)
_EMPTY_TAGS = frozenset(("br", "wbr"))
MAX_EMPHASIS = (
    200  # more marks than this in one chunk are no emphasis, and cost Python-Markdown dear
)
CHUNK = 6000
_CHECK = CHECK_WORDS.replace(" ", "\u00a0")  # a tag that breaks in two is hard to read
_EMPHASIS = re.compile(r"[*_]")
_BREAKS = re.compile(r"[ \n]")


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link of any sort; without an address its words alone remain."""

    words: str  # prepared: may hold marks
    address: str
    kind: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    address: str
    alt: str


@dataclass(frozen=True, slots=True)
class Tag:
    """Words with a class, and the icon that may stand before them."""

    words: str
    kind: str
    address: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Raw:
    """A harmless inline HTML tag, written by us."""

    html: str


Part = Code | Anchor | Picture | Tag | Raw


class Inlines:
    """Prepares the texts of one section; `parts` is what their marks stand for."""

    def __init__(self, path: str, definitions: Definitions, options: Options) -> None:
        self.path = path
        self.definitions = definitions
        self.options = options
        self.parts: list[Part] = []
        self.notes: list[str] = []  # ordinary footnotes met, in order

    def prepare(self, text: str) -> str:
        """The text with marks for its parts."""
        text = CONTROL.sub("\ufffd", text)
        found = read_inline(text, 0, len(text), code=True)
        spans: list[tuple[Span, Span | None, str]] = [
            (link.span, link.text, "image" if link.image else "link") for link in found.links
        ]
        targets = {link.span: link.target for link in found.links}
        spans += [(Span(key.start - 2, key.end + 1), key, "note") for key in found.footnotes]
        spans += [(code, None, "code") for code in found.code]
        spans.sort(key=lambda entry: (entry[0].start, -entry[0].end))
        return _Pass(self, text, spans, targets).run()

    def put(self, part: Part) -> str:
        self.parts.append(part)
        return f"\x02fp{len(self.parts) - 1}\x03"

    # -- the parts -----------------------------------------------------------------------------

    def link(self, words: str, target: str) -> str:
        address = link_address(self.path, target)
        if not address:
            return self.put(Anchor(words, "", "blocked"))
        lead = read_target(address)
        if not lead.outside:
            return self.put(Anchor(words, address, "inside"))
        saying = {
            Lead.WEB: f"outside: {lead.where}",
            Lead.EMAIL: "opens e-mail",
            Lead.PHONE: "opens the telephone",
        }[lead.lead]
        title = {
            Lead.WEB: f"Leads outside this guide, to {lead.where}",
            Lead.EMAIL: f"Opens your e-mail program, to write to {lead.where}",
            Lead.PHONE: f"Opens your telephone program, to ring {lead.where}",
        }[lead.lead]
        mark = self.put(Anchor(words, address, "outside", title))
        if self.options.outside_marks:
            mark += self.put(Tag(f"\u00a0\u2197 ({saying})", "leads-outside"))
        return mark

    def picture(self, alt: str, target: str) -> str:
        words = html.unescape(plain(" ".join(alt.split())))
        address = picture_address(self.path, target)
        if not address:
            return self.put(Tag(f"[Picture: {words}]" if words else "[Picture]", "no-picture"))
        return self.put(Picture(address, words))

    def note(self, key: str) -> str:
        source = self.definitions.sources.get(key)
        if source is not None:
            if source.strength is Strength.UNCHECKED:
                return self.put(Tag(_CHECK, "check", f"#source-{key}", describe_source(source)))
            return self.put(Tag(f"[{key}]", "source", f"#source-{key}", describe_source(source)))
        if key in self.definitions.notes:
            if key not in self.notes:
                self.notes.append(key)
            return self.put(Tag(f"[{key}]", "source", f"#note-{key}"))
        return self.put(Tag(f"[{key}]", "source-missing"))

    def unchecked(self, key: str) -> bool:
        source = self.definitions.sources.get(key)
        return source is not None and source.strength is Strength.UNCHECKED


def describe_source(source: Source) -> str:
    """A source in one line."""
    return ", ".join(
        part for part in (source.title or source.key, source.year, source.where) if part
    )


class _Pass:
    """One text: goes through its spans, and through what stands between them."""

    def __init__(
        self,
        owner: Inlines,
        text: str,
        spans: list[tuple[Span, Span | None, str]],
        targets: dict[Span, Span],
    ) -> None:
        self.owner = owner
        self.text = text
        self.spans = spans
        self.targets = targets
        self.at = 0  # the next span

    def run(self) -> str:
        return self.between(0, len(self.text), links=True)

    def between(self, start: int, end: int, links: bool) -> str:
        out: list[str] = []
        tags: list[tuple[str, int]] = []  # open inline tags and where in `out` they stand
        position = start
        checked_until = -1
        while self.at < len(self.spans) and self.spans[self.at][0].start < end:
            span, inner, kind = self.spans[self.at]
            self.at += 1
            if span.start < position:
                continue
            gap = self.text[position : span.start]
            position = span.end
            if kind == "note":
                assert inner is not None
                key = inner.of(self.text)
                again = self.owner.unchecked(key)
                if not (again and checked_until >= 0 and not gap.strip()):
                    self.plain(gap, out, tags, links)
                    out.append(self.owner.note(key))
                checked_until = span.end if again else -1
                continue
            checked_until = -1
            self.plain(gap, out, tags, links)
            out.append(self.part(span, inner, kind, links))
        self.plain(self.text[position:end], out, tags, links)
        for name, place in tags:  # a tag without its partner is shown as it stands
            out[place] = _shown(out[place], name)
        return "".join(out)

    def part(self, span: Span, inner: Span | None, kind: str, links: bool) -> str:
        if kind == "code":
            return self.owner.put(Code(_code_words(span.of(self.text))))
        assert inner is not None
        target = self.targets[span].of(self.text)
        if kind == "image":
            self.skip(span.end)
            return self.owner.picture(inner.of(self.text), target)
        if self.text[span.start] == "<":
            words = html.escape(target.removeprefix("mailto:"), quote=False)
            words = self.owner.put(Raw(words))
        else:
            words = self.between(inner.start, inner.end, links=False)
        self.skip(span.end)
        return self.owner.link(words, target) if links else words

    def skip(self, end: int) -> None:
        while self.at < len(self.spans) and self.spans[self.at][0].start < end:
            self.at += 1

    def plain(self, gap: str, out: list[str], tags: list[tuple[str, int]], links: bool) -> None:
        """Words between two parts: escapes, harmless tags, reference links."""
        if not gap:
            return
        if (
            "\\" not in gap
            and "<" not in gap
            and not ("[" in gap and self.owner.definitions.targets)
        ):
            out.append(gap)
            return
        position, comment_free = 0, False
        for token in _TOKEN.finditer(gap):
            if token.start() < position:
                continue
            words = token.group()
            put: str | None = None
            end = token.end()
            if words[0] == "\\":
                put = {"\\\n": "  \n", "\\&": "&amp;"}.get(words)
            elif words == "<!--":
                close = -1 if comment_free else gap.find("-->", end)
                comment_free = close < 0
                if close >= 0:
                    put, end = "", close + 3
            elif words[0] == "<":
                out.append(gap[position : token.start()])
                position = end
                self.tag(token.group(2).lower(), bool(token.group(1)), words, out, tags)
                continue
            else:
                put = self.reference(token, links)
            if put is not None:
                out += (gap[position : token.start()], put)
                position = end
        out.append(gap[position:])

    def tag(
        self, name: str, closing: bool, words: str, out: list[str], tags: list[tuple[str, int]]
    ) -> None:
        if name in _EMPTY_TAGS:
            out.append(self.owner.put(Raw(f"<{name}>")))
        elif name in WORD_TAGS:
            if not closing:
                tags.append((words, len(out)))
                out.append(f"<{name}>")
            elif tags and out[tags[-1][1]] == f"<{name}>":
                _, place = tags.pop()
                out[place] = self.owner.put(Raw(f"<{name}>"))
                out.append(self.owner.put(Raw(f"</{name}>")))
            else:
                out.append(words)
        elif name not in KNOWN_TAGS:
            out.append(words)  # "<see below>" is no tag but words

    def reference(self, token: re.Match[str], links: bool) -> str | None:
        image, words, label = token.group(3, 4, 5)
        target = self.owner.definitions.targets.get(label_of(label or words))
        if target is None or words.startswith("^"):
            return None
        if image:
            return self.owner.picture(words, target)
        return self.owner.link(words, target) if links else words


def _shown(tag: str, words: str) -> str:
    return words if tag.startswith("<") else tag


def _code_words(code: str) -> str:
    run = len(code) - len(code.lstrip("`"))
    words = code[run:-run].replace("\n", " ")
    if words.startswith(" ") and words.endswith(" ") and words.strip():
        words = words[1:-1]
    return words


def chunks(text: str) -> list[str]:
    """A prepared text in pieces small enough for Python-Markdown, whose cost grows faster than the text."""
    pieces: list[str] = []
    at = 0
    while len(text) - at > CHUNK:
        space = _BREAKS.search(text, at + CHUNK)
        end = space.end() if space else len(text)
        if end - at > 2 * CHUNK:
            end = at + 2 * CHUNK
            hidden = text.rfind("\x02", at, end)  # never between a mark's two ends
            if hidden >= 0 and text.find("\x03", hidden, end) < 0:
                end = hidden
        pieces.append(text[at:end])
        at = end
    pieces.append(text[at:])
    return [_calm(piece) for piece in pieces]


def _calm(text: str) -> str:
    if text.count("*") + text.count("_") <= MAX_EMPHASIS:
        return text
    return _EMPHASIS.sub(lambda mark: f"\x02{ord(mark.group())}\x03", text)
