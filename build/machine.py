"""Owns what Fingerpost needs from outside Python: finds it, installs it, or says how."""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shutil
import sys
from typing import IO, TYPE_CHECKING

import environment

if TYPE_CHECKING:
    from collections.abc import Callable

# Library that Qt loads -> Debian's package. The second half is what a real X11 screen takes.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-image.so.0": "libxcb-image0",
}
FONT = ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "fonts-dejavu-core")
# Program that only the tests use: a screen, a window manager, hands, a screen reader's bus.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "xrandr": "x11-xserver-utils",
    "dbus-daemon": "dbus",
    "dbus-launch": "dbus-x11",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
}


def complete(level: str, say: Callable[[str], None], install: bool = True) -> str:
    """Install what Linux lacks for the level; return one line about what is still missing."""
    if not sys.platform.startswith("linux"):
        return ""
    packages = missing_packages(level)
    if not packages:
        return ""
    if not shutil.which("apt-get"):
        names = [name for name in LIBRARIES if not can_load(name)] + missing_programs(level)
        return (
            f"This system lacks {', '.join(names) or 'fonts'}, which Qt needs; "
            "install them with its package manager, then run this again."
        )
    if install and permission() is not None:
        say(f"Installing from Debian: {' '.join(packages)} …")
        apt_install(packages)
    left = missing_packages(level)
    if not left:
        return ""
    purpose = "the window" if level == "run" else "the window and its tests"
    return (
        f"Still missing on this machine for {purpose}; somebody who may has to run: "
        f"sudo apt-get install -y --no-install-recommends {' '.join(left)}"
    )


def missing_packages(level: str) -> list[str]:
    """Debian's packages for what is not there."""
    packages = [LIBRARIES[name] for name in missing_libraries()]
    if not os.path.exists(FONT[0]) and not has_fonts():
        packages.append(FONT[1])
    return packages + [TEST_PROGRAMS[name] for name in missing_programs(level)]


def missing_libraries() -> list[str]:
    """Names of the libraries that Qt would look for in vain."""
    if not sys.platform.startswith("linux"):
        return []
    return [name for name in LIBRARIES if not can_load(name)]


def missing_programs(level: str) -> list[str]:
    """Names of the programs that the tests would look for in vain."""
    return [name for name in TEST_PROGRAMS if level == "work" and not shutil.which(name)]


def can_load(library: str) -> bool:
    """Say whether the system's loader finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_fonts() -> bool:
    """Say whether there is any font at all; without one Qt draws empty boxes."""
    folders = (
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        os.path.expanduser("~/.local/share/fonts"),
    )
    endings = (".ttf", ".otf", ".ttc")
    return any(
        name.endswith(endings) for top in folders for _, _, names in os.walk(top) for name in names
    )


def apt_install(packages: list[str]) -> bool:
    """Let Debian's installer run where this account may use it."""
    prefix = permission()
    if prefix is None or not shutil.which("apt-get"):
        return False
    surroundings = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
    apt = [
        *surroundings,
        "apt-get",
        "-qq",
        "-o",
        "DPkg::Lock::Timeout=600",
        "-o",
        "Dpkg::Use-Pty=0",
    ]
    install = [*apt, "install", "-y", "--no-install-recommends", *packages]
    # Its lists may be missing or old; the first try tells, without a slow refresh.
    return quietly(install) or (quietly([*apt, "update"]) and quietly(install))


def permission() -> list[str] | None:
    """What to put before a command that changes the system; None where this account may not."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return []
    if shutil.which("sudo") and quietly(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def quietly(command: list[str]) -> bool:
    """Run a command with its words in the log; say whether it went well."""
    import packages

    done = packages.run(command, outlived=True)
    return done is not None and done.returncode == 0


def has_module(name: str) -> bool:
    """Say whether this Python came with a part that some systems package on its own."""
    return importlib.util.find_spec(name) is not None


def install_venv_package() -> None:
    """Get the part of Python that makes environments, which Debian packages on its own."""
    if sys.platform.startswith("linux") and sys.executable.startswith("/usr/bin/"):
        import packages

        if permission() is not None:
            packages.say(f"Installing {venv_package()} from Debian …")
            apt_install([venv_package()])
            importlib.invalidate_caches()
    if not has_module("venv") or not has_module("ensurepip"):
        raise environment.SetupError(f"this Python cannot make environments. {words_for_venv()}")


def venv_package() -> str:
    """Debian's package for the running version of Python."""
    return f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"


def words_for_venv() -> str:
    """What to do about a Python that cannot make environments."""
    if sys.platform == "win32" or sys.platform == "darwin":
        return f"Install a complete Python: {words_for_new_python()}, then run this again."
    if shutil.which("apt-get"):
        # Whoever has to be asked for this is asked once, for all that is missing.
        names = " ".join([venv_package(), *missing_packages("run")])
        return (
            "Somebody who may has to run: "
            f"sudo apt-get install -y --no-install-recommends {names}. Then run this again."
        )
    return "Install Python's venv with the system's package manager, then run this again."


def words_for_old_python() -> str:
    """What to do about a Python that is too old."""
    have = ".".join(map(str, sys.version_info[:2]))
    need = ".".join(map(str, environment.OLDEST_PYTHON))
    return (
        f"Fingerpost needs Python {need} or newer, and this is {have}. "
        f"Get it: {words_for_new_python()}."
    )


def words_for_new_python() -> str:
    """Where a newer Python comes from on this system."""
    if sys.platform == "win32":
        return "winget install Python.Python.3.12, or the installer from python.org"
    if sys.platform == "darwin":
        return "brew install python@3.12, or the installer from python.org"
    if shutil.which("apt-get"):
        return "sudo apt-get install python3 (Debian 12 or newer, Ubuntu 24.04 or newer)"
    return "the system's package manager"


def try_lock(file: IO[str]) -> bool:
    """Take the lock on an open file if nobody has it; closing the file gives it back."""
    try:
        take_lock(file, wait=False)
    except OSError:
        return False
    return True


def wait_for_lock(file: IO[str]) -> None:
    """Take the lock on an open file as soon as its holder is done."""
    while True:
        try:
            take_lock(file, wait=True)
        except OSError:
            continue  # Windows gives up after ten seconds of trying.
        return


def take_lock(file: IO[str], wait: bool) -> None:
    """Lock an open file by this system's own means."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
