"""The first page: one box that asks what was seen, topics, the team's six, where one left off, what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.icons import KIND_ICONS
from desktop.places import Place, list_place, page_place
from desktop.searches import KEEPING, clear, kept
from desktop.theme import theme
from desktop.views.columned import Columned
from desktop.widgets.askfield import AskField
from desktop.widgets.basics import Button, FlowLayout, Line, Tiles, clear_layout, label
from desktop.widgets.painted import Card, Chip
from desktop.widgets.rows import LeadRow

if TYPE_CHECKING:
    from desktop.session import Changed, Session
    from knowledge.library import Library
    from knowledge.model import Page

SEARCHES_SHOWN = 5
ASK = "What have you seen or heard?"
HINTS = (  # the longest there is room for
    "Type it as you would say it: mum hears voices, not gaining, bruise on baby",
    "Type it as you would say it: mum hears voices",
    "Type it as you would say it",
    "Type it here",
)
# Words under each high impact area, and its picture; a library with other topics gets neither.
TOPICS = {
    "Transition to parenthood": ("Pregnancy, new birth, early weeks", "baby"),
    "Maternal and family mental health": ("Mothers, fathers and babies", "heart-pulse"),
    "Breastfeeding and feeding": ("Breast, bottle and slow growth", "milk"),
    "Healthy weight and nutrition": ("Weaning, food and play", "utensils"),
    "Minor illness and accidents": ("Fever, crying, safe homes", "thermometer"),
    "Health, wellbeing and development": ("Speech, learning, two-year review", "message-circle"),
}


class LargeField(AskField):
    """The one box that asks. Its hint is as long as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "large")
        self.setAccessibleName(ASK)

    def _place(self) -> None:
        look = theme()
        left = look.px(32)
        self._lens_at(look.px(18), 22)
        self.setTextMargins(left, 0, 0, 0)
        self._hint(HINTS, QFontMetrics(look.font("lead")), self.width() - left - look.px(36))


