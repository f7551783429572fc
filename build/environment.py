"""Owns .venv: whether it is ready, how it is made, and how a program is started in it."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing.TYPE_CHECKING without the cost of importing typing
if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
WORK = os.path.join(ROOT, ".work")
ON_WINDOWS = os.name == "nt"
BIN = os.path.join(VENV, "Scripts" if ON_WINDOWS else "bin")
PYTHON = os.path.join(BIN, "python.exe" if ON_WINDOWS else "python")
PROGRAM = os.path.join(BIN, "fingerpost.exe" if ON_WINDOWS else "fingerpost")
OLDEST_PYTHON = (3, 11)

# What "run" needs is part of what "work" needs, so an environment for working also runs.
LEVELS = {"run": ("run", "work"), "work": ("work",)}


class SetupError(Exception):
    """Set-up cannot go on; the text is one sentence for a person, with what to do."""


def make_ready(level: str, thorough: bool = False) -> None:
    """Return when .venv and this machine have what the level needs; make or mend them if not.

    A thorough look does not trust the stamp: it tries the packages themselves.
    """
    if not thorough and packages_ready(level) and machine_ready(level):
        return
    if sys.version_info < OLDEST_PYTHON:
        import machine

        raise SetupError(machine.words_for_old_python())
    import packages

    try:
        with packages.only_one_setup():
            sound = not thorough or packages.importable()
            if not sound or not packages_ready(level):
                packages.install(level, anew=not sound)
            packages.compile_rooms()
            if thorough or not machine_ready(level):
                packages.complete_machine(level, again=thorough)
    except OSError as error:
        raise SetupError(words_for_os_error(error)) from None


def packages_ready(level: str) -> bool:
    """Say whether the packages in .venv are those of this lock, this Python and this folder."""
    if not (os.path.exists(PYTHON) and os.path.exists(PROGRAM)):
        return False
    return any(read_text(stamp(covering)) == key(covering) for covering in LEVELS[level])


def machine_ready(level: str) -> bool:
    """Say whether this machine was found to have the libraries and programs the level needs."""
    return any(os.path.exists(machine_stamp(covering)) for covering in LEVELS[level])


def stamp(level: str) -> str:
    """The file that says which packages are installed; written last, removed first."""
    return os.path.join(VENV, f"ready-{level}")


def machine_stamp(level: str) -> str:
    """The file that says that nothing was missing on the machine."""
    return os.path.join(VENV, f"machine-{level}")


def key(level: str) -> str:
    """One line that changes whenever .venv has to be brought up to date."""
    import hashlib

    digest = hashlib.sha256()
    for part in ("pyproject.toml", os.path.join("build", "lock", f"{level}.txt")):
        with open(os.path.join(ROOT, part), "rb") as file:
            digest.update(file.read())
    return f"{digest.hexdigest()} python {sys.version_info[0]}.{sys.version_info[1]} {ROOT}"


def read_text(path: str) -> str:
    """The text of a small file, or nothing where there is no such file."""
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return ""


def write_text(path: str, text: str) -> None:
    """Write a small file so that it is there whole or not at all."""
    aside = f"{path}.{os.getpid()}"
    with open(aside, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(aside, path)


def hand_over(command: Sequence[str]) -> int:
    """Become the given program where the system can do that, else run it and return its status."""
    if not ON_WINDOWS:
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(command[0], list(command))
    import subprocess

    return subprocess.call(list(command))


def words_for_os_error(error: OSError) -> str:
    """Say what the system refused."""
    where = f" ({error.filename})" if error.filename else ""
    return (
        f"set-up could not go on: {error.strerror or error}{where}. "
        "Check that the disk has 1 GB free and this folder may be written to, then run it again."
    )
