"""After a renaming: the window, its bookmarks and the pages being edited go along with what moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.editor.desk import desk_of
from desktop.places import Place, page_place, read_place

if TYPE_CHECKING:
    from desktop.window import MainWindow
    from knowledge.editing.carry import Plan


def follow(window: MainWindow, plan: Plan, was: str = "", anchor: str = "") -> Place:
    """Show the library as it is now, and lead what is remembered to the new place; that place."""
    from knowledge import settings
    from knowledge.library import with_page

    session = window.session
    first = plan.files[0]
    goal = first.to or first.path
    library = session.library
    desk = desk_of(session)
    if library is not None:
        for file in plan.files:
            if file.path == settings.FILE:
                continue
            if file.to:
                library = with_page(library, file.path, None)
                if file.path in desk.pages:
                    desk.put_away(file.path)
            library = with_page(library, file.to or file.path, file.data)
        old, new = page_place(first.path, was), page_place(goal, anchor)
        if old != new:
            _remember(window, old, new)
        session.take(library)
    session.look_again()  # the settings of the library may have changed too
    section = library.pages[goal].by_anchor.get(anchor) if library is not None and anchor else None
    return page_place(goal, anchor if section is not None else "")


def _remember(window: MainWindow, old: Place, new: Place) -> None:
    """Bookmarks, the places one was at and the ways back of every tab lead to the new name."""
    session = window.session

    def moved(place: Place) -> Place:
        if place.page != old.page or (old.anchor and place.anchor != old.anchor):
            return place
        return page_place(new.page, new.anchor if old.anchor else place.anchor)

    lists = {name: [moved(p) for p in places] for name, places in session.bookmarks().items()}
    if lists != session.bookmarks():
        session.set_bookmarks(lists)
    for tab in window.all_tabs():
        for visit in tab.visits:
            visit.place = moved(visit.place)
    recent: list[str] = session.settings.get("recent")
    session.settings.set("recent", [moved(read_place(link)).link for link in recent])
