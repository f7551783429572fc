"""What a session's pages said when it was last presented, so that a trainer sees what has changed since.

Only words of the library are kept, in the user's own folder: nothing about who was in the room.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from knowledge.errors import Damaged
from knowledge.files import Clock, Files, make_folders, write_whole
from knowledge.library import Library
from knowledge.model import Page, Section, Stop
from knowledge.saving.sealed import key_of, moment, seal, unseal, words

_ENDING = ".presented"


@dataclass(frozen=True, slots=True)
class Since:
    """A stop whose page or step is another than it was. `now` is "" when it is gone."""

    number: int  # of the stop, from 0
    title: str
    then: str
    now: str

    @property
    def says(self) -> str:
        """For the running order, in one line."""
        if not self.now:
            return f"“{self.title}” is no longer there, as it was when you last presented it"
        return f"“{self.title}” changed since you last presented it"


@dataclass(frozen=True, slots=True)
class Last:
    """When a session was presented, and what each of its stops said then, by where the stop leads."""

    when: datetime
    texts: Mapping[str, str] = field(default_factory=dict)


class Presented:
    """Remembers what was presented from one library; one small file for each session or pathway."""

    def __init__(self, data: Path, root: Path) -> None:
        self.folder = data / "presented" / key_of(str(root.absolute()))

    def remember(
        self,
        library: Library,
        page: Page,
        when: datetime,
        stops: Collection[int] | None = None,
    ) -> None:
        """This session has been presented as it stands; with `stops`, only so far.

        What was not come to keeps what was known of it from earlier.
        """
        before = self.last(page)
        texts = dict(before.texts) if before is not None and stops is not None else {}
        for number, stop in enumerate(_stops(page)):
            if stops is None or number in stops:
                texts[_name(stop)] = _said(library, stop)
        about = {"page": page.id, "presented": when.isoformat()}
        path = self._path(page)
        make_folders(Files(), path.parent)
        data = json.dumps(texts, ensure_ascii=False).encode(errors="surrogatepass")
        write_whole(Files(), path, seal(about, data), Clock())

    def last(self, page: Page) -> Last | None:
        """The last time; None when it was never presented here, or what was kept cannot be read."""
        path = self._path(page)
        if not path.exists():
            return None
        try:
            about, data = unseal(path)
            texts = json.loads(data.decode(errors="surrogatepass"))
        except (Damaged, ValueError):
            return None
        if not isinstance(texts, dict):
            return None
        kept = {k: v for k, v in texts.items() if isinstance(k, str) and isinstance(v, str)}
        return Last(moment(words(about, "presented")), kept)

    def changes(self, library: Library, page: Page) -> tuple[Since, ...]:
        """The stops that say something else now, in the running order; none before the first time."""
        last = self.last(page)
        return changes_since(last, library, page) if last is not None else ()

    def _path(self, page: Page) -> Path:
        return self.folder / (key_of(page.id) + _ENDING)


def changes_since(last: Last, library: Library, page: Page) -> tuple[Since, ...]:
    """The same for a moment that was read before; stops that are new to the session do not count."""
    found: list[Since] = []
    for number, stop in enumerate(_stops(page)):
        then, now = last.texts.get(_name(stop)), _said(library, stop)
        if then is not None and then != now:
            found.append(Since(number, stop.link.text, then, now))
    return tuple(found)


def _stops(page: Page) -> tuple[Stop, ...]:
    """A pathway or page that is presented by itself is its own only stop."""
    if page.stops:
        return page.stops
    from knowledge.model import Link, Span

    here = Link(page.title, "", page.path, "", 1, Span(0, 0), Span(0, 0))
    return (Stop(here, 0, False, "", "", (), 1, Span(0, 0)),)


def _name(stop: Stop) -> str:
    return f"{stop.link.page}#{stop.link.anchor}"


def _said(library: Library, stop: Stop) -> str:
    """What a stop shows, as text: a step or section, or the page without its details; "" when it is gone."""
    found = library.target(stop.link.page, stop.link.anchor)
    page = library.pages.get(stop.link.page)
    if found is None or page is None:
        return ""
    if isinstance(found, Section):
        text = found.span.of(page.text)
    else:
        text = f"{page.title}\n\n{page.text[page.intro.span.start :]}"
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()
