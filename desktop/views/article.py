"""Pages that are read from top to bottom: ordinary pages and case studies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop import composing
from desktop.views.reading import ReadingView
from knowledge.model import Kind

if TYPE_CHECKING:
    from desktop.session import Changed
    from knowledge.library import Library
    from knowledge.model import Page
    from knowledge.render import Options


class ArticleView(ReadingView):
    """One page as text."""

    def html(self, page: Page, library: Library) -> Callable[[], str]:
        renderer = self.session.renderer
        options = self.options()
        if page.kind is Kind.CASESTUDY:
            return lambda: composing.case_study(renderer, library, page, options)
        return lambda: composing.article(renderer, library, page, options)

    def options(self) -> Options:
        """As pages are read in the window; what was searched for is marked."""
        options = self.session.reading()
        if self.place is not None and self.place.words:
            options = replace(options, hits=self.place.words)
        return options

    def depends(self, page: Page, changed: Changed) -> bool:
        """Titles of related pages, and the steps that name this one, stand in the text."""
        return page.kind is Kind.CASESTUDY or bool(page.related)
