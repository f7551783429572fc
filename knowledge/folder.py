"""What files a library's folder holds, without reading them and without leaving the folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from knowledge.errors import Missing, NotAPage, explain
from knowledge.problems import Problem, Severity
from knowledge.turns import portion_done


class Stamp(NamedTuple):
    """What tells, without reading it, that a file is probably the one we read."""

    size: int
    mtime_ns: int


def walk(root: Path) -> tuple[list[tuple[str, Stamp]], list[Problem]]:
    """Every file below the folder by its path, and what could not be looked into.

    Hidden files are left aside. Shortcuts are not followed: what they lead to either stands in the
    library by itself, or outside it, and then a problem says so.
    """
    _insist_on_folder(root)
    search = _Search(os.fspath(root))
    search.run()
    return sorted(search.found), search.problems


def _insist_on_folder(root: Path) -> None:
    try:
        with os.scandir(root):
            return
    except FileNotFoundError:
        raise Missing(f"There is no folder at {root}", where=root) from None
    except NotADirectoryError:
        remedy = "Choose the folder it stands in."
        raise NotAPage(f"{root} is a file, not a folder", remedy, where=root) from None
    except (OSError, ValueError) as error:
        if isinstance(error, ValueError):
            raise Missing(f"There is no folder at {root}", where=root) from None
        raise explain(error, f"The folder {root} could not be read", root) from None


class _Search:
    """Goes through the folders one after the other."""

    def __init__(self, root: str) -> None:
        self.home = os.path.realpath(root)
        self.waiting = [("", root)]
        self.found: list[tuple[str, Stamp]] = []
        self.problems: list[Problem] = []

    def run(self) -> None:
        while self.waiting:
            portion_done()
            prefix, folder = self.waiting.pop()
            try:
                with os.scandir(folder) as listing:
                    entries = list(listing)
            except OSError as error:
                said = explain(error, "This folder cannot be read")
                self.report("folder-unreadable", Severity.ERROR, prefix, said.what, said.remedy)
                continue
            for entry in entries:
                if not entry.name.startswith((".", "~$")):
                    self.take(prefix + entry.name, entry)

    def take(self, path: str, entry: os.DirEntry[str]) -> None:
        try:
            if entry.is_symlink():
                self.shortcut(path, entry)
            elif entry.is_dir():
                real = os.path.realpath(
                    entry.path
                )  # a Windows junction is a folder that is elsewhere
                if real == os.path.join(self.home, *path.split("/")):
                    self.waiting.append((path + "/", entry.path))
                else:
                    self.shortcut(path, entry)
            elif entry.is_file():
                status = entry.stat()
                self.found.append((path, Stamp(status.st_size, status.st_mtime_ns)))
        except OSError:
            return  # gone between two looks

    def shortcut(self, path: str, entry: os.DirEntry[str]) -> None:
        real = os.path.realpath(entry.path)
        if real != self.home and not real.startswith(self.home + os.sep):
            message = "This is a shortcut to a place outside the library, so it is left aside"
            hint = "Copy the file itself into the library"
            self.report("shortcut-outside", Severity.WARNING, path, message, hint)

    def report(self, code: str, severity: Severity, path: str, message: str, hint: str) -> None:
        self.problems.append(Problem(code, severity, path.rstrip("/") or ".", 1, message, hint))
