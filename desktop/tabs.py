"""A tab: where its reader has been, where they are, and the views that show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget

from desktop.places import HOME, Place
from desktop.views.base import View, make_view, view_name

if TYPE_CHECKING:
    from desktop.session import Session

LONGEST = 100


@dataclass(slots=True)
class Visit:
    """A place in a tab's history, and how it was left."""

    place: Place
    kept: dict[str, Any] = field(default_factory=dict)


class Tab(QStackedWidget):
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

    def replace(self, place: Place) -> None:
        """The reader moved within the place: the same visit, another step."""
        if self.at >= 0:
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
        name = view_name(place, self.session.library)
        view = self.views.get(name)
        if view is None:
            view = self.views[name] = make_view(name, self.session)
            view.moved.connect(self.replace)
            self.addWidget(view)
        view.show_place(place)
        self.setCurrentWidget(view)

    def _keep(self) -> None:
        view = self.view
        if view is not None and self.at >= 0:
            self.visits[self.at].kept = view.keep()

    def saved(self) -> dict[str, Any]:
        """What the next start needs to bring this tab back."""
        return {"places": [v.place.link for v in self.visits[-20:]], "at": min(self.at, 19)}
