"""A folder of Markdown as one immutable snapshot, kept up to date page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from posixpath import basename, splitext
from typing import TYPE_CHECKING

from knowledge import settings
from knowledge.errors import KnowledgeError, LibraryGone, Missing, TooLarge
from knowledge.files import digest as digest_of
from knowledge.files import read
from knowledge.folder import Stamp, walk
from knowledge.model import Kind, Page, Section, Status, Step
from knowledge.problems import Problem, Severity
from knowledge.settings import Settings
from knowledge.source import read_page, unshown_page
from knowledge.turns import portion_done

if TYPE_CHECKING:
    from knowledge.glossary import Term

PAGE_SUFFIXES = (".md", ".markdown")


@dataclass(frozen=True)
class Library:
    """Every page of a folder, as they stood when it was read. Change makes a new one."""

    root: Path
    pages: Mapping[str, Page]
    settings: Settings
    files: frozenset[str]  # everything else in the folder, such as pictures
    stamps: Mapping[str, Stamp]
    problems: tuple[Problem, ...] = ()  # of the folder and its settings; pages carry their own
    settings_digest: str = ""
    unread: frozenset[str] = field(default=frozenset())  # pages whose last good copy serves for now

    @cached_property
    def by_id(self) -> Mapping[str, Page]:
        """Pages by their short name; a name that two pages share belongs to the first."""
        found: dict[str, Page] = {}
        for page in self.pages.values():
            found.setdefault(page.id, page)
        return found

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The glossary's terms, in its order."""
        from knowledge.glossary import FILE, glossary_of

        page = self.pages.get(FILE)
        return glossary_of(page) if page is not None else ()

    @cached_property
    def incoming(self) -> Mapping[str, tuple[tuple[Page, Section], ...]]:
        """Which sections of other pages link to a page, by the page's path."""
        found: dict[str, list[tuple[Page, Section]]] = {}
        for page in self.pages.values():
            for section in page.sections:
                for target in dict.fromkeys(link.page for link in section.links):
                    if target and target != page.path:
                        found.setdefault(target, []).append((page, section))
        return {path: tuple(places) for path, places in found.items()}

    @cached_property
    def emergency(self) -> frozenset[str]:
        """Paths of the pages for when somebody may come to harm now."""
        named = (self.find(name) for name in self.settings.emergency_pages)
        return frozenset(found[0].path for found in named if found is not None)

    def of_kind(self, kind: Kind) -> tuple[Page, ...]:
        """The pages of one kind, by title."""
        return tuple(sorted((p for p in self.pages.values() if p.kind is kind), key=_by_title))

    def find(self, name: str) -> tuple[Page, Section | None] | None:
        """What `page#step` names, the page given by path, id or file name; None when there is no such page."""
        where, _, anchor = name.partition("#")
        where = where.replace("\\", "/").removeprefix("./")
        page = self.pages.get(where) or self.by_id.get(where)
        if page is None:
            page = next(
                (self.pages[where + s] for s in PAGE_SUFFIXES if where + s in self.pages), None
            )
        if page is None:
            tails = [
                p for p in self.pages.values() if p.path.endswith(("/" + where, f"/{where}.md"))
            ]
            page = tails[0] if where and len(tails) == 1 else None
        if page is None:
            return None
        return page, page.by_anchor.get(anchor) if anchor else None

    def find_typed(self, name: str) -> tuple[Page, Section | None] | None:
        """As `find`, and by a file's own path, as a shell completes it."""
        found = self.find(name)
        if found is not None:
            return found
        where, mark, anchor = name.partition("#")
        try:
            inside = Path(where).resolve().relative_to(self.root.resolve()).as_posix()
        except (ValueError, OSError):
            return None
        return self.find(inside + mark + anchor)

    def target(self, page: str, anchor: str) -> Page | Section | None:
        """Where a link leads: the section it names, the page when it names none, None when it is dead."""
        found = self.pages.get(page)
        if found is None or not anchor:
            return found
        return found.by_anchor.get(anchor)

    def steps_leading_to(self, path: str) -> tuple[tuple[Page, Step], ...]:
        """Every step of a pathway that names this page, in reading order."""
        return tuple(
            (page, section)
            for page, section in self.incoming.get(path, ())
            if isinstance(section, Step) and page.status is not Status.WITHDRAWN
        )

    def path_of(self, page: str) -> Path:
        """Where a page's file stands on this machine."""
        return self.root.joinpath(*page.split("/"))


