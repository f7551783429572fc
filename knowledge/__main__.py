"""The core from a terminal: `check` and `graph`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.errors import KnowledgeError
from knowledge.places import Profile, shipped_library

if TYPE_CHECKING:
    from knowledge.library import Library
    from knowledge.model import Page
    from knowledge.problems import Severity

FORMATS = ("json", "mermaid", "dot", "graphml")


class Usage(Exception):
    """The command cannot be carried out as given; the text says how to put it right."""


class Arguments(argparse.ArgumentParser):
    """Arguments whose mistakes are one line and exit status 2."""

    def error(self, message: str) -> None:  # type: ignore[override]
        raise Usage(f"{self.prog}: {message}. See '{self.prog} --help'.")


def check(arguments: list[str]) -> int:
    """`fingerpost check`: every problem in a library."""
    parser = Arguments(prog="fingerpost check", description="List every problem in a library.")
    parser.add_argument("dir", nargs="?", type=Path, help="the library's folder")
    parser.add_argument("--library", type=Path, help="the same")
    parser.add_argument("--strict", action="store_true", help="let warnings count")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--rules", action="store_true", help="list the rules and leave")
    parser.add_argument("--profile", type=Path, help="keep the cache in this folder")
    chosen = parser.parse_args(arguments)
    if chosen.rules:
        return _print_rules()
    from knowledge.cache import checked_library
    from knowledge.problems import Severity

    root = chosen.dir or chosen.library or shipped_library()
    profile = Profile.at(chosen.profile) if chosen.profile else Profile.usual()
    library, found = checked_library(root, profile.cache, date.today())
    counts = {severity: found.count(severity) for severity in Severity}
    bad = counts[Severity.ERROR] > 0 or (chosen.strict and counts[Severity.WARNING] > 0)
    if chosen.json:
        report = {
            "library": str(root),
            "pages": len(library.pages),
            "problems": [problem.as_json() for problem in found.problems],
            "counts": {severity.value: count for severity, count in counts.items()},
        }
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return int(bad)
    for problem in found.problems:
        print(problem.sentence())
    print(_summary(len(library.pages), counts))
    return int(bad)


def _summary(pages: int, counts: Mapping[Severity, int]) -> str:
    said = [_count(number, name) for name, number in counts.items() if number]
    looked = f"{_count(pages, 'page')} looked at"
    return f"{looked}: {', '.join(said)}." if said else f"{looked}: nothing to put right."


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}" if number == 1 else f"{number:,} {name}s"


def _print_rules() -> int:
    from knowledge.catalogue import every_rule

    for code, severity, asks in every_rule():
        print(f"{code:24} {severity:8} {asks}")
    return 0


def graph(arguments: list[str]) -> int:
    """`fingerpost graph`: a pathway as data."""
    parser = Arguments(prog="fingerpost graph", description="A pathway as data.")
    parser.add_argument("page", help="the pathway: its path or short name")
    parser.add_argument("--library", type=Path, help="the library's folder")
    parser.add_argument("--format", default="json", help=", ".join(FORMATS))
    parser.add_argument("-o", "--output", type=Path, help="write to this file")
    chosen = parser.parse_args(arguments)
    from knowledge.graphdata import render
    from knowledge.library import open_library
    from knowledge.stamp import picture_words

    if chosen.format not in FORMATS:
        raise Usage(f"'{chosen.format}' is no format that I know. Use {', '.join(FORMATS)}.")
    library = open_library(chosen.library or shipped_library())
    page = pathway_named(library, chosen.page)
    tell_same_names(page)
    said = picture_words(page, library, date.today())
    write_out(render(page, chosen.format, said), chosen.output)
    return 0


def tell_same_names(page: Page) -> None:
    """Steps of one name are said beside the data."""
    from knowledge.graph import same_names

    for sentence in same_names(page):
        print(sentence, file=sys.stderr)


def pathway_named(library: Library, name: str) -> Page:
    """The pathway of this name, or a sentence that says what there is instead."""
    from knowledge.model import Kind
    from knowledge.report import nearest

    found = library.find_typed(name.partition("#")[0])
    pathways = {page.id: page for page in library.of_kind(Kind.PATHWAY)}
    if found is None:
        near = nearest(name, [*pathways, *library.pages])
        hint = (
            f" Did you mean {near}?" if near else " 'fingerpost search' finds pages by their words."
        )
        raise Usage(f"There is no page '{name}' in {library.root}.{hint}")
    if found[0].kind is not Kind.PATHWAY:
        raise Usage(
            f"'{found[0].title}' is no pathway but another kind of page, so it has no graph."
        )
    return found[0]


def write_out(text: str, output: Path | None) -> None:
    """Print, or write to a file by way of a new one beside it."""
    if output is None:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        return
    from knowledge.errors import explain

    try:
        output.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise explain(error, f"{output} could not be written", output) from None


COMMANDS: dict[str, Callable[[list[str]], int]] = {}


def _told(command: Callable[[list[str]], int]) -> Callable[[list[str]], int]:
    """The command with its failures said in one line."""

    def run(arguments: list[str]) -> int:
        try:
            return command(arguments)
        except (Usage, KnowledgeError) as error:
            print(error, file=sys.stderr)
            return 2

    return run


COMMANDS.update(check=_told(check), graph=_told(graph))


def main(argv: list[str] | None = None) -> int:
    """`python -m knowledge check ...`."""
    arguments = sys.argv[1:] if argv is None else argv
    if not arguments or arguments[0] not in COMMANDS:
        print(f"usage: python -m knowledge {{{','.join(COMMANDS)}}} ...", file=sys.stderr)
        return 2
    return COMMANDS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main())
