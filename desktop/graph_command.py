"""`fingerpost graph` with every form: PNG and PDF are painted here, the rest is left to the drawing room."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from drawing.__main__ import COMMANDS as DRAWN
from drawing.__main__ import DATA, PAINTED, PICTURES, read_arguments
from knowledge.__main__ import Usage, pathway_named
from knowledge.errors import KnowledgeError

_ENDINGS = {form: form for form in (*PICTURES, *DATA, *PAINTED)} | {"mmd": "mermaid"}


def graph(arguments: list[str]) -> int:
    """A pathway as data or as a picture. Without a format, the ending of the file says it."""
    if not _form(arguments) and (ending := _ending(arguments)) in _ENDINGS:
        arguments = [*arguments, "--format", _ENDINGS[ending]]
    if _form(arguments) not in PAINTED:
        return DRAWN["graph"](arguments)
    try:
        return _painted(read_arguments(arguments))
    except (Usage, KnowledgeError) as error:
        sys.stderr.write(f"{error}\n")
        return 2


def _form(arguments: list[str]) -> str:
    for place, word in enumerate(arguments):
        if word == "--format":
            return arguments[place + 1] if place + 1 < len(arguments) else ""
        if word.startswith("--format="):
            return word.partition("=")[2]
    return ""


def _ending(arguments: list[str]) -> str:
    """The ending of the file to be written, such as `pdf`."""
    for place, word in enumerate(arguments):
        name, _, file = word.partition("=")
        if word in ("-o", "--output"):
            file = arguments[place + 1] if place + 1 < len(arguments) else ""
        elif name != "--output":
            continue
        return Path(file).suffix.lower().lstrip(".")
    return ""


def _painted(chosen: argparse.Namespace) -> int:
    from knowledge.library import open_library
    from knowledge.places import shipped_library

    library = open_library(chosen.library or shipped_library())
    page: Any = pathway_named(library, chosen.page)
    if chosen.output is None and sys.stdout.isatty():
        raise Usage("A picture cannot be shown here. Say where to put it: -o FILE.")
    if not page.steps:
        raise Usage("This pathway has no steps yet, so there is nothing to draw.")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop import theme
    from desktop.picturing import save
    from drawing.net import LayoutError
    from knowledge.render import Renderer

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.start(app, "light", 1.0)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"graph.{chosen.format}"
        try:
            save(made, page, library, Renderer(), columns=chosen.columns or None)
        except LayoutError as error:
            raise Usage(str(error)) from error
        data = made.read_bytes()
    if chosen.output is None:
        sys.stdout.buffer.write(data)
    else:
        try:
            chosen.output.write_bytes(data)
        except OSError as error:
            raise Usage(f"{chosen.output} could not be written: {error.strerror}.") from error
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {"graph": graph}
