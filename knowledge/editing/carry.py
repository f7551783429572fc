"""A step or a page gets another title or place: every file that follows, before and after, to be looked at first."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from knowledge import settings
from knowledge.editing.change import Edit, Refused, Stale, written
from knowledge.editing.fields import set_text
from knowledge.editing.headings import set_title
from knowledge.editing.links import set_words
from knowledge.editing.rename import Renaming, move_page, rename_anchor
from knowledge.files import digest, read
from knowledge.library import Library, with_page
from knowledge.model import Link, Page, Section, Status
from knowledge.text import decode


class Line(NamedTuple):
    """A line that becomes another; `before` is empty where one is put in."""

    number: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Follows:
    """One file that changes, with what it holds now and afterwards."""

    path: str
    title: str
    opened: str  # the digest of what it holds now
    data: bytes
    lines: tuple[Line, ...]
    to: str = ""  # where it stands afterwards, when that is another place


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that changes, the renamed page first."""

    says: str
    promises: str  # the same, before it is done
    files: tuple[Follows, ...]
    notes: tuple[str, ...] = ()
    substantive: bool = False

    @property
    def others(self) -> int:
        """How many pages change besides the one that is renamed."""
        return max(0, len(self.files) - 1)


def plan_step(library: Library, page: Page, step: Section, title: str, anchor: str = "") -> Plan:
    """Give a step another title, and another name in links if wanted. Links that said its title follow."""
    work = _Work(library, page.path)
    old, name = step.title, step.anchor
    title = " ".join(title.split())
    if title != old:
        work.do(set_title(page, step, title))
        work.say(page.path, name, old, title)
        if step.urgent:
            work.back_to_check(page.path)
    if anchor and anchor != name:
        now = work.page(page.path)
        work.carry(rename_anchor(work.library, now, _by_anchor(now, name), anchor))
    step_of = f"The step '{old}'"
    if title == old:
        return work.plan(
            f"{step_of} has another name in links", f"{step_of} gets another name in links"
        )
    return work.plan(*_called(step_of, title))


def plan_page(library: Library, page: Page, title: str, path: str) -> Plan:
    """Give a page another title, file name or folder. Links that said its title follow."""
    work = _Work(library, page.path)
    old = page.title
    title = " ".join(title.split())
    if not title:
        raise Refused("A page needs a title", "Write one.")
    if title != old:
        first = page.headings[0] if page.headings and page.headings[0].level == 1 else None
        plain = page.field("title") is None and first is not None
        work.do(
            set_title(page, first, title) if plain and first else set_text(page, "title", title)
        )
        work.say(page.path, "", old, title)
    if path != page.path:
        work.carry(move_page(work.library, work.page(page.path), path))
    if title != old:
        return work.plan(*_called(f"'{old}'", title))
    return work.plan(f"'{title}' is now {path}", f"'{title}' will be {path}")


def _called(what: str, title: str) -> tuple[str, str]:
    """It said when it is done, and before."""
    return f"{what} is now called '{title}'", f"{what} will be called '{title}'"


class _Work:
    """The library as it will be, edit by proved edit; nothing is written."""

    def __init__(self, library: Library, path: str) -> None:
        self.before, self.library, self.path = library, library, path
        self.texts: dict[str, bytes] = {}
        self.settings: tuple[bytes, bytes] | None = None
        self.to = ""
        self.notes: list[str] = []
        self.substantive = False

    def page(self, path: str) -> Page:
        return self.library.pages[path]

    def do(self, edit: Edit) -> None:
        page = self.page(edit.path)
        if edit.digest != page.digest:
            raise Stale(f"'{page.title}' has changed meanwhile")
        if not edit.replacements:
            return
        made = written(edit.apply(page.text), page.encoding)
        if made.says:
            self.notes.append(f"{page.title}: {made.says}")
        self.texts[edit.path] = made.data
        self.library = with_page(self.library, edit.path, made.data)

    def say(self, path: str, anchor: str, old: str, new: str) -> None:
        """Links that lead there under the old title say the new one."""
        for other in list(self.library.pages):
            passed: set[int] = set()  # links whose words cannot be changed safely keep them
            while (found := self._next(other, (path, anchor), old, passed)) is not None:
                try:
                    words = new if found.text == old else _small(new)
                    self.do(set_words(self.page(other), found, words))
                except Refused:
                    passed.add(found.span.start)
                    title = self.page(other).title
                    self.notes.append(f"A link in {title}, line {found.line}, keeps its words.")

    def _next(self, path: str, goal: tuple[str, str], words: str, passed: set[int]) -> Link | None:
        page = self.page(path)
        if not page.readable:
            return None
        for section in page.sections:
            for link in section.links:
                there = (link.page, link.anchor) == goal and not link.image
                same = link.text in (words, _small(words))
                if there and same and link.span.start not in passed:
                    return link
        return None

    def back_to_check(self, path: str) -> None:
        """Urgent words are of substance: somebody has to check them again."""
        self.substantive = True
        page = self.page(path)
        if page.status is Status.APPROVED:
            self.do(set_text(page, "status", Status.IN_CHECK.value))
            self.notes.append("An urgent step is renamed, so the page goes back to 'in check'.")

    def carry(self, renaming: Renaming) -> None:
        """The links, in every page that leads there."""
        for edit in renaming.edits:
            if edit.path == settings.FILE:
                data = read(self.library.path_of(settings.FILE))
                if digest(data) != edit.digest:
                    raise Refused("The library's settings were changed just now", "Try once more.")
                decoded = decode(data)
                after = written(edit.apply(decoded.text), decoded.encoding).data
                self.settings = (data, after)
            else:
                self.do(edit)
        if renaming.moved is not None:
            self.to = renaming.moved[1]

    def plan(self, says: str, promises: str) -> Plan:
        own = self.before.pages[self.path]
        files = []
        if self.path in self.texts or self.to:
            data = self.texts.get(self.path)
            if data is None:
                data = written(own.text, own.encoding).data
            files.append(self._follows(own, data, self.to))
        for path, data in sorted(self.texts.items()):
            if path != self.path:
                files.append(self._follows(self.before.pages[path], data))
        if self.settings is not None:
            before, after = self.settings
            lines = changed_lines(decode(before).text, decode(after).text)
            files.append(
                Follows(settings.FILE, "Settings of the library", digest(before), after, lines)
            )
        return Plan(says, promises, tuple(files), tuple(self.notes), self.substantive)

    @staticmethod
    def _follows(page: Page, data: bytes, to: str = "") -> Follows:
        lines = changed_lines(page.text, decode(data).text)
        return Follows(page.path, page.title, page.digest, data, lines, to)


def _small(title: str) -> str:
    """A title in the middle of a sentence; what is written in capitals stays so."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def changed_lines(before: str, after: str) -> tuple[Line, ...]:
    """The lines in which two texts differ, each beside what it becomes."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Line] = []
    for tag, i, j, a, b in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for offset in range(max(j - i, b - a)):
            was = old[i + offset] if i + offset < j else ""
            now = new[a + offset] if a + offset < b else ""
            found.append(Line(i + offset + 1, was, now))
    return tuple(found)


def _by_anchor(page: Page, anchor: str) -> Section:
    found = page.by_anchor.get(anchor)
    if found is None or found.anchor != anchor:
        raise Refused(f"#{anchor} is not a step of its own", "Change it in the text instead.")
    return found


__all__ = ["Follows", "Line", "Plan", "plan_page", "plan_step"]
