"""The whole program in a process of its own, in a profile of its own."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.support.libraries import page, write_library

ROOT = Path(__file__).parents[2]
PATIENCE = 40
PAGE = "pages/how-to-use.md"  # there in the starter library too


def little_library(root):
    """A whole library that is read and made searchable in no time: most starts are not about its pages."""
    settings = "name: Little\nurgent:\n  - text: Life at risk? Ring 999\n"
    return write_library(root, {"library.yaml": settings, PAGE: page("How to use", "Words.")})


def start(profile, *arguments, before="", **surroundings):
    """Start the program; `before` is Python that runs first and may put mistakes into it."""
    code = f"import sys\nfrom desktop import app\n{before}\nsys.exit(app.main(sys.argv[1:]))"
    return subprocess.Popen(
        [sys.executable, "-c", code, "--profile", str(profile), *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **surroundings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process):
    """Wait for its end; status, output and errors."""
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


def end(process):
    """Kill what is still running, without a chance to tidy up."""
    if process.poll() is None:
        process.kill()
    process.communicate()


def settings(profile):
    """The settings as they stand on the disk; empty while there are none."""
    try:
        return json.loads((Path(profile) / "data" / "settings.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def wait_until(true, what):
    """Look until it is so; a test that waits in vain says for what."""
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit, f"waited in vain until {what}"
        time.sleep(0.02)


def is_up(profile):
    """Whether a window on this profile has read its library and written down its session."""
    return settings(profile).get("session", {}).get("ended") is False
