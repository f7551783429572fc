"""A tab: where its reader has been, where they are, and the views that show it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from desktop.places import HOME, Place, read_place
from desktop.views.base import View, make_view, view_name
from desktop.widgets.stack import Stack

if TYPE_CHECKING:
    from desktop.session import Session

log = logging.getLogger("fingerpost.tabs")

LONGEST = 100
KEPT = 20  # visits of a tab that the next start knows


class Visit:
    """A place in a tab's history, and how it was left."""

    def __init__(self, place: Place, kept: dict[str, Any] | None = None) -> None:
        self.place = place
        self.kept = {} if kept is None else kept


class Tab(Stack):
    """One reader's trail. Back and forward come back to the very line."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.visits: list[Visit] = []
        self.at = -1
        self.views: dict[str, View] = {}

    @property
    def place(self) -> Place:
        return self.visits[self.at].place if self.at >= 0 else HOME

    @property
    def view(self) -> View | None:
        widget = self.currentWidget()
        return widget if isinstance(widget, View) else None

    @property
    def can_go_back(self) -> bool:
        return self.at > 0

    @property
    def can_go_forward(self) -> bool:
        return self.at < len(self.visits) - 1

    def go(self, place: Place) -> None:
        """Show a place and remember the way back."""
        self._keep()
        if self.at < 0 or self.visits[self.at].place != place:
            del self.visits[self.at + 1 :]
            self.visits.append(Visit(place))
            self.visits = self.visits[-LONGEST:]
            self.at = len(self.visits) - 1
        self.show_current(place)

    def replace(self, place: Place, by: View | None = None) -> None:
        """The reader moved within the place: the same visit, another step.

        A view that is not shown, as that of a page being edited, moves nobody.
        """
        if self.at >= 0 and by in (None, self.view):
            self.visits[self.at].place = place

    def step(self, by: int) -> None:
        """Back (-1) or forward (1)."""
        goal = self.at + by
        if not 0 <= goal < len(self.visits):
            return
        self._keep()
        self.at = goal
        visit = self.visits[goal]
        self.show_current(visit.place)
        view = self.view
        if view is not None and visit.kept:
            view.restore(visit.kept)

    def show_current(self, place: Place) -> None:
        view = self.view_named(view_name(place, self.session.library))
        view.show_place(place)
        self.setCurrentWidget(view)

    def view_named(self, name: str) -> View:
        """The view that shows what is called so in `VIEWS`; made when first wanted."""
        view = self.views.get(name)
        if view is None:
            view = self.views[name] = make_view(name, self.session, self)
            view.moved.connect(lambda place, v=view: self.replace(place, v))
            self.addWidget(view)
        return view

    def _keep(self) -> None:
        view = self.view
        if view is not None and self.at >= 0:
            self.visits[self.at].kept = view.keep()

    def saved(self) -> dict[str, Any]:
        """What the next start needs to bring this tab back, to the very line."""
        first = max(0, min(self.at - KEPT // 2, len(self.visits) - KEPT))
        visits = self.visits[first : first + KEPT]
        kept = self.view.lasting() if self.view is not None else {}
        return {"places": [v.place.link for v in visits], "at": self.at - first, "kept": kept}

    def bring_back(self, saved: Any) -> bool:
        """Be as a tab before was left; False where what was written down makes no sense."""
        links = saved.get("places") if isinstance(saved, dict) else None
        places = [read_place(link) for link in links or [] if isinstance(link, str)]
        if not places:
            return False
        at, kept = saved.get("at"), saved.get("kept")
        self.visits = [Visit(place) for place in places[-LONGEST:]]
        self.at = len(self.visits) - 1
        if isinstance(at, int) and 0 <= at < len(self.visits):
            self.at = at
        self.show_current(self.place)
        if self.view is not None and isinstance(kept, dict) and kept:
            try:
                self.view.restore(kept)
            except (TypeError, ValueError, KeyError, AttributeError):
                log.info("the place in the page was written down in a way of another version")
        return True
