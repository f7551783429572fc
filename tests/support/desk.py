"""A desk of its own: screen, window manager, keyboard, mouse and a screen reader's bus."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.bus import FOCUSED, Reader

ROOT = Path(__file__).parents[2]
NEEDED = ("Xvfb", "openbox", "xdotool", "dbus-daemon")
BUS = Path("/usr/libexec/at-spi-bus-launcher")
PATIENCE = 60


def missing():
    """What this machine lacks for a desk; nothing when one can be set up."""
    lacks = [name for name in NEEDED if shutil.which(name) is None]
    return lacks if BUS.exists() else [*lacks, "at-spi2-core"]


class Desk:
    """Everything of it ends with `clear`."""

    def __init__(self, home):
        self.home = Path(home)
        self.processes = []
        keep = ("PATH", "LANG", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
        self.surroundings = {name: os.environ[name] for name in keep if name in os.environ}
        self.surroundings |= {"HOME": str(self.home), "XDG_RUNTIME_DIR": str(self.home)}
        self.reader = None

    def set_up(self, size="1280x720"):
        # Without `-noreset` the screen begins anew when its last program leaves: xdotool, which asks below whether
        # the window manager is there, would take it down in the moment in which it comes.
        screen = ["-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"]
        display = self._spoken("Xvfb", "-displayfd", "{}", *screen)
        self.surroundings["DISPLAY"] = f":{display}"
        bus = self._spoken("dbus-daemon", "--session", "--nofork", "--print-address={}")
        self.surroundings["DBUS_SESSION_BUS_ADDRESS"] = bus
        self.surroundings |= {
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "QT_ACCESSIBILITY": "1",
        }
        self.run("openbox", "--sm-disable")
        # A window that came before the window manager would never be given the keyboard.
        limit = time.monotonic() + PATIENCE
        while self.hands("get_num_desktops").returncode != 0:
            assert time.monotonic() < limit, "the window manager does not start"
            time.sleep(0.05)
        self.reader = Reader(bus)

    def hands(self, *words):
        command = ["xdotool", *map(str, words)]
        return subprocess.run(command, env=self.surroundings, check=False, capture_output=True)

    def clear(self):
        if self.reader is not None:
            self.reader.close()
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
            if process.poll() is None:
                process.kill()
                process.wait()

    def _spoken(self, *command):
        """Start a program that says one line about itself through the pipe named by `{}`."""
        reading, writing = os.pipe()
        words = [part.format(writing) for part in command]
        self.run(*words, pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as pipe:
            return pipe.readline().strip()

    def run(self, *command, **options):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(
            list(map(str, command)), env=self.surroundings, cwd=self.home, **quiet, **options
        )
        self.processes.append(process)
        return process

    def open(self, *arguments, **surroundings):
        """Start Fingerpost at this desk and wait until its first field has the keyboard."""
        profile = self.home / f"profile-{len(self.processes)}"
        process = subprocess.Popen(
            [sys.executable, "-m", "desktop", "--profile", str(profile), *map(str, arguments)],
            env={**self.surroundings, "PYTHONPATH": str(ROOT), **surroundings},
            cwd=self.home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.processes.append(process)
        return Window(self, process, profile)


class Window:
    """A running Fingerpost, as the person in front of it meets it."""

    def __init__(self, desk, process, profile):
        self.desk, self.process, self.profile = desk, process, profile
        self.find(lambda part: FOCUSED in part.states, "something that has the keyboard")

    def go(self, page):
        """Open a page the way a link from outside does: by a second start."""
        second = [sys.executable, "-m", "desktop", "--profile", str(self.profile), page]
        surroundings = {**self.desk.surroundings, "PYTHONPATH": str(ROOT)}
        subprocess.run(second, env=surroundings, cwd=self.desk.home, check=True, timeout=PATIENCE)

    def hands(self, *words):
        done = self.desk.hands(*words)
        assert done.returncode == 0, done.stderr

    def to_front(self):
        """Take this window, where there are several at the desk."""
        mine = ("--all", "--onlyvisible", "--pid", self.process.pid, "--name", ".")
        windows = self.desk.hands("search", *mine)
        first = windows.stdout.decode().split()[0]
        self.hands("windowactivate", "--sync", first)
        self.find(lambda part: FOCUSED in part.states, "something that has the keyboard")

    def press(self, *keys):
        for key in keys:
            self.hands("key", "--delay", 20, key)

    def type(self, words):
        self.hands("type", "--delay", 15, words)

    def search(self, words):
        """Ctrl+K and a question, from wherever one is."""
        self.press("ctrl+k")
        self.find(lambda p: p.role == "text" and FOCUSED in p.states, "the search field")
        self.type(words)

    def click(self, part):
        x, y, width, height = self.desk.reader.box(part)
        self.hands("mousemove", x + width // 2, y + min(height // 2, 20), "click", 1)

    def find(self, fits, what, seconds=PATIENCE):
        return self.desk.reader.wait_for(self.process.pid, fits, what, seconds)

    def named(self, words, role=None):
        """The part whose name holds these words."""
        return self.find(
            lambda part: words in part.name and role in (None, part.role), f"'{words}'"
        )

    def reads(self, words):
        """Wait until these words can be read anywhere in the window."""

        def holds(part):
            if words in part.name:
                return True
            return part.role in ("text", "label", "document text") and words in self._text(part)

        return self.find(holds, f"the words '{words}'")

    def _text(self, part):
        from tests.support.bus import BusError

        try:
            return self.desk.reader.text(part)
        except BusError:
            return ""

    def parts(self):
        return list(self.desk.reader.parts(self.process.pid))

    @property
    def focus(self):
        return self.find(lambda part: FOCUSED in part.states, "the keyboard")

    def tab_to(self, words, key="Tab", most=60):
        """Go on by keyboard until the part with these words has it."""
        seen = []
        for _ in range(most):
            here = self.focus
            seen.append(here.name)
            if words in here.name:
                return here
            self.press(key)
            time.sleep(0.05)
        raise AssertionError(f"{key} never came to '{words}', only to {seen}")

    def close(self):
        """Ctrl+Q, and the status it leaves with; what it wrote to standard error must be nothing."""
        self.press("ctrl+q")
        _, errors = self.process.communicate(timeout=PATIENCE)
        assert errors == "", errors
        return self.process.returncode


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    """One desk for all tests of a run; each opens windows of its own on it."""
    lacks = missing()
    if lacks:
        pytest.skip(f"no desk can be set up here; missing: {', '.join(lacks)}")
    made = Desk(tmp_path_factory.mktemp("desk"))
    try:
        made.set_up()
        yield made
    finally:
        made.clear()


@pytest.fixture
def opened(desk):
    """Opens windows at the desk; whatever is left of them afterwards is ended."""
    running = []

    def open_one(*arguments, **surroundings):
        running.append(desk.open(*arguments, **surroundings))
        return running[-1]

    yield open_one
    for window in running:
        if window.process.poll() is None:
            window.process.kill()
        window.process.communicate()
