"""The one door from the window to the core: opens the library, keeps it fresh, asks and remembers."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.collecting import Collector
from desktop.logs import keep_out
from desktop.looked import Looked
from desktop.opening import last_copy, read
from desktop.places import Place, page_place, read_place
from desktop.settings import Settings
from desktop.tasks import Tasks
from knowledge.errors import KnowledgeError
from knowledge.places import Profile, shipped_library

if TYPE_CHECKING:
    from knowledge.cache import LastCopy
    from knowledge.glossary import Term
    from knowledge.library import Library
    from knowledge.model import Page, Section
    from knowledge.presented import Last, Since
    from knowledge.render import Options, Renderer
    from knowledge.validate import Checked
    from search.engine import Engine
    from search.hits import Answer, Counts, Narrowing

log = logging.getLogger("fingerpost.session")

POLL_MS = 5_000
SHOWN_MS = 30  # the window shows a new library first, before threads want Python's lock as well
WRITE_MS = 500  # somebody who looks through pages is written down once they stay
KEEP_MS = 20_000  # after the last change, the library is kept for the next start
RECENTS = 30
LISTS = {"due": "Due for review", "facts": "Facts to be checked"}


@cache
def _renderer() -> Renderer:
    """One for the whole program: what it keeps, it keeps by content, whichever library that stands in."""
    from knowledge.render import Renderer

    return Renderer()


class Changed(NamedTuple):
    """The library is another than it was: these pages were added, changed or removed."""

    library: Library
    paths: frozenset[str]


class Session(QObject):
    """What the window works on. Signals say what has happened; views listen and show it."""

    nothing_kept = Signal()  # the library is read for the first time, and threads are busy for long
    library_opened = Signal(object)  # Library
    library_changed = Signal(object)  # Changed
    library_failed = Signal(str)  # a sentence: it could not be opened at all
    library_lost = Signal(str)  # a sentence: it went away; the last good copy stays readable
    library_returned = Signal()
    problems_found = Signal(object)  # Checked
    search_ready = Signal()
    place_asked = Signal(object, bool)  # Place, in a new tab
    bookmarks_changed = Signal()
    was_presented = Signal(str)  # the path of a session or pathway
    told = Signal(str)  # a short line for the toast

    def __init__(
        self,
        profile: Profile,
        settings: Settings,
        root: Path | None = None,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        super().__init__()
        self.now = clock  # the time of day for everything shown; a test brings its own
        self.profile = profile
        self.settings = settings
        self.tasks = Tasks(self)
        self.looked = Looked(self, settings, self.tasks, profile.data / "looked")
        self.library_opened.connect(self.looked.begin)
        self.collector = Collector(self)
        self.asked_root = root
        self.library: Library | None = None
        self.checked: Checked | None = None
        self.engine: Engine | None = None
        self.searchable = False  # the whole library has been taken in at least once
        self._options: tuple[tuple[Term, ...], Options] | None = None
        self.lost = ""
        self.read_at: datetime | None = None
        self.kept: LastCopy | None = None
        self._from_copy = False  # what is shown is the copy of the last start, not yet compared
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.look_again)
        self._keeping = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._keeping.timeout.connect(self.check)
        self._writing = QTimer(self, singleShot=True, interval=WRITE_MS)
        self._writing.timeout.connect(self._write_settings)
        self._shown = QTimer(self, singleShot=True)
        self._shown.timeout.connect(self._take_up)
        self._looking = False
        self.desk: Any = None  # the pages being edited, once there are any

    # -- the library --------------------------------------------------------------------------

    @property
    def root(self) -> Path:
        """The library's folder: asked for on the command line, else chosen, else the one that ships."""
        if self.asked_root is not None:
            return self.asked_root
        chosen: str = self.settings.get("library")
        return Path(chosen) if chosen else shipped_library()

    def open(self) -> None:
        """Show the copy read last time, if any, then read the library; both off the screen's thread.

        `library_opened` or `library_failed` follows.
        """
        root = Path(os.path.abspath(self.root))
        cache = self.profile.cache
        self.tasks.run(
            lambda: last_copy(root, cache),
            lambda kept: self._begin(root, kept),
            key="open",
            lane="library",
        )

    def _begin(self, root: Path, kept: LastCopy | None) -> None:
        self.kept = kept
        if kept is None:
            self.tasks.run(
                lambda: read(root), self._opened, self._not_opened, key="open", lane="library"
            )
            self.nothing_kept.emit()
            return
        self.checked = kept.checked
        self._from_copy = True
        self._opened(kept.library)
        self.read_at = kept.read_at

    def choose(self, root: Path) -> None:
        """Work with another library from now on."""
        self.asked_root = None
        shipped = root == shipped_library()
        self.settings.set("library", "" if shipped else str(root))
        self._poll.stop()
        self._shown.stop()
        if self.engine is not None:
            engine, self.engine = self.engine, None
            self.tasks.run(engine.close, lane="search")
        self.open()

    def _opened(self, library: Library) -> None:
        self.library = library
        self.read_at = self.now()
        self.lost = ""
        self.library_opened.emit(library)
        self._poll.start()
        self._shown.start(SHOWN_MS)

    def _take_up(self) -> None:
        """Search it, hold it to its rules, and see whether it is still as it was."""
        if self.library is not None:
            self._open_engine(self.library)
            self.check()
            if self._from_copy:
                self.look_again()

    def _not_opened(self, error: Exception) -> None:
        if not isinstance(error, KnowledgeError):
            raise error
        self._poll.start()
        if self.lost != str(error):
            self.lost = str(error)
            self.library_failed.emit(str(error))

    def look_again(self) -> None:
        """See whether others changed the library; called every few seconds and when the window gets focus."""
        library = self.library
        if self._looking:
            return
        if library is None:
            if self.lost:
                self.open()
            return
        self._looking = True
        self.tasks.run(
            lambda: read(library.root, library), self._looked, self._lost, lane="library"
        )

    def _looked(self, fresh: Library) -> None:
        self._looking = False
        library = self.library
        if library is None or fresh.root != library.root:
            return
        gone = [path for path in library.pages if path not in fresh.pages]
        # Since the last start a library may well have lost many pages; while it is open hardly.
        many = not self._from_copy and len(gone) * 5 > max(5, len(library.pages))
        if library.pages and (not fresh.pages or many):
            self._miss(
                "Many pages of the library are missing. Somebody may be moving or copying it"
            )
            return
        if self.lost:
            self.lost = ""
            self.library_returned.emit()
        from_copy, self._from_copy = self._from_copy, False
        self.read_at = self.now()
        if fresh.pages == library.pages and fresh.settings_digest == library.settings_digest:
            self.library = fresh
            if from_copy:
                self.check()
            return
        self.take(fresh)

    def take(self, fresh: Library) -> None:
        """Work with this state of the library from now on, and tell which pages differ."""
        before = self.library.pages if self.library is not None else {}
        paths = {p for p, page in fresh.pages.items() if before.get(p) is not page}
        paths |= {p for p in before if p not in fresh.pages}
        self.library, self.kept = fresh, None
        self.library_changed.emit(Changed(fresh, frozenset(paths)))
        self.refresh_search(paths)
        self._keeping.start()
        self.check()

    def _lost(self, error: Exception) -> None:
        self._looking = False
        if not isinstance(error, KnowledgeError):
            raise error
        self._miss(str(error).split(". ")[0])

    def _miss(self, sentence: str) -> None:
        if self.lost:
            return
        self.lost = sentence
        self.library_lost.emit(sentence)

    def check(self) -> None:
        """Hold the library to its rules; `problems_found` follows."""
        library, known = self.library, self.checked
        if library is None:
            return
        today, cache, kept = self.now().date(), self.profile.cache, self.kept
        # While somebody works, keeping waits: it packs the whole library.
        now = not self._from_copy and not self._keeping.isActive()

        def work() -> Checked:
            from knowledge.cache import keep
            from knowledge.validate import check

            found = check(library, today, known)
            if now:
                keep(library, found, cache, kept)
            return found

        self.tasks.run(work, self._checked, key="check", lane="index")

    def _checked(self, found: Checked) -> None:
        self.checked = found
        self.problems_found.emit(found)

    # -- searching ----------------------------------------------------------------------------

    def _open_engine(self, library: Library) -> None:
        def work() -> Engine:
            from search.engine import Engine

            engine = Engine.for_library(lambda: self.library or library, self.profile)
            return engine.open()

        self.tasks.run(work, self._engine_opened, self._engine_failed, key="engine", lane="index")

    def _engine_opened(self, engine: Engine) -> None:
        self.engine = engine
        self.search_ready.emit()
        self.refresh_search(None)

    def _engine_failed(self, error: Exception) -> None:
        log.error("search could not be opened", exc_info=error)
        self.told.emit("Search is not there just now; the lists still are.")

    def refresh_search(self, paths: set[str] | None) -> None:
        """Make changed pages findable; searching goes on meanwhile."""
        engine = self.engine
        if engine is None:
            return
        self.tasks.run(
            lambda: engine.refresh(paths=paths),
            lambda _: self._taken_in(),
            self._engine_failed,
            lane="index",
        )

    def _taken_in(self) -> None:
        self.searchable = True
        self.search_ready.emit()

    def search(
        self,
        query: str,
        done: Callable[[Answer], None],
        *,
        typing: bool = True,
        limit: int = 30,
        narrowing: Narrowing | None = None,
    ) -> None:
        """Ask; `done` gets the answer unless something newer was asked meanwhile."""
        keep_out(query)
        engine = self.engine
        if engine is None:
            return
        more: dict[str, Any] = {} if narrowing is None else {"narrowing": narrowing}
        self.tasks.run(
            lambda: engine.search(query, typing=typing, limit=limit, **more),
            done,
            self._engine_failed,
            key="search",
            lane="search",
        )

    def count(
        self,
        query: str,
        done: Callable[[Counts], None],
        *,
        typing: bool = True,
        narrowing: Narrowing | None = None,
    ) -> None:
        """What the answers can be narrowed to; asked for when they are on the screen."""
        engine = self.engine
        if engine is None:
            return
        more: dict[str, Any] = {} if narrowing is None else {"narrowing": narrowing}
        self.tasks.run(
            lambda: engine.counts(query, typing=typing, **more),
            done,
            self._engine_failed,
            key="counts",
            lane="search",
        )

    @property
    def renderer(self) -> Renderer:
        """Makes pages into HTML; loaded when the first page is shown."""
        return _renderer()

    def reading(self) -> Options:
        """How a page is shown in the window: with icons, and the glossary's words explained."""
        from knowledge.render import Options, Terms

        library = self.library
        if library is None:
            return Options(icons=True)
        if self._options is None or self._options[0] is not library.terms:
            terms = Terms(library.terms)
            self._options = library.terms, Options(icons=True, terms=terms or None)
        return self._options[1]

    # -- places -------------------------------------------------------------------------------

    def go(self, place: Place, new_tab: bool = False) -> None:
        """Ask the window to show a place."""
        self.place_asked.emit(place, new_tab)

    def go_to(self, link: str, new_tab: bool = False) -> None:
        """The same, for a place written down."""
        self.go(read_place(link), new_tab)

    def page(self, path: str) -> Page | None:
        return self.library.pages.get(path) if self.library is not None else None

    def section(self, place: Place) -> Section | None:
        page = self.page(place.page)
        return page.by_anchor.get(place.anchor) if page is not None and place.anchor else None

    def words_for(self, place: Place) -> str:
        """A place as a person would name it: Page > Step."""
        if place.kind == "home":
            return "Home"
        if place.kind == "list":
            return LISTS.get(place.page, place.page.capitalize())
        page = self.page(place.page)
        begun = self.desk.pages.get(place.page) if page is None and self.desk else None
        title = page.title if page else begun.base.title if begun else place.page
        section = self.section(place)
        if place.kind == "edit":
            return f"Editing: {title}"
        return f"{title} > {section.title}" if section is not None else title

    def visited(self, place: Place) -> None:
        """Remember where the reader was, newest first."""
        if place.kind != "page":
            return
        recent = [link for link in self.settings.get("recent") if link != place.link]
        self.settings.set("recent", [place.link, *recent][:RECENTS], save=False)
        page = self.page(place.page)
        if page is not None:
            seen = {**self.settings.get("seen"), page.path: page.digest}
            self.settings.set("seen", seen, save=False)
        self.save_settings()

    def save_settings(self) -> None:
        """Write down what is not yet, soon, or at the latest when the window closes."""
        if self.settings.unsaved and not self._writing.isActive():
            self._writing.start()

    def _write_settings(self) -> None:
        """In a thread, since a profile may lie on a slow share."""
        if self.settings.unsaved:
            self.tasks.run(self.settings.save, key="settings", lane="settings")

    def recent(self) -> list[Place]:
        """Where the reader was of late, pages that are gone left out."""
        places = [read_place(link) for link in self.settings.get("recent")]
        return [p for p in places if self.page(p.page) is not None]

    # -- presenting ---------------------------------------------------------------------------

    def presented(self, path: str, stops: Collection[int] | None = None) -> None:
        """This page was shown to a room as it stands; with `stops`, only these. Never who was there."""
        page, library = self.page(path), self.library
        if page is None or library is None:
            return
        from knowledge.presented import Presented

        try:
            Presented(self.profile.data, library.root).remember(
                library, page, self.now().astimezone(), stops
            )
        except (KnowledgeError, OSError) as error:
            log.warning("what was presented could not be remembered: %s", error)
        self.was_presented.emit(path)

    def last_presented(self, path: str) -> tuple[Last | None, tuple[Since, ...]]:
        """What was remembered of the last time, and the stops that have changed since."""
        page, library = self.page(path), self.library
        if page is None or library is None:
            return None, ()
        from knowledge.presented import Presented, changes_since

        last = Presented(self.profile.data, library.root).last(page)
        return last, changes_since(last, library, page) if last is not None else ()

    # -- bookmarks ----------------------------------------------------------------------------

    def bookmarks(self) -> dict[str, list[Place]]:
        """The named lists of bookmarks."""
        lists: dict[str, list[str]] = self.settings.get("bookmarks")
        return {name: [read_place(link) for link in links] for name, links in lists.items()}

    def set_bookmarks(self, lists: dict[str, list[Place]]) -> None:
        """Keep these lists instead."""
        links = {name: [place.link for place in places] for name, places in lists.items()}
        self.settings.set("bookmarks", links)
        self.bookmarks_changed.emit()

    def is_bookmarked(self, place: Place) -> bool:
        return any(place.link in links for links in self.settings.get("bookmarks").values())

    def toggle_bookmark(self, place: Place, name: str = "") -> bool:
        """Put a bookmark, or take it away; whether it is there now. No name is the first list's."""
        lists: dict[str, list[str]] = self.settings.get("bookmarks")
        name = name or next(iter(lists), "Bookmarks")
        there = any(place.link in links for links in lists.values())
        if there:
            lists = {
                n: [link for link in links if link != place.link] for n, links in lists.items()
            }
        else:
            lists.setdefault(name, []).append(place.link)
        self.settings.set("bookmarks", lists)
        self.bookmarks_changed.emit()
        return not there

    def close(self) -> None:
        """Stop working and let go of everything."""
        for clock in (self._poll, self._shown, self._writing):
            clock.stop()
        if self.desk is not None:
            self.desk.close()
        self.tasks.close()
        if self.settings.unsaved:
            self.settings.save()
        if self.engine is not None:
            self.engine.close()
            self.engine = None
        self.collector.rest()


__all__ = ["Changed", "Session", "page_place"]
