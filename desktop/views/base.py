"""What every view is: something that shows a place, says its title, and keeps its place when left."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.places import Place
    from desktop.session import Changed, Session
    from knowledge.library import Library


class View(QWidget):
    """Shows places of one kind. The window calls `show_place`; views ask the session for everything."""

    title_changed = Signal()
    moved = Signal(object)  # Place: the reader is at another step of the same page

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            parent
        )  # from the first: moved later, each part of it would be styled anew
        self.session = session
        self.place: Place | None = None

    def show_place(self, place: Place) -> None:
        """Show this place; it may be the one already shown, with another step."""
        raise NotImplementedError

    def keep(self) -> dict[str, Any]:
        """What is needed to come back exactly here: scroll, zoom, what is chosen."""
        return {}

    def restore(self, kept: dict[str, Any]) -> None:
        """Come back to where `keep` was called."""

    def lasting(self) -> dict[str, Any]:
        """What of that may be written down for the next start; the steps a person took never are."""
        return {}

    def library_changed(self, changed: Changed) -> None:
        """Show the new state of the library without losing the reader's place."""

    def fits(self, mode: str) -> None:
        """The window is now wide, medium, narrow or tiny (see the design's effective widths)."""

    def regions(self) -> list[QWidget]:
        """The parts F6 goes round, in reading order."""
        return [self]

    def focus_first(self) -> None:
        """Put the keyboard where a reader wants it on arrival."""
        self.setFocus()


# Lists by name, pages by kind: the module and class that shows them. Loaded when first wanted.
VIEWS = {
    "home": "desktop.views.home:HomeView",
    "list:pathways": "desktop.views.lists:PathwaysView",
    "list:thresholds": "desktop.views.lists:ThresholdsView",
    "list:cases": "desktop.views.cases:CasesView",
    "list:services": "desktop.views.services:ServicesView",
    "list:sessions": "desktop.views.lists:SessionsView",
    "list:bookmarks": "desktop.views.bookmarks:BookmarksView",
    "list:emergency": "desktop.views.lists:EmergencyView",
    "list:champion": "desktop.editor.champion:ChampionView",
    "list:due": "desktop.views.register:DueView",
    "list:facts": "desktop.views.register:FactsView",
    "list:problems": "desktop.views.problems:ProblemsView",
    "list:topic": "desktop.views.lists:TopicView",
    "list:changed": "desktop.views.lists:ChangedView",
    "page:pathway": "desktop.views.pathway:PathwayView",
    "page:threshold": "desktop.views.threshold:ThresholdView",
    "page:casestudy": "desktop.views.article:ArticleView",
    "page:service": "desktop.views.service:ServiceView",
    "page:session": "desktop.views.session:SessionView",
    "page:page": "desktop.views.article:ArticleView",
    "edit": "desktop.editor.view:EditorView",
    "page:": "desktop.views.missing:MissingView",
}


def view_name(place: Place, library: Library | None) -> str:
    """Which entry of `VIEWS` shows a place."""
    if place.kind == "home":
        return "home"
    if place.kind == "edit":
        return "edit"
    if place.kind == "list":
        return f"list:{place.page.partition('/')[0]}"
    page = library.pages.get(place.page) if library is not None else None
    return f"page:{page.kind.value}" if page is not None else "page:"


def make_view(name: str, session: Session, parent: QWidget) -> View:
    """Load and make the view of this name."""
    module, _, cls = VIEWS[name].partition(":")
    made: View = getattr(import_module(module), cls)(session, parent)
    return made
