"""A section beside the answers: what kind of step it is, what it says, whom to ring, its ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.places import Place, page_place
from desktop.theme import theme
from desktop.widgets.basics import Scroller, clear_layout, label
from desktop.widgets.painted import Finger, breakable
from desktop.widgets.passage import Passage
from knowledge.glossary import named
from knowledge.hours import in_words
from knowledge.model import Kind, Page, Section, Step, StepKind

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.glossary import Term
    from knowledge.library import Library

_KINDS = {
    "pathway": "Pathway",
    "threshold": "Threshold",
    "casestudy": "Case study",
    "service": "Service",
    "session": "Session",
    "page": "Page",
}


class Preview(QWidget):
    """Follows the chosen answer."""

    asked = Signal(object)  # Place

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setAccessibleName("The chosen answer")
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.passage = Passage(session)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.scroller = Scroller(self.inside)
        outer.addWidget(self.scroller)
        self.kind = label("", "small")
        self.title = label("", "title")
        self.extra = QWidget()
        self.extras = QVBoxLayout(self.extra)
        self.extras.setContentsMargins(0, 0, 0, 0)
        self.summary = label("", "muted")
        self.heading = label("", "strong")
        for widget in (self.kind, self.title, self.summary, self.heading, self.passage, self.extra):
            self.body.addWidget(widget)
        theme().changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        edge = look.px(24)
        self.body.setContentsMargins(edge, look.px(16), edge, look.px(16))
        self.body.setSpacing(look.px(8))
        self.extras.setSpacing(look.px(8))

    def show_place(self, place: Place) -> None:
        library = self.session.library
        page = self.session.page(place.page)
        if library is None or page is None:
            return
        section = page.by_anchor.get(place.anchor) if place.anchor else page.intro
        section = section or page.intro
        clear_layout(self.extras)
        self.scroller.verticalScrollBar().setValue(0)
        term = named(library.terms, place.anchor, page.path)
        self.passage.setVisible(term is None)
        if term is not None:
            self._explain(page, term)
            return
        self.kind.setText(_said(page, section))
        self.title.setText(breakable(section.title or page.title))
        self.summary.setText(page.summary if section is page.intro else "")
        self.summary.setVisible(bool(self.summary.text()))
        said = _first_words(page, section)
        self.heading.setText("" if said is section else said.title)
        self.heading.setVisible(said is not section)
        self.passage.show_section(page, said, place.words)
        self._ring(library, page, section)
        if isinstance(section, Step):
            self._ways(library, page, section)

    def _explain(self, page: Page, term: Term) -> None:
        """A row of the glossary: what the term stands for, what it means, what people type."""
        self.kind.setText(page.title)
        self.title.setText(breakable(term.term))
        self.summary.setText(term.meaning or "The glossary gives no meaning yet.")
        self.summary.show()
        self.heading.setText(term.expansion)
        self.heading.setVisible(bool(term.expansion))
        if term.typed:
            self.extras.addWidget(label(f"People also type: {', '.join(term.typed)}", "small"))

    def _ring(self, library: Library, page: Page, section: Section) -> None:
        """The services this section names, with their state just now."""
        services = [page] if page.kind is Kind.SERVICE else []
        for link in section.links:
            target = library.pages.get(link.page)
            if target is not None and target.kind is Kind.SERVICE and target not in services:
                services.append(target)
        if not services:
            return
        urgent = section.urgent or page.path in library.emergency
        card = QFrame()
        card.setProperty("role", "card")
        lines = QVBoxLayout(card)
        lines.addWidget(
            label("Ring now" if urgent else "Services named here", "urgent" if urgent else "strong")
        )
        now = self.session.now()
        for service in services[:5]:
            contact = service.contact
            if contact is None:
                continue
            number = contact.phone or "add your local number"
            lines.addWidget(label(f"{service.title}: {number}. {in_words(contact.hours, now)}"))
        self.extras.addWidget(card)

    def _ways(self, library: Library, page: Page, step: Step) -> None:
        if step.ways:
            self.extras.addWidget(label("Ways on from here", "small"))
        for number, way in enumerate(step.ways, 1):
            goal = library.target(way.page, way.anchor)
            title = goal.title if goal is not None else way.link.text
            urgent = (
                isinstance(goal, Step) and goal.kind is StepKind.URGENT
            ) or way.page in library.emergency
            finger = Finger(number, way.condition, title, urgent=urgent, loop=way.loop)
            place = page_place(way.page, way.anchor)
            finger.clicked.connect(lambda _=False, p=place: self.asked.emit(p))
            self.extras.addWidget(finger)


def _said(page: Page, section: Section) -> str:
    """The line above the title: what it is, and where it stands."""
    if isinstance(section, Step):
        return f"{section.kind.value.capitalize()} · {page.title} · step {section.number} of {len(page.steps)}"
    kind = _KINDS[page.kind.value]
    return f"{kind} · {page.title}" if section.title else kind


def _first_words(page: Page, section: Section) -> Section:
    """The section, or where it only stands above others, the first of those that says something."""

    def says(one: Section) -> bool:
        return bool(page.text[one.body.start : one.body.end].strip())

    if section.level or says(section):
        return section
    return next((one for one in page.sections if says(one)), section)


__all__ = ["Preview"]
