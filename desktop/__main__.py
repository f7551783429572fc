"""The `fingerpost` command: finds the room that answers a subcommand, and loads nothing else.

Every room's `__main__` offers `COMMANDS`, a table of functions from arguments to an exit status.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Subcommand -> the room that has it, and what it does.
SUBCOMMANDS = {
    "check": ("knowledge.__main__", "list every problem in a library"),
    "search": ("search.__main__", "answer a question from the library, best first"),
    "index": ("search.__main__", "bring the search index up to date"),
    "graph": ("desktop.graph_command", "a pathway as data or as a picture"),
    "handout": ("desktop.handout_command", "a session or pathway as a PDF to give away"),
    "benchmark": ("benchmarks", "run a benchmark and print its table"),
}
WINDOW = "desktop.app"
WITHOUT_SCREEN = "desktop.terminal"


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status, whatever becomes of the terminal."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an old terminal may not know every letter
    try:
        status = dispatch(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        discard_output()
        return 141
    except OSError as error:
        if error.filename is not None:
            raise
        discard_output()
        return complain(f"the output could not be written: {error.strerror or error}.")
    return status


def dispatch(arguments: list[str]) -> int:
    """Hand the arguments to whatever they are for."""
    first = arguments[0] if arguments else ""
    if first in ("-h", "--help"):
        print(usage())
        return 0
    if first == "--version":
        return tell_version(arguments[1:])
    if first == "--draw-for-window":  # a window's other process; see desktop.graph.worker
        drawn: int = import_module("desktop.graph.worker").serve()
        return drawn
    if first in SUBCOMMANDS:
        return run_subcommand(first, arguments[1:])
    if first and not first.startswith("-") and not could_be_page(first):
        return complain(unknown(first))
    return show(arguments)


def run_subcommand(name: str, rest: list[str]) -> int:
    """Load the room that has a subcommand, and only that."""
    if name == "benchmark":
        return run_benchmark(rest)
    commands = commands_of(SUBCOMMANDS[name][0])
    if name not in commands:
        return complain(f"this version has no '{name}' yet. There are: {', '.join(available())}.")
    return commands[name](rest)


def commands_of(module: str) -> dict[str, Callable[[list[str]], int]]:
    """The table of subcommands a room offers; empty where the room has none."""
    if find_spec(module) is None:
        return {}
    commands: dict[str, Callable[[list[str]], int]] = import_module(module).COMMANDS
    return commands


def available() -> list[str]:
    """Names of the subcommands whose room is there."""
    return [name for name, (module, _) in SUBCOMMANDS.items() if find_spec(module) is not None]


def show(arguments: list[str]) -> int:
    """Open the window, or do its main job in the terminal where there is no screen."""
    module = WINDOW if has_screen() else WITHOUT_SCREEN
    if find_spec(module) is None:
        print(usage())
        return 0
    status: int = import_module(module).main(arguments)
    return status


def has_screen() -> bool:
    """Say whether a window could be seen; Qt would end the program if asked in vain."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def could_be_page(word: str) -> bool:
    """Tell `pathways/sleep.md#start` from a mistyped subcommand."""
    return any(sign in word for sign in "/\\#.")


def run_benchmark(rest: list[str]) -> int:
    """Run a script of benchmarks/, which come with the source only."""
    names = benchmark_names()
    if not names:
        return complain("the benchmarks come with the source of Fingerpost, not with the program.")
    if not rest or rest[0] in ("-h", "--help"):
        print("usage: fingerpost benchmark NAME\n")
        print("\n".join(f"  {name}" for name in names))
        return 0
    if rest[0] not in names:
        return complain(f"there is no benchmark '{rest[0]}'. There are: {', '.join(names)}.")
    import runpy

    sys.argv = [f"benchmarks.{rest[0]}", *rest[1:]]
    runpy.run_module(f"benchmarks.{rest[0]}", run_name="__main__", alter_sys=True)
    return 0


def benchmark_names() -> list[str]:
    """Names of the benchmarks in the source, helpers left out."""
    import pkgutil

    spec = find_spec("benchmarks")
    folders = spec.submodule_search_locations if spec else None
    return sorted(m.name for m in pkgutil.iter_modules(folders or []) if not m.name.startswith("_"))


def tell_version(rest: list[str]) -> int:
    """Say which program this is, and which content it would show."""
    from importlib import metadata
    from pathlib import Path

    from knowledge.dates import in_words
    from knowledge.errors import KnowledgeError
    from knowledge.files import read
    from knowledge.settings import FILE, read_settings

    print(f"Fingerpost {metadata.version('fingerpost')}")
    asked = len(rest) == 2 and rest[0] == "--library"
    folder = Path(rest[1]) if asked else Path(__file__).parents[1] / "content"
    if not folder.is_dir():
        return complain(f"there is no folder {folder}. Check its name.") if asked else 0
    try:
        data = read(folder / FILE) if (folder / FILE).exists() else None
    except KnowledgeError as error:
        return complain(str(error))
    settings, _ = read_settings(data)
    parts = [settings.name or folder.resolve().name]
    if settings.version:
        parts.append(f"version {settings.version}")
    if settings.date:
        parts.append(in_words(settings.date))
    print(f"Content: {', '.join(parts)}\n{settings.banner}")
    return 0


def usage() -> str:
    """Every way to call the command, one line each."""
    lines = [
        "usage: fingerpost [--library DIR] [PAGE[#STEP]]   open the window, there",
        "       fingerpost COMMAND …                       do one thing in the terminal",
        "",
        *(f"  {name:10} {SUBCOMMANDS[name][1]}" for name in available()),
        "  --version  the version of the program and of its content",
        "  --help     this list; `fingerpost COMMAND --help` says more about one command",
    ]
    return "\n".join(lines)


def unknown(word: str) -> str:
    """One sentence about a word that is no subcommand, with the nearest that is."""
    import difflib

    near = difflib.get_close_matches(word, available(), n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(available())}."
    return (
        f"there is no command '{word}'. {hint} A page is given with its path: pathways/{word}.md."
    )


def complain(sentence: str) -> int:
    """Say on standard error what is wrong with the command, and give its exit status."""
    print(f"fingerpost: {sentence}", file=sys.stderr)
    return 2


def discard_output() -> None:
    """Let Python's own flush at the end go nowhere, so that it cannot fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
