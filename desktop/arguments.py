"""What `fingerpost` without a subcommand takes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import argparse


STOPS = ("first-paint", "ready")


class Chosen:
    """What was asked for on the command line."""

    page = ""
    library: Path | None = None
    profile: Path | None = None
    timings = False
    json = False
    quit_at: str | None = None


def arguments(argv: list[str]) -> Chosen:
    """The options of the window; mistakes end the program with one line and status 2."""
    return plainly(argv) or _parser().parse_args(argv, Chosen())


def plainly(argv: list[str]) -> Chosen | None:
    """The usual ways to start, read without loading `argparse`; all else, and mistakes, are for it."""
    chosen, words = Chosen(), iter(argv)
    for word in words:
        if word in ("--timings", "--json"):
            setattr(chosen, word[2:], True)
        elif word in ("--library", "--profile"):
            folder = next(words, "-")
            if folder.startswith("-"):
                return None
            setattr(chosen, word[2:], Path(folder))
        elif word == "--quit-at":
            chosen.quit_at = next(words, "")
            if chosen.quit_at not in STOPS:
                return None
        elif word.startswith("-") or chosen.page or not word:
            return None
        else:
            chosen.page = word
    return chosen


def _parser() -> argparse.ArgumentParser:
    import argparse

    class OneLine(argparse.ArgumentParser):
        """Says a mistake in one line, and where help is."""

        def error(self, message: str) -> NoReturn:
            self.exit(2, f"{self.prog}: {message}. See 'fingerpost --help'.\n")

    parser = OneLine(prog="fingerpost", description="Open the window.")
    parser.add_argument("page", nargs="?", default="", help="PAGE[#STEP] to open")
    parser.add_argument("--library", type=Path, help="the library's folder")
    parser.add_argument(
        "--profile", type=Path, help="keep settings, drafts, index and logs in this folder"
    )
    parser.add_argument(
        "--timings", action="store_true", help="say how long each step of the start took"
    )
    parser.add_argument("--quit-at", choices=STOPS, help="leave at that point")
    parser.add_argument("--json", action="store_true", help="print the timings as JSON")
    return parser
