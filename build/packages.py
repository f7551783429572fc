"""Fills .venv: makes it, installs what the lock files pin, proves it, and writes the lock files."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import environment
import machine

if TYPE_CHECKING:
    from collections.abc import Iterator

LOG = os.path.join(environment.WORK, "setup.log")
ROOMS = ("desktop", "drawing", "knowledge", "search")
held: list[int] = []  # the open lock file, while this set-up has the lock
IMPORTED = "PySide6.QtWidgets, whoosh.index, markdown, networkx, graphlay, yaml, nh3, platformdirs"


def say(text: str) -> None:
    """Tell how far set-up is; on standard error, so that a program's output stays its own."""
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def only_one_setup() -> Iterator[None]:
    """Wait until no other set-up works on this folder; a dead one's lock is freed by the system."""
    os.makedirs(environment.WORK, exist_ok=True)
    with open(os.path.join(environment.WORK, "setup.lock"), "a+", encoding="utf-8") as file:
        if not machine.try_lock(file):
            say("Another set-up is at work in this folder; waiting for it …")
            machine.wait_for_lock(file)
        held.append(file.fileno())
        yield
        held.clear()


def install(level: str, anew: bool = False) -> None:
    """Bring .venv up to what the level's lock says; the stamp is written when all is proven."""
    stamps = [path for path in map(environment.stamp, environment.LEVELS) if os.path.exists(path)]
    for path in stamps:
        os.unlink(path)
    # Without a stamp an earlier set-up was cut short, and pip may take half a package for a whole.
    if anew or not stamps or not usable():
        make_venv()
    say("Installing packages (the first time that is about 100 MB to fetch) …")
    lock = os.path.join(environment.ROOT, "build", "lock", f"{level}.txt")
    pip("install", "--require-hashes", "-r", lock)
    # The project itself is installed as a pointer to this folder: what is edited is what runs.
    pip("install", "--no-deps", "--no-build-isolation", "--no-index", "-e", environment.ROOT)
    if not importable():
        raise environment.SetupError(
            f"the packages were installed, but Python cannot load them; see {LOG}, "
            "delete the folder .venv and run this again."
        )
    environment.write_text(environment.stamp(level), environment.key(level))


def compile_rooms() -> None:
    """Compile the program's own modules, also where Python is told to write no such files itself."""
    rooms = [os.path.join(environment.ROOT, room) for room in ROOMS]
    run([environment.PYTHON, "-m", "compileall", "-q", *rooms])


def usable() -> bool:
    """Say whether .venv is one that pip can install into, made here with this version of Python."""
    question = "import os, sys, pip; print(*sys.version_info[:2], os.path.realpath(sys.prefix))"
    answer = run([environment.PYTHON, "-I", "-c", question])
    here = f"{sys.version_info[0]} {sys.version_info[1]} {os.path.realpath(environment.VENV)}"
    if answer is None or answer.returncode != 0:
        return False
    return os.path.normcase(answer.stdout.strip()) == os.path.normcase(here)


def importable() -> bool:
    """Say whether every package the program stands on can be loaded."""
    pending = [environment.PYTHON, "-c", f"import {IMPORTED}, desktop.__main__"]
    if machine.missing_libraries():
        pending[2] = pending[2].replace("PySide6.QtWidgets", "PySide6")
    answer = run(pending)
    return answer is not None and answer.returncode == 0


def make_venv() -> None:
    """Make .venv from nothing, whatever stood in its place."""
    remove_old()
    base = getattr(sys, "_base_executable", None) or sys.executable
    if not machine.has_module("venv") or not machine.has_module("ensurepip"):
        if machine.has_module("venv") and machine.has_module("pip"):
            make_with_pip_from_outside(base)
            return
        machine.install_venv_package()
    say("Making the Python environment .venv …")
    made = run([base, "-m", "venv", environment.VENV])
    if made is None or made.returncode != 0 or not usable():
        raise environment.SetupError(
            f"the Python environment could not be made with {base} (details in {LOG}). "
            + machine.words_for_venv()
        )


