"""Two versions of a page in one text, as it is read: signs and strokes, not colour alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from desktop.editor.both import CHANGE, Both
from desktop.theme import theme
from desktop.widgets.reader import Reader
from knowledge.render import Options

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.model import Page
    from knowledge.render import Renderer

_STEP_NUMBER = re.compile(r'(<h2 id="[^"]*">)\d+\. ')  # one step more would change them all
_ABOVE = 70


class Compared(NamedTuple):
    """Both texts as one, and in how many places they differ."""

    html: str
    places: int


def as_read(renderer: Renderer, then: Page, now: Page) -> Compared:
    """The later page as it is read, with what differs from the earlier one marked."""
    options = Options(ways=True, icons=True, trainer=True, outside_marks=False)
    texts = [renderer.page(page, options) for page in (then, now)]
    both = Both()
    html = both.put(*(_STEP_NUMBER.sub(r"\1", text) for text in texts))
    return Compared(html, both.count)


class ComparedText(Reader):
    """Goes from change to change; its links lead nowhere, since a question stands before the window."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.more_rules = _rules
        self.setAccessibleName("What has changed since")
        self.count, self.at = 0, -1
        self.shown.connect(self.go_on)

    def show_both(self, both: Compared) -> None:
        """Show the text, at its first change."""
        self.count, self.at = both.places, -1
        self.show_text(lambda: both.html)

    def say(self, words: str) -> None:
        """A sentence instead of a text."""
        self.count = 0
        self.show_text(lambda: f"<p>{escape(words)}</p>")

    def go_on(self) -> None:
        """To the next change; after the last comes the first."""
        if self.count:
            self.at = (self.at + 1) % self.count
            self.go_to(f"{CHANGE}{self.at}")
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - theme().px(_ABOVE))  # with what stands before it

    def follow(self, address: str, new_tab: bool = False) -> None:
        """Stay here."""


def _rules(colours: dict[str, str], px: Callable[[float], int]) -> str:
    return (
        f"ins {{ background-color: {colours['hit']}; color: {colours['hit_ink']}; }} "
        f"del {{ color: {colours['urgent_ink']}; text-decoration: line-through; }}"
    )
