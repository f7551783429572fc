"""Makes the bundle in dist/fingerpost and proves that it starts and finds on a machine with nothing else."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

import environment

if TYPE_CHECKING:
    from collections.abc import Iterator

DIST = os.path.join(environment.ROOT, "dist")
BUNDLE = os.path.join(DIST, "fingerpost")
PROGRAM = os.path.join(BUNDLE, "fingerpost.exe" if environment.ON_WINDOWS else "fingerpost")
QUESTION = "mum hears voices"
PATIENCE = 120


def freeze(arguments: list[str]) -> int:
    """Build, then try; `--try` only tries the bundle that is there."""
    if arguments not in ([], ["--try"]):
        print("usage: make.py freeze [--try]", file=sys.stderr)
        return 2
    if not arguments and build() != 0:
        return 1
    if not os.path.exists(PROGRAM):
        print("make.py: there is no bundle in dist/ yet; run `make.py freeze`.", file=sys.stderr)
        return 2
    print(f"{BUNDLE}: {size_of(BUNDLE) / 2**20:.0f} MiB")
    return try_out()


def build() -> int:
    """Let PyInstaller follow the spec; its own work folder must not be ./build, which is ours."""
    command = [environment.PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", DIST, "--workpath", os.path.join(environment.WORK, "freeze")]
    command += [os.path.join(environment.ROOT, "build", "fingerpost.spec")]
    return subprocess.call(command, cwd=environment.ROOT)


def try_out() -> int:
    """Start the bundle with an empty environment: the window gets ready, and the question is answered."""
    with tempfile.TemporaryDirectory() as home, screen() as surroundings:
        profile = os.path.join(home, "profile")
        ready = [PROGRAM, "--profile", profile, "--timings", "--quit-at", "ready", "--json"]
        said = run(ready, home, surroundings)
        if said is None:
            return 1
        last = json.loads(said)["steps"][-1]
        print(f"window   ready after {last['wall_ms']:.0f} ms, {last['memory_mib']:.0f} MiB")
        said = run([PROGRAM, "search", *QUESTION.split(), "--json"], home, {})
        if said is None:
            return 1
        title = first_title(said)
        print(f"search   '{QUESTION}': {title}")
    return 0 if title else 1


def first_title(said: str) -> str:
    """The title of the best answer, whether the answers come as a list or one a line."""
    found = json.loads(said)
    answers = found["answers"] if isinstance(found, dict) else found
    return str(answers[0]["title"]) if answers else ""


def run(command: list[str], home: str, surroundings: dict[str, str]) -> str | None:
    """What the program printed; None, and its own words, where it failed or wrote a mistake."""
    empty = {"HOME": home, **surroundings}
    if environment.ON_WINDOWS:
        empty |= {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "APPDATA")}
    try:
        done = subprocess.run(
            command,
            env=empty,
            cwd=home,
            check=False,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        print(f"make.py: the bundle did not end: {' '.join(command)}", file=sys.stderr)
        return None
    if done.returncode != 0 or "Traceback" in done.stderr:
        print(f"make.py: the bundle failed ({done.returncode}):\n{done.stderr}", file=sys.stderr)
        return None
    return done.stdout


@contextlib.contextmanager
def screen() -> Iterator[dict[str, str]]:
    """A screen of its own where there is Xvfb; the machine's own elsewhere."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        yield {} if environment.ON_WINDOWS else {"QT_QPA_PLATFORM": "offscreen"}
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        [xvfb, "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        yield {"DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait()


def size_of(folder: str) -> int:
    """Bytes of every file in it."""
    return sum(
        os.path.getsize(os.path.join(top, name))
        for top, _, names in os.walk(folder)
        for name in names
        if not os.path.islink(os.path.join(top, name))
    )
