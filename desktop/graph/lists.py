"""What a pathway lists on demand: its steps, the links of a step, its sources, the meaning of a term."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from desktop.places import page_place
from desktop.widgets.asides import Choice, TermPanel

if TYPE_CHECKING:
    from desktop.graph.chart import Chart
    from desktop.session import Session
    from desktop.widgets.reader import Reader
    from knowledge.model import Page


def list_steps(parent: QWidget, chart: Chart, chosen: Callable[[str], None]) -> None:
    boxes = [chart.boxes[key] for key in chart.keys]
    entries = [(f"{box.number}. {box.title}", 0) for box in boxes]
    Choice(parent, "Steps of this pathway", entries, lambda row: chosen(chart.keys[row])).open()


def list_links(parent: QWidget, reader: Reader) -> None:
    found = reader.links()
    entries = [(link.words, 0) for link in found]
    Choice(
        parent, "Links of this step", entries, lambda row: reader.follow(found[row].address)
    ).open()


def list_sources(parent: QWidget, page: Page) -> None:
    entries = [(f"[{s.key}] {s.title} {s.year}".strip(), 0) for s in page.sources]
    Choice(parent, "Sources of this pathway", entries, lambda _: None).open()


def show_term(parent: QWidget, session: Session, name: str, spot: QRect) -> None:
    """What a word of the glossary means."""
    library = session.library
    found = [t for t in library.terms if t.term == name] if library is not None else []
    if found:
        term = found[0]
        TermPanel(parent, term, lambda: session.go(page_place(term.page))).open_at(spot)
