"""Where a page is on the disk: inside its library, under a name that every system can hold."""

from __future__ import annotations

import os
from pathlib import Path

from knowledge.errors import BadName, LibraryGone, OutsideLibrary, explain
from knowledge.files import folded

_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"]
)
_NOT_IN_NAMES = frozenset('<>:"|?*\\')
_LONGEST_NAME = 120
_LONGEST_PATH = 200


def library_folder(root: Path) -> Path:
    """The library's folder with every link on the way followed."""
    try:
        folder = root.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise LibraryGone(f"The library {root} cannot be reached", where=root) from error
    if not folder.is_dir():
        raise LibraryGone(
            f"{root} is a file, not a library", "Choose a folder of pages.", where=root
        )
    return folder


def page_file(library: Path, page: str) -> Path:
    """The file of a page named by its path in the library; links out of the library are refused."""
    parts = page.split("/")
    if not page or page.startswith("/") or any(_leads_astray(part) for part in parts):
        raise OutsideLibrary(f"'{page}' is not the path of a page in this library", where=page)
    if any(part.startswith(".") for part in parts):
        raise BadName(
            f"'{page}' cannot be a page: names that begin with a dot are the program's own",
            where=page,
        )
    return inside(library_folder(library), library.joinpath(*parts), page)


def inside(folder: Path, path: Path, page: str = "") -> Path:
    """``path`` with links followed, if that is inside ``folder``."""
    try:
        real = path.resolve()
    except RuntimeError as error:
        raise OutsideLibrary(f"'{page or path}' is a link that leads round in a circle") from error
    except OSError as error:
        raise explain(error, f"'{page or path}' could not be found", path) from error
    if real != folder and not real.is_relative_to(folder):
        raise OutsideLibrary(f"'{page or path}' leads out of the library", where=path)
    return real


def new_page_file(library: Path, page: str, instead_of: str = "") -> Path:
    """The file for a page that is to be made: the name must do on every system and be free.

    A page that is only renamed, ``instead_of``, is not in its own way.
    """
    path = page_file(library, page)
    parts = page.split("/")
    trouble = page_name_trouble(page)
    if trouble:
        raise BadName(f"'{page}' cannot be the name of a page: {trouble}", where=page)
    twin = _twin(library, parts)
    if twin is not None and twin != instead_of:
        raise BadName(
            f"'{page}' cannot be the name of a page: '{twin}' is there already, and some computers "
            "cannot tell the two apart",
            where=page,
        )
    return path


def page_name_trouble(page: str) -> str:
    """Why a page that is made or moved cannot have this path, or nothing."""
    parts = page.split("/")
    trouble = next((said for part in parts if (said := name_trouble(part))), "")
    if trouble:
        return trouble
    if any(part.startswith(".") for part in parts):
        return "names that begin with a dot are the program's own"
    if not page.lower().endswith(".md"):
        return "the name of a page ends in .md"
    if len(page) > _LONGEST_PATH:
        return f"the name with its folders is longer than {_LONGEST_PATH} characters"
    return ""


def name_trouble(name: str) -> str:
    """Why ``name`` will not do for a new file or folder, or nothing."""
    if not name.strip():
        return "the name is empty"
    if any(sign in _NOT_IN_NAMES or ord(sign) < 32 or ord(sign) == 127 for sign in name):
        return 'it has a character that Windows cannot have in a name: < > : " | ? * \\'
    if name.endswith((".", " ")) or name.startswith(" "):
        return "a name cannot begin with a space, or end with a space or a full stop"
    if folded(name).split(".")[0].rstrip() in _RESERVED:
        return f"Windows keeps the name '{name.split('.')[0]}' for itself"
    if len(name) > _LONGEST_NAME or len(name.encode(errors="replace")) > 2 * _LONGEST_NAME:
        return f"it is longer than {_LONGEST_NAME} characters"
    try:
        name.encode()
    except UnicodeEncodeError:
        return "it has a character that is not text"
    return ""


def _leads_astray(part: str) -> bool:
    # A backslash and a drive letter mean something on Windows only, but a page made on one
    # system must open on the other.
    return part in ("", ".", "..") or "\\" in part or "\0" in part or part[1:2] == ":"


def _twin(library: Path, parts: list[str]) -> str | None:
    folder, said = library, ""
    for part in parts:
        try:
            names = os.listdir(folder)  # noqa: PTH208 - the names alone, without a Path for each
        except OSError:
            return None  # not there yet; making it says why if it cannot be
        if part not in names:
            same = (name for name in names if folded(name) == folded(part))
            return next((said + name for name in same), None)
        folder, said = folder / part, f"{said}{part}/"
    return None