class HomeView(Columned):
    """What a health visitor sees first. The box is ready to be typed in."""

    beside, above, apart = 860, 26, 12

    tour_wanted = Signal()
    search_wanted = Signal(str)
    library_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._newer: Library | None = None
        self._shown: object = None  # of the reader's own, so that the same is not laid out again
        self.field = LargeField()
        self.searches = QWidget()
        self._searched: list[str] | None = None
        self.search_chips = FlowLayout(self.searches)
        self.offer = self._tour_offer()
        self.other_library: QWidget | None = None  # made when it is wanted, which is hardly ever
        self.cards = QWidget()
        self.topics = Tiles(self.cards)
        self.more_topics = QWidget()
        self.chips = FlowLayout(self.more_topics)
        self.topics_head = label("Topics", "heading")
        self.left, self.right = QWidget(), QWidget()
        self.top_six = QVBoxLayout()
        self.left_off_box = QWidget()
        self.left_off = FlowLayout(self.left_off_box, 6)
        self.changed = QVBoxLayout()
        self._build()
        theme().changed.connect(self._fit)
        session.bookmarks_changed.connect(self._fill_reader)
        session.looked.changed_known.connect(self._fill_reader)
        session.settings.changed.connect(self._setting_changed)
        session.library_failed.connect(lambda _: self._offer_library())
        self._offer_tour()
        self.show_library(session.library)

    def _build(self) -> None:
        look = theme()
        self.body.addWidget(label(ASK, "display"))
        self.body.addWidget(self.field)
        self.body.addWidget(self.searches)
        self.body.addWidget(self.offer)
        self.body.addLayout(self.columns)
        self.columns.addWidget(self.left, 5)
        self.columns.addWidget(self.right, 3)
        self.body.addStretch(1)
        left = QVBoxLayout(self.left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.topics_head)
        left.addWidget(self.cards)
        left.addWidget(self.more_topics)
        left.addSpacing(look.px(12))
        left.addWidget(label("Where you left off", "heading"))
        left.addWidget(self.left_off_box)
        left.addStretch(1)
        right = QVBoxLayout(self.right)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(label("My team's top six", "heading"))
        card = QFrame()
        card.setProperty("role", "card")
        card.setLayout(self.top_six)
        right.addWidget(card)
        right.addSpacing(look.px(12))
        right.addWidget(label("Changed since you last looked", "heading"))
        right.addLayout(self.changed)
        right.addStretch(1)

    def _tour_offer(self) -> QWidget:
        """Asks once; never stands in the way of somebody who has a worry to type."""
        offer = QWidget()
        row = FlowLayout(offer)
        row.addWidget(Button("New here? Take the tour", "signpost", "lined", self._tour))
        row.addWidget(Button("Not now", "x", "", self._no_tour))
        return offer

    def _offer_library(self) -> None:
        """One thing to do where there is no library, or an empty one: take another."""
        library = self.session.library
        wanted = bool(self.session.lost) if library is None else not library.pages
        if self.other_library is None and wanted:
            self.other_library = QWidget()
            row = FlowLayout(self.other_library)
            row.addWidget(
                Button("Choose a folder", "folder-open", "lined", self.library_wanted.emit)
            )
            row.addWidget(Button("Open the starter library", "house", "lined", self._starter))
            self.body.insertWidget(self.body.indexOf(self.offer) + 1, self.other_library)
        if self.other_library is not None:
            self.other_library.setVisible(wanted)

    def _starter(self) -> None:
        from knowledge.places import shipped_library

        self.session.choose(shipped_library())

    def _tour(self) -> None:
        self.tour_wanted.emit()

    def _no_tour(self) -> None:
        self.session.settings.set("tour_done", True)
        self.focus_first()

    def _setting_changed(self, name: str) -> None:
        if name == "tour_done":
            self._offer_tour()
        elif name in ("searches", KEEPING):
            self._fill_searches()

    def _offer_tour(self) -> None:
        done = self.session.settings.get("tour_done")
        held = self.window().focusWidget()
        if done and held is not None and self.offer.isAncestorOf(held):
            self.focus_first()  # else Qt takes the keyboard to whatever comes next
        self.offer.setVisible(not done)

    def _fill_searches(self) -> None:
        """What was searched for of late, where the reader wants that kept; one press clears it."""
        settings = self.session.settings
        words = kept(settings, self.session.now().date())[:SEARCHES_SHOWN]
        if words == self._searched:
            return
        self._searched = words
        self.search_chips.clear()
        for asked in words:
            chip = Chip(asked, checkable=False)
            chip.setAccessibleName(f"Search again: {asked}")
            chip.clicked.connect(lambda _=False, w=asked: self.search_wanted.emit(w))
            self.search_chips.addWidget(chip)
        if words:
            clearing = Button("Clear these searches", "x", "link", lambda: clear(self.session))
            self.search_chips.addWidget(clearing)
        self.searches.setVisible(bool(words))
        self.searches.updateGeometry()

    # -- showing ------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        self.place = place
        self.field.clear()
        self._fill_reader()

    def focus_first(self) -> None:
        self.field.setFocus()

    def show_library(self, library: Library | None) -> None:
        """Fill in what the library says; before it is read the box alone stands there."""
        self._newer = None
        if library is not None:
            self._fill_topics(library)
            self._fill_six(library)
            self._fill_reader()
        for part in (self.left, self.right):
            part.setVisible(library is not None)
        self._offer_library()
        self._fit()

    def library_changed(self, changed: Changed) -> None:
        if self.isVisible():
            self.show_library(changed.library)
        else:
            self._newer = changed.library  # nobody looks: saving a page need not wait for it

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._newer is not None:
            self.show_library(self._newer)

    def _fill_topics(self, library: Library) -> None:
        used = {topic for page in library.pages.values() for topic in page.topics}
        named = [t for t in library.settings.topics if t in used]
        topics = named or sorted(used)
        self.topics_head.setVisible(bool(topics))
        first = [t for t in library.settings.high_impact_areas if t in used] or topics[:6]
        cards = [Card(topic, *TOPICS.get(topic, ("", "tags"))) for topic in first[:6]]
        chips = [Chip(topic, checkable=False) for topic in topics if topic not in first[:6]]
        for button in (*cards, *chips):
            button.clicked.connect(lambda _=False, b=button: self._topic(b.text()))
        self.topics.put(cards)
        self.chips.put(chips)

    def _topic(self, topic: str) -> None:
        self.session.go(list_place(f"topic/{topic}"))

    def _fill_six(self, library: Library) -> None:
        clear_layout(self.top_six)
        pages = [found[0] for name in library.settings.top_six if (found := library.find(name))]
        for number, page in enumerate(pages[:6]):
            if number:
                self.top_six.addWidget(Line())
            urgent = page.path in library.emergency and page.kind == "pathway" and number == 0
            picture = "octagon-alert" if urgent else KIND_ICONS[page.kind.value]
            button = LeadRow(page.title, picture, urgent=urgent)
            button.clicked.connect(
                lambda _=False, path=page.path: self.session.go(page_place(path))
            )
            self.top_six.addWidget(button)
        if not pages:
            self.top_six.addWidget(
                label("Your champion can name six pages in library.yaml.", "muted")
            )

    def _fill_reader(self) -> None:
        """What depends on the reader: where they were, what changed since."""
        library = self.session.library
        if library is None:
            return
        self._fill_searches()
        recent = [
            (place, self.session.words_for(place), KIND_ICONS[library.pages[place.page].kind.value])
            for place in self.session.recent()[:4]
        ]
        looked = self.session.looked
        changed = [(looked.is_new(page), page) for page in looked.changed(library)]
        now = (recent, [(new, page.path, page.title) for new, page in changed])
        if now == self._shown:
            return
        self._shown = now
        rows: list[QWidget] = []
        for place, words, picture in recent:
            button = LeadRow(words, picture, link=True)
            button.clicked.connect(lambda _=False, p=place: self.session.go(p))
            rows.append(button)
        waits = "Pages you open will wait for you here."
        self.left_off.put(rows or [label(waits, "muted", wrap=False)])
        self.left_off_box.updateGeometry()
        self._fill_changed(changed)

    def _fill_changed(self, pages: list[tuple[bool, Page]]) -> None:
        clear_layout(self.changed)
        for new, page in pages[:3]:
            button = LeadRow(f"New: {page.title}" if new else page.title, "sparkles", link=True)
            button.clicked.connect(
                lambda _=False, path=page.path: self.session.go(page_place(path))
            )
            self.changed.addWidget(button)
        if len(pages) > 3:
            more = LeadRow(f"{len(pages) - 3} more", link=True)
            more.clicked.connect(lambda: self.session.go(list_place("changed")))
            self.changed.addWidget(more)
        if not pages:
            self.changed.addWidget(label("Nothing has changed since you last looked.", "muted"))

    # -- fitting ------------------------------------------------------------------------------

    def _fit(self) -> None:
        super()._fit()
        look = theme()
        self.top_six.setContentsMargins(look.px(14), look.px(4), look.px(14), look.px(4))
        self.top_six.setSpacing(0)
        for side in (self.left, self.right):
            layout = side.layout()
            if layout is not None:
                layout.setSpacing(look.px(8))
        self.changed.setSpacing(look.px(2))