def open_library(root: Path, known: Library | None = None) -> Library:
    """Read the folder. Pages that did not change since `known` was read are taken from there."""
    root = Path(root)
    found, problems = walk(root)
    before = known if known is not None and known.root == root else None
    pages: dict[str, Page] = {}
    stamps: dict[str, Stamp] = {}
    files: set[str] = set()
    unread: set[str] = set()
    data: bytes | None = None
    complete = not problems
    for path, stamp in found:
        portion_done()
        is_page = path.lower().endswith(PAGE_SUFFIXES)
        old = before.pages.get(path) if before is not None else None
        try:
            if path == settings.FILE:
                data = _read(root, path)
            elif is_page and before is not None and old is not None and _same(before, path, stamp):
                pages[path] = old
            elif is_page:
                pages[path] = _page(path, _read(root, path), old)
        except Missing:
            complete = False  # deleted a moment ago, or all of it went
            continue
        except TooLarge:
            pages[path] = unshown_page(path)
        except KnowledgeError as error:
            complete = False
            trouble = Problem("unreadable", Severity.ERROR, path, 1, error.what, error.remedy)
            problems.append(trouble)
            unread.add(path)
            if old is not None:
                pages[path] = old  # the last good copy serves
        if is_page:
            stamps[path] = stamp
        else:
            files.add(path)
    if not complete and not root.is_dir():
        raise LibraryGone(f"The folder {root} went away while it was read", where=root)
    digest = digest_of(data) if data is not None else ""
    wanted, wrong = _settings(data, digest, before)
    return Library(
        root=root,
        pages=_named(pages),
        settings=wanted,
        files=frozenset(files),
        stamps=stamps,
        problems=(*problems, *wrong),
        settings_digest=digest,
        unread=frozenset(unread),
    )


def _settings(
    data: bytes | None, digest: str, before: Library | None
) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings and what is wrong with them; those of the same bytes are not read again.

    Where they cannot be read the last good ones serve: whom to ring is among them.
    """
    if before is None or not digest or before.settings_digest != digest:
        fresh, wrong = settings.read_settings(data)
        broken = any(problem.code == "settings-broken" for problem in wrong)
        return (before.settings if broken and before is not None else fresh), wrong
    known = (p for p in before.problems if p.code.startswith("settings-"))
    return before.settings, tuple(known)


def with_page(library: Library, path: str, data: bytes | None) -> Library:
    """The library as it is once this page holds `data`; None takes the page away."""
    return with_read_page(library, path, None if data is None else read_page(path, data))


def with_read_page(library: Library, path: str, page: Page | None) -> Library:
    """The same with a page that was read already."""
    pages = dict(library.pages)
    stamps = dict(library.stamps)
    stamps.pop(path, None)
    if page is None:
        pages.pop(path, None)
    else:
        pages[path] = page
        pages = dict(sorted(pages.items())) if path not in library.pages else pages
    return replace(library, pages=_named(pages), stamps=stamps)


def _page(path: str, data: bytes, old: Page | None) -> Page:
    if old is not None and old.digest == digest_of(data):
        return old
    return read_page(path, data)


def _same(before: Library, path: str, stamp: Stamp) -> bool:
    """Whether a file can be taken as unchanged without reading it."""
    return before.stamps.get(path) == stamp and path not in before.unread


def _named(pages: dict[str, Page]) -> dict[str, Page]:
    """Pages that name themselves keep their name; of the others, two with one file name go by their path."""
    ids = [page.id for page in pages.values()]
    if len(set(ids)) == len(ids) and not any("/" in name for name in ids):
        return pages
    # A page that went by its path before may be the only one of its file name now, or no longer be.
    plain = {path: _plain_name(page) for path, page in pages.items()}
    counts = Counter(plain.values())
    named: dict[str, Page] = {}
    for path, page in pages.items():
        name = plain[path]
        if counts[name] > 1 and page.field("id") is None:
            name = splitext(path)[0]
        named[path] = page if page.id == name else replace(page, id=name)
    return named


def _plain_name(page: Page) -> str:
    return page.id if page.field("id") is not None else splitext(basename(page.path))[0]


def _read(root: Path, path: str) -> bytes:
    return read(root.joinpath(*path.split("/")), "This file cannot be read")


def _by_title(page: Page) -> str:
    return page.title.casefold()
