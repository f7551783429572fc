"""`fingerpost handout`: a session or pathway as an A4 PDF to give away."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.__main__ import Arguments, Usage
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.model import Page


def handout(arguments: list[str]) -> int:
    """Write the PDF, and say how many sheets it has."""
    try:
        return _written(_arguments(arguments))
    except (Usage, KnowledgeError) as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = Arguments(
        prog="fingerpost handout", description="A session or pathway as sheets to give away."
    )
    parser.add_argument("page", help="the session or pathway: its path or short name")
    parser.add_argument("--library", type=Path, help="the library's folder")
    parser.add_argument("--answers", action="store_true", help="print the outcomes of the cases")
    parser.add_argument("-o", "--output", type=Path, help="write to this file")
    return parser.parse_args(arguments)


def _named(library: Library, name: str) -> Page:
    from knowledge.report import nearest

    found = library.find_typed(name)
    if found is None:
        near = nearest(name, [*library.by_id, *library.pages])
        hint = f" Did you mean {near}?" if near else ""
        raise Usage(f"There is no page '{name}' in {library.root}.{hint}")
    page = found[0]
    if not page.stops and not page.steps:
        raise Usage(f"'{page.title}' is no session or pathway. Print it from the window instead.")
    return page


def _written(chosen: argparse.Namespace) -> int:
    from knowledge.library import open_library
    from knowledge.places import shipped_library

    library = open_library(chosen.library or shipped_library())
    page = _named(library, chosen.page)
    file: Path = chosen.output or Path(f"handout-{page.id}.pdf")
    try:
        with file.open("ab"):
            pass  # Qt would only fall silent if the file could not be written
    except OSError as error:
        raise Usage(f"{file} could not be written: {error.strerror}.") from error
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop import theme
    from desktop.handout import write_handout
    from knowledge.render import Renderer

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.start(app, "light", 1.0)
    count = write_handout(file, page, library, Renderer(), date.today(), answers=chosen.answers)
    sys.stdout.write(f"{file}: {count} sheets\n")
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {"handout": handout}
