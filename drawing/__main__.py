"""`fingerpost graph` with pictures: positions as JSON, and SVG. Data alone is left to the core."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.__main__ import COMMANDS as CORE
from knowledge.__main__ import Arguments, Usage, pathway_named, tell_same_names, write_out
from knowledge.errors import KnowledgeError
from knowledge.places import shipped_library

PICTURES = ("json", "svg")
DATA = ("mermaid", "dot", "graphml")
PAINTED = ("png", "pdf")  # not here: the program paints them


def graph(arguments: list[str]) -> int:
    """`fingerpost graph`: a pathway as data or as a picture."""
    try:
        chosen = read_arguments(arguments)
        if chosen.format in DATA:
            return CORE["graph"]([word for word in arguments if word != "--columns"])
        if chosen.format in PAINTED:
            raise Usage(f"'fingerpost graph' makes a {chosen.format}; this part has no painter.")
        if chosen.format not in PICTURES:
            known = ", ".join((*PICTURES, *DATA, *PAINTED))
            raise Usage(f"'{chosen.format}' is no format that I know. Use {known}.")
        return _picture(chosen)
    except (Usage, KnowledgeError) as error:
        print(error, file=sys.stderr)
        return 2


def read_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = Arguments(prog="fingerpost graph", description="A pathway as data or as a picture.")
    parser.add_argument("page", help="the pathway: its path or short name")
    parser.add_argument("--library", type=Path, help="the library's folder")
    parser.add_argument("--format", default="json", help=", ".join((*PICTURES, *DATA, *PAINTED)))
    parser.add_argument("--columns", action="store_true", help="a column for each actor")
    parser.add_argument("-o", "--output", type=Path, help="write to this file")
    return parser.parse_args(arguments)


def _picture(chosen: argparse.Namespace) -> int:
    from drawing.data import as_json
    from drawing.draw import refined_picture
    from drawing.net import LayoutError
    from drawing.pathway import diagram_of
    from drawing.svg import svg_of
    from knowledge.library import open_library
    from knowledge.model import Page
    from knowledge.stamp import picture_words

    library = open_library(chosen.library or shipped_library())
    page: Any = pathway_named(library, chosen.page)
    assert isinstance(page, Page)
    tell_same_names(page)
    try:
        diagram = diagram_of(page, library.pages.get, library.emergency)
        drawing = refined_picture(diagram, columns=chosen.columns or None)
    except LayoutError as error:
        raise Usage(str(error)) from error
    if chosen.format == "svg":
        said = picture_words(page, library, date.today())
        write_out(svg_of(drawing, said=said), chosen.output)
    else:
        write_out(json.dumps(as_json(page, drawing), ensure_ascii=False, indent=2), chosen.output)
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {"graph": graph}


def main(argv: list[str] | None = None) -> int:
    """`python -m drawing graph ...`."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] not in COMMANDS:
        print("usage: python -m drawing graph PAGE ...", file=sys.stderr)
        return 2
    return COMMANDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main())
