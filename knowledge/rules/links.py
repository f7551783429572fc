"""Rules about links and pictures: each leads where it says, and stays inside the library."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from posixpath import dirname, relpath
from typing import TYPE_CHECKING

from knowledge.model import Kind, Link, Page, Section, Span, Status
from knowledge.problems import Fix, Severity
from knowledge.report import nearest, nearest_path
from knowledge.rules.registry import Found, field_line, library_rule, near_fix, rule
from knowledge.settings import FILE

if TYPE_CHECKING:
    from knowledge.library import Library

MOST_HINTS = 20  # on one page and rule: past that a suggestion helps nobody, and they take time
_SAFE = ("http://", "https://", "mailto:", "tel:")


def _links(page: Page, images: bool = False) -> Iterator[tuple[Section, Link]]:
    for section in page.sections:
        for link in section.links:
            if link.image == images:
                yield section, link


class _Names:
    """What to call the links of a page: a way on by its condition, any other by its words."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @cached_property
    def conditions(self) -> dict[Span, str]:
        return {way.link.span: way.condition for s in self.page.sections for way in s.ways}

    def of(self, link: Link) -> str:
        condition = self.conditions.get(link.span)
        if condition is not None:
            return f"the way on '{condition}'" if condition else "the way on"
        return f"the link '{link.text[:80]}'" if link.text else "a link"


def _retarget(link: Link, target: str) -> Fix:
    return Fix(f"Lead it to {target}", link.target_span.start, link.target_span.end, target)


@library_rule("link-dead", Severity.ERROR, "A link leads to a page that is there")
def link_to_a_missing_page(page: Page, library: Library) -> Iterator[Found]:
    names = _Names(page)
    hints = MOST_HINTS
    for section, link in _links(page):
        if not link.page or link.page in library.pages or link.page in library.files:
            continue
        where = link.target.partition("#")[0]
        name = names.of(link)
        if where.lower().startswith("www."):
            yield Found(
                link.line,
                f"{name} leads to {where[:60]}, which lacks https:// at its beginning",
                f"Write it as https://{where[:60]}",
                section,
                _retarget(link, f"https://{link.target}"),
            )
            continue
        near = _nearest_page(page, link, library) if hints > 0 else ""
        hints -= 1
        if near:
            anchor = f"#{link.anchor}" if link.anchor else ""
            yield Found(
                link.line,
                f"{name} leads to {where}, which is not in this library",
                f"Did you mean {near}?",
                section,
                _retarget(link, near + anchor),
            )
        else:
            yield Found(
                link.line,
                f"{name} leads to {where}, which is not in this library",
                "Choose a page that is there",
                section,
            )


def _nearest_page(page: Page, link: Link, library: Library) -> str:
    best = nearest_path(link.page, [path for path in library.pages if path != page.path])
    return relpath(best, dirname(page.path) or ".") if best else ""


@library_rule("anchor-dead", Severity.ERROR, "A link to a step leads to a step that is there")
def link_to_a_missing_step(page: Page, library: Library) -> Iterator[Found]:
    names = _Names(page)
    hints = MOST_HINTS
    for section, link in _links(page):
        target = library.pages.get(link.page)
        if target is None or not link.anchor or not target.readable:
            continue
        if link.anchor in target.by_anchor:
            continue
        own = target.path == page.path
        what = "step" if target.steps else "heading"
        where = "this page" if own else f"'{target.title}'"
        near = nearest(link.anchor, target.by_anchor) if hints > 0 else ""
        hints -= 1
        yield Found(
            link.line,
            f"{names.of(link)} leads to #{link.anchor}, which is not a {what} of {where}",
            f"Did you mean #{near}?" if near else f"Choose a {what} that is there",
            section,
            _retarget(link, f"{'' if own else link.target.partition('#')[0]}#{near}")
            if near
            else None,
        )


@rule("link-outside", Severity.ERROR, "A link stays inside the library, or is a web address")
def link_out_of_the_library(page: Page, today: date) -> Iterator[Found]:
    names = _Names(page)
    for images in (False, True):
        for section, link in _links(page, images):
            if not link.outside or link.target.lower().startswith(_SAFE):
                continue
            if not link.target.strip():
                yield Found(
                    link.line,
                    f"{names.of(link)} leads nowhere",
                    "Choose where it leads",
                    section,
                )
                continue
            yield Found(
                link.line,
                f"{names.of(link)} leads to '{link.target[:60]}', which is outside the library",
                "Copy the file into the library, or use a web address that begins with https://",
                section,
            )


@rule("picture-online", Severity.ERROR, "Pictures are files of the library")
def picture_from_the_web(page: Page, today: date) -> Iterator[Found]:
    for section, link in _links(page, images=True):
        if link.target.lower().startswith(_SAFE):
            yield Found(
                link.line,
                "This picture is on the web, and nothing is fetched from there",
                "Copy the picture into the media folder",
                section,
            )


