"""Python-Markdown as this program uses it: its inline rules and its writer; the blocks come from our own scanner."""

from __future__ import annotations

import re
from threading import Lock
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from knowledge.model import Page
from knowledge.rendering.blocks import Slice, TreeBuilder, atomic
from knowledge.rendering.definitions import Definitions
from knowledge.rendering.inlines import MARK, Anchor, Code, Part, Picture, Raw, Tag
from knowledge.rendering.marking import mark_hits, mark_terms
from knowledge.rendering.options import CHECK_ICON, Options
from knowledge.rendering.safe import clean, clean_raw

# What our own reader finds, by the rules that the checks and the graph go by.
_REPLACED = (
    "backtick reference link image_link image_reference short_reference short_image_ref autolink automail html entity"
).split()
_PUNCTUATION = list("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


class Engine:
    """One Python-Markdown, used by one thread at a time."""

    def __init__(self) -> None:
        md = markdown.Markdown(output_format="xhtml")
        for name in _REPLACED:
            md.inlinePatterns.deregister(name)
        md.treeprocessors.deregister("prettify")  # it moves white space about
        md.ESCAPED_CHARS = _PUNCTUATION
        self.parts: list[Part] = []
        self.icons = False
        # First of all, and once more for the parts that stand inside the words of a link.
        md.inlinePatterns.register(_Parts(self, md), "parts", 300)
        md.inlinePatterns.register(_Parts(self, md), "inner-parts", 1)
        self.md = md
        self.lock = Lock()

    def html(self, page: Page, piece: Slice, definitions: Definitions, options: Options) -> str:
        """Safe HTML for a slice of a page."""
        with self.lock:
            self.md.reset()
            root = self.tree(page, piece, definitions, options)
            if options.terms:
                mark_terms(root, options.terms)
            if options.hits:
                mark_hits(root, options.hits)
            written = self.write(root)
        return clean(written)

    def tree(self, page: Page, piece: Slice, definitions: Definitions, options: Options) -> Element:
        """The elements of a slice, their words read."""
        builder = TreeBuilder(page, piece, definitions, options, self.keep_raw)
        root = builder.build()
        self.parts, self.icons = builder.inlines.parts, options.icons
        for processor in self.md.treeprocessors:
            root = processor.run(root) or root
        return root

    def keep_raw(self, words: str) -> str:
        return self.md.htmlStash.store(clean_raw(words))

    def write(self, root: Element) -> str:
        # Not one element in an element of the root is left unwritten; the root itself is only a bag.
        whole = self.md.serializer(root)
        for processor in self.md.postprocessors:
            whole = processor.run(whole)
        begin, end = whole.find(">") + 1, whole.rfind("</")
        return whole[begin:end] if end >= begin else ""


class _Parts(InlineProcessor):
    """Puts the parts back that were taken out of a text."""

    def __init__(self, engine: Engine, md: markdown.Markdown) -> None:
        super().__init__(MARK.pattern, md)
        self.engine = engine

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        return self.element(self.engine.parts[int(m.group(1))]), m.start(), m.end()

    def element(self, part: Part) -> Element | str:
        match part:
            case Code(text):
                element = Element("code")
                element.text = atomic(text)
                return element
            case Raw(html):
                return str(self.md.htmlStash.store(html))
            case Anchor(words, address, kind, title):
                element = Element("a" if address else "span", {"class": kind})
                if address:
                    element.set("href", address)
                if title:
                    element.set("title", title)
                element.text = words
                return element
            case Picture(address, alt):
                return _picture(address, alt)
            case Tag():
                return self.tag(part)

    def tag(self, part: Tag) -> Element:
        element = Element("a" if part.address else "span", {"class": part.kind})
        if part.address:
            element.set("href", part.address)
        if part.title:
            element.set("title", part.title)
        if part.kind == "check" and self.engine.icons:
            attributes = {"src": f"icon:{CHECK_ICON}/warn_ink", "class": "icon", "alt": ""}
            SubElement(element, "img", attributes).tail = AtomicString(f"\u00a0{part.words}")
        else:
            element.text = atomic(part.words)
        return element


def _picture(address: str, alt: str) -> Element:
    """A picture and, since a screen reader does not see its description, the same words below it."""
    figure = Element("span", {"class": "figure"})
    SubElement(figure, "img", {"src": address, "alt": alt})
    if alt:
        SubElement(figure, "br")
        SubElement(figure, "span", {"class": "caption"}).text = atomic(alt)
    return figure
