"""A pathway's graph as a file: PDF, PNG, SVG or Mermaid; asks where to put it and says how that went."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.graph.chart import chart_of
from desktop.graph.export import png_bytes, png_of
from desktop.printing import write_pdf
from desktop.saving_as import SaveAs, ending, saved
from drawing.draw import refined_picture
from drawing.net import LayoutError
from drawing.svg import svg_of
from knowledge.errors import KnowledgeError
from knowledge.files import Clock, Files, put_in_place, write_beside
from knowledge.graphdata import render
from knowledge.stamp import picture_words

if TYPE_CHECKING:
    from desktop.session import Session
    from knowledge.library import Library
    from knowledge.model import Page
    from knowledge.render import Renderer

_FORMS = (
    "Sheets of paper (*.pdf)",
    "Picture (*.png)",
    "Drawing that can be edited (*.svg)",
    "Mermaid, as text (*.mmd)",
)


def ask_and_save(parent: QWidget, session: Session, page: Page) -> None:
    asked = SaveAs(parent, "Save the graph as a picture", page.id, _FORMS)
    file = asked.file()
    if file is None:
        return
    endings = [ending(form) for form in _FORMS]
    if file.suffix.lower().lstrip(".") not in endings:
        file = file.with_name(f"{file.name}.{ending(asked.selectedNameFilter())}")
    session.told.emit(save_to(session, page, file))


def save_to(session: Session, page: Page, file: Path) -> str:
    """Write the picture; a sentence on how that went."""
    library = session.library
    if library is None:
        return "The library is not open."
    try:
        if file.suffix.lower() == ".pdf":
            with file.open("ab"):
                pass  # Qt would only fall silent if the file could not be written
        columns = session.settings.wants_columns
        today = session.now().date()
        count = save(file, page, library, session.renderer, columns=columns, today=today)
    except LayoutError as error:
        return str(error)
    except KnowledgeError as error:
        return f"{file.name} could not be saved: {error}"
    except OSError as error:
        return f"{file.name} could not be saved: {error.strerror}. Choose another folder."
    return saved(file, count)


def mermaid_of(page: Page, library: Library, today: date) -> str:
    """The graph as text that other programs draw; how far the page can be trusted stands above it."""
    return render(page, "mermaid", picture_words(page, library, today))


def save(
    file: Path,
    page: Page,
    library: Library,
    renderer: Renderer,
    *,
    columns: bool | None = None,
    today: date | None = None,
) -> int:
    """Write the graph in the form of the file's ending; how many sheets. Raises LayoutError, OSError."""
    form = file.suffix.lower().lstrip(".")
    today = today or date.today()
    if form == "pdf":
        return write_pdf(file, page, library, renderer, today, columns=bool(columns))
    if form == "mmd":
        data = mermaid_of(page, library, today).encode("utf-8")
    else:
        said = picture_words(page, library, today)
        diagram = chart_of(page, library.pages.get, library.emergency).diagram
        drawing = refined_picture(diagram, columns=columns)
        if form == "svg":
            data = svg_of(drawing, said=said).encode("utf-8")
        else:
            data = png_bytes(png_of(drawing, said=said))
    files = Files()
    put_in_place(files, write_beside(files, file, data, sync=False), file, Clock())
    return 1