@library_rule("picture-missing", Severity.ERROR, "A picture's file is there")
def picture_without_a_file(page: Page, library: Library) -> Iterator[Found]:
    hints = MOST_HINTS
    for section, link in _links(page, images=True):
        if not link.page or link.page in library.files:
            continue
        near = nearest(link.page, library.files) if hints > 0 else ""
        hints -= 1
        hint = (
            f"Did you mean {relpath(near, dirname(page.path) or '.')}?"
            if near
            else "Put the file into the media folder"
        )
        yield Found(
            link.line, f"The picture {link.target[:80]} is not in this library", hint, section
        )


@rule(
    "picture-undescribed",
    Severity.WARNING,
    "A picture has a description for those who cannot see it",
)
def picture_without_a_description(page: Page, today: date) -> Iterator[Found]:
    for section, link in _links(page, images=True):
        if not link.text:
            yield Found(
                link.line,
                "This picture has no description",
                "Say in a few words, between the square brackets, what it shows",
                section,
            )


@library_rule("link-withdrawn", Severity.WARNING, "No link leads to a withdrawn page")
def link_to_a_withdrawn_page(page: Page, library: Library) -> Iterator[Found]:
    if page.status is Status.WITHDRAWN:
        return
    names = _Names(page)
    for section, link in _links(page):
        target = library.pages.get(link.page)
        if target is None or target.status is not Status.WITHDRAWN or target.path == page.path:
            continue
        instead = library.by_id.get(target.replaced_by)
        hint = f"Use '{instead.title}' instead" if instead else "Choose another page"
        yield Found(
            link.line,
            f"{names.of(link)} leads to '{target.title}', which is withdrawn",
            hint,
            section,
        )


@library_rule("related-unknown", Severity.ERROR, "Related pages are there")
def related_page_that_is_not_there(page: Page, library: Library) -> Iterator[Found]:
    hints = MOST_HINTS
    for name in page.related:
        if library.find(name) is None:
            near = nearest(name, library.by_id) if hints > 0 else ""
            hints -= 1
            hint = f"Did you mean {near}?" if near else "Use the short name (id) of a page"
            yield Found(
                field_line(page, "related"),
                f"The related page '{name[:60]}' is not in this library",
                hint,
                fix=near_fix(page, "related", name, near),
            )


@library_rule(
    "replacement-unknown", Severity.ERROR, "A withdrawn page names the page that replaces it"
)
def withdrawn_without_a_replacement(page: Page, library: Library) -> Iterator[Found]:
    if page.replaced_by and library.find(page.replaced_by) is None:
        near = nearest(page.replaced_by, library.by_id)
        hint = f"Did you mean {near}?" if near else "Use the short name (id) of a page"
        message = f"The page that replaces it, '{page.replaced_by[:60]}', is not in this library"
        yield Found(field_line(page, "replaced_by"), message, hint)
    elif page.status is Status.WITHDRAWN and not page.replaced_by:
        message = "This page is withdrawn and does not say what replaces it"
        yield Found(
            field_line(page, "status"),
            message,
            "Add replaced_by with the short name (id) of that page",
        )


@library_rule("id-twice", Severity.ERROR, "Every page has a short name of its own")
def short_name_used_twice(page: Page, library: Library) -> Iterator[Found]:
    first = library.by_id.get(page.id)
    if first is not None and first.path != page.path:
        yield Found(
            field_line(page, "id"),
            f"The short name '{page.id[:60]}' belongs to {first.path} too, so links by name lead there",
            "Give this page another id",
        )


@library_rule("topic-unknown", Severity.WARNING, "Topics are those that library.yaml lists")
def topic_nobody_listed(page: Page, library: Library) -> Iterator[Found]:
    known = library.settings.topics
    for topic in page.topics if known else ():
        if topic not in known:
            near = nearest(topic, known)
            hint = f"Did you mean {near}?" if near else "Use one of them, or add it there"
            message = f"The topic '{topic[:60]}' is not one that {FILE} lists"
            fix = near_fix(page, "topics", topic, near)
            yield Found(field_line(page, "topics"), message, hint, fix=fix)


@library_rule("linked-back", Severity.NOTICE, "A case study is named by the pathways it names")
def case_study_without_a_link_back(page: Page, library: Library) -> Iterator[Found]:
    if page.kind is not Kind.CASESTUDY:
        return
    back = {source.path for source, _ in library.incoming.get(page.path, ())}
    for name in page.related:
        found = library.find(name)
        if found is None or found[0].kind is not Kind.PATHWAY:
            continue
        other = found[0]
        if other.path not in back and page.id not in other.related:
            message = f"'{other.title}' is named here but does not name this case study"
            yield Found(field_line(page, "related"), message, "Link it from the step it shows")
