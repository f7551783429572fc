"""What `fingerpost` without a subcommand takes."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn


class _OneLine(argparse.ArgumentParser):
    """Says a mistake in one line, and where help is."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}. See 'fingerpost --help'.\n")


def arguments(argv: list[str]) -> argparse.Namespace:
    """The options of the window; mistakes end the program with one line and status 2."""
    parser = _OneLine(prog="fingerpost", description="Open the window.")
    parser.add_argument("page", nargs="?", default="", help="PAGE[#STEP] to open")
    parser.add_argument("--library", type=Path, help="the library's folder")
    parser.add_argument(
        "--profile", type=Path, help="keep settings, drafts, index and logs in this folder"
    )
    parser.add_argument(
        "--timings", action="store_true", help="say how long each step of the start took"
    )
    parser.add_argument("--quit-at", choices=("first-paint", "ready"), help="leave at that point")
    parser.add_argument("--json", action="store_true", help="print the timings as JSON")
    return parser.parse_args(argv)