def make_with_pip_from_outside(base: str) -> None:
    """Use this Python's own pip where it cannot put one into a new environment."""
    run([base, "-m", "venv", "--without-pip", environment.VENV])
    run([base, "-m", "pip", "--python", environment.PYTHON, "install", "-q", "pip"])
    if not usable():
        raise environment.SetupError(
            f"the Python environment could not be made with {base}. {machine.words_for_venv()}"
        )


def remove_old() -> None:
    """Clear the place of .venv; a link is removed, never what it points to."""
    if os.path.islink(environment.VENV) or os.path.isfile(environment.VENV):
        os.unlink(environment.VENV)
    elif os.path.isdir(environment.VENV):
        say("The environment .venv is incomplete or out of date; making it again.")
        if os.path.realpath(sys.prefix) == os.path.realpath(environment.VENV):
            raise environment.SetupError(
                "the environment .venv has to be made again, but this is its own Python; "
                "run build/make.py with the system's Python instead."
            )
        try:
            shutil.rmtree(environment.VENV)
        except OSError as error:
            raise environment.SetupError(
                f"the old environment could not be removed: {error.strerror} ({error.filename}). "
                "Close every program started from it, then run this again."
            ) from None


def complete_machine(level: str, again: bool) -> None:
    """See to the libraries and programs from outside Python; say what cannot be installed."""
    tried = environment.machine_stamp(level) + "-tried"
    # Where Debian's installer failed once (no network, say), not every start waits for it again.
    words = machine.complete(level, say, again or not os.path.exists(tried))
    if words:
        say(words)
        environment.write_text(tried, "")
    else:
        environment.write_text(environment.machine_stamp(level), "")


def pip(*arguments: str) -> None:
    """Run the environment's pip; a failure ends set-up with pip's own reason."""
    options = ["--quiet", "--disable-pip-version-check", "--no-input"]
    done = run([environment.PYTHON, "-m", "pip", *options, *arguments])
    if done is None or done.returncode != 0:
        reasons = [line for line in (done.stderr if done else "").splitlines() if "ERROR:" in line]
        reason = (
            reasons[-1].partition("ERROR:")[2].strip() if reasons else "pip came to a sudden end"
        )
        raise environment.SetupError(
            f"the packages could not be installed: {reason.rstrip('.')}. "
            f"Check the connection to the internet and run this again (details in {LOG})."
        )


def run(command: list[str], outlived: bool = False) -> subprocess.CompletedProcess[str] | None:
    """Run a helper program, its words in the log; None where it cannot even be started.

    One that may be outlived by what it starts (Debian starts services) does not keep the lock.
    """
    os.makedirs(environment.WORK, exist_ok=True)
    surroundings = {**os.environ, "PIP_USER": "0", "PYTHONIOENCODING": "utf-8"}
    for disturbing in (
        "PYTHONHOME",
        "PYTHONPATH",
        "PIP_TARGET",
        "PIP_PREFIX",
        "PIP_REQUIRE_VIRTUALENV",
    ):
        surroundings.pop(disturbing, None)
    try:
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            cwd=environment.WORK,
            env=surroundings,
            # Should this process be killed, the lock stays until pip has come to its end as well.
            pass_fds=() if outlived or environment.ON_WINDOWS else held,
        )
    except OSError as error:
        log(f"{command}: {error}")
        return None
    log(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def log(text: str) -> None:
    """Keep what helper programs said, for the person who has to find out why."""
    with open(LOG, "a", encoding="utf-8") as file:
        file.write(text + "\n")


def lock() -> int:
    """Choose versions for all systems and Pythons and write them, with hashes, to build/lock."""
    environment.make_ready("work")
    pip("install", "uv")
    for level, group in (("run", "build"), ("work", "dev")):
        target = os.path.join("build", "lock", f"{level}.txt")
        command = [environment.PYTHON, "-m", "uv", "pip", "compile", "pyproject.toml"]
        command += ["--quiet", "--universal", "--python-version", "3.11", "--upgrade"]
        command += ["--generate-hashes", "--no-annotate", "--no-header"]
        # The address of a registry is the machine's business, never the project's.
        command += ["--no-emit-index-url", "--no-emit-find-links", "--native-tls"]
        command += ["--group", group, "--output-file", target]
        if subprocess.call(command, cwd=environment.ROOT) != 0:
            raise environment.SetupError("no versions that fit together were found; see above.")
        say(f"Wrote {target}.")
    return 0
