"""Pages that are read from top to bottom: ordinary pages, case studies and trainers' sessions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop import composing
from desktop.views.reading import ReadingView
from knowledge.model import Kind

if TYPE_CHECKING:
    from desktop.places import Place
    from desktop.session import Changed, Session
    from knowledge.library import Library
    from knowledge.model import Page


class ArticleView(ReadingView):
    """One page as text. In a session, what is covered is uncovered stop by stop."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.uncovered: frozenset[int] = frozenset()

    def show_place(self, place: Place) -> None:
        if self.place is None or self.place.page != place.page:
            self.uncovered = frozenset()
        super().show_place(place)

    def html(self, page: Page, library: Library) -> Callable[[], str]:
        renderer = self.session.renderer
        options = self.session.reading()
        if self.place is not None and self.place.words:
            options = replace(options, hits=self.place.words)
        if page.kind is Kind.CASESTUDY:
            return lambda: composing.case_study(renderer, library, page, options)
        if page.kind is Kind.SESSION and page.stops:
            uncovered = self.uncovered
            return lambda: composing.session(renderer, library, page, options, uncovered)
        return lambda: composing.article(renderer, library, page, options)

    def more_facts(self, page: Page) -> list[str]:
        minutes = sum(stop.minutes for stop in page.stops)
        return [f"{minutes} minutes"] if minutes else []

    def own_link(self, what: str) -> None:
        verb, _, which = what.partition("-")
        if self.page is None or verb not in ("cover", "uncover"):
            return
        every = range(len(self.page.stops))
        chosen = frozenset(every) if which == "all" else frozenset((int(which),))
        self.uncovered = self.uncovered | chosen if verb == "uncover" else self.uncovered - chosen
        self._show_text(keep=True)

    def depends(self, page: Page, changed: Changed) -> bool:
        """Titles of related pages, and the steps that name this one, stand in the text."""
        return page.kind is Kind.CASESTUDY or bool(page.related)
