"""A page of levels and cut-offs: a ladder's level beside its neighbours, and the whole page below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import composing
from desktop.ladders import (
    BY_WORDS,
    CHOSEN,
    GRAVEST,
    Ladder,
    compared,
    is_grave,
    ladders,
    level_of,
    level_style,
)
from desktop.theme import theme
from desktop.views.reading import ReadingView
from desktop.widgets.basics import FlowLayout, label
from desktop.widgets.levels import LevelList
from desktop.widgets.painted import Chip
from desktop.widgets.reader import COLUMN
from desktop.widgets.switch import Switch

if TYPE_CHECKING:
    from desktop.places import Place
    from desktop.session import Changed, Session
    from knowledge.library import Library
    from knowledge.model import Page

SIDE, WHOLE = "side", "whole"
WIDE_COLUMN = 1040


class ThresholdView(ReadingView):
    """Side by side where there is a ladder; what the page says besides follows below it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.way = SIDE
        self.ladders: list[Ladder] = []
        self.ladder = 0
        self.level = 0
        self.why = GRAVEST
        self.stacked = False
        self.tight = False  # less room than a column of text
        self.switch = Switch(
            "How to see this page",
            [(SIDE, "Side by side", "columns-2"), (WHOLE, "Whole page", "file-text")],
        )
        self.switch.chosen.connect(self._switched)
        self.head.add_right(self.switch)
        self.reader.more_rules = level_style
        self.levels = LevelList()
        self.levels.chosen.connect(self.choose_level)
        self.which_box = QWidget()
        self.which = FlowLayout(self.which_box)
        self.panel = QWidget()
        self.panel.setObjectName("surface")
        self.panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = self.panel_column = QVBoxLayout(self.panel)
        column.addWidget(self.which_box)
        self.hint = label("Choose a level", "small")
        column.addWidget(self.hint)
        column.addWidget(self.levels, 1)
        self.body.removeWidget(self.reader)
        beside = QHBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.panel)
        beside.addWidget(self.reader, 1)
        self.body.addLayout(beside, 1)

    # -- showing --------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        page = self.session.page(place.page)
        fresh = self.page is not page
        if page is not None and fresh:
            self._take(page)
        if page is not None and self.ladders and (place.anchor or fresh):
            self._aim(place)
        if page is self.page and page is not None and self.way == SIDE and place != self.place:
            self.place = place
            self._show_text(anchor=self.start_of(place))
            return
        super().show_place(place)

    def start_of(self, place: Place) -> str:
        """A link to a ladder leads to red flags and levels side by side, not to the table far below."""
        aside = self.way == SIDE and any(n.section.anchor == place.anchor for n in self.ladders)
        return "" if aside else place.anchor

    def _take(self, page: Page) -> None:
        self.ladders = ladders(page)
        self.ladder = 0
        self._begin_ladder()
        self.way = SIDE if self.ladders else WHOLE
        self.which.clear()
        for number, ladder in enumerate(self.ladders if len(self.ladders) > 1 else []):
            chip = Chip(ladder.name, cross=False)
            chip.setChecked(not number)
            chip.clicked.connect(lambda _=False, n=number: self.choose_ladder(n))
            self.which.addWidget(chip)
        self._show_levels()

    def _begin_ladder(self) -> None:
        """Nobody has chosen yet: the gravest level is read first, so that none is taken for milder."""
        self.level = len(self.ladders[self.ladder].levels) - 1 if self.ladders else 0
        self.why = GRAVEST

    def _aim(self, place: Place) -> None:
        """A link to a ladder's heading chooses it; words that were searched choose the level."""
        for number, ladder in enumerate(self.ladders):
            if ladder.section.anchor == place.anchor:
                if number != self.ladder:
                    self.ladder = number
                    self._begin_ladder()
                self.way = SIDE
                break
        if place.words:
            level = level_of(self.ladders[self.ladder], place.words)
            if level is not None:
                self.level, self.why = level, BY_WORDS
        self._show_levels()

    def _show_levels(self) -> None:
        library = self.session.library
        if not self.ladders or library is None:
            return
        ladder = self.ladders[self.ladder]
        self.level = min(self.level, len(ladder.levels) - 1)
        grave = [is_grave(ladder, n, library) for n in range(len(ladder.levels))]
        self.levels.show_levels(ladder.levels, grave, self.level)
        for number in range(self.which.count()):
            item = self.which.itemAt(number)
            chip = item.widget() if item is not None else None
            if isinstance(chip, Chip):
                chip.setChecked(number == self.ladder)

    def html(self, page: Page, library: Library) -> Callable[[], str]:
        renderer, options = self.session.renderer, self.session.reading()
        place = self.place
        if place is not None and place.words:
            options = replace(options, hits=place.words)
        if self.way == WHOLE or not self.ladders:
            return lambda: composing.article(renderer, library, page, options)
        ladder, level, stacked = self.ladders[self.ladder], self.level, self.stacked
        why = self.why
        wide, tight = theme().px(COLUMN), self.tight

        def make() -> str:
            parts = [renderer.note(page, note, options) for note in page.red_flags]
            if stacked:
                parts.append(self._choices(ladder, level))
            parts.append(compared(renderer, page, ladder, level, options, stacked=stacked, why=why))
            parts.append("<hr>")
            text = composing.article(renderer, library, page, options)
            parts.append(text if tight else in_column(text, wide))
            return "".join(parts)

        return make

    @staticmethod
    def _choices(ladder: Ladder, level: int) -> str:
        """The levels as links, where there is no room for a list beside the text."""
        rows: list[str] = []
        for number, name in reversed(list(enumerate(ladder.levels))):
            words = escape(f"{number + 1} · {name}")
            rows.append(
                f"<li><strong>{words}</strong></li>"
                if number == level
                else f'<li><a href="do:level-{number}">{words}</a></li>'
            )
        return f'<p class="label">Choose a level</p><ul>{"".join(rows)}</ul>'

    def more_facts(self, page: Page) -> list[str]:
        if len(self.ladders) == 1:
            return [f"{len(self.ladders[0].levels)} levels"]
        return [f"{len(self.ladders)} ladders"] if self.ladders else []

    def library_changed(self, changed: Changed) -> None:
        page = self.page
        now = changed.library.pages.get(page.path) if page is not None else None
        if now is not None and now is not page:
            name = self.ladders[self.ladder].name if self.ladders else ""
            self.ladders = ladders(now)
            names = [ladder.name for ladder in self.ladders]
            self.ladder = names.index(name) if name in names else 0
            self.way = self.way if self.ladders else WHOLE
            self._show_levels()
        super().library_changed(changed)

    # -- choosing -------------------------------------------------------------------------------

    def choose_level(self, level: int) -> None:
        if self.ladders and (level != self.level or self.why != CHOSEN):
            self.level, self.why = level, CHOSEN
            self.levels.show_level(level)
            self._show_text(keep=True)

    def choose_ladder(self, number: int) -> None:
        self.ladder = number
        self._begin_ladder()
        self._show_levels()
        self._show_text()

    def own_link(self, what: str) -> None:
        verb, _, which = what.partition("-")
        if verb == "level" and which.isdecimal() and int(which) < self.levels.model_of.rowCount():
            self.choose_level(int(which))

    def _switched(self, way: str) -> None:
        if way != self.way:
            self.way = way
            self._fit()
            self._show_text()

    # -- coming back, fitting -------------------------------------------------------------------

    def keep(self) -> dict[str, Any]:
        return {
            **super().keep(),
            "way": self.way,
            "ladder": self.ladder,
            "level": self.level,
            "why": self.why,
        }

    def restore(self, kept: dict[str, Any]) -> None:
        number = kept.get("ladder", 0)
        if self.ladders and number < len(self.ladders):
            self.ladder = number
            self.level = kept.get("level", 0)
            self.why = kept.get("why", CHOSEN)
            self.way = kept.get("way", SIDE)
            self._show_levels()
            self._fit()
            self._show_text()
        super().restore(kept)

    def regions(self) -> list[QWidget]:
        parts = [self.head, self.notice, self.gate, self.panel, self.reader]
        return [part for part in parts if part.isVisible()]

    def focus_first(self) -> None:
        if self.panel.isVisibleTo(self) and not self.gate.isVisibleTo(self):
            self.levels.setFocus()
        else:
            super().focus_first()

    def _fit(self) -> None:
        look = theme()
        side = bool(self.ladders) and self.way == SIDE
        stacked = self.width() / look.scale < 900
        self.switch.setVisible(bool(self.ladders))
        self.switch.show_choice(self.way)
        self.head.right_box.setVisible(bool(self.ladders))
        self.panel.setVisible(side and not stacked and not self.gate.isVisibleTo(self))
        self.panel.setFixedWidth(look.px(304))
        self.panel_column.setContentsMargins(0, look.px(10), 0, 0)
        self.hint.setContentsMargins(look.px(20), 0, 0, 0)
        self.which_box.setVisible(len(self.ladders) > 1)
        self.which_box.setContentsMargins(look.px(16), 0, look.px(8), look.px(8))
        self.reader.column = WIDE_COLUMN if side else COLUMN
        self.reader.fit()
        panel = 0 if stacked or not side else look.px(304)
        room = self.width() - panel - 2 * look.px(self.reader.edge) - look.px(12)
        tight = room < look.px(COLUMN)
        changed = (stacked, tight) != (self.stacked, self.tight)
        self.stacked, self.tight = stacked, tight
        super()._fit()
        if changed and side:
            self._show_text(keep=True)


def in_column(html: str, width: int) -> str:
    """Text no wider than a column, below levels that take all the room there is."""
    return (
        f'<table width="{width}" cellspacing="0" cellpadding="0"><tr><td>{html}</td></tr></table>'
    )
